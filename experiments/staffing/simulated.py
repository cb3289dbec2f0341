"""The years of teams, taken from the run store, which has computed what it does not have."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from experiments.arguments.run_plan import RunPlan
from experiments.designs.design_runs import refuse_failed
from experiments.executors import Executor
from experiments.runs.function_references import ENGINE
from experiments.staffing.answer import Wanted
from experiments.staffing.question import Question
from experiments.staffing.recovery import Curve, Recovery, Surge, measured, surged
from experiments.staffing.year import OPEN_BY_DAY, Year, columns, reference
from experiments.store import Store, submit
from experiments.store import Study as Runs
from sim.parameters.scenario import Scenario


@dataclass(frozen=True)
class SimulatedYears:
    """Called with the counts of the teams and the numbers of years, returns what each year says."""

    question: Question
    plan: RunPlan
    store: Store
    workers: Executor
    simulate: Any = None

    def __call__(self, counts: tuple[int, ...], numbers: Sequence[int]) -> list[Year]:
        """Return years of one team."""
        wanted = self._runs(
            [self.question.scenario(counts)], [max(numbers) + 1], reference(self.question.target)
        )
        rows = self._table(wanted, Year._fields)
        return [Year(*rows[number]) for number in numbers]

    def together(self, wanted: Wanted) -> None:
        """Have the years of several teams computed at once, so that no worker waits for another's team."""
        if wanted:
            scenarios = [self.question.scenario(counts) for counts in wanted]
            runs = self._runs(scenarios, list(wanted.values()), reference(self.question.target))
            submit(self.store, runs, self.workers)

    def recoveries(self, wanted: Wanted, surge: Surge) -> dict[tuple[int, ...], list[Recovery]]:
        """Put teams whose years are there to a surge."""
        if not wanted:
            return {}
        plain = [self.question.scenario(counts) for counts in wanted]
        more = [surged(scenario, surge) for scenario in plain]
        years = list(wanted.values())
        without = self._curves(plain, years, reference(self.question.target))
        beside = zip(without, self._curves(more, years, OPEN_BY_DAY), strict=True)
        extra = more[0].shocks.surges[-1]
        found = iter([measured(*pair, extra, surge.left) for pair in beside])
        return {counts: [next(found) for _ in range(number)] for counts, number in wanted.items()}

    def _curves(self, scenarios: list[Scenario], years: list[int], measure: str) -> list[Curve]:
        """Return the open cases by day, team by team, year by year."""
        runs = self._runs(scenarios, years, measure)
        first = scenarios[0]
        days = first.warmup_days + first.horizon_days + first.followup_days
        return list(self._table(runs, columns(days + 1)))

    def _runs(self, scenarios: list[Scenario], years: list[int], measure: str) -> Runs:
        return Runs(scenarios, self.plan.seed, years, measure=measure, simulate=self.simulate or ENGINE)

    def _table(self, wanted: Runs, names: Sequence[str]) -> np.ndarray:
        submit(self.store, wanted, self.workers)
        frame = self.store.rows(wanted, names)
        refuse_failed(frame, self.store)
        return frame[list(names)].to_numpy(float)
