"""Estimates beside the headline, each against a case by hand or arithmetic done another way."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from analysis.comparison.twins import case_differences, paired_cases
from analysis.estimates.cogovernance import cogovernance_index
from analysis.estimates.group_equity import group_ratios
from analysis.estimates.handling import handling
from analysis.estimates.littles_law import little_ratio
from analysis.estimates.mutual_aid import distances, mutual_aid
from analysis.estimates.need_types import types_solved
from analysis.estimates.retention import retention, returns
from analysis.estimates.ties_and_trust import ties_and_trust
from analysis.estimates.timeliness import first_response, standards_met
from analysis.estimates.workload import paperwork_share
from analysis.inputs.ledger import counted
from analysis.metrics import METRICS
from analysis.statistics import concentration
from analysis.statistics.survival import restricted_mean
from sim import load_scenario, simulate
from tests.analysis.synthetic import NAN, hand_run


def run_with(rows, columns=None, people=None, daily=None, **calendar):
    """A run from rows of a ledger, further columns of it, and people."""
    made = hand_run(rows, people=people, daily=daily, **{"horizon": 100, "followup": 180, **calendar})
    for name, values in (columns or {}).items():
        made.cases[name] = values
    return made


# --- service standards and the first response ------------------------------------------------------------


def test_service_standards_by_hand():
    rows = [{"reported_at": 0.0, "closed_at": closed} for closed in (4.0, 4.0, 9.0, NAN, NAN)]
    columns = {"due_at": [5.0, 5.0, 5.0, 5.0, NAN], "on_time": [1.0, 0.0, 0.0, 0.0, NAN]}
    # Solved in time; closed in time on paper; late; open and overdue; no date.
    assert standards_met(run_with(rows, columns)) == {"on_time_share": 1 / 4, "on_time_closed_share": 2 / 4}
    assert standards_met(run_with(rows)) == {}


def test_first_response_by_hand():
    # Time 0 is a Monday: reported on Friday noon and answered on Monday noon is one working day.
    rows = [
        {"reported_at": 4.5, "first_response_at": 7.5},
        {"reported_at": 1.0, "first_response_at": 2.5},
        {"reported_at": 1.0, "first_response_at": 0.5},
        {"reported_at": 1.0},
        {},
    ]
    made = run_with(rows)
    found = first_response(made, counted(made))
    assert found["first_response_1wd"] == pytest.approx(2 / 4)
    assert found["first_response_mean"] == pytest.approx((1.0 + 1.5 + 0.0 + 30.0) / 4)


def test_first_response_allows_for_those_not_watched_for_long():
    rng = np.random.default_rng(1)
    reported = rng.uniform(0, 40, 4000)
    answered = reported + rng.exponential(20.0, 4000)
    end = 45.0
    rows = [
        {"reported_at": start, "first_response_at": stop if stop < end else NAN, "arisen_at": start}
        for start, stop in zip(reported, answered, strict=True)
    ]
    made = run_with(rows, round_the_clock=True, horizon=40, followup=5)
    found = first_response(made, counted(made))
    assert found["first_response_mean"] == pytest.approx(20 * (1 - np.exp(-1.5)), rel=0.04)
    told = np.minimum(np.where(answered < end, answered, end) - reported, 30.0)
    assert told.mean() < found["first_response_mean"] - 2  # what taking them as they stand would give


# --- Little's law -----------------------------------------------------------------------------------------


def test_little_by_hand():
    # One case a day, each in the system for three days: three open on every day after the third.
    rows = [
        {"arisen_at": d, "reported_at": float(d), "status": "solved", "solved_at": d + 3.0} for d in range(40)
    ]
    daily = pd.DataFrame(
        {"day": np.arange(40), "community": 0, "open_cases": np.minimum(np.arange(40) + 1, 3)}
    )
    made = run_with(rows, {"days_in_system": 3.0, "entered_at": np.arange(40.0)}, daily=daily, warmup=10,
                    horizon=20, followup=10)  # fmt: skip
    assert little_ratio(made) == {"little_ratio": pytest.approx(1.0)}
    # Half of them never end: in the system from their report to the end of the run.
    made.cases.loc[made.cases["case_id"] % 2 == 1, ["status", "days_in_system"]] = ["open", 0.0]
    waits = [3.0 if d % 2 == 0 else 40.0 - d for d in range(10, 30)]
    assert little_ratio(made)["little_ratio"] == pytest.approx(sum(waits) / 20 / 3)
    made.settings.ledger = "sample"
    assert little_ratio(made) == {}


def test_little_holds_in_the_engines_own_queue():
    """A queue in balance: arrivals times sojourn is the number in the system, from two independent books."""
    keys = {"arrival_rate": 20, "servers": 3, "service_mean": 0.12}
    overrides = ["horizon_days=1500", *(f"verification.{key}={value}" for key, value in keys.items())]
    scenario = load_scenario("verification/queue", overrides)
    assert little_ratio(simulate(scenario, seed=1))["little_ratio"] == pytest.approx(1.0, abs=0.01)


# --- coming back ------------------------------------------------------------------------------------------


def test_returns_by_hand():
    who = np.array([1, 1, 1, 2, 3, 3, 4, 1])
    when = np.array([5.0, 12.0, 300.0, 20.0, 30.0, 30.0, 110.0, 1.0])
    # The act at 1 came before the window from 2 to 100, person 4 after it; person 3's two are one.
    gap, followed = returns(who, when, 2.0, 100.0, 280.0)
    assert gap.tolist() == pytest.approx([7.0, NAN, NAN], nan_ok=True)
    assert followed.tolist() == [275.0, 260.0, 250.0]


def test_retention_counts_reports_and_helps_and_corrects_for_the_end_of_the_run():
    rng = np.random.default_rng(2)
    number = 6000
    first = rng.uniform(0, 100, number)
    second = first + rng.exponential(60.0, number)
    end = 130.0
    rows = [{"arisen_at": 0.0, "reported_at": time} for time in first]
    rows += [{"arisen_at": 0.0, "solved_at": time if time < end else NAN} for time in second]
    nobody = np.full(number, -1)
    columns = {
        "reporter_id": np.concatenate([np.arange(number), nobody]),
        "helper_id": np.concatenate([nobody, np.where(second < end, np.arange(number), -1)]),
    }
    found = retention(run_with(rows, columns, followup=30))["returned_90d"]
    assert found == pytest.approx(1 - np.exp(-90 / 60), abs=0.02)
    assert np.mean(second - first <= np.minimum(90, end - first)) < found - 0.05


# --- groups -----------------------------------------------------------------------------------------------


def groups():
    people = pd.DataFrame({"person_id": [10, 11, 12, 13, 14], "kind": ["resident"] * 4 + ["merchant"],
                           "age_60plus": [True, True, False, False, False],
                           "migrant": [True, False, True, False, False],
                           "eligible": [False, True, True, True, True]})  # fmt: skip
    rows = [
        {"requester_id": 10, "reported_at": 10.0, "solved_at": 20.0},
        {"requester_id": 10},
        {"requester_id": 11, "reported_at": 5.0, "solved_at": 40.0},
        {"requester_id": 11},
        {"requester_id": 12, "reported_at": 5.0, "solved_at": 10.0},
        {"requester_id": 13, "reported_at": 5.0, "solved_at": 30.0},
        {"requester_id": 14, "reported_at": 1.0, "solved_at": 2.0},
    ]
    return counted(run_with(rows)), people


def test_ratios_between_groups_by_hand():
    found = group_ratios(*groups())
    assert found["reported_ratio_age"] == pytest.approx(0.5 / 1.0)
    assert found["solved_ratio_age"] == pytest.approx(0.5 / 1.0)
    assert found["time_ratio_age"] == pytest.approx(((20 + 180 + 40 + 180) / 4) / ((10 + 30) / 2))
    assert found["reported_ratio_tenure"] == pytest.approx((2 / 3) / (2 / 3))
    assert found["time_ratio_tenure"] == pytest.approx(((20 + 180 + 10) / 3) / ((40 + 180 + 30) / 3))
    # Those who cannot use an app are named first.
    assert found["time_ratio_literacy"] == pytest.approx(((20 + 180) / 2) / ((40 + 180 + 10 + 30) / 4))


def test_theil_splits_into_within_and_between():
    rng = np.random.default_rng(3)
    values, group = rng.lognormal(0, 1, 3000), rng.integers(0, 4, 3000)
    values *= 1 + group
    whole, between = concentration.theil(values, group)
    # Of a lognormal with spread 1 Theil's T is 1/2.
    assert concentration.theil(values / (1 + group), np.zeros(3000))[0] == pytest.approx(0.5, abs=0.06)
    parts = [values[group == g] for g in range(4)]
    within = sum(
        part.sum() / values.sum() * concentration.theil(part, np.zeros(len(part)))[0] for part in parts
    )
    assert whole == pytest.approx(within + between)
    assert concentration.theil([1, 1, 3, 3], [0, 0, 1, 1]) == pytest.approx(
        (0.5 * (0.5 * np.log(0.5) + 1.5 * np.log(1.5)),) * 2
    )
    assert concentration.theil([0, 4], [0, 1])[0] == pytest.approx(np.log(2))
    assert concentration.theil([2, 2], [0, 1]) == pytest.approx((0.0, 0.0))


def test_theil_of_a_ledger():
    found = group_ratios(*groups())
    times = np.array([20.0, 180, 40, 180, 10, 30])
    whole, between = concentration.theil(times, [0, 0, 1, 1, 2, 3])
    assert found["theil_time"] == pytest.approx(whole)
    assert found["theil_time_between"] == pytest.approx(between / whole)


# --- neighbours, ties, trust ------------------------------------------------------------------------------


def test_mutual_aid_by_hand():
    people = pd.DataFrame({"person_id": [100, 101, 102, 103, 7], "community": [0, 0, 0, 0, 1],
                           "in_denominator": [True, True, True, False, True],
                           "volunteer_hours": [0.0, 2.0, 0.0, 9.0, 0.0]})  # fmt: skip
    rows = [
        {"requester_id": 100, "reported_at": 1.0, "solved_at": 2.0, "work_hours": 1.0},
        {"requester_id": 103, "reported_at": 1.0, "solved_at": 1.5, "work_hours": 2.0},
        {"reported_at": 1.0, "work_hours": 1.0},
        {"reported_at": 1.0, "work_hours": 9.0},
        {"reported_at": 1.0, "work_hours": 1.0, "organisations_needed": 2},
        {"work_hours": 1.0},
    ]
    made = run_with(rows, {"helper_id": [102, 102, -1, -1, -1, -1]}, people)
    made.settings.mutual_aid = SimpleNamespace(max_hours=2.0)
    found = mutual_aid(made, counted(made))
    assert found["helped_of_small"] == pytest.approx(2 / 3)
    assert found["helped_days"] == pytest.approx(0.75)
    assert found["helped_distance"] == pytest.approx((2 + 1) / 2)
    assert found["gini_volunteer_hours"] == concentration.gini([0, 2, 0, 0])
    # Of two cases that merchants solved, one was mended before the shop, in the moment: nobody asked for it.
    for row, start in zip(rows[:2], (2.0 - 1.0 / 24.0, 1.5), strict=True):
        row.update(solved_by="merchant", service_started_at=start)
    made = run_with(rows, {"helper_id": [102, 102, -1, -1, -1, -1]}, people)
    made.settings.mutual_aid = SimpleNamespace(max_hours=2.0)
    found = mutual_aid(made, counted(made))
    assert found["helped_of_small"] == pytest.approx(1 / 3)
    assert found["helped_days"] == pytest.approx(1.0)
    # Somebody in another community, or nobody known, is at no distance.
    identity, community = people["person_id"].to_numpy(), people["community"].to_numpy()
    assert distances(identity, community, np.array([100, 100, 5]), np.array([7, 103, 100])).tolist() == [3]


def test_ties_and_trust_by_hand():
    people = pd.DataFrame({"ties": [0, 2, 4, 100], "trust": [0.2, 0.4, 0.6, 1.0],
                           "in_denominator": [True, True, True, False],
                           "age_60plus": [True, False, False, False]})  # fmt: skip
    daily = pd.DataFrame({"day": np.repeat(np.arange(30), 2), "community": np.tile([0, 1], 30),
                          "made_ties": np.repeat(np.arange(30), 2)})  # fmt: skip
    found = ties_and_trust(run_with([], people=people, daily=daily, warmup=10, horizon=15))
    assert found["ties_mean"] == pytest.approx(2.0)
    assert found["isolated_share"] == pytest.approx(1 / 3)
    assert found["trust_spread"] == pytest.approx(np.std([0.2, 0.4, 0.6]))
    assert found["trust_age_gap"] == pytest.approx(-0.3)
    assert found["ties_made_per_1000"] == pytest.approx(1000 * 2 * 15 / 3)


# --- who had a hand in it, how it was handled -------------------------------------------------------------


def test_cogovernance_index_by_hand():
    rows = [
        {"solved_at": 5.0, "solved_by": "neighbour", "status": "solved"},
        {"solved_at": 5.0, "solved_by": "cadre", "status": "solved"},
        {"solved_at": 5.0, "solved_by": "unit", "status": "solved", "organisations_needed": 2},
        {"solved_at": 5.0, "solved_by": "joint_session", "status": "solved", "organisations_needed": 3,
         "volunteer_hours": 2.0},
        {"status": "open", "volunteer_hours": 5.0},
    ]  # fmt: skip
    made = run_with(rows)
    found = cogovernance_index(made, counted(made))
    assert found == {"cogovernance_index": pytest.approx(0.5), "cogovernance_index_multi": pytest.approx(0.5)}
    made.cases["supplier"] = pd.Categorical([None, "property_company", "utility", None, None])
    assert cogovernance_index(made, counted(made))["cogovernance_index"] == pytest.approx(0.75)


def test_bounces_and_shelving_by_hand():
    rows = [
        {"reported_at": 1.0, "bounces": 3, "status": "shelved"},
        {"reported_at": 1.0, "bounces": 1, "reopened": 2},
        {"reported_at": 1.0, "bounces": 2},
        {"reported_at": 1.0},
        {"bounces": 9, "status": "silent"},
    ]
    found = handling(run := run_with(rows), counted(run))
    assert found["bounces_mean"] == pytest.approx(6 / 4)
    assert found["bounced_twice_share"] == pytest.approx(2 / 4)
    assert found["shelved_share_reported"] == pytest.approx(1 / 4)
    assert found["reopened_share"] == pytest.approx(1 / 4)


def test_paperwork_share_is_the_settings_own():
    scenario = load_scenario("administration_led", ["paperwork.base_share=0.2", "paperwork.platforms=1"])
    assert paperwork_share(scenario)["paperwork_share"] == pytest.approx(0.2)
    assert paperwork_share(SimpleNamespace()) == {}


def test_the_paired_difference_censors_what_was_open_when_a_short_run_ended():
    rng = np.random.default_rng(4)
    arisen = np.sort(rng.uniform(0, 100, 10_000))
    arms, means = [], []
    for mean in (80.0, 40.0):
        # Watched for 100 to 200 days, many not for the 180 at which times are capped.
        takes, followed = rng.exponential(mean, len(arisen)), 200.0 - arisen
        solved = np.where(takes <= followed, arisen + takes, NAN)
        arms.append(run_with([{"arisen_at": a, "solved_at": b} for a, b in zip(arisen, solved, strict=True)],
                             followup=100))  # fmt: skip
        means.append(restricted_mean(np.minimum(takes, followed), takes <= followed, 180.0)[0])
    truth = 40 * (1 - np.exp(-180 / 40)) - 80 * (1 - np.exp(-180 / 80))
    found = paired_cases(*arms)
    assert found["difference_mean"] == pytest.approx(means[1] - means[0], abs=1e-9)
    assert found["difference_mean"] == pytest.approx(truth, abs=4 * found["difference_error"])
    # Taking what is still open for 180 days would say something else.
    assert found["difference_mean"] > case_differences(*arms)["difference_days"].mean() + 0.5


def test_every_estimate_of_a_run_is_in_the_table_of_metrics():
    small = ["community.residents=500", "warmup_days=30", "horizon_days=60", "ledger=all"]
    from analysis.estimates.estimands import estimate

    found = estimate(simulate(load_scenario("red_tea_council", small), seed=1))
    assert set(found) - {"replication"} <= set(METRICS)
    assert np.isfinite(found["little_ratio"])


# --- types of need ---------------------------------------------------------------------------------------


def test_types_of_need_by_hand():
    """Every type counts the same; one with fewer than thirty needs does not count."""
    kinds = [("a", 1, 300, 150), ("a", 2, 40, 10), ("b", 1, 30, 30), ("b", 3, 30, 3), ("c", 1, 29, 0)]
    rows, category, organisations = [], [], []
    for name, several, number, solved in kinds:
        for k in range(number):
            rows.append({"reported_at": 0.0, "solved_at": 180.0 if k < solved else 180.5})
            category.append(name)
            organisations.append(several)
    made = run_with(rows, {"category": category, "organisations_needed": organisations})
    found = types_solved(made, counted(made))
    assert found["types_solved"] == pytest.approx((0.5 + 0.25 + 1.0 + 0.1) / 4)
    assert found["types_solved_least"] == pytest.approx(0.1)
    few = run_with(rows[:5], {"category": category[:5], "organisations_needed": organisations[:5]})
    assert types_solved(few, counted(few)) == {}
