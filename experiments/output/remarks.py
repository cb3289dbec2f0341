"""What a command says before any result: remarks of `analysis.findings.remarks`, with the facts they need."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from experiments.chinese.terminal_words import tell
from experiments.system.language import language
from sim.parameters.scenario import Scenario

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from sim.request_file.loading import RequestStream


def remarks_of(
    scenarios: Sequence[Scenario],
    means: Mapping[str, Mapping[str, float]] | None = None,
    summaries: Mapping[str, Sequence[Any]] | None = None,
) -> list[Any]:
    """Return what is to be said first of some scenarios.

    Parameters
    ----------
    scenarios
        The scenarios.
    means
        Scenario name to the means of its metrics, where there are.
    summaries
        Scenario name to the summaries of its runs, where they are at hand.
    """
    from analysis.findings.remarks import remarks

    first = scenarios[0]
    stream = None
    if first.demand.stream is not None and first.verification.mode == "none":
        from sim.request_file.loading import cached_stream

        stream = facts_of(cached_stream(first.demand.stream, first.demand.mapping))
    titles = {one.name: {"en": one.title.en, "zh": one.title.zh} for one in scenarios}
    rest = {one.name: _rest(one, (summaries or {}).get(one.name, ())) for one in scenarios}
    return remarks({one.name: one for one in scenarios}, means, stream, titles, rest)


def _rest(scenario: Scenario, summaries: Sequence[Any]) -> Any:
    """Return whether a scenario's runs are at rest; None where they do not say."""
    from analysis.estimates.at_rest import at_rest

    known = [one.curves for one in summaries if {"week_open_cases", "week_on_shelf"} <= one.curves.keys()]
    return at_rest([one["week_open_cases"] - one["week_on_shelf"] for one in known], scenario)


def facts_of(stream: "RequestStream") -> dict[str, float]:
    """Return what remarks need to know of a request file."""
    import numpy as np

    from analysis.request_files.closing_habits import closing_curve, last_known

    opened, closed = stream.arisen_at, stream.closed_at
    told = bool(np.isfinite(closed).any())
    curve = closing_curve(opened, closed, last_known(opened, closed)) if told else None
    return {
        "used": len(stream.arisen_at),
        "on_defaults": stream.rows_on_defaults,
        "several": int(np.count_nonzero(stream.organisations > 1)),
        "helpable": int(np.count_nonzero(stream.helpable)),
        "places": len(stream.places),
        "median_days": curve.quantile(0.5) if curve is not None else float("nan"),
    }


def means_of_summary(table: "pd.DataFrame") -> dict[str, dict[str, float]]:
    """Return the means of a summary by scenario."""
    return {
        str(name): dict(zip(block["metric"], block["mean"].astype(float), strict=True))
        for name, block in table.groupby("scenario")
    }


def say_first(found: Sequence[Any]) -> None:
    """Print remarks, if there are any, with an empty line after them."""
    from analysis.findings.remarks import lines
    from analysis.safe_text.plain_text import visible

    for line in lines(list(found), language()):
        print(visible(line))
    if found:
        print()


def say_of_points(utilisation: "np.ndarray") -> list[str]:
    """Return a line on the points of a study, one row per point, at which staff are idle or saturated."""
    import numpy as np

    from analysis.findings.remarks import IDLE_BELOW, SATURATED_ABOVE

    known = utilisation[np.isfinite(utilisation).any(axis=1)]
    shares = np.nanmean(known, axis=1) if len(known) else np.empty(0)
    idle, full = int((shares < IDLE_BELOW).sum()), int((shares > SATURATED_ABOVE).sum())
    if not idle and not full:
        return []
    return [
        tell(
            "Read this first: of {} points, staff are idle (under {:.0f} % of their hours used) at {} and "
            "saturated (over {:.0f} %) at {}; there ways of governing differ little, or times depend on the "
            "length of the run.",
            len(shares),
            100 * IDLE_BELOW,
            idle,
            100 * SATURATED_ABOVE,
            full,
        )
    ]
