"""Sensitivity, attribution and discovery as commands, on a small community."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from experiments.cli import main
from experiments.command_line.attribute import mechanisms, mixtures
from experiments.designs.factors import Factor, factors
from experiments.designs.study_words import Condition
from sim import load_scenario, simulate
from sim.errors import InputError
from tests.each import each

SMALL = ["community.residents=300", "warmup_days=0", "horizon_days=40", "followup_days=20"]


def _run(command: str, out: Path, *words: str) -> int:
    return main([command, *SMALL, "executor=serial", f"out={out}", *words])


@pytest.mark.parametrize("command", ["sensitivity", "discover", "attribute"])
def test_runs_are_shared_by_the_processors_unless_told_otherwise(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from experiments.arguments.run_plan import processors
    from experiments.designs import design_runs

    class Asked(Exception):
        status = 7

    def opened(name: str, jobs: int, address: str) -> None:
        asked.append((name, jobs))
        raise Asked

    asked: list[tuple[str, int]] = []
    monkeypatch.setattr(design_runs, "open_executor", opened)
    given = ["scenarios=[administration_led,co_governance]", f"out={tmp_path}"]
    assert main([command, *SMALL, *given]) == 7
    assert main([command, *SMALL, *given, "executor=serial"]) == 7
    assert asked == [("processes", processors()), ("serial", 1)]


def test_values_add_up_to_the_difference_of_the_two_scenarios(tmp_path: Path) -> None:
    words = ["replications=2", "metric=rmst180", "players=[paperwork,volunteers]"]
    assert _run("attribute", tmp_path, *words) == 0
    table = pd.read_csv(tmp_path / "attribution.csv")
    assert set(table["mechanism"]) == {"paperwork", "volunteers", "everything else"}
    from analysis.estimates.estimands import estimate

    means = []
    for name in ("administration_led", "co_governance"):
        scenario = load_scenario(name, SMALL)
        runs = [estimate(simulate(scenario, seed=1, replication=r))["rmst180"] for r in range(2)]
        means.append(np.mean(runs))
    assert table["value"].sum() == pytest.approx(means[1] - means[0], rel=1e-9)
    assert (tmp_path / "attribution.png").exists()
    assert len(pd.read_csv(tmp_path / "interactions.csv")) == 3


def test_orders_are_drawn_where_they_are_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["replications=2", "players=[paperwork,volunteers]"]
    assert _run("attribute", tmp_path, *words) == 0
    exact = pd.read_csv(tmp_path / "attribution.csv")
    assert "8 mixtures" in capsys.readouterr().out
    assert _run("attribute", tmp_path, *words, "orders=2") == 0
    told = capsys.readouterr().out
    drawn = pd.read_csv(tmp_path / "attribution.csv")
    assert "6 mixtures" in told
    assert "Interactions take all subsets" in told
    assert not list(tmp_path.glob("interactions.*")), "of another question"
    assert drawn["value"].sum() == pytest.approx(exact["value"].sum(), rel=1e-9)


def test_the_default_pair_is_small_enough_for_all_subsets() -> None:
    from experiments.command_line.attribute import EXACT_PLAYERS

    arms = [load_scenario(name) for name in ("administration_led", "co_governance")]
    assert len(mechanisms(*arms)) <= EXACT_PLAYERS


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


def test_several_outcomes_come_from_the_same_runs_with_their_signs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And what is asked of places of one kind leaves the others out: here those with few hours to spare."""
    pytest.importorskip("SALib")
    metrics = ["rmst180", "participation"]
    words = [
        "scenarios=[administration_led,co_governance]",
        "parameters=[paperwork.base_share=.1:.6,referral.convener_effect]",
        "size=4",
        "replications=2",
        f"metric=[{','.join(metrics)}]",
    ]
    assert _run("sensitivity", tmp_path, *words) == 0
    runs = len(list((tmp_path / "store" / "parts").glob("*.parquet")))
    indices = pd.read_csv(tmp_path / "sensitivity.csv")
    assert list(indices["metric"].unique()) == metrics
    assert (tmp_path / "sensitivity.png").exists()
    assert (tmp_path / "sensitivity_participation.png").exists()
    points = pd.read_csv(tmp_path / "points.csv")
    signs = pd.read_csv(tmp_path / "sign.csv", keep_default_na=False).set_index("metric")
    for metric in metrics:
        mean = points[[f"outcome_{metric}_0", f"outcome_{metric}_1"]].mean(axis=1)
        assert signs.loc[metric, "below"] == pytest.approx((mean < 0).mean())
        assert signs.loc[metric, "above"] == pytest.approx((mean > 0).mean())
        assert signs.loc[metric, "mean"] == pytest.approx(mean.mean())
    capsys.readouterr()
    used = float(points["paperwork.base_share"].median())
    assert _run("sensitivity", tmp_path, *words, f"within=[paperwork_share=0:{used}]") == 0
    assert len(list((tmp_path / "store" / "parts").glob("*.parquet"))) == runs, "the same runs, not run again"
    signs = pd.read_csv(tmp_path / "sign.csv", keep_default_na=False)
    some = signs[signs["within"] != ""]
    assert list(some["metric"]) == metrics
    assert 0 < some["points"].iloc[0] < len(points)


def test_a_condition_is_met_by_the_mean_over_replications() -> None:
    condition = Condition("utilisation", 0.2, 0.8)
    values = np.array([[0.1, 0.5], [0.1, 0.2], [0.8, 0.9], [0.7, np.nan]])
    assert list(condition.met(values)) == [True, False, False, False]


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
    assert list(pd.read_csv(tmp_path / "boxes.csv").columns[:3]) == ["box", "coverage", "coverage_low"]

    assert (tmp_path / "discovery.png").exists()


def test_what_a_reform_changes_is_varied_in_the_reform_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("SALib")
    words = [
        "scenarios=[administration_led,co_governance]",
        "parameters=[intake.merge_probability,paperwork.base_share]",
        "size=2",
        "replications=1",
    ]
    assert _run("sensitivity", tmp_path, *words) == 0
    assert "Varied in co_governance alone, where the two differ: intake.merge_probability." in (
        capsys.readouterr().out
    )
    merged: dict[bool, set[float]] = {False: set(), True: set()}
    paperwork: dict[bool, set[float]] = {False: set(), True: set()}
    for path in (tmp_path / "store" / "parts").glob("*.parquet"):
        for text in pd.read_parquet(path, columns=["configuration"])["configuration"]:
            scenario = json.loads(text)
            reform = scenario["joint_session"]["enabled"]
            merged[reform].add(scenario["intake"]["merge_probability"])
            paperwork[reform].add(scenario["paperwork"]["base_share"])
    assert merged[False] == {0.0}
    assert len(merged[True]) > 1
    assert paperwork[False] == paperwork[True]


def _outcome(name: str, words: list[str], metric: str, replication: int) -> float:
    from analysis.estimates.estimands import estimate

    records = simulate(load_scenario(name, [*SMALL, *words]), seed=1, replication=replication)
    return float(estimate(records)[metric])


def test_outcomes_are_those_of_the_two_scenarios_at_the_point(tmp_path: Path) -> None:
    pytest.importorskip("SALib")
    keys = ["paperwork.base_share", "reporting.cost_phone"]
    words = ["scenarios=[administration_led,co_governance]", f"parameters=[{','.join(keys)}]", "size=2"]
    assert _run("sensitivity", tmp_path, *words, "replications=2", "metric=rmst180") == 0
    points = pd.read_csv(tmp_path / "points.csv")
    assert (points[["outcome_0", "outcome_1"]] != 0.0).any().all()
    for row in (points.iloc[1], points.iloc[4]):
        set_there = [f"{key}={row[key]}" for key in keys]
        for replication in range(2):
            first, second = (
                _outcome(name, set_there, "rmst180", replication)
                for name in ("administration_led", "co_governance")
            )
            assert row[f"outcome_{replication}"] == pytest.approx(second - first, rel=1e-9)


@pytest.mark.parametrize(("metric", "worse"), [("rmst180", 3.0), ("solved_7wd", -0.3)])
def test_worse_is_more_days_or_less_solved_by_so_much(
    metric: str, worse: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("ema_workbench")
    from experiments.designs import design_runs

    def planted(varied: list[Factor], points: np.ndarray, *_: Any) -> Any:
        # A third clearly worse, a third worse by less than asked, a third better.
        values = np.select([points < 1 / 3, points < 2 / 3], [worse, worse / 3], -worse)
        return {metric: values}, np.ones(len(points), dtype=bool)

    monkeypatch.setattr(design_runs, "over_design", planted)
    words = ["parameters=[paperwork.base_share=0:.6]", "size=60", f"metric={metric}"]
    assert _run("discover", tmp_path, *words, f"worse_by={abs(worse) / 2}") == 0
    points = pd.read_csv(tmp_path / "points.csv")
    assert (points["worse"] == (points["paperwork.base_share"] < 0.2)).all()
    (row,) = pd.read_csv(tmp_path / "boxes.csv").to_dict("records")
    assert row["in_words"].startswith("paperwork.base_share is at most 0.")


def test_a_planted_box_is_told_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("ema_workbench")
    from experiments.designs import design_runs

    def planted(varied: list[Factor], points: np.ndarray, *_: Any) -> Any:
        values = {factor.key: np.array(factor.values(points[:, k])) for k, factor in enumerate(varied)}
        box = (values["paperwork.base_share"] > 0.4) & (values["joint_session.capacity"] <= 4)
        found = np.where(box, 3.0, -1.0)[:, None] + np.zeros((1, 2))
        return {"rmst180": found}, np.ones(len(points), dtype=bool)

    monkeypatch.setattr(design_runs, "over_design", planted)
    words = ["parameters=[paperwork.base_share=0:.6,joint_session.capacity=1:10]", "size=400", "boxes=1"]
    assert _run("discover", tmp_path, *words) == 0
    (row,) = pd.read_csv(tmp_path / "boxes.csv").to_dict("records")
    assert row["density"] > 0.95
    assert row["coverage"] > 0.85
    assert row["density_low"] < row["density"] <= row["density_high"]
    assert row["difference_inside"] == pytest.approx(4 * row["density"] - 1, rel=1e-9)
    assert row["difference_outside"] < -0.8
    assert (
        row["in_words"] == "paperwork.base_share is at least 0.396 and joint_session.capacity is at most 4.5"
    )
    told = capsys.readouterr().out
    assert f"Box 1: where {row['in_words']}, it is worse at" in told
    assert "paperwork.base_share: Share of staff time lost to paperwork with one platform (share)" in told
    assert "joint_session.capacity: Cases a session can take (cases per week)" in told


def test_a_failing_run_costs_its_trajectory_and_not_the_study(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("SALib")
    from analysis.estimates import estimands
    from experiments.runs.function_references import named_function

    original, calls = estimands.estimate, []

    def broken(records: Any) -> Any:
        calls.append(1)
        if len(calls) == 5:
            raise ArithmeticError("no number")
        return original(records)

    broken.__module__, broken.__qualname__ = estimands.__name__, "estimate"
    monkeypatch.setattr(estimands, "estimate", broken)
    named_function.cache_clear()
    try:
        keys = "paperwork.base_share,intake.triage_hours,reporting.cost_phone,staff.case_share"
        words = [f"parameters=[{keys}]", "size=4", "replications=1"]
        assert _run("sensitivity", tmp_path / "morris", *words) == 0
        assert "1 of 20 points have runs without rmst180" in capsys.readouterr().out
        assert pd.read_csv(tmp_path / "morris" / "points.csv")["outcome_0"].isna().sum() == 1
        # A study of one outcome measures it alone.
        calls.clear()
        original = estimands.asked("rmst180")
        monkeypatch.setattr(estimands, "asked", lambda *names: broken)
        named_function.cache_clear()
        assert _run("attribute", tmp_path / "all", "players=[paperwork]", "replications=2") == 1
        assert "1 of 8 runs failed" in capsys.readouterr().err
    finally:
        named_function.cache_clear()


def test_mechanisms_that_are_off_can_be_left_out(tmp_path: Path) -> None:
    base = load_scenario()
    every, _ = factors([], base)
    some, _ = factors([], base, without=["deliberation.*", "trust.gain"])
    assert {f.key for f in every} - {f.key for f in some} == {
        f.key for f in every if f.key.startswith("deliberation.") or f.key == "trust.gain"
    }
    with pytest.raises(InputError, match="without"):
        factors([], base, without=["deliberations.*"])


def test_figures_speak_chinese(tmp_path: Path) -> None:
    words = ["players=[paperwork]", "replications=2", "language=zh"]
    assert _run("attribute", tmp_path, *words) == 0
    assert (tmp_path / "attribution.png").exists()
    assert _run("attribute", tmp_path, "language=de") == 2


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


@each(
    ("command", "words", "blamed"),
    [
        ("sensitivity", ["method=morriss"], "method"),
        ("sensitivity", ["method=sobol", "size=100"], "size"),
        ("sensitivity", ["parameters=[referral.convener]"], "parameters"),
        ("sensitivity", ["parameters=[staff.per_10k=9:3]"], "parameters"),
        ("sensitivity", ["grades=[guessed]"], "grades"),
        ("sensitivity", ["metric=[]"], "metric"),
        ("sensitivity", ["within=[utilisation]"], "within"),
        ("discover", ["within=[utilisation=1:0]"], "within"),
        ("sensitivity", ["metric=rmst"], "metric"),
        ("sensitivity", ["scenario=co_governance", "scenarios=[a,b]"], "scenario"),
        ("sensitivity", ["parameters=[paperwork.base_share=.1:7]", "size=2"], "paperwork.base_share"),
        ("sensitivity", ["language=de"], "language"),
        ("sensitivity", ["without=[nothing.*]"], "without"),
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


def test_everything_assumed_can_be_run_at_once() -> None:
    """What limits each other only when a run is made: at ends of ranges and between them, as Morris asks."""
    base = load_scenario("co_governance")
    every, _ = factors([], base, without=["community.merchants", "deliberation.*"])
    small = ["community.residents=200", "warmup_days=0", "horizon_days=1", "followup_days=0"]
    for levels in np.random.default_rng(2).integers(0, 4, (16, len(every))) / 3.0:
        words = [f"{f.key}={f.value(u)}" for f, u in zip(every, levels, strict=True)]
        simulate(load_scenario("co_governance", [*words, *small]), seed=1, replication=0)


def test_a_box_over_whole_numbers_is_found() -> None:
    """It ends between two of them, which once stopped the command."""
    from analysis.statistics.scenario_discovery import boxes
    from experiments.command_line.discover import design_table

    factor = Factor("joint_session.capacity", 1, 20, whole=True)
    table = design_table([factor], (np.arange(400) % 20 / 20 + 0.01)[:, None])
    (box,) = boxes(table, (table[factor.key] <= 4).to_numpy(), most=1)
    assert [limit.high for limit in box.limits] == [4.5]
    assert box.points == 80
