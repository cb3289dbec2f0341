"""The step that holds the model against the file: what may be compared, said beside the comparison."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import solara

from analysis.findings.remarks import Remark, means_of
from analysis.report.html_page import escape
from analysis.request_files.findings import shown
from experiments.dashboard.panels.hotline.findings_html import table
from experiments.dashboard.panels.hotline.job_view import JobView, commands_html, paragraphs, picture
from experiments.dashboard.serving.hotline import kept_of
from experiments.dashboard.serving.page_state import PageState
from experiments.dashboard.serving.request_file import Reading
from experiments.dashboard.state.hotline_commands import backtest_words, calibrate_words, line, with_language
from experiments.dashboard.state.scenario_pair import arms
from experiments.dashboard.words.hotline_words import said
from experiments.dashboard.words.page_words import word
from experiments.dashboard.work.hotline_tasks import backtested, calibrated_city
from experiments.output.remarks import remarks_of


@solara.component
def KnowsStep(page_state: PageState, reading: Reading, outdated: bool) -> None:
    """Compare on the file's requests, and say what of it may be compared."""
    language, view = page_state.language.value, page_state.view.value
    files = reading.files()
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
        Check(page_state, reading, outdated)


@solara.component
def Check(page_state: PageState, reading: Reading, outdated: bool) -> None:
    """Calibrate on the file, and hold a forecast against its last fifth."""
    language, job = page_state.language.value, page_state.hotline.check
    kept = kept_of(reading)
    words = {"calibrate": calibrate_words(kept), "backtest": backtest_words(kept)}
    tasks = [
        (calibrated_city, with_language(words["calibrate"], language)),
        (backtested, with_language(words["backtest"], language)),
    ]
    with solara.Div(classes=["cogov-check"]):
        solara.HTML(tag="p", unsafe_innerHTML=said("check_note", language))
        if not reading.found.has_closings:
            solara.HTML(tag="p", unsafe_innerHTML=said("check_none", language), classes=["cogov-warning"])
            return
        solara.Button(
            said("check", language),
            on_click=lambda: job.ask(kept, tasks),
            classes=["cogov-check-ask"],
            disabled=outdated or job.progress.value is not None,
        )
        JobView(job, ("task_0", "task_1"), language)
        result = job.result.value
        if result is not None and result[0] == kept:
            solara.HTML(tag="div", unsafe_innerHTML=check_html(result[1][0], result[1][1], language))
        told = [line(command, mine) for command, mine in words.items()]
        solara.HTML(tag="div", unsafe_innerHTML=commands_html(told, language))


def check_html(city: dict[str, Any], scores: dict[str, Any], language: str) -> str:
    """Return what the file tells of its teams, and how a forecast from it fared."""
    mine = scores[language]
    heads, *rows = mine["scores"]
    *lines, answer = city["lines"][language]
    parts = [
        paragraphs([answer], "cogov-answer"),
        paragraphs(lines, "cogov-note"),
        paragraphs([mine["answer"]], "cogov-answer"),
        paragraphs(mine["verdict"][1:]),
    ]
    if scores["changed"]:
        names = ("、" if language == "zh" else ", ").join(map(shown, scores["changed"]))
        parts.append(paragraphs([said("changed_practice", language).format(names)], "cogov-warning"))
    parts += [
        picture(mine["picture"], said("durations", language)),
        f"<h3>{escape(said('scores', language))}</h3>",
        table(heads, rows, said("scores", language), "cogov-scores"),
    ]
    return "".join(parts)


@solara.component
def Verdict(page_state: PageState, files: tuple[str, str]) -> None:
    """Say what may be compared, by the same remarks as beside the comparison and on the command line."""
    language, view, drawn = page_state.language.value, page_state.view.value, page_state.result.value
    standing, working = page_state.standing()
    there = view.requests == files and drawn is not None and drawn[0] == view
    told = solara.use_memo(
        lambda: remarks_of(arms(view), means_of(drawn[1].table)) if there and drawn is not None else [],
        [drawn, there],
    )
    with solara.Div(classes=["cogov-verdict"], attributes={"role": "status"}):
        if view.requests != files:
            return
        if not there or standing not in ("current", "partial"):
            if working:
                solara.Text(said("compare_running", language))
            return
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
