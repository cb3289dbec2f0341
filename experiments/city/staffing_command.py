"""The question of a team's size in a calibrated city: read, searched, written, told."""

import shlex
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from analysis.safe_text.plain_text import visible
from experiments.city.changes import close
from experiments.city.question_words import city_words, read_words
from experiments.city.words import sentence, sentence_of, word
from experiments.output.output_folder import OutputFolder
from sim.errors import InputError

# What reads the city and runs it loads after the words have been checked: a refusal comes at once.
if TYPE_CHECKING:
    import pandas as pd

    from experiments.city.question import CityQuestion
    from experiments.city.team_size import Answer, Target

FURTHER = (
    "staffing.team",
    "staffing.officers",
    "staffing.target.within_days",
    "staffing.target.share",
    "staffing.confidence",
)
FILES = ("staffing.csv",)


def carry_out(words: Sequence[str], simulate: Any = None) -> None:
    """Search, write the table, print the answers."""
    own = read_words(words, FURTHER)
    asked = city_words(own, "staffing")
    language = asked.language
    share = _number(own, "staffing.target.share", 0.9, 0.001, 1.0)
    confidence = _number(own, "staffing.confidence", 0.9, 0.01, 1.0)
    stated = None
    if "staffing.officers" in own:
        stated = int(_number(own, "staffing.officers", 1.0, 1.0, 1e5, whole=True))

    from experiments.city.question import city_question

    question = city_question(asked, staff=True)
    from experiments.city.bounds import Anchor
    from experiments.city.team_size import Target, smallest_staff
    from experiments.output.manifest import brief_manifest

    target = Target(_team(own, question), _within_days(own, question), share, confidence)
    officers = stated or question.officers.get(target.team)
    if simulate is None:
        from sim.city_run import run_city as simulate
    started = datetime.now().astimezone()
    with OutputFolder(question.out, FILES) as output:
        answers, table = smallest_staff(
            question.draws,
            question.demand,
            target,
            question.bounds,
            officers,
            Anchor(question.training, simulate, question.seed),
            language,
        )
        output.add_table("staffing.csv", table)
        command = shlex.join(["cogov", "staffing", *words])
        output.finish(brief_manifest(command, started, seed=question.seed, draws=len(question.draws)))
    print(f"{sentence_of(question.identified, question.bounds, language)}\n")
    print(rendered(table, officers, language))
    for basis in dict.fromkeys(table["basis"]):
        print(f"\n{basis}")
    print("\n" + sentence("written", language, out=visible(question.out), file="staffing.csv"))
    for answer in answers:
        print(told(answer, target, officers, table, language))


def _team(own: Mapping[str, str], question: "CityQuestion") -> str:
    teams = question.city.frame.teams
    name = own.get("staffing.team", "")
    known = {team.lower(): team for team in teams}
    if name.lower() not in known:
        allowed = "the name of a team of the calibrated city"
        raise InputError("staffing.team", name, allowed, hint=close(name, teams))
    return known[name.lower()]


def _within_days(own: Mapping[str, str], question: "CityQuestion") -> float:
    longest = question.demand.end - question.demand.start
    return _number(own, "staffing.target.within_days", 7.0, 0.01, longest)


def _number(
    own: Mapping[str, str], key: str, usual: float, low: float, high: float, whole: bool = False
) -> float:
    text = own.get(key)
    if text is None:
        return usual
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if not low <= number <= high or (whole and number != int(number)):
        raise InputError(key, text, f"a {'whole ' if whole else ''}number from {low:g} to {high:g}")
    return number


def rendered(table: "pd.DataFrame", officers: int | None, language: str) -> str:
    """Return the table for a terminal."""
    from analysis.findings.text_table import interval_text, layout, value_text

    heads = ("response", "officers" if officers else "staff", "share", "interval", "draws_met")
    lines = [[word(key, language) for key in heads]]
    lines += [
        [
            word(row["response"], language),
            f"{row['staff']:g}" if officers else f"x{row['staff']:g}",
            value_text(row["share"], "share"),
            interval_text(row["share_low"], row["share_high"], "share"),
            value_text(row["draws_met"], "share"),
        ]
        for row in table.to_dict("records")
    ]
    return layout(lines, left=1)


def told(
    answer: "Answer", target: "Target", officers: int | None, table: "pd.DataFrame", language: str
) -> str:
    """Return an answer in a sentence."""
    from experiments.city.team_size import MOST, TWENTIETHS

    response = word(answer.response, language)
    response = response[:1].upper() + response[1:]
    team = visible(target.team)
    aim = sentence("aim", language, share=100 * target.share, team=team, days=target.within_days)
    present = officers or TWENTIETHS

    def counted(count: int) -> str:
        if officers:
            return sentence("officers_now", language, count=count, present=officers)
        return sentence("times_now", language, ratio=count / TWENTIETHS)

    if not answer.matters:
        seen = 100 * table.loc[table["response"] == answer.response, "share"].iloc[0]
        key = "no_difference_met" if answer.present_meets else "no_difference"
        return sentence(key, language, response=response, seen=seen, aim=aim)
    if answer.smallest is None:
        return sentence("none_meets", language, response=response, most=counted(present * MOST), aim=aim)
    return sentence("smallest", language, response=response, count=counted(answer.smallest), aim=aim)
