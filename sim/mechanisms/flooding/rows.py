"""Rows kept of markets that are flooded."""

from sim.engine.declare import Record, number, whole

#: What the floods of one market have in common; rows only where it rains. `lead`: the need whose case stands
#: for the cause; `followers`: a list of those that wait for it; `present`: the need of the flood that stands.
INCIDENT = Record(
    "incident",
    "a market that floods, and what its floods have in common",
    since=number("when the present flood began", "days"),
    water_days=number("time under water in floods that are over", "days"),
    fixed_at=number("when the cause was removed", "days"),
    given_hours=number("what merchants brought", "hours"),
    first=whole("first need of the incident, its identity in the ledger"),
    lead=whole("need whose case stands for the cause, −1 none"),
    present=whole("need of the flood that stands, −1 none"),
    followers=whole("first of the needs that wait for the lead, −1 none"),
    community=whole("community"),
    merchant_start=whole("first merchant of the market"),
    merchants=whole("merchants of the market"),
    rains=whole("flood rains so far"),
    prevented=whole("rains that could do no harm any more"),
    reopened=whole("times a flood took the case off the shelf"),
    givers=whole("merchants who gave"),
)
