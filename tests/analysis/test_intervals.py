"""Intervals that say what they know: nothing dropped in silence, nothing outside what can be."""

import copy
import math

import numpy as np
import pandas as pd
import pytest

from analysis.comparison.scenario_summary import summarise_table
from analysis.comparison.table import compare_tables, row
from analysis.findings.text_table import note_lines, number_text, render
from analysis.metrics import METRICS, metric, value_range
from analysis.statistics.intervals import (
    NOTES,
    SHARE,
    difference_bounds,
    note,
    note_text,
    paired_difference,
    paired_note,
    plain,
    student_interval,
)
from analysis.statistics.sensitivity import design, indices, is_constant
from experiments.store.sequential_replications import Precision, stein_interval

INF, NAN = math.inf, math.nan


def test_what_is_infinite_stays_infinite() -> None:
    found = student_interval([3.0, INF, 5.0])
    assert found.mean == INF
    assert math.isnan(found.low)
    assert math.isnan(found.high)
    assert student_interval([3.0, -INF]).mean == -INF
    assert math.isnan(student_interval([INF, -INF]).mean)
    columns = student_interval(np.array([[1.0, 2.0], [INF, 4.0]]))
    assert columns.mean.tolist() == [INF, 3.0]
    assert np.isfinite(columns.low[1])
    stein = stein_interval([3.0, INF, 5.0], Precision("x", 1.0, first=2))
    assert stein.mean == INF
    assert number_text(INF, 1) == "∞"
    assert number_text(-INF, 1, sign=True) == "−∞"
    assert number_text(NAN, 1) == "–"


def test_a_difference_from_what_was_not_reached() -> None:
    longer = paired_difference([3.0, 4.0], [INF, 5.0])
    assert longer.mean == INF
    assert math.isnan(longer.low)
    assert math.isnan(longer.variance_reduction)
    neither = paired_difference([INF, 4.0, 5.0], [INF, 5.0, 7.0])
    assert math.isnan(neither.mean), "a difference was made up from the other replications"
    assert paired_difference([INF, 4.0], [3.0, 5.0]).mean == -INF


def test_limits_lie_where_the_mean_can_be() -> None:
    shares = student_interval([0.0, 0.1], bounds=SHARE)
    assert shares.low == 0.0
    assert 0.05 < shares.high <= 1.0
    assert student_interval([0.9, 1.0], bounds=SHARE).high == 1.0
    apart = paired_difference([0.0, 0.9], [1.0, 0.4], bounds=SHARE)
    assert (apart.low, apart.high) == (-1.0, 1.0)
    capped = student_interval([100.0, 179.0], bounds=(0.0, 180.0))
    assert (capped.low, capped.high) == (0.0, 180.0)
    # A value beyond its range is a fault elsewhere; its interval still holds its mean.
    beyond = student_interval([1.2, 1.2], bounds=SHARE)
    assert beyond.low == beyond.mean == beyond.high == pytest.approx(1.2)
    assert difference_bounds((0.0, INF)) == (-INF, INF)


def test_cutting_changes_how_often_an_interval_covers_in_no_case() -> None:
    """The truth lies in the range, so what is cut away was never it."""
    chance = np.random.default_rng(5)
    for truth in (0.02, 0.5, 0.97):
        for _ in range(300):
            values = chance.binomial(20, truth, size=3) / 20
            plain, cut = student_interval(values), student_interval(values, bounds=SHARE)
            assert (plain.low <= truth <= plain.high) == (cut.low <= truth <= cut.high)


@pytest.mark.parametrize(
    ("values", "key", "some", "of"),
    [
        ([NAN, NAN], "undefined", 0, 2),
        ([], "undefined", 0, 0),
        ([3.0, INF, 5.0], "infinite", 1, 3),
        ([3.0, NAN, 5.0], "partly", 2, 3),
        ([3.0], "single", 1, 1),
        ([2.0, 2.0, 2.0 + 1e-15], "constant", 3, 3),
        ([0.0, 0.0], "constant", 2, 2),
        ([2.0, 2.1], "", 2, 2),
    ],
)
def test_what_cannot_be_taken_as_it_stands_is_said(values: list[float], key: str, some: int, of: int) -> None:
    assert note(values) == (key, some, of)
    for language in ("en", "zh"):
        assert bool(note_text(values, language)) == bool(key)
        assert "{" not in note_text(values, language)
    assert not key or key in NOTES


def test_a_constant_has_an_interval_without_width_and_a_remark() -> None:
    same = student_interval([2.0, 2.0, 2.0])
    assert (same.low, same.mean, same.high) == (2.0, 2.0, 2.0)
    apart = paired_difference([2.0, 3.0], [4.0, 5.0])
    assert (apart.low, apart.high) == (2.0, 2.0)
    assert apart.variance_reduction == INF
    assert math.isnan(paired_difference([2.0, 2.0], [4.0, 4.0]).variance_reduction)
    assert paired_note([2.0, 3.0], [4.0, 5.0])[0] == "constant"
    assert paired_note([INF, 1.0], [INF, 2.0])[0] == "both_infinite"
    assert paired_note([NAN, 1.0, 2.0], [1.0, 2.0, 5.0]) == ("partly", 2, 3)


def _tables() -> dict[str, pd.DataFrame]:
    index = pd.Index([0, 1, 2], name="replication")
    first = pd.DataFrame(
        {
            "solved_7wd": [0.0, 0.02, 0.5],
            "report_to_solution_median": [3.0, 4.0, 5.0],
            "solved_60d_multi": [NAN] * 3,
            "rmst180": [9.0, 9.0, 9.0],
        },
        index=index,
    )
    second = first.assign(report_to_solution_median=[4.0, INF, 6.0], solved_7wd=[0.9, 1.0, 0.2])
    return {"a": first, "b": second}


def test_what_is_plain_is_what_no_note_is_made_of() -> None:
    columns = np.array(
        [
            [1.0, NAN, INF, 0.0, 5.0, 1.0, -INF, 1e-170],
            [2.0, 1.0, 2.0, 0.0, 5.0 + 1e-12, 1.0 + 1e-9, INF, 2e-170],
        ]
    )
    silent = [note(column)[0] == "" for column in columns.T]
    assert plain(columns).tolist() == silent == [True, False, False, False, False, True, False, False]
    assert not plain(columns[:1]).any()


def test_a_comparison_says_it_and_shows_it() -> None:
    comparison = compare_tables(_tables())
    median = row(comparison, "report_to_solution_median")
    assert median["b_mean"] == median["difference"] == INF
    share = row(comparison, "solved_7wd")
    assert share["a_low"] == 0.0
    assert share["b_high"] == 1.0
    assert share["difference_low"] >= -1.0
    assert share["difference_high"] <= 1.0
    assert list(comparison.columns)[-1] == "variance_reduction"
    names = list(comparison["metric"])
    for language, word in (("en", "Not reached within the run"), ("zh", "未达到")):
        said = note_lines(comparison, names, language=language)
        assert sum(word in line for line in said) == 1
        median = metric("report_to_solution_median").label(language)
        assert sum(line.count(median) for line in said) == 2, "of the arm and of the difference"
        assert not any(metric("solved_60d_multi").label(language) in line for line in said)
    assert any("no width" in line and "a" in line for line in note_lines(comparison, names))
    assert "∞" in render(comparison, ["report_to_solution_median"])
    # pandas copies what goes with a table at every step.
    assert copy.deepcopy(comparison).attrs["notes"] is comparison.attrs["notes"]
    alone = {note.metric: note.text() for note in summarise_table(_tables()["b"]).attrs["notes"]}
    assert alone["report_to_solution_median"].startswith("not reached")
    assert alone["rmst180"].startswith("the same in all 3")


def test_one_replication_alone_has_no_interval_and_no_note_a_row() -> None:
    one = compare_tables({name: table.iloc[:1] for name, table in _tables().items()})
    assert one["a_low"].isna().all()
    assert not note_lines(one, ["rmst180"])


def test_every_metric_has_a_range() -> None:
    for name, entry in METRICS.items():
        low, high = value_range(name)
        assert low < high
        if entry.unit == "share" and name not in ("utilisation", "solved_7wd_age_gap"):
            assert (low, high) == (0.0, 1.0)
    assert value_range("wait_mean_class_2") == (0.0, INF)
    assert value_range("open_cases_growth") == (-INF, INF)
    assert value_range("nobody_knows") == (-INF, INF)


@pytest.mark.parametrize("method", ["morris", "sobol"])
def test_an_outcome_that_never_changes_has_no_index(method: str) -> None:
    names = ["x", "y"]
    points = design(names, method, 4, 1)
    values = np.full((len(points), 2), 0.1) + np.linspace(0.0, 1e-16, len(points))[:, None]
    assert is_constant(values)
    table = indices(names, method, points, values, 1)
    value = "mu_star" if method == "morris" else "total"
    assert np.allclose(table[value], 0.0, atol=1e-12)
    assert not is_constant(np.array([[0.1], [0.2]]))
