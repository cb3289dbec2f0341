"""The sentences about results that the terminal shows, in English and Chinese."""

import functools

from experiments.system.language import language

_SENTENCES = {
    "one_replication": ("One replication: no intervals.", "仅一次重复：无区间。"),
    "replications": ("{title}, {number} replication{s}", "{title}，{number}次重复"),
    "written": ("Written to {out}", "已写入{out}"),
    "written_report": (
        "Written to {out} (report.html first, with all measures and all assumptions)",
        "已写入{out}（先看report.html，内有全部指标与假设）",
    ),
    "report": ("In Chinese, as PDF: {command}", "英文报告（PDF）：{command}"),
    "assumed": (
        "Assumed, not measured, and different between the scenarios, in their order:",
        "以下为假设而非实测，且各情景不同（按情景顺序）：",
    ),
    "plausible": (" (plausible {low:g} to {high:g})", "（合理区间{low:g}到{high:g}）"),
}


def tell(english: str, *facts: object) -> str:
    """Return a line of the terminal with its facts, in the language of this command line.

    Parameters
    ----------
    english
        The line in English, with a place in braces for each fact; `of_results.LINES` has its pair.
    """
    pattern = pairs()[english] if language() == "zh" else english
    return pattern.format(*facts)


@functools.cache
def pairs() -> dict[str, str]:
    """Return the catalogue: the lines of a terminal in English, and their pairs in Chinese."""
    from experiments.chinese.of_results import LINES

    rows = (line.partition("|") for line in LINES.strip("\n").split("\n"))
    return {english.replace("\\n", "\n"): chinese for english, _, chinese in rows}


def sentence(key: str, language: str, **facts: object) -> str:
    """Return a sentence with its facts."""
    return _SENTENCES[key][1 if language == "zh" else 0].format(**facts)
