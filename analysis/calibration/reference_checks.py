"""What a reference table says of itself: whether it can be believed, and what the data do not tell.

*Simulation-based calibration* (Talts et al. 2018): rows of the table play the data in turn. The posterior
of the others puts the row's own parameters at a place between 0 and 1, and over many rows the places are
uniform, for every parameter, or the method is wrong.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.calibration.reference_table import Posterior, ReferenceTable

Floats = npt.NDArray[np.float64]

#: A posterior wider than this share of its prior, on normal scores, says that the data do not tell; so does
#: one that may be wider but for the few rows it rests on.
TOLD_BELOW = 0.8
#: Two parameters whose posterior correlation is larger are known together rather than each alone.
RIDGE_ABOVE = 0.8
NOT_IDENTIFIED = "not identified: prior"
IDENTIFIED = "identified"
_BINS = 10


@dataclass(frozen=True)
class Ridge:
    """Two parameters of which the data tell a combination."""

    first: str
    second: str
    correlation: float


def ridges(posterior: Posterior) -> list[Ridge]:
    """Return the pairs of parameters that trade off against each other, strongest first."""
    names = [prior.name for prior in posterior.priors]
    correlation = posterior.correlation()
    found = [
        Ridge(names[i], names[j], float(correlation[i, j]))
        for i in range(len(names))
        for j in range(i + 1, len(names))
        if abs(correlation[i, j]) > RIDGE_ABOVE
    ]
    return sorted(found, key=lambda ridge: -abs(ridge.correlation))


def verdicts(posterior: Posterior, scope: str = "city") -> pd.DataFrame:
    """Return prior against posterior for each parameter.

    Returns
    -------
    DataFrame
        A row a parameter: parameter, scope, prior_mean, prior_width, posterior_mean, posterior_width,
        verdict. A width is that of the interval that holds nine tenths.
    """
    mean, low, high = posterior.mean(), posterior.quantile(0.05), posterior.quantile(0.95)
    effective = 1.0 / float((posterior.weights**2).sum())
    bounds = np.array([(prior.low, prior.high) for prior in posterior.priors])
    # Against a bound normal scores are stretched: there the width itself says what is told.
    narrower = np.minimum(posterior.spread(), (high - low) / (0.9 * (bounds[:, 1] - bounds[:, 0])))
    spread = narrower * (1.0 + 2.0 / np.sqrt(2.0 * effective))
    pairs = ridges(posterior)
    rows = []
    for k, prior in enumerate(posterior.priors):
        verdict = NOT_IDENTIFIED if spread[k] > TOLD_BELOW else IDENTIFIED
        for ridge in pairs:
            if prior.name in (ridge.first, ridge.second):
                other = ridge.second if prior.name == ridge.first else ridge.first
                verdict += f"; ridge with {other} (correlation {ridge.correlation:+.2f})"
        rows.append(
            {
                "parameter": prior.name,
                "scope": scope,
                "prior_mean": 0.5 * (prior.low + prior.high),
                "prior_width": 0.9 * (prior.high - prior.low),
                "posterior_mean": float(mean[k]),
                "posterior_width": float(high[k] - low[k]),
                "verdict": verdict,
            }
        )
    return pd.DataFrame(rows)


def places_of_truth(table: ReferenceTable, rows: Sequence[int]) -> Floats:
    """Return where the posterior puts the truth of each row that plays the data, a column a parameter."""
    return np.array([table.posterior(table.summaries[row], row).place(table.parameters[row]) for row in rows])


def uniformity(places: Floats, names: Sequence[str]) -> pd.DataFrame:
    """Return whether places are uniform, for each parameter.

    Returns
    -------
    DataFrame
        A row a parameter: parameter, data_sets, mean_place, held_90 (how often the middle nine tenths held
        the truth), p_chi_square (ten bins), p_kolmogorov_smirnov.
    """
    from scipy.stats import chisquare, kstest

    rows = []
    for k, name in enumerate(names):
        column = places[:, k]
        counts = np.histogram(column, bins=_BINS, range=(0.0, 1.0))[0]
        rows.append(
            {
                "parameter": name,
                "data_sets": len(column),
                "mean_place": float(column.mean()),
                "held_90": float(((column >= 0.05) & (column <= 0.95)).mean()),
                "p_chi_square": float(chisquare(counts).pvalue),
                "p_kolmogorov_smirnov": float(kstest(column, "uniform").pvalue),
            }
        )
    return pd.DataFrame(rows)
