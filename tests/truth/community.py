"""The full engine with one mechanism left on: everything else is switched off, or made instant and certain.

Real scenario parameters throughout. Every observer reports almost at once and only once, the community's own
work takes seconds, staff and officers are plentiful, nobody misroutes, and units answer as they are told to.
A test then gives back the one thing it is about.
"""

from collections.abc import Iterable, Mapping
from functools import cache

import pandas as pd

from sim import Records, Scenario, load_scenario, simulate

#: What must be set for nothing to happen but by the mechanism in question.
ISOLATED: dict[str, object] = {
    "warmup_days": 0,
    "horizon_days": 300,
    "followup_days": 200,
    "calendar.round_the_clock": "true",
    "calendar.shift_hours": 24,
    "community.residents": 2000,
    "community.merchants": 0,
    "community.share_under14": 0,
    "community.share_60plus": 0,
    "ties.mean_degree": 0,
    "demand.rate": 3,
    "demand.season_amplitude": 0,
    "demand.weekly_cv": 0,
    "demand.organisations_shares": "[1,0,0]",
    "demand.level_given_organisations": "[[1,0,0],[1,0,0],[1,0,0]]",
    "demand.public_share": 0,
    "demand.severity_sd": 0,
    "demand.urgent_share": 0,
    "demand.helpable_share": 0,
    "demand.desk_share": 0,
    "demand.work_hours": "[0.001,0.001,0.001]",
    "demand.work_cv": 0,
    "reporting.base_rate_per_day": 1000,
    "reporting.trust_weight": 0,
    "reporting.propensity_sigma": 0,
    "reporting.repeat_after_days": 36500,
    "reporting.cost_office": 0,
    "reporting.cost_phone": 0,
    "reporting.cost_app": 0,
    "intake.minutes": 0,
    "routing.misroute": 0,
    "staff.per_10k": 1000,
    "staff.patience_days": "null",
    "staff.spill_probability": 0,
    "units.officers_per_10k": "[6000,6000,6000]",
    "units.background_load_sd": 0,
    "units.load_response": 0,
    "referral.frailty_sd": 0,
    "referral.link_effect": 0,
    "referral.convener_effect": 0,
    "referral.share_effect": 0,
    "referral.chasing_hours_per_month": 0,
    "joint_session.longest_wait_weeks": "null",
    "joint_session.capacity": 100_000,
    "joint_session.preparation_hours": 0,
    "joint_session.meeting_hours": 0,
    "joint_session.travel_hours": 0,
    "joint_session.absence_intercept": -50,
    "joint_session.absence_slope": 0,
    "trust.enabled": "false",
}


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
