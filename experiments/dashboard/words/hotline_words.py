"""The words of the tab on a hotline's own file, English and Chinese."""

from experiments.dashboard.words.page_words import LANGUAGES

_WORDS: dict[str, tuple[str, str]] = {
    # key: (English, Chinese)
    "step_file": ("1. File", "1. 文件"),
    "step_says": ("2. What the file says", "2. 文件说明了什么"),
    "step_needs": ("3. Categories", "3. 诉求类别"),
    "step_knows": ("4. Does the model know it?", "4. 模型是否了解贵热线？"),
    "step_what_if": ("5. What if?", "5. 假如……会怎样？"),
    "first_file": ("First choose a file in step 1.", "请先在第1步选择文件。"),
    "first_knows": ("First calibrate in step 4.", "请先在第4步校准。"),
    "first_read": (
        "Something was chosen anew in step 1: read the file again.",
        "第1步的选择已改动：请重新读取文件。",
    ),
    # 1. file
    "note": (
        "CSV, Excel, Parquet or JSON, packed or not; at most 256 MB, a mapping 1 MB. Columns about persons "
        "are recognised and dropped before anything is stored, and nothing leaves this machine.",
        "CSV、Excel、Parquet或JSON，可压缩，不超过256 MB，映射文件不超过1 MB。"
        "涉及个人的列会被识别，在保存前丢弃；数据不离开本机。",
    ),
    "choose_file": ("Choose your hotline's file", "选择贵热线的文件"),
    "columns": ("What the columns mean, as guessed", "各列含义（系推断）"),
    "columns_note": (
        "Guessed by heading and content, as cogov import does. Correct what is wrong, then read the file "
        "again.",
        "由表头与内容推断，与cogov import相同。如有误请更正，再重新读取文件。",
    ),
    "please_check": ("please check", "请核对"),
    "by_you": ("chosen by you", "由您选定"),
    "role_opened": ("opened (required)", "受理时间（必选）"),
    "role_closed": ("closed", "办结时间"),
    "role_due": ("due", "办结时限"),
    "role_category": ("category (required)", "类别（必选）"),
    "role_group": ("coarser category", "大类"),
    "role_unit": ("unit in charge", "承办单位"),
    "role_team": ("team", "办理班组"),
    "role_channel": ("channel", "来源渠道"),
    "role_place": ("community or neighbourhood", "社区或地区"),
    "role_id": ("number", "工单编号"),
    "role_latitude": ("latitude", "纬度"),
    "role_longitude": ("longitude", "经度"),
    "role_status": ("state (told apart, not used)", "办理状态（仅识别，不使用）"),
    "residents": ("Residents the file speaks for", "文件覆盖的居民数"),
    "residents_guessed": (
        "a guess: one request per five residents and year; correct it",
        "系估计：假定每五位居民每年一件诉求，请更正",
    ),
    "further": ("Only if the page asks for it", "仅在页面提示时填写"),
    "further_time_zone": ("time_zone, such as Asia/Shanghai", "时区time_zone，如Asia/Shanghai"),
    "further_time_format": ("time_format, such as %d/%m/%Y %H:%M", "时间格式time_format，如%d/%m/%Y %H:%M"),
    "further_encoding": ("encoding, such as gb18030", "编码encoding，如gb18030"),
    "read": ("Read the file again", "重新读取文件"),
    "personal": (
        "Left out, because they may be about persons: {}.",
        "可能涉及个人，不读取：{}。",
    ),
    "personal_one": ("{} ({})", "{}（{}）"),
    "step_of": ("step {} of {}: {}", "第{}步，共{}步：{}"),
    "doing_look": ("look at the columns", "查看各列"),
    "doing_rows": ("read every row", "读取各行"),
    "doing_odd": ("find what is odd", "查找异常"),
    # 2. findings
    "categories": ("Categories", "诉求类别"),
    "categories_head": (
        "category|requests|median|closed within 7 days|closed within 30 days|open",
        "类别|件数|办结时长中位数|7天内办结|30天内办结|未办结",
    ),
    "categories_note": (
        "From opening to closing as recorded; open requests are censored at the end of the file "
        "(Kaplan–Meier).",
        "按记录的受理至办结计；未办结的在文件末尾删失（Kaplan–Meier）。",
    ),
    "categories_more": ("{} more", "另有{}类"),
    "categories_no_closings": (
        "The file has no closing times: durations cannot be told.",
        "文件没有办结时间，无法得知办结时长。",
    ),
    "breaks": ("Changes of practice", "办法变更"),
    "notes": ("What to know before believing the numbers", "采信之前须知"),
    "weeks": ("Weeks, weekdays and hours", "按周、星期与钟点"),
    "drawing": ("Being drawn …", "正在绘制……"),
    # 3. needs
    "needs_note": (
        "No file says how many organisations a matter needs, which level may decide it and how many hours it "
        "takes. What stays on a default is nobody's knowledge; runs take what you set here.",
        "任何文件都不会说明一件诉求需要几个单位、由哪一级决定、要花多少工时。标为“默认”的都不是贵市实情；"
        "在此填写后，各项运行即采用。",
    ),
    "needs_table": ("What categories ask of the organisations", "各类诉求对办理的要求"),
    "needs_category": ("category", "类别"),
    "needs_requests": ("requests", "件数"),
    "needs_organisations": ("organisations needed (1–6)", "所需单位数（1–6）"),
    "needs_level": ("level that decides (0 community, 1 street, 2 city)", "决定层级（0社区、1街道、2区市）"),
    "needs_work_hours": ("hours of work", "所需工时"),
    "needs_default": ("default", "默认"),
    "needs_cell": ("{}: {}", "{}：{}"),
    "needs_shares": (
        "{} of {} requests ({} %) rest on defaults alone.",
        "{1}件诉求中有{0}件（{2}%）全部取默认值。",
    ),
    "needs_apply": ("Write into the mapping", "写入映射文件"),
    "needs_unwritten": (
        "Changed, not written yet: runs do not know it.",
        "已修改，尚未写入：运行还不会采用。",
    ),
    "needs_written": ("Written into the mapping.", "已写入映射文件。"),
    # 4. compare
    "compare": ("Compare both ways of governing on these requests", "用这些诉求对比两种治理方式"),
    "compare_note": (
        "Replays the file under A and B, and shows the comparison in its tab.",
        "在甲、乙两侧重放该文件，结果见“对比”页。",
    ),
    "compare_running": ("Being compared …", "正在对比……"),
    "compare_open": ("Show the comparison", "查看对比"),
    "check_note": (
        "Calibrates a city of your own teams on the file, and holds a forecast from the first four fifths "
        "against what happened in the last fifth, beside a plain Kaplan–Meier curve.",
        "用文件校准贵市各队伍，并用前五分之四作预测，与最后五分之一的实际情况及普通的Kaplan–Meier曲线对照。",
    ),
    "check": ("Calibrate and hold against the file", "校准并与文件对照"),
    "check_none": (
        "The file has no closing times: nothing can be calibrated on it.",
        "文件没有办结时间，无法校准。",
    ),
    "task_0": ("calibrate", "校准"),
    "task_1": ("backtest", "回测"),
    "stage_%": ("estimate", "估计"),
    "stage_forecast": ("score", "评分"),
    "stage_draw": ("simulate", "模拟"),
    "stage_pair": ("run both cities", "运行现状与调整后"),
    "job_of": ("{}: {}, {:.0%}", "{}：{}，{:.0%}"),
    "job_cancelled": ("Given up.", "已取消。"),
    "durations": (
        "Share closed by age in the largest categories: the file, the calibrated city, Kaplan–Meier",
        "最大各类按时长的办结份额：文件、校准后的城市、Kaplan–Meier",
    ),
    "scores": ("Distance from what happened, mean of the largest categories", "与实际的差距（最大各类均值）"),
    "changed_practice": (
        "Practice changed within the last fifth, which nobody could foresee: {}.",
        "最后五分之一期间办法有变，事先无从得知：{}。",
    ),
    # 5. what-if
    "if_team": ("Team", "队伍"),
    "if_present": ("Staff now", "现有人数"),
    "if_unknown": ("not known", "不详"),
    "if_more": ("more staff", "增加人手"),
    "if_fewer": ("fewer staff", "减少人手"),
    "if_persons": ("{} → {} persons", "{} → {}人"),
    "if_times": ("{:g} times the staff", "人力的{:g}倍"),
    "if_ask": ("What would change?", "会有什么变化？"),
    "if_task": ("what-if", "假设分析"),
    "if_table": ("As it is and changed", "现状与调整后"),
    "if_other": ("This answers another question than the one set above.", "以下回答的不是上面所设的问题。"),
    "commands": ("The same on the command line", "命令行中的同样操作"),
    "download_mapping": ("Save mapping.yaml", "保存mapping.yaml"),
    "download_report": ("Save the report of the import", "保存导入报告"),
    "download_making": ("Being made …", "正在生成……"),
}


def said(key: str, language: str) -> str:
    """Return a piece of text."""
    return _WORDS[key][LANGUAGES.index(language)]
