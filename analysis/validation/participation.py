"""Who takes part: shares among those who acted, over a window as long as the source's.

Sources count users, so whoever did nothing is in no denominator here. The more acts there are a person, the
more concentrated they are, and their number depends on the length of the window: a figure of many years is
compared with a run of several.
"""

import math
from typing import Any

from analysis.inputs.ledger import frame, window
from analysis.statistics import concentration
from analysis.statistics.reference_results import lognormal_gini
from analysis.validation.limits import RETENTION
from analysis.validation.measures import counted_cases, metric, who_acted, years
from analysis.validation.row import Measure, Row, within

_PIONEERS = "Shenzhen Pioneers, two neighbourhoods, a year (data of Zhang et al., doi 10.7910/DVN/YUOOBB)"
_FIXMYSTREET = "FixMyStreet (mySociety, Super contributors and power laws): 418,000 users since 2007"
_MAYORS = "Residents' messages to mayors, China (TIPDM challenge data)"

REPORTS, CONTRIBUTIONS = "reports_counted", "contributions_counted"

#: Windows in which reporters make as many reports on average as the users of the source did.
_AS_FIXMYSTREET = {"horizon_days": 1100}
_AS_MAYORS = {"horizon_days": 91}
_CHOSEN_WINDOW = (
    "An input: the window is chosen so that it is met, because concentration depends on the acts a person. "
)
_NO_TAIL = (
    "People differ by a lognormal propensity and meet needs at like rates. With {} reports a reporter their "
    "counts are too even: nobody reports for a whole district."
)
_MORE_THAN_ONCE = (
    "Whoever is inclined to report meets needs again and again, and few stay at one; in the source most come "
    "once, over many years, and a few come very often."
)
_ONE_OFF = (
    "Neighbours are asked for small helpable needs only, a few dozen acts a year in a community: nearly "
    "every contributor acts once. The source is of organised volunteering."
)


def once(column: str) -> Measure:
    """Return the measure: share who acted exactly once among those who acted."""
    return lambda records: concentration.once_only_share(who_acted(records, column))


def top(column: str, share: float) -> Measure:
    """Return the measure: share of acts done by the most active among those who acted."""
    return lambda records: concentration.top_share(who_acted(records, column), share)


def inequality(column: str) -> Measure:
    """Return the measure: Gini among those who acted."""
    return lambda records: concentration.gini(who_acted(records, column))


def a_head(column: str) -> Measure:
    """Return the measure: acts for each of those who acted."""

    def measure(records: Any) -> float:
        acted = who_acted(records, column)
        return float(acted.mean()) if len(acted) else math.nan

    return measure


def at_least(column: str, least: int) -> Measure:
    """Return the measure: share who acted at least so often among those who acted."""

    def measure(records: Any) -> float:
        acted = who_acted(records, column)
        return float((acted >= least).mean()) if len(acted) else math.nan

    return measure


def reports_by_once_only(records: Any) -> float:
    """Share of all reports that come from people who reported once."""
    acted = who_acted(records, REPORTS)
    return float((acted == 1).sum() / acted.sum()) if len(acted) else math.nan


def propensity_gini(records: Any) -> float:
    """Gini of what people are inclined to do, from its spread."""
    return lognormal_gini(records.settings.reporting.propensity_sigma)


def active_share(records: Any) -> float:
    """Share of registered people who are active, averaged over the counting window."""
    first, after = (int(day) for day in window(records.settings))
    daily = frame(records, "daily").groupby("day")[["active", "registered"]].sum().iloc[first:after]
    registered = float(daily["registered"].sum())
    return float(daily["active"].sum()) / registered if registered else math.nan


def helps_per_member_year(records: Any) -> float:
    """Needs that a neighbour solved, for each year that somebody was registered."""
    first, after = (int(day) for day in window(records.settings))
    registered = frame(records, "daily").groupby("day")["registered"].sum().iloc[first:after].mean()
    helped = (counted_cases(records)["solved_by"] == "neighbour").sum()
    return float(helped) / (float(registered) * years(records.settings)) if registered else math.nan


def still_active(days: int) -> Measure:
    """Return the measure: share still active so many days after time 0, when everybody was."""

    def measure(records: Any) -> float:
        return float(records.daily["active"].iloc[days - 1]) / records.settings.community.residents

    return measure


INPUTS: tuple[Row, ...] = (
    Row(
        "propensity_gini",
        "calibrated",
        "Gini of the propensity to act",
        "行动倾向的基尼系数",
        0.75,
        0.728,
        0.767,
        _PIONEERS + ": .767 and .728",
        propensity_gini,
    ),
    Row(
        "contribution_gini",
        "calibrated",
        "Gini of contributions among contributors",
        "贡献者贡献次数的基尼系数",
        0.75,
        0.728,
        0.767,
        _PIONEERS + ": .767 and .728",
        inequality(CONTRIBUTIONS),
        scenario="co_governance",
        too_low="In a year hardly anybody helps more than once, and a count of one for nearly all leaves no "
        "room for inequality: the volume of acts a person is too small, not the propensity too equal.",
    ),
    Row(
        "contribution_top10",
        "calibrated",
        "Contributions by the top 10 % of contributors",
        "最活跃10%贡献者的贡献占比",
        0.58,
        0.533,
        0.627,
        _PIONEERS + ": .627 and .533",
        top(CONTRIBUTIONS, 0.10),
        "share",
        scenario="co_governance",
        too_low="As the Gini: counts of one leave no room.",
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
            still_active(days),
            "share",
            settings=RETENTION,
        )
        for days, share in ((30, 0.55), (90, 0.42), (180, 0.31))
    ),
    Row(
        "contributors",
        "calibrated",
        "Residents 14+ who contributed in three years",
        "三年内有贡献的14岁以上居民",
        0.0083,
        0.004,
        0.012,
        "Weijiayuan, Jiaxing: 39,000-odd of 4.72 million took part in mutual aid, from the masks of February "
        "2020 or before to November 2022",
        metric("contribution"),
        "share",
        scenario="co_governance",
        settings={"horizon_days": 1095},
        too_low="Only needs of at most two hours that a user reports, or a cadre enters, are put to "
        "neighbours.",
        too_high="The probability of an answer was set against a single year. The source counts from a "
        "platform's first years, the model from one that is there already.",
    ),
    Row(
        "helps_a_member",
        "calibrated",
        "Helps by neighbours per registered person-year",
        "每注册用户每年邻里互助次数",
        1.95,
        0.0,
        1.95,
        "Time banks: 1.95 exchanges a member-year, members' own exchanges; an upper bound for one-off help",
        helps_per_member_year,
        "per year",
        scenario="co_governance",
        note="An upper bound: the row can fail, and says little where it does not.",
    ),
    Row(
        "reports_a_reporter",
        "calibrated",
        "Reports a reporter, window as for FixMyStreet",
        "每名反映者反映次数（FixMyStreet窗口）",
        *within(3.4, 0.10),
        _FIXMYSTREET + ", 1.42 million reports",
        a_head(REPORTS),
        settings=_AS_FIXMYSTREET,
        note=_CHOSEN_WINDOW + "In twelve years the model's only channel takes some thirty a reporter.",
        too_low="The window is too short.",
        too_high="The window is too long.",
    ),
    Row(
        "messages_a_user",
        "calibrated",
        "Reports a reporter, window as for messages to mayors",
        "每名反映者反映次数（领导信箱窗口）",
        *within(1.30, 0.05),
        _MAYORS + ": 1.30 messages a user",
        a_head(REPORTS),
        settings=_AS_MAYORS,
        note=_CHOSEN_WINDOW.rstrip(),
        too_low="The window is too short.",
        too_high="The window is too long.",
    ),
)

FINDINGS: tuple[Row, ...] = (
    Row(
        "once_reporters",
        "genuine",
        "Reporters who report exactly once, FixMyStreet",
        "仅反映一次者占反映者（FixMyStreet）",
        0.67,
        0.60,
        0.74,
        _FIXMYSTREET + ", two thirds once",
        once(REPORTS),
        "share",
        settings=_AS_FIXMYSTREET,
        too_low=_MORE_THAN_ONCE,
        too_high="People meet too few needs in the window to report twice.",
    ),
    Row(
        "once_reporters_reports",
        "genuine",
        "Reports that come from people who report once",
        "仅反映一次者的反映占比",
        0.20,
        0.15,
        0.25,
        _FIXMYSTREET + ", a fifth of reports",
        reports_by_once_only,
        "share",
        settings=_AS_FIXMYSTREET,
        too_low=_MORE_THAN_ONCE,
        too_high="Reporters make too few reports in the window.",
    ),
    Row(
        "reports_top1",
        "genuine",
        "Reports by the top 1 % of reporters",
        "最活跃1%反映者的反映占比",
        *within(0.33, 0.25),
        _FIXMYSTREET + ": 4,181 made 470,384 reports",
        top(REPORTS, 0.01),
        "share",
        settings=_AS_FIXMYSTREET,
        too_low=_NO_TAIL.format("3.4"),
    ),
    Row(
        "reports_top10",
        "genuine",
        "Reports by the top 10 % of reporters",
        "最活跃10%反映者的反映占比",
        *within(0.62, 0.15),
        _FIXMYSTREET + ": 41,814 made 881,481 reports",
        top(REPORTS, 0.10),
        "share",
        settings=_AS_FIXMYSTREET,
        too_low=_NO_TAIL.format("3.4"),
    ),
    Row(
        "once_messages",
        "genuine",
        "Reporters who report exactly once, messages to mayors",
        "仅反映一次者占反映者（领导信箱）",
        *within(0.84, 0.05),
        _MAYORS + ": once .84, twice .11",
        once(REPORTS),
        "share",
        settings=_AS_MAYORS,
        too_low="At the same mean more people report twice and fewer very often: the tail is too short.",
        too_high="The tail is too long.",
    ),
    Row(
        "many_messages",
        "genuine",
        "Reporters who report five times or more, messages to mayors",
        "反映五次及以上者（领导信箱）",
        *within(0.014, 0.25),
        _MAYORS + ": five and more .014, at most 92",
        at_least(REPORTS, 5),
        "share",
        settings=_AS_MAYORS,
        too_low=_NO_TAIL.format("1.3"),
    ),
    Row(
        "once_volunteers",
        "genuine",
        "Contributors who contribute exactly once",
        "仅贡献一次者占贡献者",
        0.32,
        0.27,
        0.37,
        _PIONEERS + ": .272 and .361",
        once(CONTRIBUTIONS),
        "share",
        scenario="co_governance",
        too_high=_ONE_OFF,
    ),
    Row(
        "contribution_top1",
        "genuine",
        "Contributions by the top 1 % of contributors, given the Gini",
        "最活跃1%贡献者的贡献占比（给定基尼系数）",
        0.142,
        0.119,
        0.165,
        _PIONEERS + ": .165 and .119",
        top(CONTRIBUTIONS, 0.01),
        "share",
        scenario="co_governance",
        too_low=_ONE_OFF + " Given a Gini that the model does not reach, the row says no more than that.",
    ),
)
