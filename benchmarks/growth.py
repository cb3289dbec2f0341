"""How time and memory grow: ``python -m benchmarks.growth`` writes a table and a figure into out/growth.

Beside the times stand two bounds: one keyed draw for every resident and day, and the state written once at
the speed at which this machine copies memory.
"""

import argparse
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import pandas as pd

from benchmarks import fresh
from benchmarks.peers.draw import seconds_per_draw
from benchmarks.place import DAYS, run, year
from benchmarks.timing import clock
from benchmarks.workers import one_thread_each
from experiments.system.progress import progress_bar
from sim import load_scenario, simulate

RESIDENTS = (1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000)
COMMUNITIES = (1, 3, 10, 30, 100, 171)
RATES = (0.25, 1.0, 4.0, 16.0)
REPLICATIONS = (1, 3, 10, 30, 100)
WORKERS = (1, 2)
#: Residents of a community where their number is not what grows.
USUAL = 5_000
#: Zhejiang, census of 2020.
PROVINCE = 64_567_588
_REPEATED = 3


def main(arguments: list[str] | None = None) -> int:
    """Measure, write the table and the figure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="the smallest sizes alone; a check")
    parser.add_argument("--out", type=Path, default=Path("out/growth"), help="the folder to write")
    options = parser.parse_args(arguments)
    table = measured(options.quick)
    options.out.mkdir(parents=True, exist_ok=True)
    table.to_csv(options.out / "growth.csv", index=False, float_format="%.6g")
    figure(table).savefig(options.out / "growth.png", dpi=150)
    print(table.to_string(index=False))
    whole = table[table["grows"] == "residents"].iloc[-1]
    hours = whole["seconds"] / whole["size"] * PROVINCE / 3600.0
    memory = whole["peak_gigabytes"] / whole["size"] * PROVINCE
    print(f"by the last row, a year of a province of {PROVINCE:,}: {hours:.2f} h, {memory:.0f} GB")
    print(f"written to {options.out}")
    return 0


def measured(quick: bool) -> pd.DataFrame:
    """Return one row a measurement: what grows, its size, seconds, peak memory, and the two bounds."""
    sizes = {
        "residents": RESIDENTS,
        "communities": COMMUNITIES,
        "cases a day": RATES,
        "replications": REPLICATIONS,
        "workers": WORKERS,
    }
    if quick:
        sizes = {name: values[:2] for name, values in sizes.items()}
    draw, copied = seconds_per_draw(), _bytes_a_second()
    rows: list[dict[str, Any]] = []
    with progress_bar(sum(map(len, sizes.values())), "size") as bar:
        for row in _rows(sizes, draw, copied):
            rows.append(row)
            bar.update()
    return pd.DataFrame(rows)


def _rows(sizes: dict[str, tuple[Any, ...]], draw: float, copied: float) -> Iterator[dict[str, Any]]:
    for residents in sizes["residents"]:
        # A place holds at most half a million; communities of the usual size.
        found = fresh.answer("benchmarks.growth_child", str(residents), str(max(1, residents // USUAL)))
        yield _row("residents", residents, found, residents * DAYS * draw, 1.0 / copied)
    for communities in sizes["communities"]:
        residents = USUAL * communities
        found = fresh.answer("benchmarks.growth_child", str(residents), str(communities))
        yield _row("communities", communities, found, residents * DAYS * draw, 1.0 / copied)
    for rate in sizes["cases a day"]:
        settings = load_scenario(
            "co_governance",
            [f"county.residents={USUAL}", "warmup_days=0", f"horizon_days={DAYS}", "followup_days=0",
             f"demand.rate={rate}"],
        )  # fmt: skip
        cases = len(simulate(settings, seed=1).cases)
        seconds = median(clock(lambda: run(settings))[0] for _ in range(_REPEATED))  # noqa: B023
        yield _row("cases a day", cases / DAYS, {"seconds": seconds}, USUAL * DAYS * draw, 0.0)
    settings = year(USUAL)
    for number in sizes["replications"]:
        seconds, _ = clock(lambda: [simulate(settings, 1, n).cases for n in range(number)])  # noqa: B023
        yield _row("replications", number, {"seconds": seconds}, number * USUAL * DAYS * draw, 0.0)
    for workers in sizes["workers"]:
        with one_thread_each(), ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            sum(pool.map(_one, range(2 * workers)))
            seconds, _ = clock(lambda: sum(pool.map(_one, range(40))))
        yield _row("workers", workers, {"seconds": seconds}, 40 * USUAL * DAYS * draw / workers, 0.0)


def _row(grows: str, size: float, found: dict[str, Any], draws: float, a_byte: float) -> dict[str, Any]:
    state = found.get("state_bytes", 0)
    return {
        "grows": grows,
        "size": size,
        "seconds": found["seconds"],
        "peak_gigabytes": found.get("peak_bytes", np.nan) / 1e9,
        "seconds_of_draws": draws,
        "seconds_of_writing": state * a_byte if state else np.nan,
    }


def _one(number: int) -> int:
    return len(simulate(year(USUAL), 1, number).cases)


def _bytes_a_second() -> float:
    source, target = np.ones(25_000_000), np.empty(25_000_000)
    np.copyto(target, source)
    return source.nbytes / min(clock(lambda: np.copyto(target, source))[0] for _ in range(3))


def figure(table: pd.DataFrame) -> Any:
    """Draw a panel a size that grows, times and bounds on logarithmic axes."""
    from matplotlib.figure import Figure

    page = Figure(figsize=(7.2, 4.6), layout="constrained")
    panels = page.subplots(2, 3).ravel()
    labels = {"cases a day": "cases a day, 5,000 residents", "replications": "replications in one process"}
    for panel, (grows, rows) in zip(panels, table.groupby("grows", sort=False), strict=False):
        panel.loglog(rows["size"], rows["seconds"], "o-", color="#0b5394", label="measured")
        panel.loglog(
            rows["size"], rows["seconds_of_draws"], "--", color="#777777", label="one draw a resident-day"
        )
        panel.loglog(
            rows["size"], rows["seconds_of_writing"], ":", color="#b45f06", label="state written once"
        )
        panel.set_xlabel(labels.get(str(grows), str(grows)))
        panel.set_ylabel("seconds")
        panel.grid(alpha=0.3)
    handles, names = panels[0].get_legend_handles_labels()
    panels[-1].axis("off")
    panels[-1].legend(handles, names, loc="center", frameon=False)
    return page


if __name__ == "__main__":
    sys.exit(main())
