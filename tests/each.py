"""Many cases of one promise as one test: one line in the report, and where it fails every case that does."""

import functools
import inspect
from collections.abc import Callable, Iterable
from typing import Any

import pytest

#: Of further cases that fail the names are told, and no more.
_TOLD_IN_FULL = 10


def each(
    names: str | tuple[str, ...], cases: Iterable[Any], ids: Callable[[Any], Any] = str
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Run a test for each case, as `pytest.mark.parametrize` would, but within one test.

    Every case is tried, whatever came of those before it; `ids` says what a case is called where it fails.
    Fixtures are made once, for all cases.
    """
    words = (names,) if isinstance(names, str) else names
    table = [dict(zip(words, [case] if len(words) == 1 else case, strict=True)) for case in cases]
    if not table:
        raise ValueError(f"no cases for {', '.join(words)}")
    called = [" ".join(f"{ids(part)!s:.60}" for part in case.values()).strip() for case in table]

    def over_all(test: Callable[..., None]) -> Callable[..., None]:
        # Of a test that has cases already, each of these with each of those.
        one, others = getattr(test, "cases", (test, [("", {})]))
        every = [
            (f"{name} {other}".strip(), case | more)
            for name, case in zip(called, table, strict=True)
            for other, more in others
        ]

        @functools.wraps(one)
        def all_cases(**fixtures: Any) -> None:
            faults = []
            for name, case in every:
                try:
                    one(**case, **fixtures)
                except (Exception, pytest.fail.Exception) as fault:
                    faults.append((name, fault))
            if faults:
                told = [f"{name}\n{_seen(fault)}" for name, fault in faults[:_TOLD_IN_FULL]]
                told += [name for name, _ in faults[_TOLD_IN_FULL:]]
                first = f"{len(faults)} of {len(every)} cases, the first: {faults[0][0]}"
                pytest.fail("\n\n".join([first, *told]), pytrace=False)

        fixtures = [given for name, given in inspect.signature(test).parameters.items() if name not in words]
        all_cases.__signature__ = inspect.Signature(fixtures)  # type: ignore[attr-defined]
        all_cases.cases = (one, every)  # type: ignore[attr-defined]
        return all_cases

    return over_all


def _seen(fault: BaseException) -> str:
    """Return what pytest would show, from the test on."""
    inside = fault.with_traceback(fault.__traceback__ and fault.__traceback__.tb_next)
    return str(pytest.ExceptionInfo.from_exception(inside).getrepr(style="short"))
