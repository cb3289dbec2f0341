"""How a scenario and the records of a run look where a notebook shows an object: a small table of HTML.

Nothing here knows either; both hand over texts, and every text is escaped.
"""

from collections.abc import Sequence
from html import escape


def shown(title: str, about: Sequence[str], head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a title, a paragraph for each text and a table; nothing of what is empty."""
    parts = [f"<p><strong>{escape(title)}</strong></p>"]
    parts += [f"<p>{escape(text)}</p>" for text in about if text]
    if rows:
        top = "".join(f"<th style='text-align:left'>{escape(one)}</th>" for one in head)
        body = "".join(
            "<tr>" + "".join(f"<td style='text-align:left'>{escape(cell)}</td>" for cell in row) + "</tr>"
            for row in rows
        )
        parts.append(f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>")
    return f"<div>{''.join(parts)}</div>"
