"""Ties between residents and their trust, as they stand when the run ends.

*Ties*: the mean number of neighbours a resident of 14 and over is tied to, the share tied to nobody, and by
how many the ties made during the run and not faded grew in the counting window, for 1,000 residents.
*Trust*: its spread between residents (standard deviation) and between those of 60 and over and the others.
The mean at the end of the counting window is in `analysis.estimates.workload`, from the daily series.

Assumed: nothing; these are descriptions of a state. A tie counts at both its ends.
"""

import numpy as np

from analysis.inputs.ledger import Records, frame, growth, has


def ties_and_trust(records: Records) -> dict[str, float]:
    """Describe ties and trust; nothing where the records have none."""
    people, daily = frame(records, "people"), frame(records, "daily")
    result: dict[str, float] = {}
    if not has(people, "ties", "trust", "in_denominator"):
        return result
    adults = people["in_denominator"].to_numpy(bool)
    if not adults.any():
        return result
    ties = people["ties"].to_numpy(float)[adults]
    trust = people["trust"].to_numpy(float)[adults]
    old = people["age_60plus"].to_numpy(bool)[adults]
    result |= {"ties_mean": float(ties.mean()), "isolated_share": float((ties == 0).mean())}
    result["trust_spread"] = float(trust.std())
    if old.any() and not old.all():
        result["trust_age_gap"] = float(trust[old].mean() - trust[~old].mean())
    if "made_ties" in daily:
        made = growth(daily, "made_ties", records.settings)
        if np.isfinite(made):
            result["ties_made_per_1000"] = 1000.0 * made / int(adults.sum())
    return result
