"""Readers' questions: answered by the numbers on the screen, by what was published, and by nothing else."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pandas as pd
import pytest

from analysis.comparison.table import compare_tables
from analysis.safe_text.spreadsheet import read_csv
from experiments.dashboard.panels.questions import QUESTIONS, cards
from experiments.dashboard.state import published_turn as published
from experiments.dashboard.state.address import TABS
from experiments.dashboard.state.published_turn import published_turn
from experiments.dashboard.state.scenario_pair import View
from experiments.dashboard.words.page_words import LANGUAGES
from experiments.dashboard.work.comparison import Result
from experiments.published.entry import load_cells
from tests.analysis.test_three_lines import BASE, table

PAIR = View(("administration_led", "co_governance"))
HOURS = {"staff_hours_available_per_week": 300.0, "utilisation": 0.45}


def answers(comparison: pd.DataFrame, view: View = PAIR, language: str = "en") -> dict[str, str]:
    result = cast(Result, SimpleNamespace(table=comparison, names=("a", "b"), pairs=4))
    return {card["name"]: card["answer"] for card in cards(result, view, language)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_question_leads_to_a_tab(language: str) -> None:
    result = cast(Result, SimpleNamespace(table=table(), names=("a", "b"), pairs=4))
    shown = cards(result, PAIR, language)
    assert [card["tab"] for card in shown] == list(QUESTIONS.values())
    assert {card["tab"] for card in shown} <= set(TABS)
    assert all(card["question"] and card["answer"] and card["more"] for card in shown)


def test_arms_lead_where_their_colour_stands() -> None:
    told = answers(table(reported_180d=0.1, report_to_solution_median=2.0, solved_30d_from_report=-0.1))
    # Heard under B, median and thirty days under A, working days and participation under none.
    assert (
        "Of the 5 measures above, by their colours, B leads in 1 and A in 2; not told apart: 2."
        in told["regime"]
    )


def test_of_one_pair_nothing_is_told_apart() -> None:
    one = compare_tables({name: pd.DataFrame(BASE, index=[0]) for name in "ab"})
    for language, said in (("en", "nothing is told apart"), ("zh", "无法区分")):
        assert said in answers(one, language=language)["regime"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_hours_are_those_of_each_side(language: str) -> None:
    first, second = BASE | HOURS, BASE | HOURS | {"utilisation": 0.6, "solved_30d_from_report": 0.7}
    comparison = compare_tables(
        {"a": pd.DataFrame(first, index=range(2)), "b": pd.DataFrame(second, index=range(2))}
    )
    told = answers(comparison, language=language)["people"]
    numbers = [int(word) for word in "".join(c if c.isdigit() else " " for c in told).split()]
    assert [one for one in numbers if one != 30] == [300, 45, 300, 60, 80, 70]


def test_without_hours_there_is_the_way_to_a_target_alone() -> None:
    assert answers(table())["people"] == "The smallest team for a target of yours:"


def test_the_turn_is_where_the_published_table_turns() -> None:
    turn = published_turn(PAIR)
    assert turn is not None
    entry = load_cells(published.ENTRY)
    rows: Any = read_csv(entry.expected.read_text(encoding="utf-8"), comment="#")
    # What the scenario sets: the convener's effect and the room of a session.
    rows = rows[(rows["convener_effect"] == 1.0) & (rows["session_capacity"] == 6)].dropna()
    sooner, later = rows[rows["difference_high"] < 0], rows[rows["difference_low"] > 0]
    assert turn == (sooner["paperwork"].max(), later["paperwork"].min())
    said = answers(table())["regime"]
    assert f"between {100 * turn[0]:.0f} and {100 * turn[1]:.0f} % of staff time under B" in said
    assert "Here it takes" not in said


def test_the_turn_and_what_is_there_now_are_shares_of_the_same_time() -> None:
    rows = [BASE | {"paperwork_share": share} for share in (0.31, 0.26)]
    sides = {name: pd.DataFrame(one, index=range(2)) for name, one in zip("ab", rows, strict=True)}
    assert "Here it takes 26 %." in answers(compare_tables(sides))["regime"]
    # The published share is that of all platforms together: with one platform, the base alone.
    entry = load_cells(published.ENTRY)
    assert entry.arms["co_governance"]["set"] == {"paperwork.platforms": 1}
    assert [factor.name for factor in entry.factors].count("paperwork") == 1


@pytest.mark.parametrize(
    "view",
    [
        PAIR.with_change(1, "staff.per_10k", 12.0),
        PAIR.with_shared("community.residents", 5000),
        replace(PAIR, words=("horizon_days=30",)),
        View(("co_governance", "administration_led")),
        View(("administration_led", "co_governance_equal_acceptance")),
    ],
    ids=["side", "world", "words", "reversed", "other"],
)
def test_what_was_not_published_is_not_told(view: View) -> None:
    assert published_turn(view) is None
    assert "published" not in answers(table(), view)["regime"]


def test_a_table_that_does_not_turn_from_sooner_to_later_tells_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def never_later(text: str, **_: Any) -> pd.DataFrame:
        rows = read_csv(text, comment="#")
        ends = ["difference", "difference_low", "difference_high"]
        rows[ends] = -np.abs(rows[ends])
        return rows

    monkeypatch.setattr(published, "read_csv", never_later)
    published._turn.cache_clear()
    try:
        assert published_turn(PAIR) is None
    finally:
        published._turn.cache_clear()
