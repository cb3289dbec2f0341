"""What a team buys: the share answered in time against its size, year by year, and how busy it is."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from analysis.figures import words
from analysis.figures.page.legends import add_legend
from analysis.figures.page.style import Provenance, footer, new_figure, panel_title, styled

_COLUMNS = 2
#: Columns of the utilisation of a kind of staff: marker and colour.
_KINDS = {
    "utilisation_community_worker": ("v", "#D55E00"),
    "utilisation_grid_worker": ("D", "#CC79A7"),
    "utilisation_embedded": ("P", "#000000"),
}


def staffing_figure(
    table: pd.DataFrame,
    share: float,
    confidence: float,
    language: str = "en",
    provenance: Provenance | None = None,
) -> Figure:
    """Draw the share answered in time, the years that meet the target, and utilisation over the team's size.

    Parameters
    ----------
    table
        Columns counts, years, share, share_low, share_high, years_met, years_met_low, years_met_high,
        utilisation, cost, and where there are several kinds of staff the utilisation of each; a row a team.
        Teams of one kind are placed by their number; mixes by their cost, and only those drawn in full with
        which no cheaper one answers as much in time.
    share, confidence
        The target, drawn as lines.
    """
    tried = table[table["years"] > 1].sort_values("cost")
    mixes = tried["counts"].astype(str).str.contains("+", regex=False).any()
    rows = frontier(tried) if mixes else tried
    with styled(language) as shown:
        figure, body = new_figure(3.0, footer_lines=2)
        left, right = body.subplots(1, _COLUMNS)
        x = rows["cost"].to_numpy(float)
        reach = np.abs(rows[["share_low", "share_high"]].to_numpy(float).T - rows["share"].to_numpy(float))
        left.errorbar(x, rows["share"], yerr=reach, fmt="o-", ms=3.5, lw=1.0, capsize=2, color="#0072B2")
        if mixes:
            left.plot(tried["cost"], tried["share"], "o", ms=2.5, color="#999999", mew=0, zorder=1)
        left.axhline(share, color="black", lw=0.8, ls="--")
        left.set_ylabel(words.word("staffing_share", shown))
        met = rows["years_met"].to_numpy(float)
        reach = np.abs(rows[["years_met_low", "years_met_high"]].to_numpy(float).T - met)
        label = words.word("staffing_years", shown)
        right.errorbar(x, met, yerr=reach, fmt="s-", ms=3.5, lw=1.0, capsize=2, color="#009E73", label=label)
        busy = rows["utilisation"].clip(upper=1.5)
        right.plot(x, busy, "^:", ms=3.5, lw=1.0, color="#D55E00", label=words.word("staffing_busy", shown))
        kinds = [name for name in _KINDS if name in rows and rows[name].notna().any()]
        for name in kinds if len(kinds) > 1 else ():
            marker, colour = _KINDS[name]
            share_busy = rows[name].clip(upper=1.5)
            label = words.word(name.replace("utilisation", "staffing"), shown)
            right.plot(x, share_busy, marker, ms=2.5, lw=0, mfc="none", color=colour, label=label)
        right.axhline(confidence, color="black", lw=0.8, ls="--")
        right.set_ylim(-0.03, 1.55 if (busy > 1.05).any() else 1.08)
        add_legend(body, *right.get_legend_handles_labels(), right=True, handletextpad=0.3)
        for letter, axes in zip("ab", (left, right), strict=True):
            axes.set_xlabel(words.word("staffing_x_mix" if mixes else "staffing_x", shown))
            panel_title(axes, letter, words.word(f"staffing_title_{letter}", shown), _COLUMNS)
        note = words.word("staffing_note", shown).format(100 * share, 100 * confidence)
        if mixes:
            note += words.word("staffing_mixes", shown)
        footer(figure, note, provenance.footer(shown) if provenance else "")
    return figure


def frontier(teams: pd.DataFrame) -> pd.DataFrame:
    """Return the mixes that answer more in time than every cheaper one, by cost."""
    order = teams.sort_values(["cost", "share"], ascending=[True, False])
    best = order["share"].cummax().shift(fill_value=float("-inf"))
    return order[order["share"] > best]
