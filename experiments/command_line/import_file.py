"""cogov import: what a city's file of requests holds, and a mapping for it to correct.

Usage:   cogov import FILE [key=value ...]
Example: cogov import requests.csv residents=617594 out=out/import
Example: cogov import 热线.xlsx language=zh

FILE is a hotline's or 311 export: CSV, Excel (.xlsx, .xls; with the extra `excel`), Parquet, JSON as Open311
and GeoJSON write it, packed or not.

residents=INT           how many people the file speaks for (guessed, and marked, if you leave it out)
time_zone=ZONE          the city's zone, such as Asia/Shanghai: needed where times end in Z
time_format=FORMAT      of the times, where two fit: such as "%d/%m/%Y %H:%M" (or [A,B])
encoding=NAME           of the text, where it is not certain: such as cp1252 or big5
opened=, closed=, due=, category=, group=, unit=, team=, channel=, place=, id=, latitude=, longitude=,
status=HEADING          the column of a role, where the guess is wrong (nothing after the =: no column has it)
keep=[HEADING,...]      columns about persons that may be read all the same
language=en|zh          of comments and report (the system's)
out=FOLDER              where it goes (out/import)

Columns are guessed by heading and content. Those about persons (names, telephones, identity numbers,
addresses, free text) are recognised and left out. Nothing else is left out: channels that look like the
staff's own logging are proposed in the mapping, in lines that you may make count.

Writes mapping.yaml (correct it, then use it as demand.mapping), account.csv (where every row went),
report.html (read this first) and figures/*.png and *.svg.
"""

import shlex
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from analysis.safe_text.plain_text import visible
from experiments.arguments.input_hints import MissingInput
from experiments.arguments.key_values import language_of, name_list, split_words, whole_number
from experiments.chinese.terminal_words import tell
from experiments.city.import_file.options import MOST_RESIDENTS, STEPS, Options, in_own_words
from experiments.output.output_folder import OutputFolder, pictures
from sim.errors import InputError, did_you_mean
from sim.input_files.documents import user_path
from sim.request_file.unpacking import read_bytes

# What reads the file and looks at it loads after the words have been checked: a refusal comes at once.
if TYPE_CHECKING:
    from experiments.city.import_file.importing import Imported

ROLES = (
    "opened", "closed", "due", "category", "group", "unit", "team", "channel", "place", "id", "latitude",
    "longitude", "status",
)  # fmt: skip
OWN_KEYS = ("residents", "time_zone", "time_format", "encoding", *ROLES, "keep", "language", "out")
FILES = ("mapping.yaml", "account.csv", "report.html", *pictures("figures/weeks", "figures/breaks"))


def main(words: Sequence[str], simulate: object = None) -> None:
    """Carry out the command."""
    files = [word for word in words if _is_file(word)]
    own, others = split_words([word for word in words if word not in files], OWN_KEYS)
    if others:
        key, _, value = others[0].partition("=")
        raise InputError(key, value, f"one of {', '.join(OWN_KEYS)}", hint=did_you_mean(key, OWN_KEYS))
    if len(files) != 1:
        raise MissingInput("FILE", " ".join(files), "one file of requests", hint="cogov import --help")
    options = Options(
        residents=whole_number("residents", own["residents"], 0, 1, MOST_RESIDENTS)
        if "residents" in own
        else None,
        time_zone=own.get("time_zone"),
        time_format=_formats(own.get("time_format")),
        encoding=own.get("encoding"),
        columns={role: own[role] for role in ROLES if role in own},
        keep=name_list(own["keep"]) if "keep" in own else (),
        language=language_of(own),
    )
    path, out = user_path(files[0], "import"), user_path(own.get("out", "out/import"), "out")
    from experiments.system.progress import progress_bar

    command, started = shlex.join(["cogov", "import", *words]), datetime.now().astimezone()
    with OutputFolder(out, FILES) as output, progress_bar(len(STEPS) + 2, "step") as bar:
        bar.set_description(tell("read the file"))

        def step(name: str) -> None:
            bar.update()
            bar.set_description(tell(name))

        try:
            raw = read_bytes(path)
            from experiments.city.import_file.importing import import_requests

            imported = import_requests(path, raw, options, step)
        except InputError as error:
            raise in_own_words(error) from None
        step("write the report")
        _write(imported, output, path.name, command, started, options.language)
        bar.update()
    _tell(imported, options.language)
    written = "mapping.yaml, account.csv, report.html"
    if options.language == "zh":
        print(f"\n已写入{visible(out)}：{written}和图。")
    else:
        print(f"\nWritten to {visible(out)}: {written} and figures.")
    print(answer(imported, options.language))


def answer(imported: "Imported", language: str) -> str:
    """Return in a line how much of the file can be used, and what is to be checked."""
    found, choices = imported.findings, imported.roles.choices
    share = 100.0 * found.used / found.rows if found.rows else 0.0
    unsure = [role for role, one in choices.items() if not one.is_sure]
    if language == "zh":
        check = f"请核对{len(unsure)}列：{'、'.join(unsure)}" if unsure else "各列均已确定"
        return (
            f"答案：{found.rows:,}行中{found.used:,}行可用（{share:.1f}%）；识别出{len(choices)}列，{check}。"
        )
    check = f"please check {len(unsure)}: {', '.join(unsure)}" if unsure else "all of them certain"
    return (
        f"Answer: {found.used:,} of {found.rows:,} rows can be used ({share:.1f} %); {len(choices)} columns "
        f"are recognised, {check}."
    )


def _is_file(word: str) -> bool:
    """Say whether a word is the file: a name may hold an equals sign, but none of our keys before it."""
    return not word.startswith("-") and (
        "=" not in word
        or not word.partition("=")[0].replace("_", "").isalpha()
        or "/" in word.partition("=")[0]
    )


def _formats(value: str | None) -> tuple[str, ...]:
    if value is None:
        return ()
    return tuple(name_list(value)) if value.startswith("[") else (value,)


def _write(
    imported: "Imported", output: OutputFolder, name: str, command: str, started: datetime, language: str
) -> None:
    import pandas as pd

    from experiments.city.import_file.report_files import file_facts, write_report
    from experiments.output.manifest import brief_manifest

    found, stream = imported.findings, imported.requests.stream
    output.add_text("mapping.yaml", imported.mapping)
    account = [(reason, rows) for reason, rows, _ in found.account]
    output.add_table("account.csv", pd.DataFrame(account, columns=["reason", "rows"]))
    manifest = {**brief_manifest(command, started), "file": file_facts(name, found, stream)}
    write_report(output.partial, name, found, imported.roles, stream, manifest, language)
    output.finish(manifest)


def _tell(imported: "Imported", language: str) -> None:
    from analysis.findings.request_file import headline_text
    from analysis.findings.request_file_rows import note_text
    from analysis.findings.text_table import layout

    found = imported.findings
    for one in found.notes:
        print(f"{'注意：' if language == 'zh' else 'Note: '}{note_text(one, language)}")
    print(headline_text(found, imported.roles, language))
    head = ["角色", "列", ""] if language == "zh" else ["role", "column", ""]
    check = "请核对" if language == "zh" else "please check"
    lines = [
        [role, one.heading + (f" + {one.clock}" if one.clock else ""), "" if one.is_sure else check]
        for role, one in imported.roles.choices.items()
    ]
    print("\n" + layout([head, *lines], left=3))
    if not imported.draft.residents_given:
        assumed = f"residents: {imported.draft.residents:,}"
        told = (
            f"{assumed} 系估计，请在mapping.yaml中更正"
            if language == "zh"
            else f"{assumed} is a guess: correct it"
        )
        print(f"\n{told}" + ("" if language == "zh" else " in mapping.yaml, or state residents="))
