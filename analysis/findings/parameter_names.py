"""What a parameter is called: in the report, in the terminal, on axes and beside the sliders of the page.

The Chinese names are in `parameter_names_zh`. English ones are here where a short name is needed; all others
are what the schema's sentence begins with. Of the same parameters there is a Chinese sentence, the pair of
the schema's English one.
"""

import functools
import re

from analysis.findings.parameter_names_zh import names_zh, units_zh
from sim.parameters.scenario import parameters_by_key

#: Units that the words say already: a share of something, a probability that something happens.
_SAID = ("share", "probability", "correlation")

_SHORT = """
staff.per_10k | Community staff
staff.case_share | Time left for cases
roster.absence | Absence
staff.embedded | Embedded cadres
patrol.hours_per_week | Patrol
paperwork.base_share | Paperwork with one platform
platform.enabled | Platform for residents
adoption.initial_registered | Registered at the start
intake.merge_probability | Duplicates merged
reporting.published_status | Status published
paperwork.platforms | Platforms to feed
paperwork.integration | Integration
mutual_aid.enabled | Mutual aid
routing.authority_table | Authority table
joint_session.enabled | Joint sessions
joint_session.capacity | Session capacity
joint_session.on_call | Convening on call
referral.convener_effect | Effect of the convener
referral.accept_probability | Acceptance of a letter
plural.enabled | Plural support
deliberation.enabled | Councils of residents
closing.enabled | Closing on paper possible
community.residents | Residents
demand.rate | Needs
horizon_days | Days counted
"""

_SENTENCES_ZH = """
staff.per_10k | 每万名居民配备的社区工作人员。
staff.case_share | 扣除填报后，用于办件的时间比例。
roster.absence | 请假、培训、专项行动占工作日的比例。
staff.embedded | 每个社区平均的上级下沉干部人数；为0时不起作用。
patrol.hours_per_week | 每名网格员每周巡查小时数，从办件时间中支出。
paperwork.base_share | 只有一个平台时，填报占用的工作时间比例。
platform.enabled | 居民可注册并在应用中反映。
adoption.initial_registered | 期初已注册者占有能力使用者的比例。
intake.merge_probability | 同一问题再次反映时被识别并合并的概率。
reporting.published_status | 向所有用户公开反映与办理进度。
paperwork.platforms | 工作人员须填报的平台数量。
paperwork.integration | 数据共享所免除的、其余平台填报负担的比例。
mutual_aid.enabled | 邻居可承接适合的小诉求。
routing.authority_table | 按权责清单派单，减少派错。
joint_session.enabled | 多个单位每周坐到一起处理复杂诉求。
joint_session.capacity | 一次联席会商每周可处理的件数。
joint_session.on_call | 不等每周会商，随时召集一件诉求所涉单位，限时到场。
referral.convener_effect | 召集人邀请时，单位接受意愿（对数优势）的提高；为0时不起作用。
referral.accept_probability | 基准负荷下单位接受转办函的概率。
plural.enabled | 物业、业委会、社会组织与企业可承接合适的个案。
deliberation.enabled | 定期召开居民议事会。
closing.enabled | 负荷过高时，工作人员与单位可能仅在纸面上办结。
community.residents | 一个社区的居民人数。
demand.rate | 每名居民每年遇到的问题数，无论是否反映。
horizon_days | 计入结果的天数。
"""


@functools.cache
def short_names() -> dict[str, str]:
    """Return the short English names by dotted key, of the parameters that have one."""
    return _table(_SHORT)


@functools.cache
def sentences_zh() -> dict[str, str]:
    """Return in a Chinese sentence what a parameter means, of the parameters that have a short name."""
    return _table(_SENTENCES_ZH)


def parameter_name(key: str, language: str = "en") -> str:
    """Return what a parameter is called in words; a name that is none of a parameter stays."""
    row = parameters_by_key().get(key)
    if row is None:
        return key
    # What follows explains; the name is what comes before.
    began = re.split(r"[;:(]|, ", row.text)[0].strip().rstrip(".")
    return names_zh()[key] if language == "zh" else short_names().get(key, began)


def name_and_unit(key: str, language: str = "en") -> str:
    """Return a parameter in words with its unit in brackets, where the words do not say it already."""
    row, words = parameters_by_key().get(key), parameter_name(key, language)
    if row is None or not row.unit or parameter_name(key).lower().startswith(_SAID):
        return words
    return f"{words}（{units_zh().get(row.unit, row.unit)}）" if language == "zh" else f"{words} ({row.unit})"


def _table(text: str) -> dict[str, str]:
    rows = (line.partition(" | ") for line in text.strip().splitlines())
    return {key: said for key, _, said in rows}
