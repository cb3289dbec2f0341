"""A province by counties: the same bits whoever does which county, luck of its own in each."""

from pathlib import Path

import pandas as pd
import pytest

from analysis.estimates.estimands import estimate
from experiments.arguments.run_plan import run_plan
from experiments.cli import main
from experiments.command_line.province import Province, _tell
from experiments.store.store import manifests
from sim import load_scenario, simulate
from tests.store.test_dask import Cluster

SMALL = [
    "residents=2000", "of=4", "communities=2", "warmup_days=10", "horizon_days=60", "followup_days=30",
    "scenarios=[administration_led,co_governance]",
]  # fmt: skip


def province(out: Path, *words: str) -> pd.DataFrame:
    assert main(["province", *SMALL, f"out={out}", *words]) == 0
    return pd.read_csv(out / "province.csv").drop(columns="seconds")


def test_the_same_bits_here_and_on_a_cluster(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("distributed")
    scratch = tmp_path / "dask"
    scratch.mkdir()
    cluster = Cluster(scratch)
    try:
        cluster.add_worker()
        cluster.add_worker()
        there = province(tmp_path / "there", "counties=3", f"executor.address={cluster.address}")
    finally:
        cluster.end()
    here = province(tmp_path / "here", "counties=3")
    pd.testing.assert_frame_equal(here, there, check_exact=True)
    assert "3 of 4 counties, 500 residents each" in capsys.readouterr().out
    assert here.groupby("scenario")["rmst180"].nunique().tolist() == [3, 3]
    # County 2 is replication 2, in both scenarios: twins.
    place = ["county.communities=2", "county.residents=500", *SMALL[3:6]]
    for scenario in ("administration_led", "co_governance"):
        alone = estimate(simulate(load_scenario(scenario, place), seed=1, replication=2))
        row = here[(here["scenario"] == scenario) & (here["county"] == 2)]
        assert row["rmst180"].item() == alone["rmst180"]


def test_more_counties_or_years_compute_only_what_is_new(tmp_path: Path) -> None:
    few = province(tmp_path, "counties=2")
    more = province(tmp_path, "counties=3", "replications=2")
    computed = [facts["computed"] for facts in manifests(tmp_path / "store")]
    assert computed == [4, 8]
    first = more[(more["year"] == 0) & (more["county"] < 2)].reset_index(drop=True)
    pd.testing.assert_frame_equal(first, few, check_exact=True)
    assert more.groupby("scenario")["rmst180"].nunique().tolist() == [6, 6]


def test_what_the_whole_would_take_counts_counties_scenarios_and_years(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Half an hour a county-year, two scenarios, three years, four counties of which two were simulated."""
    arms = [load_scenario(name) for name in ("administration_led", "co_governance")]
    plan = run_plan({"replications": "3"}, arms, "province", replications=1)
    of = Province(tuple(arms), 1, 3, counties=2, of=4)
    table = pd.DataFrame({"scenario": ["administration_led", "co_governance"] * 6, "seconds": 1800.0})
    _tell(table.assign(rmst180=1.0), ["rmst180"], plan, of, 12)
    assert "would take 12.00 hours of one worker" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["counties=5"], "from 1 to 4"),
        (["metric=rmst18"], "did you mean rmst180"),
        (["scenario=co_governance"], "either scenario= or scenarios="),
        (["replication=3"], "did you mean"),
    ],
)
def test_bad_input_is_one_line(
    words: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["province", *SMALL, f"out={tmp_path}", *words]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
