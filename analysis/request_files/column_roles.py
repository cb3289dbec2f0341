"""Which column of a file plays which role: heading and content together, with what spoke for and against.

Every pair of column and role gets a score, the heading's from 0 to 1 and what the cells add or take away.
Pairs are settled from the surest down; a role whose best pair stays below `ENOUGH` is left out. What was
chosen, why, and what came next, is kept for the reader to judge.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.request_files.column_content import ColumnProfile
from analysis.request_files.headings import ROLES, TIMES, heading_score, is_opaque, same_event
from analysis.request_files.role_scores import order_of_times, score_of
from sim.errors import InputError

ENOUGH = 0.45
#: A score as good as certain.
SURE = 0.9
_LABEL_ROLES = ("category", "group", "unit", "team", "channel", "place", "status")


@dataclass(frozen=True)
class Choice:
    """The column that plays a role."""

    role: str
    column: int
    heading: str
    score: float
    reasons: tuple[str, ...]
    """Kinds of reason, see `REASONS`."""
    runners_up: tuple[str, ...]
    """Headings of the columns that came next."""
    clock: str = ""
    """Heading of the column of the time of day, where it stands apart."""
    stated: bool = False
    """Whether the user named it."""

    @property
    def is_sure(self) -> bool:
        """Whether it needs no second look."""
        return self.stated or self.score >= SURE


@dataclass(frozen=True)
class Roles:
    """What every column of a file is taken for."""

    choices: Mapping[str, Choice]
    personal: Mapping[str, str]
    """Kind of personal data by heading: these are left out."""
    others: tuple[str, ...]
    """Headings of the columns that have no role."""


def guess_roles(
    columns: Sequence[ColumnProfile],
    stated: Mapping[str, str] | None = None,
    keep: Collection[str] = (),
) -> Roles:
    """Return which column plays which role.

    Parameters
    ----------
    columns
        All columns of the file.
    stated
        Headings that the user names for roles; an empty one where no column plays the role.
    keep
        Headings of personal columns that may play a role all the same.
    """
    stated = stated or {}
    named = {role: _column(columns, heading, role) for role, heading in stated.items() if heading}
    roles = [role for role in ROLES if role in named or role not in stated]
    kept = {_column(columns, heading, "keep").position for heading in keep}
    personal = {
        c.position: c.personal
        for c in columns
        if c.personal and c.position not in kept and c not in named.values()
    }
    open_columns = [c for c in columns if c.position not in personal and c.rows and c.distinct]
    scores: dict[tuple[str, int], tuple[float, tuple[str, ...]]] = {}
    order = order_of_times([c for c in open_columns if c.times is not None])
    for column in open_columns:
        for role in roles:
            fit, reasons = score_of(role, column, order)
            if fit > 0:
                scores[role, column.position] = fit, reasons
    chosen = _settle(scores, columns, named, roles)
    chosen = _finer(chosen, scores, columns, named, roles)
    clocks = _clocks(columns, chosen, personal)
    by_position = {c.position: c for c in columns}
    choices = {}
    for role in ROLES:
        if role not in chosen:
            continue
        position = chosen[role]
        fit, reasons = scores.get((role, position), (1.0, ()))
        others = sorted(
            (
                (other[0], p)
                for (r, p), other in scores.items()
                if r == role and p != position and other[0] >= 0.3
            ),
            reverse=True,
        )
        choices[role] = Choice(
            role,
            position,
            by_position[position].heading,
            1.0 if role in named else fit,
            ("stated",) if role in named else reasons,
            tuple(by_position[p].heading for _, p in others[:3]),
            clocks.get(role, ""),
            role in named,
        )
    used = set(chosen.values()) | {c.position for c in columns if c.heading in clocks.values()}
    rest = tuple(
        c.heading for c in columns if c.position not in used and c.position not in personal and c.heading
    )
    return Roles(choices, {by_position[p].heading: kind for p, kind in personal.items()}, rest)


def _column(columns: Sequence[ColumnProfile], heading: str, key: str) -> ColumnProfile:
    found = [c for c in columns if c.heading == heading] or [
        c for c in columns if c.heading.lower() == heading.lower()
    ]
    if len(found) != 1:
        hint = "two columns have this heading" if found else "upper and lower case are the same"
        raise InputError(key, heading, "the heading of a column of the file", hint=hint)
    return found[0]


# --- settling -------------------------------------------------------------------------------------


def _settle(
    scores: Mapping[tuple[str, int], tuple[float, tuple[str, ...]]],
    columns: Sequence[ColumnProfile],
    named: Mapping[str, ColumnProfile],
    roles: Collection[str],
) -> dict[str, int]:
    """Give roles to columns from the surest pair down; what the user named stands."""
    chosen = {role: column.position for role, column in named.items()}
    # Of alike pairs the role that comes first in the list, and the column that stands first in the file.
    ranked = sorted(
        (
            (score, -ROLES.index(role), -position, role, position)
            for (role, position), (score, _) in scores.items()
        ),
        reverse=True,
    )
    for score, _, _, role, position in ranked:
        if score < ENOUGH:
            break
        if role not in chosen and position not in chosen.values():
            chosen[role] = position
    for role in ("opened", "category"):
        if role not in chosen and role in roles:
            _last_resort(role, scores, columns, chosen)
    for role in ("due", "closed", "channel", "status", "unit", "place"):
        # Where a heading tells nothing, the times themselves may.
        opaque = [
            (scores[role, c.position][0], -c.position)
            for c in columns
            if role not in chosen and c.position not in chosen.values() and is_opaque(c.heading)
            and _speaks(role, c, scores)
        ]  # fmt: skip
        if opaque:
            chosen[role] = -max(opaque)[1]
    return chosen


def _speaks(
    role: str, column: ColumnProfile, scores: Mapping[tuple[str, int], tuple[float, tuple[str, ...]]]
) -> bool:
    """Say whether content alone is enough, below a heading that tells nothing."""
    score, reasons = scores.get((role, column.position), (0.0, ()))
    if role in TIMES:
        return score > 0.05 and (role == "closed" or "regular" in reasons)
    return score > 0.2 and column.labels[role] > 0.6


def _last_resort(
    role: str,
    scores: Mapping[tuple[str, int], tuple[float, tuple[str, ...]]],
    columns: Sequence[ColumnProfile],
    chosen: dict[str, int],
) -> None:
    """Fill a role without which nothing can be read from content alone, where headings say nothing."""
    left = [c for c in columns if c.position not in chosen.values() and not c.personal]
    if role == "opened":
        # Times that nobody can read, below a heading that leaves no doubt: the reader says what is wrong.
        unread = [c.position for c in left if c.times is None and heading_score(role, c.heading) >= SURE]
        if unread and not any((role, c.position) in scores for c in left):
            chosen[role] = unread[0]
            return
        best = [(scores[role, c.position][0], -c.position) for c in left if (role, c.position) in scores]
    else:
        best = [
            (
                -abs(np.log(c.distinct / 40.0))
                - 2.0 * c.blank
                - 5.0 * c.numbers
                - max(c.labels["channel"], c.labels["status"], c.labels["unit"], c.labels["place"]),
                -c.position,
            )
            for c in left
            if c.is_label and 3 <= c.distinct <= 1500 and c.blank < 0.5
        ]
    if best:
        chosen[role] = -max(best)[1]


def _finer(
    chosen: dict[str, int],
    scores: Mapping[tuple[str, int], tuple[float, tuple[str, ...]]],
    columns: Sequence[ColumnProfile],
    named: Mapping[str, ColumnProfile],
    roles: Collection[str],
) -> dict[str, int]:
    """Let the finer of two columns of categories be the category and the coarser one the group."""
    by_position = {c.position: c for c in columns}
    if "category" in named or "category" not in chosen:
        return chosen
    category = by_position[chosen["category"]]
    if "group" in chosen and "group" not in named:
        group = by_position[chosen["group"]]
        if group.distinct > category.distinct and _determines(group, category) >= 0.9 > _determines(
            category, group
        ):
            chosen["category"], chosen["group"] = group.position, category.position
        elif group.distinct >= category.distinct and scores.get(("group", group.position), (0.0,))[0] < SURE:
            del chosen["group"]  # another name for the same
        elif _determines(category, group) < 0.6 and scores.get(("group", group.position), (0.0,))[0] < SURE:
            del chosen["group"]
    if "group" not in chosen and "group" in roles:
        # A coarser one that the category decides, with a heading of categories, is its group.
        category = by_position[chosen["category"]]
        fitting = [
            c
            for c in columns
            if c.position not in chosen.values()
            and (
                scores.get(("category", c.position), (0.0,))[0] >= 0.4
                or scores.get(("group", c.position), (0.0,))[0] >= 0.4
            )
            and 2 <= c.distinct < category.distinct
            and _determines(category, c) >= 0.95
        ]
        if fitting:
            chosen["group"] = max(fitting, key=lambda c: (c.distinct, -c.position)).position
    return chosen


def _determines(fine: ColumnProfile, coarse: ColumnProfile) -> float:
    """Return the share of rows whose coarse label is the usual one of their fine label."""
    both = (fine.codes >= 0) & (coarse.codes >= 0)
    if both.sum() < 5:
        return 0.0
    pairs = (
        np.zeros((fine.distinct, coarse.distinct)) if fine.distinct * coarse.distinct < 4_000_000 else None
    )
    if pairs is None:
        return 0.0
    np.add.at(pairs, (fine.codes[both], coarse.codes[both]), 1)
    return float(pairs.max(axis=1).sum() / both.sum())


def _clocks(
    columns: Sequence[ColumnProfile], chosen: Mapping[str, int], personal: Collection[int]
) -> dict[str, str]:
    """Return the column of the time of day for columns of days alone: of the same event, or beside it."""
    left = [c for c in columns if c.clock and c.position not in personal]
    found: dict[str, str] = {}
    for role in TIMES:
        if role not in chosen:
            continue
        day = next(c for c in columns if c.position == chosen[role])
        if day.times is None or not day.times.days_only:
            continue
        fitting = [c for c in left if c.heading not in found.values() and same_event(day.heading, c.heading)]
        fitting = fitting or [
            c for c in left
            if c.heading not in found.values() and heading_score(role, c.heading) >= 0.4
            and all(heading_score(other, c.heading) <= heading_score(role, c.heading) for other in TIMES)
        ]  # fmt: skip
        fitting = fitting or [
            c for c in left
            if c.heading not in found.values() and abs(c.position - day.position) == 1
            and not any(heading_score(other, c.heading) for other in TIMES if other != role)
        ]  # fmt: skip
        if fitting:
            found[role] = fitting[0].heading
    return found
