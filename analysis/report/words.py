"""The fixed words of the reports, English and Chinese."""

GRADES: dict[str, dict[str, str]] = {
    "measured": {"en": "measured", "zh": "实测"},
    "published": {"en": "published", "zh": "公开发布"},
    "calibrated": {"en": "calibrated", "zh": "校准"},
    "assumed": {"en": "assumed", "zh": "假定"},
    "setting": {"en": "setting", "zh": "设定"},
}

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "title": "Comparison: {}",
        "question": "Question",
        "question_text": (
            "The same needs, people and luck under {0} and under {1}: who gets heard, how fast is it truly "
            "solved, what does a solution cost, and who takes part?"
        ),
        "answer": "Answer",
        "assumed_warning": (
            "This holds for one set of parameter values, many of them assumed (listed below); it is not a "
            "forecast for any real place. Whether the sign depends on them is a question for the regime map "
            "and the sensitivity study."
        ),
        "hours_equal": "Both had the same staff hours: {:.1f} per community and week.",
        "hours_differ": (
            "The scenarios did not have the same staff hours ({} per community and week): the difference "
            "mixes the way of organising with the amount of labour."
        ),
        "overloaded": (
            "Under {} the hours charged to staff exceed the hours they had ({:.0%}): the cost of a solution "
            "then includes work that was owed but not done, and queues had not settled."
        ),
        "table": "Headline measures",
        "table_note": (
            "True solutions only: what is withdrawn, shelved, closed on paper or open counts as unsolved. "
            "Speed is over all reports, solved or not; the mean time to a solution is over all needs that "
            "arose in the counting window, those never reported included. Brackets: 95 % Student intervals "
            "over replications. Differences are from the first scenario, paired by replication."
        ),
        "table_note_two": " The last column says how many unpaired replications one pair is worth.",
        "groups": "Who gains and who loses, and the boards",
        "groups_note": (
            "By age, tenure and area of those who have a need: the value, and in brackets the paired "
            "difference from {0} with its 95 % interval. Reported and the mean time are over all needs of a "
            "group, which are the same under every scenario; the share within 30 days is over what was "
            "reported. Hours are those charged to cases, for each truly solved need. Where fewer than "
            "{1:.0f} needs a run are in the denominator there is their number n and no difference. With many "
            "groups some intervals exclude zero by chance: about one of twenty where nothing differs."
        ),
        "groups_note_one": (
            "By age, tenure and area of those who have a need, with 95 % intervals over replications. Where "
            "fewer than {:.0f} needs a run are in the denominator there is their number n and no interval."
        ),
        "boards_note": (
            "What a hotline's board would show, as recorded, and what was so in truth. Satisfied, as "
            "recorded, is over those who rated; in truth over all who reported."
        ),
        "recorded": "{}, recorded",
        "stated": "{}, stated at call-backs",
        "in_truth": "{}, true",
        "group": "group",
        "group_division": "By {}",
        "figures": "Figures",
        "detail": "All measures",
        "group_detail": "Parts and companions of the headline measures",
        "group_secondary": "Workload and handling",
        "group_social": "Equity, mutual aid, ties and trust",
        "group_selected": (
            "Selected: only needs that were reported, or reported under both. Regimes change who reports, so "
            "these speak of part of the needs"
        ),
        "pairs": "Need by need",
        "assumed": "What is assumed",
        "assumed_text": (
            "What is assumed has no source; each such number has a plausible range and belongs in the "
            "sensitivity study."
        ),
        "assumed_missing": "No list of parameters was handed to this report.",
        "grades": "Of the numbers in this model: {}.",
        "different": "In which the scenarios differ, in their order:",
        "of_grade": "All that is {} ({})",
        "grade": "evidence",
        "comma": ", ",
        "colon": ": ",
        "semicolon": "; ",
        "changes": "What would change the answer",
        "title_run": "{}",
        "question_run": (
            "Under {}, who gets heard, how fast is it truly solved, what does a solution cost, and who takes "
            "part?"
        ),
        "table_note_run": (
            "True solutions only: what is withdrawn, shelved, closed on paper or open counts as unsolved. "
            "Speed is over all reports, solved or not; the mean time to a solution is over all needs that "
            "arose in the counting window, those never reported included. Intervals: 95 %, Student, over "
            "replications."
        ),
        "title_sweep": "Sweep: {}",
        "title_store": "Runs kept in a store",
        "question_sweep": "How does this depend on {1}: {0}?",
        "table_sweep": "Points",
        "table_sweep_note": (
            "95 % Student intervals over replications; differences are paired with the first scenario."
        ),
        "sweep_first": "The first {} of {} points; all are in the table beside this report.",
        "point_arm": "scenario",
        "replications": "runs",
        "made_by": (
            "This report was made by {} from the runs it had. The command gives the same numbers, and its "
            "own report has more measures and one more figure."
        ),
        "report_command": "This report:",
        "fact_replications": "replications",
        "fact_status": "status",
        "fact_seed": "seed",
        "fact_config_hash": "configuration hash",
        "fact_code_hash": "code hash",
        "fact_started": "started",
        "fact_finished": "finished",
        "reproduce": "How to reproduce",
        "command": "Command:",
        "manifest": "Full manifest",
        "metric": "measure",
        "unit": "unit",
        "difference": "difference",
        "difference_of": "difference, {}",
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
            "同样的诉求、同样的人、同样的运气，在{0}与{1}之下：谁被听见，办得多快，代价多大，谁参与？"
        ),
        "answer": "回答",
        "assumed_warning": (
            "以上只对一组参数取值成立，其中不少是假定值（见下）；它不是对任何真实地方的预测。"
            "方向是否取决于这些假定，要看治理模式适用图与敏感性分析。"
        ),
        "hours_equal": "各模式可用的工作人员工时相同：每社区每周{:.1f}小时。",
        "hours_differ": "各模式可用工时不同（每社区每周{}小时）：差异中混有人力多少的影响。",
        "overloaded": (
            "{}下记入的工时超过可用工时（{:.0%}）：每件解决的代价中含有应做而未做的工作，排队尚未稳定。"
        ),
        "table": "主要指标",
        "table_note": (
            "只计真实解决：撤回、搁置、仅纸面办结、仍未办结者都算未解决。快慢以全部反映为分母，无论是否解决；"
            "平均解决时间针对计数期内发生的全部诉求，未反映者也计入。"
            "方括号为各次重复的95%学生氏区间。差为与第一个情景之差，按重复配对。"
        ),
        "table_note_two": "末列表示一对抵得上几次不配对的重复。",
        "groups": "谁受益、谁受损，以及考核指标",
        "groups_note": (
            "按诉求人的年龄、户籍与所在网格：数值及与{0}的成对差（括号内，附95%区间）。反映率与平均时间针对该群体的全部诉求，"
            "各情景相同；30天内解决率只针对已反映者。工时为记入个案的工时，按每件真实解决计。每次运行分母不足{1:.0f}件的，只给出件数n，"
            "不给差异。群体一多，总有区间碰巧不含零：本无差异时约二十分之一。"
        ),
        "groups_note_one": (
            "按诉求人的年龄、户籍与所在网格，附各次重复的95%区间。每次运行分母不足{:.0f}件的，只给出件数n，不给区间。"
        ),
        "boards_note": (
            "热线考核榜会显示的账面值，以及实际情况。满意率账面值只计已评价者，实际值计全部反映者。"
        ),
        "recorded": "{}，账面",
        "stated": "{}，回访所称",
        "in_truth": "{}，实际",
        "group": "群体",
        "group_division": "按{}",
        "figures": "图",
        "detail": "全部指标",
        "group_detail": "主要指标的组成与对照",
        "group_secondary": "工作量与办理",
        "group_social": "公平、互助、联系与信任",
        "group_selected": "经筛选：仅已反映、或两种模式下均反映的诉求。模式会改变谁来反映，所比只是部分诉求",
        "pairs": "逐件比较",
        "assumed": "哪些是假定",
        "assumed_text": "假定值没有来源，各有合理取值范围，应纳入敏感性分析。",
        "assumed_missing": "本报告未收到参数清单。",
        "grades": "模型中的数值按证据等级：{}。",
        "different": "各情景取值不同的参数（按情景次序）：",
        "of_grade": "全部{}值（{}项）",
        "grade": "证据等级",
        "comma": "、",
        "colon": "：",
        "semicolon": "；",
        "changes": "什么会改变这个回答",
        "title_run": "{}",
        "question_run": "在{}之下：谁被听见，办得多快，代价多大，谁参与？",
        "table_note_run": (
            "只计真实解决：撤回、搁置、仅纸面办结、仍未办结者都算未解决。快慢以全部反映为分母，无论是否解决；"
            "平均解决时间针对计数期内发生的全部诉求，未反映者也计入。区间为各次重复的95%学生氏区间。"
        ),
        "title_sweep": "扫描：{}",
        "title_store": "运行库中的运行",
        "question_sweep": "{}如何随{}变化？",
        "table_sweep": "各点",
        "table_sweep_note": "区间为各次重复的95%学生氏区间；差与第一个情景配对。",
        "sweep_first": "仅列前{}点，共{}点；全部见报告旁的数据表。",
        "point_arm": "情景",
        "replications": "次数",
        "made_by": "本报告由{}用其已有的运行结果生成。上面的命令得到同样的数字，其报告另有更多指标和一幅图。",
        "report_command": "本报告：",
        "fact_replications": "重复次数",
        "fact_status": "状态",
        "fact_seed": "种子",
        "fact_config_hash": "配置哈希",
        "fact_code_hash": "代码哈希",
        "fact_started": "开始",
        "fact_finished": "结束",
        "reproduce": "如何复现",
        "command": "命令：",
        "manifest": "完整清单",
        "metric": "指标",
        "unit": "单位",
        "difference": "差",
        "difference_of": "{}之差",
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
        "answer": (
            "Share not yet truly solved: a of all reports, by days since the report; b of all needs, "
            "reported or not, by days since they arose."
        ),
        "main": (
            "a: share of all reports not yet truly solved, by days since the report. b: the same of all "
            "needs, by days since they arose; the area under a curve up to 180 days is the mean capped time. "
            "Bands over replications. c: how needs stand 180 days after they arose; the heavy mark ends what "
            "is truly solved."
        ),
        "incidence": (
            "Who truly solved needs, by days since they arose: areas stacked by solver; the upper edge is "
            "the share solved."
        ),
        "sweep": "What was varied, and what it does.",
        "differences": "Paired differences of the headline measures with their 95 % intervals.",
        "groups": (
            "By age, tenure and area of those who have a need: who is heard, how fast reports are solved, "
            "and the mean time over all needs. Of two scenarios and more, paired differences from the first."
        ),
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
        "answer": (
            "尚未真实解决的比例：a 全部反映，按反映后的天数；b 全部诉求，无论是否反映，按发生后的天数。"
        ),
        "main": (
            "a：反映后尚未真实解决的比例（全部反映）。b：发生后尚未真实解决的比例（全部诉求），曲线下至180天的面积即"
            "封顶平均时间。阴影为各次重复的区间。c：发生180天后的结局，粗线之左为真实解决。"
        ),
        "incidence": "诉求由谁真正解决：按发生后的天数，各解决者之和为已解决的比例。",
        "sweep": "变动的参数及其影响。",
        "differences": "主要指标的配对差及95%区间。",
        "groups": (
            "按诉求人的年龄、户籍与网格：谁被听见，反映多快解决，全部诉求的平均时间。两个以上情景时为与第一个情景的成对差。"
        ),
        "participation": "谁参与（分母为全体14岁以上居民）；商户与单位；行动与反映的集中程度；按年龄。",
        "workload": "每周工时的去向与可用工时，以及在办件。",
        "break_even": "封顶平均解决时间之差随三项假定的变化：召集人的作用、会商容量、填报占用的时间。",
    },
}

CHANGES: dict[str, dict[str, str]] = {
    "en": {
        "differing": (
            "The scenarios differ in {} of the assumed numbers; at equal values their part of the "
            "difference is gone: {}."
        ),
        "plausible": " (plausible {})",
        "more": "; and {} more, listed below",
        "semicolon": "; ",
        "rmst180_single": "needs of one organisation",
        "rmst180_multi": "needs of two or more organisations",
        "single": "needs of one organisation",
        "multi": "needs of two or more organisations",
        "60plus": "residents of 60 and over",
        "under60": "residents under 60",
        "turn_more": (
            "The other way round for {0}: {1} points more solved within 30 days of the report under {2}."
        ),
        "turn_fewer": (
            "The other way round for {0}: {1} points fewer solved within 30 days of the report under {2}."
        ),
        "turn_longer": "The other way round for {0}: their mean time is {1} days longer under {2}.",
        "turn_shorter": "The other way round for {0}: their mean time is {1} days shorter under {2}.",
        "replications": (
            "More replications than {}. If the differences stay as they are, their sign, which may turn out "
            "either way, shows with about {}."
        ),
        "open_one": "{1} for {0}",
        "open_who": " ({})",
        "comma": ", ",
        "needs": (
            "Not every need fares alike. Reporting and handling together, from when they arose: {:.1f} % "
            "were solved earlier and {:.1f} % later under {}."
        ),
        "unsettled": (
            "The system had not settled: arrivals times time in the system are {:.2f} times the open cases. "
            "A longer warm-up or another window gives other figures."
        ),
        "sensitivity": "On which assumptions it depends: `cogov sensitivity scenarios={}`.",
        "sensitivity_one": "On which assumptions it depends: `cogov sensitivity scenario={}`.",
        "discover": "Under which assumptions the second does worse: `cogov discover scenarios={}`.",
        "regime_map": (
            "Where it turns over staff, answers of units and paperwork: `cogov reproduce regime_map`."
        ),
        "break_even": (
            "Where it turns over the convener's effect, the size of sessions and paperwork: "
            "`python -m experiments.break_even`."
        ),
        "one_each": "One replication a point says nothing about chance: more with `replications=`.",
        "strongest": "Of what was varied `{}` moves it most: means from {} to {} over its values.",
    },
    "zh": {
        "differing": "假定值中有{}个在情景之间取值不同；若取同一值，其造成的差异即消失：{}。",
        "plausible": "（合理范围{}）",
        "more": "；另有{}个，见下",
        "semicolon": "；",
        "rmst180_single": "单一单位的诉求",
        "rmst180_multi": "需两个以上单位的诉求",
        "single": "单一单位的诉求",
        "multi": "需两个以上单位的诉求",
        "60plus": "60岁以上居民",
        "under60": "60岁以下居民",
        "turn_more": "{0}方向相反：反映后30天内解决的，在{2}下多{1}个百分点。",
        "turn_fewer": "{0}方向相反：反映后30天内解决的，在{2}下少{1}个百分点。",
        "turn_longer": "{0}方向相反：在{2}下平均时间长{1}天。",
        "turn_shorter": "{0}方向相反：在{2}下平均时间短{1}天。",
        "replications": "比{}次更多的重复：若差异不变，要看出方向（可能是任一方），约需{}。",
        "open_one": "{0}{1}次",
        "open_who": "（{}）",
        "comma": "、",
        "needs": "并非每件诉求都一样。自发生时起（反映与办理合计）：{2}下有{0:.1f}%解决更早，{1:.1f}%更晚。",
        "unsettled": (
            "系统尚未稳定：到达率乘逗留时间为在办件的{:.2f}倍；更长的预热期或另一计数期会给出别的数值。"
        ),
        "sensitivity": "取决于哪些假定：`cogov sensitivity scenarios={}`。",
        "sensitivity_one": "取决于哪些假定：`cogov sensitivity scenario={}`。",
        "discover": "在哪些假定下第二种模式更差：`cogov discover scenarios={}`。",
        "regime_map": "随人员、单位答复时间、填报在何处转向：`cogov reproduce regime_map`。",
        "break_even": "随召集人作用、会商容量、填报在何处持平：`python -m experiments.break_even`。",
        "one_each": "每点仅一次重复，不能说明偶然性：用`replications=`增加。",
        "strongest": "变动的参数中`{}`影响最大：其各取值的均值从{}到{}。",
    },
}

SWEEPS: dict[str, dict[str, str]] = {
    "en": {
        "runs": "{0} runs from {2} to {3}, over {1} points.",
        "differences": (
            "{0}: at {3} points, {1} is clearly lower than {2} at {4}, clearly higher at {5}; at {6} the 95 "
            "% interval contains zero or there is none. The difference runs from {7} to {8}."
        ),
        "at": "{0}{1} at {2}",
        "nothing": "{} is not defined at any point.",
    },
    "zh": {
        "runs": "{0}：在{1}个点上，最低为{2}，最高为{3}。",
        "differences": (
            "{0}：在{3}个点中，{1}有{4}个点明显低于{2}，{5}个点明显高于{2}，其余{6}个点的95%区间含零或无区间。差最低为{7}，最高为{8}。"
        ),
        "at": "{0}{1}（{2}）",
        "nothing": "{}在各点均无定义。",
    },
}
