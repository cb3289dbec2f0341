"""Saving under a name and past comparisons in a real browser: after a reload, after a restart, by keys."""

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.browser import Dashboard, move_slider, opened, served, wait_drawn
from experiments.dashboard.state.saved_scenarios import save as save_in_folder
from experiments.dashboard.state.scenario_pair import View, arms, identity
from sim.scenario.loading import load_scenario
from tests.dashboard.conftest import SMALL
from tests.dashboard.test_browser import PICTURES

PAIRS = 2
WORDS = [*SMALL, f"replications={PAIRS}"]
CURRENT = "[data-standing=current][aria-busy=false]"
#: What is said: the group in the choosers, a refusal, nothing changed, the button of a row, a run.
SAID = {
    "en": ("Saved under a name", "is there already; choose another name", "nothing", "Show", "New runs"),
    "zh": ("已命名保存", "已存在；请另取名称", "无", "调回", "新运行"),
}
MARKS = {"en": " (changed)", "zh": "（已改）"}
VIEW = View(("administration_led", "co_governance"), SMALL)
BEFORE = "去年的方案（八人）"
NAMES = {"en": ("Ten cadres", "Ten_cadres.yaml"), "zh": ("试点方案（十人）", "试点方案_十人.yaml")}


@pytest.fixture(scope="module")
def dashboard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dashboard]:
    PICTURES.mkdir(parents=True, exist_ok=True)
    where = tmp_path_factory.mktemp("saving")
    # Something is there already when the server starts.
    save_in_folder(VIEW.with_change(1, "staff.per_10k", 8.0), 1, BEFORE, where / "out")
    with served(WORDS, where) as running:
        yield running


def folder(dashboard: Dashboard) -> Path:
    return dashboard.outside.parent / "out"


def chosen(page: Any, side: str) -> str:
    text = page.locator(f"[data-scenario={side}]").evaluate("e => e.selectedOptions[0].textContent")
    return str(text)


def cells(page: Any) -> list[list[str]]:
    found = page.locator("[data-past]").evaluate_all(
        "rows => rows.map(r => [...r.cells].map(c => c.innerText))"
    )
    return [[str(cell) for cell in row] for row in found]


def save(page: Any, name: str) -> None:
    page.click("[data-tab=save]")
    page.fill("[data-field=name]", name)
    page.press("[data-field=name]", "Enter")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_saved_by_name_and_brought_back(dashboard: Dashboard, language: str) -> None:
    group, taken, nothing, show, ran = SAID[language]
    name, file = NAMES[language]
    with opened(f"{dashboard.address}?lang={language}") as (page, seen):
        wait_drawn(page, PAIRS, patience=300.0)
        offered = page.locator("[data-scenario=a] [data-group=saved] option").count()
        title = chosen(page, "b")
        move_slider(page, "staff.per_10k", "b", 0.1)
        page.wait_for_url("**b.staff.per_10k=*")
        page.wait_for_selector(CURRENT)
        staff = float(page.url.split("b.staff.per_10k=")[1].split("&")[0])
        tiles = page.locator(".cogov-tile-difference").all_inner_texts()
        save(page, name)

        # At once in both choosers under its own title, in place of the side, with the same numbers.
        page.wait_for_selector(f"[data-saved='{file}']")
        count = "document.querySelectorAll('[data-group=saved] option').length"
        page.wait_for_function(f"{count} === {2 * (offered + 1)}")
        headings = page.locator("[data-group=saved]").evaluate_all("all => all.map((one) => one.label)")
        assert headings == [group, group]
        assert chosen(page, "b") == name
        assert file in page.inner_text("[data-field=name-status]")
        assert page.input_value("[data-field=name]") == ""
        page.wait_for_url("**b=saved/*")
        page.wait_for_selector(CURRENT)
        assert page.locator(".cogov-tile-difference").all_inner_texts() == tiles
        path = folder(dashboard) / file
        wanted = arms(VIEW.with_change(1, "staff.per_10k", staff))[1]
        assert identity(load_scenario(str(path))) == identity(wanted)
        held = path.read_bytes()

        # A name that is taken is refused in one line, and the file is as it was.
        save(page, name)
        page.wait_for_selector(".cogov-error")
        (line,) = page.locator(".cogov-error").all_inner_texts()
        assert taken in line
        assert file in line
        assert page.input_value("[data-field=name]") == name
        assert path.read_bytes() == held

        # What was compared, newest first, in words; a row brings its comparison back, and undo leaves it.
        rows = cells(page)
        assert [row[3] for row in rows] == [name, title + MARKS[language], title]
        assert f"→ {staff:g}" in rows[1][4]
        assert rows[0][4] == rows[2][4] == nothing
        assert rows[1][7].split("\n")[1] == tiles[0]
        page.screenshot(path=PICTURES / f"saving_{language}.png")
        assert page.inner_text("[data-past='1'] button") == show
        page.focus("[data-past='1'] button")
        page.keyboard.press("Enter")
        page.wait_for_url("**b=co_governance*")
        page.wait_for_selector("[data-past='1'] [aria-current=true]")
        page.wait_for_selector(CURRENT)
        assert page.evaluate("document.activeElement.closest('tr').dataset.past") == "1"
        assert cells(page)[2][7].split("\n")[1] == page.inner_text(".cogov-tile-difference >> nth=0")
        assert len(cells(page)) == 3
        page.click("[data-tab=compare]")
        page.wait_for_selector("[data-state=done]")
        assert ran not in page.inner_text(".cogov-status")
        page.click("[data-field=undo]")
        page.wait_for_url("**b=saved/*")
        page.reload()
        page.wait_for_selector(CURRENT)
        assert chosen(page, "b") == name
        assert seen.errors == []


def test_what_was_saved_before_the_start_is_offered(dashboard: Dashboard) -> None:
    name, file = BEFORE, "去年的方案_八人.yaml"
    path = folder(dashboard) / file
    address = f"{dashboard.address}?lang=zh&a=administration_led&b=saved/{path.stem}&pairs={PAIRS}&seed=1"
    with opened(address) as (page, seen):
        page.wait_for_selector(CURRENT)
        assert chosen(page, "b") == name
        # Changed, and saved under another name.
        page.select_option("[data-scenario=a]", label=name)
        page.wait_for_url("**a=saved/**")
        move_slider(page, "staff.per_10k", "a", 0.6)
        page.wait_for_url("**a.staff.per_10k=*")
        page.click("[data-tab=save]")
        page.select_option("[data-field=name-side]", index=0)
        save(page, f"{name} 2")
        page.wait_for_selector(f"[data-saved='{path.stem}_2.yaml']")
        assert chosen(page, "a") == f"{name} 2"
        # The command takes it.
        assert str(path) in shlex.split(page.inner_text("[data-field=command]"))[2]

        # Damaged, it is told and no longer offered, and the page goes on with what it read.
        path.write_bytes(b"staff: {per_10k: -1")
        page.click("[data-field=language]")
        page.wait_for_selector(f"[data-saved='{file}'] .cogov-save-as-reason")
        assert chosen(page, "b") == name
        page.goto(address)
        page.wait_for_selector(".cogov-error")
        (line,) = page.locator(".cogov-error").all_inner_texts()
        assert file in line
        page.wait_for_selector(CURRENT)
        offered = page.locator("[data-scenario=b] option").all_inner_texts()
        assert name not in offered
        assert f"{name} 2" in offered
        assert path.read_bytes() == b"staff: {per_10k: -1"
        assert seen.errors == []
