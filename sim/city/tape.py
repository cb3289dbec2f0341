"""Which requests of a file a calibrated city has to deal with: the starting backlog, and what is to come.

Nothing that happened from the origin on is looked at, but that requests were made: no closing, and not the
team, which the file names as it was in the end.
"""

import functools
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np

from sim.city.draw import ALWAYS, ANY_CATEGORY, CityDraw, CityRequests
from sim.city.folder import read_city
from sim.errors import InputError
from sim.parameters.scenario import Scenario
from sim.request_file.requests import RequestStream

FOLLOWUP_DAYS = 180
_PER_REQUEST = (
    "row", "category", "channel", "place", "unit", "organisations", "level", "work_hours", "urgent", "desk",
    "helpable", "team", "latitude", "longitude",
)  # fmt: skip


def origin_of(scenario: Scenario) -> date:
    """Return the day from which on nothing is known."""
    if scenario.city.origin is not None:
        return date.fromisoformat(scenario.city.origin)
    assert scenario.city.folder is not None
    return read_city(scenario.city.folder).origin


def city_stream(scenario: Scenario) -> RequestStream:
    """Return the requests of a run, the backlog and what comes; time 0 is the Monday on or before the origin.

    Raises
    ------
    InputError
        If there is none.
    """
    assert scenario.demand.stream is not None
    from sim.request_file.loading import cached_stream

    stream = cached_stream(scenario.demand.stream, scenario.demand.mapping)
    until = date.fromisoformat(scenario.city.until) if scenario.city.until else None
    return _selected(stream, origin_of(scenario), until)


@functools.lru_cache(maxsize=8)
def _selected(stream: RequestStream, origin: date, until: date | None) -> RequestStream:
    start = origin - timedelta(days=origin.weekday())
    shift = float((start - stream.start_date).days)
    opened, closed = stream.arisen_at - shift, stream.closed_at - shift
    from_origin = float((origin - start).days)
    before_end = np.inf if until is None else float((until - start).days)
    to_come = (opened >= from_origin) & (opened < before_end)
    backlog = (opened < from_origin) & ~(closed < from_origin)
    if not to_come.any():
        span = f"{origin} to {until or 'the end'}"
        hint = f"the file has no request from {span}"
        raise InputError("city.origin", origin.isoformat(), "a date within the file", stream.file, hint)
    keep = np.flatnonzero(to_come | backlog)
    columns: dict[str, Any] = {name: getattr(stream, name)[keep] for name in _PER_REQUEST}
    columns["arisen_at"] = opened[keep]
    columns["due_at"] = (stream.due_at - shift)[keep]
    # Closings are left out, so that nothing can look at them.
    columns["closed_at"] = np.full(keep.shape[0], np.nan)
    for values in columns.values():
        values.setflags(write=False)
    return replace(stream, start_date=start, **columns)


def practice_rows(draw: CityDraw, stream: RequestStream) -> np.ndarray:
    """Return for each request the row of practice in the draw: by its category and the day of its opening."""
    rows = np.zeros(stream.arisen_at.shape[0], np.int64)
    of_name: dict[str, list[int]] = {}
    for row, name in enumerate(draw.categories):
        of_name.setdefault(name, []).append(row)
    first = np.array([of_name.get(name, of_name[ANY_CATEGORY])[0] for name in stream.categories])
    rows[:] = first[stream.category]
    for row, (name, since) in enumerate(zip(draw.categories, draw.since, strict=True)):
        if since > ALWAYS:
            mine = first[stream.category] == of_name[name][0]
            rows[mine & (stream.arisen_at >= (since - stream.start_date).days)] = row
    return rows


def requests_of(draw: CityDraw, stream: RequestStream, origin: date) -> CityRequests:
    """Return the requests of a run as the engine takes them."""
    return CityRequests(
        start=stream.start_date,
        origin=float((origin - stream.start_date).days),
        opened=stream.arisen_at,
        category=practice_rows(draw, stream),
        row=stream.row,
        due_at=stream.due_at,
        work_hours=stream.work_hours,
    )


def follow_city(scenario: Scenario, chosen: set[str]) -> Scenario:
    """Return the scenario with its calendar and, of its window, what is not `chosen`, as its dates say.

    Raises
    ------
    InputError
        If a file or a folder cannot be used, or a date does not fit.
    """
    c = scenario.city
    if scenario.demand.stream is None:
        raise InputError("demand.stream", None, "the request file of the city, where city.folder is set")
    if scenario.verification.mode != "none":
        raise InputError("city.folder", c.folder, f"null with verification.mode={scenario.verification.mode}")
    assert c.folder is not None
    city = read_city(c.folder)
    if c.draw is not None and c.draw >= city.draws:
        raise InputError("city.draw", c.draw, f"a number from 0 to {city.draws - 1}, as the folder has")
    stream, origin = city_stream(scenario), origin_of(scenario)
    from_origin = (origin - stream.start_date).days
    end = int(np.floor(stream.arisen_at[-1])) + 1
    if c.until is not None:
        end = (date.fromisoformat(c.until) - stream.start_date).days
    window = {
        "warmup_days": from_origin,
        "horizon_days": end - from_origin,
        "followup_days": FOLLOWUP_DAYS,
    }
    changes: dict[str, object] = {key: value for key, value in window.items() if key not in chosen}
    start = stream.start_date.isoformat()
    changes["calendar"] = scenario.calendar.model_copy(update={"start_date": start})
    changed = scenario.model_copy(update=changes)
    days = changed.warmup_days + changed.horizon_days + changed.followup_days
    if days < end:
        allowed = f"a run of at least {end} days (warmup + horizon + followup), to hold the requests"
        raise InputError("horizon_days", changed.horizon_days, allowed)
    return changed
