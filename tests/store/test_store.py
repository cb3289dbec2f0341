"""The run store: nothing twice, nothing lost, nothing read that was not asked for."""

import errno
import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from experiments.cli import main
from experiments.executors import open_executor
from experiments.runs.run_identity import configuration, configuration_hash, run_identity
from experiments.store import Design, Progress, Store, Study, submit
from experiments.store.index import Index
from experiments.store.parts import GROUP_ROWS, PartReader
from sim.errors import InputError
from sim.scenario.loading import load_scenario

Make = Callable[..., Study]
Notes = Callable[[], list[str]]


def compute(folder: Path, study: Study, **more: Any) -> tuple[Progress, pd.DataFrame]:
    with Store(folder, command="cogov test") as store, open_executor("serial") as executor:
        progress = submit(store, study, executor, **more)
        return progress, store.rows(study)


def test_rows_are_tidy_and_in_order(study: Make, tmp_path: Path) -> None:
    progress, frame = compute(tmp_path, study())
    assert progress == Progress(wanted=12, computed=12)
    assert list(frame.columns) == [
        "point", "staff.per_10k", "replication", "status", "error", "luck", "undefined", "value",
    ]  # fmt: skip
    assert list(frame["point"]) == np.repeat([0, 1, 2], 4).tolist()
    assert list(frame["replication"]) == [0, 1, 2, 3] * 3
    assert np.allclose(frame["value"], frame["staff.per_10k"] + frame["luck"])
    # The same luck at every point.
    assert frame.groupby("replication")["luck"].nunique().eq(1).all()
    assert frame["undefined"].isna().tolist() == [True, False, False, True] * 3


def test_only_what_is_missing_is_computed(study: Make, notes: Notes, tmp_path: Path) -> None:
    folder = tmp_path / "store"
    compute(folder, study(measure="noted"))
    progress, _ = compute(folder, study(measure="noted"))
    assert (progress.found, progress.computed) == (12, 0)
    # More replications, and a level more between the others: only these are new.
    progress, frame = compute(folder, study([8.0, 9.0, 10.0, 12.0], 5, "noted"))
    assert (progress.found, progress.computed) == (12, 8)
    assert len(set(notes())) == len(notes()) == len(frame) == 20


def test_another_seed_measure_or_value_is_another_run(study: Make) -> None:
    one = study([8.0], 1)
    others = [
        study([8.0], 1, seed=2),
        study([8.5], 1),
        study([8.0], 1, measure="noted"),
        study([8.0], 2),
    ]
    identities = [list(other.runs())[-1].identity for other in [one, *others]]
    assert len(set(identities)) == 5


def test_what_a_scenario_is_called_changes_nothing_and_every_parameter_does() -> None:
    base = load_scenario("co_governance")
    renamed = base.model_copy(update={"name": "other", "description": "other", "evidence": ""})
    assert configuration(base) == configuration(renamed)
    assert configuration(base) != configuration(load_scenario("co_governance", ["trust.gain=0.0123"]))
    from sim.parameters.scenario import parameter_keys

    labels = {"name", "title", "description", "evidence"}
    written = json.loads(configuration(base))
    for key in parameter_keys():
        node = written
        for part in key.split("."):
            if part in labels and node is written:
                break
            node = node[part]  # a KeyError here is a parameter that would not count


def test_the_code_is_part_of_the_identity() -> None:
    digest = configuration_hash("{}")
    assert run_identity(digest, 1, 0, "a") != run_identity(digest, 1, 0, "b")
    assert run_identity(digest, 1, 10, "a") != run_identity(digest, 11, 0, "a")


def test_a_request_file_counts_by_its_content(tmp_path: Path) -> None:
    network = tmp_path / "edges.csv"
    network.write_text("0,1\n", encoding="utf-8")
    words = ["verification.network=file", f"verification.network_file={network}"]
    first = configuration(load_scenario("verification/adoption", words))
    moved = tmp_path / "elsewhere.csv"
    moved.write_text("0,1\n", encoding="utf-8")
    words[1] = f"verification.network_file={moved}"
    assert configuration(load_scenario("verification/adoption", words)) == first
    moved.write_text("0,2\n", encoding="utf-8")
    assert configuration(load_scenario("verification/adoption", words)) != first


def test_a_worker_with_another_file_refuses(stand_ins: Any, tmp_path: Path) -> None:
    from dataclasses import replace

    from experiments.executors.task import OtherSources, Task, carry_out
    from experiments.runs.function_references import code_version
    from experiments.runs.run_identity import contents

    network = tmp_path / "edges.csv"
    network.write_text("0,1\n", encoding="utf-8")
    words = ["verification.network=file", f"verification.network_file={network}"]
    scenario = load_scenario("verification/adoption", words)
    names = ("stand_ins:simulate", "stand_ins:measure")
    task = Task(b"0", scenario, 1, 0, *names, code_version(*names), contents(scenario))
    assert carry_out(task).error == ""
    network.write_text("0,2\n", encoding="utf-8")
    with pytest.raises(OtherSources, match="another file"):
        carry_out(task)
    assert carry_out(replace(task, contents={})).error == ""
    network.unlink()
    with pytest.raises(OtherSources, match="cannot read"):
        carry_out(task)


def test_a_failing_run_is_a_row_and_the_study_goes_on(study: Make, tmp_path: Path) -> None:
    progress, frame = compute(tmp_path, study(measure="failing"))
    assert (progress.computed, progress.failed) == (12, 3)
    failed = frame[frame["status"] == "failed"]
    assert failed["replication"].eq(1).all()
    assert failed["error"].eq("ArithmeticError: no number").all()
    assert failed[["value", "luck"]].isna().all(axis=None)
    assert frame[frame["status"] == "done"]["value"].notna().all()
    # It is not tried again unless asked for.
    again, _ = compute(tmp_path, study(measure="failing"))
    assert (again.computed, again.failed) == (0, 3)
    retried, frame = compute(tmp_path, study(measure="failing"), retry=True)
    assert (retried.computed, len(frame)) == (3, 12)


def test_a_success_replaces_a_failure(study: Make, stand_ins: Any, tmp_path: Path, monkeypatch: Any) -> None:
    wanted = study(measure="failing")
    compute(tmp_path, wanted)
    monkeypatch.setattr(stand_ins, "failing", stand_ins.measure)
    from experiments.runs.function_references import named_function

    named_function.cache_clear()
    _, frame = compute(tmp_path, wanted, retry=True)
    named_function.cache_clear()
    assert frame["status"].eq("done").all()
    _, frame = compute(tmp_path, wanted)
    assert frame["status"].eq("done").all()


def test_the_same_configuration_twice_in_a_study_is_one_run(
    study: Make, notes: Notes, tmp_path: Path
) -> None:
    progress, frame = compute(tmp_path / "store", study([8.0, 8.0, 9.0], 3, "noted"))
    assert progress.finished == progress.wanted == len(frame) == 9
    assert progress.computed == len(notes()) == 6


def test_two_measures_share_a_store_and_keep_their_columns(study: Make, tmp_path: Path) -> None:
    compute(tmp_path, study())
    with Store(tmp_path) as store, open_executor() as executor:
        real = Study(
            study().points, replications=1, simulate="stand_ins:simulate", measure="stand_ins:failing"
        )
        submit(store, real, executor)
        assert list(store.rows(real, ["value"]).columns)[-1] == "value"
        assert len(store.rows(real)) == 3
        assert store.rows(study(), ["nothing"])["nothing"].isna().all()


def test_only_the_columns_and_row_groups_asked_for_are_read(
    study: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = study([8.0], 3 * GROUP_ROWS)
    with Store(tmp_path) as store, open_executor() as executor:
        monkeypatch.setattr("experiments.store.computing._ROWS", 10_000)
        monkeypatch.setattr("experiments.store.computing._SECONDS", 1e9)
        submit(store, wanted, executor)
        (part,) = store.index.parts
        read: list[tuple[int, list[str]]] = []
        original = pq.ParquetFile.read_row_group

        def spied(self: Any, group: int, columns: list[str], **more: Any) -> Any:
            read.append((group, columns))
            return original(self, group, columns=columns, **more)

        monkeypatch.setattr(pq.ParquetFile, "read_row_group", spied)
        reader = PartReader(store.parts, ["metric.value"])
        list(reader.take(part, np.array([GROUP_ROWS, GROUP_ROWS + 5])))
        assert read == [(1, ["metric.value"])]
        read.clear()
        blocks = [len(block) for block in store.blocks(wanted, ["value"], size=500)]
        assert sum(blocks) == len(wanted)
        assert max(blocks) == 500
        # Each row group once, and no column but those.
        assert [group for group, _ in read] == [0, 1, 2]
        assert all(set(columns) == {"status", "error", "metric.value"} for _, columns in read)


def test_an_index_of_many_parts_finds_every_run() -> None:
    generator = np.random.default_rng(1)
    index = Index()
    runs = np.array([b"%024x" % number for number in generator.permutation(20_000)], "S24")
    for number in range(0, len(runs), 500):
        index.add(f"part{number}", runs[number : number + 500], np.ones(500, bool))
    # A part larger than the room for new entries, and doubled rows: the done one counts.
    index.add("failed", runs[:6000], np.zeros(6000, bool))
    for number in range(0, len(runs), 37):
        place = index.find(bytes(runs[number]))
        assert place is not None
        assert (index.parts[place.part], place.row) == (f"part{number // 500 * 500}", number % 500)
    assert index.find(b"f" * 24) is None
    assert len(index) == 20_000


def test_the_manifest_of_a_use(study: Make, tmp_path: Path) -> None:
    compute(tmp_path, study())
    (path,) = (tmp_path / "sessions").glob("*.json")
    facts = json.loads(path.read_text(encoding="utf-8"))
    assert facts["command"] == "cogov test"
    assert facts["status"] == "complete"
    assert {"numpy", "numba", "python", "cogov"} <= set(facts["versions"])
    assert len(facts["code_hash"]) == 20
    assert facts["started"] <= facts["finished"]
    assert (facts["wanted"], facts["computed"], facts["executor"]) == (12, 12, "serial")
    assert not list((tmp_path / "sessions").glob("*.claims"))


def test_uses_of_one_second_are_told_in_their_order(study: Make, tmp_path: Path) -> None:
    from experiments.store.store import manifests

    begun: list[str] = []
    for _ in range(12):
        compute(tmp_path, study())
        begun += {path.stem for path in (tmp_path / "sessions").glob("*.json")} - set(begun)
    assert [facts["session"] for facts in manifests(tmp_path)] == begun


def test_a_full_disk_loses_what_was_not_written_and_nothing_else(
    study: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("experiments.store.computing._ROWS", 5)
    whole, wanted = tmp_path / "whole", study(replications=7)
    _, expected = compute(whole, wanted)
    calls = 0
    original = os.fsync

    def full(handle: int) -> None:
        nonlocal calls
        # Two small files come first; the fifth is the third part.
        calls += stat.S_ISREG(os.fstat(handle).st_mode)
        if calls == 5:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        original(handle)

    folder = tmp_path / "full"
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        compute(folder, wanted)
    monkeypatch.setattr(os, "fsync", original)
    assert not list((folder / "parts").glob(".*"))
    with Store(folder, read_only=True) as store:
        kept = len(store.index)
    assert 0 < kept < len(wanted)
    progress, frame = compute(folder, wanted)
    assert (progress.found, progress.computed) == (kept, len(wanted) - kept)
    pd.testing.assert_frame_equal(frame, expected)


def test_a_part_cut_short_is_passed_over_and_computed_again(
    study: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, expected = compute(tmp_path, study())
    (part,) = (tmp_path / "parts").glob("*.parquet")
    part.write_bytes(part.read_bytes()[:-100])
    progress, frame = compute(tmp_path, study())
    assert progress.computed == 12
    assert "cannot be read and is passed over" in capsys.readouterr().err
    pd.testing.assert_frame_equal(frame, expected)


def test_what_a_living_process_has_in_hand_is_not_begun(study: Make, tmp_path: Path) -> None:
    wanted = study([8.0], 4)
    runs = list(wanted.runs())
    with Store(tmp_path) as other, Store(tmp_path) as store:
        assert other.session is not None
        assert store.session is not None
        with other.lock():
            other.session.hold([runs[1].identity])
        with store.lock():
            assert store.session.others() == {runs[1].identity}
        # The other process ends without having finished: its claim ends with it.
        os.close(other.session._handle)
        with store.lock():
            assert store.session.others() == set()
        other.session = None


def test_points_of_a_design_are_checked_and_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"staff\.per_10k = -1"):
        Design(load_scenario(), {"staff.per_10k": [5.0, -1.0]}).check()
    with pytest.raises(InputError, match=r"did you mean staff\.per_10k"):
        Design(load_scenario(), {"staff.per_10": [5.0]})
    points = Design(load_scenario(), {"staff.per_10k": [5.0, 6.0], "paperwork.base_share": [0.1, 0.2]})
    assert [(p.staff.per_10k, p.paperwork.base_share) for p in points] == [(5.0, 0.1), (6.0, 0.2)]
    assert points[-1].staff.per_10k == 6.0
    assert len(Design(load_scenario(), {})) == 1


def test_a_function_that_a_worker_cannot_import_is_refused() -> None:
    with pytest.raises(InputError, match="can be imported"):
        Study([load_scenario()], measure=lambda records: {})
    with pytest.raises(InputError, match="module:function"):
        Study([load_scenario()], measure="nowhere:nothing")


# --- cogov store ---------------------------------------------------------------------------------------


def test_ls_show_and_gc(study: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wanted = study(measure="failing")
    for replications in (1, 2, 4):
        _, expected = compute(tmp_path, wanted.with_replications(replications))
    assert main(["store", "ls", f"store={tmp_path}"]) == 0
    text = capsys.readouterr().out
    assert text.count("cogov test") == 3
    assert "12 runs in 3 parts" in text
    assert "9 done, 3 failed" in text

    assert main(["store", "show", f"store={tmp_path}"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3
    assert all(line.endswith("ArithmeticError: no number") for line in lines)
    run = next(iter(wanted.runs())).identity.decode()
    assert main(["store", "show", f"run={run[:9]}", f"store={tmp_path}"]) == 0
    text = capsys.readouterr().out
    assert run in text
    assert "staff.per_10k = 8" in text
    assert "value" in text

    (tmp_path / "parts" / ".partial-gone-000001.parquet").write_bytes(b"half")
    assert main(["store", "gc", f"store={tmp_path}"]) == 0
    assert "3 parts" in capsys.readouterr().out
    assert len(list((tmp_path / "parts").iterdir())) == 1
    progress, frame = compute(tmp_path, wanted)
    assert progress.computed == 0
    pd.testing.assert_frame_equal(frame, expected)

    assert main(["store", "gc", "drop=failed", f"store={tmp_path}"]) == 0
    assert "3 rows removed" in capsys.readouterr().out
    assert main(["store", "gc", "drop=old", f"store={tmp_path}"]) == 0
    assert "0 rows removed" in capsys.readouterr().out
    progress, _ = compute(tmp_path, wanted)
    assert (progress.found, progress.computed) == (9, 3)


def test_gc_drops_what_another_version_made(
    study: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for module in ("store.study", "executors.task"):
        monkeypatch.setattr(f"experiments.{module}.code_version", lambda *names: "earlier")
    compute(tmp_path, study())
    monkeypatch.undo()
    assert main(["store", "gc", "drop=old", f"store={tmp_path}"]) == 0
    assert "12 rows removed" in capsys.readouterr().out


def test_gc_leaves_a_store_alone_that_is_in_use(
    study: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    compute(tmp_path, study())
    with Store(tmp_path):
        assert main(["store", "gc", f"store={tmp_path}"]) == 2
    assert "at work" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], "one of ls, show, gc"),
        (["shw"], "did you mean show?"),
        (["ls", "store={}/none"], "nothing is there"),
        (["gc", "store={}/none"], "nothing is there"),
        (["ls", "run=1"], "one of store"),
        (["gc", "drop=everything"], "one of old, failed"),
        (["show", "run=zz"], "no run begins so"),
        (["ls", "staff.per_10k=3"], "this is cogov store ls"),
    ],
)
def test_bad_input_is_one_line(
    words: list[str], expected: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Store(tmp_path):
        pass
    words = [word.format(tmp_path) for word in words]
    if words and not any("store=" in word for word in words):
        words.append(f"store={tmp_path}")
    assert main(["store", *words]) == 2
    captured = capsys.readouterr()
    assert len(captured.err.splitlines()) == 1
    assert expected in captured.err
    assert captured.out == ""


def test_a_folder_that_is_no_store_is_refused(tmp_path: Path) -> None:
    (tmp_path / "store.json").write_text("{}", encoding="utf-8")
    with pytest.raises(InputError, match="format"), Store(tmp_path):
        pass
    (tmp_path / "store.json").write_text("[", encoding="utf-8")
    with pytest.raises(InputError, match="a folder with a store"), Store(tmp_path):
        pass
    with pytest.raises(InputError, match="can be written"), Store(Path("/dev/null/store")):
        pass


@pytest.mark.skipif(os.name == "nt", reason="rights differ")
def test_files_are_for_whom_the_umask_says(study: Make, tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        with Store(tmp_path / "store") as store, open_executor() as executor:
            submit(store, study([8.0], 2), executor)
    finally:
        os.umask(before)
    files = [path for path in (tmp_path / "store").rglob("*") if path.is_file() and path.name != "lock"]
    assert {oct(path.stat().st_mode & 0o777) for path in files if path.suffix != ".claims"} == {oct(0o640)}
