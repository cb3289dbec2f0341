"""Rows kept of a calibrated city: itself, its teams, their two lanes each, its requests."""

from sim.engine.declare import Record, number, whole

#: One row where a calibrated city runs, none otherwise.
CITY = Record(
    "city",
    "a calibrated city: what it has for all its teams",
    gamma=number("exponent of a team's load"),
    mobilisation=number("exponent of the urgent load for urgent requests"),
    put_off=number("exponent of the urgent load against the others"),
    raised=number("by how much a hazard is multiplied once it is nearly due"),
    usual_urgent=number("load of open urgent requests, usually", "closings a working day"),
    urgent=number("load of open urgent requests", "closings a working day"),
    origin=number("when the backlog enters", "days"),
    start_days=number("from opening to the beginning of a request's age", "days"),
    urgent_factor=number("multiplies the hazard of urgent requests today"),
    other_factor=number("multiplies the hazard of the others today"),
    first_day=whole("first day of the clocks, for what was opened before time 0", "days"),
    order=whole("whom an officer takes first: 0 age, 1 due, 2 random"),
)

CITY_TEAM = Record(
    "city_team",
    "a team of a calibrated city",
    load=number("what its open requests ask for at the usual pace", "closings a working day"),
    usual=number("load at which the hazards hold", "closings a working day"),
    worked=number("its noisy clock when the lanes were last brought up to date", "working days"),
    open=whole("open requests, those never closed left out"),
    officers=whole("officers who work on requests one by one, 0: delay alone"),
    busy=whole("officers at work"),
    wait_start=whole("first place of its waiting line"),
    waiting=whole("requests that wait for an officer"),
)

#: A team has two: 2·team for urgent requests, 2·team + 1 for the others. `value` runs with the noisy clock
#: times `rate`; a request is closed when it reaches its target.
CITY_LANE = Record(
    "city_lane",
    "the urgent requests of a team, or the others",
    value=number("integrated speed", "working days"),
    rate=number("speed now: load and urgency"),
    next_at=number("when the first of them will be closed if nothing changes", "days"),
    filed_at=number("time of the earliest event on file", "days"),
    start=whole("first place of its heap"),
    size=whole("requests in it"),
)

CITY_CASE = Record(
    "city_case",
    "a request of a calibrated city",
    target=number("value of its lane at which it is closed; of one closed at once, when", "days"),
    remaining=number("what is left of its unit-exponential threshold, as it entered its bin"),
    begun=number("clock of its team when its age began", "working days"),
    boost=number("multiplies its hazard: priority, pace, and the due time when it is near"),
    weight=number("its priority and its team's pace: what its hazard counts in the load"),
    load=number("what it asks for now", "closings a working day"),
    due_at=number("when it is due by the city's own standard", "days"),
    work=number("an officer's work on it", "working days"),
    rank=number("place in the order of the waiting line: the lowest first"),
    team=whole("team"),
    practice=whole("row of hazards"),
    bin=whole("bin of working age, −1 before its age begins"),
    place=whole("place in the heap of its lane or in the waiting line"),
    urgent=whole("1 urgent"),
    fate=whole("0 ordinary, 1 never closed, 2 closed at once"),
    stage=whole("0 not there yet, 1 waits for an officer, 2 in hand, 3 delay, 4 closed"),
    row=whole("its row in the file"),
)

ORDINARY, NEVER, AT_ONCE = range(3)

TO_COME, WAITS, IN_HAND, DELAYED, CLOSED = range(5)
