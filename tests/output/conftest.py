"""What the tests of results share: they look at files and folders, not at pictures."""

from pathlib import Path
from typing import Any

import pytest


class Blank:
    """Stands in for the canvas that draws: a picture of nothing, with what its file says of itself."""

    def __init__(self, kind: str, figure: Any) -> None:
        setattr(self, f"print_{kind}", self.write)

    def write(self, path: Path, metadata: dict[str, Any]) -> None:
        path.write_text(f"{path.name} {metadata}", encoding="utf-8")


@pytest.fixture(autouse=True)
def blank_pictures(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw nothing, except where what is tried is the drawing."""
    if "print_png" in request.node.name:
        return
    monkeypatch.setattr("analysis.figures.page.style.lay_out", lambda figure: None)
    monkeypatch.setattr("analysis.figures.page.style.canvas_for", Blank)
