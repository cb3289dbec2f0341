"""People: who they are, what they have done, where they stand with the platform."""

from sim.engine.declare import Record, number, whole

#: What is read of a person at every need they see: one cache line. `cost` is that of the cheapest channel
#: usable now.
PERSON = Record(
    "person",
    "a resident or a merchant: what is read at every need they see",
    trust=number("trust in that problems are solved", "0 to 1"),
    propensity=number("propensity to act, mean 1"),
    cost=number("cost of the cheapest channel usable now", "log hazard"),
    key=whole("identity in keyed draws: community and local number"),
    community=whole("community lived or traded in"),
    flags=whole("merchant, 60 and over, under 14, migrant, has a telephone, inert"),
    pair_head=whole("first of the person's reporting clocks that run"),
    tie_head=whole("first of the ties made during the run"),
)

#: What a person has done and come to expect, and where they live.
CONDUCT = Record(
    "conduct",
    "the same person: what they did and came to expect, and where they live",
    expectation=number("expected performance", "0 to 1"),
    fatigue=number("fatigue from helping, as of `fatigue_at`"),
    fatigue_at=number("when fatigue was last set", "days"),
    volunteer_hours=number("hours given in all", "hours"),
    week_hours=number("hours given in the week `week`", "hours"),
    week=whole("week that `week_hours` belongs to"),
    reports=whole("reports made"),
    contributions=whole("contributions made to somebody else's need"),
    votes=whole("valid votes cast"),
    reports_counted=whole("reports in the counting window"),
    contributions_counted=whole("contributions in the counting window"),
    grid=whole("grid of the community, for residents"),
    household=whole("household of the community, for residents"),
)

#: Where a person stands with the platform. `lapse_at`: end of the present spell of activity.
ACCOUNT = Record(
    "account",
    "the same person's standing with the platform",
    anchor=number("when the registering clock was last re-anchored", "days"),
    remaining=number("what is left of the unit-exponential threshold at `anchor`"),
    rate=number("hazard of registering since then", "per day"),
    lapse_at=number("end of the present spell of activity", "days"),
    spell=whole("spells of activity begun"),
    flags=whole("eligible, registered, active"),
    registered_ties=whole("ties that are registered"),
    degree=whole("ties in all"),
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
