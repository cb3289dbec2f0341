"""Parameters of who operates the platform and whether it is one with government's (model.md S7)."""

from typing import Literal

from sim.schema import Group, par


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
