"""Who gains and who loses, in the terminal, the report and the figure: what the measures by group say."""

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

pytest.importorskip("matplotlib")

from analysis.comparison.by_group import COLUMNS, by_group_table
from analysis.comparison.scenario_summary import summarise_runs
from analysis.comparison.table import compare_summaries
from analysis.figures import groups_figure
from analysis.findings.group_words import DIVISIONS, level_label
from analysis.findings.three_lines import as_text, first_words
from analysis.findings.who_gains import Groups, cell_text, lines, with_groups
from analysis.inputs.groups import divisions
from analysis.inputs.ledger import counted
from analysis.report.comparison_report import write_report, write_run_report
from analysis.summaries.run_summary import summarise_run
from tests.analysis.test_by_group import varied
from tests.analysis.test_output import drawn, outside, overlapping

ARMS = ("administration_led", "co_governance")


def rows(values):
    """A table by group of rows (scenario, group, level, mean, low, high, n), all of one measure."""
    return pd.DataFrame(
        [(name, group, level, "rmst180", "days", mean, low, high, number)
         for name, group, level, mean, low, high, number in values], columns=list(COLUMNS),
    )  # fmt: skip


@pytest.fixture(scope="module")
def summaries():
    return {name: [summarise_run(varied(name, number)) for number in range(3)] for name in ARMS}


@pytest.fixture(scope="module")
def table(summaries):
    return by_group_table(summaries)


def told(values, language="en"):
    both = [(name, *cell[:2], 100.0, 99.0, 101.0, cell[-1]) for cell in values for name in ("a", "b")]
    table = rows(both + [("difference", *cell) for cell in values])
    (line,) = lines(Groups(table, ["a", "b"]), "b", language)
    return line.text


def test_each_group_is_called_by_its_interval():
    text = told([
        ("age", "under60", -2.0, -3.0, -1.0, 500.0),
        ("age", "60plus", 0.4, -0.2, 1.0, 90.0),
        ("age", "merchant", np.nan, np.nan, np.nan, 12.0),
        ("tenure", "local", 1.5, 0.5, 2.5, 300.0),
        ("tenure", "merchant", np.nan, np.nan, np.nan, 12.0),
        ("area", "0", -1.0, -1.5, -0.5, 40.0),
        ("area", "1", 1.0, 0.5, 1.5, 40.0),
        ("area", "2", 1.0, -0.5, 2.5, 40.0),
    ])  # fmt: skip
    assert text.endswith(
        "fewer for residents under 60 −2.0; more for locals +1.5; no difference shown for residents of 60 "
        "and over +0.4; too few needs to tell: merchants; of 3 areas fewer in 1, more in 1."
    )


def test_one_replication_calls_nobody_better_off():
    text = told([("age", "under60", -2.0, np.nan, np.nan, 500.0), ("area", "0", -2.0, np.nan, np.nan, 90.0)])
    assert text.endswith(": residents under 60 −2.0.")
    assert not any(word in text for word in ("fewer for", "more for", "no difference"))


def test_nothing_is_added_where_there_are_no_groups(summaries):
    blocks = first_words(compare_summaries(summaries))
    assert with_groups(blocks, pd.DataFrame(columns=list(COLUMNS)), ARMS) == blocks


@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_stays_short_in_a_terminal(summaries, table, language):
    blocks = first_words(compare_summaries(summaries), language=language)
    before, after = as_text(blocks), as_text(with_groups(blocks, table, ARMS, language))
    assert after.startswith(before)
    assert after.count("\n") - before.count("\n") <= 7


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_group_has_a_name_in_both_languages(language):
    records = varied()
    for division in divisions(records, counted(records)):
        assert division.name in DIVISIONS
        for level in division.levels:
            name = level_label(division.name, level, language)
            assert name
            if language == "zh" and division.name not in ("month", "category"):
                assert not re.search("[a-z]{3}", name), name


def test_a_small_group_shows_its_number_and_no_difference(table):
    groups = Groups(table, ARMS)
    cell = replace(groups.cell("co_governance", "age", "60plus", "rmst180"), number=7.0)
    assert cell_text(cell, "rmst180").endswith("(n 7)")
    assert "[" not in cell_text(cell, "rmst180")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_report_shows_who_gains_and_the_boards(tmp_path: Path, summaries, table, language):
    path = write_report(
        tmp_path / "r.html", compare_summaries(summaries), {}, {}, groups=table, language=language
    )
    page = path.read_text(encoding="utf-8")
    heads = {"en": ("Who gains and who loses", "residents under 60", "By month of arising", ", recorded"),
             "zh": ("谁受益、谁受损", "60岁以下居民", "按发生月份", "，账面")}[language]  # fmt: skip
    for head in heads:
        assert head in page
    # The number in the table is the one of the file.
    found = table.set_index(["scenario", "group", "level", "metric"])["mean"]
    mean = 100 * found["co_governance", "age", "under60", "solved_30d_from_report"]
    assert f"<td>{mean:.1f} (" in page
    one = {"co_governance": summaries["co_governance"]}
    path = write_run_report(tmp_path / "one.html", summarise_runs(one["co_governance"]), {}, {}, title="T",
                            scenario="co_governance", groups=by_group_table(one),
                            language=language)  # fmt: skip
    assert heads[1] in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("number", [1, 2, 4])
def test_the_figure_has_every_group_and_fits(summaries, language, number):
    names = ["administration_led", "co_governance", "third", "fourth"][:number]
    arms = {
        name: [replace(one, scenario=name) for one in summaries[ARMS[place % 2]]]
        for place, name in enumerate(names)
    }
    figure = groups_figure(by_group_table(arms), {name: name for name in names}, language)
    texts = [text for text, _ in drawn(figure)]
    for level in ("under60", "60plus", "merchant"):
        assert level_label("age", level, language) in texts
    assert not outside(figure)
    assert not overlapping(figure)


def test_the_boards_show_what_is_stated_at_call_backs_where_anybody_was_called(
    tmp_path: Path, summaries, table
):
    comparison = compare_summaries(summaries)
    line = table[(table["metric"] == "satisfied_rated") & (table["group"] == "all")].iloc[:1]
    called = pd.concat([table, line.assign(metric="stated_resolution", mean=0.4321)], ignore_index=True)
    for groups, there in ((table, False), (called, True)):
        path = write_report(tmp_path / "r.html", comparison, {}, {}, groups=groups)
        page = path.read_text(encoding="utf-8")
        assert page.count("administration led, stated at call-backs") == there
        assert page.count("co governance, stated at call-backs") == 0
        assert page.count("43.2 %") == there


def test_a_handful_is_no_dot_in_the_figure():
    both = [(name, "age", "under60", 100.0, 99.0, 101.0, 500.0) for name in ("a", "b")]
    both += [(name, "age", "60plus", 5.0, 1.0, 9.0, 3.0) for name in ("a", "b")]
    both += [
        ("difference", "age", "under60", 1.0, 0.5, 1.5, 500.0),
        ("difference", "age", "60plus", np.nan, np.nan, np.nan, 3.0),
    ]
    figure = groups_figure(rows(both), {"a": "a", "b": "b"})
    assert "n 3" in [text for text, _ in drawn(figure)]
