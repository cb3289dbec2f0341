"""How far anything has come that may take more than two seconds: a bar on a terminal, or lines."""

import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from typing import Any

from experiments.system.language import language

#: What is counted, in Chinese.
_UNITS = {
    "city": "个城市", "draw": "次抽样", "forecast": "次预测", "run": "次运行", "setting": "种设置",
    "fit": "次拟合", "day": "天", "replication": "次重复", "step": "步", "pair": "对",
}  # fmt: skip
#: Seconds before the first line where no bar can be drawn, and between lines: longer each time.
FIRST_LINE, SLOWER, SLOWEST = 2.0, 1.5, 120.0


#: What makes bars in place of the terminal's: of a worker that tells a page how far it is.
_instead: ContextVar[Callable[[float, str], Any] | None] = ContextVar("bars", default=None)


@contextlib.contextmanager
def bars_by(make: Callable[[float, str], Any]) -> Iterator[None]:
    """Let every bar that is asked for meanwhile be made by another function, of total and unit."""
    before = _instead.set(make)
    try:
        yield
    finally:
        _instead.reset(before)


@contextlib.contextmanager
def progress_bar(total: int, unit: str) -> Iterator[Any]:
    """Yield a bar that shows itself after two seconds; nothing is written where no terminal is.

    A terminal that cannot draw (`TERM=dumb`) gets a line now and then, as does any stream with
    `COGOV_PROGRESS=lines`: for a job's log. `COGOV_PROGRESS=none` keeps quiet.
    """
    make = _instead.get()
    if make is not None:
        yield make(total, unit)
        return
    wanted = os.environ.get("COGOV_PROGRESS", "")
    unit = _UNITS.get(unit, unit) if language() == "zh" else unit
    if sys.stderr is None or wanted == "none" or (wanted != "lines" and not sys.stderr.isatty()):
        yield Lines(total, unit, quiet=True)
    elif wanted == "lines" or os.environ.get("TERM") == "dumb":
        yield Lines(total, unit)
    else:
        from tqdm import tqdm

        with tqdm(total=total, unit=unit, delay=2, file=sys.stderr) as bar:
            yield bar


class Lines:
    """Stands in for a bar: `cogov: run 120 of 400, 30 %, 42 s, about 98 s more`, at a moderate rate.

    Parameters
    ----------
    clock
        Seconds, for tests.
    """

    def __init__(self, total: float, unit: str, quiet: bool = False, clock: Any = time.monotonic) -> None:
        self.total, self.n, self.unit = total, 0.0, unit
        self._quiet, self._clock = quiet, clock
        self._began = clock()
        self._wait = FIRST_LINE
        self._next = self._began + FIRST_LINE

    def update(self, more: float = 1) -> None:
        """Count further ones as done."""
        self.n += more
        self.refresh()

    def refresh(self) -> None:
        """Write a line, if it is time for one."""
        now = self._clock()
        if self._quiet or now < self._next:
            return
        self._wait = min(SLOWEST, self._wait * SLOWER)
        self._next = now + self._wait
        print(f"cogov: {self.line(now - self._began)}", file=sys.stderr, flush=True)

    def line(self, seconds: float) -> str:
        """Return how far it is after so many seconds."""
        share = self.n / self.total if self.total else 0.0
        left = seconds / share - seconds if 0.0 < share < 1.0 else 0.0
        if language() == "zh":
            head = "" if self.unit == "%" else f"{self.n:.0f}/{self.total:.0f}{self.unit}，"
            said = f"{head}{100 * share:.0f}%，已用{seconds:.0f}秒"
            return f"{said}，约剩{left:.0f}秒" if 0.0 < share < 1.0 else said
        head = "" if self.unit == "%" else f"{self.unit} {self.n:.0f} of {self.total:.0f}, "
        said = f"{head}{100 * share:.0f} %, {seconds:.0f} s"
        return f"{said}, about {left:.0f} s more" if 0.0 < share < 1.0 else said

    def __getattr__(self, name: str) -> Any:
        """Let pass what only a bar can do (`set_description`, `close`)."""
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda *rest, **more: None
