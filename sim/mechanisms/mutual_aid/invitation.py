"""Who is asked for help: ties first, then the nearest shop and the nearest active users."""

from sim.engine.jit import inner
from sim.engine.tables.people import ACTIVE, INERT, UNDER_14
from sim.mechanisms.mutual_aid.helping import place_on_path
from sim.mechanisms.mutual_aid.ties import are_tied
from sim.rules.merchant import neighbouring_shop

#: How far the search for active neighbours goes, in people to either side.
_REACH = 400
#: How people can be asked: on the platform, those active there; in person, those who are tied.
ONLINE, IN_PERSON = 1, 2


@inner
def can_be_asked(s, p, owner, by_tie):
    """Whether `p` can be asked by `owner`; a tie in person, anybody else if active on the platform."""
    if p == owner or s.person[p]["flags"] & (UNDER_14 | INERT):
        return False
    return by_tie or s.account[p]["flags"] & ACTIVE != 0


@inner
def _enter(asked, count, p):
    """Add `p` to the list unless it is there; return the new length."""
    for i in range(count):
        if asked[i] == p:
            return count
    asked[count] = p
    return count + 1


@inner
def invite(s, owner, how, asked):
    """Fill `asked` with the people to ask on behalf of `owner`; return how many."""
    c = s.person[owner]["community"]
    room = asked.shape[0]
    in_person = how & IN_PERSON != 0
    count = 0
    for k in range(s.tie_start[owner], s.tie_start[owner + 1]):
        if count < room and can_be_asked(s, s.tie_to[k], owner, in_person):
            count = _enter(asked, count, s.tie_to[k])
    k = s.person[owner]["tie_head"]
    while k >= 0:
        other = s.new_tie[k]["to"]
        if other >= 0 and count < room and can_be_asked(s, other, owner, in_person):
            count = _enter(asked, count, other)
        k = s.new_tie[k]["next"]
    if not how & ONLINE:
        return count
    low = s.community[c]["resident_start"]
    residents = s.community[c]["observers"]
    merchants = s.community[c]["merchants"]
    position = place_on_path(s, owner)
    shop = neighbouring_shop(position, residents, merchants)
    if shop >= 0 and count < room and can_be_asked(s, s.community[c]["merchant_start"] + shop, owner, False):
        count = _enter(asked, count, s.community[c]["merchant_start"] + shop)
    for step in range(1, _REACH + 1):
        if count >= room:
            break
        for side in (-1, 1):
            at = position + side * step
            if 0 <= at < residents and count < room and can_be_asked(s, low + at, owner, False):
                count = _enter(asked, count, low + at)
    return count


@inner
def hears_broadcast(s, p, owner, how):
    """Whether `p` hears of a request put to the whole community."""
    return can_be_asked(s, p, owner, how & IN_PERSON != 0 and are_tied(s, owner, p))
