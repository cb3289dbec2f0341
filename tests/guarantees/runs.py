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
    "reporting.base_rate_per_day=.05",
    "adoption.initial_registered=.3",
    "adoption.initial_active=.8",
    "adoption.innovation_per_year=.5",
    "mutual_aid.act_probability=.1",
    "staff.patience_days=30",
    "referral.reopen_after_days=20",
)
TOWN = ("community.residents=1500", "community.merchants=60", "staff.per_10k=60")
HALF_A_YEAR = ("warmup_days=20", "horizon_days=140", "followup_days=20")
SMALL = (*BUSY, *TOWN, *HALF_A_YEAR)
#: What a run without compiled code finishes in seconds.
TINY = (
    *BUSY,
    "demand.rate=40",
    "demand.merchant_rate=40",
    "reporting.base_rate_per_day=.4",
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


#: A market that floods all the time, and staff called away for weeks.
FLOODS = (
    "shocks.rain_per_year=150",
    "shocks.rain_season_amplitude=.2",
    "shocks.flood_merchants=15",
    "shocks.flood_neighbours=10",
    "shocks.flood_days=1",
    "shocks.flood_work_hours=6",
)
MOBILISED = (
    "shocks.mobilisation=[{start_day: 3, days: 10, share: .4}, {start_day: 8, days: 10, share: .2}]",
    "shocks.surges=[{start_day: 5, days: 6, factor: 3}]",
)

#: Runs that together pass through all compiled code, small enough to do without the compiler.
COVERING: dict[str, tuple[str, tuple[str, ...], int]] = {
    "co_governance": ("co_governance", TINY, 1),
    "co_governance, seed 2": ("co_governance", TINY, 2),
    "co_governance, ledger of a sample": (
        "co_governance",
        (*TINY, "ledger=sample", "ledger_sample_share=.5"),
        3,
    ),
    "administration_led": ("administration_led", TINY, 1),
    "county, serial work, campaign": (
        "co_governance",
        (
            *TINY,
            "county.communities=3",
            "community.residents=60",
            "county.communities_per_street=2",
            "joint_session.parallel_work=false",
            "joint_session.longest_wait_weeks=null",
            "adoption.campaigns=[{start_day: 3, days: 10}]",
            "adoption.campaign_rate_per_day=.05",
            "referral.authority_links=true",
            "ties.after_help=1",
        ),
        1,
    ),
    "plural support": ("administration_led", (*TINY, "plural.enabled=true"), 1),
    "plural support, a learned menu": (
        "administration_led",
        (*TINY, "plural.enabled=true", "plural.menu=learned", "plural.menu_weeks=1"),
        1,
    ),
    "exchange among residents": (
        "co_governance",
        (
            *TINY,
            "county.communities=2",
            "mutual_aid.offline_ties=true",
            "mutual_aid.reciprocity_factor=2",
            "charity_sale.enabled=true",
            "charity_sale.every_days=5",
            "charity_sale.take_part_probability=.5",
            "donation.enabled=true",
            "donation.hardship_share=.3",
            "donation.appeals_per_year=30",
            "donation.give_probability=.3",
            "standing_pair.enabled=true",
            "standing_pair.recurring_share=.8",
            "standing_pair.every_days=2",
            "standing_pair.commit_probability=.3",
            "standing_pair.life_days=6",
            "points.enabled=true",
            "points.redeem_at=20",
            "points.gaming_share=.2",
            "shortage.enabled=true",
            "shortage.start_day=8",
            "shortage.days=20",
            "shortage.stock_median=6",
            "shortage.give_probability=.5",
            "ties.fading_days=5",
            "ties.after_meeting=.5",
            "platform.start_day=2",
            "platform.rollout_innovation_per_year=50",
            "adoption.verified_share=.9",
        ),
        1,
    ),
    "exchange in person and to everybody": (
        "administration_led",
        (
            *TINY,
            "mutual_aid.enabled=true",
            "mutual_aid.offline_ties=true",
            "mutual_aid.invitation=broadcast",
            "mutual_aid.answer=dilemma",
            "platform.enabled=true",
            "shortage.enabled=true",
            "shortage.start_day=3",
        ),
        2,
    ),
    "floods, mobilisation": ("co_governance", (*TINY, *FLOODS, *MOBILISED), 1),
    "clocks, standards and staff": (
        "administration_led",
        (
            *TINY,
            "calendar.holidays=china",
            "staff.hours_year=1500",
            "roster.absence=.2",
            "referral.answer_days=.5",
            "standards.enabled=true",
            "standards.pause_outside=true",
            "standards.extension_probability=.5",
            "standards.send_back_days=.2",
            "standards.redispatch_restarts=true",
            "roster.on_call=1",
            "roster.overtime_hours_per_week=4",
            "demand.urgent_share=.3",
            "staff.travel_hours=.1",
            "staff.skill_needs=.2",
            "staff.two_person_share=.2",
        ),
        1,
    ),
    "councils": (
        "co_governance",
        (
            *TINY,
            "county.communities=2",
            "deliberation.enabled=true",
            "deliberation.every_weeks=1",
            "deliberation.stuck_after_days=2",
            "deliberation.facilitator=true",
            "deliberation.turnout=.9",
            "deliberation.support_mean=.7",
            "deliberation.implementation_days=3",
            "deliberation.tie_probability=.2",
        ),
        1,
    ),
    "councils in pairs, of the whole community, on topics from above": (
        "administration_led",
        (
            *TINY,
            "deliberation.enabled=true",
            "deliberation.every_weeks=1",
            "deliberation.stuck_after_days=2",
            "deliberation.opinion_rule=pairs",
            "deliberation.electorate=community",
            "deliberation.agenda=above",
            "deliberation.turnout=.9",
            "deliberation.support_mean=.8",
            "deliberation.implementation_days=3",
        ),
        1,
    ),
    "patrol, couriers, embedded cadres": (
        "co_governance",
        (
            *TINY,
            "county.communities=2",
            "county.size_sigma=.4",
            "staff.embedded=3",
            "embedded.allocation=need",
            "embedded.displaced=true",
            "patrol.hours_per_week=4",
            "patrol.couriers_per_10k=50",
            "patrol.courier_report_probability=.05",
            "patrol.registered_factor=.3",
            "joint_session.convener_links=county",
        ),
        1,
    ),
    "embedded cadres round the clock": (
        "administration_led",
        (*TINY, "calendar.round_the_clock=true", "staff.embedded=3", "patrol.hours_per_week=4"),
        1,
    ),
    "closing on paper, evaluated, called back, partner": (
        "co_governance",
        (
            *TINY,
            "community.residents=80",
            "closing.enabled=true",
            "closing.base_probability=.4",
            "closing.evaluated=true",
            "closing.callback_share=.3",
            "closing.callback_after_days=1",
            "closing.oversight=true",
            "operation.operator=partner",
            "paperwork.entry_minutes=5",
        ),
        1,
    ),
    "round the clock": ("co_governance", (*TINY, "calendar.round_the_clock=true"), 1),
    "three apps, a convener from the twelfth day on": (
        "co_governance",
        (
            *TINY,
            "platform.apps=3",
            "joint_session.start_day=12",
            "referral.accept_probability=.2",
            "referral.escalation=false",
            "referral.retries=0",
        ),
        1,
    ),
    "queue, erlang, classes, patience, feedback": (
        "verification/queue",
        (
            "horizon_days=60",
            "verification.arrival_rate=4",
            "verification.servers=2",
            "verification.service_mean=.45",
            "verification.service_distribution=erlang",
            "verification.service_cv=.5",
            "verification.priority_shares=[.3,.7]",
            "verification.patience_mean=1",
            "verification.feedback=.2",
        ),
        1,
    ),
    "queue, lognormal, second stage": (
        "verification/queue",
        (
            "horizon_days=60",
            "verification.arrival_rate=3",
            "verification.service_mean=.3",
            "verification.service_distribution=lognormal",
            "verification.service_cv=1.5",
            "verification.second_stage={servers: 2, mean: .5}",
        ),
        1,
    ),
    "adoption, everybody": (
        "verification/adoption",
        ("horizon_days=120", "verification.population=150"),
        1,
    ),
    "adoption, network": (
        "verification/adoption",
        ("horizon_days=120", "verification.population=150", "verification.network=random"),
        1,
    ),
}


def covering_fingerprints() -> dict[str, dict[str, str]]:
    """Run all of `COVERING` and return their fingerprints."""
    return {
        label: fingerprint(simulate(load_scenario(name, overrides), seed=seed))
        for label, (name, overrides, seed) in COVERING.items()
    }
