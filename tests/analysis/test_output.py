"""Figures, report, sentences and terminal tables."""

import re
from html.parser import HTMLParser

import numpy as np
import pandas as pd
import pytest

pytest.importorskip("matplotlib")

from matplotlib import image
from matplotlib.text import Text

from analysis.comparison.scenario_summary import summarise_runs
from analysis.comparison.table import compare_summaries
from analysis.comparison.twins import pair_summary, paired_cases
from analysis.figures import (
    Provenance,
    break_even_figure,
    forest_figure,
    incidence_figure,
    main_figure,
    participation_figure,
    save,
    validation_figure,
    workload_figure,
    write_break_even,
    write_figures,
)
from analysis.figures.page import style
from analysis.figures.published import panel_label
from analysis.findings.text_table import (
    display_width,
    interval_text,
    layout,
    number_text,
    render,
    render_summary,
    value_text,
)
from analysis.report.comparison_report import write_report
from analysis.summaries.run_summary import summarise_run
from analysis.validation import ROWS, judge
from tests.analysis.synthetic import REGIMES, run
from tests.pictures import numbered

ARMS = ("administration_led", "co_governance")


@pytest.fixture(scope="module")
def records():
    return {name: [run(name, number, needs=500, residents=600) for number in range(3)] for name in ARMS}


@pytest.fixture(scope="module")
def summaries(records):
    return {name: [summarise_run(item) for item in items] for name, items in records.items()}


@pytest.fixture(scope="module")
def pairs(records):
    return [paired_cases(a, b) for a, b in zip(*records.values(), strict=True)]


@pytest.fixture(scope="module")
def comparison(summaries, pairs):
    return compare_summaries(summaries, pairs)


def break_even_table(missing: bool = False) -> pd.DataFrame:
    rows = [
        (effect, capacity, paperwork, 20 * paperwork - 3 * effect - 0.1 * capacity)
        for effect in (0.0, 1.0, 2.5) for capacity in (2, 6, 20) for paperwork in (0.1, 0.35)
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=["convener_effect", "session_capacity", "paperwork", "difference"])
    table["difference_low"], table["difference_high"] = table["difference"] - 1, table["difference"] + 1
    return table.iloc[1:] if missing else table


def texts(figure) -> list[str]:
    return [
        item.get_text() for item in figure.findobj(Text) if item.get_text().strip() and item.get_visible()
    ]


def drawn(figure) -> list[tuple[str, object]]:
    """Draw a figure; returns the texts that were really drawn (no ticks out of range) and their boxes."""
    found = []

    def record(item, renderer, *rest, **more):
        original(item, renderer, *rest, **more)
        if item.get_text().strip() and item.get_visible():
            found.append(item)

    original = Text.draw
    with pytest.MonkeyPatch.context() as patch:
        figure.canvas.draw()  # settles the layout
        patch.setattr(Text, "draw", record)
        figure.canvas.draw()
    renderer = figure.canvas.get_renderer()
    return [(item.get_text(), item.get_window_extent(renderer)) for item in found]


def overlapping(figure) -> list[tuple[str, str]]:
    """Pairs of texts whose boxes overlap by more than a hair, as printed."""
    boxes = [(label, box.padded(-1.5)) for label, box in drawn(figure)]
    return [
        (first, second)
        for number, (first, box) in enumerate(boxes)
        for second, other in boxes[number + 1 :]
        if box.width > 0 and other.width > 0 and box.overlaps(other)
    ]


def outside(figure) -> list[str]:
    """Texts that leave the page."""
    page = figure.bbox.padded(1.0)
    return [
        label
        for label, box in drawn(figure)
        if box.x0 < page.x0 or box.x1 > page.x1 or box.y0 < page.y0 or box.y1 > page.y1
    ]


SOURCE = Provenance("0123456789abcdef", "cogov compare seed=1", "0.1.0")
CHINESE = {
    "main": lambda summaries, comparison: main_figure(summaries, "zh", SOURCE),
    "incidence": lambda summaries, comparison: incidence_figure(summaries, "zh", SOURCE),
    "differences": lambda summaries, comparison: forest_figure(comparison, language="zh", provenance=SOURCE),
    "participation": lambda summaries, comparison: participation_figure(summaries, "zh", SOURCE),
    "workload": lambda summaries, comparison: workload_figure(summaries, "zh", SOURCE),
    "break_even": lambda summaries, comparison: break_even_figure(break_even_table(), "zh", SOURCE),
}


def test_main_figure_shows_the_estimated_curve(summaries):
    figure = main_figure(summaries)
    for axes, curve in zip(figure.axes, ("unsolved_from_report", "unsolved"), strict=False):
        expected = np.mean([item.curves[curve] for item in summaries[ARMS[1]]], axis=0)
        assert axes.get_lines()[1].get_ydata() == pytest.approx(expected)
    widths = [patch.get_width() for patch in figure.axes[2].patches]
    assert sum(widths) == pytest.approx(200.0)  # two bars of 100 %


def test_incidence_is_stacked_up_to_the_share_solved(summaries):
    figure = incidence_figure(summaries)
    for axes, items in zip(figure.axes, summaries.values(), strict=True):
        tops = [area.get_paths()[0].vertices[:, 1].max() for area in axes.collections]
        assert tops == sorted(tops)
        assert tops[-1] == pytest.approx(np.mean([item.estimates["ending_solved"] for item in items]))


def test_main_figure_without_follow_up_says_so(records):
    short = []
    for item in records[ARMS[0]]:
        copy = run(ARMS[0], item.replication, needs=300, residents=50, horizon=100, followup=20)
        short.append(summarise_run(copy))
    assert "needs were not followed for 180 days" in texts(main_figure({ARMS[0]: short}))


def test_forest_fills_only_what_is_clear(comparison):
    figure = forest_figure(comparison, metrics=["rmst180"])
    marks = [line for line in figure.axes[0].get_lines() if line.get_marker() == "o"]
    assert marks[0].get_markerfacecolor() == "black"
    unclear = comparison.copy()
    unclear.loc[unclear["metric"] == "rmst180", "difference_high"] = 1.0
    figure = forest_figure(unclear, metrics=["rmst180"])
    marks = [line for line in figure.axes[0].get_lines() if line.get_marker() == "o"]
    assert marks[0].get_markerfacecolor() == "white"


def test_break_even_hatches_cells_whose_interval_contains_zero():
    table = break_even_table()
    figure = break_even_figure(table)
    hatched = [patch for axes in figure.axes for patch in axes.patches if patch.get_hatch()]
    expected = ((table["difference_low"] <= 0) & (table["difference_high"] >= 0)).sum()
    assert expected > 0
    assert len(hatched) == expected
    with pytest.raises(ValueError, match="lacks difference"):
        break_even_figure(table.drop(columns="difference"))


def test_break_even_with_a_hole_in_the_grid_and_without_sign_change(tmp_path):
    assert write_break_even(break_even_table(missing=True), tmp_path).exists()
    table = break_even_table()
    table["difference"] = table["difference"].abs() + 5
    drawn(break_even_figure(table))


def test_files_carry_their_origin_and_are_the_same_each_time(
    tmp_path, pictures, summaries, coarse_pictures, monkeypatch
):
    monkeypatch.setattr(style, "PRINT_DPI", coarse_pictures)
    written = pictures
    assert list(written) == ["answer", "main", "incidence", "differences", "participation", "workload"]
    png, svg = written["main"].read_bytes(), written["main"].with_suffix(".svg").read_text()
    for origin in (SOURCE.config_hash, SOURCE.command):
        assert origin.encode() in png
        assert origin in svg
    again = save(
        main_figure(summaries, provenance=SOURCE), tmp_path / "main", SOURCE, "main", formats=("svg",)
    )
    assert numbered(again["svg"].read_text()) == numbered(svg)
    assert image.imread(written["main"]).shape[1] == 2160  # 7.2 inches at 300 dots


def test_pdf_as_a_third_format(tmp_path, comparison):
    figure = forest_figure(comparison)
    assert save(figure, tmp_path / "x", SOURCE, formats=("pdf",))["pdf"].read_bytes().startswith(b"%PDF")


def test_chinese_titles_are_never_boxes_in_an_english_figure(summaries):
    renamed = {name: [summarise_run(run(name, 0, needs=50, residents=50))] for name in ARMS}
    for items in renamed.values():
        items[0].title["en"] = "共治"
    titles = style.scenario_titles(renamed, "en")
    assert list(titles.values()) == ["administration led", "co governance"]


@pytest.mark.parametrize("name", CHINESE)
def test_chinese_labels_neither_overlap_nor_are_cut_nor_are_boxes(name, summaries, comparison, recwarn):
    figure = CHINESE[name](summaries, comparison)
    assert overlapping(figure) == []
    assert outside(figure) == []
    assert any(re.search("[\u4e00-\u9fff]", label) for label in texts(figure))
    assert not [warning for warning in recwarn if "missing from" in str(warning.message)]


def test_lines_break_between_chinese_characters_and_within_the_room():
    assert style.wrapped("a  How needs stand after arising", 20) == "a  How needs stand\nafter arising"
    text = style.wrapped("b  需两个以上单位的诉求（180天封顶），平均", 24)
    assert text == "b  需两个以上单位的诉求\n（180天封顶），平均"
    assert panel_label("open_cases_mean", "mean", "zh") == "日均在办件"
    assert panel_label("open_cases_growth", "mean", "zh").endswith(" (每周)")
    assert panel_label("open_cases_growth", "mean", "en").endswith(" (per week)")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_validation_names_its_rows_in_full(language):
    outcomes = [judge(row, [row.target] * 3) for row in ROWS if row.available]
    figure = validation_figure(outcomes, language, SOURCE)
    shown = {label.replace("\n", "") for label in texts(figure)}
    shown |= {label.replace("\n", " ") for label in texts(figure)}
    assert {outcome.row.label(language) for outcome in outcomes} <= shown
    assert overlapping(figure) == []
    assert outside(figure) == []


class Addresses(HTMLParser):
    """Collects tags and whatever a browser would fetch."""

    def __init__(self):
        super().__init__()
        self.fetched, self.open = [], []

    def handle_starttag(self, tag, attrs):
        self.fetched += [value for key, value in attrs if key in ("src", "href")]
        if tag not in ("meta", "img", "br"):
            self.open.append(tag)
        assert tag not in ("script", "link", "iframe")

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def pictures(tmp_path_factory, summaries, comparison, coarse_pictures):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(style, "PRINT_DPI", coarse_pictures)
        return write_figures(summaries, comparison, tmp_path_factory.mktemp("figures"), SOURCE)


@pytest.fixture
def report(tmp_path, pictures, comparison, pairs):
    def write(table=comparison, language="en", **more):
        manifest = {
            "command": "cogov compare seed=1",
            "seed": 1,
            "versions": {"numpy": "2.5"},
            "note": "<b>&",
        }
        path = write_report(
            tmp_path / "report.html",
            table,
            pictures,
            manifest,
            language=language,
            pairs=pair_summary(pairs),
            **more,
        )
        return path.read_text(encoding="utf-8")

    return write


def test_report_is_self_contained_and_well_formed(report):
    page = report(evidence=[{"name": "referral.convener_effect", "value": 1, "low": 0, "high": 2.5}])
    parser = Addresses()
    parser.feed(page)
    assert parser.open == []
    assert len(parser.fetched) == 6
    assert all(address.startswith("data:image/png;base64,") for address in parser.fetched)
    assert "http" not in re.sub('base64,[^"]*', "", page)
    for wanted in (
        "cogov compare seed=1",
        "referral.convener_effect",
        "0\u00a0–\u00a02.5",
        "numpy",
        "&lt;b&gt;&amp;",
    ):
        assert wanted in page
    assert "cogov reproduce regime_map" in page


def test_report_in_chinese(report):
    page = report(language="zh")
    assert 'lang="zh-CN"' in page
    assert "<dt>办得多快</dt><dd><strong>乙更快：</strong>" in page


def test_report_warns_of_unequal_staff_hours(report, comparison):
    assert "same staff hours" in report()
    assert "did not have" not in report()
    unequal = comparison.copy()
    unequal.loc[unequal["metric"] == "staff_hours_available_per_week", "co_governance_mean"] *= 1.2
    assert "did not have the same staff hours" in report(unequal)


def test_report_warns_where_staff_are_charged_more_than_they_have(report, comparison):
    assert "exceed the hours they had" not in report()
    busy = comparison.copy()
    busy.loc[busy["metric"] == "utilisation", "administration_led_mean"] = 1.3
    assert "Under administration led the hours charged to staff exceed the hours they had (130%)" in report(
        busy
    )


def test_terminal_table_is_aligned_also_in_chinese(comparison, summaries):
    for language in ("en", "zh"):
        # A key of letters stands above the table.
        lines = render(comparison, language=language).split("\n\n")[1].split("\n")
        rule = lines[1]
        ends = [match.end() for match in re.finditer("-+", rule)]
        assert len(ends) == 6
        for line in lines[2:]:
            assert display_width(line) <= display_width(rule)
        # The interval column ends at the right edge of the rule.
        assert display_width(next(line for line in lines if line.endswith("]"))) == display_width(rule)
    assert "rmst" not in render(comparison)
    assert "[" in render_summary(summarise_runs(summaries[ARMS[0]]))


def test_layout_and_numbers():
    assert layout([["a", "b"], ["解决", "1"], ["x", "10"]]) == "a      b\n----  --\n解决   1\nx     10"
    assert number_text(-0.04, 1) == "0.0"
    assert number_text(-0.04, 1, sign=True) == "0.0"
    assert number_text(2.25, 1, sign=True) == "+2.2"
    assert value_text(0.1234, "share") == "12.3"
    assert interval_text(-0.1, 0.2, "share", sign=True) == "[−10.0, +20.0]"
    assert interval_text(np.nan, 1.0, "days") == "–"


def test_scenario_titles_come_from_the_settings(summaries):
    assert style.scenario_titles(summaries, "en")[ARMS[1]] == REGIMES[ARMS[1]]["titles"]["en"]
