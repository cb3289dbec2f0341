"""A calibrated city's teams, with known answers: delay alone, fixed capacity, officers, calendar, shares.

Requests are made here, not read: `sim.city_run` takes them through the same compiled loop.
"""

import math
from collections.abc import Callable, Sequence

import numpy as np

from analysis.statistics.reference_results import mmc_wait
from sim.city.draw import CityDraw, CityRequests, city_draw, city_requests
from sim.city_run import city_state, run_city
from tests.truth.equivalence import Experiment, Values

#: Working days by hour of the week: eight hours on five days, a half day on Saturday.
_WEEK = np.zeros((7, 24))
_WEEK[:5, 8:16] = 1.0
_WEEK[5, 8:12] = 0.5
OFFICE_HOURS = (_WEEK / _WEEK.mean()).reshape(168)


def poisson(seed: int, replication: int, rate: float, days: float) -> np.ndarray:
    """Return the times of a Poisson stream."""
    rng = np.random.default_rng([seed, replication])
    return np.sort(rng.random(rng.poisson(rate * days)) * days)


def clock_of(clock: np.ndarray, weeks: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the hours' ends in days, and the working days passed by then."""
    passed = np.concatenate([[0.0], np.cumsum(np.tile(clock, weeks)) / 24.0])
    return np.arange(passed.shape[0]) / 24.0, passed


def survival(hazard: Sequence[float], edges: Sequence[float], age: float) -> float:
    """Return the probability to outlive a working age."""
    ends = [*edges[1:], math.inf]
    passed = sum(h * max(0.0, min(age, b) - a) for h, a, b in zip(hazard, edges, ends, strict=True))
    return math.exp(-passed)


def mean_age(hazard: Sequence[float], edges: Sequence[float]) -> float:
    """Return the mean working age at closing; the last hazard is above 0."""
    ends = [*edges[1:], math.inf]
    return sum(
        survival(hazard, edges, a) * (-math.expm1(-h * (b - a)) / h if h else b - a)
        for h, a, b in zip(hazard, edges, ends, strict=True)
    )


_HAZARD, _EDGES = (0.2, 1.0, 0.0, 0.5), (0.0, 0.5, 1.0, 2.0)


def _open_at(opened: np.ndarray, closed: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Return how many are open at each of some times."""
    gone = np.sort(closed[np.isfinite(closed)])
    return np.searchsorted(np.sort(opened), at, side="right") - np.searchsorted(gone, at, side="right")


def _delay_alone() -> Experiment:
    """γ 0: M/G/∞. The number open is Poisson with the mean rate × mean time, whatever the hazard's shape."""
    rate, days = 60.0, 640.0
    city = city_draw([_HAZARD], age_edges=_EDGES, usual_load=7.0, at_once_minutes=0.0)

    def once(seed: int, replication: int) -> Values:
        opened = poisson(seed, replication, rate, days)
        closed = run_city(city, city_requests(opened), days + 40, 1, replication)
        counts = _open_at(opened, closed, np.arange(40.0, days, 8.0))
        return {
            "cases": opened.size,
            "number open": float(counts.mean()),
            "days from opening to closing": float(np.nanmean(closed - opened)),
            "square of the number open": float(np.mean(counts.astype(float) ** 2)),
        }

    mean = mean_age(_HAZARD, _EDGES)
    load = rate * mean
    results = {
        "number open": load,
        "days from opening to closing": mean,
        "square of the number open": load + load**2,
    }
    return Experiment("city: delay alone, M/G/∞", once, results, replications=12)


def _ages() -> Experiment:
    """Bins of working age under a clock that stands still at night and on Sundays: shares at the edges."""
    half = 0.5 * np.array(_HAZARD)
    city = city_draw([half], age_edges=_EDGES, clock=OFFICE_HOURS, at_once_minutes=15.0, pace=2.0)
    hours, passed = clock_of(OFFICE_HOURS, 20)

    def once(seed: int, replication: int) -> Values:
        opened = poisson(seed, replication, 200.0, 70.0)
        closed = run_city(city, city_requests(opened), 140, 1, replication)
        age = np.interp(closed, hours, passed) - np.interp(opened + 15.0 / 1440.0, hours, passed)
        age[np.isnan(closed)] = math.inf
        values = {f"older than {at:g} working days": float(np.mean(age > at)) for at in (0.5, 1.0, 1.5, 3.0)}
        return {"cases": opened.size, **values}

    results = {
        f"older than {at:g} working days": survival(_HAZARD, _EDGES, at) for at in (0.5, 1.0, 1.5, 3.0)
    }
    return Experiment("city: hazard by working age", once, results, replications=10)


def _sojourn(name: str, city: CityDraw, rate: float, exact: float, clock: np.ndarray | None,
             category: Callable[[np.random.Generator, int], np.ndarray] | None = None,
             days: float = 420.0, replications: int = 20) -> Experiment:  # fmt: skip
    """Return the experiment of the mean time from opening to closing, in working days of a clock."""
    weeks = math.ceil(days / 7.0) + 10
    hours, passed = clock_of(np.ones(168) if clock is None else clock, weeks)

    def once(seed: int, replication: int) -> Values:
        # Poisson by the clock: nobody calls while it stands still.
        when = poisson(seed, replication, rate, days)
        opened = when if clock is None else np.interp(when, passed, hours)
        rng = np.random.default_rng([seed, replication, 1])
        kind = 0 if category is None else category(rng, opened.size)
        closed = run_city(city, city_requests(opened, kind), 7 * weeks, 1, replication)
        age = np.interp(closed, hours, passed) - when
        counted = when > 20.0
        return {
            "cases": int(counted.sum()),
            "working days from opening to closing": float(np.nanmean(age[counted])),
            "requests": float(opened.size),
        }

    results = {"working days from opening to closing": exact}
    return Experiment(name, once, results, {"requests": rate * days}, replications)


_RATE, _CAPACITY = 120.0, 200.0


def _fixed_capacity() -> list[Experiment]:
    """γ 1 and one hazard: the team closes so many a day whatever waits, M/M/1 in its working days."""
    usual = 8.0
    hazard = _CAPACITY / usual
    fixed: dict[str, object] = {"gamma": 1.0, "usual_load": _CAPACITY, "at_once_minutes": 0.0}
    exact = 1.0 / (_CAPACITY - _RATE)
    even = city_draw([[hazard]], **fixed)
    by_clock = city_draw([[hazard]], clock=OFFICE_HOURS, **fixed)
    doubled = city_draw([[0.5 * hazard]], staff_ratio=2.0, **{**fixed, "usual_load": 0.5 * _CAPACITY})
    names = ("first", "second")
    weighed = city_draw(
        [[hazard], [hazard]], categories=("a", "*"), weight=(4.0, 1.0), urgent=(True, False), **fixed
    )
    apart = city_draw(
        [[hazard]], teams=names, team_shares=[[0.0, 1.0]], **{**fixed, "usual_load": (3.0, _CAPACITY)}
    )

    # Whatever the mix and the age: hazards move the load, and all of them together stay what they are.
    mixed = city_draw([[30.0, 12.0], [60.0, 20.0]], categories=("a", "*"), age_edges=(0.0, 0.01), **fixed)

    def either(rng: np.random.Generator, size: int) -> np.ndarray:
        return (rng.random(size) < 0.6).astype(np.int64)

    return [
        _sojourn("city: fixed capacity, M/M/1", even, _RATE, exact, None),
        _sojourn("city: fixed capacity by a clock, M/M/1", by_clock, _RATE, exact, OFFICE_HOURS),
        _sojourn("city: twice the staff on half the hazard, M/M/1", doubled, _RATE, exact, None),
        _sojourn("city: priorities share a fixed capacity, M/M/1", weighed, _RATE, exact, None, either),
        _sojourn("city: fixed capacity whatever the mix, M/M/1", mixed, _RATE, exact, None, either),
        _sojourn("city: the second of two teams, M/M/1", apart, _RATE, exact, None, days=300.0),
    ]


def _officers() -> Experiment:
    """Officers with exponential work and no delay, arrivals and work on one clock: M/M/c in working days."""
    servers, load, hours_of_work = 3, 0.6, 2.0
    mean = hours_of_work * 7.0 / 40.0
    rate = load * servers / mean
    city = city_draw(
        [[1e9]], clock=OFFICE_HOURS, officers=servers, work_cv=-1.0, week_hours=40.0, at_once_minutes=0.0
    )
    days = 6000.0
    weeks = math.ceil(days / 7.0) + 3
    hours, passed = clock_of(OFFICE_HOURS, weeks)

    def once(seed: int, replication: int) -> Values:
        when = poisson(seed, replication, rate, days)
        opened = np.interp(when, passed, hours)
        requests = city_requests(opened, work_hours=hours_of_work)
        case = city_state(city, requests, 7 * weeks, 1, replication).built.state.case
        begun, ended = (np.interp(case[name], hours, passed) for name in ("service_started_at", "closed_at"))
        counted = (when > 60.0) & np.isfinite(case["closed_at"])
        return {
            "cases": int(counted.sum()),
            "working days of waiting": float((begun - when)[counted].mean()),
            "working days of work": float((ended - begun)[counted].mean()),
            "requests": float(opened.size),
        }

    results = {"working days of waiting": mmc_wait(rate, mean, servers, 0.0).mean}
    controls = {"requests": rate * days, "working days of work": mean}
    name = "city: officers with a calendar, M/M/c"
    return Experiment(name, once, results, controls, replications=40)


def _fates() -> Experiment:
    """Shares closed at once and never, the latter by team, and when at once is."""
    at_once, never = 0.3, 0.2
    delay = np.array([0.0, 0, 1, 1, 2, 2, 4, 6, 10, 20, 60])
    city = city_draw(
        [[1.0]], teams=("a", "b"), team_shares=[[0.5, 0.5]], at_once=at_once, never=[[0.0, never]],
        at_once_minutes=60.0, at_once_delay=delay,
    )  # fmt: skip

    def once(seed: int, replication: int) -> Values:
        opened = poisson(seed, replication, 800.0, 20.0)
        state = city_state(city, city_requests(opened), 80, 1, replication).built.state
        closed, second = state.case["closed_at"], state.city_case["team"] == 1
        minutes = (closed - opened) * 1440.0
        soon = minutes <= 60.0
        return {
            "cases": opened.size,
            "share at once": float(np.mean(soon)),
            "share never, of the second team": float(np.mean(np.isnan(closed[second]))),
            "closed, of the first team": float(np.mean(np.isfinite(closed[~second]))),
            "share within two minutes, of those at once": float(np.mean(minutes[soon] <= 2.0 + 1e-6)),
            "minutes until at once": float(minutes[soon].mean()),
        }

    results = {
        "share at once": at_once,
        "share never, of the second team": (1.0 - at_once) * never,
        "closed, of the first team": 1.0,
        "share within two minutes, of those at once": 0.5,
        "minutes until at once": float((delay[1:] + delay[:-1]).mean() / 2.0),
    }
    return Experiment("city: at once and never", once, results, replications=20)


def _noise() -> Experiment:
    """A week's noise is common to a team: who stays open over two weeks, alone and both of a pair."""
    cv, teams, each, a_week = 0.8, 1200, 12, 0.1
    city = city_draw(
        np.full((teams, 1), a_week), teams=[f"t{k}" for k in range(teams)],
        categories=[*(f"c{k}" for k in range(teams - 1)), "*"], team_shares=np.eye(teams), weekly_cv=cv,
    )  # fmt: skip
    category = np.repeat(np.arange(teams), each)

    def laplace(x: float) -> float:
        return (1.0 + x * cv * cv) ** (-1.0 / (cv * cv))

    def once(seed: int, replication: int) -> Values:
        # Opened with the start of a week, long enough before time 0 to be of an age at all.
        requests = city_requests(np.full(teams * each, -0.5), category)
        closed = run_city(city, requests, 30, seed, replication)
        still = {days: (~(closed < days)).reshape(teams, each).sum(axis=1) for days in (7, 14)}
        pairs = still[7] * (still[7] - 1.0) / (each * (each - 1.0))
        return {
            "cases": teams * each,
            "open after a week": float(still[7].mean() / each),
            "open after two weeks": float(still[14].mean() / each),
            "both of a pair open after a week": float(pairs.mean()),
        }

    results = {
        "open after a week": laplace(7.0 * a_week),
        "open after two weeks": laplace(7.0 * a_week) ** 2,
        "both of a pair open after a week": laplace(14.0 * a_week),
    }
    return Experiment("city: weekly noise", once, results, replications=20)


def _backlog() -> Experiment:
    """What is open at the origin has an age: it outlives x more days with S(a + x)/S(a), and may be never."""
    never, age = 0.1, 0.8
    city = city_draw([_HAZARD], age_edges=_EDGES, never=never, at_once=0.5)
    start = 15.0 / 1440.0

    def s(at: float) -> float:
        return survival(_HAZARD, _EDGES, at)

    forgotten = never / (never + (1.0 - never) * s(age))

    def once(seed: int, replication: int) -> Values:
        opened = np.full(16000, 3.0 - age - start)
        requests = city_requests(opened, origin=3.0)
        closed = run_city(city, requests, 60, seed, replication)
        return {
            "cases": opened.size,
            "never closed": float(np.isnan(closed).mean()),
            "open after .2 days": float(np.mean(~(closed <= 3.2))),
            "open after 2 days": float(np.mean(~(closed <= 5.0))),
        }

    def still(x: float) -> float:
        return forgotten + (1.0 - forgotten) * s(age + x) / s(age)

    results = {"never closed": forgotten, "open after .2 days": still(0.2), "open after 2 days": still(2.0)}
    return Experiment("city: starting backlog", once, results, replications=16)


def _due() -> Experiment:
    """A hazard that rises a working day before the due time: shares open after it."""
    hazard, effect, allowed = 0.3, math.log(3.0), 3.0
    city = city_draw([[hazard]], due_effect=effect, at_once_minutes=0.0)

    def once(seed: int, replication: int) -> Values:
        opened = poisson(seed, replication, 800.0, 20.0)
        requests = city_requests(opened, due_at=opened + allowed)
        age = run_city(city, requests, 60, seed, replication) - opened
        return {
            "cases": opened.size,
            "open a day before it is due": float(np.mean(age > 2.0)),
            "open when it is due": float(np.mean(age > 3.0)),
            "open a day late": float(np.mean(age > 4.0)),
        }

    at_notice = math.exp(-2.0 * hazard)
    results = {
        "open a day before it is due": at_notice,
        "open when it is due": at_notice * math.exp(-3.0 * hazard),
        "open a day late": at_notice * math.exp(-6.0 * hazard),
    }
    return Experiment("city: due times", once, results, replications=15)


def mobilised_city(**values: object) -> tuple[CityDraw, CityRequests]:
    """Return a city with 800 urgent requests open at the origin, where 200 are usual, and 800 others."""
    city = city_draw(
        [[0.2], [0.4]], categories=("fallen tree", "*"), urgent=(True, False), usual_urgent_load=200.0 * 0.2,
        **values,
    )  # fmt: skip
    category = np.repeat([0, 1], 800)
    return city, city_requests(np.full(1600, -0.5), category)


def _mobilisation() -> Experiment:
    """Four times the usual urgent backlog as the day begins: urgent requests gain, others are put off."""
    m, q = 0.5, 0.7
    city, requests = mobilised_city(mobilisation=m, put_off=q)

    def once(seed: int, replication: int) -> Values:
        closed = run_city(city, requests, 2, seed, replication) <= 1.0
        return {
            "cases": 1600,
            "urgent closed on the first day": float(closed[requests.category == 0].mean()),
            "others closed on the first day": float(closed[requests.category == 1].mean()),
        }

    results = {
        "urgent closed on the first day": -math.expm1(-0.2 * 4.0**m),
        "others closed on the first day": -math.expm1(-0.4 * 4.0**-q),
    }
    return Experiment("city: mobilisation and putting off", once, results, replications=150)


def experiments() -> list[Experiment]:
    """Return every system of a calibrated city whose answer is known."""
    return [
        _delay_alone(), _ages(), *_fixed_capacity(), _officers(), _fates(), _noise(), _backlog(), _due(),
        _mobilisation(),
    ]  # fmt: skip
