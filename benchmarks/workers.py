"""Two worker processes against one."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor

from benchmarks.rows import Goal, Row
from benchmarks.timing import Spread, alternate, ratio
from experiments.executors.workers import one_thread_each
from sim import load_scenario, simulate

RESIDENTS = 9_000


def job(residents: int, replication: int) -> int:
    """Simulate one replication of the default length; only a number travels back."""
    settings = load_scenario("co_governance", [f"community.residents={residents}"])
    return len(simulate(settings, seed=1, replication=replication).cases)


def measure(quick: bool = False) -> list[Row]:
    """Run the same replications in a pool of one and in a pool of two, in turn."""
    residents = 1_000 if quick else RESIDENTS
    jobs = 4 if quick else 24
    job(residents, 0)  # compiled code is in the cache before a worker starts
    context = multiprocessing.get_context("spawn")
    with (
        one_thread_each(),
        ProcessPoolExecutor(1, mp_context=context) as one,
        ProcessPoolExecutor(2, mp_context=context) as two,
    ):

        def run(pool: ProcessPoolExecutor) -> int:
            return sum(pool.map(job, [residents] * jobs, range(jobs)))

        cases = {run(pool) for pool in (one, two)}  # also starts the workers and loads the code
        repetitions = 2 if quick else 5
        seconds = alternate(
            {"one": lambda: run(one), "two": lambda: run(two)}, {"one": repetitions, "two": repetitions}
        )
    if len(cases) != 1:
        raise RuntimeError(f"one worker and two gave different numbers of cases: {cases}")
    return [
        Row(
            key="workers",
            work=f"{jobs} replications, {residents:,} residents, default length: two worker processes",
            peer="one worker process",
            figure=ratio(seconds["one"], seconds["two"]),
            unit="times as fast",
            goal=None if quick else Goal(1.8, 1.95),
            check=f"{cases.pop():,} cases from each; workers already started",
            parts={"two": Spread.of(seconds["two"]), "one": Spread.of(seconds["one"])},
        )
    ]
