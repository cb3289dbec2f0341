"""What the tests of the page share: small places, and workers that work in this process."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from typing import Any

import pytest

from benchmarks.browser import Dashboard, kept_running, served
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


@pytest.fixture(scope="session")
def dashboard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dashboard]:
    """One server for all modules that look at the usual place: each page has its own state."""
    from tests.dashboard.test_browser import PICTURES, PLACE

    PICTURES.mkdir(parents=True, exist_ok=True)
    with served(PLACE, tmp_path_factory.mktemp("dashboard")) as running:
        yield running


@pytest.fixture(scope="module", autouse=True)
def one_chromium(request: pytest.FixtureRequest) -> Iterator[None]:
    """One Chromium for the pages of a module; not longer, since its event loop stands in others' way."""
    if "test_browser" not in request.node.name:
        yield
        return
    with kept_running():
        yield
