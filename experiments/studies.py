"""What the commands that run a design share: a store, an executor, and a table of outcomes."""

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from experiments.arguments import Study as Plan
from experiments.executors import Executor, open_executor
from experiments.store import Design, Store, Study, submit
from sim.errors import InputError

Floats = npt.NDArray[np.float64]


class RunsFailed(Exception):
    """Some runs of a design failed, so that there is no answer."""

    status = 1

    def __init__(self, failed: int, runs: int, error: str, folder: Path) -> None:
        super().__init__(f"{failed} of {runs} runs failed, kept in {folder}; the first: {error}")


@contextlib.contextmanager
def workshop(plan: Plan, command: str) -> Iterator[tuple[Store, Executor]]:
    """Yield the store of a study and who carries out its runs."""
    make_folder(plan.out)
    with (
        Store(plan.out / "store", command) as store,
        open_executor(plan.executor, plan.jobs, plan.address) as workers,
    ):
        yield store, workers


def make_folder(folder: Path) -> None:
    """Make the folder of results before anything is simulated."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or ""
        raise InputError("out", str(folder), "a folder that can be written", hint=reason) from None


def outcomes(
    store: Store, workers: Executor, design: Design, plan: Plan, metrics: Sequence[str]
) -> dict[str, Floats]:
    """Run every point of a design and return each metric, point by replication.

    Raises
    ------
    RunsFailed
        If runs failed; they are rows of the store with their error, and the others are kept.
    """
    study = Study(design, seed=plan.seed, replications=plan.replications)
    submit(store, study, workers)
    frame = store.rows(study, list(metrics))
    refuse_failed(frame, store)
    shape = (len(design), plan.replications)
    found = {}
    for metric in metrics:
        values = np.full(shape, np.nan)
        at = frame["point"].to_numpy(int), frame["replication"].to_numpy(int)
        values[at] = frame[metric].to_numpy(float)
        found[metric] = values
    return found


def refuse_failed(frame: pd.DataFrame, store: Store) -> None:
    """Raise RunsFailed if there are failed runs in a table of runs."""
    failed = frame[frame["error"].astype(str) != ""]
    if len(failed):
        raise RunsFailed(len(failed), len(frame), str(failed["error"].iloc[0]), store.folder)


def needs_extra(package: str, command: str) -> InputError:
    """The error of a command whose extra is not installed."""
    return InputError(command, package, "the extra `studies` installed", hint="pip install 'cogov[studies]'")
