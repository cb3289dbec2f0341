"""What every single decision moves: a row a decision, a panel a measure, a mark a scenario."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from analysis.figures import words
from analysis.figures.page.legends import add_legend
from analysis.figures.page.style import Provenance, footer, looks, new_figure, panel_title, styled
from analysis.metrics import metric


def decisions_figure(
    table: pd.DataFrame,
    spec: Mapping[str, Any],
    language: str = "en",
    provenance: Provenance | None = None,
) -> Figure:
    """Draw the paired differences of arms called SCENARIO.DECISION from their scenario.

    Parameters
    ----------
    table
        A published table in long form.
    spec
        `metrics`: a panel each. `labels`: the scenarios that are drawn, with their names.
    """
    scenarios = list(spec["labels"])
    apart = table["arm"].str.split(".", n=1, expand=True)
    rows = table.assign(scenario=apart[0], decision=apart[1]).dropna(subset=["decision"])
    rows = rows[rows["scenario"].isin(scenarios)]
    decisions = list(dict.fromkeys(rows["decision"]))
    appearance = looks(scenarios)
    with styled(language) as shown:
        figure, body = new_figure(1.3 + 0.19 * len(decisions))
        panels = body.subplots(1, len(spec["metrics"]), sharey=True, squeeze=False)[0]
        for number, (axes, name) in enumerate(zip(panels, spec["metrics"], strict=True)):
            for place, scenario in enumerate(scenarios):
                part = rows[(rows["metric"] == name) & (rows["scenario"] == scenario)]
                _marks(axes, part.set_index("decision"), decisions, place, appearance[scenario])
            panel_title(axes, "abcdefgh"[number], metric(name).label(shown), len(panels))
            unit = metric(name).unit
            axes.set_xlabel(words.word(f"forest_unit_{unit}", shown))
            axes.axvline(0.0, color="#555555", lw=0.8, zorder=1)
            axes.grid(axis="x", color="#E5E5E5", lw=0.5)
            axes.tick_params(axis="y", length=0)
        panels[0].set_yticks(
            [-line for line in range(len(decisions))], [name.replace("_", " ") for name in decisions]
        )
        panels[0].set_ylim(-len(decisions) + 0.4, 0.6)
        handles = [
            Line2D(
                [],
                [],
                color=appearance[name].colour,
                marker=appearance[name].marker,
                ms=4,
                lw=1.2,
                label=spec["labels"][name][shown],
            )
            for name in scenarios
        ]
        add_legend(body, handles)
        footer(figure, words.word("forest_note", shown), provenance.footer(shown) if provenance else "")
    return figure


def _marks(axes: Axes, rows: pd.DataFrame, decisions: list[str], place: int, look: Any) -> None:
    for line, name in enumerate(decisions):
        if name not in rows.index:
            continue
        row = rows.loc[name]
        scale = 100.0 if row["unit"] == "share" else 1.0
        low, high = row["difference_low"] * scale, row["difference_high"] * scale
        height = 0.15 - 0.3 * place - line
        axes.plot([low, high], [height, height], color=look.colour, lw=1.2, zorder=2)
        axes.plot(
            row["difference"] * scale,
            height,
            look.marker,
            ms=3.5,
            mec=look.colour,
            mew=0.9,
            mfc=look.colour if low > 0 or high < 0 else "white",
            zorder=3,
        )
