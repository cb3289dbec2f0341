"""The first step: a file, what its columns are taken for and why, and what was dropped."""

from typing import Any

import solara

from analysis.request_files.findings import shown
from analysis.request_files.headings import ROLES
from experiments.city.import_file.draft_mapping import kind_word, reasons
from experiments.city.import_file.importing import STEPS
from experiments.dashboard.panels.alert import Alert
from experiments.dashboard.parts import HotlineFile
from experiments.dashboard.serving.page_state import PageState
from experiments.dashboard.serving.request_file import Reading
from experiments.dashboard.serving.upload import FURTHER, LARGEST, Upload
from experiments.dashboard.words.error_line import error_line
from experiments.dashboard.words.hotline_words import said
from experiments.dashboard.words.page_words import word
from sim.request_file.mapping import shipped_mappings

_WORDS = ("note", "choose_file", "columns", "columns_note", "please_check", "residents", "further", "read")
_DOING = dict(zip(STEPS, ("doing_look", "doing_rows", "doing_odd"), strict=True))
_REQUIRED = ("opened", "category")


@solara.component
def FileStep(page_state: PageState) -> None:
    """Choose a file, correct what is guessed of it."""
    language, upload = page_state.language.value, page_state.upload
    names, mapping = list(shipped_mappings()), upload.mapping.value
    reading = upload.reading.value
    guessed = reading.guessed_residents if reading is not None else None
    HotlineFile(
        words={key: said(key, language) for key in _WORDS}
        | {
            key: word(key, language)
            for key in ("upload_mapping", "role_none", "shipped_mapping", "own_columns")
        },
        name=upload.name.value,
        columns=list(upload.columns.value),
        roles=role_rows(upload, language),
        residents=upload.residents.value or guessed or 0,
        residents_why=said("residents_guessed", language) if guessed and not upload.residents.value else "",
        further=[
            {
                "name": name,
                "label": said(f"further_{name}", language),
                "text": upload.further.value.get(name, ""),
            }
            for name in FURTHER
        ],
        asks=bool(upload.error.value),
        shipped=names if mapping in ("", *names) else [mapping, *names],
        mapping=mapping,
        limits=LARGEST,
        waiting=upload.arriving.value is not None or upload.busy.value,
        event_piece=upload.piece,
        event_choose_column=upload.choose_column,
        event_choose_residents=upload.set_residents,
        event_say_further=upload.state,
        event_choose_mapping=upload.mapping.set,
        event_read=lambda _: upload.ask(),
    )
    _under_way(upload, language)
    if reading is not None and reading.roles.personal:
        with solara.Div(classes=["cogov-personal"]):
            solara.Text(personal_text(reading, language))


@solara.component
def _under_way(upload: Upload, language: str) -> None:
    """Say what is being done, and what was wrong."""
    with solara.Div():
        with solara.Div(attributes={"role": "status"}):
            if upload.arriving.value is not None:
                solara.Text(word("upload_arriving", language).format(*upload.arriving.value))
            if upload.busy.value:
                solara.Text(word("upload_reading", language).format(upload.name.value))
                if upload.step.value in _DOING:
                    number = STEPS.index(upload.step.value) + 1
                    doing = said(_DOING[upload.step.value], language)
                    solara.Text(" " + said("step_of", language).format(number, len(STEPS), doing))
        if upload.refused.value is not None:
            Alert(word("upload_too_large", language).format(*upload.refused.value))
        if upload.error.value:
            Alert(error_line(upload.error.value, language))


def role_rows(upload: Upload, language: str) -> list[dict[str, Any]]:
    """Return what the page shows of each role: its column, why, and whether to check it."""
    reading, stated = upload.reading.value, upload.stated.value
    choices = reading.roles.choices if reading is not None else {}
    why = reasons(reading.roles, language) if reading is not None else {}
    rows = []
    for role in ROLES:
        choice = choices.get(role)
        heading = upload.chosen.value.get(role, "")
        same = choice is not None and choice.heading == heading
        told = why.get(role, "") if same else ""
        if choice is not None and same and choice.clock:
            told = f"+ {choice.clock}; {told}"
        if role in stated and not same:
            told = said("by_you", language)
        rows.append(
            {
                "role": role,
                "label": said(f"role_{role}", language),
                "heading": heading,
                "required": role in _REQUIRED,
                "check": bool(same and choice is not None and not choice.is_sure),
                "why": told,
            }
        )
    return rows


def personal_text(reading: Reading, language: str) -> str:
    """Return which columns are left out because they may be about persons, and of what kind."""
    kinds = [
        said("personal_one", language).format(shown(heading), kind_word(kind, language))
        for heading, kind in reading.roles.personal.items()
    ]
    return said("personal", language).format(("、" if language == "zh" else ", ").join(kinds))
