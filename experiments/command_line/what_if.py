r"""cogov what-if: what would change in your own city with more staff, merged teams, other priorities.

Usage:   cogov what-if calibrated=FOLDER CHANGE... [key=value ...]
Example: cogov what-if calibrated=out/city staff.Roads=x1.5 out=out/roads
         cogov what-if calibrated=out/city officers.Roads=12 staff.Roads=+2 'priority.fallen tree=2'

staff.TEAM=+2|-1|14|x1.5         officers more, fewer, how many, or a multiple of the present ones
officers.TEAM=INT                how many the team has, where the calibrated city does not know
merge=[TEAM,TEAM]                teams that become one; several groups: [[A,B],[C,D]]
priority.CATEGORY=NUMBER         how much more of its team's time a request gets than another (2: twice)
joint_session=true|[CATEGORY,..] organisations meet over requests that need several, by the mapping
joint_session.interval_days=DAYS from one session to the next, working days (7)

calibrated=FOLDER                what cogov calibrate wrote
demand.stream=FILE demand.mapping=FILE   the request file, where it is not the one calibrated on, or has moved
what_if.from=DATE what_if.until=DATE     the stretch that is run again (until the end of what was calibrated)
what_if.days=INT                 or how long it is (91)
what_if.gamma=posterior|bounds|NUMBER    how closing answers to a backlog (bounds, where the file is silent)
draws=INT                        of the posterior (50)
language=en|zh                   of the table (the system's)
seed=INT out=FOLDER              as for cogov run

The city as it is and the city changed meet the same requests with the same luck, from the backlog that the
file shows, under each draw of the posterior. Durations count those still open. Writes what_if.csv: for the
whole city, each team and category that is named, and the larger categories of those teams, the median days,
shares closed within 7 and 30 days and the requests open at the end, as the file shows them, as the calibrated
city yields them (the two should be near each other) and after the change, with intervals that
hold nine tenths of the posterior; the column basis says what is data and what is assumed.
"""

import shlex
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import pandas as pd

from analysis.findings.text_table import layout, number_text, value_text
from analysis.safe_text.plain_text import visible
from experiments.arguments.key_values import language_of
from experiments.city.bounds import Anchor
from experiments.city.changes import Changes, read_changes, split_changes
from experiments.city.question import CityQuestion, city_question, read_words
from experiments.city.what_if import what_if
from experiments.city.words import sentence, sentence_of, word
from experiments.output.manifest import brief_manifest
from experiments.output.output_folder import OutputFolder
from experiments.system.progress import progress_bar
from sim.errors import InputError

FILES = ("what_if.csv",)


def main(words: Sequence[str], simulate: Any = None) -> None:
    """Carry out the command."""
    change_words, rest = split_changes(words)
    own = read_words(rest)
    language = language_of(own)
    staff = any(key.split(".")[0] in ("staff", "officers") for key, _ in change_words)
    question = city_question(own, "what-if", staff)
    changes = read_changes(change_words, question.city.frame.teams, question.officers, question.organisations)
    if not changes:
        raise InputError(
            "change",
            allowed="staff.TEAM=, merge=, priority.CATEGORY= or joint_session=",
            hint="say what is to be changed, such as staff.TEAM=x1.5",
        )
    if simulate is None:
        from sim.city_run import run_city as simulate
    started = datetime.now().astimezone()
    print(about(question, language), flush=True)
    with OutputFolder(question.out, FILES) as output:
        with progress_bar(len(question.draws) * len(question.bounds), "pair") as bar:
            table = what_if(
                question.draws,
                question.demand,
                changes,
                question.bounds,
                Anchor(question.training, simulate, question.seed),
                bar.update,
                language,
            )
        output.add_table("what_if.csv", table)
        facts: dict[str, Any] = {
            "seed": question.seed,
            "calibrated_on": calibrated_digest(question),
            "requests": question.stream.digest,
            "stretch": [question.since.isoformat(), question.until.isoformat()],
            "draws": len(question.draws),
            "gamma_identified": question.identified,
        }
        command = shlex.join(["cogov", "what-if", *words])
        output.finish(brief_manifest(command, started, **facts))
    for line in told(changes, language):
        print(line)
    print(f"{sentence_of(question.identified, question.bounds, language, staff)}\n")
    print(rendered(table, language))
    for basis in dict.fromkeys(table["basis"]):
        print(f"\n{basis}")
    print("\n" + sentence("written", language, out=visible(question.out), file="what_if.csv"))
    for line in answers(table, language):
        print(line)


def answers(table: pd.DataFrame, language: str) -> Iterator[str]:
    """Yield what changes for the whole city, a line for each answer of closing to a backlog."""
    city = table[(table["kind"] == "city") & (table["outcome"] == "within_30_days")]
    for row in city.to_dict("records"):
        ends = (_text(row, f"difference_{end}", sign=True) for end in ("low", "high"))
        yield sentence(
            "answer",
            language,
            response=word(row["response"], language),
            base=_text(row, "base"),
            changed=_text(row, "changed"),
            interval=f"[{', '.join(ends)}]",
        )


def about(question: CityQuestion, language: str) -> str:
    """Return what is run, in a line or two."""
    demand = question.demand
    lines = [
        sentence(
            "stretch",
            language,
            arriving=int(demand.arrives.sum()),
            file=visible(question.stream.file),
            since=question.since,
            until=question.until,
            waiting=int((demand.opened < demand.origin).sum()),
            draws=len(question.draws),
        )
    ]
    known = calibrated_digest(question)
    if known and known != question.stream.digest:
        lines.append(sentence("another_file", language))
    return "\n".join(lines)


def calibrated_digest(question: CityQuestion) -> str:
    """Return what names the file and mapping that the city was calibrated on, empty if it is not known."""
    source = question.city.source
    return str(source.get("digest") or source.get("sha256_of_content_and_mapping") or "")


def told(changes: Changes, language: str) -> Iterator[str]:
    """Yield what is changed of the staff, in sentences."""
    for team, ratio in changes.staff.items():
        name, present = visible(team), changes.officers.get(team)
        if present:
            yield sentence("more_staff", language, team=name, present=present, after=present * ratio)
        else:
            yield sentence("times_staff", language, team=name, ratio=ratio)


def rendered(table: pd.DataFrame, language: str) -> str:
    """Return the table for a terminal: a block a group, a line an outcome and answer to a backlog."""
    heads = ("outcome", "response", "observed", "base", "changed", "difference", "interval")
    lines = [["", *(word(key, language) for key in heads)]]
    for (kind, name), rows in table.groupby(["kind", "name"], sort=False):
        label = word("city", language) if kind == "city" else str(name)
        first = f"{label} ({rows['requests'].iloc[0]:,})"
        for outcome, alike in rows.groupby("outcome", sort=False):
            for row in alike.to_dict("records"):
                ends = (_text(row, f"difference_{end}", sign=True) for end in ("low", "high"))
                interval = f"[{', '.join(ends)}]"
                lines.append(
                    [
                        first,
                        word(str(outcome), language),
                        word(row["response"], language),
                        _text(row, "observed"),
                        _text(row, "base"),
                        _text(row, "changed"),
                        _text(row, "difference", sign=True),
                        interval,
                    ]
                )
                first = ""
    return layout(lines, left=3)


def _text(row: Mapping[Any, Any], column: str, sign: bool = False) -> str:
    if row["unit"] == "requests":
        return number_text(row[column], 0, sign)
    return value_text(row[column], row["unit"], sign)
