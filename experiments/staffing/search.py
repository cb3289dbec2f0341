"""The search: from square-root staffing outwards, every team on the same years."""

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from experiments.staffing.question import Question
from experiments.staffing.recovery import Recovery
from experiments.staffing.verdict import EARLY, FEWEST, Verdict, verdict
from experiments.staffing.year import Year

#: Simulates years: counts of the teams, numbers of the years → what each year says.
Simulator = Callable[[tuple[int, ...], Sequence[int]], list[Year]]


@dataclass
class Search:
    """Teams tried so far. `most_years`: simulated at most for one team."""

    question: Question
    simulator: Simulator
    most_years: int
    years: dict[tuple[int, ...], list[Year]] = field(default_factory=dict)
    recoveries: dict[tuple[int, ...], list[Recovery]] = field(default_factory=dict)

    @property
    def fewest(self) -> int:
        """The smallest first team there can be."""
        return self.question.teams[0].fewest

    def judge(self, counts: tuple[int, ...]) -> Verdict:
        """Simulate years until the verdict is sure, or there are no more."""
        while True:
            seen = self.years.setdefault(counts, [])
            if len(seen) >= min(EARLY, self.most_years):
                found = self.verdict(counts)
                if found.sure or len(seen) >= self.most_years:
                    return found
            until = next((look for look in (EARLY, FEWEST) if look > len(seen)), 2 * len(seen))
            seen += self.simulator(counts, range(len(seen), min(until, self.most_years)))

    def verdict(self, counts: tuple[int, ...]) -> Verdict:
        """Return the verdict on the years at hand."""
        target = self.question.target
        years = self.years[counts]
        reports = sum(year.reports for year in years) / len(years)
        return verdict([year.share for year in years], target.share, target.confidence, reports)

    def smallest(self, start: int, most: int, others: tuple[int, ...] = ()) -> int | None:
        """Return the smallest first team that meets the target beside `others`, or None up to `most`.

        Doubling steps away from `start` bracket the answer, halving finds it; that its lower neighbour fails
        is part of the bracket.
        """

        def met(count: int) -> bool:
            return self.judge((count, *others)).met

        none = self.fewest - 1
        low, high, step = none, None, 1
        at = min(max(self.fewest, start), most)
        while high is None or high - low > 1:
            if met(at):
                high = at
            else:
                low = at
            if high is None:
                if low >= most:
                    return None
                at = min(most, low + step)
            elif low == none:
                at = max(self.fewest, high - step)
            else:
                at = (low + high) // 2
            step *= 2
        return high

    def cheapest(self, start: int, most: int) -> tuple[int, ...] | None:
        """Return the cheapest mix of the teams that meets the target.

        For each number of the further teams, in order of what they cost, the smallest first team with which
        the mix is cheaper than the best found: one try where there is none. Where no mix of nobody and `most`
        in each team is enough, none is looked for: more of one kind may do harm (a grid worker's own queue is
        shared with nobody), so that the largest mix alone would not say.
        """
        teams = self.question.teams
        if len(teams) == 1:
            found = self.smallest(start, most)
            return None if found is None else (found,)
        ends = [(most, team.fewest) for team in teams]
        if not any(self.judge(corner).met for corner in itertools.product(*ends)):
            return None
        best: tuple[int, ...] | None = None
        best_cost = math.inf
        for others in _by_cost([team.cost for team in teams[1:]], most):
            cost = sum(team.cost * count for team, count in zip(teams[1:], others, strict=True))
            if cost + teams[0].cost * self.fewest >= best_cost:
                break
            if best is None:
                first = self.smallest(start, most, others)
            else:
                room = min(most, _below((best_cost - cost) / teams[0].cost) if teams[0].cost else most)
                first = self.smallest(room, room, others) if room >= self.fewest else None
            if first is None:
                continue
            total = cost + teams[0].cost * first
            if total < best_cost:
                best, best_cost = (first, *others), total
        return best

    def cost(self, counts: tuple[int, ...]) -> float:
        """Return what a mix costs, relative to a person of cost 1."""
        return sum(team.cost * count for team, count in zip(self.question.teams, counts, strict=True))


def _below(number: float) -> int:
    """Return the largest whole number clearly below `number`."""
    return math.ceil(number - 1e-9) - 1


def square_root_staffing(load: float) -> int:
    """Return ⌈a + √a⌉ for an offered load of `load` persons."""
    return max(1, math.ceil(load + math.sqrt(load)))


def _by_cost(costs: Sequence[float], most: int) -> list[tuple[int, ...]]:
    """Return the numbers of the further teams in order of what they cost, none first."""
    if len(costs) == 1:
        return [(count,) for count in range(most + 1)]
    pairs = [(a, b) for a in range(most + 1) for b in range(most + 1)]
    return sorted(pairs, key=lambda pair: (costs[0] * pair[0] + costs[1] * pair[1], pair))
