"""Shocks with known answers: when it rains, what a flood costs and what ends it, what a campaign takes."""

import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from sim import Records, load_scenario, simulate
from sim.demand.needs import intensity
from sim.demand.surges import FIRST_ORDINAL, surge_intensity
from sim.engine.randomness import run_key
from sim.engine.tables.people import INERT, UNDER_14
from sim.initial_state import build, cadre_speed
from sim.mechanisms.flooding.initial_state import FIRST_ORDINAL as FIRST_FLOOD
from sim.mechanisms.flooding.initial_state import rain_intensity, rains
from tests.truth.community import isolated, run
from tests.truth.equivalence import Experiment, Values, assert_equivalent

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


# --- rain ------------------------------------------------------------------------------------------------


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


# --- losses ----------------------------------------------------------------------------------------------


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


# --- what ends it ----------------------------------------------------------------------------------------


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
    for name in ("fenghua_waterlogging", "fenghua_waterlogging_no_links", "fenghua_waterlogging_convener"):
        scenario = load_scenario(name, ["community.residents=2000"])
        runs = [simulate(scenario, 1, replication) for replication in range(6)]
        first = [r.cases.loc[r.cases["incident_id"] == r.incidents["incident_id"][0]] for r in runs]
        after[name] = [
            float(r.incidents["fixed_at"][0] - own["reported_at"].min())
            for r, own in zip(runs, first, strict=True)
        ]
    assert np.isnan(after["fenghua_waterlogging"]).all()
    assert np.isnan(after["fenghua_waterlogging_no_links"]).sum() >= 5
    assert np.isfinite(after["fenghua_waterlogging_convener"]).sum() >= 5
    assert np.nanmedian(after["fenghua_waterlogging_convener"]) < 84.0


# --- surges ----------------------------------------------------------------------------------------------

_SURGE = "[{start_day: 40, days: 20, factor: 3.5}]"


def _of_surge(need: np.ndarray) -> np.ndarray:
    return np.asarray((need["ordinal"] >= FIRST_ORDINAL) & (need["ordinal"] < FIRST_FLOOD))


def test_surges_leave_the_rest_of_the_tape_as_it_is() -> None:
    settings = {"demand.rate": 5, "community.residents": 500, "horizon_days": 100, "followup_days": 0}
    usual = build(isolated(settings), 1, 0).state
    more = build(isolated({**settings, "shocks.surges": _SURGE}), 1, 0).state
    own = ~_of_surge(more.need)
    assert (~own).sum() > 10
    assert np.all(np.diff(more.need["arisen_at"]) >= 0.0)
    for name in set(usual.need.dtype.names or ()) - {"pair_start", "leg_start", "incident"}:
        assert more.need[name][own].tobytes() == usual.need[name].tobytes(), name
    for name in set(usual.leg.dtype.names or ()) - {"need"}:
        assert more.leg[name][own[more.leg["need"]]].tobytes() == usual.leg[name].tobytes(), name
    assert np.array_equal(more.need["incident"], np.arange(len(more.need)))


def test_needs_of_a_surge_are_a_poisson_process_at_a_multiple_of_the_usual() -> None:
    settings = {
        "demand.rate": 4,
        "community.residents": 800,
        "community.merchants": 0,
        "demand.weekly_cv": 0.4,
        "warmup_days": 0,
        "horizon_days": 100,
        "followup_days": 0,
        "shocks.surges": _SURGE,
    }
    scenario = isolated(settings)
    counts, places = [], []
    for replication in range(200):
        state = build(scenario, 5, replication).state
        at = state.need["arisen_at"][_of_surge(state.need)]
        assert ((at >= 40.0) & (at < 60.0)).all()
        cumulative = intensity(scenario, run_key(5, replication), 100)
        window = cumulative[60] - cumulative[40]
        adults = int((~(state.person["flags"] & (UNDER_14 | INERT)).astype(bool)).sum())
        rate = 4.0 / 365.0 / (1.0 - scenario.community.share_under14)
        counts.append((len(at), 2.5 * adults * rate * window))
        places.append((np.interp(at, np.arange(101), cumulative) - cumulative[40]) / window)
    found, expected = np.array(counts).T
    z = (found - expected) / np.sqrt(expected)
    assert abs(z.mean()) < 4.0 / math.sqrt(200)
    assert 0.0005 < stats.chi2.cdf((z**2).sum(), 200) < 0.9995
    assert stats.kstest(np.concatenate(places), "uniform").pvalue > 0.001


def test_surges_that_overlap_add_up() -> None:
    daily = np.arange(1.0, 11.0)
    surges = "[{start_day: 2, days: 4, factor: 3}, {start_day: 5, days: 9, factor: 1.5}]"
    scenario = isolated({"shocks.surges": surges})
    by_day = np.diff(surge_intensity(scenario, daily))
    assert by_day.tolist() == (np.array([0, 0, 2, 2, 2, 2.5, 0.5, 0.5, 0.5, 0.5]) * daily).tolist()


def test_a_queue_meets_the_surge_and_its_usual_arrivals() -> None:
    words = ["horizon_days=60", "warmup_days=0", "verification.arrival_rate=50"]
    usual = build(load_scenario("verification/queue", words), 1, 0).state.need
    scenario = load_scenario(
        "verification/queue", [*words, "shocks.surges=[{start_day: 20, days: 10, factor: 4}]"]
    )
    counts = []
    for replication in range(50):
        need = build(scenario, 1, replication).state.need
        at = need["arisen_at"][_of_surge(need)]
        assert ((at >= 20.0) & (at < 30.0)).all()
        counts.append(len(at))
        if replication == 0:
            own = need[~_of_surge(need)]
            for name in ("arisen_at", "work_hours", "priority", "ordinal"):
                assert own[name].tolist() == usual[name].tolist()
            assert np.all(np.diff(need["arisen_at"]) >= 0.0)
            assert need["incident"].tolist() == list(range(len(need)))
    assert np.mean(counts) == pytest.approx(1500.0, abs=4.0 * math.sqrt(1500 / 50))


# --- mobilisation ----------------------------------------------------------------------------------------


def test_a_campaign_takes_its_share_of_every_working_day_and_no_more() -> None:
    campaigns = "[{start_day: 10, days: 21, share: .5}, {start_day: 24, days: 14, share: .7}]"
    settings = ["community.residents=2000", "horizon_days=60", "warmup_days=0", "followup_days=0"]
    scenario = load_scenario("administration_led", [*settings, f"shocks.mobilisation={campaigns}"])
    records = simulate(scenario, 1, 0)
    share = np.zeros(60)
    share[10:31] += 0.5
    share[24:38] += 0.7
    working = np.arange(60) % 7 < 5
    hours = np.minimum(1.0, share) * working * scenario.calendar.shift_hours * cadre_speed(scenario)
    staff = len(records.cadres)
    daily = (
        records.daily["staff_hours_mobilisation"].diff().fillna(records.daily["staff_hours_mobilisation"][0])
    )
    np.testing.assert_allclose(daily, hours * staff, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(records.cadres["hours_mobilisation"], hours.sum(), rtol=1e-12)


def test_staff_called_away_altogether_begin_no_case() -> None:
    settings = {"calendar.round_the_clock": "false", "calendar.shift_hours": 8, "community.residents": 500}
    settings |= {"staff.per_10k": 100, "demand.rate": 20}
    campaign = {"shocks.mobilisation": "[{start_day: 49, days: 14, share: 1}]"}
    away = run({**settings, **campaign}, 1, 0).cases
    there = run(settings, 1, 0).cases

    def begun(cases: pd.DataFrame) -> int:
        return int(((cases["service_started_at"] >= 49) & (cases["service_started_at"] < 63)).sum())

    assert begun(there) > 200
    assert begun(away) == 0
    waiting = away[(away["reported_at"] > 49) & (away["reported_at"] < 61)]
    assert (waiting["service_started_at"] > 63.3).all()


# --- bursts ----------------------------------------------------------------------------------------------

_BURSTS: dict[str, object] = {
    "community.residents": 200,
    "demand.rate": 1453.0 * 365.0 / 7.0 / 200.0,
    "horizon_days": 7 * 500,
    "followup_days": 0,
}


def test_weekly_counts_spread_as_far_as_in_boston() -> None:
    """Index of dispersion 1 + m·cv²: 43 at 1,453 requests a week and a coefficient of variation of .17."""
    cv = 0.17
    scenario = isolated({**_BURSTS, "demand.weekly_cv": cv})
    counts, chi = [], 0.0
    for replication in range(4):
        weekly = np.diff(intensity(scenario, run_key(7, replication), 3500))[::7]
        arisen = build(scenario, 7, replication).state.need["arisen_at"]
        found = np.bincount((arisen // 7).astype(int), minlength=500)
        chi += float(np.sum((found - 1453.0 * weekly) ** 2 / (1453.0 * weekly)))
        counts.append(found)
    # Given the weeks' effects, counts are Poisson.
    assert 0.0005 < stats.chi2.cdf(chi, 2000) < 0.9995
    every = np.concatenate(counts)
    expected = 1.0 + 1453.0 * cv * cv
    assert expected == pytest.approx(43.0, abs=0.01)
    # The variance of 2,000 weeks is known to about sqrt(2/2000) = 3 %, more for the skewness of the effects.
    assert every.var(ddof=1) / every.mean() == pytest.approx(expected, rel=0.14)


@pytest.mark.parametrize("correlation", [0.0, 0.6])
def test_effects_of_weeks_are_autoregressive_with_the_same_spread(correlation: float) -> None:
    scenario = isolated({**_BURSTS, "demand.weekly_cv": 0.5, "demand.weekly_correlation": correlation})
    logs = np.log(np.diff(intensity(scenario, run_key(3, 0), 7 * 5000))[::7])
    sd = math.sqrt(math.log(1.25))
    spread = math.sqrt((1 + correlation**2) / (1 - correlation**2) / 2 / 5000)
    assert logs.std() / sd == pytest.approx(1.0, abs=4.0 * spread)
    for lag in (1, 2, 3):
        found = np.corrcoef(logs[lag:], logs[:-lag])[0, 1]
        assert found == pytest.approx(correlation**lag, abs=4.0 / math.sqrt(5000 / (1 + 2 * correlation)))
