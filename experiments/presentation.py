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
    """Print the finding, the headline estimands and the endings, what is assumed, and where it all is."""
    from analysis.basis import ledger_text
    from analysis.text_table import render
    from analysis.wording import answer

    print(answer(comparison, titles(plan)))
    print()
    print(render(comparison, [name for name in comparison["metric"] if in_short(comparison, name)]))
    print()
    for text in (
        *assumed_differences(plan),
        ledger_text(plan.scenarios[0]),
        "One replication: no intervals." if plan.replications == 1 else "",
    ):
        if text:
            print(text)
    print(f"Written to {plan.out} (report.html first, with all measures and all assumptions)")


def in_short(comparison: pd.DataFrame, name: str) -> bool:
    """Whether a metric belongs in the short table: headline, or an ending that occurs."""
    from analysis.comparison import arms, row
    from analysis.metrics import metric

    if metric(name).group in ("headline", "verification"):
        return True
    if not name.startswith("ending_"):
        return False
    line = row(comparison, name)
    return any(abs(float(line[f"{arm}_mean"])) > 0 for arm in arms(comparison))


def assumed_differences(plan: Study) -> list[str]:
    """Return the assumed numbers in which the scenarios differ, as lines under a heading."""
    values = [flatten(arm) for arm in plan.scenarios]
    lines = []
    for row in describe():
        each = [shown(value[row.key]) for value in values]
        if row.grade == "assumed" and len(set(each)) > 1:
            known = row.low is not None and row.high is not None
            plausible = f" (plausible {row.low:g} to {row.high:g})" if known else ""
            lines.append(f"  {row.key} = {' / '.join(each)}{plausible}")
    if not lines:
        return []
    return ["Assumed, not measured, and different between the scenarios, in their order:", *lines]


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
