"""The time of one keyed draw: the unit in which a resident-day is measured."""

import time

import numba

from sim.engine import randomness

#: Any stream: what a draw costs does not depend on what it is about.
_STREAM = 8


@numba.njit(nogil=True, error_model="numpy")
def _sum_of_draws(draws: int, key: int) -> float:
    total = 0.0
    for i in range(draws):
        total += randomness.uniform(key, _STREAM, 0, i, 1, 2)
    return total


def seconds_per_draw(draws: int = 5_000_000) -> float:
    """Time a compiled loop of independent Philox uniforms; the mean of the draws is checked."""
    key = randomness.run_key(1, 0)
    _sum_of_draws(10, key)
    start = time.perf_counter()
    total = _sum_of_draws(draws, key)
    seconds = time.perf_counter() - start
    if abs(total / draws - 0.5) > 0.01:
        raise RuntimeError(f"the draws have mean {total / draws}, not 0.5")
    return seconds / draws
