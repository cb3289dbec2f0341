"""The runs of a reference table: made by workers, kept in pieces, found again after a kill.

Row r of the table is a function of the seed and r alone, and a piece is on disk whole or not there. A table
that was killed and made again has therefore the same rows, and so the same posterior.
"""

import io
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.calibration.reference_table import Prior, ReferenceTable, prior_row
from experiments.arguments.run_plan import ExecutorChoice
from experiments.executors.workers import Workers
from experiments.output.manifest import brief_manifest
from experiments.output.output_folder import OutputFolder
from experiments.output.ownership import listing
from experiments.system.interrupts import uninterrupted
from experiments.system.progress import progress_bar

Floats = npt.NDArray[np.float64]
#: `run(row, parameters)` returns the summaries of one run; its luck is a function of the row.
Run = Callable[[int, Floats], Floats]
#: `prepare(*arguments)` returns the run; called once in each worker.
Prepare = Callable[..., Run]

#: Rows that go to disk together.
PIECE = 50


class KeptRuns:
    """Pieces of a table in a folder of ours, of which the manifest says what they are pieces of.

    Parameters
    ----------
    folder
        Made if it is not there; one that holds anything else is refused.
    identity
        Everything that shapes a row. Pieces of another identity are replaced.
    command
        The command line, for the manifest.
    """

    def __init__(self, folder: Path, identity: str, command: str) -> None:
        self.folder, self.identity, self.command = folder, identity, command
        self.started = datetime.now().astimezone()

    def read(self, columns: int) -> dict[int, Floats]:
        """Return the pieces that are there, by their number; a damaged one counts as missing."""
        found: dict[int, Floats] = {}
        known = listing(self.folder) if self.folder.is_dir() else None
        if known is None or known.manifest.get("identity") != self.identity:
            return found
        for name in known.files:
            if not name.startswith("runs_"):
                continue
            try:
                piece = np.load(io.BytesIO((self.folder / name).read_bytes()), allow_pickle=False)
                number = int(name[5:-4])
            except (OSError, ValueError):
                continue
            if piece.ndim == 2 and piece.shape[1] == columns and piece.dtype == np.float64:
                found[number] = piece
        return found

    def write(self, number: int, piece: Floats) -> None:
        """Put a piece on disk, whole."""
        content = io.BytesIO()
        np.save(content, piece, allow_pickle=False)
        name = f"runs_{number:05}.npy"
        with uninterrupted(), OutputFolder(self.folder, [name]) as output:
            (output.partial / name).write_bytes(content.getvalue())
            other = output.before.manifest.get("identity") != self.identity
            facts = brief_manifest(self.command, self.started, "complete", identity=self.identity)
            output.finish(facts, replaced=lambda _: other)


def made_table(
    priors: Sequence[Prior],
    names: Sequence[str],
    rows: int,
    seed: int,
    prepare: Prepare,
    arguments: Sequence[Any],
    choice: ExecutorChoice,
    kept: KeptRuns | None = None,
) -> ReferenceTable:
    """Return a reference table; runs that are kept are not made again.

    Parameters
    ----------
    priors, names
        The parameters, and what the summaries are called.
    prepare, arguments
        ``prepare(*arguments)`` returns the run; a function at the top of a module.
    choice
        Who carries the runs out.
    kept
        Where pieces are kept; None to keep none.

    Raises
    ------
    KeyboardInterrupt
        With every finished piece on disk; its text says how to go on.
    """
    columns = len(priors) + len(names)
    pieces = kept.read(columns) if kept else {}
    sizes = {first // PIECE: min(PIECE, rows - first) for first in range(0, rows, PIECE)}
    pieces = {number: piece for number, piece in pieces.items() if len(piece) >= sizes.get(number, PIECE + 1)}
    missing = [number for number in sizes if number not in pieces]
    with progress_bar(rows, "run") as bar:
        bar.update(sum(sizes[number] for number in pieces))
        try:
            plan = [(number * PIECE, sizes[number], seed, tuple(priors)) for number in missing]
            for number, piece in zip(missing, _made(plan, prepare, arguments, choice), strict=True):
                pieces[number] = piece
                if kept:
                    kept.write(number, piece)
                bar.update(len(piece))
        except KeyboardInterrupt:
            done = sum(sizes[number] for number in pieces)
            where = f" are kept in {kept.folder}; the same command goes on from there" if kept else ""
            raise KeyboardInterrupt(f"interrupted; {done} of {rows} runs{where}") from None
    whole = np.vstack([pieces[number][: sizes[number]] for number in sorted(sizes)])
    return ReferenceTable(tuple(priors), whole[:, : len(priors)], whole[:, len(priors) :], tuple(names))


Piece = tuple[int, int, int, tuple[Prior, ...]]


def _made(
    plan: Sequence[Piece], prepare: Prepare, arguments: Sequence[Any], choice: ExecutorChoice
) -> Iterator[Floats]:
    """Yield the pieces of a plan in order."""
    if choice.executor == "serial" or len(plan) < 2:
        run = prepare(*arguments) if plan else None
        for piece in plan:
            assert run is not None
            yield piece_of(run, *piece)
        return
    with Workers(min(choice.jobs, len(plan)), _begin, (prepare, tuple(arguments))) as workers:
        yield from workers.in_order(_carry_out, plan)


#: The run of this worker.
_prepared: list[Run] = []


def _begin(prepare: Prepare, arguments: Sequence[Any]) -> None:
    _prepared[:] = [prepare(*arguments)]


def _carry_out(piece: Piece) -> Floats:
    return piece_of(_prepared[0], *piece)


def piece_of(run: Run, first: int, count: int, seed: int, priors: Sequence[Prior]) -> Floats:
    """Return rows `first` to `first + count` of a table: parameters, then summaries."""
    rows = []
    for row in range(first, first + count):
        parameters = prior_row(priors, seed, row)
        rows.append(np.concatenate([parameters, run(row, parameters)]))
    return np.array(rows)
