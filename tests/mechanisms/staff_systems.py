"""Those who serve, with known answers: absence that comes together, time on call, load and paperwork."""

import numpy as np
from scipy import stats

from sim import load_scenario, simulate
from sim.simulation import Run
from tests.truth import exact
from tests.truth.community import counted, isolated, run
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


_BASE, _SLOPE, _REFERENCE = 0.10, 4.0, 0.8
_ON = {"closing.enabled": "true", "closing.base_probability": _BASE, "closing.load_slope": _SLOPE}
#: Whole weeks.
_YEAR = 364


def _own_load() -> Experiment:
    """The load that decides is the one the books show: demanded over available, last twenty working days."""
    settings = {**_ON, "demand.rate": 40, "demand.work_hours": "[2,2,2]", "staff.per_10k": 45}

    def once(seed: int, replication: int) -> Values:
        started = Run.start(isolated(settings), seed, replication)
        started.advance(300)
        daily = started.records().daily
        asked = daily["staff_hours_demanded"].to_numpy()[299] - daily["staff_hours_demanded"].to_numpy()[279]
        had = daily["staff_hours_available"].to_numpy()[299] - daily["staff_hours_available"].to_numpy()[279]
        state = started.built.state
        pool = int(state.community["pool"][0])
        kept = state.demanded[pool].sum()
        cases = int(daily["reported"].to_numpy()[299] - daily["reported"].to_numpy()[279])
        return {"cases": cases, "asked, over the books": float(kept / asked), "load": float(asked / had)}

    load = 2000 * 40 / 365 * 2.0 / (24 * 0.8 * 0.75 * 9)
    # Two platforms: .20 + .06 of the time; the presence of staff is 1 round the clock.
    load *= 0.8 / 0.74
    return Experiment("load of a team", once, {"asked, over the books": 1.0, "load": load}, replications=12)


def _burden(share: float) -> Experiment:
    """Hours demanded over available at a share of paperwork; above one the excess piles up.

    There the work of a case is of one piece: where it is looked into first, the rest falls due only then.
    The first year is left out: until the first cases fall due, for some three days, there is nothing to do.
    """
    load = 0.30 * 3.95 / (18e-4 * 1760 * (1 - share) * 0.75)
    overrides = [f"paperwork.base_share={share}", f"horizon_days={4 * _YEAR}", "demand.work_cv=0"]
    if load > 1.1:
        overrides += ["demand.organisations_shares=[1,0,0]", "demand.work_hours=[3.95,3.95,3.95]"]

    def once(seed: int, replication: int) -> Values:
        scenario = load_scenario("verification/burden", overrides)
        daily = simulate(scenario, seed, replication).daily.select_dtypes("number")
        later = daily.iloc[-1] - daily.iloc[_YEAR - 1]
        asked, had = float(later["staff_hours_demanded"]), float(later["staff_hours_available"])
        return {
            "cases": int(later["reported"]),
            "load": asked / had,
            "left undone, over the excess": (asked - float(later["staff_hours_cases"])) / (asked - had),
        }

    results = {"load": load}
    if load > 1.1:
        results["left undone, over the excess"] = 1.0
    return Experiment(f"burden, {share:.0%} on paperwork", once, results, replications=12)


SYSTEMS = [
    _absence(0.1, 0.0, 0.0),
    _absence(0.1, 0.5, 0.2),
    _on_call(),
    _own_load(),
    *(_burden(share) for share in (0.20, 0.35, 0.50, 0.60)),
]
