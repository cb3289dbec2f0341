"""Asking a unit to take its part on: the same rule and the same luck, by letter or in a session."""

from sim.agents.unit import absence_probability, accept_probability, has_link
from sim.compiled import inner
from sim.processes.units import promise, unit_load
from sim.randomness import ABSENCE, ACCEPT, FRAILTY, normal, uniform


@inner
def ask(s, leg, convened, t):
    """Ask a unit for its part. Returns whether it commits."""
    n = s.leg["need"][leg]
    u = s.leg["unit"][leg]
    key = s.clock["key"][0]
    owner_key = s.need["owner_key"][n]
    ordinal = s.need["ordinal"][n]
    frailty = 0.0
    if s.par["referral_frailty_sd"][0] > 0.0:
        frailty = s.par["referral_frailty_sd"][0] * normal(
            key, FRAILTY, 0, s.unit["key"][u], owner_key, ordinal
        )
    others = s.need["leg_count"][n] - 1
    share = s.track["committed"][n] / others if others > 0 else 0.0
    p = accept_probability(
        s.par["referral_accept_intercept"][0],
        frailty,
        s.par["referral_load_slope"][0],
        unit_load(s, u),
        s.par["referral_load_reference"][0],
        s.par["referral_link_effect"][0],
        has_link(s.track["asker"][n], s.unit["level"][u], s.par["referral_authority_links"][0]),
        s.par["referral_convener_effect"][0],
        convened,
        s.par["referral_share_effect"][0],
        share,
    )
    draw = uniform(key, ACCEPT, s.leg["asks"][leg], s.unit["key"][u], owner_key, ordinal)
    s.leg["asks"][leg] += 1
    s.unit["asks"][u] += 1
    s.case["handoffs"][n] += 1
    if draw < p:
        promise(s, leg, t)
        return True
    s.case["bounces"][n] += 1
    return False


@inner
def attends(s, leg, t):
    """Return whether the unit sends an officer to the session on its case; the officer's time is charged.

    A unit whose officers have spent the week's hours for sessions cannot come; otherwise it stays away with
    a probability that rises with its load.
    """
    n = s.leg["need"][leg]
    u = s.leg["unit"][leg]
    s.unit["sessions_asked"][u] += 1
    week = int(t // 7.0)
    if s.unit["session_week"][u] != week:
        s.unit["session_week"][u] = week
        s.unit["session_hours"][u] = 0.0
    hours = s.par["joint_session_meeting_hours"][0] + s.par["joint_session_travel_hours"][0]
    if s.unit["session_hours"][u] + hours > s.unit["session_budget"][u]:
        return False
    absent = absence_probability(
        s.par["joint_session_absence_intercept"][0],
        s.par["joint_session_absence_slope"][0],
        unit_load(s, u),
        s.par["referral_load_reference"][0],
    )
    draw = uniform(
        s.clock["key"][0],
        ABSENCE,
        s.track["calls"][n],
        s.unit["key"][u],
        s.need["owner_key"][n],
        s.need["ordinal"][n],
    )
    if draw < absent:
        return False
    s.unit["sessions_attended"][u] += 1
    s.unit["session_hours"][u] += hours
    return True
