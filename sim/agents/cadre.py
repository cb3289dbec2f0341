"""What decides how much of a cadre's day goes to cases."""

from sim.compiled import rule


@rule
def paperwork_share(base, per_platform, platforms, integration, cap):
    """Return the share of working time that reporting takes.

    ``r₀ + r₁(m − 1)(1 − integration)``, at most `cap`: each platform beyond the first asks for the same
    data again unless the platforms share it.
    """
    return min(cap, base + per_platform * (platforms - 1.0) * (1.0 - integration))


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
