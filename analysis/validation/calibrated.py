"""Inputs, and targets that parameters were chosen to meet. Agreement here is no evidence for the model."""

from typing import Any

from analysis.inputs.ledger import frame, window
from analysis.statistics import concentration
from analysis.statistics.reference_results import lognormal_gini
from analysis.validation.limits import RETENTION
from analysis.validation.measures import (
    area_rate_ratio,
    counted_cases,
    found_on_patrol,
    metric,
    population,
    who_acted,
    years,
)
from analysis.validation.row import Row, within

_PIONEERS = "Shenzhen Pioneers, two neighbourhoods (data of Zhang et al. 2022, doi 10.7910/DVN/YUOOBB)"


def requests(records: Any) -> float:
    """Requests handed on to somebody, later reports of the same thing included, per resident-year."""
    cases = counted_cases(records)
    handed_on = cases["reported_at"].notna() & (cases["solved_by"] != "desk") & (cases["origin"] != "patrol")
    return float((1 + cases["duplicates"][handed_on]).sum()) / population(records) / years(records.settings)


def patrol_items(records: Any) -> float:
    """Needs found on patrol, by cadres, per resident-year."""
    return float(len(found_on_patrol(records))) / population(records) / years(records.settings)


def patrol_closure(records: Any) -> float:
    """Share of the needs found on patrol that are solved by the end of the run."""
    found = found_on_patrol(records)
    return float((found["status"] == "solved").mean()) if len(found) else float("nan")


def propensity_gini(records: Any) -> float:
    """Gini of what people are inclined to do, from its spread."""
    return lognormal_gini(records.settings.reporting.propensity_sigma)


def contribution_gini(records: Any) -> float:
    """Gini of contributions among those who contributed, as the data hold only them."""
    return concentration.gini(who_acted(records, "contributions_counted"))


def active_share(records: Any) -> float:
    """Share of registered people who are active, averaged over the counting window."""
    first, after = (int(day) for day in window(records.settings))
    daily = frame(records, "daily").groupby("day")[["active", "registered"]].sum().iloc[first:after]
    registered = float(daily["registered"].sum())
    return float(daily["active"].sum()) / registered if registered else float("nan")


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
        too_high="The rate of needs, .6 a resident-year, is an assumption (plausible .3 to 1.5); with the "
        "reporting probability it gives more than the hotlines dispatch.",
        too_low="The rate of needs is an assumption; with the reporting probability it gives less than "
        "dispatched.",
    ),
    Row(
        "reported_share",
        "calibrated",
        "Probability that a need is ever reported",
        "诉求被反映的概率",
        *within(0.5, 0.2),
        "assumed: request rate over assumed rate of needs",
        metric("reported_share"),
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
        "propensity_gini",
        "calibrated",
        "Gini of the propensity to act",
        "行动倾向的基尼系数",
        0.76,
        0.75,
        0.78,
        _PIONEERS + ": .779 and .750",
        propensity_gini,
    ),
    Row(
        "contribution_gini",
        "calibrated",
        "Gini of contributions among contributors",
        "贡献者贡献次数的基尼系数",
        0.76,
        0.70,
        0.85,
        _PIONEERS + ": .779 and .750",
        contribution_gini,
        scenario="co_governance",
        too_low="In a year hardly anybody helps more than once, and a count of one for nearly all leaves no "
        "room for inequality: the volume of acts a person is too small, not the propensity too equal.",
    ),
    Row(
        "active_share",
        "calibrated",
        "Active share of registered users",
        "注册用户活跃比例",
        0.11,
        0.05,
        0.20,
        _PIONEERS + ": median weekly active over ever active, .126 and .097",
        active_share,
        "share",
        scenario="co_governance",
        too_low="Activity at the start fades faster than occasions to act renew it.",
        too_high="People who register start active, and many register in the window.",
    ),
    *(
        Row(
            f"retention_{days}",
            "calibrated",
            f"Still active {days} days after becoming active",
            f"激活{days}天后仍活跃",
            *within(share, 0.05),
            _PIONEERS + ", Kaplan–Meier",
            measure,
            "share",
            settings=RETENTION,
        )
        for days, share, measure in (
            (30, 0.55, lambda records: _still_active(records, 30)),
            (90, 0.42, lambda records: _still_active(records, 90)),
            (180, 0.31, lambda records: _still_active(records, 180)),
        )
    ),
    Row(
        "contributors",
        "calibrated",
        "Residents 14+ who contributed in a year",
        "一年内有贡献的14岁以上居民",
        0.0083,
        0.004,
        0.012,
        "Weijiayuan, Jiaxing: at least 39,000 of 4.72 million took part in mutual aid, years not stated",
        metric("contribution"),
        "share",
        scenario="co_governance",
        too_low="Only needs of at most two hours that a user reports, or a cadre enters, are put to "
        "neighbours.",
        too_high="More is put to neighbours than the reported participation allows.",
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
        "Zhejiang 2022: 91.2 %",
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


def _still_active(records: Any, days: int) -> float:
    daily = records.daily
    return float(daily["active"].iloc[days - 1]) / records.settings.community.residents
