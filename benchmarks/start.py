"""Starting: compiling everything once, and starting again with the compiled code at hand."""

import sys
import tempfile
from pathlib import Path

from benchmarks import fresh
from benchmarks.rows import Goal, Row
from benchmarks.timing import Spread

SMALL = ["community.residents=300", "warmup_days=0", "horizon_days=7", "followup_days=0"]
#: Between them these reach every compiled function.
SCENARIOS = ("administration_led", "co_governance", "verification/queue", "verification/adoption")

EVERYTHING = f"""
from sim import load_scenario, simulate
for name in {SCENARIOS!r}:
    small = {SMALL!r} if "/" not in name else ["horizon_days=7"]
    simulate(load_scenario(name, small), seed=1).cases
"""
FULL_MODEL = f"""
from sim import load_scenario, simulate
simulate(load_scenario("co_governance", {SMALL!r}), seed=1).cases
"""


def measure(quick: bool = False) -> list[Row]:
    """Time fresh processes; the cold one has a folder of its own for compiled code."""
    python = sys.executable
    cogov = str(Path(python).with_name("cogov"))
    with tempfile.TemporaryDirectory() as folder:
        cold = fresh.seconds([python, "-c", EVERYTHING], cache=Path(folder) / "cache")
        fresh.seconds([python, "-c", EVERYTHING])
        times: dict[str, list[float]] = {"python": [], "import": [], "first_result": [], "command": []}
        for number in range(2 if quick else 7):
            times["python"].append(fresh.seconds([python, "-c", "pass"]))
            times["import"].append(fresh.seconds([python, "-c", "import sim"]))
            times["first_result"].append(fresh.seconds([python, "-c", FULL_MODEL]))
            out = Path(folder) / f"out{number}"
            command = [cogov, "run", "scenario=co_governance", *SMALL, f"out={out}"]
            times["command"].append(fresh.seconds(command))
    warm = Goal(2.0, 1.0, more_is_better=False)
    return [
        Row(
            key="cold_compile",
            work="cold compile of everything (a process with an empty cache, from start to end)",
            peer="",
            figure=Spread.of([cold]),
            unit="s",
            goal=Goal(60.0, 30.0, more_is_better=False),
            check=", ".join(SCENARIOS),
        ),
        Row(
            key="warm_start",
            work="start from a warm cache: a fresh process to its first result, 300 residents, a week",
            peer="",
            figure=Spread.of(times["first_result"]),
            unit="s",
            goal=warm,
            parts={"Python alone": Spread.of(times["python"]), "import sim": Spread.of(times["import"])},
        ),
        Row(
            key="warm_command",
            work="the same as `cogov run`, files written",
            peer="",
            figure=Spread.of(times["command"]),
            unit="s",
            goal=warm,
        ),
    ]
