"""One peer in an interpreter of its own: ``python -m benchmarks.peers.child queue_ciw``.

Takes a line of JSON a request and answers with one. Times itself, so that neither pipe nor imports count.
Imports nothing of cogov: the other interpreter has the peer's packages and not ours.
"""

import gc
import importlib
import json
import sys
import time
from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np


def _queue(module: ModuleType, **asked: Any) -> dict[str, Any]:
    start = time.perf_counter()
    records = module.queue(**asked)
    seconds = time.perf_counter() - start
    waits, services = module.waits_and_services(records)
    return {"seconds": seconds, "waits": sum(waits), "services": sum(services), "cases": len(records)}


def _adoption(module: ModuleType, model: str, edges: str, days: int, **asked: Any) -> dict[str, Any]:
    ties = np.load(edges)
    start = time.perf_counter()
    built = getattr(module, model)(ties, **asked)
    ready = time.perf_counter()
    adopters = module.run(built, days)
    return {"build": ready - start, "seconds": time.perf_counter() - ready, "adopters": adopters}


def _process(module: ModuleType, **asked: Any) -> dict[str, Any]:
    start = time.perf_counter()
    module.forecast(**asked)
    return {"seconds": time.perf_counter() - start}


WORKS: dict[str, Callable[..., dict[str, Any]]] = {
    "queue": _queue,
    "adoption": _adoption,
    "process": _process,
}


def main() -> None:
    """Answer until nothing more is asked."""
    # What a peer prints goes where errors go: the answers have this stream to themselves.
    answers, sys.stdout = sys.stdout, sys.stderr
    name = sys.argv[1]
    module = importlib.import_module(f"benchmarks.peers.{name}")
    work = WORKS[name.partition("_")[0]]
    for line in sys.stdin:
        asked = json.loads(line)
        gc.collect()
        print(json.dumps(work(module, **asked)), file=answers, flush=True)


if __name__ == "__main__":
    main()
