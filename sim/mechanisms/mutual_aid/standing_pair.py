"""Standing pairs (结对): a neighbour comes again and again to a person with a need that comes back.

While nobody is paired with the person, the next visit is the occasion to ask: ties first, then the nearest
active users; the first in that order who commits themselves begins with the visit after. A visit without a
helper is not made; staff do not step in.
"""

from sim.engine.declare import draw, event, number, whole
from sim.engine.dispatch import on
from sim.engine.event_queue import push
from sim.engine.jit import inner
from sim.engine.moments import after
from sim.engine.randomness import exponential, uniform
from sim.engine.tables.communities import COMMUNITY
from sim.mechanisms.moments import run_begins
from sim.mechanisms.mutual_aid.helping import contribute, note_transfer, was_helped, willing
from sim.mechanisms.mutual_aid.invitation import IN_PERSON, ONLINE, invite
from sim.mechanisms.mutual_aid.rows import VISIT
from sim.mechanisms.mutual_aid.ties import are_tied, make_tie

PAIRING = draw(
    51,
    "PAIRING",
    ("helper", "recipient, 0", "visit at which asked"),
    ("0", "recipient, 1", "pair: how long it lasts"),
    ("0", "recipient, 2", "visit: whether it is made"),
)
EV_VISIT = event(23, "VISIT", "a standing pair's visit is due")
COMMUNITY.add("visit_hours", number("hours of standing pairs' visits", "hours", daily=30))
COMMUNITY.add("visits", whole("visits of standing pairs due", daily=34))
COMMUNITY.add("visits_made", whole("visits made", daily=35))


@inner
def _file_visit(s, r, k):
    """File visit number `k` of the person in row `r`."""
    push(s, s.recurring[r]["first_at"] + k * s.par[0]["standing_pair_every_days"], EV_VISIT, r, k)


@inner
def _seek(s, r, k, t):
    """Ask for somebody who will come from the next visit on."""
    person = s.recurring[r]["person"]
    who = s.person[person]["key"]
    key = s.clock[0]["key"]
    how = ONLINE | (IN_PERSON if s.par[0]["mutual_aid_offline_ties"] else 0)
    asked = s.scratch[: s.par[0]["mutual_aid_invited"]]
    for i in range(invite(s, person, how, asked)):
        p = asked[i]
        act = s.par[0]["standing_pair_commit_probability"]
        tied = are_tied(s, person, p)
        if uniform(key, PAIRING, k, s.person[p]["key"], who, 0) < willing(s, p, act, tied, 5, 0.0, t):
            life = exponential(key, PAIRING, s.recurring[r]["pairs"], 0, who, 1)
            s.recurring[r]["helper"] = p
            s.recurring[r]["ends_at"] = t + s.par[0]["standing_pair_life_days"] * life
            s.recurring[r]["pairs"] += 1
            make_tie(s, person, p, t)
            return


@on(EV_VISIT)
def visit(s, r, k, t):
    """Let visit number `k` of the person in row `r` be made, or not; without a helper, seek one."""
    _file_visit(s, r, k + 1)
    person = s.recurring[r]["person"]
    c = s.person[person]["community"]
    s.recurring[r]["visits"] += 1
    s.community[c]["visits"] += 1
    if s.recurring[r]["helper"] >= 0 and t >= s.recurring[r]["ends_at"]:
        s.recurring[r]["helper"] = -1
    p = s.recurring[r]["helper"]
    if p < 0:
        _seek(s, r, k, t)
        return
    draw = uniform(s.clock[0]["key"], PAIRING, k, 0, s.person[person]["key"], 2)
    if draw < s.par[0]["standing_pair_reliability"]:
        hours = s.par[0]["standing_pair_visit_hours"]
        s.recurring[r]["visits_made"] += 1
        s.community[c]["visits_made"] += 1
        s.community[c]["visit_hours"] += hours
        note_transfer(s, VISIT, p, person, hours, r, t)
        contribute(s, p, hours, t)
        was_helped(s, person)
        make_tie(s, person, p, t)


@after(run_begins, 100)
def file_visits(s):
    """File the first visit of everybody with a need that comes back."""
    for r in range(s.recurring.shape[0]):
        _file_visit(s, r, 0)
