"""A table of runs that was interrupted, damaged or made by others is made whole, and is the same."""

from pathlib import Path

import numpy as np
import pytest

from analysis.calibration.reference_table import Prior, ReferenceTable
from experiments.arguments.run_plan import ExecutorChoice
from experiments.city import reference_runs
from experiments.city.reference_runs import KeptRuns, made_table
from sim.errors import InputError

PRIORS = (Prior("mean", 0.0, 1.0), Prior("unseen", 0.0, 1.0))
NAMES = ("sum", "first")
ROWS = 230
SERIAL = ExecutorChoice("serial", 1)


def prepare(noise: float) -> reference_runs.Run:
    def run(row: int, parameters: np.ndarray) -> np.ndarray:
        seen = parameters[0] + noise * np.random.Generator(np.random.Philox(key=[7, row])).normal(0.0, 1.0, 5)
        return np.array([seen.sum(), seen[0]])

    return run


def kept_in(folder: Path, identity: str = "one") -> KeptRuns:
    return KeptRuns(folder, identity, "cogov calibrate demand.stream=x.csv")


def made(kept: KeptRuns | None, choice: ExecutorChoice = SERIAL, rows: int = ROWS) -> ReferenceTable:
    return made_table(PRIORS, NAMES, rows, 1, prepare, (0.3,), choice, kept)


def same(one: ReferenceTable, other: ReferenceTable) -> bool:
    return bool((one.parameters == other.parameters).all() and (one.summaries == other.summaries).all())


def test_a_killed_table_goes_on_to_the_same_posterior(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = made(None)
    pieces = []

    def dies_after_two(*arguments: object) -> np.ndarray:
        if len(pieces) == 2:
            raise KeyboardInterrupt
        pieces.append(arguments[1])
        return piece_of(*arguments)

    piece_of = reference_runs.piece_of
    monkeypatch.setattr(reference_runs, "piece_of", dies_after_two)
    with pytest.raises(KeyboardInterrupt, match="100 of 230 runs are kept"):
        made(kept_in(tmp_path / "runs"))
    calls: list[int] = []
    monkeypatch.setattr(
        reference_runs, "piece_of", lambda *arguments: calls.append(arguments[1]) or piece_of(*arguments)
    )
    again = made(kept_in(tmp_path / "runs"))
    assert calls == [100, 150, 200]
    assert same(again, whole)
    observed = np.array([2.0, 0.3])
    assert (again.posterior(observed).values == whole.posterior(observed).values).all()


def test_workers_make_the_same_table() -> None:
    assert same(made(None, ExecutorChoice("processes", 2)), made(None))


def test_a_larger_table_begins_with_the_smaller(tmp_path: Path) -> None:
    small, large = made(kept_in(tmp_path / "runs")), made(kept_in(tmp_path / "runs"), rows=300)
    assert (large.parameters[:ROWS] == small.parameters).all()
    assert same(large, made(None, rows=300))


def test_runs_of_another_city_are_replaced_and_damaged_ones_made_again(tmp_path: Path) -> None:
    whole = made(kept_in(tmp_path / "runs"))
    (tmp_path / "runs" / "runs_00001.npy").write_bytes(b"no array")
    assert same(made(kept_in(tmp_path / "runs")), whole)
    other = made_table(PRIORS, NAMES, ROWS, 1, prepare, (0.5,), SERIAL, kept_in(tmp_path / "runs", "two"))
    assert not same(other, whole)
    assert same(made(kept_in(tmp_path / "runs", "one")), whole)


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match=r"notes\.txt"):
        made(kept_in(tmp_path))
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "mine"
