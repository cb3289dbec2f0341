"""A gradient-boosted hazard: in each bin of age, how likely is a closing, given what is known of the request.

Requests become person-periods, one row a request and bin of age that it reached and that was watched to its
end. A classifier (scikit-learn's histogram boosting) learns the chance of a closing in the bin from the
category, the bin, hour and weekday of the opening and of the bin's beginning, and if asked the backlog of
category, team and city at the opening. Backlogs after the origin are not known: requests opened later have
those of the origin.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from analysis.forecasts.window import Asked, Codes, Floats, Forecast, Known, open_at

#: Edges of the bins of age, in days: minutes at first, since part of all closings come at once.
EDGES_DAYS = np.array(
    [0, 5 / 1440, 15 / 1440, 30 / 1440, 1 / 24, 2 / 24, 4 / 24, 8 / 24, 16 / 24, 1, 4 / 3, 5 / 3, 2, 2.5]
    + [3, 4, 5, 7, 10, 14, 21, 30, 45, 60, 90, 120, 180]
)
#: Categories that the classifier tells apart; the others are one. It allows 255.
MOST_CATEGORIES = 200
#: Person-periods learnt from at most; more are sub-sampled by request.
MOST_ROWS = 2_000_000
_LEARNING_RATE = 0.1
_LEAVES = 31
#: Much larger leaves than usual: rows of one request are alike, and fewer are learnt by heart.
_FEWEST_IN_A_LEAF = 200
_SHRINKAGE = 5.0


@dataclass(frozen=True)
class _Backlogs:
    """Open requests of category, team and city at given times, as logarithms."""

    known: Known
    team_of: Codes
    """The team that most requests of a category had: whose a request will be is not known."""

    def features(self, at: Floats, category: Codes) -> Floats:
        known = self.known
        closed = np.where(known.seen, known.closed_at, np.inf)
        team = self.team_of[category]
        columns = [open_at(at, known.arisen_at, closed).astype(float)]
        for code, owner in ((category, known.category), (team, self.team_of[known.category])):
            column = np.zeros(len(at))
            for one in np.unique(code):
                mine, theirs = code == one, owner == one
                column[mine] = open_at(at[mine], known.arisen_at[theirs], closed[theirs])
            columns.append(column)
        return np.log1p(np.column_stack(columns))


@dataclass(frozen=True)
class Boosted:
    """Gradient-boosted hazard; `with_backlog` adds the backlogs known at the opening."""

    name: str = "boosted"
    with_backlog: bool = False
    iterations: int = 150

    def forecast(self, known: Known, asked: Asked, draws: int, seed: int) -> Forecast:
        """Draw days to closing of those asked and of the starting backlog."""
        rng = np.random.default_rng(seed)
        model = _Hazard(known, self, seed)
        nothing = np.zeros(len(asked.arisen_at))
        days = _draw(model.hazards(asked.arisen_at, asked.category), nothing, draws, rng)
        waiting = known.open
        arisen, category = known.arisen_at[waiting], known.category[waiting]
        ages = known.origin - arisen
        left = _draw(model.hazards(arisen, category), ages, draws, rng)
        return Forecast(days, left)


class _Hazard:
    """The chance of a closing in each bin of age, learnt from what is known."""

    def __init__(self, known: Known, method: Boosted, seed: int) -> None:
        from sklearn.ensemble import HistGradientBoostingClassifier

        counts = np.bincount(known.category, minlength=len(known.categories))
        kept = np.argsort(-counts, kind="stable")[:MOST_CATEGORIES]
        self._code = np.full(len(counts), float(len(kept)))
        self._code[kept] = np.arange(len(kept))
        self._code[counts == 0] = np.nan  # one that nobody has seen is missing
        self._origin = known.origin
        self._backlogs = _Backlogs(known, _most_frequent(known)) if method.with_backlog else None
        request, bin_, event = person_periods(known.duration, known.seen, known.origin - known.arisen_at)
        if len(request) > MOST_ROWS:
            chosen = np.random.default_rng(seed).random(len(known.row)) < MOST_ROWS / len(request)
            kept_rows = chosen[request]
            request, bin_, event = request[kept_rows], bin_[kept_rows], event[kept_rows]
        features = self._features(known.arisen_at, known.category, request, bin_)
        self._constant = float(event.mean()) if len(event) else 0.0
        self._model: Any = None
        if 0.0 < self._constant < 1.0:
            model = HistGradientBoostingClassifier(
                max_iter=method.iterations,
                learning_rate=_LEARNING_RATE,
                max_leaf_nodes=_LEAVES,
                min_samples_leaf=_FEWEST_IN_A_LEAF,
                l2_regularization=_SHRINKAGE,
                categorical_features=[0],
                early_stopping=False,
                random_state=seed % 2**32,
            )
            with _one_thread():
                self._model = model.fit(features, event)
        # A bin that nobody reached yet says nothing: the model would carry its last one on.
        self._reached = np.bincount(bin_, minlength=len(EDGES_DAYS) - 1) > 0

    def hazards(self, arisen_at: Floats, category: Codes) -> Floats:
        """Return requests × bins."""
        bins = len(EDGES_DAYS) - 1
        number = len(arisen_at)
        if self._model is None or not number:
            chance = np.full((number, bins), self._constant)
        else:
            request = np.repeat(np.arange(number), bins)
            bin_ = np.tile(np.arange(bins), number)
            with _one_thread():
                found = self._model.predict_proba(self._features(arisen_at, category, request, bin_))
            chance = found[:, 1].reshape(number, bins)
        return np.where(self._reached, chance, 0.0)

    def _features(self, arisen_at: Floats, category: Codes, request: Codes, bin_: Codes) -> Floats:
        opened = arisen_at[request]
        begins = opened + EDGES_DAYS[bin_]
        columns: Sequence[Floats] = [
            self._code[category[request]],
            bin_.astype(float),
            *_clock(opened),
            *_clock(begins),
        ]
        table = np.column_stack(columns)
        if self._backlogs is None:
            return table
        backlogs = self._backlogs.features(np.minimum(arisen_at, self._origin), category)
        return np.concatenate([table, backlogs[request]], axis=1)


def _one_thread() -> AbstractContextManager[Any]:
    """Threads wait for each other at every split: where other work is done it is slower with them."""
    from threadpoolctl import threadpool_limits

    return cast("AbstractContextManager[Any]", threadpool_limits(1))


def person_periods(
    duration: Floats, seen: npt.NDArray[np.bool_], watched: Floats
) -> tuple[Codes, Codes, npt.NDArray[np.bool_]]:
    """Return request, bin and whether it was closed in it, for each bin reached and watched to its end.

    A bin whose end lies after the origin is left out for all alike: keeping those closed in it alone would
    make closings look likelier.
    """
    low, high = EDGES_DAYS[:-1], EDGES_DAYS[1:]
    reached = (duration[:, None] >= low) & (watched[:, None] >= high)
    request, bin_ = np.nonzero(reached)
    event = seen[request] & (duration[request] < high[bin_])
    return request, bin_, event


def _clock(times: Floats) -> tuple[Floats, Floats]:
    """Hour of the day and day of the week."""
    return np.mod(times, 1.0) * 24.0, np.floor(np.mod(times, 7.0))


def _most_frequent(known: Known) -> Codes:
    """Return for each category the team that most of its requests had; the teams of none are one."""
    teams = int(known.team.max(initial=-1)) + 2
    pairs = np.bincount(known.category * teams + known.team + 1, minlength=teams * len(known.categories))
    return pairs.reshape(len(known.categories), teams).argmax(axis=1)


def _draw(hazards: Floats, ages: Floats, draws: int, rng: np.random.Generator) -> npt.NDArray[np.floating]:
    """Draw the days from each age to the closing, evenly within a bin on the scale of the survival."""
    low, high = EDGES_DAYS[:-1], EDGES_DAYS[1:]
    # The part of each bin that is still to come.
    left = np.clip((high - ages[:, None]) / (high - low), 0.0, 1.0)
    survival = np.cumprod((1.0 - np.minimum(hazards, 1.0 - 1e-9)) ** left, axis=1)
    begins = np.maximum(low, np.minimum(ages[:, None], high))
    days = np.empty((draws, len(ages)), dtype=np.float32)
    for place in range(len(ages)):
        levels = 1.0 - rng.random(draws)
        curve = survival[place]
        position = np.searchsorted(-curve, -levels, side="left")
        never = position == len(curve)
        position = np.minimum(position, len(curve) - 1)
        above = np.where(position > 0, curve[position - 1], 1.0)
        drop = above - curve[position]
        part = np.where(drop > 0, (above - levels) / np.where(drop > 0, drop, 1.0), 0.0)
        age = begins[place, position] + part * (high[position] - begins[place, position])
        days[:, place] = np.where(never, np.inf, np.maximum(0.0, age - ages[place]))
    return days
