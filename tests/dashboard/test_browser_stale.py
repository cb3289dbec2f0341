"""Never a stale number: grey while a new answer is computed, nothing after a failure, a lost server is told.

Pictures of what was seen are left in out/screenshots.
"""

import contextlib
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from benchmarks.browser import Dashboard, Seen, move_slider, opened, served, start_long_run, wait_drawn
from tests.dashboard.test_browser import PAIRS, PICTURES, PLACE, picture

#: Seconds within which a page must say that nobody answers.
TOLD = 5.0

#: The same of a server that hangs with its connection open, and for how long one may be merely busy.
TOLD_HUNG = 15.0
BUSY, BEAT = 3.0, 2.0

#: Writes down how the numbers stand, and whether strip and figures say that they are being computed.
WATCH = """
() => {
  window.cogovStandings = [];
  const strip = document.querySelector(".cogov-strip");
  const note = () => {
    const drawn = document.querySelector(".cogov-drawn");
    window.cogovStandings.push([strip.dataset.standing, strip.getAttribute("aria-busy"),
      drawn ? drawn.classList.contains("cogov-old") : null, drawn ? drawn.getAttribute("aria-busy") : null]);
  };
  const page = document.querySelector(".cogov-page");
  new MutationObserver(note).observe(page, { subtree: true, attributes: true });
}
"""


@pytest.fixture(scope="module")
def dashboard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dashboard]:
    with served(PLACE, tmp_path_factory.mktemp("stale")) as running:
        yield running


@pytest.fixture
def opened_page(dashboard: Dashboard) -> Iterator[tuple[Any, Seen]]:
    with opened(dashboard.address) as (page, seen):
        wait_drawn(page, PAIRS)
        yield page, seen


def test_numbers_are_grey_until_the_new_ones_are_there(opened_page: tuple[Any, Seen]) -> None:
    page, seen = opened_page
    page.wait_for_selector("[data-standing=current][aria-busy=false]")
    page.evaluate(WATCH)
    seen_while_it_moves(page)
    page.evaluate("window.cogovStandings = []")
    move_slider(page, "staff.per_10k", "b", 0.2)
    page.wait_for_function("window.cogovStandings.some((seen) => seen[0] === 'old')")
    page.wait_for_selector("[data-standing=current][aria-busy=false]")
    page.wait_for_selector(".cogov-drawn[aria-busy=false]:not(.cogov-old)")
    stood = page.evaluate("window.cogovStandings")
    # As soon as something else is asked for, strip and figures are old; then there are some pairs, or all.
    assert ["old", "true", True, "true"] in stood
    assert stood[-1] == ["current", "false", False, "false"]
    assert seen.errors == []


def seen_while_it_moves(page: Any) -> None:
    """Hold a slider: a few pairs are drawn as a preview, and only what is let go is asked for."""
    address, undo = page.url, page.locator("[data-field=undo]")
    slider = page.locator("[data-key='staff.per_10k'] [data-side='b'] input[type=range]")
    box = slider.bounding_box()
    middle = box["y"] + box["height"] / 2
    low, high, now = slider.evaluate("e => [Number(e.min), Number(e.max), Number(e.value)]")

    def at(value: float) -> float:
        return float(box["x"] + 8 + (value - low) / (high - low) * (box["width"] - 16))

    page.mouse.move(at(now), middle)
    page.mouse.down()
    for value in (now + 1, now + 2, now + 3):
        page.mouse.move(at(value), middle)
    held = slider.evaluate("e => Number(e.value)")
    page.wait_for_selector(f"[data-field=standing]:has-text('Preview at {held:g}: ')")
    page.wait_for_selector(".cogov-drawn.cogov-preview[aria-busy=true] [data-drawn^='4/4 ']")
    page.screenshot(path=PICTURES / "preview_en.png")
    assert page.url == address
    assert undo.is_disabled()
    # Put back where it was, nothing was changed, and what was there is there again.
    page.mouse.move(at(now), middle)
    page.mouse.up()
    page.wait_for_selector("[data-standing=current][aria-busy=false]")
    page.wait_for_selector(".cogov-drawn[aria-busy=false]:not(.cogov-preview)")
    assert slider.evaluate("e => Number(e.value)") == now
    assert page.url == address
    assert undo.is_disabled()
    # At no time did a preview, or what was there before, pass for what was asked for.
    stood = page.evaluate("window.cogovStandings")
    assert not [one for one in stood if one[0] in ("old", "preview") and one[1] != "true"]
    assert ["preview", "true"] in [one[:2] for one in stood]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_after_a_failure_nothing_was_computed(
    opened_page: tuple[Any, Seen], dashboard: Dashboard, language: str
) -> None:
    page, seen = opened_page
    if language == "zh":
        page.click("[data-field=language]")
        wait_drawn(page, PAIRS, "zh")
    start_long_run(page)
    found = workers_of(dashboard.process.pid)
    assert found
    for worker in found:
        os.kill(worker, signal.SIGKILL)
    page.wait_for_selector("[data-state=failed]", state="attached")
    nothing = {"en": "Nothing was computed yet.", "zh": "尚无计算结果。"}[language]
    # The state of the run and what stands in its place come one after the other.
    page.wait_for_selector(f".cogov-nothing:has-text('{nothing}')", state="attached")
    page.wait_for_selector(f"[data-field=standing]:has-text('{nothing}')", state="attached")
    assert page.locator("[data-tile]").count() == 0
    assert page.locator("[data-chart]").count() == 0
    died = {"en": "a worker process died", "zh": "一个工作进程已终止"}[language]
    assert died in page.inner_text(".cogov-error")
    picture(page, f"failed_{language}")
    # The next answer is an answer.
    page.fill("[data-field=pairs]", str(PAIRS))
    page.press("[data-field=pairs]", "Tab")
    wait_drawn(page, PAIRS)
    assert page.locator("[data-tile]").count() == 6
    assert page.locator(".cogov-error").count() == 0
    assert seen.errors == []


def workers_of(server: int) -> list[int]:
    """Return the worker processes of a server, whichever thread of it started them; no helper of Python's."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            parent = process.joinpath("stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1]
            if int(parent) == server and b"spawn_main" in process.joinpath("cmdline").read_bytes():
                found.append(int(process.name))
    return found


@contextlib.contextmanager
def stopped(process: Any) -> Iterator[None]:
    """Let a process hang, with everything it holds open."""
    process.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        process.send_signal(signal.SIGCONT)


def test_a_lost_server_is_told_and_one_that_is_back_is_found(tmp_path: Path) -> None:
    with served(PLACE, tmp_path) as first, opened(first.address) as (page, _):
        wait_drawn(page, PAIRS)
        chinese = page.context.new_page()
        chinese.goto(first.address)
        wait_drawn(chinese, PAIRS)
        chinese.click("[data-field=language]")
        wait_drawn(chinese, PAIRS, "zh")
        move_slider(chinese, "staff.per_10k", "b", 0.2)
        chinese.wait_for_url("**b.staff.per_10k=*")
        wait_drawn(chinese, PAIRS)
        address = chinese.url
        assert page.locator("[data-field=lost]").count() == 0

        page.bring_to_front()
        page.evaluate("window.cogovStays = true")
        with stopped(first.process):
            # One that is busy for some seconds is not lost.
            page.wait_for_timeout(1000 * BUSY)
            assert page.locator("[data-field=lost]").count() == 0
        page.wait_for_timeout(1000 * BEAT)
        with stopped(first.process):
            began = time.monotonic()
            page.wait_for_selector("[data-field=lost]:has-text('is lost')", timeout=1000 * TOLD_HUNG)
            print(f"\ntold that it hangs after {time.monotonic() - began:.2f} s")
            assert page.locator(".cogov-body").evaluate("part => part.inert")
        page.wait_for_selector("[data-lost=false]", timeout=60_000)
        assert not page.locator(".cogov-body").evaluate("part => part.inert")
        # It is the same page that goes on, and it is heard.
        assert page.evaluate("window.cogovStays")
        move_slider(page, "staff.per_10k", "b", 0.3)
        page.wait_for_url("**b.staff.per_10k=*")

        first.process.kill()
        began = time.monotonic()
        for one, told, name in ((page, "is lost", "en"), (chinese, "连接已断开", "zh")):
            one.bring_to_front()
            one.wait_for_selector(f"[data-field=lost]:has-text('{told}')", timeout=1000 * TOLD)
            print(f"\ntold in {name} after {time.monotonic() - began:.2f} s")
            assert one.locator(".cogov-header").evaluate("part => part.inert")
            assert one.locator(".cogov-body").evaluate("part => part.inert")
            # Grey, so that nobody takes them for what holds now.
            assert (
                one.locator(".cogov-tiles").evaluate("part => getComputedStyle(part).filter")
                == "grayscale(1)"
            )
            assert one.locator(".cogov-right").evaluate("part => part.closest('.cogov-lost') !== null")
            one.screenshot(path=PICTURES / f"lost_{name}.png")

        # Another server at the same address: the pages come back by themselves.
        first.process.wait()
        (tmp_path / "again").mkdir()
        with served(PLACE, tmp_path / "again", port=urlsplit(first.address).port or 0):
            for one in (page, chinese):
                one.bring_to_front()
                one.wait_for_selector("[data-lost=false]", timeout=60_000)
                wait_drawn(one, PAIRS)
                assert not one.locator(".cogov-body").evaluate("part => part.inert")
            # With what was set on them: the address held it.
            assert chinese.url == address
            assert chinese.inner_text("[data-key='staff.per_10k'] [data-side=b] .cogov-changed") == "●"
            assert "人员配置" in chinese.inner_text(".cogov-controls")
