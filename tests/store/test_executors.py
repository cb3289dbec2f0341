"""Executors: the same numbers whoever carries the runs out; interruption, death and oversubscription."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from experiments.designs.sweep_tables import write_runs
from experiments.executors import open_executor
from experiments.store import Store, Study, submit

ROOT = Path(__file__).resolve().parents[2]
Make = Callable[..., Study]
Notes = Callable[[], list[str]]

PROGRAM = """
import signal, sys
from pathlib import Path
from experiments.executors import open_executor
from experiments.store import Design, Store, Study, submit
from sim.scenario.loading import load_scenario

if __name__ == "__main__":
    # Tests started in the background by a script inherit that Ctrl-C is ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    folder, executor, jobs, runs, measure = sys.argv[1:6]
    points = Design(load_scenario(), {"staff.per_10k": [8.0, 10.0]})
    study = Study(points, replications=int(runs) // 2, measure=measure, simulate="stand_ins:simulate")
    with Store(Path(folder), command="test") as store, open_executor(executor, int(jobs)) as workers:
        try:
            print(submit(store, study, workers))
        except KeyboardInterrupt as interrupted:
            print(interrupted)
            sys.exit(130)
"""


def start(folder: Path, measure: str, runs: int, executor: str = "serial", jobs: int = 1) -> Any:
    program = folder.parent / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")
    here = str(Path(__file__).parent)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), here])}
    words = [str(folder), executor, str(jobs), str(runs), f"stand_ins:{measure}"]
    return subprocess.Popen(
        [sys.executable, str(program), *words],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def result(folder: Path, study: Study) -> pd.DataFrame:
    with Store(folder, read_only=True) as store:
        return store.rows(study)


def test_the_same_rows_from_one_process_and_from_two(study: Make, tmp_path: Path) -> None:
    wanted = study(replications=6, measure="failing")
    frames = []
    for name in ("serial", "processes"):
        with Store(tmp_path / name) as store, open_executor(name, 2) as executor:
            assert submit(store, wanted, executor).computed == 18
            frames.append(store.rows(wanted))
    pd.testing.assert_frame_equal(*frames, check_exact=True)


def test_a_run_that_kills_its_worker_is_a_row_and_the_study_goes_on(study: Make, tmp_path: Path) -> None:
    wanted = study([8.0, 10.0], 5, "deadly")
    with Store(tmp_path) as store, open_executor("processes", 2) as executor:
        progress = submit(store, wanted, executor)
        frame = store.rows(wanted)
        # The workers serve the next study as well.
        assert submit(store, study([9.0], 2), executor).failed == 0
    assert (progress.computed, progress.failed) == (10, 2)
    assert frame[frame["status"] == "failed"]["replication"].eq(2).all()
    assert frame["error"].str.startswith("WorkerDied").sum() == 2


def test_killed_and_resumed_it_ends_with_the_same_rows(study: Make, notes: Notes, tmp_path: Path) -> None:
    wanted = study([8.0, 10.0], 40, "slow")
    whole = tmp_path / "whole"
    with Store(whole) as store, open_executor() as executor:
        submit(store, wanted, executor)
    folder = tmp_path / "killed"
    for moment in (1.9, 2.4, 2.9):
        with start(folder, "slow", 80, "processes", 2) as process:
            time.sleep(moment)
            process.send_signal(signal.SIGKILL)
    with start(folder, "slow", 80, "processes", 2) as process:
        _, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    for place in (whole, folder):
        with Store(place, read_only=True) as store:
            write_runs(store, wanted, place)
    for name in ("runs.csv", "runs.parquet"):
        assert (folder / name).read_bytes() == (whole / name).read_bytes()
    with Store(folder, read_only=True) as store:
        assert len(store.index) == 80
    assert not list((folder / "parts").glob(".*"))


def test_two_processes_on_one_store_do_nothing_twice(study: Make, notes: Notes, tmp_path: Path) -> None:
    wanted = study([8.0, 10.0], 150, "slow")
    folder = tmp_path / "store"
    both = [start(folder, "slow", 300), start(folder, "slow", 300)]
    told = [process.communicate(timeout=120) for process in both]
    assert [process.returncode for process in both] == [0, 0], told
    assert len(notes()) == len(set(notes())) == 300
    assert len(result(folder, wanted)) == 300
    # Both saw the whole study through, and each did a share of it.
    assert all("wanted=300" in out and "computed=0" not in out for out, _ in told)


def test_a_second_process_takes_over_what_a_killed_one_had_in_hand(
    study: Make, notes: Notes, tmp_path: Path
) -> None:
    folder = tmp_path / "store"
    first = start(folder, "slow", 100)
    second = start(folder, "slow", 100)
    time.sleep(2.5)
    first.send_signal(signal.SIGKILL)
    first.communicate()
    _, err = second.communicate(timeout=120)
    assert second.returncode == 0, err
    assert len(result(folder, study([8.0, 10.0], 50, "slow"))) == 100


@pytest.mark.parametrize(("executor", "jobs"), [("serial", 1), ("processes", 2), ("dask", 2)])
def test_ctrl_c_keeps_what_is_finished_and_says_how_to_go_on(
    executor: str, jobs: int, study: Make, notes: Notes, tmp_path: Path
) -> None:
    folder = tmp_path / "store"
    with start(folder, "slow", 1000, executor, jobs) as process:
        deadline = time.monotonic() + 60
        while len(notes()) < 20 and time.monotonic() < deadline:
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    kept = len(result(folder, study([8.0, 10.0], 500, "slow")))
    assert f"{kept} of 1000 runs are finished and kept in {folder}; the same command goes on" in out
    # What was finished before is all there, but for what the workers had in hand.
    assert kept >= len(notes()) - 4 * jobs - 1


def test_workers_use_one_thread_each_and_end_with_their_parent(
    study: Make, notes: Notes, tmp_path: Path
) -> None:
    folder = tmp_path / "store"
    with start(folder, "threads", 4, "processes", 2) as process:
        process.communicate(timeout=60)
    frame = result(folder, study([8.0, 10.0], 2, "threads"))
    assert frame["threads"].eq(1).all()
    with start(folder, "slow", 1000, "processes", 2) as process:
        deadline = time.monotonic() + 60
        while len(notes()) < 10 and time.monotonic() < deadline:
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
    workers = {int(path.name.split("_")[3]) for path in (tmp_path / "notes").iterdir()}
    assert workers
    deadline = time.monotonic() + 10
    while any(map(runs, workers)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not any(map(runs, workers)), "workers outlive their parent"


def runs(process: int) -> bool:
    """Whether a process is there and more than a name nobody has asked for yet."""
    try:
        return bool(Path(f"/proc/{process}/cmdline").read_bytes())
    except OSError:
        return False
