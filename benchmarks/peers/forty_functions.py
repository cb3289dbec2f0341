"""A yardstick for compiling: forty functions of the kind that simulations have, compiled for nothing else.

Loops over arrays, branches, a draw and a heap; ten of each with numbers of their own, so that none is
compiled twice. Never cached.
"""

import numba
import numpy as np

_LOOP = """
def loop(values, weights):
    total = 0.0
    for i in range(values.size):
        if values[i] > {n}.5:
            total += weights[i] * values[i]
        else:
            total -= weights[i] / (1.0 + values[i] * values[i])
    return total
"""
_DRAW = """
def draw(state, count):
    seen = 0
    for i in range(count):
        state[0] ^= state[0] << np.uint64(13)
        state[0] ^= state[0] >> np.uint64(7)
        state[0] ^= state[0] << np.uint64(17)
        if (state[0] >> np.uint64(11)) * 2.0**-53 < 0.0{n}1:
            seen += 1
    return seen
"""
_HEAP = """
def push(heap, size, value):
    child = size
    heap[child] = value + {n}
    while child > 0:
        parent = (child - 1) // 2
        if heap[parent] <= heap[child]:
            break
        heap[parent], heap[child] = heap[child], heap[parent]
        child = parent
    return size + 1
"""
_TABLE = """
def walk(table, start):
    here, steps = start, 0
    while here >= 0 and steps < {n}00:
        if table["open"][here]:
            table["until"][here] += table["rate"][here] * {n}
        here = table["next"][here]
        steps += 1
    return steps
"""


def compile_all() -> int:
    """Compile all of them; return how many."""
    row = np.dtype([("open", np.bool_), ("until", np.float64), ("rate", np.float64), ("next", np.int64)])
    floats, words, table = np.zeros(4), np.ones(1, np.uint64), np.zeros(4, row)
    table["next"] = -1
    calls = (
        (_LOOP, "loop", (floats, floats)),
        (_DRAW, "draw", (words, 3)),
        (_HEAP, "push", (floats.copy(), 0, 1.0)),
        (_TABLE, "walk", (table, 0)),
    )
    done = 0
    for number in range(1, 11):
        for text, name, arguments in calls:
            space: dict[str, object] = {"np": np}
            exec(text.format(n=number), space)
            numba.njit(space[name])(*arguments)
            done += 1
    return done


if __name__ == "__main__":
    print(compile_all())
