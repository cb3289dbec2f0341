"""Every command that uses files, under Windows' rules: a process of its own, whose workers inherit them.

    python -m tests.windows.commands FOLDER

Writes a line of JSON a command (words, status, what it said); the rules come by `hook/sitecustomize.py`.
"""

import contextlib
import io
import json
import os
import shutil
import signal
import sys
from pathlib import Path

SMALL = ["community.residents=300", "warmup_days=0", "horizon_days=14", "followup_days=7"]
STAFFING = [
    "scenario=verification/queue", "staffing.team=verification.servers", "staffing.target.metric=wait",
    "staffing.target.within_days=0.02", "staffing.target.share=0.8", "verification.arrival_rate=40",
    "verification.service_mean=0.05", "horizon_days=20", "replications=10", "jobs=1",
]  # fmt: skip
SESSION = "20200101-000000-0123abcd"


def main(base: Path) -> None:
    """Carry out the commands, one after another."""
    from experiments.executors.workers import Workers
    from experiments.store import Store

    with Workers(1) as workers:
        workers.submit("rules", has_rules)
        (answer,) = workers.collect()
    assert answer.value is True, "workers do not have the rules"
    store, swept = f"store={base / 'store'}", f"out={base / 'sweep'}"
    sweep = ["sweep", "staff.per_10k=8,10", "jobs=2", store, swept, *SMALL]
    both = ["replications=2", *SMALL]
    tell(["run", f"out={base / 'run'}", *both])
    tell(["compare", f"out={base / 'compare'}", *both])
    tell(["compare", f"out={base / 'compare'}", *both])  # over what is there
    tell([*sweep, "replications=1"])
    # What a process leaves behind that was ended in the middle.
    (base / "store" / "sessions" / f"{SESSION}.claims").write_bytes(b"0" * 24)
    (base / "store" / "parts" / f".partial-{SESSION}-000000.parquet").write_bytes(b"half")
    tell([*sweep, "replications=2"])
    tell(["store", "ls", store])
    tell(["store", "show", store])
    with Store(base / "store") as other, other.lock():
        tell(["store", "ls", store])
    with Store(base / "store"):
        tell(["store", "gc", store])  # refused: somebody is at work
    with next((base / "store" / "parts").glob("*.parquet")).open("rb"):
        tell(["store", "gc", store])  # somebody reads a part: it goes the next time
    tell(["store", "gc", store])
    tell([*sweep, "replications=2"])
    tell(["staffing", f"out={base / 'staffing'}", *STAFFING])
    tell(["report", str(base / "compare"), "language=zh"])
    tell(["report", str(base / "compare"), "language=zh"])
    tell(["report", str(base / "store"), f"out={base / 'report'}"])
    shutil.rmtree(base / "run")  # nothing is held open


def has_rules() -> bool:
    """Whether Windows' rules hold where this is carried out."""
    return not hasattr(os, "fork") and not hasattr(signal, "SIGKILL")


def tell(words: list[str]) -> None:
    """Carry out one command and tell what came of it; what is printed goes through the console's encoding."""
    from experiments.cli import main as cogov

    said = []
    with contextlib.ExitStack() as stack:
        for redirect in (contextlib.redirect_stdout, contextlib.redirect_stderr):
            said.append(io.TextIOWrapper(io.BytesIO(), encoding="cp936", write_through=True))
            stack.enter_context(redirect(said[-1]))
        status = cogov(words)
    out, err = (stream.buffer.getvalue().decode("cp936") for stream in said)
    print(json.dumps({"words": words, "status": status, "out": out, "err": err}), flush=True)


if __name__ == "__main__":
    assert has_rules(), "without the rules this shows nothing"
    main(Path(sys.argv[1]))
