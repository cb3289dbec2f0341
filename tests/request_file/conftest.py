"""Small made request files, and the real one where it is at hand."""

import csv
import gzip
import io
import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pytest

MAPPING = """\
residents: 1000
columns: {id: id, opened: opened, category: category, channel: channel, place: place}
"""
HEADER = ("id", "opened", "category", "channel", "place")

Write = Callable[..., Path]


def as_csv(rows: Iterable[Sequence[str]], header: Sequence[str] = HEADER) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a request file and its mapping beside it; return the request file's path."""

    def _write(
        content: str | bytes | Iterable[Sequence[str]],
        mapping: str | None = MAPPING,
        name: str = "requests.csv",
    ) -> Path:
        if not isinstance(content, str | bytes):
            content = as_csv(content)
        data = content.encode() if isinstance(content, str) else content
        path = tmp_path / name
        path.write_bytes(gzip.compress(data) if name.endswith(".gz") and data[:2] != b"\x1f\x8b" else data)
        if mapping is not None:
            stem = name.removesuffix(".gz").rsplit(".", 1)[0]
            (tmp_path / f"{stem}.yaml").write_text(mapping, encoding="utf-8")
        return path

    return _write


@pytest.fixture(scope="session")
def boston_file() -> Path:
    """Return the real file, which is not part of the repository."""
    root = Path(__file__).resolve().parents[2]
    shared = Path(os.environ.get("COGOV_SHARED", root.parent / "shared"))
    path = shared / "data" / "boston_311_2011" / "requests.csv.gz"
    if not path.is_file():
        pytest.skip(f"the Boston file is not at {path}; set COGOV_SHARED to the folder that holds data/")
    return path
