"""A file on its way from the browser: in pieces, whole, read; held in memory until it is reduced."""

import os
import threading
from collections.abc import Callable
from typing import Any

import solara

from analysis.request_files.headings import ROLES
from experiments.city.import_file.importing import MOST_RESIDENTS, Options
from experiments.dashboard.serving import request_file as reader
from experiments.dashboard.serving.guard import FAULT, LOG
from experiments.dashboard.serving.server import Served
from sim.errors import InputError
from sim.request_file.mapping import shipped_mappings

_PIECE = 1 << 20
"""Bytes in which a file arrives."""
LARGEST = {"csv": 256, "mapping": 1}
"""Pieces of a file that the page takes, by what it is; the note of the first step states them."""
FURTHER = ("time_zone", "time_format", "encoding")
"""What a file may leave open, by its key of `cogov import`."""


class Upload:
    """What was chosen so far; the file itself stays in memory."""

    def __init__(self) -> None:
        self.name = solara.reactive("")
        self.columns: solara.Reactive[tuple[str, ...]] = solara.reactive(())
        #: Heading by role: as guessed, and as changed since; and which were changed, "" for no column.
        self.chosen: solara.Reactive[dict[str, str]] = solara.reactive({})
        self.stated: solara.Reactive[dict[str, str]] = solara.reactive({})
        #: Residents as stated; 0: to be guessed from the rows.
        self.residents = solara.reactive(0)
        #: What an import asks for where a file leaves it open.
        self.further: solara.Reactive[dict[str, str]] = solara.reactive({})
        self.mapping = solara.reactive("")
        self.reading: solara.Reactive[reader.Reading | None] = solara.reactive(None)
        self.error: solara.Reactive[InputError | str] = solara.reactive("")
        #: A file that was too large, and how many megabytes it may have.
        self.refused: solara.Reactive[tuple[str, int] | None] = solara.reactive(None)
        #: Which reading is asked for (0: none yet), and what is being done, for the page to say.
        self.asked = solara.reactive(0)
        self.arriving: solara.Reactive[tuple[str, int, int] | None] = solara.reactive(None)
        self.busy = solara.reactive(False)
        self.step: solara.Reactive[str] = solara.reactive("")
        self.raw = b""
        self.own_mapping = ""
        #: Which reading was begun last; one is after the other, or the slower of two would be taken for both.
        self.done = 0
        self._one_at_a_time = threading.Lock()
        self.read_with: tuple[Any, ...] = ()
        self._pieces: dict[str, list[bytes]] = {}

    def piece(self, facts: dict[str, Any], buffers: list[Any] | None = None) -> None:
        """Take in a piece of a file; the last one completes it. What is too large is given up at once."""
        kind, name = str(facts["kind"]), str(facts["name"])[:255]
        try:
            self._keep(kind, name, int(facts["piece"]), int(facts["pieces"]), bytes((buffers or [b""])[0]))
        except InputError as error:
            self._pieces.pop(kind, None)
            self.arriving.set(None)
            self.error.set(error)

    def _keep(self, kind: str, name: str, piece: int, whole: int, content: bytes) -> None:
        if kind not in LARGEST:
            raise InputError("upload", kind, "a request file or a mapping")
        pieces = self._pieces.setdefault(kind, [])
        if piece == 0:
            pieces.clear()
            self.refused.set(None)
        elif not pieces:
            return  # the rest of one that was given up
        if whole > LARGEST[kind] or len(content) > _PIECE:
            pieces.clear()
            self.refused.set((name, LARGEST[kind]))
            return
        if piece != len(pieces) or whole < 1:
            raise InputError("upload", name, "a file that arrives in order", hint="choose it again")
        pieces.append(content)
        if len(pieces) < whole:
            self.arriving.set((name, len(pieces), whole))
            return
        self.arriving.set(None)
        raw = b"".join(self._pieces.pop(kind))
        # Read at once: what is guessed stands on rows as well as on headings. Asked for at the end: what is
        # wrong with the rows is not to be taken back by a header that was right.
        if self.attempt(lambda: self.take(kind, name, raw)) and kind == "csv":
            self.ask()

    def forget(self) -> None:
        """Drop the file: the page is closed."""
        self.raw, self.own_mapping = b"", ""
        self._pieces.clear()

    def take(self, kind: str, name: str, raw: bytes) -> None:
        """Take in a whole file: requests or a mapping."""
        if kind == "mapping":
            try:
                self.own_mapping = raw.decode("utf-8-sig")
            except UnicodeDecodeError:
                raise InputError("demand.mapping", name, "UTF-8 text") from None
            self.mapping.set(name)
            return
        self.raw = reader.content(name, raw)
        self.reading.set(None)
        self.name.set(name)
        for kept in (self.chosen, self.stated, self.further):
            kept.set({})
        self.residents.set(0)
        self.columns.set(())
        # Where the header cannot be told, a mapping may state it, or its encoding can be said.
        self.columns.set(tuple(reader.header(name, self.raw)))

    def ask(self) -> None:
        """Ask for the file to be read."""
        self.asked.set(self.asked.value + 1)

    def choose_column(self, event: dict[str, Any]) -> None:
        """Say which column plays a role, or that none does."""
        role, column = str(event["role"]), str(event["column"])
        if role in ROLES and (column in self.columns.value or not column):
            self.chosen.set({**self.chosen.value, role: column})
            self.stated.set({**self.stated.value, role: column})

    def state(self, event: dict[str, Any]) -> None:
        """Say what the file leaves open; an empty text says nothing."""
        name, text = str(event["name"]), str(event["text"]).strip()[:200]
        if name in FURTHER:
            self.further.set({**{k: v for k, v in self.further.value.items() if k != name},
                              **({name: text} if text else {})})  # fmt: skip

    def options(self, language: str) -> Options:
        """Return what was chosen, as the command would read it from its words."""
        said = self.further.value
        return Options(
            residents=self.residents.value or None,
            time_zone=said.get("time_zone"),
            time_format=(said["time_format"],) if "time_format" in said else (),
            encoding=said.get("encoding"),
            columns=dict(self.stated.value),
            language=language,
        )

    def choices(self) -> tuple[Any, ...]:
        """Return all that decides what reading the file gives."""
        mine = (dict(self.stated.value), self.residents.value, dict(self.further.value))
        return (self.name.value, self.mapping.value, self.own_mapping, () if self.mapping.value else mine)

    def outdated(self) -> bool:
        """Whether something was chosen since the file was read, or a reading or a file is on its way."""
        waiting = self.arriving.value is not None or self.busy.value or self.asked.value > self.done
        return waiting or self.read_with != self.choices()

    def answer(self, asked: int, language: str) -> None:
        """Read the file for what was asked, unless that was read or another was asked for meanwhile."""
        with self._one_at_a_time:
            if self.done < asked == self.asked.value:
                self.done = asked
                self.read(language)

    def read(self, language: str = "en") -> None:
        """Read the file with what is chosen, and say so while it lasts."""
        self.busy.set(True)
        try:
            self.attempt(lambda: self._read(language))
        finally:
            self.busy.set(False)
            self.step.set("")

    def _read(self, language: str) -> None:
        # What was read before is no answer to what is chosen now, also where this fails.
        self.reading.set(None)
        self.read_with = self.choices()
        folder = Served.start.out / "requests"
        if self.mapping.value:
            shipped = shipped_mappings().get(self.mapping.value)
            mapping = shipped if shipped is not None else self.own_mapping
            self.reading.set(reader.read(self.name.value, self.raw, mapping, folder))
            return
        options = self.options(language)
        self.columns.set(tuple(reader.header(self.name.value, self.raw, options.encoding or "")))
        found = reader.import_file(self.name.value, self.raw, options, folder, self.step.set)
        self.chosen.set({role: one.heading for role, one in found.roles.choices.items()})
        self.reading.set(found)

    def attempt(self, work: Callable[[], None]) -> bool:
        """Do something, and return whether it could be done; what is wrong is said on the page."""
        try:
            work()
        except InputError as error:
            self.error.set(error)
            return False
        except Exception as error:
            debugging = os.environ.get("COGOV_DEBUG") == "1"
            LOG.error("a file could not be read: %s", type(error).__name__, exc_info=debugging)
            self.error.set(FAULT)
            return False
        self.error.set("")
        return True

    def set_residents(self, text: Any) -> None:
        """Set how many residents the file speaks for."""
        if str(text).strip().isdecimal() and 0 < int(text) <= MOST_RESIDENTS:
            self.residents.set(int(text))
