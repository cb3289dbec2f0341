"""Intervals, pairing and the comparison table."""

import time
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.comparison import table as comparisons
from analysis.comparison.scenario_summary import summarise, summarise_runs
from analysis.comparison.twins import case_differences, pair_summary, paired_cases
from analysis.estimates.estimands import estimate
from analysis.statistics.intervals import paired_difference, student_interval
from analysis.summaries.run_summary import summarise_run
from tests.analysis.synthetic import hand_run, run

ARMS = ("administration_led", "co_governance")


@pytest.fixture(scope="module")
def records():
    return {name: [run(name, number, needs=600, residents=400) for number in range(4)] for name in ARMS}


def test_student_interval_by_hand():
    interval = student_interval([1.0, 2.0, 3.0, 6.0])
    # mean 3, variance 14/3, t(.975, 3) = 3.182446
    reach = 3.182446 * np.sqrt(14 / 3 / 4)
    assert (interval.mean, interval.low, interval.high) == pytest.approx((3.0, 3 - reach, 3 + reach))


def test_student_interval_leaves_out_what_is_undefined():
    interval = student_interval([[1.0, np.nan], [3.0, np.nan], [np.nan, 5.0]])
    assert interval.mean == pytest.approx([2.0, 5.0])
    assert np.isfinite(interval.low[0])
    assert np.isnan(interval.low[1])


def test_paired_difference_by_hand():
    found = paired_difference([10.0, 20.0, 30.0], [11.0, 22.0, 33.0])
    # Differences 1, 2, 3: variance 1; the arms have 100 and 121.
    assert float(found.mean) == pytest.approx(2.0)
    assert float(found.low) == pytest.approx(2.0 - 4.302653 / np.sqrt(3))
    assert float(found.variance_reduction) == pytest.approx(221.0)


def test_variance_reduction_of_identical_and_of_constant_arms():
    same = paired_difference([1.0, 2.0, 4.0], [1.0, 2.0, 4.0])
    assert float(same.variance_reduction) == np.inf
    constant = paired_difference([0.1 + 0.2] * 3, [0.3] * 3)
    assert np.isnan(float(constant.variance_reduction))


def test_paired_intervals_cover_and_pairing_gains_what_it_should():
    rng = np.random.default_rng(1)
    shared = rng.normal(0, 3, (12, 2000))
    first, second = shared + rng.normal(0, 1, shared.shape), shared + 2 + rng.normal(0, 1, shared.shape)
    found = paired_difference(first, second)
    covered = np.mean((found.low <= 2) & (found.high >= 2))
    # 2,000 intervals: standard error half a point.
    assert 0.935 <= covered <= 0.965
    assert np.median(found.variance_reduction) == pytest.approx(10, rel=0.15)
    # An unpaired interval would be some three times as wide.
    width = np.mean(found.high - found.low)
    apart = 2 * 2.2 * np.sqrt(20 / 12)
    assert width < apart / 2.5


def test_columns_of_two_scenarios(records):
    table = comparisons.compare(records)
    assert list(table.columns) == [
        "metric", "unit",
        "administration_led_mean", "administration_led_low", "administration_led_high",
        "co_governance_mean", "co_governance_low", "co_governance_high",
        "difference", "difference_low", "difference_high", "variance_reduction",
    ]  # fmt: skip
    assert table["metric"].iloc[0] == "reported_180d"
    assert table["metric"].is_unique
    assert (table["unit"] != "").all()
    assert comparisons.arms(table) == list(ARMS)


def test_numbers_of_the_table(records):
    table = comparisons.compare(records)
    first, second = ([estimate(item)["rmst180"] for item in records[name]] for name in ARMS)
    line = comparisons.row(table, "rmst180")
    assert line["administration_led_mean"] == pytest.approx(np.mean(first))
    expected = paired_difference(first, second)
    assert [line["difference"], line["difference_low"], line["difference_high"]] == pytest.approx(
        [float(expected.mean), float(expected.low), float(expected.high)]
    )
    assert line["variance_reduction"] == pytest.approx(float(expected.variance_reduction))
    assert line["difference"] < 0


def test_streaming_gives_the_same_table(records):
    summaries = {name: [summarise_run(item) for item in items] for name, items in records.items()}
    pairs = [paired_cases(a, b) for a, b in zip(*records.values(), strict=True)]
    pd.testing.assert_frame_equal(
        comparisons.compare_summaries(summaries, pairs), comparisons.compare(records)
    )


def test_pairs_are_made_by_replication_not_by_position(records):
    shuffled = {ARMS[0]: records[ARMS[0]], ARMS[1]: records[ARMS[1]][::-1]}
    pd.testing.assert_frame_equal(comparisons.compare(shuffled), comparisons.compare(records))


def test_a_replication_missing_in_one_arm_is_left_out_of_both(records):
    partial = comparisons.compare({ARMS[0]: records[ARMS[0]], ARMS[1]: records[ARMS[1]][1:]})
    pd.testing.assert_frame_equal(
        partial, comparisons.compare({name: items[1:] for name, items in records.items()})
    )
    assert partial.attrs["replications"] == 3


def test_one_replication_has_no_intervals(records):
    table = comparisons.compare({name: items[:1] for name, items in records.items()})
    ends = table.filter(regex="_low$|_high$|variance_reduction")
    assert ends.isna().to_numpy().all()
    assert np.isfinite(comparisons.row(table, "rmst180")["difference"])


def test_three_scenarios_are_compared_with_the_first(records):
    third = [replace(item, scenario="third") for item in records[ARMS[0]]]
    table = comparisons.compare({**records, "third": third})
    assert "difference" not in table.columns
    assert {"difference_co_governance", "difference_co_governance_low", "variance_reduction_third"} <= set(
        table
    )
    assert comparisons.row(table, "rmst180")["difference_third"] == pytest.approx(0.0)
    two = comparisons.compare(records)
    assert comparisons.row(table, "rmst180")["difference_co_governance"] == pytest.approx(
        comparisons.row(two, "rmst180")["difference"]
    )


def test_refusals(records):
    with pytest.raises(ValueError, match="two scenarios"):
        comparisons.compare({ARMS[0]: records[ARMS[0]]})
    with pytest.raises(ValueError, match="no replication"):
        comparisons.compare({ARMS[0]: records[ARMS[0]][:1], ARMS[1]: records[ARMS[1]][1:]})
    with pytest.raises(ValueError, match="twice"):
        comparisons.table([{"replication": 1.0, "x": 1.0}, {"replication": 1.0, "x": 2.0}])


def test_paired_cases_by_hand():
    def need(number, days, reported=0.5, arisen=0.0):
        solved = days is not None
        return {
            "case_id": number, "arisen_at": arisen,
            "reported_at": np.nan if reported is None else arisen + reported,
            "solved_at": arisen + days if solved else np.nan, "status": "solved" if solved else "open",
            "solved_by": "cadre" if solved else None,
        }  # fmt: skip

    first = hand_run(
        [need(1, 10), need(2, 20), need(3, None), need(4, 30), need(5, None, None), need(6, 200)]
    )
    second = hand_run([need(1, 5), need(2, 25), need(3, 40), need(4, 30), need(5, None), need(6, 190)])
    found = paired_cases(first, second)
    assert found["solved_sooner"] == pytest.approx(2 / 6)  # 1 and 3
    assert found["solved_later"] == pytest.approx(1 / 6)  # 2
    assert found["solved_same"] == pytest.approx(3 / 6)  # 4, and 5 and 6 both later than 180 days
    assert found["unsolved_both"] == pytest.approx(2 / 6)
    assert found["solved_only_second"] == pytest.approx(1 / 6)
    assert found["solved_only_first"] == 0
    assert found["reported_only_second"] == pytest.approx(1 / 6)
    assert found["difference_mean"] == pytest.approx((-5 + 5 - 140) / 6)
    # Reported in both: all but 5.
    assert found["both_reported_from_arising_mean__first"] == pytest.approx((10 + 20 + 180 + 30 + 180) / 5)
    assert found["both_reported_to_solution_mean__second"] == pytest.approx(
        (4.5 + 24.5 + 39.5 + 29.5 + 180) / 5
    )


def test_twins_join_on_the_number_of_the_need_not_on_the_row():
    rows = [{"case_id": number, "arisen_at": float(number), "solved_at": 20.0 + number, "status": "solved",
             "solved_by": "cadre", "reported_at": float(number)} for number in range(5)]  # fmt: skip
    table = case_differences(hand_run(rows), hand_run(rows[:0:-1]))
    assert sorted(table["case_id"]) == [1, 2, 3, 4]
    assert table["difference_days"].abs().max() == 0


def test_runs_that_are_no_twins_are_refused(records):
    with pytest.raises(ValueError, match="not twins"):
        paired_cases(records[ARMS[0]][0], records[ARMS[1]][1])
    other = run(ARMS[1], 5, needs=600, residents=400)
    with pytest.raises(ValueError, match="setting of the tape differs"):
        paired_cases(records[ARMS[0]][0], replace(other, replication=0))


def test_pair_summary_averages_over_replications(records):
    pairs = [paired_cases(a, b) for a, b in zip(*records.values(), strict=True)]
    summary = pair_summary(pairs).set_index("metric")
    assert summary.at["solved_sooner", "mean"] == pytest.approx(
        np.mean([pair["solved_sooner"] for pair in pairs])
    )
    assert summary.at["solved_sooner", "low"] < summary.at["solved_sooner", "mean"]
    shares = ["solved_sooner", "solved_later", "solved_same"]
    assert summary.loc[shares, "mean"].sum() == pytest.approx(1.0)


def test_summary_of_one_scenario(records):
    items = records[ARMS[1]]
    summary = summarise(items)
    assert list(summary.columns) == ["metric", "unit", "mean", "low", "high"]
    values = [estimate(item)["solved_7wd"] for item in items]
    line = summary.set_index("metric").loc["solved_7wd"]
    assert line["mean"] == pytest.approx(np.mean(values))
    assert line["low"] == pytest.approx(float(student_interval(values).low))
    pd.testing.assert_frame_equal(summarise_runs([summarise_run(item) for item in items]), summary)
    single = summarise(items[0]).set_index("metric")
    assert np.isnan(single.at["rmst180", "low"])


def test_fast_enough():
    pairs = [run(name, number) for name in ARMS for number in range(3)]
    start = time.perf_counter()
    for item in pairs:
        summarise_run(item)
    # Measured at some 10 ms a run of 6,000 needs; a row loop would take more than the limit.
    assert (time.perf_counter() - start) / len(pairs) < 0.1


def test_a_ledger_of_a_million_needs():
    big = run(needs=1_000_000, residents=1000)
    start = time.perf_counter()
    estimate(big)
    assert time.perf_counter() - start < 5.0
