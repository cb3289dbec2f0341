"""The words of the tab for a service target, in English and Chinese; the command says the answer."""

from experiments.dashboard.words.page_words import LANGUAGES

_WORDS: dict[str, tuple[str, str]] = {
    # key: (English, Chinese)
    "about": (
        "What is the smallest team that keeps a promise to residents, and what does it cost? The page tries "
        "teams on the same years until the answer is sure, as the command cogov staffing does.",
        "要兑现对居民的承诺，最少需要多少人、花多少钱？页面让各种规模的队伍面对同样的年份，直到答案可靠为止，"
        "与命令cogov staffing相同。",
    ),
    "fields": ("Target and price", "目标与费用"),
    "metric": ("Promise", "承诺"),
    "metric_wait": ("work on it begins", "开始受理"),
    "metric_first_response": ("first answer", "首次响应"),
    "metric_resolution": ("truly solved", "真实解决"),
    "share": ("Share of all reports (%)", "占全部反映的比例（%）"),
    "days": ("Within so many days", "时限（天）"),
    "clock": ("Days are", "天数按"),
    "clock_calendar": ("calendar days", "日历日"),
    "clock_working": ("working days", "工作日"),
    "confidence": ("In so many years of 100", "每100年中须达标的年数"),
    "fewest": ("Smallest team tried (persons)", "最少试到（人）"),
    "most": ("Largest team tried (persons)", "最多试到（人）"),
    "years": ("Years simulated for a team, at most", "每个队伍最多模拟年数"),
    "wage": ("Wage for an hour of staff", "每工时人工费（元）"),
    "beside": ("A second kind of staff beside it", "另加一类人员"),
    "beside_": ("none: the team alone", "不加，仅本队"),
    "beside_staff.embedded": ("embedded cadres", "下沉干部"),
    "beside_staff.grid_workers": ("grid workers, counted apart", "网格员（单独计数）"),
    "cost": ("A person of it costs (one of the team: 1)", "其每人费用（本队一人为1）"),
    "both": ("Ask for B too", "同时求乙侧"),
    "yes": ("yes", "是"),
    "no": ("no", "否"),
    "automatic": ("automatic", "自动"),
    "none": ("none", "不计"),
    "start": ("Find the smallest team", "求最小队伍"),
    "cancel": ("Cancel", "取消"),
    "starting": ("Starting …", "正在启动……"),
    "running": (
        "{}: a team of {}, {} of {} years. Years simulated so far: {}.",
        "{}侧：{}人的队伍，{}/{}年。目前已模拟{}年。",
    ),
    "nothing": (
        "No answer yet: press the button above. A search takes seconds to minutes and does not hold up the "
        "comparison.",
        "尚无答案：请按上面的按钮。查找需数秒至数分钟，不影响对比。",
    ),
    "old": (
        "Something was changed since: these are the old numbers. Press the button for the new ones.",
        "此后设置已改动：所示为旧数字。请按按钮重新求解。",
    ),
    "searching": ("Being computed anew: these are the old numbers.", "正在重新计算：所示为旧数字。"),
    "cancelled": (
        "Cancelled. The years simulated so far are kept: the next search goes on from them.",
        "已取消。已模拟的年份保留，下次从此接着求。",
    ),
    "done": ("New years simulated: {}.", "新模拟{}年。"),
    "kept": ("Answered from years that were simulated before.", "全部取自此前模拟的年份。"),
    "target": ("Target: {}.", "目标：{}。"),
    "persons": ("Persons", "人数"),
    "persons_all": ("{} in each of {} communities, {} in all", "每社区{}，{}个社区共{}"),
    "rate": ("For every 10,000 residents", "每万居民"),
    "in_time": ("Reports in time, mean of the years", "按时的反映（各年平均）"),
    "range": ("(in nine years of ten {} to {})", "（十年中有九年在{}至{}之间）"),
    "met": ("Years that meet the target", "达标年份"),
    "interval": ("(95 % interval {} to {})", "（95%区间{}至{}）"),
    "hours": ("Staff hours a year", "每年人员工时"),
    "hours_text": (
        "{:,.0f} ({:,.0f} for each person: staff.hours_year)",
        "{:,.0f}（每人{:,.0f}：staff.hours_year）",
    ),
    "money": ("Cost a year, at {} an hour", "每年费用（每工时{}元）"),
    "money_unknown": ("Cost a year", "每年费用"),
    "no_wage": ("enter a wage to see it", "填写每工时人工费后显示"),
    "sure": ("How sure", "可靠程度"),
    "tried": ("Teams that were tried", "试过的队伍"),
    "column_persons": ("persons", "人数"),
    "column_rate": ("per 10,000", "每万居民"),
    "column_share": ("in time", "按时"),
    "column_range": ("in 9 years of 10", "十年中九年"),
    "column_met": ("of years", "达标年份"),
    "column_interval": ("95 % interval", "95%区间"),
    "column_busy": ("busy", "忙碌"),
    "column_years": ("years", "年数"),
    "column_hours": ("hours a year", "年工时"),
    "column_money": ("cost a year", "年费用"),
    "note": (
        "All teams meet the same years. Hours are the nominal ones of all persons; the strip above counts "
        "those that cases take.",
        "各队伍面对同样的年份。此处工时为全体人员的名义工时；上方概览中的工时只算办件所用。",
    ),
    "strip_money": ("Staff pay: {} → {}", "人工费：{} → {}"),
    "chart_title": ("Reports in time (%), by size of the team", "按时的反映（%），按队伍人数"),
    "chart_title_mix": ("Reports in time (%), by cost of the mix", "按时的反映（%），按组合费用"),
    "chart_axis": ("persons in a community", "每社区人数"),
    "chart_axis_mix": ("cost, in persons of the team", "费用（折合本队人数）"),
    "chart_tip": ("{} persons", "{}人"),
    "chart_tip_mix": ("cost {}", "费用{}"),
    "chart_target": ("target", "目标"),
    "command": ("The command that gives the same answer", "得到同样答案的命令"),
    "files": ("Figure and table of this answer", "本答案的图与表"),
    "files_note": (
        "Made from the years on the page; each file says which version and configuration it comes from.",
        "取自页面上已模拟的年份；每个文件都注明版本与配置。",
    ),
    "files_left": ("XLSX is for Excel, CSV for all else.", "XLSX供Excel使用，CSV供其他程序使用。"),
    "files_not_yet": ("Files can be saved once there is an answer.", "有答案后才能保存文件。"),
    "files_figure": ("What a team buys, {}", "不同规模队伍的效果，{}"),
    "files_table": ("Teams that were tried, {}", "试过的队伍，{}"),
}


def target_word(key: str, language: str) -> str:
    """Return a piece of text."""
    return _WORDS[key][LANGUAGES.index(language)]
