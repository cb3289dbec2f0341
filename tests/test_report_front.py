"""What a director reads first: one sheet of paper whatever there is to say, and the brief part on two."""

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from analysis.comparison.scenario_summary import summarise_runs
from analysis.comparison.table import compare_summaries
from analysis.figures import answer_figure, save
from analysis.figures.page import style
from analysis.findings.remarks import Remark, stored
from analysis.report.comparison_report import write_report, write_run_report
from analysis.summaries.run_summary import RunSummary, summarise_run
from experiments.results.presentation import evidence
from sim.scenario.loading import load_scenario
from tests.analysis.test_by_group import varied

sync_api = pytest.importorskip("playwright.sync_api")
CHROMIUM = next(
    filter(None, map(shutil.which, (os.environ.get("COGOV_CHROMIUM", "chromium"), "google-chrome"))), None
)
NAMES = ("administration_led", "co_governance", "complaint_box", "iron_soles")
TITLES = {
    "en": [f"{word} for joint sessions on working Mondays" for word in ("Office", "Reform", "Box", "Patrol")],
    "zh": [f"{word}街道办事处牵头的多元协同共治联席会商试点" for word in "甲乙丙丁"],
}
#: As long as remarks are, and more of them than the first page has room for.
REMARKS = [
    Remark(str(number), f"Remark {number}: " + "the place does not come to rest, so look twice. " * 5,
           f"说明{number}：" + "未达到平稳，扣除季节后在办件仍在变化，请再看一遍。" * 5)
    for number in range(5)
]  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if CHROMIUM is None:
        if os.environ.get("COGOV_NEEDS_BROWSER") == "1":
            pytest.fail("a browser is wanted here, and there is none")
        pytest.skip("no Chromium on this machine")
    with sync_api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture(scope="module")
def runs() -> list[list[RunSummary]]:
    return [[summarise_run(varied(name, number, 400, 300)) for number in range(2)] for name in NAMES[:2]]


def written(folder: Path, runs: list[list[RunSummary]], number: int, language: str, remarks: int) -> Path:
    """Write a report on so many scenarios with so many remarks."""
    arms = {
        name: [
            replace(one, scenario=name, title={language: TITLES[language][place]}) for one in runs[place % 2]
        ]
        for place, name in enumerate(NAMES[:number])
    }
    picture = save(answer_figure(arms, language), folder / "answer", style.Provenance(), title="answer")
    figures = {"answer": picture["png"]}
    facts = {"replications": 2, "remarks": stored(REMARKS[:remarks])}
    known = evidence([load_scenario(name) for name in arms])
    called = dict(zip(arms, TITLES[language], strict=False))
    page = folder / "report.html"
    if number == 1:
        (name,) = arms
        table = summarise_runs(arms[name])
        return write_run_report(
            page, table, figures, facts, title=called[name], scenario=name, evidence=known, language=language
        )
    table = compare_summaries(arms)
    return write_report(page, table, figures, facts, titles=called, evidence=known, language=language)


def sheets(page: Any, part: str) -> int:
    """Return on how many sheets a part of the page is printed."""
    mark = page.add_style_tag(content=f"main > *:not({part}) {{ display: none }}")
    printed = page.pdf(prefer_css_page_size=True)
    mark.evaluate("one => one.remove()")
    return len(re.findall(rb"/Type\s*/Page\b", printed))


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("number", "remarks"), [(1, 0), (2, 0), (2, 5), (3, 1), (4, 0), (4, 5)])
def test_the_first_page_is_one_sheet_and_the_brief_part_two(
    tmp_path: Path, browser: Any, runs: list[list[RunSummary]], number: int, remarks: int, language: str
) -> None:
    path = written(tmp_path, runs, number, language, remarks)
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(path.as_uri())
    page.wait_for_function("document.fonts.status === 'loaded'")
    # Wider than a screen is nothing.
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    # Everything that the first page has is there, in this order.
    order = page.evaluate(
        "Array.from(document.querySelector('.first').children, one => one.className || one.tagName)"
    )
    lead = ["answer"] if number > 1 else []
    code = ["key"] if number > 1 else []
    told = ["remarks"] if remarks else []
    kind = "strip several" if number > 2 else "strip"
    assert order == ["H1", *told, *lead, "key", kind, *code, "FIGURE", "notes"]
    assert page.locator(".first .notes h3").count() == 2
    assert page.locator(".first .remarks .warning").count() == min(remarks, 4 if number < 3 else 3)
    page.emulate_media(media="print")
    assert page.locator(".first img").bounding_box()["height"] > 120
    assert sheets(page, ".first") == 1
    assert sheets(page, ".brief") == 2
    page.close()


def test_one_colour_for_every_clear_difference_and_none_for_its_direction(
    tmp_path: Path, browser: Any, runs: list[list[RunSummary]]
) -> None:
    page = browser.new_page()
    page.goto(written(tmp_path, runs, 2, "en", 0).as_uri())
    look = """name => Array.from(document.querySelectorAll('.strip .' + name),
                                 one => getComputedStyle(one).backgroundColor)"""
    shown, unclear = page.evaluate(look, "shown"), page.evaluate(look, "unclear")
    words = set(page.locator(".strip .shown").all_inner_texts())
    # Differences of both directions are there, in one colour that is not that of the others.
    assert len(words) > 1, words
    assert len(set(shown)) == 1
    assert not set(shown) & set(unclear)
    page.close()
