"""cogov store: what runs are kept, how they went, and what may go.

Usage:   cogov store ls|show|gc [store=FOLDER] [key=value ...]
Example: cogov store ls store=out/store

ls                    every use of the store (when, how it ended, what it computed), and the totals
show                  the runs that failed, with their errors
show run=ID           one run: what was set, how it went, its numbers; the beginning of the identity is enough
gc                    joins small files and removes what killed runs left behind and rows kept twice
gc drop=old           … and runs made by any other version of the model than this
gc drop=failed        … and the rows of failed runs, which are then computed again when asked for
gc drop=damaged       … and files whose content is proved not to be what was written

store=FOLDER          where the store is (out/store)

A run is kept under the hash of its full configuration, seed, replication and version of the code; commands
that need many runs compute only those that are missing. What cannot be read is named, counted and passed
over: its runs are computed again when asked for, and the file stays, for it may be good. Files that this
program did not write are left alone.
"""

from collections.abc import Sequence
from pathlib import Path

from analysis.safe_text.plain_text import visible
from experiments.arguments.input_hints import MissingInput
from experiments.arguments.key_values import split_words
from experiments.chinese.terminal_words import pairs, tell
from experiments.store import USUAL_FOLDER
from experiments.store.mark import check_mark
from sim.errors import InputError, did_you_mean
from sim.input_files.documents import is_folder, user_path

ACTIONS = ("ls", "show", "gc")
DROPS = ("old", "failed", "damaged")


def main(words: Sequence[str], simulate: object = None) -> None:
    """Carry out the command."""
    action, *rest = words or [""]
    if action not in ACTIONS:
        hint = did_you_mean(action, ACTIONS) or "cogov store --help"
        raise MissingInput("store", action, f"one of {', '.join(ACTIONS)}", hint=hint)
    own_keys = {"ls": ("store",), "show": ("store", "run"), "gc": ("store", "drop")}[action]
    own, others = split_words(rest, own_keys)
    if others:
        key, _, value = others[0].partition("=")
        raise InputError(key, value, f"one of {', '.join(own_keys)}", hint=f"this is cogov store {action}")
    drop = own.get("drop", "")
    if drop not in ("", *DROPS):
        raise InputError("drop", drop, f"one of {', '.join(DROPS)}")
    folder = user_path(own.get("store", USUAL_FOLDER), "store")
    if not is_folder(folder):
        # Told before what opens stores is loaded.
        check_mark(folder, there=True)
    {"ls": _ls, "show": _show, "gc": _gc}[action](folder, own)


def _ls(folder: Path, own: dict[str, str]) -> None:
    from analysis.findings.text_table import layout
    from experiments.store import Store
    from experiments.store.maintenance import counts, sessions, size

    with Store(folder, read_only=True) as store:
        lines = [[tell(head) for head in ("begun", "ended", "wanted", "found", "computed", "failed")]]
        commands = [tell("command"), ""]
        for facts in sessions(store):
            numbers = [str(facts.get(name, "–")) for name in ("wanted", "found", "computed", "failed")]
            lines.append([str(facts["started"])[:19], _status(facts["status"]), *numbers])
            commands.append(str(facts["command"]))
        for line, command in zip(layout(lines).splitlines(), commands, strict=True):
            print(f"{line}  {visible(command)}".rstrip())
        parts, octets = size(store)
        for code, count in counts(store).items():
            print("  " + tell("code {}: {} done, {} failed", code, count["done"], count["failed"]))
        if store.passed_over:
            print("  " + tell("{} parts cannot be read and were passed over", len(store.passed_over)))
        sizes = visible(folder), len(store.index), parts, octets / 1e6
        print("\n" + tell("{}: {} runs in {} parts, {:.1f} MB", *sizes))


def _show(folder: Path, own: dict[str, str]) -> None:
    from experiments.store import Store
    from experiments.store.maintenance import differences, failures, look_up

    with Store(folder, read_only=True) as store:
        if "run" not in own:
            failed = failures(store)
            for run, error in failed:
                print(f"{run}  {visible(error)}")
            if not failed:
                print(tell("no run in {} has failed; show run=ID shows one", folder))
            return
        row = look_up(store, own["run"])
    for name in (
        "run",
        "status",
        "error",
        "seed",
        "replication",
        "simulate",
        "measure",
        "code",
        "seconds",
        "part",
    ):
        if row[name] not in ("", None):
            print(f"{name:<12} {visible(row[name])}")
    print(tell("set away from the defaults:"))
    for line in differences(row["configuration"]):
        print(f"  {line}")
    if row["values"]:
        print(tell("numbers:"))
    for name, value in row["values"].items():
        print(f"  {name:<34} {value:.6g}")


def _gc(folder: Path, own: dict[str, str]) -> None:
    from experiments.store import Store
    from experiments.store.maintenance import tidy

    drop = own.get("drop", "")
    with Store(folder, there=True) as store:
        done = tidy(store, **({f"drop_{drop}": True} if drop else {}))
    print(
        tell(
            "{} rows removed; {} parts ({:.1f} MB) became {} ({:.1f} MB)",
            done.rows,
            done.parts_before,
            done.bytes_before / 1e6,
            done.parts_after,
            done.bytes_after / 1e6,
        )
    )
    if done.removed:
        print(tell("{} damaged parts removed", done.removed))
    if done.kept:
        again = "{} parts cannot be read and are kept; their runs are computed again when asked for"
        print(tell(again, done.kept))
    if done.damaged:
        wrong = "{} of them are damaged: what is in them is not what was written (drop=damaged)"
        print(tell(wrong, done.damaged))
    if done.undecided:
        unknown = "{} runs kept whose measure cannot be found from here, so that nobody can tell"
        print(tell(unknown, done.undecided))


def _status(status: object) -> str:
    """Return how a use of the store ended, in words where there are some."""
    return tell(str(status)) if str(status) in pairs() else str(status)
