"""The break-even study: each cell changes what it says, in co-governance alone, and bad input is one line."""

from pathlib import Path

import numpy as np
import pytest

from experiments import break_even
from sim import load_scenario, simulate
from sim.errors import InputError

SMALL = ["community.residents=400", "warmup_days=20", "horizon_days=60", "followup_days=180"]


def test_a_cell_changes_the_three_numbers_and_nothing_else() -> None:
    at, scenario = break_even.cells(SMALL)[-1]
    assert scenario.referral.convener_effect == at["convener_effect"] == max(break_even.CONVENER_EFFECTS)
    assert scenario.joint_session.capacity == at["session_capacity"] == max(break_even.CAPACITIES)
    assert scenario.paperwork.base_share == at["paperwork"] == max(break_even.PAPERWORK)
    assert scenario.paperwork.platforms == 1
    assert scenario.intake == load_scenario("co_governance", SMALL).intake


def test_the_mean_is_that_of_the_ledger_with_the_unsolved_at_180_days() -> None:
    scenario = load_scenario("co_governance", SMALL)
    cases = simulate(scenario, seed=3).cases
    counted = cases[(cases.arisen_at >= 20) & (cases.arisen_at < 80)]
    expected = np.minimum((counted.solved_at - counted.arisen_at).fillna(180.0), 180.0).mean()
    assert break_even.restricted_means(scenario, 3, 1) == [pytest.approx(expected, rel=1e-12)]


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("a file")
    with pytest.raises(InputError, match=r"out = .*folder that can be written"):
        break_even.main([f"out={taken}"])
