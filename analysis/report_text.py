"""The fixed words of the report, English and Chinese, and its style sheet."""

STYLE = (
    "body{font:15px/1.55 system-ui,-apple-system,'Segoe UI','Noto Sans CJK SC','Microsoft YaHei',"
    "'PingFang SC',sans-serif;color:#1a1a1a;background:#fff;margin:0}"
    "main{max-width:60rem;margin:0 auto;padding:1.5rem}"
    "h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem;border-bottom:1px solid #ccc}"
    ".answer{font-size:1.15rem;border-left:4px solid #444;padding-left:.8rem}"
    ".warning{border-left:4px solid #d55e00;padding-left:.8rem}"
    ".wide{overflow-x:auto}table{border-collapse:collapse;font-size:.85rem;margin:.5rem 0}"
    "th,td{padding:.25rem .6rem;border-bottom:1px solid #ddd;text-align:right;vertical-align:top}"
    "th:first-child,td:first-child{text-align:left}"
    "figure{margin:1.2rem 0}figure img{width:100%;height:auto}figcaption{font-size:.85rem;color:#444}"
    "pre{white-space:pre-wrap;overflow-wrap:anywhere;background:#f4f4f4;padding:.6rem;font-size:.8rem}"
    "summary{cursor:pointer}@media print{details{display:block}main{max-width:none}}"
)

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "title": "Comparison: {}",
        "question": "Question",
        "question_text": (
            "The same needs, people and luck under {0} and under {1}: how long does it take until a need is "
            "truly solved, what does a solution cost, and who takes part?"
        ),
        "answer": "Answer",
        "overview": "Headline measures under {} compared with {}:",
        "assumed_warning": (
            "This holds for one set of parameter values, many of them assumed (listed below); it is not a "
            "forecast for any real place. Whether the sign depends on them is a question for the break-even "
            "surface and the sensitivity study."
        ),
        "no_break_even": "This report does not contain the break-even surface.",
        "hours_equal": "Both had the same staff hours: {:.1f} per community and week.",
        "hours_differ": (
            "The scenarios did not have the same staff hours ({} per community and week): the difference "
            "mixes the way of organising with the amount of labour."
        ),
        "overloaded": (
            "Under {} the hours charged to staff exceed the hours they had ({:.0%}): the cost of a solution "
            "then includes work that was owed but not done, and queues had not settled."
        ),
        "table": "Headline estimands",
        "table_note": (
            "Over all needs that arose in the counting window, true solutions only: needs that were never "
            "reported, withdrawn, shelved, closed on paper or are open count as unsolved. Brackets: 95 % "
            "Student intervals over replications. Differences are paired by replication; the last column "
            "says how many unpaired replications one pair is worth."
        ),
        "figures": "Figures",
        "detail": "All measures",
        "group_detail": "Parts and companions of the headline estimands",
        "group_secondary": "Workload and handling",
        "group_social": "Equity, mutual aid, ties and trust",
        "group_selected": (
            "Selected: only needs that were reported. Regimes change who reports, so these compare "
            "different needs and are no headline"
        ),
        "pairs": "Need by need",
        "assumed": "What is assumed",
        "assumed_text": (
            "These parameters have no source. Each has a range and belongs in the sensitivity study."
        ),
        "assumed_missing": "No list of assumed parameters was handed to this report.",
        "reproduce": "How to reproduce",
        "command": "Command:",
        "manifest": "Full manifest",
        "metric": "measure",
        "unit": "unit",
        "difference": "difference",
        "interval": "95 % interval",
        "pairing": "pairing gain",
        "mean": "mean",
        "parameter": "parameter",
        "value": "value",
        "range": "range",
        "source": "note",
        "fact": "item",
    },
    "zh": {
        "title": "比较：{}",
        "question": "问题",
        "question_text": (
            "同样的诉求、同样的人、同样的运气，在{0}与{1}之下：一件诉求多久才真正解决，代价多大，谁参与？"
        ),
        "answer": "回答",
        "overview": "{}与{}相比的主要指标：",
        "assumed_warning": (
            "以上只对一组参数取值成立，其中不少是假定值（见下）；它不是对任何真实地方的预测。"
            "方向是否取决于这些假定，要看盈亏平衡面与敏感性分析。"
        ),
        "no_break_even": "本报告未含盈亏平衡面。",
        "hours_equal": "各模式可用的工作人员工时相同：每社区每周{:.1f}小时。",
        "hours_differ": "各模式可用工时不同（每社区每周{}小时）：差异中混有人力多少的影响。",
        "overloaded": (
            "{}下记入的工时超过可用工时（{:.0%}）：每件解决的代价中含有应做而未做的工作，排队尚未稳定。"
        ),
        "table": "主要估计量",
        "table_note": (
            "针对计数期内发生的全部诉求，只计真实解决：未反映、撤回、搁置、仅纸面办结、仍未办结者都算未解决。"
            "方括号为各次重复的95%学生氏区间。差按重复配对；末列表示一对抵得上几次不配对的重复。"
        ),
        "figures": "图",
        "detail": "全部指标",
        "group_detail": "主要估计量的组成与对照",
        "group_secondary": "工作量与办理",
        "group_social": "公平、互助、联系与信任",
        "group_selected": "经筛选：仅已反映的诉求。模式会改变谁来反映，所比并非同一批诉求，不作主要结论",
        "pairs": "逐件比较",
        "assumed": "哪些是假定",
        "assumed_text": "下列参数没有来源，各有取值范围，应纳入敏感性分析。",
        "assumed_missing": "本报告未收到假定参数清单。",
        "reproduce": "如何复现",
        "command": "命令：",
        "manifest": "完整清单",
        "metric": "指标",
        "unit": "单位",
        "difference": "差",
        "interval": "95%区间",
        "pairing": "配对增益",
        "mean": "均值",
        "parameter": "参数",
        "value": "取值",
        "range": "范围",
        "source": "说明",
        "fact": "项目",
    },
}

CAPTIONS: dict[str, dict[str, str]] = {
    "en": {
        "main": (
            "Left: share of all needs not yet truly solved, by days since they arose, with bands over "
            "replications; the area under a curve up to 180 days is the mean capped time. Right: how needs "
            "stand 180 days after they arose; the heavy mark ends what is truly solved."
        ),
        "differences": "Paired differences of the headline estimands with their 95 % intervals.",
        "participation": (
            "Who takes part, all residents of 14 and over in the denominator; merchants and units; how "
            "concentrated acts and reports are; the age groups."
        ),
        "workload": "Staff hours a week by purpose against the hours available, and open cases.",
        "break_even": (
            "Difference in mean capped time to solution over three assumptions: the convener's effect on "
            "acceptance, the capacity of sessions, and the share of time that goes into paperwork."
        ),
    },
    "zh": {
        "main": (
            "左：诉求发生后尚未真实解决的比例，阴影为各次重复的区间；曲线下至180天的面积即封顶平均时间。"
            "右：发生180天后的结局，粗线之左为真实解决。"
        ),
        "differences": "主要估计量的配对差及95%区间。",
        "participation": "谁参与（分母为全体14岁以上居民）；商户与单位；行动与反映的集中程度；按年龄。",
        "workload": "每周工时的去向与可用工时，以及在办件。",
        "break_even": "封顶平均解决时间之差随三项假定的变化：召集人的作用、会商容量、填报占用的时间。",
    },
}
