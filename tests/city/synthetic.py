"""A small made city for tests: its request file, a mapping, and the calibrated folder that it came from.

The closings are drawn here, in plain NumPy and without load: working age by the hazard, then to the calendar
by the team's clock. Nothing of the engine is used, so it may be held against it.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np

from sim.city.draw import ALWAYS, CityDraw, city_draw

EDGES = (0, 0.15, 0.65, 1, 2, 5, 10, 22, 45)
TEAMS = ("Roads", "Parks", "Night watch")
#: Name, urgent, team shares, at once, never, hazard by bin, requests a day, mean hours of work.
CATEGORIES = (
    ("pothole", False, (1, 0, 0), 0.02, 0.03, (0.3, 0.6, 0.6, 0.4, 0.3, 0.2, 0.1, 0.05, 0.02), 4.0, 2.0),
    ("street light", False, (0.7, 0.3, 0), 0, .1, (0.05, 0.1, 0.2, 0.25, 0.2, 0.1, 0.1, 0.1, 0.05), 3.0, 3.0),
    ("fallen tree", True, (0, 1, 0), 0.05, 0.0, (2.0, 1.5, 1.0, 0.8, 0.5, 0.3, 0.3, 0.2, 0.1), 1.5, 4.0),
    ("litter", False, (0, 1, 0), 0.30, 0.01, (1.0, 1.0, 0.8, 0.6, 0.4, 0.2, 0.1, 0.1, 0.1), 4.0, 1.0),
    ("noise", True, (0, 0, 1), 0.40, 0.05, (3.0, 1.0, 0.4, 0.2, 0.1, 0.05, 0.05, 0.02, 0.02), 2.0, 1.0),
    ("*", False, (0.5, 0.5, 0), 0.10, 0.10, (0.2, 0.3, 0.3, 0.3, 0.2, 0.1, 0.1, 0.05, 0.02), 0.6, 2.0),
)  # fmt: skip
#: Labels that stand for `*` in the file.
OTHERS = ("bridge", "sign")
HOLIDAYS = (date(2023, 4, 7), date(2023, 5, 1))
START = date(2023, 1, 2)
MAPPING = """\
residents: 50000
columns:
  id: id
  opened: opened
  closed: closed
  due: due
  category: category
  team: team
  channel: channel
  place: district
time_format: "%Y-%m-%d %H:%M:%S"
needs:
"""


@dataclass(frozen=True)
class SyntheticCity:
    """Where everything is, and the truth."""

    stream: Path
    mapping: Path
    folder: Path
    """The calibrated folder."""
    draw: CityDraw
    """The values that made the file; draw 0 of the folder."""
    start: date
    days: int

    def overrides(self, origin: date, until: date) -> list[str]:
        """Return what `load_scenario("city", …)` takes."""
        return [
            f"city.folder={self.folder}",
            f"demand.stream={self.stream}",
            f"demand.mapping={self.mapping}",
            f"city.origin={origin}",
            f"city.until={until}",
            "followup_days=180",
        ]


def clocks() -> np.ndarray:
    """Return three clocks: office hours on five days, longer on six, and round the clock."""
    week = np.zeros((3, 7, 24))
    week[0, :5, 8:16] = 1.0
    week[1, :6, 7:19] = 1.0
    week[1, 6, 9:12] = 0.3
    week[2] = 1.0
    week[2, :, :6] = 0.5
    flat = week.reshape(3, 168)
    return flat / flat.mean(axis=1, keepdims=True)


def true_draw(**values: object) -> CityDraw:
    """Return the values of the made city; `values` change them."""
    columns = list(zip(*CATEGORIES, strict=True))
    known: dict[str, object] = {
        "teams": TEAMS, "categories": columns[0], "age_edges": EDGES, "urgent": columns[1],
        "team_shares": columns[2], "at_once": columns[3], "never": columns[4], "clock": clocks(),
        "usual_load": (6.0, 6.0, 1.2), "usual_urgent_load": 2.5, "holidays": HOLIDAYS,
    }  # fmt: skip
    return city_draw(np.array(columns[5]), **{**known, **values})


def working_age(clock: np.ndarray, start: date, days: int, holidays: Sequence[date]) -> np.ndarray:
    """Return the working days passed by the end of each hour (team, hour), 0 first."""
    week = clock.reshape(-1, 7, 24)
    kinds = [
        6 if start + timedelta(days=d) in holidays else (start + timedelta(days=d)).weekday()
        for d in range(days)
    ]
    rates = week[:, kinds].reshape(week.shape[0], -1) / 24.0
    return np.concatenate([np.zeros((week.shape[0], 1)), np.cumsum(rates, axis=1)], axis=1)


def drawn_ages(rng: np.random.Generator, hazard: np.ndarray, edges: np.ndarray) -> np.ndarray:
    """Return a working age at closing for each row of hazards, infinite where it never reaches it."""
    widths = np.diff(edges)
    passed = np.concatenate([np.zeros((len(hazard), 1)), np.cumsum(hazard[:, :-1] * widths, axis=1)], axis=1)
    level = rng.exponential(size=len(hazard))
    which = (level[:, None] >= passed).sum(axis=1) - 1
    at = np.arange(len(hazard))
    with np.errstate(divide="ignore"):
        return edges[which] + (level - passed[at, which]) / hazard[at, which]


def closings(rng: np.random.Generator, draw: CityDraw, opened: np.ndarray, category: np.ndarray,
             team: np.ndarray, start: date, days: int) -> np.ndarray:  # fmt: skip
    """Return when each request is closed, in days since `start`; NaN where it is not within `days`."""
    cumulative = working_age(draw.clock, start, days, draw.holidays)
    hours = np.arange(cumulative.shape[1]) / 24.0
    age = drawn_ages(rng, draw.hazard[category] * draw.pace[category, team, None], draw.age_edges)
    begun = opened + draw.at_once_minutes / 1440.0
    closed = np.full(len(opened), np.nan)
    for k in range(len(draw.teams)):
        mine = team == k
        goal = np.interp(begun[mine], hours, cumulative[k]) + age[mine]
        closed[mine] = np.interp(goal, cumulative[k], hours, right=np.nan)
    never = rng.random(len(opened)) < draw.never[category, team]
    closed[never] = np.nan
    at_once = rng.random(len(opened)) < draw.at_once[category]
    tenths = rng.random(at_once.sum()) * 10.0
    delay = [
        np.interp(u, np.arange(11), draw.at_once_delay[c])
        for u, c in zip(tenths, category[at_once], strict=True)
    ]
    closed[at_once] = opened[at_once] + np.array(delay) / 1440.0
    return np.where(closed < days, closed, np.nan)


def write_city(folder: Path, days: int = 150, scale: float = 1.0, seed: int = 1, draws: int = 4,
               **values: object) -> SyntheticCity:  # fmt: skip
    """Write the request file, its mapping and the calibrated folder.

    Parameters
    ----------
    folder
        Where `requests.csv`, `mapping.yaml` and the folder `calibrated` are written.
    days
        Days of requests from 2023-01-02; closings are known up to their end.
    scale
        Times as many requests: about 15 a day at 1.
    draws
        Rows of the posterior: the first is the truth, the others are a few per cent off.
    values
        Change the true values, see `sim.city.draw.CityDraw`. What comes of load is not in the closings.
    """
    rng = np.random.default_rng(seed)
    draw = true_draw(**values)
    opened, category = [], []
    for c, kind in enumerate(CATEGORIES):
        at = rng.random(rng.poisson(kind[6] * scale * days)) * days
        opened.append(at)
        category.append(np.full(len(at), c))
    when, kinds = np.concatenate(opened), np.concatenate(category)
    order = np.argsort(when)
    when, kinds = when[order], kinds[order]
    team = (rng.random(len(when))[:, None] > np.cumsum(draw.team_shares[kinds], axis=1)).sum(axis=1)
    closed = closings(rng, draw, when, kinds, team, START, days)
    folder.mkdir(parents=True, exist_ok=True)
    stream, mapping = folder / "requests.csv", folder / "mapping.yaml"
    names = [kind[0] for kind in CATEGORIES]
    lines = ["id,opened,closed,due,category,team,channel,district"]
    for n in range(len(when)):
        label = names[kinds[n]] if names[kinds[n]] != "*" else OTHERS[n % len(OTHERS)]
        due = _moment(when[n] + 5.0 + 2.0 * kinds[n]) if kinds[n] != 4 else ""
        shut = "" if np.isnan(closed[n]) else _moment(closed[n])
        lines.append(f"{n},{_moment(when[n])},{shut},{due},{label},{draw.teams[team[n]]},phone,d{n % 3}")
    stream.write_text("\n".join(lines) + "\n", encoding="utf-8")
    rules = [f"  - {{category: {kind[0]}, work_hours: {kind[7]}}}" for kind in CATEGORIES if kind[0] != "*"]
    mapping.write_text(MAPPING + "\n".join(rules) + "\n", encoding="utf-8")
    calibrated = folder / "calibrated"
    write_folder(calibrated, draw, START + timedelta(days=days), draws, rng)
    return SyntheticCity(stream, mapping, calibrated, draw, START, days)


def _moment(at: float) -> str:
    midnight = datetime(START.year, START.month, START.day)
    return (midnight + timedelta(seconds=round(at * 86400))).strftime("%Y-%m-%d %H:%M:%S")


def write_folder(folder: Path, draw: CityDraw, origin: date, draws: int = 1,
                 rng: np.random.Generator | None = None, **entries: object) -> Path:  # fmt: skip
    """Write a calibrated folder: draw 0 is `draw`; in the others hazards are off by 5 %."""
    import pandas as pd

    folder.mkdir(parents=True, exist_ok=True)
    categories = []
    for c, name in enumerate(draw.categories):
        shares = [{"team": k, "share": float(s)} for k, s in enumerate(draw.team_shares[c]) if s > 0]
        entry: dict[str, object] = {"name": name, "urgent": bool(draw.urgent[c]), "teams": shares}
        if draw.since[c] != ALWAYS:
            entry["from"] = draw.since[c].isoformat()
        categories.append(entry)
    content = {
        "format": 1,
        "origin": origin.isoformat(),
        "at_once_minutes": draw.at_once_minutes,
        "age_edges": draw.age_edges.tolist(),
        "holidays": [day.isoformat() for day in draw.holidays],
        "teams": [
            {"name": name, "usual_load": float(load), "officers": 4 + k}
            for k, (name, load) in enumerate(zip(draw.teams, draw.usual_load, strict=True))
        ],
        "categories": categories,
        "usual_urgent_load": draw.usual_urgent_load,
        "draws": draws,
        "source": {"file": "requests.csv", "digest": "0" * 64, "rows": 0},
        **entries,
    }
    (folder / "city.json").write_text(json.dumps(content, indent=1), encoding="utf-8")
    rows: list[tuple[int, str, int, int, int, float]] = []
    for k in range(len(draw.teams)):
        rows += [(-1, "clock", k, -1, hour, rate) for hour, rate in enumerate(draw.clock[k].tolist())]
        rows.append((-1, "weekly_cv", k, -1, -1, float(draw.weekly_cv[k])))
    for c in range(len(draw.categories)):
        rows += [(-1, "at_once_delay", -1, c, q, m) for q, m in enumerate(draw.at_once_delay[c].tolist())]
    for d in range(draws):
        for c in range(len(draw.categories)):
            factor = 1.0 if d == 0 or rng is None else float(rng.lognormal(0.0, 0.05))
            rows.append((d, "at_once", -1, c, -1, float(draw.at_once[c])))
            rows.append((d, "never", -1, c, -1, float(draw.never[c].mean())))
            for k in np.flatnonzero(draw.team_shares[c]).tolist():
                rows.append((d, "never", k, c, -1, float(draw.never[c, k])))
                rows.append((d, "pace", k, c, -1, float(draw.pace[c, k])))
            rows += [(d, "hazard", -1, c, b, h * factor) for b, h in enumerate(draw.hazard[c].tolist())]
        for name in ("gamma", "mobilisation", "put_off", "due_effect"):
            rows.append((d, name, -1, -1, -1, float(getattr(draw, name))))
    table = pd.DataFrame(rows, columns=["draw", "parameter", "team", "category", "bin", "value"])
    kinds = {"draw": "int32", "team": "int16", "category": "int16", "bin": "int16"}
    table.astype(kinds).to_parquet(folder / "posterior.parquet", index=False)
    (folder / "identified.csv").write_text(
        "parameter,scope,prior_mean,prior_width,posterior_mean,posterior_width,verdict\n"
        f"gamma,city,0.5,0.95,{draw.gamma},0.1,identified\n",
        encoding="utf-8",
    )
    return folder
