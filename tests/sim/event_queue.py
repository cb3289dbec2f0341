"""The event queue against a plain sorted list. Run without compiled code, by `test_events`."""

from types import SimpleNamespace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sim import events
from sim.build import event_arrays
from sim.state import ACCOUNT, CLOCK, EV_ADOPT, EV_ASK, EV_REPORT, EV_SERVER_FREE, EV_SHIFT, EVENT, PAIR

DAYS = 6
#: Few distinct values, so that ties are common.
TIME = st.one_of(st.integers(0, 4 * DAYS + 4).map(lambda k: k / 4), st.floats(0.0, DAYS + 1.0))
KIND = st.sampled_from([EV_SERVER_FREE, EV_SHIFT, EV_ASK])
EVENTS = st.lists(st.tuples(TIME, KIND, st.integers(0, 3), st.integers(-1, 2)), max_size=40)


def queue(room: int = 200) -> SimpleNamespace:
    """Return an empty queue with what the functions of `sim.events` touch."""
    clock = np.zeros(1, CLOCK)
    clock["days"] = DAYS
    return SimpleNamespace(
        clock=clock,
        event=event_arrays(None, room, clock),
        heap=np.zeros(room, EVENT),
        day_head=np.full(DAYS + 1, -1, np.int64),
        pair=np.zeros(1, PAIR),
        account=np.zeros(1, ACCOUNT),
    )


@settings(max_examples=300, deadline=None)
@given(EVENTS, EVENTS)
def first_come_the_earliest(first: list[tuple], later: list[tuple]) -> None:
    """Every event before the end comes out once, in order; more are filed while it runs."""
    s = queue()
    free = int(s.clock["free_count"][0])
    pending = []
    for event in first:
        events.push(s, *event)
        pending.append(event)
    coming = list(later)
    for day in range(DAYS):
        assert events.open_day(s, day)
        while s.clock["heap_size"][0] > 0:
            top = s.heap[0]
            found = (float(top["time"]), int(top["kind"]), int(top["entity"]), int(top["ordinal"]))
            events.drop_first(s)
            assert found == min(pending)
            pending.remove(found)
            if coming:
                wait, *rest = coming.pop()
                event = (found[0] + wait, *rest)
                events.push(s, *event)
                pending.append(event)
        s.clock["day"] = day + 1
    assert all(time >= DAYS for time, *_ in pending)
    assert s.clock["free_count"][0] == free
    assert not s.clock["fault"][0]


def clocks_reset_since_are_dropped() -> None:
    """A report or a registration filed before its clock changed does not come out."""
    for kind, array in ((EV_REPORT, "pair"), (EV_ADOPT, "account")):
        s = queue()
        clock = getattr(s, array)
        clock["remaining"], clock["rate"] = 1.0, 0.4
        events.push(s, 2.5, kind, 0, 0)
        clock["rate"] = 0.25
        events.push(s, 4.0, kind, 0, 0)
        out = []
        for day in range(DAYS):
            assert events.open_day(s, day)
            while s.clock["heap_size"][0] > 0:
                out.append(float(s.heap["time"][0]))
                events.drop_first(s)
            s.clock["day"] = day + 1
        assert out == [4.0]


def a_full_queue_says_so() -> None:
    """Too little room stops a day from being opened, or raises the fault flag; nothing is lost in silence."""
    s = queue(room=8)
    for k in range(8):
        events.push(s, 3.0 + k / 100, EV_ASK, k, 0)
    assert not s.clock["fault"][0]
    assert not events.room(s)
    events.push(s, 3.5, EV_ASK, 9, 0)
    assert s.clock["fault"][0] == events.EVENTS_FULL
    s = queue(room=20)
    for k in range(17):
        events.push(s, 3.0 + k / 100, EV_ASK, k, 0)
    assert not events.open_day(s, 3)
    s.heap = np.zeros(40, EVENT)
    assert events.open_day(s, 3)
    assert s.clock["heap_size"][0] == 17


def check() -> None:
    """Run all of it with a small margin, as the functions are written."""
    events.MARGIN = 4
    first_come_the_earliest()
    clocks_reset_since_are_dropped()
    a_full_queue_says_so()
