"""Figures for print and screen: picture and vector, readable without colour, English or Chinese.

``write_figures`` draws and saves the figures of a comparison, ``write_break_even`` the break-even surface;
the single functions return matplotlib figures that are not tied to pyplot.

Builds on `findings` and all below; `report` and nothing else in `analysis` may import it.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from analysis.figures import backend, words
from analysis.figures.break_even import break_even_figure
from analysis.figures.by_group import groups_figure
from analysis.figures.curves import answer_figure, main_figure
from analysis.figures.forecasts import durations_figure, weekly_figure
from analysis.figures.forest import forest_figure
from analysis.figures.incidence import incidence_figure
from analysis.figures.page.style import Provenance, save, scenario_titles
from analysis.figures.participation import participation_figure
from analysis.figures.published import published_figure, write_published
from analysis.figures.ranking import ranking_figure
from analysis.figures.scenario_discovery import boxes_figure
from analysis.figures.staffing import staffing_figure
from analysis.figures.validation import validation_figure
from analysis.figures.workload import workload_figure
from analysis.statistics.scenario_discovery import Box
from analysis.summaries.run_summary import RunSummary
from analysis.validation.verdict import Judgement

__all__ = [
    "Provenance",
    "answer_figure",
    "backend",
    "boxes_figure",
    "break_even_figure",
    "durations_figure",
    "forest_figure",
    "groups_figure",
    "incidence_figure",
    "main_figure",
    "participation_figure",
    "published_figure",
    "ranking_figure",
    "save",
    "staffing_figure",
    "validation_figure",
    "weekly_figure",
    "workload_figure",
    "write_boxes",
    "write_break_even",
    "write_figures",
    "write_published",
    "write_ranking",
    "write_staffing",
    "write_validation",
]

#: Figures that every comparison has.
_OF_CURVES = {"answer": answer_figure, "main": main_figure}


def write_figures(
    summaries: Mapping[str, Sequence[RunSummary]],
    comparison: pd.DataFrame,
    folder: Path | str,
    provenance: Provenance | None = None,
    language: str = "en",
    groups: pd.DataFrame | None = None,
) -> dict[str, Path]:
    """Draw and save the figures of a comparison as PNG and SVG.

    Parameters
    ----------
    groups
        What `analysis.comparison.by_group.by_group_table` returned.

    Returns
    -------
    dict
        Figure name (answer, main, incidence, differences, groups, participation, workload) to its PNG; the
        SVG is beside.
    """
    source = provenance or Provenance()
    titles = scenario_titles(summaries, language)
    drawn = {name: draw(summaries, language, source) for name, draw in _OF_CURVES.items()}
    if any(key.startswith("incidence_") for items in summaries.values() for key in items[0].curves):
        drawn["incidence"] = incidence_figure(summaries, language, source)
    if "metric" in comparison.columns and len(summaries) > 1:
        drawn["differences"] = forest_figure(comparison, titles, language=language, provenance=source)
    if groups is not None and (groups["group"] == "age").any():
        drawn["groups"] = groups_figure(groups, titles, language, source)
    if any("lorenz_reports" in item.curves for items in summaries.values() for item in items):
        drawn["participation"] = participation_figure(summaries, language, source)
    if any("week_open_cases" in item.curves for items in summaries.values() for item in items):
        drawn["workload"] = workload_figure(summaries, language, source)
    folder = Path(folder)
    return {name: save(figure, folder / name, source, title=name)["png"] for name, figure in drawn.items()}


def write_break_even(
    table: pd.DataFrame, folder: Path | str, provenance: Provenance | None = None, language: str = "en"
) -> Path:
    """Draw and save the break-even surface as PNG and SVG; returns the PNG."""
    source = provenance or Provenance()
    figure = break_even_figure(table, language, source)
    return save(figure, Path(folder) / "break_even", source, title="break-even surface")["png"]


def write_validation(
    outcomes: Sequence[Judgement],
    folder: Path | str,
    provenance: Provenance | None = None,
    language: str = "en",
) -> Path:
    """Draw and save the validation figure as PNG and SVG; returns the PNG."""
    source = provenance or Provenance()
    figure = validation_figure(outcomes, language, source)
    return save(figure, Path(folder) / "validation", source, title="validation")["png"]


def write_staffing(
    table: pd.DataFrame,
    share: float,
    confidence: float,
    folder: Path | str,
    provenance: Provenance | None = None,
    language: str = "en",
) -> Path:
    """Draw and save what each team buys as PNG and SVG; returns the PNG."""
    source = provenance or Provenance()
    figure = staffing_figure(table, share, confidence, language, source)
    return save(figure, Path(folder) / "staffing", source, title="staffing")["png"]


def write_ranking(
    table: pd.DataFrame,
    columns: Mapping[str, tuple[str, str]],
    label: str,
    folder: Path | str,
    name: str,
    provenance: Provenance | None = None,
    language: str = "en",
    chance: Mapping[str, str] | None = None,
    outcome: str = "",
) -> Path:
    """Draw and save factors ranked by what they do to an outcome as PNG and SVG; returns the PNG."""
    source = provenance or Provenance()
    note = words.word("ranking_note", language)
    figure = ranking_figure(table, columns, label, note, language, source, chance, outcome)
    return save(figure, Path(folder) / name, source, title=name)["png"]


def write_boxes(
    points: pd.DataFrame,
    found: Sequence[Box],
    arms: tuple[str, str],
    folder: Path | str,
    provenance: Provenance | None = None,
    language: str = "en",
) -> Path:
    """Draw and save the boxes of a discovery as PNG and SVG; returns the PNG."""
    source = provenance or Provenance()
    figure = boxes_figure(points, found, arms, language, source)
    return save(figure, Path(folder) / "discovery", source, title="discovery")["png"]
