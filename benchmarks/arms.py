"""Two arms on one world and tape against one arm, and a cell of a sweep against the simulation in it.

In processor time: runs of a second are too short for the clock on the wall.
"""

import itertools
import time
from collections.abc import Callable
from typing import Any

from benchmarks.rows import Goal, Row
from benchmarks.timing import Spread, Timed, alternate, ratio
from experiments.executors.replications import replicate, simulated
from experiments.executors.task import Task, carry_out
from experiments.runs.function_references import ENGINE, ESTIMANDS, code_version, metrics_reference
from sim import load_scenario, simulate

ARMS = ("administration_led", "co_governance")
YEAR = ("warmup_days=0", "horizon_days=365", "followup_days=0")
RESIDENTS = 9_000
CELL_RESIDENTS = 1_000


def _processor(work: Callable[[int], Any]) -> Callable[[], Timed]:
    """Return work on replication 1, 2, … that times itself."""
    replications = itertools.count(1)

    def timed() -> Timed:
        replication = next(replications)
        start = time.process_time()
        result = work(replication)
        return Timed(time.process_time() - start, result)

    return timed


def compare(quick: bool = False) -> list[Row]:
    """Run both arms of a replication as `cogov compare` does, and each alone."""
    residents = 1_000 if quick else RESIDENTS
    scenarios = [load_scenario(name, [*YEAR, f"community.residents={residents}"]) for name in ARMS]
    replicate(scenarios, 1, 0, simulate)
    first, second = scenarios
    works = {
        "both": _processor(lambda n: simulated(scenarios, 1, n, simulate)),
        "first": _processor(lambda n: simulate(first, 1, n)),
        "second": _processor(lambda n: simulate(second, 1, n)),
        "both with tables": _processor(lambda n: replicate(scenarios, 1, n, simulate)),
        "one with tables": _processor(lambda n: replicate([first], 1, n, simulate)),
    }
    seconds = alternate(works, dict.fromkeys(works, 3 if quick else 15))
    alone = [(a + b) / 2.0 for a, b in zip(seconds["first"], seconds["second"], strict=True)]
    return [
        Row(
            key="compare",
            work=f"two arms on one world and tape, a year of {residents:,} residents",
            peer="one arm, the mean of both alone",
            figure=ratio(seconds["both"], alone),
            unit="times as long",
            goal=None if quick else Goal(1.6, 1.4, more_is_better=False),
            check="processor time of the runs; both arms end with the bits of separate runs (tests)",
            parts={
                "both": Spread.of(seconds["both"]),
                "one": Spread.of(alone),
                "with tables, estimates and pairs": ratio(
                    seconds["both with tables"], seconds["one with tables"]
                ).median,
            },
        )
    ]


def cell(quick: bool = False) -> list[Row]:
    """Carry out a run of a sweep that is asked for one metric, and the simulation alone."""
    scenario = load_scenario(ARMS[1], [*YEAR, f"community.residents={CELL_RESIDENTS}"])

    def carried(measure: str, replication: int) -> Any:
        task = Task(b"", scenario, 1, replication, ENGINE, measure, code_version(ENGINE, measure))
        outcome = carry_out(task)
        assert outcome.values is not None, outcome.error
        return outcome

    asked = metrics_reference(["rmst180"])
    for measure in (asked, ESTIMANDS):
        carried(measure, 0)
    works = {
        "asked": _processor(lambda n: carried(asked, n)),
        "all": _processor(lambda n: carried(ESTIMANDS, n)),
        "simulation": _processor(lambda n: simulate(scenario, 1, n)),
    }
    seconds = alternate(works, dict.fromkeys(works, 5 if quick else 25))
    return [
        Row(
            key="cell",
            work=f"a sweep's cell asked for rmst180, a year of {CELL_RESIDENTS:,} residents",
            peer="the simulation in it",
            figure=ratio(seconds["asked"], seconds["simulation"]),
            unit="times as long",
            goal=None if quick else Goal(1.5, 1.2, more_is_better=False),
            check="processor time; the metric has the value that it has among all (tests)",
            parts={
                "cell": Spread.of(seconds["asked"]),
                "simulation": Spread.of(seconds["simulation"]),
                "all metrics": ratio(seconds["all"], seconds["simulation"]).median,
            },
        )
    ]
