"""What the daily series keeps of a community: the columns that are declared with a place in it."""

import functools

import numpy as np

from sim.engine.jit import piece
from sim.engine.tables.communities import COMMUNITY

#: Bytes of a counter, whole number or not.
_WORD = 8


def words(array: np.ndarray) -> np.ndarray:
    """Return the same memory as words, a row for each place along the first axis."""
    return array.view(np.int64).reshape(array.shape[0], array[:1].nbytes // _WORD)


@functools.cache
def day_type() -> np.dtype:
    """Return the type of a community's row of one day."""
    return np.dtype([(name, COMMUNITY.dtype[name]) for name in COMMUNITY.daily])


@functools.cache
def places() -> np.ndarray:
    """Return in which word of a community's record each kept column lies, in the daily series' order."""
    fields = COMMUNITY.dtype.fields
    assert fields is not None
    return np.array([fields[name][1] // _WORD for name in COMMUNITY.daily], np.int64)


@piece
def keep(s, day, c):
    """Keep the counters of community `c` at the end of a day: bit for bit, whatever they count."""
    kept = s.daily_places.shape[0]
    for k in range(kept):
        s.daily_words[day, c * kept + k] = s.community_words[c, s.daily_places[k]]
