"""The bare queue and the bare diffusion: what their theory speaks of, instead of a community's estimands.

Everything of the queue comes from the sums kept while it runs (`records.moments`), so it does not depend on
how much of the ledger is kept. Counted are the cases that arrived in the counting window, to the end of the
run.
"""

from typing import Any

import numpy as np

from analysis.inputs.ledger import Floats, Records, frame

#: Shares of the run after which adopters are told.
ADOPTION_AT = (0.1, 0.25, 0.5, 0.75, 1.0)


def verification_mode(settings: Any) -> str:
    """Return "queue", "adoption" or "none"."""
    return str(getattr(getattr(settings, "verification", None), "mode", "none"))


def verification_estimates(records: Records) -> dict[str, float]:
    """Return the metrics of a verification run; none for a run of the full model."""
    mode = verification_mode(records.settings)
    if mode == "queue":
        return queue_estimates(getattr(records, "moments", {}))
    if mode == "adoption":
        return adoption_estimates(records)
    return {}


def queue_estimates(moments: dict[str, Any]) -> dict[str, float]:
    """Return arrivals, waits and times in the system, for all cases and for each priority class.

    The wait is that before the first service, over those served; the sojourn is that of cases that were
    finished, however many passes or stages it took.
    """
    arrays = {name: np.asarray(value, float) for name, value in moments.items() if np.ndim(value) == 1}
    if not arrays:
        return {}
    result = _queue(arrays, slice(None))
    result["in_system_mean"] = _ratio(float(moments["area"]), float(moments["time"]))
    used = np.flatnonzero(arrays["arrived"] > 0)
    if len(used) > 1:
        for k in used:
            result |= {f"{name}_class_{k}": value for name, value in _queue(arrays, k).items()}
    return result


def _queue(arrays: dict[str, Floats], which: Any) -> dict[str, float]:
    total = {name: float(np.sum(values[which])) for name, values in arrays.items()}
    return {
        "arrived": total["arrived"],
        "served": total["served"],
        "withdrawn": total["withdrawn"],
        "wait_mean": _ratio(total["wait"], total["served"]),
        "waited_share": _ratio(total["waited"], total["served"]),
        "sojourn_mean": _ratio(total["sojourn"], total["ended"]),
        "service_mean": _ratio(total["service"], total["served"]),
    }


def adoption_estimates(records: Records) -> dict[str, float]:
    """Return the adopters at the end of some days of the run, the last one among them."""
    daily = frame(records, "daily")
    if daily.empty:
        return {}
    adopters = daily.groupby("day")["adopters"].sum().to_numpy(float)
    days = dict.fromkeys(max(1, round(share * len(adopters))) for share in ADOPTION_AT)
    result = {f"adopters_day_{day}": float(adopters[day - 1]) for day in days}
    population = float(records.settings.verification.population)
    return result | {"adopters_share_end": _ratio(float(adopters[-1]), population)}


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole > 0 else float("nan")
