"""cogov province: a province, one county for each task, on this machine or a cluster.

Usage:   cogov province [scenario=NAME | scenarios=[A,B]] [counties=INT] [key=value ...]
Example: cogov province counties=3 scenarios=[administration_led,co_governance] executor=processes jobs=2

scenario=NAME or scenarios=[A,B]   what is simulated (co_governance); several: the same needs and luck in each
residents=INT           of the province (65800000, Zhejiang); each county gets an equal part
of=INT                  counties of the province (90)
counties=INT            how many of them are simulated, the first ones (all)
communities=INT         in each county (171, as Cangnan has)
metric=NAME or [A,B]    what is shown (who is heard, how fast, who takes part, all needs, hours)
replications=INT        years of every county (1)
seed=INT out=FOLDER     other luck (1); where the results go (out/province)
store=FOLDER            where counties are kept (OUT/store); what is there is not computed again
executor=serial|processes|dask  jobs=INT  executor.address=tcp://…   who carries out the counties (serial)
any parameter=value     the same in all counties

Counties are alike but for their luck: each has a seed path of its own, and people and needs of its own. Units
of a county serve its communities; nothing is shared between counties. A worker reduces a county to its
estimates and sends back only those, so it needs the memory of one county, and the numbers are the same bits
whichever worker computed them. Writes province.csv, one row per county, and prints the mean over counties
with its 95 % interval, and how long the whole takes. Ctrl-C keeps finished counties; the same call goes on.
"""

import math
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.safe_text.plain_text import visible
from experiments.arguments.key_values import name_list, split_words, whole_number
from experiments.arguments.metric_names import known_metric
from experiments.arguments.run_plan import (
    CLUSTER_EXECUTORS,
    CLUSTER_KEYS,
    LARGEST_REPLICATIONS,
    RunPlan,
    run_plan,
)
from experiments.arguments.scenarios import load_arms
from experiments.chinese.terminal_words import tell
from experiments.output.output_folder import OutputFolder
from experiments.runs.function_references import ENGINE
from experiments.runs.run_identity import run_identity
from experiments.store.study import Run, Study
from experiments.system.language import language
from sim.errors import InputError
from sim.input_files.documents import user_path
from sim.parameters.scenario import Scenario
from sim.scenario.loading import load_scenario

# What runs and keeps counties loads after the words have been checked: a refusal comes at once.
if TYPE_CHECKING:
    import pandas as pd

    from experiments.store import Store

RESIDENTS, COUNTIES, COMMUNITIES = 65_800_000, 90, 171
SHOWN = (
    "reported_180d,report_to_solution_median,solved_30d_from_report,participation,rmst180,hours_per_solved"
)
OWN_KEYS = (
    "scenario", "scenarios", "residents", "of", "counties", "communities", "metric", "store", *CLUSTER_KEYS,
)  # fmt: skip


@dataclass(frozen=True)
class Province(Study):
    """Scenarios as points; replication r of county k of K has the seed path r·K + k.

    So no two counties share luck, every scenario meets the same counties, and a county is the same run
    however many others are simulated.
    """

    counties: int = COUNTIES
    of: int = COUNTIES

    def replications_of(self, point: int) -> int:
        """Return how many runs a scenario has: each county in each year."""
        return self.counties * super().replications_of(point)

    def runs(self, first: int = 0) -> Iterator[Run]:
        """Yield the runs, county by county, the scenarios of a county after one another."""
        for year in range(super().replications_of(0)):
            for county in range(self.counties):
                path = year * self.of + county
                for point in range(first, len(self.points)):
                    identity = run_identity(self.configuration_hash(point), self.seed, path, self.code)
                    yield Run(identity, point, path)


@dataclass(frozen=True)
class Asked:
    """What the command was asked, checked."""

    plan: RunPlan
    province: Province
    residents: int
    """Of each county."""
    metrics: list[str]
    store: Path


def main(words: Sequence[str], simulate: Any = None) -> None:
    """Carry out the command."""
    carry_out(prepare(words, simulate), words)


def prepare(words: Sequence[str], simulate: Any = None) -> Asked:
    """Check everything that can be checked before simulating."""
    own, overrides = split_words(words, OWN_KEYS)
    residents = whole_number("residents", own.get("residents"), RESIDENTS, 1, 2_000_000_000)
    of = whole_number("of", own.get("of"), COUNTIES, 1, 10_000)
    counties = whole_number("counties", own.get("counties"), of, 1, of)
    communities = whole_number("communities", own.get("communities"), COMMUNITIES, 1, 4000)
    each = round(residents / of)
    place = [f"county.communities={communities}", f"county.residents={each}"]
    plan = run_plan(
        own, _arms(own, [*place, *overrides]), "province", replications=1, executors=CLUSTER_EXECUTORS
    )
    metrics = name_list(own.get("metric", SHOWN))
    _check_metrics(metrics)
    kept = user_path(own["store"], "store") if "store" in own else plan.out / "store"
    # Last, since a study loads what its runs are made by.
    province = Province(
        plan.scenarios,
        plan.seed,
        plan.replications,
        simulate=simulate or ENGINE,
        labels={"scenario": [arm.name for arm in plan.scenarios]},
        counties=counties,
        of=of,
    )
    if len(province) > LARGEST_REPLICATIONS:
        raise InputError("replications", plan.replications, "fewer years of all counties together")
    return Asked(plan, province, each, metrics, kept)


def carry_out(asked: Asked, words: Sequence[str]) -> None:
    """Run the counties that are not there yet, write the table, tell the means."""
    plan, province = asked.plan, asked.province
    started = datetime.now().astimezone()
    with OutputFolder(plan.out, ["province.csv"]) as output:
        from experiments.executors import open_executor
        from experiments.output.manifest import manifest
        from experiments.output.remarks import remarks_of, say_first
        from experiments.store import Store, submit

        with (
            Store(asked.store, shlex.join(["cogov", "province", *words])) as store,
            open_executor(plan.executor, plan.jobs, plan.address) as workers,
        ):
            say_first(remarks_of(plan.scenarios))
            counts = province.counties, province.of, asked.residents
            print(tell("{} of {} counties, {:,} residents each.", *counts), flush=True)
            progress = submit(store, province, workers)
            table = _table(store, province)
            output.add_table("province.csv", table)
            output.finish(manifest("province", words, plan, range(plan.replications), started, "complete"))
    _tell(table, asked.metrics, plan, province, progress.computed)


def _arms(own: dict[str, str], overrides: Sequence[str]) -> list[Scenario]:
    if "scenario" in own and "scenarios" in own:
        raise InputError("scenario", own["scenario"], "either scenario= or scenarios=")
    if "scenarios" in own:
        return load_arms(name_list(own["scenarios"]), overrides)
    return [load_scenario(own.get("scenario", "co_governance"), overrides)]


def _check_metrics(metrics: Sequence[str]) -> None:
    if not metrics:
        raise InputError("metric", "[]", "the name of a metric, or [A,B]")
    for name in metrics:
        known_metric(name)


def _table(store: "Store", province: Province) -> "pd.DataFrame":
    """Return one row per county, year and scenario: every estimate, and the seconds it took its worker."""
    import numpy as np

    from experiments.designs.design_runs import refuse_failed
    from experiments.store.parts import PartReader

    frame = store.rows(province)
    refuse_failed(frame, store)
    reader = PartReader(store.parts, ["seconds"])
    seconds = []
    for run in province.runs():
        place = store.find(run.identity)
        assert place is not None
        found = reader.take(store.index.parts[place.part], np.array([place.row]))
        seconds += [value for _, piece in found for value in piece["seconds"].to_pylist()]
    path = frame["replication"].to_numpy(int)
    frame.insert(0, "county", path % province.of)
    frame.insert(1, "year", path // province.of)
    frame["seconds"] = seconds
    return frame.drop(columns=["point", "replication", "status", "error"])


def _tell(
    table: "pd.DataFrame", metrics: Sequence[str], plan: RunPlan, province: Province, computed: int
) -> None:
    from analysis.findings.text_table import unit_text
    from analysis.metrics import metric, value_range
    from analysis.statistics.intervals import paired_difference, student_interval

    arms = [arm.name for arm in plan.scenarios]
    for name in metrics:
        if name not in table:
            raise InputError("metric", name, "a metric of these runs")
        values = [table.loc[table["scenario"] == arm, name].to_numpy(float) for arm in arms]
        unit = "0–1" if metric(name).unit == "share" else unit_text(metric(name).unit, language())
        print(f"\n{metric(name).label(language())} ({unit or '–'})")
        bounds = value_range(name)
        for arm, mine in zip(arms, values, strict=True):
            print(f"  {arm:<34}{_text(student_interval(mine, bounds=bounds))}")
            if mine is not values[0]:
                apart = paired_difference(values[0], mine, bounds=bounds)
                print(f"  {'  ' + tell('difference'):<34}{_text(apart)}")
    mean = float(table["seconds"].mean())
    whole = mean * len(arms) * province.of * plan.replications
    print("\n" + tell("Written to {}: {}.", visible(plan.out), "province.csv"))
    print(
        tell(
            "{} county-years, {} computed now, {:.1f} s each on its worker; the whole province would take "
            "{:.2f} hours of one worker.",
            len(table),
            computed,
            mean,
            whole / 3600,
        )
    )


def _text(interval: Any) -> str:
    mean, low, high = (float(value) for value in (interval.mean, interval.low, interval.high))
    return f"{mean:9.3f}" + (f"   [{low:.3f}, {high:.3f}]" if math.isfinite(low) else "")
