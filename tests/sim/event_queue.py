"""The event queue against a plain sorted list. Run without compiled code, by `test_event_queue`."""

from types import SimpleNamespace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.engine import event_queue
from sim.engine.event_queue import EV_ADOPT, EV_REPORT
from sim.engine.tables.needs import NEED, PAIR
from sim.engine.tables.people import ACCOUNT
from sim.engine.tables.run import CLOCK, EVENT
from sim.initial_state import event_arrays
from sim.mechanisms.field_service.shifts import EV_SHIFT
from sim.mechanisms.referral.joint_session import EV_SESSION
from sim.mechanisms.referral.referral import EV_ASK

DAYS = 6
#: Few distinct values, so that ties are common.
TIME = st.one_of(st.integers(0, 4 * DAYS + 4).map(lambda k: k / 4), st.floats(0.0, DAYS + 1.0))
KIND = st.sampled_from([EV_SHIFT, EV_ASK, EV_SESSION])
EVENTS = st.lists(st.tuples(TIME, KIND, st.integers(0, 3), st.integers(-1, 2)), max_size=40)


def queue(room: int = 200) -> SimpleNamespace:
    """Return an empty queue with what the functions of `sim.engine.event_queue` touch."""
    clock = np.zeros(1, CLOCK)
    clock["days"] = DAYS
    clock["free"] = -1
    return SimpleNamespace(
        clock=clock,
        **event_arrays(room, room),
        day_last=np.full(DAYS + 1, -1, np.int64),
        need=np.zeros(0, NEED),
        pair=np.zeros(1, PAIR),
        account=np.zeros(1, ACCOUNT),
        # Readiness that does not fade.
        par=np.full(1, -1.0, [("reporting_fading_days", "f8")]),
    )


@settings(max_examples=300, deadline=None)
@given(EVENTS, EVENTS)
def first_come_the_earliest(first: list[tuple], later: list[tuple]) -> None:
    """Every event before the end comes out once, in order; more are filed while it runs."""
    s = queue()
    pending = []
    for event in first:
        event_queue.push(s, *event)
        pending.append(event)
    coming = list(later)
    for day in range(DAYS):
        assert event_queue.open_day(s, day)
        while event_queue.next_time(s) < DAYS:
            found = tuple(value.item() for value in event_queue.take(s))
            assert found == min(pending)
            pending.remove(found)
            if coming:
                wait, *rest = coming.pop()
                event = (found[0] + wait, *rest)
                event_queue.push(s, *event)
                pending.append(event)
        s.clock["day"] = day + 1
    assert all(time >= DAYS for time, *_ in pending)
    assert s.clock["blocks"][0] == 0
    assert not s.clock["fault"][0]


def clocks_reset_since_are_dropped() -> None:
    """A report or a registration filed before its clock changed does not come out."""
    for kind, array in ((EV_REPORT, "pair"), (EV_ADOPT, "account")):
        s = queue()
        clock = getattr(s, array)
        clock["remaining"], clock["rate"] = 1.0, 0.4
        event_queue.push(s, 2.5, kind, 0, 0)
        clock["rate"] = 0.25
        event_queue.push(s, 4.0, kind, 0, 0)
        out = []
        for day in range(DAYS):
            assert event_queue.open_day(s, day)
            while event_queue.next_time(s) < DAYS:
                out.append(float(event_queue.take(s)[0]))
            s.clock["day"] = day + 1
        assert out == [4.0]


def a_full_queue_says_so() -> None:
    """Too little room stops a day from being opened, or raises the fault flag; nothing is lost in silence."""
    s = queue(room=2 * event_queue.BLOCK)
    for day in (3, 4):
        assert not s.clock["fault"][0]
        for k in range(event_queue.BLOCK):
            event_queue.push(s, day + k / 100, EV_ASK, k, 0)
    assert not s.clock["fault"][0]
    assert not event_queue.room(s)
    event_queue.push(s, 3.5, EV_ASK, 9, 0)
    assert s.clock["fault"][0] == event_queue.EVENTS_FULL
    s.clock["fault"] = 0
    s.today = np.zeros(event_queue.BLOCK - 1, EVENT)
    assert not event_queue.open_day(s, 3)
    s.today = np.zeros(event_queue.BLOCK, EVENT)
    assert event_queue.open_day(s, 3)
    assert s.clock["today_end"][0] == event_queue.BLOCK
    # A day's blocks are free again once it is open.
    event_queue.push(s, 5.5, EV_ASK, 9, 0)
    assert not s.clock["fault"][0]


def a_long_day_is_sorted() -> None:
    """Many event_queue of one day come out in order, whatever the order in which they were filed."""
    for count in (7, 8, 9, 100, 1000):
        for order in ("random", "rising", "falling", "equal"):
            s = queue(room=2000)
            rng = np.random.default_rng(count)
            times = 2.0 + rng.random(count)
            if order == "equal":
                times[:] = 2.5
            elif order != "random":
                times = np.sort(times)[:: 1 if order == "rising" else -1]
            names = rng.permutation(count)
            for time, name in zip(times, names, strict=True):
                event_queue.push(s, time, EV_ASK, name, 0)
            assert event_queue.open_day(s, 2)
            out = [tuple(value.item() for value in event_queue.take(s)) for _ in range(count)]
            filed = zip(times.tolist(), names.tolist(), strict=True)
            assert out == sorted((time, EV_ASK, name, 0) for time, name in filed)
            assert event_queue.next_time(s) == np.inf


def check() -> None:
    """Run all of it with a small margin, as the functions are written."""
    event_queue.MARGIN = 4
    first_come_the_earliest()
    clocks_reset_since_are_dropped()
    a_full_queue_says_so()
    a_long_day_is_sorted()
