"""What a page shows at a glance has the values of the whole summary, and works for the shortest run."""

import numpy as np
import pytest

from analysis.summaries.quick_summary import quick_summary
from analysis.summaries.run_summary import summarise_run
from sim.scenario.loading import load_scenario
from sim.simulation import simulate

SMALL = ["community.residents=600", "warmup_days=20", "horizon_days=90", "followup_days=180"]


@pytest.mark.parametrize("name", ["administration_led", "co_governance", "red_tea_council"])
def test_a_glance_is_part_of_the_digest(name: str) -> None:
    run = simulate(load_scenario(name, SMALL), 1, 2)
    whole, part = summarise_run(run), quick_summary(run)
    assert (part.replication, part.counted_days) == (whole.replication, whole.counted_days)
    assert len(part.estimates) > 40
    for key, value in part.estimates.items():
        assert np.array_equal(value, whole.estimates[key], equal_nan=True), key
    for key, curve in part.curves.items():
        assert np.array_equal(curve, whole.curves[key], equal_nan=True), key


def test_a_run_shorter_than_a_week_can_be_reduced() -> None:
    short = ["community.residents=200", "warmup_days=0", "horizon_days=3", "followup_days=0"]
    run = simulate(load_scenario("administration_led", short))
    assert len(summarise_run(run).curves["week_open_cases"]) == 0
    assert quick_summary(run).estimates["open_cases_mean"] >= 0.0
