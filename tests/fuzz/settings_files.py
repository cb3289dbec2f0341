"""Classes (b) and (c): files of settings: scenarios, mappings of request files, published experiments."""

import json
import shutil
from pathlib import Path
from random import Random
from typing import Any
from unittest import mock

from sim.scenario.loading import SCENARIO_FOLDER
from tests.fuzz import pieces
from tests.fuzz.command_lines import interrupted
from tests.fuzz.outcome import Outcome, attempt

MAPPING = """\
# A mapping with most of what one may say.
residents: 3000
title: made
columns:
  id: id
  opened: [opened, begun]
  closed: closed
  category: cat
  place: place
  unit: unit
  channel: ch
time_format: ["%Y-%m-%d %H:%M"]
period: {from: 2024-01-01, before: 2025-01-01}
missing_category: other
exclude:
  - {column: cat, values: [test, "trial*"], reason: no request}
channels: {1: phone, app: app, x: null}
units: {"007": Works}
places: {north: North}
defaults: {organisations: 1, level: 0, work_hours: 2.0, desk: 0.1, helpable: 0.2, urgent: 0.05}
needs:
  - {category: "light*", organisations: 2, level: 1, work_hours: 1.5}
  - {group: roads, unit: Works, urgent: 0.5}
"""
REQUESTS = "id,opened,closed,cat,place,unit,ch\n" + "".join(
    f"{n},2024-0{1 + n % 6}-1{n % 9} 0{n % 9}:15,2024-07-0{1 + n % 9} 10:00,"
    f"{('light', 'noise', 'road')[n % 3]},{('north', 'south')[n % 2]},{n % 2},{('1', 'app')[n % 2]}\n"
    for n in range(24)
)
CELLS = """\
# A made experiment.
title: {en: Made, zh: 造}
question: Does it hold?
reading: Negative is sooner.
grade: assumed
seed: 1
replications: 2
arms:
  administration_led:
    set: &small {community.residents: 300, warmup_days: 10}
  co_governance:
    set: {<<: *small, joint_session.capacity: 3}
vary:
  paperwork: {key: paperwork.base_share, values: [0.2, 0.4], arms: [co_governance]}
  volume:
    levels:
      free:
      less: {reporting.trust_weight: 0}
metrics: [rmst180, utilisation]
figure: {kind: sweep, x: paperwork, lines: volume, value: difference, labels: {free: {en: a, zh: b}}}
"""
COMMAND = """\
title: {en: Made, zh: 造}
question: Does a command hold?
command: attribute
words: [replications=2, "players=[paperwork]", community.residents=300]
table: attribution.csv
keys: [mechanism]
numbers: {value: [low, high], share: null, spread: half}
figure: attribution.png
"""
SCENARIOS = [path.read_bytes() for path in sorted(SCENARIO_FOLDER.glob("*.yaml"))]
BOMBS = [
    "name: &a [*a]\n",
    "a0: &a0 lol\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10)),
    "a: &a {b: 1}\nstaff: {<<: *a}\n",
    "staff: {<<: [*a, *a]}\n",
    "staff: {per_10k: !!float x}\n",
    "staff: !!python/object/apply:os.getcwd []\n",
    "? {a: 1}\n: 2\n",
    "- staff\n",
    "based_on: scenario.yaml\n",
    "based_on: ../x\n",
    "based_on: /dev/zero\n",
    "based_on: [co_governance]\n",
]


def yaml(rng: Random, value: Any, depth: int = 0) -> str:
    """Write a value as YAML, in one of the ways people do."""
    if isinstance(value, dict):
        if depth and (rng.random() < 0.4 or not value):
            return "{" + ", ".join(f"{scalar(rng, k)}: {yaml(rng, v, 9)}" for k, v in value.items()) + "}"
        if depth > 8:
            return json.dumps(value, default=str)
        indent = "  " * depth
        lines = [f"{indent}{scalar(rng, k)}: {_behind(rng, v, depth)}" for k, v in value.items()]
        return ("\n" if depth else "") + "\n".join(lines) + ("" if depth else "\n")
    if isinstance(value, list | tuple):
        return "[" + ", ".join(yaml(rng, item, 9) for item in value) + "]"
    return scalar(rng, value)


def _behind(rng: Random, value: Any, depth: int) -> str:
    tag = rng.choice(["!!float ", "!!str ", "!!map ", "! ", "&a ", "&b "]) if rng.random() < 0.02 else ""
    return ("*a" if rng.random() < 0.01 else "") + tag + yaml(rng, value, depth + 1)


def scalar(rng: Random, value: Any) -> str:
    """Write a single value, plain or in quotes."""
    if value is None:
        return rng.choice(["null", "~", ""])
    if isinstance(value, bool):
        return rng.choice(["true", "yes", "on", "True"] if value else ["false", "no", "off", "False"])
    if isinstance(value, str):
        return rng.choice([value, value, json.dumps(value, ensure_ascii=rng.random() < 0.5), f"'{value}'"])
    return str(value)


def made_scenario(rng: Random) -> bytes:
    """Return a scenario made of some parameters, good and bad."""
    values: dict[str, Any] = {}
    for _ in range(rng.choice([1, 1, 2, 4, 8])):
        row = rng.choice(pieces.PARAMETERS)
        *groups, name = row.key.split(".") if rng.random() < 0.9 else pieces.key(rng).split(".")
        node = values
        for group in groups:
            node = node.setdefault(group, {}) if isinstance(node.get(group, {}), dict) else {}
        node[name] = pieces.value(rng, row)
    if rng.random() < 0.15:
        values["based_on"] = rng.choice(["co_governance", "iron_soles", "nowhere", *pieces.NASTY])
    if rng.random() < 0.1:
        values[pieces.key(rng)] = pieces.value(rng)
    return pieces.encoded(rng, yaml(rng, values))


def scenario_text(rng: Random) -> bytes:
    """Return the bytes of a scenario's file."""
    return pieces.pick(
        rng,
        (5, lambda: made_scenario(rng)),
        (3, lambda: pieces.damaged(rng, made_scenario(rng))),
        (3, lambda: pieces.damaged(rng, rng.choice(SCENARIOS))),
        (1, lambda: pieces.damaged(rng, rng.choice(BOMBS).encode(), rng.choice([0, 1, 2]))),
        (1, lambda: pieces.encoded(rng, pieces.chaos(rng, 200))),
        (1, lambda: bytes(rng.randrange(256) for _ in range(rng.randrange(40)))),
    )


def changed(rng: Random, text: str) -> bytes:
    """Return a good file with one value or key changed for another, or damaged."""
    from sim.input_files.documents import parse_yaml

    if rng.random() < 0.4:
        return pieces.damaged(rng, text.encode())
    values = parse_yaml(text)
    change(rng, values)
    if rng.random() < 0.2:
        change(rng, values)
    written = pieces.encoded(rng, yaml(rng, values))
    return pieces.damaged(rng, written, 1) if rng.random() < 0.1 else written


def change(rng: Random, node: Any) -> None:
    """Change something, anywhere in a nested value."""
    while True:
        at = rng.choice(list(node) if isinstance(node, dict) else range(len(node)))
        inner = node[at]
        if isinstance(inner, dict | list) and inner and rng.random() < 0.7:
            node = inner
            continue
        kind = rng.randrange(6)
        if kind == 0:
            del node[at]
        elif kind == 1 and isinstance(node, dict):
            name = pieces.misspelt(rng, str(at)) if rng.random() < 0.5 else rng.choice(pieces.NASTY)
            node[name] = node.pop(at)
        elif kind == 2 and isinstance(node, dict):
            node[rng.choice([pieces.key(rng), "x", 1, None, True, 1.5])] = pieces.value(rng)
        else:
            node[at] = _instead(rng, inner)
        return


def _instead(rng: Random, inner: Any) -> Any:
    return pieces.pick(
        rng,
        (3, lambda: pieces.value(rng)),
        (2, lambda: rng.choice(pieces.NASTY)),
        (2, lambda: rng.choice([[], {}, [[]], [None], {"a": []}, [[1, 2]], "", 0, -1, 1.5, True, None])),
        (1, lambda: [inner]),
        (1, lambda: {"x": inner}),
        (1, lambda: [inner] * 40),
        (1, lambda: str(inner)),
    )


def try_scenario(rng: Random, folder: Path) -> Outcome:
    """Class (b): make a scenario's file and try it."""
    shutil.rmtree(folder / "out", ignore_errors=True)
    file = folder / "scenario.yaml"
    file.write_bytes(scenario_text(rng))
    words = ["run", f"scenario={file}", f"out={folder / 'out'}"]
    if rng.random() < 0.3:
        words = ["explain", f"scenario={file}"]
    elif rng.random() < 0.1:
        words = ["compare", f"scenarios=[administration_led,{file}]", f"out={folder / 'out'}"]
    if rng.random() < 0.1:
        words.append(rng.choice(["staff.per_10k=3", "demand.rate=-1", "deliberation.topics_above.labour=1"]))
    return attempt(words, interrupted, folder, [file])


def try_other(rng: Random, folder: Path) -> Outcome:
    """Class (c): make a mapping or an experiment and try it."""
    shutil.rmtree(folder / "out", ignore_errors=True)
    if rng.random() < 0.5:
        file, stream = folder / "mapping.yaml", folder / "requests.csv"
        file.write_bytes(changed(rng, MAPPING))
        stream.write_text(REQUESTS, encoding="utf-8")
        words = ["run", f"demand.stream={stream}", f"demand.mapping={file}", f"out={folder / 'out'}"]
        return attempt(words, interrupted, folder, [file, stream])
    file = folder / "experiment.yaml"
    file.write_bytes(changed(rng, rng.choice([CELLS, CELLS, COMMAND])))
    words = ["reproduce", str(file), f"out={folder / 'out'}", "jobs=1"]
    with (
        mock.patch("experiments.published.reproduction.default_simulate", return_value=interrupted),
        mock.patch("experiments.command_line.reproduce.rerun", interrupted),
    ):
        return attempt(words, interrupted, folder, [file])
