"""The tab for a hotline's own file: choose, read, see where every row went, use it."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import solara

from analysis.findings.request_file_rows import note_text
from analysis.report.html_page import escape
from experiments.dashboard.panels.tables import scrolled
from experiments.dashboard.parts import Requests
from experiments.dashboard.serving import request_file as reader
from experiments.dashboard.serving.page_state import PageState
from experiments.dashboard.serving.upload import LARGEST
from experiments.dashboard.words.error_line import error_line
from experiments.dashboard.words.page_words import fault_word, reason_text, word, words_of
from sim.request_file.mapping import shipped_mappings


@solara.component
def RequestsPanel(page_state: PageState) -> None:
    """Choose, read, account, use."""
    language = page_state.language.value
    upload = page_state.upload
    mapping = upload.mapping.value
    names = list(shipped_mappings())
    asked = upload.asked.value

    def read(_cancel: object) -> None:
        # The number counts what was asked for; coming back to this tab asks for nothing.
        if asked > upload.done:
            upload.done = asked
            upload.read()

    solara.use_thread(read, dependencies=[asked], intrusive_cancel=False)
    with solara.Div(classes=["cogov-upload"]):
        Requests(
            words=words_of("upload_", language)
            | {
                key: word(key, language)
                for key in ("role_none", "residents", "shipped_mapping", "own_columns")
            },
            name=upload.name.value,
            columns=list(upload.columns.value),
            roles=[{"name": role, "label": word(f"role_{role}", language)} for role in reader.ROLES],
            chosen=upload.chosen.value,
            residents=upload.residents.value,
            shipped=names if mapping in ("", *names) else [mapping, *names],
            mapping=mapping,
            limits=LARGEST,
            waiting=upload.arriving.value is not None or upload.busy.value,
            event_piece=upload.piece,
            event_choose_column=lambda event: upload.chosen.set(
                {**upload.chosen.value, str(event["role"]): str(event["column"])}
            ),
            event_choose_residents=upload.set_residents,
            event_choose_mapping=upload.mapping.set,
            event_read=lambda _: upload.asked.set(upload.asked.value + 1),
        )
        if upload.arriving.value is not None:
            solara.Text(word("upload_arriving", language).format(*upload.arriving.value))
        if upload.busy.value:
            solara.Text(word("upload_reading", language).format(upload.name.value))
        if upload.refused.value is not None:
            with solara.Div(classes=["cogov-error"]):
                solara.Text(word("upload_too_large", language).format(*upload.refused.value))
        if upload.error.value:
            with solara.Div(classes=["cogov-error"]):
                solara.Text(error_line(upload.error.value, language))
        reading = upload.reading.value
        if reading is not None:
            outdated = upload.outdated()
            with solara.Div(classes=["cogov-old"] if outdated else []):
                solara.HTML(tag="div", unsafe_innerHTML=reading_html(reading, language))
            if outdated:
                solara.Text(word("upload_changed", language))
            files = (str(reading.file.resolve()), str(reading.mapping.resolve()))
            if page_state.view.value.requests != files:
                solara.Button(
                    word("upload_use", language),
                    on_click=lambda: page_state.set(
                        replace(page_state.view.value, requests=files, shared={})
                    ),
                    classes=["cogov-use"],
                    disabled=outdated,
                )
        active = page_state.view.value.requests
        if active is not None:
            solara.Text(word("upload_active", language).format(Path(active[0]).name))
            solara.Button(
                word("upload_leave", language),
                on_click=lambda: page_state.set(replace(page_state.view.value, requests=None)),
                classes=["cogov-leave"],
            )


def reading_html(reading: reader.Reading, language: str) -> str:
    """Return where every row went, which cannot be used and why, and what was dropped."""
    used = word("upload_used", language).format(f"{reading.used:,}", f"{reading.rows:,}")
    parts = [f"<p class='cogov-answer'>{escape(used)}</p>"]
    notes = [escape(note_text(one, language)) for one in reading.stream.notes]
    parts += [f"<p class='cogov-note'>{text}</p>" for text in notes]
    if reading.dropped:
        text = word("upload_dropped", language).format(", ".join(reading.dropped))
        parts.append(f"<p>{escape(text)}</p>")
    heads: tuple[str, ...] = ("reason", "rows")
    rows = [(reason_text(reason, why, language), f"{count:,}") for reason, count, why in reading.account()]
    parts.append(f"<h3>{escape(word('upload_account', language))}</h3>")
    parts.append(_table([word(head, language) for head in heads], rows, word("upload_account", language)))
    parts.append(f"<h3>{escape(word('upload_bad', language))}</h3>")
    if not reading.bad:
        parts.append(f"<p>{escape(word('upload_none_bad', language))}</p>")
        return "".join(parts)
    heads = ("bad_row", "bad_column", "bad_value", "bad_reason")
    named = [
        (str(bad.row), bad.column, bad.value, fault_word(bad.reason, language))
        for bad in reading.bad[: reader.ROWS_NAMED]
    ]
    parts.append(
        _table([word(head, language) for head in heads], named, word("upload_bad", language), "cogov-bad")
    )
    if len(reading.bad) > reader.ROWS_NAMED:
        more = word("upload_bad_more", language).format(len(reading.bad) - reader.ROWS_NAMED)
        parts.append(f"<p>{escape(more)}</p>")
    return "".join(parts)


def _table(heads: list[str], rows: Any, label: str, name: str = "") -> str:
    head = "".join(f"<th>{escape(text)}</th>" for text in heads)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return scrolled(f"<table class='cogov-table text {name}'><tr>{head}</tr>{body}</table>", label)
