"""A hotline's file in a real browser, in Chinese and, on another page, with English headings in English."""

import importlib.util
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.browser import Dashboard, find_browser, opened, patient, served
from tests.dashboard.hotline.made_file import CHINESE, ENGLISH, MATTERS, made_file, persons

if find_browser() is None and not os.environ.get("COGOV_NEEDS_BROWSER"):
    pytest.skip("no Chromium here", allow_module_level=True)
if importlib.util.find_spec("solara") is None:
    pytest.skip("the extra `dashboard` is not installed", allow_module_level=True)

PLACE = ["community.residents=600", "community.merchants=20", "replications=2"]
HEADINGS = {"zh": CHINESE, "en": ENGLISH}
#: Position among the headings of what the import takes each role's column for.
ROLES = {"id": 0, "opened": 1, "closed": 2, "category": 3, "unit": 4, "channel": 7}
PERSONAL = (5, 6)
OFF = "[data-step={}][data-ready=no]"


@pytest.fixture(scope="module")
def dashboard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dashboard]:
    with served(PLACE, tmp_path_factory.mktemp("hotline")) as running:
        yield running


def upload(page: Any, file: Path) -> None:
    page.wait_for_selector("[data-step=file]")
    page.set_input_files("[data-field=csv]", str(file))


def check_file(page: Any, language: str) -> None:
    """Columns are guessed with their reasons, persons named by heading alone, the account adds up."""
    page.wait_for_selector(".cogov-categories")
    heads = HEADINGS[language]
    for role, place in ROLES.items():
        assert page.input_value(f"[data-role={role}]") == heads[place], role
        assert page.inner_text(f"[data-why={role}]"), role
    told = page.inner_text(".cogov-personal")
    assert all(heads[place] in told for place in PERSONAL)
    says = page.inner_text("[data-step=says]")
    assert re.search(r"498\D+500|500\D+498", says)
    table = page.locator(".cogov-categories tr").evaluate_all(
        "rows => rows.map(r => [...r.cells].map(c => c.textContent))"
    )
    assert {row[0] for row in table[1:]} == {matter for matter, *_ in MATTERS}
    assert sum(int(row[1]) for row in table[1:]) == 498
    # What may be drawn of weeks is drawn with words beside it.
    page.wait_for_selector(".cogov-weeks img[alt]")


def set_needs(page: Any, category: str, hours: str, done: str) -> None:
    field = f"[data-need='{category}|work_hours']"
    marks = page.locator(".cogov-default").count()
    page.fill(field, hours)
    page.press(field, "Tab")
    page.wait_for_function(f"document.querySelectorAll('.cogov-default').length === {marks - 1}")
    page.click("[data-field=needs-apply]:enabled")
    page.wait_for_selector(f"[data-field=needs-status]:has-text('{done}')")


def verdict(page: Any) -> str:
    page.click(".cogov-use")
    page.wait_for_selector("[data-remark^=may_compare]")
    assert page.locator("[data-remark=defaults]").count() == 1
    return str(page.inner_text("[data-remark^=may_compare]"))


def saved(page: Any, name: str) -> str:
    with page.expect_download() as waiting:
        page.click(f"[data-field=save-{name}]")
    return Path(waiting.value.path()).read_text(encoding="utf-8")


def test_from_a_file_to_a_verdict_on_two_pages(dashboard: Dashboard, tmp_path: Path) -> None:
    files = {"zh": tmp_path / "热线.csv", "en": tmp_path / "hotline.csv"}
    for language, file in files.items():
        file.write_text(made_file(english=language == "en"), encoding="utf-8")
    with opened(f"{dashboard.address}?lang=zh&tab=requests") as (page, seen):
        # Nothing rests on a file that is not there.
        page.wait_for_selector("[data-step=file]")
        assert page.locator("[data-ready=no]").count() == 4
        upload(page, files["zh"])
        check_file(page, "zh")
        other = patient(page.context.browser, accept_downloads=True)
        other.goto(f"{dashboard.address}?lang=en&tab=requests")
        other.wait_for_selector("[data-step=file]")
        assert "热线.csv" not in other.content()
        assert other.locator(OFF.format("says")).count() == 1
        upload(other, files["en"])
        check_file(other, "en")

        set_needs(page, "路灯不亮", "5", "已写入")
        mapping = saved(page, "mapping")
        assert '"work_hours": 5' in mapping
        assert "work_hours" not in other.inner_text("[data-step=file]")
        # The other page's categories rest on defaults, all of them.
        assert other.locator(".cogov-default").count() == 3 * len(MATTERS)
        told = {"zh": verdict(page), "en": verdict(other)}
        assert "就贵方诉求可比较的" in told["zh"]
        assert "What may be compared on your requests" in told["en"]
        # Beside the comparison itself stands the same.
        page.click(".cogov-show")
        page.wait_for_selector(f".cogov-drawn .cogov-warning:has-text('{told['zh'][:12]}')")
        page.click("[data-tab=requests]")

        # Work on the file shows how far it is, and is given up when told to.
        page.click(".cogov-check-ask")
        page.wait_for_selector(".cogov-check progress")
        page.click(".cogov-check [data-field=cancel]")
        page.wait_for_selector(".cogov-check progress", state="detached")
        assert "已取消" in page.inner_text(".cogov-check")
        assert page.locator(OFF.format("what_if")).count() == 1

        shown = [page.content(), other.content(), mapping, saved(page, "report"), saved(other, "report")]
        # The search finds what is kept, so it would find the others too.
        assert all("路灯不亮" in text for text in shown[:2])
        stored = [one.read_bytes() for one in (dashboard.outside.parent / "out").rglob("*") if one.is_file()]
        assert any("路灯不亮".encode() in content for content in stored)
        for person in persons():
            assert not any(person in text for text in shown), person
            assert not any(person.encode() in content for content in stored), person
        assert seen.errors == []
        assert seen.hosts <= {"127.0.0.1", "blob"}


@pytest.mark.parametrize("content", [b"%PDF-1.7 nothing", b"a,b,c\n1,2,3\n4,5,6\n"], ids=["pdf", "no times"])
def test_a_file_that_is_none_is_one_line(dashboard: Dashboard, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "热线.csv"
    file.write_bytes(content)
    with opened(f"{dashboard.address}?lang=zh&tab=requests") as (page, seen):
        upload(page, file)
        page.wait_for_selector(".cogov-upload .cogov-error")
        lines = page.locator(".cogov-upload .cogov-error").all_inner_texts()
        assert len(lines) == 1
        assert lines[0].strip()
        assert "\n" not in lines[0].strip()
        assert "Traceback" not in lines[0]
        assert page.locator("[data-ready=no]").count() == 4
        assert seen.errors == []
