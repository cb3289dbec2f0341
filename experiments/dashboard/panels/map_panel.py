"""The tab for the map: the community in both regimes day by day, with cases and people."""

import json
from typing import Any

import solara

from experiments.dashboard.panels.charts import COLOURS, INKS
from experiments.dashboard.panels.history_html import case_html, person_html
from experiments.dashboard.parts import Map
from experiments.dashboard.serving.page_state import PageState
from experiments.dashboard.serving.server import Served
from experiments.dashboard.state.scenario_pair import arms
from experiments.dashboard.words.page_words import word, words_of
from experiments.dashboard.work import worker_tasks


def both(page_state: PageState, task: Any, *arguments: Any) -> list[Any]:
    """Run a task for both sides on the workers."""
    view = page_state.view.value
    futures = [
        Served.workers.submit(task, arm, view.seed, page_state.replication.value, *arguments)
        for arm in arms(view)
    ]
    return [future.result() for future in futures]


def stale(old: bool) -> dict[str, Any]:
    """Return how a part looks that shows the answer to an older question, and that it cannot be used."""
    if not old:
        return {"classes": [], "attributes": {"aria-busy": "false"}}
    return {"classes": ["cogov-old"], "attributes": {"aria-busy": "true", "inert": ""}}


@solara.component
def MapPanel(page_state: PageState) -> None:
    """The community in both regimes, and the case or person that was clicked."""
    language, view = page_state.language.value, page_state.view.value
    replication, community = page_state.replication.value, page_state.community.value
    asked = (view, replication, community)
    places = solara.use_thread(
        lambda _cancel: (asked, both(page_state, worker_tasks.one_place, community)),
        dependencies=[*asked],
        intrusive_cancel=False,
    )
    found = places.value[1] if places.value is not None else None
    where, when = solara.use_memo(lambda: plots_and_needs(found) if found else ("", ""), [found])
    if places.state == solara.ResultState.ERROR:
        with solara.Div(classes=["cogov-error"]):
            solara.Text(word("failed", language).format(places.error))
        return
    if places.value is None:
        solara.Text(word("map_load", language))
        return
    # Until the new maps have come, those of the last view are still here.
    with solara.Div(**stale(places.value[0] != asked)):
        first, _ = places.value[1]
        person = page_state.person.value
        Map(
            words=words_of("map_", language),
            where=where,
            when=when,
            titles=page_state.titles(),
            colours=list(COLOURS),
            inks=list(INKS),
            chosen={"case": page_state.case.value, "person": person[0] if person else None},
            asks=_asks(page_state, first),
            event_look=lambda event: _look(page_state, event),
            start=page_state.day
            if page_state.day is not None
            else (first["counted"][0] + first["counted"][1]) // 2,
            event_pick_case=lambda event: page_state.case.set(int(event["case"])),
            event_pick_person=lambda event: page_state.person.set((int(event["person"]), int(event["day"]))),
            event_settled=lambda day: setattr(page_state, "day", int(day)),
        )
        solara.HTML(tag="p", unsafe_innerHTML=word("map_note", language), classes=["cogov-note"])
        CasePanel(page_state)
        PersonPanel(page_state, first["days"])


def plots_and_needs(sides: list[dict[str, Any]]) -> tuple[str, str]:
    """Return as JSON where the people of a community live, and the needs of both sides."""
    where = {key: value for key, value in sides[0].items() if key != "needs"}
    return json.dumps(where), json.dumps([side["needs"] for side in sides])


def _asks(page_state: PageState, first: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the numbers that can be asked for beside a click on the map."""
    language, person = page_state.language.value, page_state.person.value
    names = first["communities"]
    last_person = max(first["first"] + first["residents"], first["first_merchant"] + first["merchants"]) - 1
    return [
        {
            "name": "replication",
            "label": word("replication", language),
            "value": page_state.replication.value,
            "low": 0,
            "high": page_state.view.value.pairs - 1,
        },
        {
            "name": "community",
            "label": word("community", language),
            "value": page_state.community.value,
            "low": 0,
            "high": len(names) - 1 if len(names) > 1 else -1,
            "text": names[page_state.community.value],
        },
        {
            "name": "case",
            "label": word("case_number", language),
            "value": "" if page_state.case.value is None else page_state.case.value,
            "low": min(first["needs"]["case"], default=0),
            "high": max(first["needs"]["case"], default=-1),
        },
        {
            "name": "person",
            "label": word("person_number", language),
            "value": "" if person is None else person[0],
            "low": first["first"],
            "high": last_person,
        },
    ]


def _look(page_state: PageState, event: dict[str, Any]) -> None:
    """Look at another pair or another community; what was clicked belongs to the one before."""
    page_state.case.set(None)
    page_state.person.set(None)
    {"replication": page_state.replication, "community": page_state.community}[str(event["name"])].set(
        int(event["value"])
    )


@solara.component
def CasePanel(page_state: PageState) -> None:
    """The life of the chosen case in both regimes."""
    language, view, case = page_state.language.value, page_state.view.value, page_state.case.value
    asked = (view, page_state.replication.value, case)
    rows = solara.use_thread(
        lambda _cancel: (asked, both(page_state, worker_tasks.one_case, case)) if case is not None else None,
        dependencies=[*asked],
        intrusive_cancel=False,
    )
    with solara.Div(classes=["cogov-case"]):
        if case is None:
            solara.Text(word("case_hint", language))
        elif rows.state == solara.ResultState.ERROR:
            solara.Text(word("failed", language).format(rows.error))
        elif rows.value is not None and rows.value[0] == asked:
            # Until the new one has come, the last one's value is still here.
            told = case_html(rows.value[1], page_state.titles(), language)
            solara.HTML(tag="h2", unsafe_innerHTML=word("case_title", language).format(case))
            solara.HTML(tag="div", unsafe_innerHTML=told)


@solara.component
def PersonPanel(page_state: PageState, last_day: int) -> None:
    """The state and reasons of the chosen person in both regimes."""
    language, view, chosen = page_state.language.value, page_state.view.value, page_state.person.value
    asked = (view, page_state.replication.value, chosen)

    def look(_cancel: object) -> Any:
        return None if chosen is None else (asked, both(page_state, worker_tasks.one_person, *chosen))

    states = solara.use_thread(look, dependencies=[*asked], intrusive_cancel=False)
    with solara.Div(classes=["cogov-person"]):
        if chosen is None:
            solara.Text(word("person_hint", language))
        elif states.state == solara.ResultState.ERROR:
            solara.Text(word("failed", language).format(states.error))
        elif states.value is not None and states.value[0] == asked:
            sides = states.value[1]
            kind = word("map_merchant" if sides[0]["age"] == "merchant" else "map_person", language)
            head = word("person_title", language).format(kind, *chosen)
            solara.HTML(tag="h2", unsafe_innerHTML=head)
            text = person_html(sides, page_state.titles(), last_day, language)
            solara.HTML(tag="div", unsafe_innerHTML=text)
