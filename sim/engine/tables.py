"""The arrays that hold one run, and the events that move it.

Fields that are read together lie together in one structured array; a dozen such arrays make the state.
An array per field compiles twenty times slower, one wide array for everything runs several times slower.
All of it is made once, by `sim.initial_state`; only the events grow, and Python grows them between days.
"""

from typing import NamedTuple

import numpy as np

# Floating-point and whole numbers; nothing narrower, so that compiled and plain Python agree.
F = "f8"
N = "i8"

# --- who -------------------------------------------------------------------------------------------------

#: What is read of a person at every need they see: one cache line. `cost` is that of the cheapest channel
#: usable now.
PERSON = np.dtype(
    [
        ("trust", F),
        ("propensity", F),
        ("cost", F),
        ("key", N),
        ("community", N),
        ("flags", N),
        ("pair_head", N),
        ("tie_head", N),
    ]
)

#: What a person has done and come to expect, and where they live.
CONDUCT = np.dtype(
    [
        ("expectation", F),
        ("fatigue", F),
        ("fatigue_at", F),
        ("volunteer_hours", F),
        ("week_hours", F),
        ("week", N),
        ("reports", N),
        ("contributions", N),
        ("votes", N),
        ("reports_counted", N),
        ("contributions_counted", N),
        ("grid", N),
        ("household", N),
    ]
)

#: Where a person stands with the platform. `lapse_at`: end of the present spell of activity.
ACCOUNT = np.dtype(
    [
        ("anchor", F),
        ("remaining", F),
        ("rate", F),
        ("lapse_at", F),
        ("spell", N),
        ("flags", N),
        ("registered_ties", N),
        ("degree", N),
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
#: Before the platform of a community starts, its accounts keep what they will be in bits further up.
WAITING_BITS = 3

#: A tie made during the run: one direction of it, in a list that starts at the person. The two directions are
#: rows 2k and 2k + 1; the first keeps `since` (made or renewed last), `ends_at` and `renewals`. Faded:
#: `to` is minus one less the other person, and the rows wait for the two to meet again.
NEW_TIE = np.dtype([("since", F), ("ends_at", F), ("to", N), ("next", N), ("renewals", N)])

#: A person's points, and whether they were ever helped; rows only where somebody asks. `at`: since when the
#: present rate holds. `script`: collects by a program.
PURSE = np.dtype(
    [
        ("points", F),
        ("at", F),
        ("rate", F),
        ("earned", F),
        ("day_award", F),
        ("redeemed_at", F),
        ("day", N),
        ("redemptions", N),
        ("helped", N),
        ("script", N),
    ]
)

#: A person with a need that comes back, and who stands by them.
RECURRING = np.dtype(
    [
        ("ends_at", F),
        ("first_at", F),
        ("person", N),
        ("kind", N),
        ("helper", N),
        ("pairs", N),
        ("visits", N),
        ("visits_made", N),
    ]
)
RECURRING_KINDS = ("medicine", "care", "meals", "errands")

#: A person in hardship, for whom others are asked to give. Money in whole yuan.
APPEAL = np.dtype([("person", N), ("appeals", N), ("asked", N), ("raised", N)])

#: A household in a shortage of goods, whole units. `wear`: what is used of the unit in use. `head`: who acts.
HOUSEHOLD = np.dtype(
    [
        ("wear", F),
        ("at", F),
        ("use", F),
        ("head", N),
        ("community", N),
        ("key", N),
        ("first_stock", N),
        ("stock", N),
        ("used", N),
        ("unmet", N),
        ("received", N),
        ("given", N),
        ("asked", N),
        ("posts", N),
    ]
)

#: Something given: of which kind, by whom, to whom (−1: the pool), how much, how far away.
TRANSFER = np.dtype(
    [
        ("at", F),
        ("quantity", F),
        ("kind", N),
        ("giver", N),
        ("taker", N),
        ("community", N),
        ("distance", N),
        ("about", N),
    ]
)
TRANSFER_KINDS = ("sale", "pool_payment", "gift", "visit", "goods")
SALE, POOL_PAYMENT, GIFT, VISIT, GOODS = range(5)

# --- what goes wrong -------------------------------------------------------------------------------------

#: The tape: a need, fixed before any rule runs.
NEED = np.dtype(
    [
        ("arisen_at", F),
        ("severity", F),
        ("work_hours", F),
        ("owner_key", N),
        ("ordinal", N),
        ("pair_start", N),
        ("pair_count", N),
        ("owner", N),
        ("community", N),
        ("leg_start", N),
        ("leg_count", N),
        ("category", N),
        ("organisations", N),
        ("level", N),
        ("priority", N),
        ("channel", N),
        ("flags", N),
        ("incident", N),
    ]
)
# Flags of a need.
PUBLIC = 1
HELPABLE = 2
DESK = 4
ARRIVES_REPORTED = 8  # from a request file or the queue: the report is the arrival
COMMUNITY_WORKS = 16  # the community is one of the organisations needed
CHRONIC = 1 << 10  # comes back with every rain until its cause is removed

#: One other organisation that a need takes. `key` names the part in keyed draws.
LEG = np.dtype(
    [("work_hours", F), ("need", N), ("unit", N), ("asks", N), ("state", N), ("next", N), ("key", N)]
)
# A part promised in a session waits for the part before it where work is not parallel.
LEG_OPEN, LEG_PROMISED, LEG_COMMITTED, LEG_DONE = range(4)

#: The reporting clock of one observer of one need. Fires at `anchor + remaining / rate`.
PAIR = np.dtype(
    [
        ("anchor", F),
        ("remaining", F),
        ("rate", F),
        ("need", N),
        ("person", N),
        ("next", N),
        ("reports", N),
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
        ("reporter", N),
        ("handoffs", N),
        ("bounces", N),
        ("duplicates", N),
        ("reopened", N),
        ("status", N),
        ("solved_by", N),
        ("channel", N),
        ("supplier", N),
        ("helper", N),
        ("found_by", N),
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
#: Whose eyes found what nobody had reported; -1 in `found_by` where somebody reported it.
FINDERS = ("cadre", "courier")
EYES_OF_CADRE, EYES_OF_COURIER = range(2)

#: The clock by which patrol comes upon a need, in working hours; rows only where somebody patrols. Fires at
#: `due_at` if the need is not known by then. `next`: the owner's need before it.
FIND = np.dtype([("anchor", F), ("remaining", F), ("rate", F), ("due_at", F), ("next", N)])

#: Where a case is in its life; for the engine alone.
TRACK = np.dtype(
    [
        ("queued_at", F),
        ("entered_at", F),
        ("stage", N),
        ("queue", N),
        ("next", N),
        ("previous", N),
        ("passes", N),
        ("routing_step", N),
        ("asker", N),
        ("refusals", N),
        ("calls", N),
        ("committed", N),
        ("legs_done", N),
        ("flags", N),
        ("spell", N),
        ("pad", N),
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
    AT_SUPPLIER,
    AT_INCIDENT,
    AT_COUNCIL,
) = range(13)
# Flags of a track.
INVESTIGATED = 1
FIELD_DONE = 2
IN_SESSION = 4
JUDGED = 8
FINAL_PART = 16
LEFT_SYSTEM = 32
NEEDS_SKILL = 64
NEEDS_TWO = 128
ON_PAPER = 256  # the closing work now in hand or done was done on paper only
FALSE_KNOWN = 512  # the reporter knows that the last closing solved nothing
COUNTERSIGNED = 1024

#: How a case was closed on the books; rows only where cases may be closed on paper or are called back.
#: `closings` counts those by staff and units, `pool` is the team that took the last decision.
CLOSURE = np.dtype(
    [("due_at", F), ("attempts", N), ("closings", N), ("paper_closings", N), ("called_back", N), ("pool", N)]
)

#: The service standard of a case; rows only where there are standards. `left`: hours on its clock when it was
#: stopped. `category_tier`: -1 where the category has none of its own.
STANDARD = np.dtype(
    [
        ("due_at", F),
        ("apply_at", F),
        ("left", F),
        ("paused_since", F),
        ("paused_days", F),
        ("extensions", N),
        ("starts", N),
        ("tier", N),
        ("category_tier", N),
    ]
)

# --- who serves ------------------------------------------------------------------------------------------

#: A cadre, or an officer of a unit. `debt`: hours of other duties waiting to be worked off before cases.
#: `hours_on_call` and `hours_overtime` are part of the others; `overtime_used`: hours on the clock this week.
#: `patrol_hours`: to be walked in a week. `days_per_week`, `phase`: of an embedded cadre, who comes on some
#: days only; 0 for all others.
SERVER = np.dtype(
    [
        ("debt", F),
        ("hours_cases", F),
        ("hours_sessions", F),
        ("hours_duplicates", F),
        ("hours_chasing", F),
        ("hours_handling", F),
        ("hours_mobilisation", F),
        ("hours_travel", F),
        ("hours_on_call", F),
        ("hours_overtime", F),
        ("overtime_used", F),
        ("last_end", F),
        ("last_grid", N),
        ("overtime_week", N),
        ("hours_council", F),
        ("hours_patrol", F),
        ("patrol_hours", F),
        ("days_per_week", F),
        ("phase", F),
        ("pool", N),
        ("queue", N),
        ("job", N),
        ("idle_next", N),
        ("idle_previous", N),
        ("number", N),
    ]
)
NO_JOB, OTHER_DUTIES, AWAY = -1, -2, -3
CADRE_KINDS = ("community_worker", "grid_worker", "embedded")
COMMUNITY_WORKER, GRID_WORKER, EMBEDDED = range(3)

#: A team with one queue: the cadres of a community, the officers of a unit. `speed`: the share of a
#: working hour that goes to cases. `home`: for posts on call the team that fills them, otherwise -1.
#: `skill_queue`: the line of cases that take a skill, -1 where there is none.
POOL = np.dtype(
    [
        ("speed", F),
        ("community", N),
        ("unit", N),
        ("queue", N),
        ("server_start", N),
        ("server_count", N),
        ("idle_head", N),
        ("idle_count", N),
        ("waiting", N),
        ("home", N),
        ("skill_queue", N),
    ]
)
#: What is asked of a team and how it stands in the evaluation; rows only where cases may be closed on paper.
#: `today`: hours demanded since the last working day ended. Closings are those of the present period.
TEAM = np.dtype([("today", F), ("days", N), ("closings", N), ("on_time", N), ("behind", N), ("pad", N)])
#: Working days over which a team's load is taken.
LOAD_DAYS = 20

#: One first-come-first-served line, per queue and priority class.
LINE = np.dtype([("head", N), ("tail", N), ("length", N), ("pad", N)])

UNIT = np.dtype(
    [
        ("background_load", F),
        ("session_hours", F),
        ("session_budget", F),
        ("hours", F),
        ("key", N),
        ("session_week", N),
        ("community", N),
        ("level", N),
        ("kind", N),
        ("pool", N),
        ("authority", N),
        ("next_officer", N),
        ("asks", N),
        ("commitments", N),
        ("delivered", N),
        ("sessions_asked", N),
        ("sessions_attended", N),
        ("pad", N),
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

#: One that supplies service with hours of its own; rows only where plural support is on. `free_at`: when what
#: it has promised will be done.
SUPPLIER = np.dtype(
    [
        ("hours_per_week", F),
        ("free_at", F),
        ("hours", F),
        ("key", N),
        ("community", N),
        ("kind", N),
        ("authority", N),
        ("asks", N),
        ("commitments", N),
        ("delivered", N),
    ]
)

#: What the floods of one market have in common; rows only where it rains. `lead`: the need whose case stands
#: for the cause; `followers`: a list of those that wait for it; `present`: the need of the flood that stands.
INCIDENT = np.dtype(
    [
        ("since", F),
        ("water_days", F),
        ("fixed_at", F),
        ("given_hours", F),
        ("first", N),
        ("lead", N),
        ("present", N),
        ("followers", N),
        ("community", N),
        ("merchant_start", N),
        ("merchants", N),
        ("rains", N),
        ("prevented", N),
        ("reopened", N),
        ("givers", N),
    ]
)

# --- where -----------------------------------------------------------------------------------------------

COMMUNITY = np.dtype(
    [
        ("trust_sum", F),
        ("platform_at", F),
        ("staff_hours_cases", F),
        ("staff_hours_sessions", F),
        ("staff_hours_duplicates", F),
        ("staff_hours_chasing", F),
        ("staff_hours_handling", F),
        ("staff_hours_travel", F),
        ("hours_on_call", F),
        ("hours_overtime", F),
        ("staff_hours_council", F),
        ("staff_hours_patrol", F),
        ("embedded_hours", F),
        ("unit_hours", F),
        ("volunteer_hours", F),
        ("supplier_hours", F),
        ("pool_hours", F),
        ("visit_hours", F),
        ("staff_hours_mobilisation", F),
        ("volunteer_hours_council", F),
        ("staff_hours_demanded", F),
        ("partner_hours", F),
        ("number", N),
        ("resident_start", N),
        ("residents", N),
        ("observers", N),
        ("merchant_start", N),
        ("merchants", N),
        ("grids", N),
        ("pool", N),
        ("duty", N),
        ("owners", N),
        ("authority", N),
        ("session_head", N),
        ("session_tail", N),
        ("session_waiting", N),
        ("arisen", N),
        ("reported", N),
        ("duplicates", N),
        ("accepted", N),
        ("closed", N),
        ("solved", N),
        ("withdrawn", N),
        ("shelved", N),
        ("open_cases", N),
        ("session_cases", N),
        ("registered", N),
        ("active", N),
        ("supplier_start", N),
        ("suppliers", N),
        ("supplied", N),
        ("household_start", N),
        ("households", N),
        ("pool_raised", N),
        ("pool_spent", N),
        ("gifts", N),
        ("visits", N),
        ("visits_made", N),
        ("units_moved", N),
        ("made_ties", N),
        ("prevented", N),
        ("councils", N),
        ("found", N),
        ("found_by_couriers", N),
        ("paper_closed", N),
        ("called_back", N),
        ("found_on_paper", N),
        ("menu", N),
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
    "staff_hours_travel",
    "hours_on_call",
    "hours_overtime",
    "staff_hours_council",
    "unit_hours",
    "volunteer_hours",
    "volunteer_hours_council",
    "registered",
    "active",
    "trust_sum",
    "supplied",
    "supplier_hours",
    "pool_hours",
    "visit_hours",
    "pool_raised",
    "pool_spent",
    "gifts",
    "visits",
    "visits_made",
    "units_moved",
    "made_ties",
    "staff_hours_mobilisation",
    "prevented",
    "councils",
    "found",
    "found_by_couriers",
    "staff_hours_patrol",
    "embedded_hours",
    "paper_closed",
    "called_back",
    "found_on_paper",
    "staff_hours_demanded",
    "partner_hours",
)
DAY = np.dtype([(name, COMMUNITY[name]) for name in DAILY_FIELDS])

# --- who deliberates -----------------------------------------------------------------------------------

#: What councils make of a person, and what the person owns. `area`: of the dwelling the person owns, 0 if
#: none; one owner a household. `seat`: one more than the place at the table now.
PARTICIPANT = np.dtype(
    [
        ("motivation", F),
        ("skill", F),
        ("area", F),
        ("attendances", N),
        ("votes_counted", N),
        ("seat", N),
    ]
)

#: A community's councils. The docket lists its needs in the order in which they arise; of those from
#: `docket_start`, `kept` are known to be unsolved, and those from `docket_next` were never looked at.
COUNCIL = np.dtype(
    [
        ("year", N),
        ("meetings", N),
        ("docket_start", N),
        ("docket_kept", N),
        ("docket_next", N),
        ("docket_end", N),
        ("seated", N),
        ("spent", F),
    ]
)

#: A place at the table.
SEAT = np.dtype([("opinion", F), ("next", F), ("confidence", F), ("person", N)])

#: One topic of one council. `topic` −1: nothing was on the agenda. Vote and funds: −1 and 0 where there was
#: none. `funded`, `refused`, `solved`: of the cases gathered.
MEETING = np.dtype(
    [
        ("at", F),
        ("fused_error", F),
        ("agenda_error", F),
        ("salience", F),
        ("opinion", F),
        ("consensus", F),
        ("owners_share", F),
        ("area_share", F),
        ("yes_owners", F),
        ("yes_area", F),
        ("funds", F),
        ("facilitator_hours", F),
        ("implemented_at", F),
        ("community", N),
        ("number", N),
        ("topic", N),
        ("invited", N),
        ("attendants", N),
        ("cases", N),
        ("owners", N),
        ("quorum", N),
        ("passed", N),
        ("funded", N),
        ("refused", N),
        ("solved", N),
    ]
)

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

#: Events wait in blocks, a chain of blocks a day; `next` of a block's first event leads to the block before.
EVENT = np.dtype([("time", F), ("entity", N), ("ordinal", N), ("kind", N), ("next", N)])

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
    EV_SUPPLY,
    EV_TIE_END,
    EV_LAUNCH,
    EV_REDEEM,
    EV_SALE,
    EV_APPEAL,
    EV_VISIT,
    EV_SHORT,
    EV_DRAIN,
    EV_INCIDENT,
    EV_MOBILISE,
    EV_ANSWER,
    EV_EXTEND,
    EV_DUTY,
    EV_COUNCIL,
    EV_CARRIED,
    EV_PATROL,
    EV_FOUND,
    EV_CALL_BACK,
    EV_COUNTERSIGNED,
    EV_CONVENE,
    EV_MENU,
) = range(39)

#: The run's own counters. `area`: time-integral of the number of reported cases not yet ended.
CLOCK = np.dtype(
    [
        ("time", F),
        ("area", F),
        ("area_at", F),
        ("hazard", F),
        ("hazard_at", F),
        ("key", N),
        ("cursor", N),
        ("day", N),
        ("days", N),
        ("heap_size", N),
        ("free", N),
        ("unused", N),
        ("blocks", N),
        ("today_next", N),
        ("today_end", N),
        ("events", N),
        ("in_system", N),
        ("new_ties", N),
        ("transfers", N),
        ("exchange_margin", N),
        ("mean_field_next", N),
        ("campaign", N),
        ("fault", N),
        ("day_open", N),
    ]
)


#: Bytes of a cache line.
LINE_BYTES = 64


def aligned(count: int, dtype: np.dtype) -> np.ndarray:
    """Return zeros that begin at a cache line, so that records of one line never straddle two."""
    buffer = np.zeros(count * dtype.itemsize + LINE_BYTES, np.uint8)
    skip = -buffer.ctypes.data % LINE_BYTES
    return buffer[skip : skip + count * dtype.itemsize].view(dtype)


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
    pool: np.ndarray
    line: np.ndarray
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


#: What the engine is reduced to, and who influences whom in diffusion: values of `verification.*`.
MODES = ("none", "queue", "adoption")
MODE_NONE, MODE_QUEUE, MODE_ADOPTION = range(3)
NETWORKS = ("complete", "random", "file")
COMPLETE = 0
#: Priority classes of a queue.
CLASSES = 8
