"""A calibrated city as files: what there is (`city.json`) and the values (`posterior.parquet`)."""

import json
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from analysis.calibration.clock import Floats, Ints
from analysis.calibration.exposure import AGE_EDGES
from analysis.calibration.known import AT_ONCE_MINUTES, KnownRequests
from analysis.calibration.posterior import WEEKLY_DISCOUNT, Posterior
from sim.city.draw import ANY_CATEGORY
from sim.city.folder import FORMAT

#: With fewer closings at once than this, a category takes the delays of all.
_ENOUGH = 20
_TENTHS = np.linspace(0.0, 1.0, 11)


def city_document(
    known: KnownRequests,
    draws: int,
    usual_load: Floats,
    usual_urgent_load: float,
    origin: date,
    holidays: tuple[date, ...],
    source: dict[str, Any],
) -> str:
    """Return the text of `city.json`."""
    shares = team_shares(known)
    categories = [
        {
            "name": name,
            "urgent": bool(known.urgent[code]),
            "teams": [
                {"team": int(team), "share": float(shares[code, team])}
                for team in np.flatnonzero(shares[code])
            ],
        }
        for code, name in enumerate(known.categories)
    ]
    everything = np.bincount(known.team, minlength=len(known.teams)) / max(1, len(known.team))
    everything = everything if everything.sum() > 0 else np.full(len(known.teams), 1.0 / len(known.teams))
    categories.append(
        {
            "name": ANY_CATEGORY,
            "urgent": False,
            "teams": [
                {"team": int(team), "share": float(everything[team])} for team in np.flatnonzero(everything)
            ],
        }
    )
    content = {
        "format": FORMAT,
        "origin": origin.isoformat(),
        "at_once_minutes": AT_ONCE_MINUTES,
        "age_edges": AGE_EDGES.tolist(),
        "holidays": [day.isoformat() for day in holidays],
        "teams": [
            {"name": name, "usual_load": float(usual_load[team]), "officers": None}
            for team, name in enumerate(known.teams)
        ],
        "categories": categories,
        "usual_urgent_load": usual_urgent_load,
        "draws": draws,
        "source": source,
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def team_shares(known: KnownRequests) -> Floats:
    """Return which team a category's requests go to, by recent weeks more than by earlier ones."""
    weight = WEEKLY_DISCOUNT ** ((known.until - known.opened) // 7.0)
    shares = np.zeros((len(known.categories), len(known.teams)))
    np.add.at(shares, (known.category, known.team), weight)
    everybody = shares.sum(axis=0) + 1e-9
    shares[shares.sum(axis=1) == 0.0] = everybody
    return shares / shares.sum(axis=1, keepdims=True)


def posterior_table(known: KnownRequests, posterior: Posterior, clocks: Floats) -> pd.DataFrame:
    """Return the values in the long form of `posterior.parquet`; a last category stands for all others."""
    draws = np.arange(len(posterior.gamma))
    every = len(known.categories)
    parts: list[pd.DataFrame] = []

    def add(name: str, values: Floats, draw: Ints, **axes: Ints) -> None:
        """Add an array whose first axis is `draw` and whose others are `axes`, in order."""
        grid = np.meshgrid(draw, *axes.values(), indexing="ij")
        columns = {axis: codes.ravel() for axis, codes in zip(("draw", *axes), grid, strict=True)}
        frame = pd.DataFrame({**columns, "value": np.asarray(values, float).ravel()})
        parts.append(frame.assign(parameter=name))

    categories = np.arange(every + 1)
    bins = np.arange(len(AGE_EDGES))
    once = np.column_stack([posterior.at_once, posterior.at_once.mean(axis=1)])
    add("at_once", once, draws, category=categories)
    add("at_once_delay", _delays(known)[None], np.array([-1]), category=categories, bin=np.arange(11))
    add("hazard", np.concatenate([posterior.rate, posterior.shape[:, None]], axis=1), draws,
        category=categories, bin=bins)  # fmt: skip
    add("clock", clocks[None], np.array([-1]), team=np.arange(len(known.teams)), bin=np.arange(168))
    add("weekly_cv", posterior.weekly_cv, draws, team=np.arange(len(known.teams)))
    for name in ("gamma", "mobilisation", "put_off", "due_effect"):
        add(name, getattr(posterior, name), draws)
    # Of pairs of category and team only those that were seen; the rest is what a new pair would be.
    seen = np.zeros((every, len(known.teams)), bool)
    seen[known.category, known.team] = True
    category, team = np.nonzero(seen)
    for name, values in (("never", posterior.never), ("pace", posterior.pace)):
        of_pairs = values[:, category, team]
        frame = pd.DataFrame(
            {
                "draw": np.repeat(draws, len(category)),
                "category": np.tile(category, len(draws)),
                "team": np.tile(team, len(draws)),
                "value": of_pairs.ravel(),
            }
        )
        parts.append(frame.assign(parameter=name))
    add("never", np.repeat(posterior.never_mean[:, None], every + 1, axis=1), draws, category=categories)
    whole = pd.concat(parts, ignore_index=True)
    for axis in ("team", "category", "bin"):
        whole[axis] = whole[axis].fillna(-1).astype("int16")
    whole["draw"] = whole["draw"].astype("int32")
    whole["parameter"] = whole["parameter"].astype("category")
    return whole[["draw", "parameter", "team", "category", "bin", "value"]]


def _delays(known: KnownRequests) -> Floats:
    """Return minutes until closing of what was closed at once, at each tenth, by category and for others."""
    once = known.at_once
    minutes = (known.closed - known.opened) * 1440.0
    common = np.quantile(minutes[once], _TENTHS) if once.any() else _TENTHS * AT_ONCE_MINUTES
    found = np.tile(common, (len(known.categories) + 1, 1))
    counts = np.bincount(known.category[once], minlength=len(known.categories))
    for code in np.flatnonzero(counts >= _ENOUGH):
        found[code] = np.quantile(minutes[once & (known.category == code)], _TENTHS)
    return np.clip(found, 0.0, AT_ONCE_MINUTES)
