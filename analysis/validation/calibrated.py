"""Inputs, and targets that parameters were chosen to meet. Agreement here is no evidence for the model."""

from typing import Any

from analysis.validation.measures import (
    area_rate_ratio,
    counted_cases,
    found_on_patrol,
    metric,
    population,
    years,
)
from analysis.validation.row import Row, within


def requests(records: Any) -> float:
    """Requests handed on to somebody, later reports of the same thing included, per resident-year."""
    cases = counted_cases(records)
    handed_on = cases["reported_at"].notna() & (cases["solved_by"] != "desk") & (cases["origin"] != "patrol")
    return float((1 + cases["duplicates"][handed_on]).sum()) / population(records) / years(records.settings)


def patrol_items(records: Any) -> float:
    """Needs found on patrol, by cadres, per resident-year."""
    return float(len(found_on_patrol(records))) / population(records) / years(records.settings)


def patrol_closure(records: Any) -> float:
    """Share of the needs found on patrol that stand as closed at the end of the run, on paper or truly."""
    found = found_on_patrol(records)
    return float(found["status"].isin(("solved", "paper_closed")).mean()) if len(found) else float("nan")


def meeting_hours(records: Any) -> float:
    """Hours a council lasts, where one was held."""
    return float(records.settings.deliberation.hours) if len(records.meetings) else float("nan")


CALIBRATED: tuple[Row, ...] = (
    Row(
        "requests",
        "calibrated",
        "Requests per resident-year",
        "每居民每年诉求数",
        0.20,
        0.20,
        0.29,
        "Beijing 12345: .206 (2020), .204 (2019–21) dispatched; New York 311: .22 (2015) to .29 (2010–22)",
        requests,
        "per year",
        too_high="The rate of needs, .5 a resident-year, is an assumption (plausible .3 to 1.5); with the "
        "reporting probability it gives more than the hotlines dispatch.",
        too_low="The rate of needs is an assumption; with the reporting probability it gives less than "
        "dispatched.",
    ),
    Row(
        "reported_share",
        "calibrated",
        "Probability that a need is reported within 180 d",
        "诉求在180天内被反映的概率",
        *within(0.5, 0.2),
        "assumed: request rate over assumed rate of needs",
        metric("reported_180d"),
        "share",
        too_low="Base rate and public share cannot meet this and the duplicates at once (note of "
        "reporting.base_rate_per_day).",
        too_high="Base rate and public share cannot meet this and the duplicates at once (note of "
        "reporting.base_rate_per_day).",
    ),
    Row(
        "duplicates",
        "calibrated",
        "Share of reports that repeat a known problem",
        "重复反映占比",
        *within(0.19, 0.25),
        "Xiangzhou: repeat complaints at the same address (weak)",
        metric("duplicate_share"),
        "share",
        too_low="Fewer people see a problem than the target needs, or it is closed sooner.",
        too_high="More people see a problem than the target needs, or it stays open longer.",
    ),
    Row(
        "area_gap",
        "calibrated",
        "Reporting rate, fastest over slowest area",
        "最快与最慢片区反映速率之比",
        3.0,
        2.0,
        5.0,
        "Liu, Bhandaram and Garg 2023 (New York, Chicago)",
        area_rate_ratio,
        too_low="Grids of one community do not differ in the model except by chance: who lives where does "
        "not depend on propensity, age or schooling. The city-wide gap between rich and poor areas is not "
        "represented.",
    ),
    Row(
        "patrol_items",
        "calibrated",
        "Items found on patrol per resident-year",
        "每居民每年巡查发现数",
        *within(0.18, 0.25),
        "Zhejiang 2022: 12.1 million items reported by grids",
        patrol_items,
        "per year",
        scenario="iron_soles",
    ),
    Row(
        "patrol_closure",
        "calibrated",
        "Patrol items closed",
        "巡查事项办结率",
        0.91,
        0.85,
        0.98,
        "Zhejiang 2022: 91.2 % (办结率: closed, whether or not solved)",
        patrol_closure,
        unit="share",
        scenario="iron_soles",
        too_low="Patrol finds problems of all kinds, those of several organisations included, and at this "
        "staffing what is found waits; the grids' items are mostly simple ones.",
    ),
    Row(
        "cadre_known",
        "calibrated",
        "Residents who know the head of the residents' committee",
        "认识居委会主任的居民",
        0.30,
        0.2,
        0.5,
        "Shanghai SUNS 2017, n = 8,213: 70 % do not",
        unit="share",
        absent="Not modelled: people have no acquaintance with cadres as a state.",
    ),
    Row(
        "consensus_hours",
        "calibrated",
        "Hours of a deliberation meeting to consensus",
        "议事会达成共识所需小时",
        2.0,
        1.0,
        4.0,
        "Red Tea council, Xiaohe: about two hours with a facilitator (Zhejiang Daily 2020)",
        meeting_hours,
        "hours",
        scenario="red_tea_council",
        note="An input: a council lasts as long as set. How far opinions have come together by then "
        "(`meetings.consensus`) has no published counterpart.",
    ),
)
