"""The world: communities and their people, ties, staff and organisations, made from parameters.

People of a community are numbered along a path through its buildings: households, buildings and grids are
stretches of that path, and the nearest people are those numbered next. All luck is keyed by identity
(community number and local index), so a community is the same in any company, and one more person changes
nobody else.

A world is built in two steps. `build_place` makes what no reform and no staffing touches, so that twins can
share it: people, ties, which units there are. `settle` adds who is on the platform, officers and staff.
"""

import math
from dataclasses import dataclass, replace

import numpy as np

from sim.engine.declare import draw
from sim.engine.jit import entry
from sim.engine.randomness import MERCHANT_BASE, PERSON_BITS, normal, normal_quantile, uniforms
from sim.engine.tables.communities import COMMUNITY
from sim.engine.tables.people import (
    ACCOUNT,
    ACTIVE,
    CONDUCT,
    ELIGIBLE,
    HAS_PHONE,
    INERT,
    IS_MERCHANT,
    MIGRANT,
    OVER_60,
    PERSON,
    REGISTERED,
    UNDER_14,
)
from sim.engine.tables.run import aligned
from sim.engine.tables.staff import UNIT
from sim.parameters.scenario import Scenario
from sim.request_file.requests import RequestStream, parts_of_units
from sim.world.community_sizes import apportion, community_sizes
from sim.world.organisations import ORGANISATIONS, authority, share_of_work
from sim.world.ties import count_registered_ties, ties

WORLD_PERSON = draw(1, "WORLD_PERSON", ("person", "0, 0", "attribute"))
WORLD_UNIT = draw(3, "WORLD_UNIT", ("unit", "0, 0", "attribute"))
WORLD_GRID = draw(71, "WORLD_GRID", ("community", "grid, 0", "0"))


# Attributes of a person: occasions of the stream WORLD_PERSON.
_ATTRIBUTES = 9
_AGE, _MIGRANT, _PROPENSITY, _PHONE, _NET, _ABLE, _TRUST, _REGISTERED, _ACTIVE = range(_ATTRIBUTES)
#: For how many people the same is drawn at once: few enough to stay in the nearest cache.
_AT_ONCE = 256


@dataclass
class World:
    """What exists at time 0. Arrays as in `sim.engine.tables`; names for the codes in them."""

    conduct: np.ndarray
    person: np.ndarray
    account: np.ndarray
    tie_start: np.ndarray
    tie_to: np.ndarray
    community: np.ndarray
    unit: np.ndarray
    officers: np.ndarray
    staff: np.ndarray
    community_names: tuple[str, ...]
    unit_names: tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """What of the world is there whatever is reformed: nobody is on the platform, units have no officers."""

    conduct: np.ndarray
    person: np.ndarray
    account: np.ndarray
    tie_start: np.ndarray
    tie_to: np.ndarray
    community: np.ndarray
    unit: np.ndarray
    sizes: np.ndarray
    community_names: tuple[str, ...]
    unit_rows: "tuple[UnitRow, ...]"

    def copied(self) -> "Place":
        """Return the same with arrays of its own, as far as runs write to them; ties stay as they are."""
        names = ("conduct", "account", "community", "unit")
        own = {name: getattr(self, name).copy() for name in names}
        person = aligned(self.person.shape[0], PERSON)
        person[:] = self.person
        return replace(self, person=person, **own)


@entry
def _fill_people(key, person, conduct, account, start, residents, observers, merchants, number, x):
    """Fill one community's people; `x` holds the parameters, in the order of `_person_parameters`."""
    over_60, under_14, migrant, sigma = x[0], x[1], x[2], x[3]
    phone, phone_60, net, net_60, able, able_60 = x[4], x[5], x[6], x[7], x[8], x[9]
    trust_mean, trust_sd, expectation = x[10], x[11], x[12]
    household, grids = x[13], int(x[14])
    alone, together = math.sqrt(1.0 - x[15]), math.sqrt(x[15])
    common, last = 0.0, -1
    who = np.zeros(_AT_ONCE, np.int64)
    which = np.zeros(_AT_ONCE, np.int64)
    none = np.zeros(_AT_ONCE, np.int64)
    drawn = np.zeros((_REGISTERED, _AT_ONCE))
    for i in range(residents + merchants):
        n = i % _AT_ONCE
        if n == 0:
            many = min(_AT_ONCE, residents + merchants - i)
            for j in range(i, i + many):
                local = MERCHANT_BASE + j - residents if j >= residents else j
                who[j - i] = (number << PERSON_BITS) + local
            for attribute in range(_REGISTERED):
                which[:] = attribute
                uniforms(key, WORLD_PERSON, which, who, none, none, drawn[attribute, :many])
        p = start + i
        merchant = i >= residents
        flags = 0
        age = drawn[_AGE, n]
        if merchant:
            flags |= IS_MERCHANT
            place = (i - residents) * observers // max(1, merchants)
        else:
            place = i
            if age < over_60:
                flags |= OVER_60
            elif age > 1.0 - under_14:
                flags |= UNDER_14
            if i >= observers:
                flags |= INERT
        if drawn[_MIGRANT, n] < migrant:
            flags |= MIGRANT
        old = flags & OVER_60 != 0
        if drawn[_PHONE, n] < (phone_60 if old else phone):
            flags |= HAS_PHONE
        person[p]["flags"] = flags
        person[p]["key"] = who[n]
        grid = min(grids - 1, place * grids // max(1, observers))
        z = normal_quantile(drawn[_PROPENSITY, n])
        if together > 0.0 and not merchant:
            if grid != last:
                # Grids are stretches of the path: each is entered once.
                common = normal(key, WORLD_GRID, 0, number, grid, 0)
                last = grid
            z = alone * z + together * common
        person[p]["propensity"] = math.exp(sigma * z - 0.5 * sigma * sigma)
        conduct[p]["grid"] = grid
        conduct[p]["household"] = int(place / household)
        person[p]["pair_head"] = -1
        person[p]["tie_head"] = -1
        trust = trust_mean + trust_sd * normal_quantile(drawn[_TRUST, n])
        person[p]["trust"] = min(1.0, max(0.0, trust))
        conduct[p]["expectation"] = expectation
        conduct[p]["week"] = -1
        can = drawn[_NET, n] < (net_60 if old else net)
        can = can and drawn[_ABLE, n] < (able_60 if old else able)
        if can and flags & (UNDER_14 | INERT) == 0:
            account[p]["flags"] = ELIGIBLE


@entry
def _register(key, person, account, registered, active):
    """Enter who of those eligible is on the platform from the start, and uses it."""
    who = np.zeros(_AT_ONCE, np.int64)
    which = np.zeros(_AT_ONCE, np.int64)
    none = np.zeros(_AT_ONCE, np.int64)
    drawn = np.zeros((2, _AT_ONCE))
    for begin in range(0, person.shape[0], _AT_ONCE):
        many = min(_AT_ONCE, person.shape[0] - begin)
        for i in range(many):
            who[i] = person[begin + i]["key"]
        which[:] = _REGISTERED
        uniforms(key, WORLD_PERSON, which, who, none, none, drawn[0, :many])
        which[:] = _ACTIVE
        uniforms(key, WORLD_PERSON, which, who, none, none, drawn[1, :many])
        for i in range(many):
            if account[begin + i]["flags"] & ELIGIBLE and drawn[0, i] < registered:
                account[begin + i]["flags"] |= REGISTERED
                if drawn[1, i] < active:
                    account[begin + i]["flags"] |= ACTIVE


def _person_parameters(scenario: Scenario, grids: int) -> np.ndarray:
    c, a, r, t = scenario.community, scenario.adoption, scenario.reporting, scenario.trust
    return np.array(
        [
            c.share_60plus,
            c.share_under14,
            c.migrant_share,
            r.propensity_sigma,
            r.phone_share,
            r.phone_share_60plus,
            a.net_use,
            a.net_use_60plus,
            a.able,
            a.able_60plus,
            t.initial_mean,
            t.initial_sd,
            t.expectation_initial,
            c.household_size,
            grids,
            r.sorting_share,
        ],
        dtype=np.float64,
    )


def eligible_share(scenario: Scenario) -> float:
    """Return the share of residents who use the network and can use an app by themselves."""
    c, a = scenario.community, scenario.adoption
    young = max(0.0, 1.0 - c.share_60plus - c.share_under14)
    return c.share_60plus * a.net_use_60plus * a.able_60plus + young * a.net_use * a.able


def _people(scenario: Scenario, key: int, sizes: np.ndarray, community: np.ndarray) -> tuple[np.ndarray, ...]:
    inert = 1 if scenario.city.folder is not None else scenario.community.extra_inert_residents
    merchants = scenario.community.merchants
    total = int(sizes.sum() + sizes.shape[0] * (inert + merchants))
    person = aligned(total, PERSON)
    conduct = np.zeros(total, CONDUCT)
    account = aligned(total, ACCOUNT)
    start = 0
    for c, size in enumerate(sizes.tolist()):
        row = community[c]
        grids = max(1, round(size / scenario.community.grid_residents))
        row["number"] = c
        row["resident_start"] = start
        row["residents"] = size + inert
        row["observers"] = size
        row["merchant_start"] = start + size + inert
        row["merchants"] = merchants
        row["grids"] = grids
        x = _person_parameters(scenario, grids)
        _fill_people(key, person, conduct, account, start, size + inert, size, merchants, c, x)
        people = size + inert + merchants
        person[start : start + people]["community"] = c
        row["trust_sum"] = math.fsum(person["trust"][start : start + size].tolist())
        start += people
    return person, conduct, account


def _join_platform(scenario: Scenario, key: int, place: Place) -> None:
    """Enter who is registered at time 0, with the counts of communities and of ties."""
    if scenario.platform.enabled:
        registered = min(1.0, scenario.adoption.initial_registered / max(1e-12, eligible_share(scenario)))
        _register(key, place.person, place.account, registered, scenario.adoption.initial_active)
    for row in place.community:
        first = row["resident_start"]
        flags = place.account["flags"][first : first + row["residents"] + row["merchants"]]
        row["registered"] = np.count_nonzero(flags & REGISTERED)
    count_registered_ties(place.tie_start, place.tie_to, place.account)


#: Unit keys: level + 1, then the place's number, then the unit's.
_LEVEL_BITS, _PLACE_BITS = 28, 10


def unit_key(level: int, place: int, number: int) -> int:
    """Return the identity of a unit."""
    return ((level + 1) << _LEVEL_BITS) + (place << _PLACE_BITS) + number


#: Of a unit: (level, place, index, name, kind, authority, weight, residents).
UnitRow = tuple[int, int, int, str, int, int, float, int]


def _unit_rows(scenario: Scenario, sizes: np.ndarray, stream: RequestStream | None) -> list[UnitRow]:
    """Return what is fixed of every unit."""
    per_street = scenario.county.communities_per_street
    n = sizes.shape[0]
    rows: list[UnitRow] = []
    places = (
        [(c, int(sizes[c])) for c in range(n)],
        [(s, int(sizes[s * per_street : (s + 1) * per_street].sum())) for s in range(-(-n // per_street))],
        [(0, int(sizes.sum()))],
    )
    for level, organisations in enumerate(ORGANISATIONS):
        weights = share_of_work(level, scenario.demand.category_shares)
        if stream is not None:
            # The file's categories are not ours, so each of our units is as likely as the next to be needed.
            weights = [1.0] * len(organisations)
        for place, residents in places[level]:
            for index, organisation in enumerate(organisations):
                rows.append(
                    (
                        level,
                        place,
                        index,
                        organisation.name,
                        organisation.kind,
                        authority(organisation),
                        weights[index],
                        residents,
                    )
                )
    if stream is not None:
        # The file's own teams serve the whole city.
        own, named = parts_of_units(stream, len(ORGANISATIONS[2]))
        base = len(ORGANISATIONS[2])
        rows[-base:] = [(*row[:6], own, row[7]) for row in rows[-base:]]
        for index, name in enumerate(stream.units):
            rows.append((2, 0, base + index, name, 0, 0, float(named[index]), int(sizes.sum())))
    return rows


def _units(rows: list[UnitRow]) -> np.ndarray:
    """Return the units without officers."""
    unit = np.zeros(len(rows), UNIT)
    for row, (level, place, index, _name, kind, mask, _weight, _residents) in zip(unit, rows, strict=True):
        row["key"] = unit_key(level, place, index)
        row["level"] = level
        row["kind"] = kind
        row["authority"] = mask
        row["community"] = place if level == 0 else -1
        row["session_week"] = -1
    return unit


def _staff_units(scenario: Scenario, key: int, unit: np.ndarray, rows: tuple[UnitRow, ...]) -> np.ndarray:
    """Enter the load and the hours for sessions of each unit; return its officers."""
    officers = np.zeros(len(rows), np.int64)
    by_place: dict[tuple[int, int], list[int]] = {}
    for u, row in enumerate(unit):
        spread = scenario.units.background_load_sd * normal(key, WORLD_UNIT, 0, int(row["key"]), 0, 0)
        row["background_load"] = min(0.98, max(0.0, scenario.units.background_load + spread))
        by_place.setdefault(rows[u][:2], []).append(u)
    for (level, _place), members in by_place.items():
        residents = rows[members[0]][7]
        total = round(scenario.units.officers_per_10k[level] * residents / 1e4)
        if total > 0:
            weights = np.array([rows[u][6] for u in members])
            officers[members] = np.maximum(1, apportion(total, weights))
    unit["session_budget"] = scenario.units.session_hours_per_week * officers
    return officers


def build_place(scenario: Scenario, key: int, stream: RequestStream | None = None) -> Place:
    """Return people, ties and units of a scenario.

    Parameters
    ----------
    scenario
        Its parameters of place and people are used.
    key
        Of `sim.engine.randomness.run_key`; the same for all replications if the world is fixed.
    stream
        A request file, whose places become communities and whose teams become units.
    """
    sizes, names = community_sizes(scenario, stream, key)
    community = np.zeros(sizes.shape[0], COMMUNITY)
    person, conduct, account = _people(scenario, key, sizes, community)
    tie_start, tie_to = ties(scenario, key, person, community)
    rows = _unit_rows(scenario, sizes, stream)
    unit = _units(rows)
    return Place(conduct, person, account, tie_start, tie_to, community, unit, sizes, names, tuple(rows))


def settle(scenario: Scenario, key: int, place: Place) -> World:
    """Return the world of a scenario in a place, whose arrays become the world's own."""
    _join_platform(scenario, key, place)
    officers = _staff_units(scenario, key, place.unit, place.unit_rows)
    own = scenario.staff.grid_workers or 0
    staff = [round(scenario.staff.per_10k * size / 1e4) + own for size in place.sizes.tolist()]
    return World(
        place.conduct,
        place.person,
        place.account,
        place.tie_start,
        place.tie_to,
        place.community,
        place.unit,
        officers,
        np.array(staff, np.int64),
        place.community_names,
        tuple(row[3] for row in place.unit_rows),
    )
