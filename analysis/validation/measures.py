"""Measurements that more than one row uses, each a function of the records of one run."""

from typing import Any

import numpy as np
import pandas as pd

from analysis.estimates.estimands import estimate
from analysis.inputs.ledger import Floats, in_window, window
from analysis.validation.row import Measure

#: After so many days FixMyStreet asks the person who reported whether the problem is fixed.
FIXED_WITHIN_DAYS = 28.0
#: A second report counts until so long after that.
SECOND_WITHIN_DAYS = 365.0
_STRATA = 20


def metric(name: str) -> Measure:
    """Return the measure that is one of the metrics of `analysis.estimates.estimands`."""

    def measure(records: Any) -> float:
        return estimate(records)[name]

    measure.__name__ = name
    return measure


def years(settings: Any) -> float:
    """Return the length of the counting window."""
    start, stop = window(settings)
    return (stop - start) / 365.0


def counted_cases(records: Any) -> pd.DataFrame:
    """Return the needs of the counting window."""
    return records.cases[in_window(records.cases, records.settings)]


def residents(records: Any) -> pd.DataFrame:
    """Return the residents of 14 and over."""
    people = records.people
    return people[(people["kind"] == "resident") & people["in_denominator"].astype(bool)]


def population(records: Any) -> int:
    """Return all residents, children included."""
    return int((records.people["kind"] == "resident").sum())


def who_acted(records: Any, column: str) -> Floats:
    """Return the acts of those who acted at least once in the counting window."""
    counts = residents(records)[column].to_numpy(float)
    return counts[counts > 0]


def second_report_ratio(records: Any, controlled: bool) -> float:
    """Return by how much a second report is likelier after a first that was fixed, as a ratio less one.

    A person's first report is the first time in the run that they make a need known; it is *fixed* if that
    need is truly solved within `FIXED_WITHIN_DAYS`. A *second* report makes another need known in the
    `SECOND_WITHIN_DAYS` that follow the first; people not watched that long are left out. The original
    study regressed the second report on the first one's outcome over users: the naive ratio here is that
    regression with no other variable. With `controlled`, the ratios within twentieths of the propensity to
    act, which the model knows and a study does not, are combined by Mantel and Haenszel's weights.
    """
    cases = records.cases
    known = cases[cases["reporter_id"] >= 0].sort_values(["reporter_id", "reported_at"], kind="stable")
    order = known.groupby("reporter_id", sort=False).cumcount()
    first = known[order == 0].set_index("reporter_id")
    second = known[order == 1].set_index("reporter_id")["reported_at"]
    run_end = window(records.settings)[1] + float(records.settings.followup_days)
    first = first[first["reported_at"] + SECOND_WITHIN_DAYS <= run_end]
    fixed = (first["solved_at"] - first["reported_at"] <= FIXED_WITHIN_DAYS).to_numpy()
    since = second.reindex(first.index).to_numpy() - first["reported_at"].to_numpy()
    again = since <= SECOND_WITHIN_DAYS
    stratum = np.zeros(len(first), np.int64)
    if controlled:
        propensity = records.people.set_index("person_id")["propensity"]
        rank = propensity.reindex(first.index).rank(method="first").to_numpy()
        stratum = ((rank - 1) * _STRATA // max(1, len(first))).astype(np.int64)
    return risk_ratio(fixed, again, stratum) - 1.0


def risk_ratio(exposed: np.ndarray, event: np.ndarray, stratum: np.ndarray) -> float:
    """Return the ratio of probabilities of an event, combined over strata (Mantel & Haenszel 1959)."""
    above = below = 0.0
    for value in np.unique(stratum):
        at = stratum == value
        n1, n0 = int((exposed & at).sum()), int((~exposed & at).sum())
        if n1 == 0 or n0 == 0:
            continue
        above += int((exposed & event & at).sum()) * n0 / (n1 + n0)
        below += int((~exposed & event & at).sum()) * n1 / (n1 + n0)
    return above / below if below > 0 else float("nan")


def found_on_patrol(records: Any) -> pd.DataFrame:
    """Return the needs that arose in the counting window and that cadres found on patrol."""
    cases = counted_cases(records)
    return cases[cases["found_by"] == "cadre"]


def patrol_age_ratio(records: Any) -> float:
    """Return the share of needs found on patrol, of owners of 60 and over against residents of 14 to 59.

    Per need, not per head: that the old have fewer needs or more would otherwise count as well.
    """
    cases = counted_cases(records)
    owners = residents(records).set_index("person_id")["age_60plus"].astype(bool)
    of_residents = cases[cases["requester_id"].isin(owners.index)]
    old = owners.reindex(of_residents["requester_id"]).to_numpy(bool)
    found = (of_residents["found_by"] == "cadre").to_numpy()
    return float(found[old].mean() / found[~old].mean()) if found[~old].any() and old.any() else float("nan")


def area_rate_ratio(records: Any) -> float:
    """Return the fastest over the slowest grid's rate at which needs become known.

    A grid's rate is the number of first reports over the days its needs were open and unreported, at most 180
    days each: the estimate of a constant hazard with censoring.
    """
    cases = counted_cases(records)
    grid = records.people.set_index("person_id")["grid"].reindex(cases["requester_id"]).to_numpy()
    waited = (cases["reported_at"] - cases["arisen_at"]).to_numpy(float)
    seen = waited <= 180.0
    exposure = np.where(seen, waited, 180.0)
    areas = np.unique(grid[~pd.isna(grid)])
    rates = [seen[grid == area].sum() / exposure[grid == area].sum() for area in areas if area >= 0]
    rates = [rate for rate in rates if rate > 0]
    return max(rates) / min(rates) if len(rates) > 1 else float("nan")
