"""The waterlogged market: two rows by which it was set up, one that nothing was chosen to meet."""

import math
from typing import Any

from analysis.validation.row import Row

_CHOSEN = (
    "How readily organisations act on this market (.005 by letter, link effect 6) was assumed for this "
    "episode alone: the row shows that the model can give the outcome, and is no evidence that it must."
)


def still_floods(records: Any) -> float:
    """Share of flooded markets that somebody reported and whose cause is there at the end of the run."""
    markets = records.incidents
    known = markets[markets["status"] != "silent"]
    return float(known["fixed_at"].isna().mean()) if len(known) else math.nan


def days_to_remedy(records: Any) -> float:
    """Days from the report of the case that removed the cause to its removal; NaN where none did."""
    markets = records.incidents.dropna(subset=["fixed_at"])
    reported = records.cases.set_index("case_id")["reported_at"].reindex(markets["lead_case_id"])
    return float((markets["fixed_at"].to_numpy() - reported.to_numpy()).mean()) if len(markets) else math.nan


WATERLOGGING: tuple[Row, ...] = (
    Row(
        "waterlogging_letters",
        "calibrated",
        "Waterlogged market without a convener: cause not removed",
        "无召集人的市场内涝：原因未消除",
        1.0,
        0.8,
        1.0,
        "Fenghua community, Cangnan: shelved until 2022",
        still_floods,
        "share",
        scenario="fenghua_waterlogging",
        too_low="Letters suffice too often.",
        note=_CHOSEN,
        needs=("fenghua_waterlogging",),
        absent="There is no flooded market yet.",
    ),
    Row(
        "waterlogging_convener",
        "calibrated",
        "Waterlogged market, convener with authority: days from report to remedy",
        "召集人有权限的市场内涝：反映至解决天数",
        42.0,
        7.0,
        90.0,
        "Fenghua community, Cangnan: convened in mid-July 2022, pumps built within weeks",
        days_to_remedy,
        "days",
        scenario="fenghua_waterlogging_convener",
        too_high="The matter stands in line with other cases for the six places of a session; the one "
        "reported was called for it alone. With joint_session.capacity=20 it takes 36 days on average. In "
        "the reported order (fenghua_waterlogging_convened: shelved first, convened from July on) half of "
        "the markets are remedied within 60 days of that day, with room for twenty within 26.",
        note=_CHOSEN,
        needs=("fenghua_waterlogging_convener",),
        absent="There is no flooded market yet.",
    ),
    Row(
        "waterlogging_no_links",
        "genuine",
        "Waterlogged market, convener without authority: cause not removed",
        "召集人无权限的市场内涝：原因未消除",
        1.0,
        0.8,
        1.0,
        "A Wuhan street: 25 weekly meetings, no progress (weak)",
        still_floods,
        "share",
        scenario="fenghua_waterlogging_no_links",
        too_low="Meeting again and again, units agree at last even without authority: every refusal is "
        "drawn anew.",
        note=_CHOSEN,
        needs=("fenghua_waterlogging_no_links",),
        absent="There is no flooded market yet.",
    ),
)
