"""The name of a metric as a command's argument."""

from sim.errors import InputError, did_you_mean


def known_metric(name: str) -> str:
    """Return a name that a single run has a number for.

    Raises
    ------
    InputError
        If there is no such metric, or only the difference of two scenarios has it.
    """
    from analysis.metrics import METRICS, OF_PAIRS, metric

    if name in OF_PAIRS:
        hint = "cogov compare and reproduce have it; here for instance solved_30d_from_report, reported_180d"
        raise InputError("metric", name, "a metric of summary.csv, which one run has", hint=hint)
    # Metrics made for a day or a class are not in the table, and known all the same.
    if name not in METRICS and metric(name).unit == "":
        hint = did_you_mean(name, METRICS) or f"there are {', '.join(list(METRICS)[:8])}, …"
        raise InputError("metric", name, "a metric of summary.csv", hint=hint)
    return name
