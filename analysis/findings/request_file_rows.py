"""What became of the rows of a request file, and what to know before believing its numbers, in two languages.

English is what `sim.request_file` says itself. Terminal, report and page tell it from here.
"""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from sim.request_file.notes import Note

if TYPE_CHECKING:
    from sim.request_file.loading import RequestStream

NOTES_ZH: dict[str, str] = {
    "above_header": "表头之上有{rows}行，未读取",
    "sheet_chosen": "有{sheets}张工作表有内容，读取行数最多的一张，即其中第{number}张",
    "encoding_doubtful": "按映射所写的{stated}读取，文字显得异常；{better}更为吻合",
    "lost_characters": "文件写成之前已有{count}个字符丢失，现为替换符",
    "wrong_fields": "有{rows}行的单元格数与表头不符，已剔除：第{numbers}行",
    "order_decided": "{column}：有{rows}行按{kept}与{other}均可读出而结果不同；"
    "其余行只符合{kept}，故全文按此读取；仅符合{other}的{few}行不读取",
    "order_suspect": "有{rows}个受理时间不符合time_format，但符合{other}",
    "unparsable": "{total}个受理时间中有{rows}个不符合任何格式",
    "unparsable_fits": "{total}个受理时间中有{rows}个不符合任何格式；它们符合{other}",
    "closed_unread": "{rows}个办结时间不符合格式，均不读取",
    "closed_unread_fits": "{rows}个办结时间不符合格式，均不读取；它们符合{other}",
    "due_unread": "{rows}个应办结时限不符合格式，均不读取",
    "due_unread_fits": "{rows}个应办结时限不符合格式，均不读取；它们符合{other}",
    "due": "{total}个应办结时限中，{before}个早于受理，{null}个表示“无”，{unread}个无法识别：均按未设时限计",
    "short_year": "两位数年份按1969至2068年读取；所用各行为{first}至{last}年",
    "implausible": "有{rows}个受理时间不可信，已剔除：第{numbers}行",
    "gap": "自{first}起连续{days}天没有工单；较少的一侧有{rows}行：第{numbers}行。"
    "若不属于本文件，请写明period",
    "future": "有{rows}件工单的受理时间晚于今天：第{numbers}行",
    "no_time_of_day": "{total}件工单中有{rows}件没有钟点，均按零点计；若另一列写有钟点，请在映射中写"
    "opened: {{date: ..., time: ...}}",
    "closings": "{total}个办结时间中，{before}个早于受理，{future}个晚于今天，{null}个表示“无”，"
    "{unread}个无法识别：均按未办结计",
    "closed_rounded": "有{rows}个办结时间只写到受理当日或当分钟，按即时办结计",
    "empty_words": "有{rows}个单元格写的是表示“无”的词（见empty），按空白计：{columns}",
    "zone_missing": "{column}有{rows}个时间未注明时区，按{zone}当地时间计",
    "zone_unknown": "{column}有{rows}个时间注明的时区无法识别，不读取",
    "twice": "{column}有{rows}个时间落在{zone}因调钟而重复的一小时内",
    "never": "{column}有{rows}个时间落在{zone}因调钟而跳过的一小时内；time_zone是否正确？",
}


#: Why a row cannot be used, as `sim.request_file.row_checks` calls it.
_FAULTS: dict[str, str] = {
    "empty line": "空行",
    "wrong number of fields": "字段数与表头不符，或引号有误",
    "repeated header line": "重复的表头行",
    "total line": "合计行",
    "missing category": "类别为空",
    "missing time": "受理时间为空",
    "unparsable time": "受理时间无法识别",
    "implausible time": "受理时间不在1970至2099年，或表示“无”，或远离其余各行",
    "duplicate id": "编号与前面的行重复",
}


def note_text(one: Note, language: str) -> str:
    """Return a note in a language."""
    if language == "en":
        return str(one)
    # Where rows are listed, the first few are named and the others counted.
    return re.sub(r" and ([\d,]+) more", r"，另有\1行", one.said(NOTES_ZH))


def fault_word(reason: str, language: str) -> str:
    """Return why a row cannot be used."""
    return _FAULTS.get(reason, reason) if language == "zh" else reason


def reason_text(reason: str, why: str, language: str) -> str:
    """Return what became of some rows of a request file, with the explanation that the account gives."""
    if language == "en":
        return f"{reason}: {why}" if why else reason
    kind, _, fault = reason.partition(": ")
    if kind == "unusable":
        return f"无法使用：{_FAULTS.get(fault, fault)}"
    if kind == "excluded":
        return f"已排除：{'不在规定时段内' if fault == 'outside the period' else fault}"
    text = "已使用"
    if found := re.search(r"([\d,]+) of them fall under no rule", why):
        text += f"；其中{found[1]}行无对应规则，取默认值"
    if found := re.search(r"no row fits the rules for (.+)$", why):
        text += f"；没有行符合这些规则：{found[1]}"
    return text


def account_text(stream: "RequestStream", language: str) -> str:
    """Return what to know and where every row went as lines of text, the total last."""
    from sim.request_file import loading

    if language == "en":
        return loading.account_text(stream)
    notes = [f"注意：{note_text(one, language)}" for one in stream.notes]
    lines = [
        f"{rows:>9,}  {reason_text(reason, why, language)}{_rule(reason, why)}"
        for reason, rows, why in loading.account(stream)
    ]
    total = sum(stream.counts.values())
    return "\n".join([*notes, *lines, f"{total:>9,}  {Path(stream.file).name}的总行数"])


def _rule(reason: str, why: str) -> str:
    """Return by which column, and which of its values, the mapping leaves rows out."""
    column, _, values = why.partition(" is ")
    by_rule = reason.startswith("excluded: ") and reason != "excluded: outside the period"
    return f"（{column}为{values.replace(' or ', '或')}）" if by_rule else ""
