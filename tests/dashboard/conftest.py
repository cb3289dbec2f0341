"""What the tests of the page share: small places, and workers that work in this process."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

import pytest

from experiments.dashboard.state.scenario_pair import View

SMALL = ("community.residents=600", "warmup_days=20", "horizon_days=60", "followup_days=30")


class HereAndNow:
    """Stands in for `WorkerPool`: does the work at once, in this process, and remembers what it was."""

    jobs = 2

    def __init__(self) -> None:
        self.runs: list[tuple[str, int]] = []
        self.asked: dict[int, int] = {}

    def submit(self, work: Callable[..., Any], *arguments: Any) -> Future[Any]:
        future: Future[Any] = Future()
        scenario, _seed, replication, *_ = arguments
        self.runs.append((scenario.name, replication))
        try:
            future.set_result(work(*arguments))
        except Exception as error:
            future.set_exception(error)
        return future

    def ask(self, place: int, number: int) -> None:
        self.asked[place] = number

    def give_up(self, place: int, number: int) -> None:
        if self.asked[place] == number:
            self.asked[place] = -1


@pytest.fixture
def workers() -> HereAndNow:
    return HereAndNow()


@pytest.fixture
def view() -> View:
    return View(("administration_led", "co_governance"), words=SMALL, pairs=3)
