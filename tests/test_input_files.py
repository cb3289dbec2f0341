"""Files from outside are read without trust: what they may hold, and that each fault is one line, at once."""

import os
import time
from pathlib import Path
from typing import Any

import pytest

from sim.errors import InputError
from sim.input_files.documents import parse_json, parse_yaml, read_bytes, read_json, read_yaml, user_path
from sim.request_file.mapping import load_mapping
from sim.scenario.loading import load_scenario
from tests.each import each

BOMB = "a0: &a0 lol\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10)
)  # a billion values in ten lines


def refusal(call: Any, *words: Any) -> str:
    began = time.process_time()
    with pytest.raises(InputError) as caught:
        call(*words)
    assert time.process_time() - began < 2.0
    line = str(caught.value)
    assert "\n" not in line
    assert len(line) < 1000
    return line


@each(
    ("text", "value"),
    [
        ("", None),
        ("# nothing\n", None),
        ("a: 1\nb: [1.5, true, no, null, ~, x]", {"a": 1, "b": [1.5, True, False, None, None, "x"]}),
        ("a: 1e3\nb: .5\nc: 1_000\nd: -2", {"a": 1000.0, "b": 0.5, "c": 1000, "d": -2}),
        ("a: 2024-02-30", {"a": "2024-02-30"}),
        ("a: 010\nb: 1:30\nc: 0x10", {"a": "010", "b": "1:30", "c": "0x10"}),
        ("a: &x {b: 1}\nc: {<<: *x, d: 2}\ne: *x", {"a": {"b": 1}, "c": {"b": 1, "d": 2}, "e": {"b": 1}}),
        ("a: {<<: [{b: 1}, {b: 2, c: 3}], c: 4}", {"a": {"b": 1, "c": 4}}),
        ("'<<': 1\n\"1\": 2", {"<<": 1, "1": 2}),
        ("\ufeffa: 中文", {"a": "中文"}),
    ],
)
def test_what_yaml_says(text: str, value: Any, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(text, encoding="utf-8")
    assert read_yaml(path, "scenario") == value


def test_labels_keep_their_digits() -> None:
    found = parse_yaml("a: 007\nb: 1.10\nc: 12\nd: 1.5\ne: 1e3", verbatim=True)
    assert found == {"a": "007", "b": "1.10", "c": 12, "d": 1.5, "e": "1e3"}


def test_what_an_alias_repeats_is_a_value_of_its_own() -> None:
    found = parse_yaml("a: &x [1]\nb: *x")
    found["a"].append(2)
    assert found["b"] == [1]


@each(
    ("text", "said"),
    [
        (BOMB, ["a5", "aliases"]),
        ("name: &a [*a]", ["name[0]", "*a"]),
        ("a: &a {b: *a}", ["a.b", "*a"]),
        ("a: *b", ["a", "*b"]),
        ("staff: {per_10k: !!float x}", ["staff.per_10k = '!!float'", "tag"]),
        ("a: !!python/object/apply:os.system [ls]", ["!!python/object"]),
        ("a: ! x", ["a = '!'"]),
        ("a: {b: 1, b: 2}", ["a.b", "twice", "line 1"]),
        ("a: " + "[" * 3000, ["24 levels"]),
        ("a: " + "{b: " * 3000, ["24 levels"]),
        ("- " * 3000, ["24 levels"]),
        ("? {a: 1}\n: 2", ["a key must be"]),
        ("? [1]\n: 2", ["a key must be"]),
        ("a: 1\n---\nb: 2", ["line 2", "second"]),
        ("staff: {per_10k: " + "9" * 5000 + "}", ["staff.per_10k = '9999", "digits"]),
        ("a: " + "1." + "0" * 5000, ["digits"]),
        ('a: "\\0"', ["a;", "character"]),
        ("a: \0", ["not valid YAML"]),
        ("a: \x1b[31m", ["not valid YAML"]),
        ('a: "\\ud800"', ["not valid YAML"]),
        ("a: [1, 2", ["not valid YAML", "line"]),
        ("a: 1\n\tb: 2", ["not valid YAML", "line 2"]),
        ("? " + "x" * 5000 + "\n: {a: *b}", ["*b"]),
        ("[" + "1," * 200_000 + "]", ["more than 100000 values"]),
        ("a: {<<: 1}", ["a.<<"]),
    ],
    ids=lambda value: value[:24] if isinstance(value, str) else "",
)
def test_yaml_that_is_refused(text: str, said: list[str]) -> None:
    line = refusal(parse_yaml, text, "some file.yaml")
    for part in [*said, "some file.yaml"]:
        assert part in line


@each("load", [load_scenario, load_mapping], ids=lambda load: load.__name__)
@each("text", [BOMB, "name: &a [*a]", "a: !!float x", "a: " + "[" * 3000, "a: " + "9" * 5000])
def test_every_reader_refuses_the_same(text: str, load: Any, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(text, encoding="utf-8")
    assert str(path) in refusal(load, path)


def test_a_file_is_not_read_without_end(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("#" * 3_000_000, encoding="utf-8")
    assert "at most 2 MB" in refusal(read_yaml, path, "scenario")
    assert "at most 1e-05 MB" in refusal(read_bytes, path, "scenario", 10)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names are of POSIX")
def test_what_is_no_ordinary_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    for path in (tmp_path / "pipe.yaml", tmp_path, Path("/dev/zero")):
        assert "ordinary file" in refusal(read_bytes, path, "scenario")
    loop = tmp_path / "loop.yaml"
    loop.symlink_to(loop)
    for path in (loop, tmp_path / "missing.yaml", tmp_path / ("n" * 300), f"{tmp_path}/a\0b"):
        refusal(read_bytes, path, "scenario")


@pytest.mark.parametrize("text", ["a\0b", "~no such user/x.yaml"])
def test_paths_that_mean_nothing(text: str) -> None:
    assert "out" in refusal(user_path, text, "out")


@each(
    "text",
    ["", "{", "[" * 100_000, '"\\ud800"', "9" * 5000, b"\xff", b"\x00", '{"a": 1}}'],
    ids=lambda text: str(text[:9]),
)
def test_json_that_is_refused(text: str | bytes, tmp_path: Path) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        parse_json(text)
    path = tmp_path / "x.json"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    assert "one of ours" in refusal(read_json, path, "report", "one of ours")
