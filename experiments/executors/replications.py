"""Replications of one or several scenarios, in one process, several or a cluster, with the same results.

The unit of work is one replication of all scenarios: its ledgers are reduced where they were made (estimates
and paired differences), and only then does it travel. Replications come back in order, at most a few ahead,
so that memory stays bounded however many there are.
"""

from collections import deque
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from experiments.arguments.run_plan import RunPlan
from experiments.executors.workers import Workers
from experiments.runs.simulation import Simulate, default_simulate, warm_cache
from experiments.system.progress import progress_bar
from sim.parameters.scenario import Scenario
from sim.scenario.kept_parts import KeptParts, keeping

if TYPE_CHECKING:
    import pyarrow as pa

TABLES = (
    "cases",
    "daily",
    "people",
    "units",
    "cadres",
    "suppliers",
    "transfers",
    "households",
    "pairs",
    "appeals",
    "points",
    "incidents",
    "meetings",
)
#: Written only where the mechanism behind them is switched on.
WHERE_ANY = {"suppliers", "transfers", "households", "pairs", "appeals", "points", "incidents", "meetings"}
"""Frames of a run that are written, as far as the run has them."""


def table_files() -> list[str]:
    """Return the names of the files that a plan's runs may fill."""
    return [f"{name}.parquet" for name in TABLES]


@dataclass(frozen=True)
class Finished:
    """One replication of all scenarios: tables to write, and what the analysis made of them."""

    replication: int
    tables: "dict[str, dict[str, pa.Table]]"
    summaries: dict[str, Any]
    pair: dict[str, float] | None


def simulated(scenarios: Sequence[Scenario], seed: int, replication: int, simulate: Simulate) -> list[Any]:
    """Simulate one replication of all scenarios; what they agree on of world and tape is built once."""
    with keeping(KeptParts(uses=len(scenarios))):
        return [simulate(scenario, seed=seed, replication=replication) for scenario in scenarios]


def replicate(scenarios: Sequence[Scenario], seed: int, replication: int, simulate: Simulate) -> Finished:
    """Simulate one replication of all scenarios and reduce it."""
    import pyarrow as pa

    from analysis.comparison.twins import paired_cases
    from analysis.summaries.run_summary import against_first, summarise_run

    runs = simulated(scenarios, seed, replication, simulate)
    tables: dict[str, dict[str, pa.Table]] = {}
    for scenario, run in zip(scenarios, runs, strict=True):
        frames = {name: getattr(run, name, None) for name in TABLES}
        tables[scenario.name] = {
            name: pa.Table.from_pandas(frame, preserve_index=False)
            for name, frame in frames.items()
            if frame is not None and (name not in WHERE_ANY or len(frame))
        }
    reduced = against_first([summarise_run(run) for run in runs])
    summaries = {scenario.name: one for scenario, one in zip(scenarios, reduced, strict=True)}
    # A sample or no ledger at all has no twins to compare case by case.
    whole = all(scenario.ledger == "all" for scenario in scenarios)
    pair = paired_cases(runs[0], runs[1]) if len(runs) == 2 and whole else None
    return Finished(replication, tables, summaries, pair)


def replications(plan: RunPlan, simulate: Simulate | None = None) -> Generator[Finished]:
    """Yield the finished replications of a plan in order."""
    several = plan.executor == "processes" and plan.replications > 1
    if plan.executor == "dask":
        results = _on_a_cluster(plan, simulate)
    elif several:
        results = _in_processes(plan, simulate)
    else:
        results = _in_this_process(plan, simulate)
    try:
        yield from results
    finally:
        results.close()


def _in_this_process(plan: RunPlan, simulate: Simulate | None) -> Generator[Finished]:
    days = sum(days_of(scenario) for scenario in plan.scenarios)
    with progress_bar(plan.replications * days, "day") as bar:
        function = simulate or _told_by_day(default_simulate(), bar)
        for replication in range(plan.replications):
            yield replicate(plan.scenarios, plan.seed, replication, function)
            bar.update((replication + 1) * days - bar.n)


def days_of(scenario: Scenario) -> int:
    """Return how many days a run lasts."""
    return scenario.warmup_days + scenario.horizon_days + scenario.followup_days


def _told_by_day(simulate: Simulate, bar: Any) -> Simulate:
    """Return the simulation that moves a progress bar on as its days pass."""

    def told(scenario: Scenario, seed: int, replication: int) -> Any:
        start = bar.n
        return simulate(
            scenario, seed, replication, progress=lambda done, _of: bar.update(start + done - bar.n)
        )

    return told


def _in_processes(plan: RunPlan, simulate: Simulate | None) -> Generator[Finished]:
    warm_cache(plan.scenarios, simulate or default_simulate())
    jobs = min(plan.jobs, plan.replications)
    with (
        Workers(jobs, _start_worker, (plan.scenarios, plan.seed, simulate)) as workers,
        progress_bar(plan.replications, "replication") as bar,
    ):
        for finished in workers.in_order(_work, range(plan.replications)):
            yield finished
            bar.update()


def _on_a_cluster(plan: RunPlan, simulate: Simulate | None) -> Generator[Finished]:
    from experiments.executors.dask_cluster import connect, one_a_machine

    with connect(plan.address, plan.jobs) as client, progress_bar(plan.replications, "replication") as bar:
        function = simulate or default_simulate()
        client.run(warm_cache, plan.scenarios, function, workers=one_a_machine(client))
        window = 2 * max(1, sum(client.nthreads().values()))
        waiting: deque[Any] = deque()
        asked = 0
        while waiting or asked < plan.replications:
            while asked < plan.replications and len(waiting) < window:
                work = (plan.scenarios, plan.seed, asked, function)
                waiting.append(client.submit(replicate, *work, pure=False))
                asked += 1
            yield waiting.popleft().result()
            bar.update()


_worker: dict[str, Any] = {}


def _start_worker(scenarios: Sequence[Scenario], seed: int, simulate: Simulate | None) -> None:
    _worker.update(scenarios=scenarios, seed=seed, simulate=simulate or default_simulate())


def _work(replication: int) -> Finished:
    return replicate(_worker["scenarios"], _worker["seed"], replication, _worker["simulate"])
