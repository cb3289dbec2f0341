"""Who decides what: an arm for every decision, a decision for every arm; the page repeats the table."""

import math
from pathlib import Path

import pandas as pd
import pytest

from experiments import decisions
from experiments.decisions import (
    LITTLE,
    MOVES,
    NO,
    NOTHING,
    PAIR,
    PARTICIPATION,
    TIMES,
    UNDECIDED,
    Difference,
    overall,
)
from experiments.published.decision_list import DECISIONS, KINDS, Decision
from experiments.published.entry import load_cells
from experiments.published.inert_decisions import INERT
from experiments.published.reproduction import run_entry
from sim.errors import InputError
from tests.each import each

SMALL = """
title: {en: Small, zh: 小}
question: Does an arm differ from the arm it names?
replications: 2
arms:
  administration_led: {set: &small {community.residents: 300, horizon_days: 60}}
  co_governance: {set: {<<: *small}}
  co_governance.nobody_asks_again:
    scenario: co_governance
    against: co_governance
    set: {<<: *small, referral.retries: 0}
metrics: [rmst180, solved_30d_from_report, service_part]
figure:
  kind: decisions
  metrics: [rmst180, solved_30d_from_report]
  labels: {co_governance: {en: co-governance, zh: 协同共治}}
"""


def small(tmp_path: Path, text: str = SMALL) -> str:
    path = tmp_path / "small.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_the_page_is_up_to_date(capsys: pytest.CaptureFixture[str]) -> None:
    assert decisions.main(["--check"]) == 0, "run: .venv/bin/python -m experiments.decisions"
    text = decisions.FILE.read_text(encoding="utf-8")
    for section in decisions.SECTIONS:
        assert text.count(f"<!-- generated: {section} -->") == 1
    assert not capsys.readouterr().err


def test_drift_is_seen(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    table = decisions.published().copy()
    table.loc[(f"{PAIR[0]}.trust", "rmst180"), ["difference", "difference_low", "difference_high"]] = 9.0
    monkeypatch.setattr(decisions, "published", lambda: table)
    assert decisions.main(["--check"]) == 1
    assert "python -m experiments.decisions" in capsys.readouterr().err


def test_every_arm_is_a_decision_and_every_decision_has_arms() -> None:
    entry = decisions.entry()
    names = {one.arm or one.name for one in DECISIONS}
    for arm, content in entry.arms.items():
        scenario, _, name = arm.partition(".")
        if not name:
            continue
        assert name in names, f"{arm} is not in experiments/published/decision_list.py"
        assert entry.against(arm) == scenario, arm
        base = entry.arms[scenario]
        assert content["scenario"] == base.get("scenario", scenario), arm
        assert base.get("set", {}).items() < content["set"].items(), f"{arm} changes more than one decision"
    assert all(decisions.arms_of(one) for one in DECISIONS)
    assert len({one.name for one in DECISIONS}) == len(DECISIONS)
    assert {one.kind for one in DECISIONS} == set(KINDS)
    assert {*TIMES, *PARTICIPATION} == set(decisions.SHORT) <= set(entry.metrics)


def test_the_rules_that_decisions_go_by_exist() -> None:
    there = {name for name, _ in decisions.all_rules()}
    assert len(there) > 40
    assert not {rule for one in DECISIONS for rule in one.rules} - there


def test_what_moves_nothing_has_its_reason() -> None:
    assert "no reason is given" not in decisions.inert(), (
        "say why in experiments/published/inert_decisions.py"
    )
    assert set(INERT) <= {one.name for one in DECISIONS}


@each(
    ("low", "mean", "high", "verdict"),
    [
        (0.6, 0.8, 1.0, MOVES),
        (-1.0, -0.8, -0.6, MOVES),
        (0.4, 0.7, 1.0, MOVES),
        (0.1, 0.2, 0.3, LITTLE),
        (-0.4, 0.0, 0.4, NO),
        (-0.4, 0.1, 0.6, UNDECIDED),
        (-0.2, 0.8, 1.8, UNDECIDED),
        (0.0, 0.0, 0.0, NOTHING),
        (math.nan, 0.8, math.nan, UNDECIDED),
    ],
)
def test_a_verdict_follows_from_the_interval(low: float, mean: float, high: float, verdict: str) -> None:
    assert Difference("rmst180", "days", mean, low, high, 0.5).verdict == verdict


def test_of_several_measures_the_one_that_says_most_counts() -> None:
    def one(low: float, high: float) -> Difference:
        return Difference("rmst180", "days", (low + high) / 2, low, high, 0.5)

    nothing, no, little, undecided, moves = one(0, 0), one(-0.1, 0.1), one(0.1, 0.2), one(-1, 2), one(1, 2)
    assert overall([nothing, no, little, undecided, moves]) == MOVES
    assert overall([nothing, no, little, undecided]) == UNDECIDED
    assert overall([nothing, no, little]) == LITTLE
    assert overall([nothing, no]) == NO
    assert overall([nothing]) == NOTHING


def test_a_decision_without_a_reason_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    quiet = Decision("trust", "residents", "to trust", "what happened", "trust stays")
    monkeypatch.setattr(decisions, "DECISIONS", (quiet,))
    zero = decisions.published().copy()
    zero[["difference", "difference_low", "difference_high"]] = 0.0
    monkeypatch.setattr(decisions, "published", lambda: zero)
    monkeypatch.setattr(decisions, "INERT", {})
    assert "no reason is given" in decisions.inert()
    assert "moves neither" in decisions.decisions_of("residents")


def test_an_arm_differs_from_the_arm_it_names(tmp_path: Path) -> None:
    from analysis.figures.published import published_figure

    entry = load_cells(small(tmp_path))
    table = run_entry(entry)
    wide = table.set_index(["arm", "metric"])
    for metric in ("rmst180", "solved_30d_from_report"):
        means = wide["mean"].xs(metric, level="metric")
        apart = wide["difference"].xs(metric, level="metric")
        assert math.isnan(apart["administration_led"])
        for arm, other in (
            ("co_governance", "administration_led"),
            ("co_governance.nobody_asks_again", "co_governance"),
        ):
            assert apart[arm] == pytest.approx(means[arm] - means[other], abs=1e-9)
    assert wide["difference"].xs("service_part", level="metric").notna().sum() == 2
    for language in ("en", "zh"):
        figure = published_figure(table, entry.figure, language)
        panels = [axes for part in figure.subfigs for axes in part.axes]
        assert len(panels) == 2
        assert [label.get_text() for label in panels[0].get_yticklabels()] == ["nobody asks again"]


@each(
    ("old", "new", "key"),
    [
        ("against: co_governance", "against: nobody", r"arms.co_governance.nobody_asks_again.against"),
        (
            "against: co_governance",
            "against: co_governance.nobody_asks_again",
            r"arms.co_governance.nobody_asks_again.against",
        ),
        (
            "administration_led: {set:",
            "administration_led: {against: co_governance, set:",
            r"arms.administration_led.against",
        ),
        ("labels: {co_governance: {", "labels: {administration_led: {", "figure.labels"),
    ],
)
def test_an_arm_against_nothing_is_refused(old: str, new: str, key: str, tmp_path: Path) -> None:
    assert SMALL.count(old) == 1
    with pytest.raises(InputError) as error:
        load_cells(small(tmp_path, SMALL.replace(old, new)))
    assert error.value.key == key


def test_the_table_has_every_arm() -> None:
    table = pd.read_csv(decisions.entry().expected, comment="#")
    assert set(table["arm"]) == set(decisions.entry().arms)
