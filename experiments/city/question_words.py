"""Words of a question to a calibrated city: checked before data are read and anything heavy is imported."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from experiments.arguments.input_hints import MissingInput
from experiments.arguments.key_values import language_of, split_words, whole_number
from experiments.city.keys import date_key
from experiments.city.words import BOUNDS, POSTERIOR
from sim.errors import InputError, did_you_mean
from sim.input_files.documents import user_path
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


@dataclass(frozen=True)
class CityWords:
    """What the words say, as far as it can be judged without the city."""

    folder: Path
    files: Mapping[str, str]
    """Request file and mapping, where they are named."""
    days: int | None
    since: date | None
    until: date | None
    bounds: Mapping[str, float | None] | None
    """Answers to a backlog by name; None: as the calibration found."""
    draws: int
    seed: int
    out: Path
    language: str


def read_words(words: Sequence[str], further: Sequence[str] = ()) -> dict[str, str]:
    """Return the words of a command as keys and values; whatever is no key of it is refused."""
    keys = (*KEYS, *further)
    own, others = split_words(words, keys)
    for word in others:
        key = word.partition("=")[0].lstrip("+~")
        raise InputError(key, allowed=f"one of {', '.join(keys)}", hint=did_you_mean(key, keys))
    return own


def city_words(own: Mapping[str, str], command: str) -> CityWords:
    """Read what every question to a calibrated city says."""
    if not own.get("calibrated"):
        raise MissingInput(
            "calibrated", "", allowed="the folder that cogov calibrate wrote", hint="calibrated=FOLDER"
        )
    days, gamma = own.get("what_if.days"), own.get("what_if.gamma")
    out = own.get("out", f"out/{command}")
    if not out:
        raise InputError("out", out, "the name of a folder")
    return CityWords(
        folder=user_path(own["calibrated"], "calibrated"),
        files={key: own[key] for key in ("demand.stream", "demand.mapping") if own.get(key)},
        days=None if days is None else whole_number("what_if.days", days, USUAL_DAYS, 7, _MOST_DAYS),
        until=date_key(own, "what_if.until") if "what_if.until" in own else None,
        since=date_key(own, "what_if.from") if "what_if.from" in own else None,
        draws=whole_number("draws", own.get("draws"), USUAL_DRAWS, 1, _MOST_DRAWS),
        bounds=None if gamma is None else _bounds(gamma),
        seed=whole_number("seed", own.get("seed"), 1, 0, LARGEST_SEED),
        out=user_path(out, "out"),
        language=language_of(own),
    )


def _bounds(asked: str) -> Mapping[str, float | None]:
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
