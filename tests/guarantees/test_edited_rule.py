"""An edited rule takes effect in engine and agent alike, whatever was compiled before.

A copy of the sources is run, edited, and run again, beside what was compiled for the sources it is a copy of.
Unedited it finds all of that, since compiled code is named by what it holds; edited it finds the pieces that
hold none of the edits, and must compile the others.
"""

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from sim.engine.cache_folder import cache_folder
from tests.guarantees.runs import ROOT, python

CODE = """
import json
from sim import CommunityModel, load_scenario
from sim.agents.people import Resident
from tests.guarantees.covering import covering_fingerprints
from tests.guarantees.runs import *

model = CommunityModel(scenario("co_governance", place=TINY))
model.step()
state = model.state
agents, engine = {}, {}
for resident in model.agents_by_type[Resident]:
    q = int(state.person["pair_head"][resident.index])
    while q >= 0:
        clock = state.pair[q]
        need = state.need[clock["need"]]
        if clock["rate"] > 0.0 and not state.case["reported_at"][clock["need"]] >= 0.0:
            name = f"{resident.person_id} of {clock['need']}"
            engine[name] = float(clock["rate"])
            agents[name] = resident.report_rate(float(need["severity"]))
        q = int(clock["next"])
run = simulate(scenario("administration_led", place=TINY))
found = {"engine": engine, "agents": agents, "highest_asker": int(run.built.state.track["asker"].max())}
found["prints"] = covering_fingerprints(["co_governance"])
print(json.dumps(found))
"""
#: A rule that the loop calls, and a number that the loop uses, each in a file of its own.
EDITS = (
    (
        "sim/rules/resident.py",
        "return base_rate * propensity * math.exp(",
        "return 2.0 * base_rate * propensity * math.exp(",
    ),
    ("sim/mechanisms/referral/referral.py", "TOP_LEVEL = 2", "TOP_LEVEL = 1"),
)


def _copy_of_sources(folder: Path) -> None:
    for name in ("sim", "scenarios", "analysis", "tests/guarantees", "tests/mechanisms", "tests/truth"):
        shutil.rmtree(folder / name, ignore_errors=True)
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))


def _edit(folder: Path) -> None:
    for name, old, new in EDITS:
        path = folder / name
        before = path.stat()
        text = path.read_text()
        assert text.count(old) == 1, f"{name} no longer reads {old!r}: edit something else here"
        path.write_text(text.replace(old, new))
        # Always the same time, so that the next session finds the code that this one compiled.
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns + 10**10))


@pytest.fixture(scope="module")
def before_and_after(request: pytest.FixtureRequest, tmp_path_factory: Any) -> tuple[Any, Any]:
    """Return what the copy found before and after the edit.

    The folder outlives the session: compiling the engine is most of the time these tests take.
    """
    kept = getattr(request.config, "cache", None)
    folder = Path(kept.mkdir("edited_rule")) if kept is not None else tmp_path_factory.mktemp("edited")
    cache = str(folder / "compiled")
    _copy_of_sources(folder)
    before = json.loads(python(CODE, folder=folder))
    if not Path(cache).is_dir():
        shutil.copytree(cache_folder().parent, cache)
    _edit(folder)
    after = json.loads(python(CODE, folder=folder, COGOV_CACHE_DIR=cache))
    return before, after


@pytest.mark.slow
def test_an_edited_rule_takes_effect_in_engine_and_agent_alike(before_and_after: tuple[Any, Any]) -> None:
    before, after = before_and_after
    assert len(before["engine"]) >= 8
    assert before["agents"] == pytest.approx(before["engine"], rel=1e-12)
    assert after["agents"] == pytest.approx(after["engine"], rel=1e-12)
    both = before["engine"].keys() & after["engine"].keys()
    assert len(both) >= 5
    # An outcome on the first day may have moved somebody's trust, too.
    factors = sorted(after["engine"][name] / before["engine"][name] for name in both)
    assert factors[len(factors) // 2] == pytest.approx(2.0, rel=1e-12)
    assert before["prints"]["co_governance"]["state.case"] != after["prints"]["co_governance"]["state.case"]


@pytest.mark.slow
def test_an_edited_number_in_another_file_takes_effect(before_and_after: tuple[Any, Any]) -> None:
    before, after = before_and_after
    assert before["highest_asker"] == 2
    assert after["highest_asker"] == 1
