"""What the tests of the page share: small places, and workers that work in this process."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from benchmarks.browser import Dashboard, kept_running, served
from experiments.dashboard.state.scenario_pair import View
from experiments.dashboard.work.comparison import Kept

SMALL = ("community.residents=600", "warmup_days=20", "horizon_days=60", "followup_days=30")
#: A folder in which nothing was saved.
NOWHERE = Path("nothing/saved")
#: Pairs of the page that stands in tests for one that is open.
PAIRS = 6


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
        if number < 0 or number >= self.asked.get(place, -1):
            self.asked[place] = number

    def waits_for(self, place: int) -> int:
        return self.asked.get(place, 0)

    def give_up(self, place: int, number: int) -> None:
        if self.asked[place] == number:
            self.asked[place] = -1


@pytest.fixture
def workers() -> HereAndNow:
    return HereAndNow()


@pytest.fixture
def view() -> View:
    return View(("administration_led", "co_governance"), words=SMALL, pairs=3)


@pytest.fixture
def page_state(workers: Any, view: View, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """A page whose first comparison is on the screen."""
    pytest.importorskip("solara")
    from experiments.dashboard.panels import live_comparison, live_preview
    from experiments.dashboard.serving import page_state
    from experiments.dashboard.serving.page_state import PageState
    from experiments.dashboard.serving.server import Served

    view = View(view.names, words=view.words, pairs=PAIRS)
    workers.ready = threading.Event()
    workers.ready.set()
    workers.new_place = lambda: 0
    start = SimpleNamespace(view=view, language="en", out=tmp_path / "out")
    monkeypatch.setattr(Served, "start", start, raising=False)
    monkeypatch.setattr(Served, "workers", workers, raising=False)
    kept: Kept[Any] = Kept()
    for module in (live_comparison, live_preview, page_state):
        monkeypatch.setattr(module, "KEPT", kept)
    state = PageState()
    compared(state)
    return state


def compared(state: Any) -> None:
    """Run the comparison that a page asks for."""
    from experiments.dashboard.panels import live_comparison

    live_comparison.run(state, state.view.value, threading.Event())


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
