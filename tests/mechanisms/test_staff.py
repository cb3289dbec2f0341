"""Staff: hours, paperwork, absence, time on call, ways, skills, embedded cadres."""

from tests.guarantees.runs import TINY
from tests.mechanisms.checks import Break, Neutral, at_work_test, limit_test, neutral_test
from tests.mechanisms.staff_systems import SYSTEMS

NEUTRAL = {
    "integration of the only platform": Neutral(
        ("paperwork.integration=1", "paperwork.share_per_platform=.12"),
        ("paperwork.integration=0",),
        ("paperwork.platforms=1",),
    ),
    "platforms fully integrated": Neutral(
        ("paperwork.platforms=5",), ("paperwork.platforms=1",), ("paperwork.integration=1",)
    ),
    "burden gate that sends nothing back": Neutral(("paperwork.screen_rate=0",), ()),
    "mobilisation of no days, or of no hours": Neutral(
        ("shocks.mobilisation=[{start_day: 30, days: 0, share: 1}, {start_day: 30, days: 20, share: 0}]",), ()
    ),
    "posts on call where nothing is urgent": Neutral(
        ("roster.on_call=2",), ("roster.on_call=0",), ("demand.urgent_share=0",)
    ),
    "overtime where there is no end of a shift": Neutral(
        ("roster.overtime_hours_per_week=9",),
        ("roster.overtime_hours_per_week=0",),
        ("calendar.round_the_clock=true",),
    ),
    # Two grids: two of nine staff are grid workers, or two beside seven.
    "grid workers counted apart": Neutral(
        ("staff.per_10k=46.6667", "staff.grid_workers=2"), ("staff.per_10k=60",), of_the_place=True
    ),
    "a way of no length": Neutral(("staff.travel_repeat_share=1",), ("staff.travel_repeat_share=0",)),
    "a skill that no case takes": Neutral(("staff.skill_cadres=.5",), ("staff.skill_cadres=.1",)),
    "a skill that everybody has, against none": Neutral(
        ("staff.skill_needs=.000000001",), ("staff.skill_needs=0",)
    ),
    "absence that nobody has": Neutral(
        ("roster.absence=0", "roster.absence_week=.9", "roster.absence_common=.1"), ()
    ),
    "nobody embedded": Neutral(
        ("embedded.authority_level=2", "embedded.allocation=need", "embedded.displaced=true"), ()
    ),
    "embedded without labour and authority": Neutral(
        ("staff.embedded=4", "embedded.displaced=true"),
        (),
        ("embedded.labour=false", "embedded.authority=false"),
    ),
    "embedded authority without effect": Neutral(
        ("staff.embedded=4",), (), ("embedded.labour=false", "referral.link_effect=0")
    ),
    "embedded authority of the county is that of authority links": Neutral(
        ("staff.embedded=1", "embedded.labour=false", "embedded.authority_level=2"),
        ("referral.authority_links=true",),
    ),
}
AT_WORK = {
    "integration": ("paperwork.integration=1", "paperwork.integration=0"),
    "burden gate": ("paperwork.screen_rate=.5", "paperwork.screen_rate=0"),
    "mobilisation": ("shocks.mobilisation=[{start_day: 30, days: 20, share: .5}]", "shocks.mobilisation=[]"),
    "on call": ("roster.on_call=1", "roster.on_call=0"),
    "overtime": ("roster.overtime_hours_per_week=9", "roster.overtime_hours_per_week=0"),
    "travel": ("staff.travel_hours=.5", "staff.travel_hours=0"),
    "further visits": (
        "staff.travel_repeat_share=1",
        "staff.travel_repeat_share=0",
        "staff.travel_hours=.5",
    ),
    "skill": ("staff.skill_needs=.5", "staff.skill_needs=0"),
    "two": ("staff.two_person_share=.3", "staff.two_person_share=0"),
    "absence": ("roster.absence=.08", "roster.absence=0"),
    "embedded": ("staff.embedded=4", "staff.embedded=0"),
    "embedded labour": ("embedded.labour=true", "embedded.labour=false", "staff.embedded=4"),
    "embedded authority": ("embedded.authority=true", "embedded.authority=false", "staff.embedded=4"),
    "embedded level": ("embedded.authority_level=2", "embedded.authority_level=1", "staff.embedded=4"),
    "displaced": ("embedded.displaced=true", "embedded.displaced=false", "staff.embedded=4"),
}
COVERING = {
    "clocks, standards and staff": (
        "administration_led",
        (
            *TINY,
            "calendar.holidays=china",
            "staff.hours_year=1500",
            "roster.absence=.2",
            "referral.answer_days=.5",
            "standards.enabled=true",
            "standards.pause_outside=true",
            "standards.extension_probability=.5",
            "standards.send_back_days=.2",
            "standards.redispatch_restarts=true",
            "roster.on_call=1",
            "roster.overtime_hours_per_week=4",
            "demand.urgent_share=.3",
            "staff.travel_hours=.1",
            "staff.skill_needs=.2",
            "staff.two_person_share=.2",
        ),
        1,
    ),
    "embedded cadres round the clock": (
        "administration_led",
        (*TINY, "calendar.round_the_clock=true", "staff.embedded=3", "patrol.hours_per_week=4"),
        1,
    ),
}
BREAKS = [
    Break(
        "mobilised hours at the clock's pace",
        "mechanisms/staff/mobilisation.py",
        '* hours * s.pool[pool]["speed"]',
        "* hours",
        "tests/mechanisms/test_staff_embedded.py",
    ),
    Break(
        "embedded cadres come every day",
        "mechanisms/staff/queues_and_hours.py",
        "    here = _comes_on(s, server, int(t))",
        "    here = True",
        "tests/mechanisms/test_staff_embedded.py",
    ),
    Break(
        "displaced hours taken from every level",
        "mechanisms/staff/embedded_cadres.py",
        'sending = (unit["level"] >= 1) &',
        'sending = (unit["level"] >= 0) &',
        "tests/mechanisms/test_staff_embedded.py",
    ),
    Break(
        "what is demanded on one day is forgotten the next",
        "mechanisms/staff/team_load.py",
        's.demanded[pool, s.team[pool]["days"] % LOAD_DAYS] =',
        "s.demanded[pool, 0] =",
        "load of a team",
        part="closing",
    ),
    Break(
        "paperwork takes no time",
        "rules/cadre.py",
        "presence * (1.0 - paperwork) * case_share",
        "presence * case_share",
        "burden, 35%",
        part="closing",
    ),
    Break(
        "absence of each day on its own",
        "world/attendance.py",
        "lean = math.sqrt(common_share) * shared[week] + own",
        "lean = math.sqrt(common_share) * normal(key, CADRE_AWAY, d, who, 3, 0) + own",
        "absence 0.1, together by 0.5",
        part="staffing",
    ),
    Break(
        "absence not made up on other days",
        "initial_state.py",
        "return share if absence <= 0.0 else min(1.0, share / (1.0 - absence))",
        "return share",
        "absence 0.1, together by 0 ",
        part="staffing",
    ),
    Break(
        "posts on call take what came last",
        "mechanisms/staff/on_call.py",
        "case_turn(s, n) < case_turn(s, best)",
        "case_turn(s, n) > case_turn(s, best)",
        "tests/mechanisms/test_staff_visits.py",
        part="staffing",
    ),
]


LIMITS = SYSTEMS

test_neutral = neutral_test(NEUTRAL)
test_at_work = at_work_test(AT_WORK)
test_limit = limit_test(LIMITS)
