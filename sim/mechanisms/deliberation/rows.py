"""Rows kept of councils."""

from sim.engine.declare import Record, number, whole

#: What councils make of a person, and what the person owns. `area`: of the dwelling the person owns, 0 if
#: none; one owner a household. `seat`: one more than the place at the table now.
PARTICIPANT = Record(
    "participant",
    "what councils make of a person, and what the person owns",
    motivation=number("how keen on councils those attended have made the person", "0 to 1"),
    skill=number("practice in deliberation", "0 to 1"),
    area=number("relative area of the dwelling owned, 0 none"),
    attendances=whole("councils attended"),
    votes_counted=whole("votes in the counting window"),
    seat=whole("one more than the place at the table now, 0 none"),
)

#: A community's councils. The docket lists its needs in the order in which they arise; of those from
#: `docket_start`, `kept` are known to be unsolved, and those from `docket_next` were never looked at.
COUNCIL = Record(
    "council",
    "a community's councils, its docket and its funds",
    year=whole("year of the run to which the funds belong"),
    meetings=whole("councils held"),
    docket_start=whole("first place of its needs on the docket"),
    docket_kept=whole("needs from there on that were unsolved when last looked at"),
    docket_next=whole("first need never looked at"),
    docket_end=whole("end of its needs on the docket"),
    seated=whole("people at the last council"),
    spent=number("funds spent in the year", "yuan"),
)

#: A place at the table.
SEAT = Record(
    "seat",
    "a place at the table of a council",
    opinion=number("opinion now", "0 to 1"),
    next=number("opinion after the round", "0 to 1"),
    confidence=number("distance within which the person listens", "0 to 1"),
    person=whole("who sits there"),
)

#: One topic of one council. `topic` −1: nothing was on the agenda. Vote and funds: −1 and 0 where there was
#: none. `funded`, `refused`, `solved`: of the cases gathered.
MEETING = Record(
    "meeting",
    "one topic of one council",
    at=number("when", "days"),
    fused_error=number("distance of the fused shares to those of the needs unsolved", "0 to 1"),
    agenda_error=number("distance of the agenda's shares to them", "0 to 1"),
    salience=number("the topic's share of what was fused", "share"),
    opinion=number("mean opinion at the end of the talk", "0 to 1"),
    consensus=number("1 less variance after over variance before"),
    owners_share=number("owners who voted", "share"),
    area_share=number("area whose owners voted", "share"),
    yes_owners=number("owners voting who said yes", "share"),
    yes_area=number("area voting that said yes", "share"),
    funds=number("funds spent on it", "yuan"),
    facilitator_hours=number("hours of the facilitator, noted with the first topic", "hours"),
    implemented_at=number("when the last of its cases was solved", "days"),
    community=whole("community"),
    number=whole("number of the council, from 1"),
    topic=whole("category, −1 none"),
    invited=whole("people invited"),
    attendants=whole("people at the table"),
    cases=whole("stuck cases gathered"),
    owners=whole("owners asked to vote"),
    quorum=whole("1 if enough took part"),
    passed=whole("1 if passed"),
    funded=whole("cases taken up"),
    refused=whole("cases for which a unit refused"),
    solved=whole("cases solved so far"),
)
