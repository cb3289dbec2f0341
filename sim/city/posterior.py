"""The values of a calibrated city: a long table on disk, tables of one draw where they are asked for.

Kept as they come, by draw: category by team by draw would be a hundred times as large as what was seen.
"""

import io
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from sim.city.draw import HOURS_A_WEEK, TENTHS
from sim.errors import InputError
from sim.input_files.documents import read_bytes

_LARGEST = 2**30
_COLUMNS = ("draw", "parameter", "team", "category", "bin", "value")
#: A clock whose mean is further from 1 than this is no clock in working days.
_MEAN_OFF = 0.02


class _Parameter(NamedTuple):
    """What tells a parameter's values apart, their bounds, and what it is where the file is silent."""

    axes: tuple[str, ...] = ()
    most: float = 1.0
    neutral: float = 0.0
    least: float = 0.0


#: A team of −1 stands for all teams of the category; a row for a pair comes before it.
_PAIR = ("category", "team")
PARAMETERS = {
    "at_once": _Parameter(("category",)),
    "at_once_delay": _Parameter(("category", "bin"), 1440.0, math.nan),
    "never": _Parameter(_PAIR),
    "pace": _Parameter(_PAIR, 1e6, 1.0),
    "hazard": _Parameter(("category", "bin"), 1e12, math.nan),
    "clock": _Parameter(("team", "bin"), float(HOURS_A_WEEK), 1.0),
    "weekly_cv": _Parameter(("team",), 5.0),
    "gamma": _Parameter((), 3.0),
    "mobilisation": _Parameter((), 5.0),
    "put_off": _Parameter((), 5.0),
    "due_effect": _Parameter((), 5.0, 0.0, -5.0),
}


@dataclass(frozen=True, eq=False)
class _Rows:
    """The rows of a parameter in the order of their draws: where in its table each goes, and its value."""

    common: np.ndarray
    """What is the same in all draws, as a flat table."""
    shape: tuple[int, ...]
    starts: np.ndarray
    """First row of each draw, and the end."""
    places: np.ndarray
    values: np.ndarray

    def table(self, draw: int) -> np.ndarray:
        """Return the table of one draw."""
        own = slice(int(self.starts[draw]), int(self.starts[draw + 1]))
        flat = self.common.copy()
        flat[self.places[own]] = self.values[own]
        return flat.reshape(self.shape)


@dataclass(frozen=True, eq=False)
class Posterior:
    """All parameters of a folder, checked."""

    rows: Mapping[str, _Rows]
    at_once_minutes: float

    def draw(self, number: int) -> dict[str, Any]:
        """Return the values of one draw by parameter, each as a table or a number."""
        found: dict[str, Any] = {}
        for name in PARAMETERS:
            table = self.rows[name].table(number)
            if name in ("never", "pace"):
                of_all, pairs = table[:, :1], table[:, 1:]
                table = np.where(np.isnan(pairs), of_all, pairs)
            found[name] = float(table) if table.ndim == 0 else table
        uniform = np.linspace(0.0, self.at_once_minutes, TENTHS)
        found["at_once_delay"] = np.where(np.isnan(found["at_once_delay"]), uniform, found["at_once_delay"])
        found["clock"] = found["clock"] / found["clock"].mean(axis=1, keepdims=True)
        return found


def read_posterior(
    path: Path, draws: int, teams: int, categories: int, bins: int, at_once_minutes: float
) -> Posterior:
    """Read and check the values of a calibrated city.

    Raises
    ------
    InputError
        If they cannot be used, in one line that says why.
    """
    table = _table(path)
    names = table["parameter"].to_numpy(str)
    unknown = ~np.isin(names, list(PARAMETERS))
    if unknown.any():
        raise _fault(path, str(names[unknown][0])[:60], f"one of {', '.join(PARAMETERS)}")
    codes = {name: table[name].to_numpy() for name in ("draw", "team", "category", "bin")}
    if ((codes["draw"] < -1) | (codes["draw"] >= draws)).any():
        raise _fault(path, "draw", f"from -1 to {draws - 1}, as city.json says")
    values = table["value"].to_numpy()
    rows = {}
    for name, known in PARAMETERS.items():
        mine = names == name
        own = {axis: code[mine] for axis, code in codes.items()}
        width = {"clock": HOURS_A_WEEK, "at_once_delay": TENTHS}.get(name, bins)
        sizes = {"team": teams, "category": categories, "bin": width}
        rows[name] = _rows(path, name, known, own, values[mine], sizes, draws)
    posterior = Posterior(rows, at_once_minutes)
    _check(path, posterior, draws)
    return posterior


def _rows(
    path: Path,
    name: str,
    known: _Parameter,
    codes: Mapping[str, np.ndarray],
    values: np.ndarray,
    sizes: Mapping[str, int],
    draws: int,
) -> _Rows:
    if not np.isfinite(values).all() or ((values < known.least) | (values > known.most)).any():
        raise _fault(path, name, f"numbers from {known.least:g} to {known.most:g}")
    pair = known.axes == _PAIR
    shape, places = [], np.zeros(values.shape[0], np.int64)
    for axis in known.axes:
        # The first place of a pair's row is that of all teams.
        first = -1 if pair and axis == "team" else 0
        code = codes[axis]
        if ((code < first) | (code >= sizes[axis])).any():
            raise _fault(path, f"{axis} of {name}", f"from {first} to {sizes[axis] - 1}, as city.json says")
        shape.append(sizes[axis] - first)
        places = places * shape[-1] + code - first
    common = np.full(shape, known.neutral)
    if pair:
        common[:, 1:] = math.nan
    flat = common.reshape(-1)
    same = codes["draw"] == -1
    flat[places[same]] = values[same]
    order = np.argsort(codes["draw"][~same], kind="stable")
    draw = codes["draw"][~same][order]
    starts = np.searchsorted(draw, np.arange(draws + 1))
    return _Rows(flat, tuple(shape), starts, places[~same][order], values[~same][order])


def _check(path: Path, posterior: Posterior, draws: int) -> None:
    for number in range(draws):
        if np.isnan(posterior.rows["hazard"].table(number)).any():
            raise _fault(path, "hazard", "there for every category and bin, in every draw")
        clock = posterior.rows["clock"]
        if number == 0 or clock.values.shape[0]:
            off = np.abs(clock.table(number).mean(axis=1) - 1.0).max()
            if off > _MEAN_OFF:
                raise _fault(path, "clock", "168 rates a team with the mean 1")


def _table(path: Path) -> Any:
    import pandas as pd

    raw = read_bytes(path, "city.folder", _LARGEST)
    try:
        table = pd.read_parquet(io.BytesIO(raw), columns=list(_COLUMNS))
        kinds = dict.fromkeys(("draw", "team", "category", "bin"), np.int64)
        return table.astype({**kinds, "parameter": str, "value": np.float64})
    except Exception:
        # pyarrow has errors of its own for each way in which a file can be broken.
        raise _fault(path, "", f"a Parquet table of the columns {', '.join(_COLUMNS)}") from None


def _fault(path: Path, key: str, allowed: str) -> InputError:
    return InputError(key or "posterior.parquet", "", allowed, path, "calibrate again")
