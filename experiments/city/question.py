"""What is asked of a calibrated city, with its data: which city and file, which stretch, how many draws."""

import csv
import io
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from experiments.city.demand import Demand, demand_between
from experiments.city.question_words import USUAL_DAYS, CityWords
from experiments.city.words import BOUNDS, FIXED_CAPACITY, POSTERIOR
from experiments.output.ownership import MANIFEST, listing
from sim.city.draw import CityDraw
from sim.city.folder import CalibratedCity, read_city
from sim.errors import InputError
from sim.request_file.loading import RequestStream, cached_stream


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


def city_question(words: CityWords, staff: bool) -> CityQuestion:
    """Read the data that a question is about; whatever is wrong is one line, before anything is run.

    Parameters
    ----------
    staff
        Whether it asks about more or fewer hands.
    """
    folder = words.folder
    try:
        city = read_city(folder)
    except InputError as error:
        raise InputError("calibrated", error.value, error.allowed, error.file, error.hint) from None
    stream = _stream(words)
    since, until = _stretch(words, city, stream)
    demand = demand_between(stream, since, until, city.origin)
    last_weeks = max(stream.start_date, city.origin - timedelta(days=USUAL_DAYS))
    training = demand_between(stream, last_weeks, city.origin, city.origin)
    identified = gamma_identified(folder)
    numbers = np.linspace(0, city.draws - 1, min(words.draws, city.draws)).round().astype(int)
    return CityQuestion(
        city=city,
        stream=stream,
        demand=demand,
        training=training,
        draws=tuple(city.draw(int(number)) for number in np.unique(numbers)),
        bounds=_bounds(words, identified, staff),
        identified=identified,
        officers={
            team: int(number)
            for team, number in zip(city.frame.teams, city.frame.usual_officers, strict=False)
            if number > 0
        },
        organisations=dict(zip(demand.categories, demand.organisations.tolist(), strict=True)),
        since=since,
        until=until,
        seed=words.seed,
        out=words.out,
    )


def _stream(words: CityWords) -> RequestStream:
    """Return the request file that is named, or that the city was calibrated on."""
    named, folder = words.files, words.folder
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


def _stretch(words: CityWords, city: CalibratedCity, stream: RequestStream) -> tuple[date, date]:
    first = stream.start_date + timedelta(days=int(stream.arisen_at[0]))
    last = stream.start_date + timedelta(days=int(stream.arisen_at[-1]) + 1)
    days = USUAL_DAYS if words.days is None else words.days
    until = words.until or min(city.origin, last)
    since = words.since or max(first, until - timedelta(days=days))
    if words.since is not None and words.until is None and words.days is not None:
        until = min(last, since + timedelta(days=days))
    if not first <= since < until:
        raise InputError(
            "what_if.from", since.isoformat(), f"from {first} on and before what_if.until ({until})"
        )
    if until > last:
        hint = "the file has no request after it"
        raise InputError("what_if.until", until.isoformat(), f"at most {last}", hint=hint)
    return since, until


def _bounds(words: CityWords, identified: bool, staff: bool) -> Mapping[str, float | None]:
    if words.bounds is not None:
        return words.bounds
    if not identified:
        return BOUNDS
    # What a file tells of backlogs is told of hands by analogy only, so their other end is shown as well.
    return {POSTERIOR: None, FIXED_CAPACITY: BOUNDS[FIXED_CAPACITY]} if staff else {POSTERIOR: None}


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
