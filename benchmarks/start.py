"""Starting: compiling everything once, starting again with the compiled code at hand, and being refused.

Each against a fixed piece of work of the same kind on the same machine, in turn.
"""

import sys
import tempfile
from pathlib import Path

from benchmarks import fresh
from benchmarks.rows import Goal, Row
from benchmarks.timing import Spread, ratio

SMALL = ["community.residents=300", "warmup_days=0", "horizon_days=7", "followup_days=0"]
#: What ends before anything is simulated, and its exit status.
_SHORT = {
    "help": (["--help"], 0),
    "explain": (["explain", "staff.per_10k"], 0),
    "refused": (["run", "staff.per_10=8"], 2),
}
#: Half and a third of 9.6, which it was when the yardstick was laid beside it first.
COLD_AT_MOST, COLD_AIM = 4.8, 3.2
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


LIBRARIES = "import numba, pandas, pyarrow"


def measure(quick: bool = False) -> list[Row]:
    """Time fresh processes; the cold ones have a folder of their own for compiled code."""
    with tempfile.TemporaryDirectory() as folder:
        return [_cold(Path(folder), quick), *_warm(Path(folder), quick)]


def _cold(folder: Path, quick: bool) -> Row:
    python = sys.executable
    ours: list[float] = []
    yardstick: list[float] = []
    for number in range(1 if quick else 3):
        yardstick.append(fresh.seconds([python, "-m", "benchmarks.peers.forty_functions"]))
        ours.append(fresh.seconds([python, "-c", EVERYTHING], cache=folder / f"cache{number}"))
    return Row(
        key="cold_compile",
        work="cold compile of everything (a process with an empty cache, from start to end)",
        peer="compiling forty small functions with Numba",
        figure=ratio(ours, yardstick),
        unit="times as long",
        goal=None if quick else Goal(COLD_AT_MOST, COLD_AIM, more_is_better=False),
        check=", ".join(SCENARIOS),
        parts={"ours": Spread.of(ours), "forty functions": Spread.of(yardstick)},
    )


def _warm(folder: Path, quick: bool) -> list[Row]:
    python = sys.executable
    cogov = str(Path(python).with_name("cogov"))
    fresh.seconds([python, "-c", EVERYTHING])
    times: dict[str, list[float]] = {
        name: [] for name in ("python", "libraries", "first_result", "command", *_SHORT)
    }
    for number in range(2 if quick else 7):
        times["python"].append(fresh.seconds([python, "-c", "pass"]))
        times["libraries"].append(fresh.seconds([python, "-c", LIBRARIES]))
        times["first_result"].append(fresh.seconds([python, "-c", FULL_MODEL]))
        command = [cogov, "run", "scenario=co_governance", *SMALL, f"out={folder / f'out{number}'}"]
        times["command"].append(fresh.seconds(command))
        for name, (words, status) in _SHORT.items():
            times[name].append(fresh.seconds([cogov, *words], status=status))
    short = Goal(15.0, 8.0, more_is_better=False)
    return [
        Row(
            key="warm_command",
            work="cogov run of a week, 300 residents, from the start of the process to its files",
            peer=f"python -c '{LIBRARIES}'",
            figure=ratio(times["command"], times["libraries"]),
            unit="times as long",
            goal=None if quick else Goal(2.0, 1.3, more_is_better=False),
            parts={
                "ours": Spread.of(times["command"]),
                "imports": Spread.of(times["libraries"]),
                "to the first result, nothing written": Spread.of(times["first_result"]),
            },
        ),
        *(
            Row(
                key=f"short_{name}",
                work=f"cogov {' '.join(words)}",
                peer="python -c pass",
                figure=ratio(times[name], times["python"]),
                unit="times as long",
                goal=None if quick else short,
                parts={"ours": Spread.of(times[name]), "Python alone": Spread.of(times["python"])},
            )
            for name, (words, _) in _SHORT.items()
        ),
    ]
