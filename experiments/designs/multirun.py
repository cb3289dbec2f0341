"""Every combination of several values: `cogov run -m`.

Values are listed (`community.residents=9000,20000`) or given as a range (`seed=range(1,6)`), in Hydra's
grammar. A combination that fails does not keep the others from running.
"""

import itertools
import os
import shlex
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import pandas as pd

from experiments.arguments.key_values import name_list
from experiments.output.manifest import brief_manifest
from experiments.output.output_folder import OutputFolder
from experiments.system.faults import report_fault, say
from experiments.system.interrupts import uninterrupted
from sim.errors import InputError
from sim.input_files.documents import user_path
from sim.parameters.scenario import parameters_by_key
from sim.scenario.overrides import options, parse, split_override

MOST_RUNS = 10_000
OWN_PATHS = ("scenario", "out")


class SomeRunsFailed(Exception):
    """Some combinations failed; `status` is the worst exit status among them."""

    def __init__(self, status: int, failed: int, runs: int) -> None:
        super().__init__(f"{failed} of {runs} runs failed")
        self.status = status


def multirun(words: Sequence[str], one: Callable[[list[str]], None]) -> None:
    """Carry out `one` for all combinations, one after another, into numbered folders."""
    combinations = expand(words)
    base = Path("out")
    for word in words:
        if word.startswith("out="):
            base = user_path(word.removeprefix("out=").strip("'\""), "out")
    statuses: list[int] = []
    started = datetime.now().astimezone()
    with OutputFolder(base, ["runs.csv"]) as output:
        status = "interrupted"
        try:
            for number, combination in enumerate(combinations):
                mine = [*_without_out(combination), f"out={base / str(number)}"]
                statuses.append(_status(number, mine, one))
            status = "complete"
        finally:
            with uninterrupted():
                output.add_table("runs.csv", _list(combinations, statuses))
                output.finish(brief_manifest(shlex.join(["cogov", "run", "-m", *words]), started, status))
    failed = sum(status != 0 for status in statuses)
    if failed:
        # A fault of ours is worse than one of the input.
        raise SomeRunsFailed(1 if 1 in statuses else 2, failed, len(statuses))


def _status(number: int, words: list[str], one: Callable[[list[str]], None]) -> int:
    """Carry out one combination and report what went wrong."""
    try:
        one(words)
    except InputError as error:
        say(f"run {number}: {error}")
        return 2
    except Exception as error:
        report_fault(error, f"run {number}: ")
        return 1
    return 0


def _list(combinations: list[list[str]], statuses: list[int]) -> pd.DataFrame:
    """Return which folder holds what, as far as it was carried out."""
    rows = [
        {"run": number, "overrides": " ".join(_without_out(combination)), "status": status}
        for number, (combination, status) in enumerate(zip(combinations, statuses, strict=False))
    ]
    return pd.DataFrame(rows, columns=["run", "overrides", "status"])


def _without_out(words: Sequence[str]) -> list[str]:
    return [word for word in words if not word.startswith("out=")]


def expand(words: Sequence[str]) -> list[list[str]]:
    """All combinations of the values listed, the last key changing fastest."""
    choices = [_choices(word) for word in words]
    count = 1
    for found in choices:
        count *= len(found)
    if count > MOST_RUNS:
        raise InputError("-m", count, f"at most {MOST_RUNS} combinations")
    return [list(combination) for combination in itertools.product(*choices)]


def _choices(word: str) -> list[str]:
    """The single-valued words a word with several values stands for."""
    key, value = split_override(word)
    parameter = parameters_by_key().get(key)
    if key in OWN_PATHS or (parameter is not None and parameter.kind == "path"):
        # A file whose name has a comma in it is that file; otherwise commas separate names.
        if key == "out" or os.path.exists(value):
            return [word]
        return [f"{key}={name}" for name in name_list(value)] or [word]
    if parameter is not None and parameter.kind == "text":
        return [word]
    return [f"{key}={option}" for option in _parsed_choices(key, value)]


def _parsed_choices(key: str, value: str) -> list[str]:
    # The command's own keys are single words to Hydra, parameters are dotted: both parse alike.
    parsed = parse(key, value, "a value, a list a,b,c or range(start,stop[,step])")
    return options(key, value, parsed, MOST_RUNS) if parsed.is_sweep_override() else [value]
