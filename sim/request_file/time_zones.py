"""Zones of time: what a time says of its own, and the clocks of the city that the mapping names.

A replay runs on the city's clock, in naive local time. Where a moment is known (the file names an offset, or
the mapping a zone and the hour came once), it is kept beside the local time, so that what lasted over a
change of the clocks has its true length.
"""

import re
from functools import lru_cache
from typing import Any

import numpy as np

_OFFSET = re.compile(r"(?P<name>[A-Za-z]{0,5})[ ]?(?:(?P<sign>[+-])(?P<hours>\d{1,2}):?(?P<minutes>\d{2})?)?")
_WORLD = ("", "Z", "UTC", "GMT")


@lru_cache(maxsize=1)
def zone_names() -> frozenset[str]:
    """Return the names of zones that this computer knows."""
    import zoneinfo  # here and below, so that a run without zones does not load it

    return frozenset(zoneinfo.available_timezones())


def offset_minutes(zone: str, city: str) -> int | None:
    """Return the minutes that a zone's clock is ahead of the world's; None where that is not known.

    The short name of a zone counts if it is one of the city's own: CST is China's time in a file of Shanghai
    and Chicago's in one of Chicago.
    """
    found = _OFFSET.fullmatch(zone)
    if found is None:
        return None
    name = found["name"].upper()
    if found["sign"]:
        minutes = int(found["hours"]) * 60 + int(found["minutes"] or 0)
        if minutes > 14 * 60 or int(found["minutes"] or 0) > 59:
            return None
        return -minutes if found["sign"] == "-" else minutes
    if name in _WORLD:
        return 0
    return _short_names(city).get(name)


@lru_cache(maxsize=8)
def _short_names(city: str) -> dict[str, int]:
    """Return the short names of a city's zone in recent years, with their minutes."""
    import zoneinfo
    from datetime import datetime

    found: dict[str, int] = {}
    for month in (1, 7):
        time = datetime(2024, month, 1, tzinfo=zoneinfo.ZoneInfo(city))
        offset = time.utcoffset()
        if offset is not None:
            found[time.tzname() or ""] = int(offset.total_seconds()) // 60
    return found


def moments(written: np.ndarray, zones: list[str], city: str) -> np.ndarray:
    """Return the moments (world time) of times as written in their own zones, NaT where a zone is unknown."""
    utc = np.full(len(written), np.datetime64("NaT", "us"))
    codes: dict[str, int] = {}
    of_row = np.fromiter((codes.setdefault(zone, len(codes)) for zone in zones), np.int64, len(zones))
    for zone, code in codes.items():
        rows = np.flatnonzero(of_row == code)
        if not zone or "/" in zone:
            if not zone or zone in zone_names():
                utc[rows] = from_local(written[rows], zone or city)
            continue
        minutes = offset_minutes(zone, city)
        if minutes is not None:
            utc[rows] = written[rows] - np.timedelta64(minutes, "m")
    return utc


def _datable(times: np.ndarray) -> np.ndarray:
    """Return the times with NaT for those in years that no clock shows: zones are known from 1 to 9999."""
    first, last = np.datetime64("0001-01-03", "us"), np.datetime64("9999-12-29", "us")
    return np.where((times > first) & (times < last), times, np.datetime64("NaT", "us"))


def to_local(utc: np.ndarray, city: str) -> np.ndarray:
    """Return what the city's clocks showed at these moments."""
    import pandas as pd

    local: Any = pd.DatetimeIndex(_datable(utc)).tz_localize("UTC").tz_convert(city).tz_localize(None)
    return np.asarray(local, "datetime64[us]")


def from_local(local: np.ndarray, city: str) -> np.ndarray:
    """Return the moments of the city's local times, NaT for an hour that came twice or never."""
    import pandas as pd

    index = pd.DatetimeIndex(_datable(local))
    zoned: Any = index.tz_localize(city, ambiguous="NaT", nonexistent="NaT").tz_convert("UTC")
    return np.asarray(zoned.tz_localize(None), "datetime64[us]")


def twice_or_never(local: np.ndarray, city: str) -> tuple[np.ndarray, np.ndarray]:
    """Mark the local times in an hour that the city's clocks showed twice, and in one that they skipped."""
    import pandas as pd

    local = _datable(local)
    index = pd.DatetimeIndex(local)
    there = ~np.isnat(local)
    first: Any = index.tz_localize(city, ambiguous="NaT", nonexistent="shift_forward")
    twice = there & np.asarray(first.isna())
    skipped: Any = index.tz_localize(city, ambiguous=np.ones(len(index), bool), nonexistent="NaT")
    return twice, there & np.asarray(skipped.isna())
