"""Markets flooded again and again: rain, losses, what merchants bring, what ends it."""

from tests.guarantees.runs import TINY
from tests.mechanisms.checks import Break, Neutral, at_work_test, neutral_test

#: A market that floods often.
RAINY = ("shocks.rain_per_year=30", "shocks.flood_merchants=40", "shocks.flood_work_hours=8")

NO_LOSS = (*RAINY, "shocks.give_loss_weight=0")

#: A market that floods all the time, and staff called away for weeks.
FLOODS = (
    "shocks.rain_per_year=150",
    "shocks.rain_season_amplitude=.2",
    "shocks.flood_merchants=15",
    "shocks.flood_neighbours=10",
    "shocks.flood_days=1",
    "shocks.flood_work_hours=6",
)

MOBILISED = (
    "shocks.mobilisation=[{start_day: 3, days: 10, share: .4}, {start_day: 8, days: 10, share: .2}]",
    "shocks.surges=[{start_day: 5, days: 6, factor: 3}]",
)

NEUTRAL = {
    "rain that never falls": Neutral(
        ("shocks.flood_merchants=40", "shocks.loss_per_day=1000", "shocks.give_hours=10"),
        (),
        ("shocks.rain_per_year=0",),
    ),
    "rain where no market floods": Neutral(
        ("shocks.rain_per_year=20", "shocks.flooded_markets=0"), ("shocks.rain_per_year=0",)
    ),
    "merchants who bring nothing": Neutral(
        ("shocks.give_hours=0",), ("shocks.give_intercept=-50", "shocks.give_trust_weight=0"), NO_LOSS
    ),
    "authority over the market's organisations that counts as any other": Neutral(
        ("shocks.flood_link_effect=.5",), ("shocks.flood_link_effect=null",), RAINY
    ),
    "organisations that answer about the market as about anything else": Neutral(
        ("shocks.flood_accept_probability=.55",), ("shocks.flood_accept_probability=null",), RAINY
    ),
    "losses, as long as nobody gives for them": Neutral(
        ("shocks.loss_per_day=2000",),
        ("shocks.loss_per_day=0",),
        (*RAINY, "shocks.give_loss_weight=0"),
        ("losses",),
    ),
}
AT_WORK = {
    "rain": ("shocks.rain_per_year=30", "shocks.rain_per_year=0"),
    "giving": ("shocks.give_intercept=50", "shocks.give_intercept=-50", *RAINY),
    "answers about the market": (
        "shocks.flood_accept_probability=.9",
        "shocks.flood_accept_probability=.01",
        *RAINY,
    ),
    "orders about the market": (
        "shocks.flood_link_effect=8",
        "shocks.flood_link_effect=0",
        *RAINY,
        "referral.authority_links=true",
        "shocks.flood_accept_probability=.1",
    ),
}
COVERING = {
    "floods, mobilisation": ("co_governance", (*TINY, *FLOODS, *MOBILISED), 1),
}
BREAKS = [
    Break(
        "rain without a season",
        "mechanisms/flooding/initial_state.py",
        "1.0 + h.rain_season_amplitude *",
        "1.0 + 0.0 * h.rain_season_amplitude *",
        "tests/truth/test_shocks.py",
    ),
    Break(
        "rain on water counts twice",
        "mechanisms/flooding/flood.py",
        '    _subside(s, i, t)\n    s.incident[i]["present"] = n',
        '    s.incident[i]["present"] = n',
        "tests/truth/test_shocks.py",
    ),
    Break(
        "pumping out removes the cause",
        "mechanisms/flooding/flood.py",
        '    _subside(s, i, t)\n    lead = s.incident[i]["lead"]\n',
        '    _subside(s, i, t)\n    lead = n\n    s.incident[i]["fixed_at"] = t\n',
        "tests/truth/test_shocks.py",
    ),
    Break(
        "a recurrence leaves the case on the shelf",
        "mechanisms/flooding/flood.py",
        'if s.case[lead]["status"] == SHELVED:',
        'if s.case[lead]["status"] == OPEN:',
        "tests/truth/test_shocks.py",
    ),
    Break(
        "what merchants bring spares nobody",
        "mechanisms/field_service/field_service.py",
        'first += s.incident[incident_of(s, n)]["given_hours"]',
        "first += 0.0",
        "tests/truth/test_shocks.py",
    ),
    Break(
        "the market answers as anybody",
        "mechanisms/referral/acceptance.py",
        'intercept = s.par[0]["shocks_flood_accept_intercept"]',
        'intercept = s.par[0]["referral_accept_intercept"]',
        "tests/truth/test_shocks.py",
    ),
]

test_neutral = neutral_test(NEUTRAL)
test_at_work = at_work_test(AT_WORK)
