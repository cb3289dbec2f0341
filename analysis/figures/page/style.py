"""How figures look: sizes, colours, line styles, fonts, and where they came from.

Colours are those of Okabe and Ito (2008), told apart by colour-blind readers; every distinction is also
made by a line style, a marker or a hatch, so that it survives a grey print. Nothing here touches pyplot's
global state: figures are plain `Figure` objects, and settings hold only inside `styled`. There they are all
ours: what a user's own matplotlibrc says (sizes, TeX, formula signs) does not change a figure. Formulas are
off: a text is drawn as it stands. `label` makes text from outside (titles, names, levels) fit to be drawn.
"""

import dataclasses
import re
import textwrap
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.backend_bases import get_registered_canvas_class
from matplotlib.figure import Figure, SubFigure

from analysis.figures.page.paper import FOOTER_LINE_INCHES, Page
from analysis.safe_text.plain_text import shortened, visible, written
from analysis.summaries.run_summary import RunSummary
from sim.input_files.file_errors import naming

PRINT_DPI = 300
LETTERS_ACROSS = 100
"""Letters of a heading or an entry of a legend that the page is wide."""

LONGEST_LABEL = 70
"""Letters of a text from outside that are drawn: more would push the panels off the page."""
LONGEST_TITLE = 44
"""Letters of a scenario's title, which stands in legends beside other entries; the report has it whole."""

LATIN_FONT = Path(mpl.get_data_path(), "fonts", "ttf", "DejaVuSans.ttf")
"""The one that comes with matplotlib: a system may have another of this name, with other letters."""
CHINESE_FONT = Path(__file__).resolve().parents[2] / "fonts" / "cogov-sans-sc.otf"
"""A subset of Noto Sans CJK SC that comes with the package (`scripts/font.py` makes it)."""


@dataclass(frozen=True)
class Look:
    """How one scenario is drawn in every figure."""

    colour: str
    line: str | tuple[int, tuple[float, ...]]
    marker: str


LOOKS = (
    Look("#0072B2", "solid", "o"),
    Look("#D55E00", (0, (5, 1.5)), "s"),
    Look("#009E73", (0, (1, 1)), "^"),
    Look("#CC79A7", (0, (6, 1.5, 1, 1.5)), "D"),
    Look("#56B4E9", (0, (3, 1, 1, 1, 1, 1)), "v"),
    Look("#000000", (0, (8, 3)), "P"),
)


@dataclass(frozen=True)
class Provenance:
    """Where a figure came from; written into the file's own metadata and its footer."""

    config_hash: str = ""
    command: str = ""
    version: str = ""

    def footer(self, language: str = "en") -> str:
        """Return the short form that is printed below a figure."""
        configuration = "配置" if language == "zh" else "configuration"
        parts = [f"cogov {self.version}".strip() if self.version else ""]
        parts.append(f"{configuration} {self.config_hash[:12]}" if self.config_hash else "")
        return " · ".join(part for part in parts if part)


#: Advance of a letter of DejaVu Sans at 100 points, as of most small ones.
_WIDTH_OF_A_LETTER = 60.0

_BASE: dict[str, Any] = {
    "font.size": 8.0,
    "axes.titlesize": 8.5,
    "figure.titlesize": 8.5,
    "axes.titlelocation": "left",
    "axes.labelsize": 8.0,
    "xtick.labelsize": 7.5,
    "ytick.labelsize": 7.5,
    "legend.fontsize": 7.5,
    "legend.frameon": False,
    "legend.handlelength": 2.4,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.linewidth": 0.7,
    "xtick.major.width": 0.7,
    "ytick.major.width": 0.7,
    "lines.linewidth": 1.5,
    "hatch.linewidth": 0.6,
    "axes.grid": False,
    "axes.axisbelow": True,
    "svg.fonttype": "path",
    "svg.hashsalt": "cogov",
    "axes.unicode_minus": True,
    "savefig.facecolor": "white",
    # A dollar sign is a dollar sign.
    "text.parse_math": False,
}
#: Matplotlib's own defaults, but for what is the user's business: backend, and windows.
_DEFAULTS = {
    key: value
    for key, value in mpl.rcParamsDefault.items()
    if not key.startswith(("backend", "webagg.", "tk.", "toolbar", "interactive", "figure.raise_window"))
}
_LOCK = threading.RLock()


@contextmanager
def styled(language: str) -> Iterator[str]:
    """Hold the settings of a figure while it is drawn or saved; yields the language."""
    if language not in ("en", "zh"):
        raise ValueError(f"language must be en or zh, not {language!r}")
    # Digits and minus signs of a Chinese font are too wide for an axis: it comes second. In an English figure
    # it draws the names of places and files that have no other.
    family = [latin_font(), chinese_font()]
    weight = "normal" if language == "zh" else "bold"
    heads = {"axes.titleweight": weight, "figure.titleweight": weight}
    # Matplotlib's settings are global; two threads drawing at once would mix them.
    with _LOCK, mpl.rc_context({**_DEFAULTS, **_BASE, **heads, "font.family": family}):
        yield language


@cache
def latin_font() -> str:
    """Make the Latin font that comes with matplotlib known under a name that no other has, and return it."""
    name = "Cogov DejaVu Sans"
    known = font_manager.fontManager
    for face in ("", "-Bold", "-Oblique", "-BoldOblique"):
        font = font_manager.get_font(LATIN_FONT.with_stem(LATIN_FONT.stem + face))
        known.ttflist.append(dataclasses.replace(font_manager.ttfFontProperty(font), name=name))
    return name


@cache
def chinese_font() -> str:
    """Make the Chinese font known to matplotlib and return its family's name."""
    known = font_manager.fontManager
    known.addfont(CHINESE_FONT)
    # It has one weight, and serves as its own bold: asking for another prints a warning for every title.
    known.ttflist.append(dataclasses.replace(known.ttflist[-1], weight=700))
    return str(font_manager.get_font(CHINESE_FONT).family_name)


def label(text: object, most: int = LONGEST_LABEL) -> str:
    """Return a text from outside as it is drawn: what would steer, or no font has, is written as an escape.

    A text that begins with an underscore, which matplotlib leaves out of legends, gets a space before it.
    """
    line = visible(text)
    wide = sum(map(_letters, line))
    if wide > most:
        line = shortened(line, int(most * len(line) / wide))
    fonts = (LATIN_FONT, CHINESE_FONT)
    drawn = (
        line
        if line.isascii()
        else "".join(
            one if one.isspace() or any(_covers(font, one) for font in fonts) else written(one)
            for one in line
        )
    )
    return f" {drawn}" if drawn.startswith("_") else drawn


def _covers(path: Path | str, characters: Iterable[str]) -> bool:
    font = font_manager.get_font(path)
    return all(font.get_char_index(ord(character)) for character in characters)


def drawable(text: str, language: str) -> bool:
    """Tell whether the fonts in use for a language have every character of a text."""
    paths = (LATIN_FONT, CHINESE_FONT) if language == "zh" else (LATIN_FONT,)
    wanted = [character for character in text if not character.isspace()]
    return all(any(_covers(path, character) for path in paths) for character in wanted)


def scenario_titles(summaries: Mapping[str, Sequence[RunSummary]], language: str) -> dict[str, str]:
    """Return what each scenario is called in a figure: its title where it can be drawn, else its name."""
    result = {}
    for name, items in summaries.items():
        title = items[0].title.get(language, "") if items else ""
        result[name] = called(name, title, language)
    return result


def called(name: str, title: str, language: str) -> str:
    """Return what a figure calls a scenario: its title where the language's fonts have it, else its name."""
    plain = name.replace("_", " ")
    choices = [text for text in (title, plain) if text.strip() and drawable(visible(text), language)]
    return label(choices[0] if choices else plain, LONGEST_TITLE)


def looks(names: Iterable[str]) -> dict[str, Look]:
    """Give each scenario its look, by its place in the comparison."""
    return {name: LOOKS[number % len(LOOKS)] for number, name in enumerate(names)}


def new_figure(height_inches: float, footer_lines: int = 1) -> tuple[Figure, SubFigure]:
    """Return an empty figure of page width and the part of it to draw in, above the footer."""
    page = Page(height_inches, footer_lines)
    return page, page.body


def panel_title(axes: Axes, letter: str, text: str, columns: int = 2) -> None:
    """Head a panel with its letter and what it shows, in as many lines as a panel of its width needs."""
    axes.set_title(wrapped(f"{letter}  {text}", 86 // columns))


def wrapped(text: str, room: int) -> str:
    """Break a text into lines of so many Latin letters; between Chinese characters it may break anywhere.

    No line begins with a closing mark or ends with an opening one.
    """
    # A word longer than a line is broken where the line ends.
    word = rf"[^\s\u2e80-\uffef]{{1,{room}}}"
    pieces = re.findall(rf"[（(]?(?:[\u2e80-\uffef]|{word})[，。；：、）%]*|\s+", text)
    lines, line = [], ""
    for piece in pieces:
        if line and sum(map(_letters, line + piece.rstrip())) > room:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return "\n".join([*lines, line.rstrip()])


@cache
def _letters(character: str) -> float:
    """Return how many Latin letters, on average, are as wide as a character; capitals may be more."""
    if ord(character) > 0x2E7F:
        return 1.72
    if not character.isupper():
        return 1.0
    font = font_manager.get_font(LATIN_FONT)
    font.set_size(100.0, 72.0)
    return max(1.0, font.load_char(ord(character)).linearHoriAdvance / 65536.0 / _WIDTH_OF_A_LETTER)


def footer(figure: Figure, *parts: str) -> None:
    """Print the source line below a figure."""
    text = textwrap.fill(" · ".join(part for part in parts if part), 140)
    if text:
        height = 0.3 * FOOTER_LINE_INCHES / figure.get_figheight()
        figure.text(0.01, height, text, fontsize=6.5, color="#555555", ha="left", va="bottom")


def lay_out(figure: Figure) -> None:
    """Lay a figure out once for all formats, then freeze it: further drawings would move things a little."""
    figure.set_dpi(PRINT_DPI)
    canvas_for("png", figure)
    engine = figure.get_layout_engine()
    if engine is not None:
        engine.execute(figure)
        engine.execute(figure)
    figure.set_layout_engine("none")


def canvas_for(kind: str, figure: Figure) -> Any:
    """Give a figure the canvas that draws a format, and return it; it keeps what it measured of each text."""
    canvas = get_registered_canvas_class(kind)
    assert canvas is not None, kind
    return canvas(figure)


def save(
    figure: Figure,
    stem: Path,
    provenance: Provenance,
    title: str = "",
    formats: Sequence[str] = ("png", "svg"),
) -> dict[str, Path]:
    """Write a figure as picture and as vector, with title, configuration and command in the metadata."""
    stem = Path(stem)
    stem.parent.mkdir(parents=True, exist_ok=True)
    title, command = visible(title), visible(provenance.command)
    description = f"configuration {provenance.config_hash}; command: {command}"
    creator = f"cogov {provenance.version}".strip()
    written = {}
    with styled("en"):
        lay_out(figure)
        for kind in formats:
            path = stem.with_name(f"{stem.name}.{kind}")
            metadata: dict[str, Any] = {"Title": title, "Description": description}
            if kind == "svg":
                # No date: the same run must give the same file.
                metadata |= {"Creator": creator, "Date": None}
            elif kind == "png":
                metadata |= {"Software": creator, "Source": command}
            else:
                metadata = {"Title": title, "Subject": description, "Creator": creator, "CreationDate": None}
            with naming(path):
                # `savefig` would draw everything once more, for a box and a layout that nobody asks for here.
                getattr(canvas_for(kind, figure), f"print_{kind}")(path, metadata=metadata)
            written[kind] = path
    return written
