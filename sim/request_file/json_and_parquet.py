"""Requests that are not lines of text: JSON as Open311 and GeoJSON write it, JSON lines, Parquet."""

import json
import re
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

from sim.errors import InputError
from sim.request_file.unpacking import MOST_BYTES, fault

Rows = Callable[[], Iterator[list[str] | None]]
"""Makes the records anew; None stands for one that cannot be read."""

#: Where servers put the list of requests, within an object.
_LISTS = (
    "service_requests", "requests", "features", "records", "results", "result", "items", "data", "value",
    "rows",
)  # fmt: skip
_NESTED = 4
_SURROGATE = re.compile("[\ud800-\udfff]")
_SPACE = re.compile(r"\s*")
_ALLOWED = "a list of requests in JSON, as Open311 and GeoJSON write it"


def looks_like_json(text: str) -> bool:
    """Say whether the text begins as a list or an object of JSON does."""
    return re.match(r'\s*(\{\s*["}]|\[\s*[\[{\]])', text) is not None


def read_json(path: Path, text: str) -> tuple[list[str], Rows]:
    """Return the keys of all requests, in the order of their first appearance, and the records."""
    lines = _is_lines(text)

    def found() -> Iterator[dict[str, Any] | None]:
        for element in _lines(text) if lines else _elements(path, text):
            yield _fields(element) if isinstance(element, dict) else None

    def rows() -> Iterator[list[str] | None]:
        for fields in found():
            yield None if fields is None else [_cell(fields.get(key)) for key in header]

    header: list[str] = []
    known: set[str] = set()
    for fields in found():
        for key in fields or ():
            if key not in known:
                known.add(key)
                header.append(key)
    return header, rows


def _decoder() -> json.JSONDecoder:
    # Numbers keep the digits that they are written with: ids are numbers too.
    return json.JSONDecoder(object_pairs_hook=_pairs, parse_float=str, parse_int=str, parse_constant=str)


class _TwiceError(ValueError):
    """A key stands twice in one object."""


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise _TwiceError
    return fields


def _is_lines(text: str) -> bool:
    """Say whether each line is an object: then the first one is whole, and another object follows it."""
    begin = _space(text, 0)
    end = text.find("\n", begin)
    first = text[begin : end if end >= 0 else len(text)]
    if text[begin] != "{":
        return False
    try:
        fields, at = json.JSONDecoder().raw_decode(first)
    except (ValueError, RecursionError):
        return False
    alone = not text[begin + at :].strip()
    holds_list = any(isinstance(fields.get(key), list | dict) for key in _LISTS)
    return first[at:].strip() == "" and not (alone and (holds_list or len(fields) < 3))


def _lines(text: str) -> Iterator[Any]:
    decoder = _decoder()
    for match in re.finditer(r"[^\r\n]+", text):
        line = match.group().strip().lstrip("\ufeff\x1e")
        if line:
            try:
                yield decoder.decode(line)
            except (ValueError, RecursionError):
                yield None


def _elements(path: Path, text: str) -> Iterator[Any]:
    """Yield the elements of the list one by one: the whole of it is never held as objects."""
    try:
        begin = _space(text, 0)
        lists = 0
        if text[begin] == "[":
            end = yield from _array(text, begin)
            lists = 1
        else:
            end, lists = yield from _members(text, begin, 0)
        if text[end:].strip("\0 \t\r\n"):
            raise ValueError
    except _TwiceError:
        raise fault(path, "a key stands twice in one object of the JSON", _ALLOWED) from None
    except RecursionError:
        raise fault(path, "the JSON is nested too deeply", _ALLOWED) from None
    except (ValueError, IndexError) as error:
        if isinstance(error, InputError):
            raise
        at = error.pos if isinstance(error, json.JSONDecodeError) else None
        where = f" in row {text.count(chr(10), 0, at) + 1}" if at is not None else ""
        raise fault(path, f"the JSON is damaged or cut off{where}", "whole JSON") from None
    if lists != 1:
        hint = "it holds no such list" if not lists else "it holds several lists; keep the one of requests"
        raise fault(path, f"this is JSON, and {hint}", _ALLOWED)


def _array(text: str, begin: int) -> Generator[Any, None, int]:
    """Yield the elements of the list that begins there; return where it ends."""
    decoder = _decoder()
    at = _space(text, begin + 1)
    if text[at] == "]":
        return at + 1
    while True:
        element, at = decoder.raw_decode(text, at)
        yield element
        at = _space(text, at)
        if text[at] == "]":
            return at + 1
        if text[at] != ",":
            raise json.JSONDecodeError("no comma", text, at)
        at = _space(text, at + 1)


def _members(text: str, begin: int, depth: int) -> Generator[Any, None, tuple[int, int]]:
    """Yield the elements of the lists of requests within an object; return its end and how many lists."""
    decoder = _decoder()
    lists = 0
    at = _space(text, begin + 1)
    if text[at] == "}":
        return at + 1, 0
    while True:
        key, at = decoder.raw_decode(text, at)
        at = _space(text, at)
        if not isinstance(key, str) or text[at] != ":":
            raise json.JSONDecodeError("no key", text, at)
        at = _space(text, at + 1)
        if key in _LISTS and text[at] == "[":
            at = yield from _array(text, at)
            lists += 1
        elif key in _LISTS and text[at] == "{" and depth < _NESTED:
            at, more = yield from _members(text, at, depth + 1)
            lists += more
        else:
            _, at = decoder.raw_decode(text, at)
        at = _space(text, at)
        if text[at] == "}":
            return at + 1, lists
        if text[at] != ",":
            raise json.JSONDecodeError("no comma", text, at)
        at = _space(text, at + 1)


def _space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    assert found is not None
    return found.end()


def _fields(element: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a request, those of inner objects under `outer.inner`."""
    if element.get("type") == "Feature" and "properties" in element:
        place = element.get("geometry")
        own = element["properties"] if isinstance(element["properties"], dict) else {}
        flat = {} if "id" in own or "id" not in element else {"id": element["id"]}
        _flatten(own, "", flat, 0)
        if isinstance(place, dict) and place.get("type") == "Point":
            at = place.get("coordinates")
            if isinstance(at, list) and len(at) >= 2:
                flat.setdefault("longitude", at[0])
                flat.setdefault("latitude", at[1])
        return flat
    flat = {}
    _flatten(element, "", flat, 0)
    return flat


def _flatten(fields: dict[str, Any], before: str, flat: dict[str, Any], depth: int) -> None:
    for key, value in fields.items():
        if isinstance(value, dict) and value and depth < _NESTED:
            _flatten(value, f"{before}{key}.", flat, depth + 1)
        else:
            flat.setdefault(before + key, value)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        # JSON may write half of a pair of surrogates, which no file can hold.
        return _SURROGATE.sub("\ufffd", value)
    return json.dumps(value, ensure_ascii=False)


def read_parquet(path: Path, raw: bytes) -> tuple[list[str], Rows]:
    """Return the columns' names and the records of a Parquet file."""
    import pyarrow as pa  # here, so that a run without such a file does not load it
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(pa.BufferReader(raw))
        size = sum(file.metadata.row_group(n).total_byte_size for n in range(file.metadata.num_row_groups))
        header = [column.name for column in file.schema_arrow]
    except (pa.ArrowException, OSError, ValueError):
        raise fault(path, "the Parquet file is damaged or cut off; fetch it again", "a whole file") from None
    too_large = fault(
        path,
        "unpacked, it is larger; keep fewer years, or only the columns that the mapping names",
        f"a file of at most {MOST_BYTES // 2**20} MiB",
    )
    if size > MOST_BYTES:
        raise too_large

    def rows() -> Iterator[list[str] | None]:
        held = 0
        try:
            for batch in file.iter_batches(batch_size=16384, use_threads=False):
                held += batch.nbytes
                if held > 4 * MOST_BYTES:
                    raise too_large
                columns = [_as_text(batch.column(n)) for n in range(batch.num_columns)]
                yield from map(list, zip(*columns, strict=True))
        except (pa.ArrowException, OSError, UnicodeError):
            hint = "the Parquet file is damaged or cut off; fetch it again"
            raise fault(path, hint, "a whole file") from None

    return header, rows


def _as_text(column: Any) -> list[str]:
    """Return a column of Arrow as text, times as ISO 8601; what has no text is blank."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_timestamp(column.type):
        column = pc.cast(column, pa.timestamp("us", column.type.tz), safe=False)
        column = pc.cast(column, pa.string())
        column = pc.replace_substring(column, " ", "T", max_replacements=1)
        column = pc.replace_substring_regex(column, r"\.0+(Z|[+-][0-9:]+)?$", r"\1")
    else:
        try:
            column = pc.cast(column, pa.string())
        except (pa.ArrowException, UnicodeError):
            column = pa.nulls(len(column), pa.string())
    return [value or "" for value in column.to_pylist()]
