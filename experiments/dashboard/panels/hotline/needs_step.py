"""The step in which somebody who knows says what categories ask of the organisations."""

from dataclasses import replace
from typing import Any

import solara

from analysis.report.html_page import escape
from experiments.city.import_file.needs import KEYS, CategoryNeeds, category_needs
from experiments.dashboard.panels.alert import Alert
from experiments.dashboard.parts import HotlineNeeds
from experiments.dashboard.serving.hotline import Needs
from experiments.dashboard.serving.page_state import PageState
from experiments.dashboard.serving.request_file import Reading
from experiments.dashboard.words.error_line import error_line
from experiments.dashboard.words.hotline_words import said
from sim.request_file.mapping import load_mapping

#: Categories that have fields; for the others the mapping can be edited.
_LARGEST = 15
_BOUNDS = {"organisations": (1, 6, 1), "level": (0, 2, 1), "work_hours": (0, 1000, "any")}


@solara.component
def NeedsStep(page_state: PageState, reading: Reading, outdated: bool) -> None:
    """A row for each of the largest categories."""
    language, hotline = page_state.language.value, page_state.hotline
    asked = hotline.apply_asked.value
    known = solara.use_memo(
        lambda: category_needs(reading.stream, load_mapping(reading.mapping), _LARGEST), [reading]
    )

    def apply(_cancel: object) -> None:
        hotline.apply(asked, reading, lambda new: _taken(page_state, reading, new))

    work = solara.use_thread(apply, dependencies=[asked], intrusive_cancel=False)
    waiting = work.state == solara.ResultState.RUNNING or outdated
    needs, written = hotline.needs_of(reading), hotline.written.value
    dirty = bool(needs) and (needs != written or reading.text == reading.first_text)
    status = "needs_unwritten" if dirty else "needs_written" if needs else ""
    with solara.Div():
        solara.HTML(tag="p", unsafe_innerHTML=said("needs_note", language), classes=["cogov-note"])
        rest, used = reading.stream.rows_on_defaults, len(reading.stream.arisen_at)
        told = said("needs_shares", language).format(f"{rest:,}", f"{used:,}", f"{100 * rest / used:.0f}")
        solara.HTML(tag="p", unsafe_innerHTML=escape(told))
        HotlineNeeds(
            words={
                "title": said("needs_table", language),
                "category": said("needs_category", language),
                "requests": said("needs_requests", language),
                "default": said("needs_default", language),
                "apply": said("needs_apply", language),
            },
            heads=[said(f"needs_{key}", language) for key in KEYS],
            rows=[row(one, needs, language) for one in known],
            dirty=dirty,
            waiting=waiting,
            status=said(status, language) if status else "",
            event_set=lambda event: hotline.set_need(reading, event),
            event_apply=lambda _: hotline.apply_asked.set(hotline.apply_asked.value + 1),
        )
        if hotline.needs_error.value:
            Alert(error_line(hotline.needs_error.value, language))


def _taken(page_state: PageState, before: Reading, new: Reading) -> None:
    """Let everything that runs from now on read the new mapping."""
    page_state.hotline.written.set(page_state.hotline.needs_of(new))
    page_state.upload.reading.set(new)
    view = page_state.view.value
    if view.requests == before.files():
        page_state.set(replace(view, requests=new.files()))


def row(one: CategoryNeeds, needs: Needs, language: str) -> dict[str, Any]:
    """Return the fields of a category."""
    mine = needs.get(one.category, {})
    cells = []
    for key in KEYS:
        low, high, step = _BOUNDS[key]
        label = said("needs_cell", language).format(one.category, said(f"needs_{key}", language))
        cells.append(
            {
                "key": key,
                "label": label,
                "value": f"{mine.get(key, one.values[key]):g}",
                "low": low,
                "high": high,
                "step": step,
                "is_default": key not in mine and key not in one.stated,
            }
        )
    return {"category": one.category, "requests": f"{one.requests:,}", "cells": cells}
