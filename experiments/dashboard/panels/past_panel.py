"""The comparisons of a page as a table: when, of what, what was changed, the first figure of the strip."""

from typing import Any

import solara

from analysis.findings.three_line_words import WORDS
from analysis.findings.three_lines import Said
from experiments.dashboard.panels.strip import TILES, tile
from experiments.dashboard.parts import PastTable
from experiments.dashboard.serving.page_state import PageState
from experiments.dashboard.serving.past_comparisons import MOST, Past
from experiments.dashboard.state.change_words import changes_in_words
from experiments.dashboard.words.page_words import word, words_of


@solara.component
def PastPanel(page_state: PageState) -> None:
    """Every whole comparison that was on the screen, each to be brought back."""
    language, listed = page_state.language.value, page_state.past_comparisons.listed.value
    rows = solara.use_memo(lambda: [row(page_state, one, language) for one in listed], [listed, language])
    now = page_state.view.value
    words = words_of("past_", language)
    PastTable(
        words={**words, "past_note": words["past_note"].format(MOST)},
        heads=heads(language),
        rows=[
            {**made, "shown": one.view == now, "number": one.number}
            for made, one in zip(rows, listed, strict=True)
        ],
        event_show=page_state.bring_back,
    )


def heads(language: str) -> list[str]:
    """Return the headings of the columns."""
    keys = (
        "past_show",
        "past_time",
        "side_a",
        "side_b",
        "past_changed",
        "pairs",
        "seed",
        f"strip_{TILES[0]}",
    )
    return [word(key, language) for key in keys]


def row(page_state: PageState, past: Past, language: str) -> dict[str, Any]:
    """Return what is told of one comparison."""
    view = past.view
    letters = (word("side_a", language), word("side_b", language))
    said = Said(past.table, past.names[1], letters, WORDS[language], language)
    told = {"values": word("strip_unknown", language), "difference": ""}
    if said.known(TILES[0]):
        told = tile(said, TILES[0], letters, language)
    first, second = page_state.titles(view)
    return {
        "time": past.when.strftime("%Y-%m-%d %H:%M:%S"),
        "a": first,
        "b": second,
        "changed": changes_in_words(view, language),
        "pairs": view.pairs,
        "seed": view.seed,
        "values": told["values"],
        "difference": told["difference"],
    }
