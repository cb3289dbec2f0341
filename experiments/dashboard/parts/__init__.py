"""The parts of the page that Vue draws, as Solara components.

Imports nothing of `experiments`; `panels` and the page may import it.
"""

from collections.abc import Callable
from typing import Any

import solara


@solara.component_vue("charts.vue")
def Charts(options: str, order: list[str], stamp: str, whole: bool = True) -> None:
    """Draw ECharts options; the attribute `data-drawn` then holds the stamp, `data-in-sight` a frame earlier.

    They come as JSON: lists and dictionaries are walked through, point by point, whenever anything on the
    page changes, and a text is not. What can be seen is drawn first, the rest after it, or, of what is not
    whole, when it comes into sight; `data-shows` holds the stamp of each figure.
    """


@solara.component_vue("questions.vue")
def Questions(title: str, cards: list[dict[str, str]], event_open: Callable[[str], None]) -> None:
    """Questions with their answers; `open` is told the tab in which one goes on."""


@solara.component_vue("chooser.vue")
def Chooser(
    label: str,
    name: str,
    value: str,
    options: list[dict[str, str]],
    event_choose: Callable[[str], None],
) -> None:
    """One choice of several."""


@solara.component_vue("controls.vue")
def Controls(
    groups: list[dict[str, Any]],
    colours: list[str],
    inks: list[str],
    marks: list[str],
    words: dict[str, str],
    further: list[str],
    previewed: int,
    event_set: Callable[[dict[str, Any]], None],
    event_drag: Callable[[dict[str, Any] | None], None],
    event_add: Callable[[str], None],
) -> None:
    """Sliders, switches and choices; `set` is told key, side (-1: both) and value when one is let go.

    While one is moved `drag` is told the same with a number, and the next value once `previewed` has it.
    """


@solara.component_vue("header.vue")
def Header(
    words: dict[str, str],
    groups: list[list[dict[str, Any]]],
    names: list[str],
    labels: list[str],
    marks: list[str],
    colours: list[str],
    inks: list[str],
    code: str,
    changed: list[bool],
    pairs: int,
    most: int,
    seed: int,
    tabs: list[dict[str, str]],
    tab: str,
    undoable: bool,
    redoable: bool,
    resettable: bool,
    event_undo: Callable[[Any], None],
    event_redo: Callable[[Any], None],
    event_start_again: Callable[[Any], None],
    event_choose: Callable[[dict[str, Any]], None],
    event_reset: Callable[[int], None],
    event_number: Callable[[dict[str, Any]], None],
    event_language: Callable[[Any], None],
    event_open: Callable[[str], None],
) -> None:
    """Scenario choosers, pairs and seed, language, tabs; `code`: the language as HTML names it.

    `groups` are the scenarios that each side can have, under a heading each: `name`, `label`, `options`.
    """


@solara.component_vue("status.vue")
def Status(
    words: dict[str, str],
    done: int,
    total: int,
    text: str,
    state: str,
    event_cancel: Callable[[Any], None],
) -> None:
    """Progress with a button that cancels, or a line of text."""


@solara.component_vue("strip.vue")
def Strip(
    words: dict[str, str],
    state: str,
    busy: bool,
    note: str,
    sides: list[dict[str, str]],
    sentence: str,
    tiles: list[dict[str, str]],
    parts: str,
    pong: int,
    event_ping: Callable[[int], None],
) -> None:
    """What stays in sight; `state`: how the numbers stand to what is asked for, `PageState.standing`.

    It also watches the connection: what `ping` is told comes back as `pong` if the server still has the page.
    """


@solara.component_vue("fields.vue")
def Fields(
    head: str,
    fields: list[dict[str, Any]],
    event_set: Callable[[dict[str, str]], None],
    event_start: Callable[[Any], None],
) -> None:
    """Fields of a form; `set` is told name and text, `start` that Enter was pressed in one.

    The names of the fields in the page begin with `head`.
    """


@solara.component_vue("work.vue")
def Work(
    head: str,
    words: dict[str, str],
    running: bool,
    done: int,
    total: int,
    text: str,
    status: str,
    event_start: Callable[[Any], None],
    event_cancel: Callable[[Any], None],
) -> None:
    """A button that starts what takes a while, one that ends it, and how far it is."""


@solara.component_vue("parameters.vue")
def Parameters(
    words: dict[str, str],
    parameters: list[dict[str, str]],
    question: str,
    chosen: str,
    ticked: list[str],
    chosen_text: str,
    event_set: Callable[[dict[str, str]], None],
) -> None:
    """Parameters to search and choose from: one, or several to tick."""


@solara.component_vue("commands.vue")
def Commands(
    words: dict[str, str], command: str, note: str, event_write: Callable[[Any], None], head: str = ""
) -> None:
    """Commands to copy; `write` is told when they are, so that files they name are there."""


@solara.component_vue("map.vue")
def Map(
    words: dict[str, str],
    where: str,
    when: str,
    titles: list[str],
    colours: list[str],
    inks: list[str],
    chosen: dict[str, Any],
    asks: list[dict[str, Any]],
    start: int,
    event_look: Callable[[dict[str, Any]], None],
    event_pick_case: Callable[[dict[str, Any]], None],
    event_pick_person: Callable[[dict[str, Any]], None],
    event_settled: Callable[[int], None],
) -> None:
    """Two maps of one community, playing through the days; as JSON its plots, and the needs of both sides."""


@solara.component_vue("hotline_file.vue")
def HotlineFile(
    words: dict[str, str],
    name: str,
    columns: list[str],
    roles: list[dict[str, Any]],
    residents: int,
    residents_why: str,
    further: list[dict[str, str]],
    asks: bool,
    shipped: list[str],
    mapping: str,
    limits: dict[str, int],
    waiting: bool,
    event_piece: Callable[..., None],
    event_choose_column: Callable[[dict[str, str]], None],
    event_choose_residents: Callable[[Any], None],
    event_say_further: Callable[[dict[str, str]], None],
    event_choose_mapping: Callable[[str], None],
    event_read: Callable[[Any], None],
) -> None:
    """Files from the user's own machine, in pieces, and what their columns are taken for, with why."""


@solara.component_vue("hotline_needs.vue")
def HotlineNeeds(
    words: dict[str, str],
    heads: list[str],
    rows: list[dict[str, Any]],
    dirty: bool,
    waiting: bool,
    status: str,
    event_set: Callable[[dict[str, str]], None],
    event_apply: Callable[[Any], None],
) -> None:
    """What categories ask of the organisations, field by field; `dirty`: something is not written yet."""


@solara.component_vue("hotline_what_if.vue")
def HotlineWhatIf(
    words: dict[str, str],
    teams: list[dict[str, str]],
    team: str,
    present: str,
    text: str,
    waiting: bool,
    event_choose_team: Callable[[str], None],
    event_choose_present: Callable[[Any], None],
    event_step: Callable[[int], None],
    event_ask: Callable[[Any], None],
) -> None:
    """A team, and more or fewer hands in it."""


@solara.component_vue("hotline_files.vue")
def HotlineFiles(
    files: list[dict[str, str]],
    waiting: bool,
    status: str,
    file: dict[str, Any],
    event_ask: Callable[[str], None],
) -> None:
    """Files to be saved, each made when it is asked for: it comes back as `file`."""


@solara.component_vue("export.vue")
def Export(
    words: dict[str, str],
    rows: list[dict[str, Any]],
    ready: bool,
    why: str,
    waiting: bool,
    status: str,
    file: dict[str, Any],
    event_ask: Callable[[dict[str, str]], None],
) -> None:
    """What can be saved as a file; `ask` is told name and kind, and the file comes back as `file`."""


@solara.component_vue("saving/save_as.vue")
def SaveAs(
    words: dict[str, str],
    sides: list[str],
    most: int,
    status: str,
    saved: str,
    rows: list[dict[str, str]],
    event_save: Callable[[dict[str, Any]], None],
) -> None:
    """A side under a name of the user's; `save` is told side and name, and `saved` says that it was done."""


@solara.component_vue("saving/past.vue")
def PastTable(
    words: dict[str, str],
    heads: list[str],
    rows: list[dict[str, Any]],
    event_show: Callable[[int], None],
) -> None:
    """Comparisons that were on the screen; `show` is told the number of the one to be brought back."""


@solara.component_vue("saving/save.vue")
def Save(words: dict[str, str], files: list[dict[str, str]]) -> None:
    """Scenario files to download."""
