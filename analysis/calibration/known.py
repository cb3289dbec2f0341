"""What is known of a city's requests at an instant: nothing that was closed later is seen as closed."""

from dataclasses import dataclass, replace

import numpy as np

from analysis.calibration.clock import Floats, Ints

#: A closing this soon is taken as a closing at once: logged when done, or settled in the call. It comes at
#: any hour of the day, so it does not go by the clock of the team.
AT_ONCE_MINUTES = 60.0
#: Smaller teams are put together: their clock and weekly noise could not be told from chance.
_SMALLEST_TEAM = 100


@dataclass(frozen=True, eq=False)
class KnownRequests:
    """Requests opened before `until`, one array element each; times in days since a Monday 00:00.

    Attributes
    ----------
    opened
        Opening, ascending.
    closed
        Closing if before `until`, NaN otherwise.
    due
        When it was due, NaN where that is not known.
    category, team
        Codes into `categories` and `teams`.
    part_of
        Department of each team, as a code into `departments`.
    urgent
        Whether a category is urgent.
    holidays
        Days that count as Sundays.
    """

    until: float
    opened: Floats
    closed: Floats
    due: Floats
    category: Ints
    team: Ints
    categories: tuple[str, ...]
    teams: tuple[str, ...]
    part_of: Ints
    departments: tuple[str, ...]
    urgent: np.ndarray
    holidays: tuple[int, ...] = ()

    @property
    def is_closed(self) -> np.ndarray:
        """Whether each request was closed before `until`."""
        return ~np.isnan(self.closed)

    @property
    def at_once(self) -> np.ndarray:
        """Whether each request was closed within `AT_ONCE_MINUTES`; one just opened may still be."""
        return self.is_closed & (self.closed - self.opened <= AT_ONCE_MINUTES / 1440.0)

    @property
    def left(self) -> Floats:
        """When each request left those at risk: its closing, or `until`."""
        return np.where(self.is_closed, self.closed, self.until)


def seen_until(known: KnownRequests, until: float) -> KnownRequests:
    """Return what was known at an earlier instant."""
    early = known.opened < until
    return replace(
        known,
        until=until,
        opened=known.opened[early],
        closed=np.where(known.closed[early] < until, known.closed[early], np.nan),
        due=known.due[early],
        category=known.category[early],
        team=known.team[early],
    )


def lump_small_teams(known: KnownRequests) -> KnownRequests:
    """Put the teams of a department with fewer than a hundred closings together under one name."""
    closings = np.bincount(known.team[known.is_closed], minlength=len(known.teams))
    small = closings < _SMALLEST_TEAM
    departments = np.unique(known.part_of[small])
    kept = np.flatnonzero(~small)
    code = np.zeros(len(known.teams), np.int64)
    code[kept] = np.arange(len(kept))
    code[small] = len(kept) + np.searchsorted(departments, known.part_of[small])
    names = [known.teams[team] for team in kept]
    names += [f"{known.departments[department]}: other teams" for department in departments]
    return replace(
        known,
        team=code[known.team],
        teams=tuple(names),
        part_of=np.concatenate([known.part_of[kept], departments]).astype(np.int64),
    )
