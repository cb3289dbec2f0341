"""Many inputs of every class, and what came of them: `make fuzz`, or python -m tests.fuzz.campaign.

Usage:   python -m tests.fuzz.campaign [inputs=20000] [classes=abcde] [first=0]
Example: python -m tests.fuzz.campaign classes=b inputs=1 first=4711     the one input number 4711 again

An input is made from its class and its number alone. Prints a row a class and every distinct fault with the
number of the first input that showed it; exit status 1 if there is any.
"""

import contextlib
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

from tests.fuzz import command_lines, kept_results, request_files, settings_files
from tests.fuzz.outcome import STATUSES, Outcome

CLASSES: dict[str, tuple[str, Callable[[Random, Path], Outcome]]] = {
    "a": ("words on the command line", command_lines.try_one),
    "b": ("scenarios", settings_files.try_scenario),
    "c": ("mappings and experiments", settings_files.try_other),
    "d": ("request files", request_files.try_one),
    "e": ("damaged results and stores", kept_results.try_one),
}
COLUMNS = (
    "tried",
    "exit 2",
    "accepted",
    "exit 1",
    "tracebacks",
    "hangs",
    "long lines",
    "other",
    "distinct",
    "seconds",
)


def campaign(
    name: str, inputs: int, first: int, folder: Path, show: bool = False
) -> tuple[Counter[str], dict[str, str]]:
    """Try the inputs of one class; return counts, and each distinct fault with where it was first seen."""
    title, try_one = CLASSES[name]
    counts: Counter[str] = Counter()
    faults: dict[str, str] = {}
    began = time.perf_counter()
    for number in range(first, first + inputs):
        outcome = try_one(Random(f"{name}{number}"), folder)
        counts["tried"] += 1
        counts["exit 2"] += outcome.status == 2
        counts["accepted"] += outcome.status in STATUSES and outcome.status != 2
        counts["exit 1"] += any(fault.startswith("exit 1") for fault in outcome.broken)
        counts["tracebacks"] += "Traceback" in outcome.error
        counts["hangs"] += outcome.status is None
        counts["long lines"] += any(fault.startswith("long line") for fault in outcome.broken)
        counts["other"] += any(
            fault.startswith(("slow", "written", "exit 2 w")) or "lines:" in fault for fault in outcome.broken
        )
        for fault in outcome.broken:
            if fault not in faults:
                faults[fault] = f"{name} {number}"
                print(f"{faults[fault]:<10} {fault}", file=sys.stderr)
        if show:
            print(outcome.words, outcome.status, outcome.error, outcome.trace, outcome.broken, sep="\n")
        if number % 500 == 499:
            print(f"{title}: {number + 1 - first}, {len(faults)} distinct faults", end="\r", file=sys.stderr)
    counts["distinct"] = len(faults)
    counts["seconds"] = round(time.perf_counter() - began)
    return counts, faults


def main(words: list[str]) -> int:
    """Carry out the campaign."""
    own = dict(word.split("=", 1) for word in words)
    inputs, first = int(own.get("inputs", 20_000)), int(own.get("first", 0))
    seen: dict[str, str] = {}
    print(f"{'class':<32}" + "".join(f"{column:>12}" for column in COLUMNS))
    for name in own.get("classes", "abcde"):
        folder = Path(tempfile.mkdtemp(prefix="cogov-fuzz-"))
        (folder / "home").mkdir()
        os.environ["HOME"] = str(folder / "home")
        try:
            with contextlib.chdir(folder):
                counts, faults = campaign(name, inputs, first, folder, show=inputs == 1)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        row = "".join(f"{counts[column]:>12}" for column in COLUMNS)
        print(f"({name}) {CLASSES[name][0]:<28}{row}", flush=True)
        seen |= faults
    for fault, where in seen.items():
        print(f"  {where:<10} {fault}")
    return 1 if seen else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
