"""The page: what is chosen above, sliders on the left, and a tab for each thing to look at."""

import functools

import solara

from experiments.dashboard.panels.charts import COLOURS
from experiments.dashboard.panels.live_comparison import Comparison
from experiments.dashboard.panels.map_and_saving import MapPanel, RequestsPanel, SavePanel
from experiments.dashboard.parts import Controls, Header
from experiments.dashboard.serving.session import Session
from experiments.dashboard.serving.style import style
from experiments.dashboard.state.controls import groups
from experiments.dashboard.state.scenario_pair import LARGEST_PAIRS, title, unpaired
from experiments.dashboard.words.page_words import word
from sim.scenario import load_scenario, scenario_names

TABS = ("compare", "map", "requests", "save")


@solara.component
def Page() -> None:
    """Everything; each part redraws by itself when what it reads has changed."""
    session = solara.use_memo(Session, [])
    solara.use_effect(lambda: session.close, [])
    language = session.language.value
    solara.Title(word("title", language))
    solara.Style(style())
    with solara.Div(classes=["cogov-page"]):
        Top(session)
        with solara.Div(classes=["cogov-body"]):
            with solara.Div(classes=["cogov-left"]):
                Sliders(session)
            with solara.Div(classes=["cogov-right"]):
                Errors(session)
                Body(session)


@solara.component
def Top(session: Session) -> None:
    """Scenario choosers, pairs, seed, language and tabs."""
    language, view = session.language.value, session.view.value
    names = list(dict.fromkeys([*scenarios(), *view.names]))
    Header(
        words={key: word(key, language) for key in ("title", "pairs", "seed", "language", "reset")},
        options=[{"name": name, "title": named(name, language)} for name in names],
        names=list(view.names),
        labels=[word("scenario", language).format(word(f"side_{side}", language)) for side in "ab"],
        marks=[word("side_a", language), word("side_b", language)],
        colours=list(COLOURS),
        changed=[bool(changes) for changes in view.changes],
        pairs=view.pairs,
        most=LARGEST_PAIRS,
        seed=view.seed,
        tabs=[{"name": name, "title": word(f"tab_{name}", language)} for name in TABS],
        tab=session.tab.value,
        event_choose=session.choose,
        event_reset=session.reset,
        event_number=session.number,
        event_language=lambda _: session.language.set("en" if language == "zh" else "zh"),
        event_open=session.tab.set,
    )


@functools.cache
def scenarios() -> list[str]:
    """Return the shipped scenarios of a community: not those that turn the engine into a queue."""
    return [name for name in scenario_names() if not name.startswith("verification/")]


@functools.cache
def named(name: str, language: str) -> str:
    """Return what a chooser calls a scenario."""
    return title(load_scenario(name), language)


@solara.component
def Sliders(session: Session) -> None:
    """Everything that can be set, made from the schema."""
    language, view = session.language.value, session.view.value
    Controls(
        groups=groups(view, session.further.value, language),
        colours=list(COLOURS),
        marks=[word("side_a", language), word("side_b", language)],
        words={key: word(key, language) for key in ("on", "off", "changed", "add_parameter")},
        further=session.addable(),
        event_set=session.changed,
        event_add=session.add,
    )


@solara.component
def Errors(session: Session) -> None:
    """Say what did not work, in the words of the command line."""
    if session.error.value:
        text = word("failed", session.language.value).format(session.error.value)
        with solara.Div(classes=["cogov-error"]):
            solara.Text(text)
    else:
        solara.Div()


@solara.component
def Body(session: Session) -> None:
    """Show the tab that is open; the comparison goes on behind the others."""
    tab = session.tab.value
    with solara.Div():
        Comparison(session, visible=tab == "compare")
        if tab == "map" and not unpaired(session.view.value):
            MapPanel(session)
        elif tab == "requests":
            RequestsPanel(session)
        elif tab == "save":
            SavePanel(session)
