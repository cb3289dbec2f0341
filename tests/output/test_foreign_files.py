"""What is not ours in a folder given as `out` stays, byte for byte, whichever command is to write there."""

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from experiments import break_even
from experiments.cli import main
from experiments.output.output_folder import OutputFolder, add_files
from experiments.output.ownership import MANIFEST, is_inside, listing
from sim.errors import InputError

SHORT = ["warmup_days=10", "horizon_days=30", "followup_days=5"]
FACTS = {"manifest_version": 1, "command": "cogov run", "versions": {}}
#: Every command that takes `out=`, with words under which it would write.
COMMANDS = {
    "run": ["run"],
    "run -m": ["run", "-m", "seed=1,2"],
    "compare": ["compare"],
    "sweep": ["sweep", "staff.per_10k=8,9"],
    "staffing": ["staffing", "staffing.team=staff.per_10k"],
    "sensitivity": ["sensitivity", "parameters=[referral.retries]"],
    "attribute": ["attribute"],
    "discover": ["discover", "parameters=[referral.retries]"],
    "province": ["province", "counties=1"],
    "validate": ["validate"],
    "reproduce": ["reproduce", "break_even"],
    "report": ["report"],
    "dashboard": ["dashboard", "dashboard.port=0"],
}


def tree(folder: Path) -> dict[str, str]:
    """Every name below a folder with what it is: a link's target, a file's hash."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = f"-> {os.readlink(path)}"
        else:
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "folder"
    return found


def never(*args: object, **named: object) -> Any:
    raise AssertionError("simulated before the folder was checked")


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(Path(__file__).parents[1]))
    import fake_simulation

    return fake_simulation


@pytest.fixture(autouse=True)
def no_engine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing is simulated, and nobody is served: the folder is refused before."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("experiments.executors.processes.Processes.prepare", never)
    monkeypatch.setattr("experiments.executors.task.carry_out", never)
    monkeypatch.setattr("experiments.dashboard.serving.server.serve", never)
    monkeypatch.setattr("experiments.command_line.validate.measure", never)
    monkeypatch.setattr("experiments.published.reproduction.run_entry", never)
    monkeypatch.setattr("experiments.break_even.surface", never)


def files_of_theirs(folder: Path) -> None:
    for name in (
        "notes.txt", "paper.tex", "summary.csv", "communities.csv", "report.pdf", "sweep.csv",
        "figures/photo.png", "figures/drawing.svg", "figures/en/plot.png", "figures/zh/plot.png", "work/x",
        "store/parts/a.parquet", ".partial-mine/draft.txt", ".partial-cogov-0123456789abcdef/x",
        "0/thesis.docx",
    ):  # fmt: skip
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"mine: {name}", encoding="utf-8")


def foreign_manifests() -> Iterator[tuple[str, str]]:
    good = {**FACTS, "files": ["summary.csv", MANIFEST]}
    yield "another program's", json.dumps({"name": "extension", "manifest_version": 3, "version": "1"})
    yield "another program's of version 1", json.dumps({"manifest_version": 1, "files": ["summary.csv"]})
    yield "broken", json.dumps(good)[:-5]
    yield "empty", ""
    yield "a list", "[]"
    yield "deep", "[" * 100_000
    yield "without files", json.dumps(FACTS)
    yield "without command", json.dumps({k: v for k, v in good.items() if k != "command"})
    yield "without version", json.dumps({k: v for k, v in good.items() if k != "manifest_version"})
    yield "files are no list", json.dumps({**good, "files": "summary.csv"})
    for name in ("../x", "/etc/x", "a/../../x", "./a", "a//b", "", "a\\b", "C:x", "a\nb", 3, None, ".."):
        yield f"lists {name!r}", json.dumps({**good, "files": ["summary.csv", name]})


def refused(capsys: pytest.CaptureFixture[str], words: list[str], simulate: Any = never) -> str:
    capsys.readouterr()
    assert main(words, simulate) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    assert len(lines[0]) < 1000
    return lines[0]


def a_result(fake: Any, folder: Path, command: str = "run", *words: str) -> Path:
    assert main([command, "replications=2", f"out={folder}", *SHORT, *words], fake.simulate) == 0
    return folder


@pytest.mark.parametrize("command", COMMANDS)
def test_a_folder_of_somebody_elses_is_refused_and_stays(
    command: str, fake: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = list(COMMANDS[command])
    if command == "report":
        words.append(str(a_result(fake, tmp_path / "mine")))
    paper = tmp_path / "paper"
    files_of_theirs(paper)
    before = tree(paper)
    line = refused(capsys, [*words, f"out={paper}"])
    assert "paper" in line
    assert "'.partial-cogov-0123456789abcdef'" in line
    assert tree(paper) == before


def test_break_even_too(tmp_path: Path) -> None:
    files_of_theirs(tmp_path / "paper")
    before = tree(tmp_path / "paper")
    with pytest.raises(InputError, match="not written by cogov"):
        break_even.main([f"out={tmp_path / 'paper'}"])
    assert tree(tmp_path / "paper") == before


@pytest.mark.parametrize("content", [pytest.param(text, id=name) for name, text in foreign_manifests()])
def test_a_manifest_that_is_not_ours_lists_nothing(
    content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (tmp_path / "x").write_text("theirs", encoding="utf-8")
    (out / "summary.csv").write_text("theirs", encoding="utf-8")
    (out / MANIFEST).write_text(content, encoding="utf-8")
    before = tree(tmp_path)
    assert "'manifest.json'" in refused(capsys, ["run", f"out={out}"])
    assert tree(tmp_path) == before


def test_a_manifest_that_is_a_link_is_not_ours(
    fake: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    real, out = a_result(fake, tmp_path / "real"), tmp_path / "out"
    out.mkdir()
    (out / "summary.csv").write_text("theirs", encoding="utf-8")
    (out / MANIFEST).symlink_to(real / MANIFEST)
    before = tree(tmp_path)
    refused(capsys, ["run", f"out={out}"])
    assert tree(tmp_path) == before


def test_their_files_beside_ours_stay_and_ours_are_replaced(fake: Any, tmp_path: Path) -> None:
    out = a_result(fake, tmp_path / "out", "compare")
    theirs = ["notes.txt", "figures/mine.png", "communities.csv", "report.pdf", "figures/en/mine.svg"]
    theirs.append(".partial-a/b")
    for name in theirs:
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_text("theirs", encoding="utf-8")
    old = (out / "summary.csv").read_bytes()
    a_result(fake, out, "run", "seed=3")
    assert (out / "summary.csv").read_bytes() != old
    assert not (out / "comparison.csv").exists()
    assert not (out / "figures" / "main.png").exists()
    for name in theirs:
        assert (out / name).read_text(encoding="utf-8") == "theirs", name
    kept = {name for name in tree(out) if name not in theirs and (out / name).is_file()}
    assert kept == set(json.loads((out / MANIFEST).read_text(encoding="utf-8"))["files"])


@pytest.mark.parametrize("name", ["comparison.csv", "figures/main.png", "report.html", "incidents.parquet"])
def test_a_file_of_theirs_under_a_name_of_ours_is_not_overwritten(
    name: str, fake: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = a_result(fake, tmp_path / "out")
    (out / name).parent.mkdir(exist_ok=True)
    (out / name).write_text("theirs", encoding="utf-8")
    before = tree(out)
    assert f"{name} there is not listed" in refused(capsys, ["compare", f"out={out}", *SHORT])
    assert tree(out) == before


def to_a_folder(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.mkdir(parents=True)
    (path / "theirs").write_text("theirs", encoding="utf-8")


def to_a_link(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.symlink_to(path.parents[1] / "elsewhere.txt")


def to_a_dangling_link(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.symlink_to("nowhere")


def to_a_pipe(path: Path) -> None:
    path.unlink(missing_ok=True)
    os.mkfifo(path)


@pytest.mark.parametrize("made", [to_a_folder, to_a_link, to_a_dangling_link, to_a_pipe])
@pytest.mark.parametrize("name", ["summary.csv", "cases.parquet"])
def test_a_file_of_ours_that_is_something_else_now(
    made: Callable[[Path], None], name: str, fake: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = a_result(fake, tmp_path / "out")
    (tmp_path / "elsewhere.txt").write_text("theirs", encoding="utf-8")
    made(out / name)
    before = tree_without_pipes(tmp_path)
    assert f"{name} there is" in refused(capsys, ["run", f"out={out}", *SHORT])
    assert tree_without_pipes(tmp_path) == before


def tree_without_pipes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): "pipe" if path.is_fifo() else tree(path.parent)[path.name]
        for path in sorted(folder.rglob("*"))
        if not any(other.is_fifo() for other in path.parent.iterdir()) or path.is_fifo()
    }


def test_what_they_made_of_a_stale_file_of_ours_stays(fake: Any, tmp_path: Path) -> None:
    out = a_result(fake, tmp_path / "out", "compare")
    (tmp_path / "elsewhere.txt").write_text("theirs", encoding="utf-8")
    to_a_link(out / "report.html")
    to_a_folder(out / "comparison.csv")
    a_result(fake, out, "run")
    assert (out / "report.html").is_symlink()
    assert (tmp_path / "elsewhere.txt").read_text(encoding="utf-8") == "theirs"
    assert (out / "comparison.csv" / "theirs").exists()


def test_a_folder_of_ours_that_is_a_link_now_is_not_followed(
    fake: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = a_result(fake, tmp_path / "out", "compare")
    (out / "figures").rename(tmp_path / "album")
    (out / "figures").symlink_to(tmp_path / "album")
    before = tree(tmp_path)
    assert "figures there is a link" in refused(capsys, ["compare", f"out={out}", *SHORT])
    assert tree(tmp_path) == before
    # A study without figures has no business there, and leaves them.
    a_result(fake, out, "run")
    assert tree(tmp_path / "album") == {
        name.removeprefix("album/"): what for name, what in before.items() if name.startswith("album/")
    }


def test_a_file_where_the_folder_of_figures_should_be(
    fake: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = a_result(fake, tmp_path / "out")
    (out / "figures").write_text("theirs", encoding="utf-8")
    before = tree(out)
    assert "figures there is not a folder" in refused(capsys, ["compare", f"out={out}", *SHORT])
    assert tree(out) == before


@pytest.mark.parametrize("command", [name for name in COMMANDS if name not in ("report", "dashboard")])
@pytest.mark.parametrize("place", ["file", "link"])
def test_no_folder_at_all(
    command: str, place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    if place == "file":
        out.write_text("theirs", encoding="utf-8")
    else:
        out.symlink_to(tmp_path / "nowhere")
    before = tree(tmp_path)
    assert "can be written" in refused(capsys, [*COMMANDS[command], f"out={out}"])
    assert tree(tmp_path) == before


@pytest.mark.parametrize(
    ("command", "name"),
    [
        ("staffing", "staffing.png"), ("sensitivity", "points.csv"), ("discover", "boxes.csv"),
        ("attribute", "interactions.svg"), ("sweep", "runs.parquet"), ("province", "province.csv"),
        ("validate", "validation.md"), ("reproduce", "break_even.csv"), ("run -m", "runs.csv"),
    ],
)  # fmt: skip
def test_targets_are_checked_before_anything_is_simulated(
    command: str, name: str, fake: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = a_result(fake, tmp_path / "out")
    to_a_folder(out / name)
    before = tree(out)
    assert f"{name} there is a folder" in refused(capsys, [*COMMANDS[command], f"out={out}"])
    assert tree(out) == before


def test_results_of_the_first_edition_go_on(fake: Any, tmp_path: Path) -> None:
    """A run's manifest lists its files; a sweep's lists none, and is known by what else it says."""
    out = a_result(fake, tmp_path / "run")
    facts = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
    assert set(facts["files"]) == {path.name for path in out.iterdir()}
    a_result(fake, out, "compare")
    out = tmp_path / "sweep"
    out.mkdir()
    for name in ("runs.csv", "runs.parquet", "sweep.csv", "sweep.parquet", "sweep.png", "sweep.svg"):
        (out / name).write_text("old", encoding="utf-8")
    sweep = dict.fromkeys(("varied", "points", "runs", "store", "config_hash", "code_hash"), 1)
    (out / MANIFEST).write_text(json.dumps({**FACTS, **sweep, "command": "cogov sweep a"}), encoding="utf-8")
    a_result(fake, out, "run")
    assert not (out / "sweep.csv").exists()


def test_other_results_of_ours_in_the_folder_are_no_obstacle(
    fake: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As in `out` itself, where each command has its folder by default."""
    out = tmp_path / "out"
    a_result(fake, out / "run")
    a_result(fake, out / "reproduce" / "x")
    (out / ".DS_Store").write_text("x", encoding="utf-8")
    before = tree(out / "run")
    assert main(["run", "-m", "seed=1,2", f"out={out}", *SHORT], fake.simulate) == 0
    assert main(["run", "-m", "seed=1,2", f"out={out}", *SHORT], fake.simulate) == 0
    assert tree(out / "run") == before
    (out / "other").mkdir()
    # An empty folder beside a manifest of ours; without the manifest nobody knows whose it is.
    assert main(["run", "-m", "seed=1,2", f"out={out}", *SHORT], fake.simulate) == 0
    (out / MANIFEST).unlink()
    assert "'other'" in refused(capsys, ["run", "-m", "seed=1,2", f"out={out}", *SHORT])


def test_a_report_is_listed_and_may_be_replaced(
    fake: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = a_result(fake, tmp_path / "out", "compare")
    monkeypatch.setattr("experiments.command_line.report._summaries", summaries_again)
    for name in ("report.zh.html", "figures/zh/main.png"):
        (out / name).parent.mkdir(exist_ok=True)
        (out / name).write_text("theirs", encoding="utf-8")
        before = tree(out)
        assert f"{name} there is not listed" in refused(capsys, ["report", str(out), "language=zh"])
        assert tree(out) == before
        (out / name).unlink()
    (out / "figures" / "zh" / "mine.png").write_text("theirs", encoding="utf-8")
    for _ in range(2):
        assert main(["report", str(out), "language=zh"]) == 0
    found = listing(out)
    assert found is not None
    assert {"report.html", "report.zh.html", "figures/main.png", "figures/zh/main.svg"} <= set(found.files)
    assert found.manifest["command"].startswith("cogov compare")
    # What is not drawn any more goes, in this language alone.
    a_result(fake, out, "run")
    assert {path.name for path in (out / "figures" / "zh").iterdir()} == {"mine.png"}
    assert not (out / "report.zh.html").exists()


def summaries_again(results: Any, scenarios: Any) -> Any:
    import fake_simulation

    from analysis.summaries.run_summary import summarise_run

    numbers = results.manifest["replications_finished"]
    runs = {name: [fake_simulation.simulate(s, 1, n) for n in numbers] for name, s in scenarios.items()}
    return {name: [summarise_run(run) for run in mine] for name, mine in runs.items()}, []


def test_what_the_dashboard_saves_overwrites_nothing(tmp_path: Path) -> None:
    out = tmp_path / "out"
    add_files(out, {"a-12345678.yaml": b"one"}, FACTS)
    before = tree(out)
    add_files(out, {"a-12345678.yaml": b"one"}, FACTS)
    assert tree(out) == before
    add_files(out, {"b-12345678.yaml": b"two"}, FACTS)
    found = listing(out)
    assert found is not None
    assert set(found.files) == {"a-12345678.yaml", "b-12345678.yaml", MANIFEST}
    (out / "c.yaml").write_text("theirs", encoding="utf-8")
    with pytest.raises(InputError, match=r"c\.yaml there is not listed"):
        add_files(out, {"c.yaml": b"ours"}, FACTS)


@pytest.mark.parametrize("kind", ["scenarios", "requests"])
def test_what_the_first_dashboard_saved_is_no_obstacle(kind: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / "requests").mkdir(parents=True)
    if kind == "scenarios":
        (out / "requests").rmdir()
        (out / "a_changed-0123abcd.yaml").write_text("# cogov run scenario=a.yaml\n", encoding="utf-8")
    else:
        for ending in ("csv", "yaml"):
            (out / "requests" / f"hotline-0123abcd.{ending}").write_text("x", encoding="utf-8")
    with OutputFolder(out):
        pass
    (out / "more.yaml").write_text("# cogov run scenario=a.yaml\n", encoding="utf-8")
    with pytest.raises(InputError), OutputFolder(out):
        pass


def test_a_folder_in_which_nothing_came_about_is_not_left(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), OutputFolder(tmp_path / "new"):
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


def test_names_inside() -> None:
    assert all(map(is_inside, ["a", "figures/en/main.png", "问题.csv", "a b"]))
    assert not any(map(is_inside, ["..", "a/..", "/a", "a/", "", ".partial-x/y", "a\x00b", None]))
