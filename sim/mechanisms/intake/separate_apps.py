"""Several apps beside each other: what is reported in one is not seen in another, unless data are shared.

Everybody who reports in an app has one of their own; reports at the office, by telephone or from a patrol go
into the first. Which app is luck of the person, the same in every scenario.
"""

from sim.engine.declare import draw
from sim.engine.jit import inner
from sim.engine.randomness import uniform
from sim.engine.tables.cases import BY_APP
from sim.mechanisms.platform.adoption import platform_runs

APP = draw(28, "APP", ("resident", "0, 0", "0"))


@inner
def app_of(s, p, channel):
    """Return the number of the app in which a report of person `p` by `channel` is entered."""
    apps = s.par[0]["platform_apps"]
    if apps <= 1 or channel != BY_APP or p < 0:
        return 0
    return min(apps - 1, int(apps * uniform(s.clock[0]["key"], APP, 0, s.person[p]["key"], 0, 0)))


@inner
def merge_probability(s, n, p, channel, t):
    """Return the probability that a further report of need `n`, by person `p`, is seen to be the same thing.

    Where both are in one app, as stated; otherwise so far as data are shared. Of m equally popular apps that
    share nothing, a report in one meets the first with probability 1/m.
    """
    if not platform_runs(s, s.need[n]["community"], t):
        return 0.0
    merges = s.par[0]["intake_merge_probability"]
    if s.par[0]["platform_apps"] > 1:
        first = app_of(s, s.case[n]["reporter"], s.case[n]["channel"])
        if app_of(s, p, channel) != first:
            merges *= s.par[0]["platform_shared_data"]
    return merges
