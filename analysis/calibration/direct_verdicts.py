"""What the file tells of each part of the direct posterior: prior against posterior, and a verdict."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import stats

from analysis.calibration.clock import Floats
from analysis.calibration.exposure import AGE_EDGES
from analysis.calibration.known import KnownRequests
from analysis.calibration.posterior import Posterior
from analysis.calibration.priors import NEVER_WEIGHT, WEEKLY_CV
from analysis.calibration.reference_checks import IDENTIFIED, NOT_IDENTIFIED, RIDGE_ABOVE, TOLD_BELOW

#: A width is that of the interval that holds nine tenths.
_LOW, _HIGH = 0.05, 0.95
_DAYS = 5.0
#: Rates from this age on trade off against the share never closed.
_LATE_DAYS = 30.0
_CITY = "city"


def direct_verdicts(known: KnownRequests, posterior: Posterior) -> pd.DataFrame:
    """Return prior against posterior by parameter and scope.

    Returns
    -------
    DataFrame
        Columns parameter, scope, prior_mean, prior_width, posterior_mean, posterior_width, verdict,
        effective_draws (as `effective_draws` counts them). The share of closings on paper has its prior as
        posterior, which took no draws: a file without reopenings holds no trace of it.
    """
    rows = [
        _row(name, _CITY, getattr(posterior, name), prior)
        for name, prior in (
            ("gamma", stats.uniform(0, 1)),
            ("mobilisation", stats.uniform(0, 1)),
            ("put_off", stats.uniform(0, 1)),
        )
    ]
    if not known.urgent.any():
        rows[1] = _prior_alone("mobilisation", stats.uniform(0, 1))
        rows[2] = _prior_alone("put_off", stats.uniform(0, 1))
    due = stats.loggamma(4.0, loc=-np.log(4.0))
    some_due = bool((~np.isnan(known.due)).any())
    rows.append(
        _row("due_effect", _CITY, posterior.due_effect, due) if some_due else _prior_alone("due_effect", due)
    )
    rows.append(_prior_alone("paper_share", stats.uniform(0, 0.5)))
    # Means of shares are flat from 0 to 1, the shares a beta around them.
    share = _Sample(_shares_before(NEVER_WEIGHT))
    rows += _by(known.categories, "at_once", posterior.at_once, share)
    counts = np.zeros((len(known.categories), len(known.teams)))
    np.add.at(counts, (known.category, known.team), 1.0)
    weight = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1.0)
    never = (posterior.never * weight).sum(axis=2)
    rows += _by(known.categories, "never", never, share)
    pace = (posterior.pace * weight).sum(axis=2)
    soon = _closed_within(posterior.rate * pace[:, :, None], _DAYS)
    rows += _by(known.categories, "closed_within_5_working_days", soon, stats.uniform(0, 1))
    cv = _Sample(WEEKLY_CV)
    rows += _by(known.teams, "weekly_cv", posterior.weekly_cv, cv)
    table = pd.DataFrame(rows)
    _name_ridges(table, known.categories, never, posterior.rate)
    return table


class _Sample:
    """A prior known by a sample."""

    def __init__(self, values: Floats) -> None:
        self.values = values

    def mean(self) -> float:
        return float(self.values.mean())

    def ppf(self, q: float) -> float:
        return float(np.quantile(self.values, q))


def _shares_before(weight: float) -> Floats:
    rng = np.random.default_rng(1)
    mean = rng.random(20_000)
    return rng.beta(weight * mean, weight * (1.0 - mean))


def _closed_within(rate: Floats, days: float) -> Floats:
    """Return the share closed within working days, of those that are to be closed, at usual load."""
    inside = np.clip(np.minimum(np.append(AGE_EDGES[1:], np.inf), days) - AGE_EDGES, 0.0, None)
    return 1.0 - np.exp(-(rate * inside).sum(axis=-1))


def _by(names: Sequence[str], parameter: str, values: Floats, prior: object) -> list[dict[str, object]]:
    return [_row(parameter, name, values[:, i], prior) for i, name in enumerate(names)]


def _row(parameter: str, scope: str, values: Floats, prior: object) -> dict[str, object]:
    before = prior.ppf(_HIGH) - prior.ppf(_LOW)  # type: ignore[attr-defined]
    after = float(np.quantile(values, _HIGH) - np.quantile(values, _LOW))
    return {
        "parameter": parameter,
        "scope": scope,
        "prior_mean": float(prior.mean()),  # type: ignore[attr-defined]
        "prior_width": before,
        "posterior_mean": float(np.mean(values)),
        "posterior_width": after,
        "verdict": IDENTIFIED if after < TOLD_BELOW * before else NOT_IDENTIFIED,
        "effective_draws": effective_draws(values),
    }


def effective_draws(values: Floats) -> float:
    """Return how many independent draws would tell the mean as well as these, in the order of the chain. [1]_

    References
    ----------
    .. [1] Geyer (1992), Practical Markov chain Monte Carlo, Statistical Science 7, 473-483: autocorrelations
       are added up in pairs as long as these are positive.
    """
    n = len(values)
    around = values - values.mean()
    if n < 4 or not around.any():
        return float(n)
    spectrum = np.abs(np.fft.rfft(around, 2 * n)) ** 2
    correlation = np.fft.irfft(spectrum)[:n]
    pairs = (correlation[: n // 2 * 2] / correlation[0]).reshape(-1, 2).sum(axis=1)
    ended = np.flatnonzero(pairs <= 0.0)
    return float(min(n, n / (2.0 * pairs[: ended[0] if len(ended) else len(pairs)].sum() - 1.0)))


def _prior_alone(parameter: str, prior: object) -> dict[str, object]:
    row = _row(parameter, _CITY, np.array([prior.ppf(q) for q in (np.arange(999) + 1) / 1000]), prior)  # type: ignore[attr-defined]
    return {**row, "verdict": NOT_IDENTIFIED, "effective_draws": np.nan}


def _name_ridges(table: pd.DataFrame, categories: Sequence[str], never: Floats, rate: Floats) -> None:
    """Say where the share never closed and the rate of late closings are known together only."""
    late = np.log(rate[:, :, AGE_EDGES >= _LATE_DAYS].mean(axis=2))
    for i, name in enumerate(categories):
        if never[:, i].std() == 0.0 or late[:, i].std() == 0.0:
            continue
        together = np.corrcoef(never[:, i], late[:, i])[0, 1]
        if abs(together) > RIDGE_ABOVE:
            mine = (table["parameter"] == "never") & (table["scope"] == name)
            table.loc[mine, "verdict"] += f"; ridge with late closings ({together:.2f})"
