"""A store with something bad in it: named, counted, passed over; nothing lost, nothing of others' removed."""

import builtins
import errno
import io
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest import mock

import pandas as pd
import pytest

from experiments.cli import main
from experiments.executors import open_executor
from experiments.results.reading import read_results
from experiments.results.store_tables import points_of
from experiments.store import Progress, Store, Study, submit
from experiments.store.parts import PART, read_runs, table_of, write_part
from experiments.store.unreadable import Unusable
from sim.errors import InputError
from tests.store import damages

Make = Callable[..., Study]
OLD = Path(__file__).parent / "first_edition"


def compute(folder: Path, study: Study) -> tuple[Progress, pd.DataFrame]:
    with Store(folder, command="cogov test") as store, open_executor("serial") as executor:
        progress = submit(store, study, executor)
        return progress, store.rows(study)


def parts(folder: Path) -> list[Path]:
    """The oldest first: in one second names are in no order."""
    return sorted((folder / "parts").glob("[!.]*"), key=lambda path: path.lstat().st_mtime_ns)


@pytest.fixture
def filled(study: Make, tmp_path: Path) -> tuple[Path, pd.DataFrame]:
    """A store of two parts: replication 0 of three points, then replications 1 and 2."""
    folder = tmp_path / "store"
    compute(folder, study(replications=1))
    _, frame = compute(folder, study(replications=3))
    assert len(parts(folder)) == 2
    return folder, frame


def snapshot(folder: Path) -> dict[str, Any]:
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else path.lstat().st_mode
        for path in folder.rglob("*")
        if path.name != "lock" and not path.is_fifo()
    }


def everything_works(folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """Every command that reads a store does its work; returns what was said."""
    told = ""
    for words in (["ls"], ["show"], ["gc"], ["gc", "drop=failed"]):
        assert main(["store", *words, f"store={folder}"]) == 0, capsys.readouterr().err
        captured = capsys.readouterr()
        assert all(line.startswith("cogov: ") for line in captured.err.splitlines())
        assert len(captured.err) < 2000
        told += captured.err + captured.out
    # What cogov report tells of a store; the figures add nothing here.
    with mock.patch("experiments.results.store_tables.metric", return_value=SimpleNamespace(unit="d")):
        assert read_results(folder).kind == "store"
        table, _, _ = points_of(folder, ["value"])
    assert len(table) == 3
    capsys.readouterr()
    return told


@pytest.mark.parametrize("damage", damages.PARTS, ids=lambda damage: damage.__name__)
def test_a_bad_part_is_named_counted_and_computed_again(
    damage: damages.Damage, filled: Any, study: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, expected = filled
    part = parts(folder)[0]
    stem = part.name.split(".")[0]
    damage(part)
    (bad,) = (path for path in parts(folder) if path.name.startswith(stem))
    before = bad.read_bytes() if bad.is_file() else None
    told = everything_works(folder, capsys)
    assert stem in told
    assert "1 parts cannot be read" in told
    # It is still there, as it was: nobody but its owner knows what it is worth.
    assert os.path.lexists(bad)
    assert before is None or bad.read_bytes() == before
    progress, frame = compute(folder, study(replications=3))
    assert (progress.found, progress.computed) == (6, 3)
    pd.testing.assert_frame_equal(frame, expected)
    assert os.path.lexists(bad)
    # Asked for, what is proved to be damaged goes, and nothing else.
    assert main(["store", "gc", "drop=damaged", f"store={folder}"]) == 0
    assert os.path.lexists(bad) == (damage not in damages.PROVED)
    assert ("1 damaged parts removed" in capsys.readouterr().out) == (damage in damages.PROVED)


@pytest.mark.parametrize("number", [errno.EACCES, errno.EIO, errno.EMFILE, errno.ESTALE])
def test_a_good_part_that_cannot_be_read_just_then_survives_gc(
    number: int, filled: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, _ = filled
    part = parts(folder)[0]
    content, original = part.read_bytes(), io.open

    def failing(file: Any, *more: Any, **named: Any) -> Any:
        if str(file) == str(part):
            raise OSError(number, os.strerror(number), str(file))
        return original(file, *more, **named)

    with monkeypatch.context() as patch:
        patch.setattr(io, "open", failing)
        patch.setattr(builtins, "open", failing)
        told = everything_works(folder, capsys)
        assert main(["store", "gc", "drop=damaged", f"store={folder}"]) == 0
    assert os.strerror(number) in told
    assert "1 parts cannot be read and are kept" in told
    assert part.read_bytes() == content
    with Store(folder, read_only=True) as store:
        assert len(store.index) == 9
        assert not store.passed_over


def test_gc_removes_nothing_if_a_part_cannot_be_read_on_the_way(
    filled: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, _ = filled
    before = {path.name: path.read_bytes() for path in parts(folder)}
    last, original = max(before), Store.tables

    def failing(self: Store, *more: Any, only: str = "", **named: Any) -> Any:
        if only == last:
            self.passed_over[only] = Unusable("Input/output error")
            return iter(())
        return original(self, *more, only=only, **named)

    monkeypatch.setattr("experiments.store.maintenance.PART_ROWS", 2)  # some is written before it fails
    monkeypatch.setattr(Store, "tables", failing)
    assert main(["store", "gc", f"store={folder}"]) == 1
    assert "nothing was removed" in capsys.readouterr().err
    assert {path.name: path.read_bytes() for path in parts(folder)} == before


def test_who_reads_while_another_tidies_is_told(filled: Any) -> None:
    folder, _ = filled
    with Store(folder, read_only=True) as store:
        assert main(["store", "gc", f"store={folder}"]) == 0
        with pytest.raises(InputError, match="give the command again"):
            list(store.tables(["run"]))


@pytest.mark.parametrize("damage", damages.BESIDE, ids=lambda damage: damage.__name__)
def test_what_lies_beside_the_parts_takes_nothing_down(
    damage: damages.Damage, filled: Any, study: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, expected = filled
    (folder / "sessions" / f"{damages.SESSION}.json").write_text("{}", encoding="utf-8")
    damage(folder)
    foreign = {path for path in folder.rglob("*") if path.is_file() and path.read_bytes() == b"mine"}
    everything_works(folder, capsys)
    progress, frame = compute(folder, study(replications=3))
    assert progress.computed == 0
    pd.testing.assert_frame_equal(frame, expected)
    # Files of others stay.
    assert all(path.read_bytes() == b"mine" for path in foreign)


def test_many_bad_parts_are_named_in_a_few_lines(
    study: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    compute(tmp_path, study())
    for number in range(40):
        (tmp_path / "parts" / f"20200101-000000-0123abcd-{number:06d}.parquet").touch()
    capsys.readouterr()
    assert main(["store", "ls", f"store={tmp_path}"]) == 0
    captured = capsys.readouterr()
    assert len(captured.err.splitlines()) == 6
    assert "40 parts cannot be read" in captured.out


def test_parts_of_others_are_read_and_left_alone(filled: Any, capsys: pytest.CaptureFixture[str]) -> None:
    folder, _ = filled
    first, second = parts(folder)
    kept = folder / "kept.parquet"
    shutil.move(first, kept)
    first.symlink_to(kept)
    mine = folder / "parts" / "mine.parquet"
    shutil.copy(second, mine)
    everything_works(folder, capsys)
    assert first.is_symlink()
    assert kept.is_file()
    assert mine.is_file()
    # Rows that are in a file of others as well stay in ours.
    mine.unlink()
    with Store(folder, read_only=True) as store:
        assert len(store.index) == 9


# --- whose folder it is ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["thesis.docx", "src/main.py", "parts/gear.step", "parts/gear.parquet", "sessions/monday.json"]
)
def test_a_folder_of_others_is_refused_and_left_as_it_was(
    name: str, study: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("mine", encoding="utf-8")
    before = snapshot(tmp_path)
    words = ["staff.per_10k=8,9", f"store={tmp_path}", f"out={tmp_path}-out", "executor=serial"]
    assert main(["sweep", *words]) == 2
    error = capsys.readouterr().err
    assert len(error.splitlines()) == 1
    assert name.split("/")[0] in error
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize("name", [".DS_Store", "Thumbs.db", "lost+found"])
def test_what_systems_leave_everywhere_does_not_count(name: str, study: Make, tmp_path: Path) -> None:
    (tmp_path / name).write_text("", encoding="utf-8")
    assert compute(tmp_path, study())[0].computed == 12


def test_a_store_of_a_later_format_is_left_alone(filled: Any, capsys: pytest.CaptureFixture[str]) -> None:
    folder, _ = filled
    (folder / "store.json").write_text('{"format": 2}', encoding="utf-8")
    before = snapshot(folder)
    for action in ("ls", "show", "gc"):
        assert main(["store", action, f"store={folder}"]) == 2
        assert "a store of format 1, not 2" in capsys.readouterr().err
    assert snapshot(folder) == before


def test_a_store_may_be_moved_linked_and_read_only(
    filled: Any, study: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: Any
) -> None:
    folder, expected = filled
    moved = tmp_path / "elsewhere" / "库"
    moved.parent.mkdir()
    shutil.move(folder, moved)
    (tmp_path / "link").symlink_to(moved, target_is_directory=True)
    progress, frame = compute(tmp_path / "link", study(replications=3))
    assert progress.computed == 0
    pd.testing.assert_frame_equal(frame, expected)
    before = snapshot(moved)
    # A medium that takes nothing: whatever would write fails.
    original = os.open

    def read_only(path: Any, flags: int, *more: Any, **named: Any) -> int:
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT) and str(path).startswith(str(tmp_path)):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))
        return original(path, flags, *more, **named)

    monkeypatch.setattr(os, "open", read_only)
    for action in ("ls", "show"):
        assert main(["store", action, f"store={tmp_path / 'link'}"]) == 0
    assert main(["store", "gc", f"store={tmp_path / 'link'}"]) == 2
    assert "Read-only file system" in capsys.readouterr().err
    assert snapshot(moved) == before


def test_who_cannot_be_looked_at_is_not_taken_for_dead(study: Make, tmp_path: Path, monkeypatch: Any) -> None:
    compute(tmp_path, study())
    claims = tmp_path / "sessions" / f"{damages.SESSION}.claims"
    original = os.open

    def failing(path: Any, *more: Any, **named: Any) -> int:
        if str(path) == str(claims):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return original(path, *more, **named)

    with monkeypatch.context() as patch, Store(tmp_path) as store:
        claims.write_bytes(b"0" * 24 + b"\n")
        patch.setattr(os, "open", failing)
        assert store.session is not None
        assert store.session.others() == {b"0" * 24}
        assert main(["store", "gc", f"store={tmp_path}"]) == 2
    assert claims.exists()


def test_runs_stay_whose_measure_cannot_be_found_just_now(
    study: Make, tmp_path: Path, monkeypatch: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    compute(tmp_path, study())
    monkeypatch.setattr("experiments.store.maintenance._can_be_found", lambda module: False)
    assert main(["store", "gc", "drop=old", f"store={tmp_path}"]) == 0
    told = capsys.readouterr().out
    assert "0 rows removed" in told
    assert "12 runs kept" in told


# --- stores of the first edition ------------------------------------------------------------------------


def test_a_store_of_the_first_edition_is_read_and_tidied_with_nothing_lost(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], stand_ins: Any
) -> None:
    folder = tmp_path / "store"
    shutil.copytree(OLD, folder)
    assert main(["store", "ls", f"store={folder}"]) == 0
    assert "10 runs in 3 parts" in capsys.readouterr().out
    with Store(folder, read_only=True) as store:
        before = pd.concat([table.to_pandas() for _, table in store.tables(None)], ignore_index=True)
    assert main(["store", "gc", f"store={folder}"]) == 0
    assert "0 rows removed; 3 parts" in capsys.readouterr().out
    with Store(folder, read_only=True) as store:
        ((name, table),) = store.tables(None)
    assert PART.fullmatch(name)["checksum"]  # type: ignore[index]
    after = table.to_pandas()[list(before.columns)]
    pd.testing.assert_frame_equal(after, before)
    assert main(["store", "show", f"store={folder}", f"run={before['run'][0]}"]) == 0
    assert "value" in capsys.readouterr().out


def test_a_part_of_the_first_edition_is_found_by_a_study(study: Make, tmp_path: Path) -> None:
    wanted = study()
    _, expected = compute(tmp_path, wanted)
    (part,) = parts(tmp_path)
    part.rename(part.with_name(part.name.split(".")[0] + ".parquet"))
    progress, frame = compute(tmp_path, wanted)
    assert progress.computed == 0
    pd.testing.assert_frame_equal(frame, expected)


def test_a_checksum_sees_a_change_that_parquet_does_not(tmp_path: Path) -> None:
    from experiments.store.parts import Row

    row = Row(b"0" * 24, json.dumps({}), "s", "m", "c", 1, 0, {"value": 1.0}, "", 0.1)
    part = write_part(tmp_path, f"{damages.SESSION}-000000", table_of([row]))
    assert read_runs(part)[0].tolist() == [b"0" * 24]
    content = bytearray(part.read_bytes())
    for at in range(4, len(content), 97):
        changed = bytearray(content)
        changed[at] ^= 4
        part.write_bytes(bytes(changed))
        with pytest.raises(Unusable) as caught:
            read_runs(part)
        assert caught.value.damaged
