"""Asking a unit to take its part on: the same rule and the same luck, by letter or in a session."""

from sim.engine.declare import draw, whole
from sim.engine.jit import inner
from sim.engine.randomness import normal, uniform
from sim.engine.tables.needs import CHRONIC
from sim.engine.tables.staff import UNIT
from sim.mechanisms.plural_supply.supply import ACCEPT, FRAILTY
from sim.mechanisms.referral.unit_work import promise, unit_load
from sim.mechanisms.staff.cards import cards_effect
from sim.rules.unit import absence_probability, accept_probability, authority, has_link

ABSENCE = draw(13, "ABSENCE", ("unit", "need", "sessions called"))
UNIT.add("missed", whole("sessions in a row it was called to and stayed away from"))


@inner
def acceptance(s, leg, convened, convener_links):
    """Return the probability that the unit of a part takes it on if asked now.

    `convened` is 1 where a convener asks, `convener_links` the level whose authority the convener brings.
    """
    n = s.leg[leg]["need"]
    u = s.leg[leg]["unit"]
    key = s.clock[0]["key"]
    owner_key = s.need[n]["owner_key"]
    ordinal = s.need[n]["ordinal"]
    frailty = 0.0
    if s.par[0]["referral_frailty_sd"] > 0.0:
        frailty = s.par[0]["referral_frailty_sd"] * normal(
            key, FRAILTY, 0, s.leg[leg]["key"], owner_key, ordinal
        )
    others = s.need[n]["leg_count"] - 1
    share = s.track[n]["committed"] / others if others > 0 else 0.0
    intercept = s.par[0]["referral_accept_intercept"]
    link_effect = s.par[0]["referral_link_effect"]
    if s.need[n]["flags"] & CHRONIC:
        intercept = s.par[0]["shocks_flood_accept_intercept"]
        link_effect = s.par[0]["shocks_flood_link_effect"]
    intercept += cards_effect(s, s.unit[u]["pool"], s.par[0]["cards_accept_effect"])
    return accept_probability(
        intercept,
        frailty,
        s.par[0]["referral_load_slope"],
        unit_load(s, u),
        s.par[0]["referral_load_reference"],
        link_effect,
        has_link(
            authority(s.track[n]["asker"], s.community[s.need[n]["community"]]["authority"], convener_links),
            s.unit[u]["level"],
        ),
        s.par[0]["referral_convener_effect"],
        convened,
        s.par[0]["referral_share_effect"],
        share,
    )


@inner
def ask(s, leg, convened, convener_links, t):
    """Ask a unit for its part, as `acceptance` has it. Returns whether it commits."""
    n = s.leg[leg]["need"]
    u = s.leg[leg]["unit"]
    key = s.clock[0]["key"]
    owner_key = s.need[n]["owner_key"]
    ordinal = s.need[n]["ordinal"]
    p = acceptance(s, leg, convened, convener_links)
    draw = uniform(key, ACCEPT, s.leg[leg]["asks"], s.leg[leg]["key"], owner_key, ordinal)
    s.leg[leg]["asks"] += 1
    s.unit[u]["asks"] += 1
    s.case[n]["handoffs"] += 1
    if draw < p:
        promise(s, leg, t)
        return True
    s.case[n]["bounces"] += 1
    return False


@inner
def absence(s, u, t):
    """Return the probability that unit `u` stays away from a session held at `t`, weekly or on call.

    A unit whose officers have spent the week's hours for sessions cannot come; otherwise it stays away with
    a probability that rises with its load.
    """
    spent = s.unit[u]["session_hours"] if s.unit[u]["session_week"] == int(t // 7.0) else 0.0
    hours = s.par[0]["joint_session_meeting_hours"] + s.par[0]["joint_session_travel_hours"]
    if spent + hours > s.unit[u]["session_budget"]:
        return 1.0
    return absence_probability(
        s.par[0]["joint_session_absence_intercept"],
        s.par[0]["joint_session_absence_slope"],
        unit_load(s, u),
        s.par[0]["referral_load_reference"],
        s.par[0]["joint_session_call_absence_effect"],
        1.0 if s.par[0]["joint_session_on_call"] else 0.0,
    )


@inner
def attends(s, leg, t):
    """Return whether the unit sends an officer to the session on its case; the officer's time is charged."""
    n = s.leg[leg]["need"]
    u = s.leg[leg]["unit"]
    s.unit[u]["sessions_asked"] += 1
    week = int(t // 7.0)
    if s.unit[u]["session_week"] != week:
        s.unit[u]["session_week"] = week
        s.unit[u]["session_hours"] = 0.0
    hours = s.par[0]["joint_session_meeting_hours"] + s.par[0]["joint_session_travel_hours"]
    absent = absence(s, u, t)
    draw = uniform(
        s.clock[0]["key"],
        ABSENCE,
        s.track[n]["calls"],
        s.leg[leg]["key"],
        s.need[n]["owner_key"],
        s.need[n]["ordinal"],
    )
    if draw < absent:
        s.unit[u]["missed"] += 1
        return False
    s.unit[u]["missed"] = 0
    s.unit[u]["sessions_attended"] += 1
    s.unit[u]["session_hours"] += hours
    return True
