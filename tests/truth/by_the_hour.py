"""Queues with servers by the hour, M(t)/M/c(t)+M: the periodic birth-death chain against the engine.

The chain's state is the list of idle servers in the order in which they are asked, on a shift or not, and the
number waiting. With exponential service and patience that is all that matters, at any discipline of shift's
ends: a server whose shift ends goes on with the case in hand (`finish`), or puts it aside and goes on with it
on the next shift (`pause`). Kolmogorov's forward equations are solved with matrix exponentials between the
hours at which somebody comes or goes, week after week until a week ends as it began. Who is on which shift is
given here by hand, week by week, and not taken from the engine. Times in days.
"""

import itertools
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from scipy.linalg import expm

from sim import Scenario, load_scenario, simulate
from tests.truth.equivalence import Experiment, Values, WhenAsked

#: Steps of the integration over an hour (Simpson), and what a week may still change.
_STEPS, _SETTLED = 4, 1e-10
_HOURS = 168
_WARMUP, _AFTER = 14, 7
#: Hours of the day whose numbers are compared, each from the hour to the next.
COMPARED = (1, 5, 9, 13, 17, 21)


class System(NamedTuple):
    """A queue with a roster. `on`: of each server the hours of the week from and to which it is on shift."""

    name: str
    roster: str
    on: tuple[tuple[tuple[int, int], ...], ...]
    rate: float
    mean: float
    patience: float | None
    at_end: str
    most_waiting: int


class Answer(NamedTuple):
    """What the chain says, over a week: per arrival, and in each hour of the day."""

    waiting_days: float
    withdrawn: float
    in_system: np.ndarray
    waiting: np.ndarray


def _on_duty(system: System, hour: int) -> tuple[bool, ...]:
    return tuple(any(a <= h < b for a, b in own for h in (hour, hour + _HOURS)) for own in system.on)


class _Chain:
    def __init__(self, system: System) -> None:
        self.system = system
        servers = range(len(system.on))
        self.idle = [p for k in range(len(system.on) + 1) for p in itertools.permutations(servers, k)]
        states = ((idle, q) for idle in self.idle for q in range(system.most_waiting + 1))
        self.index = {state: k for k, state in enumerate(states)}
        self.busy = np.array([len(system.on) - len(idle) for idle, _ in self.index])
        self.queue = np.array([q for _, q in self.index])

    def generator(self, on: tuple[bool, ...]) -> np.ndarray:
        system, index = self.system, self.index
        rates = np.zeros((len(index), len(index)))
        for (idle, q), k in index.items():
            first = next((s for s in idle if on[s]), None)
            if first is not None:
                rates[k, index[tuple(s for s in idle if s != first), q]] += system.rate
            elif q < system.most_waiting:
                rates[k, index[idle, q + 1]] += system.rate
            if system.patience is not None and q > 0:
                rates[k, index[idle, q - 1]] += q / system.patience
            for s in set(range(len(on))) - set(idle):
                if on[s] or system.at_end == "finish":
                    to = (idle, q - 1) if on[s] and q > 0 else ((s, *idle), q)
                    rates[k, index[to]] += 1.0 / system.mean
        return rates - np.diag(rates.sum(axis=1))

    def begin(self, on: tuple[bool, ...]) -> np.ndarray:
        """Return where each state goes when a shift begins: whoever is idle takes the next, by number."""
        to = np.zeros(len(self.index), int)
        for (idle, q), k in self.index.items():
            left = list(idle)
            for s in sorted(idle):
                if on[s] and q > 0:
                    left.remove(s)
                    q -= 1
            to[k] = self.index[tuple(left), q]
        return to


@cache
def answer(system: System) -> Answer:
    """Return the periodic answer."""
    chain = _Chain(system)
    duties = [_on_duty(system, hour) for hour in range(_HOURS)]
    step = {on: expm(chain.generator(on) / 24.0 / _STEPS) for on in set(duties)}
    enter = {on: chain.begin(on) for on in set(duties)}
    weight = np.array([1.0, *([4.0, 2.0] * _STEPS)[: _STEPS - 1], 1.0]) / 3.0 / _STEPS
    p = np.zeros(len(chain.index))
    p[chain.index[tuple(range(len(system.on))), 0]] = 1.0
    number = chain.busy + chain.queue
    while True:
        old = p
        spent = np.zeros((_HOURS, p.size))
        for hour, on in enumerate(duties):
            p = np.bincount(enter[on], p, p.size)
            spent[hour] += weight[0] * p
            for w in weight[1:]:
                p = p @ step[on]
                spent[hour] += w * p
        if np.abs(p - old).sum() < _SETTLED:
            break
    # What is cut off must not matter.
    assert p[chain.queue == system.most_waiting].sum() < 1e-6
    waiting = spent @ chain.queue
    withdrawn = 0.0 if system.patience is None else float(waiting.mean()) / system.patience / system.rate
    by_hour = [(spent @ what).reshape(7, 24).mean(axis=0) for what in (number, chain.queue)]
    return Answer(float(waiting.mean()) / system.rate, withdrawn, *by_hour)


def _area(start: np.ndarray, end: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Return the integral over time of the number of [start, end) that hold, from −∞ to each time in `at`."""

    def since(times: np.ndarray) -> np.ndarray:
        times = np.sort(times)
        sums = np.concatenate([[0.0], np.cumsum(times)])
        k = np.searchsorted(times, at)
        return k * at - sums[k]

    return since(start) - since(end)


def _by_hour(start: np.ndarray, end: np.ndarray, weeks: int) -> np.ndarray:
    at = _WARMUP + np.arange(weeks * _HOURS + 1) / 24.0
    return 24.0 * np.diff(_area(start, end, at)).reshape(-1, 24).mean(axis=0)


def _measure(system: System, weeks: int, seed: int, replication: int) -> Values:
    records = simulate(scenario_of(system, weeks), seed, replication)
    cases = records.cases
    last = _WARMUP + 7.0 * weeks
    reported = cases["reported_at"].to_numpy()
    ends = np.nan_to_num(cases["closed_at"].to_numpy(), nan=np.inf)
    waits_until = np.fmin(np.nan_to_num(cases["service_started_at"].to_numpy(), nan=np.inf), ends)
    far = last + _AFTER
    counted = (reported >= _WARMUP) & (reported < last)
    values = {
        "cases": float(counted.sum()),
        "arrival rate": float(counted.sum()) / weeks / 7.0,
        "mean wait": float((np.minimum(waits_until, far) - reported)[counted].mean()),
        "share that withdraws": float((cases["status"] == "withdrawn")[counted].mean()),
    }
    in_system = _by_hour(reported, np.minimum(ends, far), weeks)
    values["mean number in the system"] = float(in_system.mean())
    values |= {f"number in the system at {hour}": float(in_system[hour]) for hour in COMPARED}
    return values


def scenario_of(system: System, weeks: int) -> Scenario:
    """Return the system as a scenario; the roster is given as what its file says."""
    values: dict[str, object] = {
        "verification.arrival_rate": system.rate,
        "verification.servers": len(system.on),
        "verification.service_mean": system.mean,
        "verification.patience_mean": system.patience,
        "roster.at_shift_end": system.at_end,
        "warmup_days": _WARMUP,
        "horizon_days": 7 * weeks,
        "followup_days": _AFTER,
    }
    scenario = load_scenario("verification/queue", values)
    roster = scenario.roster.model_copy(update={"file": "shifts.csv", "shifts": system.roster})
    return scenario.model_copy(update={"roster": roster})


def by_the_hour(system: System, weeks: int, replications: int = 20) -> Experiment:
    """Return the experiment on a system whose replications count for `weeks`."""

    def results() -> Values:
        exact = answer(system)
        found = {
            "mean wait": exact.waiting_days,
            "mean number in the system": float(exact.in_system.mean()),
            **{f"number in the system at {hour}": float(exact.in_system[hour]) for hour in COMPARED},
        }
        return found if system.patience is None else {**found, "share that withdraws": exact.withdrawn}

    def run(seed: int, replication: int) -> Values:
        return _measure(system, weeks, seed, replication)

    return Experiment(system.name, run, WhenAsked(results), {"arrival rate": system.rate}, replications)


def _week(shifts: Sequence[tuple[str, str]]) -> str:
    """Return the fixed form of shifts (hours, posts) that are the same on all days."""
    return "; ".join(
        f"{day} {hours} team=all posts={posts}" for day in range(1, 8) for hours, posts in shifts
    )


def _daily(
    begin: int, end: int, days: Callable[[int], bool] = lambda day: True
) -> tuple[tuple[int, int], ...]:
    return tuple((24 * day + begin, 24 * day + end) for day in range(7) if days(day))


def systems() -> list[System]:
    """Return the systems: two posts by day and one by night; three shifts of a working week; no impatience.

    Shifts go to those with the fewest hours so far in the week, the first number first. In the first system
    two are on by day and the third by night; in the second Monday's early, middle and late shift of 8, 6 and
    8 hours leave the second with fewest, and so on; in the third they take the afternoon in turn.
    """
    night = System(
        "roster: two by day, one by night, impatience, finishing",
        _week([("08:00-20:00", "2"), ("20:00-08:00", "1")]),
        (_daily(8, 20), _daily(8, 20), _daily(20, 32)),
        rate=30.0,
        mean=0.06,
        patience=0.1,
        at_end="finish",
        most_waiting=40,
    )
    early, middle, late = (6, 14), (10, 16), (14, 22)
    turns = {
        0: (early, middle, late),
        1: (middle, early, late),
        2: (early, middle, late),
        3: (middle, early, late),
        4: (early, middle, late),
    }
    own = [[(24 * d + turn[k][0], 24 * d + turn[k][1]) for d, turn in turns.items()] for k in range(3)]
    hours = ("06:00-14:00", "10:00-16:00", "14:00-22:00")
    week = "; ".join(f"{day} {shift} team=all posts=1" for day in range(1, 6) for shift in hours)
    # On Saturday the second has fewest hours.
    own[1].append((5 * 24 + 10, 5 * 24 + 14))
    working_week = System(
        "roster: three shifts of a working week, impatience, put aside at its end",
        f"{week}; 6 10:00-14:00 team=all posts=1",
        tuple(tuple(mine) for mine in own),
        rate=20.0,
        mean=0.05,
        patience=0.5,
        at_end="pause",
        most_waiting=50,
    )
    patient = System(
        "roster: two until noon, one after it, no impatience",
        _week([("00:00-12:00", "2"), ("12:00-24:00", "1")]),
        tuple(_daily(0, 12) + _daily(12, 24, lambda day, k=k: day % 2 == k) for k in range(2)),
        rate=21.0,
        mean=0.05,
        patience=None,
        at_end="finish",
        most_waiting=120,
    )
    return [night, working_week, patient]


def experiments() -> list[Experiment]:
    """Return them, with lengths that give the stated power at 3 %."""
    return [by_the_hour(system, weeks) for system, weeks in zip(systems(), (130, 90, 400), strict=True)]
