"""Figures, report and the closing words of a comparison: thin calls into `analysis`."""

from typing import Any

import pandas as pd

from experiments.arguments import Study
from experiments.output import OutputFolder


def drawn(
    output: OutputFolder, comparison: pd.DataFrame, digests: dict[str, list[Any]], facts: dict[str, Any]
) -> Exception | None:
    """Write figures and report; what goes wrong is returned, because the data are to be kept all the same."""
    try:
        draw(output, comparison, digests, facts)
    except Exception as error:
        return error
    return None


def draw(
    output: OutputFolder, comparison: pd.DataFrame, digests: dict[str, list[Any]], facts: dict[str, Any]
) -> None:
    """Write the figures and the report into the folder in the making."""
    from analysis.report import write_report

    from analysis.figures import Provenance, write_figures

    provenance = Provenance(
        config_hash=facts["config_hash"],
        command=" ".join(facts["command_line"]),
        version=facts["versions"]["cogov"],
    )
    figures = write_figures(digests, comparison, output.partial / "figures", provenance)
    write_report(output.partial / "report.html", comparison, figures, facts)


def show(comparison: pd.DataFrame, plan: Study) -> None:
    """Print the comparison and where it is."""
    from analysis.text_table import render

    print(render(comparison))
    print(f"\nWritten to {plan.out} (report.html first)")
