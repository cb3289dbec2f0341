"""Docstrings as they are written here, made safe for reStructuredText.

A vertical bar is a size, |S|, not a substitution; references are numbered anew in every docstring, so on a
page of many they are lines of a list and not targets.
"""

import re

from sphinx.application import Sphinx

_LITERAL = re.compile(r"(``.*?``|`[^`]*`)")
_REFERENCE = re.compile(r"^(\s*)\.\. \[(\d+)\] ")


def plain(app: Sphinx, kind: str, name: str, subject: object, options: object, lines: list[str]) -> None:
    """Rewrite the lines of one docstring in place."""
    lines[:] = safe(lines)


def safe(lines: list[str]) -> list[str]:
    """Return the lines with bars escaped, except in what is shown literally, and references as a list."""
    found: list[str] = []
    literal: int | None = None  # indentation of the line that opened a literal block
    for line in lines:
        indent = len(line) - len(line.lstrip())
        if line.strip() and literal is not None and indent <= literal:
            literal = None
        if literal is not None:
            found.append(line)
            continue
        if line.rstrip().endswith("::"):
            literal = indent
        line = _REFERENCE.sub(r"\1\2. ", line)
        parts = _LITERAL.split(re.sub(r"\[(\d+)\]_", r"[\1]", line))
        found.append("".join(part if part.startswith("`") else part.replace("|", r"\|") for part in parts))
    return found


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx, after napoleon."""
    app.connect("autodoc-process-docstring", plain, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
