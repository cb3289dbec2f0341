"""Three arms in a real browser: chosen, in the address, old after a change, and back, in both languages."""

from pathlib import Path

import pandas as pd
import pytest

from benchmarks.browser import move_slider, opened, served, wait_drawn
from tests.dashboard.conftest import SMALL
from tests.dashboard.test_browser import PICTURES

PAIRS = 2
CURRENT = "[data-standing-third=current][aria-busy=false]"


def test_a_third_arm_is_chosen_run_and_told(tmp_path: Path) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with served([*SMALL, f"replications={PAIRS}"], tmp_path) as dashboard:
        with opened(f"{dashboard.address}?lang=en", 1280, 900) as (page, seen):
            wait_drawn(page, PAIRS, patience=300.0)
            page.select_option("[data-field=third]", "equal_acceptance")
            page.wait_for_selector(CURRENT)
            assert "New runs: 2." in page.inner_text("[data-third]")
            assert page.locator(".cogov-third thead th:not(:empty)").all_inner_texts() == ["A", "B", "C"]
            assert "no convener's effect" in page.inner_text(".cogov-third")
            with page.expect_download() as waited:
                page.click("[data-field=export-arms-csv]")
            table = pd.read_csv(waited.value.path())
            assert table["difference_c"].notna().sum() > 20
            assert waited.value.suggested_filename.startswith("cogov-three-arms-")
            page.locator("[data-third]").screenshot(path=PICTURES / "third_en.png")

            # After a change it is old, and can be run anew; taken back, it is there at once.
            move_slider(page, "staff.per_10k", "b", 0.8)
            page.wait_for_selector("[data-standing-third=old].cogov-old")
            assert "old numbers" in page.inner_text("[data-third]")
            assert page.is_disabled("[data-field=export-arms-csv]")
            page.click("[data-field=undo]")
            page.wait_for_selector(CURRENT)
            page.select_option("[data-field=third]", "co_governance")
            page.wait_for_selector("[data-third] [role=alert]")
            assert "differs from A and from B" in page.inner_text("[data-third] [role=alert]")
            page.select_option("[data-field=third]", "equal_acceptance")
            page.wait_for_selector(CURRENT)
            page.click("[data-field=third-copy]")
            page.wait_for_function("document.querySelector('[data-field=third-copy]').innerText === 'Copied'")
            for _ in range(100):
                if len(written := list((tmp_path / "out").glob("*.yaml"))) == 3:
                    break
                page.wait_for_timeout(50)
            assert len(written) == 3
            assert "third=equal_acceptance" in page.url
            where = page.url.replace("lang=en", "lang=zh")
            assert seen.errors == []
        # Its address has it run, and shows it in Chinese.
        with opened(where, 390, 800) as (page, seen):
            page.wait_for_selector(CURRENT)
            told = page.inner_text("[data-third]")
            for text in ("三种方案", "召集人无作用", "甲", "丙"):
                assert text in told
            wide = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
            assert page.evaluate(wide)
            page.locator("[data-third]").screenshot(path=PICTURES / "third_zh.png")
            page.select_option("[data-field=third]", "")
            page.wait_for_selector(".cogov-third", state="detached")
            assert seen.errors == []


@pytest.mark.parametrize("third", ["nobody", "../secret"])
def test_an_address_with_another_third_arm_is_one_line(third: str, tmp_path: Path) -> None:
    from experiments.dashboard.state.address import Place, read
    from experiments.dashboard.state.scenario_pair import View
    from sim.errors import InputError

    start = Place(View(("administration_led", "co_governance")), "en", "compare")
    with pytest.raises(InputError, match="third"):
        read(f"third={third}", start, tmp_path)
    assert read("third=equal_acceptance", start, tmp_path).third == "equal_acceptance"
