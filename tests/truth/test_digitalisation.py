"""More digital is not always better: merging platforms help, platforms that share nothing wear out.

No exact result, but a sign that must be able to appear: with the number of platforms the load of staff first
falls, then rises above where it began; with shared data it does not rise.
"""

import functools

import numpy as np

from sim import load_scenario, simulate

_PLACE = (
    "community.residents=6000",
    "warmup_days=60",
    "horizon_days=240",
    "followup_days=60",
    "demand.public_share=.5",
    "demand.exposure_median=15",
    "staff.per_10k=16",
)
#: An app that recognises further reports of the same thing; residents do not change what they report.
_APP = ("intake.merge_probability=.9",)


@functools.cache
def _outcome(*overrides: str) -> tuple[float, float]:
    """Return hours demanded over available, and the share of needs solved, over three replications."""
    loads, solved = [], []
    for replication in range(3):
        records = simulate(load_scenario("administration_led", [*_PLACE, *overrides]), 5, replication)
        end = records.daily.iloc[-1]
        loads.append(end["staff_hours_demanded"] / end["staff_hours_available"])
        solved.append(records.cases["solved_at"].notna().mean())
    return float(np.mean(loads)), float(np.mean(solved))


def _platforms(number: int, integration: float) -> tuple[str, ...]:
    app = _APP if number > 1 else ()
    return (
        *app,
        f"paperwork.platforms={number}",
        f"paperwork.integration={integration}",
        "paperwork.entry_minutes=10",
    )


def test_with_platforms_that_share_nothing_the_load_falls_and_then_rises() -> None:
    none, one, many = (_outcome(*_platforms(m, 0.0)) for m in (1, 2, 7))
    assert one[0] < 0.95 * none[0]
    assert many[0] > 1.05 * none[0]
    assert one[1] > none[1] + 0.01
    assert many[1] < none[1] - 0.01


def test_with_shared_data_it_does_not_rise() -> None:
    none, one, many = (_outcome(*_platforms(m, 1.0)) for m in (1, 2, 7))
    assert one[0] < 0.95 * none[0]
    assert many == one


def test_a_burden_gate_gives_the_hours_back() -> None:
    """Hours available rise by (1 − screened paperwork)/(1 − paperwork), nothing else moves them."""
    gated = simulate(load_scenario("administration_led", [*_PLACE, "paperwork.screen_rate=.5"]), 5).daily
    before = simulate(load_scenario("administration_led", list(_PLACE)), 5).daily
    ratio = gated["staff_hours_available"].iloc[-1] / before["staff_hours_available"].iloc[-1]
    assert abs(ratio - (1 - 0.13) / (1 - 0.26)) < 1e-12
