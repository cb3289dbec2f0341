"""Published experiments in Chinese: the question that each asks, and how its table is to be read."""

import functools

from experiments.published.command_entry import CommandEntry
from experiments.published.entry import Entry, entry_names, load_entry

_TEXTS = """
attribution | 默认两个情景的平均解决时间之差，每项机制各占多少？ | 负数：更快。一项机制的值，是按各种加入次序求得的平均作用。
break_even | 召集人作用、会商容量和填报负担各为多少时，协同共治下诉求解决得更快？ | 负数：更快。填报起决定作用；只有填报还给工作人员留下可用的工时，召集人才有帮助。
burden_boundary | 填报占用多大时，工作会超过所剩工时？那里会发生什么？ | 只要还有余力，填报就花不了多少时间。利用率接近100%时，积压开始增长，人人都要等；人手越少，填报不多时就会到这一步。
claims | 关于数字化协同共治的各项主张，每项机制单独能印证哪几项？ | 与行政主导的服务之差，一次一项机制，最后几行是全部。
clamped | 工时与反映数保持相等时，两种治理方式之差有多少来自组织方式？ | 两者都固定的一格只剩组织方式；其他各格所增的，来自反映更多或工时更多。
decisions | 哪一类主体的哪一项决定，会改变时间或谁在参与？ | 与同一情景原样之差，一次改变一类主体的一项决定；结论见docs/who-decides.md。
discovery | 在哪些最要紧的假设下，协同共治解决一件诉求比行政主导的服务至少多用一天？ | 一个框是若干参数的一段范围。密度：其中有多常更差；覆盖：所有更差的情形有多少在其中。两者都按找到该框所用的点计算。
drowning_by_succeeding | 联席会商使疑难件重新活起来时，由此带来的工作会不会拖慢其他所有人？ | 请比较前两行：还有余力时，会商解决疑难件，谁也不多等；填报不留余力时，它们带回的件使容易的件比没有会商时等得更久。第三行加上会商本身的工时，它比带回的工作耗费更多。
equal_acceptance | 单位在会商中并不比收到函件时更愿意接受时，差异中有多少来自过程？ | 请把各情景互相比较：只有会商；没有召集人作用的协同共治；有假设的召集人作用的协同共治。
main_comparison | 每个参数都取默认值时，co_governance与administration_led相比改变了什么？ | 这是假设的一点，不是发现：召集人作用、会商规模、填报和接受都没有来源。
on_call | 工时相等时，件一备好就召集各单位，与每周开会一次，有没有差别？ | 与容量相同的每周会商之差：随时召集的，以及只用函件的。
regime_map | 队伍要多忙、单位要多慢，协同共治才更快？在哪里会有更多人参与？ | 深色：协同共治更好；浅色：更差；斜线：无法分辨。中位数按全部反映计；办理部分是办理环节对全部诉求之差的贡献，使反映更多不被当作办理更慢。
sensitivity | 默认两个情景之差，在平均解决时间、办理天数和谁在参与上，随哪些假设参数变动最大？变动多少？ | 一个参数在其区间内引起变动的平均大小；橙色：仅由偶然所致的部分。约需十分钟。
staffing_curve | 社区队伍增大时，七天内真实解决的反映占多大比例？再增一人增加多少？ | 反映的问题中，很多需要社区以上的单位，因此曲线在不到五分之三处变平。
two_by_two_by_two | 一个入口加数据共享、多元承接方、由伙伴运营，逐项及合在一起会改变什么？ | 与平台分立、仅工作人员、政府运营之差。多元支撑和伙伴带来自己的工时，因此各格的差别既在组织方式，也在资源多少。
"""  # noqa: E501 - an experiment stands in one line


@functools.cache
def texts() -> dict[str, tuple[str, str]]:
    """Return question and reading of each published experiment."""
    rows = (line.split(" | ") for line in _TEXTS.strip().splitlines())
    return {name: (question, reading) for name, question, reading in rows}


def told(entry: Entry | CommandEntry, language: str) -> tuple[str, str]:
    """Return question and reading of an experiment; one of a user's own has no other language."""
    own = " ".join(entry.question.split()), " ".join((entry.reading or "").split())
    if language == "en" or entry.name not in entry_names():
        return own
    published = load_entry(entry.name)
    as_published = (published.question, published.reading) == (entry.question, entry.reading)
    return texts()[entry.name] if as_published else own
