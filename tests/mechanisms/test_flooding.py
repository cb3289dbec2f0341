"""Markets flooded again and again: rain, losses, what merchants bring, what ends it."""

import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from sim import Records, load_scenario, simulate
from sim.engine.randomness import run_key
from sim.initial_state import build, cadre_speed
from sim.mechanisms.flooding.initial_state import rain_intensity, rains
from tests.guarantees.runs import TINY
from tests.mechanisms.checks import Break, Neutral, at_work_test, neutral_test
from tests.truth.community import isolated, run
from tests.truth.equivalence import Experiment, Values, assert_equivalent

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
        "tests/mechanisms/test_flooding.py",
    ),
    Break(
        "rain on water counts twice",
        "mechanisms/flooding/flood.py",
        '    _subside(s, i, t)\n    s.incident[i]["present"] = n',
        '    s.incident[i]["present"] = n',
        "tests/mechanisms/test_flooding.py",
    ),
    Break(
        "pumping out removes the cause",
        "mechanisms/flooding/flood.py",
        '    _subside(s, i, t)\n    lead = s.incident[i]["lead"]\n',
        '    _subside(s, i, t)\n    lead = n\n    s.incident[i]["fixed_at"] = t\n',
        "tests/mechanisms/test_flooding.py",
    ),
    Break(
        "a recurrence leaves the case on the shelf",
        "mechanisms/flooding/flood.py",
        'if s.case[lead]["status"] == SHELVED:',
        'if s.case[lead]["status"] == OPEN:',
        "tests/mechanisms/test_flooding.py",
    ),
    Break(
        "what merchants bring spares nobody",
        "mechanisms/field_service/field_service.py",
        'first += s.incident[incident_of(s, n)]["given_hours"]',
        "first += 0.0",
        "tests/mechanisms/test_flooding.py",
    ),
    Break(
        "the market answers as anybody",
        "mechanisms/referral/acceptance.py",
        'intercept = s.par[0]["shocks_flood_accept_intercept"]',
        'intercept = s.par[0]["referral_accept_intercept"]',
        "tests/mechanisms/test_flooding.py",
    ),
]

test_neutral = neutral_test(NEUTRAL)
test_at_work = at_work_test(AT_WORK)


_YEARS = 3
#: Nothing but rain on one market.
_FLOODS: dict[str, object] = {
    "demand.rate": 0,
    "demand.merchant_rate": 0,
    "shocks.rain_per_year": 12,
    "shocks.flood_merchants": 60,
    "shocks.flood_neighbours": 20,
    "community.merchants": 80,
    "community.residents": 500,
    "horizon_days": 365 * _YEARS,
    "followup_days": 0,
}
_CERTAIN = 1.0 - 1e-9
_SESSION = {"joint_session.enabled": "true"}


def test_the_expected_rains_are_the_integral_of_the_season() -> None:
    settings = {"shocks.rain_per_year": 9, "shocks.rain_season_amplitude": 0.7, "shocks.rain_peak_day": 200}
    scenario = isolated({**settings, "calendar.start_date": "2024-01-01"})
    expected = rain_intensity(scenario, 365)
    assert expected[-1] == pytest.approx(9.0, rel=1e-9)
    turn = 2.0 * math.pi / 365.0
    for day in (1, 90, 200, 300):
        # ∫ (1 + a·cos(turn·(u − peak))) du, the day's rate taken at its start.
        exact = day + 0.7 / turn * (math.sin(turn * (day - 0.5 - 200)) - math.sin(turn * (-0.5 - 200)))
        assert expected[day] == pytest.approx(9.0 / 365.0 * exact, abs=1e-4)


def test_rains_are_a_poisson_process_with_that_integral() -> None:
    days = 365
    scenario = isolated({"shocks.rain_per_year": 9, "shocks.rain_season_amplitude": 0.9})
    cumulative = rain_intensity(scenario, days)
    years = [rains(scenario, run_key(5, replication), days) for replication in range(2000)]
    counts = np.array([len(year) for year in years])
    assert counts.mean() == pytest.approx(cumulative[-1], abs=4.0 * math.sqrt(cumulative[-1] / 2000))
    dispersion = (2000 - 1) * counts.var(ddof=1) / counts.mean()
    assert 0.0005 < stats.chi2.cdf(dispersion, 1999) < 0.9995
    operational = np.interp(np.concatenate(years), np.arange(days + 1), cumulative) / cumulative[-1]
    assert stats.kstest(operational, "uniform").pvalue > 0.001


def test_it_rains_the_same_under_every_regime_and_in_any_company() -> None:
    # The place of the market changes nothing about the rain, nor does who else is there.
    one = build(isolated(_FLOODS), 1, 0)
    more = {"county.communities": 3, "shocks.flooded_markets": 2, "demand.rate": 1, **_SESSION}
    several = build(isolated({**_FLOODS, **more}), 1, 0)
    need = several.state.need
    floods = need[np.isin(need["incident"], several.state.incident["first"])]
    for market in several.state.incident:
        own = floods[floods["incident"] == market["first"]]
        assert own["arisen_at"].tolist() == one.state.need["arisen_at"].tolist()
        assert set(own["community"]) == {market["community"]}
    assert len(floods) == 2 * len(one.state.need)
    first = floods[floods["community"] == 0]
    assert first["owner_key"].tolist() == one.state.need["owner_key"].tolist()


def test_floods_leave_the_rest_of_the_tape_as_it_is() -> None:
    wet = build(isolated({**_FLOODS, "demand.rate": 1}), 1, 0).state
    dry = build(isolated({**_FLOODS, "demand.rate": 1, "shocks.rain_per_year": 0}), 1, 0).state
    own = ~np.isin(wet.need["incident"], wet.incident["first"])
    assert 10 < (~own).sum() < own.sum()
    assert np.all(np.diff(wet.need["arisen_at"]) >= 0.0)
    moved = {"pair_start", "leg_start", "incident"}
    for name in set(dry.need.dtype.names or ()) - moved:
        assert wet.need[name][own].tobytes() == dry.need[name].tobytes(), name
    assert np.array_equal(wet.need["incident"][own], np.flatnonzero(own))
    for name in set(dry.leg.dtype.names or ()) - {"need"}:
        assert wet.leg[name][own[wet.leg["need"]]].tobytes() == dry.leg[name].tobytes(), name
    for n in range(len(wet.need)):
        start, count = int(wet.need["leg_start"][n]), int(wet.need["leg_count"][n])
        assert (wet.leg["need"][start : start + count] == n).all()


def test_the_market_and_its_neighbours_see_it() -> None:
    records = run({**_FLOODS, "staff.per_10k": 0}, 1, 0)
    state = records.built.state
    seen_by = state.pair["person"].reshape(-1, 80)
    row = state.community[0]
    market = np.arange(row["merchant_start"], row["merchant_start"] + 60)
    for watching in seen_by:
        assert sorted(watching[:60]) == market.tolist()
        beside = np.sort(watching[60:])
        assert np.array_equal(np.diff(beside), np.ones(19, int))
        assert row["resident_start"] <= beside[0]
        assert beside[-1] < row["resident_start"] + row["observers"]
    assert (state.need["level"] == 2).all()
    assert (state.need["organisations"] == 3).all()
    assert state.unit["level"][state.leg["unit"]].reshape(-1, 2).tolist() == [[2, 1]] * len(state.need)


def _union(starts: np.ndarray, ends: np.ndarray) -> float:
    total, reached = 0.0, -math.inf
    for start, end in sorted(zip(starts, ends, strict=True)):
        total += max(0.0, end - max(start, reached))
        reached = max(reached, end)
    return total


def test_losses_are_their_rate_times_the_time_under_water() -> None:
    """Nobody pumps: every rain stands for its days, rain on water counts once."""
    settings = {"staff.per_10k": 0, "shocks.flood_days": 9, "shocks.loss_per_day": 250}
    records = run({**_FLOODS, **settings}, 2, 0)
    cases, people = records.cases, records.people
    rain = cases["arisen_at"].to_numpy()
    days = _union(rain, np.minimum(rain + 9.0, 365.0 * _YEARS))
    assert days < 9.0 * len(rain) - 9.0  # some rains do fall on water
    merchants = people["kind"] == "merchant"
    lost = people.loc[people["losses"] > 0, "losses"]
    assert len(lost) == 60
    assert not people.loc[~merchants, "losses"].any()
    np.testing.assert_allclose(lost, 250.0 * days, rtol=1e-9)
    incident = records.incidents.iloc[0]
    assert incident["losses"] == pytest.approx(lost.sum(), rel=1e-9)
    assert incident["days_under_water"] == pytest.approx(days, rel=1e-9)


def test_pumping_out_ends_the_flood_and_not_the_cause() -> None:
    """The first visit ends the water; refused by all, every rain floods the market again."""
    refused = {"shocks.flood_accept_probability": 1e-9, "shocks.flood_work_hours": 0.004}
    records = run({**_FLOODS, **refused}, 2, 0)
    cases, incident = records.cases, records.incidents.iloc[0]
    assert incident["rains"] == len(cases) > 20
    assert incident["prevented"] == 0
    assert np.isnan(incident["fixed_at"])
    assert not (cases["status"] == "solved").any()
    # A visit of seconds follows a report that comes within seconds.
    pumped = cases["service_started_at"] + 0.001 / 24.0 / cadre_speed(records.settings)
    expected = (pumped - cases["arisen_at"]).sum()
    assert incident["days_under_water"] == pytest.approx(expected, rel=1e-6)
    assert expected < 0.01 * len(cases)


@pytest.fixture(scope="module")
def shelved() -> Records:
    return run({**_FLOODS, "shocks.flood_accept_probability": 1e-9, "referral.escalation": "false"}, 3, 0)


@pytest.fixture(scope="module")
def solved() -> Records:
    return run({**_FLOODS, **_SESSION, "shocks.flood_accept_probability": _CERTAIN}, 3, 0)


def test_refused_it_is_shelved_and_every_rain_brings_it_back(shelved: Records) -> None:
    cases, incident = shelved.cases, shelved.incidents.iloc[0]
    assert (cases["incident_id"] == incident["incident_id"]).all()
    lead = cases.iloc[incident["lead_case_id"]]
    assert (cases["status"].isin(["shelved", "open"])).all()
    # The rains that find the case on the shelf take it off; nothing else does.
    assert 10 < incident["reopened"] == lead["reopened"] < incident["rains"]
    # Asked once and twice again in every round, and never the second organisation.
    assert lead["handoffs"] - 1 == pytest.approx(3 * (incident["reopened"] + 1), abs=2)
    assert shelved.units["asks"].gt(0).sum() == 1


def test_all_three_together_end_it_for_good(solved: Records, shelved: Records) -> None:
    cases, incident = solved.cases, solved.incidents.iloc[0]
    fixed = incident["fixed_at"]
    before, after = cases[cases["arisen_at"] < fixed], cases[cases["arisen_at"] >= fixed]
    assert incident["rains"] == len(cases) == len(shelved.cases)
    assert len(after) == incident["prevented"] == cases["prevented"].sum() > 10
    assert (before["status"] == "solved").all()
    assert (before["solved_at"] <= fixed + 1.0).all()
    assert (before["solved_by"] == "joint_session").all()
    assert after["prevented"].all()
    assert (after["solved_at"] == after["arisen_at"]).all()
    assert after["reported_at"].isna().all()
    assert not after[["staff_hours", "duplicates", "handoffs"]].to_numpy().any()
    # The same rows under both: what was prevented there is what did harm here.
    assert cases["arisen_at"].tolist() == shelved.cases["arisen_at"].tolist()
    assert shelved.cases["reported_at"].notna().all()
    assert solved.incidents["days_under_water"].iloc[0] < shelved.incidents["days_under_water"].iloc[0]


def test_merchants_hours_replace_the_communitys_one_for_one(solved: Records) -> None:
    def lead(records: Records) -> pd.Series:
        return records.cases.iloc[records.incidents["lead_case_id"].iloc[0]]

    work, pumped = 80.0, 20.0
    settings = {**_FLOODS, **_SESSION, "shocks.flood_accept_probability": _CERTAIN}
    nobody = run({**settings, "shocks.give_hours": 0}, 3, 0)
    some = run({**settings, "shocks.give_hours": 0.25, "shocks.give_intercept": 50}, 3, 0)
    enough = run({**settings, "shocks.give_hours": 50, "shocks.give_intercept": 50}, 3, 0)
    alone = lead(nobody)["staff_hours"]
    assert alone > work
    for records, given, givers in ((some, 15.0, 60), (enough, work - pumped, 2)):
        assert records.incidents["hours_given"].iloc[0] == pytest.approx(given)
        assert records.incidents["merchants_giving"].iloc[0] == givers
        assert lead(records)["volunteer_hours"] == pytest.approx(given)
        people = records.people
        assert people["volunteer_hours"].sum() == pytest.approx(given)
        assert people.loc[people["kind"] == "merchant", "contributions"].sum() == givers
        assert alone - lead(records)["staff_hours"] == pytest.approx(given)


def test_the_number_who_give_follows_their_rule() -> None:
    chance = 0.3
    settings = {
        **_FLOODS,
        **_SESSION,
        "shocks.flood_accept_probability": _CERTAIN,
        "shocks.give_loss_weight": 0,
    }
    settings |= {"shocks.give_intercept": math.log(chance / (1 - chance)), "trust.initial_sd": 0}
    settings |= {"trust.initial_mean": 0.5, "shocks.give_hours": 1e-6, "community.merchants": 2000}
    givers = [
        run({**settings, "shocks.flood_merchants": 2000, "horizon_days": 400}, 4, replication)
        .incidents["merchants_giving"]
        .sum()
        for replication in range(4)
    ]
    assert np.mean(givers) / 2000 == pytest.approx(chance, abs=4.0 * math.sqrt(0.21 / 8000))


def _answers(probability: float, frailty_sd: float) -> Experiment:
    """Organisations answer about the market with its own probability, letter by letter, market by market."""
    settings = {
        **_FLOODS,
        "shocks.flood_accept_probability": probability,
        "shocks.rain_per_year": 4,
        "shocks.flooded_markets": 400,
        "shocks.flood_merchants": 4,
        "shocks.flood_neighbours": 1,
        "county.communities": 400,
        "community.residents": 20,
        "community.merchants": 4,
        "referral.frailty_sd": frailty_sd,
        "referral.retries": 0,
        "referral.escalation": "false",
        "referral.reopen_after_days": 36500,
        "horizon_days": 250,
        "shocks.rain_season_amplitude": 0,
    }

    def once(seed: int, replication: int) -> Values:
        records = run(settings, seed, replication)
        leads = records.incidents["lead_case_id"].to_numpy()
        leads = leads[leads >= 0]
        # The first answer to the first letter about each market.
        leg = records.built.state.leg
        first = leg["state"][records.built.state.need["leg_start"][leads]] > 0
        once = leg["asks"][records.built.state.need["leg_start"][leads]] == 1
        share = float((first & once).mean()) if len(leads) else probability
        return {"cases": len(leads), "accepted": share}

    name = f"answers about the market, readiness spread {frailty_sd:g}"
    return Experiment(name, once, {"accepted": probability}, replications=40)


@pytest.mark.parametrize("frailty_sd", [0.0, 1.0])
def test_organisations_answer_with_the_probability_of_the_market(frailty_sd: float) -> None:
    assert_equivalent(_answers(0.6, frailty_sd))


def test_a_convener_with_authority_ends_it_in_weeks_and_one_without_does_not() -> None:
    """Nothing says so in the engine: it follows from how organisations answer, in all replications."""
    after: dict[str, list[float]] = {}
    unlinked = ["joint_session.convener_links=none"]
    for label, name, words in (
        ("letters", "fenghua_waterlogging", []),
        ("weekly, no links", "fenghua_waterlogging_no_links", []),
        ("weekly", "fenghua_waterlogging_weekly", []),
        ("called, no links", "fenghua_waterlogging_convener", unlinked),
        ("called", "fenghua_waterlogging_convener", []),
    ):
        scenario = load_scenario(name, ["community.residents=2000", *words])
        runs = [simulate(scenario, 1, replication) for replication in range(6)]
        first = [r.cases.loc[r.cases["incident_id"] == r.incidents["incident_id"][0]] for r in runs]
        after[label] = [
            float(r.incidents["fixed_at"][0] - own["reported_at"].min())
            for r, own in zip(runs, first, strict=True)
        ]
    assert np.isnan(after["letters"]).all()
    for label in ("weekly, no links", "called, no links"):
        assert np.isnan(after[label]).sum() >= 5
    for label in ("weekly", "called"):
        assert np.isfinite(after[label]).sum() >= 5
    # At the first session, or after a refusal at the one that the next rain calls for.
    assert np.nanmedian(after["weekly"]) < 120.0
    # Nobody stands in line.
    assert np.nanmedian(after["called"]) < 60.0
