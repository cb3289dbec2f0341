"""What is asked of a team: the hours demanded of it, and its load over the last twenty working days.

Hours are demanded when they fall due (a case joins the queue, a unit commits, another duty arises), whether
or not anybody has time for them; hours available are those that the team has for cases. The load may
therefore pass one. What falls due on a day off counts to the next working day.
"""

from sim.compiled import inner
from sim.state import LOAD_DAYS

#: Days from one ranking of the teams to the next.
RANKING_DAYS = 28


@inner
def demand(s, pool, hours):
    """Count hours that fall due for a team."""
    if s.pool[pool]["unit"] < 0:
        s.community[s.pool[pool]["community"]]["staff_hours_demanded"] += hours
    if s.team.shape[0] > 0:
        s.team[pool]["today"] += hours


@inner
def recent_load(s, pool):
    """Return hours demanded over hours available, of the team's last twenty whole working days.

    Of those there were, early in a run; nothing was demanded before the first.
    """
    days = min(s.team[pool]["days"], LOAD_DAYS)
    hours = s.par[0]["calendar_shift_hours"]
    if s.par[0]["calendar_round_the_clock"]:
        hours = 24.0
    available = hours * s.pool[pool]["speed"] * s.pool[pool]["server_count"] * days
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


@inner
def close_team_day(s, day):
    """Keep what was demanded on a working day; rank the teams every four weeks where they are evaluated."""
    if s.par[0]["calendar_round_the_clock"] or s.worked[day + 1] > s.worked[day]:
        for pool in range(s.team.shape[0]):
            s.demanded[pool, s.team[pool]["days"] % LOAD_DAYS] = s.team[pool]["today"]
            s.team[pool]["today"] = 0.0
            s.team[pool]["days"] += 1
    if s.par[0]["closing_evaluated"] and (day + 1) % RANKING_DAYS == 0:
        _rank(s, True)
        _rank(s, False)
