"""The break-even study: each cell changes what it says, in co-governance alone, and bad input is one line."""

from pathlib import Path

import numpy as np
import pytest

from experiments import break_even
from experiments.published.entry import Setting, load_entry
from experiments.published.reproduction import measured
from sim import load_scenario, simulate
from sim.errors import InputError

SMALL = ["community.residents=400", "warmup_days=20", "horizon_days=60", "followup_days=180"]


def test_a_cell_changes_the_three_numbers_and_nothing_else() -> None:
    entry = load_entry("break_even").changed(SMALL, 1, 2)
    cells = list(entry.cells())
    assert len(cells) == 5 * 5 * 4
    at, runs = cells[-1]
    scenario = runs["co_governance"].load()
    assert scenario.referral.convener_effect == at["convener_effect"] == 2.5
    assert scenario.joint_session.capacity == at["session_capacity"] == 20
    assert scenario.paperwork.base_share == at["paperwork"] == 0.5
    assert scenario.paperwork.platforms == 1
    assert scenario.intake == load_scenario("co_governance", SMALL).intake
    assert runs["administration_led"].load() == load_scenario("administration_led", SMALL)


def test_the_mean_is_that_of_the_ledger_with_the_unsolved_at_180_days() -> None:
    scenario = load_scenario("co_governance", SMALL)
    cases = simulate(scenario, seed=3).cases
    counted = cases[(cases.arisen_at >= 20) & (cases.arisen_at < 80)]
    expected = np.minimum((counted.solved_at - counted.arisen_at).fillna(180.0), 180.0).mean()
    found = measured((Setting("co_governance", tuple(SMALL)), 3, 1, ("rmst180",))).values
    assert found[0, 0] == pytest.approx(expected, rel=1e-12)


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("a file")
    with pytest.raises(InputError, match=r"out = .*folder that can be written"):
        break_even.main([f"out={taken}"])
