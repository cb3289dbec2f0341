"""The comparison on the page: run when the view changes, drawn as it comes, stopped on request."""

import json
import os
import time
from pathlib import Path
from typing import Any

import solara

from analysis.report.html_page import escape
from experiments.dashboard.panels.breakdown import Breakdown
from experiments.dashboard.panels.charts import charts
from experiments.dashboard.panels.live_preview import preview
from experiments.dashboard.panels.people import Readers
from experiments.dashboard.panels.questions import cards
from experiments.dashboard.panels.summary import answer_html, groups_html, table_html
from experiments.dashboard.parts import Charts, Status
from experiments.dashboard.serving.guard import FAULT, LOG
from experiments.dashboard.serving.page_state import KEPT, PageState
from experiments.dashboard.serving.server import Served
from experiments.dashboard.state.scenario_pair import View, arms, unpaired
from experiments.dashboard.words.page_words import word
from experiments.dashboard.work.comparison import NEXT_LOOK, Result, pairs_of
from experiments.system.faults import WorkerDied
from sim.errors import InputError

ORDER = ["handling", "participation", "survival", "workload", "backlog"]
#: Seconds before the progress bar shows, and between two of its movements: drawing takes time from the runs.
_TOLD_FIRST = 0.8
_TOLD_EVERY = 0.25


@solara.component
def Comparison(page_state: PageState, visible: bool) -> None:
    """Run what the view asks for, and show it."""
    view, held = page_state.view.value, page_state.held.value
    moving = held is not None

    def work(cancel: Any) -> None:
        if moving:
            # The workers are for the slider that moves; what was under way goes on if nothing was changed.
            page_state.progress.set(None)
        else:
            run(page_state, view, cancel)

    solara.use_thread(work, dependencies=[view, moving], intrusive_cancel=False)
    solara.use_thread(
        lambda cancel: preview(page_state, held, cancel),
        dependencies=[held],
        intrusive_cancel=False,
    )
    with solara.Div(style={} if visible else {"display": "none"}):
        Progress(page_state)
        Drawn(page_state)


def run(page_state: PageState, view: Any, cancel: Any) -> None:
    """Run the comparison of a view; runs in a thread of its own."""
    shown = page_state.result.value
    begun = shown is not None and shown[0] == view
    if begun and shown is not None and (shown[1].whole or page_state.cancelled.value):
        # A slider that was moved and put back, or of which the preview was all that is wanted.
        page_state.settled.set(view)
        return
    page_state.settled.set(None)
    if unpaired(view):
        page_state.settled.set(view)
        return
    page_state.cancel_asked = False
    page_state.cancelled.set(False)
    ahead = page_state.begun(view)
    told = time.monotonic() + _TOLD_FIRST - _TOLD_EVERY

    def tell(done: int, wanted: int) -> None:
        nonlocal told
        now = time.monotonic()
        if now - told >= _TOLD_EVERY and not cancel.is_set():
            told = now
            page_state.progress.set((done, wanted))

    def stopped() -> bool:
        return bool(cancel.is_set() or page_state.cancel_asked)

    try:
        if not Served.workers.ready.is_set():
            page_state.progress.set((0, 0))
            while not Served.workers.ready.wait(0.2):
                if stopped():
                    return
        results = pairs_of(
            Served.workers,
            KEPT,
            arms(view),
            view.seed,
            view.pairs,
            stopped,
            page_state.place,
            ahead.number,
            tell,
            # Its first picture was seen while the slider moved.
            first_look=NEXT_LOOK if begun else None,
            begun=ahead.runs,
        )
        for result in results:
            if cancel.is_set():
                return
            page_state.show(view, result)
    except (InputError, WorkerDied, RuntimeError) as error:
        page_state.fail(str(error))
    except Exception as error:
        debugging = os.environ.get("COGOV_DEBUG") == "1"
        where = "" if debugging else " (COGOV_DEBUG=1 shows where)"
        LOG.error("a comparison failed: %s%s", type(error).__name__, where, exc_info=debugging)
        page_state.fail(FAULT)
    finally:
        if not cancel.is_set():
            with page_state.together:
                page_state.cancelled.set(page_state.cancel_asked)
                page_state.progress.set(None)
                page_state.settled.set(view)


@solara.component
def Progress(page_state: PageState) -> None:
    """Say how far the comparison is, or what is drawn."""
    language, progress, shown = page_state.language.value, page_state.progress.value, page_state.result.value
    standing, working = page_state.standing()
    done, total, state, text = 0, 0, "done", ""
    if progress is not None:
        done, total = progress
        state = "running" if total else "starting"
        text = word("running", language).format(done, total) if total else word("starting", language)
    elif working:
        # What was said of the result before is not true of the one that is asked for.
        state = "working"
    elif page_state.cancelled.value:
        state = "cancelled"
        text = word("cancelled_empty", language)
        if shown is not None and standing == "current":
            text = word("cancelled", language).format(shown[1].pairs, shown[1].wanted)
    elif shown is None or standing == "none":
        state = "failed"
    elif shown[1].runs:
        text = word("drawn", language).format(shown[1].pairs, shown[1].runs, shown[1].seconds)
    else:
        text = word("kept", language).format(shown[1].pairs)
    Status(
        words={"cancel": word("cancel", language)},
        done=done,
        total=max(total, 1) if progress is not None else 0,
        text=text,
        state=state,
        event_cancel=lambda _: page_state.cancel(),
    )


@solara.component
def Drawn(page_state: PageState) -> None:
    """Show the last result: what is said first, figures, table; grey while it answers another question."""
    language, shown = page_state.language.value, page_state.on_screen()
    standing, working = page_state.standing()
    titles = page_state.titles(shown[0]) if shown else []
    if shown is None or standing == "none":
        text = word("strip_computing" if working else "strip_nothing", language)
        with solara.Div(classes=["cogov-nothing"], attributes={"aria-busy": str(working).lower()}):
            solara.Text(text)
        return
    view, result = shown
    # Once for a result, which answers one view: it is drawn anew whenever it begins or ceases to be the
    # answer, and after a preview.
    key = *titles, language
    if key not in result.made:
        result.made[key] = figures_and_words(view, result, titles, language)
    options, asked, answer, table, groups = result.made[key]
    classes = ["cogov-drawn", *([f"cogov-{standing}"] if standing in ("old", "preview") else [])]
    with solara.Div(classes=classes, attributes={"aria-busy": str(working).lower()}):
        if view.requests is not None:
            replayed = word("upload_active", language).format(Path(view.requests[0]).name)
            solara.HTML(tag="p", unsafe_innerHTML=escape(replayed), classes=["cogov-note"])
        Readers(page_state, asked)
        solara.HTML(tag="div", unsafe_innerHTML=answer)
        Charts(
            options=options,
            order=ORDER,
            stamp=f"{result.pairs}/{result.wanted} {page_state.shown} {language}",
            whole=result.whole,
        )
        solara.HTML(tag="div", unsafe_innerHTML=table)
        solara.HTML(tag="div", unsafe_innerHTML=groups)
        Breakdown(page_state, result, titles)


def figures_and_words(
    view: View, result: Result, titles: list[str], language: str
) -> tuple[str, list[dict[str, str]], str, str, str]:
    """Return the figures' options as JSON, what is said first, the tables of measures and of groups.

    What is said first: readers' questions with their answers, then the answer of the comparison in words.
    """
    sides = arms(view)
    return (
        json.dumps(charts(result, titles, language)),
        cards(result, view, language),
        answer_html(result, titles, language, sides),
        table_html(result, titles, sides, language),
        groups_html(result, titles, language),
    )
