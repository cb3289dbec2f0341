"""A third arm below the comparison: chosen, run, and told in one table with the other two.

Sentence and table are those of the first page of the report.
"""

import time
from collections.abc import Callable, Sequence
from typing import Any

import solara

from analysis.findings.strip import strip
from analysis.report.front_page import strip_table
from analysis.report.html_page import escape
from experiments.dashboard.panels.alert import Alert
from experiments.dashboard.panels.export_panel import Files
from experiments.dashboard.panels.tables import scrolled
from experiments.dashboard.panels.third.files import Held, file_rows, make_file
from experiments.dashboard.parts import Chooser, Commands, Work
from experiments.dashboard.serving.long_work import TOLD_EVERY, place_among_workers
from experiments.dashboard.serving.page_state import KEPT, NUMBERS, PageState
from experiments.dashboard.serving.server import Served
from experiments.dashboard.serving.third_state import Shown
from experiments.dashboard.state.scenario_pair import View
from experiments.dashboard.state.third_arm import EQUAL, NONE, command, third_title, three, write_arms
from experiments.dashboard.words.error_line import error_line
from experiments.dashboard.words.page_words import word
from experiments.dashboard.words.third_words import third_word
from experiments.dashboard.work.three_arms import LETTERS, Compared, compared


@solara.component
def ThirdArm(page_state: PageState, offered: Callable[[PageState], Sequence[list[dict[str, str]]]]) -> None:
    """The chooser, the runs and the table; `offered` tells the scenarios of a page, part by part."""
    language, third = page_state.language.value, page_state.third
    view, choice, asked = page_state.view.value, third.choice.value, third.asked.value

    def work(cancel: Any) -> None:
        if choice != NONE:
            run(page_state, view, choice, asked, cancel)

    solara.use_thread(work, dependencies=[view, choice, asked], intrusive_cancel=False)
    parts = solara.use_memo(lambda: offered(page_state), [view, language])
    special = [(NONE, third_word("none", language)), (EQUAL, third_word("equal", language))]
    known = [*special, *((one["name"], one["title"]) for part in parts for one in part)]

    def choose(value: str) -> None:
        # A browser may send anything, and a name can be a path.
        if value in dict(known):
            third.choose(value)

    with solara.Div(attributes={"data-third": choice}):
        Chooser(
            label=third_word("chooser", language),
            name="third",
            value=choice,
            options=[{"value": value, "label": label} for value, label in known],
            event_choose=choose,
        )
        if choice != NONE:
            Runs(page_state)
            Three(page_state)


def run(page_state: PageState, view: View, choice: str, asked: int, cancel: Any) -> None:
    """Answer what is asked for: by runs if they were asked for, else if kept ones are enough."""
    third = page_state.third
    third.carry_out(
        asked,
        third.standing(view) == "current",
        lambda stopped: Shown(view, choice, compared(three(view, choice), view.seed, view.pairs, KEPT)),
        lambda stopped: Shown(view, choice, _simulated(page_state, view, choice, stopped)),
        third.shown.set,
        cancel,
    )


def _simulated(page_state: PageState, view: View, choice: str, stopped: Any) -> Compared:
    """Compare with the workers of the page."""
    told = 0.0

    def tell(done: int, wanted: int) -> None:
        nonlocal told
        now = time.monotonic()
        if now - told >= TOLD_EVERY and not stopped():
            told = now
            page_state.third.progress.set((done, wanted))

    number = next(NUMBERS)
    with place_among_workers(number, stopped) as place:
        of = three(view, choice), view.seed, view.pairs
        return compared(*of, KEPT, Served.workers, place, number, stopped, tell)


@solara.component
def Runs(page_state: PageState) -> None:
    """What the third arm is for, the button, and how far the runs are."""
    language, third = page_state.language.value, page_state.third
    progress, shown = third.progress.value, third.shown.value
    text, status = "", ""
    if progress is not None:
        text = third_word("running" if progress[1] else "starting", language).format(*progress)
    elif third.cancelled.value:
        status = third_word("cancelled", language)
    elif shown is not None and third.standing(page_state.view.value) == "current":
        new = shown.found.simulated
        status = third_word("done", language).format(new) if new else third_word("kept", language)
    with solara.Div():
        if third.choice.value == EQUAL:
            about = escape(third_word("about", language))
            solara.HTML(tag="p", unsafe_innerHTML=about, classes=["cogov-note"])
        Work(
            head="third-",
            words={key: third_word(key, language) for key in ("start", "cancel")},
            running=progress is not None,
            done=progress[0] if progress else 0,
            total=progress[1] if progress else 0,
            text=text,
            status=status,
            event_start=lambda _: third.start(),
            event_cancel=lambda _: third.cancel(),
        )
        if third.error.value:
            Alert(word("failed", language).format(error_line(third.error.value, language)))


@solara.component
def Three(page_state: PageState) -> None:
    """Show the three arms: grey while they answer another question."""
    language, third = page_state.language.value, page_state.third
    shown, running = third.shown.value, third.progress.value is not None
    titles = called(page_state, shown) if shown is not None else []
    html = solara.use_memo(
        lambda: three_html(shown.found, titles, language) if shown is not None else "",
        [shown, titles, language],
    )
    if shown is None:
        return
    standing, folder = third.standing(page_state.view.value), Served.start.out
    attributes = {"aria-busy": str(running).lower(), "data-standing-third": standing}
    classes = ["cogov-third", *(["cogov-old"] if standing == "old" else [])]
    with solara.Div():
        if standing == "old" and not running:
            old = escape(third_word("old", language))
            solara.HTML(tag="p", unsafe_innerHTML=old, classes=["cogov-warning"])
        with solara.Div(classes=classes, attributes=attributes):
            solara.HTML(tag="div", unsafe_innerHTML=html)
            Commands(
                head="third-",
                words={
                    "title": third_word("command", language),
                    "copy": word("save_copy", language),
                    "copied": word("save_copied", language),
                },
                command=command(shown.view, shown.choice, folder),
                note=word("save_written", language).format(folder),
                event_write=lambda _: write_arms(shown.view, shown.choice, folder),
            )
        ThreeFiles(page_state, shown, standing)


@solara.component
def ThreeFiles(page_state: PageState, shown: Shown, standing: str) -> None:
    """Offer the figures and the table of the three arms."""
    language, third = page_state.language.value, page_state.third
    words = {f"export{end}": third_word(f"files{end}", language) for end in ("_note", "_left")}
    words["export_title"] = third_word("files", language)

    def held() -> Held | None:
        now = third.shown.value
        if now is None or third.standing(page_state.view.value) != "current":
            return None
        return Held(now, tuple(called(page_state, now)), page_state.language.value, Served.start.out)

    Files(
        words,
        file_rows(shown, language),
        "" if standing == "current" else third_word("files_not_yet", language),
        held,
        make_file,
        language,
    )


def called(page_state: PageState, shown: Shown) -> list[str]:
    """Return what the three arms are called."""
    first, second = page_state.titles(shown.view)
    return [first, second, third_title(shown.view, shown.choice, second, page_state.language.value)]


def three_html(found: Compared, titles: Sequence[str], language: str) -> str:
    """Return the sentence, which letter is whose, and the table of the arms."""
    told = strip(found.table, dict(zip(LETTERS, titles, strict=True)), language)
    lead = f"<p class='cogov-short'>{escape(told.lead)}</p>"
    key = f"<p class='cogov-note'>{escape(told.key)}</p>"
    title = third_word("title", language)
    return f"<h2>{escape(title)}</h2>{lead}{key}{scrolled(strip_table(told), title)}"
