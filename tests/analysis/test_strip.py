"""The strip of numbers that a report begins with: one source, heard and handled kept apart."""

import itertools
import re

import numpy as np
import pandas as pd
import pytest

from analysis.comparison.table import compare_tables
from analysis.findings.strip import FURTHER, ROWS, Strip, strip, strip_of_one, strip_text
from analysis.findings.strip_words import WORDS
from analysis.findings.three_lines import first_words
from analysis.findings.wrapping import beside, wrapped
from analysis.safe_text.plain_text import display_width
from tests.analysis.test_three_lines import BASE, SPREAD, table

HOURS = {"hours_per_solved": 8.0, "case_staff_hours_per_solved": 3.0, "case_unit_hours_per_solved": 4.0}


def several(*changes: dict[str, float]) -> pd.DataFrame:
    """Return a comparison with a, in which each further scenario differs from it by these amounts."""
    base = pd.DataFrame(BASE | HOURS, index=range(4))
    arms = {"a": base}
    for name, change in zip("bcdefgh", changes, strict=False):
        arms[name] = base.add(pd.Series(change).reindex(base.columns, fill_value=0.0)).add(SPREAD, axis=0)
    return compare_tables(arms)


def shown(found: Strip) -> dict[str, tuple[str, ...]]:
    return {row.name: tuple(entry.value for entry in row.entries) for row in found.rows}


def test_its_numbers_and_words_are_those_of_the_lines() -> None:
    comparison = table(reported_180d=0.1, report_to_solution_median=1.0, solved_30d_from_report=-0.1)
    (block,) = first_words(comparison)
    text = " ".join(line.text for line in block.lines)
    for row in strip(comparison).rows:
        first, second = row.entries
        if row.name == "rmst180":
            # Told without its word, which has an interval of its own there.
            assert f"{first.value.removesuffix(' days')} → {second.value}" in text
            continue
        unit = " %" if second.value.endswith(" %") else " days" if second.value.endswith(" days") else ""
        word = f" ({second.word})" if unit else ""
        pair = f"{first.value.removesuffix(unit)} → {second.value.removesuffix(unit)}{unit}{word}"
        assert pair in text, pair


def test_more_heard_and_slower_handled_are_two_things() -> None:
    heard = strip(several({"reported_180d": 0.1, "report_to_solution_median": 2.0, "rmst180": -9.0})).lead
    assert "more needs are heard; reports are handled more slowly" in heard
    assert not re.search("sooner|faster|earlier", heard)
    turned = strip(several({"reported_180d": -0.1, "report_to_solution_median": -2.0})).lead
    assert "fewer needs are heard; reports are handled faster" in turned
    zh = strip(several({"reported_180d": 0.1, "report_to_solution_median": 2.0}), language="zh").lead
    assert "被听见的诉求更多；办理更慢" in zh


def test_a_difference_is_clear_where_its_interval_excludes_zero() -> None:
    comparison = several({"participation": 0.05, "hours_per_solved": 1.0})
    for row in strip(comparison).rows:
        line = comparison.set_index("metric").loc[row.name]
        clear = line["difference_low"] > 0 or line["difference_high"] < 0
        assert row.entries[1].clear == clear, row.name
        assert (row.entries[1].word != "no difference shown") == clear
        assert row.entries[0].clear is None


def test_one_replication_calls_nothing_more_or_slower() -> None:
    one = compare_tables({name: pd.DataFrame(BASE, index=[0]) for name in "ab"})
    found = strip(one)
    assert found.lead == "One replication: no finding yet."
    assert all(entry.word == "" and entry.clear is None for row in found.rows for entry in row.entries)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("number", [2, 3, 4])
def test_several_scenarios_are_told_without_repeating_a_word(number: int, language: str) -> None:
    changes = ({"reported_180d": 0.1}, {"reported_180d": 0.1, "report_to_solution_median": 2.0}, {})
    found = strip(several(*changes[: number - 1]), language=language, rows=(*ROWS, *FURTHER))
    assert len(found.letters) == number
    assert all(len(row.entries) == number for row in found.rows)
    labels = [row.label for row in found.rows]
    assert len(set(labels)) == len(labels)
    # Each thing that is said is said once, for all scenarios of which it is so.
    phrases = [words for key, words in WORDS[language].items() if re.match("(heard|fast|part|cost)_", key)]
    for phrase in phrases:
        assert found.lead.lower().count(phrase) <= 1, phrase
    if number == 4 and language == "en":
        assert found.lead.startswith("More needs are heard under B and C, no difference shown under D; ")
    text = strip_text(found)
    assert "{" not in text
    assert all(letter in text for letter in found.letters)


def test_a_time_that_is_not_reached_is_said_so() -> None:
    found = strip(table(report_to_solution_p90=np.inf), rows=FURTHER)
    (row,) = [row for row in found.rows if row.name == "report_to_solution_p90"]
    assert [entry.value for entry in row.entries] == ["60.0 days", "not reached"]
    assert row.entries[1].word == "slower"
    assert row.entries[1].difference == ""


def test_one_scenario_has_its_values_with_their_intervals() -> None:
    names = [name for _, names in ROWS for name in names]
    summary = pd.DataFrame({"metric": names, "mean": 0.5, "low": 0.4, "high": 0.6})
    found = strip_of_one(summary, "X", "en", 9)
    assert [row.name for row in found.rows] == names
    assert found.key == "replications: 9"
    assert (found.rows[0].entries[0].value, found.rows[0].entries[0].difference) == ("50.0", "[40.0, 60.0]")
    alone = strip_of_one(summary.assign(low=np.nan, high=np.nan), "X", "zh", 1)
    assert "不能说明不确定性" in alone.key


def test_every_row_has_its_words_in_both_languages() -> None:
    assert WORDS["en"].keys() == WORDS["zh"].keys()
    for part, names in (*ROWS, *FURTHER):
        for key, language in itertools.product((part, *names), ("en", "zh")):
            assert WORDS[language][key]


def test_lines_are_broken_where_a_terminal_can_break_them() -> None:
    text = "全部反映中，半数在7.9 → 59.1天（未见差异）内真实解决，九成在超出运行期的时间内；7 working days"
    for width in range(14, 60):
        lines = wrapped(text, width)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
        assert all(display_width(line) <= width for line in lines)
        assert not any(
            line.startswith(("，", "；", "）", "→")) or line.endswith(("（", "→")) for line in lines
        )
    assert beside("谁被听见", "x", 12, 40) == ["谁被听见    x"]
    assert wrapped("a word-longer-than-the-line b", 6) == ["a", "word-longer-than-the-line", "b"]
    assert wrapped("", 10) == []
