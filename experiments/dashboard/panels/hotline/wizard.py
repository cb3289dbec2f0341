"""The tab on a hotline's own file, step by step; a step that has nothing to rest on yet says so."""

from collections.abc import Iterator
from contextlib import contextmanager

import solara

from experiments.dashboard.panels.hotline.downloads import Downloads, Weeks
from experiments.dashboard.panels.hotline.file_step import FileStep
from experiments.dashboard.panels.hotline.findings_html import reading_html
from experiments.dashboard.panels.hotline.knows_step import KnowsStep
from experiments.dashboard.panels.hotline.needs_step import NeedsStep
from experiments.dashboard.panels.hotline.what_if_step import WhatIfStep
from experiments.dashboard.serving.hotline import kept_of
from experiments.dashboard.serving.page_state import PageState
from experiments.dashboard.serving.request_file import Reading
from experiments.dashboard.words.hotline_words import said

__all__ = ["HotlinePanel"]


@contextmanager
def step(name: str, language: str, why: str = "") -> Iterator[None]:
    """Make a numbered part of the page; `why` says what has to come first."""
    ready = "no" if why else "yes"
    place = {"role": "region", "aria-label": said(f"step_{name}", language), "data-step": name,
             "data-ready": ready}  # fmt: skip
    with solara.Div(classes=["cogov-step", *(["cogov-step-off"] if why else [])], attributes=place):
        solara.HTML(tag="h2", unsafe_innerHTML=said(f"step_{name}", language))
        if why:
            solara.HTML(tag="p", unsafe_innerHTML=why, classes=["cogov-note"])
        yield


@solara.component
def HotlinePanel(page_state: PageState) -> None:
    """From the file to a what-if."""
    language = page_state.language.value
    upload = page_state.upload
    reading, asked = upload.reading.value, upload.asked.value

    def read(_cancel: object) -> None:
        # The number counts what was asked for; coming back to this tab asks for nothing.
        upload.answer(asked, page_state.language.value)

    solara.use_thread(read, dependencies=[asked], intrusive_cancel=False)
    outdated = reading is not None and upload.outdated()
    why = said("first_file", language) if reading is None else ""
    late = why or (said("first_read", language) if outdated else "")
    with solara.Div(classes=["cogov-upload"]):
        with step("file", language):
            FileStep(page_state)
        with step("says", language, why):
            if reading is not None:
                with solara.Div(classes=["cogov-old"] if outdated else []):
                    Says(reading, language)
                Weeks(reading, language)
                Downloads(page_state, reading)
        with step("needs", language, late):
            if reading is not None:
                NeedsStep(page_state, reading, outdated)
        with step("knows", language, late):
            if reading is not None:
                KnowsStep(page_state, reading, outdated)
        teams = calibrated_teams(page_state, reading)
        with step("what_if", language, late or ("" if teams else said("first_knows", language))):
            if reading is not None and teams:
                WhatIfStep(page_state, kept_of(reading), teams)


@solara.component
def Says(reading: Reading, language: str) -> None:
    """Tell what the file says; told once for each file, whatever else changes on the page."""
    told = solara.use_memo(lambda: reading_html(reading, language), [reading, language])
    solara.HTML(tag="div", unsafe_innerHTML=told)


def calibrated_teams(page_state: PageState, reading: Reading | None) -> list[str]:
    """Return the teams of the city calibrated on the file; none before it is."""
    result = page_state.hotline.check.result.value
    if reading is None or result is None or result[0] != kept_of(reading):
        return []
    return list(result[1][0]["teams"])
