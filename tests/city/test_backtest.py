"""The command `cogov backtest` on a made file: what it writes, what it tells, what it refuses."""

import csv
import json
import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.forecasts.rivals.kaplan_meier import KaplanMeier
from analysis.forecasts.window import day_of
from experiments.city.backtests.question import RIVAL_NAMES, Question
from experiments.city.backtests.work import (
    RIVALS,
    backtest,
    changed_practices,
    forecast_table,
    windows_of,
)
from experiments.cli import main
from sim.request_file.loading import load_stream

MAPPING = "residents: 10000\ncolumns: {opened: opened, closed: closed, category: category, unit: team}\n"
WORDS = ["backtest.origin=2024-03-25", "backtest.until=2024-04-22"]


@pytest.fixture(scope="module")
def city_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixteen weeks of two kinds of request, exponential; the second is four times slower from 1 April on."""
    rng = np.random.default_rng(1)
    start = datetime(2024, 1, 1)
    path = tmp_path_factory.mktemp("city") / "requests.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["opened", "closed", "category", "team"])
        for day in np.sort(rng.random(2400) * 112):
            kind = int(rng.integers(2))
            mean = 1.0 if kind == 0 else 2.0 if day < 91 else 8.0
            closed = start + timedelta(days=day + rng.exponential(mean))
            out.writerow(
                [f"{start + timedelta(days=day):%Y-%m-%d %H:%M:%S}", f"{closed:%Y-%m-%d %H:%M:%S}"]
                + [("lamps", "trees")[kind], "crew"]
            )
    path.with_suffix(".yaml").write_text(MAPPING, encoding="utf-8")
    return path


def test_it_writes_scores_forecast_and_figures(
    city_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    words = [f"demand.stream={city_file}", *WORDS, "draws=20", "calibrated=none", f"out={out}"]
    assert main(["backtest", *words, "backtest.rivals=[kaplan_meier,lognormal]"]) == 0
    told = capsys.readouterr().out
    assert "Practice changed: trees: from 2024-0" in told
    assert "The same without those whose practice changed" in told
    assert re.match(r"Answer: .* is nearest .*\(KS\) of 0\.\d{3}\.", told.splitlines()[-1])
    scores = pd.read_csv(out / "scores.csv")
    names = ["method", "category", "ks", "e1", "e7", "e30", "median_error", "p90_error", "crps"]
    assert [name for name in scores if name in names] == names
    assert {"coverage_closings", "coverage_backlog"} <= set(scores)
    assert sorted(set(scores["category"])) == ["*", "lamps", "trees"]
    plain = scores[scores["method"] == "kaplan_meier"].set_index("category")
    assert plain.loc["lamps", "ks"] < 0.12
    assert plain.loc["trees", "ks"] > 0.2
    forecast = pd.read_parquet(out / "forecast.parquet")
    stream = load_stream(city_file)
    asked = stream.row[stream.arisen_at >= day_of(stream, date(2024, 3, 25))]
    assert sorted(set(forecast["row"])) == sorted(asked.tolist())
    assert forecast.groupby("row")["draw"].apply(lambda draws: sorted(draws) == list(range(20))).all()
    assert (forecast["days_to_close"] >= 0).all()
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["backtest"]["changed_practice"].keys() == {"trees"}
    assert set(manifest["files"]) >= {"scores.csv", "forecast.parquet", "weeks.png", "durations.svg"}


def test_a_rolling_origin_asks_every_request_once(city_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "rolling"
    words = [f"demand.stream={city_file}", *WORDS, "draws=2", "backtest.every_days=7", "calibrated=none"]
    assert main(["backtest", *words, "backtest.rivals=kaplan_meier", "language=zh", f"out={out}"]) == 0
    forecast = pd.read_parquet(out / "forecast.parquet")
    assert not forecast.duplicated(["row", "draw"]).any()
    stream = load_stream(city_file)
    assert forecast["row"].nunique() == (stream.arisen_at >= 84).sum()


@pytest.mark.slow
def test_without_a_folder_the_city_is_calibrated_at_the_origin(
    city_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    words = [f"demand.stream={city_file}", *WORDS, "draws=20", "executor=serial", f"out={out}"]
    assert main(["backtest", *words, "backtest.rivals=kaplan_meier"]) == 0
    assert json.loads((out / "calibrated/city.json").read_text(encoding="utf-8"))["origin"] == "2024-03-25"
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert {f"calibrated/{name}" for name in ("city.json", "posterior.parquet", "identified.csv")} <= set(
        manifest["files"]
    )
    said = capsys.readouterr().out
    assert "than a plain Kaplan–Meier curve" in said
    assert "Weekly counts: of the weeks" in said
    scores = pd.read_csv(out / "scores.csv").set_index(["method", "category"])
    # Exponential at a steady pace, and nothing of it changes at the origin.
    assert scores.loc[("calibrated", "lamps"), "ks"] < 0.12
    assert scores.loc[("calibrated", "lamps"), "coverage_closings"] >= 0.5


def test_rivals_are_those_that_the_words_know() -> None:
    assert tuple(RIVALS) == RIVAL_NAMES


def test_a_rolling_origin_learns_what_one_origin_cannot(city_file: Path) -> None:
    stream = load_stream(city_file)
    late = KaplanMeier("late", 28.0)
    one = Question(date(2024, 3, 25), date(2024, 4, 22), 20, 1, 60.0, 10)
    several = replace(one, every_days=7)
    fixed, rolling = (backtest(stream, asked, [late]).table.set_index("category") for asked in (one, several))
    assert rolling.loc["trees", "ks"] < fixed.loc["trees", "ks"] - 0.05
    assert rolling.loc["trees", "requests"] == fixed.loc["trees", "requests"]


def test_what_happened_later_moves_no_forecast(city_file: Path, tmp_path: Path) -> None:
    """The same file with every closing after the origin taken out, or moved, gives the same draws."""
    table = pd.read_csv(city_file)
    late = table["closed"] >= "2024-03-25"
    table.loc[late, "closed"] = np.where(np.arange(late.sum()) % 2, "2024-07-01 00:00:00", "")
    changed = tmp_path / "changed.csv"
    table.to_csv(changed, index=False)
    changed.with_suffix(".yaml").write_text(MAPPING, encoding="utf-8")
    asked = Question(date(2024, 3, 25), date(2024, 4, 22), 3, 1, 60.0, 10)
    methods = [rival for name, rival in RIVALS.items() if name != "boosted"]
    one, two = (backtest(load_stream(path), asked, methods) for path in (city_file, changed))
    for method in one.parts:
        pd.testing.assert_frame_equal(forecast_table(one.parts[method]), forecast_table(two.parts[method]))
    assert not one.table.equals(two.table)


def test_practice_that_changed_before_the_origin_is_none_of_the_windows(city_file: Path) -> None:
    stream = load_stream(city_file)
    late = Question(date(2024, 4, 15), date(2024, 4, 22), 2, 1, 60.0, 10)
    assert changed_practices(stream, windows_of(stream, late), [0, 1]) == []


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["backtest.until=2024-04-22"], ["backtest.origin", "YYYY-MM-DD"]),
        (["backtest.origin=25.3.2024", "backtest.until=2024-04-22"], ["backtest.origin = '25.3.2024'"]),
        (["backtest.origin=2024-04-22", "backtest.until=2024-04-22"], ["after backtest.origin (2024-04-22)"]),
        (["backtest.origin=2024-01-02", "backtest.until=2024-04-22"], ["50 requests before it"]),
        (["backtest.origin=2025-01-02", "backtest.until=2025-04-22"], ["a window that holds requests"]),
        ([*WORDS, "backtest.rivals=[kaplan_mayer]"], ["did you mean kaplan_meier"]),
        ([*WORDS, "draws=1"], ["draws = '1'", "from 2 to 10000"]),
        ([*WORDS, "backtest.every_days=1"], ["from 7 to 366"]),
        ([*WORDS, "backtest.orign=2024-03-25"], ["backtest.orign"]),
    ],
)
def test_what_it_refuses(
    words: list[str], says: list[str], city_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backtest", f"demand.stream={city_file}", f"out={tmp_path / 'none'}", *words]) == 2
    message = capsys.readouterr().err
    assert message.count("\n") == 1
    for part in says:
        assert part in message
    assert not (tmp_path / "none").exists()
