"""Keys that the commands about a city's own file share."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from experiments.arguments.input_hints import MissingInput
from sim.errors import InputError
from sim.input_files.documents import user_path

if TYPE_CHECKING:
    from sim.request_file.loading import RequestStream

#: So long after its last request a file may still be calibrated on.
_LATEST_DAYS = 31


def date_key(own: Mapping[str, str], key: str, usual: date | None = None) -> date:
    """Return the date of a key; without `usual` the key is required."""
    text = own.get(key)
    if text is None and usual is not None:
        return usual
    if text is None:
        raise MissingInput(key, "", "a date written YYYY-MM-DD")
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise InputError(key, text, "a date written YYYY-MM-DD") from None


def request_file(own: Mapping[str, str]) -> "RequestStream":
    """Return the tape of the file that `demand.stream` and `demand.mapping` name."""
    if "demand.stream" not in own:
        raise MissingInput("demand.stream", "", "a file of requests")
    # Dates are read where words are checked, before anything that reads files is loaded.
    from sim.request_file.loading import cached_stream

    mapping = own.get("demand.mapping", "null")
    return cached_stream(
        user_path(own["demand.stream"], "demand.stream"),
        None if mapping == "null" else str(user_path(mapping, "demand.mapping")),
    )


def check_known_until(stream: "RequestStream", key: str, until: date) -> None:
    """Refuse a date so long after the last request that what the file holds would count for nothing.

    Earlier weeks count for less; weeks in which the file was no longer kept would be taken for weeks in which
    nobody asked and what was left over waited.
    """
    last = stream.start_date + timedelta(days=int(stream.arisen_at[-1]))
    if until > last + timedelta(days=_LATEST_DAYS):
        allowed = f"a date up to {last + timedelta(days=_LATEST_DAYS)}"
        raise InputError(key, until.isoformat(), allowed, stream.file, f"its last request is of {last}")
