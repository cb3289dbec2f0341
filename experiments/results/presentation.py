"""Figures, report and the closing words of a comparison: thin calls into `analysis`."""

import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.findings.parameter_names import parameter_name
from analysis.safe_text.plain_text import visible
from experiments.arguments.key_values import shown
from experiments.arguments.run_plan import RunPlan
from experiments.chinese.terminal_words import tell
from experiments.output.output_folder import OutputFolder, pictures
from experiments.system.language import language
from sim.parameters.scenario import Scenario, describe, flatten

if TYPE_CHECKING:
    import pandas as pd

REPORT = "report.html"
#: Figures of a run or a comparison; which of them there are, the runs decide.
FIGURES = ("answer", "main", "incidence", "differences", "participation", "workload")
#: One more that only `cogov report` draws: the tables by group say the same.
GROUPS = "groups"
#: What is written beside the data of a comparison.
FILES = (REPORT, *pictures(*(f"figures/{name}" for name in FIGURES)))


def drawn(
    output: OutputFolder,
    plan: RunPlan,
    comparison: "pd.DataFrame",
    summaries: Mapping[str, Sequence[Any]],
    pairs: Sequence[dict[str, float]],
    facts: Mapping[str, Any],
    groups: "pd.DataFrame | None" = None,
) -> Exception | None:
    """Write figures and report; what goes wrong is returned, because the data are to be kept all the same."""
    try:
        draw(output, plan, comparison, summaries, pairs, facts, groups)
    except Exception as error:
        # Half a set of figures is none.
        output.drop(REPORT, "figures")
        return error
    return None


def draw(
    output: OutputFolder,
    plan: RunPlan,
    comparison: "pd.DataFrame",
    summaries: Mapping[str, Sequence[Any]],
    pairs: Sequence[dict[str, float]],
    facts: Mapping[str, Any],
    groups: "pd.DataFrame | None" = None,
) -> None:
    """Write the figures and the report into the folder in the making."""
    from analysis.figures import write_figures

    spoken = language()
    figures = write_figures(summaries, comparison, output.partial / "figures", provenance(facts), spoken)
    page = output.partial / REPORT
    write_comparison(page, plan.scenarios, comparison, figures, pairs, facts, groups=groups, language=spoken)


def write_comparison(
    page: Path,
    scenarios: Sequence[Scenario],
    comparison: "pd.DataFrame",
    figures: Mapping[str, Path],
    pairs: Sequence[dict[str, float]],
    facts: Mapping[str, Any],
    **how: Any,
) -> None:
    """Write the report of a comparison.

    Parameters
    ----------
    how
        `groups`, `language`, `question`, `unfolded`: as `analysis.report.comparison_report.write_report` has
        them.
    """
    from analysis.comparison.twins import pair_summary
    from analysis.report.comparison_report import write_report

    spoken = how.get("language", "en")
    write_report(
        page,
        comparison,
        figures,
        facts,
        evidence=evidence(scenarios),
        titles=titles(scenarios, spoken),
        pairs=pair_summary(pairs, spoken) if pairs else None,
        **how,
    )


def provenance(facts: Mapping[str, Any]) -> Any:
    """Return what figures carry about where they came from, out of a manifest."""
    from analysis.figures import Provenance

    return Provenance(
        str(facts.get("config_hash", "")),
        str(facts.get("command", "")),
        str(facts.get("versions", {}).get("cogov", "")),
    )


def show(comparison: "pd.DataFrame", plan: RunPlan, groups: "pd.DataFrame") -> None:
    """Print who gets heard, how fast and who takes part, the table, what is assumed, and where it all is."""
    from analysis.comparison.table import arms
    from analysis.findings.strip import WITH_KINDS, strip, strip_text
    from analysis.findings.text_table import WIDTH, letter, note_lines, render
    from analysis.findings.three_lines import as_text, first_words
    from analysis.findings.who_gains import with_groups
    from analysis.findings.wrapping import wrapped
    from analysis.inputs.data_basis import ledger_text
    from analysis.metrics import metric

    spoken = language()
    bare = any(arm.verification.mode != "none" for arm in plan.scenarios)
    called = titles(plan.scenarios, spoken)
    numbers = strip(comparison, called, spoken, rows=WITH_KINDS) if not bare else None
    if numbers is not None and len(plan.scenarios) > 2:
        # Sentences on each would say the same words again and again.
        print(strip_text(numbers) + "\n")
    elif not bare:
        blocks = first_words(comparison, called, spoken)
        print(as_text(with_groups(blocks, groups, arms(comparison), spoken)) + "\n")
    shown = [name for name in comparison["metric"] if metric(name).group in ("headline", "verification")]
    print(render(comparison, shown, spoken))
    letters = {name: letter(place, spoken) for place, name in enumerate(arms(comparison))}
    for line in note_lines(comparison, shown, letters, spoken, constant=False):
        print("\n".join(wrapped(line, WIDTH)))
    print()
    for text in (
        *assumed_differences(plan, spoken),
        ledger_text(plan.scenarios[0], spoken),
        tell("One replication: no intervals.") if plan.replications == 1 else "",
    ):
        if text:
            print(text)
    written = "Written to {} (report.html first, with all measures and all assumptions)"
    print(tell(written, visible(plan.out)))
    other = "en" if spoken == "zh" else "zh"
    command = f"{shlex.join(['cogov', 'report', str(plan.out)])} language={other} format=pdf"
    print(tell("In Chinese, as PDF: {}", command))
    if numbers is not None and len(plan.scenarios) == 2:
        print("\n".join(wrapped(tell("Answer: {}", numbers.lead), WIDTH)))


def assumed_differences(plan: RunPlan, spoken: str = "en") -> list[str]:
    """Return the assumed numbers in which the scenarios differ, as lines under a heading."""
    values = [flatten(arm) for arm in plan.scenarios]
    lines = []
    for row in describe():
        each = [shown(value[row.key]) for value in values]
        if row.grade == "assumed" and len(set(each)) > 1:
            known = row.low is not None and row.high is not None
            plausible = tell(" (plausible {:g} to {:g})", row.low, row.high) if known else ""
            name = parameter_name(row.key, spoken)
            lines.append(f"  {name} ({row.key}) = {' / '.join(each)}{plausible}")
    if not lines:
        return []
    heading = "Assumed, not measured, and different between the scenarios, in their order:"
    return [tell(heading), *lines]


def titles(scenarios: Sequence[Scenario], language: str = "en") -> dict[str, str]:
    """Return the titles of the scenarios that have one."""
    named = {arm.name: arm.title.zh if language == "zh" else arm.title.en for arm in scenarios}
    return {name: visible(title) for name, title in named.items() if title.strip()}


def evidence(scenarios: Sequence[Scenario]) -> list[dict[str, Any]]:
    """Return the model's numbers with the value each scenario gives them, and their grade of evidence.

    Settings (switches, lengths, what is asked of a run) are there only where scenarios differ in them.
    """
    values = [flatten(arm) for arm in scenarios]
    rows = []
    for row in describe():
        distinct = list(dict.fromkeys(shown(value[row.key]) for value in values))
        differs = len(distinct) > 1
        if row.kind == "text" or (row.grade == "setting" and not differs):
            continue
        each = [shown(value[row.key]) for value in values] if differs else distinct
        rows.append(
            {
                "name": row.key,
                "value": " / ".join(each),
                "differs": differs,
                "low": row.low,
                "high": row.high,
                "unit": row.unit,
                "grade": row.grade,
                "source": row.source,
                "text": row.text,
            }
        )
    return rows
