"""Who solves, and when: the cumulative incidence of a true solution, stacked, one panel per scenario."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from analysis.estimates.incidence import INCIDENCE_AT
from analysis.figures import words
from analysis.figures.curves import SEGMENTS
from analysis.figures.page.legends import add_legend
from analysis.figures.page.paper import columns_for, lowest
from analysis.figures.page.style import (
    Provenance,
    footer,
    new_figure,
    panel_title,
    scenario_titles,
    styled,
    wrapped,
)
from analysis.inputs.ledger import Floats
from analysis.metrics import SOLVERS
from analysis.summaries.run_summary import RunSummary

_EDGE = "#222222"


def incidence_figure(
    summaries: Mapping[str, Sequence[RunSummary]], language: str = "en", provenance: Provenance | None = None
) -> Figure:
    """Draw the mean over replications of each solver's incidence; the upper edge is the share solved."""
    with styled(language) as shown:
        titles = scenario_titles(summaries, shown)
        columns = columns_for(len(summaries))
        down = -(-len(summaries) // columns)
        figure, body = new_figure(1.3 + 2.2 * down)
        panels = body.subplots(down, columns, squeeze=False, sharex=True, sharey=True)
        present: set[str] = set()
        for number, (axes, (name, items)) in enumerate(zip(panels.ravel(), summaries.items(), strict=False)):
            present |= _stack(axes, items)
            panel_title(axes, "abcdefghijkl"[number], titles[name], columns)
        panels[0, 0].set(xlim=(0, INCIDENCE_AT[-1]))
        panels[0, 0].set_ylim(bottom=0)
        panels[0, 0].set_xticks(np.arange(0, INCIDENCE_AT[-1] + 1, 30))
        for axes in panels[:, 0]:
            axes.set_ylabel(wrapped(words.word("incidence_y", shown), 24))
        for axes in lowest(panels.ravel(), len(summaries), columns):
            axes.set_xlabel(words.word("curves_x", shown))
        handles = [
            Patch(fc=_look(name)[0], hatch=_look(name)[1], ec=_EDGE, lw=0.5, label=words.solver(name, shown))
            for name in SOLVERS
            if name in present
        ]
        add_legend(body, handles, columns=3, room=0.6, handlelength=1.8)
        note = words.mean_of(max(len(items) for items in summaries.values()), shown)
        footer(figure, note, provenance.footer(shown) if provenance else "")
    return figure


def _look(solver: str) -> tuple[str, str]:
    return SEGMENTS[f"solved_{solver}"]


def _stack(axes: Axes, items: Sequence[RunSummary]) -> set[str]:
    """Draw one scenario's areas from the first solver up; returns the solvers drawn."""
    base = np.zeros(len(INCIDENCE_AT))
    drawn = set()
    for name in SOLVERS:
        curve = _mean(items, name)
        if not np.nanmax(curve, initial=0.0) > 0:
            continue
        colour, hatch = _look(name)
        axes.fill_between(
            INCIDENCE_AT, base, base + curve, facecolor=colour, hatch=hatch, edgecolor=_EDGE, lw=0.4
        )
        base = base + curve
        drawn.add(name)
    axes.grid(axis="y", color="#DDDDDD", lw=0.5)
    return drawn


def _mean(items: Sequence[RunSummary], solver: str) -> Floats:
    """Mean over replications; one in which a solver solved nothing counts as zero."""
    none = np.zeros(len(INCIDENCE_AT))
    return np.asarray(np.mean([item.curves.get(f"incidence_{solver}", none) for item in items], axis=0))
