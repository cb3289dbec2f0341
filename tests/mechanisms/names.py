"""Which mechanisms have a file here. Without importing one: pytest has to be there first."""

from pathlib import Path

_FOLDER = Path(__file__).parent


def mechanism_names() -> list[str]:
    """Return the mechanisms that have neutral values; other files go with the one their name begins with."""
    return [
        path.stem.removeprefix("test_")
        for path in sorted(_FOLDER.glob("test_*.py"))
        if "\nNEUTRAL = " in path.read_text(encoding="utf-8")
    ]
