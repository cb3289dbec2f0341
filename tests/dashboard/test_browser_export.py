"""Files of the comparison in a real browser: saved by keyboard and opened again."""

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from analysis.safe_text.spreadsheet import read_csv
from benchmarks.browser import Dashboard, opened, wait_drawn
from tests.dashboard.test_browser import PAIRS, picture


def by_key(page: Any, what: str, folder: Path) -> Path:
    """Save a file with the keyboard; the button keeps its place."""
    button = f"[data-field=export-{what}]"
    page.focus(button)
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    assert page.evaluate(f"document.activeElement === document.querySelector('{button}')")
    name = waiting.value.suggested_filename
    page.wait_for_selector(f".cogov-export[aria-busy=false] [data-field=export-status]:has-text('{name}')")
    path = folder / name
    waiting.value.save_as(path)
    return path


def test_each_kind_is_saved_and_opens(dashboard: Dashboard, tmp_path: Path) -> None:
    from PIL import Image

    with opened(dashboard.address) as (page, seen):
        wait_drawn(page, PAIRS)
        row = page.locator(".cogov-table tr.headline").first.locator("td").all_inner_texts()
        page.click("[data-tab=save]")
        page.wait_for_selector("[data-field=export-answer-svg]:enabled")
        assert "records" in page.inner_text(".cogov-export")
        picture(page, "export_en")

        vector = by_key(page, "answer-svg", tmp_path)
        root = ElementTree.parse(vector).getroot()
        assert root.tag.endswith("}svg")
        assert not [part for part in root.iter() if str(part.tag).endswith("}script")]

        drawn = Image.open(by_key(page, "answer-png", tmp_path))
        drawn.load()
        assert drawn.size[0] > 1000

        table = read_csv(by_key(page, "measures-csv", tmp_path).read_text(encoding="utf-8"))
        first = table.iloc[0]
        assert first["measure"] == row[0]
        # A share on the page is in percent.
        scale = 100.0 if first["unit"] == "share" else 1.0
        assert abs(scale * first["a_mean"] - float(row[2])) < 0.051
        assert abs(scale * first["b_mean"] - float(row[3])) < 0.051
        configuration = vector.name.split("-")[2].removesuffix(".svg")
        assert configuration in first["source"]

        # In Chinese, with a name of its own.
        page.click("[data-field=language]")
        page.wait_for_selector(".cogov-export:has-text('指标表')")
        assert by_key(page, "measures-csv", tmp_path).name == f"cogov-measures-{configuration}.zh.csv"
        picture(page, "export_zh")
        assert seen.errors == []
        assert seen.hosts <= {"127.0.0.1", "blob"}
