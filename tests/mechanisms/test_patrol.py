"""Patrol and couriers: what is found that nobody has reported."""

from tests.guarantees.runs import NO_USERS, TINY
from tests.mechanisms.checks import Break, Neutral, at_work_test, neutral_test

NEUTRAL = {
    "patrol of no hours": Neutral(
        ("patrol.homes_visited_per_hour=50", "patrol.homes_passed_per_hour=500", "patrol.elder_factor=3"),
        (),
        ("patrol.hours_per_week=0",),
    ),
    "couriers without a platform": Neutral(
        ("patrol.couriers_per_10k=50",), (), ("platform.enabled=false", "patrol.courier_report_probability=1")
    ),
    "couriers who report nothing": Neutral(
        ("patrol.couriers_per_10k=50", "patrol.courier_report_probability=0"), ()
    ),
    "visits that ask for no account": Neutral(
        ("patrol.registered_factor=0",),
        ("patrol.registered_factor=1",),
        (*NO_USERS, "patrol.hours_per_week=3"),
    ),
}
AT_WORK = {
    "patrol": ("patrol.hours_per_week=2", "patrol.hours_per_week=0"),
    "homes passed": (
        "patrol.homes_passed_per_hour=5",
        "patrol.homes_passed_per_hour=80",
        "patrol.hours_per_week=2",
    ),
    "elders": ("patrol.elder_factor=3", "patrol.elder_factor=1", "patrol.hours_per_week=2"),
    "accounts": ("patrol.registered_factor=0", "patrol.registered_factor=1", "patrol.hours_per_week=2"),
    "couriers": ("patrol.couriers_per_10k=50", "patrol.couriers_per_10k=0"),
}
COVERING = {
    "patrol, couriers, embedded cadres": (
        "co_governance",
        (
            *TINY,
            "county.communities=2",
            "county.size_sigma=.4",
            "staff.embedded=3",
            "embedded.allocation=need",
            "embedded.displaced=true",
            "patrol.hours_per_week=4",
            "patrol.couriers_per_10k=50",
            "patrol.courier_report_probability=.05",
            "patrol.registered_factor=.3",
            "joint_session.convener_links=county",
        ),
        1,
    ),
}
BREAKS = [
    Break(
        "patrol a tenth too keen",
        "rules/cadre.py",
        "return homes_per_hour * patrol_hours /",
        "return 1.1 * homes_per_hour * patrol_hours /",
        "patrol against one observer",
    ),
    Break(
        "couriers see private problems alone",
        "mechanisms/patrol/discovery_clocks.py",
        'if passing > 0.0 and s.need[n]["flags"] & PUBLIC:',
        'if passing > 0.0 and not s.need[n]["flags"] & PUBLIC:',
        "patrol and couriers",
    ),
    Break(
        "a registered owner's clock begins anew",
        "mechanisms/patrol/discovery_clocks.py",
        '["remaining"] = max(0.0, f[n]["remaining"] - done)',
        '["remaining"] = max(0.0, f[n]["remaining"] + 0.0 * done)',
        "patrol, owners register",
    ),
    Break(
        "who registers is visited as before",
        "mechanisms/platform/adoption.py",
        "        person_registered(s, p, t)\n",
        "",
        "patrol, owners register",
    ),
    Break(
        "patrol visits the young less",
        "rules/cadre.py",
        "    return registered_factor if registered else 1.0",
        "    return registered_factor if registered else 0.8",
        "patrol, age gradient",
    ),
    Break(
        "patrol costs no hours",
        "mechanisms/patrol/patrol.py",
        "            add_duty(s, server, t, hours)\n",
        "",
        "tests/truth/test_outreach.py",
    ),
]

test_neutral = neutral_test(NEUTRAL)
test_at_work = at_work_test(AT_WORK)
