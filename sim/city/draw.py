"""One set of values of a calibrated city, and the requests it has to deal with: plain arrays.

A request's hazard of being closed is a product: a number for its category and working age, the clock of its
team, the week's noise, and what the team's load, the city's urgent load and the due time make of it.
`docs/model.md`, *A city's own teams*, has the formula. Everything here has a neutral value.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import numpy as np

HOURS_A_WEEK = 168
#: Stands for every category that is not named.
ANY_CATEGORY = "*"
#: Quantiles of the delay at once.
TENTHS = 11
#: Edges of the bins of working age, in working days; the last bin is open.
AGE_EDGES = (0, 0.05, 0.15, 0.35, 0.65, 1, 1.5, 2, 3, 5, 7, 10, 15, 22, 30, 45, 65, 100)
#: Date of a practice that has always been so.
ALWAYS = date.min


@dataclass(frozen=True, eq=False)
class CityDraw:
    """One set of values: `c` is a row of practice, `k` a team, `b` a bin of working age.

    A row of practice is a category, or what holds of it from a date on: then its name comes again, with the
    date in `since`.
    """

    teams: tuple[str, ...]
    categories: tuple[str, ...]
    """Names of the rows of practice; `*` is every category that is not named."""
    hazard: np.ndarray
    """Hazard of closing, per working day (c, b)."""
    age_edges: np.ndarray
    """Where the bins of working age begin, in working days; the first at 0."""
    since: tuple[date, ...]
    """From which date of opening a row of practice holds; `ALWAYS` for the first of a category."""
    at_once: np.ndarray
    """Share closed at once (c)."""
    never: np.ndarray
    """Share never closed, of those not closed at once (c, k)."""
    urgent: np.ndarray
    """Whether it is urgent: gains by mobilisation, where others are put off (c)."""
    team_shares: np.ndarray
    """Which team has it, shares (c, k)."""
    clock: np.ndarray
    """Working days an elapsed day brings, by hour of the week from Monday 00:00, mean 1 (k, 168)."""
    weekly_cv: np.ndarray
    """Coefficient of variation of a week's capacity (k); neutral at 0."""
    pace: np.ndarray
    """By how much a team's hazards differ from the category's (c, k); neutral at 1."""
    at_once_delay: np.ndarray
    """Minutes until what is closed at once is closed: 11 quantiles, from 0 to 1 in tenths (c, 11)."""
    usual_load: np.ndarray
    """Load at which the hazards hold: what a team's open requests ask for, closings a working day (k)."""
    staff_ratio: np.ndarray
    """Officers now over officers in the training (k); neutral at 1."""
    officers: np.ndarray
    """Officers who work on requests one by one before the delay begins (k); 0: nobody's work, delay alone."""
    weight: np.ndarray
    """Priority: by how much the hazard is multiplied (c); neutral at 1."""
    usual_officers: np.ndarray = field(default_factory=lambda: np.zeros(0))
    """Officers in the training, by which `staff_ratio` was made (k); 0 or empty: not known."""
    merged_into: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int64))
    """Which team has taken over a team's requests (k); empty: each has its own."""
    usual_urgent_load: float = 1.0
    """The load of all open urgent requests in the city, usually."""
    at_once_minutes: float = 15.0
    """Within how many minutes *at once* is; the others' age begins then."""
    gamma: float = 0.0
    """Exponent of a team's load: 0 pure delay, 1 fixed capacity."""
    mobilisation: float = 0.0
    """Exponent of the urgent load in the hazard of urgent requests; neutral at 0."""
    put_off: float = 0.0
    """The same for the others, against them; neutral at 0."""
    due_effect: float = 0.0
    """Rise of the log hazard from one working day before the due time on; neutral at 0."""
    order: str = "age"
    """Whom an officer takes first: age, due or random."""
    week_hours: float = 40.0
    """Hours an officer works in a week of the clock: seven working days hold so many."""
    work_cv: float = 0.0
    """Spread of work hours around their mean (lognormal); 0: exactly the mean; −1: exponential."""
    staff_since: date | None = None
    """From when `staff_ratio` holds; None: from the start."""
    holidays: tuple[date, ...] = ()
    """Days on which the clocks run as on a Sunday."""

    @property
    def bins(self) -> int:
        """Bins of working age."""
        return int(self.age_edges.shape[0])

    def with_values(self, **values: object) -> "CityDraw":
        """Return a copy with other values, checked."""
        changed = replace(self, **values)  # type: ignore[arg-type]
        check(changed)
        return changed


def city_draw(
    hazard: Sequence[Sequence[float]] | np.ndarray,
    teams: Sequence[str] = ("team",),
    categories: Sequence[str] = (ANY_CATEGORY,),
    **values: object,
) -> CityDraw:
    """Return a draw of which only the hazard is given: everything else is neutral unless it is stated.

    By default the team is the first for every category, its clock runs evenly, its usual load is 1, and at
    once is uniform within its minutes. One number may stand for all rows or teams, one by row for all teams.
    """
    rates = np.atleast_2d(np.asarray(hazard, np.float64))
    c, k = len(categories), len(teams)
    shares = np.zeros((c, k))
    shares[:, 0] = 1.0
    standard: dict[str, object] = {
        "since": (ALWAYS,) * c,
        "age_edges": np.asarray(AGE_EDGES[: rates.shape[1]], np.float64),
        "team_shares": shares,
    }
    shapes = {
        "at_once": (c, 0.0), "urgent": (c, False), "weight": (c, 1.0),
        "weekly_cv": (k, 0.0), "usual_load": (k, 1.0), "staff_ratio": (k, 1.0), "officers": (k, 0),
    }  # fmt: skip
    for name, (size, neutral) in shapes.items():
        kind = type(neutral)
        given = np.asarray(values.pop(name, neutral)).astype(kind)
        standard[name] = np.broadcast_to(given, (size,)).copy()
    for name, neutral in (("never", 0.0), ("pace", 1.0)):
        table = np.asarray(values.pop(name, neutral), np.float64)
        standard[name] = np.broadcast_to(table[:, None] if table.ndim == 1 else table, (c, k)).copy()
    uniform = np.linspace(0.0, 1.0, TENTHS) * np.asarray(values.get("at_once_minutes", 15.0), np.float64)
    delay = np.asarray(values.pop("at_once_delay", uniform), np.float64)
    standard["at_once_delay"] = np.broadcast_to(delay, (c, TENTHS)).copy()
    clock = np.asarray(values.pop("clock", 1.0), np.float64)
    standard["clock"] = np.broadcast_to(clock, (k, HOURS_A_WEEK)).copy()
    for name in ("age_edges", "team_shares"):
        if name in values:
            standard[name] = np.asarray(values.pop(name), np.float64)
    draw = CityDraw(tuple(teams), tuple(categories), rates, **{**standard, **values})  # type: ignore[arg-type]
    check(draw)
    return draw


def check(draw: CityDraw) -> None:
    """Refuse arrays that do not fit together or hold what cannot be.

    Raises
    ------
    ValueError
        Naming the first of them.
    """
    c, k, b = len(draw.categories), len(draw.teams), draw.bins
    shapes = {
        "hazard": (c, b), "at_once": (c,), "at_once_delay": (c, TENTHS), "urgent": (c,), "weight": (c,),
        "never": (c, k), "pace": (c, k), "team_shares": (c, k), "clock": (k, HOURS_A_WEEK),
        "weekly_cv": (k,), "usual_load": (k,), "staff_ratio": (k,), "officers": (k,),
    }  # fmt: skip
    for name, shape in shapes.items():
        array = getattr(draw, name)
        if array.shape != shape:
            raise ValueError(f"{name} has the shape {array.shape}, not {shape}")
        if not np.isfinite(array).all() or (array < 0).any():
            raise ValueError(f"{name} holds a value that is negative or no number")
    for name in ("at_once", "never"):
        if (getattr(draw, name) > 1).any():
            raise ValueError(f"{name} holds a share above 1")
    if draw.merged_into.shape not in ((0,), (k,)) or not np.isin(draw.merged_into, np.arange(k)).all():
        raise ValueError("merged_into must name a team for each")
    if draw.age_edges[0] != 0 or (np.diff(draw.age_edges) <= 0).any():
        raise ValueError("age_edges must begin at 0 and rise")
    if not np.allclose(draw.team_shares.sum(axis=1), 1.0, atol=1e-6):
        raise ValueError("team_shares must add up to 1 in each row")
    if not (draw.usual_load > 0).all() or not draw.usual_urgent_load > 0:
        raise ValueError("a usual load must be above 0")
    if (np.diff(draw.at_once_delay, axis=1) < 0).any():
        raise ValueError("at_once_delay must not fall from one quantile to the next")
    for name in ("gamma", "mobilisation", "put_off", "due_effect", "at_once_minutes"):
        if not np.isfinite(getattr(draw, name)):
            raise ValueError(f"{name} is no number")
    if draw.order not in ("age", "due", "random"):
        raise ValueError("order must be age, due or random")


@dataclass(frozen=True, eq=False)
class CityRequests:
    """The requests of a run in the order of their opening: the starting backlog first, then those to come."""

    start: date
    """The Monday whose 00:00 is time 0."""
    origin: float
    """When the run begins to close requests, in days since time 0: what was opened before is the backlog."""
    opened: np.ndarray
    """Days since time 0, negative before it; ascending."""
    category: np.ndarray
    """Row of practice in the draw."""
    row: np.ndarray
    """What names the request in keyed draws: its position in the file."""
    due_at: np.ndarray = field(default_factory=lambda: np.zeros(0))
    """Days since time 0, NaN where there is none; empty: nowhere."""
    work_hours: np.ndarray = field(default_factory=lambda: np.zeros(0))
    """Mean hours of an officer's work; empty: nobody works."""


def city_requests(
    opened: np.ndarray,
    category: np.ndarray | int = 0,
    *,
    start: date = date(2024, 1, 1),
    origin: float = 0.0,
    due_at: np.ndarray | None = None,
    work_hours: np.ndarray | float | None = None,
    row: np.ndarray | None = None,
) -> CityRequests:
    """Return requests made of arrays, sorted by their opening.

    Parameters
    ----------
    opened
        Days since time 0, which is 00:00 of `start`; before `origin`: they are open then.
    category
        Row of practice in the draw; one number for all.
    start
        A Monday.
    due_at, work_hours
        As in `CityRequests`; one number of hours may stand for all.
    row
        By default the position in `opened`.
    """
    if start.weekday():
        start -= timedelta(days=start.weekday())
    opened = np.asarray(opened, np.float64)
    n = opened.shape[0]
    order = np.argsort(opened, kind="stable")
    rows = np.arange(n) if row is None else np.asarray(row, np.int64)
    return CityRequests(
        start=start,
        origin=float(origin),
        opened=opened[order],
        category=np.broadcast_to(np.asarray(category, np.int64), (n,))[order],
        row=rows[order],
        due_at=np.zeros(0) if due_at is None else np.asarray(due_at, np.float64)[order],
        work_hours=(
            np.zeros(0)
            if work_hours is None
            else np.broadcast_to(np.asarray(work_hours, np.float64), (n,))[order]
        ),
    )
