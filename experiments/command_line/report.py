"""cogov report: what a folder of results says, in one file to read, send or print.

Usage:   cogov report FOLDER [key=value ...]
Example: cogov report out/compare language=zh format=pdf

FOLDER is what cogov run, compare or sweep wrote, or a store of runs.

language=en|zh         of text and figures (the system's)
format=html|pdf|both   html needs nothing else; pdf is printed by Chromium, Chrome or Edge (html)
question=TEXT          replaces the standard question
metric=NAME or [A,B]   of a store: what is reported (rmst180)
out=FOLDER             where it goes (FOLDER; of a store: out/report)
browser=PATH           what prints the pdf (the first of those found)

Its first page is for whoever reads no more: who is heard, how fast reports are handled, who takes part, at
what hours, one figure, what that rests on and what would change it. Then come the figures, all numbers by
their grade of evidence, all measures, and how to make it again. Estimates are taken anew from the runs in the
folder. Writes report.html (language=zh: report.zh.html; .pdf likewise) and figures/LANGUAGE/*.png and *.svg,
each with configuration and command in its metadata.
"""

import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.safe_text.plain_text import visible
from experiments.arguments.input_hints import MissingInput
from experiments.arguments.key_values import language_of, name_list, split_words
from experiments.chinese.terminal_words import tell
from experiments.output.output_folder import OutputFolder, pictures
from sim.errors import InputError, did_you_mean
from sim.input_files.documents import LARGEST_JSON, read_text, user_path

# What reads results and draws them loads after the words have been checked: a refusal comes at once.
if TYPE_CHECKING:
    from experiments.results.reading import Results

OWN_KEYS = ("language", "format", "question", "metric", "out", "browser")
#: Columns of a sweep's table that hold numbers.
NUMBERS = ("mean", "low", "high", "difference", "difference_low", "difference_high")
FORMATS = ("html", "pdf", "both")

Figures = Mapping[str, Path]


@dataclass(frozen=True)
class Content:
    """How to draw the figures into a folder, and how to write the page (file, figures, whether unfolded)."""

    draw: Callable[[Path], Figures]
    write: Callable[[Path, Figures, bool], object]


@dataclass(frozen=True)
class ReportPlan:
    """What a report was asked to be, checked."""

    results: "Results"
    language: str
    format: str
    question: str | None
    metrics: list[str]
    out: Path
    browser: str
    command: str

    def name(self, ending: str) -> str:
        """Return the name of the file with an ending."""
        return f"report{'.zh' if self.language == 'zh' else ''}.{ending}"

    @property
    def facts(self) -> dict[str, Any]:
        """What the report says about how it came about."""
        return {**self.results.manifest, "report_command": self.command}


def main(words: Sequence[str], simulate: object = None) -> None:
    """Carry out the command."""
    plan = prepare(words)
    for path in report(plan):
        print(tell("Written: {}", visible(path)))


def prepare(words: Sequence[str]) -> ReportPlan:
    """Check everything that can be checked before reading the runs."""
    folders = [word for word in words if "=" not in word and not word.startswith("-")]
    own, others = split_words([word for word in words if word not in folders], OWN_KEYS)
    if others:
        key, _, value = others[0].partition("=")
        raise InputError(key, value, f"one of {', '.join(OWN_KEYS)}", hint="a report changes no run")
    if len(folders) != 1:
        raise MissingInput("FOLDER", " ".join(folders), "one folder of results", hint="cogov report --help")
    language_of(own)
    if own.get("format", "html") not in FORMATS:
        hint = did_you_mean(own["format"], FORMATS)
        raise InputError("format", own["format"], f"one of {', '.join(FORMATS)}", hint=hint)
    kind = own.get("format", "html")
    browser = ""
    if kind != "html":
        from experiments.system.pdf import find_browser

        browser = find_browser(own.get("browser"))
    from experiments.results.reading import read_results

    results = read_results(user_path(folders[0], "report"))
    stored = results.kind == "store"
    metrics = name_list(own.get("metric", "rmst180"))
    if not metrics:
        raise InputError("metric", own["metric"], "the name of a metric, or [A,B]")
    if "metric" in own and not stored:
        raise InputError("metric", own["metric"], "left out here", hint="it is for a store")
    default = "out/report" if stored else str(results.folder)
    return ReportPlan(
        results,
        language_of(own),
        kind,
        own.get("question"),
        metrics,
        user_path(own.get("out", default), "out"),
        browser,
        shlex.join(["cogov", "report", *words]),
    )


def report(plan: ReportPlan) -> list[Path]:
    """Write the report; return the files, the report first."""
    from experiments.output.manifest import brief_manifest
    from experiments.results.presentation import FIGURES, GROUPS

    made = {"run": _of_run, "compare": _of_comparison, "sweep": _of_sweep, "store": _of_store}
    started, drawn = datetime.now().astimezone(), f"figures/{plan.language}/"
    files = [plan.name("html")] if plan.format != "pdf" else []
    files += [plan.name("pdf")] if plan.format != "html" else []
    names = [*files, *pictures(*(f"{drawn}{name}" for name in (*FIGURES, GROUPS, "sweep")))]
    with OutputFolder(plan.out, names) as output:
        content = made[plan.results.kind](plan)
        page, figures = output.partial / plan.name("html"), output.partial / drawn
        drawings = content.draw(figures)
        content.write(page, drawings, False)
        if plan.format != "html":
            from experiments.system.pdf import print_page

            # On paper nothing can be unfolded.
            on_paper = output.partial / ".paper.html"
            content.write(on_paper, drawings, True)
            print_page(on_paper, output.partial / plan.name("pdf"), plan.browser)
        if plan.format == "pdf":
            page.unlink()
        # What is in the folder already stays what it is, and its manifest, with these files in its list.
        facts = output.before.manifest or brief_manifest(plan.command, started)
        output.finish(facts, replaced=lambda name: name.startswith(drawn))
    return [plan.out / name for name in (*reversed(files), *([drawn] if drawings else []))]


def _of_comparison(plan: ReportPlan) -> Content:
    """Estimate a comparison anew from its runs."""
    from analysis.comparison.by_group import by_group_table
    from analysis.comparison.table import compare_summaries
    from analysis.figures import write_figures
    from experiments.results.presentation import provenance, write_comparison
    from experiments.results.reading import scenarios_of, undamaged

    scenarios = scenarios_of(plan.results)
    summaries, pairs = _summaries(plan.results, scenarios)
    with undamaged(plan.results.folder):
        comparison, groups = compare_summaries(summaries, pairs), by_group_table(summaries)
    arms, how = list(scenarios.values()), {"language": plan.language, "question": plan.question}
    return Content(
        lambda folder: write_figures(
            summaries, comparison, folder, provenance(plan.facts), plan.language, groups
        ),
        lambda page, figures, unfolded: write_comparison(
            page, arms, comparison, figures, pairs, plan.facts, groups=groups, unfolded=unfolded, **how
        ),
    )


def _of_run(plan: ReportPlan) -> Content:
    """Estimate one scenario anew from its runs."""
    from analysis.comparison.by_group import by_group_table
    from analysis.comparison.scenario_summary import summarise_runs
    from analysis.figures import write_figures
    from analysis.report.comparison_report import write_run_report
    from experiments.results.presentation import evidence, provenance, titles
    from experiments.results.reading import scenarios_of, undamaged

    scenarios = scenarios_of(plan.results)
    (name,) = scenarios
    summaries, _ = _summaries(plan.results, scenarios)
    with undamaged(plan.results.folder):
        summary, groups = summarise_runs(summaries[name]), by_group_table(summaries)
    title = titles(list(scenarios.values()), plan.language).get(name, name.replace("_", " "))
    return Content(
        lambda folder: write_figures(
            summaries, summary, folder, provenance(plan.facts), plan.language, groups
        ),
        lambda page, figures, unfolded: write_run_report(
            page,
            summary,
            figures,
            plan.facts,
            title=title,
            scenario=name,
            evidence=evidence(list(scenarios.values())),
            groups=groups,
            language=plan.language,
            question=plan.question,
            unfolded=unfolded,
        ),
    )


def _of_sweep(plan: ReportPlan) -> Content:
    """Report the table that a sweep wrote."""
    from analysis.safe_text.spreadsheet import read_csv
    from experiments.results.presentation import evidence, titles
    from sim.scenario.loading import load_scenario

    manifest, path = plan.results.manifest, plan.results.folder / "sweep.csv"
    try:
        table = read_csv(read_text(path, "report", LARGEST_JSON))
        varied = list(manifest["varied"])
        numbers = [name for name in table.columns if name in NUMBERS]
        table = table.astype(dict.fromkeys(numbers, float))
        table = table.astype({"replications": int})
        known = {*varied, "arm", "metric", "unit", *NUMBERS[:3]} <= set(table.columns)
        known = known and set(manifest["metrics"]) <= set(table["metric"])
        known = known and (table["arm"].nunique() < 2 or set(NUMBERS) <= set(table.columns))
    except (ValueError, KeyError, OverflowError) as error:
        if isinstance(error, InputError):
            raise
        known = False
    if not known:
        hint = "missing or not what the manifest says"
        raise InputError("report", str(path), "the table of a sweep", hint=hint)
    try:
        scenarios = [load_scenario(name, manifest.get("overrides", [])) for name in manifest["scenarios"]]
    except InputError:
        scenarios = []  # a file of the user's own, known by its title only: no parameters are listed then
    return _table_report(
        plan, table, varied, list(manifest["metrics"]), evidence(scenarios), titles(scenarios, plan.language)
    )


def _of_store(plan: ReportPlan) -> Content:
    """Report what a store holds."""
    from experiments.output.manifest import versions
    from experiments.results.presentation import evidence
    from experiments.results.reading import undamaged
    from experiments.results.store_tables import ARM, points_of
    from sim.parameters.scenario import Scenario

    with undamaged(plan.results.folder):
        table, varied, facts = points_of(plan.results.folder, plan.metrics)
    if not varied:
        raise InputError("report", str(plan.results.folder), "a store with two configurations or more")
    plan.results.manifest.update(facts, command=plan.command, versions=versions())
    title = {ARM: "运行库" if plan.language == "zh" else "runs kept in a store"}
    return _table_report(plan, table, varied, plan.metrics, evidence([Scenario()]), title)


def _table_report(
    plan: ReportPlan,
    table: Any,
    varied: Sequence[str],
    metrics: Sequence[str],
    evidence: Sequence[Mapping[str, Any]],
    titles: Mapping[str, str],
) -> Content:
    from analysis.figures.page.style import called
    from analysis.figures.sweep import write_sweep
    from analysis.report.sweep_report import write_sweep_report
    from experiments.results.presentation import provenance

    def draw(folder: Path) -> Figures:
        source = provenance(plan.facts)
        names = {name: called(str(name), titles.get(name, ""), plan.language) for name in set(table["arm"])}
        named = table.assign(arm=[names[name] for name in table["arm"]])
        return {"sweep": write_sweep(named, varied, metrics[0], folder / "sweep", source, plan.language)}

    return Content(
        draw,
        lambda page, figures, unfolded: write_sweep_report(
            page,
            table,
            varied,
            metrics,
            figures,
            plan.facts,
            evidence=evidence,
            titles=titles,
            language=plan.language,
            question=plan.question,
            unfolded=unfolded,
        ),
    )


def _summaries(results: "Results", scenarios: Mapping[str, Any]) -> tuple[dict[str, list[Any]], list[Any]]:
    """Reduce the runs of a folder, one replication at a time, as when they were simulated."""
    from analysis.comparison.twins import paired_cases
    from analysis.estimates.verification import verification_mode
    from analysis.summaries.run_summary import against_first, summarise_run
    from experiments.results.reading import runs_of, undamaged
    from experiments.system.progress import progress_bar

    for name, scenario in scenarios.items():
        if verification_mode(scenario) != "none":
            hint = "its summary.csv says it all"
            raise InputError("report", name, "runs of a community, not a bare queue or diffusion", hint=hint)
    whole = all(scenario.ledger == "all" for scenario in scenarios.values())
    summaries: dict[str, list[Any]] = {name: [] for name in scenarios}
    pairs = []
    with progress_bar(len(results.manifest["replications_finished"]), "replication") as bar:
        for runs in runs_of(results, dict(scenarios)):
            with undamaged(results.folder):
                for one in against_first([summarise_run(run) for run in runs]):
                    summaries[one.scenario].append(one)
                if len(runs) == 2 and whole:
                    pairs.append(paired_cases(*runs))
            bar.update()
    return summaries, pairs
