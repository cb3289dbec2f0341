"""What stands in the way of reading a result as one would: said first, with what to set.

A comparison prints a verdict whatever it was asked. Where staff are idle, nothing queues, and ways of
organising hardly differ; where every row of a request file took the mapping's defaults, the hours and the
organisations are nobody's; where no case needs two organisations, a joint session has nothing to do. The
thresholds stand here and nowhere else.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.comparison.table import arms
from analysis.estimates.at_rest import AtRest
from analysis.findings.comparable import may_compare

#: Share of staff hours used, below which queues hardly form.
IDLE_BELOW = 0.20
#: Share above which waiting depends on how long the run is, more than on how cases are handled.
SATURATED_ABOVE = 0.95
#: Growth of open cases over the counted days, as a share of their mean, from which a backlog grows; where
#: staff have time left it is what lies on shelves and with units, and no sign of too few staff.
BACKLOG_ABOVE = 0.5
BACKLOG_BUSY_ABOVE = 0.85
#: Share of the rows of a request file on the mapping's defaults, above which the file says little about work.
DEFAULTS_ABOVE = 0.5
#: The model's median is unlike the file's where it is so many times as long, or as short.
UNLIKE_FACTOR = 2.0
#: Days that a need is followed by what is counted of it.
FOLLOWED_DAYS = 180


@dataclass(frozen=True)
class Remark:
    """One thing to know before reading a result, in both languages."""

    key: str
    en: str
    zh: str

    def text(self, language: str = "en") -> str:
        """Return it in a language."""
        return self.zh if language == "zh" else self.en


HEADINGS = ("Read this first", "请先看")

_TEXTS: dict[str, tuple[str, str]] = {
    "idle": (
        (
            "{arm}: staff are idle, {share:.1f} % of their hours are used. Cases hardly ever wait for "
            "anybody, so ways of governing can differ little. Set staff.per_10k lower, or more demand: "
            "{demand}."
        ),
        (
            "{arm}：工作人员基本空闲，工时只用了{share:.1f}%。个案几乎不需等待，治理方式之间难有差别。请"
            "调低staff.per_10k，或提高需求：{demand_zh}。"
        ),
    ),
    "saturated": (
        (
            "{arm}: staff are charged with {share:.0f} % of the hours they have. What is then measured is"
            " mostly the length of the run. Set staff.per_10k higher, or less demand: {demand}."
        ),
        (
            "{arm}：工作人员的负荷为可用工时的{share:.0f}%。此时结果主要取决于运行时长。请调高staff.per_1"
            "0k，或降低需求：{demand_zh}。"
        ),
    ),
    "backlog": (
        (
            "{arm}: the backlog grows through the counted days, by {share:.0f} % of the cases open on an "
            "average day. There is no steady state: a longer run would give longer times. Set "
            "staff.per_10k or horizon_days, and compare."
        ),
        (
            "{arm}：计数期内积压持续增长，增量为日均在办件的{share:.0f}%，没有稳态，运行越久时间越长。请"
            "调整staff.per_10k或horizon_days再比较。"
        ),
    ),
    "warm_up": (
        (
            "{arm}: the warm-up is too short. Cases in hand settle by day {day} (MSER on weeks, mean of the "
            "runs), counting begins on day {warmup}; the mean of the counted days is {bias:.0f} % below that "
            "of the days after. Set warmup_days={day}."
        ),
        (
            "{arm}：预热期过短。在办件约在第{day}天趋于平稳（按周MSER，各次运行平均），计数却始于第{warmup}天；"
            "计数期均值较其后低{bias:.0f}%。请设置warmup_days={day}。"
        ),
    ),
    "restless": (
        (
            "{arm}: the place does not come to rest. Cases in hand change by {change:+.0f} % of their mean "
            "(95 %: ± {error:.0f}) between the first and the last third of the counted days, the season left "
            "out, with {share:.0f} % of staff hours used: a longer run would give other times. Set "
            "staff.per_10k higher or warmup_days longer, and compare."
        ),
        (
            "{arm}：未达到平稳。扣除季节后，计数期首尾三分之一之间在办件变化为均值的{change:+.0f}%（95%：±{error:.0f}），"
            "工时使用率{share:.0f}%：运行越久结果越不同。请调高staff.per_10k或延长warmup_days再比较。"
        ),
    ),
    "no_staff": (
        "{arm}: nobody works there, so nothing is handled by staff. Set staff.per_10k above 0.",
        "{arm}：没有工作人员，任何个案都无人办理。请将staff.per_10k设为大于0。",
    ),
    "defaults": (
        (
            "{some:,} of {of:,} requests ({share:.0f} %) fall under no rule of the mapping: their hours "
            "of work, organisations and level are its defaults, not your city's. Write rules under "
            "`needs:` in the mapping."
        ),
        (
            "{of:,}件诉求中有{some:,}件（{share:.0f}%）不符合映射文件中的任何规则：其工时、所需单位数和层"
            "级均为默认值，并非贵市实情。请在映射文件的`needs:`下补充规则。"
        ),
    ),
    "unlike_file": (
        (
            "{arm}: half of the reports are truly solved within {days:.3g} days; by your file half of the "
            "requests were closed within {file_days:.3g}. The model does not know how long your teams take: "
            "its days are not yours. What the file tells of them: cogov calibrate."
        ),
        (
            "{arm}：半数反映在{days:.3g}天内真正解决；而按您的文件，半数诉求在{file_days:.3g}天内办结。模型并不"
            "了解贵方队伍的办理时长，其天数不是贵方的天数。文件所能说明的部分，请用cogov calibrate校准。"
        ),
    ),
    "one_organisation": (
        (
            "No case needs two organisations, so joint sessions have nothing to do, and what they would "
            "change cannot show. Set {organisations}."
        ),
        ("没有任何个案需要两个以上单位，联席会商无从发挥作用，其效果无法显现。请设置{organisations_zh}。"),
    ),
    "arrive_reported": (
        (
            "Every request of the file arrives reported, by the channel the file gives: nobody can report"
            " by app, and who speaks up is the same in all scenarios. To compare that, leave "
            "demand.stream out."
        ),
        (
            "文件中的诉求均已反映，渠道以文件为准：无人能改用应用反映，各情景下谁来反映也完全相同。若要比"
            "较这一点，请不设demand.stream。"
        ),
    ),
    "no_app": (
        (
            "{arm}: the platform is on, but nobody can report by app: nobody has an account, or the app "
            "is no cheaper than the other channels. Set adoption.initial_registered or "
            "reporting.cost_app."
        ),
        (
            "{arm}：平台已启用，但无人能用应用反映：无人注册，或应用的成本不低于其他渠道。请设置adoption."
            "initial_registered或reporting.cost_app。"
        ),
    ),
    "no_help": (
        (
            "No request of the file can be met by a neighbour, so mutual aid has nothing to do. Set "
            "`helpable: true` for the kinds that can, under `needs:` in the mapping."
        ),
        (
            "文件中没有可由邻里承接的诉求，邻里互助无从发挥作用。请在映射文件的`needs:`下为可互助的类别设"
            "置`helpable: true`。"
        ),
    ),
    "followup": (
        (
            "Needs are followed for {days} days after the last counted day, not for 180: what is beyond "
            "is carried on from what was seen. Set followup_days=180."
        ),
        (
            "最后一个计数日之后只跟踪{days}天，不足180天：其后部分由已观察到的情况外推。请设置followup_da"
            "ys=180。"
        ),
    ),
    "holidays": (
        ("The file of holidays has no date in {years}: these years have plain weeks. Add their dates to it."),
        "假期文件中没有{years}年的日期：这些年份按普通周计算。请补充。",
    ),
}


def remarks(
    settings: Mapping[str, Any],
    means: Mapping[str, Mapping[str, float]] | None = None,
    stream: Mapping[str, float] | None = None,
    titles: Mapping[str, Mapping[str, str]] | None = None,
    rest: Mapping[str, AtRest | None] | None = None,
) -> list[Remark]:
    """Return what is to be said first about runs of some scenarios.

    Parameters
    ----------
    settings
        Scenario name to its settings.
    means
        Scenario name to the means of its metrics, where it has been simulated.
    stream
        Of a request file: `used` rows, `on_defaults`, `several` (that need two organisations or more),
        `helpable`, `places`, `median_days` (from opening to closing as recorded; NaN where that is not told).
    titles
        Scenario name to its titles by language.
    rest
        Scenario name to whether it is at rest, where its runs are at hand; otherwise growth of the backlog
        says so.
    """
    if any(one.verification.mode != "none" for one in settings.values()):
        return []
    found = [*_of_the_file(settings, stream)] if stream else []
    means = means or {}
    for name, one in settings.items():
        called = {language: (titles or {}).get(name, {}).get(language) or name.replace("_", " ")
                  for language in ("en", "zh")}  # fmt: skip
        found += _of_an_arm(called, one, means.get(name, {}), stream, (rest or {}).get(name))
    if _one_organisation(settings, means, stream):
        where, where_zh = _demand("organisations", stream)
        found.append(_made("one_organisation", organisations=where, organisations_zh=where_zh))
    any_one = next(iter(settings.values()))
    if any_one.followup_days < FOLLOWED_DAYS:
        found.append(_made("followup", days=any_one.followup_days))
    # Arms may share what is said of them.
    found = list({remark.en: remark for remark in found}.values())
    if stream and means and len(settings) > 1:
        found.append(Remark(*may_compare([remark.key for remark in found])))
    return found


def means_of(comparison: pd.DataFrame) -> dict[str, dict[str, float]]:
    """Return the means of a comparison by scenario."""
    table = comparison.set_index("metric")
    return {
        name: {str(key): float(value) for key, value in table[f"{name}_mean"].items()}
        for name in arms(comparison)
    }


def lines(found: list[Remark], language: str = "en") -> list[str]:
    """Return remarks as lines of text under a heading; nothing without any."""
    if not found:
        return []
    mark = "：" if language == "zh" else ":"
    head = HEADINGS[1 if language == "zh" else 0]
    return [f"{head}{mark}", *(f"  ! {remark.text(language)}" for remark in found)]


def stored(found: list[Remark]) -> list[dict[str, str]]:
    """Return remarks as a manifest keeps them."""
    return [{"key": remark.key, "en": remark.en, "zh": remark.zh} for remark in found]


def from_stored(kept: Any) -> list[Remark]:
    """Return the remarks that a manifest keeps."""
    rows = kept if isinstance(kept, list) else []
    return [Remark(str(row["key"]), str(row["en"]), str(row["zh"])) for row in rows]


def _of_the_file(settings: Mapping[str, Any], stream: Mapping[str, float]) -> list[Remark]:
    found = []
    used, some = stream["used"], stream["on_defaults"]
    if used and some / used > DEFAULTS_ABOVE:
        found.append(_made("defaults", some=some, of=used, share=100.0 * some / used))
    if any(one.platform.enabled for one in settings.values()):
        found.append(_made("arrive_reported"))
    if stream["helpable"] == 0 and any(one.mutual_aid.enabled for one in settings.values()):
        found.append(_made("no_help"))
    return found


def _community_works(one: Any, stream: Mapping[str, float] | None) -> bool:
    """Whether some needs take the community's own work: not where departments' crews do all of it."""
    if one.city.folder is not None:
        return False
    alone = one.demand.organisations_shares[0] * one.demand.level_given_organisations[0][0]
    return bool(stream) or alone > 0.0 or one.demand.organisations_shares[0] < 1.0


def _of_an_arm(
    called: Mapping[str, str],
    one: Any,
    means: Mapping[str, float],
    stream: Mapping[str, float] | None,
    rest: AtRest | None = None,
) -> list[Remark]:
    found = []
    demand, demand_zh = _demand("work", stream)
    where = {"demand": demand, "demand_zh": demand_zh}
    share = means.get("utilisation", math.nan)
    if means.get("staff_hours_available_per_week", 1.0) == 0.0:
        if _community_works(one, stream):
            found.append(_made("no_staff", called))
    elif share < IDLE_BELOW:
        found.append(_made("idle", called, share=100.0 * share, **where))
    elif share > SATURATED_ABOVE:
        found.append(_made("saturated", called, share=100.0 * share, **where))
    growth = _growth(one, means, stream)
    if rest is not None:
        found += _of_rest(called, one, share, rest)
    elif growth > BACKLOG_ABOVE and share > BACKLOG_BUSY_ABOVE:
        found.append(_made("backlog", called, share=100.0 * growth))
    days = means.get("report_to_solution_median", math.nan)
    file_days = (stream or {}).get("median_days", math.nan)
    if days > UNLIKE_FACTOR * file_days or file_days > UNLIKE_FACTOR * days:
        found.append(_made("unlike_file", called, days=days, file_days=file_days))
    if one.platform.enabled and not stream:
        dear = one.reporting.cost_app >= one.reporting.cost_office
        if dear or means.get("registered_end", 1.0) == 0.0:
            found.append(_made("no_app", called))
    from sim.world.holidays import years_without

    years = years_without(one.calendar, one.warmup_days + one.horizon_days + one.followup_days)
    if years:
        found.append(_made("holidays", years=", ".join(map(str, years))))
    return found


def _of_rest(called: Mapping[str, str], one: Any, share: float, rest: AtRest) -> list[Remark]:
    found = []
    if rest.warmup_too_short:
        day, bias = round(rest.settled_days), -100.0 * rest.bias
        found.append(_made("warm_up", called, day=day, warmup=one.warmup_days, bias=bias))
    # Where nobody works, that is what is to be said.
    if rest.restless and math.isfinite(share):
        change, error = 100.0 * rest.drift.change, 196.0 * rest.drift.error
        found.append(_made("restless", called, change=change, error=error, share=100.0 * share))
    return found


def _growth(one: Any, means: Mapping[str, float], stream: Mapping[str, float] | None) -> float:
    """Return by how much of their mean open cases grow over the counted days; 0 where that is not known."""
    open_cases, growth = means.get("open_cases_mean", 0.0), means.get("open_cases_growth", 0.0)
    places = stream["places"] if stream else one.county.communities
    if not open_cases > 0.0 or not math.isfinite(growth):
        return 0.0
    return growth * one.horizon_days / 7.0 * places / open_cases


def _one_organisation(
    settings: Mapping[str, Any], means: Mapping[str, Mapping[str, float]], stream: Mapping[str, float] | None
) -> bool:
    if not any(one.joint_session.enabled for one in settings.values()):
        return False
    if stream:
        return stream["several"] == 0
    # Where no cases were kept nothing is known of any need.
    kept = [table for table in means.values() if not math.isnan(table.get("rmst180", 0.0))]
    known = [table["solved_60d_multi"] for table in kept if "solved_60d_multi" in table]
    return bool(known) and all(math.isnan(value) for value in known)


def _demand(what: str, stream: Mapping[str, float] | None) -> tuple[str, str]:
    if what == "organisations":
        if stream:
            text = "`organisations: 2` or more for the kinds that need them, under `needs:` in the mapping"
            return text, "映射文件`needs:`下相应类别的`organisations: 2`或更多"
        return "demand.organisations_shares", "demand.organisations_shares"
    if stream:
        return "the true `work_hours` under `needs:` in the mapping", "映射文件`needs:`下真实的`work_hours`"
    return "demand.rate or demand.work_hours", "demand.rate或demand.work_hours"


def _made(key: str, called: Mapping[str, str] | None = None, **values: Any) -> Remark:
    en, zh = _TEXTS[key]
    called = called or {"en": "", "zh": ""}
    return Remark(key, en.format(arm=called["en"], **values), zh.format(arm=called["zh"], **values))
