"""A process simulator, Prosimos, asked what a backtest asks.

Run as ``python -m benchmarks.peers.process_simulator FILE``. Needs its environment (``make peers``) and a
city's file of requests; docs/backtest.md says what came of it.
"""

import argparse
import sys
import tempfile
from datetime import date
from pathlib import Path

import numpy as np

from analysis.forecasts.scores import CITY, HORIZON_DAYS, largest, score_table
from analysis.forecasts.window import Forecast, Window, day_of, window_of
from benchmarks.peers.environments import Peer, missing, version
from experiments.city.backtests.work import RIVALS
from experiments.city.keys import request_file
from experiments.system.progress import progress_bar

PACKAGE, GROUP = "prosimos", "peers-process"
READINGS = ("one_at_a_time", "all_at_once", "all_at_once_censored")
BESIDE = ("kaplan_meier", "lognormal")


def main(arguments: list[str] | None = None) -> int:
    """Forecast with the process simulator and two rivals, print means over categories, write all scores."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers.process_simulator", description=__doc__)
    parser.add_argument("file", help="a city's requests")
    parser.add_argument("--mapping", default="null", help="a mapping, as for demand.mapping")
    parser.add_argument("--origin", type=date.fromisoformat, default=date(2011, 11, 1))
    parser.add_argument("--until", type=date.fromisoformat, default=date(2012, 1, 1))
    parser.add_argument("--draws", type=int, default=12, help="20 s to 100 s each, of any method as many")
    parser.add_argument("--without", default="Schedule a Bulk Item Pickup", help="a category left out once")
    parser.add_argument("--out", type=Path, default=Path("out/process_simulator.csv"))
    asked = parser.parse_args(arguments)
    if version(PACKAGE, GROUP) is None:
        print(f"Prosimos: left out: {missing(PACKAGE, GROUP)}")
        return 1
    stream = request_file({"demand.stream": asked.file, "demand.mapping": asked.mapping})
    window = window_of(stream, day_of(stream, asked.origin), day_of(stream, asked.until))
    found = [
        (name, RIVALS[name].forecast(window.known, window.asked, asked.draws, seed=1)) for name in BESIDE
    ]
    with progress_bar(len(READINGS), "reading") as bar:
        for reading in READINGS:
            found.append((reading, process_forecast(window, reading, asked.draws)))
            bar.update()
    parts = [(name, [(window, forecast)]) for name, forecast in found]
    table = score_table(parts, largest([window], 10), HORIZON_DAYS)
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    table.to_csv(asked.out, index=False)
    for name, rows in table.groupby("method", sort=False):
        ten, city = rows[rows.category != CITY], rows[rows.category == CITY]
        few = ten[ten.category != asked.without]
        print(
            f"{name}: KS {ten.ks.mean():.3f}, without {asked.without} {few.ks.mean():.3f}; "
            f"share in 7 d {ten.e7.abs().mean():.3f}; "
            f"CRPS {ten.crps.mean():.2f}, all requests {city.crps.mean():.2f}; "
            f"covered {ten.coverage_closings.mean():.2f} and {ten.coverage_backlog.mean():.2f}"
        )
    print(f"written to {asked.out}")
    return 0


def process_forecast(window: Window, reading: str, draws: int) -> Forecast:
    """Return the forecast of the process simulator, in a process of its own."""
    known = window.known
    with tempfile.TemporaryDirectory() as name:
        held, out = Path(name) / "known.npz", Path(name) / "drawn.npz"
        np.savez(
            held,
            origin=known.origin,
            arisen_at=known.arisen_at,
            closed_at=known.closed_at,
            category=known.category,
            team=known.team,
            asked_at=window.asked.arisen_at,
            asked_category=window.asked.category,
        )
        peer = Peer("process_prosimos", GROUP)
        try:
            peer.ask(known=str(held), reading=reading, draws=draws, out=str(out))
        finally:
            peer.close()
        with np.load(out) as drawn:
            return Forecast(drawn["days"], drawn["backlog"])


if __name__ == "__main__":
    sys.exit(main())
