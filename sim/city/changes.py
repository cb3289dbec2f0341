"""What a scenario changes of a calibrated city: staff, merged teams, priorities, single values."""

from collections.abc import Iterable
from datetime import date

import numpy as np

from sim.city.draw import CityDraw
from sim.city.folder import read_city
from sim.errors import InputError, did_you_mean
from sim.parameters.scenario import Scenario


def draw_of(scenario: Scenario, replication: int) -> CityDraw:
    """Return the values of one run: a draw of the posterior, with what the scenario changes of it.

    Raises
    ------
    InputError
        If the scenario names a draw, a team or a category that the folder does not have.
    """
    c = scenario.city
    assert c.folder is not None
    city = read_city(c.folder)
    if c.draw is not None and c.draw >= city.draws:
        raise InputError("city.draw", c.draw, f"a number from 0 to {city.draws - 1}, as the folder has")
    draw = city.draw(replication % city.draws if c.draw is None else c.draw)
    own = {
        name: getattr(c, name)
        for name in ("gamma", "mobilisation", "put_off", "due_effect")
        if getattr(c, name) is not None
    }
    exponential = c.work == "exponential"
    draw = draw.with_values(
        **own,
        weekly_cv=draw.weekly_cv * c.weekly_noise,
        staff_ratio=_staff(scenario, draw),
        staff_since=date.fromisoformat(c.staff_from) if c.staff_from else None,
        weight=_weights(scenario, draw),
        order=c.order,
        week_hours=c.week_hours,
        work_cv=-1.0 if exponential else scenario.demand.work_cv,
    )
    at_work = np.zeros(len(draw.teams), np.int64)
    for team, number in c.officers.items():
        at_work[_index(f"city.officers.{team}", team, draw.teams, "team")] = number
    return _merged(scenario, draw.with_values(officers=at_work))


def team_names(scenario: Scenario) -> tuple[str, ...]:
    """Return the names of the teams by their number."""
    assert scenario.city.folder is not None
    return read_city(scenario.city.folder).frame.teams


def _staff(scenario: Scenario, draw: CityDraw) -> np.ndarray:
    ratio = np.ones(len(draw.teams))
    for team, staff in scenario.city.staff.items():
        key = f"city.staff.{team}"
        k = _index(key, team, draw.teams, "team")
        if isinstance(staff, str):
            officers = float(draw.usual_officers[k]) if draw.usual_officers.shape[0] else 0.0
            if officers <= 0:
                hint = "how many officers it had is not in the folder"
                raise InputError(key, staff, "a factor, such as 1.5", hint=hint)
            ratio[k] = max(0.0, officers + float(staff)) / officers
        else:
            ratio[k] = staff
    return ratio


def _weights(scenario: Scenario, draw: CityDraw) -> np.ndarray:
    weight = np.ones(len(draw.categories))
    for category, value in scenario.city.priority.items():
        key = f"city.priority.{category}"
        _index(key, category, draw.categories, "category")
        weight[[name == category for name in draw.categories]] = value
    return weight


def _merged(scenario: Scenario, draw: CityDraw) -> CityDraw:
    """Return the draw with teams that became part of another: nothing comes to them any more."""
    if not scenario.city.merge:
        return draw
    into, usual = np.arange(len(draw.teams)), draw.usual_load.copy()
    officers, ratio = draw.officers.copy(), draw.staff_ratio.copy()
    for team, other in scenario.city.merge.items():
        k = _index(f"city.merge.{team}", team, draw.teams, "team")
        to = _index(f"city.merge.{team}", other, draw.teams, "team")
        # What staff the two have together, each counted by the load it usually had.
        ratio[to] = (ratio[to] * usual[to] + ratio[k] * usual[k]) / (usual[to] + usual[k])
        into[k] = to
        usual[to] += usual[k]
        officers[to] += officers[k]
    return draw.with_values(merged_into=into, usual_load=usual, officers=officers, staff_ratio=ratio)


def _index(key: str, name: str, names: Iterable[str], kind: str) -> int:
    known = list(names)
    if name not in known:
        hint = did_you_mean(name, known)
        raise InputError(key, name, f"a {kind} of the calibrated city", hint=hint)
    return known.index(name)
