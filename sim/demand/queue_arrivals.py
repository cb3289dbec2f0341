"""The tape of the verification queue: arrivals that are reports with a class and a service time."""

import math

import numpy as np

from sim.demand.needs import NEED_ATTRIBUTE, NEED_TIME, URGENCY, WORK, Tape, _pick, _time_of
from sim.demand.surges import FIRST_ORDINAL, surge_intensity
from sim.engine.distributions import SHAPES, positive
from sim.engine.jit import entry, inner
from sim.engine.randomness import exponential, uniform
from sim.engine.tables.needs import ARRIVES_REPORTED, COMMUNITY_WORKS, LEG, NEED
from sim.engine.tables.run import CLASSES
from sim.parameters.scenario import Scenario


@inner
def _queue_row(key, need, n, ordinal, t, shares, shape, mean, cv):
    """Write an arrival at `t`, with its class and service time."""
    need[n]["arisen_at"] = t
    need[n]["ordinal"] = ordinal
    need[n]["incident"] = n
    need[n]["owner"] = -1
    need[n]["organisations"] = 1
    need[n]["flags"] = ARRIVES_REPORTED | COMMUNITY_WORKS
    need[n]["channel"] = 0
    if shares.shape[0] > 1:
        need[n]["priority"] = _pick(shares, uniform(key, NEED_ATTRIBUTE, 0, URGENCY, 0, ordinal))
    need[n]["work_hours"] = 24.0 * positive(shape, mean, cv, key, WORK, 0, 0, 0, ordinal)


@entry
def _queue_arrivals(key, days, rate, shares, shape, mean, cv, need):
    """Draw Poisson arrivals with their class and service time; returns how many fit into `days`."""
    t = 0.0
    n = 0
    while rate > 0.0:
        t += exponential(key, NEED_TIME, 0, 0, 0, n) / rate
        if t >= days:
            break
        if n < need.shape[0]:
            _queue_row(key, need, n, n, t, shares, shape, mean, cv)
        n += 1
    return n


@entry
def _queue_surge(key, rate, cumulative, shares, shape, mean, cv, need):
    """Draw the arrivals of a surge; returns how many there are."""
    level = 0.0
    n = 0
    while rate > 0.0:
        level += exponential(key, NEED_TIME, 0, 0, 0, FIRST_ORDINAL + n) / rate
        if level >= cumulative[cumulative.shape[0] - 1]:
            break
        if n < need.shape[0]:
            t = _time_of(cumulative, level, 0)
            _queue_row(key, need, n, FIRST_ORDINAL + n, t, shares, shape, mean, cv)
        n += 1
    return n


def queue_tape(scenario: Scenario, key: int, days: int) -> Tape:
    """Return the tape of the verification queue: arrivals that are reports."""
    v = scenario.verification
    if len(v.priority_shares) > CLASSES:
        raise ValueError(f"at most {CLASSES} priority classes")
    shares = np.array(v.priority_shares)
    service = (shares, SHAPES.index(v.service_distribution), v.service_mean, v.service_cv)
    expected = v.arrival_rate * days
    need = np.zeros(int(expected + 6.0 * math.sqrt(expected) + 100), NEED)
    found = _queue_arrivals(key, days, v.arrival_rate, *service, need)
    if found > need.shape[0]:
        need = np.zeros(found, NEED)
        _queue_arrivals(key, days, v.arrival_rate, *service, need)
    need = need[:found]
    further = surge_intensity(scenario, np.ones(days))
    if further[-1] > 0.0:
        more = np.zeros(_queue_surge(key, v.arrival_rate, further, *service, need[:0]), NEED)
        _queue_surge(key, v.arrival_rate, further, *service, more)
        need = np.concatenate([need, more])
        need = need[np.argsort(need["arisen_at"], kind="stable")]
        need["incident"] = np.arange(need.shape[0])
    return Tape(need, np.zeros(0, LEG), 0, ("request",))
