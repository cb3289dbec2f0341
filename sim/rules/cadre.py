"""How much of a cadre's day goes to cases, what is found on foot, and when an embedded cadre comes."""

import math

from sim.engine.jit import rule
from sim.rules.unit import logistic


@rule
def paperwork_share(base, per_platform, further, screened, cap):
    """Return the share of working time that reporting takes.

    ``(r₀ + r₁(m − 1)(1 − integration))(1 − screened)``, at most `cap`: each of the `further` platforms
    beyond the first asks for the same data again so far as it does not share them, and a burden gate sends
    back a share of all tasks.
    """
    return min(cap, (base + per_platform * further) * (1.0 - screened))


@rule
def paper_probability(
    intercept,
    load_slope,
    load,
    load_reference,
    due_effect,
    due,
    ranking_effect,
    behind,
    callback_effect,
    called_back,
):
    """Return the probability that a team closes a case on paper only, at the closing decision.

    ``σ(logit p₀ + κ(ρ − ρ₀) + τ·[due] + ω·[behind in the ranking] − δ·call-back)`` with the team's load ρ and
    the share of closings that is called back. Coping with load after Lipsky (1980).
    """
    return logistic(
        intercept
        + load_slope * (load - load_reference)
        + due_effect * due
        + ranking_effect * behind
        - callback_effect * called_back
    )


@rule
def team_speed(presence, paperwork, case_share):
    """Return the hours of case work done in an hour of the shift."""
    return presence * (1.0 - paperwork) * case_share


@rule
def pool_first(own_class, pool_class):
    """Return whether a cadre takes the case waiting in the common queue before that of the own grid.

    The own grid comes first among equals; a more urgent case anywhere comes before both.
    """
    return pool_class < own_class


@rule
def turn(since, due, weight):
    """Return the turn of a case that waits since `since` and is due at `due`: the lowest comes first.

    ``(1 − w)·since + w·due``: first come, first served at w = 0, earliest due date first (Jackson 1955) at 1.
    """
    if weight >= 1.0:
        return due
    return (1.0 - weight) * since + weight * due


@rule
def service_tier(urgent, urgent_tier, category_tier, organisations, one, two, three):
    """Return the tier of a case's standard: by urgency, else by category, else by organisations needed."""
    if urgent:
        return urgent_tier
    if category_tier >= 0:
        return category_tier
    if organisations <= 1:
        return one
    return two if organisations == 2 else three


@rule
def has_skill(number, share):
    """Return whether the cadre of this number in the team has the skill: spread evenly, the first always."""
    return math.ceil((number + 1) * share - 1e-9) > math.ceil(number * share - 1e-9)


@rule
def duty_turn(day, post, posts, team):
    """Return the number in the team of the cadre who fills a post on a day: all in turn."""
    return (day * posts + post) % team


@rule
def travel_share(goes_on, repeat_share):
    """Return the share of the way a visit takes: all of it, or less for a further one in the same grid."""
    return repeat_share if goes_on else 1.0


@rule
def visit_factor(over_60, registered, elder_factor, registered_factor):
    """Return how often a home is visited on patrol, against that of somebody under 60 without an account."""
    if over_60:
        return elder_factor
    return registered_factor if registered else 1.0


@rule
def find_rate(homes_per_hour, patrol_hours, homes, week_hours):
    """Return the hazard, per working hour, that patrol comes upon one open problem of the beat.

    ``ν·h / (H·W)``: h hours walked a week of W working hours, on a beat of H homes of which an hour covers ν.
    """
    return homes_per_hour * patrol_hours / (homes * week_hours)


@rule
def comes_today(working_day, share, phase):
    """Return whether an embedded cadre comes on the working day with this number.

    Over any stretch of days the days present are the stretch times `share`, to within one; `phase` spreads
    those of different cadres.
    """
    return math.floor((working_day + 1.0) * share + phase) > math.floor(working_day * share + phase)


@rule
def precedence(severity_weight, severity, affected_weight, affected, age_weight, weeks):
    """Return how much a waiting case matters to whoever convenes: the highest is taken first.

    ``β_s·s + β_n·ln n + β_a·a`` with severity s, n people affected and a weeks since the first report.
    With all weights at 0 cases are equal, and among equals the first in the list is taken.
    """
    return severity_weight * severity + affected_weight * math.log(affected) + age_weight * weeks


@rule
def leaves_out(missed, patience):
    """Return whether whoever convenes leaves a unit out: it stayed away so often in a row; -1 never."""
    return patience >= 0 and missed >= patience
