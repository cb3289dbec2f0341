"""One input tried: the command run in this process, and what of its promises it broke.

The promises: exit status 0, 2 or 130; at most one line that begins with "cogov:" on standard error, of less
than 1,000 characters; no traceback; within two seconds; nothing written outside the folder of results.
"""

import contextlib
import io
import os
import signal
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

from experiments import cli

SECONDS = 2.0
"""Of the processor: a machine shared with others takes longer by the clock."""
STOPPED_AFTER = 5.0
STOPPED_WAITING = 60.0
"""By the clock, for what waits and computes nothing."""
LONGEST_LINE = 1000
STATUSES = (0, 2, 130)


class Hang(BaseException):
    """The input took too long and was stopped; not caught by anything that catches exceptions."""


@dataclass
class Outcome:
    """What came of one input."""

    words: list[str]
    status: int | None
    error: str
    seconds: float
    trace: str = ""
    written: list[str] = field(default_factory=list)

    @property
    def broken(self) -> list[str]:
        """The promises it broke: a short name each, the same for the same fault."""
        found = []
        if self.status is None:
            found.append(f"hang at {_place(self.trace)}")
        elif self.status not in STATUSES and "cogov: not reproduced: " not in self.error:
            found.append(f"exit {self.status}: {_place(self.trace) or _kind(self.error)}")
        elif "Traceback" in self.error:
            found.append(f"traceback: {_kind(self.error)}")
        lines = [line for line in self.error.splitlines() if line.startswith("cogov:")]
        if max(map(len, lines), default=0) >= LONGEST_LINE:
            found.append(f"long line: {lines[0].partition('=')[0][:60]}")
        if len(lines) > 1 and not self._several:
            found.append(f"{len(lines)} lines: {lines[0][:60]}")
        if self.status == 2 and not lines:
            found.append("exit 2 without a line")
        if self.seconds > SECONDS and self.status is not None:
            found.append(f"slow: {self.words[0]} {_longest(self.words)}")
        if self.written:
            found.append(f"written outside: {self.words[0]} {self.written[0]}")
        return found

    @property
    def _several(self) -> bool:
        """Whether the command tells of several things: every run of a multirun, every damaged part."""
        return "-m" in self.words or self.words[0] in ("store", "sweep", "report")


def _kind(error: str) -> str:
    line = next((line for line in error.splitlines() if line.startswith("cogov:")), error[:80])
    return line.split(":")[1][:40] + ":" + line.split(":")[2][:20] if line.count(":") > 1 else line[:80]


def _longest(words: Sequence[str]) -> str:
    return max(words, key=len)[:40]


def _place(trace: str) -> str:
    """Return the innermost place of ours in a traceback, and the kind of error."""
    lines = trace.strip().splitlines()
    ours = [line.strip() for line in lines if 'File "' in line and "site-packages" not in line]
    ours = [line for line in ours if any(f"/{part}/" in line for part in ("sim", "experiments", "analysis"))]
    if not ours:
        return lines[-1][:80] if lines else ""
    name, _, rest = ours[-1].partition(", line ")
    return f"{'/'.join(Path(name[6:-1]).parts[-2:])}:{rest.split(',')[0]} {lines[-1].split(':')[0]}"


def attempt(
    words: Sequence[str], simulate: Callable[..., Any], inside: Path, kept: Sequence[Path] = ()
) -> Outcome:
    """Run a command in this process.

    Parameters
    ----------
    simulate
        Stands in for the simulation.
    inside
        A folder of which nothing may change but what lies in its folders out and store.
    kept
        Of these, inside it, the content may not change either.
    """
    before = _snapshot(inside), [path.read_bytes() for path in kept]
    said, error, trace = io.StringIO(), io.StringIO(), ""
    traces: list[str] = []
    original = cli.report_fault

    def reported(fault: Exception, prefix: str = "") -> None:
        traces.append("".join(traceback.format_exception(fault)))
        original(fault, prefix)

    began, status = time.process_time(), None
    cli.report_fault = reported
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(error), limit():
            status = cli.main(list(words), simulate)
    except Hang as stopped:
        trace = "".join(traceback.format_exception(stopped))
    except BaseException as fault:
        status, trace = 1, "".join(traceback.format_exception(fault))
    finally:
        cli.report_fault = original
    seconds = time.process_time() - began
    changed = sorted(set(_snapshot(inside)) ^ set(before[0]))
    changed += [str(path) for path, old in zip(kept, before[1], strict=True) if path.read_bytes() != old]
    return Outcome(list(words), status, error.getvalue(), seconds, trace or "\n".join(traces[:1]), changed)


def _snapshot(folder: Path) -> list[str]:
    return sorted(entry.name for entry in os.scandir(folder) if entry.name not in ("out", "store"))


@contextlib.contextmanager
def limit() -> Iterator[None]:
    """Stop what is inside after so long, where the system can."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        raise Hang

    timers = ((signal.ITIMER_PROF, signal.SIGPROF, STOPPED_AFTER),
              (signal.ITIMER_REAL, signal.SIGALRM, STOPPED_WAITING))  # fmt: skip
    before = [(number, signal.signal(number, stop)) for _, number, _ in timers]
    for timer, _, seconds in timers:
        signal.setitimer(timer, seconds)
    try:
        yield
    finally:
        for timer, _, _ in timers:
            signal.setitimer(timer, 0)
        for number, handler in before:
            signal.signal(number, handler)
