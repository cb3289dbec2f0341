"""Class (d): request files: bytes that somebody's system exported, with a mapping that fits or does not."""

import gzip
import shutil
from pathlib import Path
from random import Random

from tests.fuzz import pieces
from tests.fuzz.command_lines import interrupted
from tests.fuzz.outcome import Outcome, attempt
from tests.fuzz.settings_files import MAPPING, REQUESTS

PLAIN = "residents: 1000\ncolumns: {id: id, opened: opened, category: cat}\n"
TIMES = [
    "2024-05-01 08:00",
    "2024-05-01T08:00:00",
    "2024-05-01T08:00:00Z",
    "2024-05-01T08:00:00+02:00",
    "01/05/2024 08:00",
    "05/01/2024 8:00 AM",
    "1.5.2024 08:00",
    "2024年5月1日 8:00",
    "2024/5/1 上午 8:00",
    "1714550400",
    "45413.33",
    "1970-01-01 00:00",
    "0001-01-01",
    "9999-12-31 23:59:59",
    "2024-02-30",
    "2024-13-01",
    "2024-05-01 24:00",
    "2024-05-01 08:60",
    "24-05-01",
    "May 1, 2024",
    "",
    "null",
    "2024-05-01 08:00:00.123456789",
    "2024-03-31 02:30",
    "10000-01-01",
    "-2024-05-01",
    "2024-05-01 08:00 ",
    "２０２４-05-01 08:00",
    "9" * 400,
]
ZONES = ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Nowhere/At_all"]
ENCODINGS = ["utf-8", "gb18030", "cp1252", "big5", "utf-16", "rot13", "base64", "x"]
LABELS = [
    "light",
    "noise",
    "Straßenlaternen",
    "路灯不亮",
    "路燈",
    "Освещение",
    "a;b",
    "a,b",
    'say "x"',
    "a\nb",
    "=1+1",
    "<b>x</b>",
    "",
    " ",
    "null",
    "007",
    "1e5",
    "x" * 400,
    "\u202eabc",
    "\ufeff",
    "a\u00a0b",
]


def rows(rng: Random) -> tuple[str, str]:
    """Return a file of a few rows, written in one way throughout as systems do, and its mapping."""
    separator = rng.choice([",", ",", ",", ";", "\t", "|"])
    style = rng.randrange(8)
    times = []
    for number in range(rng.choice([1, 3, 12, 12, 40])):
        month, day, hour = 1 + number % 12, 1 + (7 * number) % 28, (5 * number) % 24
        times.append(
            [
                f"2024-{month:02}-{day:02} {hour:02}:15",
                f"2024-{month:02}-{day:02}T{hour:02}:15:00Z",
                f"{day:02}.{month:02}.2024 {hour:02}:15",
                f"{day:02}/{month:02}/2024 {hour:02}:15",
                f"{month:02}/{day:02}/2024 {hour % 12 or 12}:15 {'AM' if hour < 12 else 'PM'}",
                f"2024年{month}月{day}日 {hour}:15",
                f"2024-{month:02}-{day:02}T{hour:02}:15:00+08:00",
                f"2024/{month}/{day} {'上午' if hour < 12 else '下午'} {hour % 12 or 12}:15",
            ][style]
        )
    lines = [separator.join(("id", "opened", "cat", "note"))]
    for number, time in enumerate(times):
        shown = rng.choice(TIMES) if rng.random() < 0.08 else time
        label = rng.choice(LABELS) if rng.random() < 0.3 else rng.choice(LABELS[:3])
        cells = [str(number), shown, label, rng.choice(["", "made up"])]
        if rng.random() < 0.04:
            cells = cells[: rng.randrange(5)] or [""]
        lines.append(separator.join(_cell(cell, separator, rng) for cell in cells))
    ends = rng.choice(["\n", "\n", "\r\n", "\r"])
    first = rng.choice(["", "", "", "", "sep=;" + ends, "\ufeff", ends])
    mapping = PLAIN + (f"delimiter: {separator!r}\n" if separator not in ",\t" else "")
    if separator == "\t":
        mapping += 'delimiter: "\\t"\n'
    if style in (2, 3, 4) or rng.random() < 0.1:
        form = {2: "%d.%m.%Y %H:%M", 3: "%d/%m/%Y %H:%M", 4: "%m/%d/%Y %I:%M %p"}.get(style, "%Y-%m-%d %H:%M")
        mapping += (
            f"time_format: {[form, '%m/%d/%Y %H:%M']!r}\n"
            if rng.random() < 0.3
            else f"time_format: {form!r}\n"
        )
    if rng.random() < 0.3:
        mapping += f"time_zone: {rng.choice(ZONES)}\n"
    if rng.random() < 0.3:
        mapping += f"encoding: {rng.choice(ENCODINGS)}\n"
    return first + ends.join(lines) + ends, mapping


def _cell(text: str, separator: str, rng: Random) -> str:
    if any(character in text for character in (separator, '"', "\n")) or rng.random() < 0.1:
        return '"' + text.replace('"', '""') + '"'
    return text


def request_file(rng: Random) -> tuple[bytes, bytes]:
    """Return the bytes of a request file and of its mapping."""
    text, mapping = rows(rng) if rng.random() < 0.8 else (REQUESTS, MAPPING)
    coding = rng.choice(
        ["utf-8"] * 8 + ["utf-8-sig", "gb18030", "cp1252", "big5", "cp1251", "utf-16", "utf-32", "latin-1"]
    )
    content = text.encode(coding, "replace")
    if rng.random() < 0.6:
        content = pieces.damaged(rng, content)
    if rng.random() < 0.08:
        content = gzip.compress(content, 1)
        if rng.random() < 0.7:
            content = pieces.damaged(rng, content, 1)
    if rng.random() < 0.03:
        content = rng.choice(
            [
                b"",
                b"\n",
                b"PK\x03\x04",
                b"PAR1",
                b"\0" * 100,
                b"\xff" * 50,
                b'"' * 999,
                b"," * 5000,
                b"id,opened,cat\n",
                b"a" * 200_000,
                b"id,opened,cat\n" + b"," * 300_000,
            ]
        )
    return content, mapping.encode() if rng.random() < 0.9 else pieces.damaged(rng, mapping.encode(), 1)


def try_one(rng: Random, folder: Path) -> Outcome:
    """Make one input and try it."""
    shutil.rmtree(folder / "out", ignore_errors=True)
    stream, mapping = folder / "requests.csv", folder / "requests.yaml"
    content, said = request_file(rng)
    stream.write_bytes(content)
    mapping.write_bytes(said)
    words = ["run", f"demand.stream={stream}", f"out={folder / 'out'}"]
    words += rng.choice(
        [
            [],
            [],
            [],
            [f"demand.mapping={mapping}"],
            ["horizon_days=30"],
            ["warmup_days=0", "followup_days=0"],
            ["calendar.start_date=2024-01-01"],
            ["demand.mapping=boston_311"],
        ]
    )
    return attempt(words, interrupted, folder, [stream, mapping])
