"""One run reduced to what a page shows at a glance: headline, handling, workload, curves, people and areas.

The values are those of `analysis.summaries.run_summary.summarise_run`, by the same functions; the rest is
left out, because on a page that answers a slider the reduction would take as long as the run.
"""

from analysis.estimates.by_group import by_group
from analysis.estimates.estimands import (
    age_gap,
    endings,
    restricted_mean_need,
    solved_multi_organisation,
    solved_within_working_days,
    unsolved_curve,
)
from analysis.estimates.from_report import from_report, unsolved_from_report
from analysis.estimates.handling import handling
from analysis.estimates.heard_and_served import heard_and_served
from analysis.estimates.participation import merchants_delivering, resident_rates, unit_rates
from analysis.estimates.workload import flows, weekly_series, workload
from analysis.inputs.ledger import Records, columns, counted
from analysis.summaries.run_summary import CURVE_AT, RunSummary, counted_days, times_of

#: Divisions of needs that are kept; by community only where there are several.
DIVISIONS = ("all", "category", "age", "tenure", "area")
DIVISIONS_OF_A_COUNTY = (*DIVISIONS, "community")


def quick_summary(records: Records) -> RunSummary:
    """Reduce one run to a summary with fewer estimates and curves."""
    needs = counted(records)
    several = records.settings.county.communities > 1
    people = columns(records, "people")
    per_day = flows(columns(records, "daily"))
    estimates = {
        "replication": float(records.replication),
        "rmst180": restricted_mean_need(needs),
        "solved_7wd": solved_within_working_days(needs),
        "solved_60d_multi": solved_multi_organisation(needs),
        "merchants_delivering": merchants_delivering(people),
    }
    estimates |= heard_and_served(needs)
    estimates |= from_report(needs, people)
    estimates |= endings(needs)
    estimates |= workload(records, per_day)
    estimates |= resident_rates(people)
    estimates |= age_gap(needs, people)
    estimates |= unit_rates(columns(records, "units"))
    estimates |= handling(records, needs)
    return RunSummary(
        scenario=str(records.scenario),
        replication=int(records.replication),
        estimates=estimates,
        curves={
            "unsolved": unsolved_curve(needs, CURVE_AT),
            "unsolved_from_report": unsolved_from_report(needs, CURVE_AT),
            **weekly_series(records, per_day),
        },
        title={},
        counted_days=counted_days(records),
        times=times_of(records, needs),
        groups=by_group(records, needs, DIVISIONS_OF_A_COUNTY if several else DIVISIONS),
    )
