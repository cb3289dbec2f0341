"""What each command does, in Chinese, and what is found by a Chinese word, in names as in sentences."""

from analysis.findings.parameter_names_zh import names_zh

HEAD = "cogov 命令 [键=值 ...]"
FOOT = (
    "cogov 命令 --help 说明详情并举例。cogov --version 显示版本。\n"
    "显示和绘制的文字随系统语言；language=en或language=zh可改。\n"
    "cogov explain 人员 按中文词查找参数与命令。"
)

SUMMARIES = {
    "import": "读入热线或311导出文件，判断各列含义，说明文件中有什么。",
    "run": "模拟一个情景，写出发生的一切。",
    "compare": "在相同的诉求、人群与随机数下模拟几个情景，逐件比较。",
    "sweep": "让参数在若干取值或区间上变动，比较各处结果。",
    "staffing": "求达到办理时限目标所需的最少人员编制。",
    "backtest": "用截至某日的已知情况预测办结时间，并与实际对照。",
    "sensitivity": "分析结果最依赖哪些参数假设。",
    "attribute": "把两个情景之差归因到各项机制。",
    "discover": "找出某一情景在哪些假设下更差。",
    "calibrate": "由城市自己的诉求文件估计各队如何办结。",
    "what-if": "在自己的城市里增减人员、合并队伍、改变优先次序会怎样。",
    "province": "同时模拟多个县，看规模与用时。",
    "validate": "把模拟结果与已发表的数字逐行对照。",
    "report": "由已有结果写出报告，可打印成PDF。",
    "store": "查看、整理保存运行的运行库。",
    "reproduce": "重跑已发布的实验并与其结果核对。",
    "dashboard": "打开网页：移动滑块，立即看到带区间的结果。",
    "explain": "说明情景改变了什么、参数是什么意思、有哪些情景。",
    "completion": "为命令行外壳生成按Tab补全的脚本。",
}


def overview(commands: tuple[str, ...]) -> str:
    """Return what `cogov --help` shows in Chinese."""
    lines = [HEAD, "", *(f"  {name:<12}{SUMMARIES[name]}" for name in commands), "", FOOT]
    return "\n".join(lines)


def found(word: str) -> str:
    """Return the commands and parameters that a Chinese word names, a line each; empty if there are none."""
    from analysis.findings.parameter_texts import notes_zh, sentences_zh

    named = {key: said for key, said in names_zh().items() if word in said}
    texts = {key: said + notes_zh().get(key, "") for key, said in sentences_zh().items()}
    told = {key: names_zh()[key] for key, said in texts.items() if word in said and key not in named}
    blocks = {
        "命令": [f"cogov {name}  {said}" for name, said in SUMMARIES.items() if word in said],
        "参数": [f"{key}  {said}" for key, said in named.items()],
        "说明中提到的参数": [f"{key}  {said}" for key, said in told.items()],
    }
    shown = ["\n  ".join((head, *lines)) for head, lines in blocks.items() if lines]
    return "\n\n".join([*shown, "cogov explain KEY 说明一个参数。"]) if shown else ""
