"""A zone whose clocks show the times of a file, where these name their offset from the world's.

Several zones may: any of them replays the same clock. An offset of none ("Z") tells nothing of the city.
"""

from collections.abc import Collection

import numpy as np

#: One zone for each clock that cities of some size live by; the first that fits all offsets is taken.
_CANDIDATES = (
    "Asia/Shanghai", "Asia/Tokyo", "Asia/Singapore", "Asia/Kolkata", "Asia/Dubai", "Asia/Jakarta",
    "Europe/Helsinki", "Europe/Berlin", "Europe/London", "Europe/Moscow", "Europe/Istanbul",
    "America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles",
    "America/Anchorage", "Pacific/Honolulu", "America/Halifax", "America/Sao_Paulo", "America/Bogota",
    "America/Argentina/Buenos_Aires", "Australia/Sydney", "Australia/Brisbane", "Australia/Perth",
    "Australia/Adelaide", "Pacific/Auckland", "Africa/Johannesburg", "Africa/Lagos", "Africa/Cairo",
)  # fmt: skip


def zone_of(zones: Collection[str], times: np.ndarray | None) -> str | None:
    """Return a zone that has every offset named in a file, in the months of its times; None where none can.

    Offsets are not held against their rows: a file with both offsets of a year with changing clocks fits the
    zones that change between them, one with a single offset those that keep it all the while.
    """
    from sim.request_file.time_zones import offset_minutes

    if not zones or times is None:
        return None
    offsets = {offset_minutes(zone, "UTC") for zone in zones}
    if None in offsets or offsets == {0}:
        return None
    there = times[~np.isnat(times)]
    months = np.unique(there.astype("datetime64[M]"))
    for name in _CANDIDATES:
        if _offsets_of(name, months) == offsets:
            return name
    return next((name for name in _CANDIDATES if offsets <= _offsets_of(name, months)), None)


def _offsets_of(name: str, months: np.ndarray) -> set[int | None]:
    import zoneinfo
    from datetime import datetime, timedelta

    zone = zoneinfo.ZoneInfo(name)
    found: set[int | None] = set()
    for month in months.tolist():
        for day in (2, 28):
            offset = datetime(month.year, month.month, day, 12, tzinfo=zone).utcoffset()
            found.add(None if offset is None else int(offset / timedelta(minutes=1)))
    return found
