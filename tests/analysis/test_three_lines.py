"""What a result says first: the words follow the numbers, in both languages, and fit a screen."""

import re

import numpy as np
import pandas as pd
import pytest

from analysis.comparison.table import compare, compare_tables
from analysis.findings.three_line_words import WORDS
from analysis.findings.three_lines import as_text, first_words, first_words_of_one
from analysis.metrics import METRICS, metric
from tests.analysis.synthetic import run

SPREAD = np.array([-0.01, 0.0, 0.01, 0.0])
FAST = (
    "report_to_solution_median",
    "report_to_solution_p90",
    "solved_7wd_from_report",
    "solved_30d_from_report",
)
BASE = {
    "reported_180d": 0.5, "report_to_solution_median": 8.0, "solved_7wd_from_report": 0.5,
    "solved_30d_from_report": 0.8, "report_to_solution_p90": 60.0, "voice": 0.3, "participation": 0.1,
    "merchants_delivering": 0.2, "unit_delivery": 0.4, "rmst180": 130.0,
    "solved_30d_from_report_single": 0.9, "solved_30d_from_report_multi": 0.6,
}  # fmt: skip


def table(**change: float) -> pd.DataFrame:
    """Return a comparison of four replications in which b differs from a by these amounts."""
    base = pd.DataFrame(BASE, index=range(4))
    other = base.copy()
    for name in BASE:
        other[name] += change.get(name, 0.0) + SPREAD
    return compare_tables({"a": base, "b": other})


def line(comparison: pd.DataFrame, head: str, language: str = "en") -> str:
    (block,) = first_words(comparison, language=language)
    chosen = [one for one in block.lines if one.head.strip() == head]
    return f"{chosen[0].verdict} {chosen[0].text}"


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        ({"report_to_solution_median": -1.0}, "FASTER under B:"),
        ({"solved_30d_from_report": 0.1, "report_to_solution_p90": -9.0}, "FASTER under B:"),
        ({"report_to_solution_median": 1.0, "solved_7wd_from_report": -0.1}, "SLOWER under B:"),
        ({}, "NO DIFFERENCE SHOWN:"),
        (
            {"report_to_solution_median": -1.0, "report_to_solution_p90": 9.0},
            "most reports faster, the longest slower",
        ),
        (
            {"report_to_solution_median": 1.0, "report_to_solution_p90": -9.0},
            "most reports slower, the longest faster",
        ),
        ({"report_to_solution_median": 1.0, "solved_7wd_from_report": 0.1}, "MIXED under B:"),
    ],
)
def test_how_fast_is_said_in_a_word(change: dict[str, float], verdict: str) -> None:
    assert verdict in line(table(**change), "How fast")


def test_each_measure_has_its_word() -> None:
    said = line(table(report_to_solution_median=-1.0, solved_30d_from_report=-0.1), "How fast")
    assert "8.0 → 7.0 days (faster)" in said
    assert "80.0 → 70.0 % (slower)" in said
    assert "50.0 → 50.0 % (no difference shown)" in said


def test_who_gets_heard_and_who_takes_part() -> None:
    said = table(reported_180d=0.1, participation=0.05, unit_delivery=-0.1)
    assert line(said, "Who gets heard").startswith("MORE under B: of 100 needs, 50.0 → 60.0 are reported")
    assert line(said, "Who takes part").startswith("MORE under B: residents of 14 and over who reported")
    assert "contributed or decided 10.0 → 15.0 % (more)" in line(said, "Who takes part")
    assert "delivered 40.0 → 30.0 % (fewer)" in line(said, "Who takes part")


def test_for_whom_is_grouped_by_the_word() -> None:
    said = line(table(solved_30d_from_report_multi=-0.1), "for whom")
    assert "no difference shown for needs of one organisation (90.0 → 90.0 %)" in said
    assert "slower for needs of two or more (60.0 → 50.0 %)" in said


def test_a_quantile_beyond_the_run_is_said_to_be_not_reached() -> None:
    comparison = table(report_to_solution_p90=np.inf)
    assert "90 % within 60.0 → not reached (slower)" in line(comparison, "How fast")
    assert "SLOWER" in line(comparison, "How fast")
    both = comparison.copy()
    both.loc[both["metric"] == "report_to_solution_p90", "a_mean"] = np.inf
    assert "90 % within a time beyond the run;" in line(both, "How fast")


def test_one_replication_is_no_finding() -> None:
    one = compare_tables({name: pd.DataFrame(BASE, index=[0]) for name in "ab"})
    for head in ("Who gets heard", "How fast"):
        assert line(one, head).startswith("One replication, no finding yet:")
    assert not re.search("faster|slower|more|fewer", as_text(first_words(one)).replace("two or more", ""))


def test_all_needs_stand_last_with_their_reason() -> None:
    (block,) = first_words(table(rmst180=-2.0))
    assert block.lines[-1].head == "All needs"
    assert "silence cannot pass for speed" in block.lines[-1].text
    assert "130.0 → 128.0 days" in block.lines[-1].text
    heads = [one.head for one in block.lines if not one.head.startswith(" ")]
    assert heads == ["Who gets heard", "How fast", "Who takes part", "All needs"]


@pytest.fixture(scope="module")
def drawn() -> pd.DataFrame:
    names = ("administration_led", "co_governance")
    runs = {name: [run(name, number, needs=500, residents=300) for number in range(3)] for name in names}
    third = []
    for number in range(3):
        third.append(run("co_governance", number, needs=500, residents=300, effect=2.0))
        third[-1].scenario = "third"
    return compare({**runs, "third": third})


def test_the_difference_is_divided_as_the_table_says(drawn: pd.DataFrame) -> None:
    block, third = first_words(drawn)
    numbers = [f"{drawn.set_index('metric').at[name, 'difference_co_governance']:+.2f}".replace("-", "−")
               for name in ("rmst180", "reporting_part", "service_part")]  # fmt: skip
    pattern = r"{} \[.*\] days = reporting {} \[.*\] \+ service {} \[".format(*map(re.escape, numbers))
    assert re.search(pattern, block.lines[-1].text)
    assert "same needs" in [one.head.strip() for one in block.lines]
    assert "C third" in third.title


def test_it_fits_a_screen(drawn: pd.DataFrame) -> None:
    lines = as_text(first_words(drawn)).split("\n")
    assert max(map(len, lines)) <= 100
    assert len(lines) <= 40
    assert not any(line.rstrip().endswith("→") or line.strip().startswith(("%", "→")) for line in lines)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_all_words_are_there_and_every_number_is_named(drawn: pd.DataFrame, language: str) -> None:
    assert WORDS["en"].keys() == WORDS["zh"].keys()
    text = " ".join(
        f"{one.head} {one.verdict} {one.text}" for one in first_words(drawn, language=language)[0].lines
    )
    assert "{" not in text
    assert "–" not in text
    for key in ("heard", "fast", "part", "one_heard", "one_fast", "one_part", "one_all"):
        assert set(re.findall(r"\{(\w+)\}", WORDS[language][key])) <= METRICS.keys()
    assert re.search("faster|slower" if language == "en" else "更快|更慢", text)


def test_one_scenario_alone() -> None:
    names = ("reported_180d", "report_to_solution_median", "rmst180", "days_unreported", "days_in_service")
    summary = pd.DataFrame({"metric": names, "unit": [metric(name).unit for name in names],
                            "mean": [0.5, 8.0, 130.0, 120.0, 10.0], "low": [0.4, 7.0, 129.0, 119.0, 9.0],
                            "high": [0.6, 9.0, 131.0, 121.0, 11.0]})  # fmt: skip
    block = first_words_of_one(summary, "X", "en", 9)
    text = as_text([block])
    assert "X; replications: 9" in text
    assert "Of 100 needs, 50.0 [40.0, 60.0] are reported" in text
    assert "within 8.0 [7.0, 9.0] days" in text
    assert "120.0 [119.0, 121.0] days not yet reported" in " ".join(text.split())
    alone = first_words_of_one(summary.assign(low=np.nan, high=np.nan), "X", "en", 1)
    assert "says nothing about the uncertainty" in alone.title
    assert "每100件诉求中" in first_words_of_one(summary, "X", "zh", 9).lines[0].text


def test_what_is_reached_now_and_then_is_not_called_slower() -> None:
    base = pd.DataFrame(BASE, index=range(4))
    other = base.copy()
    other.loc[0, "report_to_solution_p90"] = np.inf
    said = line(compare_tables({"a": base, "b": other}), "How fast")
    assert "90 % within 60.0 → not reached; within" in said
    assert "SLOWER" not in said
    other["report_to_solution_p90"] = np.inf
    assert "not reached (slower)" in line(compare_tables({"a": base, "b": other}), "How fast")


def test_where_nothing_is_known_of_needs_that_is_said() -> None:
    base = pd.DataFrame(BASE, index=range(4))
    base[[name for name in BASE if name not in ("voice", "participation")]] = np.nan
    comparison = compare_tables({"a": base, "b": base})
    assert line(comparison, "Who gets heard").startswith("NOT KNOWN:")
    assert line(comparison, "How fast").startswith("NOT KNOWN:")
    assert "30.0 → 30.0 % (no difference shown)" in line(comparison, "Who takes part")
