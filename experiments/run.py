"""cogov run: simulate one scenario and write what happened.

Usage:   cogov run [scenario=NAME] [key=value ...]
Example: cogov run scenario=co_governance replications=20 community.residents=20000 out=out/large

scenario=NAME or FILE.yaml   what to simulate (administration_led); `cogov explain` lists the shipped ones
seed=INT                     other luck (1)
replications=INT             independent repetitions (1)
out=FOLDER                   where the results go (out/run)
executor=serial|processes    one process or several (serial); results are the same
jobs=INT                     how many processes (all processors)
any parameter=value          override, e.g. horizon_days=730; `cogov explain KEY` tells what it means

Writes manifest.json, cases.parquet, daily.parquet, people.parquet, summary.csv.
Ctrl-C keeps the replications that are finished.

cogov run -m key=1,2,3 other=a,b  runs every combination and writes FOLDER/0, FOLDER/1, ... and
FOLDER/runs.csv (FOLDER: out); the exit status is that of the worst run.
"""

import contextlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pandas as pd

from experiments.arguments import STUDY_KEYS, Study, split_words, study
from experiments.interrupts import uninterrupted
from experiments.manifest import manifest
from experiments.output import OutputFolder
from experiments.runner import Simulate, replications
from sim.errors import InputError
from sim.scenario import BASELINE, load_scenario

OWN_KEYS = ("scenario", *STUDY_KEYS)


def main(words: Sequence[str], simulate: Simulate | None = None) -> None:
    """Carry out the command."""
    if "-m" in words or "--multirun" in words:
        from experiments.multirun import multirun

        multirun([word for word in words if word not in ("-m", "--multirun")], simulate)
        return
    one_run(prepare(words), words, simulate)


def prepare(words: Sequence[str]) -> Study:
    """Check everything that can be checked before simulating."""
    own, overrides = split_words(words, (*OWN_KEYS, "scenarios"))
    if "scenarios" in own:
        raise InputError("scenarios", own["scenarios"], "scenario=NAME here", hint="several: cogov compare")
    scenario = load_scenario(own.get("scenario", BASELINE), overrides)
    return study(own, [scenario], "run", replications=1)


def one_run(plan: Study, words: Sequence[str], simulate: Simulate | None = None) -> None:
    """Simulate and write; on Ctrl-C write what is finished and pass the interruption on."""
    started = datetime.now().astimezone()
    with OutputFolder(plan.out) as output:
        digests = []
        status = "complete"
        try:
            with contextlib.closing(replications(plan, simulate)) as results:
                for finished in results:
                    with uninterrupted():
                        output.add(finished)
                        digests.append(finished.digests[plan.scenarios[0].name])
        except KeyboardInterrupt:
            status = "interrupted"
        if digests:
            output.add_table("summary.csv", summary({plan.scenarios[0].name: digests}))
            done = [digest.replication for digest in digests]
            output.finish(manifest("run", words, plan, done, started, status))
    if status == "interrupted":
        raise KeyboardInterrupt(kept(len(digests), plan))
    number = f"{len(digests)} replication{'s' if len(digests) > 1 else ''}"
    print(f"{plan.scenarios[0].name}: {number} in {plan.out}")


def summary(digests: dict[str, list[Any]]) -> pd.DataFrame:
    """Means and intervals of all metrics, one block a scenario."""
    from analysis.summary import summarise_digests

    blocks = []
    for name, items in digests.items():
        block = summarise_digests(items)
        block.insert(0, "scenario", name)
        block["replications"] = len(items)
        blocks.append(block)
    return pd.concat(blocks, ignore_index=True)


def kept(number: int, plan: Study) -> str:
    """What remains after an interruption, in words."""
    if not number:
        return "interrupted; nothing was finished"
    return f"interrupted; {number} of {plan.replications} replications are finished and kept in {plan.out}"
