"""The full engine with one mechanism left on: everything else is switched off, or made instant and certain.

Real scenario parameters throughout. Every observer reports almost at once and only once, the community's own
work takes seconds, staff and officers are plentiful, nobody misroutes, and units answer as they are told to.
A test then gives back the one thing it is about.
"""

from collections.abc import Iterable, Mapping
from functools import cache

import numpy as np
import pandas as pd

from analysis.validation.limits import ISOLATED
from sim import Records, Scenario, load_scenario, simulate

#: Mean time of a unit's part, days.
WORK_DAYS = 5.0
CERTAIN = 0.999999
THREE = {"demand.organisations_shares": "[0,0,1]", "units.work_days": WORK_DAYS}
SESSION = {"joint_session.enabled": "true", "joint_session.weekday": 2, "joint_session.hour": 14}


@cache
def _scenario(name: str, overrides: tuple[str, ...]) -> Scenario:
    return load_scenario(name, overrides)


def isolated(settings: Mapping[str, object], name: str = "administration_led") -> Scenario:
    """Return a scenario with everything off but what `settings` gives back."""
    values = {**ISOLATED, **settings}
    return _scenario(name, tuple(f"{key}={value}" for key, value in values.items()))


def run(settings: Mapping[str, object], seed: int, replication: int) -> Records:
    """Simulate an isolated scenario."""
    return simulate(isolated(settings), seed, replication)


def counted(records: Records, columns: Iterable[str] = ()) -> pd.DataFrame:
    """Return the needs of the counting window; those that arise later may not be over at the end."""
    cases = records.cases
    within = cases["arisen_at"] < records.settings.horizon_days
    wanted = list(columns)
    return cases.loc[within, wanted] if wanted else cases[within]


def next_session(at: pd.Series) -> pd.Series:
    """Return the time of the first session of `SESSION` after `at`."""
    first = 2 + 14 / 24
    return first + 7.0 * np.ceil((at - first) / 7.0)
