"""Estimators against independent implementations (lifelines, statsmodels), and intervals by simulation."""

import warnings

import numpy as np
import pytest

from analysis.estimates.incidence import incidence_by_solver
from analysis.inputs.ledger import counted
from analysis.metrics import SOLVERS
from analysis.statistics import survival
from analysis.statistics.paired_restricted_mean import influence, paired_restricted_mean
from tests.analysis.coverage import INTERVALS, covered, twins
from tests.analysis.synthetic import run

lifelines = pytest.importorskip("lifelines")
duration = pytest.importorskip("statsmodels.duration.survfunc")


def censored(seed: int, number: int = 300, ties: bool = False):
    rng = np.random.default_rng(seed)
    event, leaving = rng.weibull(0.8, number) * 30, rng.uniform(0, 90, number)
    time, seen = np.minimum(event, leaving), event <= leaving
    # Whole days, so that events coincide with each other and with those who leave.
    return (np.ceil(time), seen) if ties else (time, seen)


@pytest.mark.parametrize("ties", [False, True])
def test_kaplan_meier_and_its_band(ties):
    time, seen = censored(1, ties=ties)
    ours = survival.kaplan_meier(time, seen)
    theirs = lifelines.KaplanMeierFitter().fit(time, seen)
    at = np.linspace(0.5, 85, 60)
    assert ours.at(at) == pytest.approx(theirs.survival_function_at_times(at).to_numpy(), abs=1e-12)
    rows = np.searchsorted(theirs.confidence_interval_.index.to_numpy(), ours.times)
    inside = (ours.survival > 0) & (ours.survival < 1)
    for mine, column in ((ours.low, 0), (ours.high, 1)):
        other = theirs.confidence_interval_.to_numpy()[rows, column]
        assert mine[inside] == pytest.approx(other[inside], abs=1e-9)
    other = duration.SurvfuncRight(time, seen)
    assert ours.at(other.surv_times) == pytest.approx(other.surv_prob, abs=1e-12)
    assert ours.quantile(0.5) == other.quantile(0.5) == theirs.median_survival_time_


@pytest.mark.parametrize("ties", [False, True])
def test_restricted_mean(ties):
    time, seen = censored(2, ties=ties)
    fitted = lifelines.KaplanMeierFitter().fit(time, seen)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its variance integrates numerically; only the mean is compared
        theirs = lifelines.utils.restricted_mean_survival_time(fitted, t=60.0)
    mean, variance = survival.restricted_mean(time, seen, 60.0)
    assert mean == pytest.approx(theirs, abs=1e-6)
    # Its variance against the infinitesimal jackknife, another derivation, and against the bootstrap.
    assert variance == pytest.approx((influence(time, seen, 60.0) ** 2).sum() / len(time) ** 2, rel=0.02)
    rng = np.random.default_rng(3)
    drawn = []
    for _ in range(300):
        again = rng.integers(0, len(time), len(time))
        drawn.append(survival.restricted_mean(time[again], seen[again], 60.0)[0])
    assert np.sqrt(variance) == pytest.approx(np.std(drawn), rel=0.15)


def test_restricted_mean_of_a_published_analysis():
    # Freireich's trial (Klein & Moeschberger, table 1.1), restricted to 35 weeks; R survival 3.5:
    # print(survfit(Surv(time, cens) ~ treat), rmean=35) gives 23.29 (se 2.83) and 8.67 (se 1.38).
    treated = [6, 6, 6, 7, 10, 13, 16, 22, 23, 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    control = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]
    mean, variance = survival.restricted_mean(np.array(treated, float), np.arange(21) < 9, 35.0)
    assert (mean, np.sqrt(variance)) == pytest.approx((23.287, 2.827), abs=1e-3)
    mean, variance = survival.restricted_mean(np.array(control, float), np.ones(21, bool), 35.0)
    assert (mean, np.sqrt(variance)) == pytest.approx((8.667, 1.377), abs=1e-3)


@pytest.mark.parametrize("ties", [False, True])
def test_cumulative_incidence(ties):
    time, seen = censored(4, ties=ties)
    cause = np.where(seen, np.random.default_rng(5).integers(1, 4, len(time)), 0)
    ours = survival.aalen_johansen(time, cause)
    theirs = duration.CumIncidenceRight(time, cause)
    for number, k in enumerate((1, 2, 3)):
        assert ours.at(k, theirs.times) == pytest.approx(theirs.cinc[number], abs=1e-12)
    if not ties:  # lifelines moves tied times apart at random
        fitted = lifelines.AalenJohansenFitter(calculate_variance=False).fit(time, cause, event_of_interest=2)
        at = fitted.cumulative_density_.index.to_numpy()
        assert ours.at(2, at) == pytest.approx(fitted.cumulative_density_.to_numpy()[:, 0], abs=1e-9)


@pytest.mark.parametrize("followup", [180, 30])
def test_incidence_by_solver_of_a_run(followup):
    """Watched for 180 days, plain shares; watched for less, what statsmodels makes of the censored ledger."""
    needs = counted(run(needs=1500, residents=100, horizon=100, followup=followup))
    at = np.linspace(0.0, float(np.floor(min(180.0, needs.followed.max()))), 50)
    curves = incidence_by_solver(needs, at)
    time, seen = survival.censor(needs.solved - needs.arisen, needs.followed)
    theirs = duration.CumIncidenceRight(time, np.where(seen, needs.solved_by + 1, 0))
    known = np.unique(needs.solved_by[seen & (needs.solved_by >= 0)])
    assert list(curves) == [SOLVERS[code] for code in known]
    for code in known:
        other = survival.step(theirs.times, theirs.cinc[code], at, before=0.0)
        assert curves[SOLVERS[code]] == pytest.approx(other, abs=1e-12)
    total = np.sum(list(curves.values()), axis=0)
    assert total == pytest.approx(1.0 - survival.kaplan_meier(time, seen, None).at(at))


def test_paired_difference_without_censoring_is_the_paired_t():
    rng = np.random.default_rng(6)
    first = rng.exponential(50, 200)
    second = 0.5 * first + rng.exponential(20, 200)
    everybody = np.ones(200, bool)
    found = paired_restricted_mean((first, everybody), (second, everybody), 60.0)
    apart = np.minimum(second, 60.0) - np.minimum(first, 60.0)
    assert found.difference == pytest.approx(apart.mean())
    assert found.error == pytest.approx(apart.std(ddof=1) / np.sqrt(200))


def test_influence_is_the_derivative_by_weight():
    """Leaving one out moves the estimate by its influence, to first order."""
    time, seen = censored(7, number=60, ties=True)
    whole = survival.restricted_mean(time, seen, 60.0)[0]
    without = [survival.restricted_mean(np.delete(time, i), np.delete(seen, i), 60.0)[0] for i in range(60)]
    moved = 59 * (whole - np.array(without))
    assert influence(time, seen, 60.0) == pytest.approx(moved, abs=2.0)
    assert np.corrcoef(influence(time, seen, 60.0), moved)[0, 1] > 0.999
    assert influence(time, seen, 60.0).sum() == pytest.approx(0.0, abs=1e-9)


def test_pairing_pays():
    first, second = twins(np.random.default_rng(8), 2000)
    paired = paired_restricted_mean(first, second, 90.0).error
    apart = np.sqrt(sum(survival.restricted_mean(*arm, 90.0)[1] for arm in (first, second)))
    assert paired < 0.8 * apart


@pytest.mark.parametrize("name", INTERVALS)
def test_intervals_cover_as_often_as_they_say(name):
    found = covered(name, 4000 if "over replications" in name else 600)
    assert found.agrees(), f"{name}: {found.held} of {found.tries}, {found.interval()}"
