"""The report of `cogov compare` of what the page has compared: as HTML, or printed to PDF.

Nothing is run again. What the page does not keep of its runs is left out: the figure of who solves what over
time, needs compared one by one, and the measures that only whole records tell.
"""

import functools
import shlex
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from analysis.findings.remarks import means_of, stored
from analysis.report.comparison_report import write_report
from experiments.arguments.run_plan import RunPlan
from experiments.dashboard.work.comparison import Result
from experiments.output.manifest import manifest
from experiments.output.remarks import remarks_of
from experiments.output.request_file_facts import stream_manifest
from experiments.results.presentation import evidence, titles
from experiments.system.pdf import find_browser, print_page
from sim.errors import InputError
from sim.parameters.scenario import Scenario

#: What the manifest of a command tells of its own run: the page takes runs from its workers, and some were
#: there before.
_OF_A_RUN = ("executor", "jobs", "started", "finished", "seconds")


@functools.cache
def printer() -> str:
    """Return the browser of this machine that prints to PDF, looked for once; empty where there is none."""
    try:
        return find_browser()
    except InputError:
        return ""


def report_kinds() -> tuple[str, ...]:
    """Return the kinds of file that a report can be had as."""
    return ("html", "pdf") if printer() else ("html",)


def report_bytes(
    kind: str,
    sides: Sequence[Scenario],
    result: Result,
    called: Sequence[str],
    figures: Mapping[str, Path],
    facts: Mapping[str, Any],
    language: str,
    folder: Path,
) -> bytes:
    """Return the report as one of `report_kinds`.

    Parameters
    ----------
    called
        What the report calls the sides.
    figures
        Figure name to its file, in the order shown.
    facts
        What `facts_of` returned.
    folder
        For the files in the making.

    Raises
    ------
    InputError
        If the browser prints none.
    """
    page = write_report(
        folder / "report.html",
        result.table,
        figures,
        facts,
        evidence=evidence(sides),
        titles=dict(zip(result.names, called, strict=True)),
        groups=result.groups,
        language=language,
        # On paper nothing can be unfolded.
        unfolded=kind == "pdf",
    )
    if kind == "html":
        return page.read_bytes()
    printed = folder / "report.pdf"
    print_page(page, printed, printer())
    return printed.read_bytes()


def facts_of(sides: Sequence[Scenario], seed: int, command: str, result: Result) -> dict[str, Any]:
    """Return the manifest that a command writes, as far as it holds for the runs of the page.

    Parameters
    ----------
    sides
        The scenarios as the command reads them.
    command
        The command that gives the same numbers.
    """
    plan = RunPlan(tuple(sides), seed, result.wanted, Path(), "", 0)
    there = [one.replication for one in result.summaries[result.names[0]]]
    found = remarks_of(sides, means_of(result.table), result.summaries)
    more = {"made_by": "cogov dashboard", **stream_manifest(plan), "remarks": stored(found)}
    now = datetime.now().astimezone()
    whole = manifest("compare", shlex.split(command)[2:], plan, there, now, "complete", more)
    return {key: value for key, value in whole.items() if key not in _OF_A_RUN}


def titles_of(sides: Sequence[Scenario], page: Sequence[str], language: str) -> tuple[str, ...]:
    """Return what the report calls the sides: their whole titles; as on the page where these do not differ.

    Parameters
    ----------
    page
        What the page calls them, which is shortened there.
    """
    own = titles(sides, language)
    called = tuple(own.get(side.name, shown) for side, shown in zip(sides, page, strict=True))
    return called if called[0] != called[1] else tuple(page)
