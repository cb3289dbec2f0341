"""The step that holds the model against the file: what may be compared, said beside the comparison."""

from dataclasses import replace
from pathlib import Path

import solara

from analysis.findings.remarks import Remark, means_of
from analysis.report.html_page import escape
from experiments.dashboard.serving.page_state import PageState
from experiments.dashboard.serving.request_file import Reading
from experiments.dashboard.state.scenario_pair import arms
from experiments.dashboard.words.hotline_words import said
from experiments.dashboard.words.page_words import word
from experiments.output.remarks import remarks_of


@solara.component
def KnowsStep(page_state: PageState, reading: Reading, outdated: bool) -> None:
    """Compare on the file's requests, and say what of it may be compared."""
    language, view = page_state.language.value, page_state.view.value
    files = (str(reading.file.resolve()), str(reading.mapping.resolve()))
    with solara.Div():
        solara.HTML(tag="p", unsafe_innerHTML=said("compare_note", language))
        if view.requests != files:
            solara.Button(
                said("compare", language),
                on_click=lambda: page_state.set(replace(page_state.view.value, requests=files, shared={})),
                classes=["cogov-use"],
                disabled=outdated,
            )
        Verdict(page_state, files)
        if view.requests is not None:
            solara.HTML(
                tag="p",
                unsafe_innerHTML=escape(word("upload_active", language).format(Path(view.requests[0]).name)),
            )
            solara.Button(
                word("upload_leave", language),
                on_click=lambda: page_state.set(replace(page_state.view.value, requests=None)),
                classes=["cogov-leave"],
            )


@solara.component
def Verdict(page_state: PageState, files: tuple[str, str]) -> None:
    """Say what may be compared, by the same remarks as beside the comparison and on the command line."""
    language, view, shown = page_state.language.value, page_state.view.value, page_state.result.value
    standing, _ = page_state.standing()
    with solara.Div(classes=["cogov-verdict"], attributes={"role": "status"}):
        if view.requests != files:
            return
        if shown is None or shown[0] != view or standing not in ("current", "partial"):
            solara.Text(said("compare_running", language))
            return
        told = remarks_of(arms(view), means_of(shown[1].table))
        solara.HTML(tag="div", unsafe_innerHTML=remarks_html(told, language))
        solara.Button(
            said("compare_open", language),
            on_click=lambda: page_state.tab.set("compare"),
            classes=["cogov-show"],
        )


def remarks_html(told: list[Remark], language: str) -> str:
    """Return remarks as warnings."""
    return "".join(
        f"<p class='cogov-warning' data-remark='{remark.key}'>{escape(remark.text(language))}</p>"
        for remark in told
    )
