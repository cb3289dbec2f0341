"""Draw the house: packages, folders and who may import whom, from the table that the tests hold.

    .venv/bin/python docs/_site/house.py

writes `docs/figures/house.svg`. A test compares it with the table in `tests/test_architecture.py`.
"""

import ast
import sys
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PICTURE = ROOT / "docs" / "figures" / "house.svg"
#: Packages from the top down.
BANDS = ("experiments", "analysis", "sim", "scenarios")

WIDTH, MARGIN, GAP, LINE = 980, 24, 8, 26
COLOURS = {"experiments": "#e8eef7", "analysis": "#e9f3ea", "sim": "#f8f0e3", "scenarios": "#f1f1f1"}
STYLE = """text { font-family: system-ui, sans-serif; font-size: 13px; fill: #1a1a1a }
.name { font-size: 16px; font-weight: 600 }
.quiet { fill: #555 }
.code { font-family: ui-monospace, monospace; font-size: 12px }
.folder { fill: #fff; stroke: #666 }
.module { fill: none; stroke: #999; stroke-dasharray: 3 2 }
.group { fill: none; stroke: #666 }"""


def says(package: str) -> str:
    """Return the first line of a package's docstring."""
    tree = ast.parse((ROOT / package / "__init__.py").read_text(encoding="utf-8"))
    return (ast.get_docstring(tree) or "").partition("\n")[0].replace("`", "")


def chip(x: float, y: float, text: str, kind: str) -> str:
    """Return a box with a name."""
    return (
        f'<rect class="{kind}" x="{x:g}" y="{y:g}" width="{width(text):g}" height="{LINE}" rx="4"/>'
        f'<text class="code" x="{x + 8:g}" y="{y + 17:g}">{escape(text)}</text>'
    )


def width(text: str) -> float:
    """Return how wide the box of a name is."""
    return 7.3 * len(text) + 16


def rows(names: Sequence[tuple[str, str]], left: float, right: float, top: float) -> tuple[list[str], float]:
    """Return boxes side by side, as many in a line as there is room for, and where they end."""
    found, x, y = [], left, top
    for text, kind in names:
        if x > left and x + width(text) > right:
            x, y = left, y + LINE + GAP
        found.append(chip(x, y, text, kind))
        x += width(text) + GAP
    return found, y + LINE + GAP


def parts(package: str, layers: Sequence[str]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield what stands side by side: folders within one folder under its name, others under none."""

    def home(name: str) -> str:
        inside = name.split("/")[0]
        return inside if sum(other.split("/")[0] == inside for other in layers) > 2 else ""

    own = sorted(path.stem for path in (ROOT / package).glob("*.py"))
    named = [
        part
        for name in layers
        for part in ([one for one in own if one not in (*layers, "__init__")] if name == "." else [name])
    ]
    for inside, together in groupby(named, home):
        boxes = []
        for name in together:
            if name == inside:
                continue
            folder = (ROOT / package / name).is_dir()
            text = name.removeprefix(f"{inside}/") if inside else name
            boxes.append((f"{text}/" if folder else f"{text}.py", "folder" if folder else "module"))
        yield inside, boxes


def draw(layers: dict[str, Sequence[str]]) -> str:
    """Return the picture as SVG."""
    found: list[str] = []
    y = float(MARGIN)
    left, right = MARGIN + 14, WIDTH - MARGIN - 14
    for package in BANDS:
        top = y
        y += 24
        title = f'<text class="name" x="{left}" y="{y:g}">{package}/</text>'
        line = f'<text class="quiet" x="{left + 130}" y="{y:g}">{escape(says(package))}</text>'
        y += 14
        inside = [title, line]
        for name, boxes in parts(package, layers.get(package, ())):
            if name:
                start = y
                inner, y = rows(boxes, left + 10, right - 10, y + 26)
                frame = f'x="{left}" y="{start:g}" width="{right - left}" height="{y - start:g}" rx="4"'
                inside += [f'<rect class="group" {frame}/>']
                inside += [f'<text class="code" x="{left + 10}" y="{start + 17:g}">{name}/</text>', *inner]
                y += GAP
            else:
                more, y = rows(boxes, left, right, y)
                inside += more
        box = f'x="{MARGIN}" y="{top:g}" width="{WIDTH - 2 * MARGIN}" height="{y - top:g}" rx="6"'
        found += [f'<rect fill="{COLOURS[package]}" {box}/>', *inside]
        y += 10
    note = "Each box may import those before it in its band, and the bands below. Dashed: a single module."
    found.append(f'<text class="quiet" x="{left}" y="{y + 10:g}">{note}</text>')
    size = f'width="{WIDTH}" height="{y + MARGIN:g}" viewBox="0 0 {WIDTH} {y + MARGIN:g}"'
    ground = f'<rect width="{WIDTH}" height="{y + MARGIN:g}" fill="#fff"/>'
    body = "\n".join([f"<style>{STYLE}</style>", ground, *found])
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">\n{body}\n</svg>\n'


def main() -> None:
    """Write the picture."""
    sys.path.insert(0, str(ROOT))
    from tests.test_architecture import LAYERS

    PICTURE.write_text(draw(LAYERS), encoding="utf-8")


if __name__ == "__main__":
    main()
