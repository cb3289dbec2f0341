"""The stated rates of Beijing's hotline: fitted on January and October 2019, predicted for 2021 and 2024.

Three numbers are fitted: how much is closed on paper (`closing.base_probability`), to the stated resolution
of January; what a card moves (`cards.accept_effect`, which `cards.answer_effect` equals), to that of October;
and how many of those not satisfied say they are (`call.says_satisfied`), to both months' satisfaction. Other
assumptions may fit as well, on a ridge: whether those whose case is not solved say that it is, and whether
cards deter from closing on paper. For each the prediction is made with volumes given and staff as in 2019,
and with volumes as in 2019, as if staff and officers had grown with them; plain forecasts stand beside it.

Run with ``python -m experiments.hotline_path``; it prints the tables of docs/validation.md. Two minutes.
"""

import sys
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from analysis.statistics.intervals import student_interval
from analysis.validation.hotline import FITTED, PREDICTED, RATES, SCENARIO, Month, counts, forecasts, given
from experiments.system.progress import progress_bar
from sim import load_scenario, simulate
from sim.errors import InputError

#: Replications of the fit and of the prediction; of each search, the steps.
FITTING, PREDICTING, _STEPS = 30, 20, 8
_SEED = 17
#: The largest effect of a card that is tried.
_STRONGEST = 4.0


class Assumption(NamedTuple):
    """A point of the ridge: what is assumed beside what is fitted."""

    name: str
    says_solved: float
    paper_effect: float


RIDGE = (
    Assumption("answers are true, cards move units' answers alone", 0.0, 0.0),
    Assumption("… and deter from closing on paper", 0.0, -1.0),
    Assumption("a fifth of the unsolved say solved", 0.2, 0.0),
    Assumption("… and cards deter from closing on paper", 0.2, -1.0),
)


class Fit(NamedTuple):
    """Three fitted numbers."""

    base: float
    effect: float
    says_satisfied: float

    def settings(self, assumed: Assumption) -> dict[str, object]:
        """Return them, with what is assumed, as settings of the scenario."""
        return {
            "closing.base_probability": self.base,
            "cards.accept_effect": self.effect,
            "cards.answer_effect": self.effect,
            "cards.paper_effect": assumed.paper_effect * self.effect,
            "call.says_solved": assumed.says_solved,
            "call.says_satisfied": self.says_satisfied,
        }


def rates(
    settings: dict[str, object], months: Sequence[Month], replications: int, seed: int = _SEED
) -> dict[str, np.ndarray]:
    """Return each rate, a row a replication and a column a month."""
    scenario = load_scenario(SCENARIO, [f"{key}={value}" for key, value in settings.items()])
    found: dict[str, list[list[float]]] = {name: [] for name in RATES}
    for replication in range(replications):
        records = simulate(scenario, seed=seed, replication=replication)
        grown = [counts(records, month) for month in months]
        for name, (part, whole) in RATES.items():
            found[name].append([one[part] / one[whole] for one in grown])
    return {name: np.asarray(values) for name, values in found.items()}


def _search(low: float, high: float, rises: bool, target: float, value: object) -> float:
    """Halve an interval until the value in its middle is near the target, with the same luck at each step."""
    for _ in range(_STEPS):
        middle = 0.5 * (low + high)
        if (value(middle) < target) == rises:  # type: ignore[operator]
            low = middle
        else:
            high = middle
    return 0.5 * (low + high)


def fit(assumed: Assumption, replications: int = FITTING) -> Fit:
    """Fit the three numbers on January and October 2019, one after the other and satisfaction last."""
    january, october = FITTED

    def resolution(month: Month, found: Fit) -> float:
        settings = {**found.settings(assumed), **given({}, month.after)}
        return float(rates(settings, [month], replications)["stated resolution"].mean())

    logit = _search(
        -6.0, 1.0, False, january.resolution, lambda x: resolution(january, Fit(_logistic(x), 0.0, 0.3))
    )
    base = round(_logistic(logit), 4)
    effect = _search(
        0.0, _STRONGEST, True, october.resolution, lambda x: resolution(october, Fit(base, x, 0.3))
    )
    plain = Fit(base, round(effect, 3), 0.0)
    found = rates({**plain.settings(assumed), **given({}, october.after)}, FITTED, replications)
    # Of those not satisfied a share q say they are: s + q(1 − s), least squares over both months.
    satisfied = found["stated satisfaction"].mean(axis=0)
    stated = np.array([january.satisfaction, october.satisfaction])
    rest = 1.0 - satisfied
    share = float(np.clip(((stated - satisfied) * rest).sum() / (rest * rest).sum(), 0.0, 1.0))
    return plain._replace(says_satisfied=round(share, 3))


def _logistic(x: float) -> float:
    return float(1.0 / (1.0 + np.exp(-x)))


def _percent(values: np.ndarray) -> str:
    interval = student_interval(values)
    return f"{100 * interval.mean:.1f} [{100 * interval.low:.1f}, {100 * interval.high:.1f}]"


def tables(replications: int = PREDICTING) -> str:
    """Return what was fitted, what is predicted, and plain forecasts beside it, as tables in Markdown."""
    months = (*FITTED, *PREDICTED)
    head = [month.name for month in months]
    fits = ["| assumed | on paper | a card | say satisfied |", "|---|---|---|---|"]
    lines = ["| stated or true, % | " + " | ".join(head) + " |", "|---" * 5 + "|"]
    for which in ("resolution", "satisfaction"):
        row = " | ".join(f"{100 * getattr(month, which):.1f}" for month in months)
        lines.append(f"| **published**, {which} | {row} |")
    with progress_bar(len(RIDGE), "fit") as bar:
        for assumed in RIDGE:
            found = fit(assumed)
            bound = " (bound)" if found.effect > 0.98 * _STRONGEST else ""
            fits.append(
                f"| {assumed.name} | {found.base:g} | {found.effect:g}{bound} | {found.says_satisfied:g} |"
            )
            for staff, volumes in (("staff as in 2019", None), ("staff grow with volumes", {})):
                path = rates({**found.settings(assumed), **given(volumes)}, months, replications)
                for name, values in path.items():
                    cells = " | ".join(_percent(values[:, k]) for k in range(len(months)))
                    lines.append(f"| {assumed.name}; {staff}: {name} | {cells} |")
            bar.update()
    for which in ("resolution", "satisfaction"):
        first, second = (getattr(month, which) for month in FITTED)
        for name in forecasts(first, second, PREDICTED[0]):
            said = [forecasts(first, second, month)[name] for month in PREDICTED]
            cells = " | ".join(f"{100 * value:.1f}" for value in (first, second, *said))
            lines.append(f"| {name}, {which} | {cells} |")
    return "\n".join([*fits, "", *lines])


def main(words: Sequence[str]) -> int:
    """Print the tables."""
    if words:
        print(f"cogov: {InputError('', words[0], 'nothing: the study has its settings')}", file=sys.stderr)
        return 2
    print(tables())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
