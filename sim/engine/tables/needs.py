"""Needs: the tape, the parts of other organisations, the clocks of those who see them."""

from sim.engine.declare import Record, number, whole

#: The tape: a need, fixed before any rule runs.
NEED = Record(
    "need",
    "a need on the tape, fixed before any rule runs",
    arisen_at=number("when it arises", "days"),
    severity=number("severity", "log hazard"),
    work_hours=number("hours of the community's own work", "hours"),
    owner_key=whole("identity of the owner"),
    ordinal=whole("how many needs the owner had before"),
    pair_start=whole("first of its observers' clocks"),
    pair_count=whole("observers"),
    owner=whole("index of the person who has it"),
    community=whole("community it arises in"),
    leg_start=whole("first part of another organisation"),
    leg_count=whole("parts of other organisations"),
    category=whole("category"),
    organisations=whole("organisations needed, the community included where it works"),
    level=whole("highest level needed: 0 community, 1 street, 2 county"),
    priority=whole("priority class, 0 the most urgent"),
    channel=whole("channel given by a request file"),
    flags=whole("public, helpable, settled at the desk, arrives reported, community works on it"),
    incident=whole("incident it belongs to"),
)

# Flags of a need.
PUBLIC = 1

HELPABLE = 2

DESK = 4

ARRIVES_REPORTED = 8  # from a request file or the queue: the report is the arrival

COMMUNITY_WORKS = 16  # the community is one of the organisations needed

CHRONIC = 1 << 10  # comes back with every rain until its cause is removed

#: One other organisation that a need takes. `key` names the part in keyed draws.
LEG = Record(
    "leg",
    "the part of one other organisation in a need",
    work_hours=number("officer's hours", "hours"),
    need=whole("need it is part of"),
    unit=whole("unit that must act"),
    asks=whole("times asked"),
    state=whole("open, promised, committed, done, taken over by the community"),
    next=whole("next part waiting for the same officers"),
    key=whole("what names the part in keyed draws"),
)

# A part promised in a session waits for the part before it where work is not parallel; one taken over is the
# community's.
LEG_OPEN, LEG_PROMISED, LEG_COMMITTED, LEG_DONE, LEG_TAKEN_OVER = range(5)

#: The reporting clock of one observer of one need (`sim.engine.hazard_clocks`).
PAIR = Record(
    "pair",
    "one observer of one need: the reporting clock",
    anchor=number("when the clock was last re-anchored", "days"),
    remaining=number("what is left of the unit-exponential threshold at `anchor`"),
    rate=number("hazard of reporting, before readiness fades", "per day"),
    since=number("when the person saw it and readiness began to fade", "days"),
    need=whole("need seen"),
    person=whole("index of the person who sees it"),
    next=whole("next running clock of the same person"),
    reports=whole("reports this person has made of this need"),
)
