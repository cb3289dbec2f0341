"""Files of the comparison in a real browser: saved by keyboard and opened again."""

import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from analysis.safe_text.spreadsheet import read_csv
from benchmarks.browser import Dashboard, opened, wait_drawn
from experiments.dashboard.work.report import report_kinds
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


def test_the_report_is_saved_and_printed(dashboard: Dashboard, tmp_path: Path) -> None:
    with opened(dashboard.address) as (page, seen):
        for language, lead in (("en", "Under B,"), ("zh", "与甲相比，乙：")):
            wait_drawn(page, PAIRS, language)
            values = page.inner_text("[data-tile=reported_180d] .cogov-tile-values")
            row = page.locator(".cogov-table tr.headline").first.locator("td").all_inner_texts()
            page.click("[data-tab=save]")
            page.wait_for_selector("[data-field=export-report-html]:enabled")

            # It opens by itself, says in a sentence what is found, and has the numbers of strip and table.
            file = by_key(page, "report-html", tmp_path)
            with opened(file.as_uri(), 1000, 900) as (report, opening):
                assert report.inner_text(".answer").startswith(lead)
                assert report.inner_text("h1").count("/") == 1
                heard = report.locator("table.strip tbody tr").first.locator("td").all_inner_texts()
                assert values.startswith(f"{heard[1]} → {heard[2]}")
                measures = report.locator("table:not(.strip) tr", has_text=row[0]).first
                assert measures.inner_text().split("\t")[2].startswith(f"{row[2]} ")
                picture(report, f"report_{language}")
                assert opening.errors == []

            # Chromium may be here by a name under which no command looks for it.
            offered = page.locator("[data-field=export-report-pdf]").count()
            assert offered == len(report_kinds()) - 1
            if offered:
                printed = by_key(page, "report-pdf", tmp_path)
                assert printed.stem == file.stem
                content = printed.read_bytes()
                assert content.startswith(b"%PDF")
                assert len(re.findall(rb"/Type\s*/Page\b", content)) >= 2
            page.click("[data-tab=compare]")
            page.click("[data-field=language]")
        assert seen.errors == []
        assert seen.hosts <= {"127.0.0.1", "blob"}
        assert dashboard.asked_outside() == []
