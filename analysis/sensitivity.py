"""Which assumptions matter: Morris and Sobol indices, with the noise of replications told apart.

Y(x, r) is the outcome at point x of the design and replication r. All points have the same replications
(common random numbers), so an effect of a parameter is estimated within the same luck. Indices are of the
mean over replications. What chance alone does is reported beside them:

    noise share = mean_x Var_r Y(x, r) / Var Y,

the part of a single run's variance that no parameter explains, and for Morris the standard error of each mean
effect over the replications.

References: M. D. Morris (1991) Technometrics 33, 161; F. Campolongo, J. Cariboni, A. Saltelli (2007)
Environmental Modelling & Software 22, 1509; A. Saltelli et al. (2010) Computer Physics Communications 181,
259. Computed by SALib.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]
METHODS = ("morris", "sobol")
_LEVELS = 4


def problem(names: Sequence[str]) -> dict[str, Any]:
    """Return the problem in SALib's terms: every factor uniform on [0, 1]."""
    return {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}


def design(names: Sequence[str], method: str, size: int, seed: int) -> Floats:
    """Return a design, a row a point, a column a factor.

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
    if values.shape[1] < 2:
        return float("nan")
    total = float(values.var(ddof=1))
    return float(values.var(axis=1, ddof=1).mean()) / total if total > 0.0 else float("nan")


def indices(names: Sequence[str], method: str, points: Floats, values: Floats, seed: int) -> pd.DataFrame:
    """Return a row a factor, the most influential first.

    Parameters
    ----------
    points
        From `design`.
    values
        Outcome, point by replication.

    Returns
    -------
    DataFrame
        Morris: parameter, mu, mu_star, mu_star_conf, sigma, noise_se. Sobol: parameter, first, first_conf,
        total, total_conf. Intervals are 95 %, by bootstrap over the design.
    """
    if not np.isfinite(values).all():
        raise ValueError("indices need an outcome at every point")
    mean = values.mean(axis=1)
    if method == "morris":
        from SALib.analyze import morris

        found = morris.analyze(problem(names), points, mean, num_levels=_LEVELS, seed=seed)
        each = np.array(
            [
                np.asarray(
                    morris.analyze(
                        problem(names), points, values[:, r], num_levels=_LEVELS, num_resamples=2, seed=seed
                    )["mu"]
                )
                for r in range(values.shape[1])
            ]
        )
        noise = (
            each.std(axis=0, ddof=1) / np.sqrt(len(each)) if len(each) > 1 else np.full(len(names), np.nan)
        )
        columns = {
            "parameter": list(names),
            "mu": np.asarray(found["mu"]),
            "mu_star": np.asarray(found["mu_star"]),
            "mu_star_conf": np.asarray(found["mu_star_conf"]),
            "sigma": np.asarray(found["sigma"]),
            "noise_se": noise,
        }
        return pd.DataFrame(columns).sort_values("mu_star", ascending=False, ignore_index=True)
    from SALib.analyze import sobol

    if mean.std() == 0.0:
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
    }
    return pd.DataFrame(columns).sort_values("total", ascending=False, ignore_index=True)
