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
from tests.dashboard.test_browser import PICTURES

if find_browser() is None and not os.environ.get("COGOV_NEEDS_BROWSER"):
    pytest.skip("no Chromium here", allow_module_level=True)
if importlib.util.find_spec("solara") is None:
    pytest.skip("the extra `dashboard` is not installed", allow_module_level=True)

ROWS = 300
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


def test_from_calibration_to_what_if_by_clicks(dashboard: Dashboard, tmp_path: Path) -> None:
    file = tmp_path / "热线小.csv"
    # Few rows, and enough of them closed for a calibration.
    file.write_text(made_file(ROWS, seed=6), encoding="utf-8")
    with opened(f"{dashboard.address}?lang=zh&tab=requests") as (page, seen):
        upload(page, file)
        page.wait_for_selector(".cogov-categories")
        page.wait_for_selector(f"{OFF.format('what_if')}:has-text('请先在第4步校准')")
        page.click(".cogov-check-ask")

        # What the file tells of its teams, how a forecast from it fared, and that a what-if may be asked.
        page.wait_for_selector(".cogov-what-if")
        told = page.locator(".cogov-check .cogov-answer").all_inner_texts()
        assert len(told) == 2
        assert told[0].startswith("答案：")
        assert page.locator(".cogov-check .cogov-picture[alt]").evaluate("e => e.naturalWidth") > 500
        assert page.locator(".cogov-scores tr").count() > 1
        assert page.locator(OFF.format("what_if")).count() == 0
        city = page.text_content("[data-step=knows] .cogov-commands pre")
        ours = [one.parent for one in (dashboard.outside.parent / "out").rglob("city.json")]
        assert [one for one in ours if str(one) in city], city

        # Units are its teams; nobody can be taken from where nobody is left.
        teams = page.locator("[data-field=team] option").evaluate_all("all => all.map(e => e.value)")
        assert {team.split(":")[0] for team in teams} <= {unit for _, unit, *_ in MATTERS}
        page.select_option("[data-field=team]", teams[0])
        page.fill("[data-field=present]", "2")
        page.press("[data-field=present]", "Tab")
        page.wait_for_selector("[data-field=change]:has-text('2 → 3人')")
        for text in ("2 → 2人", "2 → 1人", "2 → 0人"):
            page.click("[data-field=fewer]")
            page.wait_for_selector(f"[data-field=change]:has-text('{text}')")
        page.click("[data-field=what-if]")
        page.wait_for_selector("[data-step=what_if] .cogov-error:has-text('须为')")
        for text in ("2 → 1人", "2 → 2人", "2 → 3人"):
            page.click("[data-field=more]")
            page.wait_for_selector(f"[data-field=change]:has-text('{text}')")
        page.click("[data-field=what-if]")
        page.wait_for_selector(".cogov-what-if-answer .cogov-what-if-table")
        assert page.locator("[data-step=what_if] .cogov-error").count() == 0

        # The answers are those of the table: for the whole city, present and changed, with the interval.
        answers = page.locator(".cogov-what-if-answer p.cogov-answer").all_inner_texts()
        rows = page.locator(".cogov-what-if-table tr").evaluate_all(
            "rows => rows.map(r => [...r.cells].map(c => c.textContent))"
        )
        assert rows[1][0].startswith("全市")
        for answer in answers:
            numbers = re.findall(r"[−+]?\d+\.\d", answer)
            assert [
                row for row in rows[1:] if row[4:6] == numbers[:2] and row[7] == f"[{', '.join(numbers[2:])}]"
            ]
        assert any(row[0].startswith(teams[0]) for row in rows)
        command = page.text_content("[data-step=what_if] .cogov-commands pre")
        assert f"officers.{teams[0]}=2" in command
        assert f"staff.{teams[0]}=+1" in command

        # Another change than the one that was answered is told as such.
        page.click("[data-field=more]")
        page.wait_for_selector(".cogov-what-if-answer .cogov-warning:has-text('不是上面所设的问题')")
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.locator("[data-step=what_if]").screenshot(path=PICTURES / "what_if_zh.png")
        assert seen.errors == []


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
