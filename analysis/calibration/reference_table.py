"""Parameters of a simulation without a likelihood, from a table of runs drawn from the prior.

Each row of the table is one run: parameters drawn from their prior, and summaries of what the run yielded.
The posterior given the observed summaries follows in three steps, none of which runs the simulation again:

1. *Semi-automatic summaries* (Fearnhead and Prangle 2012): each parameter is regressed on all summaries,
   and the prediction replaces them, one number a parameter.
2. *Rejection*: the rows whose predictions lie nearest to those of the data, with Epanechnikov weights.
3. *Local-linear adjustment* (Beaumont, Zhang and Balding 2002) with changing variance (Blum and François
   2010): what is left of the distance is taken out by a weighted regression.

All three work on normal scores. A parameter's is that of its place in the prior, so that the prior is
standard normal, an adjusted value stays within its bounds, and a posterior standard deviation is at once a
share of the prior's. A summary's is that of its rank in the table, so that no heavy tail rules a
regression.

The same table serves any number of data sets; what it says of its own rows is `reference_checks`.

References
----------
.. [1] Beaumont, Zhang, Balding (2002), Genetics 162, 2025–2035.
.. [2] Blum, François (2010), Statistics and Computing 20, 63–73.
.. [3] Fearnhead, Prangle (2012), Journal of the Royal Statistical Society B 74, 419–474.
"""

import functools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

#: Share of the table's rows that a posterior rests on, and how many at least.
KEPT_SHARE = 0.25
KEPT_AT_LEAST = 500
#: Fewer runs make no table.
SMALLEST = 200
#: Of the sum of squares of a column: keeps a regression on columns that say the same from blowing up.
_RIDGE = 1e-4
#: Rows are predicted by regressions on the other parts.
_PARTS = 10
#: How much the changing variance may widen or narrow what a row says.
_STRETCH_AT_MOST = 4.0


@dataclass(frozen=True)
class Prior:
    """A parameter, equally likely anywhere between two bounds.

    Parameters
    ----------
    name
        Of the parameter.
    low, high
        Its bounds.
    neutral
        The value at which the parameter does nothing; NaN where there is none.
    """

    name: str
    low: float
    high: float
    neutral: float = float("nan")

    def __post_init__(self) -> None:
        if not self.low < self.high:
            raise ValueError(f"{self.name}: {self.low} is not below {self.high}")

    def score(self, values: Floats) -> Floats:
        """Return the normal scores of values."""
        from scipy.special import ndtri

        share = (np.asarray(values, dtype=float) - self.low) / (self.high - self.low)
        return np.asarray(ndtri(np.clip(share, 1e-9, 1.0 - 1e-9)))

    def value(self, scores: Floats) -> Floats:
        """Return the values that have these normal scores."""
        from scipy.special import ndtr

        return np.asarray(self.low + (self.high - self.low) * ndtr(scores))


def prior_row(priors: Sequence[Prior], seed: int, row: int) -> Floats:
    """Return the parameters of one row of the table: a function of seed and row, whichever rows exist.

    Each parameter has a draw of its own place, so that a further one leaves the others as they are.
    """
    uniform = np.random.Generator(np.random.Philox(key=[seed, row])).random(len(priors))
    low = np.array([prior.low for prior in priors])
    return np.asarray(low + uniform * (np.array([prior.high for prior in priors]) - low))


@dataclass(frozen=True, eq=False)
class Posterior:
    """What is known of the parameters once the data are seen: weighted values.

    Parameters
    ----------
    priors
        The parameters.
    values
        A row a value, a column a parameter.
    weights
        Of the rows; they sum to one.
    beyond
        Names of summaries of the data that no run of the table reached: the model does not yield such data.
    """

    priors: tuple[Prior, ...]
    values: Floats
    weights: Floats
    beyond: tuple[str, ...] = ()

    def draws(self, count: int, seed: int) -> Floats:
        """Return equally likely draws, spread evenly over the weights (systematic resampling)."""
        generator = np.random.Generator(np.random.Philox(key=[seed, count]))
        places = (np.arange(count) + generator.random()) / count
        rows = np.searchsorted(np.cumsum(self.weights), places).clip(max=len(self.values) - 1)
        return np.asarray(self.values[generator.permutation(rows)])

    def mean(self) -> Floats:
        """Return the posterior mean of each parameter."""
        return np.asarray(self.weights @ self.values)

    def quantile(self, share: float) -> Floats:
        """Return a quantile of each parameter."""
        found = np.empty(len(self.priors))
        for column in range(len(self.priors)):
            order = np.argsort(self.values[:, column])
            passed = np.cumsum(self.weights[order]) - 0.5 * self.weights[order]
            found[column] = np.interp(share, passed, self.values[order, column])
        return found

    def place(self, truth: Floats) -> Floats:
        """Return the posterior probability below a value of each parameter."""
        below = self.values < truth
        return np.asarray(self.weights @ below)

    def scores(self) -> Floats:
        """Return the values as normal scores of the prior."""
        columns = [prior.score(self.values[:, k]) for k, prior in enumerate(self.priors)]
        return np.column_stack(columns)

    def spread(self) -> Floats:
        """Return the standard deviation of each parameter as a share of the prior's, on normal scores."""
        centred = self._centred()
        return np.asarray(np.sqrt(self.weights @ centred**2))

    def correlation(self) -> Floats:
        """Return the correlations of the parameters, on normal scores."""
        centred = self._centred()
        covariance = (centred * self.weights[:, None]).T @ centred
        sd = np.sqrt(np.diag(covariance)).clip(min=1e-12)
        return np.asarray(covariance / np.outer(sd, sd))

    def _centred(self) -> Floats:
        scores = self.scores()
        return np.asarray(scores - self.weights @ scores)


@dataclass(frozen=True, eq=False)
class ReferenceTable:
    """Runs drawn from the prior, and the posterior they give for any data.

    Parameters
    ----------
    priors
        The parameters.
    parameters
        A row a run, a column a parameter.
    summaries
        A row a run, a column a summary. What is missing in a run counts as usual.
    names
        Of the summaries.
    """

    priors: tuple[Prior, ...]
    parameters: Floats
    summaries: Floats
    names: tuple[str, ...]

    def __post_init__(self) -> None:
        rows = len(self.parameters)
        if self.parameters.shape != (rows, len(self.priors)):
            raise ValueError("parameters: a row a run, a column a parameter")
        if self.summaries.shape != (rows, len(self.names)):
            raise ValueError("summaries: a row a run, a column a summary")
        if rows < SMALLEST:
            raise ValueError(f"a table of {rows} runs; at least {SMALLEST} are needed")

    def __len__(self) -> int:
        return len(self.parameters)

    def posterior(self, observed: Floats, without: int = -1) -> Posterior:
        """Return the posterior given the summaries of the data.

        Parameters
        ----------
        observed
            The summaries of the data, in the order of `names`.
        without
            A row to leave out: the one that plays the data.
        """
        target = self._predict(self._rank_scores(np.atleast_2d(observed)))[0]
        away = np.sqrt(((self._predicted - target) ** 2).sum(axis=1))
        if without >= 0:
            away[without] = np.inf
        count = min(len(self) - 1, max(KEPT_AT_LEAST, round(KEPT_SHARE * len(self))))
        nearest = np.argpartition(away, count)[:count]
        nearest = nearest[np.lexsort((nearest, away[nearest]))]
        reach = max(float(away[nearest[-1]]), 1e-12) * (1.0 + 1e-9)
        weights = 1.0 - (away[nearest] / reach) ** 2
        weights /= weights.sum()
        scores = _adjusted(self._predicted[nearest] - target, self._scores[nearest], weights)
        values = np.column_stack([prior.value(scores[:, k]) for k, prior in enumerate(self.priors)])
        return Posterior(self.priors, values, weights, self._beyond(observed, without))

    def predicted_share(self) -> Floats:
        """Return how much of each parameter's variance over the prior the summaries predict."""
        left = ((self._scores - self._predicted) ** 2).mean(axis=0)
        return np.asarray(1.0 - left / self._scores.var(axis=0))

    @functools.cached_property
    def _scores(self) -> Floats:
        columns = [prior.score(self.parameters[:, k]) for k, prior in enumerate(self.priors)]
        return np.column_stack(columns)

    @functools.cached_property
    def _sorted(self) -> list[Floats]:
        """The finite values of each summary, in order."""
        found = []
        for column in self.summaries.T:
            finite = np.sort(column[np.isfinite(column)])
            found.append(finite if len(finite) and finite[0] < finite[-1] else np.empty(0))
        return found

    def _rank_scores(self, summaries: Floats) -> Floats:
        """Return each summary as the normal score of its place among those of the table."""
        from scipy.special import ndtri

        scores = np.zeros(summaries.shape)
        for k, known in enumerate(self._sorted):
            if not len(known):
                continue  # the same in all runs, or in none: it tells nothing
            values = summaries[:, k]
            low, high = np.searchsorted(known, values, "left"), np.searchsorted(known, values, "right")
            share = (0.5 * (low + high)).clip(0.5, len(known) - 0.5) / len(known)
            scores[:, k] = np.where(np.isfinite(values), ndtri(share), 0.0)
        return scores

    @functools.cached_property
    def _design(self) -> Floats:
        return _curved(self._rank_scores(self.summaries))

    @functools.cached_property
    def _coefficients(self) -> Floats:
        return _ridge(self._design, self._scores, np.ones(len(self)))

    def _predict(self, rank_scores: Floats) -> Floats:
        return np.asarray(_curved(rank_scores) @ self._coefficients)

    @functools.cached_property
    def _predicted(self) -> Floats:
        """Predictions for the rows of the table, each by a regression on other rows.

        A regression that has seen a row predicts it too well: summaries would seem to tell what they do not.
        """
        found = np.empty(self._scores.shape)
        part = np.arange(len(self)) % _PARTS
        for one in range(_PARTS):
            mine = part == one
            weights = (~mine).astype(float)
            found[mine] = self._design[mine] @ _ridge(self._design, self._scores, weights)
        return found

    def _beyond(self, observed: Floats, without: int) -> tuple[str, ...]:
        if without >= 0:
            return ()
        return tuple(
            name
            for name, known, value in zip(self.names, self._sorted, np.ravel(observed), strict=True)
            if len(known) and np.isfinite(value) and not known[0] <= value <= known[-1]
        )


def _curved(scores: Floats) -> Floats:
    """Return the columns of a regression: a constant, each score, and its square."""
    return np.hstack([np.ones((len(scores), 1)), scores, scores**2 - 1.0])


def _ridge(design: Floats, outcome: Floats, weights: Floats) -> Floats:
    """Return the coefficients of a weighted regression whose first column is a constant."""
    weighted = design * weights[:, None]
    normal = weighted.T @ design
    penalty = _RIDGE * np.diag(normal).copy()
    penalty[0] = 0.0
    return np.asarray(np.linalg.solve(normal + np.diag(penalty + 1e-12), weighted.T @ outcome))


def _adjusted(away: Floats, scores: Floats, weights: Floats) -> Floats:
    """Return what the parameters of the rows would have been, had their summaries been those of the data."""
    design = np.hstack([np.ones((len(away), 1)), away])
    mean = _ridge(design, scores, weights)
    left = scores - design @ mean
    spread = _ridge(design, np.log(left**2 + 1e-12), weights)
    stretch = np.exp(0.5 * (spread[0] - design @ spread))
    # What a regression leaves is smaller than what it misses, the more so the fewer rows it rests on.
    rows = 1.0 / float((weights**2).sum())
    missed = np.sqrt(rows / (rows - design.shape[1]))
    return np.asarray(mean[0] + missed * left * stretch.clip(1.0 / _STRETCH_AT_MOST, _STRETCH_AT_MOST))
