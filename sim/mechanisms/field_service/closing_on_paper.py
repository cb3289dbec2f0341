"""The closing decision: whether the last work on a case is done, or only written down.

It is taken once for each closing attempt, by the team that is to do the last work when it turns to it: the
cadres where the community has a part, otherwise the unit whose part is the last.
"""

from sim.engine.declare import draw
from sim.engine.jit import inner
from sim.engine.randomness import uniform
from sim.engine.tables.cases import FINAL_PART, LAST_RESORT, ON_PAPER
from sim.engine.tables.needs import COMMUNITY_WORKS
from sim.mechanisms.staff.cards import cards_effect
from sim.mechanisms.staff.order_of_work import due_date
from sim.mechanisms.staff.team_load import recent_load
from sim.rules.cadre import paper_probability

PAPER = draw(26, "PAPER", ("0", "need", "closing attempt"))


@inner
def on_paper(s, n, pool, t):
    """Return the probability that a team, deciding at `t`, closes case `n` on paper only."""
    due = 1.0 if due_date(s, n) - t <= s.par[0]["closing_due_within_days"] else 0.0
    return paper_probability(
        s.par[0]["closing_intercept"] + cards_effect(s, pool, s.par[0]["cards_paper_effect"]),
        s.par[0]["closing_load_slope"],
        recent_load(s, pool),
        s.par[0]["closing_load_reference"],
        s.par[0]["closing_due_pressure"],
        due,
        s.par[0]["closing_ranking_pressure"],
        float(s.team[pool]["behind"]),
        s.par[0]["closing_callback_effect"],
        s.par[0]["closing_called_back"],
    )


@inner
def _decide(s, n, pool, t):
    attempt = s.closure[n]["attempts"]
    s.closure[n]["attempts"] = attempt + 1
    s.closure[n]["pool"] = pool
    p = on_paper(s, n, pool, t)
    draw = uniform(s.clock[0]["key"], PAPER, attempt, 0, s.need[n]["owner_key"], s.need[n]["ordinal"])
    if draw < p:
        s.track[n]["flags"] |= ON_PAPER
        return s.par[0]["closing_effort_share"]
    return 1.0


@inner
def cadre_effort(s, n, pool, t):
    """Return the share of the hours that a cadre gives to the part of need `n` that comes next."""
    if not s.par[0]["closing_enabled"]:
        return 1.0
    if s.need[n]["leg_count"] > 0 and not s.track[n]["flags"] & FINAL_PART:
        return 1.0
    return _decide(s, n, pool, t)


@inner
def officer_effort(s, leg, pool, t):
    """Return the share of the hours that an officer gives to a unit's part."""
    n = s.leg[leg]["need"]
    if not s.par[0]["closing_enabled"] or s.need[n]["flags"] & COMMUNITY_WORKS:
        return 1.0
    if s.track[n]["flags"] & LAST_RESORT:
        return 1.0
    if s.track[n]["legs_done"] + 1 < s.need[n]["leg_count"]:
        return 1.0
    return _decide(s, n, pool, t)
