"""The address of the page in a real browser: reload, back, a link, undo, reset; a wrong one harms nothing.

Pictures of what was seen are left in out/screenshots.
"""

from typing import Any

import pytest

from benchmarks.browser import Dashboard, opened, patient, wait_drawn
from tests.dashboard.test_browser import PAIRS, move_slider, picture

#: How many staff B has, as the slider shows it.
TEXT = "document.querySelector(`[data-key='staff.per_10k'] [data-side=b] input`).value"


def staff_of_b(page: Any) -> str:
    return str(page.evaluate(TEXT))


def tiles(page: Any) -> list[str]:
    """Return the differences in the strip, which are the same in both languages."""
    page.wait_for_selector("[data-standing=current][aria-busy=false]")
    return list(page.locator(".cogov-tile-difference").all_inner_texts())


def test_reload_back_link_undo_and_reset(dashboard: Dashboard) -> None:
    with opened(dashboard.address) as (page, seen):
        wait_drawn(page, PAIRS)
        # As long as nothing was changed the address is as it was given.
        assert page.url == dashboard.address
        first, first_tiles = staff_of_b(page), tiles(page)
        assert page.is_disabled("[data-field=undo]")
        assert page.is_disabled("[data-field=reset]")

        move_slider(page, "staff.per_10k", "b", 0.1)
        page.wait_for_url("**/?*b.staff.per_10k=*")
        wait_drawn(page, PAIRS)
        changed, changed_tiles = staff_of_b(page), tiles(page)
        assert changed != first
        assert changed_tiles != first_tiles
        # Solara's own fading at a change of the address does not veil the page.
        veiled = "document.querySelector('.v-application').classList.add('solara-page-loading')"
        page.evaluate(veiled)
        assert page.locator(".solara-content-main").evaluate("part => getComputedStyle(part).opacity") == "1"
        page.click("[data-field=language]")
        page.wait_for_url("**/?lang=zh*")
        page.click("[data-tab=save]")
        page.wait_for_url("**tab=save*")
        address = page.url

        # The same after a reload, and in another browser that got the link.
        page.reload()
        other = patient(page.context.browser)
        other.goto(address)
        for one in (page, other):
            one.wait_for_selector("[data-field=command]")
            assert staff_of_b(one) == changed
            assert "人员配置" in one.inner_text(".cogov-controls")
            assert tiles(one) == changed_tiles
        picture(page, "address_zh")
        other.close()

        # Back: the tab, the language, the slider; and forward again.
        page.go_back()
        page.wait_for_selector("[data-tab=compare].active")
        page.go_back()
        wait_drawn(page, PAIRS, "en")
        page.go_back()
        page.wait_for_function(f"{TEXT} === {first!r}")
        assert tiles(page) == first_tiles
        page.go_forward()
        page.wait_for_function(f"{TEXT} === {changed!r}")
        assert tiles(page) == changed_tiles

        # Undo takes the last change back, reset all of them; both stand in the address.
        move_slider(page, "staff.per_10k", "a", 0.9)
        page.wait_for_url("**a.staff.per_10k=*")
        page.click("[data-field=undo]")
        page.wait_for_url(lambda url: "a.staff" not in url and "b.staff" in url)
        # Redo makes it again, without a run, and a new change leaves nothing to make again.
        page.click("[data-field=redo]")
        page.wait_for_url("**a.staff.per_10k=*")
        wait_drawn(page, PAIRS)
        assert page.is_disabled("[data-field=redo]")
        page.click("[data-field=undo]")
        page.wait_for_url(lambda url: "a.staff" not in url and "b.staff" in url)
        page.wait_for_selector("[data-field=redo]:enabled")
        move_slider(page, "staff.per_10k", "a", 0.2)
        page.wait_for_url("**a.staff.per_10k=*")
        page.wait_for_selector("[data-field=redo]:disabled")
        page.click("[data-field=reset]")
        page.wait_for_function(f"{TEXT} === {first!r}")
        assert tiles(page) == first_tiles
        assert "staff" not in page.url
        assert page.is_disabled("[data-field=reset]")
        assert seen.errors == []


WRONG = {
    "lang=en&seed=%3Cimg%20src%3Dx%20onerror%3D%22window.harmed%3D1%22%3E": ("seed =", "must be"),
    "lang=zh&a=%3Cscript%3Ewindow.harmed%3D1%3C/script%3E": ("a =", "须为"),
    "lang=zh&world.community.residents=900000000": ("world.community.residents", "须为"),
}


@pytest.mark.parametrize("query", list(WRONG))
def test_a_wrong_address_is_one_line_and_no_more(dashboard: Dashboard, query: str) -> None:
    with opened(f"{dashboard.address}?{query}") as (page, seen):
        wait_drawn(page, PAIRS)
        (line,) = page.locator(".cogov-error").all_inner_texts()
        assert all(part in line for part in WRONG[query])
        assert "\n" not in line.strip()
        assert len(line) < 200
        assert page.evaluate("window.harmed") is None
        assert page.locator(".cogov-error img, .cogov-error script").count() == 0
        # The page shows what it starts with, and works.
        assert page.locator("[data-tile]").count() == 6
        picture(page, f"wrong_address_{list(WRONG).index(query)}")
        move_slider(page, "staff.per_10k", "b", 0.3)
        page.wait_for_url("**b.staff.per_10k=*")
        page.wait_for_selector(".cogov-error", state="detached")
        assert seen.errors == []
