"""The strip in a real browser: it stays in sight, fits a telephone, and its numbers are never stale.

Pictures of what was seen are left in out/screenshots.
"""

import re
from typing import Any

import pytest

from benchmarks.browser import Dashboard, opened, wait_drawn
from tests.dashboard.test_browser import PAIRS, PICTURES

#: Where the strip is and how wide the page is, once everything was scrolled by.
SEEN = """
() => {
  const strip = document.querySelector(".cogov-strip").getBoundingClientRect();
  return { top: strip.top, height: strip.height, wide: document.documentElement.scrollWidth - innerWidth,
           moved: document.querySelector(".cogov-header").getBoundingClientRect().bottom };
}
"""


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1280, 800), (1440, 900)])
def test_it_stays_in_sight(dashboard: Dashboard, width: int, height: int) -> None:
    with opened(dashboard.address, width, height) as (page, seen):
        for language, heard, handled in (
            ("en", "heard under B", "Once heard"),
            ("zh", "乙侧被听见", "听见之后"),
        ):
            wait_drawn(page, PAIRS, language)
            strip = page.locator(".cogov-strip")
            assert strip.get_attribute("data-standing") == "current"
            assert strip.get_attribute("aria-busy") == "false"
            said = page.inner_text("[data-field=sentence]")
            assert heard in said or {"en": "Heard:", "zh": "被听见"}[language] in said
            assert handled in said or {"en": "Handling:", "zh": "办理快慢"}[language] in said
            assert page.locator("[data-tile]").count() == 6
            # The tiles say what the table below says.
            row = page.locator(".cogov-table tr.headline").first.locator("td").all_inner_texts()
            assert f"{row[2]} → {row[3]}" in page.inner_text("[data-tile=reported_180d]")
            picture_of(page, f"strip_{width}_{language}")
            page.mouse.move(width / 2, height - 60)
            page.mouse.wheel(0, 3 * height)
            page.wait_for_function(
                "document.querySelector('.cogov-header').getBoundingClientRect().bottom < 0"
            )
            there = page.evaluate(SEEN)
            assert there["top"] == 0
            assert there["height"] < 0.3 * height
            assert there["wide"] <= 0
            page.mouse.wheel(0, -9 * height)
            page.click("[data-field=language]")
        assert seen.errors == []


def test_questions_lead_to_where_they_are_answered(dashboard: Dashboard) -> None:
    with opened(dashboard.address, 1440, 900) as (page, seen):
        for language in ("en", "zh"):
            wait_drawn(page, PAIRS, language)
            # Searched for without a click.
            now = {
                "en": r"A \d+ persons \(now \d+\), B \d+ persons",
                "zh": r"甲侧\d+人（现有\d+人）；乙侧\d+人",
            }
            people = page.locator("[data-question=people]", has_text=re.compile(now[language]))
            people.wait_for(timeout=90_000)
            picture_of(page, f"questions_{language}")
            for tab in ("sweep", "target", "save"):
                onward = page.locator(f"[data-onward={tab}]")
                onward.wait_for(state="visible")
                # On the first screen, without scrolling, and for the keyboard.
                box = onward.bounding_box()
                assert box["y"] + box["height"] < 900
                onward.focus()
                page.keyboard.press("Enter")
                page.wait_for_selector(f"[data-tab={tab}].active")
                page.click("[data-tab=compare]")
            page.click("[data-field=language]")
        assert seen.errors == []


def picture_of(page: Any, name: str) -> None:
    """Leave a picture of what the window shows, not of the whole page."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.evaluate("document.fonts.ready")
    page.screenshot(path=PICTURES / f"{name}.png")
