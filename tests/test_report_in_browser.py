"""A Chinese report in a real Chromium: nothing is drawn as an empty box, nothing is asked of a network."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from analysis.report.html_page import Page, code, figure, heading, items, paragraph, quoted, table
from analysis.safe_text.plain_text import visible
from experiments.system.pdf import print_page

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
    made.add(items(["`字体`"]), code("命令"), made.folded("细节", paragraph("折叠")))
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


def fonts_of(page: Any, element: str) -> list[dict[str, Any]]:
    """The fonts that drew an element: the browser's own account, whatever fonts the machine has."""
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    node = session.send("DOM.querySelector", {"nodeId": root, "selector": element})["nodeId"]
    return session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]


@pytest.mark.parametrize(
    "name", ["h1", "h2", "p.answer", "li", "th", "td", "tr:nth-child(2) td", "pre", "code", "summary"]
)
def test_what_is_chinese_is_drawn_with_the_font_that_comes_along(sheet: Any, name: str) -> None:
    page, _ = sheet
    # Asked for by name as well: a browser may draw with another font until it has read the one inside.
    page.evaluate(f"document.fonts.load(\"16px 'Cogov Sans SC'\", {TITLE!r})")
    page.evaluate("document.fonts.ready.then(() => new Promise(requestAnimationFrame))")
    page.add_style_tag(content="li, summary { list-style: none }")  # their marks are no Chinese
    drawn = fonts_of(page, name)
    assert [font["isCustomFont"] for font in drawn] == [True], drawn
    assert "Cogov" in drawn[0]["postScriptName"]


def test_on_paper_as_well(tmp_path: Path, sheet: Any) -> None:
    page, _ = sheet
    browser = CHROMIUM
    assert browser is not None
    print_page(Path(page.url.removeprefix("file://")), tmp_path / "report.pdf", browser)
    assert re.findall(rb"/FontName /\w*\+?Cogov", (tmp_path / "report.pdf").read_bytes())


def test_on_paper_tables_lie_open_and_the_manifest_does_not(tmp_path: Path, sheet: Any) -> None:
    page, _ = sheet
    made = Page(TITLE, "en")
    long = paragraph("\n".join(["a line of its own"] * 900))
    made.add(made.folded("numbers", table(["a"], [["1"]] * 200)))
    made.add(f'<details class="manifest"><summary>whole</summary>{long}</details>')
    (tmp_path / "report.html").write_text(made.render(), encoding="utf-8")
    other = page.context.browser.new_page()
    other.goto((tmp_path / "report.html").as_uri())
    known = other.evaluate("CSS.supports('selector(details::details-content)')")
    printed = len(re.findall(rb"/Type\s*/Page\b", other.pdf(prefer_css_page_size=True)))
    other.close()
    if not known:
        pytest.skip("a browser that cannot unfold on paper")
    assert 3 <= printed <= 6


HOSTILE = (
    "<script>document.title='PWNED'</script><img src=x onerror=\"document.title='PWNED'\"> "
    "</title></style><svg onload=alert(1)> [a](javascript:alert(2)) {{1}} `t` $\\frac{1}{$ \x1b[31m \u202eabc"
)


def test_no_script_of_a_title_runs(tmp_path: Path, sheet: Any) -> None:
    page, _ = sheet
    made = Page(HOSTILE, "en")
    made.add(heading(HOSTILE), paragraph(HOSTILE, "answer"), items([quoted(HOSTILE)]), code(HOSTILE))
    made.add(table([HOSTILE], [[HOSTILE]]), made.folded(HOSTILE, paragraph(HOSTILE)))
    (tmp_path / "report.html").write_text(made.render(), encoding="utf-8")
    other = page.context.browser.new_page()
    said: list[str] = []
    other.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    other.on("pageerror", lambda error: said.append(str(error)))
    other.on("console", lambda message: said.append(message.text))
    other.goto((tmp_path / "report.html").as_uri())
    shown = visible(HOSTILE)
    # A browser folds white space in a document's own title.
    assert other.title() == shown
    for name in ("h1", "h2", "p.answer", "li", "pre", "th", "td", "summary"):
        assert other.inner_text(f"{name} >> nth=0") == shown, name
    assert other.locator("script, img, svg, a").count() == 0
    assert said == []
    # Should a text ever get in as markup, the page's policy stops it.
    other.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.ran=1\">')")
    other.wait_for_timeout(200)
    assert other.evaluate("window.ran === undefined")
    other.close()


def test_nothing_is_asked_of_a_network(sheet: Any) -> None:
    _, asked = sheet
    assert all(address.startswith(("file:", "data:")) for address in asked)
