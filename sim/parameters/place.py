"""Parameters of the place: calendar, county, community, people's ties."""

import datetime
from typing import Self

from pydantic import model_validator

from sim.input_files.holiday_file import is_fixed_form
from sim.parameters.schema import Group, par, reject

#: Sets of holidays that need no file.
BUILT_IN = ("none", "china")


class Calendar(Group):
    """When staff work; durations are counted in calendar days, working days and working hours."""

    start_date: str = par(
        "2023-01-02",
        "First day of the run, warm-up included; time 0 is the Monday 00:00 on or before it.",
        grade="setting",
        unit="ISO date",
        tape=True,
        kind="text",
    )
    round_the_clock: bool = par(
        False, "Staff work at all hours of all days (for verification against theory).", grade="setting"
    )
    working_days_per_week: int = par(
        5,
        "Working days a week, counted from Monday.",
        grade="setting",
        unit="days",
        ge=1,
        le=7,
        low=5,
        high=7,
    )
    shift_start_hour: float = par(
        9.0, "Hour of the day at which shifts start.", grade="setting", unit="hour of day", ge=0, lt=24
    )
    shift_hours: float = par(
        8.0, "Length of a shift.", grade="setting", unit="hours", gt=0, le=24, low=7, high=10
    )

    holidays: str = par(
        "none",
        "Public holidays and the weekend days worked for them: china, or a CSV file with the columns date "
        "and day (off or worked); none: plain weeks.",
        grade="published",
        source="State Council General Office, yearly notices on holidays, 2019 to 2026",
        note="Hours a year stay as staff.hours_year has them: with holidays a shift yields a little more.",
        kind="path",
        choices=BUILT_IN,
    )
    holiday_dates: str = par(
        "",
        "What the file of calendar.holidays says, as date off or date worked, in order; read from it when a "
        "scenario is loaded, so that results carry it.",
        grade="setting",
        kind="text",
    )

    @model_validator(mode="after")
    def _check(self) -> Self:
        try:
            year = datetime.date.fromisoformat(self.start_date).year
        except ValueError:
            raise reject("calendar.start_date", self.start_date, "a date written YYYY-MM-DD") from None
        if not 1900 <= year <= 2200:
            raise reject("calendar.start_date", self.start_date, "a date from 1900 to 2200")
        own = self.holidays not in BUILT_IN
        if own and not self.holidays.lower().endswith(".csv"):
            raise reject("calendar.holidays", self.holidays, "none, china or the name of a CSV file (.csv)")
        if self.holiday_dates and not (own and is_fixed_form(self.holiday_dates)):
            raise reject("calendar.holiday_dates", self.holiday_dates, "left to calendar.holidays=FILE.csv")
        if not self.round_the_clock and self.shift_start_hour + self.shift_hours > 24:
            raise reject(
                "calendar.shift_hours",
                self.shift_hours,
                f"at most {24 - self.shift_start_hour:g}, before midnight",
            )
        return self


class County(Group):
    """How many communities share the street's and the county's units."""

    communities: int = par(
        1,
        "Communities simulated together.",
        grade="setting",
        unit="communities",
        ge=1,
        le=4000,
        tape=True,
        note="Cangnan county has 171.",
    )
    residents: int | None = par(
        None,
        "Residents of all communities together, apportioned; null: communities x community.residents.",
        grade="setting",
        unit="persons",
        ge=1,
        le=100_000_000,
        tape=True,
        note="Cangnan county has 843,962.",
    )
    size_sigma: float = par(
        0.0,
        "Log standard deviation of the sizes of synthetic communities; at 0 all have the same.",
        grade="assumed",
        ge=0,
        le=2,
        low=0,
        high=0.8,
        tape=True,
        note="Cangnan's largest town holds 384,390 of the county's 843,962 residents.",
    )
    communities_per_street: int = par(
        10,
        "Communities that share one street or town.",
        grade="assumed",
        unit="communities",
        ge=1,
        le=4000,
        low=5,
        high=20,
        tape=True,
    )


class Community(Group):
    """Who lives and trades in one community."""

    residents: int = par(
        9000,
        "Residents of one community.",
        grade="published",
        unit="persons",
        ge=1,
        le=500_000,
        low=8000,
        high=20000,
        source="Zhejiang's definition of a large merged community: 3,000 households or more",
        tape=True,
    )
    household_size: float = par(
        2.62,
        "Mean household size.",
        grade="measured",
        unit="persons",
        ge=1,
        le=20,
        low=2.2,
        high=3.0,
        source="Seventh national census, 2020",
        tape=True,
    )
    building_residents: float = par(
        146.0,
        "Residents of one building, the micro-grid.",
        grade="measured",
        unit="persons",
        ge=1,
        le=10_000,
        low=80,
        high=200,
        source="Zhejiang: residents per micro-grid, from official counts",
        tape=True,
    )
    grid_residents: float = par(
        800.0,
        "Residents of one grid, the area of one grid worker.",
        grade="measured",
        unit="persons",
        ge=1,
        le=100_000,
        low=600,
        high=1100,
        source="Zhejiang 2022 (774) and Jiaxing 2020 (1,081): population over number of grids",
        tape=True,
    )
    merchants: int = par(
        300,
        "Shops and firms.",
        grade="assumed",
        unit="merchants",
        ge=0,
        le=100_000,
        low=0,
        high=1400,
        note="Zhongdai reports over 1,000 shops and about 400 firms.",
        tape=True,
    )
    migrant_share: float = par(
        0.5,
        "Share of residents without local registration.",
        grade="assumed",
        unit="share",
        ge=0,
        le=1,
        low=0.3,
        high=0.8,
        note="Zhongdai reports 0.8.",
        tape=True,
    )
    share_60plus: float = par(
        0.15,
        "Share of residents aged 60 and over.",
        grade="assumed",
        unit="share",
        ge=0,
        le=1,
        low=0.08,
        high=0.30,
        note="Below the provincial census share because migrants are younger.",
        tape=True,
    )
    share_under14: float = par(
        0.12,
        "Share of residents under 14, who never count in participation.",
        grade="assumed",
        unit="share",
        ge=0,
        le=1,
        low=0.08,
        high=0.18,
        tape=True,
    )
    extra_inert_residents: int = par(
        0,
        "Residents added whom nobody sees and who need nothing; used by tests: results must not change.",
        grade="setting",
        unit="persons",
        ge=0,
        le=100_000,
        tape=True,
    )

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.share_60plus + self.share_under14 > 1 + 1e-9:
            raise reject("community.share_60plus", self.share_60plus, "at most 1 - community.share_under14")
        return self


class World(Group):
    """What replications have in common."""

    fixed: bool = par(
        False,
        "Keep the same people and places in every replication; only needs and luck change.",
        grade="setting",
        tape=True,
    )


class Ties(Group):
    """Who knows whom well enough to ask a favour."""

    mean_degree: float = par(
        5.0,
        "Mean number of neighbours known well enough to ask.",
        grade="assumed",
        unit="persons",
        ge=0,
        le=1000,
        low=2,
        high=12,
        note="Surveys in Shanghai and Xi'an bound it from the side of not knowing neighbours.",
        tape=True,
    )
    local_share: float = par(
        0.8,
        "Share of ties inside the own building.",
        grade="assumed",
        unit="share",
        ge=0,
        le=1,
        low=0.5,
        high=0.95,
        tape=True,
    )
    after_help: float = par(
        0.3,
        "Probability that a completed help makes a tie between strangers.",
        grade="assumed",
        unit="probability",
        ge=0,
        le=1,
        low=0,
        high=0.6,
        note="Neutral at 0.",
    )
    after_meeting: float = par(
        0.1,
        "Probability that two strangers who meet at an event know each other afterwards; neutral at 0.",
        grade="assumed",
        unit="probability",
        ge=0,
        le=1,
        low=0,
        high=0.5,
    )
    fading_days: float | None = par(
        None,
        "Mean time after which a tie made during the run fades unless it is renewed; null: it does not.",
        grade="assumed",
        unit="days",
        gt=0,
        le=1e6,
        low=90,
        high=1500,
    )
