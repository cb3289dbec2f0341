"""A comparison on the page: the numbers of `cogov compare`, and no run done twice."""

import contextvars
from concurrent.futures import Future
from typing import Any

import numpy as np
import pytest

from analysis.comparison.by_group import by_group_table
from analysis.comparison.table import compare_summaries
from analysis.summaries.run_summary import summarise_run
from experiments.dashboard.panels.charts import RATES, charts, significant
from experiments.dashboard.panels.summary import answer_html, groups_html, table_html
from experiments.dashboard.state.scenario_pair import View, arms
from experiments.dashboard.work import worker_tasks
from experiments.dashboard.work.comparison import Kept, Result, head_start, pairs_of
from sim.scenario import kept_parts
from sim.scenario.kept_parts import KeptParts, keeping
from sim.simulation import simulate


def last(workers: Any, kept: Kept, view: View, **named: Any) -> Result:
    *_, result = pairs_of(workers, kept, arms(view), view.seed, view.pairs, **named)
    return result


def test_the_numbers_are_those_of_compare(workers: Any, view: View) -> None:
    result = last(workers, Kept(), view)
    expected = compare_summaries(
        {arm.name: [summarise_run(simulate(arm, 1, r)) for r in range(3)] for arm in arms(view)}
    )
    assert result.whole
    # The page leaves measures out that it does not show; those it has are the same to the last bit.
    shown = expected[expected["metric"].isin(result.table["metric"])].reset_index(drop=True)
    assert len(shown) == len(result.table) > 40
    assert result.table.equals(shown)


def test_groups_are_those_of_compare(workers: Any, view: View) -> None:
    result = last(workers, Kept(), view)
    whole = by_group_table(
        {arm.name: [summarise_run(simulate(arm, 1, r)) for r in range(3)] for arm in arms(view)}
    )
    assert set(result.groups["group"]) >= {"all", "age", "tenure", "area"}
    expected = whole[whole["group"].isin(set(result.groups["group"]))].reset_index(drop=True)
    assert result.groups.equals(expected)
    for language in ("en", "zh"):
        page = groups_html(result, ["A & B", "<b>"], language)
        assert page.count("<tr>") > 5
        assert "<b>" not in page


def test_only_the_changed_side_runs_again(workers: Any, view: View) -> None:
    kept = Kept()
    first = last(workers, kept, view)
    assert (len(workers.runs), first.runs) == (6, 6)
    workers.runs.clear()
    moved = last(workers, kept, view.with_change(1, "staff.per_10k", 9.0))
    assert {name for name, _ in workers.runs} == {"co_governance_changed"}
    assert (len(workers.runs), moved.runs) == (3, 3)
    workers.runs.clear()
    back = last(workers, kept, view)
    assert (workers.runs, back.runs) == ([], 0)
    assert back.table.equals(first.table)


def test_runs_begun_ahead_are_not_run_again_and_change_nothing(workers: Any, view: View) -> None:
    expected = last(workers, Kept(), view)
    workers.runs.clear()
    kept = Kept()
    ahead = head_start(workers, kept, arms(view), view.seed, view.pairs, 5, 9)
    assert workers.asked[5] == ahead.number == 9
    assert 1 < len(ahead.runs) < 2 * view.pairs
    result = last(workers, kept, view, place=5, number=9, begun=ahead.runs)
    assert len(workers.runs) == len(set(workers.runs)) == 2 * view.pairs
    assert result.table.equals(expected.table)
    # Where all is kept nothing is begun; what was begun for runs that are kept by now is not waited for.
    assert not head_start(workers, kept, arms(view), view.seed, view.pairs, 5, 10).runs
    never: Future[Any] = Future()
    assert last(workers, kept, view, begun={(0, 0): never}).runs == 0


def test_a_comparison_can_be_stopped(workers: Any, view: View) -> None:
    stop = iter([False, False, True])
    results = list(
        pairs_of(workers, Kept(), arms(view), 1, 50, stopped=lambda: next(stop, True), place=5, number=1)
    )
    assert 0 < results[-1].pairs < 50
    assert not results[-1].whole
    assert workers.asked[5] == -1 or len(workers.runs) < 100


def test_a_run_nobody_waits_for_stops(monkeypatch: pytest.MonkeyPatch, view: View) -> None:
    asked = {3: 8}
    monkeypatch.setattr(worker_tasks, "_asked", asked)
    scenario = arms(view)[0]
    assert worker_tasks.one_summary(scenario, 1, 0, 3, 8).replication == 0
    with pytest.raises(worker_tasks.StoppedError):
        worker_tasks.one_summary(scenario, 1, 0, 3, 7)


def test_kept_runs_are_limited(workers: Any, view: View) -> None:
    kept = Kept(size=2)
    last(workers, kept, view)
    workers.runs.clear()
    last(workers, kept, view)
    assert workers.runs


def test_the_figures_show_what_the_table_says(workers: Any, view: View) -> None:
    result = last(workers, Kept(), view)
    shown = charts(result, ["A title", "B title"], "en")
    table = result.table.set_index("metric")
    curves = [item for item in shown["survival"]["series"] if item["type"] == "line"]
    assert len(curves) == 2
    for curve, name in zip(curves, result.names, strict=True):
        days = np.array([point[0] for point in curve["data"]])
        shares = np.array([point[1] for point in curve["data"] if point[1] is not None])
        assert shares[0] == 100.0
        assert (np.diff(shares) <= 1e-9).all()
        assert days[-1] == 180.0
        # The legend's mean is the area under the curve, which the table gives as well.
        assert f"{table.at['rmst180', f'{name}_mean']:.1f} d" in curve["name"]
    curves = [item for item in shown["handling"]["series"] if item["type"] == "line"]
    for curve, name in zip(curves, result.names, strict=True):
        assert f"median {table.at['report_to_solution_median', f'{name}_mean']:.1f} d" in curve["name"]
    points = [item for item in shown["participation"]["series"] if item["type"] == "scatter"]
    drawn = {round(value, 2) for item in points for value, _ in item["data"]}
    for name, _ in RATES:
        means = [100 * float(table.at[name, f"{arm}_mean"]) for arm in result.names]
        if any(mean > 0 for mean in means):
            assert all(any(abs(mean - value) < 0.06 for value in drawn) for mean in means if mean >= 0)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_titles_from_a_file_cannot_become_markup(workers: Any, view: View, language: str) -> None:
    result = last(workers, Kept(), view)
    titles = ["<script>alert(1)</script>", "B"]
    text = answer_html(result, titles, language) + table_html(result, titles, arms(view), language)
    assert "<script>" not in text
    assert "&lt;script&gt;" in text


def test_a_first_picture_comes_before_the_rest(
    workers: Any, view: View, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("experiments.dashboard.work.comparison.FIRST_LOOK", -1.0)
    monkeypatch.setattr("experiments.dashboard.work.comparison.NEXT_LOOK", 1e9)
    results = list(pairs_of(workers, Kept(), arms(view), 1, 12))
    assert [result.pairs for result in results][-1] == 12
    assert 1 < results[0].pairs < 12
    assert len(results) == 2, "one first picture, and the whole"


def test_a_worker_keeps_worlds_and_tapes(view: View, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("experiments.dashboard.work.worker_tasks.signal.signal", lambda *_: None)
    # This process would stand back for good, and all that it starts with it.
    monkeypatch.setattr("experiments.dashboard.work.worker_tasks.stand_back", lambda _: None)
    seldom: list[int] = []
    monkeypatch.setattr("experiments.dashboard.work.worker_tasks.look_seldom", lambda: seldom.append(1))

    def moved_twice() -> tuple[int, int, bool]:
        worker_tasks.start(None)
        kept = kept_parts._in_use.get()
        assert kept is not None
        for step in (view, view.with_change(1, "staff.per_10k", 9.0), view.with_change(1, "trust.gain", 0.2)):
            worker_tasks.one_summary(arms(step)[1], 1, 0, 0, 0)
        again = worker_tasks.one_summary(arms(view)[1], 1, 0, 0, 0).estimates
        with keeping(KeptParts()):
            alone = worker_tasks.one_summary(arms(view)[1], 1, 0, 0, 0).estimates
        return kept.made, kept.shared, repr(again) == repr(alone)

    # As in a worker: what is set holds for this context alone.
    assert contextvars.copy_context().run(moved_twice) == (2, 6, True)
    assert seldom == [1]


def test_a_killed_worker_takes_no_lock_along() -> None:
    from experiments.dashboard.work.worker_pool import WorkerPool

    pool = WorkerPool(1)
    try:
        # A lock held by a process that was killed stays held: the server would wait for it for ever.
        assert not hasattr(pool._asked, "get_lock")
        place = pool.new_place()
        pool.ask(place, 7)
        assert pool._asked[place] == 7
        pool.free_place(place)
        assert pool._asked[place] == -1
    finally:
        pool.close()


def test_who_asks_late_for_what_is_over_is_not_heard() -> None:
    from experiments.dashboard.work.worker_pool import WorkerPool

    pool = WorkerPool(1)
    try:
        place = pool.new_place()
        # Of a comparison, of the slider before it was let go, of the comparison once more.
        for number in (7, 5, 7):
            pool.ask(place, number)
            assert pool._asked[place] == 7
        pool.ask(place, -1)
        pool.ask(place, 8)
        assert pool._asked[place] == 8
    finally:
        pool.close()


@pytest.mark.parametrize("digits", [4, 6])
def test_what_is_drawn_is_rounded_as_python_rounds(digits: int) -> None:
    rng = np.random.default_rng(5)
    values = np.concatenate(
        [
            rng.lognormal(0.0, 6.0, 5000) * rng.choice([-1.0, 1.0], 5000),
            [0.0, np.nan, np.inf, 99999.6, 0.0999996],
        ]
    )
    expected = [float(f"{value:.{digits}g}") for value in values.tolist()]
    assert np.array_equal(significant(values, digits), expected, equal_nan=True)
