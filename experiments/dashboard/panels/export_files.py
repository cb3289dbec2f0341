"""The comparison on the page as files: report and figures of `cogov compare`, and the table of measures.

Everything is made from what the page has computed; nothing is run again. What needs the whole records of
runs, which the page does not keep, is not among it: who solves what over time, and how concentrated taking
part is. Names of files are ours: a scenario's own name is in none.
"""

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.figures import (
    Provenance,
    answer_figure,
    forest_figure,
    groups_figure,
    main_figure,
    participation_figure,
    save,
    workload_figure,
)
from analysis.figures.page.style import scenario_titles
from analysis.findings.text_table import cell
from analysis.metrics import metric
from analysis.safe_text.spreadsheet import to_csv
from analysis.safe_text.workbook import to_xlsx
from experiments.dashboard.panels.summary import measures
from experiments.dashboard.state.saving import command, needs_files, scenario_of, scenario_text
from experiments.dashboard.state.scenario_pair import View, arms
from experiments.dashboard.work.comparison import Result
from experiments.dashboard.work.report import facts_of, report_bytes, report_kinds, titles_of
from experiments.output.manifest import config_hash, version
from sim.parameters.scenario import Scenario

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from matplotlib.figure import Figure

    from analysis.summaries.run_summary import RunSummary

#: What a browser is told that each kind of file is.
KINDS = {
    "html": "text/html;charset=utf-8",
    "pdf": "application/pdf",
    "svg": "image/svg+xml",
    "png": "image/png",
    "csv": "text/csv;charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
PICTURES = ("svg", "png")
TABLES = ("csv", "xlsx")
#: Figures, in the order of a report; which of them there are, the runs decide.
FIGURES = ("answer", "main", "differences", "groups", "participation", "workload")
TABLE = "measures"
REPORT = "report"
#: Columns of each side, and of the difference.
_PARTS = ("mean", "low", "high")
_DIFFERENCE = ("difference", "difference_low", "difference_high")
#: Letters of the configuration in the name of a file, as many as in the line below a figure.
_LETTERS = 12


@dataclass(frozen=True)
class Shown:
    """What is on the screen: the view, its result, and what both sides are called.

    Attributes
    ----------
    out
        The folder that the command names, where it names files.
    """

    view: View
    result: Result
    titles: tuple[str, ...]
    language: str
    out: Path


@dataclass(frozen=True)
class File:
    """A file that the browser saves."""

    name: str
    kind: str
    content: bytes


def figure_names(result: Result) -> list[str]:
    """Return the figures that can be made of a result, in the order of `FIGURES`."""
    return figures_of(result.summaries, result.groups)


def figures_of(summaries: "Mapping[str, Sequence[RunSummary]]", groups: "pd.DataFrame | None") -> list[str]:
    """Return the figures that can be made of runs and of their groups, if there are any."""
    runs = [one for side in summaries.values() for one in side]
    there = {
        "groups": groups is not None and bool((groups["group"] == "age").any()),
        "participation": any("participation" in one.estimates for one in runs),
        "workload": any("week_open_cases" in one.curves for one in runs),
    }
    return [name for name in FIGURES if there.get(name, True)]


def make(shown: Shown, name: str, kind: str) -> File:
    """Return a file of what is on the screen.

    Parameters
    ----------
    name, kind
        One of `figure_names` with one of `PICTURES`, `TABLE` with one of `TABLES`, or `REPORT` with one of
        `report_kinds`.

    Raises
    ------
    KeyError
        If there is no such file.
    InputError
        If the browser of this machine prints no PDF.
    """
    source = source_of(shown.view, shown.out)
    if name == REPORT and kind in report_kinds():
        content = reported(shown, kind, source)
    elif name == TABLE and kind in TABLES:
        content = table_bytes(measures_table(shown, source), kind)
    elif name in figure_names(shown.result) and kind in PICTURES:
        content = drawn(draw(shown, name, source), name, kind, source)
    else:
        raise KeyError(f"{name}.{kind}")
    return File(file_name(name, kind, source, shown.language), kind, content)


def table_bytes(table: "pd.DataFrame", kind: str) -> bytes:
    """Return a table as one of `TABLES`; in neither does a text become a formula."""
    if kind == "xlsx":
        return to_xlsx(table)
    # With a mark at the start: without it a program for tables reads the letters as the system's own.
    return to_csv(table).encode("utf-8-sig")


def drawn(figure: "Figure", name: str, kind: str, source: Provenance) -> bytes:
    """Return a figure as one of `PICTURES`."""
    with tempfile.TemporaryDirectory(prefix="cogov-export-") as folder:
        return _saved(figure, name, kind, source, Path(folder)).read_bytes()


def _saved(figure: "Figure", name: str, kind: str, source: Provenance, folder: Path) -> Path:
    return save(figure, folder / name, source, title=name, formats=(kind,))[kind]


def reported(shown: Shown, kind: str, source: Provenance) -> bytes:
    """Return the report of `cogov compare`, with the figures that can be made here."""
    sides, language = as_commanded(shown.view), shown.language
    shown = replace(shown, titles=titles_of(sides, shown.titles, language))
    facts = facts_of(sides, shown.view.seed, source.command, shown.result)
    # On Windows a browser that has printed may hold the page a moment longer.
    with tempfile.TemporaryDirectory(prefix="cogov-export-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        figures = {
            figure: _saved(draw(shown, figure, source), figure, "png", source, folder)
            for figure in figure_names(shown.result)
        }
        return report_bytes(kind, sides, shown.result, shown.titles, figures, facts, language, folder)


def file_name(name: str, kind: str, source: Provenance, language: str) -> str:
    """Return what a file is called: what it holds, the configuration, and its language if not English."""
    tongue = "" if language == "en" else f".{language}"
    return f"cogov-{name}-{source.config_hash[:_LETTERS]}{tongue}.{kind}"


def source_of(view: View, out: Path) -> Provenance:
    """Return where the numbers of a view come from: what its command writes into its own manifest."""
    return Provenance(config_hash(as_commanded(view), view.seed, view.pairs), command(view, out), version())


def as_commanded(view: View) -> list[Scenario]:
    """Return the scenarios of a view as its command reads them: a title or a path in their files counts."""
    if not needs_files(view):
        return list(arms(view))
    with tempfile.TemporaryDirectory(prefix="cogov-export-") as folder:
        return [scenario_of(scenario_text(view, side), Path(folder) / f"{side}.yaml") for side in range(2)]


def draw(shown: Shown, name: str, source: Provenance) -> "Figure":
    """Draw a figure of `cogov compare`."""
    result = shown.result
    called = dict(zip(result.names, shown.titles, strict=True))
    return draw_of(name, result.summaries, called, (result.table, result.groups), shown.language, source)


def draw_of(
    name: str,
    runs_of: "Mapping[str, Sequence[RunSummary]]",
    called: "Mapping[str, str]",
    tables: "tuple[pd.DataFrame, pd.DataFrame | None]",
    language: str,
    source: Provenance,
) -> "Figure":
    """Draw a figure of `cogov compare` of any number of arms.

    Parameters
    ----------
    called
        What each arm is called.
    tables
        The comparison, and that by groups, without which there is no figure of groups.
    """
    # What the page keeps of a run has no title: the page itself says what its sides are called.
    summaries = {
        side: [replace(one, title={language: called[side]}) for one in runs] for side, runs in runs_of.items()
    }
    comparison, groups = tables
    of_runs: dict[str, Any] = {
        "answer": answer_figure,
        "main": main_figure,
        "participation": participation_figure,
        "workload": workload_figure,
    }
    if name in of_runs:
        return of_runs[name](summaries, language, source)
    titles = scenario_titles(summaries, language)
    if name == "groups" and groups is not None:
        return groups_figure(groups, titles, language, source)
    return forest_figure(comparison, titles, language=language, provenance=source)


def measures_table(shown: Shown, source: Provenance) -> "pd.DataFrame":
    """Return the table of measures: the rows of the page, with every digit and both intervals."""
    import pandas as pd

    result, language = shown.result, shown.language
    table = result.table.set_index("metric")
    carried = f"{source.footer()} · seed {shown.view.seed} · {result.pairs} pairs"
    rows = []
    for name in measures(result):
        row: dict[str, Any] = {
            "metric": name,
            "measure": metric(name).label(language),
            "unit": metric(name).unit,
        }
        for letter, side in zip("ab", result.names, strict=True):
            row |= {f"{letter}_{part}": cell(table, name, f"{side}_{part}") for part in _PARTS}
        row |= {column: cell(table, name, column) for column in _DIFFERENCE}
        row |= {"scenario_a": shown.titles[0], "scenario_b": shown.titles[1], "source": carried}
        rows.append(row)
    return pd.DataFrame(rows)
