"""Parameters of clocks and rosters: service standards, absence, duty outside shift hours, overtime."""

from typing import Annotated, Literal, Self

from pydantic import Field, Strict, model_validator

from sim.input_files.roster_file import is_fixed_form
from sim.parameters.demand import CATEGORIES
from sim.parameters.schema import Group, NotNegative, Triple, par, reject

Pair = Annotated[tuple[NotNegative, NotNegative], Strict(False)]


TIERS = 5
#: Tier, counted from 0: two by hours round the clock, three by working days.
Tier = Annotated[int, Field(ge=0, lt=TIERS)]
TierTriple = Annotated[tuple[Tier, Tier, Tier], Strict(False)]


class Standards(Group):
    """By when a case is due, what stops that clock, and what moves the date."""

    enabled: bool = par(
        False,
        "Cases have standards by tier; false: those of trust.standard_days.",
        grade="setting",
    )
    clock_hours: Pair = par(
        (2.0, 24.0),
        "Standards of tiers 0 and 1, round the clock.",
        grade="assumed",
        unit="hours",
        note="Press reports on hotlines name 2 h and 24 h for urgent matters; rules differ by city.",
    )
    working_days: Triple = par(
        (3.0, 7.0, 15.0),
        "Standards of tiers 2, 3 and 4.",
        grade="assumed",
        unit="working days",
        note="Press reports on hotlines name 3, 7 and 15 days by difficulty; rules differ from city to city.",
    )
    urgent_tier: Tier = par(1, "Tier of urgent cases.", grade="assumed", unit="tier", low=0, high=2)
    tiers: TierTriple = par(
        (2, 3, 4),
        "Tiers of cases that take one, two, three organisations and are not urgent.",
        grade="assumed",
        unit="tier",
    )
    category_tiers: dict[str, Tier | None] = par(
        dict.fromkeys(CATEGORIES),
        "Tiers of categories that have their own, which come before the number of organisations; null: none.",
        grade="setting",
        unit="tier",
    )
    pause_shelved: bool = par(
        True, "The clock stands still while a case is put aside (hanging).", grade="assumed"
    )
    pause_outside: bool = par(
        False,
        "The clock stands still from the first letter, or the session's waiting list, until the community's "
        "own turn comes.",
        grade="setting",
    )
    extension_probability: float = par(
        0.2,
        "Probability that more time is applied for near the date; it is granted once; neutral at 0.",
        grade="assumed",
        unit="probability",
        ge=0,
        le=1,
        low=0,
        high=0.6,
    )
    extension_at: float = par(
        0.8,
        "Share of the standard after which more time is applied for.",
        grade="assumed",
        unit="share",
        gt=0,
        lt=1,
        low=0.5,
        high=0.95,
    )
    extension_share: float = par(
        1.0,
        "Length of an extension, as a share of the standard.",
        grade="assumed",
        unit="share",
        ge=0,
        le=10,
        low=0.25,
        high=1,
    )
    extension_hours: float = par(
        0.25, "Staff hours of an application.", grade="assumed", unit="hours", ge=0, le=24, low=0, high=1
    )
    send_back_days: float | None = par(
        None,
        "Time within which the wrong place must send a case back; null: whenever it does "
        "(referral.bounce_delay_days).",
        grade="assumed",
        unit="working days",
        ge=0,
        le=3650,
        low=0.5,
        high=3,
    )
    redispatch_restarts: bool = par(
        False, "The clock starts anew when a case that was sent back is dispatched again.", grade="setting"
    )

    first_receiver: bool = par(
        False,
        "Whoever received a case first answers for its date (首接负责): the clock never stands still nor "
        "starts anew, and the closing counts for that team in the evaluation.",
        grade="setting",
        note="Beijing's draft standard of December 2021.",
    )

    @model_validator(mode="after")
    def _check(self) -> Self:
        for name in self.category_tiers:
            if name not in CATEGORIES:
                raise reject("standards.category_tiers", name, f"one of {', '.join(CATEGORIES)}")
        return self


class Roster(Group):
    """Which of the staff are there, day by day; only overtime and a file of one's own change the hours."""

    file: str | None = par(
        None,
        "CSV file of shifts by the week: weekday, from, to, team, posts; null: staff follow the calendar.",
        grade="setting",
        kind="path",
        min_length=1,
        note="An hour on a shift yields what an hour of the calendar's shift does.",
    )
    shifts: str = par(
        "",
        "What the file of roster.file says, in order; read from it when a scenario is loaded, so that "
        "results carry it.",
        grade="setting",
        kind="text",
    )
    at_shift_end: Literal["pause", "finish"] = par(
        "pause",
        "What becomes of the case in hand at the end of a shift of the file: it goes on with the next "
        "shift of the same person, or is finished first.",
        grade="assumed",
    )
    absence: float = par(
        0.0,
        "Share of working days on which a cadre is away (leave, training, campaigns); neutral at 0.",
        grade="assumed",
        unit="share",
        ge=0,
        lt=1,
        low=0,
        high=0.12,
        note="Part of the absence that staff.hours_year already has, now in whole days: mean hours stay the "
        "same. Where more days are lost than that, hours fall short of it.",
    )
    absence_week: float = par(
        0.5,
        "Correlation of the leaning to be away between the days of a week of one cadre (own reasons).",
        grade="assumed",
        unit="correlation",
        ge=0,
        le=1,
        low=0,
        high=0.5,
    )
    absence_common: float = par(
        0.2,
        "Correlation of the leaning to be away among the cadres of a community within a week.",
        grade="assumed",
        unit="correlation",
        ge=0,
        le=1,
        low=0,
        high=0.5,
        note="Campaigns and training take several at once.",
    )

    on_call: int = par(
        0,
        "Posts of a community that serve urgent cases outside shift hours, in exchange for time off later.",
        grade="assumed",
        unit="posts",
        ge=0,
        le=1000,
        low=0,
        high=2,
    )
    overtime_hours_per_week: float = par(
        0.0,
        "Hours a week a cadre may run over to finish the case in hand, beyond all others; neutral at 0.",
        grade="assumed",
        unit="hours per week",
        ge=0,
        le=40,
        low=0,
        high=9,
        note="Chinese labour law allows 36 hours a month. Hours are then no longer equal; compare with care.",
    )

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.shifts and not (self.file and is_fixed_form(self.shifts)):
            raise reject("roster.shifts", self.shifts, "left to roster.file=FILE.csv")
        if self.file is not None:
            if not self.file.lower().endswith(".csv"):
                raise reject("roster.file", self.file, "the name of a CSV file (.csv)")
            for name in ("absence", "on_call", "overtime_hours_per_week"):
                if getattr(self, name) > 0:
                    raise reject(f"roster.{name}", getattr(self, name), "0 with a roster.file, which says it")
        if self.absence_week + self.absence_common > 1:
            raise reject(
                "roster.absence_week",
                self.absence_week,
                f"at most {1 - self.absence_common:g}, together with roster.absence_common at most 1",
            )
        return self
