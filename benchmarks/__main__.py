"""Print the table of benchmarks and write it to a file: ``python -m benchmarks [--quick] [--only KEY …]``."""

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks import (
    adoption,
    adoption_peers,
    arms,
    dashboard,
    machine,
    place,
    queue,
    queue_peers,
    request_file,
    staffing,
    start,
    workers,
)
from benchmarks.rows import LeftOut, Row, line

MEASURES: dict[str, Callable[[bool], Sequence[Row | LeftOut]]] = {
    "queue": queue.measure,
    "queue_peers": queue_peers.measure,
    "adoption": adoption.measure,
    "adoption_peers": adoption_peers.measure,
    "resident_day": place.resident_day,
    "county": place.county,
    "compare": arms.compare,
    "cell": arms.cell,
    "workers": workers.measure,
    "start": start.measure,
    "staffing": staffing.measure,
    "import": request_file.measure,
    "dashboard": dashboard.measure,
}


def main(arguments: list[str] | None = None) -> int:
    """Measure, print and write; return 1 if a row could not be measured or missed its goal."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Time cogov against its peers.")
    parser.add_argument("--quick", action="store_true", help="smaller work on both sides; a check")
    parser.add_argument("--only", nargs="+", choices=MEASURES, metavar="KEY", help=", ".join(MEASURES))
    parser.add_argument("--out", type=Path, default=Path("out/bench.json"), help="the file to write")
    options = parser.parse_args(arguments)

    described = machine.describe()
    print("; ".join(f"{name} {value}" for name, value in described.items()))
    if options.quick:
        print("quick: smaller work on both sides; these figures are not for quoting")
    rows: list[Row] = []
    left_out: list[LeftOut] = []
    failed: dict[str, str] = {}
    for key in options.only or MEASURES:
        started = time.perf_counter()
        try:
            measured = MEASURES[key](options.quick)
        except Exception as error:  # one row that fails must not cost the others
            failed[key] = f"{type(error).__name__}: {error}"
            print(f"\n{key}: NOT MEASURED: {failed[key]}", flush=True)
            continue
        for row in measured:
            if isinstance(row, LeftOut):
                left_out.append(row)
                print(f"\n{row.peer}: left out: {row.why}", flush=True)
            else:
                rows.append(row)
                print(f"\n{line(row)}", flush=True)
        print(f"    [{key} took {time.perf_counter() - started:.0f} s]", flush=True)

    written = {
        "machine": described,
        "quick": options.quick,
        "rows": [row.as_dict() for row in rows],
        "left_out": {one.peer: one.why for one in left_out},
        "not_measured": failed,
    }
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(written, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"\nwritten to {options.out}")
    missed = any(row.goal and row.goal.verdict(row.figure.median) == "MISSED" for row in rows)
    return 1 if failed or missed else 0


if __name__ == "__main__":
    sys.exit(main())
