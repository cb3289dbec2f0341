"""What decides how much of a cadre's day goes to cases."""

from sim.agents.unit import logistic
from sim.compiled import rule


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
