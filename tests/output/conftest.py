"""What the tests of results share: they look at files and folders, not at pictures."""

import pytest

from tests.pictures import draw_nothing


@pytest.fixture(autouse=True)
def blank_pictures(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw nothing, except where what is tried is the drawing."""
    if "print_png" not in request.node.name:
        draw_nothing(monkeypatch)
