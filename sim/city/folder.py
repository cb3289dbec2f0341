"""A calibrated city as `cogov calibrate` leaves it: `city.json` and `posterior.parquet`, read without trust.

`city.json` says what there is: teams, categories and their teams, bins of age, holidays. `posterior.parquet`
holds the values, a row each: draw (−1: the same in all), parameter, team, category, bin (of a clock: hour of
the week), value. What is not in it is neutral; the hazard has to be there.
"""

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from sim.city.draw import ALWAYS, ANY_CATEGORY, CityDraw, check
from sim.city.posterior import Posterior, read_posterior
from sim.errors import InputError
from sim.input_files.documents import is_file, is_folder, read_json, user_path

FORMAT = 1
MOST_TEAMS, MOST_CATEGORIES, MOST_DRAWS, MOST_BINS = 2000, 4000, 10_000, 100
_LEAST_LOAD = 1e-3


@dataclass(frozen=True, eq=False)
class CalibratedCity:
    """What a folder holds, checked."""

    folder: Path
    origin: date
    """Closings from this day on were not seen when it was calibrated."""
    draws: int
    frame: CityDraw
    """Everything that is the same in all draws; values that differ are those of draw 0."""
    posterior: Posterior
    source: Mapping[str, Any]
    """What it was calibrated on: file, digest, rows."""

    def draw(self, number: int) -> CityDraw:
        """Return one draw of the posterior."""
        return self.frame.with_values(**self.posterior.draw(number))


def read_city(folder: str | Path) -> CalibratedCity:
    """Return a calibrated city, read anew only when one of its files has changed.

    Raises
    ------
    InputError
        If it cannot be used, in one line that says why.
    """
    path = user_path(folder, "city.folder")
    if not is_folder(path):
        raise InputError("city.folder", str(folder), "a folder made by cogov calibrate", hint="there is none")
    for name in ("city.json", "posterior.parquet"):
        if not is_file(path / name):
            hint = f"there is no {name} in it"
            raise InputError("city.folder", str(folder), "a folder made by cogov calibrate", hint=hint)
    states = [(path / name).stat() for name in ("city.json", "posterior.parquet")]
    return _cached(str(path), tuple((s.st_mtime_ns, s.st_size, s.st_ino) for s in states))


@functools.lru_cache(maxsize=4)
def _cached(folder: str, _states: tuple[tuple[int, int, int], ...]) -> CalibratedCity:
    path = Path(folder)
    content = _Document(path / "city.json")
    edges = content.numbers("age_edges", 0.0, 1e5, 1, MOST_BINS)
    if edges[0] != 0 or (np.diff(edges) <= 0).any():
        raise content.fault("age_edges", edges.tolist(), "numbers that begin at 0 and rise")
    if content.number("format", 0, 1e6) != FORMAT:
        hint = "made by another version: calibrate again"
        raise content.fault("format", content.at("format"), f"{FORMAT}", hint)
    teams = content.rows("teams", MOST_TEAMS)
    names = tuple(team.text("name") for team in teams)
    if len(set(names)) < len(names):
        raise content.fault("teams", "", "teams of different names")
    categories = content.rows("categories", MOST_CATEGORIES)
    draws = int(content.number("draws", 1, MOST_DRAWS))
    shares = np.array([_shares(one, len(names)) for one in categories])
    labels = tuple(one.text("name") for one in categories)
    since = tuple(one.day("from") if "from" in one else ALWAYS for one in categories)
    _check_labels(content, labels, since)
    minutes = content.number("at_once_minutes", 0, 1440)
    posterior = read_posterior(
        path / "posterior.parquet", draws, len(names), len(labels), len(edges), minutes
    )
    values = posterior.draw(0)
    officers = [one.number("officers", 1, 1e6) if one.get("officers") is not None else 0 for one in teams]
    frame = CityDraw(
        teams=names,
        categories=labels,
        age_edges=edges,
        since=since,
        urgent=np.array([one.truth("urgent") for one in categories]),
        team_shares=shares,
        usual_load=np.array([max(_LEAST_LOAD, one.number("usual_load", 0, 1e9)) for one in teams]),
        staff_ratio=np.ones(len(names)),
        officers=np.zeros(len(names), np.int64),
        usual_officers=np.array(officers, np.float64),
        weight=np.ones(len(labels)),
        usual_urgent_load=max(_LEAST_LOAD, content.number("usual_urgent_load", 0, 1e9)),
        at_once_minutes=minutes,
        holidays=tuple(content.days("holidays")),
        **values,
    )
    source = content.get("source")
    source = source if isinstance(source, dict) else {}
    city = CalibratedCity(path, content.day("origin"), draws, frame, posterior, source)
    try:
        for number in range(draws):
            check(city.draw(number))
    except ValueError as error:
        raise InputError("city.folder", str(path), "values that fit together", hint=str(error)) from None
    return city


def _shares(one: "_Document", teams: int) -> np.ndarray:
    """Return the shares of teams of a category."""
    shares = np.zeros(teams)
    for entry in one.rows("teams", teams):
        shares[int(entry.number("team", 0, teams - 1))] += entry.number("share", 0, 1.0001)
    if not 0.99 <= shares.sum() <= 1.01:
        raise one.fault("teams", float(shares.sum()), "shares that add up to 1")
    return shares / shares.sum()


def _check_labels(content: "_Document", labels: tuple[str, ...], since: tuple[date, ...]) -> None:
    first: dict[str, date] = {}
    for label, day in zip(labels, since, strict=True):
        if (label in first) != (day > ALWAYS) or first.get(label, date.min) >= day > ALWAYS:
            hint = "a further row of a category has a later `from`, its first has none"
            raise content.fault("categories", label, "categories in the order of their practice", hint)
        first[label] = day
    if ANY_CATEGORY not in first:
        raise content.fault("categories", "", f"a list with the category {ANY_CATEGORY}, for all others")


class _Document:
    """A mapping of city.json, of which each value is checked where it is asked for."""

    def __init__(self, file: Path, node: Any = None, where: str = "") -> None:
        self.file, self.where = file, where
        self.node = (
            read_json(file, "city.folder", "a JSON file made by cogov calibrate") if node is None else node
        )
        if not isinstance(self.node, dict):
            raise InputError(where or "city.json", "", "a mapping", file)

    def __contains__(self, name: str) -> bool:
        return self.node.get(name) is not None

    def get(self, name: str) -> Any:
        return self.node.get(name)

    def at(self, name: str) -> Any:
        if name not in self.node:
            raise InputError(self.where + name, "", "there", self.file, "calibrate again")
        return self.node[name]

    def fault(self, name: str, value: object, allowed: str, hint: str = "") -> InputError:
        return InputError(self.where + name, value, allowed, self.file, hint)

    def text(self, name: str) -> str:
        value = self.at(name)
        if not isinstance(value, str) or not value or len(value) > 400:
            raise self.fault(name, value, "a text of at most 400 characters")
        return value

    def truth(self, name: str) -> bool:
        value = self.at(name)
        if not isinstance(value, bool):
            raise self.fault(name, value, "true or false")
        return value

    def number(self, name: str, least: float, most: float) -> float:
        value = self.at(name)
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
            raise self.fault(name, value, f"a number from {least:g} to {most:g}")
        return float(value)

    def numbers(self, name: str, least: float, most: float, fewest: int, longest: int) -> np.ndarray:
        value = self.at(name)
        good = isinstance(value, list) and fewest <= len(value) <= longest
        if not good or not all(type(x) in (int, float) and least <= x <= most for x in value):
            raise self.fault(name, "", f"{fewest} to {longest} numbers from {least:g} to {most:g}")
        return np.array(value, np.float64)

    def day(self, name: str) -> date:
        return self._day(name, self.at(name))

    def days(self, name: str) -> list[date]:
        value = self.at(name)
        if not isinstance(value, list) or len(value) > 10_000:
            raise self.fault(name, "", "a list of dates")
        return [self._day(name, one) for one in value]

    def _day(self, name: str, value: Any) -> date:
        try:
            return date.fromisoformat(value)
        except (ValueError, TypeError):
            raise self.fault(name, value, "a date written YYYY-MM-DD") from None

    def rows(self, name: str, longest: int) -> "list[_Document]":
        value = self.at(name)
        if not isinstance(value, list) or not 1 <= len(value) <= longest:
            raise self.fault(name, "", f"a list of 1 to {longest} entries")
        return [_Document(self.file, one, f"{self.where}{name}[{n}].") for n, one in enumerate(value)]
