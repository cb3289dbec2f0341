"""From a scenario to the state at time 0: world, tape, and the empty books."""

import datetime
import math
from dataclasses import dataclass

import numpy as np

from sim.demand.needs import Tape
from sim.engine.calendar import monday_on_or_before, working_table
from sim.engine.daily_series import day_type, places, words
from sim.engine.event_queue import BLOCK, MARGIN
from sim.engine.randomness import run_key
from sim.engine.tables.needs import PAIR
from sim.engine.tables.run import CLASSES, CLOCK, EVENT, MODE_ADOPTION, MOMENT, State
from sim.engine.tables.staff import LINE, NO_JOB, POOL, SERVER
from sim.mechanisms.case.initial_state import books, closings, standards
from sim.mechanisms.city_teams.initial_state import calibrated_city
from sim.mechanisms.crews.initial_state import crew_arrays
from sim.mechanisms.deliberation.initial_state import council_arrays, ties_at_once
from sim.mechanisms.mutual_aid.initial_state import (
    hold_back_platforms,
    households,
    margin,
    people_in_hardship,
    purses,
    recurring_needs,
    refuse_unverified,
    transfers,
)
from sim.mechanisms.mutual_aid.rows import NEW_TIE
from sim.mechanisms.patrol.discovery_clocks import FIND
from sim.mechanisms.plural_supply.initial_state import menu, suppliers
from sim.mechanisms.staff.embedded_cadres import allocation, displace, set_days, standing_authority, working
from sim.mechanisms.staff.queues_and_hours import teams_of_queues
from sim.parameters.scenario import Scenario
from sim.request_file.requests import RequestStream
from sim.rules.cadre import team_speed
from sim.scenario.compiled_parameters import numbers, paperwork
from sim.world.attendance import attendance
from sim.world.holidays import check_years, dates_of, exceptions, working_days_a_year
from sim.world.population import World
from sim.world.rosters import lay_out
from sim.world_and_tape import world_and_tape

#: Working days of a year of which `staff.hours_year` are the hours present.
WEEKS_A_YEAR = 365.0 / 7.0


@dataclass
class Built:
    """The state at time 0 and what its codes mean."""

    state: State
    world: World
    tape: Tape
    stream: RequestStream | None


def presence(scenario: Scenario) -> float:
    """Return the share of shift hours in which a cadre is there: nominal hours over those of the calendar."""
    if scenario.calendar.round_the_clock:
        return 1.0
    calendar_hours = WEEKS_A_YEAR * scenario.calendar.working_days_per_week * scenario.calendar.shift_hours
    if scenario.calendar.holidays != "none":
        start = monday_on_or_before(datetime.date.fromisoformat(scenario.calendar.start_date))
        days_a_year = working_days_a_year(
            start, run_days(scenario), scenario.calendar.working_days_per_week, dates_of(scenario.calendar)
        )
        calendar_hours = days_a_year * scenario.calendar.shift_hours
    return min(1.0, scenario.staff.hours_year / calendar_hours)


def presence_at_work(scenario: Scenario) -> float:
    """Return the share of shift hours in which a cadre is there on a day that is not lost to absence.

    More days lost than the hours of a year leave room for: whole shifts on all others, and fewer hours.
    """
    share, absence = presence(scenario), scenario.roster.absence
    return share if absence <= 0.0 else min(1.0, share / (1.0 - absence))


def calendar_table(scenario: Scenario, days: int) -> np.ndarray:
    """Return the cumulative working hours at the start of each day, holidays taken out."""
    c = scenario.calendar
    found = None
    if c.holidays != "none" and not c.round_the_clock:
        start = monday_on_or_before(datetime.date.fromisoformat(c.start_date))
        own = dates_of(c)
        if not own:
            check_years(start, days)
        found = exceptions(start, days + 366, c.working_days_per_week, own)
    return working_table(days, c.working_days_per_week, c.shift_hours, found)


def cadre_speed(scenario: Scenario) -> float:
    """Return the hours of case work a cadre does in an hour of the shift."""
    if scenario.verification.mode == "queue":
        return 1.0
    return float(team_speed(presence_at_work(scenario), paperwork(scenario), scenario.staff.case_share))


class _Teams:
    """Collects pools, servers and queues while they are laid out."""

    def __init__(self) -> None:
        self.pools: list[tuple[float, int, int, int, int, int, int, int, int]] = []
        self.server_pool: list[int] = []
        self.server_queue: list[int] = []
        self.queues = 0

    def new_queue(self) -> int:
        self.queues += 1
        return self.queues - 1

    def add(
        self,
        speed: float,
        community: int,
        unit: int,
        size: int,
        owners: int = 0,
        home: int = -1,
        skills: bool = False,
    ) -> int:
        """Add a team; the first `owners` of its servers have a queue of their own. Returns its pool."""
        pool = len(self.pools)
        queue = self.new_queue()
        special = self.new_queue() if skills else -1
        self.pools.append((speed, community, unit, queue, len(self.server_pool), size, home, special, owners))
        for k in range(size):
            self.server_pool.append(pool)
            self.server_queue.append(self.new_queue() if k < owners else -1)
        return pool

    def arrays(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        server = np.zeros(len(self.server_pool), SERVER)
        pool = np.zeros(len(self.pools), POOL)
        line = np.zeros(self.queues * CLASSES, LINE)
        line["head"] = -1
        line["tail"] = -1
        server["pool"] = self.server_pool
        server["queue"] = self.server_queue
        server["job"] = NO_JOB
        server["number"] = np.arange(server.shape[0])
        server["last_end"] = math.nan
        server["last_grid"] = -1
        server["overtime_week"] = -1
        for p, (speed, community, unit, queue, start, size, home, special, owners) in enumerate(self.pools):
            idle = start if size else -1
            pool[p] = (speed, community, unit, queue, start, size, idle, size, 0, home, special, owners)
            members = np.arange(start, start + size)
            server["idle_next"][members] = np.where(members + 1 < start + size, members + 1, -1)
            server["idle_previous"][members] = np.where(members > start, members - 1, -1)
        return server, pool, line


def _teams(scenario: Scenario, world: World) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    teams = _Teams()
    v = scenario.verification
    skills = scenario.staff.skill_needs > 0.0
    world.community["duty"] = -1
    if v.mode == "queue":
        world.community["pool"][0] = teams.add(1.0, 0, -1, v.servers, skills=skills)
        if v.second_stage is not None:
            teams.add(1.0, 0, -1, v.second_stage.servers)
        return teams.arrays()
    speed = cadre_speed(scenario)
    embedded = allocation(scenario, world.community)
    world.community["authority"] = standing_authority(scenario, embedded)
    posted = working(scenario, embedded)
    for c in range(world.community.shape[0]):
        size = int(world.staff[c])
        workers = size if scenario.staff.grid_workers is None else scenario.staff.grid_workers
        owners = min(workers, int(world.community["grids"][c]))
        world.community["owners"][c] = owners
        everybody = size + int(posted[c])
        world.community["pool"][c] = teams.add(speed, c, -1, everybody, owners, skills=skills)
    if scenario.embedded.displaced and posted.any():
        displace(scenario, speed, int(posted.sum()), world.unit, world.officers)
    for c in range(world.community.shape[0]):
        posts = min(int(world.staff[c]), scenario.roster.on_call)
        if posts:
            home = int(world.community["pool"][c])
            world.community["duty"][c] = teams.add(speed, c, -1, posts, home=home)
    for u in range(world.unit.shape[0]):
        share = 1.0 - float(world.unit["background_load"][u])
        pool = teams.add(share, int(world.unit["community"][u]), u, int(world.officers[u]))
        world.unit["pool"][u] = pool
    server, pools, line = teams.arrays()
    for c in range(world.community.shape[0]):
        start = int(pools["server_start"][world.community["pool"][c]])
        server["patrol_hours"][start : start + world.community["owners"][c]] = scenario.patrol.hours_per_week
        set_days(scenario, server, start + int(world.staff[c]), int(posted[c]))
    return server, pools, line


def _attendance(scenario: Scenario, key: int, worked: np.ndarray, world: World) -> np.ndarray:
    """Return the tables of hours of the cadres, who are the first of the servers."""
    numbers_of = world.community["number"]
    if scenario.verification.mode == "none":
        size = world.staff
    else:
        size = np.zeros(numbers_of.shape[0], np.int64)
    local = [np.arange(int(n)) for n in size]
    r = scenario.roster
    table = attendance(
        key,
        worked,
        np.repeat(numbers_of, size).astype(np.int64),
        np.concatenate([np.zeros(0, np.int64), *local]).astype(np.int64),
        r.absence,
        r.absence_week,
        r.absence_common,
    )
    if not table.shape[0]:
        return table
    # Embedded cadres stand after the staff of their community; they have days of their own, and no absence.
    posted = working(scenario, allocation(scenario, world.community))
    after = np.repeat(np.cumsum(size), posted)
    return np.insert(table, after, worked, axis=0)


def _shifts(scenario: Scenario, world: World, server: np.ndarray, pool: np.ndarray, days: int) -> np.ndarray:
    """Return the shifts of a roster's file; embedded cadres have own days, units follow the calendar."""
    if scenario.verification.mode == "queue":
        size = np.array([scenario.verification.servers])
    else:
        size = world.staff
    first = pool["server_start"][world.community["pool"]]
    teams = [(c, int(first[c]), int(size[c])) for c in range(len(size))] if scenario.roster.shifts else []
    return lay_out(scenario.roster.shifts, teams, server, days, scenario.calendar.round_the_clock)


def event_arrays(events: int, a_day: int) -> dict[str, np.ndarray]:
    """Return the stores of events: room for `events` to come, and for `a_day` on one day.

    What is not used is never touched, and costs neither memory nor time; nothing is read unwritten.
    """
    return {
        "event": np.empty(-(-events // BLOCK) * BLOCK, EVENT),
        "today": np.empty(a_day, EVENT),
        "spare": np.empty(a_day, EVENT),
        "heap": np.empty(a_day, EVENT),
    }


def run_days(scenario: Scenario) -> int:
    """Return the length of a run in days, warm-up and follow-up included."""
    return scenario.warmup_days + scenario.horizon_days + scenario.followup_days


def mobilised(scenario: Scenario, days: int) -> np.ndarray:
    """Return the share of each day's staff hours that campaigns take; nothing where there are none."""
    if not scenario.shocks.mobilisation or scenario.verification.mode != "none":
        return np.zeros(0)
    share = np.zeros(days)
    for campaign in scenario.shocks.mobilisation:
        share[campaign.start_day : campaign.start_day + campaign.days] += campaign.share
    return np.minimum(1.0, share)


def build(scenario: Scenario, seed: int, replication: int) -> Built:
    """Return the state at time 0."""
    days = run_days(scenario)
    world, tape, incident, stream = world_and_tape(scenario, seed, replication, days)
    par = numbers(scenario)
    server, pool, line = _teams(scenario, world)
    shift = _shifts(scenario, world, server, pool, days)
    world.community["session_head"] = -1
    world.community["session_tail"] = -1
    clock = np.zeros(1, CLOCK)
    clock["key"] = run_key(seed, replication)
    clock["days"] = days
    case, track = books(tape)
    people = world.person.shape[0] if par["platform_enabled"][0] else 0
    clock["free"] = -1
    finding = par["patrol_hours_per_week"][0] > 0.0 or par["patrol_courier_rate_per_day"][0] > 0.0
    events = 2 * MARGIN + 2 * people + tape.need.shape[0] + 2 * BLOCK * days
    ordinary = scenario.verification.mode == "none"
    world_key = run_key(seed, 0) if scenario.world.fixed else run_key(seed, replication)
    if ordinary:
        refuse_unverified(scenario, world_key, world)
        hold_back_platforms(scenario, world_key, world)
    room = max(margin(world), ties_at_once(scenario)) if ordinary else 1
    clock["exchange_margin"] = room
    campaigns = [(c.start_day, c.start_day + c.days) for c in scenario.adoption.campaigns if c.days > 0]
    if par["verification_mode"][0] == MODE_ADOPTION:
        campaigns = []
    worked = calendar_table(scenario, days)
    daily = np.zeros((days, world.community.shape[0]), day_type())
    state = State(
        par=par,
        clock=clock,
        worked=worked,
        attendance=_attendance(scenario, int(clock["key"][0]), worked, world),
        conduct=world.conduct,
        person=world.person,
        account=world.account,
        tie_start=world.tie_start,
        tie_to=world.tie_to,
        new_tie=np.empty(2 * room, NEW_TIE),
        need=tape.need,
        leg=tape.leg,
        pair=np.zeros(tape.pairs, PAIR),
        case=case,
        track=track,
        standard=standards(scenario, tape),
        server=server,
        shift=shift,
        pool=pool,
        line=line,
        queue_team=teams_of_queues(server, line.shape[0] // CLASSES),
        team_waiting=np.zeros(pool.shape[0], np.int64),
        unit=world.unit,
        community=world.community,
        community_words=words(world.community),
        daily=daily,
        daily_words=words(daily),
        daily_places=places(),
        moment=np.zeros(CLASSES, MOMENT),
        day_last=np.full(days + 1, -1, np.int64),
        **event_arrays(events, 2 * MARGIN + people // 8),
        scratch=np.zeros(max(1, scenario.mutual_aid.invited, scenario.donation.asked_people), np.int64),
        find=np.zeros(tape.need.shape[0] if finding else 0, FIND),
        own_need=np.full(world.person.shape[0] if finding else 0, -1, np.int64),
        **closings(scenario, tape.need.shape[0], pool.shape[0]),
        campaign=np.array(campaigns, dtype=np.float64).reshape(-1, 2),
        supplier=suppliers(scenario, world.community, stream is not None),
        purse=purses(scenario, world_key, world.person),
        recurring=recurring_needs(scenario, world_key, world.person),
        appeal=people_in_hardship(scenario, world_key, world.person),
        household=households(scenario, world_key, world),
        transfer=transfers(scenario, room),
        incident=incident,
        mobilised=mobilised(scenario, days),
        wanted=menu(scenario, world.community, stream is not None),
        **council_arrays(scenario, world_key, world, tape, days),
        **crew_arrays(scenario, world_key, world, room),
        **calibrated_city(scenario, tape, stream, days, seed, replication),
    )
    return Built(state, world, tape, stream)
