"""The smallest team as files: the figure of `cogov staffing`, and the table of the teams that were tried."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from analysis.figures import Provenance, staffing_figure
from experiments.dashboard.panels.export_files import PICTURES, TABLES, File, drawn, file_name, table_bytes
from experiments.dashboard.panels.target.html import counts_of
from experiments.dashboard.serving.target_state import Shown
from experiments.dashboard.words.target_words import target_word
from experiments.dashboard.work.team_years import price
from experiments.output.manifest import config_hash, version


@dataclass(frozen=True)
class Held:
    """What is on the screen: an answer, what its sides are called, and the wage."""

    shown: Shown
    titles: tuple[str, ...]
    wage: float | None
    language: str


def file_rows(sides: Sequence[int], titles: Sequence[str], language: str) -> list[dict[str, Any]]:
    """Return what is offered for each side: the figure and the table, each in its kinds."""
    return [
        {
            "name": f"{name}-{'ab'[side]}",
            "label": target_word(f"files_{word}", language).format(title),
            "kinds": kinds,
        }
        for side, title in zip(sides, titles, strict=True)
        for name, word, kinds in (("team", "figure", list(PICTURES)), ("teams", "table", list(TABLES)))
    ]


def make_file(held: Held, name: str, kind: str) -> File:
    """Make a file.

    Raises
    ------
    KeyError
        If there is no such file.
    """
    what, _, letter = name.partition("-")
    places = {"ab"[side]: place for place, (side, *_) in enumerate(held.shown.ask.sides)}
    answer = held.shown.answers[places[letter]]
    ask = held.shown.ask
    hashed = config_hash([answer.scenario], ask.seed, ask.years)
    source = Provenance(hashed, ask.commands()[places[letter]], version())
    if what == "teams" and kind in TABLES:
        table = answer.table.drop(columns="shown")
        paid = [price(answer, counts_of(row), held.wage) for row in table.to_dict("records")]
        extra = {f"paid_{key}_per_year": [one[key] for one in paid] for key in ("hours", "money")}
        carried = f"{source.footer()} · seed {ask.seed}"
        table = table.assign(**extra, scenario=held.titles[places[letter]], source=carried)
        content = table_bytes(table, kind)
    elif what == "team" and kind in PICTURES:
        target = answer.search.question.target
        figure = staffing_figure(answer.table, target.share, target.confidence, held.language, source)
        content = drawn(figure, name, kind, source)
    else:
        raise KeyError(f"{name}.{kind}")
    # Another target has another file.
    target = answer.search.question.target
    called = f"{name}-{100.0 * target.share:g}pct-{target.within_days:g}d"
    return File(file_name(called, kind, source, held.language), kind, content)
