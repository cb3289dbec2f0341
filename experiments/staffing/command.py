"""The command: reads the question, runs the search in one process or several, writes and tells the answer."""

import contextlib
import math
import multiprocessing
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from experiments.arguments import STUDY_KEYS, Study, split_words, study
from experiments.executors.workers import Workers
from experiments.manifest import code_hash
from experiments.output import write_text
from experiments.runner import default_simulate, warm_cache
from experiments.staffing.question import KEYS, Question, Target, question
from experiments.staffing.search import Search, Simulator, square_root_staffing
from experiments.staffing.table import teams_table
from experiments.staffing.year import Year, measured_year
from sim.errors import InputError
from sim.parameters import Scenario
from sim.scenario import BASELINE, load_scenario

DEFAULT_YEARS = 100
#: The largest team tried is so many times the one the search starts from.
_REACH = 8
#: Teams shown where none meets the target.
_FEW = 10


def carry_out(words: Sequence[str], simulate: Any = None) -> None:
    """Search, write the table and the figure, print the answer."""
    own, overrides = split_words(words, ("scenario", *KEYS, *STUDY_KEYS))
    asked = question(own, own.get("scenario", BASELINE), overrides)
    scenario = load_scenario(asked.base, overrides)
    plan = study(own, [scenario], "staffing", replications=DEFAULT_YEARS)
    _writable(plan.out)
    print(f"Target: {asked.target}.")
    with _simulator(asked, plan, own, simulate) as simulator:
        search = Search(asked, simulator, plan.replications)
        start = _start(search, scenario)
        most = asked.most or max(20, _REACH * start)
        interrupted = False
        answer = None
        try:
            answer = search.cheapest(start, most)
            if answer is not None:
                _around(search, answer, asked.around)
        except KeyboardInterrupt:
            interrupted = True
        table = teams_table(search)
    write_text(plan.out / "staffing.csv", table.to_csv(index=False))
    if interrupted:
        raise KeyboardInterrupt(f"interrupted; {len(table)} teams tried are kept in {plan.out}/staffing.csv")
    _draw(table, asked, plan, words)
    _tell(table, search, answer, most, plan)


def _writable(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError("out", str(out), "a folder that can be written", hint=error.strerror or "") from None


def _start(search: Search, scenario: Scenario) -> int:
    """Return where to begin: square-root staffing for the load that the scenario's own team meets.

    With several teams the first carries it all.
    """
    own = tuple(team.count(scenario) for team in search.question.teams)
    v = scenario.verification
    if v.mode == "queue":
        return square_root_staffing(v.arrival_rate * v.service_mean / (1.0 - v.feedback))
    counts = (max(1, own[0]), *own[1:])
    years = search.years.setdefault(counts, [])
    if not years:
        years += search.simulator(counts, range(1))
    busy = years[0].utilisation
    return square_root_staffing(counts[0] * (busy if math.isfinite(busy) else 1.0))


def _around(search: Search, answer: tuple[int, ...], around: int) -> None:
    """Simulate the teams next to the answer, on as many years as the answer itself rests on."""
    years = len(search.years[answer])
    for first in range(max(0, answer[0] - around), answer[0] + around + 1):
        counts = (first, *answer[1:])
        seen = search.years.setdefault(counts, [])
        if len(seen) < years:
            seen += search.simulator(counts, range(len(seen), years))


@contextlib.contextmanager
def _simulator(asked: Question, plan: Study, own: dict[str, str], simulate: Any) -> Iterator[Simulator]:
    """Yield the function that simulates years, in this process or in workers that live through the search."""
    from tqdm import tqdm

    function = simulate or default_simulate()
    jobs = plan.jobs
    if "executor" not in own and "jobs" not in own and simulate is None:
        jobs = min(8, multiprocessing.cpu_count())
    bar = tqdm(unit="year", delay=2, disable=not sys.stderr.isatty(), file=sys.stderr)
    with bar:
        if jobs == 1:

            def here(counts: tuple[int, ...], numbers: Sequence[int]) -> list[Year]:
                scenario = asked.scenario(counts)
                found = []
                for number in numbers:
                    found.append(measured_year(scenario, plan.seed, number, asked.target, function))
                    bar.update()
                return found

            yield here
            return
        warm_cache(plan.scenarios, function)
        with Workers(jobs) as workers:

            def there(counts: tuple[int, ...], numbers: Sequence[int]) -> list[Year]:
                scenario = asked.scenario(counts)
                work = [(scenario, plan.seed, number, asked.target, simulate) for number in numbers]
                found = []
                for year in workers.in_order(_work, work):
                    found.append(year)
                    bar.update()
                return found

            yield there


def _work(item: tuple[Scenario, int, int, Target, Any]) -> Year:
    scenario, seed, number, target, simulate = item
    return measured_year(scenario, seed, number, target, simulate or default_simulate())


def _draw(table: pd.DataFrame, asked: Question, plan: Study, words: Sequence[str]) -> None:
    from analysis.figures import Provenance, write_staffing

    source = Provenance(code_hash()[:12], " ".join(["cogov staffing", *words]))
    target = asked.target
    write_staffing(table, target.share, target.confidence, plan.out, source)


def _tell(
    table: pd.DataFrame, search: Search, answer: tuple[int, ...] | None, most: int, plan: Study
) -> None:
    shown = table[table["shown"]] if answer is not None else table.sort_values("share")[-_FEW:]
    print(
        f"\n{'persons':>10}{'in time':>9}{'of years':>10}{'interval':>14}{'busy':>7}{'one more adds':>15}"
        f"{'weeks to work off a month':>27}"
    )
    for row in shown.to_dict("records"):
        years = f"{100 * row['years_met_low']:.0f}-{100 * row['years_met_high']:.0f}%"
        more = "" if math.isnan(row["one_more_adds"]) else f"{100 * row['one_more_adds']:+.2f} pts"
        weeks = f"{row['recovery_weeks']:.0f}" if math.isfinite(row["recovery_weeks"]) else "never"
        print(
            f"{row['counts']:>10}{100 * row['share']:>8.1f}%{100 * row['years_met']:>9.0f}%{years:>14}"
            f"{100 * row['utilisation']:>6.0f}%{more:>15}{weeks:>27}"
        )
    print(f"\nWritten to {plan.out}: staffing.csv and figures.")
    if answer is None:
        best = table.sort_values("share").to_dict("records")[-1]
        busiest = best["unit_utilisation"]
        print(f"At best {100 * best['share']:.1f} % are in time; the busiest unit is at {busiest:.2f}.")
        print(f"No team of up to {most} meets the target.")
        return
    found = search.verdict(answer)
    if not found.sure:
        print(
            f"A close call: the target was met in {100 * found.years_met:.0f} % of {found.years} years "
            f"[{100 * found.low:.0f}, {100 * found.high:.0f}]; more replications would tell."
        )
    if len(answer) == 1:
        print(f"Smallest team that meets the target: {answer[0]}")
    else:
        keys = [team.key for team in search.question.teams]
        parts = ", ".join(f"{key} {count}" for key, count in zip(keys, answer, strict=True))
        print(f"In persons a community: {parts}; cost {search.cost(answer):g}.")
        print(f"Cheapest mix that meets the target: {' + '.join(map(str, answer))}")
