"""Cases: what the ledger tells of a need, and where its case is."""

from sim.engine.declare import Record, number, whole

#: What the ledger tells of a need.
CASE = Record(
    "case",
    "what the ledger tells of a need",
    reported_at=number("first report", "days"),
    accepted_at=number("first taken in", "days"),
    first_response_at=number("first response by anybody", "days"),
    service_started_at=number("first work on it", "days"),
    closed_at=number("latest closing, withdrawal or renege", "days"),
    solved_at=number("true solution", "days"),
    satisfaction=number("satisfaction of the first reporter", "0 to 1"),
    staff_hours=number("hours of community staff charged to it", "hours"),
    unit_hours=number("hours of units charged to it", "hours"),
    volunteer_hours=number("hours of neighbours and merchants", "hours"),
    days_in_system=number("time between reports and endings, in all", "days"),
    reporter=whole("index of the person who made it known"),
    handoffs=whole("hand-overs, the first dispatch included"),
    bounces=whole("times sent back"),
    duplicates=whole("reports after the first"),
    reopened=whole("times reopened"),
    status=whole("open, solved, paper_closed, shelved, withdrawn, silent"),
    solved_by=whole("who solved it"),
    channel=whole("channel of the first report"),
    supplier=whole("supplier that took it on, −1 none"),
    helper=whole("person who met it, −1 nobody"),
    found_by=whole(
        "whose eyes found it unreported: 0 cadre, 1 courier, 2 the shop it lay before, −1 it was reported"
    ),
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
FINDERS = ("cadre", "courier", "merchant")

EYES_OF_CADRE, EYES_OF_COURIER, EYES_OF_MERCHANT = range(3)

#: Where a case is in its life; for the engine alone.
TRACK = Record(
    "track",
    "where a need's case is in its life",
    queued_at=number("when the present wait began, or what is waited for is due", "days"),
    entered_at=number("when it last entered the system", "days"),
    stage=whole("intake, helper, routing, queue, service, referral, session, shelf, end"),
    queue=whole("queue it stands in"),
    next=whole("next in the same line or list"),
    previous=whole("previous in the same line or list"),
    passes=whole("passes through field service"),
    routing_step=whole("dispatches so far"),
    asker=whole("level that asks now"),
    refusals=whole("refusals since the last escalation"),
    calls=whole("sessions it was called to"),
    committed=whole("other organisations committed"),
    legs_done=whole("other organisations' parts done"),
    flags=whole("looked into, community's part done, in session, judged, final part, left the system"),
    spell=whole("spell in the system, so that late events of an earlier one are known"),
    pad=whole("unused, keeps a record in two cache lines"),
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
    AT_FIRST,
) = range(14)

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

ON_SHELF = 2048  # put aside: counted as on the shelf

LAST_RESORT = 4096  # the community does parts that units refused
