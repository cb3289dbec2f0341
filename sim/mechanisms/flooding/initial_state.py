"""Flood rain on the tape: each rain floods a market that drains badly, again and again, for one cause.

Rains are a Poisson process with a season, the same for the whole county. Each is a need of its own, of the
incident of its market: seen by the market's merchants and their neighbours, and ended for good only by three
organisations of different levels (the county's water group with a plan, the town with the funds, the
community with construction and mediation). What becomes of it is `sim.mechanisms.flooding.flood`.
"""

import datetime
import math

import numpy as np

from sim.demand.needs import DAYS_A_YEAR, WORK, Tape, mean_unit_hours
from sim.engine.declare import draw
from sim.engine.randomness import exponential
from sim.engine.tables.needs import CHRONIC, COMMUNITY_WORKS, LEG, NEED, PUBLIC
from sim.mechanisms.flooding.rows import INCIDENT
from sim.parameters.scenario import CATEGORIES, Scenario
from sim.world.organisations import ORGANISATIONS
from sim.world.population import Place, unit_key

RAIN = draw(60, "RAIN", ("0", "0, rain ordinal", "0"))


#: Need ordinals of floods, above those of anybody's own needs.
FIRST_ORDINAL = 1 << 30
#: Who must act, by level and name, in the order in which they are asked.
PLANNER = (2, "water group")
FUNDER = (1, "housing and construction office")
_CATEGORY = CATEGORIES.index("utilities")


def rain_intensity(scenario: Scenario, days: int) -> np.ndarray:
    """Return the expected number of flood rains up to the start of each day."""
    h = scenario.shocks
    start = datetime.date.fromisoformat(scenario.calendar.start_date).timetuple().tm_yday - 1
    turn = 2.0 * math.pi / DAYS_A_YEAR
    daily = [
        h.rain_per_year
        / DAYS_A_YEAR
        * (1.0 + h.rain_season_amplitude * math.cos(turn * ((start + d) % DAYS_A_YEAR - h.rain_peak_day)))
        for d in range(days)
    ]
    return np.concatenate([[0.0], np.cumsum(daily)])


def rains(scenario: Scenario, key: int, days: int) -> list[float]:
    """Return when it rains: unit exponentials in the time of the integrated rate."""
    cumulative = rain_intensity(scenario, days)
    at: list[float] = []
    level = 0.0
    while cumulative[-1] > 0.0:
        level += float(exponential(key, RAIN, 0, 0, 0, len(at)))
        if level >= cumulative[-1]:
            break
        day = int(np.searchsorted(cumulative, level, side="right")) - 1
        into = (level - cumulative[day]) / (cumulative[day + 1] - cumulative[day])
        at.append(day + float(into))
    return at


def _numbered(level: int, name: str) -> int:
    return [organisation.name for organisation in ORGANISATIONS[level]].index(name)


def _designated(scenario: Scenario, place: Place, c: int) -> list[int]:
    """Return the rows of the units that the market of community `c` needs."""
    keys = place.unit["key"].tolist()
    street = c // scenario.county.communities_per_street
    places = {1: street, 2: 0}
    return [
        keys.index(unit_key(level, places[level], _numbered(level, name)))
        for level, name in (PLANNER, FUNDER)
    ]


def _flood_rows(
    scenario: Scenario, key: int, place: Place, c: int, at: list[float]
) -> tuple[np.ndarray, np.ndarray]:
    """Return the needs of one market and the parts of other organisations in them."""
    h = scenario.shocks
    row = place.community[c]
    market = min(h.flood_merchants, int(row["merchants"]))
    owner = int(row["merchant_start"]) + market // 2
    need = np.zeros(len(at), NEED)
    need["arisen_at"] = at
    need["owner"] = owner
    need["owner_key"] = place.person["key"][owner]
    need["ordinal"] = FIRST_ORDINAL + np.arange(len(at))
    need["community"] = c
    need["severity"] = h.flood_severity
    need["work_hours"] = h.flood_work_hours
    need["category"] = _CATEGORY
    need["organisations"] = 3
    need["level"] = 2
    need["channel"] = -1
    need["flags"] = PUBLIC | COMMUNITY_WORKS | CHRONIC
    need["pair_count"] = market + min(h.flood_neighbours, int(row["observers"]))
    units = _designated(scenario, place, c)
    need["leg_count"] = len(units)
    leg = np.zeros(len(at) * len(units), LEG)
    leg["next"] = -1
    mean = mean_unit_hours(scenario)
    for k in range(len(at)):
        for j, u in enumerate(units):
            part = leg[k * len(units) + j]
            part["unit"] = u
            part["key"] = place.unit["key"][u]
            luck = exponential(
                key, WORK, 0, int(part["key"]), int(need["owner_key"][k]), int(need["ordinal"][k])
            )
            part["work_hours"] = mean * luck
    return need, leg


def with_floods(scenario: Scenario, key: int, place: Place, tape: Tape, days: int) -> tuple[Tape, np.ndarray]:
    """Return the tape with the floods on it, and the incidents: one a market, for `State.incident`."""
    at = rains(scenario, key, days)
    markets = [
        c
        for c in range(min(scenario.shocks.flooded_markets, place.community.shape[0]))
        if place.community["merchants"][c] > 0
    ]
    incident = np.zeros(len(markets) if at else 0, INCIDENT)
    if incident.shape[0] == 0:
        return tape, incident
    rows = [_flood_rows(scenario, key, place, c, at) for c in markets]
    blocks = [tape.need, *(need for need, _ in rows)]
    # Which block and which row in it each need of the new tape comes from.
    need = np.concatenate(blocks)
    order = np.lexsort((need["owner_key"], need["arisen_at"]))
    new_row = np.empty(order.shape[0], np.int64)
    new_row[order] = np.arange(order.shape[0])
    start = tape.need.shape[0]
    need["incident"][:start] = new_row[tape.need["incident"]]
    for i, (c, (own, _)) in enumerate(zip(markets, rows, strict=True)):
        first = new_row[start]
        need["incident"][start : start + own.shape[0]] = first
        start += own.shape[0]
        incident[i]["first"] = first
        incident[i]["community"] = c
        incident[i]["merchant_start"] = place.community["merchant_start"][c]
        incident[i]["merchants"] = min(scenario.shocks.flood_merchants, int(place.community["merchants"][c]))
    for name in ("lead", "present", "followers"):
        incident[name] = -1
    incident["fixed_at"] = math.inf
    leg = np.concatenate([tape.leg, *(parts for _, parts in rows)])
    # Parts and clocks lie in the order of their needs.
    parts = np.concatenate([need["leg_start"][: tape.need.shape[0]], _starts(rows, tape.leg.shape[0])])
    need["leg_start"] = parts
    need = need[order]
    counts = need["leg_count"]
    from_row = (
        np.repeat(need["leg_start"], counts)
        + np.arange(counts.sum())
        - np.repeat(np.cumsum(counts) - counts, counts)
    )
    leg = leg[from_row]
    leg["need"] = np.repeat(np.arange(need.shape[0]), counts)
    need["leg_start"] = np.cumsum(counts) - counts
    need["pair_start"] = np.cumsum(need["pair_count"]) - need["pair_count"]
    return Tape(need, leg, int(need["pair_count"].sum()), tape.categories, tape.channels), incident


def _starts(rows: list[tuple[np.ndarray, np.ndarray]], start: int) -> np.ndarray:
    """Return where the parts of each flood begin once those of the tape and of earlier markets come first."""
    found = []
    for need, _ in rows:
        found.append(start + np.cumsum(need["leg_count"]) - need["leg_count"])
        start += int(need["leg_count"].sum())
    return np.concatenate(found)
