"""A case's life: standing standards, closing and coming back, what outcomes do to trust."""

from tests.guarantees.runs import WILLING
from tests.mechanisms.checks import Break, Neutral, at_work_test, neutral_test

NEUTRAL = {
    "trust that outcomes do not move": Neutral(
        ("trust.enabled=true", "trust.gain=0", "trust.loss=0"), ("trust.enabled=false",)
    ),
    "trust that nobody learns": Neutral(
        ("trust.enabled=true", "trust.own_weight=0", "trust.story_weight=0", "trust.published_weight=0"),
        ("trust.enabled=false",),
    ),
    "chasing and reopening where nothing is shelved": Neutral(
        ("referral.chasing_hours_per_month=2",), ("referral.chasing_hours_per_month=0",), WILLING
    ),
    "call-backs that cost nothing where nothing is on paper": Neutral(
        ("closing.callback_share=1", "closing.callback_minutes=0"),
        ("closing.callback_share=0",),
        leave_out=("called_back",),
    ),
    "standards as long as those of trust": Neutral(
        ("standards.enabled=true", "standards.working_days=[3, 7, 20]"),
        ("standards.enabled=false",),
        (
            "trust.standard_days=[3, 7, 20]",
            "demand.urgent_share=0",
            "standards.pause_shelved=false",
            "standards.extension_probability=0",
        ),
        ("due_at", "on_time"),
    ),
}
AT_WORK = {
    "published weight": ("trust.published_weight=1", "trust.published_weight=0"),
    "trust": ("trust.loss=.3", "trust.loss=0"),
    "chasing": ("referral.chasing_hours_per_month=2", "referral.chasing_hours_per_month=0"),
    "call-back": ("closing.callback_share=.5", "closing.callback_share=0", "closing.enabled=true"),
    "standards": ("standards.enabled=true", "standards.enabled=false"),
    "extensions": (
        "standards.extension_probability=.5",
        "standards.extension_probability=0",
        "standards.enabled=true",
    ),
    "pauses": ("standards.pause_outside=true", "standards.pause_outside=false", "standards.enabled=true"),
}
COVERED_BY = (
    "clocks, standards and staff",
    "closing on paper, evaluated, called back, partner",
)
BREAKS = [
    Break(
        "trust lost as slowly as won",
        "rules/resident.py",
        "step = gain if outcome >= 0.5 else loss",
        "step = gain",
        "trust, 60% solved",
        part="people",
    ),
    Break(
        "an overdue case counts as solved in time",
        "mechanisms/intake/intake.py",
        "    judge(s, n, 0.0, t)",
        "    judge(s, n, 1.0, t)",
        "trust, 85% solved",
        part="people",
    ),
    Break(
        "what was done on paper stays done",
        "mechanisms/case/closing.py",
        "&= ~(ON_PAPER | FIELD_DONE | FINAL_PART)",
        "&= ~ON_PAPER",
        "tests/truth/test_books.py",
    ),
    Break(
        "nobody sees that a closing was on paper",
        "mechanisms/case/closing.py",
        "    experience(s, n, False, t)\n    judge(s, n, 0.0, t)\n",
        "",
        "tests/truth/test_books.py",
    ),
    Break(
        "shelving not counted",
        "mechanisms/case/closing.py",
        '    s.community[s.need[n]["community"]]["shelved"] += 1\n',
        "",
        "tests/truth/test_books.py",
    ),
    Break(
        "stay counted from the first report",
        "mechanisms/case/closing.py",
        't - s.track[n]["entered_at"]',
        't - s.case[n]["reported_at"]',
        "tests/truth/test_books.py",
    ),
    Break(
        "what is solved can be reported again",
        "mechanisms/case/closing.py",
        "    need_gone(s, n)\n",
        "",
        "tests/truth/test_books.py",
    ),
    Break(
        "chasing not charged to the case",
        "mechanisms/case/closing.py",
        '        s.case[n]["staff_hours"] += hours\n',
        "",
        "tests/truth/test_books.py",
    ),
    Break(
        "clock not stopped outside",
        "mechanisms/case/standards.py",
        'if s.par[0]["standards_pause_outside"]:',
        "if False:",
        "on time, clock stopped",
        part="staffing",
    ),
]

test_neutral = neutral_test(NEUTRAL)
test_at_work = at_work_test(AT_WORK)
