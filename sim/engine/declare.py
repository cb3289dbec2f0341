"""What is declared beside a rule: columns of the state, kinds of event, draws; each with what it means.

The machine puts records, dispatcher, daily series, draw table and documentation together from these
declarations. Numbers are frozen, since results depend on them; a number or a name that is taken is refused.
"""

from typing import NamedTuple

import numpy as np

from sim.engine.modules import import_all


class Column(NamedTuple):
    """What one field of a record holds."""

    kind: str
    text: str
    unit: str = ""
    daily: int | None = None


def number(text: str, unit: str = "", daily: int | None = None) -> Column:
    """Declare a column of floating-point numbers.

    Parameters
    ----------
    text, unit
        What it holds; without a unit for a pure number.
    daily
        Of a community's column: its place in the daily series, which keeps it at the end of each day.
    """
    return Column("f8", text, unit, daily)


def whole(text: str, unit: str = "", daily: int | None = None) -> Column:
    """Declare a column of whole numbers: a count, a code, an index. Parameters as in `number`."""
    # Nothing narrower than 64 bits, so that compiled and plain Python agree.
    return Column("i8", text, unit, daily)


class Record:
    """What is kept of each row of one of the state's arrays.

    Fields that are read together lie together: a dozen such records make the state. An array per field
    compiles twenty times slower, one wide array for everything runs several times slower. NumPy takes a
    record where it takes a `dtype`.

    Parameters
    ----------
    array
        Name of the array in `State`.
    what
        What a row is.
    **columns
        Made by `number` and `whole`.

    Raises
    ------
    ValueError
        If the array has a record already.
    """

    def __init__(self, array: str, what: str, **columns: Column) -> None:
        if array in RECORDS:
            raise ValueError(f"{array} has a record already")
        self.array = array
        self.what = what
        self._first = columns
        self._added: dict[str, Column] = {}
        self._dtype: np.dtype | None = None
        RECORDS[array] = self

    def add(self, name: str, column: Column) -> None:
        """Declare one more column, beside the rule that keeps it.

        Raises
        ------
        ValueError
            If the name or the place in the daily series is taken, or rows have been made already.
        """
        if self._dtype is not None:
            raise ValueError(f"{self.array}.{name} comes too late: there are rows already")
        if name in self._first or name in self._added:
            raise ValueError(f"{self.array}.{name} is declared twice")
        taken = {other.daily: known for known, other in (self._first | self._added).items()}
        if column.daily is not None and column.daily in taken:
            by = taken[column.daily]
            raise ValueError(
                f"place {column.daily} of the daily series is taken by {by}: a new column comes last"
            )
        self._added[name] = column

    @property
    def columns(self) -> dict[str, Column]:
        """All columns by name, in the order in which they lie: those added later by name."""
        import_all()
        return self._first | dict(sorted(self._added.items()))

    @property
    def dtype(self) -> np.dtype:
        """The type of a row; from then on no column may be added."""
        if self._dtype is None:
            self._dtype = np.dtype([(name, column.kind) for name, column in self.columns.items()])
        return self._dtype

    @property
    def daily(self) -> tuple[str, ...]:
        """The columns that the daily series keeps, in their frozen order."""
        kept = {column.daily: name for name, column in self.columns.items() if column.daily is not None}
        return tuple(kept[place] for place in sorted(kept))


class Event(NamedTuple):
    """A kind of event: the order in which it happens at the same instant, its name, what happens."""

    order: int
    name: str
    text: str


class Draw(NamedTuple):
    """A question that is drawn: its stream's number, its name, and what each of its draws is about."""

    stream: int
    name: str
    about: tuple[tuple[str, str, str], ...]


#: By array.
RECORDS: dict[str, Record] = {}
_events: dict[int, Event] = {}
_draws: dict[int, Draw] = {}


def _enter(known: dict[int, Event] | dict[int, Draw], number: int, one: Event | Draw) -> int:
    for other in known.values():
        if (other[0] == number) != (other.name == one.name):
            raise ValueError(
                f"{one.name} ({number}): {other.name} has the number {other[0]} already, a new one comes last"
            )
    known[number] = one  # type: ignore[assignment]
    return number


def event(order: int, name: str, text: str) -> int:
    """Declare a kind of event and return its number.

    Parameters
    ----------
    order
        The next free number: of events at the same instant the lowest comes first.
    name, text
        As in `cogov explain events`; what happens.

    Raises
    ------
    ValueError
        If the number or the name is taken.
    """
    return _enter(_events, order, Event(order, name, text))


def draw(stream: int, name: str, *about: tuple[str, str, str]) -> int:
    """Declare a question that is drawn and return the number of its stream.

    Parameters
    ----------
    stream
        The next free number.
    name
        As in the draw table.
    *about
        What a draw is about: the entity's words `a` and `b, c`, and the occasion (`sim.engine.randomness`).

    Raises
    ------
    ValueError
        If the number or the name is taken.
    """
    return _enter(_draws, stream, Draw(stream, name, about))


def event_name(order: int) -> str:
    """Return the name of a declared event as mechanisms write it, such as ``EV_SHIFT``."""
    return f"EV_{_events[order].name}"


def all_events() -> dict[int, Event]:
    """Return every kind of event, in the order in which they happen at the same instant."""
    import_all()
    return dict(sorted(_events.items()))


def all_records() -> dict[str, Record]:
    """Return every record by its array."""
    import_all()
    return RECORDS


def all_draws() -> dict[int, Draw]:
    """Return every question that is drawn, by the number of its stream."""
    import_all()
    return dict(sorted(_draws.items()))
