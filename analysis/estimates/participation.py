"""Who takes part, among all who could.

Residents of 14 and over are all in the denominator. *Voice* is at least one report; *contribution* at least
one completed help, gift, patrol or meeting for somebody else's need; *decision* at least one valid vote;
the headline is contribution or decision. Registration, clicks and points never count. Everything is counted
in the counting window only. For merchants: at least one resource, space or hour delivered. For units:
commitments delivered over asks; attendance at sessions apart.
"""

from typing import Any

import numpy as np

from analysis.inputs.ledger import Flags, Floats, Needs, is_named
from analysis.inputs.owners import owners
from analysis.statistics import concentration

LORENZ_AT = np.linspace(0.0, 1.0, 201)


def resident_rates(people: Any) -> dict[str, float]:
    """Rates and inequality of participation over all residents of 14 and over."""
    counts = _eligible(people)
    if counts is None:
        return {}
    reports, contributions, votes, old = counts
    voice, contribution, decision = reports > 0, contributions > 0, votes > 0
    took_part = contribution | decision
    acts = contributions + votes
    return {
        "participation": _mean(took_part),
        "contribution": _mean(contribution),
        "decision": _mean(decision),
        "voice": _mean(voice),
        "participation_60plus": _mean(took_part[old]),
        "participation_under60": _mean(took_part[~old]),
        "voice_60plus": _mean(voice[old]),
        "voice_under60": _mean(voice[~old]),
        "gini_acts": concentration.gini(acts),
        "top1_share_acts": concentration.top_share(acts, 0.01),
        "top10_share_acts": concentration.top_share(acts, 0.10),
        "once_only_acts": concentration.once_only_share(acts),
        "gini_reports": concentration.gini(reports),
        "top1_share_reports": concentration.top_share(reports, 0.01),
        "top10_share_reports": concentration.top_share(reports, 0.10),
    }


def lorenz_curves(people: Any) -> dict[str, Floats]:
    """Lorenz curves of acts and of reports at `LORENZ_AT`."""
    counts = _eligible(people)
    if counts is None:
        return {}
    reports, contributions, votes, _ = counts
    return {
        "lorenz_acts": concentration.lorenz(contributions + votes, LORENZ_AT),
        "lorenz_reports": concentration.lorenz(reports, LORENZ_AT),
    }


def merchants_delivering(people: Any) -> float:
    """Share of merchants that delivered at least one resource, space or hour."""
    if "kind" not in people:
        return float("nan")
    merchant = is_named(people["kind"], "merchant")
    return _mean(np.asarray(people["contributions_counted"])[merchant] > 0)


def unit_rates(units: Any) -> dict[str, float]:
    """Commitments delivered over asks, and sessions attended over those asked to, all units together."""
    if "asks" not in units:
        return {}
    return {
        "unit_delivery": _ratio(units["delivered"].sum(), units["asks"].sum()),
        "unit_attendance": _ratio(units["sessions_attended"].sum(), units["sessions_asked"].sum()),
    }


def requesters(needs: Needs, people: Any, column: str) -> tuple[Flags, Flags]:
    """Mark the needs whose owner is a resident with the flag `column`, and those of residents without it.

    Needs that belong to no resident (a merchant's, a public place's) are in neither.
    """
    nobody = np.zeros(len(needs), dtype=bool)
    if "kind" not in people or len(people["kind"]) == 0 or len(needs) == 0:
        return nobody, nobody
    owner, known = owners(needs, people)
    known &= is_named(people["kind"], "resident")[owner]
    flag = np.asarray(people[column], bool)[owner]
    return known & flag, known & ~flag


def _eligible(people: Any) -> tuple[Floats, Floats, Floats, Flags] | None:
    if "kind" not in people:
        return None
    keep = is_named(people["kind"], "resident") & np.asarray(people["in_denominator"], bool)
    reports, contributions, votes = (
        np.asarray(people[f"{name}_counted"], float)[keep] for name in ("reports", "contributions", "votes")
    )
    return reports, contributions, votes, np.asarray(people["age_60plus"], bool)[keep]


def _mean(flags: Flags) -> float:
    return float(flags.mean()) if len(flags) else float("nan")


def _ratio(part: float, whole: float) -> float:
    return float(part) / float(whole) if whole > 0 else float("nan")
