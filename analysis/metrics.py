"""Every metric once: its name in the tables, its unit, its group and its labels.

Groups: *headline* (who gets heard, how fast, who takes part, and the mean over all needs with its parts),
*detail* (their parts and companions), *secondary* (workload and
handling), *social* (equity, mutual aid, ties, trust), *selected* (comparisons among needs that a regime
itself selected; never a headline), *groups* (of groups of needs only), *verification* (the bare queue and the
bare diffusion). `better` is -1
where lower is what residents or taxpayers would ask for, +1 where higher is, 0 where it depends on the
point of view.
"""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


@dataclass(frozen=True)
class Metric:
    """One number per run; `unit` is how the number is stored (a share is between 0 and 1)."""

    name: str
    unit: str
    group: str
    better: int
    en: str
    zh: str

    def label(self, language: str = "en") -> str:
        """Return the label in a language."""
        return self.zh if language == "zh" else self.en


SOLVER_LABELS = {
    "desk": ("at the desk", "窗口当场"),
    "cadre": ("by a community cadre", "社区干部"),
    "unit": ("by units on referral", "单位（转办）"),
    "joint_session": ("in a joint session", "联席会商"),
    "neighbour": ("by a neighbour", "邻里互助"),
    "merchant": ("by a merchant", "商户"),
    "social_organisation": ("by a social organisation", "社会组织"),
    "deliberation": ("by deliberation", "议事协商"),
}
#: Who may solve a need, in the order of the codes of the ledger.
SOLVERS = tuple(SOLVER_LABELS)
ENDING_LABELS = {
    "paper_closed": ("closed on paper only", "仅纸面办结"),
    "shelved": ("shelved", "搁置"),
    "withdrawn": ("withdrawn", "撤回"),
    "silent": ("never reported", "未反映"),
    "open": ("still open", "仍未办结"),
}

# One entry a line or two, so that it reads as a table.
# fmt: off
_TABLE: list[tuple[str, str, str, int, str, str]] = [
    # name, unit, group, better, en, zh
    # Who gets heard.
    ("reported_180d", "share", "headline", 0,
     "Needs reported within 180 d", "发生后180天内被反映的诉求"),
    # How fast, of all reports.
    ("report_to_solution_median", "days", "headline", -1,
     "Report to true solution, median of all reports", "反映至真实解决的中位时间（全部反映）"),
    ("solved_7wd_from_report", "share", "headline", 1,
     "Solved within 7 working days of the report", "反映后7个工作日内真实解决（全部反映）"),
    ("solved_30d_from_report", "share", "headline", 1,
     "Solved within 30 days of the report", "反映后30天内真实解决（全部反映）"),
    ("report_to_solution_p90", "days", "headline", -1,
     "Report to true solution, 90 % of all reports", "90%的反映得到真实解决所需时间"),
    # Who takes part.
    ("voice", "share", "headline", 0, "Residents 14+ who reported", "14岁以上居民反映过问题者"),
    ("participation", "share", "headline", 1,
     "Residents 14+ who contributed or decided", "14岁以上居民参与（贡献或表决）"),
    ("merchants_delivering", "share", "headline", 1,
     "Merchants that delivered a resource", "提供过资源的商户"),
    ("unit_delivery", "share", "headline", 1,
     "Units: commitments delivered over asks", "单位：兑现承诺占请求"),
    # All needs, and what made the difference.
    ("rmst180", "days", "headline", -1,
     "Mean time to true solution, all needs, ≤180 d", "全部诉求的平均真实解决时间（180天封顶）"),
    ("reporting_part", "days", "headline", -1, "of the difference, reporting", "差异中：反映环节"),
    ("service_part", "days", "headline", -1, "of the difference, service", "差异中：办理环节"),
    ("hours_per_solved", "hours", "headline", -1,
     "Hours per truly solved need", "每件真实解决所耗工时"),
    ("days_unreported", "days", "detail", -1,
     "of the mean time of all needs, not yet reported", "全部诉求平均时间中：尚未反映"),
    ("days_in_service", "days", "detail", -1,
     "of the mean time of all needs, from report to solution", "全部诉求平均时间中：反映至解决"),
    *[(f"solved_30d_from_report_{name}", "share", "detail", 1, f"Solved within 30 days of the report, {en}",
       f"反映后30天内真实解决：{zh}") for name, (en, zh) in {
          "single": ("needs of one organisation", "单一单位诉求"),
          "multi": ("needs of 2+ organisations", "需两个以上单位的诉求"),
          "60plus": ("owner 60+", "60岁以上居民"),
          "under60": ("owner under 60", "60岁以下居民"),
      }.items()],
    ("solved_7wd", "share", "detail", 1,
     "Solved within 7 working days of arising", "发生后7个工作日内真实解决"),
    ("solved_60d_multi", "share", "detail", 1,
     "Solved within 60 d, needs of 2+ organisations", "需两个以上单位的诉求60天内解决"),
    ("solved_7wd_age_gap", "share", "detail", 0,
     "Solved within 7 working days, 60+ minus under 60", "7个工作日内解决率之差（60岁以上减60岁以下）"),
    ("ending_solved", "share", "detail", 1, "Solved at 180 d", "180天时已真实解决"),
    *[(f"ending_solved_{name}", "share", "detail", 0, f"Solved {SOLVER_LABELS[name][0]} at 180 d",
       f"180天时已解决：{SOLVER_LABELS[name][1]}") for name in SOLVERS],
    *[(f"ending_{name}", "share", "detail", -1, f"At 180 d {en}", f"180天时{zh}")
      for name, (en, zh) in ENDING_LABELS.items()],
    ("rmst180_single", "days", "detail", -1,
     "Mean time to true solution, needs of one organisation", "单一单位诉求的平均真实解决时间"),
    ("rmst180_multi", "days", "detail", -1,
     "Mean time to true solution, needs of 2+ organisations", "需两个以上单位诉求的平均真实解决时间"),
    ("hours_per_solved_staff", "hours", "detail", 0, "of these, staff", "其中：社区工作人员"),
    ("hours_per_solved_unit", "hours", "detail", 0, "of these, units", "其中：单位"),
    ("hours_per_solved_volunteer", "hours", "detail", 0, "of these, volunteers", "其中：志愿者"),
    ("contribution", "share", "detail", 1, "Residents 14+ who contributed", "14岁以上居民有贡献者"),
    ("decision", "share", "detail", 1, "Residents 14+ who voted", "14岁以上居民参加表决者"),
    ("participation_60plus", "share", "detail", 1, "Participation, 60+", "60岁以上参与率"),
    ("participation_under60", "share", "detail", 1, "Participation, under 60", "60岁以下参与率"),
    ("voice_60plus", "share", "detail", 0, "Reported, 60+", "60岁以上反映率"),
    ("voice_under60", "share", "detail", 0, "Reported, under 60", "60岁以下反映率"),
    ("gini_acts", "index", "detail", -1,
     "Gini of contributions and votes, all 14+", "贡献与表决的基尼系数（全体14岁以上）"),
    ("top1_share_acts", "share", "detail", -1, "Acts by the most active 1 %", "最活跃1%的行动占比"),
    ("top10_share_acts", "share", "detail", -1, "Acts by the most active 10 %", "最活跃10%的行动占比"),
    ("once_only_acts", "share", "detail", 0, "Acted exactly once, of those who acted", "行动者中仅一次者"),
    ("gini_reports", "index", "detail", 0, "Gini of reports, all 14+", "反映次数的基尼系数（全体14岁以上）"),
    ("top1_share_reports", "share", "detail", 0, "Reports by the most active 1 %", "最活跃1%的反映占比"),
    ("top10_share_reports", "share", "detail", 0, "Reports by the most active 10 %", "最活跃10%的反映占比"),
    ("solved_7wd_60plus", "share", "detail", 1,
     "Solved within 7 working days, 60+", "60岁以上7个工作日内解决"),
    ("solved_7wd_under60", "share", "detail", 1,
     "Solved within 7 working days, under 60", "60岁以下7个工作日内解决"),
    ("unit_attendance", "share", "detail", 1, "Units: attendance at joint sessions", "单位：联席会商到会率"),
    ("duplicate_share", "share", "secondary", 0, "Duplicate reports of all reports", "重复反映占比"),
    ("handoffs_mean", "count", "secondary", -1, "Hand-offs per reported need", "件均流转次数"),
    ("bounces_mean", "count", "secondary", -1, "Bounces per reported need", "件均退单次数"),
    ("resolution_rate_reported", "share", "secondary", 1,
     "Truly solved, of those reported", "真实解决率（已反映者）"),
    ("closed_rate_reported", "share", "secondary", 0,
     "Closed on the books, of those reported", "账面办结率（已反映者）"),
    ("paper_share_of_closed", "share", "secondary", -1,
     "Closed on paper, of solved and paper-closed", "虚假办结占比"),
    ("sham_gap", "share", "secondary", -1,
     "Closings on the books that solved nothing, of all closings", "账面办结与真实解决之差（占账面办结）"),
    ("satisfaction_mean", "index", "secondary", 1, "Satisfaction of those who rated", "评价者满意度"),
    ("utilisation", "share", "secondary", 0, "Staff hours charged over available", "工时负荷率"),
    ("sessions_per_week", "per week", "secondary", 0,
     "Joint sessions, per community and week", "每社区每周联席会商场次"),
    ("session_cases_per_week", "per week", "secondary", 0,
     "Cases in joint sessions, per community and week", "每社区每周会商件数"),
    ("session_hours_per_week", "hours", "secondary", 0,
     "Staff hours in sessions, per community and week", "每社区每周会商工时"),
    ("session_hours_share", "share", "secondary", 0, "Sessions' share of staff hours used", "会商占已用工时"),
    ("duplicate_hours_per_week", "hours", "secondary", -1,
     "Staff hours on duplicates, per community and week", "每社区每周重复件工时"),
    ("staff_hours_available_per_week", "hours", "secondary", 0,
     "Staff hours available, per community and week", "每社区每周可用工时"),
    ("open_cases_mean", "count", "secondary", -1, "Open cases on an average day", "日均在办件"),
    ("open_cases_growth", "per week", "secondary", -1,
     "Growth of open cases in the counted window", "计数期内在办件增速"),
    ("registered_end", "count", "secondary", 0, "Registered on the platform at the end", "期末平台注册人数"),
    ("trust_end", "index", "secondary", 1, "Trust at the end of the window", "期末信任度"),
    ("paperwork_share", "share", "secondary", 0, "Paperwork's share of staff time", "填报占工作时间"),
    ("overtime_hours_per_week", "hours", "secondary", -1,
     "Overtime, per community and week", "每社区每周加班工时"),
    ("overtime_share", "share", "secondary", -1, "Overtime's share of staff hours used", "加班占已用工时"),
    ("on_call_hours_per_week", "hours", "secondary", 0,
     "Hours on call, per community and week", "每社区每周值班处置工时"),
    ("on_time_share", "share", "secondary", 1,
     "Solved by the service standard's date, of those due", "按时真实解决率（应办结者）"),
    ("on_time_closed_share", "share", "secondary", 0,
     "Closed on the books by that date, of those due", "按时账面办结率（应办结者）"),
    ("overdue_share", "share", "secondary", -1,
     "Not closed on the books by that date, of those due", "逾期率（应办结者）"),
    ("cases_reported", "count", "secondary", 0, "Needs reported", "反映件数"),
    ("recorded_solved_share", "share", "secondary", 0,
     "Recorded as solved, of those reported", "账面解决率（已反映者）"),
    ("satisfied_rated", "share", "secondary", 0, "Satisfied, of those who rated", "满意率（已评价者）"),
    ("satisfied_reported", "share", "secondary", 1, "Satisfied, of all reported", "满意者占全部反映"),
    ("closed_at_once_share", "share", "secondary", 0,
     "Recorded as solved within 1 working day, of those reported", "1个工作日内账面办结（已反映者）"),
    ("solved_at_once_share", "share", "secondary", 1,
     "Truly solved within 1 working day, of those reported", "1个工作日内真实解决（已反映者）"),
    ("repeated_share", "share", "secondary", -1,
     "Reported more than once, of those reported", "被重复反映的件（占已反映）"),
    ("case_staff_hours_per_solved", "hours", "secondary", 0,
     "Staff hours charged to cases, per truly solved need", "每件真实解决的个案社区工时"),
    ("case_unit_hours_per_solved", "hours", "secondary", 0,
     "Unit hours charged to cases, per truly solved need", "每件真实解决的个案单位工时"),
    ("bounced_twice_share", "share", "secondary", -1,
     "Bounced twice or more, of those reported", "退单两次以上者（占已反映）"),
    ("shelved_share_reported", "share", "secondary", -1, "Shelved, of those reported", "搁置者（占已反映）"),
    ("reopened_share", "share", "secondary", -1, "Reopened, of those reported", "重新打开者（占已反映）"),
    ("little_ratio", "index", "secondary", 0,
     "Little's check: arrivals × time in system / open cases", "利特尔检验：到达×逗留时间/在办件"),
    ("cogovernance_index", "share", "social", 0,
     "Solved needs with a contributor outside government", "有非政府主体参与的解决占比（共治指数）"),
    ("types_solved", "share", "social", 1,
     "Solved within 180 d, mean over types of need", "180天内解决率（各类诉求平均）"),
    ("types_solved_least", "share", "social", 1,
     "the same, type served least", "其中：解决率最低的一类"),
    ("cogovernance_index_multi", "share", "social", 0,
     "the same, needs of 2+ organisations", "共治指数：需两个以上单位的诉求"),
    *[(f"{key}_ratio_{name}", "index", "social", 0, f"{en}, {group_en}", f"{zh}：{group_zh}")
      for name, (group_en, group_zh) in {
          "age": ("60+ over under 60", "60岁以上比60岁以下"),
          "tenure": ("migrants over locals", "外来人口比本地居民"),
          "literacy": ("without app skills over with", "不会用应用者比会用者"),
      }.items()
      for key, en, zh in (
          ("reported", "Ratio of needs reported", "诉求反映率之比"),
          ("solved", "Ratio of needs solved within 180 d", "180天内解决率之比"),
          ("time", "Ratio of mean capped time to solution", "平均真实解决时间之比"),
      )],
    ("theil_time", "index", "social", -1,
     "Theil index of the capped time to solution", "真实解决时间的泰尔指数（180天封顶）"),
    ("theil_time_between", "share", "social", 0,
     "of it, between age, tenure and literacy groups", "其中：年龄、户籍、数字能力组间占比"),
    ("returned_90d", "share", "social", 0,
     "Acted again within 90 d of the first report or help", "首次反映或互助后90天内再次行动"),
    ("active_of_registered", "share", "social", 0,
     "Active, of those registered, end of window", "期末注册者中活跃者"),
    ("helped_of_small", "share", "social", 1,
     "Small needs reported that a neighbour met", "小微诉求由邻里解决的比例"),
    ("helped_distance", "count", "social", 0,
     "Helper's distance, residents along the path, median", "互助双方间隔居民数（中位数）"),
    ("gini_volunteer_hours", "index", "social", -1,
     "Gini of volunteer hours, all 14+", "志愿工时的基尼系数（全体14岁以上）"),
    ("visits_made_share", "share", "social", 1, "Visits of standing pairs made, of those due",
     "结对走访完成率"),
    ("ties_mean", "count", "social", 0, "Ties of a resident 14+", "14岁以上居民人均联系数"),
    ("isolated_share", "share", "social", -1, "Residents 14+ tied to nobody", "14岁以上居民无联系者"),
    ("ties_made_per_1000", "count", "social", 0,
     "Ties made in the window, per 1,000 residents 14+", "计数期内每千名14岁以上居民新增联系"),
    ("trust_spread", "index", "social", 0, "Spread of trust between residents", "居民信任度标准差"),
    ("trust_age_gap", "index", "social", 0, "Trust, 60+ minus under 60", "信任度之差（60岁以上减60岁以下）"),
    *[(f"stated_{name}", "share", "selected", 0, f"{en}, as stated at call-backs", f"回访所称{zh}")
      for name, en, zh in (("response", "Contacted in time", "响应率"),
                           ("resolution", "Solved", "解决率"),
                           ("satisfaction", "Satisfied", "满意率"))],
    *[(f"true_{name}_called", "share", "selected", 1, f"{en}, in truth, of the same cases",
       f"同批回访件真实{zh}")
      for name, en, zh in (("response", "Contacted in time", "响应率"),
                           ("resolution", "Solved", "解决率"),
                           ("satisfaction", "Satisfied", "满意率"))],
    ("answered_of_called", "share", "selected", 0, "Answered the call, of those called", "回访接听率"),
    ("first_response_1wd", "share", "selected", 1,
     "Answered within 1 working day, reported needs", "1个工作日内首次响应（仅已反映者）"),
    ("first_response_mean", "working days", "selected", -1,
     "Mean time to first response, capped at 30 working days, reported needs",
     "平均首次响应时间（30个工作日封顶，仅已反映者）"),
    ("helped_days", "days", "selected", -1,
     "Mean time from report to a neighbour's help", "反映至邻里互助完成的平均时间"),
    ("report_to_solution_mean", "days", "selected", -1,
     "Mean time from report to solution, capped, reported needs",
     "反映至解决的平均时间（180天封顶，仅已反映者）"),
    ("both_reported_difference", "days", "selected", -1,
     "Time from report to solution, capped, the same needs, reported in both",
     "反映至解决的时间（180天封顶，两种模式下均反映的同一批诉求）"),
    ("both_reported_to_solution_mean", "days", "selected", -1,
     "Mean time from report to solution, capped, reported in both",
     "反映至解决的平均时间（两种模式下均反映者）"),
    ("both_reported_from_arising_mean", "days", "selected", -1,
     "Mean time from arising to solution, capped, reported in both",
     "发生至解决的平均时间（两种模式下均反映者）"),
    # Of groups only: `analysis.estimates.by_group`.
    ("needs", "count", "groups", 0, "Needs that arose", "发生的诉求"),
    ("case_staff_hours", "hours", "groups", 0, "Staff hours charged to cases", "个案社区工时"),
    ("case_unit_hours", "hours", "groups", 0, "Unit hours charged to cases", "个案单位工时"),
    ("unit_hours", "hours", "groups", 0, "Hours of units, whole run", "单位工时（全程）"),
    ("arrived", "count", "verification", 0, "Arrived", "到达数"),
    ("served", "count", "verification", 0, "Taken into service", "已接受服务数"),
    ("withdrawn", "count", "verification", 0, "Withdrew while waiting", "等待中撤回数"),
    ("wait_mean", "days", "verification", 0, "Mean wait before first service", "首次服务前平均等待"),
    ("waited_share", "share", "verification", 0, "Had to wait, of those served", "须等待者占比"),
    ("sojourn_mean", "days", "verification", 0, "Mean time in the system", "平均逗留时间"),
    ("service_mean", "days", "verification", 0, "Mean time of the first service", "首次服务平均时长"),
    ("in_system_mean", "count", "verification", 0,
     "Mean number in the system, whole run", "系统内平均件数（全程）"),
    ("adopters_share_end", "share", "verification", 0, "Adopters at the end", "期末采用者占比"),
]
# fmt: on

METRICS: dict[str, Metric] = {row[0]: Metric(*row) for row in _TABLE}
HEADLINE: tuple[str, ...] = tuple(name for name, metric in METRICS.items() if metric.group == "headline")
#: Metrics that only a difference of two scenarios has: `analysis.estimates.heard_and_served.apart`.
DIFFERENCES: tuple[str, ...] = ("reporting_part", "service_part", "both_reported_difference")
#: Metrics that take two runs with the same needs.
OF_PAIRS: tuple[str, ...] = (
    *DIFFERENCES,
    "both_reported_to_solution_mean",
    "both_reported_from_arising_mean",
)


#: Metrics made for a priority class or a day: pattern, unit, labels.
_MADE_FOR_CLASS = re.compile(r"(.+)_class_(\d+)")
_MADE_FOR_DAY = re.compile(r"adopters_day_(\d+)")


def metric(name: str) -> Metric:
    """Return a metric; one that is not in the table gets its own name for a label."""
    if name in METRICS:
        return METRICS[name]
    if found := _MADE_FOR_DAY.fullmatch(name):
        day = found[1]
        return Metric(
            name, "count", "verification", 0, f"Adopters at the end of day {day}", f"第{day}天末采用者"
        )
    found = _MADE_FOR_CLASS.fullmatch(name)
    if found and found[1] in METRICS:
        whole, k = METRICS[found[1]], found[2]
        return Metric(
            name, whole.unit, whole.group, 0, f"{whole.en}, priority {k}", f"{whole.zh}（优先级{k}）"
        )
    return Metric(name, "", "secondary", 0, name, name)


#: The range of a metric's value by its unit; a share may be an exception.
_RANGES: dict[str, tuple[float, float]] = {
    "share": (0.0, 1.0),
    "days": (0.0, math.inf),
    "hours": (0.0, math.inf),
    "working days": (0.0, math.inf),
    "count": (0.0, math.inf),
    "per week": (0.0, math.inf),
    "index": (0.0, math.inf),
}
#: Metrics whose range is not that of their unit: a difference of two, a rate of change, a cap, an index.
_OWN_RANGES: dict[str, tuple[float, float]] = {
    "solved_7wd_age_gap": (-1.0, 1.0),
    "trust_age_gap": (-1.0, 1.0),
    "open_cases_growth": (-math.inf, math.inf),
    # More may be charged than there is.
    "utilisation": (0.0, math.inf),
    "rmst180": (0.0, 180.0),
    "reporting_part": (-180.0, 180.0),
    "service_part": (-180.0, 180.0),
    "both_reported_difference": (-180.0, 180.0),
    "days_unreported": (0.0, 180.0),
    "days_in_service": (0.0, 180.0),
    "rmst180_single": (0.0, 180.0),
    "rmst180_multi": (0.0, 180.0),
    "report_to_solution_mean": (0.0, 180.0),
    "both_reported_to_solution_mean": (0.0, 180.0),
    "both_reported_from_arising_mean": (0.0, 180.0),
    "first_response_mean": (0.0, 30.0),
    "gini_acts": (0.0, 1.0),
    "gini_reports": (0.0, 1.0),
    "gini_volunteer_hours": (0.0, 1.0),
    "satisfaction_mean": (0.0, 1.0),
    "trust_end": (0.0, 1.0),
    # The largest spread of values from 0 to 1.
    "trust_spread": (0.0, 1.0),
}


def value_range(name: str) -> tuple[float, float]:
    """Return the smallest and the largest value a metric can have, to which its intervals are cut."""
    found = _MADE_FOR_CLASS.fullmatch(name)
    whole = found[1] if found and found[1] in METRICS else name
    return _OWN_RANGES.get(whole) or _RANGES.get(metric(name).unit, (-math.inf, math.inf))


def value_ranges(names: Iterable[str]) -> "tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]":
    """Return the ranges of several metrics: smallest values and largest ones."""
    # Names are asked for where words are checked, long before there are numbers.
    import numpy as np

    ends = np.array([value_range(name) for name in names], dtype=float).reshape(-1, 2)
    return ends[:, 0], ends[:, 1]
