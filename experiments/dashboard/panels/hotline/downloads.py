"""What is drawn and handed out of a file that was read: its weeks, the mapping, the report of the import."""

import base64
import itertools
import os
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import solara

from analysis.figures.page.style import Provenance, save
from analysis.report.request_file_figures import weeks_figure
from experiments.city.import_file.report_files import file_facts, write_report
from experiments.dashboard.panels.hotline.job_view import commands_html, picture
from experiments.dashboard.parts import HotlineFiles
from experiments.dashboard.serving.guard import FAULT, LOG
from experiments.dashboard.serving.page_state import PageState
from experiments.dashboard.serving.request_file import Reading
from experiments.dashboard.state.hotline_commands import import_words, line
from experiments.dashboard.words.hotline_words import said
from experiments.dashboard.words.page_words import word
from experiments.output.manifest import brief_manifest, code_hash

_NUMBERS = itertools.count(1)
#: Figures are set up in what all threads share.
_DRAWING = threading.Lock()
MAPPING, REPORT = "mapping", "report"


@solara.component
def Weeks(reading: Reading, language: str) -> None:
    """Draw weeks, weekdays and hours."""
    drawn = solara.use_thread(
        lambda _cancel: weeks_picture(reading, language), dependencies=[reading, language],
        intrusive_cancel=False,
    )  # fmt: skip
    with solara.Div(classes=["cogov-weeks"]):
        if drawn.state == solara.ResultState.FINISHED and drawn.value:
            solara.HTML(tag="div", unsafe_innerHTML=picture(drawn.value, said("weeks", language)))
        elif drawn.state != solara.ResultState.ERROR:
            solara.Text(said("drawing", language))


def weeks_picture(reading: Reading, language: str) -> bytes:
    """Return the figure of the import's report as a picture."""
    source = Provenance(code_hash()[:12], "cogov dashboard")
    with _DRAWING, tempfile.TemporaryDirectory(prefix="cogov-weeks-") as folder:
        figure = weeks_figure(reading.found, reading.stream, language, source)
        drawn = save(figure, Path(folder) / "weeks", source, "weeks", formats=("png",))
        return drawn["png"].read_bytes()


@dataclass(frozen=True, eq=False)
class Asked:
    """A file that somebody asked for."""

    number: int
    name: str
    make: Callable[[], bytes]


@solara.component
def Downloads(page_state: PageState, reading: Reading) -> None:
    """Offer mapping and report, and say which command makes the same."""
    language, upload = page_state.language.value, page_state.upload
    nothing: Asked | None = None
    asked, ask = solara.use_state(nothing)
    command = line("import", import_words(reading.name, upload.options(language)))

    def work(_cancel: object) -> tuple[Asked, bytes | None] | None:
        return None if asked is None else (asked, _made(asked))

    making = solara.use_thread(work, dependencies=[asked], intrusive_cancel=False)
    value = making.value
    there = value if value is not None and asked is not None and value[0] is asked else None
    names = {
        MAPPING: "mapping.yaml",
        REPORT: "report.html" if language == "en" else f"report.{language}.html",
    }
    makers: dict[str, Callable[[], bytes]] = {
        MAPPING: lambda: reading.text.encode(),
        REPORT: lambda: report(reading, command, language),
    }

    def wanted(name: Any) -> None:
        if str(name) in makers:
            ask(Asked(next(_NUMBERS), str(name), makers[str(name)]))

    with solara.Div():
        HotlineFiles(
            files=[{"name": name, "label": said(f"download_{name}", language)} for name in makers],
            waiting=asked is not None and there is None,
            status=_status(asked, there, names, language),
            file=_sent(there, names),
            event_ask=wanted,
        )
        if not upload.mapping.value:
            solara.HTML(tag="div", unsafe_innerHTML=commands_html([command], language))


def report(reading: Reading, command: str, language: str) -> bytes:
    """Return the report of the import, in one file."""
    manifest = {
        **brief_manifest(command, datetime.now().astimezone()),
        "file": file_facts(reading.name, reading.found, reading.stream),
    }
    with _DRAWING, tempfile.TemporaryDirectory(prefix="cogov-report-") as folder:
        where = Path(folder)
        return write_report(
            where, reading.name, reading.found, reading.roles, reading.stream, manifest, language
        ).read_bytes()


def _made(asked: Asked) -> bytes | None:
    try:
        return asked.make()
    except Exception as error:
        debugging = os.environ.get("COGOV_DEBUG") == "1"
        LOG.error("a file could not be made: %s", type(error).__name__, exc_info=debugging)
        return None


def _status(
    asked: Asked | None, there: tuple[Asked, bytes | None] | None, names: dict[str, str], language: str
) -> str:
    if asked is None:
        return ""
    if there is None:
        return said("download_making", language)
    if there[1] is None:
        return word("failed", language).format(FAULT)
    return word("export_saved", language).format(names[asked.name])


def _sent(there: tuple[Asked, bytes | None] | None, names: dict[str, str]) -> dict[str, Any]:
    """Return a file as it travels to the browser; number 0: none."""
    if there is None or there[1] is None:
        return {"number": 0, "name": "", "type": "", "data": ""}
    kind = "text/html" if there[0].name == REPORT else "application/yaml"
    data = base64.b64encode(there[1]).decode("ascii")
    return {"number": there[0].number, "name": names[there[0].name], "type": kind, "data": data}
