"""Comparing pictures, and drawing none where nobody looks at them."""

import re
from pathlib import Path
from typing import Any

import pytest


class Blank:
    """Stands in for the canvas that draws: a picture of nothing, with what its file says of itself."""

    def __init__(self, kind: str, figure: Any) -> None:
        setattr(self, f"print_{kind}", self.write)

    def write(self, path: Path, metadata: dict[str, Any]) -> None:
        path.write_text(f"{path.name} {metadata}", encoding="utf-8")


def draw_nothing(patch: pytest.MonkeyPatch) -> None:
    """Leave figures unlaid and undrawn: that takes most of the time of a small comparison."""
    patch.setattr("analysis.figures.page.style.lay_out", lambda figure: None)
    patch.setattr("analysis.figures.page.style.canvas_for", Blank)


def numbered(picture: str) -> str:
    """Return an SVG picture with its clipping paths numbered as they come.

    matplotlib names them by a hash of coordinates with all their bits: the last differs, unseen in what is
    drawn, with what a process has drawn before.
    """
    names: dict[str, str] = {}
    return re.sub(
        r"\bp[0-9a-f]{10}\b", lambda found: names.setdefault(found[0], f"clip{len(names)}"), picture
    )
