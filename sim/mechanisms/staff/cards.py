"""Scores, ranks and cards: what people say at call-backs counts for every team that had a part in the case.

Every four weeks a team's score is the mean of its three stated rates (contacted in time, solved, satisfied).
Of the teams of a kind (communities, units) a share with the lowest scores gets a card. What cards weigh adds
up to the team's pressure, which may fade; the pressure moves what the team decides.
"""

import math

from sim.engine.declare import number, whole
from sim.engine.jit import inner
from sim.engine.moments import after
from sim.mechanisms.moments import day_ends
from sim.mechanisms.staff.team_load import RANKING_DAYS, TEAM

TEAM.add("answers", whole("answers at call-backs since the last score"))
TEAM.add("points", whole("of three questions each, those answered to its credit"))
TEAM.add("in_a_row", whole("cards in a row"))
TEAM.add("yellow_cards", whole("yellow cards so far"))
TEAM.add("red_cards", whole("red cards so far"))
TEAM.add("pressure", number("weight of past cards, faded"))
#: Questions asked in a call.
QUESTIONS = 3


@inner
def cards_effect(s, pool, effect):
    """Return what the cards of a team add to a logit: `effect` times their weight."""
    return effect * s.team[pool]["pressure"] if s.par[0]["cards_enabled"] else 0.0


@inner
def sooner_answers(s, pool):
    """Return the factor by which the cards of a unit's team shorten its time to answer a letter."""
    return math.exp(-cards_effect(s, pool, s.par[0]["cards_answer_effect"]))


@inner
def _credit(s, pool, points):
    s.team[pool]["answers"] += 1
    s.team[pool]["points"] += points


@inner
def count_answer(s, n, community_had_part, points, t):
    """Count an answer for the teams with a part in case `n`: `points` of three questions to their credit."""
    if not s.par[0]["cards_enabled"] or t < s.par[0]["cards_start_day"]:
        return
    if community_had_part or s.par[0]["standards_first_receiver"]:
        _credit(s, s.community[s.need[n]["community"]]["pool"], points)
    start = s.need[n]["leg_start"]
    for leg in range(start, start + s.need[n]["leg_count"]):
        _credit(s, s.unit[s.leg[leg]["unit"]]["pool"], points)


@inner
def _below(s, pool, other):
    """Whether a team's score is below that of another, on whole numbers; both have answers."""
    own = s.team[pool]["points"] * s.team[other]["answers"]
    return own < s.team[other]["points"] * s.team[pool]["answers"]


@inner
def _card(s, pool):
    s.team[pool]["in_a_row"] += 1
    if s.team[pool]["in_a_row"] >= s.par[0]["cards_red_after"]:
        s.team[pool]["red_cards"] += 1
        s.team[pool]["pressure"] += s.par[0]["cards_red_weight"]
    else:
        s.team[pool]["yellow_cards"] += 1
        s.team[pool]["pressure"] += 1.0


@inner
def _hand_out(s, communities):
    """Give cards to those of a kind whose score is among the lowest and below that of all together.

    A team's rank is the number of teams with a lower score, so that equals are treated alike.
    """
    teams = 0
    answers = 0
    points = 0
    for pool in range(s.pool.shape[0]):
        if (s.pool[pool]["unit"] < 0) == communities and s.team[pool]["answers"] > 0:
            teams += 1
            answers += s.team[pool]["answers"]
            points += s.team[pool]["points"]
    cards = int(math.ceil(s.par[0]["cards_lowest_share"] * teams - 1e-9))
    for pool in range(s.pool.shape[0]):
        if (s.pool[pool]["unit"] < 0) != communities:
            continue
        own = s.team[pool]["answers"]
        lower = 0
        for other in range(s.pool.shape[0]):
            if (s.pool[other]["unit"] < 0) == communities and s.team[other]["answers"] > 0 and own > 0:
                lower += _below(s, other, pool)
        if own > 0 and lower < cards and s.team[pool]["points"] * answers < points * own:
            _card(s, pool)
        elif own > 0:
            s.team[pool]["in_a_row"] = 0


@after(day_ends, 20)
def score_teams(s, day):
    """Score all teams at the end of each period, hand out cards, and let old ones fade."""
    if not s.par[0]["cards_enabled"] or (day + 1) % RANKING_DAYS != 0:
        return
    fading = s.par[0]["cards_memory_days"]
    for pool in range(s.pool.shape[0]):
        if fading > 0.0:
            s.team[pool]["pressure"] *= math.exp(-RANKING_DAYS / fading)
    _hand_out(s, True)
    _hand_out(s, False)
    for pool in range(s.pool.shape[0]):
        s.team[pool]["answers"] = 0
        s.team[pool]["points"] = 0
