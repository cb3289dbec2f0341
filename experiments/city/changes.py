"""What a planner would change of a calibrated city: read from words, and put into a set of values."""

import difflib
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from experiments.arguments.key_values import name_list
from sim.errors import InputError

if TYPE_CHECKING:
    from sim.city.draw import CityDraw

#: Keys that end in the name of a team or a category.
NAMED = ("staff", "officers", "priority")
#: Keys with a value alone.
PLAIN = ("merge", "joint_session", "joint_session.interval_days")
#: All names of a kind.
EVERY = "*"
_LARGEST_FACTOR = 100.0
_MOST_OFFICERS = 100_000


@dataclass(frozen=True)
class Changes:
    """What is changed, checked against the city.

    Parameters
    ----------
    staff
        Officers of a team, as a multiple of the present ones.
    officers
        Present officers of teams whose staff is changed by a number of them.
    merge
        Teams that become one.
    priority
        By how much more of a team's time a request of a category gets than another.
    joint
        Organisations that the requests of a category need, where these meet in a joint session.
    interval_days
        From one session to the next.
    """

    staff: Mapping[str, float] = field(default_factory=dict)
    officers: Mapping[str, int] = field(default_factory=dict)
    merge: tuple[tuple[str, ...], ...] = ()
    priority: Mapping[str, float] = field(default_factory=dict)
    joint: Mapping[str, int] = field(default_factory=dict)
    interval_days: float = 7.0

    def __bool__(self) -> bool:
        return bool(self.staff or self.merge or self.priority or self.joint)

    @property
    def teams(self) -> tuple[str, ...]:
        """Teams that are touched by name, in the order of the words."""
        return tuple(dict.fromkeys([*self.staff, *(team for group in self.merge for team in group)]))

    @property
    def categories(self) -> tuple[str, ...]:
        """Categories that are touched by name."""
        return tuple(dict.fromkeys([*self.priority, *self.joint]))


def split_changes(words: Sequence[str]) -> tuple[list[tuple[str, str]], list[str]]:
    """Separate what is changed, as key and value, from all other words; names may hold dots and blanks."""
    found, rest = [], []
    for word in words:
        key, equals, value = word.partition("=")
        group, dot, name = key.strip().partition(".")
        named = group in NAMED and dot and name
        if equals and (named or key.strip() in PLAIN):
            found.append((key.strip(), value.strip()))
        else:
            rest.append(word)
    return found, rest


def read_changes(
    words: Sequence[tuple[str, str]],
    teams: Sequence[str],
    officers: Mapping[str, int],
    organisations: Mapping[str, int],
) -> Changes:
    """Read what is changed.

    Parameters
    ----------
    words
        Keys and values, from `split_changes`.
    teams
        Names of the city's teams.
    officers
        How many a team has, where the calibrated city knows.
    organisations
        How many organisations the requests of each category need, by the mapping.
    """
    categories = list(organisations)
    known, staff, priority = dict(officers), dict[str, float](), dict[str, float]()
    counted: dict[str, int] = {}
    merge: tuple[tuple[str, ...], ...] = ()
    joint: dict[str, int] = {}
    interval = 7.0
    for key, value in words:
        if key.startswith("officers."):
            team = _name(key, "officers.", teams, "team")
            known[team] = int(_number(key, value, 1, _MOST_OFFICERS, whole=True))
    for key, value in words:
        group = key.partition(".")[0]
        if key.startswith("staff."):
            team = _name(key, "staff.", teams, "team")
            staff[team] = _ratio(key, value, team, known)
            if not value.startswith("x"):
                counted[team] = known[team]
        elif key.startswith("priority."):
            category = _name(key, "priority.", categories, "category")
            priority[category] = _number(key, value, 1.0 / _LARGEST_FACTOR, _LARGEST_FACTOR)
        elif key == "merge":
            merge = _groups(value, teams)
        elif key == "joint_session.interval_days":
            interval = _number(key, value, 0.5, 92)
        elif group == "joint_session":
            joint = _joint(value, organisations)
    return Changes(staff, counted, merge, priority, joint, interval)


def _name(key: str, prefix: str, names: Sequence[str], kind: str) -> str:
    name = key.removeprefix(prefix)
    lower = {one.lower(): one for one in names}
    if name.lower() not in lower:
        raise InputError(
            key,
            allowed=f"{prefix}NAME with the name of a {kind} of the calibrated city",
            hint=close(name, names),
        )
    return lower[name.lower()]


def close(name: str, names: Sequence[str]) -> str:
    """Return a hint with the names that look most like one, or the first few."""
    folded = {one.lower(): one for one in names}
    like = difflib.get_close_matches(name.lower(), list(folded), n=3, cutoff=0.6)
    if like:
        return f"did you mean {' or '.join(folded[one] for one in like)}?"
    inside = [one for one in names if name.lower() in one.lower()][:3]
    if inside:
        return f"did you mean {' or '.join(inside)}?"
    shown = ", ".join(names[:6])
    return f"there are {shown}" + (f" and {len(names) - 6} more" if len(names) > 6 else "")


def _number(key: str, value: str, low: float, high: float, whole: bool = False) -> float:
    try:
        number = float(value)
    except ValueError:
        number = float("nan")
    if not low <= number <= high or (whole and number != int(number)):
        what = "a whole number" if whole else "a number"
        raise InputError(key, value, f"{what} from {low:g} to {high:g}")
    return number


def _ratio(key: str, value: str, team: str, officers: Mapping[str, int]) -> float:
    """Return officers as a multiple of the present ones."""
    allowed = "officers more or fewer (+2, -1), how many (12), or a multiple of the present ones (x1.5)"
    match = re.fullmatch(r"(x|\+|-)?(\d{1,6}(?:\.\d{1,6})?)", value)
    if not match:
        raise InputError(key, value, allowed)
    sign, number = match[1], float(match[2])
    if sign == "x":
        ratio = number
    else:
        if team not in officers:
            raise InputError(
                key,
                value,
                "a multiple such as x1.5: how many officers the team has is not known",
                hint=f"or say how many there are: 'officers.{team}=12'",
            )
        after = number if sign is None else officers[team] + (number if sign == "+" else -number)
        ratio = after / officers[team]
    if not 0.0 < ratio <= _LARGEST_FACTOR:
        raise InputError(
            key, value, f"such that somebody is left, and at most {_LARGEST_FACTOR:g} times as many"
        )
    return ratio


def _groups(value: str, teams: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    inner = value.strip()
    parts = re.findall(r"\[([^\[\]]*)\]", inner) if inner.startswith("[[") else [inner]
    found = []
    for part in parts:
        names = tuple(_name(f"merge.{name}", "merge.", teams, "team") for name in name_list(part))
        if len(set(names)) < 2:
            raise InputError("merge", value, "[TEAM,TEAM,...] with two teams at least, or [[A,B],[C,D]]")
        found.append(tuple(dict.fromkeys(names)))
    every = [name for group in found for name in group]
    if len(every) != len(set(every)):
        raise InputError("merge", value, "groups of teams without a team in two of them")
    return tuple(found)


def _joint(value: str, organisations: Mapping[str, int]) -> dict[str, int]:
    several = {name: count for name, count in organisations.items() if count >= 2}
    if not several:
        raise InputError(
            "joint_session",
            value,
            "left out",
            hint="the mapping says of no category that it needs two organisations",
        )
    if value.lower() in ("true", EVERY):
        return several
    found = {}
    for name in name_list(value):
        category = _name(f"joint_session.{name}", "joint_session.", list(organisations), "category")
        if category not in several:
            raise InputError(
                "joint_session",
                category,
                "categories that need two organisations or more",
                hint="the mapping says that one is enough; change its rule under needs",
            )
        found[category] = several[category]
    return found


def changed(draw: "CityDraw", changes: Changes) -> "CityDraw":
    """Return the city's values after the changes."""
    values: dict[str, object] = {}
    if changes.staff:
        ratio = draw.staff_ratio.copy()
        for team, factor in changes.staff.items():
            ratio[draw.teams.index(team)] *= factor
        values["staff_ratio"] = ratio
    if changes.priority:
        weight = draw.weight.copy()
        for category, factor in changes.priority.items():
            # What is nobody's work (gamma 0) is not done sooner because somebody wants it to be.
            weight[_rows(draw, category)] *= factor**draw.gamma
        values["weight"] = weight
    if changes.joint:
        # For this alone: changes are read where words are checked.
        import numpy as np

        hazard = draw.hazard.copy()
        met = draw.age_edges >= 0.5 * changes.interval_days
        for category, count in changes.joint.items():
            rows = _rows(draw, category)
            hazard[np.ix_(rows, met)] *= side_by_side(count)
        values["hazard"] = hazard
    after = draw.with_values(**values) if values else draw
    for group in changes.merge:
        after = merged(after, group)
    return after


def side_by_side(organisations: int) -> float:
    """Return how much faster a request is closed when its parts run side by side, not one after another.

    For parts of equal mean and exponential length: n of them take n in turn, and 1 + 1/2 + … + 1/n together.
    """
    return organisations / sum(1.0 / part for part in range(1, organisations + 1))


def _rows(draw: "CityDraw", category: str) -> list[int]:
    """Return the rows of practice of a category; one that is not named has that of all others."""
    rows = [row for row, name in enumerate(draw.categories) if name == category]
    if not rows:
        raise InputError(
            "category",
            category,
            "a category with a pace of its own in the calibrated city",
            hint="it has too few requests and shares the pace of all others",
        )
    return rows


def merged(draw: "CityDraw", group: Sequence[str]) -> "CityDraw":
    """Return the city with several teams as one, under the first one's place; the others have no requests.

    The joint team has their officers, backlogs and hours, each hour as the teams worked it, in proportion to
    their usual backlogs. Luck that was each team's own now evens out.
    """
    places = [draw.teams.index(team) for team in group]
    first, others = places[0], places[1:]
    part = draw.usual_load[places] / draw.usual_load[places].sum()
    shares, clock = draw.team_shares.copy(), draw.clock.copy()
    shares[:, first] = shares[:, places].sum(axis=1)
    shares[:, others] = 0.0
    clock[first] = part @ draw.clock[places]
    values = {
        name: getattr(draw, name).copy() for name in ("usual_load", "staff_ratio", "officers", "weekly_cv")
    }
    values["usual_load"][first] = draw.usual_load[places].sum()
    values["staff_ratio"][first] = part @ draw.staff_ratio[places]
    values["weekly_cv"][first] = math.sqrt(((part * draw.weekly_cv[places]) ** 2).sum())
    if (draw.officers[places] > 0).all():
        values["officers"][first] = draw.officers[places].sum()
    return draw.with_values(team_shares=shares, clock=clock, **values)
