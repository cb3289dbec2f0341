"""The tab for a service target in a real browser: from the promise to the smallest team and its price."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from analysis.safe_text.spreadsheet import read_csv
from benchmarks.browser import Dashboard, Seen, opened, served, wait_drawn
from experiments.command_line.staffing import main
from experiments.dashboard.words.target_words import target_word
from experiments.system.language import spoken
from tests.dashboard.conftest import SMALL
from tests.dashboard.test_browser import PICTURES
from tests.dashboard.test_browser_export import by_key

PAIRS = 2
YEARS = 6
CURRENT = "[data-standing-target=current]"
OLD = "[data-standing-target=old]"
STATUS = "[data-field=target-status]"


@pytest.fixture(scope="module")
def dashboard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dashboard]:
    PICTURES.mkdir(parents=True, exist_ok=True)
    words = [*SMALL, f"replications={PAIRS}"]
    with served(words, tmp_path_factory.mktemp("target")) as running:
        yield running


@pytest.fixture
def opened_page(dashboard: Dashboard) -> Iterator[tuple[Any, Seen]]:
    with opened(f"{dashboard.address}?lang=en&tab=target", 1280, 900) as (page, seen):
        wait_drawn(page, PAIRS, patience=300.0)
        yield page, seen
    assert seen.errors == []


def fill(page: Any, name: str, text: str) -> None:
    page.fill(f"[data-field=target-{name}]", text)
    page.press(f"[data-field=target-{name}]", "Tab")


def wait_text(page: Any, selector: str, pattern: str) -> None:
    page.wait_for_function(
        "([where, what]) => new RegExp(what).test((document.querySelector(where) || {}).innerText || '')",
        arg=[selector, pattern],
    )


def test_from_the_promise_to_the_smallest_team(
    opened_page: tuple[Any, Seen], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page, _ = opened_page
    assert page.locator(CURRENT).count() == 0
    # By keys alone: a field, and Enter in the next one starts with what stands there.
    page.focus("[data-field=target-share]")
    page.keyboard.press("Control+a")
    page.keyboard.type("30")
    for _step in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.field") == "target-years":
            break
    page.keyboard.press("Control+a")
    page.keyboard.type(str(YEARS))
    page.keyboard.press("Enter")
    page.wait_for_selector(CURRENT)
    assert page.evaluate("document.activeElement.dataset.field") == "target-years"
    page.wait_for_selector("[data-chart=target] svg")
    assert "target.share=30" in page.url

    # The answer is that of the command which the page names, in its words.
    _, _, *words = shlex.split(page.inner_text("pre.cogov-command >> nth=0"))
    for language in ("en", "zh"):
        if language == "zh":
            page.click("[data-field=language]")
            page.wait_for_selector("text=求最小队伍")
        out = tmp_path / language
        with spoken(language):
            main([*words, "executor=serial", f"out={out}"])
        said = [line for line in capsys.readouterr().out.splitlines() if line]
        shown = page.inner_text("[data-answer=a]")
        for line in said[-3:]:
            assert line in shown, line
        persons = re.findall(r"\d+", said[-1])[-1]
        assert page.inner_text("[data-answer=a] tr.headline td >> nth=0") == persons
        page.screenshot(path=PICTURES / f"target_{language}.png")

    # A wage asks nothing anew; both the answer and the table then have a price.
    columns = page.locator("[data-answer=a] tr >> nth=0").locator("th").count()
    fill(page, "wage", "50")
    price = 50 * 1760 * int(persons)
    page.wait_for_selector(f"[data-answer=a] strong:text-is('{price:,}')")
    assert page.locator("[data-answer=a] tr >> nth=0").locator("th").count() == columns + 1
    assert page.locator(CURRENT).count() == 1


def test_old_numbers_are_marked_and_kept_years_answer_at_once(opened_page: tuple[Any, Seen]) -> None:
    page, _ = opened_page
    fill(page, "years", str(YEARS))
    page.click("[data-field=target-start]")
    page.wait_for_selector(CURRENT)
    short = page.inner_text("[data-answer] .cogov-short")

    # What kept years do not answer is marked, in words too, until it is asked for.
    fill(page, "share", "99")
    page.wait_for_selector(f"{OLD}.cogov-old")
    assert "old numbers" in page.inner_text(".cogov-target-old")
    assert page.inner_text("[data-answer] .cogov-short") == short
    assert page.locator("[data-field^=export-team]:enabled:visible").count() == 0
    page.click("[data-field=target-start]")
    page.wait_for_selector(CURRENT)
    assert page.inner_text("[data-answer] .cogov-short") != short

    # Back again: no search, no button. A reload finds the years as well, and another seed has none.
    fill(page, "share", "40")
    wait_text(page, "[data-answer] .cogov-short", f"^{short}$")
    wait_text(page, STATUS, "before")
    assert page.locator(CURRENT).count() == 1
    page.reload()
    page.wait_for_selector(CURRENT)
    assert page.inner_text("[data-answer] .cogov-short") == short
    page.fill("[data-field=seed]", "2")
    page.press("[data-field=seed]", "Tab")
    page.wait_for_selector(OLD)

    # What a field cannot hold is one line, and the field shows what holds.
    fill(page, "share", "140")
    page.wait_for_selector("[role=alert]:visible")
    assert "a number from 0 to 100" in page.inner_text("[role=alert]:visible")
    assert page.input_value("[data-field=target-share]") == "40"
    # What the search as a whole refuses, too.
    fill(page, "fewest", "9")
    fill(page, "most", "3")
    page.click("[data-field=target-start]")
    wait_text(page, "[role=alert]", "staffing.most")


def test_a_search_is_cancelled_and_leaves_the_comparison_alone(opened_page: tuple[Any, Seen]) -> None:
    page, _ = opened_page
    # Half of the years: that no thousand of them decides.
    for name, text in {
        "years": "1000",
        "confidence": "50",
        "share": "51",
        "fewest": "1",
        "most": "1",
    }.items():
        fill(page, name, text)
    page.click("[data-field=target-start]")
    wait_text(page, "[data-field=target-progress]", "Years simulated")
    # The comparison goes on beside it, on another tab, and the search behind that one.
    page.click("[data-tab=compare]")
    page.fill("[data-field=pairs]", str(PAIRS + 1))
    page.press("[data-field=pairs]", "Tab")
    wait_drawn(page, PAIRS + 1)
    page.click("[data-tab=target]")
    page.wait_for_selector("[data-field=target-progress]")
    page.focus("[data-field=target-cancel]")
    page.keyboard.press("Enter")
    wait_text(page, STATUS, "Cancelled")
    assert page.evaluate("document.activeElement.dataset.field") == "target-cancel"
    assert page.locator(CURRENT).count() == 0


def shown_rows(page: Any, side: str) -> list[dict[str, str]]:
    """Return the table of teams on the page, by what its columns are."""
    columns = ["persons", "rate", "share", "range", "met", "interval", "years", "busy", "hours", "money"]
    head, *rows = page.locator(f"[data-answer={side}] table tr").evaluate_all(
        "rows => rows.map(r => [...r.cells].map(c => c.textContent))"
    )
    assert head == [target_word(f"column_{name}", "en") for name in columns]
    return [dict(zip(columns, row, strict=True)) for row in rows]


def test_each_file_is_saved_and_opens_with_the_numbers_of_the_page(
    dashboard: Dashboard, tmp_path: Path
) -> None:
    calamine = pytest.importorskip("python_calamine")
    from PIL import Image

    query = f"?lang=en&tab=target&target.share=30&target.years={YEARS}&target.both=yes&target.wage=50"
    with opened(dashboard.address + query, 1280, 900) as (page, seen):
        wait_drawn(page, PAIRS, patience=300.0)
        page.click("[data-field=target-start]")
        page.wait_for_selector(f"{CURRENT} [data-answer=b]")
        page.wait_for_selector("[data-field=export-teams-b-xlsx]:enabled")
        kinds = page.locator("[data-field^=export-team]").evaluate_all(
            "all => all.map(e => e.dataset.field.slice(7))"
        )
        offered = [("team", "svg"), ("team", "png"), ("teams", "csv"), ("teams", "xlsx")]
        assert kinds == [f"{name}-{side}-{kind}" for side in "ab" for name, kind in offered]
        # The slow picture of one side is enough.
        files = {kind: by_key(page, kind, tmp_path) for kind in kinds if kind != "team-b-png"}
        for side in "ab":
            table = read_csv(files[f"teams-{side}-csv"].read_text(encoding="utf-8-sig"))
            configuration = files[f"teams-{side}-csv"].stem.rsplit("-", 1)[1]
            # Each team that the page shows is in the file, with its numbers at every digit.
            rows = shown_rows(page, side)
            assert 0 < len(rows) <= len(table)
            for row in rows:
                (mine,) = table[table["counts"].astype(str) == row["persons"]].to_dict("records")
                assert row["share"] == f"{100 * mine['share']:.1f} %"
                assert row["met"] == f"{100 * mine['years_met']:.0f} %"
                assert row["years"] == str(mine["years"])
                assert row["hours"] == f"{mine['paid_hours_per_year']:,.0f}"
                assert row["money"] == f"{mine['paid_money_per_year']:,.0f}"
                assert mine["paid_money_per_year"] == 50 * mine["paid_hours_per_year"]
            assert set(table["scenario"]) == {page.inner_text(f"[data-answer={side}] h2")}
            (source,) = set(table["source"])
            assert configuration in source
            assert source.endswith("seed 1")

            # The workbook is the same table, and the figure opens and says what it is of.
            book = calamine.CalamineWorkbook.from_path(files[f"teams-{side}-xlsx"])
            head, *cells = book.get_sheet_by_index(0).to_python()
            assert head == list(table.columns)
            assert [row[head.index("share")] for row in cells] == pytest.approx(list(table["share"]), 1e-14)
            assert [row[head.index("source")] for row in cells] == list(table["source"])
            vector = ElementTree.parse(files[f"team-{side}-svg"]).getroot()
            assert vector.tag.endswith("}svg")
            assert not [part for part in vector.iter() if str(part.tag).endswith("}script")]
            assert configuration in files[f"team-{side}-svg"].read_text(encoding="utf-8")
        drawn: Any = Image.open(files["team-a-png"])
        drawn.load()
        assert drawn.size[0] > 1000
        assert "cogov staffing" in drawn.text["Description"]
        # A and B are of different configurations.
        assert files["teams-a-csv"].name.rsplit("-", 1)[1] != files["teams-b-csv"].name.rsplit("-", 1)[1]
        assert seen.errors == []
