"""A Chinese report in a real Chromium: nothing is drawn as an empty box, nothing is asked of a network."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from analysis.report_page import Page, figure, heading, paragraph, table

sync_api = pytest.importorskip("playwright.sync_api")
NAMES = (os.environ.get("COGOV_CHROMIUM", "chromium"), "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
TITLE = "行政主导的服务与数字化多元协同共治"


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The page, opened in a browser that may not look for Chinese characters elsewhere."""
    if CHROMIUM is None:
        if os.environ.get("COGOV_NEEDS_BROWSER") == "1":
            pytest.fail("a browser is wanted here, and there is none")
        pytest.skip("no Chromium on this machine")
    folder = tmp_path_factory.mktemp("page")
    picture = Path(__file__).resolve().parents[1] / "docs" / "figures" / "main.png"
    made = Page(TITLE, "zh")
    made.add(heading("问题"), paragraph("一件诉求多久才真正解决？", "answer"), heading("回答"))
    made.add(paragraph("敏感性分析。"), table(["指标", "值"], [["全部诉求", "1"], ["真实解决", "2"]]))
    made.add(figure(picture, "图"))
    (folder / "report.html").write_text(made.render(), encoding="utf-8")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 900, "height": 1400})
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto((folder / "report.html").as_uri())
        page.wait_for_function("document.fonts.status === 'loaded'")
        yield page, asked
        browser.close()


def test_what_is_chinese_is_drawn_with_the_font_that_comes_along(sheet: Any) -> None:
    page, _ = sheet
    for name in ("h1", "h2 >> nth=0", "h2 >> nth=1", "p.answer", "th >> nth=0", "td >> nth=0", "td >> nth=2"):
        element = page.locator(name)
        before = element.screenshot()
        # With nothing else to choose from it must look the same: no box stood in for a character.
        element.evaluate("element => { element.style.fontFamily = '\\'Cogov Sans SC\\'' }")
        assert element.screenshot() == before, name


def test_nothing_is_asked_of_a_network(sheet: Any) -> None:
    _, asked = sheet
    assert all(address.startswith(("file:", "data:")) for address in asked)
