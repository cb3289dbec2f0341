"""What a store holds, in words, and what of it may go."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from experiments.arguments import shown
from experiments.functions import code_version
from experiments.leftovers import PREFIX
from experiments.store.claims import living
from experiments.store.parts import FAILED, METRIC, part_names, write_part
from experiments.store.store import Store, manifests
from sim.errors import InputError
from sim.parameters import Scenario, flatten

#: Rows of a part after tidying: small enough to be read into memory whole.
PART_ROWS = 8192


@dataclass
class Removed:
    """What `tidy` did."""

    rows: int = 0
    parts_before: int = 0
    parts_after: int = 0
    bytes_before: int = 0
    bytes_after: int = 0


def sessions(store: Store) -> Iterator[dict[str, Any]]:
    """Yield one mapping a use of the store; one that neither ended nor is at work was killed."""
    alive = set(living(store.sessions))
    for facts in manifests(store.folder):
        if facts.get("status") == "begun":
            facts["status"] = "at work" if facts["session"] in alive else "killed"
        yield facts


def size(store: Store) -> tuple[int, int]:
    """Return the number of parts and of bytes in them."""
    names = part_names(store.parts)
    return len(names), sum((store.parts / name).stat().st_size for name in names)


def counts(store: Store) -> dict[str, Counter[str]]:
    """Return how many runs there are by code version and status; reads two columns."""
    found: dict[str, Counter[str]] = {}
    for name in part_names(store.parts):
        if name in store.damaged:
            continue
        table = pq.read_table(store.parts / name, columns=["code", "status"], use_threads=False)
        for code, status in zip(table["code"].to_pylist(), table["status"].to_pylist(), strict=True):
            found.setdefault(code, Counter())[status] += 1
    return found


def failures(store: Store, most: int = 20) -> list[tuple[str, str]]:
    """Return identity and error of failed runs, at most so many."""
    found: list[tuple[str, str]] = []
    for name in part_names(store.parts):
        if name in store.damaged or len(found) >= most:
            continue
        table = pq.read_table(store.parts / name, columns=["run", "status", "error"], use_threads=False)
        rows = zip(*(table[column].to_pylist() for column in ("run", "status", "error")), strict=True)
        for run, status, error in rows:
            place = store.find(run.encode())
            if status == FAILED and place is not None and not place.done:
                found.append((run, error))
    return found[:most]


def look_up(store: Store, prefix: str) -> dict[str, Any]:
    """Return everything about one run, named by the beginning of its identity."""
    matches = []
    for name in part_names(store.parts):
        if name in store.damaged:
            continue
        runs = pq.read_table(store.parts / name, columns=["run"], use_threads=False)["run"].to_pylist()
        matches += [(name, row, run) for row, run in enumerate(runs) if run.startswith(prefix)]
    identities = {run for _, _, run in matches}
    if len(identities) != 1:
        hint = f"{len(identities)} runs begin so" if identities else "no run begins so"
        raise InputError("run", prefix, "the beginning of one run's identity", hint=hint)
    place = store.find(matches[0][2].encode())
    assert place is not None
    name = store.index.parts[place.part]
    table = pq.read_table(store.parts / name, use_threads=False).slice(place.row, 1)
    (row,) = table.to_pylist()
    values = {key.removeprefix(METRIC): v for key, v in row.items() if key.startswith(METRIC)}
    rest = {key: value for key, value in row.items() if not key.startswith(METRIC)}
    return {**rest, "part": name, "values": {key: v for key, v in values.items() if v is not None}}


def differences(configuration: str) -> list[str]:
    """Return what of a configuration differs from the defaults, as `key = value`."""
    values = json.loads(configuration)
    defaults = flatten(Scenario())
    lines = []
    for key, default in defaults.items():
        node: Any = values
        for part in key.split("."):
            node = node.get(part) if isinstance(node, dict) else None
            if node is None:
                break
        if shown(node) != shown(default) and key.split(".")[0] in values:
            lines.append(f"{key} = {shown(node)}")
    return lines


def tidy(store: Store, drop_old: bool = False, drop_failed: bool = False) -> Removed:
    """Join small parts, drop doubled rows and what is asked to go; nobody else may be at work.

    Parameters
    ----------
    drop_old
        Drop runs made by another version of the model, or of what was measured, than this.
    drop_failed
        Drop the rows of failed runs, so that they are computed again when next asked for.

    Notes
    -----
    New parts are on disk before old ones go: a tidying that is killed leaves doubled rows, which read as one
    and go the next time.
    """
    assert store.session is not None
    with store.lock():
        alive = [name for name in living(store.sessions) if name != store.session.name]
        if alive:
            raise InputError("store", str(store.folder), "a store at which no other process is at work")
        store.refresh()
        report = Removed()
        report.parts_before, report.bytes_before = size(store)
        before = [name for name in part_names(store.parts) if name not in store.damaged]
        gathered: list[pa.Table] = []
        number = 0
        for name in before:
            table, dropped = _kept_rows(store, name, drop_old, drop_failed)
            report.rows += dropped
            if len(table):
                gathered.append(table)
            while sum(map(len, gathered)) >= PART_ROWS or (name == before[-1] and gathered):
                whole = pa.concat_tables(gathered, promote_options="default").combine_chunks()
                part = whole.slice(0, PART_ROWS)
                write_part(store.parts, f"{store.session.name}-tidy-{number:06d}.parquet", part)
                number += 1
                rest = whole.slice(PART_ROWS)
                gathered = [rest] if len(rest) else []
        for name in [*before, *store.damaged]:
            (store.parts / name).unlink(missing_ok=True)
        for partial in store.parts.glob(f"{PREFIX}*"):
            partial.unlink(missing_ok=True)
        report.parts_after, report.bytes_after = size(store)
    return report


def _kept_rows(store: Store, name: str, drop_old: bool, drop_failed: bool) -> tuple[pa.Table, int]:
    table = pq.read_table(store.parts / name, use_threads=False)
    keep = np.zeros(len(table), bool)
    old = _made_by_another(table) if drop_old else keep
    for row, run in enumerate(table["run"].to_pylist()):
        place = store.find(run.encode())
        mine = place is not None and place.row == row and store.index.parts[place.part] == name
        if mine and place is not None:
            keep[row] = (place.done or not drop_failed) and not old[row]
    return table.filter(pa.array(keep)), int(len(keep) - keep.sum())


def _made_by_another(table: pa.Table) -> np.ndarray:
    """Whether each row was made by another version of the code than this."""
    columns = (table[name].to_pylist() for name in ("simulate", "measure", "code"))
    return np.array(
        [_now(simulate, measure) != code for simulate, measure, code in zip(*columns, strict=True)], bool
    )


def _now(simulate: str, measure: str) -> str:
    try:
        return code_version(simulate, measure)
    except (InputError, ImportError):
        return ""  # a function that is no more
