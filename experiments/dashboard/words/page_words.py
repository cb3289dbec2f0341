"""Every word on the page, in English and Chinese; parameters' names are in `parameter_words`."""

from analysis.findings.group_words import CATEGORIES
from analysis.findings.parameter_names_zh import units_zh
from experiments.dashboard.words.parameter_words import PARAMETER_WORDS

__all__ = [
    "GRADE_WORDS",
    "LANGUAGES",
    "PARAMETER_WORDS",
    "category",
    "unit_word",
    "word",
    "words_of",
]

LANGUAGES = ("en", "zh")

_WORDS: dict[str, tuple[str, str]] = {
    # key: (English, Chinese)
    "title": ("Two ways of governing a community", "社区治理两种模式对照"),
    "language": ("中文", "English"),
    "side_a": ("A", "甲"),
    "side_b": ("B", "乙"),
    "scenario": ("Scenario {}", "情景{}"),
    "pairs": ("Pairs of runs", "配对次数"),
    "seed": ("Seed", "随机种子"),
    "reset": ("Set back", "恢复"),
    "reset_all": ("Reset", "全部恢复"),
    "undo": ("Undo", "撤销"),
    "redo": ("Redo", "重做"),
    "tabs": ("Parts of the page", "页面各部分"),
    "parameters": ("Parameters", "参数"),
    "group_staffing": ("Staffing", "人员配置"),
    "group_platform": ("Platform", "平台"),
    "group_regime": ("Regime", "治理机制"),
    "group_further": ("Further parameters", "其他参数"),
    "group_world": ("World, the same for both", "社区与诉求（两侧相同）"),
    "add_parameter": ("Add any other parameter", "添加其他参数"),
    "plausible": ("plausible {}", "合理范围 {}"),
    "changed": ("changed", "已改"),
    "on": ("on", "开"),
    "off": ("off", "关"),
    "tab_compare": ("Comparison", "对比"),
    "tab_target": ("Target and staff", "目标与人手"),
    "tab_sweep": ("Sweep", "扫描与敏感性"),
    "tab_map": ("Map and cases", "地图与个案"),
    "tab_requests": ("Your hotline", "您的热线"),
    "tab_save": ("Save and reproduce", "保存与复现"),
    "starting": (
        "Starting the engine; after an update it is compiled once, which takes up to a minute and a half …",
        "正在启动引擎；更新后首次需编译，约一分半钟……",
    ),
    "running": ("{} of {} runs", "已完成 {} / {} 次运行"),
    "cancel": ("Cancel", "取消"),
    "cancelled": ("Cancelled: {} of {} pairs are drawn.", "已取消：图中为 {} / {} 对。"),
    "cancelled_empty": ("Cancelled before the first pair was done.", "已取消，尚无完成的配对。"),
    "partial": ("{} of {} pairs so far", "目前 {} / {} 对"),
    "drawn": ("Pairs: {}. New runs: {}, in {:.2f} s.", "{} 对，新运行 {} 次，用时 {:.2f} 秒。"),
    "kept": ("Pairs: {}. All runs were known already.", "{} 对，全部取自已有运行。"),
    "strip_about": ("The answer at a glance", "结论概览"),
    "strip_legend": (
        "Colour: the arm with more heard, faster, more taking part or fewer hours. Grey: not told apart.",
        "颜色属于反映更多、办得更快、参与更多或工时更少的一侧；灰色：未能区分。",
    ),
    "strip_heard_size_more": ("More problems are heard under {}.", "{}侧被听见的问题更多。"),
    "strip_heard_size_fewer": ("Fewer problems are heard under {}.", "{}侧被听见的问题更少。"),
    "strip_heard_size_same": ("Heard: A and B are not told apart.", "被听见的多少：甲乙未能区分。"),
    "strip_heard_unknown": ("Heard: not known yet.", "被听见的多少：尚不可知。"),
    "strip_handled_fast_faster": ("Once heard, handling is faster under {}.", "听见之后，{}侧办得更快。"),
    "strip_handled_fast_slower": ("Once heard, handling is slower under {}.", "听见之后，{}侧办得更慢。"),
    "strip_handled_fast_same": ("Handling: A and B are not told apart.", "办理快慢：甲乙未能区分。"),
    "strip_handled_fast_tail_slower": (
        "Once heard, handling is mixed under {}: most faster, the longest slower.",
        "听见之后，{}侧有快有慢：多数更快，最久的更慢。",
    ),
    "strip_handled_fast_tail_faster": (
        "Once heard, handling is mixed under {}: most slower, the longest faster.",
        "听见之后，{}侧有快有慢：多数更慢，最久的更快。",
    ),
    "strip_handled_fast_mixed": ("Once heard, handling is mixed under {}.", "听见之后，{}侧有快有慢。"),
    "strip_handled_unknown": ("Handling: not known yet.", "办理快慢：尚不可知。"),
    "strip_reported_180d": ("Heard in 180 days", "180天内被反映"),
    "strip_report_to_solution_median": ("Report to solved: median", "反映至解决：中位"),
    "strip_solved_7wd_from_report": ("Solved in 7 work days", "7个工作日内解决"),
    "strip_solved_30d_from_report": ("Solved in 30 days", "30天内解决"),
    "strip_participation": ("Residents taking part", "居民参与"),
    "strip_hours_per_solved": ("Hours a solution", "每件解决工时"),
    "strip_under": ("{} under {}", "{1}侧{0}"),
    "strip_same": ("not told apart", "未能区分"),
    "strip_unknown": ("not known yet", "尚不可知"),
    "strip_parts": ("What the difference is made of: {}.", "差异的构成：{}。"),
    "strip_nothing": ("Nothing was computed yet.", "尚无计算结果。"),
    "strip_computing": ("Being computed; there are no numbers yet.", "正在计算，尚无数字。"),
    "strip_old": ("Being computed anew: these are the old numbers.", "正在重新计算：所示为旧数字。"),
    "strip_preview": (
        "Preview at {}: {} of {} pairs, while you drag.",
        "拖动预览（取值 {}）：{} / {} 对。",
    ),
    "strip_lost": (
        "The connection to the server is lost. What is shown is old; nothing can be set until it is back.",
        "与服务器的连接已断开。所示为旧数字，恢复连接前无法操作。",
    ),
    "answer": ("Answer", "结论"),
    "assumed": (
        "One set of parameter values, many of them assumed: no forecast of any real place.",
        "仅为一组参数取值下的结果，其中不少为假定，不是对任何真实地方的预测。",
    ),
    "hours_differ": (
        "A and B do not have the same staff hours ({} and {} per community and week): the difference mixes "
        "the way of organising with the amount of labour.",
        "甲乙可用工时不同（每社区每周 {} 与 {} 小时）：差异中混有人力多少的影响。",
    ),
    "measure": ("measure", "指标"),
    "groups": ("Who gains and who loses, by age, tenure and area", "谁受益、谁受损：按年龄、户籍与网格"),
    "groups_note": (
        "In brackets B − A, paired, with its 95 % interval; n: too few needs a run to tell. With many groups "
        "some intervals exclude zero by chance.",
        "括号内为乙 − 甲的成对差及95%区间；n：每次运行件数太少，无法判断。群体一多，总有区间碰巧不含零。",
    ),
    "difference": ("B − A", "乙 − 甲"),
    "interval": ("95 % interval", "95%区间"),
    "handling_title": ("Reports not yet truly solved (%)", "尚未真实解决的反映（%）"),
    "handling_axis": ("days since the report", "反映后的天数"),
    "survival_title": ("All needs, not yet truly solved (%)", "全部诉求：尚未真实解决（%）"),
    "participation_title": ("Who takes part, a year", "一年中的参与"),
    "workload_title": ("Staff hours used, of those available (%)", "已用工时占可用工时（%）"),
    "backlog_title": ("Open cases, mean of the week", "在办件（周均）"),
    "survival_axis": ("days since the need arose", "诉求发生后的天数"),
    "weeks_axis": ("weeks since the start of the run", "运行周数"),
    "tip_day": ("day {}", "第{}天"),
    "tip_week": ("week {}", "第{}周"),
    "counted_band": ("counted", "计数期"),
    "map_title": ("The community on day {}", "第 {} 天的社区"),
    "map_note": (
        "A sketch: the model numbers people along a path through the buildings, which is laid out here in "
        "rows; it is no street plan. Click a case for its life under A and B, or a person.",
        "示意图：模型按楼栋顺序为居民编号，此处将其排成行列，并非街道地图。点击个案可看其在甲乙两侧的经过，"
        "点击居民可看其状态。",
    ),
    "map_known": ("open, known", "在办（已反映）"),
    "map_unknown": ("open, not reported", "存在但未反映"),
    "map_person": ("resident", "居民"),
    "map_merchant": ("merchant", "商户"),
    "map_play": ("Play", "播放"),
    "map_pause": ("Pause", "暂停"),
    "map_day": ("day {}", "第 {} 天"),
    "map_warmup": ("warm-up", "预热期"),
    "map_counting": ("counted", "计数期"),
    "map_followup": ("follow-up", "追踪期"),
    "map_counts": (
        "{known} open and known, {unknown} open and not reported, {solved} solved",
        "在办 {known} 件，未反映 {unknown} 件，已解决 {solved} 件",
    ),
    "map_back": ("One day back", "后退一天"),
    "map_forward": ("One day on", "前进一天"),
    "map_speed": ("Speed", "速度"),
    "map_load": ("Laying out the community …", "正在绘制社区……"),
    "replication": ("Pair", "配对"),
    "community": ("Community", "社区"),
    "case_title": ("Case {} under A and B", "个案 {} 在甲乙两侧"),
    "case_hint": ("Click an open case on either map.", "点击任一地图上的个案。"),
    "case_number": ("Case number", "个案编号"),
    "person_number": ("Person number", "人员编号"),
    "show": ("Show", "查看"),
    "person_title": ("{} {} on day {}", "{} {}，第 {} 天"),
    "person_hint": ("Click a resident on either map.", "点击任一地图上的居民。"),
    "upload_mapping": ("Choose a mapping (YAML), if you have one", "选择映射文件（YAML，如有）"),
    "role_none": ("(not used)", "（不使用）"),
    "upload_leave": ("Back to synthetic requests", "恢复模拟诉求"),
    "upload_used": ("{} of {} rows can be used.", "共 {1} 行，可用 {0} 行。"),
    "upload_dropped": ("Dropped, never stored: {}", "已丢弃、未保存的列：{}"),
    "upload_account": ("Where every row went", "每一行的去向"),
    "upload_bad": ("Rows that cannot be used", "无法使用的行"),
    "upload_bad_more": ("… and {} more", "……另有 {} 行"),
    "upload_none_bad": ("Every row that is not excluded can be used.", "除按规则排除者外，各行均可用。"),
    "upload_active": ("The comparison now replays {}.", "当前对比使用 {}。"),
    "bad_row": ("row", "行"),
    "bad_column": ("column", "列"),
    "bad_value": ("looks like", "形式"),
    "bad_reason": ("reason", "原因"),
    "reason": ("reason", "原因"),
    "rows": ("rows", "行数"),
    "shipped_mapping": ("or a shipped mapping", "或内置映射"),
    "own_columns": ("choose the columns here", "在此选择各列"),
    "group_twins": ("With the same needs as {}", "与{}的诉求相同"),
    "group_saved": ("Saved under a name", "已命名保存"),
    "group_apart": ("With other needs than {}: choose both sides", "与{}的诉求不同：两侧须同时更换"),
    "group_differs": ("Differs in: {}.", "此项不同：{}。"),
    "saved_as": ("Saved as {}", "已保存为 {}"),
    "saved_unusable": ("cannot be used: {}", "无法使用：{}"),
    "name_title": ("Save a scenario under a name", "命名保存情景"),
    "name_note": (
        "With everything that was changed. It then stands in both choosers above, also after a restart.",
        "连同全部改动一起保存。之后可在上方两个选单中选用，重启后仍在。",
    ),
    "name_side": ("Which", "哪一侧"),
    "name_name": ("Name", "名称"),
    "name_save": ("Save", "保存"),
    "name_there": ("Saved so far", "已保存的情景"),
    "past_title": ("Comparisons of this session", "本次会话的对比"),
    "past_note": (
        "Every whole comparison since this page was opened, newest first, at most {}. One is brought back "
        "without a run; Undo leaves it again.",
        "打开本页以来每次完整的对比，新的在前，最多{}次。调回无需再运行，可用“撤销”离开。",
    ),
    "past_none": ("None yet.", "暂无。"),
    "past_show": ("Show", "调回"),
    "past_shown": ("Shown", "当前"),
    "past_time": ("Time", "时间"),
    "past_changed": ("Changed", "改动"),
    "past_world": ("World", "社区与诉求"),
    "past_unchanged": ("nothing", "无"),
    "save_files": ("Both scenarios as files", "两侧情景文件"),
    "save_note": (
        "A saved scenario is a short file that lists only what differs; every command accepts it.",
        "保存的情景是一个只列出差异的短文件，所有命令都可使用。",
    ),
    "save_download": ("Download scenario {}", "下载情景{}"),
    "save_command": ("The command that gives these numbers", "得到同样结果的命令"),
    "save_copy": ("Copy", "复制"),
    "save_copied": ("Copied", "已复制"),
    "save_written": (
        "The files the command names are written to {} when you copy it.",
        "复制时，命令所用的文件会写入 {}。",
    ),
    "export_title": ("Report, figures and table of this comparison", "本次对比的报告、图与表"),
    "export_note": (
        "Made from the runs on the page; each file says which version and configuration it comes from.",
        "取自页面上的运行结果；每个文件都注明版本与配置。",
    ),
    "export_left": (
        "Who solves what over time, how concentrated taking part is, needs compared one by one and some "
        "measures need whole records of runs, which the page does not keep: the report is without them, and "
        "that of the command above has them. XLSX is for Excel.",
        "各方随时间的解决情况、参与的集中程度、逐件比较的诉求和部分指标需要完整的运行记录，页面不保存；"
        "此报告中没有这些，上面的命令所写的报告中有。XLSX供Excel使用。",
    ),
    "export_not_yet": (
        "Files can be saved once all pairs of what is asked for are there.",
        "所需配对全部完成后才能保存文件。",
    ),
    "export_making": ("Being made …", "正在生成……"),
    "export_saved": ("Saved as {}", "已保存为 {}"),
    "export_no_browser": (
        "For a PDF, open the HTML file in any browser and print it. This server's machine has no Chromium, "
        "Chrome or Edge to print it here.",
        "需要PDF时，用任一浏览器打开HTML文件，打印为PDF即可。服务器所在的机器没有Chromium、Chrome或Edge，不能在此打印。",
    ),
    "export_not_printed": (
        "No PDF was made; the terminal of the server says why. Any browser prints the HTML file to PDF.",
        "未能生成PDF，原因见服务器的终端。任一浏览器都能把HTML文件打印为PDF。",
    ),
    "export_of_report": (
        "Report of this comparison, to read, send or print",
        "本次对比的报告，可阅读、发送或打印",
    ),
    "export_of_answer": ("How fast reports and needs are solved", "反映与诉求解决得多快"),
    "export_of_main": ("The same, with how needs stand after 180 days", "同上，另附180天后的结局"),
    "export_of_differences": ("Differences with their intervals", "差值及其区间"),
    "export_of_groups": ("Who gains and who loses, by group", "各群体谁受益、谁受损"),
    "export_of_participation": ("Who takes part", "谁在参与"),
    "export_of_workload": ("Staff hours and open cases, week by week", "每周工时与在办件"),
    "export_of_measures": ("Table of measures", "指标表"),
    "upload_arriving": ("Receiving {}: {} of {} MB", "正在接收 {}：{} / {} MB"),
    "upload_too_large": ("{} is too large: at most {} MB", "{} 过大：不超过 {} MB"),
    "upload_reading": ("Reading {} …", "正在读取 {} ……"),
    "failed": ("This did not work: {}", "出错：{}"),
    "chart_mean": ("mean {} d", "平均 {} 天"),
    "share_axis": ("share (%)", "比例（%）"),
}

GRADE_WORDS: dict[str, dict[str, str]] = {
    "measured": {"en": "measured", "zh": "实测"},
    "published": {"en": "published", "zh": "文献"},
    "assumed": {"en": "assumed", "zh": "假定"},
    "calibrated": {"en": "calibrated", "zh": "校准"},
    "setting": {"en": "setting", "zh": "设定"},
}


def word(key: str, language: str) -> str:
    """Return a piece of text."""
    return _WORDS[key][LANGUAGES.index(language)]


def words_of(start: str, language: str) -> dict[str, str]:
    """Return all texts whose key starts so, for a part of the page that speaks for itself."""
    return {key: word(key, language) for key in _WORDS if key.startswith(start)}


def unit_word(unit: str, language: str) -> str:
    """Return a unit of the schema as the page shows it."""
    return units_zh()[unit] if language == "zh" else unit


def category(name: str, language: str) -> str:
    """Return the name of a category of need; one from a request file stays as it is."""
    return CATEGORIES.get(name, name) if language == "zh" else name
