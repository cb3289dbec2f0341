"""What those who know Hydra type: turned into cogov's own words, or refused in a line that names them."""

import os
from collections.abc import Sequence
from pathlib import Path

from sim.errors import InputError, one_line

#: Options of Hydra that cogov has otherwise, and what to write here.
INSTEAD = {
    "--info": "cogov --version, cogov explain scenario=NAME",
    "--hydra-help": "cogov --help",
    "--config-name": "scenario=NAME",
    "--config-path": "--config-dir DIR, or scenario=FILE.yaml",
    "--package": "cogov COMMAND --cfg job",
    "--resolve": "cogov COMMAND --cfg job",
    "--shell-completion": "cogov completion bash",
    "--experimental-rerun": "the command in manifest.json",
    "--run": "cogov run",
    "-cn": "scenario=NAME",
    "-cp": "--config-dir DIR, or scenario=FILE.yaml",
    "-i": "cogov --version, cogov explain scenario=NAME",
    "-p": "cogov COMMAND --cfg job",
    "-r": "cogov run",
    "-sc": "cogov completion bash",
}
#: Launchers of Hydra's plugins, and who carries out runs here.
LAUNCHERS = {
    "basic": "executor=serial",
    "joblib": "executor=processes jobs=N",
    "ray": "executor=dask executor.address=tcp://HOST:PORT",
    "rq": "executor=dask executor.address=tcp://HOST:PORT",
    "submitit_local": "executor=processes jobs=N",
    "submitit_slurm": "executor=dask executor.address=tcp://HOST:PORT (docs/guides/run-on-a-cluster.md)",
}
#: Keys of Hydra's own configuration, and what decides the same here.
KEYS = {
    "hydra.run.dir": "out=FOLDER",
    "hydra.sweep.dir": "out=FOLDER",
    "hydra.sweep.subdir": "out=FOLDER; runs are numbered in it",
    "hydra.job.name": "out=FOLDER",
    "hydra.launcher.n_jobs": "jobs=N",
    "hydra.searchpath": "--config-dir DIR",
    "hydra.mode": "cogov run -m",
    "hydra/sweeper": "cogov sweep, cogov sensitivity or cogov discover",
}
_CONFIG, _FOLDER = ("--cfg", "-c"), ("--config-dir", "-cd")
_SHOWN = ("job", "all")


def plain_words(words: Sequence[str]) -> tuple[list[str], bool]:
    """Return the words as cogov knows them, and whether the configuration is to be shown instead of used.

    Raises
    ------
    InputError
        For what Hydra has and cogov has otherwise; the line names what to write instead.
    """
    found: list[str] = []
    folder, shown = "", False
    rest = list(words)
    while rest:
        word = rest.pop(0)
        name, equals, value = word.partition("=")
        if name in _CONFIG + _FOLDER and word.startswith("-"):
            if not equals:
                value = rest.pop(0) if rest else ""
            if name in _FOLDER:
                folder = value
            elif value in _SHOWN:
                shown = True
            else:
                raise InputError(name, value, "job", hint="cogov keeps no configuration of Hydra's own")
            continue
        _refuse(word)
        found.append(word)
    return (_from_folder(found, folder) if folder else found), shown


def _refuse(word: str) -> None:
    name, _, value = word.partition("=")
    if name in INSTEAD:
        raise InputError("option", name, "one that cogov has", hint=f"write {INSTEAD[name]}")
    plain = name.lstrip("+~")
    if plain == "hydra/launcher":
        instead = LAUNCHERS.get(value, "executor=serial|processes|dask")
        raise InputError(plain, value, "left out", hint=f"write {instead}")
    if plain.startswith("hydra"):
        instead = KEYS.get(plain, "cogov COMMAND --help for the keys there are")
        raise InputError(plain, value, "left out", hint=f"write {instead}")
    if "/" in name or "\\" in name:
        return
    if name.startswith("+"):
        hint = f"every parameter exists: write {one_line(word.lstrip('+'))}"
        raise InputError(name, value, "key=value without + or ~", hint=hint)
    if name.startswith("~"):
        hint = f"set {plain} to where it does nothing, as cogov explain {plain} tells"
        raise InputError(name, value, "key=value without + or ~", hint=one_line(hint))


def _from_folder(words: Sequence[str], folder: str) -> list[str]:
    """Put the file of a folder of scenarios where its name is written."""
    if not os.path.isdir(folder):
        raise InputError("--config-dir", folder, "an existing folder of scenarios (NAME.yaml)")
    # The table of parameters is loaded with it: only here.
    from experiments.arguments.key_values import list_of, name_list

    found = []
    for word in words:
        key, equals, value = word.partition("=")
        if equals and key == "scenario":
            word = f"scenario={_file(folder, value)}"
        elif equals and key == "scenarios":
            word = f"scenarios={list_of(_file(folder, name) for name in name_list(value))}"
        found.append(word)
    return found


def _file(folder: str, name: str) -> str:
    for suffix in (".yaml", ".yml"):
        path = Path(folder) / f"{name}{suffix}"
        if name and path.is_file():
            return str(path)
    return name
