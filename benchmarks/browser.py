"""The dashboard in a real browser: the command started, Chromium driven, time taken where it is drawn.

Shared by the benchmark and the tests of the page. Needs the extras `dashboard` and `test`, and a Chromium of
the system (Debian: ``apt-get install chromium``; another one by its path in COGOV_CHROMIUM).
"""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

#: The Chromium that `kept_running` keeps.
_kept: Any = None
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
#: How long anything on the page may take before it counts as not happening. Playwright's own 30 s pass on a
#: machine whose cores are all taken, by the compiler or by other tests, while the page is still loading.
PATIENCE_SECONDS = 120.0

#: Starts the command, and writes down every address outside this machine that its process asks for.
_LAUNCHER = """
import sys
log = open(sys.argv[1], "a", encoding="utf-8", buffering=1)

def local(address):
    host = address[0] if isinstance(address, tuple) else str(address)
    return host in ("localhost", "::1", "", None) or str(host).startswith("127.")

def watch(event, arguments):
    if event == "socket.connect" and isinstance(arguments[1], tuple) and not local(arguments[1]):
        log.write(f"connect {arguments[1][:2]}\\n")
    elif event == "socket.getaddrinfo" and arguments[0] and not local((arguments[0],)):
        log.write(f"look up {arguments[0]}\\n")

sys.addaudithook(watch)
from experiments.cli import main
sys.exit(main(sys.argv[2:]))
"""

#: Takes the time from the release of the mouse to the picture after the drawing of the whole result in the
#: window, and to the first picture of the new value, be it of a few pairs. Figures below the edge of the
#: window are drawn a frame later.
_STOPWATCH = """
(wanted) => {
  const root = document.querySelector("[data-drawn]");
  const before = root.getAttribute("data-in-sight");
  window.cogovTime = { released: null, first: null, drawn: null };
  document.addEventListener("pointerup", () => { window.cogovTime.released = performance.now(); },
                            { capture: true, once: true });
  const observer = new MutationObserver(() => {
    const now = root.getAttribute("data-in-sight");
    if (window.cogovTime.released === null || now === before) return;
    window.cogovTime.first = window.cogovTime.first || performance.now();
    if (!now.startsWith(wanted)) return;
    observer.disconnect();
    // Two frames on, what is in the document has been painted.
    requestAnimationFrame(() => requestAnimationFrame(() => { window.cogovTime.drawn = performance.now(); }));
  });
  observer.observe(root, { attributes: true, attributeFilter: ["data-in-sight"] });
}
"""


#: How often a page is asked whether a picture is there; when it was drawn, its own clock tells.
_ASKED_EVERY_MS = 50


def find_browser() -> str | None:
    """Return the path of a Chromium, None where there is none."""
    named = os.environ.get("COGOV_CHROMIUM")
    if named:
        return named
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@dataclass
class Dashboard:
    """A running dashboard: its address, and where it wrote down what it asked of the network."""

    address: str
    process: subprocess.Popen[str]
    outside: Path

    def asked_outside(self) -> list[str]:
        """Return the addresses outside this machine that the server asked for."""
        return self.outside.read_text(encoding="utf-8").splitlines() if self.outside.exists() else []


@contextlib.contextmanager
def served(words: Sequence[str], folder: Path, patience: float = 300.0, port: int = 0) -> Iterator[Dashboard]:
    """Start `cogov dashboard` on a port, any free one if none is given, and end it as Ctrl-C does."""
    outside = folder / "asked_outside.txt"
    process = subprocess.Popen(
        [
            sys.executable,
            "-c",
            _LAUNCHER,
            str(outside),
            "dashboard",
            f"dashboard.port={port}",
            f"out={folder / 'out'}",
            *words,
        ],
        stdout=subprocess.PIPE,
        stderr=(folder / "errors.txt").open("w", encoding="utf-8"),
        text=True,
        cwd=Path(__file__).parents[1],
    )
    try:
        yield Dashboard(_address(process, folder, patience), process, outside)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


def _address(process: subprocess.Popen[str], folder: Path, patience: float) -> str:
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        assert process.stdout is not None
        line = process.stdout.readline()
        if line.startswith("Dashboard: "):
            return line.split()[1]
        if not line and process.poll() is not None:
            break
    errors = (folder / "errors.txt").read_text(encoding="utf-8")
    raise RuntimeError(f"the dashboard did not start: {errors}")


@dataclass
class Seen:
    """What a page did that it should not: errors on the console, hosts it asked."""

    errors: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)


@contextlib.contextmanager
def chromium() -> Iterator[Any]:
    """Start a headless Chromium, and end it."""
    from playwright.sync_api import sync_playwright

    browser = find_browser()
    if browser is None:
        raise RuntimeError(f"needs a Chromium: none of {', '.join(NAMES)} was found (COGOV_CHROMIUM=PATH)")
    # Chromium's own walls need rights that root in a container lacks; what is opened is our page alone.
    walls = ["--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 else []
    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=browser, args=walls)
        try:
            yield running
        finally:
            running.close()


@contextlib.contextmanager
def kept_running() -> Iterator[None]:
    """Let all that is opened meanwhile share one Chromium, each page in a profile of its own."""
    global _kept
    with chromium() as _kept:
        try:
            yield
        finally:
            _kept = None


@contextlib.contextmanager
def opened(address: str, width: int = 1400, height: int = 1000) -> Iterator[tuple[Any, Seen]]:
    """Open the page in a headless Chromium: the one that is kept running, else one of its own."""
    with contextlib.ExitStack() as stack:
        running = _kept or stack.enter_context(chromium())
        page = patient(running, viewport={"width": width, "height": height}, accept_downloads=True)
        stack.callback(page.context.close)
        stack.callback(_leave, page)
        seen = Seen()
        page.on("console", lambda m: seen.errors.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: seen.errors.append(str(error)))
        page.on("request", lambda request: seen.hosts.add(_host(request.url)))
        page.on("websocket", lambda socket: seen.hosts.add(_host(socket.url)))
        page.goto(address)
        yield page, seen


def _leave(page: Any) -> None:
    """Leave a page as somebody does who closes it: a page that is only taken away computes on for a while."""
    from playwright.sync_api import Error

    with contextlib.suppress(Error):
        page.goto("about:blank", timeout=10_000)


def patient(chromium: Any, **settings: Any) -> Any:
    """Return a new page of a browser that waits as long as a busy machine takes, and so do its pop-ups."""
    context = chromium.new_context(**settings)
    context.set_default_timeout(1000 * PATIENCE_SECONDS)
    return context.new_page()


def _host(url: str) -> str:
    from urllib.parse import urlsplit

    parts = urlsplit(url)
    return parts.hostname or parts.scheme


def wait_drawn(page: Any, pairs: int, language: str = "", patience: float = 120.0) -> None:
    """Wait until a whole comparison is drawn."""
    after = f"[data-drawn$='{language}']" if language else ""
    page.wait_for_selector(
        f"[data-drawn^='{pairs}/{pairs} ']{after}", timeout=1000 * patience, state="attached"
    )


def move_slider(page: Any, key: str, side: str, share: float) -> None:
    """Drag a slider to a share of its way with the mouse, and let go."""
    slider = page.locator(f"[data-key='{key}'] [data-side='{side}'] input[type=range]")
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    now, low, high = slider.evaluate("e => [Number(e.value), Number(e.min), Number(e.max)]")
    thumb = 16.0

    def at(part: float) -> float:
        return float(box["x"] + thumb / 2 + part * (box["width"] - thumb))

    y = box["y"] + box["height"] / 2
    page.mouse.move(at((now - low) / (high - low)), y)
    page.mouse.down()
    page.mouse.move(at(share), y, steps=4)
    page.mouse.up()


def start_long_run(page: Any, pairs: int = 900) -> None:
    """Start a comparison that is still under way when a slow browser comes to look at it.

    Pairs of a small place alone will not do: a thousand of them take two workers a few seconds.
    """
    page.click("[data-group=world]:not([open]) summary")
    move_slider(page, "community.residents", "both", 0.7)
    page.fill("[data-field=pairs]", str(pairs))
    page.press("[data-field=pairs]", "Tab")
    # Not the few pairs that the slider asked for.
    page.wait_for_function(
        f"(document.querySelector('[data-state=running] progress') || {{ max: 0 }}).max >= {pairs}"
    )


def seconds_to_redraw(page: Any, key: str, side: str, share: float, pairs: int) -> float:
    """Move a slider; return the seconds from letting it go to the whole comparison on the screen."""
    return seconds_to_pictures(page, key, side, share, pairs)[1]


def seconds_to_pictures(page: Any, key: str, side: str, share: float, pairs: int) -> tuple[float, float]:
    """Move a slider; return the seconds from letting it go to a first picture and to the whole comparison."""
    page.evaluate(_STOPWATCH, f"{pairs}/{pairs} ")
    move_slider(page, key, side, share)
    # Asked now and then: asked at every frame, as it would be otherwise, the page drew sixty frames a second.
    drawn_there = "window.cogovTime && window.cogovTime.drawn !== null"
    page.wait_for_function(drawn_there, timeout=120_000, polling=_ASKED_EVERY_MS)
    times = json.loads(page.evaluate("JSON.stringify(window.cogovTime)"))
    first, drawn = (float(times[name] - times["released"]) / 1000.0 for name in ("first", "drawn"))
    return first, drawn
