"""The arrays that hold one run, and the events that move it.

Fields that are read together lie together in one structured array; a dozen such arrays make the state.
An array per field compiles twenty times slower, one wide array for everything runs several times slower.
All of it is made once, by `sim.build`; only the events grow, and Python grows them between days.
"""

from typing import NamedTuple

import numpy as np

F = "f8"
I = "i8"

# --- who -------------------------------------------------------------------------------------------------

#: What changes in a person, read at every report, help and outcome.
ATTITUDE = np.dtype(
    [
        ("trust", F),
        ("expectation", F),
        ("fatigue", F),
        ("fatigue_at", F),
        ("volunteer_hours", F),
        ("week_hours", F),
        ("week", I),
        ("reports", I),
        ("contributions", I),
        ("votes", I),
        ("reports_counted", I),
        ("contributions_counted", I),
    ]
)

#: What a person is. `cost` is the cost of the cheapest channel usable now.
PERSON = np.dtype(
    [
        ("propensity", F),
        ("cost", F),
        ("key", I),
        ("community", I),
        ("grid", I),
        ("pair_head", I),
        ("tie_head", I),
        ("flags", I),
        ("household", I),
    ]
)

#: Where a person stands with the platform. `lapse_at`: end of the present spell of activity.
ACCOUNT = np.dtype(
    [
        ("anchor", F),
        ("remaining", F),
        ("rate", F),
        ("lapse_at", F),
        ("spell", I),
        ("flags", I),
        ("registered_ties", I),
        ("degree", I),
    ]
)

# Flags of a person.
RESIDENT, MERCHANT = 0, 1
IS_MERCHANT = 1
OVER_60 = 2
UNDER_14 = 4
MIGRANT = 8
HAS_PHONE = 16
INERT = 32
# Flags of an account.
ELIGIBLE = 1
REGISTERED = 2
ACTIVE = 4

#: A tie made during the run: one direction of it, in a list that starts at the person.
NEW_TIE = np.dtype([("to", I), ("next", I)])

# --- what goes wrong -------------------------------------------------------------------------------------

#: The tape: a need, fixed before any rule runs.
NEED = np.dtype(
    [
        ("arisen_at", F),
        ("severity", F),
        ("work_hours", F),
        ("owner_key", I),
        ("ordinal", I),
        ("pair_start", I),
        ("pair_count", I),
        ("owner", I),
        ("community", I),
        ("leg_start", I),
        ("leg_count", I),
        ("category", I),
        ("organisations", I),
        ("level", I),
        ("priority", I),
        ("channel", I),
        ("flags", I),
        ("incident", I),
    ]
)
# Flags of a need.
PUBLIC = 1
HELPABLE = 2
DESK = 4
ARRIVES_REPORTED = 8  # from a request file or the queue: the report is the arrival
COMMUNITY_WORKS = 16  # the community is one of the organisations needed

#: One other organisation that a need takes.
LEG = np.dtype(
    [("work_hours", F), ("need", I), ("unit", I), ("asks", I), ("state", I), ("next", I), ("pad", I)]
)
# A part promised in a session waits for the part before it where work is not parallel.
LEG_OPEN, LEG_PROMISED, LEG_COMMITTED, LEG_DONE = range(4)

#: The reporting clock of one observer of one need. Fires at `anchor + remaining / rate`.
PAIR = np.dtype(
    [
        ("anchor", F),
        ("remaining", F),
        ("rate", F),
        ("need", I),
        ("person", I),
        ("next", I),
        ("reports", I),
    ]
)

# --- the case --------------------------------------------------------------------------------------------

#: What the ledger tells of a need.
CASE = np.dtype(
    [
        ("reported_at", F),
        ("accepted_at", F),
        ("first_response_at", F),
        ("service_started_at", F),
        ("closed_at", F),
        ("solved_at", F),
        ("satisfaction", F),
        ("staff_hours", F),
        ("unit_hours", F),
        ("volunteer_hours", F),
        ("days_in_system", F),
        ("reporter", I),
        ("handoffs", I),
        ("bounces", I),
        ("duplicates", I),
        ("reopened", I),
        ("status", I),
        ("solved_by", I),
        ("channel", I),
    ]
)
CASE_TIMES = (
    "reported_at",
    "accepted_at",
    "first_response_at",
    "service_started_at",
    "closed_at",
    "solved_at",
)

STATUSES = ("open", "solved", "paper_closed", "shelved", "withdrawn", "silent")
OPEN, SOLVED, PAPER_CLOSED, SHELVED, WITHDRAWN, SILENT = range(6)
SOLVERS = (
    "desk",
    "cadre",
    "unit",
    "joint_session",
    "neighbour",
    "merchant",
    "social_organisation",
    "deliberation",
)
BY_DESK, BY_CADRE, BY_UNIT, BY_SESSION, BY_NEIGHBOUR, BY_MERCHANT, BY_SOCIAL, BY_DELIBERATION = range(8)
CHANNELS = ("office", "phone", "app")
BY_OFFICE, BY_PHONE, BY_APP = range(3)
ORIGINS = ("resident", "merchant", "unit", "patrol", "stream")

#: Where a case is in its life; for the engine alone.
TRACK = np.dtype(
    [
        ("queued_at", F),
        ("entered_at", F),
        ("stage", I),
        ("queue", I),
        ("next", I),
        ("previous", I),
        ("passes", I),
        ("routing_step", I),
        ("asker", I),
        ("refusals", I),
        ("calls", I),
        ("committed", I),
        ("legs_done", I),
        ("flags", I),
        ("spell", I),
        ("pad", I),
    ]
)
# Stages.
(
    AT_NONE,
    AT_INTAKE,
    AT_HELPER,
    AT_ROUTING,
    AT_QUEUE,
    AT_SERVICE,
    AT_REFERRAL,
    AT_SESSION,
    AT_SHELF,
    AT_END,
) = range(10)
# Flags of a track.
INVESTIGATED = 1
FIELD_DONE = 2
IN_SESSION = 4
JUDGED = 8
FINAL_PART = 16
LEFT_SYSTEM = 32

# --- who serves ------------------------------------------------------------------------------------------

#: A cadre, or an officer of a unit. `debt`: hours of other duties waiting to be worked off before cases.
SERVER = np.dtype(
    [
        ("debt", F),
        ("hours_cases", F),
        ("hours_sessions", F),
        ("hours_duplicates", F),
        ("hours_chasing", F),
        ("hours_handling", F),
        ("pool", I),
        ("queue", I),
        ("job", I),
        ("idle_next", I),
        ("idle_previous", I),
        ("number", I),
    ]
)
NO_JOB, OTHER_DUTIES = -1, -2

#: A team with one queue: the cadres of a community, the officers of a unit. `speed`: the share of a
#: working hour that goes to cases.
POOL = np.dtype(
    [
        ("speed", F),
        ("community", I),
        ("unit", I),
        ("queue", I),
        ("server_start", I),
        ("server_count", I),
        ("idle_head", I),
        ("idle_count", I),
        ("waiting", I),
    ]
)
#: One first-come-first-served line, per queue and priority class.
LINE = np.dtype([("head", I), ("tail", I), ("length", I), ("pad", I)])

UNIT = np.dtype(
    [
        ("background_load", F),
        ("session_hours", F),
        ("session_budget", F),
        ("hours", F),
        ("key", I),
        ("session_week", I),
        ("community", I),
        ("level", I),
        ("kind", I),
        ("pool", I),
        ("authority", I),
        ("next_officer", I),
        ("asks", I),
        ("commitments", I),
        ("delivered", I),
        ("sessions_asked", I),
        ("sessions_attended", I),
        ("pad", I),
    ]
)
UNIT_KINDS = (
    "bureau",
    "utility",
    "property_company",
    "owners_committee",
    "social_organisation",
    "enterprise",
)
BUREAU, UTILITY, PROPERTY_COMPANY, OWNERS_COMMITTEE, SOCIAL_ORGANISATION, ENTERPRISE = range(6)

# --- where -----------------------------------------------------------------------------------------------

COMMUNITY = np.dtype(
    [
        ("trust_sum", F),
        ("staff_hours_cases", F),
        ("staff_hours_sessions", F),
        ("staff_hours_duplicates", F),
        ("staff_hours_chasing", F),
        ("staff_hours_handling", F),
        ("unit_hours", F),
        ("volunteer_hours", F),
        ("number", I),
        ("resident_start", I),
        ("residents", I),
        ("observers", I),
        ("merchant_start", I),
        ("merchants", I),
        ("grids", I),
        ("pool", I),
        ("owners", I),
        ("session_head", I),
        ("session_tail", I),
        ("session_waiting", I),
        ("arisen", I),
        ("reported", I),
        ("duplicates", I),
        ("accepted", I),
        ("closed", I),
        ("solved", I),
        ("withdrawn", I),
        ("shelved", I),
        ("open_cases", I),
        ("session_cases", I),
        ("registered", I),
        ("active", I),
    ]
)
#: What the daily series keeps of a community, at the end of each day; all counts run from time 0.
DAILY_FIELDS = (
    "arisen",
    "reported",
    "duplicates",
    "accepted",
    "closed",
    "solved",
    "withdrawn",
    "shelved",
    "open_cases",
    "session_waiting",
    "session_cases",
    "staff_hours_cases",
    "staff_hours_sessions",
    "staff_hours_duplicates",
    "staff_hours_chasing",
    "staff_hours_handling",
    "unit_hours",
    "volunteer_hours",
    "registered",
    "active",
    "trust_sum",
)
DAY = np.dtype([(name, COMMUNITY[name]) for name in DAILY_FIELDS])

#: Sums over the cases that arose in the counting window, one record a priority class.
MOMENT = np.dtype(
    [
        ("arrived", F),
        ("served", F),
        ("wait", F),
        ("wait_squared", F),
        ("waited", F),
        ("tail", F),
        ("service", F),
        ("service_squared", F),
        ("ended", F),
        ("sojourn", F),
        ("sojourn_squared", F),
        ("withdrawn", F),
    ]
)

# --- when ------------------------------------------------------------------------------------------------

#: Events wait in one list a day; those of the present day in a heap.
EVENT = np.dtype([("time", F), ("entity", I), ("ordinal", I), ("kind", I), ("next", I)])

# Kinds, in the order in which they happen at the same instant.
(
    EV_SERVER_FREE,
    EV_SHIFT,
    EV_INTAKE,
    EV_HELPED,
    EV_UNMATCHED,
    EV_ROUTE,
    EV_SPILL,
    EV_RENEGE,
    EV_ASK,
    EV_JOIN,
    EV_SESSION,
    EV_REPORT,
    EV_DUE,
    EV_CHASE,
    EV_ADOPT,
    EV_LAPSE,
    EV_CAMPAIGN,
) = range(17)

#: The run's own counters. `area`: time-integral of the number of reported cases not yet ended.
CLOCK = np.dtype(
    [
        ("time", F),
        ("area", F),
        ("area_at", F),
        ("hazard", F),
        ("hazard_at", F),
        ("key", I),
        ("cursor", I),
        ("day", I),
        ("days", I),
        ("heap_size", I),
        ("free", I),
        ("free_count", I),
        ("events", I),
        ("in_system", I),
        ("new_ties", I),
        ("mean_field_next", I),
        ("campaign", I),
        ("fault", I),
        ("day_open", I),
    ]
)


class State(NamedTuple):
    """Everything that one run is made of, as `advance` receives it."""

    par: np.ndarray
    clock: np.ndarray
    worked: np.ndarray
    attitude: np.ndarray
    person: np.ndarray
    account: np.ndarray
    tie_start: np.ndarray
    tie_to: np.ndarray
    new_tie: np.ndarray
    need: np.ndarray
    leg: np.ndarray
    pair: np.ndarray
    case: np.ndarray
    track: np.ndarray
    server: np.ndarray
    pool: np.ndarray
    line: np.ndarray
    unit: np.ndarray
    community: np.ndarray
    daily: np.ndarray
    moment: np.ndarray
    event: np.ndarray
    day_head: np.ndarray
    heap: np.ndarray
    campaign: np.ndarray
    scratch: np.ndarray


#: What the engine is reduced to, and who influences whom in diffusion: values of `verification.*`.
MODES = ("none", "queue", "adoption")
MODE_NONE, MODE_QUEUE, MODE_ADOPTION = range(3)
NETWORKS = ("complete", "random", "file")
COMPLETE = 0
#: Priority classes of a queue.
CLASSES = 8
