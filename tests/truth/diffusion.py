"""Diffusion with known answers: `scenario=verification/adoption`.

The large population follows the curves of Bass and of logistic growth. The small ones are compared with the
exact mean of the finite birth chain: on the complete network, where one shared clock drives everybody, and on
the same network from a file, where everybody has a clock of their own and hears of each tie.
"""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from sim import Scenario, load_scenario, simulate
from tests.truth import exact
from tests.truth.equivalence import Experiment, Values


@cache
def _scenario(overrides: tuple[str, ...]) -> Scenario:
    return load_scenario("verification/adoption", overrides)


def _curve(
    name: str, overrides: list[str], people: int, results: dict[int, float], replications: int
) -> Experiment:
    days = max(results) + 1
    settings = (*overrides, f"horizon_days={days}", "ledger=none")

    def once(seed: int, replication: int) -> Values:
        adopters = simulate(_scenario(settings), seed, replication).daily["adopters"].to_numpy()
        # The row of a day holds the count at its end.
        return {"cases": people, **{f"adopters on day {t}": float(adopters[t - 1]) for t in results}}

    expected = {f"adopters on day {t}": value for t, value in results.items()}
    return Experiment(name, once, expected, {}, replications)


def _large(people: int) -> list[Experiment]:
    p, q = 0.003, 0.05
    bass = {t: people * exact.bass(t, p, q) for t in (10, 20, 40, 60, 90)}
    rate, start = 0.05, 0.01
    logistic = {t: people * exact.logistic_share(t, rate, start) for t in (20, 60, 90, 120, 160)}
    size = f"verification.population={people}"
    return [
        _curve("Bass", [size, f"verification.p={p}", f"verification.q={q}"], people, bass, 8),
        _curve(
            "logistic",
            [
                size,
                "verification.p=0",
                "verification.q=0",
                f"verification.contact_rate={rate}",
                f"verification.initial={round(start * people)}",
            ],
            people,
            logistic,
            12,
        ),
    ]


def _small(people: int, folder: Path | None) -> Experiment:
    p, q, initial = 0.004, 0.06, 20
    overrides = [
        f"verification.population={people}",
        f"verification.p={p}",
        f"verification.q={q}",
        f"verification.initial={initial}",
    ]
    others = people
    name = f"Bass among {people}, complete network"
    if folder is not None:
        edges = np.array([(a, b) for a in range(people) for b in range(a)])
        file = folder / "complete.npy"
        np.save(file, edges)
        overrides += ["verification.network=file", f"verification.network_file={file}"]
        others = people - 1
        name = f"Bass among {people}, each with own clock"
    results = {t: exact.expected_adopters(people, initial, p, q, others, t) for t in (15, 30, 50)}
    return _curve(name, overrides, people, results, 500)


@cache
def _folder() -> TemporaryDirectory:
    return TemporaryDirectory()


def diffusion() -> list[Experiment]:
    """Return all experiments on diffusion."""
    return [*_large(200_000), _small(200, None), _small(200, Path(_folder().name))]
