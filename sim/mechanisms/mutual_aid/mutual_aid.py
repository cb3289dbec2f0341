"""Mutual aid, one-off: people nearby are asked, and the first who says yes helps.

On the platform some are asked, or everybody active; in person those who are tied to somebody in need. Each
answers by themselves: a keyed uniform says whether, a keyed exponential says when.
"""

from sim.engine.declare import draw, event
from sim.engine.dispatch import on
from sim.engine.event_queue import push
from sim.engine.jit import inner
from sim.engine.randomness import exponential, uniform
from sim.engine.tables.cases import AT_HELPER, BY_MERCHANT, BY_NEIGHBOUR
from sim.engine.tables.needs import HELPABLE
from sim.engine.tables.people import IS_MERCHANT, REGISTERED
from sim.mechanisms.case.closing import first_response, solve
from sim.mechanisms.mutual_aid.charity_sale import EV_HELPED, NOBODY, paid_help
from sim.mechanisms.mutual_aid.helping import contribute, was_helped, willing
from sim.mechanisms.mutual_aid.invitation import IN_PERSON, ONLINE, hears_broadcast, invite
from sim.mechanisms.mutual_aid.ties import acquaint, are_tied, has_tie
from sim.mechanisms.platform.adoption import people_of, platform_runs
from sim.rules.resident import dilemma_probability

HELP = draw(18, "HELP", ("helper", "need", "2·spell answer, +1 delay"))
TIE_MADE = draw(19, "TIE_MADE", ("helper", "need", "0"))
CADRE_ENTRY = draw(20, "CADRE_ENTRY", ("0", "need", "spell"))
EV_UNMATCHED = event(4, "UNMATCHED", "nobody helped in time: the case goes the ordinary way")


@inner
def answer_probability(s, n, p, invited, t):
    """Return the probability that person `p`, one of so many invited at `t`, says yes to meeting need `n`."""
    week = int(t // 7.0)
    spent = s.conduct[p]["week_hours"] if s.conduct[p]["week"] == week else 0.0
    if spent + s.need[n]["work_hours"] > s.par[0]["mutual_aid_weekly_hours_cap"]:
        return 0.0
    if s.par[0]["mutual_aid_dilemma"]:
        return dilemma_probability(s.par[0]["mutual_aid_cost_over_benefit"], invited)
    return willing(
        s,
        p,
        s.par[0]["mutual_aid_act_probability"],
        are_tied(s, s.need[n]["owner"], p),
        invited,
        s.par[0]["mutual_aid_bystander_exponent"],
        t,
    )


@inner
def _on_the_platform(s, n, t):
    """Whether need `n` is put to users: by a user, or entered by a cadre."""
    if not s.par[0]["mutual_aid_enabled"] or not platform_runs(s, s.need[n]["community"], t):
        return False
    reporter = s.case[n]["reporter"]
    if reporter >= 0 and s.account[reporter]["flags"] & REGISTERED:
        return True
    spell = s.track[n]["spell"]
    draw = uniform(s.clock[0]["key"], CADRE_ENTRY, spell, 0, s.need[n]["owner_key"], s.need[n]["ordinal"])
    return draw < s.par[0]["mutual_aid_cadre_entry_probability"]


@inner
def ways_to_ask(s, n, t):
    """Return how neighbours are asked to meet need `n`: `ONLINE`, `IN_PERSON`, both, or 0."""
    if s.par[0]["mutual_aid_act_probability"] <= 0.0:
        return 0
    owner = s.need[n]["owner"]
    if not s.need[n]["flags"] & HELPABLE or owner < 0:
        return 0
    how = ONLINE if _on_the_platform(s, n, t) else 0
    if s.par[0]["mutual_aid_offline_ties"] and has_tie(s, owner):
        how |= IN_PERSON
    return how


@inner
def ask_neighbours(s, n, how, t):
    """Ask; the earliest yes within the waiting time wins, otherwise the case goes the ordinary way."""
    owner = s.need[n]["owner"]
    c = s.need[n]["community"]
    asked = s.scratch[: s.par[0]["mutual_aid_invited"]]
    low = s.community[c]["resident_start"]
    broadcast = s.par[0]["mutual_aid_broadcast"] != 0 and how & ONLINE != 0
    invited = 0
    if broadcast:
        rows = people_of(s, c)
        for i in range(rows):
            if hears_broadcast(s, low + i, owner, how):
                invited += 1
    else:
        invited = invite(s, owner, how, asked)
        rows = invited
    key = s.clock[0]["key"]
    wait = s.par[0]["mutual_aid_unmatched_after_days"]
    helper = -1
    soonest = wait
    call = 2 * s.track[n]["spell"]
    owner_key = s.need[n]["owner_key"]
    ordinal = s.need[n]["ordinal"]
    for i in range(rows):
        p = low + i if broadcast else asked[i]
        if broadcast and not hears_broadcast(s, p, owner, how):
            continue
        who = s.person[p]["key"]
        if uniform(key, HELP, call, who, owner_key, ordinal) < answer_probability(s, n, p, invited, t):
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


@on(EV_HELPED)
def helped(s, n, p, t):
    """Solve the need by the neighbour's or merchant's hand, or by the hand that the pool pays."""
    if p == NOBODY:
        paid_help(s, n, t)
        return
    if s.track[n]["stage"] != AT_HELPER or s.track[n]["queued_at"] != t:
        return
    hours = s.need[n]["work_hours"]
    owner = s.need[n]["owner"]
    s.community[s.need[n]["community"]]["volunteer_hours"] += hours
    s.case[n]["volunteer_hours"] += hours
    s.case[n]["helper"] = p
    s.case[n]["service_started_at"] = t - hours / 24.0
    first_response(s, n, t - hours / 24.0)
    merchant = s.person[p]["flags"] & IS_MERCHANT
    solve(s, n, BY_MERCHANT if merchant else BY_NEIGHBOUR, t)
    contribute(s, p, hours, t)
    was_helped(s, owner)
    draw = uniform(
        s.clock[0]["key"], TIE_MADE, 0, s.person[p]["key"], s.need[n]["owner_key"], s.need[n]["ordinal"]
    )
    acquaint(s, owner, p, draw < s.par[0]["ties_after_help"], t)
