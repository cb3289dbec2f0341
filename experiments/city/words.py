"""What a planner reads beside the numbers, in two languages: what is data, what assumed, what not known."""

from collections.abc import Mapping

from experiments.city.changes import Changes

#: How closing may answer to a backlog: the name in tables, and gamma (None: the posterior's).
POSTERIOR = "as calibrated"
PURE_DELAY, FIXED_CAPACITY = "pure delay", "fixed capacity"
BOUNDS: Mapping[str, float | None] = {PURE_DELAY: 0.0, FIXED_CAPACITY: 1.0}

WORDS: dict[str, tuple[str, str]] = {
    POSTERIOR: ("as calibrated", "按校准"),
    PURE_DELAY: ("pure delay", "纯延迟"),
    FIXED_CAPACITY: ("fixed capacity", "固定能力"),
    "response": ("answer to backlog", "积压的影响"),
    "city": ("whole city", "全市"),
    "requests": ("requests", "诉求"),
    "outcome": ("outcome", "指标"),
    "observed": ("file", "文件"),
    "base": ("as it is", "现状"),
    "changed": ("changed", "调整后"),
    "difference": ("difference", "差"),
    "interval": ("90 % interval", "90%区间"),
    "median_days": ("median days", "中位天数"),
    "within_7_days": ("within 7 days", "7日内办结"),
    "within_30_days": ("within 30 days", "30日内办结"),
    "open_at_end": ("open at the end", "期末未结"),
    "officers": ("officers", "人数"),
    "staff": ("staff", "人力"),
    "share": ("in time", "按时"),
    "draws_met": ("of draws", "达标的抽样"),
}
#: Sentences about a question and its answers.
SENTENCES: dict[str, tuple[str, str]] = {
    "stretch": (
        "{arriving:,} requests of {file} from {since} to {until}, {waiting:,} open at the start; {draws} "
        "draws of the posterior.",
        "{file}：{since}至{until}共{arriving:,}件诉求，期初未结{waiting:,}件；后验抽样{draws}次。",
    ),
    "another_file": (
        "This is not the file, or not the mapping, that the city was calibrated on.",
        "这不是校准时所用的文件或映射文件。",
    ),
    "more_staff": ("{after:g} officers for {present:g} in {team}.", "{team}：{present:g}人变为{after:g}人。"),
    "times_staff": ("{ratio:g} times the staff of {team}.", "{team}：人力为现在的{ratio:g}倍。"),
    "written": ("Written to {out}: {file}.", "已写入{out}：{file}。"),
    "answer": (
        "Answer ({response}): of the whole city's requests {base} → {changed} % are closed within 30 days, "
        "difference {interval} percentage points in nine of ten draws.",
        "答案（{response}）：全市诉求30日内办结{base} → {changed}%，九成抽样的差为{interval}个百分点。",
    ),
    "aim": (
        "{share:g} % of the requests of {team} closed within {days:g} days",
        "{team}的诉求有{share:g}%在{days:g}日内办结",
    ),
    "no_difference_met": (
        "{response}: staff makes no difference; {seen:.1f} % are closed in time whatever it is, and the "
        "target ({aim}) is met.",
        "{response}：人力没有影响，按时办结{seen:.1f}%，目标（{aim}）已达到。",
    ),
    "no_difference": (
        "{response}: staff makes no difference; {seen:.1f} % are closed in time whatever it is, and the "
        "target ({aim}) is not met.",
        "{response}：人力没有影响，按时办结{seen:.1f}%，目标（{aim}）未达到。",
    ),
    "none_meets": (
        "{response}: no staff up to {most} meets the target ({aim}).",
        "{response}：最多到{most}仍达不到目标（{aim}）。",
    ),
    "smallest": ("{response}: {count} for {aim}.", "{response}：{aim}，需要{count}。"),
    "officers_now": ("{count} officers (now {present})", "{count}人（现有{present}人）"),
    "times_now": ("{ratio:g} times the present staff", "现有人力的{ratio:g}倍"),
}
_DATA = (
    "data: requests of the file; calibrated: pace of closing, hours, weekly noise",
    "数据：文件中的诉求；校准：办结速度、工作时段、每周波动",
)
_ANSWER = (", answer to backlog", "、对积压的反应")
_ASSUMED = ("assumed: ", "假设：")
_GAMMA_0 = ("closing does not answer to the backlog (gamma 0)", "办结不随积压变化（gamma 0）")
_GAMMA_1 = ("a team closes as much whatever waits (gamma 1)", "无论积压多少，办结量不变（gamma 1）")
_STAFF = ("new officers work like the present ones", "新增人员与现有人员效率相同")
_MERGE = (
    "a merged team keeps its officers and hours and shares all requests",
    "合并后人员与工时不变，诉求共同承担",
)
_PRIORITY = (
    "what is put first is taken from the same team's time, as far as closing answers to backlog",
    "优先办理占用同一队伍的时间，程度取决于办结对积压的反应",
)
_JOINT = (
    "organisations as the mapping says, their parts side by side from half of {days:g} working days on",
    "所需单位数取自映射文件；{days:g}个工作日的一半之后各单位并行办理",
)
_NOT_TOLD = (
    "The file does not tell how closing answers to a backlog (gamma: not identified).",
    "文件无法说明办结如何随积压变化（gamma：未能识别）。",
)
_ENDS = (
    "Both ends are shown: with pure delay no staff makes anything faster, with fixed capacity all of it goes "
    "into closing. The truth lies between them.",
    "下面给出两端：纯延迟时增加人员不会加快任何办结，固定能力时人员全部用于办结。实际情况介于两者之间。",
)
_PRIOR = ("What is shown rests on its prior.", "所示结果取决于其先验。")
_KNOWN = (
    "The answer of closing to a backlog (gamma) is known from the file; the intervals hold its spread.",
    "办结对积压的反应（gamma）由文件得出，区间已包含其不确定性。",
)
_LIKE_BACKLOG = (
    "That more staff acts as a smaller backlog would is assumed: no file of requests shows it. If hands are "
    "what is short, fixed capacity holds: all that they add goes into closing.",
    "增加人手的作用等同于减少积压，这一点是假定：任何诉求文件都无法说明。若缺的正是人手，则适用固定能力："
    "增加的人手全部用于办结。",
)
_STATED = (
    "The answer of closing to a backlog (gamma) is as you stated, not as calibrated.",
    "办结对积压的反应（gamma）是您给定的，不是校准所得。",
)


def word(key: str, language: str) -> str:
    """Return a word of a table; a name that is none stays as it is."""
    return _in(WORDS[key], language) if key in WORDS else key


def sentence(key: str, language: str, **values: object) -> str:
    """Return a sentence with its values."""
    return _in(SENTENCES[key], language).format(**values)


def _in(text: tuple[str, str], language: str) -> str:
    return text[1 if language == "zh" else 0]


def basis_of(changes: Changes, gamma: float | None, language: str = "en") -> str:
    """Return what of a row is data and what is assumed, in words."""
    data = _in(_DATA, language) + (_in(_ANSWER, language) if gamma is None else "")
    assumed = []
    if gamma is not None:
        assumed.append({0.0: _GAMMA_0, 1.0: _GAMMA_1}.get(gamma, (f"gamma {gamma:g}", f"gamma {gamma:g}")))
    for given, text in (
        (changes.staff, _STAFF),
        (changes.merge, _MERGE),
        (changes.priority, _PRIORITY),
        (changes.joint, _JOINT),
    ):
        if given:
            assumed.append(text)
    comma, semicolon = ("，", "；") if language == "zh" else (", ", "; ")
    told = comma.join(_in(text, language).format(days=changes.interval_days) for text in assumed)
    whole = semicolon.join([data, _in(_ASSUMED, language) + told]) if told else data
    return whole + ("。" if language == "zh" else ".")


def sentence_of(
    identified: bool, asked: Mapping[str, float | None], language: str = "en", staff: bool = True
) -> str:
    """Return what to know of the answer to a backlog before a table is read; `staff`: where it changes."""
    told = [] if identified else [_NOT_TOLD]
    if set(asked) == set(BOUNDS):
        told.append(_ENDS)
    elif None in asked.values():
        told.append(_KNOWN if identified else _PRIOR)
    else:
        told.append(_STATED)
    if staff and set(asked) != set(BOUNDS):
        told.append(_LIKE_BACKLOG)
    return ("" if language == "zh" else " ").join(_in(text, language) for text in told)
