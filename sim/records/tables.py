"""What a run leaves behind: the case ledger, the daily series, the people, the units, the cadres.

Columns are made from the state's arrays without a Python object per case; times are in days since time 0,
NaN where a thing did not happen.
"""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from sim.as_html import shown
from sim.engine.randomness import PERSON_BITS
from sim.engine.tables.cases import (
    SILENT,
    STATUSES,
)
from sim.engine.tables.communities import COMMUNITY
from sim.engine.tables.people import (
    ACTIVE,
    ELIGIBLE,
    INERT,
    IS_MERCHANT,
    MIGRANT,
    OVER_60,
    REGISTERED,
    UNDER_14,
)
from sim.engine.tables.staff import CADRE_KINDS, COMMUNITY_WORKER, EMBEDDED, GRID_WORKER, UNIT_KINDS
from sim.initial_state import Built, cadre_speed
from sim.mechanisms.deliberation.initial_state import meetings_table
from sim.mechanisms.mutual_aid import tables
from sim.mechanisms.staff.embedded_cadres import days_present
from sim.parameters.scenario import Scenario
from sim.records.case_columns import CaseColumns
from sim.records.naming import named, stamp
from sim.world.rosters import rostered_hours

#: Version of the ledger's columns.
LEDGER_VERSION = 1


@dataclass
class Records:
    """The records of one run; the tables are made when first asked for."""

    settings: Scenario
    seed: int
    replication: int
    built: Built = field(repr=False)

    @property
    def scenario(self) -> str:
        """Name of the scenario."""
        return self.settings.name

    def _repr_html_(self) -> str:
        """Show in a notebook how the needs of the run stand at its end, and which tables there are."""
        status = self.cases["status"].value_counts(sort=False)
        rows = [(f"needs, {name}", f"{number:,}") for name, number in status.items() if number]
        rows += [
            (f"rows of {name}", f"{len(table):,}")
            for name in ("cases", "daily", "people", "units", "cadres")
            if (table := getattr(self, name)) is not None
        ]
        one = self.settings
        days = f"{one.warmup_days} + {one.horizon_days} + {one.followup_days}"
        luck = f"seed {self.seed}, replication {self.replication}"
        about = f"{luck}; days of warm-up, counted and follow-up: {days}"
        return shown(f"Records of {self.scenario}", (about,), ("at the end of the run", "number"), rows)

    def _stamp(self, rows: int) -> dict[str, Any]:
        return stamp(self.scenario, self.replication, rows)

    @cached_property
    def case_columns(self) -> CaseColumns:
        """The case ledger column by column, for who needs a few."""
        return CaseColumns(self.settings, self.seed, self.replication, self.built)

    @cached_property
    def cases(self) -> pd.DataFrame:
        """The case ledger: one row per need, in the order of the tape."""
        return pd.DataFrame({name: self.case_columns[name] for name in self.case_columns}, copy=False)

    @cached_property
    def daily(self) -> pd.DataFrame:
        """The daily series: one row per day and community, counts from time 0 to the end of the day."""
        return pd.DataFrame(self.daily_columns, copy=False)

    @cached_property
    def daily_columns(self) -> dict[str, Any]:
        """The columns of `daily`, for who needs a few."""
        state = self.built.state
        communities = state.daily.shape[1]
        done = int(state.clock["day"][0])
        flat = state.daily[:done].reshape(-1)
        columns: dict[str, Any] = self._stamp(flat.shape[0])
        columns["day"] = np.repeat(np.arange(done), communities)
        columns["community"] = np.tile(np.arange(communities), done)
        for name in COMMUNITY.daily:
            columns[name] = flat[name]
        columns["waiting_sessions"] = columns.pop("session_waiting")
        observers = np.tile(np.maximum(1, state.community["observers"]), done)
        columns["trust_mean"] = columns.pop("trust_sum") / observers
        columns["staff_hours_available"] = self._hours_available(done)
        columns["adopters"] = flat["registered"]
        return columns

    def _hours_available(self, done: int) -> np.ndarray:
        """Return the hours for cases that each community's staff has had by the end of each day."""
        state = self.built.state
        embedded = state.server["days_per_week"] > 0.0
        staff = state.pool["server_count"][state.community["pool"]].astype(float)
        place = state.pool["community"][state.server["pool"][embedded]]
        np.subtract.at(staff, place, 1.0)
        rostered = np.flatnonzero(state.server["rostered"])
        teams = state.pool["community"][state.server["pool"][rostered]]
        np.subtract.at(staff, teams, 1.0)
        hours = self._shift_hours(done)[:, None] * staff[None, :]
        if state.attendance.shape[0]:
            hours = np.zeros((done, staff.shape[0]))
            for cadre in np.flatnonzero(~embedded[: state.attendance.shape[0]]).tolist():
                community = int(state.pool["community"][state.server["pool"][cadre]])
                hours[:, community] += state.attendance[cadre, 1 : done + 1]
        for c, own in zip(place.tolist(), self._own_hours(done).T, strict=True):
            hours[:, c] += own
        for c, own in zip(teams.tolist(), rostered_hours(state, rostered, done), strict=True):
            hours[:, c] += own
        return (hours * cadre_speed(self.settings)).reshape(-1)

    def _shift_hours(self, done: int) -> np.ndarray:
        """Return the hours of shifts by the end of each day."""
        if self.settings.calendar.round_the_clock:
            return 24.0 * np.arange(1, done + 1)
        return self.built.state.worked[1 : done + 1]

    def _own_hours(self, done: int) -> np.ndarray:
        """Return the hours of shifts, by the end of each day, in which each embedded cadre came."""
        state = self.built.state
        server = state.server[state.server["days_per_week"] > 0.0]
        hours = np.diff(self._shift_hours(done), prepend=0.0)
        return np.cumsum(hours[:, None] * days_present(self.settings, state, server, done), axis=0)

    @cached_property
    def people(self) -> pd.DataFrame:
        """One row per person (resident or merchant)."""
        return pd.DataFrame(self.people_columns, copy=False)

    @cached_property
    def people_columns(self) -> dict[str, Any]:
        """The columns of `people`, for who needs a few."""
        state = self.built.state
        person, conduct, account = state.person, state.conduct, state.account
        flags = person["flags"]
        columns: dict[str, Any] = self._stamp(person.shape[0])
        columns["person_id"] = person["key"]
        columns["community"] = person["community"]
        columns["kind"] = named((flags & IS_MERCHANT != 0).astype(np.int8), ("resident", "merchant"))
        for name, flag in (("age_60plus", OVER_60), ("age_under14", UNDER_14), ("migrant", MIGRANT)):
            columns[name] = (flags & flag) != 0
        columns["grid"] = conduct["grid"]
        for name, flag in (("eligible", ELIGIBLE), ("registered", REGISTERED), ("active", ACTIVE)):
            columns[name] = (account["flags"] & flag) != 0
        columns["ties"] = account["degree"]
        columns["trust"] = person["trust"]
        columns["expectation"] = conduct["expectation"]
        columns["propensity"] = person["propensity"]
        for name in (
            "reports",
            "contributions",
            "votes",
            "volunteer_hours",
            "reports_counted",
            "contributions_counted",
        ):
            columns[name] = conduct[name]
        columns["losses"] = self._losses()
        for name in ("votes_counted", "attendances"):
            known = state.participant[name] if state.participant.shape[0] else np.zeros(person.shape[0])
            columns[name] = known.astype(np.int32)
        columns["in_denominator"] = (flags & (UNDER_14 | IS_MERCHANT | INERT)) == 0
        return columns

    @cached_property
    def units(self) -> pd.DataFrame:
        """One row per unit: what it was asked, promised and did."""
        return pd.DataFrame(self.units_columns, copy=False)

    @cached_property
    def units_columns(self) -> dict[str, Any]:
        """The columns of `units`, for who needs a few."""
        world = self.built.world
        unit = self.built.state.unit
        columns: dict[str, Any] = self._stamp(unit.shape[0])
        columns["unit_id"] = unit["key"]
        columns["name"] = list(world.unit_names)
        columns["community"] = unit["community"]
        columns["level"] = unit["level"]
        columns["kind"] = named(unit["kind"], UNIT_KINDS)
        columns["officers"] = world.officers
        for name in ("asks", "commitments", "delivered", "sessions_asked", "sessions_attended", "hours"):
            columns[name] = unit[name]
        return columns

    def _days_under_water(self) -> np.ndarray:
        """Return for each flooded market how long it has been under water so far."""
        incident = self.built.state.incident
        standing = incident["present"] >= 0
        now = float(self.built.state.clock["day"][0])
        return incident["water_days"] + np.where(standing, now - incident["since"], 0.0)

    def _losses(self) -> np.ndarray:
        """Return what each person has lost to floods so far."""
        losses = np.zeros(self.built.state.person.shape[0])
        days = self._days_under_water()
        for i, market in enumerate(self.built.state.incident):
            start = int(market["merchant_start"])
            losses[start : start + int(market["merchants"])] = self.settings.shocks.loss_per_day * days[i]
        return losses

    @cached_property
    def incidents(self) -> pd.DataFrame:
        """One row per market that floods: rains, days under water, whether and when the cause was removed."""
        incident, case = self.built.state.incident, self.built.state.case
        days = self._days_under_water()
        columns: dict[str, Any] = self._stamp(incident.shape[0])
        columns["incident_id"] = incident["first"]
        columns["community"] = incident["community"]
        lead = incident["lead"]
        columns["lead_case_id"] = lead
        status = np.where(lead >= 0, case["status"][lead] if case.shape[0] else SILENT, SILENT)
        columns["status"] = named(status.astype(np.int8), STATUSES)
        columns["fixed_at"] = np.where(np.isfinite(incident["fixed_at"]), incident["fixed_at"], np.nan)
        for name in ("rains", "prevented", "reopened", "merchants"):
            columns[name] = incident[name]
        columns["days_under_water"] = days
        columns["losses"] = self.settings.shocks.loss_per_day * days * incident["merchants"]
        columns["merchants_giving"] = incident["givers"]
        columns["hours_given"] = incident["given_hours"]
        return pd.DataFrame(columns, copy=False)

    @cached_property
    def suppliers(self) -> pd.DataFrame:
        """One row per supplier beside the staff: what it was offered, took on and did, in its own hours."""
        supplier = self.built.state.supplier
        columns: dict[str, Any] = self._stamp(supplier.shape[0])
        columns["unit_id"] = supplier["key"]
        columns["community"] = supplier["community"]
        columns["kind"] = named(supplier["kind"], UNIT_KINDS)
        columns["called_first"] = supplier["first"] != 0
        for name in ("hours_per_week", "asks", "commitments", "delivered", "hours"):
            columns[name] = supplier[name]
        return pd.DataFrame(columns, copy=False)

    @cached_property
    def cadres(self) -> pd.DataFrame:
        """One row per cadre: where the hours went, over the whole run."""
        state = self.built.state
        teams = state.pool[state.server["pool"]]
        ours = (teams["unit"] < 0) & (teams["home"] < 0)
        server = state.server[ours]
        pool = state.pool[server["pool"]]
        columns: dict[str, Any] = self._stamp(server.shape[0])
        columns["cadre_id"] = server["number"]
        columns["community"] = pool["community"]
        columns["owns_grid"] = server["queue"] >= 0
        for name in server.dtype.names or ():
            if name.startswith("hours_"):
                columns[name] = server[name]
        embedded = server["days_per_week"] > 0.0
        kind = np.where(embedded, EMBEDDED, np.where(columns["owns_grid"], GRID_WORKER, COMMUNITY_WORKER))
        columns["kind"] = named(kind, CADRE_KINDS)
        days = int(state.clock["day"][0])
        hours = np.full(server.shape[0], float(self._shift_hours(days)[-1]) if days else 0.0)
        if state.attendance.shape[0]:
            hours = state.attendance[:, days].copy()
        if days and embedded.any():
            hours[embedded] = self._own_hours(days)[-1]
        if days and server["rostered"].any():
            own = rostered_hours(state, np.flatnonzero(ours & (state.server["rostered"] == 1)), days)
            hours[server["rostered"] == 1] = own[:, -1]
        columns["hours_available"] = hours * cadre_speed(self.settings)
        return pd.DataFrame(columns, copy=False)

    def _exchange(self, table: str) -> pd.DataFrame | None:
        """Return a table of what people did for each other, None where its mechanism is off."""
        columns = tables.MAKERS[table](self.built.state)
        if columns is None:
            return None
        rows = len(next(iter(columns.values())))
        return pd.DataFrame({**self._stamp(rows), **columns}, copy=False)

    @cached_property
    def transfers(self) -> pd.DataFrame | None:
        """One row per thing given that is no case: sale, gift, visit, goods, and what the pool paid."""
        return self._exchange("transfers")

    @cached_property
    def households(self) -> pd.DataFrame | None:
        """One row per household in a shortage of goods."""
        return self._exchange("households")

    @cached_property
    def pairs(self) -> pd.DataFrame | None:
        """One row per person with a need that comes back."""
        return self._exchange("pairs")

    @cached_property
    def appeals(self) -> pd.DataFrame | None:
        """One row per person in hardship for whom others are asked to give."""
        return self._exchange("appeals")

    @cached_property
    def points(self) -> pd.DataFrame | None:
        """One row per person: points collected, traded in, and how often they were helped."""
        return self._exchange("points")

    @cached_property
    def meetings(self) -> pd.DataFrame:
        """One row per topic of every council that was held."""
        return meetings_table(self.built.state, self.built.tape.categories, self._stamp)

    @cached_property
    def moments(self) -> dict[str, Any]:
        """Sums over the cases that arose in the counting window, kept whatever the ledger keeps.

        Arrays have one entry a priority class. `area` is the time-integral, over the run so far, of the
        number of cases in the system.
        """
        state = self.built.state
        values: dict[str, Any] = {name: state.moment[name].copy() for name in state.moment.dtype.names or ()}
        clock = state.clock[0]
        values["area"] = float(clock["area"] + clock["in_system"] * (clock["time"] - clock["area_at"]))
        values["events"] = int(clock["events"])
        values["time"] = float(clock["time"])
        return values


def community_of(person_id: int) -> int:
    """Return the community in a person's identity."""
    return person_id >> PERSON_BITS
