"""What everybody can read and use: letters dark enough, and a name for all that can be set."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from experiments.dashboard.panels.charts import COLOURS, INKS
from experiments.dashboard.panels.tables import scrolled
from experiments.dashboard.serving.style import style

PAGE = Path(__file__).parents[2] / "experiments" / "dashboard"
PARTS = sorted((PAGE / "parts").rglob("*.vue"))
#: What WCAG 2 asks of small letters; the grounds are those of the page and of its buttons.
LEAST = 4.5
GROUNDS = ("#ffffff", "#f6f6f6", "#f5f5f5")
_COLOUR = re.compile(r"(?<![-\w])color: (#[0-9a-f]{3,6})")
_GROUND = re.compile(r"background: (#[0-9a-f]{3,6})")


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 has it."""
    digits = "".join(2 * one for one in colour[1:]) if len(colour) == 4 else colour[1:]
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_of_contrast_is_that_of_wcag() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#fff") == pytest.approx(4.48, abs=0.005)
    # Why letters do not have the colour of the lines.
    assert contrast(COLOURS[1], "#ffffff") < LEAST


@pytest.mark.parametrize("ink", INKS)
def test_letters_in_the_colour_of_a_side_can_be_read(ink: str) -> None:
    assert all(contrast(ink, ground) >= LEAST for ground in GROUNDS)


def sheets() -> dict[str, str]:
    found = {part.name: part.read_text(encoding="utf-8").split("<style")[1] for part in PARTS}
    return {**found, "style.py": style()}


def test_letters_of_every_style_can_be_read() -> None:
    weak, seen = [], 0
    for name, sheet in sheets().items():
        for rule, inside in re.findall(r"([^{}]+)\{([^{}]*)\}", sheet):
            # What cannot be used, and a dot that has its name beside it, need none.
            if ":disabled" in rule or not (found := _COLOUR.search(inside.lower())):
                continue
            seen += 1
            own = _GROUND.search(inside.lower())
            ground = own[1] if own else "#ffffff"
            if contrast(found[1], ground) < LEAST:
                weak.append(f"{name}: {rule.strip()} {found[1]} on {ground}")
    assert seen > 10
    assert not weak, "\n".join(weak)


class Names(HTMLParser):
    """Collects what can be set and has no name, and what the Tab key does not reach in its place."""

    def __init__(self) -> None:
        super().__init__()
        self.labels = 0
        self.wrong: list[str] = []
        self.seen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.labels += tag == "label"
        if tag in ("select", "input", "progress", "canvas", "pre"):
            self.seen += 1
            if not self.labels and not {":aria-label", "aria-label"} & given.keys():
                self.wrong.append(f"<{tag}> {given}")
        if tag == "pre" and given.get("tabindex") != "0":
            self.wrong.append(f"<{tag}> scrolls and cannot be reached by keys")
        if int(given.get("tabindex") or 0) > 0:
            self.wrong.append(f"<{tag}> comes before its place")

    def handle_endtag(self, tag: str) -> None:
        self.labels -= tag == "label"


def test_all_that_can_be_set_has_a_name() -> None:
    seen = 0
    for part in PARTS:
        names = Names()
        names.feed(part.read_text(encoding="utf-8").split("<script>")[0])
        assert names.wrong == [], part.name
        assert names.labels == 0
        seen += names.seen
    assert seen > 15


def test_a_wide_table_is_reached_by_keys_and_named() -> None:
    found = scrolled("<table></table>", 'a "b" <c>')
    assert found.startswith("<div class='cogov-scroll' role='region' tabindex='0' ")
    assert "<c>" not in found
    assert found.count('"') == 2
    for path in (PAGE / "panels").glob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert text.count("<table class='cogov-table") <= text.count("scrolled("), path.name


def test_what_has_the_focus_shows_it() -> None:
    assert ":focus-visible { outline: 2px solid" in style()
    for name, sheet in sheets().items():
        assert not re.search(r"outline:\s*(0|none)", sheet), name
