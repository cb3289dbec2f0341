"""Files from outside, read without trust: found, sized, decoded and parsed; every fault is one line.

The only place that reads YAML or JSON which somebody else may have written. A path may name anything (a
folder, a pipe, a device that never ends, a name that no disk takes); a document may be a bomb (aliases of
aliases, a thousand levels, a number of five thousand digits) or simply mistyped. All of that is refused here,
before anybody builds on it. May be imported by anyone; imports the errors alone.
"""

import errno
import json
import os
import re
import stat
from pathlib import Path
from typing import Any

from sim.errors import InputError

LARGEST_YAML = 2_000_000
"""Bytes of a file that a person writes; the largest that is shipped has five thousand."""

LARGEST_JSON = 64_000_000
"""Bytes of a file that this program writes about its own results."""

DEEPEST = 24
"""Levels of a document; the deepest parameter lies on the fifth."""

MOST_VALUES = 100_000
"""Values in a document, those that aliases repeat included."""

LONGEST_NUMBER = 40
"""Characters of a number; with more it is no number that anything here could use."""

_NULL = ("", "~", "null", "Null", "NULL")
_TRUE = ("yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON")
_FALSE = ("no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF")
_WHOLE = re.compile(r"[-+]?(0|[1-9][0-9_]*)", re.ASCII)
_DECIMAL = re.compile(
    r"[-+]?([0-9][0-9_]*\.[0-9_]*([eE][-+]?[0-9]+)?|[0-9][0-9_]*[eE][-+]?[0-9]+|\.[0-9][0-9_]*([eE][-+]?[0-9]+)?)",
    re.ASCII,
)
_SPECIAL = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)", re.ASCII)


# --- paths -----------------------------------------------------------------------------------------------


def user_path(text: str | Path, key: str) -> Path:
    """Return the path that a user wrote; `~` is the home folder."""
    name = str(text)
    if "\0" in name:
        raise InputError(key, name, "a path without NUL characters")
    try:
        return Path(name).expanduser()
    except RuntimeError:
        raise InputError(key, name, "a path", hint="there is no such user or no home folder") from None


def is_file(path: str | Path) -> bool:
    """Say whether there is an ordinary file; whatever no disk could hold is none."""
    # Path.is_file raises for too long a name and for a folder that may not be entered.
    return os.path.isfile(path)


def is_folder(path: str | Path) -> bool:
    """Say whether there is a folder; whatever no disk could hold is none."""
    return os.path.isdir(path)


def ordinary(path: Path) -> Path:
    """Return the path of an ordinary file, for those who read it in their own way.

    Raises
    ------
    OSError
        If it is none: reading a pipe or a device may never end.
    """
    if not stat.S_ISREG(os.stat(path).st_mode):
        raise OSError(errno.EINVAL, "that is no ordinary file", str(path))
    return path


def read_bytes(path: str | Path, key: str, most: int = LARGEST_JSON) -> bytes:
    """Return the bytes of an ordinary file of at most `most` bytes.

    Raises
    ------
    InputError
        If it cannot be read, is no ordinary file or is larger; it names `key` and the file.
    """
    try:
        # Opening a pipe waits for a writer otherwise.
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        handle = os.open(path, flags)
        try:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise InputError(key, str(path), "an ordinary file", hint="that is a folder, pipe or device")
            with os.fdopen(handle, "rb", closefd=False) as file:
                content = file.read(most + 1)
        finally:
            os.close(handle)
    except OSError as error:
        raise InputError(key, str(path), "a readable file", hint=error.strerror or "") from None
    except ValueError as error:
        if isinstance(error, InputError):
            raise
        raise InputError(key, str(path), "a path without NUL characters") from None
    if len(content) > most:
        raise InputError(key, str(path), f"a file of at most {most / 1e6:g} MB")
    return content


def read_text(path: str | Path, key: str, most: int = LARGEST_YAML) -> str:
    """Return the text of a file in UTF-8."""
    content = read_bytes(path, key, most)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(key, str(path), "a text file in UTF-8") from None


# --- JSON ------------------------------------------------------------------------------------------------


def read_json(path: str | Path, key: str, allowed: str) -> Any:
    """Return the content of a JSON file; `allowed` says what the file ought to be."""
    try:
        return parse_json(read_bytes(path, key))
    except InputError:
        raise
    except ValueError:
        raise InputError(key, str(path), allowed, hint="it cannot be read") from None


def parse_json(text: str | bytes) -> Any:
    """Return what a JSON text says.

    Raises
    ------
    ValueError
        Whatever is wrong with it: the grammar, the encoding, depth, a number too long, half a character.
    """
    try:
        content = json.loads(text)
        # An escape may name half of a surrogate pair, which no file takes.
        json.dumps(content, ensure_ascii=False).encode()
    except (RecursionError, UnicodeError) as error:
        raise ValueError(str(error)) from None
    return content


# --- YAML ------------------------------------------------------------------------------------------------


def read_yaml(path: str | Path, key: str, verbatim: bool = False) -> Any:
    """Return the content of a YAML file.

    Parameters
    ----------
    key
        What the file is for, to be named if it cannot be read.
    verbatim
        A number stays text unless it is written as it would be printed: in labels `007` and `1.10` are not 7
        and 1.1.

    Notes
    -----
    Dates stay text, 1e3 is a number, 010 and 1:30 are texts (not 8 and 90). Tags, keys that stand twice, keys
    that are no plain words and a second document are refused; aliases and `<<` are expanded, up to a limit.
    """
    return parse_yaml(read_text(path, key), path, verbatim)


def parse_yaml(text: str, file: str | Path = "", verbatim: bool = False) -> Any:
    """Return what a YAML text says; see `read_yaml`."""
    # Loaded here, so that a run without a file does not wait for it.
    import yaml

    try:
        return _Document(yaml, text, file, verbatim).content()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        where = f"line {mark.line + 1}: " if mark else ""
        problem = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
        raise InputError("", "", file=file, hint=f"not valid YAML: {where}{problem}") from None
    except (ValueError, RecursionError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError("", "", file=file, hint="not valid YAML: a character that YAML forbids") from None


#: Where in a document: what it is inside of, and its name or number there. Written out for messages only.
type _At = tuple["_At", Any] | None


class _Document:
    """Values made from the parser's events, one after the other, so that every limit holds at once."""

    def __init__(self, yaml: Any, text: str, file: str | Path, verbatim: bool) -> None:
        # The C parser where the package has it: the other takes seconds for a megabyte.
        self.parser = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
        self.yaml = yaml
        self.file = file
        self.verbatim = verbatim
        self.count = 0
        self.anchors: dict[str, tuple[Any, int]] = {}

    def content(self) -> Any:
        try:
            self.parser.get_event()
            if self.parser.check_event(self.yaml.StreamEndEvent):
                return None
            self.parser.get_event()
            value = self._value(None, 0)
            self.parser.get_event()
            if not self.parser.check_event(self.yaml.StreamEndEvent):
                raise self._fault(None, self.parser.peek_event(), "one document, but a second one begins")
            return value
        finally:
            self.parser.dispose()

    def _value(self, at: _At, depth: int) -> Any:
        event = self.parser.get_event()
        self._charge(1, at, event)
        if isinstance(event, self.yaml.AliasEvent):
            return self._repeated(at, event)
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            where = f"line {event.start_mark.line + 1}"
            raise InputError(_key(at), tag, "a value without a YAML tag", self.file, where)
        before, anchor = self.count, event.anchor
        if anchor is not None and anchor in self.anchors:
            raise self._fault(at, event, f"the anchor &{anchor} stands there twice")
        if isinstance(event, self.yaml.ScalarEvent):
            value = self._scalar(at, event)
        elif depth >= DEEPEST:
            raise self._fault(at, event, f"more than {DEEPEST} levels")
        elif isinstance(event, self.yaml.SequenceStartEvent):
            value = self._list(at, depth)
        else:
            value = self._mapping(at, depth)
        if anchor is not None:
            self.anchors[anchor] = value, self.count - before
        return value

    def _repeated(self, at: _At, event: Any) -> Any:
        if event.anchor not in self.anchors:
            # Never set, or set by what is being read: a value inside itself.
            raise self._fault(at, event, f"*{event.anchor} has no &{event.anchor} before it")
        value, size = self.anchors[event.anchor]
        self._charge(size, at, event)
        return _copy(value)

    def _list(self, at: _At, depth: int) -> list[Any]:
        values: list[Any] = []
        while not self.parser.check_event(self.yaml.SequenceEndEvent):
            values.append(self._value((at, len(values)), depth + 1))
        self.parser.get_event()
        return values

    def _mapping(self, at: _At, depth: int) -> dict[Any, Any]:
        values: dict[Any, Any] = {}
        merged: dict[Any, Any] = {}
        while not self.parser.check_event(self.yaml.MappingEndEvent):
            event = self.parser.peek_event()
            plain = isinstance(event, self.yaml.ScalarEvent)
            if not plain and not isinstance(event, self.yaml.AliasEvent):
                raise self._fault(at, event, "a key must be a word or a number")
            name = self._value(at, depth + 1)
            if isinstance(name, list | dict):
                raise self._fault(at, event, "a key must be a word or a number")
            inside = (at, name)
            if plain and name == "<<" and event.implicit[0]:
                merged = self._merge(inside, depth, event) | merged
                continue
            if name in values:
                raise self._fault(inside, event, "this key stands there twice")
            values[name] = self._value(inside, depth + 1)
        self.parser.get_event()
        return {**merged, **values} if merged else values

    def _merge(self, at: _At, depth: int, event: Any) -> dict[Any, Any]:
        """Return the mapping, or those listed, that stand behind `<<`; the first one wins."""
        given = self._value(at, depth + 1)
        found: dict[Any, Any] = {}
        for one in given if isinstance(given, list) else [given]:
            if not isinstance(one, dict):
                raise self._fault(at, event, "<< takes a mapping or a list of them")
            found = one | found
        return found

    def _scalar(self, at: _At, event: Any) -> Any:
        text = event.value
        if not event.implicit[0]:
            if "\0" in text or any("\ud800" <= c <= "\udfff" for c in text):
                raise self._fault(at, event, "a text with a character that no file takes")
            return text
        if text in _NULL:
            return None
        if text in _TRUE or text in _FALSE:
            return text in _TRUE
        if text[0] not in "+-.0123456789":
            return text
        whole = _WHOLE.fullmatch(text)
        if not whole and not _DECIMAL.fullmatch(text) and not _SPECIAL.fullmatch(text):
            return text
        if len(text) > LONGEST_NUMBER:
            if self.verbatim:
                return text
            hint = "a text of digits needs quotation marks"
            raise InputError(_key(at), text, f"a number of at most {LONGEST_NUMBER} digits", self.file, hint)
        plain = text.replace("_", "")
        value = int(plain) if whole else float(plain.replace(".", "", 1) if _special(plain) else plain)
        return text if self.verbatim and str(value) != text else value

    def _charge(self, values: int, at: _At, event: Any) -> None:
        self.count += values
        if self.count > MOST_VALUES:
            raise self._fault(at, event, f"more than {MOST_VALUES} values, aliases (*name) written out")

    def _fault(self, at: _At, event: Any, problem: str) -> InputError:
        where = f"not valid YAML: line {event.start_mark.line + 1}: {problem}"
        return InputError(_key(at), "", file=self.file, hint=where)


def _key(at: _At) -> str:
    """Return a place in a document as it is written: `adoption.campaigns[0].days`."""
    parts: list[str] = []
    while at is not None:
        at, name = at
        parts.append(f"[{name}]" if isinstance(name, int) else f".{name}")
    return "".join(reversed(parts)).removeprefix(".")


def _special(text: str) -> bool:
    return text.lstrip("+-.")[:1].lower() in ("i", "n")


def _copy(value: Any) -> Any:
    """Return the same value, so that a change in one place is none in the other."""
    if isinstance(value, dict):
        return {key: _copy(item) for key, item in value.items()}
    return [_copy(item) for item in value] if isinstance(value, list) else value
