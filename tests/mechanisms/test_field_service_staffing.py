"""More staff never make anybody wait longer, absence never less; with staff to spare nobody waits."""

import itertools

import numpy as np
import pytest
from scipy import stats

from sim import load_scenario, simulate
from sim.engine.calendar import worked_at

_REPLICATIONS = 16
#: Longest wait that is told apart: what waits longer counts as this.
_CAP_DAYS = 60.0
_CLASSES = ("urgent", "ordinary")


def _waits(*overrides: str) -> np.ndarray:
    """Return, by replication and class, the mean days from the report to the first visit or answer."""
    scenario = load_scenario("administration_led", ["demand.urgent_share=.3", *overrides])
    means = np.empty((_REPLICATIONS, len(_CLASSES)))
    for replication in range(_REPLICATIONS):
        records = simulate(scenario, seed=11, replication=replication)
        need = records.built.state.need
        cases = records.cases
        # The community's own work alone: the rest waits for units, too.
        own = (need["leg_count"] == 0) & cases["accepted_at"].notna().to_numpy()
        wait = (cases["service_started_at"] - cases["accepted_at"]).fillna(_CAP_DAYS).to_numpy()
        for k in range(len(_CLASSES)):
            chosen = own & (need["priority"] == k) & (cases["arisen_at"].to_numpy() < 600)
            means[replication, k] = np.minimum(wait[chosen], _CAP_DAYS).mean()
    return means


def _never_above(lower: np.ndarray, higher: np.ndarray, margin: float) -> None:
    """Hold that `lower` is not above `higher` by more than the margin, in days, at 95 %.

    Paired by replication; a difference of nothing passes with a probability of .95 or more (the power, from
    the standard error found).
    """
    difference = lower - higher
    error = difference.std(axis=0, ddof=1) / np.sqrt(_REPLICATIONS)
    critical = stats.t.ppf(0.95, _REPLICATIONS - 1)
    assert (difference.mean(axis=0) + critical * error < margin).all(), (difference.mean(axis=0), error)
    power = stats.t.cdf(margin / np.maximum(error, 1e-12) - critical, _REPLICATIONS - 1)
    assert (power[difference.mean(axis=0) > -margin] > 0.95).all(), power


@pytest.fixture(scope="module")
def by_staff() -> dict[int, np.ndarray]:
    return {staff: _waits(f"staff.per_10k={staff}") for staff in (14, 18, 25, 100)}


def test_more_staff_are_never_slower(by_staff: dict[int, np.ndarray]) -> None:
    sizes = sorted(by_staff)
    for fewer, more in itertools.pairwise(sizes):
        _never_above(by_staff[more], by_staff[fewer], margin=0.1)
    # And it can fail: fewer staff are slower by far.
    assert (by_staff[14].mean(axis=0) > by_staff[25].mean(axis=0)).all()


def test_absence_is_never_faster(by_staff: dict[int, np.ndarray]) -> None:
    _never_above(by_staff[18], _waits("roster.absence=.12"), margin=0.25)


def test_with_staff_to_spare_a_case_waits_for_the_next_working_hour() -> None:
    records = simulate(load_scenario("administration_led", ["staff.per_10k=100"]), seed=3)
    state, cases = records.built.state, records.cases
    # What was sent to the wrong place came to the team later, and this is not kept.
    direct = (cases["bounces"] == 0) & (cases["reopened"] == 0) & cases["service_started_at"].notna()
    own = (state.need["leg_count"] == 0) & direct.to_numpy()
    start = state.par[0]["calendar_shift_start_hour"]
    waits = np.array(
        [
            worked_at(state.worked, start, to) - worked_at(state.worked, start, since)
            for since, to in cases.loc[own, ["accepted_at", "service_started_at"]].to_numpy()
        ]
    )
    assert waits.size > 1000
    # The owner of the grid may be taking in the next case: then somebody idle has come within minutes.
    assert np.median(waits) < 0.5
    assert np.quantile(waits, 0.99) < 2.0
