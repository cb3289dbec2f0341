"""The command: reads the question, runs the search on the run store, writes and tells the answer."""

import math
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

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
from experiments.output.output_folder import OutputFolder, pictures
from experiments.staffing.question import DEFAULT_YEARS, KEYS, Question, question
from experiments.system.interrupts import uninterrupted
from sim.parameters.scenario import Scenario
from sim.scenario.loading import BASELINE, load_scenario

# What simulates years and reckons loads after the words have been checked: a refusal comes at once.
if TYPE_CHECKING:
    import pandas as pd

    from experiments.staffing.search import Search

#: What each kind of staff is called, in the order of `table.KINDS`.
_KINDS = ("community workers", "grid workers", "embedded cadres")
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
        from experiments.output.manifest import manifest
        from experiments.output.remarks import remarks_of, say_first
        from experiments.staffing.sentences import target_text
        from experiments.staffing.table import teams_table

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
) -> "tuple[str, tuple[int, ...] | None, int, Search]":
    """Search; return how it ended, the answer if any, the largest team tried, and all that was seen."""
    from experiments.designs.design_runs import workshop
    from experiments.staffing.answer import answered, first_team, largest_team
    from experiments.staffing.search import Search
    from experiments.staffing.simulated import SimulatedYears

    with workshop(plan, shlex.join(["cogov", "staffing", *words])) as (store, workers):
        simulated = SimulatedYears(asked, plan, store, workers, simulate)
        search = Search(asked, simulated, plan.replications)
        start = first_team(search, scenario)
        most = largest_team(asked, start)
        status, answer = "complete", None
        try:
            answer = answered(search, start, most, simulated)
        except KeyboardInterrupt:
            status = "interrupted"
    return status, answer, most, search


def _draw(
    table: "pd.DataFrame", asked: Question, output: OutputFolder, words: Sequence[str], spoken: str
) -> None:
    from analysis.figures import Provenance, write_staffing
    from experiments.output.manifest import code_hash

    source = Provenance(code_hash()[:12], shlex.join(["cogov", "staffing", *words]))
    target = asked.target
    write_staffing(table, target.share, target.confidence, output.partial, source, spoken)


def busy_text(utilisation: float) -> str:
    """Return how busy a team is; of one without hours nothing can be said."""
    return f"{100 * utilisation:.0f}%" if math.isfinite(utilisation) else "–"


def _tell(
    table: "pd.DataFrame", search: "Search", answer: tuple[int, ...] | None, most: int, plan: RunPlan
) -> None:
    import numpy as np

    from experiments.staffing.sentences import conclusion, named, unheard_text
    from experiments.staffing.table import KINDS

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
            f"{busy_text(row['utilisation']):>7}{_right(more, 15)}{_right(weeks, 27)}"
            f"{_right(_recovery(row), 17)}"
        )
    if unheard := unheard_text(table):
        print(unheard)
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
        mine = table[table["counts"] == named(answer)].iloc[0]
        told = [
            f"{tell(name)} {100 * mine[column]:.0f} %"
            for column, name in zip(KINDS, _KINDS, strict=True)
            if mine[column] >= 0.0
        ]
        if len(told) > 1:
            print("\n" + tell("Busy: {}.", ", ".join(told)))
    print("\n" + tell("Written to {}: {}.", visible(plan.out), "staffing.csv, staffing.png, staffing.svg"))
    for line in conclusion(answer, search, table, most):
        print(line)


def _right(text: str, width: int) -> str:
    """Set a text to the right of so many columns of a terminal."""
    return " " * (width - display_width(text)) + text


def _weeks(weeks: float) -> str:
    if math.isnan(weeks):
        return "–"
    return f"{weeks:.0f}" if math.isfinite(weeks) else tell("never")


def _recovery(row: Mapping[Any, Any]) -> str:
    days = [row["recovery_days"], row["recovery_days_high"]]
    if math.isnan(days[0]):
        return ""
    return ", ".join(f"{day:.0f}" if math.isfinite(day) else tell("longer") for day in days)
