"""What an axis calls a parameter: in words and with its unit, not by its key."""

from analysis.figures.page.style import label, wrapped
from analysis.findings.parameter_names import name_and_unit


def parameter_name(key: str, language: str, room: int = 0) -> str:
    """Return a parameter in words with its unit, in lines of so many letters; other names stay."""
    said = label(name_and_unit(key, language), 120)
    return wrapped(said, room) if room else said
