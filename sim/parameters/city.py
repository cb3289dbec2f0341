"""Parameters of a calibrated city: where its values are, what is forecast, and what is changed of it."""

import datetime
import re
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from sim.parameters.schema import Group, par, reject

#: Officers of a team: times as many as in the training, or so many more ("+2") or fewer ("-1").
#: YAML and the command line read +2 as 2, so a whole number could mean either and is refused.
Staff = float | int | str
ADDED = re.compile(r"[+-]\d{1,5}(\.\d{1,3})?")
Weight = Annotated[float, Field(gt=0, le=1000)]
Officers = Annotated[int, Field(ge=1, le=100_000)]
_NULL = "null: as the folder says, draw by draw."


class City(Group):
    """A city's own teams, calibrated on its request file (cogov calibrate); none without a folder."""

    folder: str | None = par(
        None,
        "Folder of a calibrated city: its requests are closed by its own teams; null: no such city.",
        grade="setting",
        tape=True,
        kind="path",
        min_length=1,
        note="With it demand.stream must be set; people, staff and units of the community take no part.",
    )
    origin: str | None = par(
        None,
        "Date from which on nothing is known: what is open then is the starting backlog; null: where the "
        "folder's training ends.",
        grade="setting",
        tape=True,
        kind="text",
    )
    until: str | None = par(
        None,
        "Date before which requests of the file arise; null: to its end.",
        grade="setting",
        tape=True,
        kind="text",
    )
    draw: int | None = par(
        None,
        "Draw of the posterior; null: the number of the replication, begun anew after the last.",
        grade="setting",
        ge=0,
        le=1_000_000,
    )
    gamma: float | None = par(
        None,
        "Exponent of a team's load in its hazards: 0 pure delay, 1 fixed capacity; " + _NULL,
        grade="setting",
        ge=0,
        le=3,
    )
    mobilisation: float | None = par(
        None,
        "Exponent of the city's urgent load in the hazard of urgent requests, neutral at 0; " + _NULL,
        grade="setting",
        ge=0,
        le=5,
    )
    put_off: float | None = par(
        None,
        "The same for the other requests, against them, neutral at 0; " + _NULL,
        grade="setting",
        ge=0,
        le=5,
    )
    due_effect: float | None = par(
        None,
        "Rise of the log hazard from one working day before the due time on, neutral at 0; " + _NULL,
        grade="setting",
        ge=-5,
        le=5,
    )
    weekly_noise: float = par(
        1.0,
        "Multiplies the coefficient of variation of every team's weekly capacity; 0: no noise.",
        grade="setting",
        ge=0,
        le=5,
    )
    staff: dict[str, Staff] = par(
        {},
        "Officers of teams by name: times as many as in the training (1.5, 2.0) or so many more ('+2'); "
        "those not named stay as they were.",
        grade="setting",
        note="They do what gamma says: with gamma 0 nothing. So many more needs their number in the folder.",
    )
    staff_from: str | None = par(
        None, "Date from which city.staff holds; null: from the origin.", grade="setting", kind="text"
    )
    merge: dict[str, str] = par(
        {},
        "Teams by name that become part of another: their loads are added, clock and noise are the other's.",
        grade="setting",
    )
    priority: dict[str, Weight] = par(
        {},
        "Weight of categories by name; the hazard is multiplied by it, and so is what a request counts in "
        "its team's load, so that with gamma 1 the team as a whole closes as much as before.",
        grade="setting",
    )
    officers: dict[str, Officers] = par(
        {},
        "Officers of teams by name who work on requests one by one, the mapping's work_hours, before the "
        "delay begins; teams not named have delay alone.",
        grade="setting",
    )
    order: Literal["age", "due", "random"] = par(
        "age", "Whom an officer takes first.", grade="setting", note="Where city.officers is set."
    )
    work: Literal["lognormal", "exponential"] = par(
        "lognormal",
        "Spread of the work around the mapping's hours; lognormal: with demand.work_cv.",
        grade="setting",
    )
    week_hours: float = par(
        40.0,
        "Hours an officer works in a week of the team's clock.",
        grade="setting",
        unit="hours",
        gt=0,
        le=168,
    )

    @model_validator(mode="after")
    def _check(self) -> Self:
        for name in ("origin", "until", "staff_from"):
            value = getattr(self, name)
            if value is not None:
                _date(f"city.{name}", value)
        if self.origin and self.until and self.until <= self.origin:
            raise reject("city.until", self.until, f"a date after city.origin ({self.origin})")
        for team, staff in self.staff.items():
            text = isinstance(staff, str)
            if not (ADDED.fullmatch(str(staff)) if text else type(staff) is float and staff >= 0.0):
                allowed = "a factor with a decimal point (2.0), or how many more as a text ('+2')"
                raise reject(f"city.staff.{team}", staff, allowed)
        for team, other in self.merge.items():
            if other == team or other in self.merge:
                raise reject(f"city.merge.{team}", other, "another team, which is not merged itself")
        return self


def _date(key: str, value: str) -> None:
    try:
        year = datetime.date.fromisoformat(value).year
    except ValueError:
        raise reject(key, value, "a date written YYYY-MM-DD") from None
    if not 1900 <= year <= 2200 or len(value) != 10:
        raise reject(key, value, "a date from 1900 to 2200, written YYYY-MM-DD")
