"""Break each mechanism on purpose and see the test of it fail.

Run with ``python -m tests.truth.breaks [--only NAME ...]``. A copy of ``sim`` is edited, compiled, and put
to the experiments that are to notice: one break of each part of the model at a time, since compiling takes
longer than the experiments. A break that nobody notices is a hole in the tests; the exit status is 1 then.
Not part of the tests, because it takes a quarter of an hour; ``docs/verification.md`` has the outcome.
"""

import argparse
import csv
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from tests.mechanisms.checks import Break
from tests.mechanisms.collect import BREAKS

_ROOT = Path(__file__).parents[2]
_TABLE = "evidence.csv"


class Outcome(NamedTuple):
    """What became of a break."""

    one: Break
    noticed: bool
    seen: str


def _broken_copy(several: list[Break], folder: Path) -> None:
    for name in ("sim", "scenarios", "analysis", "tests"):
        shutil.copytree(_ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for one in several:
        file = folder / "sim" / one.file
        text = file.read_text(encoding="utf-8")
        if text.count(one.old) != 1:
            raise ValueError(f"{one.name}: {one.file} holds the text to replace {text.count(one.old)} times")
        file.write_text(text.replace(one.old, one.new), encoding="utf-8")


def _command(one: Break) -> list[str]:
    if one.noticed_by.startswith("tests/"):
        # A known answer that is to notice is named by its experiment.
        others = ["-k", "not (test_neutral or test_at_work or test_limit)"]
        return [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:xdist", *others, one.noticed_by]
    options = ["--margin", "0.03", "--workers", "1", "--out", _TABLE, "--only", one.noticed_by]
    return [sys.executable, "-m", "tests.truth.evidence", *options]


def _clearest(file: Path) -> str:
    """Return the result in a table of evidence that is furthest off, in widths of its interval."""
    with file.open(encoding="utf-8") as rows:
        missed = [row for row in csv.DictReader(rows) if row["equivalent"] == "False"]

    def distance(row: dict[str, str]) -> float:
        width = float(row["high"]) - float(row["low"])
        return abs(float(row["estimate"]) - float(row["exact"])) / max(width, 1e-12)

    if not missed:
        return ""
    worst = max(missed, key=distance)
    low, high = float(worst["low"]), float(worst["high"])
    return f"{worst['result']} {float(worst['exact']):.4g}, found [{low:.4g}, {high:.4g}]"


def _try(one: Break, folder: Path) -> Outcome:
    """Put the broken engine in `folder` to the test that is to notice."""
    environment = dict(os.environ, COGOV_CACHE_DIR=str(folder / "cache"), PYTHONPATH=str(folder))
    # Less optimised code is made sooner; what it computes is no less wrong.
    environment.setdefault("NUMBA_OPT", "1")
    environment["COLUMNS"] = "200"
    table = folder / _TABLE
    table.unlink(missing_ok=True)
    done = subprocess.run(
        _command(one), cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    if table.exists():
        seen = _clearest(table)
    else:
        seen = next((line for line in done.stdout.splitlines() if line.startswith("FAILED")), "")
    # An error that keeps the test from running is no finding.
    return Outcome(one, bool(seen), seen or f"{done.stdout[-200:]} {done.stderr[-300:]}".strip())


def try_together(several: list[Break]) -> list[Outcome]:
    """Break a copy of the engine in several places that do not touch each other and run their tests."""
    with TemporaryDirectory() as name:
        _broken_copy(several, Path(name))
        return [_try(one, Path(name)) for one in several]


def main(arguments: list[str] | None = None) -> int:
    """Try the breaks and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.truth.breaks", description=__doc__)
    parser.add_argument(
        "--only", nargs="*", default=[""], help="only breaks whose name contains one of these"
    )
    parser.add_argument("--workers", type=int, default=2)
    chosen = parser.parse_args(arguments)

    def wanted(one: Break) -> bool:
        return any(part in one.name for part in chosen.only)

    chosen_breaks = list(filter(wanted, BREAKS))
    parts = {one.part: [each for each in chosen_breaks if each.part == one.part] for one in chosen_breaks}
    alone = parts.pop("", [])
    together = [[one for one in row if one is not None] for row in zip_longest(*parts.values())]
    together += [[one] for one in alone]
    tried = unnoticed = 0
    with ThreadPoolExecutor(chosen.workers) as pool:
        for outcomes in pool.map(try_together, together):
            for outcome in outcomes:
                tried += 1
                unnoticed += not outcome.noticed
                word = "noticed" if outcome.noticed else "NOT NOTICED"
                print(f"{outcome.one.name} | {word} by {outcome.one.noticed_by} | {outcome.seen}", flush=True)
    print(f"{tried - unnoticed} of {tried} breaks noticed")
    return 1 if unnoticed else 0


if __name__ == "__main__":
    sys.exit(main())
