"""Comparing pictures."""

import re


def numbered(picture: str) -> str:
    """Return an SVG picture with its clipping paths numbered as they come.

    matplotlib names them by a hash of coordinates with all their bits: the last differs, unseen in what is
    drawn, with what a process has drawn before.
    """
    names: dict[str, str] = {}
    return re.sub(
        r"\bp[0-9a-f]{10}\b", lambda found: names.setdefault(found[0], f"clip{len(names)}"), picture
    )
