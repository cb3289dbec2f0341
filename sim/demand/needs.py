"""The tape: what goes wrong, when, where, for whom, how much work it takes, and which organisations.

Everything here is fixed before any rule runs and keyed by identity, so the tape is the same under every
scenario that shares its parameters. Whether a need is reported, helped, solved or left is behaviour.
"""

import math
from dataclasses import dataclass

import numpy as np

from sim.demand.bursts import DAYS_A_YEAR, intensity
from sim.demand.surges import FIRST_ORDINAL, surge_intensity
from sim.engine.declare import draw
from sim.engine.distributions import lognormal
from sim.engine.jit import entry, inner
from sim.engine.randomness import exponential, normal_quantile, uniform, uniforms
from sim.engine.tables.needs import COMMUNITY_WORKS, DESK, HELPABLE, LEG, NEED, PUBLIC
from sim.engine.tables.people import INERT, IS_MERCHANT, UNDER_14
from sim.parameters.scenario import CATEGORIES, Scenario
from sim.world.population import Place

NEED_TIME = draw(5, "NEED_TIME", ("person", "0, ordinal", "0"))
NEED_ATTRIBUTE = draw(6, "NEED_ATTRIBUTE", ("attribute", "need", "0"))
NEED_UNIT = draw(7, "NEED_UNIT", ("leg", "need", "0"))
WORK = draw(12, "WORK", ("organisation", "need", "pass"))


# Attributes of a need: first word of the entity in the stream NEED_ATTRIBUTE.
CATEGORY, ORGANISATIONS, LEVEL, PUBLICITY, EXPOSURE, SEVERITY, URGENCY, SIMPLE = range(8)
#: The row of draws, after those of the attributes, that holds the draw of the work.
_WORK_DRAW = 8
#: For how many people or needs the same is drawn at once: few enough to stay in the nearest cache.
_AT_ONCE = 256

#: A public need is seen by at most this many.
EXPOSURE_LIMIT = 1000


@dataclass
class Tape:
    """The needs in the order in which they arise, and the parts of other organisations in them."""

    need: np.ndarray
    leg: np.ndarray
    pairs: int
    categories: tuple[str, ...]
    channels: tuple[str, ...] = ()


@inner
def _time_of(cumulative, level, day):
    """Return when the cumulative intensity reaches `level`, searching from `day` on."""
    last = cumulative.shape[0] - 1
    low = day
    high = last
    while high - low > 1:
        mid = (low + high) // 2
        if cumulative[mid] <= level:
            low = mid
        else:
            high = mid
    return low + (level - cumulative[low]) / (cumulative[low + 1] - cumulative[low])


@inner
def _noticed(propensity, exponent, sigma):
    """Return how often a person meets problems, over the mean: θ^γ/E[θ^γ]; ln θ has spread σ, E[θ] = 1."""
    return math.exp(exponent * math.log(propensity) - 0.5 * sigma * sigma * exponent * (exponent - 1.0))


@entry
def _arrivals(key, person, rate, merchant_rate, noticing, sigma, cumulative, first, at, owner, ordinal):
    """Draw each person's needs, numbered from `first`; return how many. Rates are per day.

    `cumulative` has a row a community, or one for all. Needs beyond the room in `at` are only counted.
    """
    room = at.shape[0]
    last = cumulative.shape[1] - 1
    who = np.zeros(_AT_ONCE, np.int64)
    none = np.zeros(_AT_ONCE, np.int64)
    number = np.full(_AT_ONCE, first, np.int64)
    drawn = np.zeros(_AT_ONCE)
    count = 0
    for begin in range(0, person.shape[0], _AT_ONCE):
        many = min(_AT_ONCE, person.shape[0] - begin)
        for i in range(many):
            who[i] = person[begin + i]["key"]
        uniforms(key, NEED_TIME, none, who, none, number, drawn[:many])
        for i in range(many):
            p = begin + i
            flags = person[p]["flags"]
            if flags & (UNDER_14 | INERT):
                continue
            mine = merchant_rate if flags & IS_MERCHANT else rate
            if noticing > 0.0:
                mine *= _noticed(person[p]["propensity"], noticing, sigma)
            if mine <= 0.0:
                continue
            row = person[p]["community"] if cumulative.shape[0] > 1 else 0
            total = cumulative[row, last]
            level = -math.log(drawn[i]) / mine
            k = first
            day = 0
            while level < total:
                if count < room:
                    t = _time_of(cumulative[row], level, day)
                    day = int(t)
                    at[count] = t
                    owner[count] = p
                    ordinal[count] = k
                count += 1
                k += 1
                level += exponential(key, NEED_TIME, 0, who[i], 0, k) / mine
    return count


@inner
def _pick(shares, u):
    """Return the index of the share in which `u` falls."""
    total = 0.0
    for k in range(shares.shape[0]):
        total += shares[k]
        if u < total:
            return k
    return shares.shape[0] - 1


@inner
def _draw_attributes(key, need, begin, which, about, drawn):
    """Draw all attributes and the work of the needs from `begin` on, as many as `drawn` has columns."""
    many = drawn.shape[1]
    for i in range(many):
        about[0, i] = need[begin + i]["owner_key"]
        about[1, i] = need[begin + i]["ordinal"]
    for attribute in range(_WORK_DRAW):
        which[1, :] = attribute
        uniforms(key, NEED_ATTRIBUTE, which[0], which[1], about[0], about[1], drawn[attribute])
    uniforms(key, WORK, which[0], which[0], about[0], about[1], drawn[_WORK_DRAW])


@entry
def _attributes(key, need, person, x, categories, organisations, levels, work_hours, observers, merchants):
    """Give each need its attributes. `x`: the scalars, in the order in which they are read."""
    public_share, median, sigma, severity_sd = x[0], x[1], x[2], x[3]
    urgent_share, helpable, desk, work_cv, max_help = x[4], x[5], x[6], x[7], x[8]
    which = np.zeros((2, _AT_ONCE), np.int64)
    about = np.zeros((2, _AT_ONCE), np.int64)
    drawn = np.zeros((_WORK_DRAW + 1, _AT_ONCE))
    legs = 0
    pairs = 0
    for n in range(need.shape[0]):
        i = n % _AT_ONCE
        if i == 0:
            rest = min(_AT_ONCE, need.shape[0] - n)
            _draw_attributes(key, need, n, which, about, drawn[:, :rest])
        p = need[n]["owner"]
        community = person[p]["community"]
        category = _pick(categories, drawn[CATEGORY, i])
        k = _pick(organisations, drawn[ORGANISATIONS, i]) + 1
        level = _pick(levels[k - 1], drawn[LEVEL, i])
        flags = 0
        seen = 1
        if drawn[PUBLICITY, i] < public_share:
            flags |= PUBLIC
            many = median * math.exp(sigma * normal_quantile(drawn[EXPOSURE, i]))
            limit = merchants[community] if person[p]["flags"] & IS_MERCHANT else observers[community]
            seen = int(max(1.0, min(min(many, float(EXPOSURE_LIMIT)), float(limit))))
        work = lognormal(work_hours[k - 1], work_cv, normal_quantile(drawn[_WORK_DRAW, i]))
        if k > 1 or level == 0:
            flags |= COMMUNITY_WORKS
        if k == 1 and level == 0:
            u = drawn[SIMPLE, i]
            if u < helpable:
                flags |= HELPABLE
                work = min(work, max_help)
            elif u > 1.0 - desk:
                flags |= DESK
        need[n]["category"] = category
        need[n]["organisations"] = k
        need[n]["level"] = level
        need[n]["flags"] = flags
        need[n]["severity"] = severity_sd * normal_quantile(drawn[SEVERITY, i])
        need[n]["priority"] = 0 if drawn[URGENCY, i] < urgent_share else 1
        need[n]["work_hours"] = work
        need[n]["community"] = community
        need[n]["incident"] = n
        need[n]["channel"] = -1
        need[n]["pair_start"] = pairs
        need[n]["pair_count"] = seen
        need[n]["leg_start"] = legs
        need[n]["leg_count"] = k - 1 if k > 1 else (1 if level > 0 else 0)
        pairs += seen
        legs += need[n]["leg_count"]
    return pairs, legs


@inner
def _authorised(unit, group, category, exclude, wanted):
    """Return the unit that is `wanted`-th among those of `group` with authority and not excluded; or count.

    With `wanted` negative the number of such units is returned. Category -1 asks for no authority.
    """
    count = 0
    for i in range(group.shape[0]):
        u = group[i]
        if u < 0:
            break
        free = True
        for e in range(exclude.shape[0]):
            if exclude[e] == u:
                free = False
        if free and (category < 0 or unit[u]["authority"] & (1 << category)):
            if count == wanted:
                return u
            count += 1
    return count if wanted < 0 else -1


@entry
def _assign_units(key, need, leg, unit, groups, first_named, mean_hours):
    """Choose the organisations of each need, and draw the work of their parts.

    `groups[level, community]` lists the units at hand, -1 at the end. The first part is at the need's level,
    further ones at that level or below; among units with authority over the category each is equally
    likely. `first_named[n]`, where not negative, is the unit a request file names.
    """
    for n in range(need.shape[0]):
        start = need[n]["leg_start"]
        count = need[n]["leg_count"]
        taken = np.full(max(1, count), -1, np.int64)
        b = need[n]["owner_key"]
        c = need[n]["ordinal"]
        for j in range(count):
            chosen = -1
            if j == 0:
                chosen = first_named[n]
            if chosen < 0:
                level = need[n]["level"]
                if j > 0:
                    level = int(uniform(key, NEED_UNIT, 1, j, b, c) * (level + 1))
                group = groups[level, need[n]["community"]]
                category = need[n]["category"]
                able = _authorised(unit, group, category, taken, -1)
                if able == 0:
                    category = -1
                    able = _authorised(unit, group, category, taken, -1)
                if able == 0:
                    # More parts than units at hand: one of them does two.
                    able = _authorised(unit, group, category, taken[:0], -1)
                    wanted = int(uniform(key, NEED_UNIT, 0, j, b, c) * able)
                    chosen = _authorised(unit, group, category, taken[:0], wanted)
                wanted = int(uniform(key, NEED_UNIT, 0, j, b, c) * able)
                if chosen < 0:
                    chosen = _authorised(unit, group, category, taken, wanted)
            taken[j] = chosen
            leg[start + j]["need"] = n
            leg[start + j]["unit"] = chosen
            leg[start + j]["next"] = -1
            repeats = 0
            for e in range(j):
                if taken[e] == chosen:
                    repeats += 1
            luck = unit[chosen]["key"] + (min(repeats, 3) << 30)
            leg[start + j]["key"] = luck
            leg[start + j]["work_hours"] = mean_hours * exponential(key, WORK, 0, luck, b, c)


def unit_groups(scenario: Scenario, place: Place) -> np.ndarray:
    """Return the units at hand for each level and community, -1 filling the rows."""
    communities = place.community.shape[0]
    per_street = scenario.county.communities_per_street
    lists: list[list[list[int]]] = [[[] for _ in range(communities)] for _ in range(3)]
    places = (place.unit["key"] & ((1 << 28) - 1)) >> 10
    for u, (level, number) in enumerate(zip(place.unit["level"].tolist(), places.tolist(), strict=True)):
        if level == 0:
            lists[0][number].append(u)
        elif level == 1:
            for c in range(number * per_street, min(communities, (number + 1) * per_street)):
                lists[1][c].append(u)
        elif place.unit[u]["authority"] != 0:
            for c in range(communities):
                lists[2][c].append(u)
    width = max(len(group) for level in lists for group in level)
    groups = np.full((3, communities, max(1, width)), -1, np.int64)
    for level in range(3):
        for c in range(communities):
            groups[level, c, : len(lists[level][c])] = lists[level][c]
    return groups


def mean_unit_hours(scenario: Scenario) -> float:
    """Return the mean officer hours of a unit's part: `units.work_days` at the reference load."""
    share = max(0.02, 1.0 - scenario.referral.load_reference)
    return scenario.units.work_days * scenario.calendar.shift_hours * share


def _scalars(scenario: Scenario) -> np.ndarray:
    d = scenario.demand
    simple = d.organisations_shares[0] * d.level_given_organisations[0][0]
    return np.array(
        [
            d.public_share,
            d.exposure_median,
            d.exposure_sigma,
            d.severity_sd,
            d.urgent_share,
            min(1.0, d.helpable_share / simple) if simple > 0 else 0.0,
            min(1.0, d.desk_share / simple) if simple > 0 else 0.0,
            d.work_cv,
            scenario.mutual_aid.max_hours,
        ]
    )


def _arisen(given: tuple, expected: float) -> tuple[np.ndarray, ...]:
    """Return when, to whom and as which of theirs needs arise, for about as many as are expected."""
    room = int(expected + 6.0 * math.sqrt(expected)) + 100 if expected > 0.0 else 0
    while True:
        block = np.empty(room), np.empty(room, np.int64), np.empty(room, np.int64)
        found = _arrivals(*given, *block) if expected > 0.0 else 0
        if found <= room:
            return tuple(part[:found] for part in block)
        room = found


def synthetic_tape(scenario: Scenario, key: int, place: Place, days: int) -> Tape:
    """Return the tape of a scenario for a run of `days` days."""
    d = scenario.demand
    usual = intensity(scenario, key, days)
    # Children's needs are their household's: the adults carry them.
    rate = d.rate / DAYS_A_YEAR / max(1e-9, 1.0 - scenario.community.share_under14)
    rates = rate, d.merchant_rate / DAYS_A_YEAR
    sigma = scenario.reporting.propensity_sigma
    expected = float(place.community["residents"].sum()) * rates[0]
    expected += float(place.community["merchants"].sum()) * rates[1]
    surges = np.stack([surge_intensity(scenario, np.diff(row)) for row in usual])
    blocks = []
    for cumulative, first in ((usual, 0), (surges, FIRST_ORDINAL)):
        given = (key, place.person, *rates, d.noticing, sigma, cumulative, first)
        blocks.append(_arisen(given, expected * float(cumulative[:, -1].max())))
    at, owner, ordinal = (np.concatenate(parts) for parts in zip(*blocks, strict=True))
    count = at.shape[0]
    keys = place.person["key"][owner]
    order = np.lexsort((keys, at))
    need = np.zeros(count, NEED)
    need["arisen_at"] = at[order]
    need["owner"] = owner[order]
    need["owner_key"] = keys[order]
    need["ordinal"] = ordinal[order]
    shares = np.array([d.category_shares.get(name, 0.0) for name in CATEGORIES])
    pairs, legs = _attributes(
        key,
        need,
        place.person,
        _scalars(scenario),
        shares / shares.sum(),
        np.array(d.organisations_shares),
        np.array(d.level_given_organisations),
        np.array(d.work_hours, dtype=np.float64),
        place.community["observers"].astype(np.int64),
        place.community["merchants"].astype(np.int64),
    )
    leg = np.zeros(legs, LEG)
    named = np.full(count, -1, np.int64)
    _assign_units(key, need, leg, place.unit, unit_groups(scenario, place), named, mean_unit_hours(scenario))
    return Tape(need, leg, pairs, CATEGORIES)
