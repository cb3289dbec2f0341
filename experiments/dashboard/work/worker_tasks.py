"""What the worker processes do. Each function gets plain values, runs the model and returns plain values.

A comparison can be stopped while runs are under way: `asked` holds, for every page, the number of the
comparison it waits for. A run that belongs to another one stops at the next month it reaches.
"""

import functools
import multiprocessing
import os
import signal
import threading
from typing import Any

from analysis.summaries.quick_summary import quick_summary
from analysis.summaries.run_summary import RunSummary
from experiments.executors.memory import keep_freed_memory, look_seldom
from experiments.staffing.year import CountedYear, counted_year
from experiments.system.niceness import stand_back
from sim.parameters.scenario import Scenario
from sim.scenario.kept_parts import KeptParts, keep_from_now_on

#: Shared with the server: the comparison that each page waits for, by the page's place in the list.
_asked: Any = None
#: Shared with the server: how far long work for a page is, by its place.
_told: Any = None
#: Memory that a worker may fill with worlds and tapes: some thirty of the usual community. A movement of a
#: slider changes few of them, and a third of a run is to make them.
KEPT_BYTES = 150_000_000
#: How far the workers stand back, in the kernel's units.
NICENESS = 10
_SMALL = {"warmup_days": 0, "horizon_days": 1, "followup_days": 0}


class StoppedError(Exception):
    """Nobody waits for this run any more."""


def start(asked: Any, told: Any = None) -> None:
    """Set a worker process up: Ctrl-C is the server's business, and so is what is asked for."""
    global _asked, _told
    for name in ("SIGINT", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    # Where all processors compute, the server and the browser come first: a page that answers late to
    # "cancel" is worse than a result that comes late.
    stand_back(NICENESS)
    _asked, _told = asked, told
    keep_freed_memory()
    look_seldom()
    keep_from_now_on(KeptParts(most_bytes=KEPT_BYTES))
    threading.Thread(target=_end_with_the_server, daemon=True).start()


def _end_with_the_server() -> None:
    """End when the server does, however it ends: nobody else would end a worker that waits for work."""
    server = multiprocessing.parent_process()
    if server is not None:
        server.join()
        os._exit(0)


def warm() -> None:
    """Load the compiled engine, or compile it, and what reduces a run."""
    from sim.scenario.loading import load_scenario
    from sim.simulation import simulate

    scenario = load_scenario()
    run: Any
    small = scenario.community.model_copy(update={"residents": 200, "merchants": 5})
    run = simulate(scenario.model_copy(update={**_SMALL, "community": small}))
    quick_summary(run)


def look(place: int, number: int) -> None:
    """Stop where the page at `place` no longer waits for `number`."""
    if _asked is not None and _asked[place] != number:
        raise StoppedError


def tell(place: int, value: int) -> None:
    """Tell the page at `place` how far its work is."""
    if _told is not None:
        _told[place] = value


def one_summary(scenario: Scenario, seed: int, replication: int, place: int, number: int) -> RunSummary:
    """Run once and reduce, unless the page at `place` no longer waits for comparison `number`."""
    return quick_summary(_waited_for(scenario, seed, replication, place, number))


def one_team_year(scenario: Scenario, seed: int, replication: int, place: int, number: int) -> CountedYear:
    """Run once and reduce to what a service target is measured by, unless nobody waits any more."""
    return counted_year(_waited_for(scenario, seed, replication, place, number))


def _waited_for(scenario: Scenario, seed: int, replication: int, place: int, number: int) -> Any:
    from sim.simulation import simulate

    look(place, number)
    return simulate(scenario, seed, replication, progress=lambda *_: look(place, number))


@functools.lru_cache(maxsize=2)
def _records(text: str, seed: int, replication: int) -> Any:
    """Return the whole records of a run; the two sides on the map are asked again and again."""
    from sim.simulation import simulate

    return simulate(Scenario.model_validate_json(text), seed, replication)


def records(scenario: Scenario, seed: int, replication: int) -> Any:
    """Return the records of a run, from memory if it was the last one or the one before.

    Those of a county are not kept: they would fill the memory of every worker.
    """
    known = _records if scenario.county.communities == 1 else _records.__wrapped__
    return known(scenario.model_dump_json(), seed, replication)


def one_place(scenario: Scenario, seed: int, replication: int, community: int) -> dict[str, Any]:
    """Return where the people of a community live and when its needs are open."""
    from experiments.dashboard.work.community_map import open_needs, plots

    run = records(scenario, seed, replication)
    return {**plots(run, community), "needs": open_needs(run, community)}


def one_case(scenario: Scenario, seed: int, replication: int, case: int) -> dict[str, Any]:
    """Return a case's row of the ledger."""
    from experiments.dashboard.work.histories import case_row

    return case_row(records(scenario, seed, replication), case)


def one_person(scenario: Scenario, seed: int, replication: int, person: int, day: int) -> dict[str, Any]:
    """Return a person's state on a day of a run, and what became of what they saw."""
    from experiments.dashboard.work.histories import person_state

    return person_state(records(scenario, seed, replication), scenario, seed, replication, person, day)
