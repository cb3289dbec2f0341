"""What a store holds, in words, and what of it may go."""

import contextlib
import functools
import importlib.util
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from experiments.arguments.key_values import shown
from experiments.runs.function_references import code_version, split_reference
from experiments.store.locks import living
from experiments.store.part_files import is_ours
from experiments.store.parts import FAILED, METRIC, read_runs, write_part
from experiments.store.store import Store, manifests
from experiments.store.unreadable import Unusable
from experiments.system.files import remove
from sim.errors import InputError
from sim.parameters.scenario import Scenario, flatten

#: Rows of a part after tidying: small enough to be read into memory whole.
PART_ROWS = 8192


@dataclass
class Tidied:
    """What `tidy` did."""

    rows: int = 0
    parts_before: int = 0
    parts_after: int = 0
    bytes_before: int = 0
    bytes_after: int = 0
    #: Parts that cannot be read and stay, those of them proved damaged, and damaged ones that went.
    kept: int = 0
    damaged: int = 0
    removed: int = 0
    #: Runs of which cannot be told whether another version made them, and that stay for that.
    undecided: int = 0


def sessions(store: Store) -> Iterator[dict[str, Any]]:
    """Yield one mapping a use of the store; one that neither ended nor is at work was killed."""
    alive = set(living(store.sessions))
    for facts in manifests(store.folder):
        if facts.get("status") == "begun":
            facts["status"] = "at work" if facts["session"] in alive else "killed"
        yield facts


def size(store: Store) -> tuple[int, int]:
    """Return the number of parts that can be read and of bytes in them."""
    number = octets = 0
    for name in store.index.parts:
        with contextlib.suppress(OSError):
            octets += (store.parts / name).stat().st_size
            number += 1
    return number, octets


def counts(store: Store) -> dict[str, Counter[str]]:
    """Return how many runs there are by code version and status; reads two columns."""
    found: dict[str, Counter[str]] = {}
    for _, table in store.tables(["code", "status"]):
        for code, status in zip(table["code"].to_pylist(), table["status"].to_pylist(), strict=True):
            found.setdefault(code, Counter())[status] += 1
    return found


def failures(store: Store, most: int = 20) -> list[tuple[str, str]]:
    """Return identity and error of failed runs, at most so many."""
    found: list[tuple[str, str]] = []
    for _, table in store.tables(["run", "status", "error"]):
        rows = zip(*(table[column].to_pylist() for column in ("run", "status", "error")), strict=True)
        for run, status, error in rows:
            place = store.find(run.encode())
            if status == FAILED and place is not None and not place.done:
                found.append((run, error or ""))
        if len(found) >= most:
            break
    return found[:most]


def look_up(store: Store, prefix: str) -> dict[str, Any]:
    """Return everything about one run, named by the beginning of its identity."""
    identities: set[str] = set()
    for _, table in store.tables(["run"]):
        identities.update(run for run in table["run"].to_pylist() if run.startswith(prefix))
    if len(identities) != 1:
        hint = f"{len(identities)} runs begin so" if identities else "no run begins so"
        raise InputError("run", prefix, "the beginning of one run's identity", hint=hint)
    place = store.find(identities.pop().encode())
    assert place is not None
    wanted = store.index.parts[place.part]
    found = [table.slice(place.row, 1) for name, table in store.tables(None, only=wanted)]
    if not found:
        raise InputError("run", prefix, "a run that can be read", hint=str(store.passed_over[wanted]))
    (row,) = found[0].to_pylist()
    values = {key.removeprefix(METRIC): v for key, v in row.items() if key.startswith(METRIC)}
    rest = {key: value for key, value in row.items() if not key.startswith(METRIC)}
    return {**rest, "part": wanted, "values": {key: v for key, v in values.items() if v is not None}}


def differences(configuration: str) -> list[str]:
    """Return what of a configuration differs from the defaults, as `key = value`."""
    try:
        values = json.loads(configuration)
    except (TypeError, ValueError, RecursionError):
        values = None
    if not isinstance(values, dict):
        return ["(its configuration cannot be read)"]
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


def tidy(
    store: Store, drop_old: bool = False, drop_failed: bool = False, drop_damaged: bool = False
) -> Tidied:
    """Join small parts, drop doubled rows and what is asked to go; nobody else may be at work.

    Parameters
    ----------
    drop_old
        Drop runs made by another version of the model, or of what was measured, than this.
    drop_failed
        Drop the rows of failed runs, so that they are computed again when next asked for.
    drop_damaged
        Drop parts of ours whose content is proved not to be what was written.

    Notes
    -----
    Only parts that this program wrote are touched. One that cannot be read stays. New parts are on disk, and
    have been read again, before old ones go: a tidying that is killed leaves doubled rows, which read as one
    and go the next time.
    """
    assert store.session is not None
    with store.lock():
        alive = [name for name in living(store.sessions) if name != store.session.name]
        if alive:
            shown = ", ".join(alive[:3])
            raise InputError(
                "store", str(store.folder), "a store at which no other process is at work", hint=shown
            )
        store.refresh()
        report = Tidied()
        report.parts_before, report.bytes_before = size(store)
        # What others put here is read and left alone.
        before = [name for name in store.index.parts if is_ours(store.parts / name)]
        written: list[Path] = []
        try:
            _join(store, before, written, report, drop_old, drop_failed)
            for path in written:
                read_runs(path)
        except BaseException:
            for path in written:
                with contextlib.suppress(OSError):
                    remove(path)
            raise
        _remove_old(store, before, report, drop_damaged)
        for path in written:
            report.parts_after += 1
            report.bytes_after += path.stat().st_size
    return report


def _join(
    store: Store, before: list[str], written: list[Path], report: Tidied, drop_old: bool, drop_failed: bool
) -> None:
    """Write the rows that stay into new parts."""
    assert store.session is not None
    ours = set(before)
    gathered: list[pa.Table] = []
    for name in before:
        found = [table for _, table in store.tables(None, only=name)]
        if not found:
            why = store.passed_over[name]
            raise OSError(f"{store.parts / name}: {why}; nothing was removed")
        table = _kept_rows(store, name, found[0], ours, report, drop_old, drop_failed)
        if len(table):
            gathered.append(table)
        while sum(map(len, gathered)) >= PART_ROWS or (name == before[-1] and gathered):
            whole = pa.concat_tables(gathered, promote_options="default").combine_chunks()
            stem = f"{store.session.name}-tidy-{len(written):06d}"
            written.append(write_part(store.parts, stem, whole.slice(0, PART_ROWS)))
            rest = whole.slice(PART_ROWS)
            gathered = [rest] if len(rest) else []


def _remove_old(store: Store, before: list[str], report: Tidied, drop_damaged: bool) -> None:
    """Remove what has been joined, and what is known to be worthless; count what stays."""
    left = [name for name in store.index.parts if name not in before]
    for name in before:
        try:
            remove(store.parts / name)
        except OSError:
            left.append(name)  # somebody reads it; its rows read as one with those of the new part
    for name, why in store.passed_over.items():
        path = store.parts / name
        if drop_damaged and why.damaged and _is_damaged(path):
            with contextlib.suppress(OSError):
                report.removed += remove(path)
                continue
        report.kept += 1
        report.damaged += why.damaged
    store.remove_partials()
    report.parts_after = len(left)
    for name in left:
        with contextlib.suppress(OSError):
            report.bytes_after += (store.parts / name).stat().st_size


def _is_damaged(path: Path) -> bool:
    """Whether a part, looked at once more, is ours and not what was written."""
    try:
        if is_ours(path):
            read_runs(path)
    except Unusable as why:
        return why.damaged
    except OSError:
        return False
    return False


def _kept_rows(
    store: Store,
    name: str,
    table: pa.Table,
    ours: set[str],
    report: Tidied,
    drop_old: bool,
    drop_failed: bool,
) -> pa.Table:
    keep = np.zeros(len(table), bool)
    old = _made_by_another(table) if drop_old else [False] * len(table)
    for row, run in enumerate(table["run"].to_pylist()):
        place = store.find(run.encode())
        if place is None:
            continue
        part = store.index.parts[place.part]
        # A row that is doubled in a part that is not ours stays here: nobody knows how long that is there.
        if part not in ours or (part, place.row) == (name, row):
            keep[row] = (place.done or not drop_failed) and not old[row]
            report.undecided += old[row] is None
    report.rows += int(len(keep) - keep.sum())
    return table.filter(pa.array(keep))


def _made_by_another(table: pa.Table) -> list[bool | None]:
    """Whether each row was made by another version of the code than this; None where that cannot be told."""
    columns = (table[name].to_pylist() for name in ("simulate", "measure", "code"))
    found: list[bool | None] = []
    for simulate, measure, code in zip(*columns, strict=True):
        now = _now(simulate, measure)
        found.append(None if now is None else now != code)
    return found


def _now(simulate: str, measure: str) -> str | None:
    """Return the present version of two functions; None if they cannot be looked at from here."""
    try:
        if not all(_can_be_found(split_reference(name)[0]) for name in (simulate, measure)):
            return None
        return code_version(simulate, measure)
    except (InputError, ImportError, OSError, AttributeError, TypeError, ValueError):
        return None


@functools.cache
def _can_be_found(module: str) -> bool:
    return importlib.util.find_spec(module) is not None
