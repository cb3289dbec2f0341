"""The words of the first two pages of a report, English and Chinese."""

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "rests": "What this rests on",
        "changes": "What would change it",
        "changes_more": "What else would change it",
        "in_words": "The same in words",
        "further": "More closely",
        "remarks_more": "{} more remarks stand on the next page.",
        "code": (
            "{shown} the 95 % interval of the difference from {first} excludes zero; {unclear} it contains "
            "zero. The colour says how clear a difference is, not whether it is good."
        ),
        "code_several": (
            "{shown} the 95 % interval of the difference from {first}, in brackets, excludes zero; without a "
            "mark it contains zero. The colour says how clear a difference is, not whether it is good."
        ),
        "shown": "more, slower …",
        "unclear": "no difference shown",
        "numbers": "The model has {total} numbers: {measured}.",
        "one_setting": "This holds for one set of values; it is not a forecast for any real place.",
        "one_run": "One replication says nothing about chance.",
        "value": "value",
        "word": "that is",
        "comma": ", ",
    },
    "zh": {
        "rests": "依据什么",
        "changes": "什么会改变它",
        "changes_more": "还有什么会改变它",
        "in_words": "以文字表述",
        "further": "进一步的数字",
        "remarks_more": "另有{}条说明见下页。",
        "code": (
            "{shown}与{first}之差的95%区间不含零；{unclear}区间含零。颜色只表示差异是否清楚，不表示好坏。"
        ),
        "code_several": (
            "{shown}与{first}之差的95%区间（方括号）不含零；无标注者区间含零。"
            "颜色只表示差异是否清楚，不表示好坏。"
        ),
        "shown": "更多、更慢……",
        "unclear": "未见差异",
        "numbers": "模型有{total}个数值：{measured}。",
        "one_setting": "以上只对一组取值成立，不是对任何真实地方的预测。",
        "one_run": "仅一次重复，不能说明偶然性。",
        "value": "取值",
        "word": "即",
        "comma": "、",
    },
}  # fmt: skip
