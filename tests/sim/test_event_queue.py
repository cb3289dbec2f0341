"""Events come out by time, then kind, entity and ordinal, never by insertion."""

from tests.guarantees.runs import python


def test_the_queue_gives_what_a_sorted_list_gives() -> None:
    assert (
        python("from tests.sim.event_queue import *; check(); print('done')", NUMBA_DISABLE_JIT="1")
        == "done\n"
    )
