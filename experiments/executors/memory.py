"""What a worker does with memory between two runs: it keeps it, and seldom looks through it.

A run takes and gives back hundreds of megabytes in a few large arrays. By default each is asked of the kernel
and returned to it, which clears every page again for the next run; that took up to half of a worker's time.
"""

import ctypes
import gc

from cogov_start import OBJECTS_BETWEEN_COLLECTIONS

#: glibc's parameters, from malloc.h.
_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
_MOST = 2**31 - 1


def keep_freed_memory() -> bool:
    """Let this process use again what it freed, up to its own peak; return whether the system can."""
    try:
        tune = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError, TypeError):
        return False  # another C library than glibc
    return bool(tune(_MMAP_THRESHOLD, _MOST)) and bool(tune(_TRIM_THRESHOLD, _MOST))


def look_seldom() -> None:
    """Look for garbage as seldom as a command does: a process of its own begins with Python's usual pace.

    A run leaves next to none, and to look through all that is loaded took a twenty-fifth of it.
    """
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
