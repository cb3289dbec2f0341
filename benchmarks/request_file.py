"""A city's file of a million requests, imported: seconds and memory of a fresh process."""

import csv
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter

import numpy as np

from benchmarks import fresh
from benchmarks.rows import Goal, Row
from benchmarks.timing import Spread

ROWS = 1_000_000
_HEADER = (
    "case_id", "opened", "closed", "due", "status", "category", "group", "department", "team", "source",
    "district", "lat", "lon", "on_time",
)  # fmt: skip


def write_file(path: Path, rows: int, seed: int = 1) -> None:
    """Write made-up requests of two years in 14 columns, some 200 bytes a row."""
    draw = np.random.default_rng(seed)
    start = datetime(2022, 1, 3)
    opened = np.sort(draw.uniform(0, 728, rows))
    age = draw.exponential(6.0, rows)
    kind, place, channel = draw.integers(0, 150, rows), draw.integers(0, 25, rows), draw.integers(0, 4, rows)
    lat, lon = draw.uniform(42.2, 42.4, rows), draw.uniform(-71.2, -71.0, rows)
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(_HEADER)
        for n in range(rows):
            at = start + timedelta(days=opened[n])
            ended = at + timedelta(days=age[n])
            due = at + timedelta(days=int(kind[n]) % 9 + 1)
            times = [f"{time:%Y-%m-%d %H:%M:%S}" for time in (at, ended, due)]
            closed = times[1] if n % 16 else ""
            writer.writerow(
                (
                    101000000000 + n, times[0], closed, times[2], "Closed" if closed else "Open",
                    f"Category of requests {kind[n]}", f"Group {kind[n] // 10}",
                    f"Department {kind[n] // 30}",
                    f"Department {kind[n] // 30}, crew {kind[n] // 5}",
                    ("Constituent Call", "Self Service", "Citizens App", "Employee Generated")[channel[n]],
                    f"District {place[n]}", f"{lat[n]:.4f}", f"{lon[n]:.4f}",
                    "ONTIME" if ended < due else "OVERDUE",
                )
            )  # fmt: skip


def measure(quick: bool = False) -> list[Row]:
    """Import the file in fresh processes."""
    rows, repetitions = (20_000, 1) if quick else (ROWS, 3)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "requests.csv"
        write_file(file, rows)
        answers = [
            fresh.answer("benchmarks.request_file", str(file), str(Path(folder) / f"out{number}"))
            for number in range(repetitions)
        ]
        megabytes = file.stat().st_size / 1e6
    what = f"cogov import of {rows:,} rows in {len(_HEADER)} columns ({megabytes:.0f} MB), all files written"
    account = f"{answers[0]['rows']:,} rows in account.csv"
    return [
        Row(
            key="import_time",
            work=what,
            peer="",
            figure=Spread.of([answer["seconds"] for answer in answers]),
            unit="s",
            goal=None if quick else Goal(20.0, 12.0, more_is_better=False),
            check=account,
            parts={"reading it with csv alone": Spread.of([answer["csv"] for answer in answers])},
        ),
        Row(
            key="import_memory",
            work="most memory held by that process",
            peer="",
            figure=Spread.of([answer["peak_bytes"] / 1e9 for answer in answers]),
            unit="GB",
            goal=None if quick else Goal(1.5, 1.0, more_is_better=False),
            check=account,
        ),
    ]


def _child(file: str, out: str) -> dict[str, float]:
    """Import the file, and read it once more with Python's own reader."""
    from experiments import cli

    start = perf_counter()
    if cli.main(["import", file, f"out={out}"]):
        raise RuntimeError("the import failed")
    seconds, peak = perf_counter() - start, fresh.peak_memory_bytes()
    start = perf_counter()
    with Path(file).open(encoding="utf-8", newline="") as handle:
        read = sum(1 for _ in csv.reader(handle))
    alone = perf_counter() - start
    with (Path(out) / "account.csv").open(encoding="utf-8") as handle:
        rows = sum(int(line[1]) for line in list(csv.reader(handle))[1:])
    assert rows == read - 1
    return {"seconds": seconds, "peak_bytes": peak, "csv": alone, "rows": rows}


if __name__ == "__main__":
    import json

    print(json.dumps(_child(*sys.argv[1:])))
