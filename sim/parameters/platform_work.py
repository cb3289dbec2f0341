"""Parameters of what a platform asks of the staff: who operates it (model.md S7), and paperwork."""

from typing import Literal, Self

from pydantic import model_validator

from sim.parameters.schema import Group, par, reject


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
