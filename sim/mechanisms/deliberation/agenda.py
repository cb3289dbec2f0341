"""What a council talks about: an opinion database fused from three channels, each biased and noisy.

The mailbox hears the registered; the web hears the young and the loud; petitions hear of what is stuck, above
all from elders. Whether a channel hears of a need is luck of that channel and need, the same at every look.
"""

import math

from sim.engine.declare import draw
from sim.engine.jit import inner
from sim.engine.randomness import uniform
from sim.engine.tables.cases import AT_END, AT_QUEUE, AT_REFERRAL, AT_SHELF, IN_SESSION
from sim.engine.tables.needs import PUBLIC
from sim.engine.tables.people import IS_MERCHANT, OVER_60, REGISTERED
from sim.mechanisms.case.incident import first_observer
from sim.mechanisms.deliberation.initial_state import ABOVE, AGENDA, FUSED, MAILBOX, PETITIONS, TRUE, WEB

CHANNEL = draw(41, "CHANNEL", ("channel", "need", "0 heard, 1 filed where"))


@inner
def _unsolved(s, n):
    return s.case[n]["solved_at"] != s.case[n]["solved_at"]


@inner
def _stuck(s, n, t):
    """Whether need `n` is known and stuck: shelved, given up, or open for long."""
    reported = s.case[n]["reported_at"]
    if reported != reported:
        return False
    stage = s.track[n]["stage"]
    return stage in (AT_SHELF, AT_END) or t - reported >= s.par[0]["deliberation_stuck_after_days"]


@inner
def _can_be_taken_over(s, n):
    """Whether nobody is at work on need `n` who would not hear of a decision."""
    stage = s.track[n]["stage"]
    if stage in (AT_SHELF, AT_END):
        return True
    if s.track[n]["flags"] & IN_SESSION:
        return False
    idle = s.track[n]["committed"] == s.track[n]["legs_done"]
    return idle and stage in (AT_QUEUE, AT_REFERRAL)


@inner
def _coverage(s, channel, n, t):
    """Return the probability that a channel hears of need `n`."""
    owner = s.need[n]["owner"]
    if owner < 0:
        return 0.0
    old = s.person[owner]["flags"] & OVER_60 != 0
    if channel == MAILBOX:
        known = s.account[owner]["flags"] & REGISTERED != 0
        return s.par[0]["deliberation_coverage_mailbox"] if known else 0.0
    if channel == WEB:
        cover = s.par[0]["deliberation_coverage_web"]
        if old:
            cover *= s.par[0]["deliberation_web_factor_60plus"]
        power = s.par[0]["deliberation_web_loudness"]
        if cover >= 1.0 or power == 0.0:
            return cover
        loud = math.exp(power * (math.log(s.person[owner]["propensity"]) + s.need[n]["severity"]))
        return 1.0 - math.exp(loud * math.log(1.0 - cover))
    if not _stuck(s, n, t):
        return 0.0
    cover = s.par[0]["deliberation_coverage_petitions"]
    return cover if old else cover * s.par[0]["deliberation_petition_factor_young"]


@inner
def _hear(s, n, t):
    """Enter need `n` in the tally of each channel that hears of it."""
    key = s.clock[0]["key"]
    b = s.need[n]["owner_key"]
    c = s.need[n]["ordinal"]
    categories = s.tally.shape[1]
    for channel in range(PETITIONS + 1):
        cover = _coverage(s, channel, n, t)
        if cover <= 0.0 or uniform(key, CHANNEL, 0, channel, b, c) >= cover:
            continue
        category = s.need[n]["category"]
        misfiled = s.par[0]["deliberation_misfiled"]
        if misfiled > 0.0:
            u = uniform(key, CHANNEL, 1, channel, b, c)
            if u < misfiled:
                category = min(categories - 1, int(u / misfiled * categories))
        s.tally[channel, category] += 1.0


@inner
def _total(s, row):
    total = 0.0
    for k in range(s.tally.shape[1]):
        total += s.tally[row, k]
    return total


@inner
def distance(s, row, other):
    """Return the Jensen–Shannon distance of two rows of the tally: 0 the same, 1 nothing in common."""
    here = _total(s, row)
    there = _total(s, other)
    if here <= 0.0 or there <= 0.0:
        return math.nan
    divergence = 0.0
    for k in range(s.tally.shape[1]):
        p = s.tally[row, k] / here
        q = s.tally[other, k] / there
        m = 0.5 * (p + q)
        if p > 0.0:
            divergence += 0.5 * p * math.log(p / m)
        if q > 0.0:
            divergence += 0.5 * q * math.log(q / m)
    return math.sqrt(max(0.0, divergence / math.log(2.0)))


@inner
def _weight(s, channel):
    if channel == MAILBOX:
        return s.par[0]["deliberation_weight_mailbox"]
    if channel == WEB:
        return s.par[0]["deliberation_weight_web"]
    return s.par[0]["deliberation_weight_petitions"]


@inner
def fuse(s, c, t):
    """Fill the tally of community `c`: what each channel hears, the true needs, and the fused salience.

    A channel's shares count with its weight; one that hears nothing does not count. Where topics are chosen
    above, their weights are the salience.
    """
    categories = s.tally.shape[1]
    for row in range(ABOVE):
        for k in range(categories):
            s.tally[row, k] = 0.0
    start = s.council[c]["docket_start"]
    kept = start
    end = s.council[c]["docket_end"]
    fresh = s.council[c]["docket_next"]
    position = start
    last = start + s.council[c]["docket_kept"]
    while True:
        if position == last:
            position = max(position, fresh)
        if position >= end:
            break
        n = s.docket[position]
        if position >= fresh and s.need[n]["arisen_at"] > t:
            break
        position += 1
        if _unsolved(s, n):
            s.docket[kept] = n
            kept += 1
            s.tally[TRUE, s.need[n]["category"]] += 1.0
            _hear(s, n, t)
    s.council[c]["docket_kept"] = kept - start
    s.council[c]["docket_next"] = max(position, fresh)
    if s.par[0]["deliberation_above"]:
        for k in range(categories):
            s.tally[FUSED, k] = s.tally[ABOVE, k]
        return
    weights = 0.0
    for channel in range(PETITIONS + 1):
        heard = _total(s, channel)
        if heard > 0.0:
            weight = _weight(s, channel)
            weights += weight
            for k in range(categories):
                s.tally[FUSED, k] += weight * s.tally[channel, k] / heard
    if weights > 0.0:
        for k in range(categories):
            s.tally[FUSED, k] /= weights


@inner
def choose(s, topics):
    """Put the most salient topics on the agenda; return how many there are."""
    chosen = 0
    for _ in range(topics):
        k = next_topic(s)
        if k < 0:
            break
        s.tally[AGENDA, k] = s.tally[FUSED, k]
        chosen += 1
    return chosen


@inner
def next_topic(s):
    """Return the most salient category that is not on the agenda, or -1."""
    best = -1
    for k in range(s.tally.shape[1]):
        salience = s.tally[FUSED, k]
        if salience > 0.0 and s.tally[AGENDA, k] == 0.0 and (best < 0 or salience > s.tally[FUSED, best]):
            best = k
    return best


@inner
def building_of(s, n):
    """Return the number of the building in which the owner of need `n` lives, or beside which they trade."""
    owner = s.need[n]["owner"]
    c = s.need[n]["community"]
    if s.person[owner]["flags"] & IS_MERCHANT:
        place = owner - s.community[c]["merchant_start"]
        place = place * s.community[c]["observers"] // max(1, s.community[c]["merchants"])
    else:
        place = owner - s.community[c]["resident_start"]
    return int(place / s.par[0]["community_building_residents"])


@inner
def gather(s, c, topic, t):
    """Gather stuck cases of a topic, public ones first, longest known first; return how many.

    Where a building's owners vote, all are of the building of the first.
    """
    room = s.par[0]["deliberation_cases_per_topic"]
    start = s.council[c]["docket_start"]
    count = 0
    for wanted in (PUBLIC, 0):
        for position in range(start, start + s.council[c]["docket_kept"]):
            if count >= room:
                return count
            n = s.docket[position]
            if s.need[n]["category"] != topic or s.need[n]["flags"] & PUBLIC != wanted:
                continue
            if s.need[n]["owner"] < 0 or not _unsolved(s, n):
                continue
            if not _stuck(s, n, t) or not _can_be_taken_over(s, n):
                continue
            if (
                count > 0
                and s.par[0]["deliberation_by_building"]
                and building_of(s, n) != building_of(s, s.gathered[0])
            ):
                continue
            s.gathered[count] = n
            count += 1
    return count


@inner
def is_affected(s, p, cases):
    """Whether person `p` sees one of the gathered cases."""
    for i in range(cases):
        n = s.gathered[i]
        count = s.need[n]["pair_count"]
        if count > 0:
            first = first_observer(s, n)
            if first <= p < first + count:
                return True
    return False
