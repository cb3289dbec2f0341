"""The command `cogov what-if`: reads the question, runs both cities, writes and tells."""

import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from analysis.safe_text.plain_text import visible
from experiments.city.changes import Changes, read_changes, split_changes
from experiments.city.question_words import city_words, read_words
from experiments.city.words import basis_of, sentence, sentence_of, word
from experiments.output.output_folder import OutputFolder
from sim.errors import InputError

# What reads the city and runs it loads after the words have been checked: a refusal comes at once.
if TYPE_CHECKING:
    import pandas as pd

    from experiments.city.question import CityQuestion

FILES = ("what_if.csv",)


@dataclass(frozen=True, eq=False)
class WhatIf:
    """What is asked, checked: a calibrated city and what is changed of it."""

    question: "CityQuestion"
    changes: Changes
    staff: bool
    """Whether more or fewer hands are among the changes."""
    language: str
    words: tuple[str, ...]


def carry_out(words: Sequence[str], simulate: Any = None) -> None:
    """Run both cities, write the table, print it with what it rests on."""
    asked = what_is_asked(words)
    from analysis.findings.text_table import layout

    print(about(asked.question, asked.language), flush=True)
    table = compared(asked, simulate)
    for line in told_first(asked, asked.language):
        print(line)
    print()
    print(layout(rendered(table, asked.language), left=3))
    for basis in dict.fromkeys(basis_lines(asked, asked.language)):
        print(f"\n{basis}")
    out = visible(asked.question.out)
    print("\n" + sentence("written", asked.language, out=out, file="what_if.csv"))
    for line in answers(table, asked.language):
        print(line)


def what_is_asked(words: Sequence[str]) -> WhatIf:
    """Read the words; whatever is wrong is one line, before anything is run."""
    change_words, rest = split_changes(words)
    asked = city_words(read_words(rest), "what-if")
    staff = any(key.split(".")[0] in ("staff", "officers") for key, _ in change_words)
    from experiments.city.question import city_question

    question = city_question(asked, staff)
    changes = read_changes(change_words, question.city.frame.teams, question.officers, question.organisations)
    if not changes:
        raise InputError(
            "change",
            allowed="staff.TEAM=, merge=, priority.CATEGORY= or joint_session=",
            hint="say what is to be changed, such as staff.TEAM=x1.5",
        )
    return WhatIf(question, changes, staff, asked.language, tuple(words))


def compared(asked: WhatIf, simulate: Any = None) -> "pd.DataFrame":
    """Run the city as it is and the city changed, write `what_if.csv` and return it."""
    from experiments.city.bounds import Anchor
    from experiments.city.what_if import what_if
    from experiments.output.manifest import brief_manifest
    from experiments.system.progress import progress_bar

    if simulate is None:
        from sim.city_run import run_city as simulate
    question, started = asked.question, datetime.now().astimezone()
    with OutputFolder(question.out, FILES) as output:
        with progress_bar(len(question.draws) * len(question.bounds), "pair") as bar:
            table = what_if(
                question.draws,
                question.demand,
                asked.changes,
                question.bounds,
                Anchor(question.training, simulate, question.seed),
                bar.update,
                asked.language,
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
        command = shlex.join(["cogov", "what-if", *asked.words])
        output.finish(brief_manifest(command, started, **facts))
    return table


def told_first(asked: WhatIf, language: str) -> list[str]:
    """Return what is changed, and what to know of the answer to a backlog, in sentences."""
    question = asked.question
    known = sentence_of(question.identified, question.bounds, language, asked.staff)
    return [*told(asked.changes, language), known]


def basis_lines(asked: WhatIf, language: str) -> list[str]:
    """Return what of the numbers is data and what is assumed, a line for each answer to a backlog."""
    return [basis_of(asked.changes, gamma, language) for gamma in asked.question.bounds.values()]


def answers(table: "pd.DataFrame", language: str) -> Iterator[str]:
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


def about(question: "CityQuestion", language: str) -> str:
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


def calibrated_digest(question: "CityQuestion") -> str:
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


def rendered(table: "pd.DataFrame", language: str) -> list[list[str]]:
    """Return the table in words, heads first: a block a group, a line an outcome and answer to a backlog."""
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
    return lines


def _text(row: Mapping[Any, Any], column: str, sign: bool = False) -> str:
    from analysis.findings.text_table import number_text, value_text

    if row["unit"] == "requests":
        return number_text(row[column], 0, sign)
    return value_text(row[column], row["unit"], sign)
