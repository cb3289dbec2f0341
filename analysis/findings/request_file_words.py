"""The words of what an import finds, English and Chinese."""

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "title": "Request file {}",
        "rows": "Rows",
        "rows_text": "{rows:,} in the file, {used:,} used{rest}",
        "rows_rest": ", {:,} not: {}",
        "period": "Period",
        "period_text": "opened {} to {} ({:.1f} weeks); the file knows of closings up to {}",
        "period_open": "opened {} to {} ({:.1f} weeks); no closings are known",
        "closings": "Closings",
        "closings_text": "{:.1%} closed, {:.1%} of these within a minute of the opening; {:,} open{}",
        "closings_age": ", half of them for more than {}",
        "due": "Due times",
        "due_text": "in {:.0%} of rows; {:.0%} of the closed were closed by then",
        "batches": "Batches",
        "batches_text": "{:,} closings ({:.1%}) in {:,} minutes with very many; the largest {:,} on {}",
        "batches_none": "no minute in which very many records were closed together",
        "batches_clock": "closings carry no time of day, so closings together cannot be told",
        "breaks": "Changes of practice",
        "breaks_none": "none found in {:,} categories with enough requests",
        "breaks_text": "{:,} in {:,} of {:,} categories with enough requests: {}",
        "break_short": "{} from {}",
        "staff": "Staff's logging",
        "staff_text": "{}; proposed in the mapping, not left out",
        "staff_one": "{} ({:.1%} of rows)",
        "weekly": "Weekly counts",
        "weekly_text": (
            "{:.0f} a week; variance over mean {:.1f} (1 by chance alone), {:.1f} from week to week"
        ),
        "weekly_short": "fewer than four whole weeks",
        "alike": "Look-alikes",
        "alike_text": "{:,} requests of the same minute, category, place and position as another",
        "personal": "Left out",
        "personal_text": "{} that may be about persons: {}",
        "columns": "Columns",
        "comma": ", ",
        "days": "{} d",
        "never": "not within the file",
        "account": "Where every row went",
        "account_head": "where|rows",
        "columns_head": "role|column|why|next",
        "columns_note": "Guessed from headings and cells; correct mapping.yaml where it is wrong.",
        "notes": "What to know before believing the numbers",
        "categories": "Categories",
        "categories_head": "category|rows|share|closed|within 7 d|median|P90|open",
        "categories_note": (
            "Times are from opening to closing as recorded; open requests are censored at the last instant "
            "of the file (Kaplan–Meier). A record may have been closed on paper."
        ),
        "more": "{} more",
        "channel": "Channels", "team": "Teams", "unit": "Units", "place": "Places",
        "label_head": "label|rows|share",
        "ages": "Ages of open requests at the end of the file",
        "ages_head": "share of the open|younger than",
        "batches_head": "time|closings|category|its share|oldest",
        "breaks_head": "category|from|p|requests|at once|within 1 d|within 7 d|within 30 d|median",
        "before_after": "{} → {}",
        "breaks_note": (
            "From that day of opening on, requests were closed in another way. p is adjusted for all dates "
            "and categories looked at: of files without a change, 5 % would show one. Of made files, 3 % "
            "showed one where weeks differ by chance alone, 10 % where a busy week carries over into the "
            "next. A change of what is recorded looks like a change of what is done."
        ),
        "staff_head": "channel|rows|share|closed within a minute|the others",
        "staff_note": (
            "These channels look like the staff's own logging, or a system's. Nothing was left out: whether "
            "such rows are requests is yours to say (exclude in mapping.yaml)."
        ),
        "reproduce": "How to make it again",
        "weeks_caption": "Requests by week, weekday and hour; what of the file is open at each week's end.",
        "breaks_caption": "Categories with a change of practice: share closed in time, by week of opening.",
        "figures": "Figures",
        "times": "Closings",
    },
    "zh": {
        "title": "工单文件 {}",
        "rows": "行数",
        "rows_text": "文件共{rows:,}行，使用{used:,}行{rest}",
        "rows_rest": "，未使用{:,}行：{}",
        "period": "时段",
        "period_text": "受理自{}至{}（{:.1f}周）；所知办结至{}",
        "period_open": "受理自{}至{}（{:.1f}周）；没有办结时间",
        "closings": "办结",
        "closings_text": "已办结{:.1%}，其中{:.1%}在受理后一分钟之内；未办结{:,}件{}",
        "closings_age": "，半数已超过{}",
        "due": "时限",
        "due_text": "{:.0%}的行有时限；已办结的有{:.0%}按时",
        "batches": "批量办结",
        "batches_text": "{:,}件（{:.1%}）在{:,}个分钟内成批办结；最大一批{:,}件，{}",
        "batches_none": "没有大量工单在同一分钟办结的情况",
        "batches_clock": "办结时间没有钟点，无法判断是否成批办结",
        "breaks": "办法变更",
        "breaks_none": "{:,}个工单足够多的类别中未发现",
        "breaks_text": "{:,}处，涉及{:,}个类别（共检验{:,}个）：{}",
        "break_short": "{}，自{}",
        "staff": "工作人员登记",
        "staff_text": "{}；已在映射中提出，并未排除",
        "staff_one": "{}（占{:.1%}）",
        "weekly": "每周数量",
        "weekly_text": "平均每周{:.0f}件；方差与均值之比{:.1f}（纯随机为1），按相邻两周计{:.1f}",
        "weekly_short": "不足四个整周",
        "alike": "相似工单",
        "alike_text": "{:,}件与另一件的分钟、类别、地点和位置均相同",
        "personal": "未读取",
        "personal_text": "可能涉及个人的{}列：{}",
        "columns": "各列",
        "comma": "、",
        "days": "{}天",
        "never": "文件所及未达",
        "account": "每一行的去向",
        "account_head": "去向|行数",
        "columns_head": "角色|列|依据|其次",
        "columns_note": "依表头与内容推断；如有误请更正mapping.yaml。",
        "notes": "采信之前须知",
        "categories": "类别",
        "categories_head": "类别|行数|份额|已办结|7天内|中位数|P90|未办结",
        "categories_note": (
            "时长为记录的受理至办结；未办结的在文件最后时刻截尾（Kaplan–Meier）。"
            "记录可能只是纸面办结。"
        ),
        "more": "另有{}个",
        "channel": "渠道", "team": "班组", "unit": "单位", "place": "地点",
        "label_head": "标签|行数|份额",
        "ages": "文件结束时未办结工单的时长",
        "ages_head": "未办结的份额|短于",
        "batches_head": "时间|办结数|类别|所占份额|最久",
        "breaks_head": "类别|自|p|工单数|即时|1天内|7天内|30天内|中位数",
        "before_after": "{} → {}",
        "breaks_note": (
            "自该受理日起，办结方式不同。p已按全部日期与类别校正：没有变更的文件中，5%会出现一处。"
            "模拟文件中，各周只有随机差异时为3%，繁忙会延续到下一周时为10%。"
            "登记办法的改变看上去与办理办法的改变相同。"
        ),
        "staff_head": "渠道|行数|份额|一分钟内办结|其余渠道",
        "staff_note": (
            "这些来源像是工作人员自行登记，或由系统生成。并未排除："
            "是否属于诉求由您决定（mapping.yaml中的exclude）。"
        ),
        "reproduce": "如何重做",
        "weeks_caption": "按周、星期和钟点的工单，以及文件中每周末未办结的数量。",
        "breaks_caption": "办法有变更的类别：按受理周，限期内办结的份额。",
        "figures": "图",
        "times": "办结",
    },
}  # fmt: skip
