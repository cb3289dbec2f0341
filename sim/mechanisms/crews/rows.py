"""Rows kept of crews; there are none where nobody organises."""

from sim.engine.declare import Record, number, whole
from sim.engine.tables.run import CLOCK

#: An organiser and those who have come to the events called so far.
CREW = Record(
    "crew",
    "an organiser, and those who came to the events called",
    rate=number("events called", "per day"),
    key=whole("identity in keyed draws"),
    neighbourhood=whole("where: a row of `neighbourhood`"),
    head=whole("first member, −1 none"),
    came=whole("first of those who came to the last event, −1 none"),
    events=whole("events called"),
    seats=whole("seats taken"),
)

#: Somebody in a crew; a person may be in several. `event` − 1 is the number of the last event with them.
MEMBER = Record(
    "member",
    "a person in a crew",
    readiness=number("logarithm of the readiness to come"),
    habit=number("logarithm of what the acts with the crew weigh"),
    last_at=number("when the person last came", "days"),
    place=number("place in the line for the present event's seats, the smallest first"),
    person=whole("index of the person"),
    crew=whole("index of the crew"),
    acts=whole("events of this crew at which the person was"),
    event=whole("last event of the crew with the person, counted from 1"),
    next=whole("next member of the crew, −1 at the end"),
    behind=whole("who stands behind in the line for an event's seats; then, who else came to it; −1 nobody"),
    key=whole("identity of the person in keyed draws"),
    next_of_person=whole("next membership of the person, −1 at the end"),
)

#: What crews know of a person. `listed`: the k-th row of a neighbourhood names its k-th volunteer.
VOLUNTEER = Record(
    "volunteer",
    "what crews know of a person",
    readiness=number("logarithm of the readiness to come"),
    key=whole("identity in keyed draws"),
    able=whole("1 if the person may be asked"),
    head=whole("first membership, −1 none"),
    listed=whole("k-th volunteer of the neighbourhood, in the order of coming first"),
)

#: People among whom crews find newcomers and each other's members: those of a community.
NEIGHBOURHOOD = Record(
    "neighbourhood",
    "people among whom crews find newcomers",
    start=whole("first person"),
    people=whole("people"),
    volunteers=whole("people who are in a crew"),
)

CLOCK.add("members", whole("memberships of crews"))
