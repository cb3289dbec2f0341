"""Every measure of the boards, and the headline ones, for each group of needs of one run.

Groups are those of `analysis.inputs.groups`, every need in one group of each division. The value of a group
is that of the estimate over its needs alone, so

    counts add up:  sum_g n_g = n,        plain shares and means:  sum_g n_g m_g = n m,

with n_g the needs in the denominator. Where something was not watched long enough, shares in time are
Kaplan-Meier estimates in each group, and the second holds but nearly; quantiles do not add up. The division
*all* has one group and the values of `analysis.estimates.estimands.estimate`.

Kinds of units are a division of units, not of needs: commitments delivered over asks, sessions attended over
those asked to, hours; over the whole run.

A group without anything in the denominator has no value (NaN): its share is neither 0 nor 1. Hours spent in a
group that has no solution belong to no solved case, and stand in the sums of hours alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.estimates.boards import DAILY_RATIOS, RATIOS, facts, whole_ledger
from analysis.estimates.from_report import PROMPT_WORKING_DAYS, WITHIN_DAYS
from analysis.estimates.timeliness import RESPONSE_WORKING_DAYS
from analysis.inputs.groups import Division, divisions
from analysis.inputs.ledger import (
    HORIZON_DAYS,
    Flags,
    Floats,
    Needs,
    Records,
    columns,
    frame,
    has,
    window,
)
from analysis.statistics import grouped

Whole = npt.NDArray[np.int64]


@dataclass(frozen=True)
class GroupTable:
    """The measures of one division in one run: a row a group, a column a metric.

    Attributes
    ----------
    values
        The measures, NaN where a group has nothing in the denominator.
    number
        How many needs (or asks, or solved needs) are in the denominator.
    """

    division: str
    levels: tuple[str, ...]
    metrics: tuple[str, ...]
    values: Floats
    number: Floats


@dataclass(frozen=True)
class _Times:
    """What is asked of durations, each sorted once for all divisions."""

    reported: Flags
    within: dict[str, tuple[Flags, grouped.Within]]
    to_solution: grouped.Ordered
    from_arising: Floats


def by_group(records: Records, needs: Needs, chosen: tuple[str, ...] | None = None) -> tuple[GroupTable, ...]:
    """Return the measures of every division of the counted needs, and of the kinds of units.

    Parameters
    ----------
    chosen
        Only these divisions; all by default.
    """
    if len(needs) == 0:
        return ()
    # Numbers once for all divisions.
    counted_by = facts(records, needs) | _columns(records, needs)
    known = {name: np.asarray(one, float) for name, one in counted_by.items()}
    times = _times(records, needs)
    counts_known = whole_ledger(records)
    tables = []
    for one in divisions(records, needs, chosen):
        found = dict(_measures(one.code, len(one.levels), known, times, needs, counts_known))
        tables.append(_table(one.name, one.levels, found | _from_daily(records, one)))
    if chosen is None:
        tables += _units(frame(records, "units"))
    return tuple(tables)


def _from_daily(records: Records, one: Division) -> dict[str, tuple[Floats, Floats]]:
    """Return the ratios of daily counters, of the whole and of communities; nothing of other divisions."""
    if one.name not in ("all", "community"):
        return {}
    daily = columns(records, "daily")
    wanted = [row for row in DAILY_RATIOS if has(daily, row[1], row[2])]
    if not wanted:
        return {}
    first, after = window(records.settings)
    day = np.asarray(daily["day"])
    # Totals since time 0, at the end of each day.
    sign = np.where(day == after - 1, 1.0, np.where(day == first - 1, -1.0, 0.0))
    ends = np.flatnonzero(sign)
    names = ["all" if one.name == "all" else str(place) for place in np.asarray(daily["community"])[ends]]
    # What happens in a community where nothing arose has no group to stand in.
    known = ends[[name in one.levels for name in names]]
    code = np.array([one.levels.index(name) for name in names if name in one.levels], dtype=np.int64)

    def grown(name: str) -> Floats:
        # A few days of a long column.
        return grouped.sums(code, len(one.levels), sign[known] * np.asarray(daily[name])[known])

    found = {metric: (grown(part), grown(whole)) for metric, part, whole in wanted}
    # What nobody was asked has no row at all.
    return {
        metric: (grouped.ratio(part, whole), whole)
        for metric, (part, whole) in found.items()
        if whole.sum() > 0
    }


def _table(name: str, levels: tuple[str, ...], found: dict[str, tuple[Floats, Floats]]) -> GroupTable:
    values = np.column_stack([value for value, _ in found.values()])
    number = np.column_stack([number for _, number in found.values()])
    return GroupTable(name, levels, tuple(found), values, number)


def _columns(records: Records, needs: Needs) -> dict[str, Any]:
    """Return columns of the ledger that a measure names and that are no facts of `boards`; a gap counts 0."""
    cases, found = columns(records), {}
    for name in {name for _, part, of in RATIOS for name in (part, of)} & set(cases):
        found[name] = np.nan_to_num(np.asarray(cases[name], float)[needs.rows])
    return found


def _times(records: Records, needs: Needs) -> _Times:
    """Return the durations that shares in time, quantiles and means are of."""
    reported = needs.is_reported
    everybody = np.ones(len(needs), dtype=bool)
    start, solved = needs.reported[reported], needs.solved[reported]
    answered = np.asarray(columns(records)["first_response_at"], float)[needs.rows][reported]
    worked, end = needs.worked("reported")[reported], needs.worked("run_end")
    # A need solved, or answered, before anybody else reported it took no time from the report on.
    days, followed = np.maximum(solved - start, 0.0), needs.run_end - start
    answer = np.maximum(needs.clock.elapsed(answered) - worked, 0.0)
    working = needs.worked("solved")[reported] - worked
    heard = grouped.Within(needs.reported - needs.arisen, needs.followed, HORIZON_DAYS)
    return _Times(
        reported,
        {
            "reported_180d": (everybody, heard),
            "first_response_1wd": (reported, grouped.Within(answer, end - worked, RESPONSE_WORKING_DAYS)),
            "solved_7wd_from_report": (reported, grouped.Within(working, end - worked, PROMPT_WORKING_DAYS)),
            "solved_30d_from_report": (reported, grouped.Within(days, followed, WITHIN_DAYS)),
        },
        grouped.Ordered(days),
        needs.solved - needs.arisen,
    )


def _measures(
    code: Whole, groups: int, known: dict[str, Any], times: _Times, needs: Needs, counts_known: bool
) -> Iterator[tuple[str, tuple[Floats, Floats]]]:
    """Yield each metric with its value and the size of its denominator in every group."""
    sums = {name: grouped.sums(code, groups, values) for name, values in known.items()}
    if counts_known:
        yield "needs", (sums["needs"], sums["needs"])
        yield "cases_reported", (sums["reported"], sums["needs"])
        yield "case_staff_hours", (sums["staff_hours"], sums["needs"])
        yield "case_unit_hours", (sums["unit_hours"], sums["needs"])
    mine = code[times.reported]
    for metric, (among, within) in times.within.items():
        share = within.share(mine if among is times.reported else code, groups)
        yield metric, (share, sums["reported" if among is times.reported else "needs"])
    middle, slow = times.to_solution.quantiles(mine, groups, 0.5, 0.9)
    yield "report_to_solution_median", (middle, sums["reported"])
    yield "report_to_solution_p90", (slow, sums["reported"])
    mean = grouped.restricted_means(code, groups, times.from_arising, needs.followed, HORIZON_DAYS)
    yield "rmst180", (mean, sums["needs"])
    for metric, part, of in RATIOS:
        if part in sums and of in sums:
            yield metric, (grouped.ratio(sums[part], sums[of]), sums[of])


def _units(units: pd.DataFrame) -> list[GroupTable]:
    """Return what units of each kind delivered, attended and worked; nothing where there are no units."""
    if "asks" not in units or "kind" not in units or len(units) == 0:
        return []
    kind = units["kind"].astype("category")
    code: Whole = np.asarray(kind.cat.codes.to_numpy(np.int64))
    known, levels = code >= 0, tuple(str(level) for level in kind.cat.categories)

    def total(name: str) -> Floats:
        return grouped.sums(code[known], len(levels), units[name].to_numpy(float)[known])

    asks, sessions = total("asks"), total("sessions_asked")
    found = {
        "unit_delivery": (grouped.ratio(total("delivered"), asks), asks),
        "unit_attendance": (grouped.ratio(total("sessions_attended"), sessions), sessions),
        "unit_hours": (total("hours"), asks),
    }
    return [_table("unit_kind", levels, found)]
