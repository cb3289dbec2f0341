"""The command: reads the question, runs the search on the run store, writes and tells the answer."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd

from analysis.findings.parameter_names_zh import units_zh
from analysis.safe_text.plain_text import display_width, visible
from experiments.arguments.key_values import language_of, split_words
from experiments.arguments.run_plan import (
    CLUSTER_EXECUTORS,
    CLUSTER_KEYS,
    RunPlan,
    processors,
    run_plan,
)
from experiments.chinese.terminal_words import tell
from experiments.designs.design_runs import workshop
from experiments.output.manifest import code_hash, manifest
from experiments.output.output_folder import OutputFolder, pictures
from experiments.output.remarks import remarks_of, say_first
from experiments.staffing.question import KEYS, Question, Target, question
from experiments.staffing.search import Search, square_root_staffing
from experiments.staffing.simulated import SimulatedYears
from experiments.staffing.table import KINDS, teams_table
from experiments.staffing.verdict import EARLY_ERROR, ERROR, FEWEST
from experiments.system.interrupts import uninterrupted
from experiments.system.language import language
from sim.parameters.scenario import Scenario, parameters_by_key
from sim.scenario.loading import BASELINE, load_scenario

DEFAULT_YEARS = 100
#: The largest team tried is so many times the one the search starts from.
_REACH = 8
#: Years in which a team is put to a surge.
RECOVERY_YEARS = 20
#: What each kind of staff is called.
_KINDS = dict(zip(KINDS, ("community workers", "grid workers", "embedded cadres"), strict=True))
#: Heads of the table, and columns that each takes.
_HEADS = (
    ("persons", 10),
    ("in time", 9),
    ("of years", 10),
    ("interval", 14),
    ("busy", 7),
    ("one more adds", 15),
    ("weeks to work off a month", 27),
    ("days to recover", 17),
)
#: Teams shown where none meets the target.
_FEW = 10
FILES = ("staffing.csv", *pictures("staffing"))


def carry_out(words: Sequence[str], simulate: Any = None) -> None:
    """Search, write the table and the figure, print the answer."""
    own, overrides = split_words(words, ("scenario", "language", *KEYS, *CLUSTER_KEYS))
    spoken = language_of(own)
    asked = question(own, own.get("scenario", BASELINE), overrides)
    scenario = load_scenario(asked.base, overrides)
    plan = run_plan(own, [scenario], "staffing", replications=DEFAULT_YEARS, executors=CLUSTER_EXECUTORS)
    if not {"executor", "jobs", "executor.address"} & set(own):
        plan = replace(plan, executor="processes", jobs=min(8, processors()))
    started = datetime.now().astimezone()
    with OutputFolder(plan.out, FILES) as output:
        say_first(remarks_of([scenario]))
        print(tell("Target: {}.", target_text(asked.target)), flush=True)
        status, answer, most, search = _searched(asked, scenario, plan, words, simulate)
        with uninterrupted():
            table = teams_table(search)
            output.add_table("staffing.csv", table)
        if status == "complete":
            _draw(table, asked, output, words, spoken)
        output.finish(manifest("staffing", words, plan, range(plan.replications), started, status))
    if status == "interrupted":
        stopped = (
            "interrupted; {} teams tried are in {}/staffing.csv, their years are kept; the same command goes "
            "on from there"
        )
        raise KeyboardInterrupt(tell(stopped, len(table), plan.out))
    _tell(table, search, answer, most, plan)


def _searched(
    asked: Question, scenario: Scenario, plan: RunPlan, words: Sequence[str], simulate: Any
) -> tuple[str, tuple[int, ...] | None, int, Search]:
    """Search; return how it ended, the answer if any, the largest team tried, and all that was seen."""
    with workshop(plan, " ".join(["cogov staffing", *words])) as (store, workers):
        simulated = SimulatedYears(asked, plan, store, workers, simulate)
        search = Search(asked, simulated, plan.replications)
        start = _start(search, scenario)
        most = asked.most or max(20, _REACH * start)
        status, answer = "complete", None
        try:
            answer = search.cheapest(start, most)
            if answer is not None:
                _around(search, answer, asked.around, simulated)
                _recoveries(search, answer, simulated)
        except KeyboardInterrupt:
            status = "interrupted"
    return status, answer, most, search


def _start(search: Search, scenario: Scenario) -> int:
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


def _around(search: Search, answer: tuple[int, ...], around: int, simulated: SimulatedYears) -> None:
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


def _recoveries(search: Search, answer: tuple[int, ...], simulated: SimulatedYears) -> None:
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


def _draw(
    table: pd.DataFrame, asked: Question, output: OutputFolder, words: Sequence[str], spoken: str
) -> None:
    from analysis.figures import Provenance, write_staffing

    source = Provenance(code_hash()[:12], " ".join(["cogov staffing", *words]))
    target = asked.target
    write_staffing(table, target.share, target.confidence, output.partial, source, spoken)


def _tell(
    table: pd.DataFrame, search: Search, answer: tuple[int, ...] | None, most: int, plan: RunPlan
) -> None:
    shown = table[table["shown"]] if answer is not None else table.sort_values("share")[-_FEW:]
    print("\n" + "".join(_right(tell(head), width) for head, width in _HEADS))
    for row in shown.to_dict("records"):
        years = f"{100 * row['years_met_low']:.0f}-{100 * row['years_met_high']:.0f}%"
        gain = row["one_more_adds"]
        more = "" if math.isnan(gain) else tell("{:+.2f} pts", 100 * gain)
        weeks = _weeks(row["recovery_weeks"])
        share = "–" if math.isnan(row["share"]) else f"{100 * row['share']:.1f}%"
        print(
            f"{row['counts']:>10}{share:>9}{100 * row['years_met']:>9.0f}%{years:>14}"
            f"{100 * row['utilisation']:>6.0f}%{_right(more, 15)}{_right(weeks, 27)}"
            f"{_right(_recovery(row), 17)}"
        )
    silent, tried = int(table["years_without_reports"].sum()), int(table["years"].sum())
    if silent:
        unheard = (
            "In {} of {} years nobody reported anything: they count as met, and say nothing of the team. Set "
            "more residents or a higher demand.rate."
        )
        print(tell(unheard, silent, tried))
    surge = search.question.surge
    if search.recoveries and surge is not None:
        recovering = (
            "Days to recover: half of the years and 95 %, from {:g} times the needs for {} days until {:g} % "
            "of the excess is left."
        )
        print("\n" + tell(recovering, surge.factor, surge.days, 100 * surge.left))
        left = table.loc[~np.isfinite(table["recovery_days"]) & table["excess_left"].notna(), "excess_left"]
        if len(left):
            share = 100 * left.mean()
            print(tell("Longer: than the run, at whose end {:.0f} % of the excess is still open.", share))
    if answer is not None:
        mine = table[table["counts"] == "+".join(map(str, answer))].iloc[0]
        told = [
            f"{tell(name)} {100 * mine[column]:.0f} %"
            for column, name in _KINDS.items()
            if mine[column] >= 0.0
        ]
        if len(told) > 1:
            print("\n" + tell("Busy: {}.", ", ".join(told)))
    print("\n" + tell("Written to {}: {}.", visible(plan.out), "staffing.csv, staffing.png, staffing.svg"))
    if answer is None:
        best = table.sort_values("share").to_dict("records")[-1]
        busiest = best["unit_utilisation"]
        print(
            tell("At best {:.1f} % are in time; the busiest unit is at {:.2f}.", 100 * best["share"], busiest)
        )
        print(tell("No team of up to {} meets the target.", most))
        return
    for line in answer_in_words(answer, search, table):
        print(line)
    if len(answer) == 1:
        print(tell("Smallest team that meets the target: {}", answer[0]))
    else:
        print(tell("Cheapest mix that meets the target: {}", " + ".join(map(str, answer))))


def target_text(target: Target) -> str:
    """Return a target in the language of this command line."""
    what = {"wait": "served", "first_response": "answered", "resolution": "truly solved"}[target.metric]
    days = "working days" if target.clock == "working" else "days"
    facts = 100 * target.share, tell(what), target.within_days, tell(days), 100 * target.confidence
    return tell("{:g} % of reports {} within {:g} {}, in {:g} % of years", *facts)


def _right(text: str, width: int) -> str:
    """Set a text to the right of so many columns of a terminal."""
    return " " * (width - display_width(text)) + text


def answer_in_words(answer: tuple[int, ...], search: Search, table: pd.DataFrame) -> list[str]:
    """Return the answer with its units: persons, the parameter's value, the share reached, and how sure."""
    teams = search.question.teams
    said = []
    for team, count in zip(teams, answer, strict=True):
        unit = parameters_by_key()[team.key].unit
        if language() == "zh":
            unit = units_zh().get(unit, unit)
        value = f"{team.key} {team.value(count):.4g}{f' {unit}' if unit else ''}"
        said.append(tell("{} person ({})" if count == 1 else "{} persons ({})", count, value))
    cost = "" if len(teams) == 1 else tell(", cost {:g}", search.cost(answer))
    mine = table[table["counts"] == "+".join(map(str, answer))].iloc[0]
    in_time = "{:.1f} % of reports in time on average; "
    share = "" if math.isnan(mine["share"]) else tell(in_time, 100 * mine["share"])
    found = search.verdict(answer)
    # Judged by the spread of the years' shares, which says more than how many of them met the target.
    error = 100.0 * (EARLY_ERROR if found.years < FEWEST else ERROR)
    return [
        tell(
            "Answer: {}{}: {}target met in {:.0f} % of {} years (95 % interval {:.0f} to {:.0f} %).",
            tell(" and ").join(said),
            cost,
            share,
            100 * found.years_met,
            found.years,
            100 * found.low,
            100 * found.high,
        ),
        tell("By the spread of the years' shares that is enough, with an error of {:g} % at most.", error)
        if found.sure
        else tell("By the spread of the years' shares it is a close call: more replications would tell."),
    ]


def _weeks(weeks: float) -> str:
    if math.isnan(weeks):
        return "–"
    return f"{weeks:.0f}" if math.isfinite(weeks) else tell("never")


def _recovery(row: Mapping[Any, Any]) -> str:
    days = [row["recovery_days"], row["recovery_days_high"]]
    if math.isnan(days[0]):
        return ""
    return ", ".join(f"{day:.0f}" if math.isfinite(day) else tell("longer") for day in days)
