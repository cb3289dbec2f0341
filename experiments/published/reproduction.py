"""Run a published experiment; the table it gives; how far a table is from the one expected."""

import math
import platform
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.safe_text.spreadsheet import read_csv, to_csv
from experiments.chinese.terminal_words import tell
from experiments.executors.workers import Workers
from experiments.output.manifest import versions
from experiments.published.entry import INTERVALS, Entry, Setting
from experiments.runs.simulation import default_simulate, warm_cache
from experiments.system.progress import progress_bar
from sim.errors import InputError
from sim.input_files.documents import read_text

NUMBERS = ("mean", "low", "high", "difference", "difference_low", "difference_high")
SAME_RELATIVE = 1e-7
"""On the same type of machine with the same packages results are the same bits; the file keeps ten digits."""
_SHAPING = ("python", "numpy", "numba")


def run_entry(entry: Entry, jobs: int = 1) -> pd.DataFrame:
    """Run all cells of an experiment; return its table in long form.

    Columns: what varies, `arm`, `metric`, `unit`, mean with 95 % interval, and the paired difference from the
    first arm in the same cell, or from the one that an arm names, with its interval.
    """
    cells = list(entry.cells())
    runs = list(dict.fromkeys(run for _, arms in cells for run in arms.values()))
    last = {run: number for number, (_, arms) in enumerate(cells) for run in arms.values()}
    entry.check()
    rows: list[dict[str, Any]] = []
    found: dict[Setting, Measured] = {}
    arriving = zip(runs, _measured(entry, runs, jobs), strict=True)
    for number, (at, arms) in enumerate(cells):
        while not set(arms.values()) <= found.keys():
            run, values = next(arriving)
            found[run] = values
        rows += _rows(entry, at, {arm: found[run] for arm, run in arms.items()})
        # The times of all needs are large; no later cell asks for these runs.
        for run in set(arms.values()):
            if last[run] == number:
                del found[run]
    # Ends the bar and the workers.
    for _ in arriving:
        pass
    return pd.DataFrame(rows)


@dataclass(frozen=True)
class Measured:
    """The replications of one setting: replication by metric, and when needs were heard and served.

    `times` is there where a metric asks for it that only a difference has.
    """

    values: np.ndarray
    times: tuple[Any, ...] = ()


def _rows(entry: Entry, at: Mapping[str, Any], arms: Mapping[str, Measured]) -> list[dict[str, Any]]:
    """Return the rows of one cell."""
    from analysis.metrics import metric, value_ranges
    from analysis.statistics.intervals import paired_difference, student_interval

    ranges = value_ranges(entry.metrics)
    rows = []
    for place, (arm, one) in enumerate(arms.items()):
        first = arms[entry.against(arm)]
        mean = student_interval(one.values, bounds=ranges)
        apart = paired_difference(first.values, one.values, bounds=ranges)
        compared = _differences(entry, first, one) if place else {}
        for number, name in enumerate(entry.metrics):
            ends = (mean.mean[number], mean.low[number], mean.high[number])
            paired = (apart.mean[number], apart.low[number], apart.high[number])
            if place == 0:
                paired = (math.nan,) * 3
            paired = compared.get(name, paired)
            rows.append({**at, "arm": arm, "metric": name, "unit": metric(name).unit} | _named(ends, paired))
    return rows


def _differences(entry: Entry, first: Measured, other: Measured) -> dict[str, tuple[float, float, float]]:
    """Return the metrics that only a difference has, each with its interval."""
    from analysis.estimates.heard_and_served import apart
    from analysis.metrics import DIFFERENCES, value_ranges
    from analysis.statistics.intervals import student_interval

    names = [name for name in entry.metrics if name in DIFFERENCES]
    if not names:
        return {}
    each = [apart(mine, theirs) for mine, theirs in zip(first.times, other.times, strict=True)]
    values = [[one[name] for name in names] for one in each]
    found = student_interval(values, bounds=value_ranges(names))
    ends = zip(found.mean, found.low, found.high, strict=True)
    return dict(zip(names, ((float(a), float(b), float(c)) for a, b, c in ends), strict=True))


def _named(ends: Sequence[float], paired: Sequence[float]) -> dict[str, float]:
    return dict(zip(NUMBERS, (float(value) for value in (*ends, *paired)), strict=True))


def _measured(entry: Entry, runs: Sequence[Setting], jobs: int) -> Iterator[Measured]:
    """Yield what each run measured, in their order."""
    work = [(run, entry.seed, entry.replications, entry.metrics) for run in runs]
    with ExitStack() as stack:
        bar = stack.enter_context(progress_bar(len(work), "setting"))
        each: Iterable[Measured] = map(measured, work)
        if jobs > 1 and len(work) > 1:
            warm_cache([runs[0].load()], default_simulate())
            workers = stack.enter_context(Workers(min(jobs, len(work))))
            each = workers.in_order(measured, work)
        for values in each:
            bar.update()
            yield values


def measured(
    work: tuple[Setting, int, int, tuple[str, ...]], simulate: Callable[..., Any] | None = None
) -> Measured:
    """Measure every replication of one setting."""
    from analysis.estimates.estimands import estimate
    from analysis.estimates.heard_and_served import need_times
    from analysis.inputs.ledger import counted
    from analysis.metrics import DIFFERENCES

    run, seed, replications, metrics = work
    scenario = run.load()
    function = simulate or default_simulate()
    twins = any(name in DIFFERENCES for name in metrics)
    rows, times = [], []
    for replication in range(replications):
        records = function(scenario, seed=seed, replication=replication)
        values = dict.fromkeys(DIFFERENCES, math.nan) | estimate(records)
        rows.append([values[name] for name in metrics])
        if twins:
            times.append(need_times(counted(records)))
    table = np.array(rows, dtype=float).reshape(replications, len(metrics))
    return Measured(table, tuple(times))


# --- the table on file -----------------------------------------------------------------------------------


def write_table(name: str, how: str, table: pd.DataFrame) -> str:
    """Return the text of the file that keeps a table, with how and where it was made."""
    head = [f"# {name}: what `cogov reproduce {name}` gave; {how}", f"# made with: {made_with()}"]
    return "\n".join(head) + "\n" + to_csv(table, float_format="%.10g")


def made_with() -> str:
    """What the bits of a result depend on besides this program."""
    found = versions()
    return ", ".join([*(f"{name} {found[name]}" for name in _SHAPING if name in found), platform.machine()])


@dataclass(frozen=True)
class Agreement:
    """How a table compares with the one on file."""

    same: bool
    numbers: int
    differing: int
    text: str
    worst: str = ""


def compare_with_file(
    table: pd.DataFrame, path: Path, intervals: Mapping[str, tuple[str, str]] = INTERVALS
) -> Agreement:
    """Compare a table with the one on file.

    Made on the same type of machine with the same packages, every number must agree to `SAME_RELATIVE`.
    Elsewhere rounding may differ and with it a few events: there two means agree if they are no further apart
    than their two 95 % intervals reach together, and the ends of intervals are not compared.
    """
    text = read_text(path, "expected table")
    lines = [line for line in text.splitlines() if line.startswith("# made with: ")]
    origin = lines[0].removeprefix("# made with: ") if lines else "?"
    numeric = [column for name, ends in intervals.items() for column in (name, *ends)]
    try:
        expected = read_csv(text, comment="#")
        expected = expected.astype(dict.fromkeys((c for c in numeric if c in expected), float))
    except ValueError as error:  # pandas' own are such; a word among the numbers
        wanted = "a table as record=true writes it"
        raise InputError("expected table", path.name, wanted, path, str(error)) from None
    found = read_csv(to_csv(table, float_format="%.10g"))
    keys = [name for name in expected.columns if name not in numeric]
    if list(found.columns) != list(expected.columns) or not found[keys].equals(expected[keys]):
        return Agreement(
            False, 0, 0, "The expected table has other rows or columns: the definition has changed."
        )
    exact = origin == made_with()
    wrong: list[tuple[float, str]] = []
    numbers = 0
    for name in numeric if exact else intervals:
        old, new = expected[name].to_numpy(float), found[name].to_numpy(float)
        allowed = SAME_RELATIVE * np.maximum(np.abs(old), 1e-6)
        if not exact:
            reach = [(side[intervals[name][1]] - side[name]).fillna(0.0) for side in (expected, found)]
            allowed = (reach[0] + reach[1]).to_numpy(float) + 1e-12
        numbers += int(np.isfinite(old).sum())
        # A median of which too few are solved is without bound in both.
        same = (new == old) | (np.isnan(new) & np.isnan(old))
        with np.errstate(invalid="ignore"):
            off = ~(same | (np.abs(new - old) <= allowed)) | (np.isinf(old) & ~same)
        for row in np.flatnonzero(off):
            where = ", ".join(f"{key} {expected[key].iloc[row]}" for key in keys if key != "unit")
            by = abs(new[row] - old[row]) / max(abs(old[row]), 1e-12) if np.isfinite(old[row]) else math.inf
            apart = tell("{}: {} expected {:.6g}, found {:.6g}", where, name, old[row], new[row])
            wrong.append((by, apart))
    how = (
        tell("each to {:g} of its size", SAME_RELATIVE)
        if exact
        else tell("within the intervals, because the table on file was made with {}", origin)
    )
    if not wrong:
        return Agreement(True, numbers, 0, tell("Same: all {} numbers agree, {}.", numbers, how))
    largest = max(wrong)
    text = tell("Different: {} of {} numbers do not agree, {}.", len(wrong), numbers, how)
    return Agreement(False, numbers, len(wrong), text, tell("Furthest off, by {:.2%}: {}", *largest))
