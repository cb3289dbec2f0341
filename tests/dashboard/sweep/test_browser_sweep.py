"""The tab for sweeps in a real browser: from the question to where it turns, in both languages."""

import re
from pathlib import Path
from typing import Any

from benchmarks.browser import opened, served, wait_drawn
from experiments.dashboard.state.sweep_fields import USUAL
from tests.dashboard.conftest import SMALL
from tests.dashboard.test_browser import PICTURES
from tests.dashboard.test_browser_export import by_key

PAIRS = 2
STATUS = "[data-field=sweep-status]"


def current(question: str) -> str:
    return f"[data-standing-sweep=current][data-sweep={question}][aria-busy=false]"


def fill(page: Any, name: str, text: str) -> None:
    page.fill(f"[data-field=sweep-{name}]", text)
    page.press(f"[data-field=sweep-{name}]", "Tab")


def wait_text(page: Any, selector: str, pattern: str) -> None:
    page.wait_for_function(
        "([where, what]) => new RegExp(what).test((document.querySelector(where) || {}).innerText || '')",
        arg=[selector, pattern],
    )


def wait_ticked(page: Any, number: int) -> None:
    page.wait_for_function(f"document.querySelectorAll('[data-tick]:checked').length === {number}")


def test_from_the_question_to_where_it_turns(tmp_path: Path) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    words = [*SMALL, f"replications={PAIRS}"]
    with (
        served(words, tmp_path) as dashboard,
        opened(f"{dashboard.address}?lang=en&tab=sweep&sweep.pairs=2", 1280, 900) as (page, seen),
    ):
        wait_drawn(page, PAIRS, patience=300.0)
        assert "Nothing was computed yet" in page.inner_text(".cogov-nothing:visible")

        # By keys alone: a Chinese word finds a parameter on the English page, Enter in a field starts.
        page.focus("[data-field=sweep-search]")
        page.keyboard.type("会商 容量")
        wait_text(page, "[data-field=sweep-found]", "[1-9]")
        page.focus("[data-field=sweep-parameter]")
        page.keyboard.press("Home")
        wait_text(page, "[data-field=sweep-chosen]", "Session capacity.*2 to 20.*cases per week.*default 6")
        page.fill("[data-field=sweep-low]", "2")
        page.focus("[data-field=sweep-values]")
        page.keyboard.press("Control+a")
        page.keyboard.type("3")
        page.keyboard.press("Enter")
        page.wait_for_selector(current("values"))
        assert page.evaluate("document.activeElement.dataset.field") == "sweep-values"
        page.wait_for_selector("[data-chart=sweep_difference] svg")
        for word in ("sweep.parameter=joint_session.capacity", "sweep.values=3", "sweep.pairs=2"):
            assert word in page.url
        assert page.locator("[data-sweep=values] table tr:has(td)").count() == 3
        said = page.inner_text("[data-field=sweep-said]")
        assert "Session capacity" in said
        assert "Present value: 6" in said
        command = page.inner_text("[data-field=sweep-command]")
        assert "joint_session.capacity=2,11,20 metric=rmst180" in command
        page.click("[data-field=sweep-copy]")
        wait_text(page, "[data-field=sweep-copy]", "Copied")

        # Something changed: grey, and in words; nothing can be saved. Set back, it is there at once.
        fill(page, "high", "14")
        page.wait_for_selector("[data-standing-sweep=old].cogov-old")
        assert "old numbers" in page.inner_text(".cogov-sweep-old")
        assert page.locator("[data-field^=export-sweep]:enabled:visible").count() == 0
        fill(page, "high", "")
        page.wait_for_selector(current("values"))
        # What no range can be is one line.
        page.fill("[data-field=sweep-low]", "30")
        page.press("[data-field=sweep-low]", "Enter")
        wait_text(page, "[role=alert]", "below 20")
        fill(page, "low", "2")
        page.wait_for_selector(current("values"))

        # The workbook is saved by keyboard, and opens.
        book = by_key(page, "sweep-numbers-xlsx", tmp_path)
        assert book.read_bytes().startswith(b"PK")

        # Many pairs take a while: cancelled, the comparison goes on meanwhile.
        fill(page, "pairs", "200")
        page.click("[data-field=sweep-start]")
        wait_text(page, "[data-field=sweep-progress]", "of 1200 runs")
        page.fill("[data-field=pairs]", str(PAIRS + 1))
        page.press("[data-field=pairs]", "Tab")
        wait_drawn(page, PAIRS + 1)
        page.focus("[data-field=sweep-cancel]")
        page.keyboard.press("Enter")
        wait_text(page, STATUS, "Cancelled")
        assert page.evaluate("document.activeElement.dataset.field") == "sweep-cancel"
        fill(page, "pairs", "2")

        # Many parameters: those that are ticked, in both languages, and on a narrow screen.
        page.select_option("[data-field=sweep-question]", "ends")
        fill(page, "search", "")
        wait_ticked(page, USUAL)
        for key in page.locator("[data-tick]:checked").evaluate_all("all => all.map(e => e.dataset.tick)")[
            2:
        ]:
            page.uncheck(f"[data-tick='{key}']")
        wait_text(page, "[data-field=sweep-chosen]", "2")
        page.click("[data-field=sweep-start]")
        page.wait_for_selector(current("ends"))
        page.wait_for_selector("[data-chart=sweep_ends] svg")
        page.locator(".cogov-right").screenshot(path=PICTURES / "sweep_ends_en.png")
        numbers = re.findall(r"[+−]?\d+\.\d", page.inner_text("[data-sweep=ends] table"))
        page.click("[data-field=language]")
        wait_text(page, "[data-field=sweep-said]", "反转")
        assert re.findall(r"[+−]?\d+\.\d", page.inner_text("[data-sweep=ends] table")) == numbers
        page.set_viewport_size({"width": 390, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        page.locator(".cogov-right").screenshot(path=PICTURES / "sweep_ends_zh.png")

        # A reload keeps question, parameters and numbers: the runs are still there.
        page.reload()
        page.wait_for_selector(current("ends"))
        wait_ticked(page, 2)
        page.select_option("[data-field=sweep-question]", "values")
        page.wait_for_selector(current("values"))
        assert "会商容量" in page.inner_text("[data-field=sweep-said]")
    assert seen.errors == []
    assert seen.hosts <= {"127.0.0.1", "blob"}
