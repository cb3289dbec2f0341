"""Events of volunteers' organisers in summary: from events to classes of organisers, and back to events.

What is kept of a neighbourhood is a table of classes: organisers are sorted into groups by how many events
they called, and within a group by how many people came. What is lost: that events of an organiser fall on
the same days, the order in which large and small ones follow each other, any season that all organisers
share, and what organisers of one class differ in beyond the spreads that are kept.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields

import numpy as np
import pandas as pd

from analysis.inputs.ledger import Floats

#: Ends of the groups by events called, as shares of the organisers, and the number of classes in each.
_GROUPS = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.96, 1.0)
_SIZES = 4
_AT = (0.1, 0.5, 0.9)
_MONTH = 30.0
#: An organiser who spreads events over months like a fair die has about this evenness, or more.
_EVEN = 50.0

Events = tuple[Floats, np.ndarray, np.ndarray]


@dataclass(frozen=True)
class Organisers:
    """A class of organisers.

    Attributes
    ----------
    organisers, events
        How many there are, and events called by each on average.
    log_people
        Mean logarithm of the people at an event.
    between, monthly, within
        Standard deviations of that logarithm: between organisers, between months of one, within a month.
    largest
        People at the largest event.
    evenness
        How evenly an organiser's events spread over the months: the sum of a Dirichlet's weights.
    first, lasting
        At a tenth, half and nine tenths of the organisers: the day of the first event; the last one's day, as
        a share of the days that were left.
    """

    organisers: int
    events: float
    log_people: float
    between: float
    monthly: float
    within: float
    largest: int
    evenness: float
    first: tuple[float, ...]
    lasting: tuple[float, ...]

    @classmethod
    def read(cls, row: dict[str, object]) -> "Organisers":
        """Make a class of what `pioneers.json` holds."""
        values = {field.name: row[field.name] for field in fields(cls)}
        return cls(**{key: tuple(v) if isinstance(v, list) else v for key, v in values.items()})  # type: ignore[arg-type]


def _evenness(organisers: pd.DataFrame) -> float:
    """Return the Dirichlet weight that gives the chance of two events of one organiser in the same month."""
    several = organisers[(organisers["events"] > 1) & (organisers["months"] > 1)]
    if not len(several):
        return _EVEN
    same = float(np.average(several["same_month"], weights=several["events"]))
    fair = float(np.average(1.0 / several["months"], weights=several["events"]))
    return min(_EVEN, (1.0 - same) / (same - fair)) if same > fair + 1e-3 else _EVEN


def summarise(day: Floats, organiser: np.ndarray, people: np.ndarray, days: float) -> list[Organisers]:
    """Return the classes of organisers of a neighbourhood that was watched for so many days."""
    events = pd.DataFrame({"day": day, "who": organiser, "people": people, "log": np.log(people)})
    events["month"] = (events["day"] // _MONTH).astype(int)
    each = events.groupby("who").agg(
        events=("day", "size"),
        first=("day", "min"),
        last=("day", "max"),
        mean=("people", "mean"),
        log=("log", "mean"),
    )
    group = pd.qcut(each["events"].rank(method="first"), list(_GROUPS), labels=False)
    size = (
        each["mean"]
        .groupby(group)
        .transform(lambda mean: pd.qcut(mean.rank(method="first"), _SIZES, labels=False))
    )
    each["class"] = group * _SIZES + size
    a_month = events.groupby(["who", "month"]).size()
    number = each["events"]
    each["same_month"] = (a_month * (a_month - 1)).groupby("who").sum() / (number * (number - 1)).clip(
        lower=1
    )
    each["months"] = each["last"] // _MONTH - each["first"] // _MONTH + 1
    each["lasting"] = (each["last"] - each["first"]) / (days - each["first"]).clip(lower=1e-9)
    of_month = events.groupby(["who", "month"])["log"].transform("mean")
    events["monthly"] = (of_month - events.groupby("who")["log"].transform("mean")) ** 2
    events["within"] = (events["log"] - of_month) ** 2
    events["class"] = events["who"].map(each["class"])
    classes = []
    for name, mine in each.groupby("class"):
        theirs = events[events["class"] == name]
        classes.append(
            Organisers(
                len(mine),
                float(mine["events"].mean()),
                float(mine["log"].mean()),
                float(mine["log"].std(ddof=0)),
                float(np.sqrt(theirs["monthly"].mean())),
                float(np.sqrt(theirs["within"].mean())),
                int(theirs["people"].max()),
                _evenness(mine),
                tuple(float(value) for value in np.quantile(mine["first"], _AT)),
                tuple(float(value) for value in np.quantile(mine["lasting"], _AT)),
            )
        )
    return classes


def _one(kind: Organisers, days: float, luck: np.random.Generator) -> tuple[Floats, np.ndarray]:
    number = max(1, int(kind.events + luck.random()))
    first = float(np.interp(luck.random(), _AT, kind.first))
    span = (days - first) * float(np.interp(luck.random(), _AT, kind.lasting))
    months = max(1, int(np.ceil(span / _MONTH)))
    weights = luck.gamma(kind.evenness / months, size=months) + 1e-12
    month = luck.choice(months, number, p=weights / weights.sum())
    day = first + (month + luck.random(number)) * span / months
    level = kind.log_people + kind.between * luck.standard_normal()
    levels = level + kind.monthly * luck.standard_normal(months)[month]
    people = np.floor(np.exp(levels + kind.within * luck.standard_normal(number)) + 0.5)
    return day, np.clip(people, 1, kind.largest).astype(np.int64)


def drawn(classes: Iterable[Organisers], days: float, luck: np.random.Generator) -> Events:
    """Draw events as the classes of organisers would call them: day, organiser, people, in order of time."""
    made = [_one(kind, days, luck) for kind in classes for _ in range(kind.organisers)]
    day = np.concatenate([one for one, _ in made])
    people = np.concatenate([one for _, one in made])
    organiser = np.repeat(np.arange(len(made)), [len(one) for one, _ in made])
    order = np.argsort(day, kind="stable")
    return day[order], organiser[order].astype(np.int64), people[order]
