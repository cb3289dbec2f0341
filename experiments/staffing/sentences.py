"""Target and answer in sentences, in the language of whoever asks."""

import math

import pandas as pd

from analysis.findings.parameter_names_zh import units_zh
from experiments.chinese.terminal_words import tell
from experiments.staffing.question import Target
from experiments.staffing.search import Search
from experiments.staffing.verdict import EARLY_ERROR, ERROR, FEWEST
from experiments.system.language import language
from sim.parameters.scenario import parameters_by_key


def target_text(target: Target) -> str:
    """Return a target in the language spoken."""
    what = {"wait": "served", "first_response": "answered", "resolution": "truly solved"}[target.metric]
    days = "working days" if target.clock == "working" else "days"
    facts = 100 * target.share, tell(what), target.within_days, tell(days), 100 * target.confidence
    return tell("{:g} % of reports {} within {:g} {}, in {:g} % of years", *facts)


def named(counts: tuple[int, ...]) -> str:
    """Return what the table calls a team, in its column `counts`."""
    return "+".join(map(str, counts))


def unheard_text(table: pd.DataFrame) -> str:
    """Return in how many years nobody reported anything; empty where there is no such year."""
    silent, tried = int(table["years_without_reports"].sum()), int(table["years"].sum())
    if not silent:
        return ""
    unheard = (
        "In {} of {} years nobody reported anything: they count as met, and say nothing of the team. Set "
        "more residents or a higher demand.rate."
    )
    return tell(unheard, silent, tried)


def conclusion(answer: tuple[int, ...] | None, search: Search, table: pd.DataFrame, most: int) -> list[str]:
    """Return the answer in sentences, the last one in a few words; or how far the best team comes.

    Parameters
    ----------
    table
        As `experiments.staffing.table.teams_table` returns it.
    most
        The largest team tried.
    """
    if answer is None:
        best = table.sort_values("share").to_dict("records")[-1]
        facts = 100 * best["share"], best["unit_utilisation"]
        return [
            tell("At best {:.1f} % are in time; the busiest unit is at {:.2f}.", *facts),
            tell("No team of up to {} meets the target.", most),
        ]
    if len(answer) == 1:
        short = tell("Smallest team that meets the target: {}", answer[0])
    else:
        short = tell("Cheapest mix that meets the target: {}", " + ".join(map(str, answer)))
    return [*answer_in_words(answer, search, table), short]


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
    mine = table[table["counts"] == named(answer)].iloc[0]
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
