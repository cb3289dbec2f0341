"""A file on its way from the browser: in pieces, whole, read; held in memory until it is reduced."""

from pathlib import Path
from typing import Any

import solara

from experiments.dashboard.serving import request_file as reader
from experiments.dashboard.serving.server import Served
from sim.errors import InputError
from sim.request_file.mapping import shipped_mappings

RESIDENTS = 9000
_PIECE = 1 << 20
"""Bytes in which a file arrives."""
LARGEST = {"csv": 256, "mapping": 1}
"""Pieces of a file that the page takes, by what it is; `upload_note` states them."""


class Upload:
    """What was chosen so far; the file itself stays in memory."""

    def __init__(self) -> None:
        self.name = solara.reactive("")
        self.columns: solara.Reactive[tuple[str, ...]] = solara.reactive(())
        self.chosen: solara.Reactive[dict[str, str]] = solara.reactive({})
        self.residents = solara.reactive(RESIDENTS)
        self.mapping = solara.reactive("")
        self.reading: solara.Reactive[reader.Reading | None] = solara.reactive(None)
        self.error: solara.Reactive[InputError | str] = solara.reactive("")
        #: A file that was too large, and how many megabytes it may have.
        self.refused: solara.Reactive[tuple[str, int] | None] = solara.reactive(None)
        #: Which reading is asked for (0: none yet), and what is being done, for the page to say.
        self.asked = solara.reactive(0)
        self.arriving: solara.Reactive[tuple[str, int, int] | None] = solara.reactive(None)
        self.busy = solara.reactive(False)
        self.raw = b""
        self.own_mapping = ""
        self.done = 0
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
        self.attempt(lambda: self.take(kind, name, raw))

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
        self.chosen.set({})
        self.columns.set(())
        columns = reader.header(name, self.raw)  # where it cannot tell, a mapping may state it
        self.chosen.set(reader.guess(columns))
        self.columns.set(tuple(columns))

    def choices(self) -> tuple[Any, ...]:
        """Return all that decides what reading the file gives."""
        by_columns = () if self.mapping.value else (dict(self.chosen.value), self.residents.value)
        return (self.name.value, self.mapping.value, self.own_mapping, by_columns)

    def outdated(self) -> bool:
        """Whether something was chosen since the file was read, or another file is on its way."""
        return self.read_with != self.choices() or self.arriving.value is not None or self.busy.value

    def read(self) -> None:
        """Read the file with the mapping chosen, and say so while it lasts."""
        self.busy.set(True)
        try:
            self.attempt(self._read)
        finally:
            self.busy.set(False)

    def _read(self) -> None:
        mapping: str | Path
        # What was read before is no answer to what is chosen now, also where this fails.
        self.reading.set(None)
        self.read_with = self.choices()
        if self.mapping.value in shipped_mappings():
            mapping = shipped_mappings()[self.mapping.value]
        elif self.mapping.value:
            mapping = self.own_mapping
        else:
            mapping = reader.mapping_text(self.chosen.value, self.residents.value)
        folder = Served.start.out / "requests"
        self.reading.set(reader.read(self.name.value, self.raw, mapping, folder))

    def attempt(self, work: Any) -> None:
        """Do something; what is wrong with the input is said on the page."""
        try:
            work()
        except InputError as error:
            self.error.set(error)
        else:
            self.error.set("")

    def set_residents(self, text: Any) -> None:
        """Set how many residents the file speaks for."""
        if str(text).strip().isdecimal() and int(text) > 0:
            self.residents.set(int(text))
