"""Small communities in which every mechanism has plenty to do, and comparison of runs bit for bit."""

import functools
import hashlib
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from sim import load_scenario, simulate
from sim.parameters.scenario import Scenario
from sim.records.tables import Records
from sim.simulation import Run
from sim.state_digest import digest, first_difference

ROOT = Path(__file__).parents[2]
TABLES = ("cases", "daily", "people", "units", "cadres")
REGIMES = ("administration_led", "co_governance")

#: Everything happens often: reports and duplicates, refusals, sessions, help, registration, withdrawal.
BUSY = (
    "demand.rate=3",
    "demand.merchant_rate=3",
    "demand.public_share=.4",
    "demand.helpable_share=.2",
    "demand.exposure_median=5",
    "reporting.base_rate_per_day=.2",
    "adoption.initial_registered=.3",
    "adoption.initial_active=.8",
    "adoption.innovation_per_year=.5",
    "mutual_aid.act_probability=.1",
    "staff.patience_days=30",
    "referral.reopen_after_days=20",
)
#: Nobody but the community takes what is reported: where staff's hours and dates are read off the ledger.
STAFF_ALONE = ("first_call.share=0", "shop_fronts.share=0")
TOWN = ("community.residents=1500", "community.merchants=60", "staff.per_10k=60")
HALF_A_YEAR = ("warmup_days=20", "horizon_days=140", "followup_days=20")
SMALL = (*BUSY, *TOWN, *HALF_A_YEAR)
#: What a run without compiled code finishes in seconds.
TINY = (
    *BUSY,
    "demand.rate=40",
    "demand.merchant_rate=40",
    "reporting.base_rate_per_day=1",
    "reporting.repeat_after_days=3",
    "referral.bounce_delay_days=.5",
    "referral.escalation_delay_days=2",
    "referral.reopen_after_days=2",
    "staff.patience_days=5",
    "units.work_days=1",
    "community.residents=150",
    "community.merchants=20",
    "staff.per_10k=700",
    "units.officers_per_10k=[300,300,300]",
    "warmup_days=5",
    "horizon_days=20",
    "followup_days=5",
)

#: Nobody ever registers: a platform without users, invitations without anybody to invite.
NO_USERS = (
    "adoption.initial_registered=0",
    "adoption.innovation_per_year=0",
    "adoption.imitation_per_year=0",
    "adoption.contact_probability=0",
)
#: Every unit takes every case on at once and comes to every session.
WILLING = (
    "referral.accept_probability=0.9999999999",
    "referral.frailty_sd=0",
    "referral.load_slope=0",
    "joint_session.absence_intercept=-50",
    "joint_session.absence_slope=0",
    "units.session_hours_per_week=168",
)


@functools.cache
def scenario(name: str, *overrides: str, place: tuple[str, ...] = SMALL) -> Scenario:
    """Return a busy small version of a scenario; `overrides` come last."""
    return load_scenario(name, [*place, *overrides])


def run(name: str, *overrides: str, place: tuple[str, ...] = SMALL, seed: int = 1) -> Records:
    """Return the records of a busy small run."""
    return simulate(scenario(name, *overrides, place=place), seed=seed)


def bits(column: pd.Series) -> bytes:
    """Return the values of a column as bytes: NaN equals NaN, and 0.0 is not −0.0."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        return repr(column.astype(object).fillna("").tolist()).encode()
    if column.dtype == object or isinstance(column.dtype, pd.StringDtype):
        return repr(column.tolist()).encode()
    return np.ascontiguousarray(column.to_numpy()).tobytes()


def differing_columns(
    first: Records, second: Records, leave_out: Sequence[str] = (), tables: Sequence[str] = TABLES
) -> list[str]:
    """Return `table.column` of every column that is not the same in both, names of scenarios apart."""
    found = []
    for table in tables:
        left, right = getattr(first, table), getattr(second, table)
        if list(left.columns) != list(right.columns):
            found.append(f"{table}: columns")
        for name in left.columns:
            if name != "scenario" and name not in leave_out and bits(left[name]) != bits(right[name]):
                found.append(f"{table}.{name}")
    return found


def assert_same_bits(first: Scenario, second: Scenario, leave_out: Sequence[str] = (), seed: int = 1) -> None:
    """Assert that two scenarios leave the same records, and say where they part if they do not."""
    left, right = simulate(first, seed=seed), simulate(second, seed=seed)
    columns = differing_columns(left, right, leave_out)
    if columns:
        where = first_difference(Run.start(first, seed), Run.start(second, seed))
        raise AssertionError(f"{', '.join(columns[:12])} differ; {where}")


def python(code: str, *arguments: str, folder: Path = ROOT, **environment: str) -> str:
    """Run Python code in a process of its own; return what it printed."""
    result = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr[-4000:]
    return result.stdout


def fingerprint(records: Records) -> dict[str, str]:
    """Return a hash of every column and of every array of the state: equal if and only if the bits are."""
    found = {f"state.{name}": value for name, value in digest(records.built.state).items()}
    for table in (*TABLES, "meetings"):
        frame = getattr(records, table)
        for name in frame.columns:
            found[f"{table}.{name}"] = hashlib.blake2b(bits(frame[name]), digest_size=8).hexdigest()
    found["moments"] = repr({name: np.asarray(value).tolist() for name, value in records.moments.items()})
    return found
