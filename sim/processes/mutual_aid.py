"""Mutual aid, one-off: a few people nearby are asked, and the first who says yes helps.

Ties are asked first, then active users in the order of distance, and the nearest shop. Each answers by
themselves: a keyed uniform says whether, a keyed exponential says when.
"""

import numpy as np

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
        p != owner and s.account["flags"][p] & ACTIVE != 0 and s.person["flags"][p] & (UNDER_14 | INERT) == 0
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
    owner = s.need["owner"][n]
    c = s.need["community"][n]
    room = asked.shape[0]
    count = 0
    for k in range(s.tie_start[owner], s.tie_start[owner + 1]):
        if count < room and _can_be_asked(s, s.tie_to[k], owner):
            count = _enter(asked, count, s.tie_to[k])
    k = s.person["tie_head"][owner]
    while k >= 0:
        if count < room and _can_be_asked(s, s.new_tie["to"][k], owner):
            count = _enter(asked, count, s.new_tie["to"][k])
        k = s.new_tie["next"][k]
    low = s.community["resident_start"][c]
    residents = s.community["observers"][c]
    merchants = s.community["merchants"][c]
    position = owner - low
    if s.person["flags"][owner] & IS_MERCHANT:
        position = (owner - s.community["merchant_start"][c]) * residents // max(1, merchants)
    shop = neighbouring_shop(position, residents, merchants)
    if shop >= 0 and count < room and _can_be_asked(s, s.community["merchant_start"][c] + shop, owner):
        count = _enter(asked, count, s.community["merchant_start"][c] + shop)
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
    spent = s.attitude["week_hours"][p] if s.attitude["week"][p] == week else 0.0
    if spent + s.need["work_hours"][n] > s.par["mutual_aid_weekly_hours_cap"][0]:
        return 0.0
    fatigue = present_fatigue(
        s.attitude["fatigue"][p],
        t - s.attitude["fatigue_at"][p],
        s.par["mutual_aid_fatigue_halflife_days"][0],
    )
    return help_probability(
        s.par["mutual_aid_act_probability"][0],
        s.person["propensity"][p],
        are_tied(s, s.need["owner"][n], p),
        s.par["mutual_aid_tie_factor"][0],
        fatigue,
        invited,
        s.par["mutual_aid_bystander_exponent"][0],
        s.par["mutual_aid_probability_cap"][0],
    )


@inner
def wants_help(s, n):
    """Whether need `n` is put to neighbours: helpable, and asked for by a user or entered by a cadre."""
    if not s.par["mutual_aid_enabled"][0] or not s.need["flags"][n] & HELPABLE or s.need["owner"][n] < 0:
        return False
    reporter = s.case["reporter"][n]
    if reporter >= 0 and s.account["flags"][reporter] & REGISTERED:
        return True
    draw = uniform(s.clock["key"][0], CADRE_ENTRY, 0, 0, s.need["owner_key"][n], s.need["ordinal"][n])
    return draw < s.par["mutual_aid_cadre_entry_probability"][0]


@inner
def ask_neighbours(s, n, t):
    """Ask; the earliest yes within the waiting time wins, otherwise the case goes the ordinary way."""
    asked = np.empty(s.par["mutual_aid_invited"][0], np.int64)
    invited = _invite(s, n, asked)
    key = s.clock["key"][0]
    wait = s.par["mutual_aid_unmatched_after_days"][0]
    helper = -1
    soonest = wait
    for i in range(invited):
        p = asked[i]
        who = s.person["key"][p]
        owner_key = s.need["owner_key"][n]
        ordinal = s.need["ordinal"][n]
        if uniform(key, HELP, 0, who, owner_key, ordinal) < _probability(s, n, p, invited, t):
            delay = s.par["mutual_aid_delay_days"][0] * exponential(key, HELP, 1, who, owner_key, ordinal)
            if delay < soonest:
                soonest = delay
                helper = p
    s.track["stage"][n] = AT_HELPER
    if helper >= 0:
        push(s, t + soonest + s.need["work_hours"][n] / 24.0, EV_HELPED, n, helper)
    else:
        push(s, t + wait, EV_UNMATCHED, n, s.track["spell"][n])


@inner
def helped(s, n, p, t):
    """Solve the need by the neighbour's or merchant's hand."""
    if s.track["stage"][n] != AT_HELPER:
        return
    hours = s.need["work_hours"][n]
    a = s.attitude
    week = int(t // 7.0)
    if a["week"][p] != week:
        a["week"][p] = week
        a["week_hours"][p] = 0.0
    a["week_hours"][p] += hours
    halflife = s.par["mutual_aid_fatigue_halflife_days"][0]
    a["fatigue"][p] = 1.0 + present_fatigue(a["fatigue"][p], t - a["fatigue_at"][p], halflife)
    a["fatigue_at"][p] = t
    a["volunteer_hours"][p] += hours
    a["contributions"][p] += 1
    if counted(s, t):
        a["contributions_counted"][p] += 1
    s.community["volunteer_hours"][s.need["community"][n]] += hours
    s.case["volunteer_hours"][n] += hours
    s.case["service_started_at"][n] = t - hours / 24.0
    first_response(s, n, t - hours / 24.0)
    merchant = s.person["flags"][p] & IS_MERCHANT
    solve(s, n, BY_MERCHANT if merchant else BY_NEIGHBOUR, t)
    activate(s, p, t)
    prolong(s, p, t)
    owner = s.need["owner"][n]
    draw = uniform(
        s.clock["key"][0], TIE_MADE, 0, s.person["key"][p], s.need["owner_key"][n], s.need["ordinal"][n]
    )
    if draw < s.par["ties_after_help"][0]:
        make_tie(s, owner, p, t)
