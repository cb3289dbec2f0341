"""Queues with known answers, through the whole engine: `scenario=verification/queue`, without a ledger.

Time is counted here in mean services, and a mean service takes `SERVICE_DAYS`: runs count days in whole
numbers, and a short service puts many cases into few days.
"""

import math
from functools import cache

from sim import Scenario, load_scenario, simulate
from tests.truth import exact
from tests.truth.equivalence import Experiment, Values

SERVICE_DAYS = 0.05
#: Mean services before counting begins (see `equivalence`), and after it for what still waits to be served.
_WARMUP, _AFTER = 900, 400


def _days(services: float) -> int:
    return math.ceil(services * SERVICE_DAYS)


@cache
def scenario(overrides: tuple[str, ...], horizon: int) -> Scenario:
    """Return a verification queue without a ledger that counts `horizon` days."""
    days = [f"warmup_days={_days(_WARMUP)}", f"horizon_days={horizon}", f"followup_days={_days(_AFTER)}"]
    return load_scenario("verification/queue", [*days, "ledger=none", *overrides])


def _measure(overrides: tuple[str, ...], services: float, seed: int, replication: int) -> Values:
    """Return what one run's moments say, in all and by class (class 0 is the most urgent)."""
    days, warm, unit = _days(services), _days(_WARMUP), SERVICE_DAYS
    records = simulate(scenario(overrides, days), seed, replication)
    moments = records.moments
    total = {name: float(value.sum()) for name, value in moments.items() if getattr(value, "ndim", 0)}
    served, arrived, ended = total["served"], total["arrived"], total["ended"]
    hours = records.daily["staff_hours_cases"]
    values = {
        "cases": arrived,
        "arrival rate": arrived / days * unit,
        "mean service": total["service"] / served / unit,
        "mean squared service": total["service_squared"] / served / unit**2,
        "mean wait": total["wait"] / served / unit,
        "mean squared wait": total["wait_squared"] / served / unit**2,
        "share that waits": total["waited"] / served,
        "share that waits long": total["tail"] / served,
        "mean time in system": total["sojourn"] / ended / unit,
        "share that withdraws": total["withdrawn"] / arrived,
        "busy servers": float(hours.iloc[warm + days - 1] - hours.iloc[warm - 1]) / 24.0 / days,
    }
    for k in range(len(moments["served"])):
        if moments["served"][k] > 0:
            values[f"mean wait of class {k}"] = float(moments["wait"][k] / moments["served"][k]) / unit
            values[f"arrival rate of class {k}"] = float(moments["arrived"][k]) / days * unit
    return values


def queue(
    name: str,
    rate: float,
    settings: dict[str, object],
    results: dict[str, float],
    controls: dict[str, float],
    services: int,
    more: tuple[str, ...] = (),
) -> Experiment:
    """Return an experiment on a queue whose replications count for `services` mean services."""
    values = {"arrival_rate": rate / SERVICE_DAYS, "service_mean": SERVICE_DAYS, **settings}
    overrides = (*(f"verification.{key}={value}" for key, value in values.items()), *more)

    def run(seed: int, replication: int) -> Values:
        return _measure(overrides, services, seed, replication)

    return Experiment(name, run, results, controls, replications=40)


def _inputs(rate: float, mean: float, square: float) -> dict[str, float]:
    return {"arrival rate": rate, "mean service": mean, "mean squared service": square}


def _exponential(rate: float, servers: int, services: int) -> Experiment:
    wait = exact.mmc_wait(rate, 1.0, servers, 1.0)
    results = {
        "mean wait": wait.mean,
        "share that waits": wait.positive,
        "share that waits long": wait.tail,
        "mean time in system": wait.mean + 1.0,
    }
    if servers > 4:
        # Rare there: the same power would take ten times the cases.
        del results["share that waits long"]
    name = f"M/M/{servers}, load {rate / servers:g}"
    return queue(name, rate, {"servers": servers}, results, _inputs(rate, 1.0, 2.0), services)


def _general(shape: str, rate: float, cv: float, services: int) -> Experiment:
    square = 1.0 + cv * cv
    results = {"mean wait": exact.mg1_wait(rate, 1.0, square), "share that waits": rate}
    if rate <= 0.6:
        # The second moment tells the order of service, which the mean does not; noisy unless the load is low.
        cube = square * (1.0 + 2.0 * cv * cv)
        results["mean squared wait"] = exact.mg1_wait_square(rate, 1.0, square, cube)
    settings = {"service_distribution": shape, "service_cv": cv if cv > 0.0 else 1.0}
    name = f"M/G/1 {shape}, load {rate:g}"
    return queue(name, rate, settings, results, _inputs(rate, 1.0, square), services)


def _priorities(
    name: str, rate: float, servers: int, shares: list[float], cv: float, services: int
) -> Experiment:
    rates = [rate * share for share in shares]
    square = 1.0 + cv * cv
    residual = rate * square / 2.0 if servers == 1 else exact.erlang_c(servers, rate) / servers
    waits = exact.priority_waits(rates, 1.0, servers, residual)
    controls = _inputs(rate, 1.0, square)
    for k, one in enumerate(rates[:-1]):
        controls[f"arrival rate of class {k}"] = one
    settings: dict[str, object] = {"servers": servers, "priority_shares": shares}
    if cv != 1.0:
        settings |= {"service_distribution": "erlang", "service_cv": cv}
    results = {f"mean wait of class {k}": wait for k, wait in enumerate(waits)}
    return queue(name, rate, settings, results, controls, services)


def _tandem(rate: float, services: int) -> Experiment:
    """M/M/1, then M/M/2: by Burke (1956) the second is fed by a Poisson process."""
    first = exact.mmc_wait(rate, 1.0, 1, 0.0).mean + 1.0
    second = exact.mmc_wait(rate, 2.0, 2, 0.0).mean + 2.0
    results = {"mean time in system": first + second, "busy servers": rate * 3.0}
    settings: dict[str, object] = {"second_stage": f"{{servers: 2, mean: {2 * SERVICE_DAYS}}}"}
    name = f"tandem M/M/1 → M/M/2, load {rate:g}"
    return queue(name, rate, settings, results, _inputs(rate, 1.0, 2.0), services)


def _feedback(servers: int, back: float, services: int) -> Experiment:
    """Bounces: each pass is followed by another with probability `back`; the load is 1/(1 − b) as high."""
    rate = 0.7 * servers * (1.0 - back)
    results = {
        "mean time in system": exact.feedback_sojourn(rate, 1.0, servers, back),
        "busy servers": rate / (1.0 - back),
    }
    name = f"M/M/{servers} with bounces {back:g}, load 0.7"
    return queue(
        name, rate, {"servers": servers, "feedback": back}, results, _inputs(rate, 1.0, 2.0), services
    )


def _impatient(rate: float, servers: int, patience: float, services: int) -> Experiment:
    answer = exact.erlang_a(rate, 1.0, servers, patience)
    results = {
        "share that withdraws": answer.withdrawn,
        "mean time in system": answer.sojourn,
        "mean wait": answer.served_wait,
        "share that waits": 1.0 - answer.served_at_once,
        "busy servers": rate * (1.0 - answer.withdrawn),
    }
    settings: dict[str, object] = {"servers": servers, "patience_mean": patience * SERVICE_DAYS}
    name = f"Erlang-A, {servers} servers, load {rate / servers:g}, patience {patience:g}"
    return queue(name, rate, settings, results, {"arrival rate": rate}, services)


def _two_together(services: int) -> Experiment:
    """Two servers who both go to every case are one server, at twice the hours."""
    wait = exact.mmc_wait(0.6, 1.0, 1, 1.0)
    results = {"mean wait": wait.mean, "share that waits": wait.positive, "busy servers": 1.2}
    more = ("staff.two_person_share=1",)
    name = "two servers together, load 0.6"
    return queue(name, 0.6, {"servers": 2}, results, _inputs(0.6, 1.0, 2.0), services, more)


def _skilled(services: int) -> Experiment:
    """Where every case takes a skill that half of four servers have, the queue is M/M/2."""
    wait = exact.mmc_wait(1.2, 1.0, 2, 1.0)
    results = {"mean wait": wait.mean, "share that waits": wait.positive}
    more = ("staff.skill_needs=1", "staff.skill_cadres=.5")
    name = "two of four servers with the skill, load 0.6"
    return queue(name, 1.2, {"servers": 4}, results, _inputs(1.2, 1.0, 2.0), services, more)


def queues() -> list[Experiment]:
    """Return all queues, with lengths (mean services a replication) that give the stated power at 3 %."""
    return [
        _exponential(0.8, 1, 70_000),
        _exponential(0.6, 1, 22_000),
        _exponential(2.4, 3, 33_000),
        _exponential(8.0, 10, 20_000),
        _general("deterministic", 0.8, 0.0, 40_000),
        _general("deterministic", 0.6, 0.0, 110_000),
        _general("erlang", 0.8, 0.5, 46_000),
        _general("lognormal", 0.7, 1.2, 70_000),
        _priorities("M/M/1 with priorities", 0.8, 1, [0.3, 0.3, 0.4], 1.0, 100_000),
        _priorities("M/M/3 with priorities", 2.4, 3, [0.4, 0.6], 1.0, 50_000),
        _priorities("M/G/1 erlang with priorities", 0.8, 1, [0.5, 0.5], 0.5, 68_000),
        _tandem(0.7, 10_000),
        _feedback(1, 0.3, 40_000),
        _feedback(3, 0.2, 10_000),
        _two_together(22_000),
        _skilled(24_000),
        _impatient(4.4, 4, 2.0, 6_000),
        _impatient(8.0, 10, 0.5, 6_000),
    ]
