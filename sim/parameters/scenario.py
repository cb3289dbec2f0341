"""Every parameter of the model, once: the root class `Scenario` and the table made from it.

A scenario is one complete set of parameters. All values have defaults, which together are the baseline
`administration_led`. `describe` turns the declarations into rows for documentation, `cogov explain`, sliders
and sensitivity studies. Light to import: pydantic only.
"""

import functools
import operator
import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Self, Union, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt
from pydantic import BaseModel, model_validator
from pydantic.fields import FieldInfo

from sim.as_html import shown
from sim.parameters.adoption_and_trust import Adoption, Campaign, Trust
from sim.parameters.city import City
from sim.parameters.closing import Call, Cards, Closing, Refusal
from sim.parameters.deliberation import Deliberation
from sim.parameters.demand import CATEGORIES, Demand
from sim.parameters.mutual_aid import CharitySale, Donation, MutualAid, StandingPair
from sim.parameters.patrol import Crews, Embedded, Patrol, ShopFronts
from sim.parameters.place import Calendar, Community, County, Ties, World
from sim.parameters.plural_supply import FirstCall, Plural
from sim.parameters.points_and_shortage import Points, Shortage
from sim.parameters.reporting_and_intake import Intake, Platform, Reporting, Routing
from sim.parameters.rosters_and_standards import Roster, Standards
from sim.parameters.schema import GRADES, Grade, Group, group, par, reject
from sim.parameters.shocks import Mobilisation, Shocks, Surge
from sim.parameters.staff import Operation, Paperwork, Staff
from sim.parameters.units_and_referral import JointSession, Referral, Units
from sim.parameters.verification import SecondStage, Verification

__all__ = [
    "CATEGORIES",
    "GRADES",
    "Adoption",
    "Calendar",
    "Call",
    "Campaign",
    "Cards",
    "CharitySale",
    "City",
    "Closing",
    "Community",
    "County",
    "Crews",
    "Deliberation",
    "Demand",
    "Donation",
    "Embedded",
    "FirstCall",
    "Grade",
    "Group",
    "Intake",
    "JointSession",
    "Mobilisation",
    "MutualAid",
    "Operation",
    "Paperwork",
    "Parameter",
    "Patrol",
    "Platform",
    "Plural",
    "Points",
    "Referral",
    "Refusal",
    "Reporting",
    "Roster",
    "Routing",
    "Scenario",
    "SecondStage",
    "Shocks",
    "ShopFronts",
    "Shortage",
    "Staff",
    "Standards",
    "StandingPair",
    "Surge",
    "Ties",
    "Title",
    "Trust",
    "Units",
    "Verification",
    "World",
    "describe",
    "flatten",
    "parameter_keys",
    "parameters_by_key",
    "unpaired_keys",
]


class Title(Group):
    """What a scenario is called in reports."""

    en: str = par("", "Title in English.", grade="setting", kind="text")
    zh: str = par("", "Title in Chinese.", grade="setting", kind="text")


class Scenario(Group):
    """One complete set of parameters; the defaults are the administration-led baseline."""

    name: str = par(
        "administration_led",
        "Name of the scenario in file names, columns and legends.",
        grade="setting",
        kind="text",
        pattern=r"^[\w][\w ./()+-]*$",
        max_length=120,
    )
    title: Title = group(Title)
    description: str = par("", "What the scenario represents.", grade="setting", kind="text")
    evidence: str = par("", "How well the scenario is supported by evidence.", grade="setting", kind="text")
    warmup_days: int = par(
        399, "Days simulated before counting starts.", grade="setting", unit="days", ge=0, le=3650, tape=True
    )
    horizon_days: int = par(365, "Days counted.", grade="setting", unit="days", ge=1, le=36500, tape=True)
    followup_days: int = par(
        180,
        "Days simulated after counting ends, so that what was counted can be solved.",
        grade="setting",
        unit="days",
        ge=0,
        le=3650,
        tape=True,
    )
    ledger: Literal["all", "sample", "none"] = par(
        "all", "Which cases are kept one by one; moments are always kept.", grade="setting", tape=True
    )
    ledger_sample_share: float = par(
        0.1,
        "Share of cases kept where ledger is sample.",
        grade="setting",
        unit="share",
        gt=0,
        le=1,
        tape=True,
    )
    calendar: Calendar = group(Calendar)
    county: County = group(County)
    community: Community = group(Community)
    world: World = group(World)
    ties: Ties = group(Ties)
    demand: Demand = group(Demand)
    reporting: Reporting = group(Reporting)
    intake: Intake = group(Intake)
    routing: Routing = group(Routing)
    staff: Staff = group(Staff)
    roster: Roster = group(Roster)
    standards: Standards = group(Standards)
    embedded: Embedded = group(Embedded)
    patrol: Patrol = group(Patrol)
    shop_fronts: ShopFronts = group(ShopFronts)
    paperwork: Paperwork = group(Paperwork)
    units: Units = group(Units)
    referral: Referral = group(Referral)
    refusal: Refusal = group(Refusal)
    joint_session: JointSession = group(JointSession)
    mutual_aid: MutualAid = group(MutualAid)
    first_call: FirstCall = group(FirstCall)
    plural: Plural = group(Plural)
    charity_sale: CharitySale = group(CharitySale)
    donation: Donation = group(Donation)
    standing_pair: StandingPair = group(StandingPair)
    crews: Crews = group(Crews)
    points: Points = group(Points)
    shortage: Shortage = group(Shortage)
    shocks: Shocks = group(Shocks)
    deliberation: Deliberation = group(Deliberation)
    platform: Platform = group(Platform)
    adoption: Adoption = group(Adoption)
    trust: Trust = group(Trust)
    closing: Closing = group(Closing)
    call: Call = group(Call)
    cards: Cards = group(Cards)
    operation: Operation = group(Operation)
    city: City = group(City)
    verification: Verification = group(Verification)

    def _repr_html_(self) -> str:
        """Show in a notebook what the scenario changes against the defaults."""
        values, plain = flatten(self), flatten(Scenario())
        about = ("name", "title.en", "title.zh", "description", "evidence")
        rows = [
            (row.key, row.text, f"{values[row.key]} {row.unit}".rstrip(), str(plain[row.key]), row.grade)
            for row in describe()
            if row.key not in about and values[row.key] != plain[row.key]
        ]
        titles = "  ".join(filter(None, (self.title.en, self.title.zh)))
        told = (
            f"{len(rows)} parameters differ from the defaults."
            if rows
            else "All parameters have their defaults."
        )
        head = ("parameter", "meaning", "value", "default", "evidence")
        return shown(f"{self.name}: {titles}".rstrip(": "), (self.description, told), head, rows)

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.county.residents is not None and self.county.residents < self.county.communities:
            raise reject(
                "county.residents",
                self.county.residents,
                f"at least one for each of {self.county.communities}",
            )
        if self.roster.file is not None and self.calendar.holidays != "none":
            raise reject(
                "calendar.holidays",
                self.calendar.holidays,
                "none with a roster.file, whose weeks are all alike",
            )
        size = self.community.residents
        if self.county.residents is not None:
            size = -(-self.county.residents // self.county.communities)
        if size + self.community.extra_inert_residents > 500_000:
            raise reject("county.residents", self.county.residents or size, "at most 500000 a community")
        works = (
            self.calendar.round_the_clock or self.joint_session.weekday < self.calendar.working_days_per_week
        )
        if self.joint_session.enabled and not self.joint_session.on_call and not works:
            raise reject("joint_session.weekday", self.joint_session.weekday, "a working day")
        return self


@dataclass(frozen=True)
class Parameter:
    """One row of the table of parameters.

    `low` and `high` bound the plausible range, `hard_low` and `hard_high` what validation accepts (both ends
    included unless `open_low` or `open_high`). `choices` lists the values of a named choice.
    """

    key: str
    type: str
    default: Any
    unit: str
    low: float | None
    high: float | None
    hard_low: float | None
    hard_high: float | None
    open_low: bool
    open_high: bool
    choices: tuple[str, ...]
    grade: str
    source: str
    text: str
    note: str
    tape: bool
    kind: str

    @property
    def allowed(self) -> str:
        """What validation accepts, in words."""
        text = self.type
        if self.choices and not self.kind:
            text = f"one of {', '.join(self.choices)}"
        elif self.hard_low is not None or self.hard_high is not None:
            parts = []
            if self.hard_low is not None:
                parts.append(f"{'above' if self.open_low else 'from'} {self.hard_low:g}")
            if self.hard_high is not None:
                word = "below" if self.open_high else "to" if parts and not self.open_low else "up to"
                parts.append(f"{word} {self.hard_high:.10g}")
            text += " " + " ".join(parts)
        return f"{text} ({self.unit})" if self.unit and not self.choices else text


def describe() -> list[Parameter]:
    """All parameters in order of declaration."""
    return list(parameters_by_key().values())


@functools.cache
def parameters_by_key() -> dict[str, Parameter]:
    """All parameters by their dotted key, in order of declaration."""
    return {row.key: row for row in _rows(Scenario, "")}


def parameter_keys() -> list[str]:
    """Dotted keys of all parameters."""
    return list(parameters_by_key())


def flatten(scenario: Scenario) -> dict[str, Any]:
    """Values of all parameters of a scenario by their dotted key."""
    return dict(zip(parameters_by_key(), _values()(scenario), strict=True))


@functools.cache
def _values() -> Callable[[Scenario], tuple[Any, ...]]:
    return operator.attrgetter(*parameters_by_key())


def unpaired_keys(first: Scenario, second: Scenario) -> list[str]:
    """Parameters of the tape in which two scenarios differ; any entry means their cases have no twins."""
    left, right = flatten(first), flatten(second)
    return [row.key for row in describe() if row.tape and left[row.key] != right[row.key]]


def _rows(model: type[BaseModel], prefix: str) -> Iterator[Parameter]:
    for name, info in model.model_fields.items():
        nested = info.annotation
        if isinstance(nested, type) and issubclass(nested, BaseModel):
            yield from _rows(nested, f"{prefix}{name}.")
        else:
            yield _row(f"{prefix}{name}", info)


def _row(key: str, info: FieldInfo) -> Parameter:
    assert isinstance(info.json_schema_extra, dict), f"{key} is not declared with par()"
    extra: dict[str, Any] = dict(info.json_schema_extra)
    hard_low = hard_high = None
    open_low = open_high = False
    for bound in info.metadata:
        if isinstance(bound, Ge):
            hard_low = float(bound.ge)  # type: ignore[arg-type]
        elif isinstance(bound, Gt):
            hard_low, open_low = float(bound.gt), True  # type: ignore[arg-type]
        elif isinstance(bound, Le):
            hard_high = float(bound.le)  # type: ignore[arg-type]
        elif isinstance(bound, Lt):
            hard_high, open_high = float(bound.lt), True  # type: ignore[arg-type]
    choices = get_args(info.annotation) if get_origin(info.annotation) is Literal else extra["choices"]
    return Parameter(
        key=key,
        type=_type_in_words(info.annotation),
        default=info.default,
        unit=extra["unit"],
        low=extra["low"],
        high=extra["high"],
        hard_low=hard_low,
        hard_high=hard_high,
        open_low=open_low,
        open_high=open_high,
        choices=tuple(choices),
        grade=extra["grade"],
        source=extra["source"],
        text=info.description or "",
        note=extra["note"],
        tape=extra["tape"],
        kind=extra["kind"],
    )


def _entries_in_words(annotation: Any) -> str:
    """Return what a mapping of names holds: told by its bounds, or by its type."""
    metadata = getattr(annotation, "__metadata__", None)
    if annotation is str:
        return "names"
    if metadata is None:
        return "factors or additions" if str in get_args(annotation) else "tiers"
    if get_args(annotation)[0] is int:
        return "whole numbers"
    return "shares" if "le=1)" in str(metadata) else "numbers"


def _type_in_words(annotation: Any) -> str:
    plain = {float: "a number", int: "a whole number", bool: "true or false", str: "a text"}
    if annotation in plain:
        return plain[annotation]
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return "a choice"
    if origin in (Union, types.UnionType):
        inner = [a for a in args if a is not type(None)]
        return f"{_type_in_words(inner[0])} or null"
    if origin is tuple:
        count = "" if args[-1] is Ellipsis else f"{len(args)} "
        item = get_args(args[0])[0] if get_origin(args[0]) is Annotated else args[0]
        if get_origin(item) is tuple:
            return f"a list of {count}rows, each {_type_in_words(item)}"
        if isinstance(item, type) and issubclass(item, BaseModel):
            return f"a list of mappings of {', '.join(item.model_fields)}"
        return f"a list of {count}numbers"
    if origin is dict:
        return f"a mapping of names to {_entries_in_words(args[1])}"
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return "a mapping of " + ", ".join(annotation.model_fields)
    return "a value"
