"""Which assumptions matter: Morris and Sobol indices, with the noise of replications told apart.

Y(x, r) is the outcome at point x of the design and replication r. All points have the same replications
(common random numbers), so an effect of a parameter is estimated within the same luck. Indices are of the
mean over replications. What chance alone does is reported beside them:

    noise share = mean_x Var_r Y(x, r) / Var Y,

the part of a single run's variance that no parameter explains, and for each index what chance alone would
give it. A mean size is above zero even where there is no effect: for an elementary effect E(t, r) of
trajectory t,

    noise of mu* = mean_t sqrt(2 / pi) s_t / sqrt(R),    s_t² = Var_r E(t, r),

the mean size of a normal error with the standard error of an effect's mean over R replications; likewise for
Jansen's total index with the differences D(n, r) = Y(A_n, r) - Y(AB_n, r) of base sample n,

    noise of the total index = mean_n Var_r D(n, r) / R / (2 Var Y).

References: M. D. Morris (1991) Technometrics 33, 161; F. Campolongo, J. Cariboni, A. Saltelli (2007)
Environmental Modelling & Software 22, 1509; A. Saltelli et al. (2010) Computer Physics Communications 181,
259. Computed by SALib.
"""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]
_LEVELS = 4


def problem(names: Sequence[str]) -> dict[str, Any]:
    """Return the problem in SALib's terms: every factor uniform on [0, 1]."""
    return {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}


def design(names: Sequence[str], method: str, size: int, seed: int) -> Floats:
    """Return a design, one row per point, one column per factor.

    Parameters
    ----------
    size
        Morris: trajectories, each of one point more than there are factors. Sobol: base samples, a power of
        two; the design has ``size · (factors + 2)`` points.
    """
    if method == "morris":
        from SALib.sample import morris

        return np.asarray(morris.sample(problem(names), size, num_levels=_LEVELS, seed=seed))
    from SALib.sample import sobol

    return np.asarray(sobol.sample(problem(names), size, calc_second_order=False, seed=seed))


def noise_share(values: Floats) -> float:
    """Return the share of the variance of single runs that replications make (point by replication)."""
    values = values[np.isfinite(values).all(axis=1)]
    if values.shape[1] < 2:
        return float("nan")
    total = float(values.var(ddof=1))
    # Of few points and replications the estimate may come out above one.
    return min(1.0, float(values.var(axis=1, ddof=1).mean()) / total) if total > 0.0 else float("nan")


def indices(names: Sequence[str], method: str, points: Floats, values: Floats, seed: int) -> pd.DataFrame:
    """Return one row per factor, the most influential first.

    Parameters
    ----------
    points
        From `design`.
    values
        Outcome, point by replication; a trajectory or base sample in which one is missing is left out.

    Returns
    -------
    DataFrame
        Morris: parameter, mu, mu_star, mu_star_conf, sigma, noise_se (of mu), noise_mu_star. Sobol:
        parameter, first, first_conf, total, total_conf, noise_total. Intervals are 95 %, by bootstrap over
        the design.
    """
    block = len(names) + (1 if method == "morris" else 2)
    points, values = complete_blocks(points, values, block)
    mean = values.mean(axis=1)
    if method == "morris":
        from SALib.analyze import morris

        found = morris.analyze(problem(names), points, mean, num_levels=_LEVELS, seed=seed)
        effects = elementary_effects(points, values)
        repeated = values.shape[1]
        noise, floor = (np.full(len(names), np.nan) for _ in range(2))
        if repeated > 1:
            noise = effects.mean(axis=1).std(axis=1, ddof=1) / math.sqrt(repeated)
            floor = effects.std(axis=2, ddof=1).mean(axis=1) * math.sqrt(2.0 / math.pi / repeated)
            floor /= _normal_spread(repeated)
        columns = {
            "parameter": list(names),
            "mu": np.asarray(found["mu"]),
            "mu_star": np.asarray(found["mu_star"]),
            "mu_star_conf": np.asarray(found["mu_star_conf"]),
            "sigma": np.asarray(found["sigma"]),
            "noise_se": noise,
            "noise_mu_star": floor,
        }
        return pd.DataFrame(columns).sort_values("mu_star", ascending=False, ignore_index=True)
    from SALib.analyze import sobol

    if is_constant(mean):
        zeros = np.zeros(len(names))
        found = {"S1": zeros, "S1_conf": zeros, "ST": zeros, "ST_conf": zeros}
    else:
        found = sobol.analyze(problem(names), mean, calc_second_order=False, seed=seed)
    columns = {
        "parameter": list(names),
        "first": np.asarray(found["S1"]),
        "first_conf": np.asarray(found["S1_conf"]),
        "total": np.asarray(found["ST"]),
        "total_conf": np.asarray(found["ST_conf"]),
        "noise_total": _noise_of_totals(values, len(names)),
    }
    return pd.DataFrame(columns).sort_values("total", ascending=False, ignore_index=True)


def is_constant(values: Floats) -> bool:
    """Whether an outcome is the same everywhere, but for the speck that rounding leaves."""
    known = values[np.isfinite(values)]
    return len(known) == 0 or float(np.ptp(known)) <= 1e-12 * max(1e-150, float(np.abs(known).max()))


def complete_blocks(points: Floats, values: Floats, block: int) -> tuple[Floats, Floats]:
    """Return the blocks of a design (trajectories, base samples) that have every outcome."""
    whole = np.isfinite(values).all(axis=1).reshape(-1, block).all(axis=1)
    if whole.sum() < 2:
        raise ValueError("indices need at least two trajectories or base samples with every outcome")
    kept = np.repeat(whole, block)
    return points[kept], values[kept]


def elementary_effects(points: Floats, values: Floats) -> Floats:
    """Return the elementary effects of a Morris design, factor by trajectory by replication.

    Two neighbours along a trajectory differ in one factor; each factor changes once in each.
    """
    factors = points.shape[1]
    paths = points.reshape(-1, factors + 1, factors)
    steps = np.diff(paths, axis=1)
    changed = np.abs(steps).argmax(axis=2)
    size = np.take_along_axis(steps, changed[..., None], axis=2)
    slopes = np.diff(values.reshape(len(paths), factors + 1, -1), axis=1) / size
    effects = np.empty((factors, len(paths), values.shape[1]))
    effects[changed, np.arange(len(paths))[:, None]] = slopes
    return effects


def _noise_of_totals(values: Floats, factors: int) -> Floats:
    """Return the total index that chance alone gives each factor; NaN with one replication."""
    repeated = values.shape[1]
    # A base sample, the same with one factor of the other each, the other.
    blocks = values.reshape(-1, factors + 2, repeated)
    spread = float(blocks[:, [0, -1]].mean(axis=2).var())
    if repeated < 2 or spread == 0.0:
        return np.full(factors, np.nan)
    apart = blocks[:, :1] - blocks[:, 1 : factors + 1]
    return np.asarray(apart.var(axis=2, ddof=1).mean(axis=0) / repeated / (2.0 * spread))


def _normal_spread(number: int) -> float:
    """Return the mean of the standard deviation of `number` standard normal values (c4)."""
    return math.sqrt(2.0 / (number - 1)) * math.exp(math.lgamma(number / 2) - math.lgamma((number - 1) / 2))
