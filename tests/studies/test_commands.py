"""Sensitivity, attribution and discovery as commands, on a small community."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from experiments.attribute import mechanisms, mixtures
from experiments.cli import main
from experiments.factors import Factor, factors
from sim import load_scenario, simulate
from sim.errors import InputError

SMALL = ["community.residents=300", "warmup_days=0", "horizon_days=40", "followup_days=20"]


def _run(command: str, out: Path, *words: str) -> int:
    return main([command, *SMALL, f"out={out}", *words])


def test_values_add_up_to_the_difference_of_the_two_scenarios(tmp_path: Path) -> None:
    words = ["replications=2", "metric=rmst180", "players=[paperwork,volunteers]"]
    assert _run("attribute", tmp_path, *words) == 0
    table = pd.read_csv(tmp_path / "attribution.csv")
    assert set(table["mechanism"]) == {"paperwork", "volunteers", "everything else"}
    from analysis.estimands import estimate

    means = []
    for name in ("administration_led", "co_governance"):
        scenario = load_scenario(name, SMALL)
        runs = [estimate(simulate(scenario, seed=1, replication=r))["rmst180"] for r in range(2)]
        means.append(np.mean(runs))
    assert table["value"].sum() == pytest.approx(means[1] - means[0], rel=1e-9)
    assert (tmp_path / "attribution.png").exists()
    assert len(pd.read_csv(tmp_path / "interactions.csv")) == 3


def test_the_mechanisms_named_in_the_plan_are_apart() -> None:
    arms = [load_scenario(name) for name in ("administration_led", "co_governance")]
    found = mechanisms(*arms)
    wanted = {"misroutes", "acceptance", "parallel work", "session capacity", "volunteers", "paperwork"}
    assert wanted <= set(found)
    everything = mixtures(arms[0], found, [0, (1 << len(found)) - 1])
    own = {"name", "title", "description", "evidence"}
    for point, arm in zip(everything, arms, strict=True):
        left, right = point.model_dump(exclude=own), arm.model_dump(exclude=own)
        if arm is arms[0]:
            # What acts only in sessions is off in the first mixture, where there are none.
            left["referral"]["convener_effect"] = right["referral"]["convener_effect"]
            left["joint_session"]["parallel_work"] = right["joint_session"]["parallel_work"]
        assert left == right


def test_escalation_is_a_mechanism_of_its_own() -> None:
    first = load_scenario("administration_led")
    changes = ["referral.escalation=false", "referral.bounce_delay_days=1"]
    second = load_scenario("administration_led", changes)
    assert set(mechanisms(first, second)) == {"escalation", "acceptance"}


def test_sensitivity_of_a_difference_goes_on_where_it_stopped(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("SALib")
    words = [
        "scenarios=[administration_led,co_governance]",
        "parameters=[paperwork.base_share,referral.convener_effect,joint_session.convener]",
        "size=2",
        "replications=2",
    ]
    assert _run("sensitivity", tmp_path, *words) == 0
    first = (tmp_path / "sensitivity.csv").read_bytes()
    points = pd.read_csv(tmp_path / "points.csv")
    assert len(points) == 2 * 4
    assert set(points["joint_session.convener"]) == {False, True}
    capsys.readouterr()
    assert _run("sensitivity", tmp_path, *words) == 0
    assert (tmp_path / "sensitivity.csv").read_bytes() == first
    assert len(list((tmp_path / "store").rglob("*.parquet"))) > 0


def test_discovery_says_it_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("ema_workbench")
    words = ["parameters=[paperwork.base_share=.1:.6]", "size=20", "replications=1"]
    assert _run("discover", tmp_path, *words) == 0
    assert "is worse than" in capsys.readouterr().out
    points = pd.read_csv(tmp_path / "points.csv")
    assert len(points) == 20
    # A Latin hypercube: one point in each twentieth of the range.
    strata = np.floor((points["paperwork.base_share"] - 0.1) / 0.5 * 20).astype(int)
    assert sorted(strata) == list(range(20))
    assert list(pd.read_csv(tmp_path / "boxes.csv").columns[:3]) == ["box", "coverage", "density"]


def test_a_factor_covers_its_range_evenly() -> None:
    assert Factor("x", 2.0, 6.0).values([0.0, 0.25, 1.0]) == [2.0, 3.0, 6.0]
    whole = Factor("x", 1, 4, whole=True)
    assert [whole.value(u) for u in (0.0, 0.24, 0.26, 0.99, 1.0)] == [1, 1, 2, 4, 4]
    choice = Factor("x", choices=("a", "b"))
    assert [choice.value(u) for u in (0.0, 0.49, 0.5, 1.0)] == ["a", "a", "b", "b"]


def test_assumed_parameters_with_a_range_are_found() -> None:
    found, left = factors([], load_scenario())
    keys = {factor.key for factor in found}
    assert "referral.convener_effect" in keys
    assert "staff.per_10k" not in keys  # published
    assert not keys & set(left)
    several, _ = factors([], load_scenario(), ("assumed", "published"))
    assert "staff.per_10k" in {factor.key for factor in several}
    group, _ = factors(["referral.*"], load_scenario())
    assert {factor.key.split(".")[0] for factor in group} == {"referral"}


@pytest.mark.parametrize(
    ("command", "words", "blamed"),
    [
        ("sensitivity", ["method=morriss"], "method"),
        ("sensitivity", ["method=sobol", "size=100"], "size"),
        ("sensitivity", ["parameters=[referral.convener]"], "parameters"),
        ("sensitivity", ["parameters=[staff.per_10k=9:3]"], "parameters"),
        ("sensitivity", ["grades=[guessed]"], "grades"),
        ("sensitivity", ["metric=rmst"], "metric"),
        ("sensitivity", ["scenario=co_governance", "scenarios=[a,b]"], "scenario"),
        ("sensitivity", ["parameters=[paperwork.base_share=.1:7]", "size=2"], "paperwork.base_share"),
        ("discover", ["worse_by=-1"], "worse_by"),
        ("discover", ["size=3"], "size"),
        ("discover", ["metric=utilisation"], "metric"),
        ("attribute", ["players=[volunters]"], "players"),
        ("attribute", ["scenarios=[administration_led]"], "scenarios"),
        ("attribute", ["orders=1"], "orders"),
    ],
)
def test_bad_input_names_the_key(
    command: str, words: list[str], blamed: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(command, tmp_path, *words) == 2
    lines = capsys.readouterr().err.strip().splitlines()
    assert len(lines) == 1
    assert lines[0].startswith(f"cogov: {blamed}")


def test_a_list_of_what_cannot_be_varied_is_given_not_hidden() -> None:
    with pytest.raises(InputError):
        factors(["demand.category_shares"], load_scenario())


def test_everything_assumed_can_be_varied_at_once() -> None:
    """Parameters that limit each other have ranges that fit together at every corner."""
    base = load_scenario("co_governance")
    every, _ = factors([], base)
    corners = np.random.default_rng(1).integers(0, 2, (12, len(every)))
    # Each pair of ends meets in some of them; all highest and all lowest besides.
    for corner in (np.zeros(len(every)), np.ones(len(every)), *corners):
        load_scenario("co_governance", [f"{f.key}={f.value(u)}" for f, u in zip(every, corner, strict=True)])


def test_a_box_over_whole_numbers_is_found() -> None:
    """It ends between two of them, which once stopped the command."""
    from analysis.discovery import boxes
    from experiments.discover import design_table

    factor = Factor("joint_session.capacity", 1, 20, whole=True)
    table = design_table([factor], (np.arange(400) % 20 / 20 + 0.01)[:, None])
    (box,) = boxes(table, (table[factor.key] <= 4).to_numpy(), most=1)
    assert [limit.high for limit in box.limits] == [4.5]
    assert box.points == 80
