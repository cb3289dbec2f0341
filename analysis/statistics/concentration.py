"""How unequally acts are spread over people.

Everybody entitled to act is in the denominator, those who never acted included; leaving them out hides most
of the inequality of participation.

References
----------
.. [1] Gini (1912); computed as G = sum_i (2 i - n - 1) x_(i) / (n sum x), x_(i) ascending, i = 1..n.
.. [2] Lorenz (1905), Publ. Amer. Stat. Assoc. 9, 209-219.
.. [3] Theil (1967), Economics and Information Theory, ch. 4; Shorrocks (1980), Econometrica 48, 613-625.
"""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def gini(values: npt.ArrayLike) -> float:
    """Gini coefficient over everybody, 0 for equal shares, (n - 1)/n if one person did it all.

    Undefined (NaN) where nobody did anything.
    """
    ordered = np.sort(np.asarray(values, dtype=float))
    number = len(ordered)
    total = ordered.sum()
    if number == 0 or total <= 0:
        return float("nan")
    rank = np.arange(1, number + 1)
    return float(((2 * rank - number - 1) * ordered).sum() / (number * total))


def top_share(values: npt.ArrayLike, share: float) -> float:
    """Share of all acts done by the most active `share` of everybody (read off the Lorenz curve).

    A boundary that falls inside one person counts that person in proportion.
    """
    ordered = np.sort(np.asarray(values, dtype=float))[::-1]
    total = ordered.sum()
    if len(ordered) == 0 or total <= 0:
        return float("nan")
    people = share * len(ordered)
    cumulative = np.concatenate([[0.0], np.cumsum(ordered)])
    return float(np.interp(people, np.arange(len(cumulative)), cumulative) / total)


def lorenz(values: npt.ArrayLike, at: Floats) -> Floats:
    """Lorenz curve: share of all acts done by the least active share `at` of everybody."""
    ordered = np.sort(np.asarray(values, dtype=float))
    total = ordered.sum()
    if len(ordered) == 0 or total <= 0:
        return np.full(len(at), np.nan)
    cumulative = np.concatenate([[0.0], np.cumsum(ordered)]) / total
    return np.interp(at, np.linspace(0.0, 1.0, len(cumulative)), cumulative)


def once_only_share(values: npt.ArrayLike) -> float:
    """Among those who acted at all, the share who acted exactly once."""
    counts = np.asarray(values)
    acted = counts > 0
    return float((counts[acted] == 1).mean()) if acted.any() else float("nan")


def theil(values: npt.ArrayLike, groups: npt.ArrayLike) -> tuple[float, float]:
    """Theil's T of positive amounts and the part of it that lies between groups.

    T = mean of (x/m) ln(x/m), 0 ln 0 = 0; between = sum_g (n_g m_g / n m) ln(m_g/m). T minus between is
    the mean of the groups' own T, weighted by their share of the total.
    """
    amount = np.asarray(values, dtype=float)
    if len(amount) == 0 or amount.sum() <= 0:
        return float("nan"), float("nan")
    whole = _theil_terms(amount / amount.mean()).mean()
    _, group = np.unique(np.asarray(groups), return_inverse=True)
    number = np.bincount(group)
    relative = np.bincount(group, weights=amount) / number / amount.mean()
    between = (number * _theil_terms(relative)).sum() / len(amount)
    return float(whole), float(between)


def _theil_terms(relative: Floats) -> Floats:
    return np.where(relative > 0, relative * np.log(np.where(relative > 0, relative, 1.0)), 0.0)
