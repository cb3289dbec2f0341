"""The step that asks the calibrated city: what would change with more or fewer hands in a team?"""

from typing import Any

import solara

from analysis.report.html_page import escape
from analysis.safe_text.plain_text import visible
from experiments.dashboard.panels.hotline.findings_html import table
from experiments.dashboard.panels.hotline.job_view import JobView, commands_html, paragraphs
from experiments.dashboard.parts import HotlineWhatIf
from experiments.dashboard.serving.hotline import Hotline
from experiments.dashboard.serving.page_state import PageState
from experiments.dashboard.state.hotline_commands import (
    QUARTER,
    Kept,
    StaffChange,
    line,
    what_if_words,
    with_language,
)
from experiments.dashboard.words.hotline_words import said
from experiments.dashboard.work.hotline_tasks import city_changed
from sim.errors import InputError


@solara.component
def WhatIfStep(page_state: PageState, kept: Kept, teams: list[str]) -> None:
    """A team, more or fewer hands, and the answer of `cogov what-if`."""
    language, hotline = page_state.language.value, page_state.hotline
    job = hotline.what_if
    change = hotline.change(teams)

    def ask(_event: object) -> None:
        # What is set now: the fields may be drawn anew a little later.
        now = hotline.change(teams)
        try:
            words = what_if_words(kept, now)
        except InputError as error:
            job.error.set(error)
            return
        job.ask((kept, now), [(city_changed, with_language(words, language))])

    with solara.Div():
        HotlineWhatIf(
            words={
                key: said(f"if_{key}", language)
                for key in ("team", "present", "unknown", "more", "fewer", "ask")
            }
            | {"title": said("step_what_if", language)},
            teams=[{"name": name, "label": visible(name)} for name in teams],
            team=change.team,
            present="" if hotline.present.value is None else str(hotline.present.value),
            text=change_text(change, language),
            waiting=job.progress.value is not None,
            event_choose_team=lambda name: choose(hotline, str(name), teams),
            event_choose_present=hotline.set_present,
            event_step=hotline.step,
            event_ask=ask,
        )
        JobView(job, ("if_task",), language)
        result = job.result.value
        if result is not None and result[0][0] == kept:
            with solara.Div(classes=["cogov-what-if-answer"]):
                if result[0][1] != change:
                    text = f"{said('if_other', language)} {words_of_change(result[0][1], language)}"
                    solara.HTML(tag="p", unsafe_innerHTML=escape(text), classes=["cogov-warning"])
                solara.HTML(tag="div", unsafe_innerHTML=answer_html(result[1][0][language], language))
        try:
            told = [line("what-if", what_if_words(kept, change))]
        except InputError:
            told = []
        if told:
            solara.HTML(tag="div", unsafe_innerHTML=commands_html(told, language))


def choose(hotline: Hotline, name: str, teams: list[str]) -> None:
    """Choose a team of the city; how many work in another is not known."""
    if name in teams:
        hotline.team.set(name)
        hotline.present.set(None)


def words_of_change(change: StaffChange, language: str) -> str:
    """Return a change with its team."""
    return f"{visible(change.team)}: {change_text(change, language)}"


def change_text(change: StaffChange, language: str) -> str:
    """Return a change in words."""
    if change.present is not None:
        return said("if_persons", language).format(change.present, change.present + change.steps)
    return said("if_times", language).format(1.0 + QUARTER * change.steps)


def answer_html(told: dict[str, Any], language: str) -> str:
    """Return the answer with what it rests on: both ends where the file does not tell."""
    heads, *rows = told["table"]
    return "".join(
        [
            paragraphs(told["answers"], "cogov-answer"),
            paragraphs(told["first"], "cogov-warning"),
            f"<p class='cogov-note'>{escape(told['about'])}</p>",
            table(heads, rows, said("if_table", language), "cogov-what-if-table"),
            paragraphs(told["basis"], "cogov-note"),
        ]
    )
