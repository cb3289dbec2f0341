"""A run: its clock, its events, its moments, and all arrays together."""

from typing import NamedTuple

import numpy as np

from sim.engine.declare import Record, number, whole
from sim.engine.prefetch import LINE_BYTES

#: Sums over the cases that arose in the counting window, one record a priority class.
MOMENT = Record(
    "moment",
    "sums over the cases counted, one row a priority class",
    arrived=number("cases that arrived"),
    served=number("cases taken into service"),
    wait=number("sum of waits before the first service", "days"),
    wait_squared=number("sum of their squares", "days²"),
    waited=number("cases that waited"),
    tail=number("cases that waited longer than a mean service"),
    service=number("sum of service times", "days"),
    service_squared=number("sum of their squares", "days²"),
    ended=number("cases finished"),
    sojourn=number("sum of times in the system", "days"),
    sojourn_squared=number("sum of their squares", "days²"),
    withdrawn=number("cases withdrawn"),
)

#: Events wait in blocks, a chain of blocks a day; `next` of a block's first event leads to the block before.
EVENT = Record(
    "event",
    "something that is to happen",
    time=number("when", "days"),
    entity=whole("to whom or what"),
    ordinal=whole("which of its occasions"),
    kind=whole("what happens: the table of events"),
    next=whole("next event of the same day or block"),
)

#: The run's own counters. `area`: time-integral of the number of reported cases not yet ended.
CLOCK = Record(
    "clock",
    "the run itself",
    time=number("now", "days"),
    area=number("time-integral of the number in the system, as of `area_at`", "days"),
    area_at=number("when the number last changed", "days"),
    hazard=number("integrated hazard shared on a complete network, as of `hazard_at`"),
    hazard_at=number("when that hazard was last brought up to date", "days"),
    key=whole("key of the run: seed and replication"),
    cursor=whole("next need on the tape"),
    day=whole("present day"),
    days=whole("length of the run", "days"),
    heap_size=whole("events of the present day filed after it began"),
    free=whole("first free place for an event"),
    unused=whole("places for events never used"),
    blocks=whole("blocks of events in use"),
    today_next=whole("next of the present day's sorted events"),
    today_end=whole("end of the present day's sorted events"),
    events=whole("events so far"),
    in_system=whole("reported cases not ended"),
    new_ties=whole("directions of ties made"),
    transfers=whole("transfers noted"),
    exchange_margin=whole("room kept for what exchange adds between days"),
    mean_field_next=whole("next person to register on a complete network"),
    campaign=whole("campaigns that run"),
    fault=whole("what ran out of room, 0 nothing"),
    day_open=whole("1 while a day is being run"),
)


def aligned(count: int, record: Record) -> np.ndarray:
    """Return zeros that begin at a cache line, so that records of one line never straddle two."""
    dtype = record.dtype
    buffer = np.zeros(count * dtype.itemsize + LINE_BYTES, np.uint8)
    skip = -buffer.ctypes.data % LINE_BYTES
    return buffer[skip : skip + count * dtype.itemsize].view(dtype)


def equal_rows(rows: np.ndarray, **values: float) -> np.ndarray:
    """Make all rows of an array equal, nought but for `values`; return it.

    Copied row by row: a field at a time would walk through the whole array for each.
    """
    one = np.zeros(1, rows.dtype)
    for name, value in values.items():
        one[name] = value
    rows[:] = one
    return rows


class State(NamedTuple):
    """Everything that one run is made of, as `advance` receives it."""

    par: np.ndarray
    clock: np.ndarray
    worked: np.ndarray
    attendance: np.ndarray
    person: np.ndarray
    conduct: np.ndarray
    account: np.ndarray
    tie_start: np.ndarray
    tie_to: np.ndarray
    new_tie: np.ndarray
    need: np.ndarray
    leg: np.ndarray
    pair: np.ndarray
    case: np.ndarray
    track: np.ndarray
    standard: np.ndarray
    server: np.ndarray
    shift: np.ndarray
    pool: np.ndarray
    line: np.ndarray
    queue_team: np.ndarray
    team_waiting: np.ndarray
    unit: np.ndarray
    community: np.ndarray
    community_words: np.ndarray
    daily: np.ndarray
    daily_words: np.ndarray
    daily_places: np.ndarray
    moment: np.ndarray
    event: np.ndarray
    day_last: np.ndarray
    today: np.ndarray
    spare: np.ndarray
    heap: np.ndarray
    campaign: np.ndarray
    scratch: np.ndarray
    supplier: np.ndarray
    purse: np.ndarray
    recurring: np.ndarray
    appeal: np.ndarray
    household: np.ndarray
    transfer: np.ndarray
    incident: np.ndarray
    mobilised: np.ndarray
    participant: np.ndarray
    council: np.ndarray
    docket: np.ndarray
    gathered: np.ndarray
    tally: np.ndarray
    seat: np.ndarray
    meeting: np.ndarray
    find: np.ndarray
    own_need: np.ndarray
    closure: np.ndarray
    team: np.ndarray
    demanded: np.ndarray
    wanted: np.ndarray
    crew: np.ndarray
    member: np.ndarray
    volunteer: np.ndarray
    neighbourhood: np.ndarray
    city: np.ndarray
    city_team: np.ndarray
    city_lane: np.ndarray
    city_case: np.ndarray
    city_heap: np.ndarray
    city_wait: np.ndarray
    city_hazard: np.ndarray
    city_edge: np.ndarray
    city_profile: np.ndarray
    city_kind: np.ndarray
    city_passed: np.ndarray
    city_pace: np.ndarray
    city_worked: np.ndarray


#: What the engine is reduced to, and who influences whom in diffusion: values of `verification.*`.
MODES = ("none", "queue", "adoption")

MODE_NONE, MODE_QUEUE, MODE_ADOPTION = range(3)

NETWORKS = ("complete", "random", "file")

COMPLETE = 0

#: Priority classes of a queue.
CLASSES = 8
