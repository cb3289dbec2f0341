"""The page in a real browser: what a planner does with it, and that it asks nobody else for anything.

Pictures of what was seen are left in out/screenshots. Where there is no Chromium the tests are skipped,
unless COGOV_NEEDS_BROWSER is set, as in CI, where it is installed.
"""

import importlib.util
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.browser import (
    Dashboard,
    Seen,
    find_browser,
    move_slider,
    opened,
    patient,
    seconds_to_redraw,
    start_long_run,
    wait_drawn,
)

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "out" / "screenshots"
PAIRS = 4
PLACE = ["community.residents=1500", "community.merchants=60", f"replications={PAIRS}"]
LINE = "[data-chart=survival] svg path[stroke='#D55E00'], [data-chart=survival] svg path[stroke='#d55e00']"

if find_browser() is None and not os.environ.get("COGOV_NEEDS_BROWSER"):
    pytest.skip(
        "no Chromium here (Debian: apt-get install chromium; or COGOV_CHROMIUM=PATH)", allow_module_level=True
    )
if importlib.util.find_spec("solara") is None:
    pytest.skip("the extra `dashboard` is not installed", allow_module_level=True)


@pytest.fixture
def opened_page(dashboard: Dashboard) -> Iterator[tuple[Any, Seen]]:
    """The page with its first comparison drawn; at the end, nothing went wrong and nobody else was asked."""
    with opened(dashboard.address) as (page, seen):
        wait_drawn(page, PAIRS, patience=300.0)
        yield page, seen
    assert seen.errors == []
    assert seen.hosts <= {"127.0.0.1", "blob"}
    assert dashboard.asked_outside() == []


def picture(page: Any, name: str) -> None:
    page.evaluate("document.fonts.ready")
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)


def curve(page: Any) -> str:
    """The drawn line of B."""
    lines = page.locator(LINE).evaluate_all("paths => paths.map(p => p.getAttribute('d'))")
    return max(lines, key=len)


def test_a_planners_way(opened_page: tuple[Any, Seen], dashboard: Dashboard) -> None:
    page, _ = opened_page
    # What is said first, curves with their bands, a table.
    assert "Who gets heard" in page.inner_text("dl.first >> nth=0")
    assert page.locator("[data-chart] svg").count() == 5
    picture(page, "comparison_en")

    # Fewer staff on one side: its curve moves, the table follows, a warning says what is mixed in.
    before, table = curve(page), page.inner_text(".cogov-table")
    seconds = seconds_to_redraw(page, "staff.per_10k", "b", 0.1, PAIRS)
    print(f"\nslider to drawn: {seconds:.2f} s ({PAIRS} pairs, 1,500 residents)")
    assert curve(page) != before
    assert page.inner_text(".cogov-table") != table
    assert page.locator(".cogov-warning:has-text('do not have the same staff hours')").count() == 1
    picture(page, "fewer_staff_en")

    # The other language, and back again.
    page.click("[data-field=language]")
    wait_drawn(page, PAIRS, "zh")
    assert "人员配置" in page.inner_text(".cogov-controls")
    # A font that has the characters is in use: no empty boxes.
    page.evaluate("document.fonts.ready")
    faces = "[...document.fonts].filter(f => f.family.includes('cogov Chinese')).map(f => f.status)"
    assert page.evaluate(faces) == ["loaded"]
    assert "谁被听见" in page.inner_text("dl.first >> nth=0")
    picture(page, "comparison_zh")
    page.click("[data-tab=save]")
    page.wait_for_selector("[data-field=command]")
    picture(page, "save_zh")
    page.click("[data-field=language]")
    page.wait_for_selector("[data-field=command]")

    # The command names files that are there once it was copied, with the numbers of the page.
    page.click("[data-field=copy]")
    page.wait_for_function("document.querySelector('[data-field=copy]').textContent === 'Copied'")
    command = page.inner_text("[data-field=command]")
    named = command.split("scenarios=[")[1].split("]")[0].split(",")
    for _ in range(100):
        if all((ROOT / name).is_file() or Path(name).is_file() for name in named):
            break
        page.wait_for_timeout(100)
    assert all((ROOT / name).is_file() or Path(name).is_file() for name in named)
    with page.expect_download() as waiting:
        page.click("[data-field=download-b]")
    text = Path(waiting.value.path()).read_text(encoding="utf-8")
    assert "based_on: co_governance" in text
    assert "per_10k:" in text


def test_cases_and_people(opened_page: tuple[Any, Seen]) -> None:
    page, _ = opened_page
    page.click("[data-tab=map]")
    page.wait_for_selector("[data-ready='1']", timeout=60_000)
    first = json.loads(page.get_attribute(".cogov-map", "data-counts"))
    assert all(side["known"] > 0 for side in first)
    picture(page, "map_en")

    # Playing goes through the days, and what is open changes.
    day = day_of(page)
    page.click("[data-field=play]")
    page.wait_for_function(f"Number(document.querySelector('.cogov-map').dataset.day) >= {day + 5}")
    page.click("[data-field=play]")
    assert json.loads(page.get_attribute(".cogov-map", "data-counts")) != first
    through_the_days(page)

    # A click on an open case: its life under A and under B, the same need in both.
    page.fill("[data-field=case]", "700")
    page.press("[data-field=case]", "Enter")
    page.wait_for_selector(".cogov-case h2:has-text('700')", timeout=30_000)
    clicked = page.evaluate(CLICK_A_CASE)
    page.mouse.click(clicked["x"], clicked["y"])
    page.wait_for_selector(f".cogov-case h2:has-text('{clicked['case']}')", timeout=30_000)
    lives = page.locator(".cogov-case .cogov-life").all_inner_texts()
    assert len(lives) == 2
    arisen = [life.split("the problem arises")[0].split()[-2:] for life in lives]
    assert arisen[0] == arisen[1]
    picture(page, "case_en")

    # A click on a home: who lives there, and why they have or have not reported.
    spot = page.evaluate(CLICK_A_PERSON)
    page.mouse.click(spot["x"], spot["y"])
    page.wait_for_selector(".cogov-person h2", timeout=60_000)
    text = page.inner_text(".cogov-person")
    assert "Propensity to act" in text
    assert "own problems over the whole run" in text
    picture(page, "person_en")
    page.click("[data-field=language]")
    page.wait_for_selector(".cogov-person:has-text('行动倾向')")
    picture(page, "person_zh")


def day_of(page: Any) -> int:
    return int(page.get_attribute(".cogov-map", "data-day"))


def through_the_days(page: Any) -> None:
    """Go through the days by steps, by keys and faster, without a word to the server while it plays."""
    day = day_of(page)
    page.locator("[data-field=back]").press("Enter")
    page.locator("[data-field=back]").press("Space")
    assert day_of(page) == day - 2
    page.click("[data-field=forward]")
    assert day_of(page) == day - 1
    # What is read out: the day, and open, silent and solved on both sides, in the numbers of the maps.
    told = page.inner_text("[data-field=told]")
    assert f"day {day - 1} " in told
    for side in json.loads(page.get_attribute(".cogov-map", "data-counts")):
        counted = "{known} open and known, {unknown} open and not reported, {solved} solved".format(**side)
        assert counted in told
    solved = json.loads(page.get_attribute(".cogov-map", "data-counts"))
    page.locator(".cogov-map [data-field=day]").press("Home")
    assert day_of(page) == 0
    page.select_option("[data-field=speed]", "16")
    page.evaluate(COUNT_MESSAGES)
    page.click("[data-field=play]")
    page.wait_for_function(f"Number(document.querySelector('.cogov-map').dataset.day) >= {day}")
    assert page.evaluate("window.cogovSent") == 0
    page.click("[data-field=play]")
    assert day_of(page) % 16 == 0
    assert page.evaluate("window.cogovSent") > 0
    # Of what is solved there is more by then.
    now = json.loads(page.get_attribute(".cogov-map", "data-counts"))
    assert all(one["solved"] >= before["solved"] for one, before in zip(now, solved, strict=True))
    # Who wants less motion sees as many days in fewer pictures.
    page.emulate_media(reduced_motion="reduce")
    page.locator(".cogov-map [data-field=day]").press("Home")
    page.select_option("[data-field=speed]", "1")
    page.click("[data-field=play]")
    page.wait_for_function("Number(document.querySelector('.cogov-map').dataset.day) > 0")
    page.click("[data-field=play]")
    assert day_of(page) % 11 == 0
    for _ in range(3):
        page.locator(".cogov-map [data-field=day]").press("PageUp")
    assert day_of(page) > 0


#: Counts what the page says to the server.
COUNT_MESSAGES = """
() => {
  const send = WebSocket.prototype.send;
  window.cogovSent = 0;
  WebSocket.prototype.send = function (...words) {
    window.cogovSent += 1;
    return send.apply(this, words);
  };
}
"""
#: Where a case lies that is open and known on side B and has no other near it.
CLICK_A_CASE = """
() => {
  const map = document.querySelector(".cogov-map");
  map.scrollIntoView();
  return map.lonelyCase(1);
}
"""
#: Where a resident lives who has no open case near.
CLICK_A_PERSON = """
() => document.querySelector(".cogov-map").lonelyPerson(1)
"""

BAD = """case,opened,category,phone
1,2023-07-03 09:05,street lamp,13800000001
2,2023-07-04 09:05,parking,13800000002
3,yesterday,parking,13800000003
4,2023-07-05 09:05,noise,13800000004
5,2023-07-06 09:05
"""


def test_a_file_of_ones_own_and_a_long_run(
    opened_page: tuple[Any, Seen], dashboard: Dashboard, tmp_path: Path
) -> None:
    page, _ = opened_page
    file = tmp_path / "hotline.csv"
    file.write_text(BAD, encoding="utf-8")
    page.click("[data-tab=requests]")
    page.set_input_files("[data-field=csv]", str(file))
    page.wait_for_selector("[data-role=opened]")
    page.wait_for_function("document.querySelector('[data-role=opened]').value === 'opened'")
    page.fill("[data-field=residents]", "900")
    page.press("[data-field=residents]", "Tab")
    # What the file was read with at first, a guess, no longer holds.
    page.wait_for_selector(".cogov-use:disabled")
    page.click("[data-field=read]")
    page.wait_for_selector(".cogov-use:enabled")
    # By cells: the text of a row that is just being drawn anew has nothing between them.
    bad = page.locator(".cogov-bad tr").evaluate_all(
        "rows => rows.map(r => [...r.cells].map(c => c.textContent))"
    )
    assert ["4", "opened", "aaaaaaaaa", "unparsable time"] in bad
    assert ["6", "", "", "wrong number of fields"] in bad
    assert "Dropped, never stored: phone" in page.inner_text(".cogov-upload")
    picture(page, "requests_en")
    stored = "".join(path.read_text() for path in (dashboard.outside.parent / "out").rglob("*.csv"))
    assert "street lamp" in stored
    assert "13800000001" not in stored

    # What was read is no answer to other choices: it cannot be used until they are read, or set back.
    for residents, outdated in (("901", True), ("900", False)):
        page.fill("[data-field=residents]", residents)
        page.press("[data-field=residents]", "Tab")
        page.wait_for_selector(f".cogov-use:{'disabled' if outdated else 'enabled'}")
        # Two parts of the page, one after the other.
        page.wait_for_function(
            f"document.querySelectorAll('.cogov-old .cogov-bad').length === {int(outdated)}"
        )

    # The comparison replays the file, and goes back.
    page.click(".cogov-use")
    page.wait_for_selector(".cogov-leave")
    wait_drawn(page, PAIRS)
    page.click("[data-field=language]")
    page.wait_for_selector(".cogov-upload:has-text('无法使用的行')")
    picture(page, "requests_zh")
    page.click("[data-field=language]")
    page.click(".cogov-leave")
    page.wait_for_selector(".cogov-leave", state="detached")
    page.click("[data-tab=compare]")
    wait_drawn(page, PAIRS, "en")

    # A long comparison shows how far it is and can be given up; what was finished stays.
    start_long_run(page)
    page.wait_for_function(
        "Number(document.querySelector('.cogov-status progress').value) > 10", timeout=60_000
    )
    picture(page, "long_run_en")
    # Of a picture that another will follow, what is out of sight is drawn when it comes into sight.
    out_of_sight = page.locator("[data-chart=backlog]")
    stamps = "[e => e.dataset.shows, e => e.parentNode.dataset.drawn].map((one) => one(e))"
    shown, drawn = out_of_sight.evaluate(f"e => {stamps}")
    assert shown != drawn
    out_of_sight.scroll_into_view_if_needed()
    page.wait_for_function(
        "(document.querySelector('[data-chart=backlog]').dataset.shows || '').includes('/900 ')"
    )
    page.click("[data-field=cancel]")
    page.wait_for_selector("[data-state=cancelled]", timeout=10_000)
    assert "of 900 pairs" in page.inner_text(".cogov-status")
    # The workers are free again at once.
    page.fill("[data-field=pairs]", str(PAIRS))
    page.press("[data-field=pairs]", "Tab")
    wait_drawn(page, PAIRS, patience=30.0)
    move_slider(page, "staff.per_10k", "a", 0.3)
    page.wait_for_selector("[data-state=done]:has-text('New runs')", timeout=30_000)


def done(page: Any) -> float:
    """How many runs of a long comparison are done."""
    return float(page.evaluate("document.querySelector('.cogov-status progress').value"))


def threads(dashboard: Dashboard) -> int:
    told = Path(f"/proc/{dashboard.process.pid}/status").read_text(encoding="utf-8")
    return int(told.split("Threads:")[1].split()[0])


def test_pages_do_not_disturb_each_other(
    opened_page: tuple[Any, Seen], dashboard: Dashboard, tmp_path: Path
) -> None:
    page, _ = opened_page
    file = tmp_path / "secret_file.csv"
    file.write_text(BAD, encoding="utf-8")
    page.click("[data-tab=requests]")
    page.set_input_files("[data-field=csv]", str(file))
    # The file is read at once; what is told of it moves what stands below.
    page.wait_for_selector(".cogov-use:enabled")
    start_long_run(page)
    page.click("[data-tab=compare]")
    page.wait_for_selector("[data-state=running] progress")
    # The server's own pool of threads grows with the first pages: one comes and goes before.
    early = patient(page.context.browser)
    early.goto(dashboard.address)
    wait_drawn(early, PAIRS)
    early.close()
    before = threads(dashboard)
    for same_browser in (True, False):
        if same_browser:
            with page.context.expect_page() as waiting:
                page.evaluate("void window.open('/', '_blank', 'noopener')")
            other = waiting.value
        else:
            other = patient(page.context.browser)
            other.goto(dashboard.address)
        wait_drawn(other, PAIRS)
        other.click("[data-tab=requests]")
        other.wait_for_selector("[data-field=csv]", state="attached")
        # Nothing of the first page's file is on it.
        assert "secret_file" not in other.content()
        assert other.locator("[data-role]").count() == 0
        # It changes, runs, gives up, and is closed; the first page's run goes on all the while.
        start_long_run(other, 800)
        other.click("[data-tab=compare]")
        other.wait_for_selector("[data-state=running] progress")
        other.click("[data-field=cancel]")
        other.wait_for_selector("[data-state=cancelled]", timeout=60_000)
        other.close()
        at = done(page)
        page.wait_for_function(
            f"Number(document.querySelector('.cogov-status progress').value) > {at + 4}", timeout=60_000
        )
        assert page.locator("[data-state=running]").count() == 1
    # What the closed pages held is free again; the server's own pool may have grown by a few threads.
    for _ in range(100):
        if threads(dashboard) <= before + 3:
            break
        page.wait_for_timeout(200)
    assert threads(dashboard) <= before + 3


def test_the_page_is_in_no_frame_and_a_large_file_is_refused(
    opened_page: tuple[Any, Seen], dashboard: Dashboard, tmp_path: Path
) -> None:
    page, _ = opened_page
    answer = page.request.get(dashboard.address)
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    large = tmp_path / "large.csv"
    with large.open("wb") as file:
        file.truncate(257 << 20)
    page.click("[data-tab=requests]")
    page.set_input_files("[data-field=csv]", str(large))
    page.wait_for_selector(".cogov-error:has-text('at most 256 MB')", timeout=10_000)
    page.click("[data-field=language]")
    page.wait_for_selector(".cogov-error:has-text('不超过 256 MB')", timeout=10_000)
