"""The columns of the case ledger, in order, each with the rule that makes it from the state's arrays.

A column is made when it is asked for: an estimate that reads five of them does not pay for fifty.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from sim.city.changes import team_names
from sim.demand.needs import NEED_ATTRIBUTE
from sim.engine.randomness import run_key, uniform
from sim.engine.tables.cases import (
    CASE_TIMES,
    CHANNELS,
    EYES_OF_MERCHANT,
    FINDERS,
    LEFT_SYSTEM,
    ORIGINS,
    SHELVED,
    SOLVED,
    SOLVERS,
    STATUSES,
)
from sim.engine.tables.needs import ARRIVES_REPORTED, CHRONIC, PUBLIC
from sim.engine.tables.people import IS_MERCHANT
from sim.engine.tables.staff import UNIT_KINDS
from sim.initial_state import Built
from sim.mechanisms.case.rows import CLOSURE
from sim.parameters.scenario import Scenario
from sim.records.naming import named, stamp

Column = np.ndarray | pd.Categorical


class CaseColumns:
    """The case ledger of a run, column by column; one row per need that is kept, in the order of the tape."""

    def __init__(self, settings: Scenario, seed: int, replication: int, built: Built) -> None:
        self.settings, self.seed, self.replication, self.built = settings, seed, replication, built
        self.need = built.state.need[self.kept]
        self.case = built.state.case[self.kept]
        self.track = built.state.track[self.kept]
        self.rows = self.need.shape[0]
        self._made: dict[str, Column] = {}

    @property
    def _rules(self) -> dict[str, Callable[["CaseColumns"], Column]]:
        # Not kept: records travel between processes, and functions without a name cannot.
        return RULES if self.built.state.city_case.shape[0] == 0 else _RULES_OF_A_CITY

    def __iter__(self) -> Any:
        return iter(self._rules)

    def __getitem__(self, name: str) -> Column:
        """Return a column, made once."""
        if name not in self._made:
            self._made[name] = self._rules[name](self)
        return self._made[name]

    @cached_property
    def kept(self) -> np.ndarray | slice:
        """Which needs the ledger keeps."""
        if self.settings.ledger == "all":
            return slice(None)
        need = self.built.state.need
        if self.settings.ledger == "none" or not need.shape[0]:
            return np.zeros(0, np.int64)
        key = run_key(self.seed, 0)
        share = self.settings.ledger_sample_share
        keys = zip(need["owner_key"].tolist(), need["ordinal"].tolist(), strict=True)
        keep = [uniform(key, NEED_ATTRIBUTE, 0, 100, b, c) < share for b, c in keys]
        return np.flatnonzero(np.array(keep, dtype=bool))

    @cached_property
    def now(self) -> float:
        """How far the run has come, in days."""
        return float(self.built.state.clock["time"][0])

    @cached_property
    def standard(self) -> np.ndarray | None:
        """What became of the service standards; None where there are none."""
        standard = self.built.state.standard
        return standard[self.kept] if standard.shape[0] else None

    @cached_property
    def closure(self) -> np.ndarray:
        """What became of the closings."""
        closure = self.built.state.closure
        return closure[self.kept] if closure.shape[0] else np.zeros(self.rows, CLOSURE)

    @cached_property
    def city(self) -> np.ndarray:
        """What requests of a calibrated city have besides."""
        return self.built.state.city_case[self.kept]

    def person_ids(self, index: np.ndarray) -> np.ndarray:
        """Return the stable identities of people by their index, -1 where there is nobody."""
        keys = self.built.state.person["key"]
        if keys.shape[0] == 0:
            return np.full(index.shape[0], -1, np.int64)
        return np.where(index >= 0, keys[index], -1)

    def on_time(self, ended: np.ndarray, due: np.ndarray) -> np.ndarray:
        """Return 1 for a case that ended by its date, 0 for one that had not when it passed, NaN else.

        NaN is a case that is not due yet or whose clock stands still.
        """
        late = (due <= self.now) | (ended > due)
        return np.where(ended <= due, 1.0, np.where(late, 0.0, np.nan))


def _of_need(name: str) -> Callable[[CaseColumns], Column]:
    return lambda c: c.need[name]


def _of_case(name: str) -> Callable[[CaseColumns], Column]:
    return lambda c: c.case[name]


def _of_closure(name: str) -> Callable[[CaseColumns], Column]:
    return lambda c: c.closure[name]


def _case_id(c: CaseColumns) -> Column:
    return np.arange(c.rows) if isinstance(c.kept, slice) else c.kept


def _origin(c: CaseColumns) -> Column:
    flags = c.built.state.person["flags"]
    if flags.shape[0] == 0:
        return named(np.full(c.rows, ORIGINS.index("stream"), np.int8), ORIGINS)
    who = np.where(c.case["reporter"] >= 0, c.case["reporter"], c.need["owner"])
    merchant = (flags[who] & IS_MERCHANT) != 0
    code = np.where(merchant, ORIGINS.index("merchant"), ORIGINS.index("resident"))
    from_file = (c.need["flags"] & ARRIVES_REPORTED) != 0
    code = np.where(c.case["found_by"] >= 0, ORIGINS.index("patrol"), code)
    code = np.where(c.case["found_by"] == EYES_OF_MERCHANT, ORIGINS.index("merchant"), code)
    return named(np.where(from_file, ORIGINS.index("stream"), code).astype(np.int8), ORIGINS)


def _entered_at(c: CaseColumns) -> Column:
    struck_off = (c.case["status"] == SHELVED) & ((c.track["flags"] & LEFT_SYSTEM) != 0)
    away = np.isnan(c.case["reported_at"]) | struck_off
    return np.where(away, np.nan, c.track["entered_at"])


def _due_at(c: CaseColumns) -> Column:
    return np.full(c.rows, np.nan) if c.standard is None else c.standard["due_at"]


def _on_time(c: CaseColumns) -> Column:
    if c.standard is None:
        return np.full(c.rows, np.nan)
    return c.on_time(c.case["solved_at"], c.standard["due_at"])


def _paused_days(c: CaseColumns) -> Column:
    if c.standard is None:
        return np.zeros(c.rows)
    running = c.now - c.standard["paused_since"]
    return np.asarray(c.standard["paused_days"] + np.where(np.isnan(running), 0.0, running))


def _extensions(c: CaseColumns) -> Column:
    return np.zeros(c.rows, np.int64) if c.standard is None else c.standard["extensions"]


def _supplier(c: CaseColumns) -> Column:
    """Return the kind of the supplier that took each case on, none where nobody did."""
    kinds, index = c.built.state.supplier["kind"], c.case["supplier"]
    if kinds.shape[0] == 0:
        return named(np.full(c.rows, -1, np.int8), UNIT_KINDS)
    return named(np.where(index >= 0, kinds[index], -1).astype(np.int8), UNIT_KINDS)


def _prevented(c: CaseColumns) -> Column:
    unreported = np.isnan(c.case["reported_at"])
    return np.asarray(unreported & (c.case["status"] == SOLVED) & ((c.need["flags"] & CHRONIC) != 0))


#: Columns in the order of the table. Each rule takes the ledger and returns the column.
RULES: dict[str, Callable[[CaseColumns], Column]] = {
    "scenario": lambda c: stamp(c.settings.name, c.replication, c.rows)["scenario"],
    "replication": lambda c: stamp(c.settings.name, c.replication, c.rows)["replication"],
    "case_id": _case_id,
    "incident_id": _of_need("incident"),
    "community": _of_need("community"),
    "origin": _origin,
    "requester_id": lambda c: c.person_ids(c.need["owner"]),
    "category": lambda c: named(c.need["category"], c.built.tape.categories),
    "organisations_needed": _of_need("organisations"),
    "level_needed": _of_need("level"),
    "priority": _of_need("priority"),
    "work_hours": _of_need("work_hours"),
    "arisen_at": _of_need("arisen_at"),
    "reported_at": _of_case("reported_at"),
    "channel": lambda c: named(c.case["channel"], c.built.tape.channels or CHANNELS),
    **{name: _of_case(name) for name in CASE_TIMES[1:]},
    "status": lambda c: named(c.case["status"], STATUSES),
    "solved_by": lambda c: named(c.case["solved_by"], SOLVERS),
    **{name: _of_case(name) for name in ("handoffs", "bounces", "duplicates", "reopened", "satisfaction")},
    **{name: _of_case(name) for name in ("staff_hours", "unit_hours", "volunteer_hours", "days_in_system")},
    "entered_at": _entered_at,
    "reporter_id": lambda c: c.person_ids(c.case["reporter"]),
    "due_at": _due_at,
    "on_time": _on_time,
    "paused_days": _paused_days,
    "extensions": _extensions,
    "public": lambda c: (c.need["flags"] & PUBLIC) != 0,
    "supplier": _supplier,
    "helper_id": lambda c: c.person_ids(c.case["helper"]),
    "prevented": _prevented,
    "found_by": lambda c: named(c.case["found_by"], FINDERS),
    "paper_closings": _of_closure("paper_closings"),
    "called_back": _of_closure("called_back"),
}
#: Of a calibrated city: dates and teams of the file, and by the file's due times whether it was on time.
_RULES_OF_A_CITY: dict[str, Callable[[CaseColumns], Column]] = {
    **RULES,
    "row": lambda c: c.city["row"],
    "team": lambda c: named(c.city["team"], team_names(c.settings)),
    "due_at": lambda c: c.city["due_at"],
    "on_time": lambda c: c.on_time(c.case["closed_at"], c.city["due_at"]),
}
