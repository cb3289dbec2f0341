"""Field service: visits in the order of the line, spilling to the team, closing on paper."""

from tests.guarantees.runs import TINY
from tests.mechanisms.checks import Break, Neutral, at_work_test, neutral_test

NEUTRAL = {
    "spilling never, or after the run": Neutral(
        ("staff.spill_probability=0",), ("staff.spill_probability=1", "staff.spill_after_working_days=3650")
    ),
    "closing on paper with probability 0": Neutral(
        ("closing.enabled=true", "closing.base_probability=0", "closing.load_slope=8"),
        ("closing.enabled=false",),
    ),
    "closing on paper without call-backs": Neutral(
        ("closing.callback_minutes=60", "closing.callback_effect=2", "closing.callback_after_days=1"),
        (),
        ("closing.enabled=true", "closing.callback_share=0"),
    ),
    "evaluation without pressure": Neutral(
        ("closing.evaluated=true", "closing.deadline_pressure=0", "closing.ranking_pressure=0"),
        ("closing.evaluated=false",),
        ("closing.enabled=true",),
    ),
    "ranking of one community's staff alone, no units": Neutral(
        ("closing.evaluated=true", "closing.deadline_pressure=0", "closing.ranking_pressure=5"),
        ("closing.evaluated=false",),
        ("closing.enabled=true", "demand.level_given_organisations=[[1,0,0],[1,0,0],[1,0,0]]"),
    ),
    "oversight without effect": Neutral(
        ("closing.oversight=true", "closing.oversight_effect=0"), ("closing.oversight=false",)
    ),
}
AT_WORK = {
    "spill": ("staff.spill_probability=1", "staff.spill_probability=0"),
    "closing": ("closing.enabled=true", "closing.enabled=false"),
    "closing, load": ("closing.load_slope=8", "closing.load_slope=0", "closing.enabled=true"),
    "closing, due": ("closing.due_effect=2", "closing.due_effect=0", "closing.enabled=true"),
    "call-back effect": (
        "closing.callback_effect=2",
        "closing.callback_effect=0",
        "closing.enabled=true",
        "closing.callback_share=.5",
    ),
    "deadline pressure": (
        "closing.deadline_pressure=2",
        "closing.deadline_pressure=0",
        "closing.enabled=true",
        "closing.evaluated=true",
    ),
    "ranking pressure": (
        "closing.ranking_pressure=5",
        "closing.ranking_pressure=0",
        "closing.enabled=true",
        "closing.evaluated=true",
        "county.communities=3",
    ),
    "oversight": ("closing.oversight=true", "closing.oversight=false"),
}
COVERING = {
    "closing on paper, evaluated, called back, partner": (
        "co_governance",
        (
            *TINY,
            "community.residents=80",
            "closing.enabled=true",
            "closing.base_probability=.4",
            "closing.evaluated=true",
            "closing.callback_share=.3",
            "closing.callback_after_days=1",
            "closing.oversight=true",
            "operation.operator=partner",
            "paperwork.entry_minutes=5",
        ),
        1,
    ),
}
BREAKS = [
    Break(
        "load of the last working days ignored",
        "rules/cadre.py",
        "+ load_slope * (load - load_reference)",
        "+ 0.0 * load_slope * (load - load_reference)",
        "closing on paper, load 1.2",
        part="closing",
    ),
    Break(
        "call-backs deter nobody",
        "rules/cadre.py",
        "- callback_effect * called_back",
        "- 0.0 * callback_effect * called_back",
        "closing on paper, half called back",
        part="closing",
    ),
    Break(
        "a call finds nothing",
        "mechanisms/intake/intake.py",
        "        reopen(s, n, t)\n        _take_in(s, n, t)\n\n\n@on(EV_DUE, stage=ANY)\ndef due",
        "        first = n\n\n\n@on(EV_DUE, stage=ANY)\ndef due",
        "call-back of 0.5",
        part="closing",
    ),
    Break(
        "closing on paper ends the need",
        "mechanisms/case/closing.py",
        '    s.case[n]["status"] = PAPER_CLOSED\n',
        '    s.case[n]["status"] = PAPER_CLOSED\n    need_gone(s, n)\n',
        "return of what was closed on paper",
        part="closing",
    ),
    Break(
        "oversight forgotten",
        "scenario/compiled_parameters.py",
        "scenario.referral.accept_probability + more",
        "scenario.referral.accept_probability",
        "letter under oversight",
        part="closing",
    ),
    Break(
        "deadlines weigh nothing",
        "mechanisms/field_service/closing_on_paper.py",
        "due = 1.0 if due_date(s, n)",
        "due = 0.0 if due_date(s, n)",
        "closing on paper, due soon",
        part="closing",
    ),
    Break(
        "one case in ten never spills",
        "mechanisms/field_service/field_service.py",
        'if u < s.par[0]["staff_spill_probability"]:',
        'if u < 0.9 * s.par[0]["staff_spill_probability"]:',
        "spilling",
        part="staffing",
    ),
]

test_neutral = neutral_test(NEUTRAL)
test_at_work = at_work_test(AT_WORK)
