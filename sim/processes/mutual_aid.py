"""Mutual aid, one-off: a few people nearby are asked, and the first who says yes helps.

Ties are asked first, then active users in the order of distance, and the nearest shop. Each answers by
themselves: a keyed uniform says whether, a keyed exponential says when.
"""

from sim.agents.merchant import neighbouring_shop
from sim.agents.resident import help_probability, present_fatigue
from sim.compiled import inner
from sim.events import push
from sim.processes.adoption import activate, prolong
from sim.processes.closing import counted, first_response, solve
from sim.processes.ties import are_tied, make_tie
from sim.randomness import CADRE_ENTRY, HELP, TIE_MADE, exponential, uniform
from sim.state import (
    ACTIVE,
    AT_HELPER,
    BY_MERCHANT,
    BY_NEIGHBOUR,
    EV_HELPED,
    EV_UNMATCHED,
    HELPABLE,
    INERT,
    IS_MERCHANT,
    REGISTERED,
    UNDER_14,
)

#: How far the search for active neighbours goes, in people to either side.
_REACH = 400


@inner
def _can_be_asked(s, p, owner):
    return (
        p != owner and s.account[p]["flags"] & ACTIVE != 0 and s.person[p]["flags"] & (UNDER_14 | INERT) == 0
    )


@inner
def _enter(asked, count, p):
    """Add `p` to the list unless it is there; return the new length."""
    for i in range(count):
        if asked[i] == p:
            return count
    asked[count] = p
    return count + 1


@inner
def _invite(s, n, asked):
    """Fill `asked` with the people to ask about need `n`; return how many."""
    owner = s.need[n]["owner"]
    c = s.need[n]["community"]
    room = asked.shape[0]
    count = 0
    for k in range(s.tie_start[owner], s.tie_start[owner + 1]):
        if count < room and _can_be_asked(s, s.tie_to[k], owner):
            count = _enter(asked, count, s.tie_to[k])
    k = s.person[owner]["tie_head"]
    while k >= 0:
        if count < room and _can_be_asked(s, s.new_tie[k]["to"], owner):
            count = _enter(asked, count, s.new_tie[k]["to"])
        k = s.new_tie[k]["next"]
    low = s.community[c]["resident_start"]
    residents = s.community[c]["observers"]
    merchants = s.community[c]["merchants"]
    position = owner - low
    if s.person[owner]["flags"] & IS_MERCHANT:
        position = (owner - s.community[c]["merchant_start"]) * residents // max(1, merchants)
    shop = neighbouring_shop(position, residents, merchants)
    if shop >= 0 and count < room and _can_be_asked(s, s.community[c]["merchant_start"] + shop, owner):
        count = _enter(asked, count, s.community[c]["merchant_start"] + shop)
    for step in range(1, _REACH + 1):
        if count >= room:
            break
        for side in (-1, 1):
            at = position + side * step
            if 0 <= at < residents and count < room and _can_be_asked(s, low + at, owner):
                count = _enter(asked, count, low + at)
    return count


@inner
def _probability(s, n, p, invited, t):
    week = int(t // 7.0)
    spent = s.conduct[p]["week_hours"] if s.conduct[p]["week"] == week else 0.0
    if spent + s.need[n]["work_hours"] > s.par[0]["mutual_aid_weekly_hours_cap"]:
        return 0.0
    fatigue = present_fatigue(
        s.conduct[p]["fatigue"],
        t - s.conduct[p]["fatigue_at"],
        s.par[0]["mutual_aid_fatigue_halflife_days"],
    )
    return help_probability(
        s.par[0]["mutual_aid_act_probability"],
        s.person[p]["propensity"],
        are_tied(s, s.need[n]["owner"], p),
        s.par[0]["mutual_aid_tie_factor"],
        fatigue,
        invited,
        s.par[0]["mutual_aid_bystander_exponent"],
        s.par[0]["mutual_aid_probability_cap"],
    )


@inner
def wants_help(s, n):
    """Whether need `n` is put to neighbours: helpable, and asked for by a user or entered by a cadre."""
    if s.par[0]["mutual_aid_act_probability"] <= 0.0:
        return False
    if not s.par[0]["mutual_aid_enabled"] or not s.need[n]["flags"] & HELPABLE or s.need[n]["owner"] < 0:
        return False
    reporter = s.case[n]["reporter"]
    if reporter >= 0 and s.account[reporter]["flags"] & REGISTERED:
        return True
    spell = s.track[n]["spell"]
    draw = uniform(s.clock[0]["key"], CADRE_ENTRY, spell, 0, s.need[n]["owner_key"], s.need[n]["ordinal"])
    return draw < s.par[0]["mutual_aid_cadre_entry_probability"]


@inner
def ask_neighbours(s, n, t):
    """Ask; the earliest yes within the waiting time wins, otherwise the case goes the ordinary way."""
    asked = s.scratch[: s.par[0]["mutual_aid_invited"]]
    invited = _invite(s, n, asked)
    key = s.clock[0]["key"]
    wait = s.par[0]["mutual_aid_unmatched_after_days"]
    helper = -1
    soonest = wait
    call = 2 * s.track[n]["spell"]
    for i in range(invited):
        p = asked[i]
        who = s.person[p]["key"]
        owner_key = s.need[n]["owner_key"]
        ordinal = s.need[n]["ordinal"]
        if uniform(key, HELP, call, who, owner_key, ordinal) < _probability(s, n, p, invited, t):
            delay = s.par[0]["mutual_aid_delay_days"] * exponential(
                key, HELP, call + 1, who, owner_key, ordinal
            )
            if delay < soonest:
                soonest = delay
                helper = p
    s.track[n]["stage"] = AT_HELPER
    if helper >= 0:
        done = t + soonest + s.need[n]["work_hours"] / 24.0
        s.track[n]["queued_at"] = done
        push(s, done, EV_HELPED, n, helper)
    else:
        s.track[n]["queued_at"] = t + wait
        push(s, t + wait, EV_UNMATCHED, n, s.track[n]["spell"])


@inner
def helped(s, n, p, t):
    """Solve the need by the neighbour's or merchant's hand."""
    if s.track[n]["stage"] != AT_HELPER or s.track[n]["queued_at"] != t:
        return
    hours = s.need[n]["work_hours"]
    a = s.conduct
    week = int(t // 7.0)
    if a[p]["week"] != week:
        a[p]["week"] = week
        a[p]["week_hours"] = 0.0
    a[p]["week_hours"] += hours
    halflife = s.par[0]["mutual_aid_fatigue_halflife_days"]
    a[p]["fatigue"] = 1.0 + present_fatigue(a[p]["fatigue"], t - a[p]["fatigue_at"], halflife)
    a[p]["fatigue_at"] = t
    a[p]["volunteer_hours"] += hours
    a[p]["contributions"] += 1
    if counted(s, t):
        a[p]["contributions_counted"] += 1
    s.community[s.need[n]["community"]]["volunteer_hours"] += hours
    s.case[n]["volunteer_hours"] += hours
    s.case[n]["service_started_at"] = t - hours / 24.0
    first_response(s, n, t - hours / 24.0)
    merchant = s.person[p]["flags"] & IS_MERCHANT
    solve(s, n, BY_MERCHANT if merchant else BY_NEIGHBOUR, t)
    activate(s, p, t)
    prolong(s, p, t)
    owner = s.need[n]["owner"]
    draw = uniform(
        s.clock[0]["key"], TIE_MADE, 0, s.person[p]["key"], s.need[n]["owner_key"], s.need[n]["ordinal"]
    )
    if draw < s.par[0]["ties_after_help"]:
        make_tie(s, owner, p, t)
