"""One simulated year of one team, reduced to a few numbers and the open cases of each day."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from experiments.staffing.question import Target
from sim.engine.tables.cases import SHELVED
from sim.engine.tables.staff import CADRE_KINDS
from sim.parameters.scenario import Scenario

EVENTS = {"wait": "service_started_at", "first_response": "first_response_at", "resolution": "solved_at"}
_WEEKS = 1.0 / 7.0
#: The measure of a run of which only the open cases by day are wanted, as the run store takes it.
OPEN_BY_DAY = f"{__name__}:open_by_day"


class Year(NamedTuple):
    """What a year says of a team. Hours are of the whole run, a week; `mean_days` leaves nobody out.

    `share`: of the reports of the counting window met in time, or NaN if there were none. `mean_days`: until
    the event, at most the follow-up's length for those still waiting. `paperwork_hours`: not for cases.
    `utilisation_…`: of each kind of staff, NaN where there is nobody of it.
    """

    share: float
    reports: int
    mean_days: float
    utilisation: float
    unit_utilisation: float
    demanded_hours: float
    available_hours: float
    paperwork_hours: float
    utilisation_community_worker: float = np.nan
    utilisation_grid_worker: float = np.nan
    utilisation_embedded: float = np.nan


def reference(target: Target) -> str:
    """Return the name of the measure for a target, as the run store takes it; without the share asked for."""
    return f"{__name__}:for_target({target.metric},{target.within_days!r},{target.clock})"


def for_target(metric: str, within_days: str, clock: str) -> Callable[[Any], dict[str, float]]:
    """Return the measure that `reference` names: a `Year`, and the open cases by day."""
    target = Target(metric, float(within_days), clock, share=0.0, confidence=0.0)

    def measure(records: Any) -> dict[str, float]:
        year = {name: float(value) for name, value in measured_year(records, target)._asdict().items()}
        return year | open_by_day(records)

    return measure


class CountedYear(NamedTuple):
    """What a year says of a team whatever the target: reports of the counting window, and hours.

    `reported` and each of `events` are days since the start, one for every report; an event that never came
    is NaN. `end`: when the run ended. `hours` are the fields of `Year` that no target moves.
    """

    reported: npt.NDArray[np.float64]
    events: dict[str, npt.NDArray[np.float64]]
    end: float
    hours: dict[str, float]


def measured_year(records: Any, target: Target) -> Year:
    """Measure a simulated year."""
    return against(counted_year(records), records.settings, target)


def counted_year(records: Any) -> CountedYear:
    """Reduce a simulated year to what every target is measured by.

    Every need of the counting window that was reported counts, the unanswered as late.
    """
    scenario = records.settings
    state = records.built.state
    arisen, reported = state.need["arisen_at"], state.case["reported_at"]
    first, end = scenario.warmup_days, float(state.clock["day"][0])
    counted = (arisen >= first) & (arisen < first + scenario.horizon_days) & ~np.isnan(reported)
    weeks = end * _WEEKS
    staff = records.cadres
    hours = [name for name in staff.columns if name.startswith("hours_") and name != "hours_available"]
    each, room = staff[hours].to_numpy(float).sum(axis=1), staff["hours_available"].to_numpy(float)
    demanded, available = float(each.sum()), float(room.sum())
    kinds = {kind: (staff["kind"] == kind).to_numpy() for kind in CADRE_KINDS}
    busy = {
        f"utilisation_{kind}": float(each[mine].sum() / room[mine].sum())
        for kind, mine in kinds.items()
        if room[mine].sum() > 0.0
    }
    events = {name: state.case[column][counted] for name, column in EVENTS.items()}
    told = {
        "utilisation": demanded / available if available else np.inf,
        "unit_utilisation": _unit_utilisation(records, scenario),
        "demanded_hours": demanded / weeks,
        "available_hours": available / weeks,
        "paperwork_hours": _paperwork_hours(scenario, staff.shape[0], state, end) / weeks,
        **busy,
    }
    return CountedYear(reported[counted], events, end, told)


def against(year: CountedYear, scenario: Scenario, target: Target) -> Year:
    """Measure a counted year by a target.

    Left out is only what cannot be judged: reported so late that the run ends before the time allowed is
    over, and unanswered.
    """
    start = year.reported
    days = _between(scenario, target, start, year.events[target.metric])
    left = _between(scenario, target, start, np.full(start.shape, year.end))
    known = ~np.isnan(days) | (left >= target.within_days)
    met = days <= target.within_days * (1.0 + 1e-12)
    limit = max(float(scenario.followup_days), target.within_days)
    mean = np.minimum(np.where(np.isnan(days), np.inf, days), limit)[known]
    share = int(met[known].sum()) / max(1, int(known.sum()))
    return Year(
        share=share if known.any() else np.nan,
        reports=int(known.sum()),
        mean_days=float(mean.mean()) if mean.size else np.nan,
        **year.hours,
    )


def _between(scenario: Scenario, target: Target, start: Any, stop: Any) -> Any:
    if target.clock == "calendar":
        return stop - start
    from analysis.inputs.working_day_clock import WorkingClock

    return WorkingClock.from_settings(scenario).between(start, stop)


def _unit_utilisation(records: Any, scenario: Scenario) -> float:
    """Return the busiest unit's hours for communities over those its officers have for them."""
    state = records.built.state
    if state.unit.shape[0] == 0:
        return 0.0
    pool = state.pool[state.unit["pool"]]
    days = int(state.clock["day"][0])
    room = pool["server_count"] * pool["speed"] * float(state.worked[days])
    with np.errstate(divide="ignore", invalid="ignore"):
        busy = np.where(room > 0.0, state.unit["hours"] / room, 0.0)
    return float(busy.max())


def _paperwork_hours(scenario: Scenario, staff: int, state: Any, days: float) -> float:
    """Return the hours that staff who are there give to reporting."""
    if scenario.verification.mode != "none":
        return 0.0
    from sim.initial_state import presence
    from sim.scenario.compiled_parameters import paperwork

    return float(staff * presence(scenario) * paperwork(scenario) * state.worked[int(days)])


def open_cases(records: Any) -> npt.NDArray[np.int64]:
    """Return the reported cases not ended at the start of each day, without those that end on the shelf."""
    case = records.built.state.case
    days = int(records.built.state.clock["day"][0])
    counted = case["status"] != SHELVED
    started, ended = case["reported_at"], case["closed_at"]
    if not counted.all():
        started, ended = started[counted], ended[counted]
    never = np.isnan(started)
    if never.any():
        started, ended = started[~never], ended[~never]

    def by_day(times: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
        # Not a time or later than the run: a day after the last.
        there = np.fmin(np.ceil(times), days + 1.0).astype(np.int64)
        return np.cumsum(np.bincount(there, minlength=days + 2)[: days + 1])

    return by_day(started) - by_day(ended)


def open_by_day(records: Any) -> dict[str, float]:
    """Return the open cases of a run as the run store keeps them."""
    found = open_cases(records)
    return dict(zip(columns(len(found)), map(float, found), strict=True))


def columns(days: int) -> list[str]:
    """Return what the first `days` days' columns are called in the run store."""
    return [f"open_{day}" for day in range(days)]
