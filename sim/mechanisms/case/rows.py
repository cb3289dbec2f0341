"""Rows kept of how cases were closed, and of their standards."""

from sim.engine.declare import Record, number, whole

#: How a case was closed on the books; rows only where cases may be closed on paper, are called
#: back, or are served by due date.
#: `closings` counts those by staff and units, `pool` is the team that took the last decision.
CLOSURE = Record(
    "closure",
    "how a need's case was closed on the books",
    due_at=number("when the present spell's standard ends, where there are no tiers", "days"),
    attempts=whole("closing decisions taken"),
    closings=whole("closings by staff and units"),
    paper_closings=whole("closings on paper"),
    called_back=whole("calls made after a closing"),
    pool=whole("team that took the last decision, −1 none"),
)

#: The service standard of a case; rows only where there are standards. `left`: hours on its clock when it was
#: stopped. `category_tier`: -1 where the category has none of its own.
STANDARD = Record(
    "standard",
    "the service standard of a case, where there are standards",
    due_at=number("date by which the case is due; NaN while its clock stands still", "days"),
    apply_at=number("when more time may be applied for", "days"),
    left=number("hours left on the clock when it was stopped", "hours"),
    paused_since=number("since when the clock stands still, NaN if it runs", "days"),
    paused_days=number("time the clock has stood still, in all", "days"),
    extensions=whole("extensions granted"),
    starts=whole("times the clock was started: ordinal of the draw for an extension"),
    tier=whole("tier of the standard, 0 the shortest"),
    category_tier=whole("tier of the category, −1 if it has none of its own"),
)
