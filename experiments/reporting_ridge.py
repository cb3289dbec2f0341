"""The ridge of reporting: how many needs there are and how many are reported cannot be told apart.

Requests per resident-year and the share of duplicates fix two numbers; the rate of needs, the hazard of
reporting, how many see a public need and how fast readiness fades are four. For rates of needs and times of
fading over their ranges this finds the hazard and the exposure that give the same requests and duplicates,
and shows what then differs: the share ever reported, and the delay.

Run with ``python -m experiments.reporting_ridge``; it prints the table of docs/validation.md. A minute.
"""

import sys
from collections.abc import Sequence

import numpy as np

from analysis.validation.calibrated import requests
from analysis.validation.measures import metric
from sim import load_scenario, simulate
from sim.errors import InputError

#: What is met: requests per resident-year (Beijing, New York) and the share of reports that repeat.
REQUESTS, DUPLICATES = 0.22, 0.19
_REPLICATIONS = 4
_STEPS = 6


def _measure(rate: float, fading: float, hazard: float, exposure: float) -> np.ndarray:
    """Return requests per resident-year, duplicates, share reported within 180 d, median delay in days."""
    scenario = load_scenario(
        "administration_led",
        [
            f"demand.rate={rate}",
            f"demand.merchant_rate={rate}",
            f"reporting.fading_days={fading}",
            f"reporting.base_rate_per_day={hazard}",
            f"demand.exposure_median={exposure}",
        ],
    )
    found = []
    for replication in range(_REPLICATIONS):
        records = simulate(scenario, seed=17, replication=replication)
        cases = records.cases
        first = scenario.warmup_days
        counted = cases[(cases["arisen_at"] >= first) & (cases["arisen_at"] < first + scenario.horizon_days)]
        delay = (counted["reported_at"] - counted["arisen_at"]).dropna()
        found.append(
            (
                requests(records),
                metric("duplicate_share")(records),
                float((delay <= 180.0).sum() / len(counted)),
                float(delay.median()),
            )
        )
    return np.asarray(np.mean(found, axis=0))


def on_the_ridge(rate: float, fading: float) -> tuple[float, float, np.ndarray]:
    """Return hazard per day, median exposure, and what is measured there; Newton's steps on logarithms."""
    target = np.log([REQUESTS, DUPLICATES])
    low, high = np.log([1e-4 / fading, 1.0]), np.log([50.0 / fading, 60.0])
    guess = [0.4 / fading * (0.5 / rate) ** 2.3, 3.0 * (rate / 0.5) ** 2 * (fading / 5.0) ** 0.35]
    point = np.clip(np.log(guess), low, high)

    def gap(at: np.ndarray) -> np.ndarray:
        return np.asarray(np.log(_measure(rate, fading, *np.exp(at))[:2]) - target)

    for _ in range(_STEPS):
        here = gap(point)
        slope = np.column_stack([(gap(point + 0.2 * axis) - here) / 0.2 for axis in np.eye(2)])
        step = np.clip(np.linalg.lstsq(slope, -here, rcond=None)[0], -1.0, 1.0)
        point = np.clip(point + step, low, high)
        if np.abs(step).max() < 0.02:
            break
    hazard, exposure = np.exp(point)
    return float(hazard), float(exposure), _measure(rate, fading, hazard, exposure)


def table(rates: Sequence[float] = (0.3, 0.5, 0.8, 1.2), fadings: Sequence[float] = (2.0, 5.0, 20.0)) -> str:
    """Return the ridge as a table in Markdown."""
    lines = [
        "| needs a resident-year | readiness fades in | hazard at first, per day | who sees a public need "
        "| requests | duplicates | ever reported | days to the report |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for rate in rates:
        for fading in fadings:
            hazard, exposure, found = on_the_ridge(rate, fading)
            lines.append(
                f"| {rate:g} | {fading:g} d | {hazard:.3g} | {exposure:.2g} | {found[0]:.3f} "
                f"| {found[1]:.2f} | {found[2]:.2f} | {found[3]:.1f} |"
            )
    return "\n".join(lines)


def main(words: Sequence[str]) -> int:
    """Print the table."""
    if words:
        print(f"cogov: {InputError('', words[0], 'nothing: the table has its rows')}", file=sys.stderr)
        return 2
    print(table())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
