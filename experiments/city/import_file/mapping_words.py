"""The words of a proposed mapping's comments, English and Chinese."""

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "head": (
            "How cogov import reads {}: a proposal, made from headings and cells.\n"
            "Correct what is wrong, then use it: demand.mapping=this file.\n"
            "Keys: docs/guides/bring-your-own-requests.md."
        ),
        "residents": "GUESSED: correct it. One request per five residents and year was assumed",
        "residents_source": "guessed by cogov import from the number of requests; not known",
        "time_format": "fits the times; nothing else does, or the rows decide between them",
        "time_zone": "GUESSED from the offsets in the file; correct the name if need be",
        "comma": ", ",
        "status": "the state of a request is in {}; a mapping has no key for it",
        "no_closed": "no column of closing times was found: durations, backlogs and breaks cannot be told",
        "closed_like": (
            "no column of closing times was found; {} may change at other times and for open requests, too: "
            "name it as closed only if it is one"
        ),
        "personal": "left out, because they may be about persons (keep=[HEADING] reads one): {}",
        "others": "left out, because they have no role here: {}",
        "reason_stated": "you named it",
        "reason_heading": "the heading says so",
        "reason_heading_weak": "the heading may mean it",
        "reason_times": "holds times",
        "reason_first": "before the other times of its row",
        "reason_always": "never blank",
        "reason_after": "not before the opening",
        "reason_some_blank": "blank in some rows, as open requests are",
        "reason_regular": "at a few fixed distances from the opening",
        "reason_degrees": "numbers within the bounds of degrees",
        "reason_all_different": "different in every row",
        "reason_labels": "labels with the usual words",
        "reason_many_labels": "many labels over many rows",
        "reason_left": "the column that fits best of those left",
        "doubtful": "PLEASE CHECK: ",
        "next": "; next: {}",
        "exclude": (
            "Channels that look like the staff's own logging, or a system's. Nothing is left out unless you\n"
            "say so: take the marks (#) off the lines below if these rows are no residents' requests."
        ),
        "by_staff": "logged by staff",
        "by_machine": "raised by a system",
        "exclude_rows": "{:,} of {:,} rows ({:.1%})",
        "exclude_quick": "; {:.0%} of its closings within a minute, {:.0%} of the others'",
        "channels": "The model knows the channels phone, app and office; a label may be given such a name:",
        "needs": (
            "What requests ask of the organisations is not in the file: your knowledge. Defaults for all;\n"
            "needs: lists categories that differ (for run and compare; calibrate does not look at it)."
        ),
        "name": "name", "telephone": "telephone", "e-mail": "e-mail", "identity number": "identity number",
        "address": "address", "free text": "free text", "person": "person",
    },
    "zh": {
        "head": (
            "cogov import对{}的解读：依表头与内容提出的建议。\n"
            "请更正有误之处，再用 demand.mapping=本文件。各键见 docs/guides/bring-your-own-requests.md。"
        ),
        "residents": "系估计，请更正：假定每五位居民每年一件诉求",
        "residents_source": "由cogov import按工单数估计，并非实数",
        "time_format": "与各时间相符；其他格式不符，或由各行判定",
        "time_zone": "由文件中的时差推断：该时区的钟点与之一致；名称如不对请更正",
        "comma": "、",
        "status": "办理状态在“{}”列；映射没有对应的键",
        "no_closed": "未找到办结时间：无法得知时长、积压与办法变更",
        "closed_like": "未找到办结时间；“{}”在办结后也会变化，未办结的也有：确为办结时间时才写作closed",
        "personal": "可能涉及个人，不读取（keep=[表头]可读取）：{}",
        "others": "在此没有用处，不读取：{}",
        "reason_stated": "由您指定",
        "reason_heading": "表头如此",
        "reason_heading_weak": "表头可能是此意",
        "reason_times": "内容为时间",
        "reason_first": "早于同行其他时间",
        "reason_always": "从不空白",
        "reason_after": "不早于受理",
        "reason_some_blank": "部分行空白，如同未办结",
        "reason_regular": "与受理相距若干固定时长",
        "reason_degrees": "数字在经纬度范围内",
        "reason_all_different": "各行均不同",
        "reason_labels": "标签用词相符",
        "reason_many_labels": "标签多而行数更多",
        "reason_left": "余下各列中最合适",
        "doubtful": "请核对：",
        "next": "；其次：{}",
        "exclude": (
            "以下来源像是工作人员自行登记，或由系统生成。除非您指明，一行也不排除：\n"
            "若这些不是居民诉求，请去掉各行之前的#。"
        ),
        "by_staff": "工作人员自行登记",
        "by_machine": "系统生成",
        "exclude_rows": "{1:,}行中的{0:,}行（{2:.1%}）",
        "exclude_quick": "；其办结中{:.0%}在一分钟之内，其余来源为{:.0%}",
        "channels": "模型认得的渠道为phone（电话）、app和office（窗口）；标签可改用这些名称：",
        "needs": (
            "诉求需要哪些组织办理，文件里没有，须由您写明。以下默认值适用于全部，\n"
            "不同的类别写在needs:之下（用于run与compare；import与calibrate不看）。"
        ),
        "name": "姓名", "telephone": "电话", "e-mail": "邮箱", "identity number": "证件号", "address": "地址",
        "free text": "自由文本", "person": "个人情况",
    },
}  # fmt: skip
