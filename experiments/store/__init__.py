"""Many runs kept on disk: asked for once, computed once, read in parts.

A *run* is one scenario, one seed path (seed and replication), one measure and one version of the model; its
identity is the hash of all that. A *study* says which runs are wanted. `submit` computes those the store does
not have, and a table of any part of the study can be read at any time::

    from experiments.executors import open_executor
    from experiments.store import Design, Store, Study, submit

    base = load_scenario("co_governance")
    study = Study(Design(base, {"staff.per_10k": [8.0, 10.0, 12.0]}), seed=1, replications=20)
    with Store(Path("out/store")) as store, open_executor("processes", 2) as workers:
        submit(store, study, workers)               # only what is missing; failures become rows
        frame = store.rows(study, ["rmst180"])      # point, staff.per_10k, replication, status, error, …
        for block in store.blocks(study):           # the same in pieces, for what is larger than memory
            ...

Ask for more by submitting a larger study: more replications, more points, in any order. All points of a study
share seed and replication numbers, so replication r is the same luck everywhere (common random numbers).

`Study.measure` is the function that reduces a run to numbers, taking records and returning
``dict[str, float]`` (default: the estimands); `Study.simulate` makes the records. Both are functions at the
top of a module that a worker can import, or their names ``"package.module:function"``; their modules' sources
are part of the identity. ``study.with_replications(n)`` asks for more or less: one number, or one a point.

Safe with several processes on one store: what one has in hand is not begun by another (locks that end with
the process), parts have names of their own, and a part is on disk whole or not there. Interrupted, killed, or
with a full disk, the same call goes on where it stopped.

==========================  =========================================================================
module                      its idea
==========================  =========================================================================
`study`                     which runs are wanted: points, replications, what is measured
`store`                     the folder: open, append, read
`index`                     which run lies where
`parts`                     Parquet parts, written whole or not at all
`part_files`                what they are called
`locks`                     who has which run in hand
`mark`                      whether a folder is a store
`unreadable`                what cannot be read
`computing`                 the loop that computes what is missing
`sequential_replications`   how many replications a given precision takes
`maintenance`               what there is, and what may go
==========================  =========================================================================

What makes two runs the same is `experiments.runs.run_identity`. Builds on `output` and `executors`; every
folder above may import it.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from experiments.store.computing import Progress, submit
    from experiments.store.store import Store
    from experiments.store.study import Design, Study

#: Where a store lies unless said otherwise.
USUAL_FOLDER = "out/store"

# Loaded when used: commands look at their words with `study` alone, without what reads and writes runs.
_PUBLIC = {
    "Design": "experiments.store.study",
    "Progress": "experiments.store.computing",
    "Store": "experiments.store.store",
    "Study": "experiments.store.study",
    "submit": "experiments.store.computing",
}

__all__ = ["USUAL_FOLDER", "Design", "Progress", "Store", "Study", "submit"]


def __getattr__(name: str) -> Any:
    if name in _PUBLIC:
        return getattr(importlib.import_module(_PUBLIC[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
