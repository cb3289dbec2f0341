"""The curve of a service target: the share of reports in time against the team, with the target as a line."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from analysis.figures.staffing import frontier
from analysis.statistics.intervals import Interval
from experiments.dashboard.panels.charts import COLOURS, SYMBOLS, lines, option
from experiments.dashboard.words.target_words import target_word
from experiments.dashboard.work.team_years import Answer
from experiments.staffing.sentences import named


def target_chart(
    answers: Sequence[Answer], sides: Sequence[int], titles: Sequence[str], language: str
) -> dict[str, Any]:
    """Return the option of the figure.

    Lines are means of the years, bands hold nine years of ten, a pin marks the answer. Mixes are placed by
    their cost, those alone with which no cheaper one answers as much in time.
    """
    mixed = any(len(answer.search.question.teams) > 1 for answer in answers)
    kind = "_mix" if mixed else ""
    series: list[dict[str, Any]] = []
    reach = 1.0
    for answer, side, title in zip(answers, sides, titles, strict=True):
        rows = answer.table[answer.table["years"] > 1].sort_values("cost")
        rows = rows[rows["share"].notna()]
        rows = frontier(rows) if mixed else rows
        x = rows["cost"].to_numpy(float)
        reach = max(reach, float(x.max(initial=0.0)))
        share = Interval(
            *(100.0 * rows[name].to_numpy(float) for name in ("share", "share_low", "share_high"))
        )
        mine = lines(title, side, x, share, banded=True)
        mine[0] |= {"symbol": SYMBOLS[side], "symbolSize": 6}
        if answer.counts is not None:
            found = answer.table[answer.table["counts"] == named(answer.counts)].iloc[0]
            at = [float(found["cost"]), round(100.0 * float(found["share"]), 2)]
            mine[0]["markPoint"] = {
                "symbol": "pin",
                "symbolSize": 42,
                "silent": True,
                "itemStyle": {"color": COLOURS[side]},
                "label": {"formatter": f"{found['cost']:g}", "color": "#fff", "fontSize": 11},
                "data": [{"coord": at}],
            }
        series += mine
    target = 100.0 * answers[0].search.question.target.share
    series[0]["markLine"] = {
        "silent": True,
        "symbol": "none",
        "lineStyle": {"color": "#222", "type": "dashed", "width": 1},
        "label": {"formatter": target_word("chart_target", language), "position": "insideStartTop"},
        "data": [{"yAxis": target}],
    }
    tips = [*titles, *[""] * (2 - len(titles)), target_word(f"chart_tip{kind}", language)]
    return option(
        target_word(f"chart_title{kind}", language),
        series,
        {"name": target_word(f"chart_axis{kind}", language), "min": 0, "max": int(np.ceil(reach)) + 1},
        {"min": 0, "max": 100},
        tips,
    )
