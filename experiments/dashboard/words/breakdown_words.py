"""The words of the break-down of a comparison, in English and Chinese; divisions are named by `analysis`."""

from experiments.dashboard.words.page_words import LANGUAGES

_WORDS: dict[str, tuple[str, str]] = {
    # key: (English, Chinese)
    "chooser": ("Break down by", "分组查看"),
    "none": ("(not broken down)", "（不分组）"),
    "title": ("By {}", "按{}"),
    "level": ("group", "分组"),
    "number": ("needs a run", "每次运行件数"),
    "missing": (
        "Nothing here is divided by {}: there is one, or there are too many.",
        "此处无法按{}分组：只有一个，或数目过多。",
    ),
    "note": (
        "A → B, below it B − A, paired, with its 95 % interval; groups with fewer than {:.0f} needs a run "
        "have none. With many groups some intervals exclude zero by chance.",
        "甲 → 乙，其下为乙 − 甲的成对差及95%区间；每次运行不足{:.0f}件的分组不列差值。"
        "群体一多，总有区间碰巧不含零。",
    ),
}


def breakdown_word(key: str, language: str) -> str:
    """Return a piece of text."""
    return _WORDS[key][LANGUAGES.index(language)]
