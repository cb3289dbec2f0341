"""Who lives where, and who meets problems, depends on who acts: sorting by grid, and noticing."""

import math

import numpy as np

from sim.engine.tables.people import IS_MERCHANT
from sim.initial_state import build
from tests.mechanisms.checks import Break, Neutral, at_work_test, limit_test, neutral_test
from tests.truth.community import isolated
from tests.truth.equivalence import Experiment, Values

NEUTRAL = {
    # So small that it rounds away: the draw of the grid is made, and the power taken.
    "a grid has nothing in common": Neutral(
        ("reporting.sorting_share=1e-300",), ("reporting.sorting_share=0",)
    ),
    "everybody notices alike": Neutral(("demand.noticing=1e-300",), ("demand.noticing=0",)),
    "who notices where all are alike": Neutral(
        ("demand.noticing=1", "reporting.sorting_share=.2"),
        ("demand.noticing=0", "reporting.sorting_share=0"),
        ("reporting.propensity_sigma=0",),
    ),
}
AT_WORK = {
    "sorting": ("reporting.sorting_share=.1", "reporting.sorting_share=0", "community.grid_residents=100"),
    "noticing": ("demand.noticing=.5", "demand.noticing=0"),
}
COVERED_BY = ("learning, sorting, noticing",)
BREAKS = [
    Break(
        "what a grid has in common comes on top",
        "world/population.py",
        "z = alone * z + together",
        "z = z + together",
        "sorting by grid",
        part="place",
    ),
    Break(
        "noticing raises the number of needs",
        "demand/needs.py",
        "exponent * math.log(propensity) - 0.5 * sigma * sigma * exponent * (exponent - 1.0)",
        "exponent * math.log(propensity)",
        "noticing",
        part="people",
    ),
]


def _sorting() -> Experiment:
    """The variance of ln θ stays σ², and its share between grids is ρ (one-way analysis of variance)."""
    sigma, share, size = 1.2, 0.5, 5

    def once(seed: int, replication: int) -> Values:
        settings = isolated(
            {
                "community.residents": 12_000,
                "community.grid_residents": size,
                "demand.rate": 0,
                "reporting.propensity_sigma": sigma,
                "reporting.sorting_share": share,
            }
        )
        state = build(settings, seed, replication).state
        logs = np.log(state.person["propensity"]).reshape(-1, size)
        assert np.array_equal(state.conduct["grid"], np.arange(logs.size) // size)
        inside = float(logs.var(axis=1, ddof=1).mean())
        between = float(logs.mean(axis=1).var(ddof=1)) - inside / size
        return {
            "cases": len(logs),
            "variance of the logarithm": inside + between,
            "share between grids": between / (inside + between),
            "mean of the logarithm": float(logs.mean()),
        }

    exact = {
        "variance of the logarithm": sigma**2,
        "share between grids": share,
        "mean of the logarithm": -(sigma**2) / 2.0,
    }
    return Experiment("sorting by grid", once, exact, replications=16)


def _noticing() -> Experiment:
    """Needs keep their number, and ln θ of those who have them is normal with mean σ²(γ − ½)."""
    sigma, exponent, people, rate = 1.0, 0.8, 40_000, 1.0

    def once(seed: int, replication: int) -> Values:
        settings = isolated(
            {
                "community.residents": people,
                "demand.rate": rate,
                "demand.noticing": exponent,
                "reporting.propensity_sigma": sigma,
            }
        )
        state = build(settings, seed, replication).state
        logs = np.log(state.person["propensity"][state.need["owner"]])
        return {
            "cases": len(logs),
            "needs over expected": len(logs) / (people * rate * 500.0 / 365.0),
            "mean of the logarithm over needs": float(logs.mean()),
        }

    exact = {"needs over expected": 1.0, "mean of the logarithm over needs": sigma**2 * (exponent - 0.5)}
    return Experiment("noticing", once, exact, replications=24)


LIMITS = [_sorting(), _noticing()]

test_neutral = neutral_test(NEUTRAL)
test_at_work = at_work_test(AT_WORK)
test_limit = limit_test(LIMITS)


def test_a_place_that_grows_keeps_everybody_as_they_were() -> None:
    """A person's propensity hangs on themselves and their grid, not on how many grids there are."""
    small, large = (
        build(isolated({"community.residents": n, "reporting.sorting_share": 0.3, "demand.rate": 0,
                        "community.grid_residents": 100, "reporting.propensity_sigma": 1}), 1, 0).state
        for n in (500, 1000)
    )  # fmt: skip
    assert np.array_equal(small.person["propensity"], large.person["propensity"][:500])
    firsts = small.person["propensity"][::100]
    assert len({math.log(value) for value in firsts.tolist()}) == 5
    assert not (small.person["flags"] & IS_MERCHANT).any()
