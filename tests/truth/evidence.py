"""The exact results again, with a margin of 1 %: nine times the cases of the tests, at the same power.

Run with ``make evidence`` or ``python -m tests.truth.evidence``. Prints a row for every result, writes the
same to ``out/evidence.csv``, and exits with 1 if one is not reproduced. Some minutes on two cores.
"""

import argparse
import csv
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import astuple, fields
from pathlib import Path

from tests.mechanisms.collect import LIMITS
from tests.truth.equivalence import EVIDENCE_MARGIN, TEST_MARGIN, Experiment, Verdict, study
from tests.truth.queues import queues

_ROW = "{:<78} {:>12} {:>12}  {:<25} {:>6} {:>6} {:>10}  {}"


def experiments(only: str = "") -> list[Experiment]:
    """Return all experiments whose name contains `only`."""
    every = [*queues(), *LIMITS]
    return [experiment for experiment in every if only in experiment.name]


def _study(name: str, seed: int, margin: float) -> list[Verdict]:
    # Looked up by name: an experiment is a closure and cannot be sent to another process.
    (experiment,) = [experiment for experiment in experiments() if experiment.name == name]
    return study(experiment, seed, round((TEST_MARGIN / margin) ** 2), margin)


def _print(verdict: Verdict) -> None:
    interval = f"[{verdict.low:.5g}, {verdict.high:.5g}]"
    word = "equivalent" if verdict.equivalent else "NOT EQUIVALENT"
    numbers = (f"{verdict.exact:.5g}", f"{verdict.estimate:.5g}", interval, f"{verdict.margin:.0%}")
    print(_ROW.format(verdict.result, *numbers, f"{verdict.power:.3f}", verdict.cases, word), flush=True)


def main(arguments: list[str] | None = None) -> int:
    """Run the experiments and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.truth.evidence", description=__doc__)
    parser.add_argument("--margin", type=float, default=EVIDENCE_MARGIN, help="relative margin (default .01)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="only experiments whose name contains this")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--out", type=Path, default=Path("out/evidence.csv"))
    chosen = parser.parse_args(arguments)
    names = [experiment.name for experiment in experiments(chosen.only)]
    if not names:
        parser.error(f"no experiment's name contains {chosen.only!r}")
    start = time.perf_counter()
    # The first one compiles what is not compiled yet, for all.
    verdicts = _study(names[0], chosen.seed, chosen.margin)
    print(_ROW.format("result", "exact", "simulated", "90 % interval", "margin", "power", "cases", "verdict"))
    for verdict in verdicts:
        _print(verdict)
    with ProcessPoolExecutor(chosen.workers) as pool:
        rest = names[1:]
        several = pool.map(_study, rest, [chosen.seed] * len(rest), [chosen.margin] * len(rest))
        for found in several:
            verdicts += found
            for verdict in found:
                _print(verdict)
    chosen.out.parent.mkdir(parents=True, exist_ok=True)
    with chosen.out.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow([*(field.name for field in fields(Verdict)), "equivalent"])
        writer.writerows([*astuple(verdict), verdict.equivalent] for verdict in verdicts)
    missed = sum(not verdict.equivalent for verdict in verdicts)
    seconds = time.perf_counter() - start
    reached = f"{len(verdicts) - missed} of {len(verdicts)} results within the margin"
    print(f"{reached}; {seconds:.0f} s; {chosen.out}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
