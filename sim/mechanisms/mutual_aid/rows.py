"""Rows kept of what residents do for each other."""

from sim.engine.declare import Record, number, whole

#: A tie made during the run: one direction of it, in a list that starts at the person. The two directions are
#: rows 2k and 2k + 1; the first keeps `since` (made or renewed last), `ends_at` and `renewals`. Faded:
#: `to` is minus one less the other person, and the rows wait for the two to meet again.
NEW_TIE = Record(
    "new_tie",
    "one direction of a tie made during the run",
    since=number("when it was made or last renewed", "days"),
    ends_at=number("when it fades unless renewed", "days"),
    to=whole("the other person; minus one less that person once faded"),
    next=whole("next tie of the same person, −1 at the end"),
    renewals=whole("times renewed"),
)

#: A person with a need that comes back, and who stands by them.
RECURRING = Record(
    "recurring",
    "a person with a need that comes back",
    ends_at=number("end of the present pairing", "days"),
    first_at=number("when a helper first stood by", "days"),
    person=whole("index of the person with the need that comes back"),
    kind=whole("medicine, care, meals, errands"),
    helper=whole("index of the person who stands by, −1 nobody"),
    pairs=whole("pairings so far"),
    visits=whole("visits due"),
    visits_made=whole("visits made"),
)

RECURRING_KINDS = ("medicine", "care", "meals", "errands")

#: A person in hardship, for whom others are asked to give. Money in whole yuan.
APPEAL = Record(
    "appeal",
    "a person for whom others are asked to give",
    person=whole("index of the person in hardship"),
    appeals=whole("appeals made"),
    asked=whole("people asked"),
    raised=whole("money raised", "yuan"),
)

#: A household in a shortage of goods, whole units. `wear`: what is used of the unit in use. `head`: who acts.
HOUSEHOLD = Record(
    "household",
    "a household in a shortage of goods",
    wear=number("what is used of the unit in use", "units"),
    at=number("when that was last brought up to date", "days"),
    use=number("use of the good", "units per day"),
    head=whole("index of the person who acts for it"),
    community=whole("community"),
    key=whole("identity in keyed draws"),
    first_stock=whole("stock at the start of the shortage", "units"),
    stock=whole("stock", "units"),
    used=whole("units used", "units"),
    unmet=whole("units missed", "units"),
    received=whole("units received", "units"),
    given=whole("units given", "units"),
    asked=whole("times asked to give"),
    posts=whole("needs posted"),
)

#: Something given: of which kind, by whom, to whom (−1: the pool), how much, how far away.
TRANSFER = Record(
    "transfer",
    "something given",
    at=number("when", "days"),
    quantity=number("how much", "yuan, hours or units"),
    kind=whole("sale, pool_payment, gift, visit, goods"),
    giver=whole("who gave"),
    taker=whole("who received, −1 the pool"),
    community=whole("community"),
    distance=whole("how far away, in positions on the path"),
    about=whole("what it was for"),
)

TRANSFER_KINDS = ("sale", "pool_payment", "gift", "visit", "goods")

SALE, POOL_PAYMENT, GIFT, VISIT, GOODS = range(5)
