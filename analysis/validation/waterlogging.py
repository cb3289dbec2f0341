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
        too_high="A refusal or an absence costs a market until the next call, or until the next rain.",
        note=_CHOSEN
        + " The days were not fitted: they follow from five working days for each part, and from "
        "queues. Called to the spot it takes half of 40 communities 21 days at most; where the matter stands "
        "in line for a weekly session of six (fenghua_waterlogging_weekly) 80.",
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
