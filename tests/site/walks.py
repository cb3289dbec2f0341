"""The walks of CONTRIBUTING, made: which functions one need, and one parameter, pass through in which order.

    NUMBA_DISABLE_JIT=1 python -m tests.site.walks need|parameter FOLDER

prints a line for each function of the project in the order in which it is first called: file, name.
"""

import contextlib
import io
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = tuple(f"{ROOT / name}/" for name in ("sim", "experiments", "analysis"))

#: A community in which one thing goes wrong in half a year, three organisations are needed, and all say yes.
ONE_NEED = (
    "seed=106",
    "replications=1",
    "community.residents=150",
    "community.merchants=5",
    "demand.rate=.015",
    "demand.merchant_rate=0",
    "demand.organisations_shares=[0,0,1]",
    "demand.desk_share=0",
    "demand.helpable_share=0",
    "reporting.base_rate_per_day=2",
    "staff.per_10k=400",
    "units.officers_per_10k=[300,300,300]",
    "referral.accept_probability=.99",
    "warmup_days=0",
    "horizon_days=20",
    "followup_days=180",
)
SCENARIO = """title: {en: Larger sessions, zh: 更大的会商}
description: Room for twelve cases a week.
evidence: assumed
joint_session: {enabled: true, capacity: 12}
"""


def need(folder: Path) -> None:
    """Simulate one need under two ways of governing, and draw the figures of the comparison."""
    from experiments.cli import main

    words = ["scenarios=[co_governance,administration_led]", *ONE_NEED, "executor=serial"]
    assert main(["compare", *words, f"out={folder / 'out'}"]) == 0
    assert (folder / "out" / "figures" / "main.svg").exists()


def parameter(folder: Path) -> None:
    """Read a parameter from a file, use it in a run, and make the row of its slider."""
    from sim import Run, load_scenario

    file = folder / "larger.yaml"
    file.write_text(SCENARIO, encoding="utf-8")
    run = Run.start(load_scenario(str(file), ONE_NEED[2:]), seed=106)
    run.advance(30)

    from experiments.dashboard.state.controls import groups, read_value
    from experiments.dashboard.state.scenario_pair import View

    view = View(("administration_led", str(file)), ONE_NEED[2:])
    rows = {row["key"]: row for group in groups(view, (), "en") for row in group["rows"]}
    assert rows["joint_session.capacity"]["values"][1] == 12
    moved = view.with_change(1, "joint_session.capacity", read_value("joint_session.capacity", 20.0))
    groups(moved, (), "en")


def first_calls(walk: Callable[[Path], None], folder: Path) -> list[tuple[str, str]]:
    """Return file and name of every function of the project, in the order of their first calls."""
    found: dict[tuple[str, str], None] = {}

    def note(frame: FrameType, event: str, _: Any) -> None:
        code = frame.f_code
        if event == "call" and code.co_filename.startswith(PACKAGES):
            found.setdefault((code.co_filename[len(f"{ROOT}/") :], code.co_qualname))

    sys.setprofile(note)
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            walk(folder)
    finally:
        sys.setprofile(None)
    return list(found)


if __name__ == "__main__":
    for file, name in first_calls({"need": need, "parameter": parameter}[sys.argv[1]], Path(sys.argv[2])):
        print(file, name)
