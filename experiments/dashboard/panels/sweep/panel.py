"""The tab for sweeps: a question, its runs on the page's workers, and where the difference turns."""

import json
import time
from typing import Any

import solara

from analysis.report.html_page import escape
from experiments.dashboard.panels.alert import Alert
from experiments.dashboard.panels.export_panel import Files
from experiments.dashboard.panels.sweep.charts import AROUND, ROW, ends_chart, values_charts
from experiments.dashboard.panels.sweep.files import Held, file_rows, make_file
from experiments.dashboard.panels.sweep.form import chosen_text, fields_of, parameters_of, wanted_runs
from experiments.dashboard.panels.sweep.html import now_line, said_html, table_html
from experiments.dashboard.parts import Charts, Commands, Fields, Parameters, Work
from experiments.dashboard.serving.long_work import TOLD_EVERY, place_among_workers
from experiments.dashboard.serving.page_state import KEPT, NUMBERS, PageState
from experiments.dashboard.serving.server import Served
from experiments.dashboard.serving.sweep_state import POINTS, Shown
from experiments.dashboard.state.saving import needs_files, write_files
from experiments.dashboard.state.sweep_commands import commands
from experiments.dashboard.state.sweep_fields import Ask, ask_of, present
from experiments.dashboard.words.error_line import error_line
from experiments.dashboard.words.page_words import word
from experiments.dashboard.words.sweep_words import sweep_word
from experiments.dashboard.work.point_runs import PointRuns
from experiments.dashboard.work.sweeping import Swept, answered

#: Words of the part that hands out files.
_FILES = {"export_title": "", "export_note": "_note", "export_left": "_left"}
_FORM = ("about", "fields", "search", "parameters", "ticked", "found", "cancel")


@solara.component
def SweepPanel(page_state: PageState, visible: bool) -> None:
    """Run when the button is pressed; what kept runs can answer is answered at once."""
    sweep = page_state.sweep
    # Once and for all, so that runs go on while another tab is looked at; before, the page has less to make.
    sweep.seen = sweep.seen or visible
    seen = sweep.seen
    ask = ask_of(page_state.view.value, sweep.fields.value) if seen else None
    asked = sweep.asked.value

    def work(cancel: Any) -> None:
        if ask is not None:
            run(page_state, ask, asked, cancel)

    solara.use_thread(work, dependencies=[ask, asked], intrusive_cancel=False)
    with solara.Div(style={} if visible else {"display": "none"}):
        if seen:
            Form(page_state)
            Found(page_state)


def run(page_state: PageState, ask: Ask, asked: int, cancel: Any) -> None:
    """Answer what is asked for: by runs if they were asked for, else if kept ones are enough."""
    sweep = page_state.sweep
    shown = sweep.answers.value.get(ask.fields.question)
    sweep.carry_out(
        asked,
        shown is not None and shown.ask == ask,
        lambda stopped: _look_up(ask, stopped),
        lambda stopped: _simulate(page_state, ask, stopped),
        sweep.show,
        cancel,
    )


def _look_up(ask: Ask, stopped: Any) -> Shown:
    """Answer from kept runs alone."""
    return Shown(ask, answered(ask, PointRuns(ask.view.seed, POINTS, KEPT, stopped=stopped)), 0)


def _simulate(page_state: PageState, ask: Ask, stopped: Any) -> Shown:
    """Answer with the workers of the page."""
    told = 0.0

    def tell(done: int, wanted: int) -> None:
        nonlocal told
        now = time.monotonic()
        if now - told >= TOLD_EVERY and not stopped():
            told = now
            page_state.sweep.progress.set((done, wanted))

    number = next(NUMBERS)
    with place_among_workers(number, stopped) as place:
        runs = PointRuns(ask.view.seed, POINTS, KEPT, Served.workers, place, number, stopped, tell)
        return Shown(ask, answered(ask, runs), runs.simulated)


@solara.component
def Form(page_state: PageState) -> None:
    """The fields, and how far the runs are."""
    language, sweep, view = page_state.language.value, page_state.sweep, page_state.view.value
    fields, progress = sweep.fields.value, sweep.progress.value
    ask = ask_of(view, fields)
    parameters = solara.use_memo(lambda: parameters_of(view, language), [view, language])
    text, status = "", ""
    if progress is not None:
        key = "running" if progress[1] else "starting"
        text = sweep_word(key, language).format(*progress)
    elif sweep.cancelled.value:
        status = sweep_word("cancelled", language)
    elif sweep.shown is not None and sweep.standing(view) == "current":
        new = sweep.shown.simulated
        status = sweep_word("done", language).format(new) if new else sweep_word("kept", language)
    words = {key: sweep_word(key, language) for key in _FORM}
    runs = wanted_runs(ask)
    words["start"] = sweep_word(f"start_{fields.question}" if runs else "start", language).format(runs)

    def set_field(event: dict[str, Any]) -> None:
        sweep.set(view, str(event["name"]), str(event["text"]))

    # Always one part: with the line below, fields would move into another, and whoever types lose the place.
    with solara.Div(attributes={"role": "group", "aria-label": words["fields"]}):
        solara.HTML(tag="p", unsafe_innerHTML=escape(words["about"]))
        Fields(
            head="sweep-",
            fields=fields_of(fields, language),
            event_set=set_field,
            event_start=lambda _: sweep.start(),
        )
        Parameters(
            words=words,
            parameters=parameters,
            question=fields.question,
            chosen=fields.parameter,
            ticked=list(ask.fields.ticked),
            chosen_text=chosen_text(view, ask, language),
            event_set=set_field,
        )
        Work(
            head="sweep-",
            words=words,
            running=progress is not None,
            done=progress[0] if progress else 0,
            total=progress[1] if progress else 0,
            text=text,
            status=status,
            event_start=lambda _: sweep.start(),
            event_cancel=lambda _: sweep.cancel(),
        )
        if sweep.error.value:
            Alert(word("failed", language).format(error_line(sweep.error.value, language)))


@solara.component
def Found(page_state: PageState) -> None:
    """Show the answer: grey while it answers another question."""
    language, sweep = page_state.language.value, page_state.sweep
    shown, running = sweep.shown, sweep.progress.value is not None
    standing = sweep.standing(page_state.view.value)
    titles = page_state.titles(shown.ask.view) if shown else []
    if shown is None:
        with solara.Div(classes=["cogov-nothing"], attributes={"aria-busy": str(running).lower()}):
            solara.Text(sweep_word("starting" if running else "nothing", language))
        return
    old, question = standing == "old", shown.ask.fields.question
    with solara.Div():
        if old:
            text = sweep_word("searching" if running else "old", language)
            solara.HTML(tag="p", unsafe_innerHTML=escape(text), classes=["cogov-warning", "cogov-sweep-old"])
        attributes = {
            "aria-busy": str(running).lower(),
            "data-standing-sweep": standing,
            "data-sweep": question,
        }
        classes = ["cogov-answer", f"cogov-sweep-{question}", *(["cogov-old"] if old else [])]
        with solara.Div(classes=classes, attributes=attributes):
            # Each question has charts of its own, none drawn into a place that is gone.
            Answered(page_state, shown, tuple(titles), language).key(question)

        def held() -> Held | None:
            now = sweep.shown
            if now is None or sweep.standing(page_state.view.value) != "current":
                return None
            called = tuple(page_state.titles(now.ask.view))
            return Held(now, called, page_state.language.value, Served.start.out)

        Files(
            {name: sweep_word(f"files{end}", language) for name, end in _FILES.items()},
            file_rows(question, language),
            "" if standing == "current" else sweep_word("files_not_yet", language),
            held,
            make_file,
            language,
        )


@solara.component
def Answered(page_state: PageState, shown: Shown, titles: tuple[str, ...], language: str) -> None:
    """Sentence, figures, table and command of an answer."""
    answer, measure = shown.answer, shown.ask.fields.measure
    view, folder = shown.ask.view, Served.start.out
    letters = [word(f"side_{side}", language) for side in "ab"]
    called = [f"{letter} {title}" for letter, title in zip(letters, titles, strict=True)]

    def charts() -> dict[str, dict[str, Any]]:
        if isinstance(answer, Swept):
            return values_charts(answer, measure, called, present(view, answer.key), language)
        return ends_chart(answer, measure, language)

    drawn = solara.use_memo(charts, [shown, titles, language])
    said = said_html(answer, measure, language)
    below = table_html(answer, measure, called, language)
    if isinstance(answer, Swept):
        now = escape(now_line(present(view, answer.key), language))
        said += f"<p class='cogov-note' data-field='sweep-now'>{now}</p>"
        below += f"<p class='cogov-note'>{escape(sweep_word('note', language))}</p>"
        rows = 0
    else:
        below += f"<p class='cogov-note'>{escape(sweep_word('note_ends', language))}</p>"
        rows = len(answer.swings)
    with solara.Div():
        solara.HTML(tag="div", unsafe_innerHTML=said, attributes={"data-field": "sweep-said"})
        with solara.Div(style={"--cogov-rows": f"{AROUND + ROW * rows}px"}):
            Charts(options=json.dumps(drawn), order=list(drawn), stamp=f"sweep {id(shown)} {language}")
        solara.HTML(tag="div", unsafe_innerHTML=below)
        kind = "values" if isinstance(answer, Swept) else "ends"
        note = word("save_written", language).format(folder) if needs_files(view) else ""
        Commands(
            head="sweep-",
            words={
                "title": sweep_word(f"command_{kind}", language),
                "copy": word("save_copy", language),
                "copied": word("save_copied", language),
            },
            command="\n".join(commands(shown.ask, folder)),
            note=note,
            event_write=lambda _: write_files(view, folder),
        )
