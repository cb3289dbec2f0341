"""The smallest team on the page: the search of `cogov staffing`, on years that the page's workers simulate.

Years are kept as they are before any target is applied to them, so that another share, other days or another
clock judge the same years anew, and only teams and years not yet seen are simulated.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from experiments.dashboard.state.scenario_pair import identity
from experiments.dashboard.work import worker_tasks
from experiments.dashboard.work.comparison import Kept
from experiments.dashboard.work.few_ahead import few_ahead
from experiments.dashboard.work.worker_pool import WorkerPool
from experiments.dashboard.work.worker_tasks import StoppedError
from experiments.staffing.answer import Wanted, answered, first_team, largest_team
from experiments.staffing.question import Question
from experiments.staffing.recovery import Recovery, Surge
from experiments.staffing.search import Search
from experiments.staffing.table import teams_table
from experiments.staffing.year import CountedYear, Year, against
from experiments.system.faults import WorkerDied
from sim.parameters.scenario import Scenario
from sim.scenario.loading import load_scenario

#: Years kept, and the memory they may take: some 100 kB each in a community of 9,000.
KEPT = 20_000
KEPT_BYTES = 300_000_000


def size(year: CountedYear) -> int:
    """Return how much memory a year takes."""
    return 2000 + year.reported.nbytes + sum(times.nbytes for times in year.events.values())


def kept_years() -> Kept[CountedYear]:
    """Return a place to keep years, the longest unused given up first."""
    return Kept(KEPT, KEPT_BYTES, size)


@dataclass(frozen=True)
class Answer:
    """What a search found for one scenario.

    Attributes
    ----------
    counts
        The answer, None where no team of up to `most` meets the target.
    table
        The teams tried, as `experiments.staffing.table.teams_table` returns it.
    scenario
        The scenario asked about, as it is without the search.
    """

    counts: tuple[int, ...] | None
    most: int
    search: Search
    table: pd.DataFrame
    scenario: Scenario


@dataclass
class Years:
    """The years of teams of one question; simulated where they are not kept and there are workers.

    Parameters
    ----------
    workers
        None: what is not kept is missing, and `MissingError` says so.
    place, number
        Who waits, for `worker_tasks.one_team_year`.
    tell
        Called after each year that was simulated, with its team, the years of it that are there, and those
        wanted.
    """

    question: Question
    seed: int
    kept: Kept[CountedYear]
    workers: WorkerPool | None = None
    place: int = 0
    number: int = 0
    stopped: Callable[[], bool] = lambda: False
    tell: Callable[[tuple[int, ...], int, int], None] = lambda team, done, of: None
    _teams: dict[tuple[int, ...], tuple[Scenario, str]] = field(default_factory=dict)

    def __call__(self, counts: tuple[int, ...], numbers: Sequence[int]) -> list[Year]:
        """Return years of one team."""
        self._have([(counts, number) for number in numbers])
        scenario, key = self._team(counts)
        found = [self.kept.get((key, self.seed, number)) for number in numbers]
        if any(year is None for year in found):
            # So many years at once that the first were given up for the last.
            raise WorkerDied("the years of one team do not fit into memory; ask for fewer years")
        return [against(year, scenario, self.question.target) for year in found if year is not None]

    def together(self, wanted: Wanted) -> None:
        """Have the years of several teams computed, none waiting for another's."""
        self._have([(counts, number) for counts, years in wanted.items() for number in range(years)])

    def recoveries(self, wanted: Wanted, surge: Surge) -> dict[tuple[int, ...], list[Recovery]]:
        """Return none: the page puts no team to a surge."""
        return {}

    def _team(self, counts: tuple[int, ...]) -> tuple[Scenario, str]:
        if counts not in self._teams:
            scenario = self.question.scenario(counts)
            self._teams[counts] = scenario, identity(scenario)
        return self._teams[counts]

    def _have(self, wanted: Sequence[tuple[tuple[int, ...], int]]) -> None:
        if self.stopped():
            raise StoppedError
        missing = [
            (counts, number)
            for counts, number in wanted
            if self.kept.get((self._team(counts)[1], self.seed, number)) is None
        ]
        of = dict[tuple[int, ...], int]()
        for counts, number in wanted:
            of[counts] = max(of.get(counts, 0), number + 1)
        done = {counts: most - sum(one == counts for one, _ in missing) for counts, most in of.items()}

        def given(piece: tuple[tuple[int, ...], int]) -> tuple[Any, ...]:
            counts, number = piece
            scenario = self._team(counts)[0]
            return worker_tasks.one_team_year, scenario, self.seed, number, self.place, self.number

        for (counts, number), year in few_ahead(self.workers, missing, given, self.stopped):
            self.kept.put((self._team(counts)[1], self.seed, number), year)
            done[counts] += 1
            self.tell(counts, done[counts], of[counts])


def smallest(years: Years, most_years: int, around: int | None = None) -> Answer:
    """Search.

    Parameters
    ----------
    around
        How many teams on either side of the answer are tried too; as the question has it if not given.

    Raises
    ------
    MissingError
        If a year is not there and there are no workers.
    StoppedError
        If it was stopped.
    """
    asked = years.question if around is None else replace(years.question, around=around)
    scenario = load_scenario(asked.base, asked.overrides)
    search = Search(asked, years, most_years)
    start = first_team(search, scenario)
    most = largest_team(asked, start)
    counts = answered(search, start, most, years)
    return Answer(counts, most, search, teams_table(search), scenario)


def persons(answer: Answer, counts: tuple[int, ...]) -> int:
    """Return the persons of a team in all communities."""
    return sum(counts) * answer.scenario.county.communities


def price(answer: Answer, counts: tuple[int, ...], wage: float | None) -> Mapping[str, float]:
    """Return what a team is paid for in a year: its nominal hours, and their money; NaN without a wage.

    A person of a second kind costs, hour by hour, what the question says of it against one of the first.
    """
    each = answer.scenario.staff.hours_year * answer.scenario.county.communities
    money = float("nan") if wage is None else wage * each * answer.search.cost(counts)
    return {"hours": each * sum(counts), "money": money}
