"""Parameters of the community's staff: hours, queues, visits, what a platform asks of them (model.md S7)."""

from typing import Literal, Self

from pydantic import model_validator

from sim.parameters.schema import Group, par, reject


class Staff(Group):
    """Community staff and how their case queues are shared."""

    per_10k: float = par(
        18.0,
        "Community staff for every 10,000 residents.",
        grade="published",
        unit="persons per 10,000",
        ge=0,
        le=10_000,
        low=8,
        high=25,
        source="National plan for community services 2021-2025: 18 by 2025",
    )
    hours_year: float = par(
        1760.0,
        "Nominal hours a person works in a year.",
        grade="assumed",
        unit="hours per year",
        ge=0,
        le=8784,
        low=1700,
        high=2200,
    )
    case_share: float = par(
        0.75,
        "Share of the time left after paperwork that goes to cases.",
        grade="assumed",
        unit="share",
        ge=0,
        le=1,
        low=0.5,
        high=0.9,
    )
    embedded: float = par(
        0.0,
        "Cadres sent down from other units for every community, in the mean; neutral at 0 (see embedded).",
        grade="measured",
        unit="persons per community",
        ge=0,
        le=1000,
        low=0,
        high=10,
        source="Cangnan 2022: 1,398 cadres for 171 villages and communities (Zhejiang Daily 2022-11-30)",
        note="The total, this times the number of communities rounded, is allotted without remainder.",
    )
    grid_workers: int | None = par(
        None,
        "Grid workers of every community beside its other staff, each with a grid as far as there are grids; "
        "null: so many of the staff are grid workers as there are grids.",
        grade="setting",
        unit="persons per community",
        ge=0,
        le=1000,
        note="For asking how many of each kind there should be.",
    )
    take_over_per_hour: float = par(
        0.25,
        "Rate at which an idle cadre takes over a case that waits in the queue of a busy or absent "
        "colleague; at 0 queues stay separate, without bound the team is one queue.",
        grade="assumed",
        unit="per working hour of idleness",
        ge=0,
        le=1_000_000_000,
        low=0.02,
        high=4,
    )
    due_date_weight: float = par(
        0.0,
        "Weight of the due date against the time of coming in the order of work, among cases of one urgency "
        "in a line; neutral at 0 (first come, first served), at 1 the earliest due date comes first.",
        grade="assumed",
        unit="share",
        ge=0,
        le=1,
        low=0,
        high=1,
        note="Hotline orders carry a date, and offices are said to work by it; nothing measured was found.",
    )
    travel_hours: float = par(
        0.0,
        "Hours of the way to a visit; neutral at 0.",
        grade="assumed",
        unit="hours",
        ge=0,
        le=24,
        low=0,
        high=0.5,
        note="Where it is above 0, demand.work_hours should be taken without the way.",
    )
    travel_repeat_share: float = par(
        0.2,
        "Share of the way that is left for a further visit in the same grid without a break between.",
        grade="assumed",
        unit="share",
        ge=0,
        le=1,
        low=0,
        high=1,
    )
    skill_needs: float = par(
        0.0,
        "Share of cases that take a skill only some cadres have; neutral at 0.",
        grade="assumed",
        unit="share",
        ge=0,
        le=1,
        low=0,
        high=0.3,
    )
    skill_cadres: float = par(
        0.25,
        "Share of a team's cadres who have the skill, at least one.",
        grade="assumed",
        unit="share",
        gt=0,
        le=1,
        low=0.1,
        high=1,
    )
    two_person_share: float = par(
        0.0,
        "Share of cases to which two cadres must go together; neutral at 0.",
        grade="assumed",
        unit="share",
        ge=0,
        le=1,
        low=0,
        high=0.3,
    )
    patience_days: float | None = par(
        240.0,
        "Mean time a person waits for the start of service before withdrawing; null: for ever.",
        grade="assumed",
        unit="days",
        gt=0,
        le=1_000_000,
        low=60,
        high=720,
    )


class Operation(Group):
    """The role of government: it operates the platform itself, or a partner does and it audits."""

    operator: Literal["government", "partner"] = par(
        "government",
        "Who takes in and moderates reports where there is a platform: cadres, or a partner's own people.",
        grade="setting",
    )
    audit_share: float = par(
        0.1,
        "Share of closings that government checks by a call where a partner operates; acts as a call-back.",
        grade="assumed",
        unit="share",
        ge=0,
        le=1,
        low=0,
        high=0.5,
    )
    countersign_days: float = par(
        0.5,
        "Wait for a signature before a partner's case goes to a government unit, once a case; neutral at 0.",
        grade="assumed",
        unit="working days",
        ge=0,
        le=365,
        low=0,
        high=2,
    )
    integrated: bool = par(
        False,
        "One entry and shared data: no paperwork for further platforms, dispatch by the authority table.",
        grade="setting",
    )


class Paperwork(Group):
    """Staff time lost to reporting and ledgers, by number of platforms and their integration."""

    base_share: float = par(
        0.20,
        "Share of staff time lost to paperwork with one platform.",
        grade="assumed",
        unit="share",
        ge=0,
        le=1,
        low=0,
        high=0.6,
    )
    share_per_platform: float = par(
        0.06,
        "Further share for every further platform that is not integrated.",
        grade="assumed",
        unit="share per platform",
        ge=0,
        le=1,
        low=0.02,
        high=0.12,
        note="Anecdotes from news reports lie between 25 and 50 % of a social worker's day in all.",
    )
    platforms: int = par(
        2,
        "Number of platforms staff must feed.",
        grade="assumed",
        unit="platforms",
        ge=1,
        le=1000,
        low=1,
        high=20,
    )
    integration: float = par(
        0.0,
        "Share of the burden of further platforms that shared data removes.",
        grade="assumed",
        unit="share",
        ge=0,
        le=1,
        low=0,
        high=1,
    )
    cap: float = par(
        0.60,
        "Upper limit of the share of time lost to paperwork.",
        grade="assumed",
        unit="share",
        ge=0,
        le=1,
        low=0.6,
        high=0.9,
    )

    entry_minutes: float = par(
        0.0,
        "Staff minutes to enter a case again in each further platform that is not integrated; neutral at 0.",
        grade="assumed",
        unit="minutes per platform and case",
        ge=0,
        le=1440,
        low=0,
        high=15,
    )
    screen_rate: float = par(
        0.0,
        "Share of incoming administrative tasks that a burden gate sends back; neutral at 0.",
        grade="assumed",
        unit="share",
        ge=0,
        le=1,
        low=0,
        high=0.6,
        note="Shaoxing's gate screens all tasks that reach a village or community; no rate is published.",
    )

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.base_share > self.cap:
            raise reject("paperwork.base_share", self.base_share, f"at most paperwork.cap ({self.cap:g})")
        return self
