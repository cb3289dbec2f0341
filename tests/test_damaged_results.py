"""Folders of results and stores that were damaged since: one line, nothing lost, and no waiting."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from experiments.cli import main
from tests.fuzz.kept_results import undrawn, whole
from tests.fuzz.outcome import limit

Facts = dict[str, Any]


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    with undrawn(), limit():
        assert main(list(words)) == 2
    line = capsys.readouterr().err.splitlines()[-1]
    assert line.startswith("cogov: ")
    assert "internal fault" not in line
    assert len(line) < 1000
    return line


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("run", lambda facts: facts.pop("replications_finished"), "replications_finished"),
        ("run", lambda facts: facts.update(replications_finished=3), "replications_finished"),
        ("run", lambda facts: facts.update(replications_finished=[-1]), "replications_finished"),
        ("run", lambda facts: facts.update(replications_finished=["0"]), "replications_finished"),
        ("run", lambda facts: facts.update(replications_finished=[]), "replications_finished"),
        ("run", lambda facts: facts.update(scenarios=[]), "scenarios"),
        ("run", lambda facts: facts.update(scenarios={}), "scenarios"),
        ("run", lambda facts: facts.update(scenarios={"x": 3}), "scenarios"),
        ("run", lambda facts: facts.update(versions="new"), "versions"),
        ("run", lambda facts: facts.update(replications="many"), "replications"),
        ("run", lambda facts: facts.update(remarks=[5]), "remarks"),
        ("run", lambda facts: facts.update(remarks=[{"en": "x", "zh": "x"}]), "remarks.0.key"),
        ("run", lambda facts: facts.pop("command"), "command"),
        ("run", lambda facts: facts.update(command=""), "no command"),
        ("run", lambda facts: facts.update(command=["cogov", "run"]), "command"),
        ("sweep", lambda facts: facts.pop("varied"), "varied"),
        ("run", lambda facts: facts["scenarios"].update(b=dict(*facts["scenarios"].values())), "scenarios"),
        ("run", lambda facts: facts["scenarios"].clear(), "scenarios"),
        ("compare", lambda facts: facts["scenarios"].popitem(), "scenarios"),
        ("sweep", lambda facts: facts.update(varied=["x"]), "the manifest says"),
        ("sweep", lambda facts: facts.update(metrics=[]), "metrics"),
        ("sweep", lambda facts: facts.update(metrics=["x"]), "the manifest says"),
        ("sweep", lambda facts: facts.update(metrics={"rmst180": 1}), "metrics"),
        ("sweep", lambda facts: facts.update(overrides=5), "overrides"),
        ("sweep", lambda facts: facts.update(scenarios={"a": {}}), "scenarios"),
    ],
)
def test_a_manifest_without_what_it_must_say(
    name: str, change: Callable[[Facts], Any], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "mine"
    shutil.copytree(whole() / name, folder)
    facts = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    change(facts)
    (folder / "manifest.json").write_text(json.dumps(facts), encoding="utf-8")
    (folder / "report.html").unlink(missing_ok=True)
    assert said in answer(capsys, "report", str(folder))
    assert not (folder / "report.html").exists()


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[" * 100_000, b"[]", b"3", b"\xff\xfe", b'{"seed": ' + b"9" * 5000 + b"}"],
    ids=["empty", "cut", "levels", "list", "number", "no text", "digits"],
)
def test_a_manifest_that_is_none(content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "manifest.json").write_bytes(content)
    assert "manifest" in answer(capsys, "report", str(tmp_path))


@pytest.mark.parametrize("column", ["scenario", "replication", "arisen_at", "solved_at", "status"])
def test_a_table_without_a_column(column: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "mine"
    shutil.copytree(whole() / "run", folder)
    table = pq.read_table(folder / "cases.parquet")
    pq.write_table(table.drop_columns([column]), folder / "cases.parquet")
    assert "unchanged" in answer(capsys, "report", str(folder))


def test_a_table_that_is_cut_or_of_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number, name in enumerate(("cases", "daily", "people")):
        folder = tmp_path / str(number)
        shutil.copytree(whole() / "run", folder)
        path = folder / f"{name}.parquet"
        path.write_bytes(path.read_bytes()[:-100])
        assert name in answer(capsys, "report", str(folder))
    table = pq.read_table(whole() / "run" / "cases.parquet")
    words = pa.array(["x"] * len(table))
    place = table.column_names.index("arisen_at")
    pq.write_table(table.set_column(place, "arisen_at", words), folder / "cases.parquet")
    answer(capsys, "report", str(folder))


def test_the_table_of_a_sweep_without_its_numbers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "mine"
    shutil.copytree(whole() / "sweep", folder)
    path = folder / "sweep.csv"
    text = path.read_text(encoding="utf-8")
    for changed in (
        text.replace("mean", "men", 1),
        text.replace("replications", "repeats", 1),
        text.replace("rmst180", "x"),
        "",
        text.replace(",rmst180,days,", ",rmst180,days,x"),
        ",".join([*text.rpartition(",")[:1], "inf\n"]),
    ):
        path.write_text(changed, encoding="utf-8")
        assert "table of a sweep" in answer(capsys, "report", str(folder))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names are of POSIX")
@pytest.mark.parametrize("kind", ["pipe", "device"])
@pytest.mark.parametrize("name", ["store.json", "manifest.json"])
def test_what_never_ends_is_not_read(
    name: str, kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    if kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to("/dev/zero")
    answer(
        capsys, *(["store", "ls", f"store={tmp_path}"] if name == "store.json" else ["report", str(tmp_path)])
    )
