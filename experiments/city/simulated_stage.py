"""The simulated stage of a calibration: what the window of a file says of the city as a whole.

The direct stage knows how fast each category is closed. How closing answers to load shows only in what a
backlog does to the closings that make it, so the window is run again and again: with the file's own
requests and teams, the backlog that it shows after the first weeks, a draw of the direct stage (the next
one each time, so that its uncertainty is carried) and parameters from their prior. What of these yields
windows like the file's is the posterior.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.calibration.closing_response import SUMMARIES, Window, closing_summaries
from analysis.calibration.pace import Pace, mean_pace, pace_of
from analysis.calibration.reference_checks import verdicts
from analysis.calibration.reference_table import Posterior, Prior, ReferenceTable
from experiments.arguments.run_plan import ExecutorChoice
from experiments.city.bounds import RunCity
from experiments.city.demand import Assigned, Demand, practice_rows, with_teams
from experiments.city.reference_runs import KeptRuns, Run, made_table
from sim.city.draw import CityDraw

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

#: What the whole city has in common. The share of closings that are so on paper only leaves no trace in a
#: file without reopenings: it stands here so that its posterior says so.
CITY_PARAMETERS = (
    Prior("gamma", 0.0, 1.0, 0.0),
    Prior("weekly_cv", 0.0, 1.0, 0.0),
    Prior("mobilisation", 0.0, 1.0, 0.0),
    Prior("put_off", 0.0, 1.0, 0.0),
    Prior("due_effect", -0.5, 1.5, 0.0),
    Prior("paper_share", 0.0, 0.5, 0.0),
)
_IN_A_DRAW = ("gamma", "mobilisation", "put_off", "due_effect")
#: Runs of a table: within half an hour of two cores on a city of fifty thousand requests.
RUNS = 3400
#: Days at the beginning of a file that lack the backlog from before it.
BURN_IN_DAYS = 28


@dataclass(frozen=True, eq=False)
class TrainingWindow:
    """The part of a file that is run again.

    Parameters
    ----------
    demand
        Requests open at its start and opened in it; it starts where it is measured.
    team
        Of each request, by the file: a code into the city's teams.
    closed
        When each was closed, infinite where that was not seen.
    urgent
        Whether each is urgent.
    """

    demand: Demand
    team: Ints
    closed: Floats
    urgent: npt.NDArray[np.bool_]


def window_of(window: TrainingWindow, city: Assigned, closed: Floats) -> Window:
    """Return the window with these closings, as the summaries read it."""
    demand = window.demand
    return Window(
        opened=demand.opened,
        closed=np.where(np.isnan(closed), np.inf, closed),
        due=demand.due,
        team=window.team,
        category=city.requests.category,
        urgent=window.urgent,
        start=int(demand.origin),
        end=int(demand.end),
    )


def _city(window: TrainingWindow, draw: CityDraw) -> Assigned:
    """Return the city with the file's own teams."""
    return with_teams(draw, window.demand, practice_rows(draw, window.demand), window.team)


def observed_summaries(window: TrainingWindow, draws: Sequence[CityDraw]) -> Floats:
    """Return the summaries of the file itself, against the mean pace of the direct stage."""
    cities = [_city(window, draw) for draw in draws]
    pace = mean_pace([city.draw for city in cities], window.demand.monday, *_days(window.demand))
    return closing_summaries(window_of(window, cities[0], window.closed), pace)


def with_city_values(draw: CityDraw, values: Mapping[str, float]) -> CityDraw:
    """Return the draw with these values of the whole city.

    A weekly variation is the mean of the teams'; they keep their proportions to each other.
    """
    known: dict[str, object] = {name: values[name] for name in _IN_A_DRAW if name in values}
    if "weekly_cv" in values:
        mean = float(draw.weekly_cv.mean())
        pattern = draw.weekly_cv / mean if mean > 0.0 else np.ones(len(draw.teams))
        known["weekly_cv"] = values["weekly_cv"] * pattern
    return draw.with_values(**known)


def prepare(
    window: TrainingWindow, draws: Sequence[CityDraw], seed: int, run_city: RunCity | None = None
) -> Run:
    """Return the run of one row of the table; `run_city` stands in for the engine in tests."""
    if run_city is None:
        from sim.city_run import run_city as engine

        run_city = engine
    demand = window.demand
    cities, paces = dict[int, Assigned](), dict[int, Pace]()

    def run(row: int, parameters: Floats) -> Floats:
        number = row % len(draws)
        if number not in cities:
            cities[number] = _city(window, draws[number])
            paces[number] = pace_of(cities[number].draw, demand.monday, *_days(demand))
        values = dict(zip((prior.name for prior in CITY_PARAMETERS), parameters.tolist(), strict=True))
        city = cities[number]
        closed = run_city(with_city_values(city.draw, values), city.requests, demand.end, seed, row)
        return closing_summaries(window_of(window, city, closed), paces[number])

    return run


def _days(demand: Demand) -> tuple[int, int]:
    """Return the first and last day on which anything of a window happens."""
    return int(np.floor(min(demand.origin, demand.opened.min(initial=demand.origin)))), int(demand.end) + 1


def simulated_table(
    window: TrainingWindow,
    draws: Sequence[CityDraw],
    seed: int,
    choice: ExecutorChoice,
    kept: KeptRuns | None = None,
    rows: int = RUNS,
    run_city: RunCity | None = None,
) -> ReferenceTable:
    """Return the table of runs; what is kept is not run again."""
    arguments = (window, tuple(draws), seed, run_city)
    return made_table(CITY_PARAMETERS, SUMMARIES, rows, seed, prepare, arguments, choice, kept)


@dataclass(frozen=True, eq=False)
class SimulatedStage:
    """What came of it.

    Parameters
    ----------
    posterior
        Of the parameters of the whole city.
    identified
        Prior against posterior, a row a parameter, with a verdict.
    """

    table: ReferenceTable
    posterior: Posterior
    identified: pd.DataFrame


def simulated_stage(
    window: TrainingWindow, draws: Sequence[CityDraw], table: ReferenceTable
) -> SimulatedStage:
    """Return the posterior given the file's own summaries."""
    posterior = table.posterior(observed_summaries(window, draws))
    return SimulatedStage(table, posterior, verdicts(posterior))


def against_direct(stage: SimulatedStage, direct: Mapping[str, Floats]) -> pd.DataFrame:
    """Return the two stages side by side where both know a parameter.

    Parameters
    ----------
    direct
        Draws of the direct stage by name; of the weekly variation, of teams' mean.

    Returns
    -------
    DataFrame
        A row a parameter: parameter, direct_mean, direct_sd, simulated_mean, simulated_sd, apart
        (difference of the means over the standard deviation of a difference).
    """
    posterior = stage.posterior
    mean = posterior.mean()
    sd = np.sqrt(posterior.weights @ (posterior.values - mean) ** 2)
    rows = []
    for k, prior in enumerate(posterior.priors):
        if prior.name not in direct:
            continue
        values = np.asarray(direct[prior.name], dtype=float)
        spread = float(np.hypot(values.std(), sd[k]))
        rows.append(
            {
                "parameter": prior.name,
                "direct_mean": float(values.mean()),
                "direct_sd": float(values.std()),
                "simulated_mean": float(mean[k]),
                "simulated_sd": float(sd[k]),
                "apart": float((values.mean() - mean[k]) / spread) if spread > 0.0 else float("nan"),
            }
        )
    return pd.DataFrame(rows)


def training_window(
    *,
    monday: date,
    until: int,
    opened: Floats,
    closed: Floats,
    due: Floats,
    category: Ints,
    categories: tuple[str, ...],
    team: Ints,
    urgent: npt.NDArray[np.bool_],
    burn_in_days: int = BURN_IN_DAYS,
) -> TrainingWindow:
    """Return the window of a file's requests, of which no closing from `until` on is seen.

    Parameters
    ----------
    monday, until
        Time 0, and the day from which on nothing is known.
    opened, closed, due
        In days since time 0; closed is NaN where it was not seen.
    category, team
        Codes, the teams' into those of the calibrated city.
    urgent
        Whether each category is.
    """
    # At least four weeks are measured, however short the file.
    start = max(0, min(burn_in_days, until - 4 * 7))
    with np.errstate(invalid="ignore"):
        here = (opened < until) & ~(closed < start)
    known = np.where(closed < until, closed, np.inf)
    demand = Demand(
        monday=monday,
        origin=float(start),
        start=float(start),
        end=float(until),
        opened=opened[here],
        due=due[here],
        row=np.arange(len(opened), dtype=np.int64)[here],
        work_hours=np.full(int(here.sum()), 1.0),
        category=category[here].astype(np.int64),
        categories=categories,
        organisations=np.ones(len(categories), dtype=np.int64),
    )
    return TrainingWindow(demand, team[here].astype(np.int64), known[here], urgent[category[here]])
