"""What the analysis reads, and the needs of one run as arrays.

The counting window is ``warmup_days <= arisen_at < warmup_days + horizon_days``. Every need that arose in
it counts, reported or not; a need is watched until the run ends, ``warmup + horizon + followup`` days after
time 0.
"""

import bisect
import functools
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.inputs.working_day_clock import WorkingClock
from analysis.metrics import SOLVERS

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int8]
Flags = npt.NDArray[np.bool_]
#: Which rows of a table: a stretch of it where they lie together, else a flag a row.
Rows = Flags | slice

#: Days from arising within which a need is heard and solved, or is not.
HORIZON_DAYS = 180.0
STATUSES = ("open", "solved", "paper_closed", "shelved", "withdrawn", "silent")


class Records(Protocol):
    """One run, as far as the analysis looks at it: any object with these attributes will do."""

    cases: pd.DataFrame
    daily: pd.DataFrame
    people: pd.DataFrame
    settings: Any
    scenario: str
    replication: int


@dataclass(frozen=True)
class Needs:
    """The needs of one run that count, a column an array; times in days, NaN where a thing did not happen.

    Attributes
    ----------
    followed
        Days from arising to the end of the run: how long the need was watched.
    status
        Index into `STATUSES`, as the ledger stands at the end of the run.
    solved_by
        Index into `SOLVERS`, -1 for a need never truly solved.
    run_end
        The time at which the run ended.
    rows
        Which rows of the ledger they are.
    """

    case_id: npt.NDArray[np.int64]
    arisen: Floats
    reported: Floats
    closed: Floats
    solved: Floats
    followed: Floats
    status: Codes
    solved_by: Codes
    organisations: npt.NDArray[np.int64]
    requester_id: npt.NDArray[np.int64]
    clock: WorkingClock
    run_end: float
    rows: Rows

    def __len__(self) -> int:
        return len(self.arisen)

    @functools.cached_property
    def is_reported(self) -> Flags:
        """Which of them were ever reported."""
        return np.isfinite(self.reported)

    def worked(self, name: str) -> Floats:
        """Return the working days from time 0 to a column of times, such as `arisen`, or to `run_end`."""
        if name not in self._worked:
            self._worked[name] = self.clock.elapsed(np.asarray(getattr(self, name)))
        return self._worked[name]

    @functools.cached_property
    def _worked(self) -> dict[str, Floats]:
        return {}


def window(settings: Any) -> tuple[float, float]:
    """Return the first day of the counting window and the first day after it."""
    start = float(settings.warmup_days)
    return start, start + float(settings.horizon_days)


def in_window(cases: Any, settings: Any) -> Rows:
    """Tell the rows of the ledger, a table or what `columns` returns, whose need arose in the window."""
    arisen = np.asarray(cases["arisen_at"], float)
    start, stop = window(settings)
    # As a run leaves them needs are in the order in which they arose.
    if bool((arisen[1:] >= arisen[:-1]).all()):
        return slice(bisect.bisect_left(arisen, start), bisect.bisect_left(arisen, stop))
    return np.asarray((arisen >= start) & (arisen < stop))


def columns(records: Records, table: str = "cases") -> Any:
    """Return a table of a run by column: the table itself if it is there, else what has its columns.

    Of a small run, to make a table takes longer than to estimate from a few of its columns. What is common to
    both: `name in columns`, and a column as an array by ``np.asarray(columns[name], type)``; names by
    `named`.
    """
    apart = "case_columns" if table == "cases" else f"{table}_columns"
    found = getattr(records, apart, None)
    return frame(records, table) if found is None or table in vars(records) else found


def named(column: pd.Series | pd.Categorical) -> pd.Categorical:
    """Return a column of names as their codes, with the names they stand for."""
    return column if isinstance(column, pd.Categorical) else column.astype("category").array


def is_named(column: pd.Series | pd.Categorical, name: str) -> Flags:
    """Mark where a column of names has this name."""
    known = named(column)
    place = known.categories.get_loc(name) if name in known.categories else len(known.categories)
    return np.asarray(known.codes == place)


def counted_columns(records: Records, *names: str) -> list[np.ndarray]:
    """Return columns of the ledger as arrays, for the needs that `counted` takes and in the same order.

    Columns of names come as text. Taking a few columns costs a tenth of taking the rows.
    """
    keep = in_window(records.cases, records.settings)
    return [np.asarray(records.cases[name].to_numpy())[keep] for name in names]


def counted(records: Records) -> Needs:
    """Take the needs of the counting window out of the ledger."""
    settings = records.settings
    cases = columns(records)
    keep = in_window(cases, settings)
    run_end = window(settings)[1] + float(settings.followup_days)

    def times(name: str) -> Floats:
        return np.ascontiguousarray(np.asarray(cases[name], float)[keep])

    def numbers(name: str) -> npt.NDArray[np.int64]:
        return np.ascontiguousarray(np.asarray(cases[name], np.int64)[keep])

    arisen = times("arisen_at")
    return Needs(
        case_id=numbers("case_id"),
        arisen=arisen,
        reported=times("reported_at"),
        closed=times("closed_at"),
        solved=times("solved_at"),
        followed=run_end - arisen,
        status=codes(cases["status"], STATUSES, False, "status")[keep],
        solved_by=codes(cases["solved_by"], SOLVERS, True, "solved_by")[keep],
        organisations=numbers("organisations_needed"),
        requester_id=numbers("requester_id"),
        clock=WorkingClock.from_settings(settings),
        run_end=run_end,
        rows=keep,
    )


def codes(column: pd.Series | pd.Categorical, labels: tuple[str, ...], missing: bool, name: str) -> Codes:
    """Turn a column of names into positions in `labels`.

    Raises
    ------
    ValueError
        If the column holds a name that is not among the labels, or a gap where none is allowed: a new ending
        must be given a place in the estimands, never fall out of the shares unseen.
    """
    known = named(column)
    position = {label: number for number, label in enumerate(labels)}
    # The last entry answers for -1, the code of a gap.
    lookup = np.array([position.get(label, -2) for label in known.categories] + [-1], dtype=np.int8)
    result = lookup[np.asarray(known.codes)]
    unknown = result == -2 if missing else result < 0
    if unknown.any():
        found = sorted({str(value) for value in column[unknown].unique()})
        raise ValueError(f"column {name}: unknown value {', '.join(found)}; known: {', '.join(labels)}")
    return result


def growth(daily: pd.DataFrame, name: str, settings: Any) -> float:
    """Return by how much a running total of the daily series grew in the counting window, all communities."""
    first, after = window(settings)
    day, total = daily["day"].to_numpy(), daily[name].to_numpy(float)
    if not (day == after - 1).any():
        return float("nan")
    return float(total[day == after - 1].sum() - total[day == first - 1].sum())


def frame(records: Any, name: str) -> pd.DataFrame:
    """Return one of the data frames of a run, empty where the run kept none."""
    value = getattr(records, name, None)
    return value if isinstance(value, pd.DataFrame) else pd.DataFrame()


def has(table: Any, *names: str) -> bool:
    """Say whether a table, or what `columns` returns, has all these columns."""
    return all(name in table for name in names)
