"""The strip: heard and handled are told apart, a colour only where the interval allows it, both languages."""

import re
from types import SimpleNamespace
from typing import Any, cast

import pandas as pd
import pytest

from analysis.comparison.table import compare_tables
from experiments.dashboard.panels.strip import TILES, glance, note
from experiments.dashboard.words.page_words import LANGUAGES
from experiments.dashboard.work.comparison import Result
from tests.analysis.test_three_lines import BASE, table


def told(comparison: pd.DataFrame, language: str = "en") -> dict[str, Any]:
    return glance(cast(Result, SimpleNamespace(table=comparison, names=("a", "b"))), language)


def tile(comparison: pd.DataFrame, name: str, language: str = "en") -> dict[str, str]:
    return next(one for one in told(comparison, language)["tiles"] if one["name"] == name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_more_heard_and_slower_handled_are_two_things(language: str) -> None:
    said = told(table(reported_180d=0.1, report_to_solution_median=2.0), language)["sentence"]
    heard, handled = {
        "en": ("More problems are heard under B.", "handling is slower under B."),
        "zh": ("乙侧被听见的问题更多。", "乙侧办得更慢。"),
    }[language]
    assert said.startswith(heard)
    assert said.endswith(handled)
    assert not re.search("sooner|faster|更快|更早", said)


def test_the_sentence_follows_the_numbers() -> None:
    assert told(table())["sentence"] == (
        "Heard: A and B are not told apart. Handling: A and B are not told apart."
    )
    fewer = told(table(reported_180d=-0.1, report_to_solution_median=-1.0))["sentence"]
    assert fewer == "Fewer problems are heard under B. Once heard, handling is faster under B."
    mixed = told(table(report_to_solution_median=-1.0, report_to_solution_p90=9.0))["sentence"]
    assert "most faster, the longest slower" in mixed


def test_a_tile_has_the_colour_of_an_arm_only_where_the_interval_allows_it() -> None:
    comparison = table(reported_180d=0.1, report_to_solution_median=2.0)
    assert tile(comparison, "reported_180d")["side"] == "b"
    slower = tile(comparison, "report_to_solution_median")
    assert (slower["side"], slower["verdict"]) == ("a", "slower under B")
    assert slower["values"] == "8.0 → 10.0 d"
    assert re.fullmatch(r"\+2\.0 \[\+2\.0, \+2\.0\]", slower["difference"])
    same = tile(comparison, "participation")
    assert (same["side"], same["verdict"]) == ("none", "not told apart")


def test_one_pair_colours_nothing() -> None:
    one = compare_tables({name: pd.DataFrame(BASE, index=[0]) for name in "ab"})
    assert {tile["side"] for tile in told(one)["tiles"]} == {""}
    assert told(one)["sentence"] == "Heard: not known yet. Handling: not known yet."


def test_a_measure_that_is_not_there_has_no_tile_and_nothing_is_nothing() -> None:
    assert [tile["name"] for tile in told(table())["tiles"]] == [name for name in TILES if name in BASE]
    assert glance(None, "en") == {"sentence": "", "tiles": [], "parts": ""}


def test_how_the_numbers_stand_is_said() -> None:
    part = cast(Result, SimpleNamespace(whole=False, pairs=4, wanted=20))
    assert note("none", False, None, "en") == "Nothing was computed yet."
    assert "no numbers yet" in note("none", True, None, "en")
    assert "old numbers" in note("old", True, part, "en")
    assert note("partial", True, part, "en") == "4 of 20 pairs so far"
    assert note("current", False, cast(Result, SimpleNamespace(whole=True)), "en") == ""
