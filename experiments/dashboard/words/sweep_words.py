"""The words of the tab for sweeps, in English and Chinese; words for a difference are those of the report."""

from experiments.dashboard.words.page_words import LANGUAGES

_WORDS: dict[str, tuple[str, str]] = {
    # key: (English, Chinese)
    "about": (
        "Where does the difference between A and B turn, and which assumptions does it rest on? Runs are "
        "those of the command cogov sweep, both sides on the same needs and luck; the comparison goes on.",
        "甲乙之差在何处反转？取决于哪些假设？运行与命令cogov sweep相同，两侧的诉求与随机性相同，不影响对比。",
    ),
    "fields": ("Question", "问题"),
    "question": ("Ask", "问什么"),
    "question_values": ("one parameter over many values", "一个参数取多个值"),
    "question_ends": ("many parameters at both ends of their ranges", "多个参数各取范围两端"),
    "measure": ("Measure", "指标"),
    "low": ("From", "从"),
    "high": ("To", "到"),
    "values": ("Number of values", "取值个数"),
    "pairs": ("Pairs of runs a value", "每个取值的配对次数"),
    "search": ("Find a parameter (words, Chinese or English)", "查找参数（中英文均可）"),
    "parameters": ("Parameter", "参数"),
    "ticked": ("Parameters set to both ends", "取两端的参数"),
    "found": ("Parameters found: {}.", "找到{}个参数。"),
    "option": ("{} — {} to {}{}, default {}, {}", "{}：{}至{}{}，默认{}，{}"),
    "no_default": ("none", "无"),
    "option_unit": (" {}", "（{}）"),
    "now": ("Present value: {}.", "现值：{}。"),
    "now_two": ("Present values: {} under A, {} under B.", "现值：甲侧{}，乙侧{}。"),
    "now_apart": (
        "A and B differ in it ({} and {}); here both have each value.",
        "甲乙在此参数上不同（{}与{}）；此处两侧同取每个值。",
    ),
    "chosen": ("Chosen: {}.", "已选{}个。"),
    "start_values": ("Run the sweep ({} runs)", "运行（{}次）"),
    "start_ends": ("Run both ends ({} runs)", "运行两端（{}次）"),
    "start": ("Run", "运行"),
    "cancel": ("Cancel", "取消"),
    "starting": ("Starting …", "正在启动……"),
    "running": ("{} of {} runs", "已完成 {} / {} 次运行"),
    "nothing": (
        "Nothing was computed yet: press the button above. What is shown then stays until you ask anew.",
        "尚无计算结果：请按上面的按钮。结果会保留，直到重新运行。",
    ),
    "old": (
        "Something was changed since: these are the old numbers. Press the button for the new ones.",
        "此后设置已改动：所示为旧数字。请按按钮重新运行。",
    ),
    "searching": ("Being computed anew: these are the old numbers.", "正在重新计算：所示为旧数字。"),
    "cancelled": (
        "Cancelled. The runs so far are kept: the next start goes on from them.",
        "已取消。已完成的运行保留，下次从此接着算。",
    ),
    "done": ("New runs: {}.", "新运行{}次。"),
    "kept": ("All runs were known already.", "全部取自已有运行。"),
    # The sentence for one parameter.
    "turns": ("{}: the difference between A and B turns between {}.", "{}：甲乙之差在{}之间反转。"),
    "span": ("{} and {}", "{}与{}"),
    "and": (", and again between ", "之间、又在"),
    "no_turn": (
        "{}: the difference between A and B turns nowhere in this range.",
        "{}：甲乙之差在此范围内不反转。",
    ),
    "no_turn_shown": (
        "{}: no turn of the difference between A and B is shown.",
        "{}：未见甲乙之差反转。",
    ),
    "none_told": (
        "{}: at none of these values do the data tell A and B apart.",
        "{}：在这些取值上，数据均不足以区分甲乙。",
    ),
    "said": ("{}, B against A: {}.", "{}（乙侧相对甲侧）：{}。"),
    "up_to": ("{} up to {}", "至{1}为止{0}"),
    "from_on": ("{} from {} on", "自{1}起{0}"),
    "from_to": ("{} from {} to {}", "{1}至{2}{0}"),
    "at": ("{} at {}", "在{1}处{0}"),
    "everywhere": ("{} at all values, from {} to {}", "在全部取值（{1}至{2}）上{0}"),
    "not_told": ("the data do not tell", "数据不足以判断"),
    "semicolon": ("; ", "；"),
    "comma": (", ", "、"),
    # Sentences for many parameters.
    "now_is": (
        "With all parameters as they are, {}, B − A: {}.",
        "各参数取现值时，{}，乙 − 甲：{}。",
    ),
    "effect_turns_list": ("The sign turns with: {}.", "使正负反转的有：{}。"),
    "effect_turns_none": (
        "None of these parameters turns the sign of the difference.",
        "这些参数均不使差值正负反转。",
    ),
    "effect_one_end_list": ("A and B are told apart at one end only of: {}.", "仅在一端可区分甲乙的有：{}。"),
    "effect_size_list": ("The size of the difference changes with: {}.", "改变差值大小的有：{}。"),
    "effect_none_list": (
        "No change is shown for (its interval holds zero): {}.",
        "未见变化（变化量的区间含零）的有：{}。",
    ),
    "effect_unknown_list": ("Not known for: {}.", "尚不可知的有：{}。"),
    "effect_turns": ("turns the sign", "正负反转"),
    "effect_one_end": ("told apart at one end only", "仅一端可区分"),
    "effect_size": ("changes the size", "改变大小"),
    "effect_none": ("no change shown", "未见变化"),
    "effect_unknown": ("not known", "尚不可知"),
    # Tables and figures.
    "column_value": ("value", "取值"),
    "column_parameter": ("parameter", "参数"),
    "column_interval": ("95 % interval", "95%区间"),
    "column_difference": ("B − A", "乙 − 甲"),
    "column_says": ("B against A", "乙侧相对甲侧"),
    "column_low": ("low end", "下限"),
    "column_high": ("high end", "上限"),
    "column_change": ("change", "变化"),
    "column_effect": ("effect", "作用"),
    "table_values": ("The numbers of both figures", "两图的数字"),
    "table_ends": ("The numbers of the figure", "图中的数字"),
    "note": (
        "Each interval stands for itself: where nothing differs, one in twenty excludes zero by chance. "
        "Between two values nothing was run.",
        "每个区间各自独立：若无差别，平均每二十个中有一个碰巧不含零。两个取值之间没有运行。",
    ),
    "note_ends": (
        "One parameter at a time; together they may do more. The change is that from the low end to the high "
        "one, within each pair. Each interval stands for itself.",
        "每次只改一个参数，多个同时改动时影响可能更大。变化为各配对内由下限到上限的变化。每个区间各自独立。",
    ),
    "chart_difference": ("B − A, paired, with its 95 % interval", "乙 − 甲（成对）及95%区间"),
    "chart_ends": ("B − A at both ends of each range", "各参数取两端时的乙 − 甲"),
    "chart_now": ("now", "现值"),
    "chart_now_side": ("now {}", "现值{}"),
    "chart_low": ("at the low end", "取下限"),
    "chart_high": ("at the high end", "取上限"),
    "points": ("percentage points", "百分点"),
    "command_values": ("The command that gives the same numbers", "得到同样数字的命令"),
    "command_ends": ("The commands that give the same numbers", "得到同样数字的命令"),
    "files": ("Figure and table of this answer", "本答案的图与表"),
    "files_note": (
        "Made from the runs on the page; each file says which version and configuration it comes from.",
        "取自页面上的运行结果；每个文件都注明版本与配置。",
    ),
    "files_left": (
        "XLSX is for Excel, CSV for all else. No text in either becomes a formula.",
        "XLSX供Excel使用，CSV供其他程序使用；其中文字均不会成为公式。",
    ),
    "files_not_yet": ("Files can be saved once there is an answer.", "有答案后才能保存文件。"),
    "files_values": ("Measure and difference over the parameter", "指标与差值随参数的变化"),
    "files_ends": ("Difference at both ends of each range", "各参数取两端时的差值"),
    "files_table": ("Table of the numbers", "数字表"),
}


def sweep_word(key: str, language: str) -> str:
    """Return a piece of text."""
    return _WORDS[key][LANGUAGES.index(language)]
