"""Beijing's hotline: stated rates of two months, to which three numbers are fitted, and two months predicted.

What is published are rates *as stated at call-backs and counted in evaluations*, in which the evaluated have
an interest. Volumes are given to the model: requests received a year, as a multiple of those of 2019. The
fitted numbers stand in the scenario `hotline_2019`; `python -m experiments.hotline_path` fits them anew.
"""

import datetime
import math
from collections.abc import Mapping
from typing import Any, NamedTuple

from analysis.validation.row import Measure, Row

SCENARIO = "hotline_2019"
#: Time 0 of the scenario.
_START = datetime.date(2017, 11, 27)


def day(date: datetime.date) -> int:
    """Return the day of a date, from time 0."""
    return (date - _START).days


class Month(NamedTuple):
    """A month with published rates: its name, first day and the day after its last, and what was stated."""

    name: str
    first: int
    after: int
    resolution: float
    satisfaction: float
    source: str

    @property
    def since(self) -> int:
        """Months since January 2019."""
        return round((self.first - day(datetime.date(2019, 1, 1))) / (365.25 / 12.0))


def _month(year: int, month: int, resolution: float, satisfaction: float, source: str) -> Month:
    first = datetime.date(year, month, 1)
    after = datetime.date(year + month // 12, month % 12 + 1, 1)
    return Month(first.strftime("%B %Y"), day(first), day(after), resolution, satisfaction, source)


FITTED = (
    _month(2019, 1, 0.531, 0.646, "bjdj.gov.cn 2019-10-30"),
    _month(2019, 10, 0.744, 0.854, "bjdj.gov.cn 2019-10-30"),
)
PREDICTED = (
    _month(2021, 11, 0.89, 0.92, "Beijing Youth Daily, December 2021"),
    _month(2024, 12, 0.97, 0.973, "en.humanrights.cn 2024-12-19"),
)
#: Requests received, as multiples of the 6.96 million of 2019: 11.04 million in 2020; of 31.34 million from
#: 2019 to November 2021 what is left, as a year; 21.43 million in 2023, 2022 halfway, 2024 as 2023.
VOLUMES = {2020: 1.59, 2021: 2.09, 2022: 2.58, 2023: 3.08, 2024: 3.08}


def given(volumes: Mapping[int, float] | None = None, until: int | None = None) -> dict[str, object]:
    """Return the settings of a run of the path, up to and without day `until`, with volumes given."""
    volumes = VOLUMES if volumes is None else volumes
    until = PREDICTED[-1].after if until is None else until
    surges = []
    for year, factor in volumes.items():
        first, after = (day(datetime.date(y, 1, 1)) for y in (year, year + 1))
        if first < until:
            surges.append(f"{{start_day: {first}, days: {after - first}, factor: {factor}}}")
    return {
        "horizon_days": until - 399,
        "followup_days": 0,
        "shocks.surges": f"[{', '.join(surges)}]",
    }


#: Rate, and the counters of the daily series that make it: part, whole.
RATES = {
    "stated resolution": ("stated_solved", "answered"),
    "stated satisfaction": ("stated_satisfied", "answered"),
    "true resolution": ("called_solved", "called"),
}


def counts(records: Any, month: Month) -> dict[str, float]:
    """Return how the counters grew in a month, all communities together."""
    daily = records.daily
    names = sorted({name for pair in RATES.values() for name in pair})
    last = daily.loc[daily["day"] == month.after - 1, names].sum()
    before = daily.loc[daily["day"] == month.first - 1, names].sum()
    return {name: float(last[name] - before[name]) for name in names}


def rate(records: Any, which: str, month: Month) -> float:
    """Return one of `RATES` in a month; NaN if nobody was called."""
    part, whole = RATES[which]
    found = counts(records, month)
    return found[part] / found[whole] if found[whole] > 0.0 else math.nan


def forecasts(first: float, second: float, at: Month) -> dict[str, float]:
    """Return what plain forecasts say of a month after the two of `FITTED`, whose rates are given."""
    months = FITTED[1].since - FITTED[0].since
    steps = (at.since - FITTED[0].since) / months
    low, high = (math.log(p / (1.0 - p)) for p in (first, second))
    return {
        "last value": second,
        "straight line": min(1.0, first + (second - first) * steps),
        "logistic curve": 1.0 / (1.0 + math.exp(-(low + (high - low) * steps))),
    }


def _measure(which: str, month: Month) -> Measure:
    def measured(records: Any) -> float:
        return rate(records, which, month)

    return measured


_CHINESE = {"stated resolution": "回访所称解决率", "stated satisfaction": "回访所称满意率"}
_ONE = "One number is fitted to the satisfaction of both months."
_RIGHT = "The place is small: the mean over other runs than those of the fit differs by a point or two."
_TOO_LOW = {
    "staff as in 2019": (
        "At three times the requests and with the same staff cases wait beyond their dates. How staff grew "
        "is not published."
    ),
    "staff grown with requests": (
        "What is left unsolved are cases past their dates, of several organisations most of all: cards move "
        "the lowest in rank, and the model knows no other reform after 2019."
    ),
}
_TOO_HIGH = "Cards add up and never fade, so that pressure goes on rising."


def _row(month: Month, which: str, name: str, label: str, settings: dict[str, object], kind: str) -> Row:
    target = month.resolution if which == "stated resolution" else month.satisfaction
    fitted = kind == "calibrated"
    reason = _ONE if which == "stated satisfaction" else _RIGHT
    return Row(
        name,
        kind,
        f"Beijing hotline, {which}, {month.name}{label}",
        f"北京12345{_CHINESE[which]}（{month.name}{_STAFF[label]}）",
        target,
        target - 0.05,
        min(1.0, target + 0.05),
        month.source,
        _measure(which, month),
        "share",
        SCENARIO,
        settings,
        too_low=reason if fitted else _TOO_LOW[label.removeprefix(", ")],
        too_high=reason if fitted else _TOO_HIGH,
        predicts="" if fitted else f"{month.name}, fitted on January and October 2019",
    )


_STAFF = {"": "", ", staff as in 2019": "，人员同2019年", ", staff grown with requests": "，人员随受理量增加"}


def _rows() -> list[Row]:
    rows = []
    for month in FITTED:
        for which in _CHINESE:
            name = f"hotline_{which.split()[1]}_{month.since}"
            rows.append(_row(month, which, name, "", given({}, FITTED[-1].after), "calibrated"))
    for label, settings in ((", staff as in 2019", given()), (", staff grown with requests", given({}))):
        for month in PREDICTED:
            for which in _CHINESE:
                name = f"hotline_{which.split()[1]}_{month.since}{'_grown' if 'grown' in label else ''}"
                rows.append(_row(month, which, name, label, settings, "genuine"))
    return rows


HOTLINE: tuple[Row, ...] = tuple(_rows())
