"""A city with a 311 line: without community staff departments do the work, and nothing waits for staff."""

import numpy as np
import pandas as pd
import pytest

from analysis.statistics.survival import kaplan_meier
from sim import Records, load_scenario, simulate

_DAYS = 400


@pytest.fixture(scope="module")
def city() -> Records:
    few = ["community.residents=4000", "warmup_days=100", f"horizon_days={_DAYS}"]
    return simulate(load_scenario("city_311", few), seed=1)


def _reported(records: Records) -> pd.DataFrame:
    cases = records.cases
    counted = cases["arisen_at"].between(100, 100 + _DAYS) & cases["reported_at"].notna()
    return cases[counted]


def test_departments_do_all_of_it(city: Records) -> None:
    assert len(city.cadres) == 0
    assert (city.cases["staff_hours"] == 0).all()
    assert set(city.cases["solved_by"].dropna()) == {"unit"}
    assert (city.cases["organisations_needed"] == 1).all()
    assert (city.cases["level_needed"] > 0).all()
    work = city.cases["unit_hours"].sum()
    assert work == pytest.approx(city.units["hours"].sum(), rel=1e-9)
    assert city.units.loc[city.units["level"] == 0, "hours"].sum() == 0


def test_nothing_waits_for_staff_that_is_not_there(city: Records) -> None:
    cases = _reported(city)
    assert len(cases) > 800
    assert (cases["status"].isin(["solved", "paper_closed"])).mean() > 0.97
    assert (cases["status"] == "shelved").sum() == 0


def test_it_has_the_measures_of_the_field(city: Records) -> None:
    """Survival from the report, share on time, duplicates, dispersion of weeks: none degenerate."""
    cases = _reported(city)
    end = float(city.daily["day"].max() + 1)
    until = (cases["solved_at"].fillna(end) - cases["reported_at"]).to_numpy()
    curve = kaplan_meier(until, cases["solved_at"].notna().to_numpy())
    assert 0.2 < float(curve.quantile(0.5)) < 10
    assert 0.3 < cases["on_time"].mean() < 1
    assert 0 < cases["duplicates"].mean() < 2
    weekly = np.diff(city.daily["reported"].to_numpy()[::7])[15:70]
    assert 0.5 < weekly.var(ddof=1) / weekly.mean() < 40
