"""The words of the third arm, in English and Chinese; what is said of the result is the report's."""

from experiments.dashboard.words.page_words import LANGUAGES

_WORDS: dict[str, tuple[str, str]] = {
    # key: (English, Chinese)
    "chooser": ("Third arm", "第三方案"),
    "none": ("(two arms)", "（仅两种方案）"),
    "equal": ("B with equal acceptance", "乙（受理意愿相同）"),
    "equal_title": ("{}, no convener's effect", "{}（召集人无作用）"),
    "about": (
        "With equal acceptance a convener makes no unit more willing: what then sets C apart from A is "
        "process alone, and what sets B apart from C is that willingness, which is assumed.",
        "受理意愿相同，指召集人不使单位更愿受理：丙与甲之差纯属流程所致，乙与丙之差则来自这一假定的意愿。",
    ),
    "start": ("Run the third arm", "运行第三方案"),
    "cancel": ("Cancel", "取消"),
    "starting": ("Starting …", "正在启动……"),
    "running": ("{} of {} runs", "已完成 {} / {} 次运行"),
    "done": ("New runs: {}.", "新运行{}次。"),
    "kept": ("All runs were kept: nothing was run anew.", "所有运行均已保存，未重新运行。"),
    "cancelled": ("Cancelled.", "已取消。"),
    "old": (
        "Something was changed since: these are the old numbers. Press the button for the new ones.",
        "此后设置已改动：所示为旧数字。请按按钮重新运行。",
    ),
    "title": ("Three arms", "三种方案"),
    "files": ("Figures and table of the three arms", "三种方案的图与表"),
    "files_note": (
        "Made from the runs on the page; each file says which version and configuration it comes from.",
        "取自页面上已模拟的运行；每个文件都注明版本与配置。",
    ),
    "files_left": (
        "The report of three arms, and figures by group, are made by the command above.",
        "三种方案的报告与分群体的图由上面的命令生成。",
    ),
    "files_not_yet": (
        "Files can be saved once the numbers are those of the choice.",
        "数字与当前选择一致后才能保存文件。",
    ),
    "files_table": ("Table of the three arms", "三种方案的指标表"),
    "command": ("The command with these numbers:", "得出这些数字的命令："),
}


def third_word(key: str, language: str) -> str:
    """Return a piece of text."""
    return _WORDS[key][LANGUAGES.index(language)]
