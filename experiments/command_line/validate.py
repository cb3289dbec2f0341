"""cogov validate: compare the model with what others measured, in three tables that are kept apart.

Usage:   cogov validate [replications=INT] [seed=INT] [out=FOLDER] [jobs=INT] [key=value ...]
Example: cogov validate replications=40 out=out/validate

calibrated     inputs and targets that parameters were chosen to meet: agreement shows no more than that
verification   arithmetic and limits with exactly known answers
genuine        findings of others that no parameter was chosen to meet; `predicts` names the place or period
               that nothing was fitted to, and what was fitted instead

replications=INT       independent repetitions of each setting (20)
seed=INT               other luck (1)
out=FOLDER             where validation.csv, validation.md and the figure go (out/validate)
jobs=INT               how many processes (1)
any parameter=value    tries other parameters on the calibrated and the genuine rows

A row that is missed stays missed and says why; the exit status is 0 all the same: a miss is a result.
"""

import math
import shlex
import textwrap
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import datetime
from typing import TYPE_CHECKING, Any

from analysis.safe_text.plain_text import visible
from experiments.arguments.key_values import split_words, whole_number
from experiments.arguments.run_plan import LARGEST_REPLICATIONS
from experiments.chinese.terminal_words import tell
from experiments.output.output_folder import OutputFolder, pictures
from experiments.system.language import language
from sim.input_files.documents import user_path
from sim.scenario.loading import load_scenario
from sim.scenario.seeds import LARGEST_SEED

# What carries out runs and judges them loads after the words have been checked: a refusal comes at once.
if TYPE_CHECKING:
    from experiments.runs.simulation import Simulate

FILES = ("validation.csv", "validation.md", *pictures("validation"))
_WIDTH = 110


def main(words: Sequence[str], simulate: "Simulate | None" = None) -> None:
    """Carry out the command."""
    own, overrides = split_words(words, ("replications", "seed", "out", "jobs"))
    replications = whole_number("replications", own.get("replications"), 20, 2, LARGEST_REPLICATIONS)
    seed = whole_number("seed", own.get("seed"), 1, 0, LARGEST_SEED)
    jobs = whole_number("jobs", own.get("jobs"), 1, 1, 1024)
    load_scenario(overrides=overrides)
    out = user_path(own.get("out", "out/validate"), "out")
    started = datetime.now().astimezone()
    with OutputFolder(out, FILES) as output:
        from analysis.figures import Provenance, write_validation
        from analysis.validation import ROWS, judge, table
        from experiments.output.manifest import brief_manifest, code_hash

        values = measure(ROWS, seed, replications, jobs, overrides, simulate)
        outcomes = [judge(row, values.get(row.name, ())) for row in ROWS]
        output.add_table("validation.csv", table(outcomes))
        command = shlex.join(["cogov", "validate", *words])
        output.add_text("validation.md", markdown(outcomes))
        source = Provenance(code_hash()[:12], command)
        write_validation(outcomes, output.partial, source, language())
        output.finish(brief_manifest(command, started))
    print(render(outcomes))
    files = "validation.csv, validation.md, validation.png, validation.svg"
    print("\n" + tell("Written to {}: {}.", visible(out), files))
    met, missed = (sum(one.verdict == verdict for one in outcomes) for verdict in ("met", "missed"))
    counts = len(outcomes), met, missed, len(outcomes) - met - missed, replications
    print(tell("Of {} rows {} are met, {} missed, {} not in this version; replications: {}.", *counts))


def measure(
    rows: Sequence[Any],
    seed: int,
    replications: int,
    jobs: int = 1,
    overrides: Sequence[str] = (),
    simulate: "Simulate | None" = None,
) -> dict[str, list[float]]:
    """Run every setting that rows ask for, once a replication, and return each row's values.

    Rows with the same setting share its runs.
    """
    from experiments.system.progress import progress_bar

    settings: dict[tuple[Any, ...], list[str]] = {}
    for row in rows:
        if row.available:
            before = () if row.kind == "verification" else tuple(overrides)
            made_by = (row.run,) if row.run else (row.scenario, *before, *row.overrides)
            settings.setdefault(made_by, []).append(row.name)
    work = [
        ("", (), tuple(names), seed, replication)
        if callable(made_by[0])
        else (made_by[0], made_by[1:], tuple(names), seed, replication)
        for made_by, names in settings.items()
        for replication in range(replications)
    ]
    values: dict[str, list[float]] = {}
    with ExitStack() as stack:
        bar = stack.enter_context(progress_bar(len(work), "run"))
        for measured in _done(work, jobs, simulate, stack, rows):
            for name, value in measured.items():
                values.setdefault(name, []).append(value)
            bar.update()
    return values


def _done(
    work: Sequence[Any], jobs: int, simulate: "Simulate | None", stack: ExitStack, rows: Sequence[Any]
) -> Iterator[dict[str, float]]:
    from experiments.executors.workers import Workers
    from experiments.runs.simulation import default_simulate, warm_cache

    if jobs == 1 or simulate is not None:
        yield from (_one(item, simulate or default_simulate(), rows) for item in work)
        return
    warm_cache([load_scenario()], default_simulate())
    workers = stack.enter_context(Workers(jobs))
    yield from workers.in_order(_in_worker, work)


def _in_worker(item: Any) -> dict[str, float]:
    from analysis.validation import ROWS
    from experiments.runs.simulation import default_simulate

    return _one(item, default_simulate(), ROWS)


def _one(item: Any, simulate: "Simulate", rows: Sequence[Any]) -> dict[str, float]:
    scenario, words, names, seed, replication = item
    known = {row.name: row for row in rows}
    run = known[names[0]].run
    if run is not None:
        records = run(seed, replication)
    else:
        records = simulate(load_scenario(scenario, words), seed=seed, replication=replication)
    return {name: float(known[name].measure(records)) for name in names}


def render(outcomes: Sequence[Any]) -> str:
    """Return the three tables as text, each with what explains its misses below it."""
    from analysis.findings.text_table import layout
    from analysis.validation import KINDS

    blocks = []
    for kind, (english, chinese) in KINDS.items():
        mine = [outcome for outcome in outcomes if outcome.row.kind == kind]
        predicting = any(outcome.row.predicts for outcome in mine)
        heads = ("target", "counts as met", "simulated", "95 % interval", "verdict")
        lines = [["", *(tell(head) for head in heads)]]
        if predicting:
            lines[0].append(tell("predicts"))
        notes: list[str] = []
        for outcome in mine:
            row = outcome.row
            mark = ""
            if outcome.explanation:
                notes.append(f"({len(notes) + 1}) {outcome.explanation}")
                mark = f" ({len(notes)})"
            lines.append(
                [
                    textwrap.shorten(row.zh if language() == "zh" else row.en, 58, placeholder=" …"),
                    number(row.target),
                    span(row.low, row.high),
                    number(outcome.mean),
                    span(outcome.low, outcome.high),
                    f"{tell(outcome.verdict)}{mark}",
                    *([row.predicts] if predicting else []),
                ]
            )
        met = sum(outcome.verdict == "met" for outcome in mine)
        missed = sum(outcome.verdict == "missed" for outcome in mine)
        absent = len(mine) - met - missed
        kind_told = chinese if language() == "zh" else english
        head = tell("{}: {} met, {} missed, {} not in this version", kind_told, met, missed, absent)
        wrapped = [textwrap.fill(note, _WIDTH, subsequent_indent="    ") for note in notes]
        blocks.append("\n".join([head, "", layout(lines), "", *wrapped]).rstrip())
    return "\n\n".join(blocks)


def markdown(outcomes: Sequence[Any]) -> str:
    """Return the three tables in Markdown, with sources and explanations."""
    from analysis.validation import KINDS

    blocks = []
    for kind, (english, _) in KINDS.items():
        mine = [outcome for outcome in outcomes if outcome.row.kind == kind]
        predicting = any(outcome.row.predicts for outcome in mine)
        head = ["", "target", "counts as met", "simulated", "verdict"]
        head += ["predicts", "source"] if predicting else ["source"]
        lines = [f"## {english}", "", "| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
        notes = []
        for outcome in mine:
            row = outcome.row
            simulated = "" if math.isnan(outcome.mean) else number(outcome.mean)
            if not math.isnan(outcome.low):
                simulated += f" [{number(outcome.low)}, {number(outcome.high)}]"
            cells = [row.en, number(row.target), span(row.low, row.high), simulated, outcome.verdict]
            cells += [row.predicts, row.source] if predicting else [row.source]
            lines.append("| " + " | ".join(cells) + " |")
            if outcome.explanation:
                notes.append(f"- *{row.en}*: {outcome.explanation}")
        blocks.append("\n".join([*lines, "", *notes]).rstrip())
    return "\n\n".join(blocks) + "\n"


def number(value: float) -> str:
    """Return a number with three digits that count."""
    if not math.isfinite(value):
        return "–"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:#.3g}".rstrip(".")


def span(low: float, high: float) -> str:
    """Return a range; an open end is told in words."""
    if math.isfinite(low) and math.isfinite(high):
        return f"{number(low)} – {number(high)}"
    if math.isfinite(low):
        return f"at least {number(low)}"
    return f"at most {number(high)}" if math.isfinite(high) else "–"
