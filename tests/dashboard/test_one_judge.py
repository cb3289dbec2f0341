"""The page and the command line judge every row of a file alike, however odd the file."""

import gzip
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from experiments.dashboard.serving.request_file import LARGEST_UPLOAD, content, read, refuse_large
from sim.errors import InputError
from sim.request_file.loading import load_stream

HEAD = "id,who,opened,closed,cat,place\n"
ROW = "{n},Jane Doe,2024-03-{d:02} 09:00,,{cat},{place}\n"
BASE = "residents: 900\ncolumns: {id: id, opened: opened, closed: closed, category: cat, place: place}\n"
GOOD = "".join(ROW.format(n=n, d=n + 1, cat="light", place="p") for n in range(14))


def good(header: str = HEAD) -> str:
    return header + GOOD


FILES: dict[str, tuple[str | bytes, str]] = {
    "plain": (good(), BASE),
    "two columns of one name": (good(HEAD.replace("who", "cat")), BASE),
    "two columns of one name, not mapped": (
        good(HEAD.replace("who", "note,note")).replace("Jane Doe", "a,b"),
        BASE,
    ),
    "no such column": (good(HEAD.replace("cat", "kind")), BASE),
    "alternative names": (good(), BASE.replace("category: cat", "category: [kind, cat]")),
    "only unmapped cells": (good() + ",Jane Doe,,,,\n", BASE),
    "missing category named": (good() + ",Jane Doe,2024-03-05,,,\n", BASE + "missing_category: other\n"),
    "empty lines and broken rows": (good() + "\n\n1,2\n,,,,,\n1,2,3,4,5,6,7\n", BASE),
    "empty cells behind": (good() + "99,Jane Doe,2024-03-05,,a,b,,,\n", BASE),
    "words for nothing": (good() + "NA,Jane Doe,2024-03-05,-,NULL,n/a\nNA,J,2024-03-05,-,x,n/a\n", BASE),
    "a stray date": (good() + "98,J,1970-01-01,,a,b\n99,J,2044-01-01,,a,b\n", BASE),
    "ids again": (good() + "3,J,2024-03-05,,a,b\n3,J,soon,,a,b\n", BASE),
    "outside the period": (good(), BASE + "period: {from: 2024-03-05, before: 2024-03-09}\n"),
    "rules of exclusion": (good(), BASE + "exclude: [{column: who, values: 'Jane*', reason: r}]\n"),
    "some excluded": (
        good() + "77,Jim,2024-03-05,,x,b\n",
        BASE + "exclude: [{column: who, values: Jim, reason: r}]\n",
    ),
    "quotation marks": (good() + '50,"J,2024-03-05,,a,b\n51,J,2024-03-05,,"a\nb",c\n', BASE),
    "zones without a key": (good().replace(" 09:00", "T09:00Z"), BASE),
    "zones": (good().replace(" 09:00", "T09:00Z"), BASE + "time_zone: Asia/Shanghai\n"),
    "month first or day first": (good().replace("2024-03-", "03/").replace(" 09", "/2024 09"), BASE),
    "rivals": (
        good().replace("2024-03-", "03/").replace(" 09", "/2024 09"),
        BASE + 'time_format: ["%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M"]\n',
    ),
    "date and time apart": (
        good(HEAD.replace("closed", "clock").replace("who", "who,closed"))
        .replace("Doe,", "Doe,,")
        .replace(" 09:00,", ",09:30"),
        BASE.replace("opened: opened", "opened: {date: opened, time: clock}"),
    ),
    "time and category in one column": (
        good(),
        "residents: 9\ncolumns: {opened: opened, category: opened}\n",
    ),
    "semicolons": (good().replace(",", ";"), BASE + "delimiter: ';'\n"),
    "another encoding": (good().replace("light", "Straße").encode("cp1252"), BASE + "encoding: cp1252\n"),
    "a marked encoding": (good().encode("utf-8-sig"), BASE),
    "packed": (gzip.compress(good().encode()), BASE),
    "no row": (HEAD, BASE),
    "no usable row": (HEAD + "1,J,,,a,b\n", BASE),
    "closings that cannot be": (
        good() + "60,J,2024-03-05,2023-01-01,a,b\n61,J,2024-03-05,9999-12-31,a,b\n",
        BASE,
    ),
    "an unknown key": (good(), BASE + "emtpy: [x]\n"),
}


def refused(reading: Callable[[], object]) -> InputError | None:
    try:
        reading()
    except InputError as error:
        return error
    return None


@pytest.mark.parametrize("name", list(FILES))
def test_both_judge_alike(tmp_path: Path, name: str) -> None:
    text, mapping = FILES[name]
    raw = text.encode() if isinstance(text, str) else text
    path, rules = tmp_path / "r.csv", tmp_path / "r.yaml"
    path.write_bytes(raw)
    rules.write_text(mapping, encoding="utf-8")
    refusal = refused(lambda: load_stream(path))
    if refusal is not None:
        told = refused(lambda: read("r.csv", content("r.csv", raw), mapping, tmp_path / "out"))
        assert told is not None
        assert (told.key, told.hint) == (refusal.key, refusal.hint)
        assert "Jane" not in str(refusal)
        return
    expected = load_stream(path)
    reading = read("r.csv", content("r.csv", raw), mapping, tmp_path / "out")
    found = reading.stream
    assert dict(found.counts) == dict(expected.counts)
    assert found.notes == expected.notes
    for column in ("row", "arisen_at", "closed_at", "category", "place"):
        np.testing.assert_array_equal(getattr(found, column), getattr(expected, column), err_msg=column)
    assert found.categories == expected.categories
    # Each row that cannot be used is named once, and no used one is.
    named = [bad.row - 2 for bad in reading.bad]
    assert (
        len(named)
        == len(set(named))
        == sum(n for key, n in expected.counts.items() if key.startswith("unusable"))
    )
    assert not set(named) & set(expected.row.tolist())
    assert sum(expected.counts.values()) == len(named) + len(expected.row) + sum(
        n for key, n in expected.counts.items() if key.startswith("excluded")
    )
    stored = "".join(file.read_text(encoding="utf-8-sig") for file in (tmp_path / "out").iterdir())
    assert "Jane Doe" not in stored or "who" in mapping


def test_a_file_too_large_for_the_page_is_one_line() -> None:
    refuse_large("r.csv", LARGEST_UPLOAD)
    with pytest.raises(InputError, match=r"at most 256 MB on this page.*command line"):
        refuse_large("r.csv", LARGEST_UPLOAD + 1)
