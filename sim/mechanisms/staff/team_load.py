"""What is asked of a team: the hours demanded of it, and its load over the last twenty working days.

Hours are demanded when they fall due (a case joins the queue, a unit commits, another duty arises), whether
or not anybody has time for them; the way and a second pair of hands only when somebody goes. Hours available
are those that the team has for cases, without days of absence. The load may therefore pass one. What falls
due on a day off counts to the next working day. Posts on call are no team of their own: what is asked of
them is asked of those who fill them.
"""

from sim.engine.declare import Record, number, whole
from sim.engine.jit import inner
from sim.engine.moments import after
from sim.engine.tables.communities import COMMUNITY
from sim.mechanisms.moments import day_ends
from sim.mechanisms.staff.roster import shift_hours_by

COMMUNITY.add("staff_hours_demanded", number("staff hours that fell due, worked or not", "hours", daily=48))
#: What is asked of a team and how it stands in the evaluation; rows only where cases may be closed on paper.
#: `today`: hours demanded since the last working day ended. Closings are those of the present period.
TEAM = Record(
    "team",
    "what is asked of a team, and how it stands in the evaluation",
    today=number("hours demanded since the last working day ended", "hours"),
    days=whole("working days over"),
    closings=whole("closings since the last ranking"),
    on_time=whole("closings within the standard since the last ranking"),
    behind=whole("1 while it ranks below its kind"),
    pad=whole("unused"),
)

#: Working days over which a team's load is taken.
LOAD_DAYS = 20


#: Days from one ranking of the teams to the next.
RANKING_DAYS = 28


@inner
def team_of(s, pool):
    """Return the team behind a pool: for posts on call, the cadres who fill them."""
    home = s.pool[pool]["home"]
    return home if home >= 0 else pool


@inner
def demand(s, pool, hours):
    """Count hours that fall due for a team."""
    if s.pool[pool]["unit"] < 0:
        s.community[s.pool[pool]["community"]]["staff_hours_demanded"] += hours
    if s.team.shape[0] > 0:
        s.team[pool]["today"] += hours


@inner
def _days_back(s, days):
    """Return the first of the last `days` working days before today."""
    first = s.clock[0]["day"]
    left = days
    while left > 0:
        first -= 1
        if s.par[0]["calendar_round_the_clock"] or s.worked[first + 1] > s.worked[first]:
            left -= 1
    return first


@inner
def _hours_on_shifts(s, start, servers, days):
    """Return the same of a rostered team: what the file gives since the first of those days, off days too."""
    today = float(s.clock[0]["day"])
    first = float(_days_back(s, days))
    hours = 0.0
    for server in range(start, start + servers):
        if s.server[server]["rostered"]:
            hours += shift_hours_by(s, server, today) - shift_hours_by(s, server, first)
        elif s.par[0]["calendar_round_the_clock"]:
            hours += 24.0 * days
        else:
            hours += s.par[0]["calendar_shift_hours"] * days
    return hours


@inner
def _hours_there(s, pool, days):
    """Return the shift hours of one who serves, added over the team, of the last `days` working days."""
    servers = s.pool[pool]["server_count"]
    start = s.pool[pool]["server_start"]
    if s.shift.shape[0] > 0 and s.pool[pool]["unit"] < 0:
        return _hours_on_shifts(s, start, servers, days)
    if s.par[0]["calendar_round_the_clock"]:
        return 24.0 * servers * days
    if start >= s.attendance.shape[0]:
        return s.par[0]["calendar_shift_hours"] * servers * days
    today = s.clock[0]["day"]
    first = _days_back(s, days)
    hours = 0.0
    for server in range(start, start + servers):
        hours += s.attendance[server, today] - s.attendance[server, first]
    return hours


@inner
def recent_load(s, pool):
    """Return hours demanded over hours available, of the team's last twenty whole working days.

    Of those there were, early in a run; nothing was demanded before the first.
    """
    days = min(s.team[pool]["days"], LOAD_DAYS)
    available = _hours_there(s, pool, days) * s.pool[pool]["speed"]
    asked = 0.0
    for k in range(days):
        asked += s.demanded[pool, k]
    return asked / available if available > 0.0 else 0.0


@inner
def _rank(s, communities):
    """Set which teams of communities, or of units, closed a smaller share on time than all of them."""
    closings = 0
    on_time = 0
    for pool in range(s.pool.shape[0]):
        if (s.pool[pool]["unit"] < 0) == communities:
            closings += s.team[pool]["closings"]
            on_time += s.team[pool]["on_time"]
    for pool in range(s.pool.shape[0]):
        if (s.pool[pool]["unit"] < 0) == communities:
            own = s.team[pool]["closings"]
            # On whole numbers: a team alone is never behind itself.
            s.team[pool]["behind"] = 1 if s.team[pool]["on_time"] * closings < on_time * own else 0
            s.team[pool]["closings"] = 0
            s.team[pool]["on_time"] = 0


@after(day_ends, 10)
def close_team_day(s, day):
    """Keep what was demanded on a working day; rank the teams every four weeks where they are evaluated."""
    if s.team.shape[0] == 0:
        return
    if s.par[0]["calendar_round_the_clock"] or s.worked[day + 1] > s.worked[day]:
        for pool in range(s.team.shape[0]):
            s.demanded[pool, s.team[pool]["days"] % LOAD_DAYS] = s.team[pool]["today"]
            s.team[pool]["today"] = 0.0
            s.team[pool]["days"] += 1
    if s.par[0]["closing_evaluated"] and (day + 1) % RANKING_DAYS == 0:
        _rank(s, True)
        _rank(s, False)
