"""The tab for a service target: fields, a search on the page's workers, the smallest team and its price."""

import functools
import json
import time
from typing import Any

import solara

from analysis.report.html_page import escape
from experiments.dashboard.panels.alert import Alert
from experiments.dashboard.panels.charts import INKS
from experiments.dashboard.panels.export_panel import Files
from experiments.dashboard.panels.target.chart import target_chart
from experiments.dashboard.panels.target.files import Held, file_rows, make_file
from experiments.dashboard.panels.target.html import answer_html
from experiments.dashboard.parts import Charts, Fields, Work
from experiments.dashboard.serving.long_work import TOLD_EVERY, place_among_workers
from experiments.dashboard.serving.page_state import NUMBERS, PageState
from experiments.dashboard.serving.server import Served
from experiments.dashboard.serving.target_state import YEARS, Progress, Shown
from experiments.dashboard.state.target_fields import CHOICES, NAMES, OPTIONAL, Ask, ask_of
from experiments.dashboard.state.target_fields import NUMBERS as LIMITS
from experiments.dashboard.words.error_line import error_line
from experiments.dashboard.words.page_words import word
from experiments.dashboard.words.target_words import target_word
from experiments.dashboard.work.team_years import Years, smallest

#: Words of the part that hands out files.
_FILES = {"export_title": "", "export_note": "_note", "export_left": "_left"}


@solara.component
def TargetPanel(page_state: PageState, visible: bool) -> None:
    """Search when the button is pressed; what kept years can answer is answered at once."""
    target = page_state.target
    ask = ask_of(page_state.view.value, target.fields.value)
    asked = target.asked.value
    # Once and for all, so that a search goes on while another tab is looked at.
    target.seen = target.seen or visible
    seen = target.seen

    def work(cancel: Any) -> None:
        run(page_state, ask, asked, seen, cancel)

    solara.use_thread(work, dependencies=[ask, asked, seen], intrusive_cancel=False)
    with solara.Div(style={} if visible else {"display": "none"}):
        Form(page_state)
        Found(page_state)


def run(page_state: PageState, ask: Ask, asked: int, seen: bool, cancel: Any) -> None:
    """Answer what is asked for: by a search if one was asked for, else if kept years are enough."""
    target = page_state.target
    shown = target.shown.value
    target.carry_out(
        asked,
        not seen or (shown is not None and shown.ask == ask),
        lambda stopped: _look_up(page_state, ask, stopped),
        lambda stopped: _search(page_state, ask, stopped),
        target.shown.set,
        cancel,
    )


def _look_up(page_state: PageState, ask: Ask, stopped: Any) -> Shown:
    """Answer from kept years alone."""
    years = [Years(one, ask.seed, YEARS, stopped=stopped) for one in ask.questions()]
    return Shown(ask, page_state.view.value, tuple(smallest(one, ask.years) for one in years), 0)


def _search(page_state: PageState, ask: Ask, stopped: Any) -> Shown:
    """Answer with the workers of the page, at a place of its own: it ends no comparison, and none ends it."""
    view = page_state.view.value
    questions = ask.questions()
    told, answers, simulated = 0.0, [], 0

    def tell(side: int, team: tuple[int, ...], done: int, of: int) -> None:
        nonlocal told, simulated
        simulated += 1
        now = time.monotonic()
        if now - told >= TOLD_EVERY and not stopped():
            told = now
            page_state.target.progress.set(Progress(side, team, done, of, simulated))

    number = next(NUMBERS)
    with place_among_workers(number, stopped) as place:
        for (side, *_), asked in zip(ask.sides, questions, strict=True):
            of_side = functools.partial(tell, side)
            years = Years(asked, ask.seed, YEARS, Served.workers, place, number, stopped, of_side)
            answers.append(smallest(years, ask.years))
    return Shown(ask, view, tuple(answers), simulated)


@solara.component
def Form(page_state: PageState) -> None:
    """The fields, and how far a search is."""
    language, target = page_state.language.value, page_state.target
    progress = target.progress.value
    text, status = "", ""
    if progress is not None:
        text = target_word("starting", language)
        if progress.of:
            letter = word(f"side_{'ab'[progress.side]}", language)
            team = "+".join(map(str, progress.team))
            facts = letter, team, progress.done, progress.of, progress.simulated
            text = target_word("running", language).format(*facts)
    elif target.cancelled.value:
        status = target_word("cancelled", language)
    elif target.shown.value is not None and target.standing(page_state.view.value) == "current":
        new = target.shown.value.simulated
        status = target_word("done", language).format(new) if new else target_word("kept", language)
    # Always one part: with the line below, fields would move into another, and whoever types lose the place.
    with solara.Div(attributes={"role": "group", "aria-label": target_word("fields", language)}):
        solara.HTML(tag="p", unsafe_innerHTML=escape(target_word("about", language)))
        Fields(
            head="target-",
            fields=[
                field_of(name, getattr(target.fields.value, name), language)
                for name in shown_names(page_state)
            ],
            event_set=lambda event: target.set(str(event["name"]), str(event["text"])),
            event_start=lambda _: target.start(),
        )
        Work(
            head="target-",
            words={key: target_word(key, language) for key in ("start", "cancel")},
            running=progress is not None,
            done=progress.done if progress else 0,
            total=progress.of if progress else 0,
            text=text,
            status=status,
            event_start=lambda _: target.start(),
            event_cancel=lambda _: target.cancel(),
        )
        if target.error.value:
            Alert(word("failed", language).format(error_line(target.error.value, language)))


def shown_names(page_state: PageState) -> list[str]:
    """Return the fields that are shown: the price of a second kind only where there is one."""
    return [name for name in NAMES if name != "cost" or page_state.target.fields.value.beside]


def field_of(name: str, value: Any, language: str) -> dict[str, Any]:
    """Return what the page needs to draw one field."""
    found: dict[str, Any] = {"name": name, "label": target_word(name, language), "choices": [], "empty": ""}
    if name in CHOICES:
        labels = {one: target_word(one, language) for one in ("yes", "no")}
        found["choices"] = [
            {"value": one, "label": labels.get(one) or target_word(f"{name}_{one}", language)}
            for one in CHOICES[name]
        ]
        return found | {"value": value}
    low, high, whole = LIMITS[name]
    if name in OPTIONAL:
        found["empty"] = target_word("none" if name == "wage" else "automatic", language)
    return found | {
        "value": "" if value is None else value,
        "low": low,
        "high": high,
        "step": 1 if whole else "any",
    }


@solara.component
def Found(page_state: PageState) -> None:
    """Show the answer: grey while it answers another question."""
    language, target = page_state.language.value, page_state.target
    shown, wage = target.shown.value, target.fields.value.wage
    running = target.progress.value is not None
    standing = target.standing(page_state.view.value)
    titles = side_titles(page_state, shown) if shown else []
    chart = solara.use_memo(
        lambda: _chart(shown, titles, language) if shown else None, [shown, language, *titles]
    )
    if shown is None or chart is None:
        key = "starting" if running else "nothing"
        with solara.Div(classes=["cogov-nothing"], attributes={"aria-busy": str(running).lower()}):
            solara.Text(target_word(key, language))
        return
    old = standing == "old"
    with solara.Div():
        if old:
            text = target_word("searching" if running else "old", language)
            solara.HTML(tag="p", unsafe_innerHTML=escape(text), classes=["cogov-warning", "cogov-target-old"])
        attributes = {"aria-busy": str(running).lower(), "data-standing-target": standing}
        with solara.Div(classes=["cogov-answer", *(["cogov-old"] if old else [])], attributes=attributes):
            for answer, (side, *_), title in zip(shown.answers, shown.ask.sides, titles, strict=True):
                told = answer_html(answer, title, INKS[side], wage, language)
                solara.HTML(tag="div", unsafe_innerHTML=told, attributes={"data-answer": "ab"[side]})
            Charts(
                options=json.dumps({"target": chart}),
                order=["target"],
                stamp=f"target {id(shown)} {language}",
            )
            note = f"<p class='cogov-note'>{escape(target_word('note', language))}</p>"
            heading = escape(target_word("command", language))
            look = "class='cogov-command' tabindex='0' role='region'"
            named = zip(titles, shown.ask.commands(), strict=True)
            lines = "".join(
                f'<pre {look} aria-label="{heading}: {escape(title)}">{escape(line)}</pre>'
                for title, line in named
            )
            solara.HTML(tag="div", unsafe_innerHTML=f"{note}<h3>{heading}</h3>{lines}")
        words = {name: target_word(f"files{end}", language) for name, end in _FILES.items()}

        def held() -> Held | None:
            now = target.shown.value
            if now is None or target.standing(page_state.view.value) != "current":
                return None
            called = tuple(side_titles(page_state, now))
            return Held(now, called, page_state.target.fields.value.wage, page_state.language.value)

        Files(
            words,
            file_rows([side for side, *_ in shown.ask.sides], titles, language),
            "" if standing == "current" else target_word("files_not_yet", language),
            held,
            make_file,
            language,
        )


def side_titles(page_state: PageState, shown: Shown) -> list[str]:
    """Return what the sides of an answer are called, each with its letter."""
    language, titles = page_state.language.value, page_state.titles(shown.view)
    return [f"{word(f'side_{"ab"[side]}', language)} {titles[side]}" for side, *_ in shown.ask.sides]


def _chart(shown: Shown, titles: list[str], language: str) -> dict[str, Any]:
    return target_chart(shown.answers, [side for side, *_ in shown.ask.sides], titles, language)
