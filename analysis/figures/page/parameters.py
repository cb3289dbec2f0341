"""What an axis calls a parameter: in words and with its unit, not by its key."""

import re

from analysis.figures.page.style import label, wrapped
from analysis.findings.parameter_names_zh import names_zh, units_zh
from sim.parameters.scenario import parameters_by_key

#: Units that the words say already: a share of something, a probability that something happens.
_SAID = ("share", "probability", "correlation")


def parameter_name(key: str, language: str, room: int = 0) -> str:
    """Return a parameter in words with its unit, in lines of so many letters; other names stay."""
    row = parameters_by_key().get(key)
    if row is None:
        return label(key)
    # What follows explains; the name is what comes before.
    words = re.split(r"[;:(]|, ", row.text)[0].strip().rstrip(".")
    unit = "" if words.lower().startswith(_SAID) else row.unit
    said = f"{words} ({unit})" if unit else words
    if language == "zh":
        unit = units_zh().get(unit, unit)
        said = f"{names_zh()[key]}（{unit}）" if unit else names_zh()[key]
    said = label(said, 120)
    return wrapped(said, room) if room else said
