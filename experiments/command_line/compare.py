"""cogov compare: simulate scenarios on the same needs, people and luck, and compare them case by case.

Usage:   cogov compare [scenarios=[A,B]] [key=value ...]
Example: cogov compare replications=50 community.residents=20000 out=out/large

scenarios=[A,B]              names or FILE.yaml ([administration_led,co_governance]); compared with the first
seed=INT                     other luck (1)
replications=INT             independent repetitions (20)
out=FOLDER                   where the results go (out/compare)
executor=serial|processes|dask   one process, several, or a Dask cluster (serial); results are the same
executor.address=tcp://…     of a Dask scheduler (none: a cluster on this machine)
jobs=INT                     how many processes (all processors)
language=en|zh               of tables, figures and report (the system's)
any parameter=value          override, applied to every scenario

Writes manifest.json, cases.parquet, daily.parquet, people.parquet, summary.csv, comparison.csv, by_group.csv,
figures and report.html; with demand.stream also stream_account.csv and communities.csv. Scenarios that
differ in who lives there or what goes wrong are refused: they have no twins.
FOLDER is new, empty or holds results of cogov; files of your own beside these stay as they are.
Ctrl-C, SIGTERM and SIGHUP keep the replications that are finished.
"""

import contextlib
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from experiments.arguments.key_values import name_list, split_words
from experiments.arguments.run_plan import CLUSTER_EXECUTORS, CLUSTER_KEYS, RunPlan, run_plan
from experiments.arguments.scenarios import load_arms
from experiments.command_line.run import BY_GROUP, finish, kept, summary, write_groups
from experiments.system.interrupts import uninterrupted
from sim.errors import InputError

# What carries out runs and writes them loads after the words have been checked: a refusal comes at once.
if TYPE_CHECKING:
    from experiments.runs.simulation import Simulate

DEFAULT = "[administration_led,co_governance]"


def main(words: Sequence[str], simulate: "Simulate | None" = None) -> None:
    """Carry out the command."""
    compare(prepare(words), words, simulate)


def prepare(words: Sequence[str]) -> RunPlan:
    """Check everything that can be checked before simulating."""
    own, overrides = split_words(words, ("scenarios", "scenario", "language", *CLUSTER_KEYS))
    if "scenario" in own:
        raise InputError("scenario", own["scenario"], "scenarios=[A,B] here", hint="one alone: cogov run")
    arms = load_arms(name_list(own.get("scenarios", DEFAULT)), overrides)
    return run_plan(own, arms, "compare", replications=20, executors=CLUSTER_EXECUTORS)


def compare(plan: RunPlan, words: Sequence[str], simulate: "Simulate | None" = None) -> None:
    """Simulate all arms and write data, comparison, figures and report."""
    from experiments.executors.replications import replications, table_files
    from experiments.output.output_folder import OutputFolder
    from experiments.output.request_file_facts import announce, stream_files, stream_manifest, write_tables
    from experiments.results.presentation import FILES, REPORT, drawn, show

    started = datetime.now().astimezone()
    summaries: dict[str, list[Any]] = {arm.name: [] for arm in plan.scenarios}
    pairs = []
    done = []
    failed = None
    there = 0
    names = [*table_files(), "summary.csv", "comparison.csv", BY_GROUP, *FILES, *stream_files(plan)]
    with OutputFolder(plan.out, names) as output:
        # Here, so that a folder that cannot be used is told at once.
        from analysis.comparison.table import compare_summaries
        from analysis.findings.remarks import means_of, stored
        from experiments.output.manifest import manifest
        from experiments.output.remarks import remarks_of, say_first

        announce(plan)
        status = "complete"
        try:
            with contextlib.closing(replications(plan, simulate)) as results:
                for finished in results:
                    with uninterrupted():
                        output.add(finished)
                        for name, one in finished.summaries.items():
                            summaries[name].append(one)
                        if finished.pair is not None:
                            pairs.append(finished.pair)
                        done.append(finished.replication)
        except KeyboardInterrupt:
            status = "interrupted"
        if done:
            try:
                # An interruption now is no reason to lose what is finished.
                with uninterrupted():
                    output.add_table("summary.csv", summary(summaries, plan))
                    comparison = compare_summaries(summaries, pairs)
                    output.add_table("comparison.csv", comparison)
                    groups = write_groups(output, summaries)
                    write_tables(output, plan)
                    found = remarks_of(plan.scenarios, means_of(comparison), summaries)
                    more = {**stream_manifest(plan), "remarks": stored(found)}
                    facts = manifest("compare", words, plan, done, started, status, more)
                if status == "complete":
                    # Whoever pressed Ctrl-C wants the numbers, not to wait for drawings.
                    failed = drawn(output, plan, comparison, summaries, pairs, facts, groups)
            except KeyboardInterrupt:
                status = "interrupted"
                output.drop(REPORT, "figures")
            there = len(done)
            try:
                with uninterrupted():
                    there = finish(output, {**facts, "status": status})
            except KeyboardInterrupt:
                status = "interrupted"
    if status == "interrupted":
        raise KeyboardInterrupt(kept(there, plan))
    if failed is not None:
        raise failed
    say_first(found)
    show(comparison, plan, groups)
