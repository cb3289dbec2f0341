"""Figures, report and the closing words of a comparison: thin calls into `analysis`."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from experiments.arguments import Study, shown
from experiments.output import OutputFolder
from sim.parameters import describe, flatten


def drawn(
    output: OutputFolder,
    plan: Study,
    comparison: pd.DataFrame,
    digests: Mapping[str, Sequence[Any]],
    pairs: Sequence[dict[str, float]],
    facts: Mapping[str, Any],
) -> Exception | None:
    """Write figures and report; what goes wrong is returned, because the data are to be kept all the same."""
    try:
        draw(output, plan, comparison, digests, pairs, facts)
    except Exception as error:
        return error
    return None


def draw(
    output: OutputFolder,
    plan: Study,
    comparison: pd.DataFrame,
    digests: Mapping[str, Sequence[Any]],
    pairs: Sequence[dict[str, float]],
    facts: Mapping[str, Any],
) -> None:
    """Write the figures and the report into the folder in the making."""
    from analysis.figures import Provenance, write_figures
    from analysis.report import write_report
    from analysis.twins import pair_summary

    provenance = Provenance(
        config_hash=facts["config_hash"], command=facts["command"], version=facts["versions"]["cogov"]
    )
    figures = write_figures(digests, comparison, output.partial / "figures", provenance)
    write_report(
        output.partial / "report.html",
        comparison,
        figures,
        facts,
        assumed=assumptions(plan),
        titles=titles(plan),
        pairs=pair_summary(pairs) if pairs else None,
    )


def show(comparison: pd.DataFrame, plan: Study) -> None:
    """Print the finding, the table and where everything is."""
    from analysis.text_table import render
    from analysis.wording import answer

    print(answer(comparison, titles(plan)))
    print()
    print(render(comparison))
    print(f"\nWritten to {plan.out} (report.html first)")


def titles(plan: Study) -> dict[str, str]:
    """English titles of the scenarios that have one."""
    return {arm.name: arm.title.en for arm in plan.scenarios if arm.title.en}


def assumptions(plan: Study) -> list[dict[str, Any]]:
    """Numbers without a source, with the value each scenario gives them."""
    values = [flatten(arm) for arm in plan.scenarios]
    rows = []
    for row in describe():
        if row.grade == "assumed":
            distinct = list(dict.fromkeys(shown(value[row.key]) for value in values))
            rows.append(
                {
                    "name": row.key,
                    "value": " / ".join(distinct),
                    "low": row.low,
                    "high": row.high,
                    "unit": row.unit,
                    "source": row.note,
                }
            )
    return rows
