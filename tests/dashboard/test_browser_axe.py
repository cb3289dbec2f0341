"""Every tab of the page under axe-core, which is not part of this repository.

COGOV_AXE names its `axe.js` or `axe.min.js` (`npm pack axe-core` brings it). With `-s` the counts of each tab
are printed. What it found once is held without it by `test_access` and `test_browser_access`.
"""

import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from benchmarks.browser import Dashboard, opened, wait_drawn
from tests.dashboard.test_browser import BAD, PAIRS

AXE = os.environ.get("COGOV_AXE")
TABS = ("compare", "target", "values", "ends", "map", "requests", "save")
SERIOUS = ("serious", "critical")
RUN = """
async () => (await axe.run(document, { resultTypes: ["violations"] })).violations.map((found) => (
  { id: found.id, impact: found.impact, nodes: found.nodes.map((one) => one.target.join(" ")) }))
"""

if not AXE:
    pytest.skip("COGOV_AXE names no axe.js", allow_module_level=True)


def show(page: Any, tab: str, file: Path | None) -> None:
    """Open a tab with something on it; without a file the one before is still in use."""
    sweep = tab in ("values", "ends")
    page.click(f"[data-tab={'sweep' if sweep else tab}]")
    if tab == "compare":
        page.select_option("[data-field=third]", "equal_acceptance")
        page.wait_for_selector("[data-standing-third=current][aria-busy=false]")
    elif tab == "target":
        # Both sides, few years: after the first time the years are there.
        page.fill("[data-field=target-years]", "3")
        page.fill("[data-field=target-wage]", "50")
        page.select_option("[data-field=target-both]", "yes")
        page.click("[data-field=target-start]")
        page.wait_for_selector("[data-standing-target=current] [data-answer=b]")
        page.wait_for_selector("[data-chart=target] svg")
    elif sweep:
        # Either question of the tab for sweeps.
        page.select_option("[data-field=sweep-question]", tab)
        page.fill("[data-field=sweep-pairs]", "2")
        page.press("[data-field=sweep-pairs]", "Tab")
        page.click("[data-field=sweep-start]")
        page.wait_for_selector(f"[data-standing-sweep=current][data-sweep={tab}][aria-busy=false]")
        page.wait_for_selector("[data-chart^=sweep] svg")
    elif tab == "map":
        page.wait_for_selector("[data-ready='1']")
        page.fill("[data-field=case]", "300")
        page.press("[data-field=case]", "Enter")
        page.wait_for_selector(".cogov-case .cogov-life")
        page.fill("[data-field=person]", "40")
        page.press("[data-field=person]", "Enter")
        page.wait_for_selector(".cogov-person h2")
    elif tab == "requests":
        if file is not None:
            page.set_input_files("[data-field=csv]", str(file))
            page.wait_for_function("(document.querySelector('[data-role=opened]') || {}).value === 'opened'")
        page.wait_for_selector(".cogov-use:enabled")
        page.wait_for_selector(".cogov-upload .cogov-old", state="detached")
    elif tab == "save":
        page.wait_for_selector("[data-field=command]")
        page.wait_for_selector("[data-past]")
        if file is not None:
            page.fill("[data-field=name]", f"wide {page.viewport_size['width']}")
            page.click("[data-field=name-save]")
        page.wait_for_selector("[data-saved]")
    page.wait_for_selector("[data-standing=current][aria-busy=false]")


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_nothing_serious_is_found(dashboard: Dashboard, tmp_path: Path, width: int, height: int) -> None:
    file = tmp_path / "hotline.csv"
    file.write_text(BAD, encoding="utf-8")
    serious = []
    with opened(dashboard.address, width, height) as (page, _):
        wait_drawn(page, PAIRS)
        page.evaluate(Path(str(AXE)).read_text(encoding="utf-8"))
        for language in ("en", "zh"):
            for tab in TABS:
                show(page, tab, file if language == "en" else None)
                found = page.evaluate(RUN)
                counts = Counter({one["id"]: len(one["nodes"]) for one in found})
                told = {f"{one['impact']} {one['id']}": counts[one["id"]] for one in found}
                print(f"{width} {language} {tab}: {told}")
                serious += [
                    f"{width} {language} {tab}: {one['id']} {one['nodes'][:4]}"
                    for one in found
                    if one["impact"] in SERIOUS
                ]
            page.click("[data-field=language]")
    assert not serious, "\n".join(serious)
