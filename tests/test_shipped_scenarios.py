"""Every shipped scenario says what it is, in English and Chinese, loads, explains itself and runs."""

import re
from pathlib import Path

import pytest

from experiments.cli import main
from sim import load_scenario, simulate
from sim.parameters.scenario import Scenario
from sim.scenario.loading import scenario_names
from sim.scenario.remarks import remarks
from tests.each import each

SMALL = ["warmup_days=0", "horizon_days=20", "followup_days=5"]


def tiny(name: str) -> Scenario:
    """A scenario with few people and few days, its mechanisms as they are."""
    scenario = load_scenario(name)
    words = list(SMALL)
    if scenario.verification.mode == "none":
        words += ["community.residents=200", "community.merchants=8"]
        words += ["county.communities=2", "county.residents=400"] if scenario.county.communities > 1 else []
    return load_scenario(name, words)


@each("name", scenario_names())
def test_it_says_what_it_is(name: str) -> None:
    scenario = load_scenario(name)
    assert scenario.title.en
    assert re.search(r"[\u4e00-\u9fff]", scenario.title.zh)
    assert len(scenario.description) > 20
    assert len(scenario.evidence) > 3
    header = "\n".join(remarks(name).header)
    assert header.strip()
    for word in ("Represents", "Evidence", "Assumes"):
        assert re.search(rf"^{word}\s", header, flags=re.MULTILINE), f"{name}: no line {word} in its header"


@each("name", scenario_names())
def test_it_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", f"scenario={name}"]) == 0
    told = capsys.readouterr().out
    scenario = load_scenario(name)
    assert scenario.title.zh in told
    assert "Represents" in told
    assert f"Evidence: {scenario.evidence.split()[0]}" in told


@each("name", scenario_names())
def test_it_runs(name: str) -> None:
    records = simulate(tiny(name), seed=1)
    daily = records.daily
    assert len(daily) >= 25
    assert (daily["reported"] <= daily["arisen"]).all() or records.settings.verification.mode != "none"
    assert records.cases["solved_at"].dropna().between(0, 25).all()


def test_reasons_come_from_the_comments_beside_the_values(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(
        "# Represents  Mine.\nbased_on: co_governance\n"
        "# We were told so.\nstaff:\n  per_10k: 12  # counted in June\n  hours_year: 1700\n"
        "joint_session:\n  # The room is small.\n  capacity: 3\n",
        encoding="utf-8",
    )
    said = remarks(str(path))
    assert said.header == ["Represents  Mine."]
    assert said.of("staff.per_10k") == ("counted in June", "mine")
    assert said.of("staff.hours_year") == ("We were told so.", "mine")
    assert said.of("joint_session.capacity") == ("The room is small.", "mine")
    assert said.of("platform.enabled") == ("", "co_governance")
    assert main(["explain", f"scenario={path}", "staff.per_10k=11"]) == 0
    told = capsys.readouterr().out
    assert "Why: The room is small." in told
    assert "counted in June" not in told
    assert "Set on the command line." in told
    assert "Taken from co_governance." in told


def test_what_rests_on_assumptions_alone_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "scenario=co_governance"]) == 0
    assert "assumptions only" in capsys.readouterr().out
    assert main(["explain", "scenario=co_governance", "demand.weekly_cv=0.5"]) == 0
    told = capsys.readouterr().out
    assert "assumptions only" not in told
    assert "1 measured" in told
