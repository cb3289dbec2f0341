"""The smallest team on the page: the answer of the command, from years that are simulated once."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from typing import Any, cast

import pytest

from experiments.dashboard.state.scenario_pair import View
from experiments.dashboard.state.target_fields import Fields, ask_of
from experiments.dashboard.work.comparison import Kept
from experiments.dashboard.work.few_ahead import MissingError
from experiments.dashboard.work.team_years import (
    KEPT_BYTES,
    Answer,
    Years,
    kept_years,
    price,
    size,
    smallest,
)
from experiments.dashboard.work.worker_pool import WorkerPool
from experiments.dashboard.work.worker_tasks import StoppedError
from experiments.staffing.sentences import conclusion
from experiments.staffing.year import CountedYear
from experiments.system.faults import WorkerDied
from experiments.system.language import language, spoken
from tests.dashboard.conftest import SMALL, HereAndNow

VIEW = View(("administration_led", "co_governance"), words=SMALL)
FIELDS = Fields(years=4, most=6)


def searched(fields: Fields, kept: Any, workers: HereAndNow | None = None, **how: Any) -> Answer:
    ask = ask_of(VIEW, fields)
    years = Years(ask.questions()[0], ask.seed, kept, cast(WorkerPool | None, workers), **how)
    return smallest(years, ask.years)


@pytest.fixture(scope="module")
def filled() -> tuple[Any, Answer, int]:
    """Kept years after one search, its answer, and how many runs it took."""
    kept, workers = kept_years(), HereAndNow()
    return kept, searched(FIELDS, kept, workers), len(workers.runs)


def test_the_answer_is_that_of_the_command(
    filled: tuple[Any, Answer, int], tmp_path: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    from experiments.command_line.staffing import main

    _, answer, _ = filled
    ask = ask_of(VIEW, FIELDS)
    keys = [f"{key}={value}" for key, value in ask.own]
    main([*ask.sides[0][2], *keys, "seed=1", "replications=4", "executor=serial", f"out={tmp_path}"])
    said = capsys.readouterr().out.splitlines()
    with spoken("en"):
        told = conclusion(answer.counts, answer.search, answer.table, answer.most)
    assert said[-len(told) :] == told
    assert answer.counts is not None


def test_another_target_judges_the_same_years(filled: tuple[Any, Answer, int]) -> None:
    kept, before, _ = filled
    # Of the same reports fewer are in time sooner, and nothing is simulated for it.
    sooner = searched(replace(FIELDS, days=6.5), kept)
    both = before.table.merge(sooner.table, on="counts")
    assert len(both) > 3
    assert (both["share_y"] <= both["share_x"]).all()
    assert (both["share_y"] < both["share_x"]).any()
    working = searched(replace(FIELDS, clock="working"), kept)
    assert (before.table.merge(working.table, on="counts").eval("share_y > share_x")).all()


def test_only_what_is_missing_is_simulated(filled: tuple[Any, Answer, int]) -> None:
    kept, before, runs = filled
    with pytest.raises(MissingError):
        searched(replace(FIELDS, years=5), kept)
    workers = HereAndNow()
    searched(replace(FIELDS, years=5), kept, workers)
    assert 0 < len(workers.runs) < runs
    assert {number for _, number in workers.runs} == {4}
    # And coming back simulates nothing.
    assert searched(FIELDS, kept).counts == before.counts


class Stopping(HereAndNow):
    """Workers for whom nobody waits any more after some runs."""

    def submit(self, work: Callable[..., Any], *arguments: Any) -> Future[Any]:
        assert len(self.runs) < 6, "nobody waits for this run"
        return super().submit(work, *arguments)


def test_a_stopped_search_keeps_its_years() -> None:
    kept, workers, told = kept_years(), Stopping(), list[tuple[Any, ...]]()
    with pytest.raises(StoppedError):
        searched(
            FIELDS,
            kept,
            workers,
            stopped=lambda: len(told) >= 3,
            tell=lambda *how_far: told.append(how_far),
        )
    assert len(told) >= 3
    assert all(done <= of for _, done, of in told)
    again = HereAndNow()
    answer = searched(FIELDS, kept, again)
    fresh = HereAndNow()
    assert answer.counts == searched(FIELDS, kept_years(), fresh).counts
    assert len(again.runs) == len(fresh.runs) - len(told)


def test_years_that_do_not_fit_into_memory_are_refused_in_a_line() -> None:
    question = ask_of(VIEW, FIELDS).questions()[0]
    kept = Kept[CountedYear](3, KEPT_BYTES, size)
    years = Years(question, 1, kept, cast(WorkerPool, HereAndNow()))
    assert len(years((1,), range(3))) == 3
    with pytest.raises(WorkerDied, match="fewer years"):
        years((1,), range(5))
    # The longest unused was given up first.
    with pytest.raises(MissingError):
        replace(years, workers=None)((1,), range(1))


def test_the_price_is_of_all_persons_and_their_nominal_hours(filled: tuple[Any, Answer, int]) -> None:
    _, answer, _ = filled
    paid = price(answer, (3,), 50.0)
    assert paid["hours"] == 3 * answer.scenario.staff.hours_year
    assert paid["money"] == 50.0 * paid["hours"]
    mixed = searched(
        replace(FIELDS, beside="staff.embedded", cost=0.5, most=2, years=2), kept_years(), HereAndNow()
    )
    assert price(mixed, (2, 2), 10.0)["hours"] == 4 * answer.scenario.staff.hours_year
    assert price(mixed, (2, 2), 10.0)["money"] == 10.0 * 3 * answer.scenario.staff.hours_year


def test_a_page_speaks_its_own_language() -> None:
    assert language() == "en"
    with spoken("zh"):
        assert language() == "zh"
        with spoken("en"):
            assert language() == "en"
        assert language() == "zh"
    assert language() == "en"
