"""What hands out files, each made when it is asked for; and the comparison, on the tab for saving."""

import base64
import itertools
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import solara

from experiments.dashboard.panels.export_files import (
    FIGURES,
    KINDS,
    PICTURES,
    REPORT,
    TABLE,
    TABLES,
    File,
    Shown,
    figure_names,
    make,
)
from experiments.dashboard.parts import Export
from experiments.dashboard.serving.guard import FAULT, LOG
from experiments.dashboard.serving.page_state import PageState
from experiments.dashboard.serving.server import Served
from experiments.dashboard.words.page_words import word, words_of
from experiments.dashboard.work.report import report_kinds
from sim.errors import InputError

#: Every file has a number of its own, by which the browser knows which it has saved.
_NUMBERS = itertools.count(1)


@dataclass(frozen=True, eq=False)
class Asked:
    """A file that somebody asked for, what was on the screen then, and who makes it; no two are the same."""

    number: int
    name: str
    kind: str
    shown: Any
    make: Callable[[Any, str, str], File] = make


@solara.component
def ExportPanel(page_state: PageState) -> None:
    """Report, figures and table of the comparison that is on the screen."""
    language, result = page_state.language.value, page_state.result.value
    standing, _ = page_state.standing()
    whole = result is not None and standing == "current" and result[1].whole

    def held() -> Shown | None:
        view, found = page_state.result.value or (None, None)
        if view is None or found is None or not found.whole:
            return None
        titles = tuple(page_state.titles(view))
        return Shown(view, found, titles, page_state.language.value, Served.start.out)

    Files(
        words_of("export_", language),
        rows(result[1] if whole and result is not None else None, language),
        "" if whole else word("export_not_yet", language),
        held,
        make,
        language,
    )


@solara.component
def Files(
    words: dict[str, str],
    rows: list[dict[str, Any]],
    why: str,
    held: Callable[[], Any],
    make: Callable[[Any, str, str], File],
    language: str,
) -> None:
    """Offer files, and hand out the one that is asked for.

    Parameters
    ----------
    why
        Why there are none now; empty where there are.
    held
        Returns what is on the screen, None where nothing can be made of it.
    make
        Makes a file of it, called by name and kind.
    """
    nothing: Asked | None = None
    asked, ask = solara.use_state(nothing)

    def work(_cancel: object) -> tuple[Asked, File | None] | None:
        return None if asked is None else (asked, made(asked))

    making = solara.use_thread(work, dependencies=[asked], intrusive_cancel=False)
    # Until the new file is there, the last one is still here.
    there = (
        making.value
        if making.value is not None and asked is not None and making.value[0].number == asked.number
        else None
    )

    def wanted(event: dict[str, Any]) -> None:
        shown = held()
        if shown is not None:
            ask(Asked(next(_NUMBERS), str(event["name"]), str(event["kind"]), shown, make))

    Export(
        words=words,
        rows=rows,
        ready=not why,
        why=why,
        waiting=asked is not None and there is None,
        status=status(asked, there, language),
        file=sent(there),
        event_ask=wanted,
    )


def rows(result: Any, language: str) -> list[dict[str, Any]]:
    """Return what is offered: report, figures and table, each in its kinds; all without a result."""
    names = FIGURES if result is None else figure_names(result)
    kinds = {REPORT: report_kinds(), **dict.fromkeys(names, PICTURES), TABLE: TABLES}
    found = [
        {"name": name, "label": word(f"export_of_{name}", language), "kinds": list(these), "note": ""}
        for name, these in kinds.items()
    ]
    if "pdf" not in kinds[REPORT]:
        found[0]["note"] = word("export_no_browser", language)
    return found


def made(asked: Asked) -> File | None:
    """Make a file; what goes wrong is told on the terminal, and that it did on the page."""
    try:
        return asked.make(asked.shown, asked.name, asked.kind)
    except Exception as error:
        debugging = os.environ.get("COGOV_DEBUG") == "1"
        why = str(error) if isinstance(error, InputError) else type(error).__name__
        LOG.error("a file could not be made: %s", why, exc_info=debugging)
        return None


def status(asked: Asked | None, there: tuple[Asked, File | None] | None, language: str) -> str:
    """Return how the file that was asked for stands."""
    if asked is None:
        return ""
    if there is None:
        return word("export_making", language)
    if there[1] is None and (asked.name, asked.kind) == (REPORT, "pdf"):
        return word("export_not_printed", language)
    if there[1] is None:
        return word("failed", language).format(FAULT)
    return word("export_saved", language).format(there[1].name)


def sent(there: tuple[Asked, File | None] | None) -> dict[str, Any]:
    """Return a file as it travels to the browser; number 0: none."""
    if there is None or there[1] is None:
        return {"number": 0, "name": "", "type": "", "data": ""}
    file = there[1]
    data = base64.b64encode(file.content).decode("ascii")
    return {"number": there[0].number, "name": file.name, "type": KINDS[file.kind], "data": data}
