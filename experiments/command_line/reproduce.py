"""cogov reproduce: run a published experiment again and compare with the table it gave.

Usage:   cogov reproduce                    the published experiments
         cogov reproduce NAME               run one; also the YAML file of one of your own
Example: cogov reproduce equal_acceptance out=out/equal

out=FOLDER     where the table and the figure go (out/reproduce/NAME)
jobs=INT       how many processes (all processors)
record=true    for maintainers: keep the new table as the expected one

Exit status 0 if the same, 1 if different. On the same type of machine with the same packages every number
must agree; elsewhere means must lie within each other's intervals.
"""

import importlib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from analysis.findings.wrapping import wrapped
from analysis.safe_text.plain_text import visible
from experiments.arguments.key_values import split_words, whole_number
from experiments.arguments.run_plan import processors
from experiments.chinese.terminal_words import tell
from experiments.output.manifest import brief_manifest, code_hash
from experiments.output.output_folder import OutputFolder, pictures, write_text
from experiments.published.command_entry import CommandEntry, rerun
from experiments.published.entry import Entry, entry_names, load_entry
from experiments.published.in_chinese import told
from experiments.system.language import language
from sim.errors import InputError
from sim.input_files.documents import is_file, ordinary, user_path


class NotReproducedError(Exception):
    """The numbers differ from the published ones."""

    status = 1


def main(words: Sequence[str], simulate: object = None) -> None:
    """Carry out the command."""
    names = [word for word in words if "=" not in word and not word.startswith("-")]
    own, overrides = split_words([word for word in words if word not in names], ("out", "jobs", "record"))
    if overrides:
        key = overrides[0].partition("=")[0]
        hint = "an experiment is rerun as it was published; cogov compare takes any parameter"
        raise InputError(key, overrides[0].partition("=")[2], "out, jobs or record", hint=hint)
    if len(names) > 1:
        raise InputError("experiment", " ".join(names), "one name")
    if not names:
        print(listed())
        return
    jobs = whole_number("jobs", own.get("jobs"), processors(), 1, 1024)
    record = own.get("record", "false")
    if record not in ("true", "false"):
        raise InputError("record", record, "true or false")
    entry = load_entry(names[0])
    out = user_path(own.get("out", f"out/reproduce/{entry.name}"), "out")
    reproduce(entry, out, jobs, record == "true")


def listed() -> str:
    """Return the published experiments with their questions."""
    lines = [tell("Published experiments")]
    for name in entry_names():
        entry = load_entry(name)
        size = entry.how
        if isinstance(entry, Entry):
            different = {run for _, arms in entry.cells() for run in arms.values()}
            size = tell("{} runs", len(different) * entry.replications)
        lines += ["", f"  {name}  {entry.title[language()]}  ({size})"]
        lines += [f"    {line}" for line in wrapped(told(entry, language())[0], 96)]
    return "\n".join([*lines, "", tell("cogov reproduce NAME runs one again and compares.")])


def reproduce(entry: Entry | CommandEntry, out: Path, jobs: int, record: bool) -> None:
    """Run an experiment, write its table and figure, and compare with the table on file."""
    if isinstance(entry, Entry):
        entry.check()
    if record:
        _check_record(entry)
    started, command = datetime.now().astimezone(), f"cogov reproduce {entry.name}"
    picture: Path | None
    with OutputFolder(out, [f"{entry.name}.csv", *pictures(entry.name)]) as output:
        # Here, so that a name or a folder that cannot be used is told at once.
        from analysis.figures import Provenance, write_published
        from experiments.published.reproduction import compare_with_file, run_entry, write_table

        if isinstance(entry, Entry):
            table = run_entry(entry, jobs)
            source = Provenance(code_hash()[:12], command)
            stem = output.partial / entry.name
            picture = write_published(table, entry.figure, stem, entry.title, source, language())
        else:
            carry_out = importlib.import_module(f"experiments.command_line.{entry.command}").main
            table, picture = rerun(entry, carry_out, out / "work", output.partial, jobs)
        text = write_table(entry.name, entry.how, table)
        output.add_text(f"{entry.name}.csv", text)
        output.finish(brief_manifest(command, started))
    print(entry.title[language()])
    for paragraph in told(entry, language()):
        if paragraph:
            print("\n".join(wrapped(paragraph, 100)))
    files = f"{out / entry.name}.csv" + (f", {out / picture.name}" if picture else "")
    print(tell("Written: {}", visible(files)))
    if record:
        write_text(entry.expected, text)
        print(tell("Kept as the expected table: {}", entry.expected))
        return
    if not is_file(entry.expected):
        raise InputError("experiment", entry.name, "one with an expected table beside it", hint="record=true")
    verdict = compare_with_file(table, entry.expected, entry.intervals())
    print(verdict.text)
    if not verdict.same:
        raise NotReproducedError(tell("not reproduced: {}", f"{verdict.text} {verdict.worst}".strip()))


def _check_record(entry: Entry | CommandEntry) -> None:
    """Refuse to take another file than an expected table of ours for the one to be replaced."""
    path = entry.expected
    try:
        begins = f"# {entry.name}: what `cogov"
        ours = not path.exists() or ordinary(path).read_text(encoding="utf-8").startswith(begins)
    except (OSError, ValueError):
        ours = False
    if not ours or path.is_symlink():
        hint = f"{path.name} there is not one that record=true wrote"
        raise InputError("record", "true", "for an experiment whose table can be kept beside it", path, hint)
