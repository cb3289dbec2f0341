"""A shortage of goods: households with a surplus may give to those who run out, the nearest first.

Stocks are whole units and used at a constant pace; a household's stock is brought up to date only when
somebody looks at it. At any time stocks at the start = stocks now + what was used, exactly. Before it runs
out, a household asks: its ties in person, where that is on, and then, if its head is a user, active heads of
other households along the path. One adult, the head, acts for each household.
"""

from sim.engine.declare import draw, event, whole
from sim.engine.dispatch import on
from sim.engine.event_queue import push
from sim.engine.jit import inner
from sim.engine.moments import after
from sim.engine.randomness import uniform
from sim.engine.tables.communities import COMMUNITY
from sim.engine.tables.people import REGISTERED
from sim.mechanisms.moments import run_begins
from sim.mechanisms.mutual_aid.helping import contribute, note_transfer, was_helped, willing
from sim.mechanisms.mutual_aid.invitation import can_be_asked
from sim.mechanisms.mutual_aid.rows import GOODS
from sim.mechanisms.mutual_aid.ties import are_tied, meet
from sim.mechanisms.platform.adoption import activate
from sim.rules.giving import asked_units, needed_units, spare_units

GIVE_GOODS = draw(48, "GIVE_GOODS", ("giver's head", "asker's household, 0", "the asker's request"))
EV_SHORT = event(24, "SHORT", "a household runs short of the good")
COMMUNITY.add("units_moved", whole("units of the good passed on", "units", daily=36))


#: How far the search for a surplus goes, in households to either side.
_REACH = 400
#: In place of a household: the end of the shortage.
EVERYBODY = -1


@inner
def _end(s):
    return s.par[0]["shortage_start_day"] + s.par[0]["shortage_days"]


@inner
def _use_up(s, h, t):
    """Bring the stock of household `h` up to `t`: what was due is used, or lacking."""
    due = s.household[h]["wear"] + s.household[h]["use"] * (t - s.household[h]["at"])
    whole = int(due)
    used = min(whole, s.household[h]["stock"])
    s.household[h]["stock"] -= used
    s.household[h]["used"] += used
    s.household[h]["unmet"] += whole - used
    s.household[h]["wear"] = due - whole
    s.household[h]["at"] = t


@inner
def _file_request(s, h, earliest):
    """File when household `h` asks next: some days before it runs out, if the shortage lasts that long."""
    lasts = (s.household[h]["stock"] - s.household[h]["wear"]) / s.household[h]["use"]
    at = max(earliest, s.household[h]["at"] + lasts - s.par[0]["shortage_ask_ahead_days"])
    if at < _end(s):
        push(s, at, EV_SHORT, h, s.household[h]["posts"])


@after(run_begins, 110)
def begin_shortage(s):
    """File each household's first request, and the end of the shortage."""
    for h in range(s.household.shape[0]):
        s.household[h]["at"] = s.par[0]["shortage_start_day"]
        if s.household[h]["use"] > 0.0:
            _file_request(s, h, s.par[0]["shortage_start_day"])
    if s.household.shape[0] > 0:
        push(s, _end(s), EV_SHORT, EVERYBODY, 0)


@inner
def _give(s, h, g, p, wanted, t):
    """Ask person `p` of household `g` for `h`; return the units given, -1 if it has none to spare."""
    _use_up(s, g, t)
    needed = needed_units(s.household[g]["use"], _end(s) - t)
    spare = spare_units(s.household[g]["stock"], needed, s.par[0]["shortage_reserve_share"])
    if spare <= 0:
        return -1
    head = s.household[h]["head"]
    draw = uniform(
        s.clock[0]["key"],
        GIVE_GOODS,
        s.household[h]["posts"],
        s.person[p]["key"],
        s.household[h]["key"],
        0,
    )
    act = s.par[0]["shortage_give_probability"]
    if draw >= willing(s, p, act, are_tied(s, head, p), 5, 0.0, t):
        return 0
    units = min(spare, wanted)
    s.household[g]["stock"] -= units
    s.household[g]["given"] += units
    s.household[h]["stock"] += units
    s.household[h]["received"] += units
    c = s.household[h]["community"]
    s.community[c]["units_moved"] += units
    s.community[c]["gifts"] += 1
    note_transfer(s, GOODS, p, head, float(units), abs(g - h), t)
    contribute(s, p, 0.0, t)
    was_helped(s, head)
    meet(s, head, p, t)
    return units


@inner
def _ask_tie(s, h, p, wanted, t):
    """Ask a tie of the head of household `h` in person; return the units given."""
    c = s.household[h]["community"]
    g = s.community[c]["household_start"] + s.conduct[p]["household"]
    if g == h or s.household[g]["use"] <= 0.0 or not can_be_asked(s, p, s.household[h]["head"], True):
        return 0
    return max(0, _give(s, h, g, p, wanted, t))


@inner
def _ask_ties(s, h, wanted, t):
    head = s.household[h]["head"]
    got = 0
    # A tie twice over is asked once: the second time there is the same answer.
    for k in range(s.tie_start[head], s.tie_start[head + 1]):
        seen = False
        for j in range(s.tie_start[head], k):
            seen = seen or s.tie_to[j] == s.tie_to[k]
        if got < wanted and not seen:
            got += _ask_tie(s, h, s.tie_to[k], wanted - got, t)
    k = s.person[head]["tie_head"]
    while k >= 0:
        following = s.new_tie[k]["next"]
        other = s.new_tie[k]["to"]
        if got < wanted and other >= 0:
            got += _ask_tie(s, h, other, wanted - got, t)
        k = following
    return got


@inner
def _ask_users(s, h, wanted, t):
    """Ask active heads of households with a surplus, the nearest first; return the units given."""
    c = s.household[h]["community"]
    low = s.community[c]["household_start"]
    high = low + s.community[c]["households"]
    head = s.household[h]["head"]
    in_person = s.par[0]["mutual_aid_offline_ties"] != 0
    got = 0
    asked = 0
    for step in range(1, _REACH + 1):
        for side in (-1, 1):
            g = h + side * step
            if not low <= g < high or got >= wanted or asked >= s.par[0]["shortage_asked_holders"]:
                continue
            p = s.household[g]["head"]
            if p < 0 or not can_be_asked(s, p, head, False) or (in_person and are_tied(s, head, p)):
                continue
            units = _give(s, h, g, p, wanted - got, t)
            if units >= 0:
                asked += 1
                got += units
        if got >= wanted or asked >= s.par[0]["shortage_asked_holders"]:
            break
    return got


@on(EV_SHORT)
def run_short(s, h, posts, t):
    """Let household `h` ask for what it lacks; at the end of the shortage close everybody's books."""
    if h == EVERYBODY:
        for g in range(s.household.shape[0]):
            _use_up(s, g, t)
        return
    if s.household[h]["posts"] != posts:
        return
    _use_up(s, h, t)
    head = s.household[h]["head"]
    needed = needed_units(s.household[h]["use"], _end(s) - t)
    wanted = asked_units(s.household[h]["stock"], needed, s.par[0]["shortage_ask_units"])
    if wanted > 0:
        s.household[h]["asked"] += wanted
        if s.par[0]["mutual_aid_offline_ties"]:
            wanted -= _ask_ties(s, h, wanted, t)
        if wanted > 0 and s.par[0]["mutual_aid_enabled"] and s.account[head]["flags"] & REGISTERED:
            activate(s, head, t)
            _ask_users(s, h, wanted, t)
        s.household[h]["posts"] = posts + 1
        _file_request(s, h, t + s.par[0]["shortage_ask_again_days"])
