"""The sentences about results that the terminal shows, in English and Chinese."""

import functools

from experiments.system.language import language


def tell(english: str, *facts: object) -> str:
    """Return a line of the terminal with its facts, in the language of this command line.

    Parameters
    ----------
    english
        The line in English, with a place in braces for each fact; `of_results.LINES` has its pair.
    """
    pattern = pairs()[english] if language() == "zh" else english
    return pattern.format(*facts)


@functools.cache
def pairs() -> dict[str, str]:
    """Return the catalogue: the lines of a terminal in English, and their pairs in Chinese."""
    from experiments.chinese.of_results import LINES

    rows = (line.partition("|") for line in LINES.strip("\n").split("\n"))
    return {english.replace("\\n", "\n"): chinese for english, _, chinese in rows}
