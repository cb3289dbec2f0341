"""Crews, fitted on one neighbourhood of organised volunteers and held against the other, both ways.

Nothing of the other neighbourhood enters but its events in summary (`crew_events`): days, organisers, numbers
of people. Who came how often, how long, and with whom is predicted. Figures and fitted numbers are in
``pioneers.json``, written by ``python -m experiments.crews_fit``; the records are not part of cogov.
"""

import functools
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from analysis.statistics import concentration
from analysis.validation.crew_events import Events, Organisers, drawn
from analysis.validation.row import Measure, Row
from sim.mechanisms.crews.replay import Attendance, CrewRule, replay

FILE = Path(__file__).with_name("pioneers.json")
_SOURCE = "Shenzhen Pioneers from 2020-02-18 on (data of Zhang et al. 2022, doi 10.7910/DVN/YUOOBB)"

#: What is predicted, and how far from the figure still counts as met: of people a share, else a difference.
MEASURES = ("people", "once", "gini", "top1", "top10", "stay_30", "stay_90", "stay_180", "same_organiser")


def measures(came: Attendance, days: float) -> dict[str, float]:
    """Return what is known of a neighbourhood, of those who came.

    Parameters
    ----------
    came
        From a replay, or made of records.
    days
        How long the neighbourhood was watched: whoever came first with fewer days left than asked about is
        not in the denominator of that share.
    """
    acts = came.acts.astype(float)

    def stay(least: float) -> float:
        could = came.first + least <= days
        return float((came.last - came.first >= least)[could].mean()) if could.any() else float("nan")

    return {
        "people": float(len(acts)),
        "once": concentration.once_only_share(acts),
        "gini": concentration.gini(acts),
        "top1": concentration.top_share(acts, 0.01),
        "top10": concentration.top_share(acts, 0.10),
        "stay_30": stay(30.0),
        "stay_90": stay(90.0),
        "stay_180": stay(180.0),
        "same_organiser": came.same_organiser,
    }


@dataclass(frozen=True)
class Neighbourhood:
    """What is kept of a neighbourhood: its figures, its events in summary, and the rule fitted to both."""

    days: float
    published: dict[str, float]
    organisers: tuple[Organisers, ...]
    rule: CrewRule


@functools.cache
def neighbourhoods() -> dict[str, Neighbourhood]:
    """Return what is kept of each neighbourhood."""
    kept = json.loads(FILE.read_text(encoding="utf-8"))["neighbourhoods"]
    return {
        name: Neighbourhood(
            one["days"],
            one["published"],
            tuple(Organisers.read(row) for row in one["organisers"]),
            CrewRule(**one["rule"]),
        )
        for name, one in kept.items()
    }


def predicted(
    where: Neighbourhood, rule: CrewRule, seed: int, replication: int, events: Events | None = None
) -> dict[str, float]:
    """Return the measures of a neighbourhood under a rule; events not given are drawn from the summary."""
    if events is None:
        events = drawn(where.organisers, where.days, np.random.default_rng([seed, replication]))
    return measures(replay(*events, rule, seed, replication), where.days)


def _prediction(of: str, fitted_on: str) -> Callable[[int, int], dict[str, float]]:
    def run(seed: int, replication: int) -> dict[str, float]:
        known = neighbourhoods()
        return predicted(known[of], known[fitted_on].rule, seed, replication)

    return run


def _measured(name: str) -> Measure:
    def measure(records: Any) -> float:
        return float(records[name])

    return measure


_LABELS = {
    "people": ("People who came", "参加者人数", ""),
    "once": ("Volunteers who came once", "仅参加一次者", "share"),
    "gini": ("Gini of acts among volunteers", "参加次数的基尼系数", ""),
    "top1": ("Acts of the top 1 % of volunteers", "最活跃1%的参加次数占比", "share"),
    "top10": ("Acts of the top 10 % of volunteers", "最活跃10%的参加次数占比", "share"),
    "stay_30": ("Came again after 30 days", "首次30天后仍参加", "share"),
    "stay_90": ("Came again after 90 days", "首次90天后仍参加", "share"),
    "stay_180": ("Came again after 180 days", "首次180天后仍参加", "share"),
    "same_organiser": ("Acts with the same organiser as last time", "与上次同一组织者的参加", "share"),
}
_RETURNS = (
    "A crew calls upon everybody it knows by the same rule; in the data some come to one large event and "
    "never again, whatever is called later."
)
_FORCED = "Large events beyond what a crew has take newcomers; how large depends on the events drawn."
_WHY = {
    "people": (_FORCED, _FORCED),
    "once": (_RETURNS, "Too many come to a single event."),
    "gini": ("Acts are too even: too few come once.", "Acts are too uneven."),
    "top1": ("The few who come always are called upon too seldom.", "They are called upon too often."),
    "top10": ("Those who come often are called upon too seldom.", "They are called upon too often."),
    "stay_30": ("People are forgotten too soon.", "People are called upon too long."),
    "stay_90": ("People are forgotten too soon.", "People are called upon too long."),
    "stay_180": ("People are forgotten too soon.", "People leave for good; the rule has none who do."),
    "same_organiser": (
        "Crews share their people more than there.",
        "Crews share their people less than there.",
    ),
}


def counts_as_met(name: str, figure: float) -> tuple[float, float]:
    """Return the range that counts as met: a quarter of numbers of people and small shares, else .05."""
    margin = 0.25 * figure if name in ("people", "top1") else 0.05
    return figure - margin, figure + margin


def _rows(of: str, fitted_on: str) -> list[Row]:
    published = neighbourhoods()[of].published
    run = _prediction(of, fitted_on)
    rows = []
    for name in MEASURES:
        english, chinese, unit = _LABELS[name]
        low, high = _WHY[name]
        rows.append(
            Row(
                f"crews_{name}_{of}",
                "genuine",
                f"{english}, neighbourhood {of}",
                f"{chinese}（社区{of}）",
                published[name],
                *counts_as_met(name, published[name]),
                f"{_SOURCE}, neighbourhood {of}",
                _measured(name),
                unit,
                run=run,
                too_low=low,
                too_high=high,
                predicts=f"neighbourhood {of}, fitted on {fitted_on}",
            )
        )
    return rows


PREDICTIONS: tuple[Row, ...] = (*_rows("2", "1"), *_rows("1", "2"))
