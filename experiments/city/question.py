"""What is asked of a calibrated city: which folder, which file, which stretch, how many draws."""

import csv
import io
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from experiments.arguments.input_hints import MissingInput
from experiments.arguments.key_values import split_words, whole_number
from experiments.city.demand import Demand, demand_between
from experiments.city.keys import date_key
from experiments.city.words import BOUNDS, FIXED_CAPACITY, POSTERIOR
from experiments.output.ownership import MANIFEST, listing
from sim.city.draw import CityDraw
from sim.city.folder import CalibratedCity, read_city
from sim.errors import InputError, did_you_mean
from sim.input_files.documents import user_path
from sim.request_file.loading import RequestStream, cached_stream
from sim.scenario.seeds import LARGEST_SEED

#: Keys of every question to a calibrated city.
KEYS = (
    "calibrated",
    "demand.stream",
    "demand.mapping",
    "what_if.from",
    "what_if.until",
    "what_if.days",
    "what_if.gamma",
    "draws",
    "seed",
    "out",
    "language",
)
USUAL_DAYS, USUAL_DRAWS = 91, 50
_MOST_DAYS = 3660
_MOST_DRAWS = 10_000


@dataclass(frozen=True, eq=False)
class CityQuestion:
    """What every question to a calibrated city has, checked.

    Parameters
    ----------
    training
        The last weeks before the calibration's end, with what happened in them.
    bounds
        Names of the answers to a backlog, with the gamma of each; None for the posterior's.
    identified
        Whether the calibration found how closing answers to a backlog.
    officers
        How many a team has, where the folder knows.
    organisations
        How many organisations each category needs, by the mapping.
    """

    city: CalibratedCity
    stream: RequestStream
    demand: Demand
    training: Demand
    draws: tuple[CityDraw, ...]
    bounds: Mapping[str, float | None]
    identified: bool
    officers: Mapping[str, int]
    organisations: Mapping[str, int]
    since: date
    until: date
    seed: int
    out: Path


def read_words(words: Sequence[str], further: Sequence[str] = ()) -> dict[str, str]:
    """Return the words of a command as keys and values; whatever is no key of it is refused."""
    keys = (*KEYS, *further)
    own, others = split_words(words, keys)
    for word in others:
        key = word.partition("=")[0].lstrip("+~")
        raise InputError(key, allowed=f"one of {', '.join(keys)}", hint=did_you_mean(key, keys))
    return own


def city_question(own: Mapping[str, str], command: str, staff: bool) -> CityQuestion:
    """Read what every question has; whatever is wrong is one line, before anything is run.

    Parameters
    ----------
    staff
        Whether it asks about more or fewer hands.
    """
    if not own.get("calibrated"):
        raise MissingInput(
            "calibrated", "", allowed="the folder that cogov calibrate wrote", hint="calibrated=FOLDER"
        )
    folder = user_path(own["calibrated"], "calibrated")
    try:
        city = read_city(folder)
    except InputError as error:
        raise InputError("calibrated", error.value, error.allowed, error.file, error.hint) from None
    stream = _stream(own, folder)
    since, until = _stretch(own, city, stream)
    demand = demand_between(stream, since, until, city.origin)
    last_weeks = max(stream.start_date, city.origin - timedelta(days=USUAL_DAYS))
    training = demand_between(stream, last_weeks, city.origin, city.origin)
    identified = gamma_identified(folder)
    count = whole_number("draws", own.get("draws"), min(USUAL_DRAWS, city.draws), 1, _MOST_DRAWS)
    numbers = np.linspace(0, city.draws - 1, min(count, city.draws)).round().astype(int)
    out = own.get("out", f"out/{command}")
    if not out:
        raise InputError("out", out, "the name of a folder")
    return CityQuestion(
        city=city,
        stream=stream,
        demand=demand,
        training=training,
        draws=tuple(city.draw(int(number)) for number in np.unique(numbers)),
        bounds=_bounds(own.get("what_if.gamma"), identified, staff),
        identified=identified,
        officers={
            team: int(number)
            for team, number in zip(city.frame.teams, city.frame.usual_officers, strict=False)
            if number > 0
        },
        organisations=dict(zip(demand.categories, demand.organisations.tolist(), strict=True)),
        since=since,
        until=until,
        seed=whole_number("seed", own.get("seed"), 1, 0, LARGEST_SEED),
        out=user_path(out, "out"),
    )


def _stream(own: Mapping[str, str], folder: Path) -> RequestStream:
    """Return the request file that is named, or that the city was calibrated on."""
    named = {key: own[key] for key in ("demand.stream", "demand.mapping") if own.get(key)}
    if "demand.stream" not in named:
        named = {**_calibrated_on(folder), **named}
    if "demand.stream" not in named:
        hint = f"{folder.name} does not say which it was calibrated on"
        raise InputError("demand.stream", allowed="the city's request file", hint=hint)
    return cached_stream(named["demand.stream"], named.get("demand.mapping"))


def _calibrated_on(folder: Path) -> dict[str, str]:
    """Return file and mapping as the command line that made the folder names them."""
    known = listing(folder)
    try:
        words = shlex.split(str(known.manifest["command"])) if known else []
    except ValueError:
        words = []
    pairs = (word.partition("=") for word in words)
    found = {key: value for key, _, value in pairs if key in ("demand.stream", "demand.mapping")}
    stream = found.get("demand.stream")
    if stream and not Path(stream).exists():
        hint = (
            f"{MANIFEST} of {folder.name} names it, and it is not there; say where it is: demand.stream=FILE"
        )
        raise InputError("demand.stream", stream, "the file that the city was calibrated on", hint=hint)
    return found


def _stretch(own: Mapping[str, str], city: CalibratedCity, stream: RequestStream) -> tuple[date, date]:
    first = stream.start_date + timedelta(days=int(stream.arisen_at[0]))
    last = stream.start_date + timedelta(days=int(stream.arisen_at[-1]) + 1)
    days = whole_number("what_if.days", own.get("what_if.days"), USUAL_DAYS, 7, _MOST_DAYS)
    until = date_key(own, "what_if.until", min(city.origin, last))
    since = date_key(own, "what_if.from", max(first, until - timedelta(days=days)))
    if "what_if.from" in own and "what_if.until" not in own and "what_if.days" in own:
        until = min(last, since + timedelta(days=days))
    if not first <= since < until:
        raise InputError(
            "what_if.from", since.isoformat(), f"from {first} on and before what_if.until ({until})"
        )
    if until > last:
        hint = "the file has no request after it"
        raise InputError("what_if.until", until.isoformat(), f"at most {last}", hint=hint)
    return since, until


def _bounds(asked: str | None, identified: bool, staff: bool) -> Mapping[str, float | None]:
    if asked is None and identified:
        # What a file tells of backlogs is told of hands by analogy only, so their other end is shown as well.
        return {POSTERIOR: None, FIXED_CAPACITY: BOUNDS[FIXED_CAPACITY]} if staff else {POSTERIOR: None}
    if asked is None:
        return BOUNDS
    if asked == "posterior":
        return {POSTERIOR: None}
    if asked == "bounds":
        return BOUNDS
    try:
        gamma = float(asked)
    except ValueError:
        gamma = -1.0
    if not 0.0 <= gamma <= 1.0:
        raise InputError("what_if.gamma", asked, "posterior, bounds, or a number from 0 to 1")
    return {f"gamma {gamma:g}": gamma}


def gamma_identified(folder: Path) -> bool:
    """Say whether the calibration found how closing answers to a backlog; what is not said is not known."""
    try:
        text = (folder / "identified.csv").read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return False
    for row in csv.DictReader(io.StringIO(text)):
        if row.get("parameter") == "gamma":
            return (row.get("verdict") or "").startswith("identified")
    return False
