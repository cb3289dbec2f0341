"""The site builds without a warning, needs no other machine, and its checklists point to what is there."""

import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

from experiments.cli import COMMANDS
from sim.parameters.scenario import describe
from sim.scenario.loading import scenario_names

ROOT = Path(__file__).resolve().parents[2]
#: What makes a browser fetch: tag, attribute.
LOADING = {
    *((tag, "src") for tag in ("script", "img", "iframe", "source", "video", "audio", "embed")),
    *((tag, "srcset") for tag in ("img", "source")),
    *((tag, "href") for tag in ("link", "use")),
    ("object", "data"),
    ("form", "action"),
}
#: Relations of `link` that a browser does not fetch.
NOT_FETCHED = {"next", "prev", "author", "canonical", "license", "index", "search", "help", "up", "copyright"}
OUTSIDE = re.compile(r"^\s*(?:https?:)?//", re.IGNORECASE)
CSS_LOAD = re.compile(r"(?:url\(\s*['\"]?|@import\s+['\"])((?:https?:)?//[^'\")\s]+)", re.IGNORECASE)


class Loads(HTMLParser):
    """Collects what a page fetches from elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.outside: list[str] = []
        self.styled = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.styled = tag == "style"
        for name, value in values.items():
            fetched = (tag, name) in LOADING and not (tag == "link" and values.get("rel", "") in NOT_FETCHED)
            if fetched and any(OUTSIDE.match(part) for part in value.split(",")):
                self.outside.append(f"{tag} {name}={value}")
            if name == "style" and CSS_LOAD.search(value):
                self.outside.append(value)

    def handle_data(self, data: str) -> None:
        if self.styled and CSS_LOAD.search(data):
            self.outside.append(data[:200])


def outside(page: str) -> list[str]:
    reader = Loads()
    reader.feed(page)
    return reader.outside


def test_a_page_that_loads_from_elsewhere_is_seen() -> None:
    for bad in (
        '<script src="https://cdn.example/x.js"></script>',
        '<link rel="stylesheet" href="//fonts.example/css">',
        '<img srcset="a.png 1x, https://x.example/b.png 2x">',
        "<style>@import 'https://x.example/a.css';</style>",
        '<div style="background: url(https://x.example/a.png)">',
    ):
        assert outside(bad), bad
    assert not outside('<a href="https://x.example/">a link is followed by the reader</a><img src="a.png">')


def test_no_page_loads_anything_from_elsewhere(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 30
    found = {page.name: outside(page.read_text(encoding="utf-8")) for page in pages}
    assert not {name: loads for name, loads in found.items() if loads}
    for style in site.rglob("*.css"):
        assert not CSS_LOAD.search(style.read_text(encoding="utf-8")), style


def asked_of_others(page: str, folder: Path) -> set[str]:
    """Addresses of other machines in the browser's own log of requests, scripts' requests included."""
    log = folder / "net.json"
    flags = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
    ]
    files = [f"--user-data-dir={folder / 'profile'}", f"--log-net-log={log}"]
    command = ["chromium", *flags, *files, "--virtual-time-budget=2000", "--dump-dom", page]
    subprocess.run(command, capture_output=True, check=False, timeout=60)
    addresses = set(re.findall(r'"(https?://[^"]+)"', log.read_text(encoding="utf-8", errors="replace")))
    # What the browser asks its maker, whatever the page.
    return {address for address in addresses if not re.search(r"google|gvt1|gstatic", address)}


@pytest.mark.skipif(not shutil.which("chromium"), reason="needs the browser chromium")
def test_a_browser_asks_nobody(site: Path, tmp_path: Path) -> None:
    probe = tmp_path / "probe.html"
    probe.write_text('<img src="http://elsewhere.invalid/a.png">', encoding="utf-8")
    assert asked_of_others(f"file://{probe}", tmp_path), (
        "the log shows no requests: this test would see nothing"
    )
    for page in ("index.html", "reference/parameters.html", "search.html?q=staff"):
        assert not asked_of_others(f"file://{site / page}", tmp_path), page


def test_the_reference_has_every_parameter_scenario_and_command(site: Path) -> None:
    parameters = (site / "reference/parameters.html").read_text(encoding="utf-8")
    for row in describe():
        if row.key not in ("name", "description", "evidence") and not row.key.startswith("title."):
            assert f'id="parameter-{row.key}"' in parameters, row.key
    scenarios = (site / "reference/scenarios.html").read_text(encoding="utf-8")
    for name in scenario_names():
        assert f'id="scenario-{re.sub(r"[^a-z0-9]+", "-", name)}"' in scenarios, name
    commands = (site / "reference/commands.html").read_text(encoding="utf-8")
    for name in COMMANDS:
        assert f'id="command-{name}"' in commands


@pytest.mark.parametrize(("name", "items"), [("stress", 20), ("trace", 8)])
def test_every_item_of_a_checklist_points_somewhere(name: str, items: int) -> None:
    """Links and their anchors are checked by the build; here, that no item is without a place that exists."""
    text = (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if re.match(r"\| \d", line)]
    assert len(rows) == items
    for row in rows:
        where = row.rstrip("| ").rpartition("| ")[2]
        links = [target for target in re.findall(r"\]\(([^)#]+)", where) if (ROOT / "docs" / target).exists()]
        paths = [path for path in re.findall(r"`(\w+[\w/-]*\.\w+)`", where) if (ROOT / path).exists()]
        assert links or paths or "this repository" in where, row
