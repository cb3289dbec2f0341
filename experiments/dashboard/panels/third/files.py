"""The three arms as files: figures of `cogov compare`, and the table with every digit."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.figures import Provenance
from analysis.metrics import metric
from experiments.dashboard.panels.export_files import (
    PICTURES,
    TABLES,
    File,
    draw_of,
    drawn,
    figures_of,
    file_name,
    table_bytes,
)
from experiments.dashboard.serving.third_state import Shown
from experiments.dashboard.state.third_arm import command, three
from experiments.dashboard.words.page_words import word
from experiments.dashboard.words.third_words import third_word
from experiments.dashboard.work.three_arms import LETTERS
from experiments.output.manifest import config_hash, version

#: What the table is asked for by.
TABLE = "arms"


@dataclass(frozen=True)
class Held:
    """What is on the screen: three arms, what they are called, and the folder that the command names."""

    shown: Shown
    titles: tuple[str, ...]
    language: str
    out: Path


def file_rows(shown: Shown, language: str) -> list[dict[str, Any]]:
    """Return what is offered: each figure and the table, in its kinds."""
    figures = [
        {"name": name, "label": word(f"export_of_{name}", language), "kinds": list(PICTURES)}
        for name in figures_of(shown.found.runs, None)
    ]
    table = {"name": TABLE, "label": third_word("files_table", language), "kinds": list(TABLES)}
    return [*figures, table]


def make_file(held: Held, name: str, kind: str) -> File:
    """Make a file.

    Raises
    ------
    KeyError
        If there is no such file.
    """
    shown, found = held.shown, held.shown.found
    view = shown.view
    source = Provenance(
        config_hash(list(three(view, shown.choice)), view.seed, view.pairs),
        command(view, shown.choice, held.out),
        version(),
    )
    if name == TABLE and kind in TABLES:
        carried = f"{source.footer()} · seed {view.seed} · {view.pairs} pairs"
        named = {f"scenario_{letter}": title for letter, title in zip(LETTERS, held.titles, strict=True)}
        measures = [metric(key).label(held.language) for key in found.table["metric"]]
        content = table_bytes(found.table.assign(measure=measures, **named, source=carried), kind)
    elif name in figures_of(found.runs, None) and kind in PICTURES:
        called = dict(zip(LETTERS, held.titles, strict=True))
        figure = draw_of(name, found.runs, called, (found.table, None), held.language, source)
        content = drawn(figure, name, kind, source)
    else:
        raise KeyError(f"{name}.{kind}")
    return File(file_name(f"three-{name}", kind, source, held.language), kind, content)
