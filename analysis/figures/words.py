"""Every word in the figures, in English and Chinese."""

from analysis.metrics import ENDING_LABELS, SOLVER_LABELS

_WORDS: dict[str, tuple[str, str]] = {
    # key: (English, Chinese)
    "reports_title": ("Report to true solution, all reports", "全部反映：从反映到真实解决"),
    "reports_x": ("days since the report", "反映后的天数"),
    "median": ("median {} d", "中位{}天"),
    "never": ("not reached", "未达到"),
    "curves_title": ("Time to a true solution, all needs", "全部诉求的真实解决时间"),
    "curves_x": ("days since the need arose", "诉求发生后的天数"),
    "curves_y": ("share not yet truly solved", "尚未真实解决的比例"),
    "mean_capped": ("mean {:.1f} d", "平均{:.1f}天"),
    "endings_title": ("How needs stand 180 days after arising", "发生180天后的结局"),
    "endings_x": ("share of all needs (%)", "占全部诉求的百分比"),
    "solved": ("truly solved {:.1f} %", "真实解决 {:.1f} %"),
    "not_followed": ("needs were not followed for 180 days", "追踪不足180天"),
    "incidence_y": ("share of all needs, by who solved them", "占全部诉求的比例（按解决者）"),
    "mean_of": ("mean of {} replications", "{}次重复的均值"),
    "by": ("solved {}", "解决：{}"),
    "band": ("bands and bars: 95 % over {} replications", "阴影与横线：{}次重复的95%区间"),
    "one_run": ("one replication: no interval", "仅一次重复：无区间"),
    "forest_title": ("{} minus {}", "{} 减 {}"),
    "forest_unit_days": ("difference, days", "差，天"),
    "forest_unit_share": ("difference, percentage points", "差，百分点"),
    "forest_unit_hours": ("difference, hours", "差，小时"),
    "forest_unit_other": ("difference", "差"),
    "forest_note": ("hollow: the 95 % interval contains zero, or there is none", "空心：95%区间含零或无区间"),
    "residents_title": ("Residents of 14 and over", "14岁以上居民"),
    "others_title": ("Merchants and units", "商户与单位"),
    "share_x": ("share (%)", "比例（%）"),
    "took_part": ("contributed or decided", "贡献或表决"),
    "contribution": ("contributed", "贡献"),
    "decision": ("voted", "表决"),
    "voice": ("reported", "反映"),
    "merchants": ("merchants: delivered\na resource", "商户：提供过资源"),
    "units_delivered": ("units: delivered\nover asks", "单位：兑现/请求"),
    "units_attended": ("units: attendance\nat sessions", "单位：会商到会"),
    "concentration_title": ("How concentrated participation is", "参与的集中程度"),
    "concentration_x": ("most active share of residents 14+ (%)", "最活跃居民占14岁以上的比例（%）"),
    "concentration_y": ("their share of all acts (%)", "其行动占比（%）"),
    "acts": ("contributions and votes", "贡献与表决"),
    "reports": ("reports", "反映"),
    "age_title": ("By age", "按年龄"),
    "age_solved": ("need solved within\n7 working days", "7个工作日内解决"),
    "age_voice": ("reported", "反映"),
    "age_part": ("contributed or decided", "贡献或表决"),
    "old": ("60 and over", "60岁以上"),
    "young": ("under 60", "60岁以下"),
    "hours_y": ("staff hours a week", "每周工时"),
    "weeks_x": ("weeks since the start of the run", "运行周数"),
    "hours_cases": ("cases", "办件"),
    "hours_handling": ("intake", "受理"),
    "hours_sessions": ("joint sessions", "联席会商"),
    "hours_duplicates": ("duplicate reports", "重复件"),
    "hours_chasing": ("chasing shelved", "催办搁置件"),
    "hours_travel": ("travel", "路途"),
    "hours_council": ("councils", "议事会"),
    "hours_patrol": ("patrol", "巡查"),
    "hours_mobilisation": ("mobilisation", "应急动员"),
    "hours_available": ("available", "可用"),
    "open_title": ("Open cases", "在办件"),
    "open_y": ("open cases", "在办件数"),
    "counted": ("counting window", "计数期"),
    "groups_reported_180d": ("reported within 180 d", "180天内反映"),
    "groups_solved_30d_from_report": ("reports solved within 30 d", "反映后30天内解决"),
    "groups_rmst180": ("mean days to solution, all needs", "平均真实解决天数（全部诉求）"),
    "groups_difference": ("Who gains and who loses: difference from {}", "谁受益、谁受损：与{}之差"),
    "groups_one": ("By age, tenure and area", "按年龄、户籍与网格"),
    "groups_note": (
        "bars: 95 % intervals{}; filled: excludes zero; n: too few needs to tell",
        "横线：95%区间{}；实心：不含零；n：诉求太少，无法判断",
    ),
    "groups_note_one": (
        "bars: 95 % intervals; n: too few needs to tell",
        "横线：95%区间；n：诉求太少，无法判断",
    ),
    "groups_paired": (" of paired differences", "（成对差）"),
    "sweep_note": (
        "vertical lines: 95 % intervals over paired replications",
        "竖线：成对重复的95%区间",
    ),
    "sweep_points": (" (points)", "（百分点）"),
    "sweep_difference": (", difference", "之差"),
    "map_blank": ("nothing can be told apart: 95 % interval contains zero", "无法区分：95%区间含零"),
    "map_load": ("below: share of staff hours used", "下行：工时负荷率"),
    "map_note": (
        "{} minus {}, paired; dark: the first of the two does better, light: worse",
        "{} 减 {}，成对；深色：前者更好，浅色：更差",
    ),
    "map_not_reached": (
        "; ∞: not reached within the run under one, n.r.: under both",
        "；∞：一方在运行期内未达到，n.r.：双方均未达到",
    ),
    "map_note_mean": (
        "mean over replications, ± half the 95 % interval; the same luck in every cell",
        "各次重复的均值，±为95%区间半宽；各格随机数相同",
    ),
    "map_note_difference": (
        "paired difference, ± half the 95 % interval; hatched: the interval contains zero",
        "成对差，±为95%区间半宽；斜线：区间含零",
    ),
    "panels_note": (
        "one dot per point of the design; line and bars: mean of neighbouring points with its 95 % interval",
        "每点为设计中的一点；线与竖线：邻近点均值及其95%区间",
    ),
    "panels_left": ("; {} parameters that go with it less are not drawn", "；另有{}个关联较弱的参数未画"),
    "valid_x": ("simulated over target", "模拟值与目标值之比"),
    "valid_note": (
        "grey: what counts as met; filled: met, hollow: missed; line: 95 % interval; right: simulated / "
        "target",
        "灰色：视为符合的范围；实心：符合，空心：不符；横线：95%区间；右侧：模拟值/目标值",
    ),
    "turning_now": ("present value", "现值"),
    "turning_note": (
        "bars: 95 % intervals; the difference is paired, on the same needs and luck",
        "竖线：95%区间；差值成对，诉求与随机性相同",
    ),
    "tornado_low": ("at the low end", "取下限"),
    "tornado_high": ("at the high end", "取上限"),
    "tornado_now": ("with all as they are", "各参数取现值"),
    "tornado_note": (
        "one parameter at a time, at both ends of its plausible range; lines: 95 % intervals, paired",
        "每次只改一个参数，取其合理范围的两端；横线：95%区间，成对",
    ),
    "ranking_mu_star": ("mean size of the effect over the range (μ*)", "在取值范围内的平均影响（μ*）"),
    "ranking_first": ("first-order share of the variance", "一阶方差占比"),
    "ranking_total": ("share of the variance, with interactions", "含交互的方差占比"),
    "ranking_value": ("contribution to the difference", "对差异的贡献"),
    "ranking_note": ("bars: 95 % intervals", "横线：95%区间"),
    "ranking_chance": ("orange: what chance alone gives", "橙色：仅由随机性产生的值"),
    "ranking_left": ("{} smaller ones are not drawn", "另有{}个较小者未画"),
    "boxes_points": ("{} minus {}: a point of the design", "{} 减 {}：每点为一组假设"),
    "boxes_worse": ("worse", "更差"),
    "boxes_not": ("not worse", "不更差"),
    "boxes_ranges": ("Where it is worse: what the boxes take", "更差之处：各框的取值范围"),
    "boxes_box": (
        "box {}: worse at {:.0f} % of its points, {:.0f} % of all worse",
        "框{}：其中{:.0f}%的点更差，占全部更差点的{:.0f}%",
    ),
    "boxes_none": ("no box sets these points apart from the others", "没有任何框能将更差的点区分开"),
    "boxes_range_x": ("share of the range varied", "在变动范围中的位置"),
    "boxes_note": (
        "of the whole range grey, of a box coloured; other parameters vary as well",
        "灰色：全部范围，彩色：框内范围；其他参数同时变动",
    ),
    "forecast_closings": ("closings a week", "每周办结数"),
    "forecast_backlog": ("open at its end", "周末在办数"),
    "forecast_weeks": ("weeks since the origin", "起点后的周数"),
    "forecast_observed": ("observed", "实际"),
    "forecast_age": ("time since the request was opened", "提出后的时间"),
    "forecast_share": ("share closed", "已办结比例"),
    "forecast_note": (
        "line and band: forecast, median and 90 % of the draws; points: what happened",
        "线与阴影：预测（抽样的中位数与90%范围）；点：实际",
    ),
    "staffing_title_a": ("Answered in time", "按时比例"),
    "staffing_title_b": ("Years that meet the target", "达标年份"),
    "staffing_x": ("persons in the team", "人数"),
    "staffing_x_mix": ("cost of the mix", "组合成本"),
    "staffing_mixes": ("; grey: mixes that cost more than a better one", "；灰色：成本高于更优组合的组合"),
    "staffing_share": ("share of reports in time", "按时办理的比例"),
    "staffing_years": ("years that meet it", "达标年份比例"),
    "staffing_busy": ("staff hours demanded / available", "工时需求/可用"),
    "staffing_community_worker": ("… of community workers", "其中社区工作者"),
    "staffing_grid_worker": ("… of grid workers", "其中网格员"),
    "staffing_embedded": ("… of embedded cadres", "其中下沉干部"),
    "staffing_note": (
        "dashed: target, {:g} % in time in {:g} % of years; bars left: 90 % of years, right: 95 % interval",
        "虚线：目标，{:g}%按时、{:g}%的年份达标；左侧竖线：90%的年份，右侧：95%区间",
    ),
    "even_title": ("paperwork {:.0%}", "填报 {:.0%}"),
    "even_x": ("effect of the convener on acceptance (log-odds)", "召集人对接受率的作用（对数优势）"),
    "even_y": ("cases a joint session can take per week", "联席会商每周可容件数"),
    "even_bar": ("difference in mean time to solution, days", "平均解决时间之差，天"),
    "even_note": (
        "paperwork: share of staff time; negative: sooner under the second regime; "
        "heavy line: break-even; hatched: 95 % interval contains zero",
        "填报：占工作时间比例；负值：第二种模式更快；粗线：持平；斜线：95%区间含零",
    ),
    "even_note_plain": (
        "paperwork: share of staff time; negative: sooner under the second regime; "
        "heavy line: break-even; no intervals",
        "填报：占工作时间比例；负值：第二种模式更快；粗线：持平；无区间",
    ),
}


_MECHANISMS = {
    "misroutes": "错派",
    "escalation": "升级",
    "acceptance": "受理意愿",
    "parallel work": "并行办理",
    "session capacity": "会商容量",
    "volunteers": "志愿互助",
    "paperwork": "填报",
    "platform": "平台",
    "published status and channels": "进度公开与渠道",
    "merging of reports": "重复件合并",
    "operator": "运营方",
    "closing and call-back": "办结与回访",
    "plural supply": "多元供给",
    "staff": "人员",
    "everything else": "其余",
}


_UNITS = {
    "days": "天",
    "hours": "小时",
    "working days": "工作日",
    "per week": "每周",
    "count": "",
    "index": "",
}


def word(key: str, language: str) -> str:
    """Return a label."""
    return _WORDS[key][1 if language == "zh" else 0]


def unit(name: str, language: str) -> str:
    """Return a unit in words; empty where Chinese has none (a count of what the label names)."""
    return {**_UNITS, "": ""}.get(name, name) if language == "zh" else name


def mechanism(name: str, language: str) -> str:
    """Return what a mechanism, or a pair joined by ×, is called; other names stay as they are."""
    if language != "zh":
        return name
    return " × ".join(_MECHANISMS.get(part, part) for part in name.split(" × "))


def replications(number: int, language: str) -> str:
    """Return what the footer says about intervals."""
    return word("one_run", language) if number < 2 else word("band", language).format(number)


def mean_of(number: int, language: str) -> str:
    """Return what the footer says where only means are drawn."""
    return word("one_run" if number < 2 else "mean_of", language).format(number)


def solver(name: str, language: str) -> str:
    """Return what the legend calls those who solved a need."""
    return word("by", language).format(SOLVER_LABELS[name][1 if language == "zh" else 0])


def ending(name: str, language: str) -> str:
    """Return what the legend calls an ending without solution."""
    return ENDING_LABELS[name][1 if language == "zh" else 0]
