"""The full engine with one mechanism left on: everything else is switched off, or made instant and certain.

Real scenario parameters throughout. Every observer reports almost at once and only once, the community's own
work takes seconds, staff and officers are plentiful, nobody misroutes, and units answer as they are told to.
A test then gives back the one thing it is about.
"""

from collections.abc import Iterable, Mapping
from functools import cache

import pandas as pd

from analysis.validation.limits import ISOLATED
from sim import Records, Scenario, load_scenario, simulate


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
