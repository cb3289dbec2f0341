"""What all tables of the page have in common: one that is wider than its place is scrolled, also by keys."""

from analysis.report.html_page import escape


def scrolled(table: str, label: str) -> str:
    """Return a table in a part of the page that scrolls by itself, has a name, and that Tab reaches."""
    return (
        f"<div class='cogov-scroll' role='region' tabindex='0' aria-label=\"{escape(label)}\">{table}</div>"
    )
