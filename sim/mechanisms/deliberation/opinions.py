"""Opinions at the table: people move towards those whom they already nearly agree with.

Bounded confidence, in a plenary (Hegselmann & Krause 2002) or in talks of two (Deffuant et al. 2000). Without
a bound the plenary is DeGroot's averaging. A facilitator makes people listen further, and merges opinions.
"""

from sim.engine.declare import draw
from sim.engine.jit import inner
from sim.engine.randomness import uniform
from sim.mechanisms.deliberation.agenda import is_affected
from sim.rules.council_member import confidence, first_opinion, listens, moved

OPINION = draw(39, "OPINION", ("resident", "topic, 0", "0"))


@inner
def opinion_before(s, p, topic, affected):
    """Return what person `p` thinks of a proposal on a topic before anybody has talked."""
    return first_opinion(
        s.par[0]["deliberation_support_mean"],
        s.par[0]["deliberation_support_width"],
        s.par[0]["deliberation_stake"],
        affected,
        uniform(s.clock[0]["key"], OPINION, 0, s.person[p]["key"], topic, 0),
    )


@inner
def mean_and_variance(s, base, seated):
    """Return mean and variance of the opinions at the table."""
    total = 0.0
    for i in range(base, base + seated):
        total += s.seat[i]["opinion"]
    mean = total / max(1, seated)
    squares = 0.0
    for i in range(base, base + seated):
        squares += (s.seat[i]["opinion"] - mean) * (s.seat[i]["opinion"] - mean)
    return mean, squares / max(1, seated)


@inner
def _plenary(s, base, seated):
    """Let everybody hear everybody: a step towards the mean of those one listens to."""
    step = s.par[0]["deliberation_openness"]
    for i in range(base, base + seated):
        total = 0.0
        heard = 0
        for j in range(base, base + seated):
            if _listen(s, i, j):
                total += s.seat[j]["opinion"]
                heard += 1
        s.seat[i]["next"] = moved(s.seat[i]["opinion"], total / max(1, heard), step)
    for i in range(base, base + seated):
        s.seat[i]["opinion"] = s.seat[i]["next"]


@inner
def _listen(s, i, j):
    return listens(
        s.seat[i]["opinion"], s.seat[j]["opinion"], s.seat[i]["confidence"], s.seat[j]["confidence"]
    )


@inner
def _pairs(s, base, seated):
    """Let each talk with each other once, two at a time: both take the same step towards each other."""
    step = s.par[0]["deliberation_openness"]
    players = seated + seated % 2
    # The round robin of tournaments: one stays, the others move on a place at every turn.
    for turn in range(players - 1):
        for k in range(players // 2):
            a = players - 1 if k == 0 else (turn + k) % (players - 1)
            b = turn if k == 0 else (turn - k) % (players - 1)
            if a >= seated or b >= seated or not _listen(s, base + a, base + b):
                continue
            here = s.seat[base + a]["opinion"]
            there = s.seat[base + b]["opinion"]
            s.seat[base + a]["opinion"] = moved(here, there, step)
            s.seat[base + b]["opinion"] = moved(there, here, step)


@inner
def discuss(s, base, seated, topic, cases):
    """Let those at the table talk about a topic; return (their mean opinion, consensus).

    Consensus is 1 − variance after / variance before; 1 where they agreed from the start.
    """
    facilitated = s.par[0]["deliberation_facilitator"]
    for i in range(base, base + seated):
        p = s.seat[i]["person"]
        s.seat[i]["opinion"] = opinion_before(s, p, topic, is_affected(s, p, cases))
        s.seat[i]["confidence"] = confidence(
            s.par[0]["deliberation_confidence"],
            s.participant[p]["skill"],
            s.par[0]["deliberation_skill_confidence"],
            facilitated,
            s.par[0]["deliberation_facilitator_confidence"],
        )
    _, before = mean_and_variance(s, base, seated)
    for _ in range(s.par[0]["deliberation_rounds"]):
        if s.par[0]["deliberation_plenary"]:
            _plenary(s, base, seated)
        else:
            _pairs(s, base, seated)
        if facilitated:
            mean, _ = mean_and_variance(s, base, seated)
            for i in range(base, base + seated):
                s.seat[i]["opinion"] = moved(
                    s.seat[i]["opinion"], mean, s.par[0]["deliberation_facilitator_focus"]
                )
    mean, after = mean_and_variance(s, base, seated)
    return mean, 1.0 - after / before if before > 0.0 else 1.0
