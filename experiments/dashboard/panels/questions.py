"""Three questions that readers come with, answered from the result on the screen, with where to read on.

A researcher asks which regime and when it turns, an academic how it was computed and where the data are, a
planner how many people it takes.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from analysis.findings.finding import Findings
from experiments.dashboard.panels.strip import glance
from experiments.dashboard.state.published_turn import published_turn
from experiments.dashboard.state.scenario_pair import View
from experiments.dashboard.words.page_words import word
from experiments.dashboard.words.question_words import question_word
from experiments.dashboard.work.comparison import Result
from experiments.output.manifest import version

#: Who asks what, and which tab says more.
QUESTIONS = {"regime": "sweep", "people": "target", "method": "save"}
#: Hours there are, the share of them charged to cases, the share of reports solved in thirty days.
_OF_PEOPLE = ("staff_hours_available_per_week", "utilisation", "solved_30d_from_report")

#: In which share of staff time the published turn is said: platforms counted, unlike the slider's.
_PAPERWORK = "paperwork_share"


def cards(result: Result, view: View, language: str) -> list[dict[str, str]]:
    """Return for each question its answer and the tab that goes on, in the order in which they are shown."""
    answers = {
        "regime": _regime(result, view, language),
        "people": _people(result, language),
        "method": question_word("method_told", language).format(result.pairs, view.seed, version()),
    }
    return [
        {
            "name": name,
            "question": question_word(name, language),
            "answer": answers[name],
            "tab": tab,
            "more": word(f"tab_{tab}", language),
        }
        for name, tab in QUESTIONS.items()
    ]


def _regime(result: Result, view: View, language: str) -> str:
    """Say how many tiles of the strip have the colour of which arm, and where that is known to turn."""
    # The strip has judged them.
    tiles: Sequence[dict[str, Any]] = glance(result, language)["tiles"]
    sides = Counter(tile["side"] for tile in tiles)
    if sides["a"] + sides["b"] + sides["none"]:
        led = len(tiles), sides["b"], sides["a"], sides["none"] + sides[""]
        told = [question_word("regime_led", language).format(*led)]
    else:
        told = [question_word("regime_single", language)]
    if (turn := published_turn(view)) is not None:
        told.append(question_word("regime_turn", language).format(*(100.0 * share for share in turn)))
        if (paperwork := Findings(result.table).get(_PAPERWORK)) is not None:
            told.append(question_word("regime_now", language).format(100.0 * paperwork.other))
    return _joined([*told, question_word("regime_more", language)], language)


def _people(result: Result, language: str) -> str:
    """Say what hours there are on each side, which part of them goes into cases, and what they achieve."""
    told = []
    found = Findings(result.table)
    if all(key in found for key in _OF_PEOPLE):
        numbers = [[getattr(found[key], arm) for key in _OF_PEOPLE] for arm in ("base", "other")]
        if np.isfinite(numbers).all():
            (hours_a, used_a, solved_a), (hours_b, used_b, solved_b) = numbers
            shares = hours_a, 100.0 * used_a, hours_b, 100.0 * used_b, 100.0 * solved_a, 100.0 * solved_b
            told.append(question_word("people_told", language).format(*shares))
    return _joined([*told, question_word("people_more", language)], language)


def _joined(sentences: Sequence[str], language: str) -> str:
    return ("" if language == "zh" else " ").join(sentences)
