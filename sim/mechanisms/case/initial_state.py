"""The books of cases at time 0: the ledger, and what is kept of standards and closings where they matter."""

import math

import numpy as np

from sim.demand.needs import Tape
from sim.engine.tables.cases import CASE, CASE_TIMES, SILENT, TRACK
from sim.engine.tables.run import aligned, equal_rows
from sim.mechanisms.case.rows import CLOSURE, STANDARD
from sim.mechanisms.staff.team_load import LOAD_DAYS, TEAM
from sim.parameters.scenario import Scenario
from sim.scenario.compiled_parameters import called_back, paper_possible


def books(tape: Tape) -> tuple[np.ndarray, np.ndarray]:
    """Return the ledger and the tracks of all needs, nothing known of any."""
    n = tape.need.shape[0]
    unknown = dict.fromkeys((*CASE_TIMES, "satisfaction"), math.nan)
    nobody = dict.fromkeys(("reporter", "solved_by", "channel", "supplier", "helper", "found_by"), -1)
    case = equal_rows(np.empty(n, CASE), status=SILENT, **unknown, **nobody)
    track = equal_rows(aligned(n, TRACK), queue=-1, next=-1, previous=-1)
    return case, track


def closings(scenario: Scenario, needs: int, pools: int) -> dict[str, np.ndarray]:
    """Return the books of closings: empty where nobody asks for them or for due dates."""
    judged = paper_possible(scenario)
    dated = scenario.staff.due_date_weight > 0.0 or scenario.units.due_date_weight > 0.0
    kept = needs if judged or dated or called_back(scenario) > 0.0 else 0
    closure = equal_rows(np.empty(kept, CLOSURE), due_at=math.inf, pool=-1)
    teams = pools if judged or (scenario.cards.enabled and scenario.verification.mode == "none") else 0
    return {"closure": closure, "team": np.zeros(teams, TEAM), "demanded": np.zeros((teams, LOAD_DAYS))}


def standards(scenario: Scenario, tape: Tape) -> np.ndarray:
    """Return the clocks of the service standards; none where there are no standards."""
    if not scenario.standards.enabled or scenario.verification.mode != "none":
        return np.zeros(0, STANDARD)
    standard = np.zeros(tape.need.shape[0], STANDARD)
    for name in ("due_at", "apply_at", "paused_since"):
        standard[name] = math.nan
    by_name = scenario.standards.category_tiers
    found = (by_name.get(name) for name in tape.categories)
    tiers = np.array([-1 if tier is None else tier for tier in found], np.int64)
    standard["category_tier"] = tiers[tape.need["category"]]
    return standard
