"""Work on a file: it answers what the command answers, can be given up, and fails in one line."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from experiments.cli import main
from experiments.dashboard.work import hotline_tasks
from experiments.dashboard.work.worker_tasks import StoppedError
from sim.errors import InputError
from tests.city.plain_run import plain_run
from tests.city.synthetic import SyntheticCity, write_city

pytest.importorskip("solara")


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> SyntheticCity:
    return write_city(tmp_path_factory.mktemp("city"), days=84, draws=2)


def test_a_what_if_on_the_page_is_that_of_the_command(
    city: SyntheticCity, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sim.city_run.run_city", plain_run)
    words = [
        f"calibrated={city.folder}", f"demand.stream={city.stream}", f"demand.mapping={city.mapping}",
        "what_if.days=42", "staff.Roads=x1.5", f"out={tmp_path / 'out'}",
    ]  # fmt: skip
    found = hotline_tasks.city_changed(words, 0, 1)
    for language in ("en", "zh"):
        assert main(["what-if", *words, f"language={language}"], plain_run) == 0
        printed = capsys.readouterr().out
        told = found[language]
        for line in [told["about"], *told["first"], *told["basis"], *told["answers"]]:
            assert line in printed
        # The interval of each line, and both answers to a backlog where hands are changed.
        assert len(told["answers"]) == 2
        _, *rows = told["table"]
        assert all(row[-1].startswith("[") and row[-1] in printed for row in rows)


class Workers:
    """Stands in for `WorkerPool`: work ends when the test says so."""

    def __init__(self) -> None:
        self.ready = threading.Event()
        self.ready.set()
        self.asked: list[tuple[int, int]] = []
        self.future: Future[Any] = Future()
        self.freed: list[int] = []

    def new_place(self) -> int:
        return 3

    def free_place(self, place: int) -> None:
        self.freed.append(place)

    def ask(self, place: int, number: int) -> None:
        self.asked.append((place, number))

    def told(self, place: int) -> int:
        return 1500

    def submit(self, task: Callable[..., Any], *arguments: Any) -> Future[Any]:
        return self.future


@pytest.fixture
def workers(monkeypatch: pytest.MonkeyPatch) -> Workers:
    from experiments.dashboard.serving.server import Served

    found = Workers()
    monkeypatch.setattr(Served, "workers", found, raising=False)
    return found


def started(workers: Workers) -> tuple[Any, threading.Thread]:
    """A piece of work under way: a worker has begun with it."""
    from experiments.dashboard.serving.job import Job

    job = Job()
    job.ask("question", [(hotline_tasks.city_changed, ["a=1"])])
    workers.future.set_running_or_notify_cancel()
    thread = threading.Thread(target=job.run, args=(job.asked.value,))
    thread.start()
    for _ in range(100):
        if workers.asked:
            break
        thread.join(0.05)
    return job, thread


def test_an_answer_stays_with_its_question_and_is_asked_for_once(workers: Workers) -> None:
    job, thread = started(workers)
    thread.join(0.6)
    assert job.progress.value[:3] == (0, 1, "forecast")
    workers.future.set_result("answer")
    thread.join(5)
    assert job.result.value == ("question", ["answer"])
    assert job.progress.value is None
    job.run(job.asked.value)
    assert len(workers.asked) == 1


@pytest.mark.parametrize("closed", [False, True])
def test_given_up_it_stops_its_worker_and_nobody_elses(workers: Workers, closed: bool) -> None:
    job, thread = started(workers)
    if closed:
        job.close()
        assert workers.freed == [3]
        before = list(workers.asked)
        thread.join(0.6)
        # The place may be another page's by now.
        assert workers.asked == before
    else:
        job.cancel()
        assert workers.asked[-1] == (3, -1)
    workers.future.set_exception(StoppedError())
    thread.join(5)
    assert job.cancelled.value
    assert job.result.value is None
    assert job.error.value == ""


@pytest.mark.parametrize("error", [InputError("staff", 0, "more"), RuntimeError("/secret/place")])
def test_what_goes_wrong_is_one_line(workers: Workers, error: Exception) -> None:
    job, thread = started(workers)
    workers.future.set_exception(error)
    thread.join(5)
    assert job.result.value is None
    assert job.progress.value is None
    assert job.error.value
    assert "secret" not in str(job.error.value)
