"""The strip that stays on the screen: heard, how fast, who takes part and hours, A against B, in words.

It takes no side: a tile has the colour of the arm under which more is heard, handling is faster, more people
take part or a solution takes fewer hours, and none where the interval of the difference includes zero. What
is heard and what is handled are told apart, since a regime may hear more and handle it more slowly.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import solara

from analysis.findings.finding import Finding
from analysis.findings.text_table import interval_text, unit_text, value_text
from analysis.findings.three_line_words import WORDS
from analysis.findings.three_lines import COUNTED, Said
from analysis.metrics import metric
from experiments.dashboard.panels.charts import COLOURS, INKS
from experiments.dashboard.parts import Strip
from experiments.dashboard.serving.page_state import Held, PageState
from experiments.dashboard.words.page_words import word
from experiments.dashboard.words.target_words import target_word
from experiments.dashboard.work.comparison import Result

#: The hours that a wage is paid for; those of units and volunteers have other prices.
PAID = "hours_per_solved_staff"
#: Which measures are tiles, in the order of the report's first words.
TILES = (
    COUNTED,
    "report_to_solution_median",
    "solved_7wd_from_report",
    "solved_30d_from_report",
    "participation",
    "hours_per_solved",
)


@solara.component
def Glance(page_state: PageState) -> None:
    """The strip of a page, with how its numbers stand to what is asked for."""
    language, shown = page_state.language.value, page_state.on_screen()
    standing, working = page_state.standing()
    result = shown[1] if shown is not None and standing != "none" else None
    wage = page_state.target.fields.value.wage
    said = solara.use_memo(lambda: glance(result, language, wage), [result, language, wage])
    titles = page_state.titles(shown[0]) if shown is not None and result is not None else ["", ""]
    Strip(
        words={key: word(f"strip_{key}", language) for key in ("about", "legend", "lost")},
        state=standing,
        busy=working,
        note=note(standing, working, result, language, page_state.preview.value),
        sides=[
            {"mark": word(f"side_{side}", language), "title": title, "colour": colour, "ink": ink}
            for side, title, colour, ink in zip("ab", titles, COLOURS, INKS, strict=True)
        ],
        **said,
        pong=page_state.pong.value,
        event_ping=lambda number: page_state.pong.set(int(number)),
    )


def note(
    standing: str,
    working: bool,
    result: Result | None,
    language: str,
    seen: tuple[Held, Result] | None = None,
) -> str:
    """Return how the numbers stand to what is asked for; empty for a whole answer to it.

    Parameters
    ----------
    seen
        The preview, of which it is said for which value of the slider it stands.
    """
    if standing == "preview" and seen is not None:
        return word("strip_preview", language).format(f"{seen[0].value:g}", seen[1].pairs, seen[1].wanted)
    if standing == "none":
        return word("strip_computing" if working else "strip_nothing", language)
    if standing == "old":
        return word("strip_old", language)
    if result is not None and not result.whole:
        return word("partial", language).format(result.pairs, result.wanted)
    return ""


def glance(result: Result | None, language: str, wage: float | None = None) -> dict[str, Any]:
    """Return the sentence, the tiles, what the difference is made of; with a wage, what staff hours cost."""
    if result is None:
        return {"sentence": "", "tiles": [], "parts": ""}
    letters = (word("side_a", language), word("side_b", language))
    said = Said(result.table, result.names[1], letters, WORDS[language], language)
    whole = said.divided()
    tiles = [tile(said, name, letters, language) for name in TILES if said.known(name)]
    if wage is not None and said.known(PAID):
        paid = {"hours_per_solved": money(said.found[PAID], wage, language)}
        tiles = [{**one, "money": paid.get(one["name"], "")} for one in tiles]
    return {
        "sentence": sentence(said, language),
        "tiles": tiles,
        "parts": word("strip_parts", language).format(whole) if whole else "",
    }


def sentence(said: Said, language: str) -> str:
    """Return in a sentence or two who is heard and, apart from it, how fast what was heard is handled."""
    heard = said.size_key(COUNTED) if said.known(COUNTED) else ""
    between = "" if language == "zh" else " "
    keys = (f"strip_heard_{heard or 'unknown'}", f"strip_handled_{said.speed() or 'unknown'}")
    return between.join(word(key, language).format(said.letters[1]) for key in keys)


def tile(said: Said, name: str, letters: Sequence[str], language: str) -> dict[str, str]:
    """Return one measure: its values, its difference with interval, and the verdict in words."""
    found = said.found[name]
    direction = said.direction(found)
    if direction is None:
        verdict, side = word("strip_unknown", language), ""
    elif direction == 0:
        verdict, side = word("strip_same", language), "none"
    else:
        verdict = word("strip_under", language).format(said.word(found), letters[1])
        # Where it depends on the point of view which is better, the colour is that of the arm with more.
        side = "b" if direction * (metric(name).better or 1) > 0 else "a"
    unit = unit_text(found.unit, language)
    values = said.values(found)
    return {
        "name": name,
        "head": word(f"strip_{name}", language),
        "label": metric(name).label(language),
        "values": f"{values} {unit}" if np.isfinite(found.other) else values,
        "difference": _difference(found),
        "verdict": verdict,
        "side": side,
    }


def money(found: Finding, wage: float, language: str) -> str:
    """Return what the staff hours of a solution cost under both arms, and the difference with interval."""
    values = [f"{wage * value:,.0f}" for value in (found.base, found.other)]
    text = target_word("strip_money", language).format(*values)
    ends = [wage * value for value in (found.difference, found.low, found.high)]
    if not np.isfinite(ends).all():
        return text
    apart, low, high = (f"{value:+,.0f}".replace("-", "−") for value in ends)
    return f"{text}, {apart} [{low}, {high}]"


def _difference(found: Finding) -> str:
    """Return a difference with its interval, as far as there is one."""
    if not np.isfinite(found.difference):
        return ""
    ends = interval_text(found.low, found.high, found.unit, sign=True)
    return value_text(found.difference, found.unit, sign=True) + ("" if ends == "–" else f" {ends}")
