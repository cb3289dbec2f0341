"""A backtest: forecasts from one origin or several, each from what was known there, and their scores."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np
import pandas as pd

from analysis.calibration.whole_days import closing_instants, closings_are_dates, dates_of
from analysis.forecasts.rivals.boosted import Boosted
from analysis.forecasts.rivals.kaplan_meier import KaplanMeier
from analysis.forecasts.rivals.lognormal import LogNormal
from analysis.forecasts.rivals.method import Method
from analysis.forecasts.scores import Part, largest, score_table
from analysis.forecasts.surges import surge_table, surges
from analysis.forecasts.window import Forecast, Window, day_of, last_seen, origins_of, window_of
from analysis.request_files.breaks import Break, breaks
from experiments.city.backtests.question import Question
from sim.errors import InputError
from sim.request_file.loading import RequestStream

#: Every rival by name, in the order of `RIVAL_NAMES`.
RIVALS: Mapping[str, Method] = {
    one.name: one
    for one in (
        KaplanMeier(),
        KaplanMeier("kaplan_meier_28", 28.0),
        LogNormal(),
        Boosted(),
        Boosted("boosted_backlog", with_backlog=True),
    )
}
#: Fewer known requests are nothing to forecast from.
FEWEST_KNOWN = 50

Told = Callable[[], None]


@dataclass(frozen=True)
class Changed:
    """A category whose practice changed within the window: nobody could know at the origin."""

    category: str
    reason: str


@dataclass(frozen=True)
class Backtest:
    """Forecasts and what they are worth."""

    windows: Sequence[Window]
    parts: Mapping[str, Sequence[Part]]
    """By method, one of each origin."""
    categories: Sequence[int]
    """The largest, the largest first."""
    table: pd.DataFrame
    changed: Sequence[Changed]
    surges: pd.DataFrame

    def names(self) -> list[str]:
        """Return the names of the largest categories."""
        return [self.windows[0].known.categories[code] for code in self.categories]


def windows_of(stream: RequestStream, asked: Question) -> list[Window]:
    """Return the windows of a question, those without requests left out.

    Raises
    ------
    InputError
        If the file holds too little before the origin, or nothing in the window.
    """
    origin, until = day_of(stream, asked.origin), day_of(stream, asked.until)
    first = stream.start_date + timedelta(days=int(stream.arisen_at[0]))
    last = stream.start_date + timedelta(days=int(stream.arisen_at[-1]))
    told = f"its requests are of {first} to {last}"
    if (stream.arisen_at < origin).sum() < FEWEST_KNOWN:
        raise InputError(
            "backtest.origin", asked.origin.isoformat(), f"a day with {FEWEST_KNOWN} requests before it",
            stream.file, told,
        )  # fmt: skip
    spans = [(origin, until)] if asked.every_days is None else origins_of(origin, until, asked.every_days)
    windows = [window_of(stream, *span) for span in spans]
    windows = [window for window in windows if len(window.asked.row)]
    if not windows:
        raise InputError(
            "backtest.until", asked.until.isoformat(), "a window that holds requests", stream.file, told
        )
    return windows


def forecasts(
    windows: Sequence[Window], methods: Sequence[Method], asked: Question, told: Told
) -> Iterator[tuple[str, list[Part]]]:
    """Yield each method's forecasts from every origin; `told` is called after each."""
    for method in methods:
        parts = []
        for number, window in enumerate(windows):
            known = window.known
            in_days = closings_are_dates(known.arisen_at, known.closed_at)
            known = replace(known, closed_at=closing_instants(known.arisen_at, known.closed_at))
            forecast = method.forecast(known, window.asked, asked.draws, asked.seed + number)
            # What happened is known to the day where the file has dates alone, and so is what is forecast.
            parts.append((window, to_the_day(window, forecast) if in_days else forecast))
            told()
        yield method.name, parts


def to_the_day(window: Window, forecast: Forecast) -> Forecast:
    """Return a forecast as a file with dates alone would have it."""
    origin, arisen = window.known.origin, window.asked.arisen_at
    return Forecast(
        dates_of(arisen, arisen + forecast.days) - arisen, np.floor(origin + forecast.backlog_days) - origin
    )


def backtest(
    stream: RequestStream, asked: Question, methods: Sequence[Method], told: Told = lambda: None
) -> Backtest:
    """Forecast with every method and score."""
    windows = windows_of(stream, asked)
    parts = dict(forecasts(windows, methods, asked, told))
    codes = largest(windows, asked.largest)
    table = score_table(parts.items(), codes, asked.horizon_days)
    found = surges(windows[0]) if len(windows) == 1 else pd.DataFrame()
    shocks = (
        surge_table(found, {name: mine[0] for name, mine in parts.items()}, asked.horizon_days)
        if len(found)
        else pd.DataFrame()
    )
    return Backtest(windows, parts, codes, table, changed_practices(stream, windows, codes), shocks)


def changed_practices(
    stream: RequestStream, windows: Sequence[Window], codes: Sequence[int]
) -> list[Changed]:
    """Return which of the categories changed their practice within the window, by the whole file."""
    origin, until = windows[0].known.origin, windows[-1].until
    found = breaks(stream.arisen_at, stream.closed_at, stream.category, last_seen(stream))
    return [
        Changed(stream.categories[one.category], _reason(stream, one))
        for code in codes
        for one in found
        if one.category == code and origin <= one.day < until
    ]


def _reason(stream: RequestStream, one: Break) -> str:
    day = stream.start_date + timedelta(days=int(one.day))
    before, after = one.before, one.after
    now, then = (
        f"{one.closed_at_once:.0%} closed at once, {one.closed_7_days:.0%} within 7 days, "
        f"half by {one.median_days:.2f} days"
        for one in (after, before)
    )
    return f"from {day} on {now}; before {then}"


def forecast_table(parts: Sequence[Part]) -> pd.DataFrame:
    """Return one row a request asked and draw: row in the file, draw, days_to_close."""
    frames = []
    for window, forecast in parts:
        draws, requests = forecast.days.shape
        frames.append(
            pd.DataFrame(
                {
                    "row": np.repeat(window.asked.row, draws),
                    "draw": np.tile(np.arange(draws, dtype=np.int32), requests),
                    "days_to_close": forecast.days.T.reshape(-1).astype(float),
                }
            )
        )
    return pd.concat(frames, ignore_index=True)
