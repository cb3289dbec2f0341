"""The times of a request file: their formats decided by the file, their zones by the mapping."""

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sim.errors import InputError
from sim.request_file.mapping import StreamMapping
from sim.request_file.notes import Note, note
from sim.request_file.time_formats import (
    SLIPS,
    UNAMBIGUOUS,
    Choice,
    Column,
    choose,
    fitted,
    is_epoch,
    propose,
    swapped,
)
from sim.request_file.time_spelling import shape, split_zones, without_zone
from sim.request_file.time_zones import from_local, moments, to_local, twice_or_never

_MIDNIGHT = re.compile(r"[T ]0?0:00(?::00(?:\.0+)?)?$")
_NO_DAY = re.compile(r"^(?:1899[-/]12[-/]3[01]|1900[-/]0?1[-/]0?[01])[T ]")


@dataclass
class Times:
    """One column of times: by the city's clock and, where it is known, as a moment of world time."""

    local: np.ndarray
    """Naive local time to the microsecond, NaT where none could be read."""
    utc: np.ndarray | None
    """The moment, NaT where it is not known; None where the mapping names no zone."""
    column: Column
    formats: list[str]


def in_one_cell(dates: list[str], times: list[str]) -> list[str]:
    """Return date and time of two columns as one text; without a date there is no time.

    A spreadsheet writes a day as its midnight, and a time as that time of its day 0.
    """
    return [
        f"{_MIDNIGHT.sub('', date.strip())} {_NO_DAY.sub('', time.strip())}".strip() if date.strip() else ""
        for date, time in zip(dates, times, strict=True)
    ]


class TimeReader:
    """Reads the columns of times of one file under one mapping; gathers what is to be known about them."""

    def __init__(
        self, path: Path, mapping_path: Path, rules: StreamMapping, cells: dict[str, list[str]]
    ) -> None:
        self.path, self.mapping_path, self.rules = path, mapping_path, rules
        self.notes: list[Note] = []
        self._columns: dict[str, Column] = {}
        self._zones: dict[str, list[str] | None] = {}
        for role, values in cells.items():
            bodies, self._zones[role] = split_zones(values)
            self._columns[role] = Column(bodies)
        if rules.time_zone is None:
            self._ask_for_zone()
        self._chosen = self._decide()

    def read(self, role: str) -> Times:
        """Return the times of a column."""
        column, formats = self._columns[role], self._chosen[role]
        times = np.full(len(column.cells), np.datetime64("NaT", "us"))
        epoch = np.zeros(len(times), bool)
        rows = np.flatnonzero(column.there)
        try:
            stated = [(column.read_exact, form) for form in formats]
            for read, form in [*stated, *((column.read_plain, form) for form in formats or UNAMBIGUOUS)]:
                if not len(rows):
                    break
                times[rows] = read(form, rows)
                found = ~np.isnat(times[rows])
                epoch[rows[found]] = is_epoch(form)
                rows = rows[~found]
        except ValueError as error:  # pandas does not know a part of the format
            raise self._fault(hint=str(error)) from None
        column.forget()
        if self.rules.time_zone is None:
            return Times(times, None, column, formats)
        return self._by_the_clock(role, column, formats, times, epoch)

    def _by_the_clock(
        self, role: str, column: Column, formats: list[str], times: np.ndarray, epoch: np.ndarray
    ) -> Times:
        """Turn times as written into those of the city's clock."""
        city = self.rules.time_zone
        assert city is not None
        zones = self._zones[role]
        named = np.array([bool(zone) for zone in zones], bool) if zones else np.zeros(len(times), bool)
        world = named | epoch
        utc = np.full(len(times), np.datetime64("NaT", "us"))
        utc[epoch] = times[epoch]
        if zones and named.any():
            rows = np.flatnonzero(named & ~epoch & ~np.isnat(times))
            utc[rows] = moments(times[rows], [zones[row] for row in rows], city)
            self._count("zone_unknown", int(np.count_nonzero(np.isnat(utc[rows]))), role)
            self._count("zone_missing", int(np.count_nonzero(~world & ~np.isnat(times))), role)
        local = np.where(world, to_local(utc, city), times)
        twice, never = twice_or_never(np.where(world, np.datetime64("NaT", "us"), local), city)
        self._count("twice", int(np.count_nonzero(twice | (world & twice_or_never(local, city)[0]))), role)
        self._count("never", int(np.count_nonzero(never)), role)
        utc = np.where(world, utc, from_local(np.where(world, np.datetime64("NaT", "us"), local), city))
        return Times(local, utc, column, formats)

    def _count(self, kind: str, rows: int, role: str) -> None:
        if rows:
            self.notes.append(note(kind, rows=rows, column=f"columns.{role}", zone=self.rules.time_zone))

    def _ask_for_zone(self) -> None:
        for role, zones in self._zones.items():
            count = sum(map(bool, zones)) if zones else 0
            if count:
                hint = (
                    f"{count:,} times of columns.{role} in {self.path.name} name a zone (such as Z or +08:00)"
                )
                raise self._zone_wanted(hint)
        stated = self.rules.time_format or ()
        if any(without_zone(form) != form for form in stated):
            raise self._zone_wanted("the time_format speaks of a zone")
        if any(map(is_epoch, stated)):
            raise self._zone_wanted("epoch seconds count in world time")

    def _zone_wanted(self, hint: str) -> InputError:
        allowed = "the city's zone, by whose clock the requests are replayed, such as Asia/Shanghai"
        return InputError("time_zone", None, allowed, self.mapping_path, hint)

    # --- which formats ----------------------------------------------------------------------------

    def _decide(self) -> dict[str, list[str]]:
        """Return the formats of each column; a column that cannot decide goes with one that can."""
        stated = self.rules.time_format or []
        try:
            choices = {role: choose(column, stated) for role, column in self._columns.items()}
        except ValueError as error:
            raise self._fault(hint=str(error)) from None
        for role, choice in choices.items():
            if choice.open is not None:
                lost = {form for other in choices.values() for form in other.contradicted}
                if choice.open[3] or not lost & set(choice.open[:2]):
                    raise self._undecided(role, choice)
                again = choose(self._columns[role], [form for form in choice.formats if form not in lost])
                if again.open is not None:
                    raise self._undecided(role, again)
                choices[role] = again
            for kept, lost_one, differ, few in choices[role].dropped:
                facts = {"column": f"columns.{role}", "kept": kept, "other": lost_one}
                self.notes.append(note("order_decided", rows=differ, few=few, **facts))
        return {role: choice.formats for role, choice in choices.items()}

    def _undecided(self, role: str, choice: Choice) -> InputError:
        assert choice.open is not None
        first, second, differ, few = choice.open
        hint = f"{differ:,} rows of columns.{role} fit both {first} and {second} with different results, and "
        hint += (
            f"{few:,} rows or more fit only one of each: the file mixes them; split it"
            if few
            else "no row tells them apart; leave the one that is right"
        )
        return self._fault("formats that read no row in two ways", hint)

    def check(self, role: str, times: Times, rows: np.ndarray) -> None:
        """Say what speaks against the formats: refuse where they fit nothing, or where other ones fit better.

        Parameters
        ----------
        role
            The column.
        times
            What was read of it.
        rows
            Rows that nothing else spoke against so far.
        """
        column = times.column
        judged = rows & column.there
        total = int(np.count_nonzero(judged))
        unread = judged & np.isnat(times.local)
        count = int(np.count_nonzero(unread))
        if not count:
            return
        proposals = propose(column, unread)
        formats = times.formats
        those = np.flatnonzero(judged)
        tried = [(fitted(column, forms, those), forms) for forms in swapped(formats)]
        fits, other = max(tried, key=lambda one: one[0], default=(0, formats))
        contradicted = count > SLIPS * total and fits > total - count and fits >= (1 - SLIPS) * total
        if role != "opened":
            if count == total or contradicted:
                times.local[:] = np.datetime64("NaT", "us")  # what the wrong order reads is wrong as well
                self._unread(f"{role}_unread", proposals, rows=total)
            return
        if count == total:
            raise self._wrong_format(column, np.flatnonzero(unread)[0], proposals)
        if other != formats:
            if contradicted:
                hint = f"{count:,} of {total:,} times of opening do not fit; {_yaml(other)} fits {fits:,}"
                raise self._fault(f"the order of day and month in {self.path.name}", hint)
            few = fitted(column, other, np.flatnonzero(unread))
            if few:
                self.notes.append(note("order_suspect", rows=few, other=_yaml(other)))
                return
        if count > SLIPS * total or proposals:
            self._unread("unparsable", proposals, rows=count, total=total)

    def _unread(self, kind: str, proposals: list[list[str]], **facts: object) -> None:
        if proposals:
            kind, facts["other"] = f"{kind}_fits", " / ".join(f"time_format: {_yaml(p)}" for p in proposals)
        self.notes.append(note(kind, **facts))

    def _wrong_format(self, column: Column, first: np.integer, proposals: list[list[str]]) -> InputError:
        hint = f"no time of opening in {self.path.name} fits"
        if proposals:
            hint += _proposed(proposals)
            if self.rules.time_zone is None and any(is_epoch(form) for forms in proposals for form in forms):
                hint += " and the city's time_zone"
        else:
            hint += f"; the first looks like {shape(column.cells[first])!r} (0 a digit, a a letter)"
        return self._fault("the format of the file's times", hint)

    def _fault(self, allowed: str = "", hint: str = "") -> InputError:
        stated = self.rules.time_format
        value = " or ".join(stated) if stated else "(none set: the unambiguous ones are tried)"
        return InputError("time_format", value, allowed, self.mapping_path, hint)


def _yaml(formats: list[str]) -> str:
    quoted = [f'"{form}"' for form in formats]
    return quoted[0] if len(quoted) == 1 else f"[{', '.join(quoted)}]"


def _proposed(proposals: list[list[str]]) -> str:
    if not proposals:
        return ""
    texts = [f"time_format: {_yaml(forms)}" for forms in proposals]
    if len(texts) == 1:
        return f"; state {texts[0]}, which fits"
    return f"; state the right one of {' and '.join(texts)}, which all fit"
