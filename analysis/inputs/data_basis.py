"""What an estimate rests on: the case ledger, which may be a sample or empty, or totals that are whole."""

from typing import Any

from analysis.metrics import METRICS, metric

WHOLE = "complete totals"
_TOTALS = (
    "hours_per_solved",
    "participation",
    "contribution",
    "decision",
    "voice",
    "gini_",
    "top1_",
    "top10_",
    "once_only_",
    "merchants_",
    "unit_",
    "utilisation",
    "session",
    "duplicate_hours",
    "staff_hours",
    "open_cases",
    "registered_",
    "trust_",
    "overtime_",
    "on_call_",
    "paperwork_",
    "active_of_",
    "ties_",
    "isolated_",
    "visits_",
)


def basis(name: str, settings: Any) -> str:
    """Return in words what a metric of a run rests on."""
    if metric(name).group == "verification" or name.startswith(_TOTALS):
        return WHOLE
    kept = getattr(settings, "ledger", "all")
    if kept == "sample":
        return f"sample of cases ({settings.ledger_sample_share:g})"
    return "no cases kept" if kept == "none" else "all cases"


def ledger_text(settings: Any, language: str = "en") -> str:
    """Return a sentence on what estimates rest on; empty where the whole ledger is kept."""
    kept = getattr(settings, "ledger", "all")
    if language == "zh":
        rest = "工时、参与和排队长度依据完整总数。"
        share = getattr(settings, "ledger_sample_share", 1.0)
        sampled = f"诉求指标依据{share:.1%}的个案抽样（ledger=sample）；{rest}"
        none = f"未保留个案（ledger=none）：没有诉求指标；{rest}"
        return {"sample": sampled, "none": none}.get(kept, "")
    totals = "hours, participation and queue lengths rest on complete totals"
    if kept == "sample":
        return (
            f"Estimates on needs rest on a sample of {settings.ledger_sample_share:.1%} of the cases "
            f"(ledger=sample); {totals}."
        )
    if kept == "none":
        return f"No cases were kept (ledger=none): there are no estimates on needs; {totals}."
    return ""


assert all(any(known.startswith(start) for known in METRICS) for start in _TOTALS)
