"""What a resident decides about a council: to come, to listen, to move, to vote.

And what a matter decided in common takes by law. Sources and grades of every number are in
`sim.parameters.deliberation`.
"""

from sim.engine.jit import rule


@rule
def attend_probability(base, propensity, motivation, motivation_gain, invitation_factor, cap):
    """Return the probability of following an invitation: ``min(cap, a·θ·(1 + g·m)·f)``.

    Propensity θ, motivation m from councils attended before, and f what the kind of invitation does.
    """
    return min(cap, base * propensity * (1.0 + motivation_gain * motivation) * invitation_factor)


@rule
def learned(value, step):
    """Return motivation or skill after one more council: a step towards 1."""
    return value + step * (1.0 - value)


@rule
def first_opinion(mean, width, stake, affected, luck):
    """Return the opinion of a proposal before anybody has talked: evenly spread, higher with a stake."""
    value = mean + width * (luck - 0.5)
    if affected:
        value += stake
    return min(1.0, max(0.0, value))


@rule
def confidence(base, skill, skill_gain, facilitated, facilitator_gain):
    """Return the distance of opinions within which a person listens."""
    value = base + skill_gain * skill
    if facilitated:
        value += facilitator_gain
    return value


@rule
def listens(opinion, other, own_confidence, other_confidence):
    """Return whether two people listen to each other: closer than the mean of their two distances.

    One distance for both, so that what one gives up the other gains.
    """
    return abs(opinion - other) <= 0.5 * (own_confidence + other_confidence)


@rule
def moved(opinion, towards, step):
    """Return the opinion after a step towards another."""
    return opinion + step * (towards - opinion)


@rule
def turnout_probability(base, stake_gain, affected):
    """Return the probability that an owner who was not at the council casts a vote."""
    return min(1.0, base + (stake_gain if affected else 0.0))


@rule
def approves(opinion, threshold):
    """Return whether an owner votes yes."""
    return opinion > threshold


@rule
def quorum_met(quorum, owners, owners_voting, area, area_voting):
    """Return whether enough owners, holding enough of the area, take part (Civil Code art. 278)."""
    # A share that is met exactly must not fail by rounding of a third.
    slack = 1e-9
    return (
        owners_voting > 0
        and owners_voting >= quorum * owners * (1.0 - slack)
        and area_voting >= quorum * area * (1.0 - slack)
    )


@rule
def decided(major, ordinary_majority, major_majority, voting, yes, area_voting, area_yes):
    """Return whether those taking part agree: more than half, or for a major matter at least three quarters.

    By number of owners and by area alike.
    """
    if major:
        return yes >= major_majority * voting and area_yes >= major_majority * area_voting
    return yes > ordinary_majority * voting and area_yes > ordinary_majority * area_voting
