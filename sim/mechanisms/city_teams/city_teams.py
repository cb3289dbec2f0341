"""A calibrated city's teams: a request is closed at the hazard its category, age, team and load give it.

Between two changes of a team's load the speed of its lanes is constant, so what a request has outlived is
the lane's value since it entered its bin, times its hazard: it is closed when the value reaches a target. One
event a lane is on file, for its first target; what comes earlier is filed anew, what comes later is found out
when the event fires.
"""

import math

from sim.engine.declare import event
from sim.engine.dispatch import on
from sim.engine.event_queue import push
from sim.engine.jit import inner
from sim.engine.moments import after
from sim.engine.tables.cases import OPEN
from sim.mechanisms.case.closing import close_as_recorded, enter_system
from sim.mechanisms.city_teams.clocks import age_clock, age_reached, bin_at, noise_reached, noisy_clock
from sim.mechanisms.city_teams.heaps import lane_insert, lane_moved, lane_take, line_insert, line_take
from sim.mechanisms.city_teams.rows import AT_ONCE, CLOSED, DELAYED, IN_HAND, ORDINARY, TO_COME, WAITS
from sim.mechanisms.moments import day_ends
from sim.rules.city_team import load_speed, urgency

EV_CITY_CLOSES = event(48, "CITY_CLOSES", "a team of a calibrated city closes the next request of a lane")
EV_CITY_AGES = event(49, "CITY_AGES", "a request comes to its team, or its age passes into the next bin")
EV_CITY_DUE = event(50, "CITY_DUE", "a request of a calibrated city is a working day from its due time")
EV_CITY_AT_ONCE = event(51, "CITY_AT_ONCE", "a request of a calibrated city is closed at once")
EV_CITY_WORKED = event(52, "CITY_WORKED", "an officer of a calibrated city has done the work of a request")

#: A working day before it is due, whoever minds the due time begins to.
_NOTICE = 1.0


@inner
def come_in(s, n, t):
    """Let request `n` come in at its opening; one of before the origin waits for the run to begin."""
    s.case[n]["reported_at"] = t
    s.case[n]["accepted_at"] = t
    s.case[n]["channel"] = s.need[n]["channel"]
    s.case[n]["status"] = OPEN
    c = s.need[n]["community"]
    s.community[c]["reported"] += 1
    s.community[c]["accepted"] += 1
    enter_system(s, n, t)
    fate = s.city_case[n]["fate"]
    if fate == AT_ONCE:
        push(s, s.city_case[n]["target"], EV_CITY_AT_ONCE, n, 0)
    elif fate == ORDINARY:
        begins = max(s.city[0]["origin"], t + s.city[0]["start_days"])
        push(s, begins, EV_CITY_AGES, n, 0)


@on(EV_CITY_AT_ONCE)
def close_at_once(s, n, t):
    """Close a request that is closed at once."""
    s.city_case[n]["stage"] = CLOSED
    close_as_recorded(s, n, t)


# --- the speed of a team's lanes ------------------------------------------------------------------


@inner
def _bring(s, k, t):
    """Bring the values of the lanes of team `k` up to `t`."""
    worked = noisy_clock(s, k, t)
    gone = worked - s.city_team[k]["worked"]
    s.city_team[k]["worked"] = worked
    for lane in range(2 * k, 2 * k + 2):
        s.city_lane[lane]["value"] += gone * s.city_lane[lane]["rate"]


@inner
def _refile(s, lane, t):
    """Find out when the first request of a lane will be closed, and see that an event is on file by then."""
    next_at = math.inf
    rate = s.city_lane[lane]["rate"]
    if s.city_lane[lane]["size"] > 0 and rate > 0.0:
        target = s.city_case[s.city_heap[s.city_lane[lane]["start"]]]["target"]
        if target < math.inf:
            gap = max(0.0, target - s.city_lane[lane]["value"]) / rate
            k = lane // 2
            next_at = noise_reached(s, k, s.city_team[k]["worked"] + gap, t)
    s.city_lane[lane]["next_at"] = next_at
    if next_at < s.city_lane[lane]["filed_at"]:
        s.city_lane[lane]["filed_at"] = next_at
        push(s, next_at, EV_CITY_CLOSES, lane, 0)


@inner
def _set_speed(s, k, t):
    """Set the speed of the lanes of team `k` by its load and the city's; their values are of `t`."""
    speed = load_speed(s.city_team[k]["load"], s.city_team[k]["usual"], s.city[0]["gamma"])
    s.city_lane[2 * k]["rate"] = speed * s.city[0]["urgent_factor"]
    s.city_lane[2 * k + 1]["rate"] = speed * s.city[0]["other_factor"]
    _refile(s, 2 * k, t)
    _refile(s, 2 * k + 1, t)


# --- a request among the others -------------------------------------------------------------------


@inner
def _lane_of(s, n):
    return 2 * s.city_case[n]["team"] + (0 if s.city_case[n]["urgent"] else 1)


@inner
def _set_load(s, n, load):
    """Let request `n` ask for so many closings a working day, at its team's and the city's account."""
    change = load - s.city_case[n]["load"]
    s.city_case[n]["load"] = load
    s.city_team[s.city_case[n]["team"]]["load"] += change
    if s.city_case[n]["urgent"]:
        s.city[0]["urgent"] += change


@inner
def _outlived(s, n, lane):
    """Take from what is left of a request's threshold what it has outlived in its bin so far."""
    h = s.city_hazard[s.city_case[n]["practice"], s.city_case[n]["bin"]] * s.city_case[n]["boost"]
    if h > 0.0:
        left = (s.city_case[n]["target"] - s.city_lane[lane]["value"]) * h
        s.city_case[n]["remaining"] = max(0.0, left)


@inner
def _aim(s, n, lane):
    """Set the target and the load of a request by its bin's hazard."""
    h = s.city_hazard[s.city_case[n]["practice"], s.city_case[n]["bin"]]
    _set_load(s, n, h * s.city_case[n]["weight"])
    h *= s.city_case[n]["boost"]
    target = math.inf
    if h > 0.0:
        target = s.city_lane[lane]["value"] + s.city_case[n]["remaining"] / h
    s.city_case[n]["target"] = target


@inner
def _file_next_bin(s, n, t):
    """File when a request's age passes into the next bin with another hazard."""
    practice = s.city_case[n]["practice"]
    b = s.city_case[n]["bin"]
    last = s.city_edge.shape[0] - 1
    here = s.city_hazard[practice, b]
    b += 1
    while b <= last and s.city_hazard[practice, b] == here:
        b += 1
    if b <= last:
        at = age_reached(s, s.city_case[n]["team"], s.city_case[n]["begun"] + s.city_edge[b], t)
        push(s, at, EV_CITY_AGES, n, b)


@inner
def _begin_delay(s, n, t):
    """Let a request's hazard run; the lanes' values are of `t`."""
    k = s.city_case[n]["team"]
    lane = _lane_of(s, n)
    s.city_case[n]["stage"] = DELAYED
    s.city_case[n]["bin"] = bin_at(s.city_edge, age_clock(s, k, t) - s.city_case[n]["begun"])
    _aim(s, n, lane)
    lane_insert(s, lane, n)
    _file_next_bin(s, n, t)


@inner
def _mind_due_time(s, n, t):
    """File when a request's due time begins to count; nothing where it does not."""
    if s.city[0]["raised"] == 1.0 or s.city_case[n]["due_at"] != s.city_case[n]["due_at"]:
        return
    k = s.city_case[n]["team"]
    level = age_clock(s, k, s.city_case[n]["due_at"]) - _NOTICE
    if level <= age_clock(s, k, t):
        s.city_case[n]["boost"] *= s.city[0]["raised"]
    else:
        push(s, age_reached(s, k, level, t), EV_CITY_DUE, n, 0)


@inner
def _join(s, n, t):
    """Let a request come to its team."""
    k = s.city_case[n]["team"]
    s.city_team[k]["open"] += 1
    s.city_case[n]["begun"] = age_clock(s, k, s.need[n]["arisen_at"] + s.city[0]["start_days"])
    _mind_due_time(s, n, t)
    if s.city_team[k]["officers"] == 0:
        _begin_delay(s, n, t)
    elif s.city_team[k]["busy"] < s.city_team[k]["officers"]:
        _begin_work(s, n, t)
    else:
        s.city_case[n]["stage"] = WAITS
        line_insert(s, k, n)


@on(EV_CITY_AGES)
def age(s, n, b, t):
    """Let a request come to its team, or let its age pass into bin `b`."""
    k = s.city_case[n]["team"]
    if s.city_case[n]["stage"] == TO_COME:
        _bring(s, k, t)
        _join(s, n, t)
        _set_speed(s, k, t)
    elif s.city_case[n]["stage"] == DELAYED and s.city_case[n]["bin"] < b:
        _bring(s, k, t)
        lane = _lane_of(s, n)
        _outlived(s, n, lane)
        s.city_case[n]["bin"] = b
        _aim(s, n, lane)
        lane_moved(s, lane, n)
        _file_next_bin(s, n, t)
        if s.city[0]["gamma"] == 0.0:
            _refile(s, lane, t)
        else:
            _set_speed(s, k, t)


@on(EV_CITY_DUE)
def near_due(s, n, t):
    """Let a request's due time count from now on."""
    if s.city_case[n]["stage"] == CLOSED:
        return
    if s.city_case[n]["stage"] != DELAYED:
        s.city_case[n]["boost"] *= s.city[0]["raised"]
        return
    lane = _lane_of(s, n)
    _bring(s, s.city_case[n]["team"], t)
    _outlived(s, n, lane)
    s.city_case[n]["boost"] *= s.city[0]["raised"]
    _aim(s, n, lane)
    lane_moved(s, lane, n)
    _refile(s, lane, t)


@on(EV_CITY_CLOSES)
def close_next(s, lane, t):
    """Close the first request of a lane, unless it is not due after all or the event is out of date."""
    if t != s.city_lane[lane]["filed_at"]:
        return
    k = lane // 2
    s.city_lane[lane]["filed_at"] = math.inf
    if t != s.city_lane[lane]["next_at"]:
        _refile(s, lane, t)
        return
    _bring(s, k, t)
    n = lane_take(s, lane)
    s.city_case[n]["stage"] = CLOSED
    s.city_team[k]["open"] -= 1
    _set_load(s, n, 0.0)
    close_as_recorded(s, n, t)
    _set_speed(s, k, t)


# --- officers --------------------------------------------------------------------------------------


@inner
def _begin_work(s, n, t):
    k = s.city_case[n]["team"]
    s.city_team[k]["busy"] += 1
    s.city_case[n]["stage"] = IN_HAND
    s.case[n]["service_started_at"] = t
    s.case[n]["first_response_at"] = t
    push(s, age_reached(s, k, age_clock(s, k, t) + s.city_case[n]["work"], t), EV_CITY_WORKED, n, 0)


@on(EV_CITY_WORKED)
def end_work(s, n, t):
    """Let the delay of a request begin whose work is done, and its officer turn to the next."""
    k = s.city_case[n]["team"]
    s.city_team[k]["busy"] -= 1
    _bring(s, k, t)
    s.city_case[n]["begun"] = age_clock(s, k, t)
    _begin_delay(s, n, t)
    _set_speed(s, k, t)
    if s.city_team[k]["waiting"] > 0:
        _begin_work(s, line_take(s, k), t)


# --- the city's urgent load ---------------------------------------------------------------------


@after(day_ends, 30)
def morning(s, day):
    """Set what the city's urgent load makes of the day that begins."""
    if s.city.shape[0] == 0 or day + 1.0 <= s.city[0]["origin"]:
        return
    load, usual = s.city[0]["urgent"], s.city[0]["usual_urgent"]
    mobilised = urgency(load, usual, s.city[0]["mobilisation"])
    put_off = urgency(load, usual, -s.city[0]["put_off"])
    if mobilised == s.city[0]["urgent_factor"] and put_off == s.city[0]["other_factor"]:
        return
    s.city[0]["urgent_factor"] = mobilised
    s.city[0]["other_factor"] = put_off
    for k in range(s.city_team.shape[0]):
        _bring(s, k, day + 1.0)
        _set_speed(s, k, day + 1.0)
