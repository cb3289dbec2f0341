"""Those who serve, with known answers: absence that comes together, and what it leaves of the hours."""

import numpy as np
from scipy import stats

from sim import load_scenario
from sim.simulation import Run
from tests.truth import exact
from tests.truth.community import counted, run
from tests.truth.coordination import SESSION, THREE
from tests.truth.equivalence import Experiment, Values


def both_below(limit: float, correlation: float) -> float:
    """Return the probability that two standard normals of this correlation are both below `limit`."""
    if correlation >= 1.0:
        return float(stats.norm.cdf(limit))
    return float(stats.multivariate_normal.cdf([limit, limit], cov=[[1.0, correlation], [correlation, 1.0]]))


def weekly_variance(absence: float, week: float, common: float, cadres: int, days: int) -> float:
    """Return the variance of the cadre-days that a team of `cadres` loses in a week of `days` working days.

    A sum of indicators: each has variance a(1 − a); two of one cadre are joined through both correlations,
    two of different cadres through the common one.
    """
    limit = float(stats.norm.ppf(absence))
    own = both_below(limit, week + common) - absence**2
    other = both_below(limit, common) - absence**2
    one = absence * (1.0 - absence)
    return cadres * days * one + cadres * days * (days - 1) * own + cadres * (cadres - 1) * days**2 * other


def _absence(absence: float, week: float, common: float) -> Experiment:
    """Absence takes the same hours in the mean, whatever brings it together; how much they vary is known."""
    communities, cadres, years = 400, 6, 1
    overrides = [
        "horizon_days=364",
        "warmup_days=0",
        "followup_days=0",
        f"county.communities={communities}",
        "community.residents=100",
        "community.merchants=0",
        "demand.rate=0",
        f"staff.per_10k={cadres * 100}",
        "staff.hours_year=1700",
        f"roster.absence={absence}",
        f"roster.absence_week={week}",
        f"roster.absence_common={common}",
    ]
    scenario = load_scenario("administration_led", overrides)

    def once(seed: int, replication: int) -> Values:
        started = Run.start(scenario, seed, replication)
        state = started.built.state
        hours = np.diff(state.attendance[:, : 364 * years + 1], axis=1)
        lost = 1.0 - hours.reshape(communities * cadres, -1, 7)[:, :, :5] / 8.0
        team = lost.sum(axis=2).reshape(communities, cadres, -1).sum(axis=1)
        speed = float(state.pool["speed"][0])
        given = float(hours.sum()) * speed
        # The same hours as with a constant presence: hours a year, less paperwork, times the share of cases.
        plain = 1700.0 / (365.0 / 7.0 * 40.0) * 52.0 * 40.0 * communities * cadres
        share = (1.0 - 0.26) * scenario.staff.case_share
        return {
            "cases": team.size,
            "days lost": float(lost.mean()),
            "hours over those of a constant presence": given / (plain * share),
            "variance of a week": float(np.mean((team - absence * cadres * 5) ** 2)),
        }

    results = {
        "days lost": absence,
        "hours over those of a constant presence": 1.0,
        "variance of a week": weekly_variance(absence, week, common, cadres, 5),
    }
    name = f"absence {absence:g}, together by {week:g} and {common:g}"
    return Experiment(name, once, results, replications=12)


def _on_call() -> Experiment:
    """Nights and days off almost all the week: one post on call is a queue with one server, M/D/1."""
    load, hours = 0.5, 0.8
    residents = 1500
    a_day = load / (hours / 24.0)
    settings = {
        "horizon_days": 3500,
        "followup_days": 20,
        "calendar.round_the_clock": "false",
        "calendar.working_days_per_week": 1,
        "calendar.shift_start_hour": 3,
        "calendar.shift_hours": 0.01,
        "staff.hours_year": 8000,
        "staff.per_10k": 20,
        "staff.case_share": 1,
        "paperwork.base_share": 0,
        "paperwork.platforms": 1,
        "community.residents": residents,
        "demand.rate": a_day * 365.0 / residents,
        "demand.urgent_share": 1,
        "demand.work_hours": f"[{hours},{hours},{hours}]",
        "roster.on_call": 1,
    }

    def once(seed: int, replication: int) -> Values:
        records = run(settings, seed, replication)
        cases = counted(records)
        wait = (cases["service_started_at"] - cases["reported_at"]) * 24.0
        cadres = records.cadres
        return {
            "cases": len(cases),
            "urgent cases a day": len(cases) / 3500.0,
            "hours waited on call": float(wait.mean()),
            # Booked to the cadres in turn, and owed to them: nobody has worked anything off here.
            "hours of the first of three": float(
                cadres["hours_on_call"].iloc[0] / cadres["hours_on_call"].sum()
            ),
        }

    results = {
        "hours waited on call": exact.mg1_wait(load / hours, hours, hours**2),
        "hours of the first of three": 1.0 / 3.0,
    }
    controls = {"urgent cases a day": a_day}
    return Experiment("on call, load 0.5", once, results, controls, replications=12)


def _spill() -> Experiment:
    """The first case of each grid takes for ever: of those behind it, the stated share moves to the team."""
    probability, after, days, residents = 0.35, 5.0, 60, 8000
    settings = {
        "community.residents": residents,
        "community.grid_residents": residents / 4,
        "horizon_days": days,
        "followup_days": 0,
        "demand.rate": 6,
        "demand.work_hours": "[1e6,1e6,1e6]",
        # One cadre a grid and nobody beside them.
        "staff.per_10k": 4 / residents * 1e4,
        "staff.spill_probability": probability,
        "staff.spill_after_working_days": after,
    }

    def once(seed: int, replication: int) -> Values:
        records = run(settings, seed, replication)
        state, cases = records.built.state, records.cases
        team = state.pool["queue"][state.community["pool"][0]]
        waits = cases["service_started_at"].isna() & cases["accepted_at"].notna()
        moved = state.track["queue"] == team
        long = (waits & (cases["accepted_at"] < days - after)).to_numpy()
        short = (waits & (cases["accepted_at"] > days - after)).to_numpy()
        assert short.sum() > 100
        assert not moved[short].any()
        return {"cases": int(long.sum()), "moved to the team": float(moved[long].mean())}

    return Experiment("spilling", once, {"moved to the team": probability}, replications=12)


def _stays_away() -> Experiment:
    """Two willing units: each comes to the session with 1 − σ(a + b(x − .8)), and absent is refused."""
    intercept, slope, load, reference = -1.0, 3.0, 0.9, 0.8
    settings = {
        **THREE,
        **SESSION,
        "community.residents": 5000,
        "units.work_days": 0.05,
        "units.background_load": load,
        "referral.accept_probability": 0.999999,
        "referral.load_slope": 0,
        "referral.retries": 0,
        "referral.escalation": "false",
        "joint_session.absence_intercept": intercept,
        "joint_session.absence_slope": slope,
    }

    def once(seed: int, replication: int) -> Values:
        records = run(settings, seed, replication)
        cases = counted(records)
        units = records.units
        came = units["sessions_attended"].sum() / units["sessions_asked"].sum()
        return {
            "cases": len(cases),
            "came": float(came),
            "all came and agreed": float((cases["status"] == "solved").mean()),
        }

    present = 1.0 - exact.logistic(intercept + slope * (load - reference))
    results = {"came": present, "all came and agreed": present**2}
    return Experiment("absence from a session", once, results, replications=12)


def staffing() -> list[Experiment]:
    """Return all experiments on those who serve."""
    return [_absence(0.1, 0.0, 0.0), _absence(0.1, 0.5, 0.2), _on_call(), _spill(), _stays_away()]
