"""What `cogov run` tells: a queue's figures for a queue, and what estimates rest on."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from experiments.cli import main
from sim import load_scenario, simulate

SMALL = ["community.residents=600", "community.merchants=10", "warmup_days=30", "horizon_days=90"]
SMALL += ["followup_days=30"]


def summary_of(out: Path, *words: str) -> pd.DataFrame:
    assert main(["run", *words, f"out={out}"]) == 0
    return pd.read_csv(out / "summary.csv").set_index("metric")


def test_a_bare_queue_is_told_as_a_queue(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["horizon_days=3000", "verification.priority_shares=[.3,.7]", "verification.servers=2"]
    words += ["verification.service_mean=1.6", "verification.patience_mean=6"]
    table = summary_of(tmp_path / "out", "scenario=verification/queue", "replications=3", *words)
    assert not {"rmst180", "participation", "solved_7wd", "trust_end"} & set(table.index)
    runs = [
        simulate(load_scenario("verification/queue", words), seed=1, replication=r).cases for r in range(3)
    ]

    def mean(of) -> float:
        return float(np.mean([of(cases) for cases in runs]))

    def wait(cases: pd.DataFrame) -> pd.Series:
        return (cases["service_started_at"] - cases["reported_at"]).dropna()

    assert table.at["arrived", "mean"] == pytest.approx(mean(len))
    assert table.at["served", "mean"] == pytest.approx(mean(lambda c: c["service_started_at"].notna().sum()))
    assert table.at["withdrawn", "mean"] == pytest.approx(mean(lambda c: (c["status"] == "withdrawn").sum()))
    assert table.at["wait_mean", "mean"] == pytest.approx(mean(lambda c: wait(c).mean()))
    assert table.at["waited_share", "mean"] == pytest.approx(mean(lambda c: (wait(c) > 0).mean()))
    for k in (0, 1):
        of_class = mean(lambda c, k=k: wait(c[c["priority"] == k]).mean())
        assert table.at[f"wait_mean_class_{k}", "mean"] == pytest.approx(of_class)
    assert table.at["wait_mean_class_0", "mean"] < table.at["wait_mean_class_1", "mean"]
    assert (table["low"] < table["mean"]).all()
    printed = capsys.readouterr().out
    assert "Mean wait before first service" in printed
    assert "priority 1" in printed


def test_a_queue_needs_no_ledger_for_its_summary(tmp_path: Path) -> None:
    words = ["scenario=verification/queue", "horizon_days=500"]
    whole = summary_of(tmp_path / "all", *words)
    none = summary_of(tmp_path / "none", *words, "ledger=none")
    pd.testing.assert_frame_equal(whole, none)
    assert len(pd.read_parquet(tmp_path / "none" / "cases.parquet")) == 0


def test_a_diffusion_is_told_by_its_adopters(tmp_path: Path) -> None:
    out = tmp_path / "out"
    table = summary_of(out, "scenario=verification/adoption", "horizon_days=200")
    daily = pd.read_parquet(out / "daily.parquet").set_index("day")["adopters"]
    assert list(table.index) == [
        "adopters_share_end",
        *(f"adopters_day_{day}" for day in (20, 50, 100, 150, 200)),
    ]
    for day in (20, 50, 100, 150, 200):
        assert table.at[f"adopters_day_{day}", "mean"] == daily[day - 1]
    assert table.at["adopters_share_end", "mean"] == pytest.approx(daily[199] / 1000)


def test_a_community_is_told_by_the_headline_estimands(tmp_path: Path, capsys) -> None:
    table = summary_of(tmp_path / "out", "scenario=co_governance", *SMALL)
    assert "arrived" not in table.index
    assert set(table["rests_on"]) == {"all cases", "complete totals"}
    printed = capsys.readouterr().out
    assert "Mean time to true solution" in printed
    assert "One replication: no intervals." in printed


def test_the_same_arm_twice_differs_by_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    again = tmp_path / "again.yaml"
    again.write_text("name: again\nbased_on: co_governance\ntitle: {en: Again, zh: 再}\n", encoding="utf-8")
    small = [word for word in SMALL if not word.startswith("followup")]
    out = tmp_path / "out"
    words = ["compare", f"scenarios=[co_governance,{again}]", "replications=3", f"out={out}", *small]
    assert main(words) == 0
    table = pd.read_csv(out / "comparison.csv").set_index("metric")
    finite = table[["difference", "difference_low", "difference_high"]].dropna().to_numpy()
    assert (finite == 0.0).all()
    for name in ("reporting_part", "service_part", "both_reported_difference"):
        assert table.at[name, "difference"] == 0.0
        assert np.isnan(table.at[name, "co_governance_mean"])
    said = capsys.readouterr().out
    assert said.count("NO DIFFERENCE SHOWN:") == 3
    assert not any(word in said for word in ("faster", "slower", "MORE", "FEWER"))


def test_what_estimates_rest_on_is_said(tmp_path: Path, capsys) -> None:
    table = summary_of(tmp_path / "sample", "ledger=sample", "ledger_sample_share=.25", *SMALL)
    assert table.at["rmst180", "rests_on"] == "sample of cases (0.25)"
    assert table.at["hours_per_solved", "rests_on"] == "complete totals"
    assert "rest on a sample of 25.0% of the cases" in capsys.readouterr().out
    nothing = summary_of(tmp_path / "none", "ledger=none", *SMALL)
    assert nothing.at["rmst180", "rests_on"] == "no cases kept"
    assert np.isnan(nothing.at["rmst180", "mean"])
    assert "No cases were kept" in capsys.readouterr().out
    # Totals do not depend on what is kept.
    for name in ("hours_per_solved", "utilisation", "voice"):
        assert nothing.at[name, "mean"] == table.at[name, "mean"]
