"""A full disk is told in one line that names the file, by its final name; nothing half-written stays."""

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from experiments.cli import main
from sim.input_files.file_errors import final, naming, told

SHORT = ["warmup_days=10", "horizon_days=30", "followup_days=5"]
FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
REASON = os.strerror(errno.ENOSPC)[:1].lower() + os.strerror(errno.ENOSPC)[1:]


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(Path(__file__).parents[1]))
    import fake_simulation

    return fake_simulation


def full(*args: object, **named: object) -> Any:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def full_for(monkeypatch: pytest.MonkeyPatch, owner: type, method: str, part: str) -> None:
    """Let a method of paths fail for files of that name."""
    real = getattr(owner, method)

    def maybe(self: Any, *args: Any, **named: Any) -> Any:
        return full() if part in self.name else real(self, *args, **named)

    monkeypatch.setattr(owner, method, maybe)


@pytest.mark.parametrize(
    ("command", "place", "name"),
    [
        ("run", "pyarrow.parquet.ParquetWriter.write_table", "cases.parquet"),
        ("run", "pyarrow.parquet.ParquetWriter.close", "cases.parquet"),
        ("compare", "matplotlib.backends.backend_agg.FigureCanvasAgg.print_png", "figures/answer.png"),
        ("sweep", "matplotlib.backends.backend_agg.FigureCanvasAgg.print_png", "sweep.png"),
    ],
)
def test_it_names_the_file(
    command: str, place: str, name: str, fake: Any, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    out = tmp_path / "out"
    monkeypatch.setattr(place, full)
    more = (
        [f"store={tmp_path / 'store'}", "executor=serial", "staff.per_10k=8,9"] if command == "sweep" else []
    )
    assert main([command, "replications=2", f"out={out}", *more, *SHORT], fake.simulate) == 1
    lines = capsys.readouterr().err.splitlines()
    assert lines == [f"cogov: {out / name}: {REASON} (COGOV_DEBUG=1 shows where)"]
    assert list(tmp_path.rglob(".partial-*")) == []
    # Data are kept where only their drawing failed.
    assert (out / "manifest.json").exists() == (command == "compare")


@pytest.mark.parametrize("name", ["summary.csv", "manifest.json"])
def test_it_names_a_table(
    name: str, fake: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    full_for(monkeypatch, Path, "write_bytes", name)
    assert main(["run", f"out={tmp_path}", *SHORT], fake.simulate) == 1
    assert capsys.readouterr().err.startswith(f"cogov: {tmp_path / name}: {REASON}")
    assert list(tmp_path.iterdir()) == []


def test_it_names_a_part_of_the_store(
    fake: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real = Path.open

    def maybe(self: Path, mode: str = "r", *args: Any, **named: Any) -> Any:
        return full() if mode == "wb" and self.suffix == ".parquet" else real(self, mode, *args, **named)

    monkeypatch.setattr(Path, "open", maybe)
    where = [f"store={tmp_path / 'store'}", f"out={tmp_path / 'out'}", "executor=serial"]
    assert main(["sweep", "staff.per_10k=8,9", "replications=2", *where, *SHORT], fake.simulate) == 1
    line = capsys.readouterr().err
    assert line.startswith(f"cogov: {tmp_path / 'store' / 'parts'}")
    assert REASON in line
    assert ".partial-" not in line


def test_a_folder_that_cannot_even_be_begun(
    fake: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The machine is at fault, not the input; nothing of it stays, so that the next start goes on."""
    with monkeypatch.context() as patch:
        full_for(patch, Path, "write_text", ".cogov")
        assert main(["run", f"out={tmp_path}", *SHORT], fake.simulate) == 1
    assert capsys.readouterr().err.startswith(f"cogov: {tmp_path}: {REASON}")
    assert list(tmp_path.iterdir()) == []
    assert main(["run", f"out={tmp_path}", *SHORT], fake.simulate) == 0


def test_names_and_texts() -> None:
    assert final("out/.partial-cogov-01/figures/main.png") == str(Path("out/figures/main.png"))
    assert final("s/parts/.partial-a.parquet") == str(Path("s/parts/a.parquet"))
    assert told(OSError("no number")) == "no number"
    with pytest.raises(OSError, match="first") as found, naming("second"), naming("first"):
        full()
    assert told(found.value) == f"first: {REASON}"
