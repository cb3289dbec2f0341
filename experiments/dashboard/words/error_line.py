"""What did not work, as one line in the language of the page."""

from experiments.chinese.error_lines import in_chinese, said
from sim.errors import InputError


def error_line(error: InputError | str, language: str) -> str:
    """Return the line of an error; in Chinese as the command line says it, from the same catalogue."""
    if language == "en":
        return str(error)
    return in_chinese(error) if isinstance(error, InputError) else said(error)
