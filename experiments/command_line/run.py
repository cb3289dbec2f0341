"""cogov run: simulate one scenario and write what happened.

Usage:   cogov run [scenario=NAME] [key=value ...]
Example: cogov run scenario=co_governance replications=20 community.residents=20000 out=out/large

scenario=NAME or FILE.yaml   what to simulate (administration_led); `cogov explain` lists the shipped ones
seed=INT                     other luck (1)
replications=INT             independent repetitions (1)
out=FOLDER                   where the results go (out/run)
executor=serial|processes|dask   one process, several, or a Dask cluster (serial); results are the same
executor.address=tcp://…     of a Dask scheduler (none: a cluster on this machine)
jobs=INT                     how many processes (all processors)
any parameter=value          override, e.g. horizon_days=730; `cogov explain KEY` tells what it means

Prints the headline estimands and writes manifest.json, cases.parquet, daily.parquet, people.parquet,
summary.csv, by_group.csv; with demand.stream also stream_account.csv and communities.csv.
FOLDER is new, empty or holds results of cogov; files of your own beside these stay as they are.
Ctrl-C, SIGTERM and SIGHUP keep the replications that are finished.

cogov run -m key=1,2,3 other=a,b  runs every combination and writes FOLDER/0, FOLDER/1, ... and
FOLDER/runs.csv (FOLDER: out); the exit status is that of the worst run.
"""

import contextlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from analysis.safe_text.plain_text import visible
from experiments.arguments.key_values import split_words
from experiments.arguments.run_plan import CLUSTER_EXECUTORS, CLUSTER_KEYS, RunPlan, run_plan
from experiments.chinese.terminal_words import tell
from experiments.system.interrupts import uninterrupted
from experiments.system.language import language
from sim.errors import InputError
from sim.scenario.loading import BASELINE, load_scenario

# What carries out runs and writes them loads after the words have been checked: a refusal comes at once.
if TYPE_CHECKING:
    import pandas as pd

    from experiments.output.output_folder import OutputFolder
    from experiments.runs.simulation import Simulate

OWN_KEYS = ("scenario", *CLUSTER_KEYS)
#: Measures by group of needs, in long form.
BY_GROUP = "by_group.csv"


def main(words: Sequence[str], simulate: "Simulate | None" = None) -> None:
    """Carry out the command."""
    if "-m" in words or "--multirun" in words:
        from experiments.designs.multirun import multirun

        def one(mine: list[str]) -> None:
            one_run(prepare(mine), mine, simulate, brief=True)

        multirun([word for word in words if word not in ("-m", "--multirun")], one)
        return
    one_run(prepare(words), words, simulate)


def prepare(words: Sequence[str]) -> RunPlan:
    """Check everything that can be checked before simulating."""
    own, overrides = split_words(words, (*OWN_KEYS, "scenarios"))
    if "scenarios" in own:
        raise InputError("scenarios", own["scenarios"], "scenario=NAME here", hint="several: cogov compare")
    scenario = load_scenario(own.get("scenario", BASELINE), overrides)
    return run_plan(own, [scenario], "run", replications=1, executors=CLUSTER_EXECUTORS)


def one_run(
    plan: RunPlan, words: Sequence[str], simulate: "Simulate | None" = None, brief: bool = False
) -> None:
    """Simulate, write and tell; on Ctrl-C write what is finished and pass the interruption on."""
    from experiments.executors.replications import replications, table_files
    from experiments.output.output_folder import OutputFolder
    from experiments.output.request_file_facts import announce, stream_files, stream_manifest, write_tables

    started = datetime.now().astimezone()
    with OutputFolder(plan.out, [*table_files(), "summary.csv", BY_GROUP, *stream_files(plan)]) as output:
        # Here, so that a folder that cannot be used is told at once.
        from analysis.findings.remarks import stored
        from experiments.output.manifest import manifest
        from experiments.output.remarks import means_of_summary, remarks_of, say_first

        if not brief:
            announce(plan)
        summaries = []
        there = 0
        status = "complete"
        try:
            with contextlib.closing(replications(plan, simulate)) as results:
                for finished in results:
                    with uninterrupted():
                        output.add(finished)
                        summaries.append(finished.summaries[plan.scenarios[0].name])
        except KeyboardInterrupt:
            status = "interrupted"
        try:
            # A second interruption is no reason to lose what is finished.
            with uninterrupted():
                if summaries:
                    table = summary({plan.scenarios[0].name: summaries}, plan)
                    output.add_table("summary.csv", table)
                    write_groups(output, {plan.scenarios[0].name: summaries})
                    done = [one.replication for one in summaries]
                    write_tables(output, plan)
                    found = remarks_of(
                        plan.scenarios, means_of_summary(table), {plan.scenarios[0].name: summaries}
                    )
                    more = {**stream_manifest(plan), "remarks": stored(found)}
                    facts = manifest("run", words, plan, done, started, status, more)
                    there = finish(output, facts)
        except KeyboardInterrupt:
            status = "interrupted"
    if status == "interrupted":
        raise KeyboardInterrupt(kept(there, plan))
    if brief:
        out = visible(plan.out)
        pattern = "{}: {} replication in {}" if len(summaries) == 1 else "{}: {} replications in {}"
        print(tell(pattern, plan.scenarios[0].name, len(summaries), out))
    else:
        say_first(found)
        show_summary(table, plan, len(summaries))


def finish(output: "OutputFolder", facts: Mapping[str, Any]) -> int:
    """Let results take their place; return how many replications are there then.

    An interrupted study does not replace more of the same.
    """
    from experiments.output.manifest import holds_more

    before = output.before.manifest
    if facts["status"] == "interrupted" and holds_more(before, facts):
        return len(before["replications_finished"])
    output.finish(facts)
    return len(facts["replications_finished"])


def counted_text(replications: int) -> str:
    """Return the number of replications in words."""
    return f"{replications} replication{'s' if replications > 1 else ''}"


def show_summary(table: "pd.DataFrame", plan: RunPlan, finished: int) -> None:
    """Print the headline estimands of one scenario, or what fits a bare queue or diffusion."""
    from analysis.findings.text_table import note_lines, render_summary
    from analysis.findings.three_lines import as_text, first_words_of_one
    from analysis.inputs.data_basis import ledger_text
    from analysis.metrics import metric

    scenario = plan.scenarios[0]
    shown = [name for name in table["metric"] if metric(name).group in ("headline", "verification")]
    spoken = language()
    named = scenario.title.zh if spoken == "zh" else scenario.title.en
    title = visible(named.strip() or scenario.name)
    if scenario.verification.mode == "none":
        print(as_text([first_words_of_one(table, title, spoken, finished)]))
        print()
    else:
        many = finished > 1
        print(tell("{}, {} replications", title, finished) if many else tell("{}, one replication", title))
    print(render_summary(table, shown, spoken))
    alone = "" if finished > 1 else tell("One replication: no intervals.")
    notes = note_lines(table, shown, language=spoken, constant=False)
    for text in (*notes, ledger_text(scenario, spoken), alone):
        if text:
            print(text)
    print("\n" + tell("Written to {}", visible(plan.out)))


def summary(summaries: dict[str, list[Any]], plan: RunPlan) -> "pd.DataFrame":
    """Means and intervals of all metrics, one block a scenario, and what each rests on."""
    import pandas as pd

    from analysis.comparison.scenario_summary import summarise_runs
    from analysis.inputs.data_basis import basis
    from analysis.metrics import metric

    settings = {scenario.name: scenario for scenario in plan.scenarios}
    blocks = []
    for name, items in summaries.items():
        block = summarise_runs(items)
        said = {one.metric: one.text() for one in block.attrs["notes"]}
        bare = block["metric"].map(lambda key: metric(key).group == "verification")
        if bare.any():
            # A queue has no residents, and its estimands are not theirs.
            block = block[bare].reset_index(drop=True)
        block.insert(0, "scenario", name)
        block["replications"] = len(items)
        block["remark"] = [said.get(key, "") for key in block["metric"]]
        block["rests_on"] = [basis(key, settings[name]) for key in block["metric"]]
        blocks.append(block)
    return pd.concat(blocks, ignore_index=True)


def write_groups(output: "OutputFolder", summaries: Mapping[str, Sequence[Any]]) -> "pd.DataFrame":
    """Write the measures by group of needs, where runs have any; return them."""
    from analysis.comparison.by_group import by_group_table

    table = by_group_table(summaries)
    if len(table):
        output.add_table(BY_GROUP, table)
    return table


def kept(number: int, plan: RunPlan) -> str:
    """What remains after an interruption, in words."""
    if not number:
        return tell("interrupted; nothing was finished")
    finished = "interrupted; {} of {} replications are finished and kept in {}"
    return tell(finished, number, plan.replications, plan.out)
