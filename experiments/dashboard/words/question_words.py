"""What the page says to the questions its readers come with, in English and Chinese."""

from experiments.dashboard.words.page_words import LANGUAGES

_WORDS: dict[str, tuple[str, str]] = {
    # key: (English, Chinese)
    "title": ("Questions that the page answers", "本页可回答的问题"),
    "regime": ("Which regime, and when does it turn?", "哪种模式占先，何时反转？"),
    "regime_led": (
        "Of the {} measures above, by their colours, B leads in {} and A in {}; not told apart: {}.",
        "上方{}项指标，按颜色，乙侧{}项占先，甲侧{}项占先，{}项未能区分。",
    ),
    "regime_single": (
        "One pair has no intervals, so nothing is told apart.",
        "仅一对运行，没有区间，无法区分。",
    ),
    "regime_turn": (
        "Over all needs, B turns from sooner to later where paperwork takes between {:.0f} and {:.0f} % of "
        "staff time under B (published, break_even).",
        "就全部诉求而言，乙侧填报占工作时间的{:.0f}%至{:.0f}%之间时，由更快转为更慢"
        "（已发布的实验break_even）。",
    ),
    "regime_now": ("Here it takes {:.0f} %.", "此处为{:.0f}%。"),
    "regime_more": ("Where it turns with a parameter of yours:", "随您所选的参数在何处反转："),
    "people": ("How many people does it take?", "需要多少人手？"),
    "people_found": ("Smallest team for {}: {}.", "目标：{}。最少需要：{}。"),
    "people_side": ("{} {} persons (now {})", "{}侧{}人（现有{}人）"),
    "people_none": ("{} none of up to {} (now {})", "{}侧至{}人仍不够（现有{}人）"),
    "people_each": ("; persons in each of {} communities", "；以上为{}个社区中每个社区的人数"),
    "people_waiting": (
        "Smallest team for {}: searched once all pairs are there.",
        "目标：{}。最少需要多少人：全部配对完成后自动查找。",
    ),
    "people_searching": (
        "Smallest team for {}: being searched, {} years simulated so far.",
        "目标：{}。最少需要多少人：正在查找，已模拟{}年。",
    ),
    "people_late": (
        "Smallest team for {}: not found within a minute; the tab below can go on.",
        "目标：{}。最少需要多少人：一分钟内未得出，可在下面的页签继续查找。",
    ),
    "people_told": (
        "Staff hours a week and community: A {:.0f} ({:.0f} % charged to cases), B {:.0f} ({:.0f} %). "
        "Reports solved in 30 days: A {:.0f} %, B {:.0f} %.",
        "每社区每周工时：甲{:.0f}（{:.0f}%用于办件），乙{:.0f}（{:.0f}%）。30天内解决的反映：甲{:.0f}%，乙{:.0f}%。",
    ),
    "people_more": ("The smallest team for a target of yours:", "达到您的目标最少要多少人："),
    "method": ("How was it computed, and where is the data?", "如何算出，数据在哪里？"),
    "method_told": (
        "{} pairs of runs, each on one world with the same luck, seed {}, cogov {}; 95 % intervals of paired "
        "differences (Student). Command, scenario files, tables and figures:",
        "{}对运行，每对同一社区、同一随机数，种子{}，cogov {}；区间为成对差的95% Student区间。"
        "命令、情景文件、表格与图：",
    ),
}


def question_word(key: str, language: str) -> str:
    """Return a piece of text."""
    return _WORDS[key][LANGUAGES.index(language)]
