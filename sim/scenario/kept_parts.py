"""Parts of a run's start that are made once and used by every run that would make the same.

Twins live in one place and have the same needs: to build these for each of two arms costs a quarter of a
run, twice. A part is a function of a scenario and of plain numbers or parts made before it. While it is made,
a `Noted` scenario notes every value that is read. Another scenario that has the same values at the same
places, with the same numbers and parts beside them, would lead the function the same way, and gets what was
made. Nobody lists what a part depends on, so nothing can be forgotten in such a list.

Parts are kept only within `keeping`; whoever gets one that is kept must not write to it.
"""

import contextlib
import operator
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from types import FunctionType, MethodType
from typing import Any, cast

import numpy as np
from pydantic import BaseModel

from sim.parameters.scenario import Scenario
from sim.parameters.schema import Group


class Noted:
    """A scenario, or a group of it, that notes what is read of it."""

    def __init__(self, group: BaseModel, read: dict[str, str], path: str = "") -> None:
        self._group, self._read, self._path = group, read, path

    def __getattr__(self, name: str) -> Any:
        """Return a value and note it; what has been read once is found without coming here."""
        kind = type(self._group)
        if name not in kind.model_fields:
            return self._computed(getattr(kind, name, None), name)
        value = getattr(self._group, name)
        path = f"{self._path}{name}"
        self._read[path] = _told(value)
        if isinstance(value, BaseModel):
            value = Noted(value, self._read, f"{path}.")
        vars(self)[name] = value
        return value

    def _computed(self, rule: Any, name: str) -> Any:
        """Return what a group computes of its own values, which are noted."""
        if isinstance(rule, property) and rule.fget is not None:
            return rule.fget(self)
        if isinstance(rule, FunctionType) and not hasattr(Group, name):
            return MethodType(rule, self)
        raise AttributeError(f"{self._path}{name}: nothing can be noted of a scenario read so")


def _told(value: Any) -> str:
    """Return what tells a value from every other, to the last bit and to the order of a mapping."""
    return type(value).__name__ if isinstance(value, BaseModel) else repr(value)


@dataclass(eq=False)
class _Kept:
    make: Callable[..., Any]
    given: tuple[Any, ...]
    read: dict[str, str]
    value: Any
    size: int
    uses: int | None

    def fits(self, make: Callable[..., Any], scenario: Scenario, given: tuple[Any, ...]) -> bool:
        """Whether `make` would lead to the same value."""
        if make is not self.make or len(given) != len(self.given):
            return False
        if not all(a is b or (type(a) is int and a == b) for a, b in zip(given, self.given, strict=True)):
            return False
        try:
            return all(_told(operator.attrgetter(at)(scenario)) == told for at, told in self.read.items())
        except AttributeError:  # a group that this scenario does without
            return False


class KeptParts:
    """The parts made last.

    Parameters
    ----------
    uses
        How often each part is wanted; its last user gets it as its own. None: again and again.
    most_bytes
        Beyond it what was unused for longest is given up.
    """

    def __init__(self, uses: int | None = None, most_bytes: int = 1 << 62) -> None:
        self.made = 0
        self.shared = 0
        self._uses = uses
        self._most_bytes = most_bytes
        self._kept: list[_Kept] = []

    def part(self, make: Callable[..., Any], scenario: Scenario, given: tuple[Any, ...]) -> tuple[Any, bool]:
        """Return ``make(scenario, *given)`` and whether it is the caller's own."""
        one = next((one for one in self._kept if one.fits(make, scenario, given)), None)
        if one is None:
            self.made += 1
            read: dict[str, str] = {}
            value = make(cast("Scenario", Noted(scenario, read)), *given)
            one = _Kept(make, given, read, value, _bytes(value), self._uses)
            own = self._uses == 1 or one.size > self._most_bytes
            if own:
                return value, True
        else:
            self.shared += 1
            self._kept.remove(one)
        if one.uses is not None:
            one.uses -= 1
        if one.uses == 0:
            return one.value, True
        self._kept.insert(0, one)
        while sum(kept.size for kept in self._kept) > self._most_bytes:
            self._kept.pop()
        return one.value, False


def _bytes(value: Any) -> int:
    """Return the memory of the arrays in a part."""
    if isinstance(value, np.ndarray):
        return value.nbytes
    within = value if isinstance(value, tuple) else getattr(value, "__dict__", {}).values()
    return sum(_bytes(one) for one in within)


_in_use: ContextVar[KeptParts | None] = ContextVar("kept_parts", default=None)


@contextlib.contextmanager
def keeping(kept: KeptParts) -> Iterator[KeptParts]:
    """Let the runs of this block use parts of one another."""
    before = _in_use.set(kept)
    try:
        yield kept
    finally:
        _in_use.reset(before)


def keep_from_now_on(kept: KeptParts) -> None:
    """Let all further runs of this thread use parts of one another."""
    _in_use.set(kept)


def part(make: Callable[..., Any], scenario: Scenario, *given: Any) -> tuple[Any, bool]:
    """Return ``make(scenario, *given)``, new or kept, and whether the caller may write to it."""
    kept = _in_use.get()
    return (make(scenario, *given), True) if kept is None else kept.part(make, scenario, given)
