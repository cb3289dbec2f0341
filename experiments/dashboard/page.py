"""The page: what is chosen above, sliders on the left, and a tab for each thing to look at."""

from pathlib import Path

import solara
from reacton.core import get_render_context

from experiments.dashboard.panels.alert import Alert
from experiments.dashboard.panels.charts import COLOURS, INKS
from experiments.dashboard.panels.hotline.wizard import HotlinePanel
from experiments.dashboard.panels.live_comparison import Comparison
from experiments.dashboard.panels.map_panel import MapPanel
from experiments.dashboard.panels.saving_panel import SavePanel
from experiments.dashboard.panels.strip import Glance
from experiments.dashboard.panels.sweep.panel import SweepPanel
from experiments.dashboard.panels.target.panel import TargetPanel
from experiments.dashboard.panels.third.panel import ThirdArm
from experiments.dashboard.parts import Controls, Header
from experiments.dashboard.serving.page_state import PageState
from experiments.dashboard.serving.server import Served
from experiments.dashboard.serving.style import style
from experiments.dashboard.state import offered_scenarios
from experiments.dashboard.state.address import TABS
from experiments.dashboard.state.controls import groups
from experiments.dashboard.state.scenario_pair import LARGEST_PAIRS, View, unpaired
from experiments.dashboard.words.error_line import error_line
from experiments.dashboard.words.page_words import word

HEADER_WORDS = ("title", "pairs", "seed", "language", "reset", "reset_all", "undo", "redo", "tabs")


@solara.component
def Page() -> None:
    """Everything; each part redraws by itself when what it reads has changed."""
    router = solara.use_router()
    page_state = solara.use_memo(lambda: PageState(router.search or ""), [])
    page_state.together = get_render_context()
    solara.use_effect(lambda: page_state.close, [])
    language = page_state.language.value
    solara.Title(word("title", language))
    solara.Style(style())
    with solara.Div(classes=["cogov-page"]):
        Address(page_state)
        Glance(page_state)
        Top(page_state)
        with solara.Div(classes=["cogov-body"]):
            name = {"role": "region", "aria-label": word("parameters", language)}
            with solara.Div(classes=["cogov-left"], attributes=name):
                Sliders(page_state)
            with solara.Div(classes=["cogov-right"]):
                Errors(page_state)
                Body(page_state)


@solara.component
def Address(page_state: PageState) -> None:
    """Keep page and address together: what was changed goes into it, and a step back comes out of it."""
    router = solara.use_router()
    came, here = router.search or "", page_state.address()

    def follow() -> None:
        if came != page_state.came:
            page_state.go(came)

    def tell() -> None:
        if here not in (page_state.told, page_state.came):
            page_state.came = here
            router.push(f"/?{here}")
        page_state.told = here

    solara.use_effect(follow, [came])
    solara.use_effect(tell, [here])
    solara.Div(style={"display": "none"})


@solara.component
def Top(page_state: PageState) -> None:
    """Scenario choosers, pairs, seed, language and tabs."""
    language, view = page_state.language.value, page_state.view.value
    groups = solara.use_memo(
        lambda: offered_scenarios.grouped(*_offer(page_state)), [view, language, page_state.saved_as.value]
    )
    Header(
        words={key: word(key, language) for key in HEADER_WORDS},
        code={"zh": "zh-CN"}.get(language, language),
        groups=groups,
        names=list(view.names),
        labels=[word("scenario", language).format(word(f"side_{side}", language)) for side in "ab"],
        marks=[word("side_a", language), word("side_b", language)],
        colours=list(COLOURS),
        inks=list(INKS),
        changed=[bool(changes) for changes in view.changes],
        pairs=view.pairs,
        most=LARGEST_PAIRS,
        seed=view.seed,
        tabs=[{"name": name, "title": word(f"tab_{name}", language)} for name in TABS],
        tab=page_state.tab.value,
        undoable=bool(page_state.past.value),
        redoable=bool(page_state.future.value),
        resettable=page_state.is_changed(),
        event_undo=lambda _: page_state.undo(),
        event_redo=lambda _: page_state.redo(),
        event_start_again=lambda _: page_state.start_again(),
        event_choose=page_state.choose,
        event_reset=page_state.reset,
        event_number=page_state.number,
        event_language=lambda _: page_state.language.set("en" if language == "zh" else "zh"),
        event_open=page_state.tab.set,
    )


def choices(page_state: PageState) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Return what the choosers offer: scenarios that are shipped, of the start or in use, and saved ones."""
    return offered_scenarios.choices(*_offer(page_state))


def third_choices(page_state: PageState) -> list[list[dict[str, str]]]:
    """Return the scenarios that can be a third arm, part by part: those with the needs of A."""
    groups = offered_scenarios.grouped(*_offer(page_state))[1]
    return [group["options"] for group in groups if group["name"] != "apart"]


def _offer(page_state: PageState) -> tuple[View, View, Path, str]:
    """Return the view, where the page starts, where scenarios are saved, and the language."""
    return page_state.view.value, page_state.start().view, Served.start.out, page_state.language.value


@solara.component
def Sliders(page_state: PageState) -> None:
    """Everything that can be set, made from the schema."""
    language, view, further = page_state.language.value, page_state.view.value, page_state.further.value
    rows = solara.use_memo(lambda: groups(view, further, language), [view, further, language])
    Controls(
        groups=rows,
        colours=list(COLOURS),
        inks=list(INKS),
        marks=[word("side_a", language), word("side_b", language)],
        words={key: word(key, language) for key in ("on", "off", "changed", "add_parameter")},
        further=page_state.addable(),
        previewed=page_state.previewed.value,
        event_set=page_state.changed,
        event_drag=page_state.drag,
        event_add=page_state.add,
    )


@solara.component
def Errors(page_state: PageState) -> None:
    """Say what did not work, in the words of the command line."""
    error, language = page_state.error.value, page_state.language.value
    if error:
        text = word("failed", language).format(error_line(error, language))
        Alert(text)
    else:
        solara.Div()


@solara.component
def Body(page_state: PageState) -> None:
    """Show the tab that is open; comparison and search go on behind the others."""
    tab = page_state.tab.value
    with solara.Div():
        Comparison(page_state, visible=tab == "compare")
        with solara.Div(style={} if tab == "compare" else {"display": "none"}):
            ThirdArm(page_state, third_choices)
        TargetPanel(page_state, visible=tab == "target")
        SweepPanel(page_state, visible=tab == "sweep")
        if tab == "map" and not unpaired(page_state.view.value):
            MapPanel(page_state)
        elif tab == "requests":
            HotlinePanel(page_state)
        elif tab == "save":
            SavePanel(page_state)
