"""Parameters of joint sessions and of who convenes them."""

from typing import Literal

from sim.schema import Group, par


class JointSession(Group):
    """The weekly session at which units are asked together (model.md S3)."""

    enabled: bool = par(False, "Hold joint sessions.", grade="setting")
    start_day: float = par(
        0.0,
        "Day, from time 0, on which somebody begins to convene and takes shelved cases off the shelf; "
        "neutral at 0: sessions are held from the first week on.",
        grade="setting",
        unit="days",
        ge=0,
        le=1e7,
    )
    weekday: int = par(2, "Day of the session, 0 for Monday.", grade="setting", unit="weekday", ge=0, le=6)
    hour: float = par(
        14.0, "Hour at which the session starts.", grade="setting", unit="hour of day", ge=0, lt=24
    )
    capacity: int = par(
        6,
        "Cases a session can take; neutral at 0.",
        grade="assumed",
        unit="cases per week",
        ge=0,
        le=100_000,
        low=2,
        high=20,
    )
    longest_wait_weeks: float | None = par(
        4.0,
        "A case joins the waiting list if its place is at most this far away, else it goes by letter; "
        "null: it always waits.",
        grade="assumed",
        unit="weeks",
        gt=0,
        le=10_000,
        low=1,
        high=26,
        note="Without a limit, a list that grows faster than sessions are held takes every case with it.",
    )
    preparation_hours: float = par(
        2.0, "Staff hours to prepare one case.", grade="assumed", unit="hours", ge=0, le=168, low=0.5, high=6
    )
    meeting_hours: float = par(
        1.0,
        "Hours every attendee spends on one case.",
        grade="assumed",
        unit="hours",
        ge=0,
        le=24,
        low=0.5,
        high=3,
    )
    travel_hours: float = par(
        0.5, "Hours every attendee travels.", grade="assumed", unit="hours", ge=0, le=24, low=0, high=2
    )
    absence_intercept: float = par(
        -2.0,
        "Logit of the probability of absence at the reference load.",
        grade="assumed",
        ge=-50,
        le=50,
        low=-4,
        high=0,
    )
    absence_slope: float = par(
        3.0,
        "Rise of the logit of absence for every unit of load.",
        grade="assumed",
        ge=-50,
        le=50,
        low=0,
        high=6,
    )
    convener: bool = par(
        True, "Somebody with standing convenes (see referral.convener_effect).", grade="setting"
    )
    convener_links: Literal["none", "street", "county"] = par(
        "none",
        "Highest level whose authority the convener brings to a session; neutral at none.",
        grade="setting",
        note="Works through referral.link_effect, apart from referral.convener_effect. A Wuhan street "
        "reports 25 weekly meetings, with bureau leaders at five, and no progress (weak source).",
    )
    parallel_work: bool = par(
        True, "Units that committed work at the same time; false: one after another.", grade="setting"
    )
