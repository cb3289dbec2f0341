"""What may be interrupted by Ctrl-C, and what may not."""

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType


@contextlib.contextmanager
def uninterrupted() -> Iterator[None]:
    """Hold Ctrl-C back until the block is done.

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

    before = signal.getsignal(signal.SIGINT)
    if before is None:  # set by something other than Python, which alone can set it back
        yield
        return
    signal.signal(signal.SIGINT, remember)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if arrived:
        signal.raise_signal(signal.SIGINT)


@contextlib.contextmanager
def interrupts_blocked() -> Iterator[None]:
    """Start processes that Ctrl-C does not reach even before they ignore it: they inherit what is blocked."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    # The first helper of multiprocessing, started by whoever needs it first, unblocks Ctrl-C again.
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
