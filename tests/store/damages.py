"""What may become of the files of a store: each damage is done to one of its parts, or to its other files."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

Damage = Callable[[Path], None]


def truncated(part: Path) -> None:
    part.write_bytes(part.read_bytes()[:-100])


def empty(part: Path) -> None:
    part.write_bytes(b"")


def flipped_inside(part: Path) -> None:
    """One bit, where a number lies: Parquet itself does not notice."""
    content = bytearray(part.read_bytes())
    content[len(content) // 3] ^= 1
    part.write_bytes(bytes(content))


def flipped_at_the_end(part: Path) -> None:
    content = bytearray(part.read_bytes())
    for at in range(len(content) - 60, len(content) - 20):
        content[at] ^= 0xFF
    part.write_bytes(bytes(content))


def foreign(part: Path) -> None:
    part.write_text("name,price\nnail,1\n", encoding="utf-8")


def folder(part: Path) -> None:
    part.unlink()
    part.mkdir()


def dangling_link(part: Path) -> None:
    part.unlink()
    part.symlink_to(part.parent / "gone" / part.name)


def pipe(part: Path) -> None:
    part.unlink()
    os.mkfifo(part)


def _without_checksum(part: Path, table: pa.Table) -> None:
    """As the first edition named parts: there is nothing but the content to tell."""
    pq.write_table(table, part.with_name(part.name.split(".")[0] + ".parquet"))
    part.unlink()


def no_column(part: Path) -> None:
    _without_checksum(part, pq.read_table(part).drop_columns(["run"]))


def no_code(part: Path) -> None:
    _without_checksum(part, pq.read_table(part).drop_columns(["code"]))


def other_types(part: Path) -> None:
    table = pq.read_table(part)
    at = table.schema.get_field_index("run")
    _without_checksum(part, table.set_column(at, "run", pa.array(range(len(table)))))


def nothing_in_it(part: Path) -> None:
    table = pq.read_table(part)
    at = table.schema.get_field_index("status")
    _without_checksum(part, table.set_column(at, "status", pa.array([None] * len(table), pa.string())))


def strange_runs(part: Path) -> None:
    table = pq.read_table(part)
    at = table.schema.get_field_index("run")
    _without_checksum(part, table.set_column(at, "run", pa.array(["运行"] * len(table))))


def unknown_layout(part: Path) -> None:
    table = pq.read_table(part)
    _without_checksum(part, table.replace_schema_metadata({b"cogov.part": b"99"}))


def old_and_flipped(part: Path) -> None:
    """A part without a checksum whose numbers cannot be unpacked."""
    _without_checksum(part, pq.read_table(part))
    part = part.with_name(part.name.split(".")[0] + ".parquet")
    content = bytearray(part.read_bytes())
    for at in range(len(content) // 4, len(content) // 4 + 400):
        content[at] ^= 0xFF
    part.write_bytes(bytes(content))


PARTS: list[Damage] = [
    truncated, empty, flipped_inside, flipped_at_the_end, foreign, folder, dangling_link, pipe, no_column,
    no_code, other_types, nothing_in_it, strange_runs, unknown_layout, old_and_flipped,
]  # fmt: skip
#: Those where a whole file with a checksum of ours holds something else: these alone are proved.
PROVED = (truncated, empty, flipped_inside, flipped_at_the_end, foreign)

SESSION = "20200101-000000-0123abcd"


def _beside(name: str, content: str | bytes) -> Damage:
    def damage(store: Path) -> None:
        path = store / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())

    damage.__name__ = f"{name}: {content!r:.30}"
    return damage


def _made(name: str, act: Callable[[Path], None]) -> Damage:
    def damage(store: Path) -> None:
        path = store / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
        act(path)

    damage.__name__ = f"{name}: {getattr(act, '__name__', 'made')}"
    return damage


def link_to_nothing(path: Path) -> None:
    path.symlink_to("nowhere")


DEEP = "[" * 100_000

#: Damage to anything but parts.
BESIDE: list[Damage] = [
    *(
        _beside(f"sessions/{SESSION}.json", content)
        for content in (
            "",
            "{",
            "[]",
            "null",
            "{}",
            "3",
            DEEP,
            b"\xff\xfe",
            json.dumps({"status": ["begun"]}),
        )
    ),
    _made(f"sessions/{SESSION}.json", Path.mkdir),
    _made(f"sessions/{SESSION}.json", link_to_nothing),
    _beside(f"sessions/{SESSION}.claims", b"\x00\xffnot runs\n"),
    _made(f"sessions/{SESSION}.claims", Path.mkdir),
    _made(f"sessions/{SESSION}.claims", link_to_nothing),
    *(
        _beside("store.json", content)
        for content in ("", "{", "[]", "null", "{}", '{"format": "1"}', DEEP, b"\xff")
    ),
    _made("store.json", lambda path: None),
    _made("store.json", Path.mkdir),
    _beside("parts/notes.txt", "mine"),
    _beside("parts/.partial-notes", "mine"),
    _beside("sessions/mine.claims", "mine"),
    _beside("README", "mine"),
]
