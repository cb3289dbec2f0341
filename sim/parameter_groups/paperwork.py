"""Parameters of paperwork: what reporting to those above takes of the staff's time."""

from typing import Self

from pydantic import model_validator

from sim.schema import Group, par, reject


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
