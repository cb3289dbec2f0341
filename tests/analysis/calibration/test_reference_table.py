"""The reference table against posteriors that are known, and against itself."""

import numpy as np
import pytest
from scipy.special import ndtr, ndtri
from scipy.stats import nbinom, truncnorm

from analysis.calibration.reference_checks import (
    IDENTIFIED,
    NOT_IDENTIFIED,
    places_of_truth,
    ridges,
    uniformity,
    verdicts,
)
from analysis.calibration.reference_table import Posterior, Prior, ReferenceTable, prior_row

RATE, CV, UNSEEN = Prior("rate", 5.0, 40.0), Prior("weekly_cv", 0.0, 0.6, 0.0), Prior("unseen", 0.0, 1.0)
WEEKS = 20
ROWS = 3000


def table_of(priors: tuple[Prior, ...], run: object, rows: int = ROWS) -> ReferenceTable:
    parameters = np.array([prior_row(priors, 5, row) for row in range(rows)])
    luck = [np.random.Generator(np.random.Philox(key=[6, row])) for row in range(rows)]
    summaries = np.array([run(parameters[row], luck[row]) for row in range(rows)])  # type: ignore[operator]
    return ReferenceTable(priors, parameters, summaries, tuple(f"s{k}" for k in range(summaries.shape[1])))


def weekly_counts(parameters: np.ndarray, luck: np.random.Generator) -> np.ndarray:
    rate, cv = parameters[:2]
    return luck.poisson(rate * luck.gamma(1.0 / cv**2, cv**2, WEEKS))


def of_counts(counts: np.ndarray) -> np.ndarray:
    mean = counts.mean()
    return np.array([mean, (counts.var(ddof=1) - mean) / mean**2, np.log1p(counts).std()])


@pytest.fixture(scope="module")
def weeks() -> ReferenceTable:
    """A team's closings by week, Poisson with gamma noise; a third parameter does nothing."""
    return table_of((RATE, CV, UNSEEN), lambda parameters, luck: of_counts(weekly_counts(parameters, luck)))


def test_a_normal_mean_has_its_exact_posterior() -> None:
    """Uniform prior, normal data: the posterior is a truncated normal.

    Also where the data lie beyond its bounds. At 3,000 rows the mean is met to a quarter of the posterior's
    standard deviation and the width to a seventh.
    """
    prior, sd = Prior("mean", -3.0, 3.0), 0.5
    table = table_of((prior,), lambda parameters, luck: parameters + luck.normal(0.0, sd, 1))
    for seen in (-2.9, -1.5, 0.0, 0.4, 2.2, 3.3):
        exact = truncnorm((-3.0 - seen) / sd, (3.0 - seen) / sd, seen, sd)
        found = table.posterior(np.array([seen]))
        assert abs(found.mean()[0] - exact.mean()) < exact.std() / 4.0
        wide = found.quantile(0.95)[0] - found.quantile(0.05)[0]
        assert wide == pytest.approx(exact.ppf(0.95) - exact.ppf(0.05), rel=0.15)


def test_noise_of_a_team_is_told_nearly_as_well_as_by_its_likelihood(weeks: ReferenceTable) -> None:
    """The summaries leave something out; over 60 data sets they cost less than a tenth of the accuracy."""
    rates, cvs = np.linspace(5.0, 40.0, 71), np.linspace(0.002, 0.6, 61)
    sizes = 1.0 / cvs[None, :, None] ** 2
    exact, found, truth = [], [], weeks.parameters[:60, 1]
    for row in range(60):
        luck = np.random.Generator(np.random.Philox(key=[6, row]))
        counts = weekly_counts(weeks.parameters[row], luck)
        assert of_counts(counts) == pytest.approx(weeks.summaries[row])
        log = nbinom.logpmf(counts[None, None, :], sizes, sizes / (sizes + rates[:, None, None])).sum(axis=2)
        weight = np.exp(log - log.max()).sum(axis=0)
        exact.append(weight @ cvs / weight.sum())
        found.append(weeks.posterior(weeks.summaries[row], row).mean()[1])
    errors = [np.sqrt(np.mean((np.array(means) - truth) ** 2)) for means in (exact, found)]
    assert errors[1] < 1.1 * errors[0]
    # What the prior alone would give: the comparison would notice a table that tells nothing.
    assert errors[1] < 0.6 * np.sqrt(np.mean((0.3 - truth) ** 2))


def test_ranks_are_uniform_for_every_parameter(weeks: ReferenceTable) -> None:
    """200 data sets: a posterior a third too narrow, or off by half its width, is found with p below .001."""
    places = places_of_truth(weeks, range(200))
    found = uniformity(places, ["rate", "weekly_cv", "unseen"])
    p_values = found[["p_chi_square", "p_kolmogorov_smirnov"]].to_numpy()
    assert p_values.min() > 0.002
    assert found["held_90"].between(0.83, 0.97).all()
    scores = ndtri(places.clip(1e-6, 1.0 - 1e-6))
    assert uniformity(ndtr(1.5 * scores), ["a", "b", "c"])["p_chi_square"].max() < 0.001
    assert uniformity(ndtr(scores + 0.5), ["a", "b", "c"])["p_kolmogorov_smirnov"].max() < 0.001


def test_what_the_data_do_not_tell_is_said(weeks: ReferenceTable) -> None:
    for row in range(0, 100, 10):
        found = verdicts(weeks.posterior(weeks.summaries[row], row)).set_index("parameter")
        assert found.loc["unseen", "verdict"] == NOT_IDENTIFIED
        assert found.loc["unseen", "posterior_width"] == pytest.approx(0.9, abs=0.06)
        assert found.loc["rate", "verdict"] == IDENTIFIED
        assert found.loc["rate", "posterior_width"] < 0.5 * found.loc["rate", "prior_width"]


def test_a_ridge_is_named() -> None:
    one, two = Prior("one", 0.0, 1.0), Prior("two", 0.0, 1.0)
    total = table_of((one, two), lambda p, luck: np.array([p[0] + p[1] + luck.normal(0.0, 0.02)]))
    found = ridges(total.posterior(np.array([1.0])))
    assert [(ridge.first, ridge.second) for ridge in found] == [("one", "two")]
    assert found[0].correlation < -0.8
    assert "ridge with two" in verdicts(total.posterior(np.array([1.0])))["verdict"][0]
    each = table_of((one, two), lambda p, luck: p + luck.normal(0.0, 0.02, 2))
    assert not ridges(each.posterior(np.array([0.5, 0.5])))


def test_a_row_is_a_function_of_seed_and_number() -> None:
    alone = prior_row((RATE, CV), 3, 17)
    assert alone.tolist() == prior_row((RATE, CV), 3, 17).tolist()
    assert alone.tolist() == prior_row((RATE, CV, UNSEEN), 3, 17)[:2].tolist()
    assert alone.tolist() != prior_row((RATE, CV), 3, 18).tolist()
    assert alone.tolist() != prior_row((RATE, CV), 4, 17).tolist()


def test_only_the_order_of_a_summary_counts(weeks: ReferenceTable) -> None:
    stretched = weeks.summaries.copy()
    stretched[:, 0] = np.exp(stretched[:, 0] / 5.0)
    other = ReferenceTable(weeks.priors, weeks.parameters, stretched, weeks.names)
    assert (other.posterior(stretched[7], 7).values == weeks.posterior(weeks.summaries[7], 7).values).all()


def test_a_summary_that_no_run_has_tells_nothing(weeks: ReferenceTable) -> None:
    missing = np.hstack([weeks.summaries, np.full((len(weeks), 1), np.nan)])
    other = ReferenceTable(weeks.priors, weeks.parameters, missing, (*weeks.names, "due"))
    before, after = weeks.posterior(weeks.summaries[7], 7), other.posterior(missing[7], 7)
    assert after.mean() == pytest.approx(before.mean(), rel=1e-6)


def test_data_that_no_run_is_like_are_named(weeks: ReferenceTable) -> None:
    seen = weeks.summaries[7].copy()
    assert weeks.posterior(seen).beyond == ()
    seen[1] = 1e6
    assert weeks.posterior(seen).beyond == ("s1",)


def test_draws_have_the_posterior_s_mean(weeks: ReferenceTable) -> None:
    posterior = weeks.posterior(weeks.summaries[7], 7)
    draws = posterior.draws(100, seed=1)
    assert (draws == posterior.draws(100, seed=1)).all()
    spread = np.sqrt(posterior.weights @ (posterior.values - posterior.mean()) ** 2)
    assert np.abs(draws.mean(axis=0) - posterior.mean()).max() < 0.3 * spread.max()
    assert ((draws >= [5.0, 0.0, 0.0]) & (draws <= [40.0, 0.6, 1.0])).all()


def test_bounds_are_kept_at_the_edge() -> None:
    """Data made at the neutral value, which is the edge of the prior: the posterior lies against it."""
    prior = Prior("response", 0.0, 1.0, 0.0)
    table = table_of((prior,), lambda p, luck: p + luck.normal(0.0, 0.05, 1))
    posterior = table.posterior(np.array([0.0]))
    assert 0.0 <= posterior.quantile(0.0)[0] < 0.02
    assert posterior.quantile(0.5)[0] == pytest.approx(truncnorm(0.0, 20.0, 0.0, 0.05).ppf(0.5), abs=0.015)
    assert verdicts(posterior)["verdict"].tolist() == [IDENTIFIED]


def test_a_posterior_against_its_bound_is_told_by_its_width() -> None:
    """Between 0 and .2 for sure: normal scores are as wide as the prior's, values are not."""
    values = np.concatenate([np.linspace(1e-6, 0.004, 500), np.linspace(0.004, 0.2, 500)])[:, None]
    posterior = Posterior((Prior("response", 0.0, 1.0, 0.0),), values, np.full(1000, 1e-3))
    assert posterior.spread()[0] > 0.8
    assert verdicts(posterior)["verdict"].tolist() == [IDENTIFIED]
