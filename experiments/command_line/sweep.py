"""cogov sweep: one scenario or several over many values of any parameters, with intervals.

Usage:   cogov sweep [scenario=NAME | scenarios=[A,B]] key=a,b,c ... [key=value ...]
Example: cogov sweep staff.per_10k=8,12,16 paperwork.base_share=range(0.2,0.5,0.1) replications=20
Example: cogov sweep design=sobol points=64 vary=[staff.per_10k,trust.*] scenario=co_governance

key=a,b,c  key=range(1,9,2)  every combination of the values listed (design=grid)
key=interval(LOW,HIGH)       a range, for design=lhs (Latin hypercube) and design=sobol
vary=[KEY,group.*]           parameters over their plausible ranges, likewise
points=INT                   points of such a design (64)
any parameter=value          the same at every point

scenario=NAME                what is run (administration_led)
scenarios=[A,B]              several at every point, on the same needs and luck; differences from the first
metric=NAME or [A,B]         what is estimated, summarised and drawn (the first); nothing else is, which saves
                             half the time or more on small runs. Without it: every metric, rmst180 drawn
replications=INT             at every point (20), with the same luck at all of them
precision=NUMBER             go on until the interval of the first metric (of its difference, with several
                             scenarios) reaches at most so far to either side, after replications= of them
most=INT                     … but not beyond so many replications (10000)
seed=INT                     other luck (1)
store=FOLDER                 where runs are kept (out/store); what is there is not computed again
retry=true                   compute runs again that failed before
executor=serial|processes|dask  jobs=INT  executor.address=tcp://…   who carries out the runs (processes)
out=FOLDER                   where the results go (out/sweep)
language=en|zh               of tables and figure (the system's)

Writes runs.csv and runs.parquet (one row per run: parameters, replication, metrics), sweep.csv and
sweep.parquet (one row per point, scenario and metric: mean, interval, difference), manifest.json and figures.
FOLDER is new, empty or holds results of cogov; files of your own beside these stay as they are.
Ctrl-C, SIGTERM and SIGHUP keep what is finished; the same command goes on.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from analysis.safe_text.plain_text import visible
from experiments.chinese.terminal_words import tell
from experiments.designs.sweep_plan import SweepPlan, prepare
from experiments.output.output_folder import OutputFolder, pictures
from experiments.system.language import language
from sim.errors import InputError, did_you_mean

if TYPE_CHECKING:
    from experiments.runs.simulation import Simulate

FILES = ("runs.csv", "runs.parquet", "sweep.csv", "sweep.parquet", *pictures("sweep"))


def main(words: Sequence[str], simulate: "Simulate | None" = None) -> None:
    """Carry out the command."""
    run_sweep(prepare(words, simulate))


def answer(table: Any, plan: SweepPlan) -> list[str]:
    """Return what a sweep found about its first metric: a line for each scenario compared, or one in all."""
    from analysis.report.sweep_report import sweep_answer
    from experiments.results.presentation import titles

    called = {arm: titles(plan.scenarios, language()).get(arm) or arm for arm in dict.fromkeys(table["arm"])}
    found = sweep_answer(table, list(plan.varied), plan.metrics[0], called, language())
    return [tell("Answer: {}", line) for line in found]


def run_sweep(plan: SweepPlan) -> None:
    """Compute what is missing, write tables and figure, say what was found."""
    started = datetime.now().astimezone()
    chosen = plan.workers
    with OutputFolder(plan.out, FILES) as output:
        # What runs points and summarises them loads after the words have been checked: a refusal comes soon.
        from experiments.designs.sweep_tables import summarise, write_results
        from experiments.executors import open_executor
        from experiments.output.remarks import remarks_of, say_first, say_of_points
        from experiments.store import Store, submit
        from experiments.store.sequential_replications import measured, submit_precisely

        with (
            Store(plan.store, plan.command) as store,
            open_executor(chosen.executor, chosen.jobs, chosen.address) as executor,
        ):
            study, wanted = plan.study, len(plan.study)
            if plan.precision is None:
                told = [submit(store, study, executor, plan.retry)]
            else:
                study, told = submit_precisely(
                    store, study, executor, plan.precision, plan.against, plan.retry
                )
                wanted = len(study)
            missing = [name for name in plan.metrics if name not in (known := store.metrics(study))]
            if missing and known:
                hint = did_you_mean(missing[0], known) or f"there are {', '.join(known[:8])}, …"
                raise InputError("metric", missing[0], "a metric of these runs", hint=hint)
            table = summarise(store, study, plan)
            told_hours = "utilisation" in store.metrics(study)
            said = say_of_points(measured(store, study, "utilisation")) if told_hours else []
            picture = write_results(output, store, study, plan, table, started)
    say_first(remarks_of(plan.scenarios))
    for line in said:
        print(line)
    computed, failed = sum(part.computed for part in told), told[-1].failed
    points = len(plan.study.points) // len(plan.arms)
    print(
        tell(
            "{} runs at {} points: {} computed, {} already there.",
            wanted,
            points,
            computed,
            wanted - computed,
        )
    )
    if failed:
        print(tell("Failed runs: {} (cogov store show store={}).", failed, plan.store))
    print(tell("Written to {}: {}.", visible(plan.out), f"runs.csv, sweep.csv, {picture.name}"))
    for line in answer(table, plan):
        print(line)
