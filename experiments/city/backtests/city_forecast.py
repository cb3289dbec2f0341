"""The calibrated city as a method of forecasting: one run of the engine for each draw of the posterior."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.forecasts.window import Asked, Forecast, Known
from experiments.arguments.run_plan import ExecutorChoice
from experiments.executors.workers import Workers
from experiments.runs.simulation import default_simulate
from experiments.system.progress import progress_bar
from sim.parameters.scenario import Scenario
from sim.request_file.loading import RequestStream
from sim.scenario.loading import load_scenario

#: Returns the folder of a city calibrated on what is known at a date.
Calibrated = Callable[[date], Path]


class Closings(NamedTuple):
    """What one run says: row in the file, opening and closing, in days since the run's time 0."""

    row: npt.NDArray[np.int64]
    arisen_at: npt.NDArray[np.float64]
    closed_at: npt.NDArray[np.float64]


@dataclass(frozen=True)
class CityForecast:
    """Forecasts by simulating the calibrated city, the starting backlog included."""

    stream: RequestStream
    calibrated: Calibrated
    choice: ExecutorChoice
    overrides: Sequence[str] = ()
    name: str = "calibrated"

    def scenario(self, origin: date, until: date) -> Scenario:
        """Return the scenario of the forecast of what is opened from an origin to before a date."""
        own = {
            "demand.stream": self.stream.file,
            "demand.mapping": self.stream.mapping_file,
            "city.folder": str(self.calibrated(origin)),
            "city.origin": origin.isoformat(),
            "city.until": until.isoformat(),
        }
        return load_scenario("city", [*(f"{key}={value}" for key, value in own.items()), *self.overrides])

    def forecast(self, known: Known, asked: Asked, draws: int, seed: int) -> Forecast:
        """Draw days to closing of those asked and of the starting backlog."""
        origin = self.stream.start_date + timedelta(days=int(known.origin))
        # No further than what is asked: who comes later is not known to other methods either.
        until = self.stream.start_date + timedelta(days=int(asked.arisen_at.max()) + 1)
        scenario = self.scenario(origin, until)
        # A run begins on the Monday on or before the origin.
        shift = float(origin.weekday())
        waiting = known.row[known.open]
        days = np.empty((draws, len(asked.row)), dtype=np.float32)
        left = np.empty((draws, len(waiting)), dtype=np.float32)
        for draw, run in enumerate(simulated(scenario, seed, draws, self.choice)):
            closed = np.where(np.isnan(run.closed_at), np.inf, run.closed_at)
            days[draw] = of_rows(run.row, closed - run.arisen_at, asked.row)
            left[draw] = np.maximum(0.0, of_rows(run.row, closed - shift, waiting))
        return Forecast(days, left)


def of_rows(
    rows: npt.NDArray[np.int64], values: npt.NDArray[np.float64], wanted: npt.NDArray[np.int64]
) -> npt.NDArray[np.float64]:
    """Return the value of each row wanted.

    Raises
    ------
    KeyError
        If a row is not there.
    """
    order = np.argsort(rows)
    at = order[np.minimum(np.searchsorted(rows, wanted, sorter=order), len(rows) - 1)]
    if not np.array_equal(rows[at], wanted):
        raise KeyError(int(wanted[rows[at] != wanted][0]))
    return values[at]


def simulated(scenario: Scenario, seed: int, draws: int, choice: ExecutorChoice) -> list[Closings]:
    """Return the closings of each draw, in order."""
    found = []
    with progress_bar(draws, "draw") as bar:
        # The first one here: it compiles, so that several workers need not.
        here = draws if choice.executor == "serial" else 1
        for draw in range(here):
            found.append(closings(scenario, seed, draw))
            bar.update()
        with Workers(min(choice.jobs, draws), _begin, (scenario, seed)) as workers:
            for one in workers.in_order(_work, range(here, draws)):
                found.append(one)
                bar.update()
    return found


def closings(scenario: Scenario, seed: int, draw: int) -> Closings:
    """Simulate one draw."""
    cases = default_simulate()(scenario, seed=seed, replication=draw).cases
    return Closings(*(cases[name].to_numpy() for name in Closings._fields))


_worker: dict[str, Any] = {}


def _begin(scenario: Scenario, seed: int) -> None:
    _worker.update(scenario=scenario, seed=seed)


def _work(draw: int) -> Closings:
    return closings(_worker["scenario"], _worker["seed"], draw)
