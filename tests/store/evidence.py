"""Many runs, the long way: killed at random moments, shared, out of disk, on a cluster; memory, speed.

    python -m tests.store.evidence [NAME ...]

with the names killed, second, disk, signals, dask, coverage, memory, speed, large; without, all but the last.
Prints a line a finding; ends with status 1 if one does not hold. All work goes into a temporary
folder. `large` takes a quarter of an hour on two quiet cores and is left out unless named.
"""

import contextlib
import math
import multiprocessing
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

ROOT = Path(__file__).resolve().parents[2]
COGOV = [sys.executable, "-m", "experiments.cli"]
#: 20 points of 20 replications: 400 runs of some hundredths of a second.
STUDY = [
    "sweep", "staff.per_10k=6,8,10,12,14", "paperwork.base_share=0.2,0.3,0.4,0.5", "replications=20",
    "community.residents=3000",
]  # fmt: skip
RUNS = 400
RESULTS = ("runs.csv", "runs.parquet", "sweep.csv", "sweep.parquet")


def begin(folder: Path, *words: str, out: str = "out", **more: str) -> Any:
    where = [f"store={folder / 'store'}", f"out={folder / out}"]
    return subprocess.Popen(
        [*COGOV, *STUDY, *where, *words],
        cwd=ROOT, env={**os.environ, **more}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def finish(process: Any) -> tuple[int, str]:
    _, err = process.communicate()
    return process.returncode, err


def parts(folder: Path) -> list[Path]:
    # What a killed process was writing has another beginning of its name, and counts for nothing.
    return list((folder / "store" / "parts").glob("[!.]*.parquet"))


def recorded(folder: Path) -> tuple[int, int]:
    """Rows in all parts, and different runs among them."""
    runs = [run for part in parts(folder) for run in pq.read_table(part, columns=["run"])["run"].to_pylist()]
    return len(runs), len(set(runs))


def same(folder: Path, reference: Path, out: str = "out") -> bool:
    return all(
        (folder / out / name).read_bytes() == (reference / "out" / name).read_bytes() for name in RESULTS
    )


def whole(scratch: Path) -> Path:
    """The same study never interrupted, run once."""
    reference = scratch / "reference"
    if not (reference / "out" / "manifest.json").exists():
        status, err = finish(begin(reference, "executor=serial"))
        assert status == 0, err
    return reference


def killed(scratch: Path) -> str:
    """400 runs, SIGKILL at 20 random moments, resumed each time."""
    reference, folder = whole(scratch), scratch / "killed"
    chance = random.Random(20261124)
    deaths = attempts = 0
    kept = []
    while deaths < 20:
        attempts += 1
        process = begin(folder, "executor=processes", "jobs=2")
        if chance.random() < 0.7:
            grown(folder, process)
        # … or while it starts.
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(chance.uniform(0.0, 0.4) if chance.random() < 0.8 else chance.uniform(0.0, 2.5))
        if process.poll() is not None:
            finish(process)
            break
        process.send_signal(signal.SIGKILL)
        finish(process)
        deaths += 1
        kept.append(recorded(folder)[0])
    status, err = finish(begin(folder, "executor=processes", "jobs=2"))
    rows, runs = recorded(folder)
    check(status == 0 and deaths == 20, f"{deaths} kills, then status {status}: {err}")
    check(rows == runs == RUNS, f"{rows} rows of {runs} runs")
    check(same(folder, reference), "other bytes")
    told = ", ".join(map(str, kept))
    return f"{deaths} kills in {attempts} starts, runs kept after each: {told}; same bytes, none twice"


def grown(folder: Path, process: Any, number: int = 1) -> None:
    """Wait until a store has so many parts more, or the process has ended."""
    before = len(parts(folder))
    deadline = time.monotonic() + 300
    while len(parts(folder)) < before + number and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)


def second(scratch: Path) -> str:
    """A second process on the same store; the first is killed on the way."""
    reference = whole(scratch)
    for name, kill in (("together", False), ("one-killed", True)):
        folder = scratch / name
        first, other = (begin(folder, "executor=processes", "jobs=2", out=out) for out in ("one", "two"))
        if kill:
            grown(folder, first, 5)
            first.send_signal(signal.SIGKILL)
        statuses = [finish(process)[0] for process in (first, other)]
        check(statuses == [-9 if kill else 0, 0], f"statuses {statuses}")
        rows, runs = recorded(folder)
        check(rows == runs == RUNS, f"{rows} rows of {runs} runs")
        check(same(folder, reference, "two") and (kill or same(folder, reference, "one")), "other bytes")
    return "two processes, and two of which one is killed: same bytes, no run twice"


def disk(scratch: Path) -> str:
    """A disk that is full once: a file system of 120 kB, then a larger one."""
    reference, folder = whole(scratch), scratch / "disk"
    folder.mkdir()
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(small_disk(folder, "120k"))
        except (OSError, subprocess.CalledProcessError):
            return "not tried: mounting a small file system takes a right this process does not have"
        status, err = finish(
            begin(folder, "executor=processes", "jobs=2", "out=" + str(scratch / "disk-out"))
        )
        check(status == 1 and "no space left" in err, f"status {status}: {err}")
        check(len(err.strip().splitlines()) <= 2, err)
        rows, runs = recorded(folder)
        check(0 < rows == runs < RUNS, f"{rows} rows of {runs} runs while full")
        subprocess.run(["mount", "-o", "remount,size=64m", str(folder)], check=True)
        status, err = finish(begin(folder, "executor=processes", "jobs=2"))
        check(status == 0, err)
        check(recorded(folder) == (RUNS, RUNS), f"{recorded(folder)} after")
        check(same(folder, reference), "other bytes")
    return f"full after {rows} runs (status 1, one line), resumed with room: same bytes, none twice"


@contextlib.contextmanager
def small_disk(folder: Path, size: str) -> Iterator[None]:
    words = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    subprocess.run(words, check=True, capture_output=True)
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=False)


def signals(scratch: Path) -> str:
    """200 signals at random moments over run, compare, sweep, staffing and store gc."""
    from tests.output.signalled import trials

    told = trials(scratch, 200, random.SystemRandom().randrange(1 << 30))
    check(not told.faults and told.signals == 200, f"{told.text()}: {'; '.join(told.faults)}")
    return told.text()


def dask(scratch: Path) -> str:
    """A Dask scheduler and two workers as processes over TCP; one worker killed, another joins."""
    import tests.store.test_dask as cluster_tests

    reference, folder = whole(scratch), scratch / "dask"
    logs = scratch / "dask-logs"
    logs.mkdir()
    cluster = cluster_tests.Cluster(logs)
    try:
        first = cluster.add_worker()
        cluster.add_worker()
        process = begin(folder, f"executor.address={cluster.address}")
        grown(folder, process, 4)
        first.send_signal(signal.SIGKILL)
        cluster.add_worker()
        status, err = finish(process)
    finally:
        cluster.end()
    check(status == 0, err)
    check(recorded(folder) == (RUNS, RUNS), f"{recorded(folder)}")
    check(same(folder, reference), "other bytes")
    return "a worker killed on the way: same bytes, none twice"


def coverage(scratch: Path) -> str:
    """The interval of the sequential rule over 1,000 studies of a known mean, each run through the store."""
    from experiments.executors import open_executor
    from experiments.store import Design, Store, Study
    from experiments.store.sequential_replications import (
        Precision,
        measured,
        stein_interval,
        submit_precisely,
    )
    from sim.scenario.loading import load_scenario

    asked, mean, studies, hits, total = Precision("value", 0.5, first=10), 10.0, 1000, 0, 0
    points = Design(load_scenario(), {"staff.per_10k": [mean]})
    with Store(scratch / "coverage") as store, open_executor() as executor:
        for seed in range(studies):
            study = Study(points, seed, simulate="stand_ins:simulate", measure="stand_ins:measure")
            study, _ = submit_precisely(store, study, executor, asked)
            values = measured(store, study, "value")[0]
            interval = stein_interval(values, asked)
            hits += float(interval.low) <= mean <= float(interval.high)
            total += len(values)
    low, high = wilson(hits, studies)
    check(high >= 0.95, f"{hits} of {studies}")
    share = f"{hits / studies:.3f}, 95 % interval {low:.3f} to {high:.3f}"
    return f"{hits} of {studies} intervals cover ({share}); {total} runs"


def wilson(hits: int, trials: int, z: float = 1.96) -> tuple[float, float]:
    share = hits / trials
    middle = (share + z * z / (2 * trials)) / (1 + z * z / trials)
    reach = z / (1 + z * z / trials) * math.sqrt(share * (1 - share) / trials + (z / (2 * trials)) ** 2)
    return middle - reach, middle + reach


MEMORY = """
import resource, sys
from pathlib import Path
from experiments.executors import open_executor
from experiments.store import Design, Store, Study, submit
from experiments.designs.sweep_tables import write_runs
from sim.scenario.loading import load_scenario

if __name__ == "__main__":
    points, folder = int(sys.argv[1]), Path(sys.argv[2])
    design = Design(load_scenario(), {"staff.per_10k": [8.0 + n / 1000 for n in range(points)]})
    study = Study(design, replications=10, simulate="stand_ins:simulate", measure="stand_ins:many")
    with Store(folder) as store, open_executor("processes", 2) as workers:
        submit(store, study, workers)
        computed = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        write_runs(store, study, folder)
    print(computed / 1024, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def memory(scratch: Path) -> str:
    """The parent's largest memory over 100, 1,000 and 10,000 runs of 64 numbers, in a process each."""
    program = scratch / "memory.py"
    program.write_text(MEMORY, encoding="utf-8")
    found = {}
    for points in (10, 100, 1000):
        words = [sys.executable, str(program), str(points), str(scratch / f"memory-{points}")]
        answer = subprocess.run(words, env=on_path(), capture_output=True, text=True, check=True)
        found[10 * points] = [float(number) for number in answer.stdout.split()]
    check(found[10_000][0] < found[100][0] + 30, str(found))
    check(found[10_000][1] < found[100][1] + 60, str(found))
    return "; ".join(f"{n} runs: {a:.0f} MB, {b:.0f} with the table written" for n, (a, b) in found.items())


def speed(scratch: Path) -> str:
    """Two worker processes against one, runs of a 9,000-resident year; in turn, the best of three.

    Time on the wall means something on a quiet machine only; time of processors, parent and workers together,
    on a busy one too: what a run costs with two workers over what it costs with one.
    """
    from experiments.executors import open_executor
    from experiments.store import Design, Store, Study, submit
    from sim.scenario.loading import load_scenario

    points = Design(load_scenario("co_governance"), {"staff.per_10k": [10.0, 12.0]})
    wall: dict[int, list[float]] = {1: [], 2: []}
    used: dict[int, list[float]] = {1: [], 2: []}
    seed = 0
    for _ in range(3):
        for jobs in (1, 2):
            seed += 1
            with Store(scratch / f"speed-{seed}") as store, open_executor("processes", jobs) as workers:
                # Workers started, engine loaded.
                submit(store, Study(points, 1000 + seed, replications=2 * jobs), workers)
                began, before = time.perf_counter(), processors()
                submit(store, Study(points, seed, replications=60), workers)
                wall[jobs].append(time.perf_counter() - began)
                used[jobs].append(processors() - before)
    one, two = min(wall[1]), min(wall[2])
    ratio = min(used[1]) / min(used[2])
    cost = f"{min(used[1]) / 120 * 1000:.0f} and {min(used[2]) / 120 * 1000:.0f} ms of processors a run"
    return (
        f"120 runs: {one:.2f} s by one worker, {two:.2f} s by two: {one / two / 2:.2f} on the wall; "
        f"{cost}: {ratio:.2f} (load average {os.getloadavg()[0]:.1f})"
    )


def processors() -> float:
    """Seconds of processors that this process and its workers have used."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    total = used.ru_utime + used.ru_stime
    for child in multiprocessing.active_children():
        fields = Path(f"/proc/{child.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return total


def large(scratch: Path) -> str:
    """1,000 design points of 10 replications of a 9,000-resident year, then again from the store."""
    words = [
        *COGOV, "sweep", "design=lhs", "points=1000", "vary=[trust.*,referral.*]", "scenario=co_governance",
        "replications=10", f"store={scratch / 'large'}", f"out={scratch / 'large-out'}",
    ]  # fmt: skip
    told = []
    for _ in range(2):
        began = time.perf_counter()
        process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        most: dict[str, float] = {}
        while process.poll() is None:
            most |= memories(process.pid)
            time.sleep(0.5)
        out, err = process.communicate()
        check(process.returncode == 0, err)
        parent = most.pop(str(process.pid), 0.0)
        seconds = time.perf_counter() - began
        largest = max(most.values(), default=0.0)
        told.append(f"{seconds:.0f} s, parent {parent:.0f} MB, workers up to {largest:.0f} MB")
    check("0 computed, 10000 already there" in out, out)
    size = sum(path.stat().st_size for path in (scratch / "large").rglob("*") if path.is_file()) / 1e6
    load = f"load average {os.getloadavg()[0]:.1f}"
    return f"10,000 runs in {told[0]}; again, all there, in {told[1]}; store {size:.0f} MB ({load})"


def memories(parent: int) -> dict[str, float]:
    """Largest memory so far, in MB, of a process and its children, by their numbers."""
    found = {}
    with contextlib.suppress(OSError):
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii").split()
        for number in (str(parent), *children):
            lines = Path(f"/proc/{number}/status").read_text(encoding="ascii", errors="replace").splitlines()
            found[number] = sum(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024
    return found


def on_path() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(Path(__file__).parent)])}


def check(holds: bool, text: str) -> None:
    if not holds:
        raise AssertionError(text)


PARTS = {
    part.__name__: part for part in (killed, second, disk, signals, dask, coverage, memory, speed, large)
}


def main(words: list[str]) -> int:
    sys.path.insert(0, str(Path(__file__).parent))
    scratch = Path(tempfile.mkdtemp(prefix="cogov-studies-"))
    failed = 0
    try:
        for name in words or [name for name in PARTS if name != "large"]:
            began = time.perf_counter()
            try:
                print(f"{name:<9} {PARTS[name](scratch)} [{time.perf_counter() - began:.0f} s]", flush=True)
            except AssertionError as error:
                failed += 1
                print(f"{name:<9} DOES NOT HOLD: {error}", flush=True)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
