"""What may be interrupted, and what may not: Ctrl-C, being asked to end, the terminal that goes away.

All three mean the same: keep what is finished, end with status 130. A signal that whoever started the program
has switched off (`nohup`, a script's background) stays off. What a system does not have is left out.
"""

import contextlib
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any, NoReturn

#: Ctrl-C; `kill`, a scheduler or a shutdown; the end of a terminal or a connection.
STOPPING: tuple[signal.Signals, ...] = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)

#: After this long an interruption that was lost is sent again.
_AGAIN_SECONDS = 0.02

_asked: list[int] = []
#: By whom: what puts away what they have open.
_open: dict[int, Callable[[], None]] = {}


def opened(whose: object, put_away: Callable[[], None]) -> None:
    """Have something put away at the end of `stoppable`, unless it was closed before.

    An interruption in the first instant of leaving a `with` comes before anything of its end is carried out.
    """
    _open[id(whose)] = put_away


def closed(whose: object) -> None:
    """Say that nothing of this is open any more."""
    _open.pop(id(whose), None)


def _put_away() -> None:
    for put_away in list(_open.values()):
        put_away()
    _open.clear()


def _stop(number: int, frame: FrameType | None) -> NoReturn:
    _asked.append(number)
    raise KeyboardInterrupt


def was_asked() -> bool:
    """Whether the program was asked to end since the last `stoppable` began.

    A library that is interrupted while it puts something back (matplotlib, its renderer) may fail with an
    error of its own in place of the interruption.
    """
    return bool(_asked)


@contextlib.contextmanager
def stoppable() -> Iterator[None]:
    """Let every signal that asks the program to end do what Ctrl-C does, until the block is done."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    _asked.clear()
    plain = (signal.SIG_DFL, signal.default_int_handler)
    before = {number: signal.getsignal(number) for number in STOPPING}
    changed = {number: handler for number, handler in before.items() if handler in plain}
    for number in changed:
        signal.signal(number, _stop)
    try:
        with _lost_ones_sent_again():
            yield
    finally:
        try:
            with uninterrupted():
                _put_away()
        finally:
            for number, handler in changed.items():
                if signal.getsignal(number) is _stop:
                    signal.signal(number, handler)


@contextlib.contextmanager
def _lost_ones_sent_again() -> Iterator[None]:
    """Send an interruption again that came where nothing can be raised.

    Python reports what is raised in the callback of a weak reference or in a finaliser, and goes on as if
    nothing had been: the program would run to its end.
    """
    before, waiting = sys.unraisablehook, set[threading.Timer]()

    def send(number: int) -> None:
        if callable(signal.getsignal(number)):
            if hasattr(signal, "pthread_kill"):
                # To the main thread, which may be waiting for something.
                signal.pthread_kill(threading.main_thread().ident or 0, number)
            else:
                signal.raise_signal(number)

    def lost(what: Any) -> None:
        if what.exc_type is not KeyboardInterrupt or not _asked:
            before(what)
            return
        timer = threading.Timer(_AGAIN_SECONDS, send, [_asked[-1]])
        timer.daemon = True
        waiting.add(timer)
        timer.start()

    sys.unraisablehook = lost
    try:
        yield
    finally:
        for timer in waiting:
            timer.cancel()
            timer.join()
        sys.unraisablehook = before


@contextlib.contextmanager
def answered_by(handler: Callable[[int, FrameType | None], object]) -> Iterator[None]:
    """Let something else answer the signals that interrupt this program, but for those switched off."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in STOPPING}
    taken = {number: other for number, other in before.items() if callable(other)}
    try:
        for number in taken:
            signal.signal(number, handler)
        yield
    finally:
        for number, other in taken.items():
            signal.signal(number, other)


@contextlib.contextmanager
def uninterrupted() -> Iterator[None]:
    """Hold back what would interrupt the block until it is done.

    Without it an interruption could leave a replication in one file and not in the next. In threads other
    than the main one, where Python delivers no signals, it does nothing. What was held back then comes as it
    would have: to whoever holds it back around this block, or to nobody where it is ignored, as in a command
    that a script started in the background.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    arrived: list[int] = []

    def remember(number: int, frame: FrameType | None) -> None:
        arrived.append(number)

    # None: set by something other than Python, which alone can set it back. Ignored or deadly by default: no
    # interruption, which Python would be told of.
    before = {number: signal.getsignal(number) for number in STOPPING}
    held = {number: handler for number, handler in before.items() if callable(handler)}
    try:
        for number in held:
            signal.signal(number, remember)
        yield
    finally:
        for number, handler in held.items():
            signal.signal(number, handler)
    if arrived:
        signal.raise_signal(arrived[0])


def ignore_stopping() -> None:
    """Leave it to the parent, which ends its workers itself, to answer what asks the program to end."""
    for number in STOPPING:
        signal.signal(number, signal.SIG_IGN)


@contextlib.contextmanager
def interrupts_blocked(*more: int) -> Iterator[None]:
    """Start processes that Ctrl-C does not reach even before they ignore it: they inherit what is blocked.

    Neither does the end of the terminal, nor the signals named in addition.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    # The first helper of multiprocessing, started by whoever needs it first, unblocks Ctrl-C again.
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()
    blocked = {signal.SIGINT, signal.SIGHUP, *more}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, blocked)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
