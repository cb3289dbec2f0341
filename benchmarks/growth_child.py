"""A year in a process of its own, as JSON: ``python -m benchmarks.growth_child RESIDENTS COMMUNITIES``."""

import json
import sys
from statistics import median

from benchmarks.fresh import peak_memory_bytes
from benchmarks.place import run, year
from benchmarks.timing import clock
from sim import simulate


def main() -> None:
    """Print seconds, the most memory held and the bytes of the state."""
    residents, communities = map(int, sys.argv[1:])
    run(year(1_000))
    settings = year(residents, communities)
    first, _ = clock(lambda: run(settings))
    repeated = 1 if first > 5.0 else 3
    seconds = median([first, *(clock(lambda: run(settings))[0] for _ in range(repeated))][-repeated:])
    peak = peak_memory_bytes()
    state = simulate(settings, seed=1).built.state
    total = sum(array.nbytes for array in state)
    print(json.dumps({"seconds": seconds, "peak_bytes": peak, "state_bytes": total}))


if __name__ == "__main__":
    main()
