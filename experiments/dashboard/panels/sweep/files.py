"""The answer to a sweep as files: its figure, and the table of `cogov sweep`."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.figures import Provenance
from analysis.figures.turning import tornado_figure, turning_figure
from analysis.findings.parameter_names import name_and_unit
from analysis.metrics import metric
from experiments.dashboard.panels.export_files import PICTURES, TABLES, File, drawn, file_name, table_bytes
from experiments.dashboard.serving.sweep_state import Shown
from experiments.dashboard.state.scenario_pair import arms
from experiments.dashboard.state.sweep_commands import commands, study
from experiments.dashboard.state.sweep_fields import present
from experiments.dashboard.words.sweep_words import sweep_word
from experiments.dashboard.work.sweeping import Swept
from experiments.designs.sweep_plan import config_hash
from experiments.output.manifest import version

_FIGURE, _TABLE = "figure", "numbers"


@dataclass(frozen=True)
class Held:
    """What is on the screen: an answer, what its sides are called, and where files of a command are."""

    shown: Shown
    titles: tuple[str, ...]
    language: str
    out: Path


def file_rows(question: str, language: str) -> list[dict[str, Any]]:
    """Return what is offered: the figure as vector and picture, the table as CSV and workbook."""
    return [
        {
            "name": f"sweep-{_FIGURE}",
            "label": sweep_word(f"files_{question}", language),
            "kinds": list(PICTURES),
        },
        {"name": f"sweep-{_TABLE}", "label": sweep_word("files_table", language), "kinds": list(TABLES)},
    ]


def make_file(held: Held, name: str, kind: str) -> File:
    """Make a file.

    Raises
    ------
    KeyError
        If there is no such file.
    """
    ask, answer, language = held.shown.ask, held.shown.answer, held.language
    source = source_of(held)
    measure = ask.fields.measure
    called = dict(zip((arm.name for arm in arms(ask.view)), held.titles, strict=True))
    if name == f"sweep-{_TABLE}" and kind in TABLES:
        carried = f"{source.footer()} · seed {ask.view.seed} · {ask.view.pairs} pairs"
        table = answer.table.rename(columns={"metric": "measure"})
        if "parameter" not in table:
            key = ask.fields.parameter
            table = table.rename(columns={key: "value"})
            table.insert(0, "parameter", key)
        table.insert(1, "in_words", [name_and_unit(key, language) for key in table["parameter"]])
        content = table_bytes(
            table.assign(
                label=metric(measure).label(language),
                scenario=[called[arm] for arm in table["arm"]],
                source=carried,
            ),
            kind,
        )
    elif name == f"sweep-{_FIGURE}" and kind in PICTURES:
        if isinstance(answer, Swept):
            now = present(ask.view, answer.key)
            figure = turning_figure(answer.table, answer.key, measure, called, now, language, source)
        else:
            figure = tornado_figure(answer.swings, measure, answer.now.found.difference, language, source)
        content = drawn(figure, name, kind, source)
    else:
        raise KeyError(f"{name}.{kind}")
    return File(file_name(f"{name}-{ask.fields.question}", kind, source, language), kind, content)


def source_of(held: Held) -> Provenance:
    """Return where the numbers come from: the configuration of the command, of several all together."""
    ask = held.shown.ask
    hashes = [config_hash(study(ask, key, values)) for key, values in ask.points()]
    whole = hashes[0] if len(hashes) == 1 else hashlib.sha256(" ".join(hashes).encode()).hexdigest()[:20]
    return Provenance(whole, "; ".join(commands(ask, held.out)), version())
