"""One run reduced to what tables and figures need, safe to send between processes.

Some tens of kilobytes, and the times of its needs until `against_first` has compared them with those of its
twin.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from analysis.estimates.by_group import GroupTable, by_group
from analysis.estimates.estimands import Read, estimate, unsolved_curve
from analysis.estimates.from_report import unsolved_from_report
from analysis.estimates.heard_and_served import NeedTimes, apart, need_times
from analysis.estimates.incidence import incidence_by_solver
from analysis.estimates.participation import lorenz_curves
from analysis.estimates.verification import verification_mode
from analysis.estimates.workload import weekly_series
from analysis.inputs.ledger import Floats, Needs, Records

CURVE_AT = np.linspace(0.0, 180.0, 361)


@dataclass(frozen=True)
class RunSummary:
    """Estimates and curves of one run.

    Attributes
    ----------
    estimates
        Metric to value, as `analysis.estimates.estimands.estimate` returns it.
    curves
        ``unsolved`` and ``unsolved_from_report`` at `CURVE_AT`, ``incidence_*`` (by solver) at
        `analysis.estimates.incidence.INCIDENCE_AT`, ``lorenz_*`` at
        `analysis.estimates.participation.LORENZ_AT`, ``week_*`` by whole week.
    title
        The scenario's title by language, empty if it has none.
    counted_days
        First day of the counting window and the first after it.
    times
        When each need was heard and served, where the whole ledger was kept.
    groups
        The measures of the boards and the headline ones for every group of needs.
    apart
        What sets this run apart from the run of the first scenario in the same replication, as
        `analysis.estimates.heard_and_served.apart` returns it; empty before `against_first`.
    """

    scenario: str
    replication: int
    estimates: dict[str, float]
    curves: dict[str, Floats]
    title: dict[str, str]
    counted_days: tuple[float, float]
    times: NeedTimes | None = None
    groups: tuple[GroupTable, ...] = ()
    apart: dict[str, float] = field(default_factory=dict)


def summarise_run(records: Records) -> RunSummary:
    """Reduce one run."""
    settings = records.settings
    read = Read(records)
    needs = read.needs
    curves = {
        "unsolved": unsolved_curve(needs, CURVE_AT),
        "unsolved_from_report": unsolved_from_report(needs, CURVE_AT),
    }
    curves |= {f"incidence_{name}": curve for name, curve in incidence_by_solver(needs).items()}
    curves |= weekly_series(records, read.per_day)
    curves |= lorenz_curves(read.people)
    return RunSummary(
        scenario=str(records.scenario),
        replication=int(records.replication),
        estimates=estimate(records, read),
        curves=curves,
        title=_title(settings),
        counted_days=counted_days(records),
        times=times_of(records, needs),
        groups=by_group(records, needs) if verification_mode(settings) == "none" else (),
    )


def against_first(summaries: Sequence[RunSummary]) -> list[RunSummary]:
    """Compare the runs of one replication with the first of them, need by need, and let their times go."""
    first = summaries[0].times
    found = []
    for place, one in enumerate(summaries):
        compared = one.apart
        if place and first is not None and one.times is not None:
            compared = apart(first, one.times)
        found.append(replace(one, times=None, apart=compared))
    return found


def times_of(records: Records, needs: Needs) -> NeedTimes | None:
    """Return when the needs of a run were heard and served; nothing where the ledger is not whole."""
    whole = getattr(records.settings, "ledger", "all") == "all"
    return need_times(needs) if whole and len(needs) else None


def counted_days(records: Records) -> tuple[float, float]:
    """Return the first day of the counting window and the first after it."""
    start = float(records.settings.warmup_days)
    return start, start + float(records.settings.horizon_days)


def _title(settings: object) -> dict[str, str]:
    title = getattr(settings, "title", None)
    if title is None:
        return {}
    if isinstance(title, str):
        return {"en": title, "zh": title}
    found = {language: _get(title, language) for language in ("en", "zh")}
    return {language: text for language, text in found.items() if text}


def _get(title: object, language: str) -> str:
    value = title.get(language) if isinstance(title, dict) else getattr(title, language, None)
    return str(value) if value else ""
