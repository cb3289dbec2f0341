"""Class (e): folders of results and stores of runs that were damaged since they were written."""

import atexit
import contextlib
import functools
import io
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any
from unittest import mock

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from tests import fake_simulation
from tests.fuzz import pieces
from tests.fuzz.command_lines import interrupted
from tests.fuzz.outcome import Outcome, attempt
from tests.fuzz.settings_files import CELLS, change

SMALL = ["community.residents=300", "warmup_days=10", "horizon_days=30", "followup_days=10"]


def _drawn(*words: Any, **more: Any) -> dict[str, Path]:
    """Stands in for figures, which take seconds."""
    return {}


def _drawn_sweep(table: Any, varied: Any, metric: Any, stem: Path, *words: Any, **more: Any) -> Path:
    stem.parent.mkdir(parents=True, exist_ok=True)
    stem.with_suffix(".png").write_bytes(b"")
    return stem.with_suffix(".png")


def _drawn_published(table: Any, spec: Any, stem: Path, *words: Any, **more: Any) -> Path:
    stem.with_suffix(".png").write_bytes(b"")
    return stem.with_suffix(".png")


@contextlib.contextmanager
def undrawn() -> Any:
    """Within it nothing is drawn."""
    with (
        mock.patch("analysis.figures.write_figures", _drawn),
        mock.patch("analysis.figures.sweep.write_sweep", _drawn_sweep),
        mock.patch("analysis.report.html_page.font_face", return_value=""),
        mock.patch("experiments.store.store._commit", return_value=None),
        mock.patch("experiments.store.store.code_hash", return_value="0" * 20),
        mock.patch("experiments.designs.sweep_tables.code_hash", return_value="0" * 20),
        mock.patch("experiments.command_line.reproduce.code_hash", return_value="0" * 20),
        mock.patch("analysis.figures.write_published", _drawn_published),
    ):
        yield


@functools.cache
def whole() -> Path:
    """Make the folders that will be damaged, once; return where they are."""
    from experiments.cli import main

    base = Path(tempfile.mkdtemp(prefix="cogov-fuzz-whole-"))
    atexit.register(shutil.rmtree, base, ignore_errors=True)
    sweep = [f"store={base / 'kept'}", "executor=serial", "replications=2", "staff.per_10k=8,12", *SMALL]
    with undrawn(), contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        for words in (
            ["run", f"out={base / 'run'}", "replications=1", *SMALL],
            ["compare", f"out={base / 'compare'}", "replications=1", *SMALL],
            ["sweep", f"out={base / 'sweep'}", *sweep],
            ["sweep", f"out={base / 'sweep'}", *sweep, "demand.rate=1"],
        ):
            assert main(words, fake_simulation.simulate) == 0
    (base / "experiment").mkdir()
    (base / "experiment" / "made.yaml").write_text(CELLS, encoding="utf-8")
    from experiments.published.reproduction import write_table

    (base / "experiment" / "made.csv").write_text(write_table("made", "here", table()), encoding="utf-8")
    return base


def table(*words: Any, **more: Any) -> pd.DataFrame:
    """Stands in for the table of a published experiment."""
    numbers = dict.fromkeys(("mean", "low", "high", "difference", "difference_low", "difference_high"), 1.5)
    return pd.DataFrame(
        [
            {"paperwork": 0.2, "volume": "free", "arm": arm, "metric": "rmst180", "unit": "days", **numbers}
            for arm in ("administration_led", "co_governance")
        ]
    )


def damage(rng: Random, folder: Path) -> None:
    """Damage a file or two of a folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    for _ in range(rng.choice([1, 1, 1, 2, 4])):
        path = rng.choice(files)
        other = rng.choice(files)
        if not path.is_file() or not other.is_file():
            continue
        kinds: list[tuple[int, Callable[[], Any]]] = [
            (6, lambda path=path: path.write_bytes(pieces.damaged(rng, path.read_bytes()))),
            (1, lambda path=path: path.write_bytes(b"")),
            (1, lambda path=path: path.unlink()),
            (1, lambda path=path: _replaced(rng, path)),
            (1, lambda path=path, other=other: path.write_bytes(other.read_bytes())),
        ]
        if path.suffix == ".json":
            kinds.append((14, lambda path=path: _changed_json(rng, path)))
        if path.suffix == ".parquet":
            kinds.append((8, lambda path=path: _changed_table(rng, path)))
        # What was damaged before may be beyond reading.
        with contextlib.suppress(OSError, ValueError, pa.ArrowException, TypeError, NotImplementedError):
            pieces.pick(rng, *kinds)


def _replaced(rng: Random, path: Path) -> None:
    path.unlink()
    kind = rng.randrange(4)
    if kind == 0:
        path.mkdir()
    elif kind == 1:
        path.symlink_to(path.name)
    elif kind == 2:
        path.symlink_to("/dev/zero")
    elif hasattr(os, "mkfifo"):
        os.mkfifo(path)


def _changed_json(rng: Random, path: Path) -> None:
    content = json.loads(path.read_text(encoding="utf-8"))
    change(rng, content)
    path.write_text(json.dumps(content, default=str), encoding="utf-8", errors="surrogatepass")


def _changed_table(rng: Random, path: Path) -> None:
    whole_table = pq.read_table(path)
    name = rng.choice(whole_table.column_names)
    at = whole_table.column_names.index(name)
    kind = rng.randrange(7)
    rows = len(whole_table)
    if kind == 0:
        changed = whole_table.drop_columns([name])
    elif kind == 1:
        changed = whole_table.rename_columns([f"{n}_" if n == name else n for n in whole_table.column_names])
    elif kind == 2:
        changed = whole_table.set_column(at, name, pa.nulls(rows, whole_table.schema.field(name).type))
    elif kind == 3:
        changed = whole_table.set_column(at, name, whole_table[name].cast(pa.string()))
    elif kind == 4:
        value = rng.choice(
            [float("nan"), float("inf"), -1.0, 1e300, 0, 2**62, "x", "{", "[" * 3000, True, b"\xff", None]
        )
        changed = whole_table.set_column(at, name, pa.array([value] * rows))
    elif kind == 5:
        changed = whole_table.slice(0, rng.randrange(rows + 1))
    else:
        changed = pa.concat_tables([whole_table, whole_table.slice(0, 3)])
    pq.write_table(changed, path)


def try_one(rng: Random, folder: Path) -> Outcome:
    """Damage a folder and ask for what is in it."""
    out = folder / "out"
    shutil.rmtree(out, ignore_errors=True)
    base = whole()
    name = rng.choice(["run", "run", "compare", "sweep", "kept", "kept", "kept", "experiment"])
    mine = out / name
    shutil.copytree(base / name, mine)
    if name == "experiment":
        (mine / "made.csv").write_bytes(pieces.damaged(rng, (mine / "made.csv").read_bytes()))
    elif rng.random() < 0.5 and (mine / "manifest.json").is_file():
        _damage_manifest(rng, mine / "manifest.json")
    else:
        damage(rng, mine)
    sweep = [
        "sweep",
        f"store={mine}",
        f"out={out / 'again'}",
        "executor=serial",
        "replications=2",
        "staff.per_10k=8,12",
    ]
    words, simulate = {
        "run": lambda: (["report", str(mine), f"out={out / 'report'}"], None),
        "compare": lambda: (["report", str(mine), f"out={out / 'report'}", "language=zh"], None),
        "sweep": lambda: (["report", str(mine), f"out={out / 'report'}"], None),
        "experiment": lambda: (
            ["reproduce", str(mine / "made.yaml"), f"out={out / 'again'}", "jobs=1"],
            None,
        ),
        "kept": lambda: rng.choice(
            [
                (["store", "ls", f"store={mine}"], None),
                (["store", "show", f"store={mine}"], None),
                (["store", "show", f"store={mine}", f"run={rng.choice('0123456789abcdef')}"], None),
                (["store", "gc", f"store={mine}", *rng.choice([[], ["drop=old"], ["drop=failed"]])], None),
                (["report", str(mine), f"out={out / 'report'}"], None),
                ([*sweep, *SMALL], fake_simulation.simulate),
            ]
        ),
    }[name]()
    if name in ("run", "compare", "sweep") and rng.random() < 0.15:
        words, simulate = ["run", f"out={mine}", *SMALL], rng.choice([interrupted, fake_simulation.simulate])
    with undrawn(), mock.patch("experiments.published.reproduction.run_entry", table):
        return attempt(words, simulate, folder)


def _damage_manifest(rng: Random, path: Path) -> None:
    if rng.random() < 0.7:
        _changed_json(rng, path)
    else:
        path.write_bytes(pieces.damaged(rng, path.read_bytes()))
