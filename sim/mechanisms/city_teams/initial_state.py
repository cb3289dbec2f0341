"""A calibrated city at time 0: clocks, lanes, and what is drawn for each request before the run begins."""

import math
from datetime import date

import numpy as np

from sim.city.changes import draw_of
from sim.city.draw import CityDraw, CityRequests
from sim.city.tape import origin_of, requests_of
from sim.demand.needs import Tape
from sim.engine.declare import draw
from sim.engine.distributions import EXPONENTIAL, LOGNORMAL, positive
from sim.engine.jit import entry, inner
from sim.engine.randomness import exponential, normal, run_key, uniform
from sim.mechanisms.city_teams.clocks import bin_at, passed
from sim.mechanisms.city_teams.rows import (
    AT_ONCE,
    CITY,
    CITY_CASE,
    CITY_LANE,
    CITY_TEAM,
    NEVER,
    ORDINARY,
)
from sim.parameters.scenario import Scenario
from sim.request_file.requests import RequestStream
from sim.rules.city_team import capacity, load_speed, still_never, urgency

CITY_CASE_DRAW = draw(
    82,
    "CITY_CASE",
    ("0", "0, row", "0 team, 1 at once, 2 never, 3 threshold, 4 minutes, 5 order, 6 work"),
)
CITY_WEEK = draw(83, "CITY_WEEK", ("team", "week, 0", "try"))

_TEAM, _AT_ONCE, _NEVER, _THRESHOLD, _MINUTES, _ORDER, _WORK = range(7)
_ORDERS = ("age", "due", "random")
_MINUTES_A_DAY = 1440.0
_SUNDAY = 6
#: Monday of week 0: weeks are named by the calendar, so that runs from other origins share their noise.
_FIRST_MONDAY = date(1900, 1, 1)
#: First occasion of the uniforms among the tries of a gamma.
_HALF = 1 << 20


@inner
def _gamma(key, cv, k, week):
    """Return the keyed gamma variate of a team and week with mean 1 (Marsaglia and Tsang 2000)."""
    shape = 1.0 / (cv * cv)
    a = shape if shape >= 1.0 else shape + 1.0
    d = a - 1.0 / 3.0
    c = 1.0 / math.sqrt(9.0 * d)
    x = 1.0
    for i in range(1000):
        z = normal(key, CITY_WEEK, i, k, week, 0)
        root = 1.0 + c * z
        v = root * root * root
        if v <= 0.0:
            continue
        u = uniform(key, CITY_WEEK, _HALF + i, k, week, 0)
        if math.log(u) < 0.5 * z * z + d - d * v + d * math.log(v):
            x = d * v
            break
    if shape < 1.0:
        x *= math.pow(uniform(key, CITY_WEEK, 2 * _HALF, k, week, 0), 1.0 / shape)
    return x / shape


@entry
def _weekly_noise(key, cv, first_week, noise):
    """Fill the noise of each team (row) and week (column)."""
    for k in range(noise.shape[0]):
        for w in range(noise.shape[1]):
            noise[k, w] = _gamma(key, cv[k], k, first_week + w) if cv[k] > 0.0 else 1.0


@inner
def _hazard_passed(hazard, edge, practice, age):
    """Return the hazard that a request has outlived by a working age, at the usual speed."""
    total = 0.0
    for b in range(edge.shape[0]):
        end = edge[b + 1] if b + 1 < edge.shape[0] else math.inf
        if age > edge[b]:
            total += hazard[practice, b] * (min(age, end) - edge[b])
    return total


@entry
def _fates(
    key,
    x,
    opened,
    case,
    shares,
    into,
    pace,
    at_once,
    delay,
    never,
    hazard,
    edge,
    work,
    profile,
    kinds,
    starts,
):
    """Draw for each request its team and its fate; return the load of urgent ones open at the origin.

    `x`: the scalars, in the order in which they are read.
    """
    urgent_load = 0.0
    origin, minutes, raised = x[0], x[1], x[2]
    first_day, by, spread, hours = int(x[3]), int(x[4]), x[5], x[6]
    for n in range(case.shape[0]):
        row = case[n]["row"]
        c = case[n]["practice"]
        u = uniform(key, CITY_CASE_DRAW, _TEAM, 0, 0, row)
        k = 0
        total = shares[c, 0]
        while k + 1 < shares.shape[1] and (u >= total or shares[c, k] <= 0.0):
            k += 1
            total += shares[c, k]
        own_pace, chance = pace[c, k], never[c, k]
        # What it is stays that of the team it would have gone to; clock and load are the joint team's.
        k = into[k]
        case[n]["team"] = k
        case[n]["weight"] *= own_pace
        case[n]["boost"] = case[n]["weight"]
        case[n]["remaining"] = exponential(key, CITY_CASE_DRAW, _THRESHOLD, 0, 0, row)
        fate = ORDINARY
        asked = 0.0
        if opened[n] + minutes > origin:
            if uniform(key, CITY_CASE_DRAW, _AT_ONCE, 0, 0, row) < at_once[c]:
                u = uniform(key, CITY_CASE_DRAW, _MINUTES, 0, 0, row) * (delay.shape[1] - 1)
                q = min(int(u), delay.shape[1] - 2)
                took = delay[c, q] + (u - q) * (delay[c, q + 1] - delay[c, q])
                closes = opened[n] + took / _MINUTES_A_DAY
                if closes > origin or opened[n] >= origin:
                    fate = AT_ONCE
                    case[n]["target"] = closes
        else:
            begun = passed(profile, kinds, starts, first_day, k, opened[n] + minutes)
            age = passed(profile, kinds, starts, first_day, k, origin) - begun
            outlived = own_pace * _hazard_passed(hazard, edge, c, age)
            asked = case[n]["weight"] * hazard[c, bin_at(edge, age)]
            due = case[n]["due_at"]
            if raised != 1.0 and due == due:
                near = passed(profile, kinds, starts, first_day, k, due) - 1.0 - begun
                if near < age:
                    before = own_pace * _hazard_passed(hazard, edge, c, max(0.0, near))
                    outlived = before + raised * (outlived - before)
            chance = still_never(chance, outlived)
        if fate == ORDINARY and uniform(key, CITY_CASE_DRAW, _NEVER, 0, 0, row) < chance:
            fate = NEVER
        case[n]["fate"] = fate
        if fate == ORDINARY and case[n]["urgent"]:
            urgent_load += asked
        rank = opened[n]
        if by == 1:
            rank = case[n]["due_at"] if case[n]["due_at"] == case[n]["due_at"] else math.inf
        elif by == 2:
            rank = uniform(key, CITY_CASE_DRAW, _ORDER, 0, 0, row)
        case[n]["rank"] = rank
        if work.shape[0] > 0:
            mean = work[n] * 7.0 / hours
            if spread < 0.0:
                mean = positive(EXPONENTIAL, mean, 1.0, key, CITY_CASE_DRAW, _WORK, 0, 0, row)
            elif spread > 0.0:
                mean = positive(LOGNORMAL, mean, spread, key, CITY_CASE_DRAW, _WORK, 0, 0, row)
            case[n]["work"] = mean
    return urgent_load


def no_city() -> dict[str, np.ndarray]:
    """Return the arrays of a run without a calibrated city: none has a row."""
    table = np.zeros((0, 0))
    return {
        "city": np.zeros(0, CITY),
        "city_team": np.zeros(0, CITY_TEAM),
        "city_lane": np.zeros(0, CITY_LANE),
        "city_case": np.zeros(0, CITY_CASE),
        "city_heap": np.zeros(0, np.int64),
        "city_wait": np.zeros(0, np.int64),
        "city_hazard": table,
        "city_edge": np.zeros(0),
        "city_profile": table,
        "city_kind": np.zeros(0, np.int64),
        "city_passed": table,
        "city_pace": table,
        "city_worked": table,
    }


def calibrated_city(
    scenario: Scenario, tape: Tape, stream: RequestStream | None, days: int, seed: int, replication: int
) -> dict[str, np.ndarray]:
    """Return the arrays of a scenario's calibrated city, without a row where it has none."""
    if scenario.city.folder is None or stream is None:
        return no_city()
    city = draw_of(scenario, replication)
    requests = requests_of(city, stream, origin_of(scenario))
    arrays = city_arrays(city, requests, days, run_key(seed, replication))
    tape.need["priority"] = 1 - arrays["city_case"]["urgent"]
    return arrays


def _clocks(city: CityDraw, requests: CityRequests, days: int, key: int) -> tuple[dict[str, np.ndarray], int]:
    """Return the clocks' tables, and the first day that they know."""
    teams = len(city.teams)
    earliest = float(requests.opened[0]) if requests.opened.shape[0] else 0.0
    first_day = min(0, 7 * math.floor(earliest / 7.0))
    kinds = np.arange(first_day, days) % 7
    for holiday in city.holidays:
        at = (holiday - requests.start).days - first_day
        if 0 <= at < kinds.shape[0]:
            kinds[at] = _SUNDAY
    profile = np.zeros((teams, 7, 25))
    np.cumsum(city.clock.reshape(teams, 7, 24) / 24.0, axis=2, out=profile[:, :, 1:])
    a_day = profile[:, kinds, 24]
    passed_days = np.zeros((teams, kinds.shape[0] + 1))
    np.cumsum(a_day, axis=1, out=passed_days[:, 1:])

    weeks = -(-days // 7)
    noise = np.ones((teams, weeks))
    if city.weekly_cv.any():
        _weekly_noise(key, city.weekly_cv, (requests.start - _FIRST_MONDAY).days // 7, noise)
    pace = np.repeat(noise, 7, axis=1)[:, :days].copy()
    changed = 0 if city.staff_since is None else max(0, (city.staff_since - requests.start).days)
    factor = np.array([capacity(float(ratio), city.gamma) for ratio in city.staff_ratio])
    pace[:, changed:] *= factor[:, None]
    worked = np.zeros((teams, days + 1))
    np.cumsum(pace * a_day[:, -first_day:], axis=1, out=worked[:, 1:])
    tables = {
        "city_profile": profile.reshape(teams * 7, 25),
        "city_kind": kinds,
        "city_passed": passed_days,
        "city_pace": pace,
        "city_worked": worked,
    }
    return tables, first_day


def city_arrays(city: CityDraw, requests: CityRequests, days: int, key: int) -> dict[str, np.ndarray]:
    """Return the state's arrays of a calibrated city.

    Parameters
    ----------
    city
        The values.
    requests
        The starting backlog and what is to come.
    days
        Length of the run.
    key
        Of `sim.engine.randomness.run_key`.
    """
    tables, first_day = _clocks(city, requests, days, key)
    n, teams = requests.opened.shape[0], len(city.teams)
    case = np.zeros(n, CITY_CASE)
    case["practice"] = requests.category
    case["row"] = requests.row
    case["due_at"] = requests.due_at if requests.due_at.shape[0] else math.nan
    case["bin"] = -1
    case["urgent"] = city.urgent[requests.category]
    raised = math.exp(city.due_effect) if city.due_effect else 1.0
    start_days = city.at_once_minutes / _MINUTES_A_DAY
    by = _ORDERS.index(city.order)
    x = [requests.origin, start_days, raised, first_day, by, city.work_cv, city.week_hours]
    at_work = (city.officers > 0).any() and requests.work_hours.shape[0] > 0
    case["weight"] = city.weight[requests.category]
    urgent_load = _fates(
        key,
        np.array(x, np.float64),
        np.ascontiguousarray(requests.opened),
        case,
        np.ascontiguousarray(city.team_shares),
        city.merged_into if city.merged_into.shape[0] else np.arange(teams),
        np.ascontiguousarray(city.pace),
        city.at_once,
        np.ascontiguousarray(city.at_once_delay),
        np.ascontiguousarray(city.never),
        np.ascontiguousarray(city.hazard),
        city.age_edges,
        np.ascontiguousarray(requests.work_hours) if at_work else np.zeros(0),
        tables["city_profile"],
        tables["city_kind"],
        tables["city_passed"],
    )

    team = np.zeros(teams, CITY_TEAM)
    team["usual"] = city.usual_load
    team["officers"] = np.where(city.officers > 0, np.rint(city.officers * city.staff_ratio), 0)
    if at_work:
        team["officers"] = np.where(city.officers > 0, np.maximum(1, team["officers"]), 0)
    else:
        team["officers"] = 0
    of_team = np.bincount(case["team"], minlength=teams)
    team["wait_start"] = np.cumsum(of_team) - of_team
    lane = np.zeros(2 * teams, CITY_LANE)
    of_lane = np.bincount(2 * case["team"] + 1 - case["urgent"], minlength=2 * teams)
    lane["start"] = np.cumsum(of_lane) - of_lane
    lane["next_at"] = lane["filed_at"] = math.inf

    own = np.zeros(1, CITY)
    own["gamma"], own["raised"] = city.gamma, raised
    own["mobilisation"], own["put_off"] = city.mobilisation, city.put_off
    own["usual_urgent"], own["origin"] = city.usual_urgent_load, requests.origin
    own["start_days"], own["first_day"], own["order"] = start_days, first_day, by
    own["urgent_factor"] = urgency(urgent_load, city.usual_urgent_load, city.mobilisation)
    own["other_factor"] = urgency(urgent_load, city.usual_urgent_load, -city.put_off)
    for k in range(teams):
        speed = load_speed(0.0, float(city.usual_load[k]), city.gamma)
        lane["rate"][2 * k] = speed * own["urgent_factor"][0]
        lane["rate"][2 * k + 1] = speed * own["other_factor"][0]
    return {
        "city": own,
        "city_team": team,
        "city_lane": lane,
        "city_case": case,
        "city_heap": np.zeros(n, np.int64),
        "city_wait": np.zeros(n if at_work else 0, np.int64),
        "city_hazard": np.ascontiguousarray(city.hazard),
        "city_edge": city.age_edges,
        **tables,
    }
