"""The platform: who registers and stays active, roll-out, points."""

from tests.guarantees.runs import NO_USERS
from tests.mechanisms.checks import Break, Neutral, at_work_test, neutral_test

#: Clocks for registering run for most people through most of the run.
MANY_JOIN = ("platform.enabled=true", "adoption.initial_registered=.02", "adoption.innovation_per_year=3")

#: Points that are often traded in.
POINTS = ("points.enabled=true", "points.redeem_at=10")

NEUTRAL = {
    "platform without users": Neutral(("platform.enabled=true",), ("platform.enabled=false",), NO_USERS),
    "platform that nobody can use": Neutral(
        ("platform.enabled=true",),
        ("platform.enabled=false",),
        ("adoption.net_use=0", "adoption.net_use_60plus=0"),
    ),
    "app as dear as the office": Neutral(
        ("platform.enabled=true",),
        ("platform.enabled=false",),
        ("reporting.cost_app=1", "mutual_aid.enabled=false", "reporting.published_status=false"),
        ("registered", "active", "adopters"),
    ),
    "campaign of no days": Neutral(("adoption.campaigns=[{start_day: 40, days: 0}]",), (), MANY_JOIN),
    "campaign that wins nobody": Neutral(
        ("adoption.campaigns=[{start_day: 40, days: 30}]", "adoption.campaign_rate_per_day=0"),
        (),
        MANY_JOIN,
    ),
    "points that move nobody": Neutral(
        (
            "points.enabled=true",
            "points.activity_factor=1",
            "points.help_factor=1",
            "points.redeem_at=10",
            "points.gaming_share=.1",
        ),
        ("points.enabled=false",),
    ),
    "points never traded in": Neutral(
        ("points.enabled=true", "points.redeem_at=1e9"), ("points.enabled=false",)
    ),
    "a platform that starts after the run": Neutral(
        ("platform.enabled=true", "platform.start_day=1000000"),
        ("platform.enabled=false",),
        ("reporting.published_status=false", "intake.merge_probability=0", "mutual_aid.enabled=false"),
        ("eligible",),
    ),
    "roll-out that nobody begins, so that all start at once": Neutral(
        ("platform.rollout_imitation_per_year=5",), ("platform.rollout_imitation_per_year=0",)
    ),
    "identity checks that refuse nobody there is": Neutral(
        ("adoption.verified_share_migrants=.1",),
        ("adoption.verified_share_migrants=1",),
        ("community.migrant_share=0",),
    ),
}
AT_WORK = {
    "platform": ("platform.enabled=true", "platform.enabled=false"),
    "campaign": ("adoption.campaigns=[{start_day: 40, days: 30}]", "adoption.campaigns=[]"),
    "points, activity": ("points.activity_factor=.2", "points.activity_factor=1", *POINTS),
    "points, help": ("points.help_factor=5", "points.help_factor=1", *POINTS),
    "roll-out": ("platform.start_day=50", "platform.start_day=0"),
    "identity": ("adoption.verified_share=.5", "adoption.verified_share=1"),
    "contact": ("adoption.contact_probability=1", "adoption.contact_probability=0"),
}
COVERING = {
    "adoption, everybody": (
        "verification/adoption",
        ("horizon_days=120", "verification.population=150"),
        1,
    ),
    "adoption, network": (
        "verification/adoption",
        ("horizon_days=120", "verification.population=150", "verification.network=random"),
        1,
    ),
}
BREAKS = [
    Break(
        "shared clock forgets the hazard used up",
        "mechanisms/platform/adoption.py",
        '["remaining"] - s.clock[0]["hazard"]) / rate',
        '["remaining"]) / rate',
        "Bass",
        part="diffusion",
    ),
    Break(
        "imitation half as strong",
        "rules/resident.py",
        "innovation + imitation * registered_share",
        "innovation + 0.5 * imitation * registered_share",
        "logistic",
        part="diffusion",
    ),
    Break(
        "own clocks forget the hazard used up",
        "mechanisms/platform/adoption.py",
        'max(0.0, a[p]["remaining"] - a[p]["rate"] * (t - a[p]["anchor"]))',
        'a[p]["remaining"]',
        "each with own clock",
        part="diffusion",
    ),
    Break(
        "activity fades too fast in the last stretch",
        "rules/resident.py",
        "return 90.0 + 90.0 *",
        "return 90.0 + 75.0 *",
        "retention",
        part="people",
    ),
    Break(
        "communities imitate half as much",
        "mechanisms/mutual_aid/initial_state.py",
        "innovation + imitation * started",
        "innovation + 0.5 * imitation * started",
        "roll-out among communities",
        part="lasting",
    ),
    Break(
        "help earns points beyond the cap",
        "rules/giving.py",
        "min(per_help, cap - usual - awarded_today)",
        "min(per_help, cap - awarded_today)",
        "tests/truth/test_exchange.py",
    ),
    Break(
        "a campaign a tenth too weak",
        "rules/resident.py",
        "imitation * registered_share + campaign",
        "imitation * registered_share + 0.9 * campaign",
        "campaign",
        part="takeup",
    ),
]

test_neutral = neutral_test(NEUTRAL)
test_at_work = at_work_test(AT_WORK)
