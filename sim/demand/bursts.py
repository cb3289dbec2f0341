"""How many needs arise in a day, against the usual: the season, and weeks in which more goes wrong.

A week has an effect that all communities share, and one of a community's own. What is counted in cities are
reports, and reports come some time after the need: bursts that last a week are smoothed on the way. With an
exponential delay of mean m, a week's reports take the share ``a_0 = 1 − (1 − q)/x`` of their rate from the
effect of the week itself and ``a_k = (1 − q)²·q^(k−1)/x`` from that of k weeks before, where x = 7/m and
q = e^(−x). Of the variance of independent effects A = Σ a_k² survives: .54 for two and a half days, .39 for
five. Where the delay is given, effects on needs are larger by as much, so that the coefficients of variation
hold for reports.
"""

import datetime
import math

import numpy as np

from sim.engine.declare import draw
from sim.engine.jit import entry
from sim.engine.randomness import normal
from sim.parameters.scenario import Scenario

DEMAND_WEEK = draw(4, "DEMAND_WEEK", ("0", "0, 0", "week"))
DEMAND_LOCAL = draw(72, "DEMAND_LOCAL", ("community", "0, 0", "week"))

DAYS_A_YEAR = 365.0


def surviving_share(delay_days: float, correlation: float = 0.0) -> float:
    """Return the share of the variance of weekly effects that is left in the rate of reports.

    Parameters
    ----------
    delay_days
        Mean of the exponential time between need and report.
    correlation
        Of one week's effect and the next, falling geometrically; exact for effects whose own
        correlation falls so, and nearly so where that of their logarithms does.
    """
    if delay_days <= 0.0:
        return 1.0
    x = 7.0 / delay_days
    q = math.exp(-x)
    own = 1.0 - (1.0 - q) / x
    before = (1.0 - q) * (1.0 - q) / x
    apart = before * before / (1.0 - q * q)
    crossed = (own * before + apart * q) * correlation / (1.0 - correlation * q)
    return own * own + apart + 2.0 * crossed


def spread_of_needs(scenario: Scenario) -> tuple[float, float]:
    """Return the coefficients of variation of the effects on needs: common, and of a community.

    A place's reports then vary by ``(1 + cv²)(1 + local²) − 1``, what all places share by cv².
    """
    d = scenario.demand
    share = surviving_share(d.report_delay_days, d.weekly_correlation)
    if share == 1.0:
        return d.weekly_cv, d.local_cv
    common = d.weekly_cv * d.weekly_cv
    return d.weekly_cv / math.sqrt(share), d.local_cv * math.sqrt((1.0 + common) / (share + common))


@entry
def _weekly_effects(key, stream, place, weeks, cv, correlation):
    """Return the effect of each week: lognormal with mean one, its logarithm first-order autoregressive."""
    effects = np.ones(weeks)
    if cv > 0.0:
        variance = math.log(1.0 + cv * cv)
        fresh = math.sqrt(1.0 - correlation * correlation)
        z = 0.0
        for week in range(weeks):
            own = normal(key, stream, week, place, 0, 0)
            z = own if week == 0 else correlation * z + fresh * own
            effects[week] = math.exp(math.sqrt(variance) * z - 0.5 * variance)
    return effects


def _season(scenario: Scenario, days: int) -> np.ndarray:
    """Return a yearly sine around one, by day, that peaks on 1 July."""
    start = datetime.date.fromisoformat(scenario.calendar.start_date)
    day_of_year = (start.timetuple().tm_yday - 1 + np.arange(days)) % DAYS_A_YEAR
    sine = [math.sin(2.0 * math.pi * (d - 90.0) / DAYS_A_YEAR) for d in day_of_year.tolist()]
    return 1.0 + scenario.demand.season_amplitude * np.array(sine)


def intensity(scenario: Scenario, key: int, days: int) -> np.ndarray:
    """Return the cumulative relative intensity of needs at the start of each day, a row a community.

    The season, times the random effects of each week: hotline counts vary from week to week far more than a
    Poisson process would. Where communities have no effects of their own, one row stands for all.
    """
    d = scenario.demand
    weeks = days // 7 + 1
    common, local = spread_of_needs(scenario)
    shared = _weekly_effects(key, DEMAND_WEEK, 0, weeks, common, d.weekly_correlation)
    season = _season(scenario, days)
    rows = scenario.county.communities if local > 0.0 else 1
    cumulative = np.zeros((rows, days + 1))
    for row in range(rows):
        own = _weekly_effects(key, DEMAND_LOCAL, row, weeks, local, d.weekly_correlation)
        daily = season * np.repeat(shared * own, 7)[:days]
        cumulative[row, 1:] = np.cumsum(daily)
    return cumulative
