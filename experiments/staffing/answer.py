"""From the question to the answer: where the search starts, how far it goes, what stands beside it.

Free of the terminal and of where years come from: the command takes them from a run store, the page from its
own workers.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Protocol

from experiments.staffing.question import DEFAULT_YEARS as DEFAULT_YEARS
from experiments.staffing.question import Question
from experiments.staffing.recovery import Recovery, Surge
from experiments.staffing.search import Search, square_root_staffing
from experiments.staffing.year import Year
from sim.parameters.scenario import Scenario

#: Years in which a team is put to a surge.
RECOVERY_YEARS = 20
#: The largest team tried is so many times the one the search starts from.
_REACH = 8
#: … and at least so many.
_REACH_AT_LEAST = 20

#: Persons of each team searched, and how many years, from the first.
Wanted = Mapping[tuple[int, ...], int]


class Years(Protocol):
    """Who has the years of teams, or simulates them."""

    def __call__(self, counts: tuple[int, ...], numbers: Sequence[int]) -> list[Year]:
        """Return years of one team."""

    def together(self, wanted: Wanted) -> None:
        """Have the years of several teams computed at once, so that no worker waits for another's team."""

    def recoveries(self, wanted: Wanted, surge: Surge) -> dict[tuple[int, ...], list[Recovery]]:
        """Put teams whose years are there to a surge."""


def first_team(search: Search, scenario: Scenario) -> int:
    """Return where to begin: square-root staffing for the load that the scenario's own team meets.

    With several teams the first carries it all.
    """
    own = tuple(team.count(scenario) for team in search.question.teams)
    v = scenario.verification
    if v.mode == "queue":
        return square_root_staffing(v.arrival_rate * v.service_mean / (1.0 - v.feedback))
    counts = (max(1, search.fewest, own[0]), *own[1:])
    years = search.years.setdefault(counts, [])
    if not years:
        years += search.simulator(counts, range(1))
    busy = years[0].utilisation
    return square_root_staffing(counts[0] * (busy if math.isfinite(busy) else 1.0))


def largest_team(asked: Question, start: int) -> int:
    """Return the largest team tried: what is asked for, or far above where the search starts."""
    return asked.most or max(_REACH_AT_LEAST, _REACH * start)


def answered(search: Search, start: int, most: int, years: Years) -> tuple[int, ...] | None:
    """Search; look at the teams next to the answer, and put them to the surge if one is asked for."""
    answer = search.cheapest(start, most)
    if answer is not None:
        _around(search, answer, search.question.around, years)
        _recoveries(search, answer, years)
    return answer


def _around(search: Search, answer: tuple[int, ...], around: int, simulated: Years) -> None:
    """Simulate the teams next to the answer, on as many years as the answer itself rests on.

    Next to it: more or fewer of the first team, and one more or fewer of each other.
    """
    years = len(search.years[answer])
    fewest = [team.fewest for team in search.question.teams]
    near = [(first, *answer[1:]) for first in range(answer[0] - around, answer[0] + around + 1)]
    for place in range(1, len(answer)):
        steps = (-1, 1) if around else ()
        near += [(*answer[:place], answer[place] + step, *answer[place + 1 :]) for step in steps]
    near = [
        counts
        for counts in near
        if all(count >= least for count, least in zip(counts, fewest, strict=True))
        and len(search.years.get(counts, [])) < years
    ]
    simulated.together(dict.fromkeys(near, years))
    for counts in near:
        seen = search.years.setdefault(counts, [])
        seen += search.simulator(counts, range(len(seen), years))


def _recoveries(search: Search, answer: tuple[int, ...], simulated: Years) -> None:
    """Put the answer and the teams next to it to the surge."""
    asked = search.question
    if asked.surge is None:
        return
    wanted = {}
    for counts in sorted(search.years):
        near = abs(counts[0] - answer[0]) <= asked.around and counts[1:] == answer[1:]
        years = min(len(search.years[counts]), RECOVERY_YEARS)
        if near and years > 1:
            wanted[counts] = years
    search.recoveries.update(simulated.recoveries(wanted, asked.surge))
