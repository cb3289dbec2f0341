"""A real scheduler and real workers, separate processes that speak TCP on the loopback."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from experiments.cli import main
from experiments.executors import open_executor
from experiments.executors.dask_cluster import Dask
from experiments.executors.task import OtherSources
from experiments.store import Store, Study, submit

pytest.importorskip("distributed")
ROOT = Path(__file__).resolve().parents[2]
Make = Callable[..., Study]
Notes = Callable[[], list[str]]


def begin(words: list[str], scratch: Path, more: dict[str, str]) -> Any:
    here = str(Path(__file__).parent)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), here]), **more}
    log = (scratch / f"{len(list(scratch.iterdir()))}.log").open("w+", encoding="utf-8")
    return subprocess.Popen(
        [sys.executable, "-m", "distributed.cli.dask_" + words[0], *words[1:]],
        env=environment, stdout=log, stderr=subprocess.STDOUT, cwd=scratch,
    )  # fmt: skip


class Cluster:
    """A scheduler and its workers."""

    def __init__(self, scratch: Path) -> None:
        self.scratch = scratch
        self.scheduler = begin(
            ["scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"], scratch, {}
        )
        self.workers: list[Any] = []
        self.address = ""
        deadline = time.monotonic() + 60
        while not self.address and time.monotonic() < deadline:
            text = "".join(path.read_text(encoding="utf-8") for path in scratch.glob("*.log"))
            if found := re.search(r"Scheduler at:\s+(tcp://[\d.:]+)", text):
                self.address = found[1]
            time.sleep(0.1)
        assert self.address, text

    def add_worker(self, **more: str) -> Any:
        words = ["worker", self.address, "--host", "127.0.0.1", "--nthreads", "1", "--no-nanny"]
        self.workers.append(begin([*words, "--no-dashboard"], self.scratch, more))
        return self.workers[-1]

    def end(self) -> None:
        for process in [*self.workers, self.scheduler]:
            process.kill()
            process.wait()


@pytest.fixture
def cluster(stand_ins: Any, notes: Notes, tmp_path: Path) -> Iterator[Cluster]:
    scratch = tmp_path / "cluster"
    scratch.mkdir()
    made = Cluster(scratch)
    yield made
    made.end()


def test_the_same_rows_as_in_one_process_and_a_worker_killed_on_the_way(
    cluster: Cluster, study: Make, notes: Notes, tmp_path: Path
) -> None:
    first, _ = cluster.add_worker(), cluster.add_worker()
    wanted = study([8.0, 10.0], 60, "slow")
    with Store(tmp_path / "serial") as store, open_executor() as executor:
        submit(store, wanted, executor)
        expected = store.rows(wanted)
    before = len(notes())
    with Store(tmp_path / "dask") as store, open_executor("dask", address=cluster.address) as executor:
        executor._client.wait_for_workers(2)  # type: ignore[attr-defined]
        original = executor.collect
        workers: set[str] = set()

        def collect(block: bool = True) -> Any:
            seen = [path.name for path in (tmp_path / "notes").iterdir()]
            workers.update(name.split("_")[3] for name in seen)
            if len(seen) > before + 30 and str(first.pid) in workers and first.poll() is None:
                first.send_signal(signal.SIGKILL)
            return original(block)

        executor.collect = collect  # type: ignore[method-assign]
        progress = submit(store, wanted, executor)
        frame = store.rows(wanted)
    assert first.wait(timeout=10) == -signal.SIGKILL
    assert str(first.pid) in workers
    assert (progress.computed, progress.failed) == (120, 0)
    pd.testing.assert_frame_equal(frame, expected, check_exact=True)


def test_a_run_that_kills_every_worker_is_a_row(study: Make, tmp_path: Path) -> None:
    # Workers of a cluster on this machine are started anew when they die; what waited beside it is not to
    # blame.
    wanted = study([8.0], 12, "deadly")
    with Store(tmp_path) as store, open_executor("dask", jobs=2) as executor:
        progress = submit(store, wanted, executor)
        frame = store.rows(wanted)
    assert (progress.computed, progress.failed) == (12, 1)
    assert frame["error"][2].startswith("WorkerDied")


def test_what_is_blamed_for_a_death_is_tried_again_alone() -> None:
    from distributed import KilledWorker

    class Killed:
        key = "a run"

        def result(self) -> None:
            raise KilledWorker(self.key, None, 3)

    executor = Dask.__new__(Dask)
    executor._blamed, executor._alone = [], None
    task = SimpleNamespace(run="the run")
    executor._tasks = {Killed.key: task}
    assert executor._outcome(Killed()) is None
    assert executor._blamed == [task]
    assert executor.in_hand == 1
    executor._tasks, executor._alone = {Killed.key: task}, executor._blamed.pop()
    outcome = executor._outcome(Killed())
    assert outcome is not None
    assert outcome.error.startswith("WorkerDied")


def test_workers_with_other_sources_refuse(
    cluster: Cluster, study: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cluster.add_worker()
    wanted = study([8.0], 3)
    monkeypatch.setattr("experiments.store.study.code_version", lambda *names: "other")
    with (
        Store(tmp_path / "store") as store,
        open_executor("dask", address=cluster.address) as executor,
        pytest.raises(OtherSources, match="same version"),
    ):
        submit(store, wanted, executor)
    with Store(tmp_path / "store", read_only=True) as store:
        assert len(store.index) == 0


def test_a_scheduler_that_goes_away_keeps_what_is_finished(
    cluster: Cluster, study: Make, notes: Notes, tmp_path: Path
) -> None:
    cluster.add_worker()
    wanted = study([8.0], 400, "slow")
    with Store(tmp_path / "store") as store, open_executor("dask", address=cluster.address) as executor:
        original = executor.collect

        def collect(block: bool = True) -> Any:
            if len(store.index) > 20 and cluster.scheduler.poll() is None:
                cluster.scheduler.kill()
            return original(block)

        executor.collect = collect  # type: ignore[method-assign]
        with pytest.raises(ConnectionError, match="the same command goes on"):
            submit(store, wanted, executor)
        kept = len(store.index)
    assert 20 < kept < 400


def test_run_gives_the_same_files_on_a_cluster(cluster: Cluster, tmp_path: Path) -> None:
    cluster.add_worker()
    small = ["community.residents=300", "warmup_days=10", "horizon_days=30", "followup_days=5"]
    for name, more in (("here", []), ("there", [f"executor.address={cluster.address}"])):
        assert main(["run", "replications=2", f"out={tmp_path / name}", *small, *more]) == 0
    for name in ("cases.parquet", "daily.parquet", "people.parquet", "summary.csv"):
        assert (tmp_path / "here" / name).read_bytes() == (tmp_path / "there" / name).read_bytes(), name


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["executor=dask", "executor.address=127.0.0.1:8786"], "such as tcp://"),
        (["executor=dask", "executor.address=tcp://127.0.0.1:1"], "executor.address = 'tcp://127.0.0.1:1'"),
        (["executor=processes", "executor.address=tcp://127.0.0.1:1"], "left out"),
    ],
)
def test_an_address_at_which_nobody_answers(
    words: list[str],
    expected: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("experiments.executors.dask_cluster._CONNECT_SECONDS", 0.5)
    assert main(["run", f"out={tmp_path}", *words]) == 2
    lines = [line for line in capsys.readouterr().err.splitlines() if line.startswith("cogov: ")]
    assert len(lines) == 1
    assert expected in lines[0]
