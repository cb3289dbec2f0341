"""The page without a mouse or with bad eyes, in a real browser: keys alone, names, roles, languages."""

import pytest

from benchmarks.browser import Dashboard, opened, wait_drawn
from tests.dashboard.test_browser import PAIRS

STAFF = "[data-key='staff.per_10k'] [data-side=b] input[type=range]"
#: How what has the focus shows it.
OUTLINE = """
() => {
  const style = getComputedStyle(document.activeElement);
  return [style.outlineStyle, parseFloat(style.outlineWidth)];
}
"""
#: What can be used and has no name; what is wider than its place, scrolls, and cannot be reached by keys.
UNNAMED = """
() => [...document.querySelectorAll(".cogov-page :is(button, input, select, progress, canvas, [role=img])")]
  .filter((part) => part.offsetParent && !part.getAttribute("aria-label") && !part.textContent.trim()
    && !part.closest("label"))
  .map((part) => part.outerHTML.slice(0, 120))
"""
UNREACHED = """
() => [...document.querySelectorAll(".cogov-page *")]
  .filter((part) => ["auto", "scroll"].includes(getComputedStyle(part).overflowX)
    && (part.scrollWidth > part.clientWidth + 1 || part.scrollHeight > part.clientHeight + 1)
    && part.tabIndex !== 0 && !part.querySelector("button, input, select, summary"))
  .map((part) => part.className)
"""


def test_names_roles_and_languages(dashboard: Dashboard) -> None:
    with opened(dashboard.address, 390, 844) as (page, seen):
        wait_drawn(page, PAIRS)
        # Whoever sees badly may enlarge the page.
        assert "user-scalable" not in page.get_attribute("meta[name=viewport]", "content")
        assert page.locator("h1").count() == page.locator("main, [role=main]").count() == 1
        for code in ("en", "zh-CN"):
            page.wait_for_function(f"document.documentElement.lang === '{code}'")
            for tab in ("compare", "map", "requests", "save"):
                page.click(f"[data-tab={tab}]")
                page.wait_for_selector(f"[data-tab={tab}][aria-current=page]")
                if tab == "map":
                    page.wait_for_selector("[data-ready='1']")
                assert page.locator("[aria-current=page]").count() == 1
                assert page.evaluate(UNNAMED) == []
                assert page.evaluate(UNREACHED) == []
            page.click("[data-field=language]")
        assert seen.errors == []


def test_the_main_job_by_keys_alone(dashboard: Dashboard) -> None:
    with opened(dashboard.address) as (page, seen):
        wait_drawn(page, PAIRS)
        before = page.locator(".cogov-tile-difference").all_inner_texts()

        def to(selector: str, key: str = "Tab") -> None:
            """Go with the Tab key until something has the focus, which must be seen."""
            for _ in range(200):
                if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
                    break
                page.keyboard.press(key)
            else:
                pytest.fail(f"no Tab comes to {selector}")
            kind, width = page.evaluate(OUTLINE)
            assert kind != "none", selector
            assert width >= 1, selector

        # The chooser of A: another scenario by its arrow, and back by Undo.
        to("[data-scenario=a]")
        chosen = page.input_value("[data-scenario=a]")
        page.keyboard.press("ArrowDown")
        page.wait_for_function(f"document.querySelector('[data-scenario=a]').value !== '{chosen}'")
        to("[data-field=undo]:enabled")
        page.keyboard.press("Enter")
        page.wait_for_function(f"document.querySelector('[data-scenario=a]').value === '{chosen}'")

        # A slider, and what the strip says.
        to(STAFF)
        page.keyboard.press("PageDown")
        page.wait_for_url("**/?*b.staff.per_10k=*")
        page.wait_for_selector("[data-standing=current][aria-busy=false]")
        assert page.locator(".cogov-tile-difference").all_inner_texts() != before
        assert page.inner_text("[data-field=sentence]")

        # The tab for saving lies before the sliders: backwards.
        to("[data-tab=save]", "Shift+Tab")
        page.keyboard.press("Enter")
        page.wait_for_selector("[data-field=export-measures-csv]:enabled")
        to("[data-field=export-measures-csv]")
        with page.expect_download() as waiting:
            page.keyboard.press("Space")
        assert waiting.value.suggested_filename.startswith("cogov-measures-")
        assert seen.errors == []
