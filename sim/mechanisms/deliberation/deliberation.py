"""The Red Tea council: residents are invited, talk in rounds, and leave with an opinion and with practice.

Every few weeks each community holds one. Its hours are the residents' and the facilitator's own time, and
staff hours out of those that serve cases. How opinions move is in `sim.mechanisms.deliberation.opinions`,
what follows from them in `sim.mechanisms.deliberation.decision`.
"""

from sim.engine.declare import draw, event, number, whole
from sim.engine.dispatch import on
from sim.engine.event_queue import push
from sim.engine.jit import inner
from sim.engine.moments import after
from sim.engine.randomness import uniform
from sim.engine.tables.communities import COMMUNITY
from sim.engine.tables.people import INERT, REGISTERED, UNDER_14
from sim.mechanisms.case.closing import counted
from sim.mechanisms.deliberation.agenda import choose, distance, fuse, gather
from sim.mechanisms.deliberation.decision import carry_out, vote
from sim.mechanisms.deliberation.initial_state import AGENDA, FUSED, TRUE
from sim.mechanisms.deliberation.opinions import discuss
from sim.mechanisms.moments import run_begins
from sim.mechanisms.mutual_aid.ties import make_tie
from sim.mechanisms.staff.queues_and_hours import add_duty
from sim.rules.council_member import attend_probability, learned

ATTENDANCE = draw(38, "ATTENDANCE", ("resident", "0, 0", "calendar slot (day)"))
INVITE = draw(43, "INVITE", ("community", "0, 0", "calendar slot (day)"))
COUNCIL_TIE = draw(44, "COUNCIL_TIE", ("lower of the two", "higher, 0", "calendar slot (day)"))
EV_COUNCIL = event(31, "COUNCIL", "a council: agenda, invitation, talk, votes")
COMMUNITY.add(
    "staff_hours_council", number("staff hours preparing councils and sitting in them", "hours", daily=20)
)
COMMUNITY.add("volunteer_hours_council", number("of these, in councils", "hours", daily=23))
COMMUNITY.add("councils", whole("councils held", daily=40))


@inner
def attendance_probability(s, p):
    """Return the probability that person `p` follows an invitation to a council now."""
    if s.person[p]["flags"] & (UNDER_14 | INERT):
        return 0.0
    factor = s.par[0]["deliberation_app_factor"] if s.account[p]["flags"] & REGISTERED else 1.0
    return attend_probability(
        s.par[0]["deliberation_attend_probability"],
        s.person[p]["propensity"],
        s.participant[p]["motivation"],
        s.par[0]["deliberation_motivation_gain"],
        factor,
        s.par[0]["deliberation_attend_cap"],
    )


@inner
def _comes(s, p, t):
    probability = attendance_probability(s, p)
    return uniform(s.clock[0]["key"], ATTENDANCE, int(t), s.person[p]["key"], 0, 0) < probability


@inner
def _seat(s, base, seated, p):
    s.participant[p]["seat"] = base + seated + 1
    s.seat[base + seated]["person"] = p
    return seated + 1


@inner
def _invite(s, c, base, t):
    """Seat those who follow the invitation in rows of `s.seat` from `base`; return (invited, seated).

    Those who came last time are invited again, and people at even distances along the buildings, from a
    place drawn anew each time. The table has its number of places.
    """
    size = s.par[0]["deliberation_size"]
    people = s.community[c]["observers"]
    fresh = min(s.par[0]["deliberation_invited"], people)
    last = c * size
    invited = 0
    seated = 0
    for i in range(last, last + s.council[c]["seated"]):
        p = s.seat[i]["person"]
        invited += 1
        if seated < size and _comes(s, p, t):
            seated = _seat(s, base, seated, p)
        # Marked as invited, so that nobody is asked twice.
        s.participant[p]["seat"] = max(1, s.participant[p]["seat"])
    if fresh > 0:
        number = s.community[c]["number"]
        place = uniform(s.clock[0]["key"], INVITE, int(t), number, 0, 0)
        for k in range(fresh):
            at = min(people - 1, int((place + k / fresh) * people) % people)
            p = s.community[c]["resident_start"] + at
            if s.participant[p]["seat"] > 0:
                continue
            invited += 1
            if seated < size and _comes(s, p, t):
                seated = _seat(s, base, seated, p)
    for i in range(last, last + s.council[c]["seated"]):
        p = s.seat[i]["person"]
        if s.participant[p]["seat"] <= base:
            s.participant[p]["seat"] = 0
    return invited, seated


@inner
def _charge(s, c, seated, t):
    """Book the council's hours: the cadre's, the facilitator's, and those of everybody at the table."""
    hours = s.par[0]["deliberation_hours"]
    pool = s.community[c]["pool"]
    count = s.pool[pool]["server_count"]
    staff = s.par[0]["deliberation_preparation_hours"] + hours
    if count > 0 and staff > 0.0:
        cadre = s.pool[pool]["server_start"] + s.council[c]["meetings"] % count
        s.server[cadre]["hours_council"] += staff
        s.community[c]["staff_hours_council"] += staff
        add_duty(s, cadre, t, staff)
    own = seated * hours
    if s.par[0]["deliberation_facilitator"]:
        own += s.par[0]["deliberation_facilitator_hours"]
    s.community[c]["volunteer_hours_council"] += own
    s.community[c]["volunteer_hours"] += own


@inner
def _learn(s, base, seated, t):
    """Let those who came learn the rules of deliberation, become keener, and come to know each other."""
    step = s.par[0]["deliberation_learning"]
    for i in range(base, base + seated):
        p = s.seat[i]["person"]
        s.participant[p]["motivation"] = learned(s.participant[p]["motivation"], step)
        s.participant[p]["skill"] = learned(s.participant[p]["skill"], step)
        s.participant[p]["attendances"] += 1
        s.conduct[p]["volunteer_hours"] += s.par[0]["deliberation_hours"]
        s.conduct[p]["contributions"] += 1
        if counted(s, t):
            s.conduct[p]["contributions_counted"] += 1
    chance = s.par[0]["deliberation_tie_probability"]
    if chance <= 0.0:
        return
    for i in range(base, base + seated):
        for j in range(base, i):
            a = s.seat[i]["person"]
            b = s.seat[j]["person"]
            low = min(s.person[a]["key"], s.person[b]["key"])
            high = max(s.person[a]["key"], s.person[b]["key"])
            if uniform(s.clock[0]["key"], COUNCIL_TIE, int(t), low, high, 0) < chance:
                make_tie(s, a, b, t)


@inner
def _note(s, c, row, topic, invited, seated, t):
    """Begin the record of a topic of the council of community `c`."""
    m = s.meeting
    m[row]["at"] = t
    m[row]["community"] = c
    m[row]["number"] = s.council[c]["meetings"] + 1
    m[row]["topic"] = topic
    m[row]["invited"] = invited
    m[row]["attendants"] = seated
    m[row]["fused_error"] = distance(s, FUSED, TRUE)
    m[row]["agenda_error"] = distance(s, AGENDA, TRUE)
    m[row]["owners_share"] = 0.0
    if topic >= 0:
        m[row]["salience"] = s.tally[FUSED, topic]


@inner
def _most_salient(s, rank):
    """Return the topic of the agenda that `rank` others come before."""
    for k in range(s.tally.shape[1]):
        if s.tally[AGENDA, k] <= 0.0:
            continue
        before = 0
        for other in range(s.tally.shape[1]):
            here = s.tally[AGENDA, other]
            if here > s.tally[AGENDA, k] or (here == s.tally[AGENDA, k] and other < k):
                before += 1
        if before == rank:
            return k
    return -1


@on(EV_COUNCIL)
def hold_council(s, c, t):
    """Hold the council of community `c`: agenda, invitation, talk, votes; and file the next."""
    size = s.par[0]["deliberation_size"]
    base = s.community.shape[0] * size
    fuse(s, c, t)
    topics = choose(s, s.par[0]["deliberation_topics"])
    invited, seated = _invite(s, c, base, t)
    rows = max(1, s.par[0]["deliberation_topics"])
    first = (s.council[c]["meetings"] * s.community.shape[0] + c) * rows
    for rank in range(topics):
        topic = _most_salient(s, rank)
        row = first + rank
        _note(s, c, row, topic, invited, seated, t)
        cases = gather(s, c, topic, t)
        opinion, consensus = discuss(s, base, seated, topic, cases)
        s.meeting[row]["cases"] = cases
        s.meeting[row]["opinion"] = opinion
        s.meeting[row]["consensus"] = consensus
        if cases > 0 and vote(s, c, row, topic, cases, opinion, consensus if seated > 0 else 0.0, t):
            carry_out(s, c, row, cases, t)
    if topics == 0:
        _note(s, c, first, -1, invited, seated, t)
    if s.par[0]["deliberation_facilitator"]:
        s.meeting[first]["facilitator_hours"] = s.par[0]["deliberation_facilitator_hours"]
    _charge(s, c, seated, t)
    _learn(s, base, seated, t)
    for i in range(seated):
        p = s.seat[base + i]["person"]
        s.participant[p]["seat"] = 0
        s.seat[c * size + i]["person"] = p
    s.council[c]["seated"] = seated
    s.council[c]["meetings"] += 1
    s.community[c]["councils"] += 1
    push(s, t + 7.0 * s.par[0]["deliberation_every_weeks"], EV_COUNCIL, c, 0)


@after(run_begins, 60)
def file_councils(s):
    """File the first council of each community."""
    weeks = s.par[0]["deliberation_every_weeks"]
    first = 7.0 * weeks + s.par[0]["deliberation_weekday"] + s.par[0]["deliberation_hour"] / 24.0
    for c in range(s.council.shape[0]):
        push(s, first, EV_COUNCIL, c, 0)
