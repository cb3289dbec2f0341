"""cogov sweep: the design that was asked for, tables with intervals, and nothing computed twice."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.figures.sweep import design_figure
from analysis.statistics.intervals import student_interval
from experiments.cli import main
from experiments.designs.sampling import make_design, read_words
from experiments.designs.sweep_plan import prepare
from sim.errors import InputError
from sim.scenario.loading import load_scenario
from tests.each import each

SHORT = ["warmup_days=10", "horizon_days=30", "followup_days=5"]
BOTH = "scenarios=[administration_led,co_governance]"


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The module of stand-in simulations; on the path, so that worker processes find it too."""
    monkeypatch.syspath_prepend(str(Path(__file__).parents[1]))
    import fake_simulation

    return fake_simulation


def sweep(fake: Any, folder: Path, *words: str, status: int = 0) -> tuple[pd.DataFrame, pd.DataFrame]:
    where = [f"store={folder / 'store'}", f"out={folder / 'out'}"]
    executor = [] if any("executor" in word for word in words) else ["executor=serial"]
    assert main(["sweep", *words, *where, *executor, *SHORT], fake.simulate) == status
    out = folder / "out"
    return pd.read_csv(out / "runs.csv"), pd.read_csv(out / "sweep.csv")


def design(kind: str, *words: str, vary: tuple[str, ...] = (), points: int = 16) -> dict[str, list[Any]]:
    return make_design(kind, read_words(words), vary, points, 1, load_scenario()).values


def test_a_grid_is_every_combination_the_last_changing_fastest() -> None:
    values = design("grid", "staff.per_10k=8,10", "joint_session.capacity=range(0,9,4)", "trust.gain=0.1")
    assert values == {
        "staff.per_10k": [8, 8, 8, 10, 10, 10],
        "joint_session.capacity": [0, 4, 8, 0, 4, 8],
    }


def test_values_keep_their_types() -> None:
    lists, ranges, fixed = read_words(
        ["trust.enabled=true,false", "ledger=all,none", "staff.patience_days=null,3",
         "demand.work_hours=[1,2,3],[2,4,6]", "staff.per_10k=interval(8,16)", "trust.gain=0.1"]
    )  # fmt: skip
    assert lists["trust.enabled"] == [True, False]
    assert lists["ledger"] == ["all", "none"]
    assert lists["staff.patience_days"] == [None, 3]
    assert lists["demand.work_hours"] == [[1, 2, 3], [2, 4, 6]]
    assert (ranges["staff.per_10k"].low, ranges["staff.per_10k"].high) == (8.0, 16.0)
    assert fixed == ["trust.gain=0.1"]


def test_a_latin_hypercube_has_one_point_in_every_slice() -> None:
    values = design("lhs", "staff.per_10k=interval(8,16)", "trust.enabled=true,false", points=10)
    slices = np.floor((np.array(values["staff.per_10k"]) - 8) / 0.8).astype(int)
    assert sorted(slices) == list(range(10))
    assert values["trust.enabled"].count(True) == 5


def test_a_sobol_design_is_balanced_in_every_pair_of_halves() -> None:
    values = design("sobol", "staff.per_10k=interval(0,1)", "trust.gain=interval(0,1)", points=16)
    x, y = (np.array(column) > 0.5 for column in values.values())
    assert [int((x == a).sum()) for a in (0, 1)] == [8, 8]
    assert [int(((x == a) & (y == b)).sum()) for a in (0, 1) for b in (0, 1)] == [4, 4, 4, 4]


def test_ranges_come_from_the_schema() -> None:
    from sim.parameters.scenario import parameters_by_key

    values = design("lhs", vary=("staff.per_10k",), points=200)["staff.per_10k"]
    row = parameters_by_key()["staff.per_10k"]
    assert row.low is not None
    assert row.high is not None
    assert row.low <= min(values) < row.low + 0.01 * (row.high - row.low)
    assert row.high - 0.01 * (row.high - row.low) < max(values) <= row.high


def test_the_tables_and_what_they_say(fake: Any, tmp_path: Path) -> None:
    words = ["staff.per_10k=8,10", BOTH, "replications=5", "metric=[rmst180,solved_7wd]"]
    runs, table = sweep(fake, tmp_path, *words)
    assert len(runs) == 2 * 2 * 5
    assert list(runs.columns[:6]) == ["point", "scenario", "staff.per_10k", "replication", "status", "error"]
    assert len(table) == 2 * 2 * 2
    mine = runs[(runs["staff.per_10k"] == 10)]
    first, second = (part["rmst180"].to_numpy() for _, part in mine.groupby("scenario"))
    row = table.query("`staff.per_10k` == 10 and arm == 'co_governance' and metric == 'rmst180'").iloc[0]
    wanted = student_interval(second - first)
    assert row["mean"] == pytest.approx(second.mean())
    assert [row["difference"], row["difference_low"], row["difference_high"]] == pytest.approx(
        [float(wanted.mean), float(wanted.low), float(wanted.high)]
    )
    assert table[table["arm"] == "administration_led"]["difference"].isna().all()
    parquet = pd.read_parquet(tmp_path / "out" / "runs.parquet")
    pd.testing.assert_frame_equal(
        parquet, runs.astype({"error": object}).fillna({"error": ""}), check_dtype=False
    )
    facts = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert facts["varied"] == ["staff.per_10k"]
    assert facts["runs"] == 20
    suffixes = {path.suffix for path in (tmp_path / "out").glob("sweep.*")}
    assert suffixes == {".csv", ".parquet", ".png", ".svg"}


def test_again_and_larger_it_computes_only_what_is_missing(
    fake: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sweep(fake, tmp_path, "staff.per_10k=8,10", "replications=3")
    first = (tmp_path / "out" / "runs.parquet").read_bytes()
    assert "6 computed, 0 already there" in capsys.readouterr().out
    sweep(fake, tmp_path, "staff.per_10k=8,10", "replications=3", "executor=processes", "jobs=2")
    assert "0 computed, 6 already there" in capsys.readouterr().out
    assert (tmp_path / "out" / "runs.parquet").read_bytes() == first
    sweep(fake, tmp_path, "staff.per_10k=8,9,10", "replications=4")
    assert "6 computed, 6 already there" in capsys.readouterr().out


def test_the_same_bytes_from_one_process_and_from_two(fake: Any, tmp_path: Path) -> None:
    for name, more in (("one", "executor=serial"), ("two", "executor=processes")):
        sweep(fake, tmp_path / name, "staff.per_10k=8,10", "replications=4", BOTH, more)
    for name in ("runs.csv", "runs.parquet", "sweep.csv", "sweep.parquet"):
        one, two = ((tmp_path / folder / "out" / name).read_bytes() for folder in ("one", "two"))
        assert one == two, name


def test_until_the_interval_is_as_narrow_as_asked(fake: Any, tmp_path: Path) -> None:
    words = ["staff.per_10k=8,10", "replications=8", "precision=3"]
    _, table = sweep(fake, tmp_path / "alone", *words)
    assert ((table["high"] - table["low"]) <= 6.0 + 1e-9).all()
    assert (table["replications"] > 8).all()
    runs, table = sweep(fake, tmp_path / "pair", *words, BOTH)
    apart = table[table["difference"].notna()]
    assert ((apart["difference_high"] - apart["difference_low"]) <= 6.0 + 1e-9).all()
    # Both of a pair have the same replications, or they would not be pairs.
    assert runs.groupby(["staff.per_10k", "scenario"]).size().groupby("staff.per_10k").nunique().eq(1).all()
    _, table = sweep(fake, tmp_path / "most", *words[:2], "precision=0.01", "most=12")
    assert (table["replications"] == 12).all()


def test_a_failing_run_is_a_row_and_told(
    fake: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    original = fake.simulate

    def broken(scenario: Any, seed: int, replication: int) -> Any:
        if replication == 1 and scenario.staff.per_10k == 8:
            raise ArithmeticError("no number")
        return original(scenario, seed, replication)

    broken.__module__, broken.__qualname__ = fake.__name__, "simulate"
    monkeypatch.setattr(fake, "simulate", broken)
    from experiments.runs.function_references import named_function

    named_function.cache_clear()
    runs, table = sweep(fake, tmp_path, "staff.per_10k=8,10", "replications=3")
    named_function.cache_clear()
    shown = capsys.readouterr().out
    assert "6 computed, 0 already there." in shown
    assert "Failed runs: 1 (cogov store show store=" in shown
    assert list(runs["status"]).count("failed") == 1
    assert list(table["replications"]) == [2, 3]


@each(
    ("words", "expected"),
    [
        ([], "key=a,b,c is missing: must be given at least once"),
        (["staff.per_10k=-1,8"], "staff.per_10k = -1"),
        (["staff.per_10=8,9"], "did you mean staff.per_10k"),
        (["staff.per_10k=8,8"], "values that differ"),
        (["staff.per_10k=interval(8,9)"], "ranges are for design=lhs"),
        (["design=lhs", "staff.per_10k=interval(9,8)"], "low below high"),
        (["design=lhs"], "a design over at least one parameter"),
        (["design=sobol", "points=20", "vary=[staff.per_10k]"], "16 or 32"),
        (["design=cube", "staff.per_10k=8,9"], "one of grid, lhs, sobol"),
        (["design=lhs", "vary=[staff.per_k]"], "did you mean"),
        (["points=5", "staff.per_10k=8,9"], "left out with design=grid"),
        (["staff.per_10k=8,9", "metric=rmst18"], "did you mean rmst180"),
        (["staff.per_10k=8,9", "metric=nonsense"], "a metric"),
        (["staff.per_10k=8,9", "precision=-1"], "a number above 0"),
        (["staff.per_10k=8,9", "precision=1", "replications=2"], "at least 5"),
        (["staff.per_10k=8,9", "most=100"], "left out without precision="),
        (["staff.per_10k=8,9", "scenario=a", "scenarios=[a,b]"], "left out where there is scenario="),
        (["staff.per_10k=8,9", "executor=threads"], "serial, processes, dask"),
        (["staff.per_10k=8,9", "retry=maybe"], "true or false"),
        (["staff.per_10k=8,9", "out=/dev/null/x"], "can be written"),
        (["staff.per_10k=8,9", "store=/dev/null/x"], "can be written"),
        (["staff.per_10k=8,9", "replication=3"], "did you mean replications?"),
    ],
)
def test_bad_input_is_one_line(
    words: list[str],
    expected: str,
    fake: Any,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    executor = [] if any("executor" in word for word in words) else ["executor=serial"]
    assert main(["sweep", *words, *executor, *SHORT], fake.simulate) == 2
    captured = capsys.readouterr()
    assert len(captured.err.splitlines()) == 1, captured.err
    assert expected in captured.err
    assert captured.out == ""
    assert not list(tmp_path.rglob("*.parquet")), "refused only after runs"


def test_scenarios_that_have_no_twins_are_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text("demand:\n  rate: 2.0\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"demand\.rate"):
        prepare([f"scenarios=[administration_led,{other}]", "staff.per_10k=8,9"])


def table_of(levels: dict[str, list[Any]], arms: list[str], rows: int | None = None) -> pd.DataFrame:
    import itertools

    generator = np.random.default_rng(1)
    points = list(itertools.product(*levels.values()))[:rows]
    found = []
    for number, point in enumerate(points):
        for arm in arms:
            mean = float(generator.normal(100, 5))
            row = {"point": number, **dict(zip(levels, point, strict=True)), "arm": arm, "metric": "rmst180"}
            row |= {"unit": "days", "mean": mean, "low": mean - 2, "high": mean + 2, "replications": 5}
            apart = float("nan") if arm == arms[0] else float(generator.normal(0, 3))
            row |= {"difference": apart, "difference_low": apart - 2, "difference_high": apart + 2}
            found.append(row)
    return pd.DataFrame(found)


@each("language", ["en", "zh"])
@each("arms", [["a"], ["a", "b"], ["a", "b", "c"]])
@each(
    ("levels", "rows"),
    [
        ({"x": [1.0, 2.0, 3.0]}, None),
        ({"x": ["low", "high"]}, None),
        ({"x": [1, 2, 3], "y": [0.1, 0.2, 0.3]}, None),
        ({"x": [1, 2, 3], "y": [True, False]}, None),
        ({"x": [1, 2, 3], "y": [1, 2], "z": ["p", "q"]}, None),
        ({f"k{n}": [0.0, 1.0] for n in range(8)}, 40),
    ],
)
def test_every_design_has_a_figure(
    levels: dict[str, list[Any]], rows: int | None, arms: list[str], language: str
) -> None:
    figure = design_figure(table_of(levels, arms, rows), list(levels), "rmst180", language)
    figure.draw_without_rendering()


def test_a_metric_asked_for_is_the_only_one_estimated(fake: Any, tmp_path: Path) -> None:
    whole, _ = sweep(fake, tmp_path / "all", "staff.per_10k=8,10", "replications=2")
    few, _ = sweep(
        fake, tmp_path / "few", "staff.per_10k=8,10", "replications=2", "metric=[solved_7wd,rmst180]"
    )
    kept = ["scenario", "staff.per_10k", "replication", "rmst180", "solved_7wd"]
    assert few[kept].equals(whole[kept])
    assert len(set(whole) - set(few)) > 50
