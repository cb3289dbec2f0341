"""What a person decides: to speak up, to help, to join the platform, to trust.

The rules serve residents and merchants alike (a merchant is a person with a shop). Sources and evidence
grades of every number are in `sim.parameters.scenario`.
"""

import math

from sim.engine.jit import rule
from sim.rules.unit import logistic

#: A channel that a person cannot use costs this much: never chosen.
UNUSABLE = 1e9


@rule
def cheapest_channel(office_cost, phone_cost, app_cost, has_phone, has_app):
    """Return the number of the cheapest channel a person can use: 0 office, 1 phone, 2 app."""
    best = 0
    cost = office_cost
    if has_phone and phone_cost < cost:
        best = 1
        cost = phone_cost
    if has_app and app_cost < cost:
        best = 2
    return best


@rule
def channel_cost(channel, office_cost, phone_cost, app_cost):
    """Return what using `channel` costs, in units of the reporting hazard's exponent."""
    if channel == 0:
        return office_cost
    return phone_cost if channel == 1 else app_cost


@rule
def report_rate(base_rate, propensity, severity, trust_weight, trust, cost):
    """Return the hazard, per day, that a person reports an open problem they see.

    ``λ0 · θ · exp(s + w(T − ½) − c)``: a calculus of participation in hazard form (Hirschman 1970; Riker &
    Ordeshook 1968), with propensity θ, severity s, trust T and the cost c of the cheapest usable channel.
    """
    return base_rate * propensity * math.exp(severity + trust_weight * (trust - 0.5) - cost)


@rule
def trust_factor(trust_weight, trust_before, trust_after):
    """Return the factor by which a change of trust multiplies every reporting hazard of the person."""
    return math.exp(trust_weight * (trust_after - trust_before))


@rule
def learned_factor(weight, outcome):
    """Return the factor ``exp(β·e)`` on a person's reporting hazards for how their own report last ended.

    e is 1 where it was solved, −1 where it was not, 0 as long as none has ended; of a change of e, the factor
    by which the hazards change. FixMyStreet's users were 57 % likelier to report again after a first report
    that was fixed (Sjoberg, Mellon & Peixoto 2017): 2β = ln 1.57, if that is how it works.
    """
    return math.exp(weight * outcome)


@rule
def updated_trust(trust, outcome, weight, gain, loss):
    """Return trust after an outcome (1 solved in time, 0 not) seen with `weight`.

    Losses weigh more than gains (Slovic 1993). With success probability s the fixed point of the mean is
    ``s·gain / (s·gain + (1−s)·loss)``.
    """
    step = gain if outcome >= 0.5 else loss
    return trust + step * weight * (outcome - trust)


@rule
def performance(solved, elapsed_hours, standard_hours):
    """Return how well a case was served, 0 to 1: half for the outcome, half for speed.

    The half for speed halves with each service standard that passes (working hours).
    """
    if not solved:
        return 0.0
    return 0.5 + 0.5 * math.exp(-math.log(2.0) * elapsed_hours / standard_hours)


@rule
def satisfaction(perf, expectation, w_performance, w_disconfirmation, w_expectation):
    """Return satisfaction, 0 to 1, by expectancy–disconfirmation (Van Ryzin 2004, 2006)."""
    value = (
        0.5
        + w_performance * (perf - 0.5)
        + w_expectation * (expectation - 0.5)
        + w_disconfirmation * (perf - expectation)
    )
    return min(1.0, max(0.0, value))


@rule
def answer_probability(intercept, effect, solved):
    """Return the probability ``σ(b₀ + b₁·solved)`` that somebody called after a closing answers."""
    return logistic(intercept + effect * solved)


@rule
def updated_expectation(expectation, perf, step):
    """Return the expectation after an experience: it follows performance."""
    return expectation + step * (perf - expectation)


@rule
def present_fatigue(fatigue, days, half_life):
    """Return what is left of a helper's fatigue after `days`."""
    if fatigue == 0.0:
        return 0.0
    return fatigue * math.exp(-math.log(2.0) * days / half_life)


@rule
def help_probability(act, propensity, tied, tie_factor, fatigue, invited, bystander_exponent, cap, readiness):
    """Return the probability that an invited person helps with one need, or gives.

    ``min(cap, p·θ·r·g·2^(−F)·(n/5)^(−α))``: r readiness for other reasons, g for a tie, F fatigue, and the
    bystander effect α, by which each feels less called the more are asked (cf. `dilemma_probability`).
    """
    p = readiness * act * propensity * math.exp(-math.log(2.0) * fatigue)
    if tied:
        p *= tie_factor
    if bystander_exponent != 0.0 and invited > 0:
        p *= math.exp(-bystander_exponent * math.log(invited / 5.0))
    return min(cap, p)


@rule
def dilemma_probability(cost_over_benefit, invited):
    """Return the probability of helping in the volunteer's dilemma (Diekmann 1985).

    Each of n wants that somebody helps, at cost c for a benefit b. In the symmetric equilibrium each helps
    with probability ``1 − (c/b)^(1/(n−1))``; nobody does with ``(c/b)^(n/(n−1))``, which rises with n.
    """
    if invited <= 1:
        return 1.0
    return 1.0 - math.exp(math.log(cost_over_benefit) / (invited - 1.0))


@rule
def readiness(was_helped, reciprocity_factor, days_since_reward, effect_days, reward_factor):
    """Return the factor on helping of a person who was helped, or was lately rewarded for taking part."""
    factor = reciprocity_factor if was_helped else 1.0
    if days_since_reward < effect_days:
        factor *= reward_factor
    return factor


@rule
def adoption_rate(innovation, imitation, registered_share, campaign):
    """Return the hazard of registering: innovation + imitation × share of ties registered + campaign."""
    return innovation + imitation * registered_share + campaign


@rule
def spell_length(threshold, retention_30, retention_90, retention_180):
    """Return the days a spell of activity lasts, given its unit-exponential threshold.

    The hazard is constant between the days 0, 30, 90 and 180 at which the share still active is known, and
    stays as it was last from then on. A share that does not fall has no hazard.
    """
    first = -math.log(retention_30)
    second = -math.log(retention_90)
    third = -math.log(retention_180)
    if threshold <= first:
        return 30.0 * threshold / first if first > 0.0 else 0.0
    if threshold <= second:
        return 30.0 + 60.0 * (threshold - first) / (second - first)
    if third <= second:
        return math.inf
    return 90.0 + 90.0 * (threshold - second) / (third - second)
