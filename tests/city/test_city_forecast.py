"""The calibrated city as a method: which rows it forecasts, and what it must not have seen."""

import json
import shutil
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.forecasts.window import Window, day_of, window_of
from experiments.arguments.run_plan import ExecutorChoice
from experiments.city.backtests.city_forecast import CityForecast, of_rows
from experiments.cli import main
from sim.request_file.loading import RequestStream, load_stream

MADE = Path(__file__).resolve().parents[1] / "mechanisms" / "city"
ORIGIN, UNTIL = date(2023, 2, 15), date(2023, 3, 8)


@pytest.fixture(scope="module")
def longer_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made city's requests, and as many again in the six weeks after them."""
    table = pd.read_csv(MADE / "requests.csv")
    more = table.copy()
    for name in ("opened", "closed", "due"):
        more[name] = pd.to_datetime(table[name]) + timedelta(days=42)
    path = tmp_path_factory.mktemp("longer") / "requests.csv"
    pd.concat([table, more.assign(id=table["id"] + 1000)]).to_csv(path, index=False)
    shutil.copy(MADE / "mapping.yaml", path.with_suffix(".yaml"))
    return path


def made(
    path: Path, folder: Path = MADE / "calibrated", jobs: int = 1
) -> tuple[RequestStream, Window, CityForecast]:
    stream = load_stream(path)
    choice = ExecutorChoice("processes" if jobs > 1 else "serial", jobs)
    method = CityForecast(stream, lambda origin: folder, choice)
    return stream, window_of(stream, day_of(stream, ORIGIN), day_of(stream, UNTIL)), method


def test_it_forecasts_those_asked_and_the_starting_backlog(longer_file: Path) -> None:
    _, window, method = made(longer_file)
    forecast = method.forecast(window.known, window.asked, 4, 1)
    assert forecast.days.shape == (4, len(window.asked.row))
    assert forecast.backlog_days.shape == (4, len(window.known.open))
    assert len(window.known.open) > 20
    assert (forecast.days > 0).all()
    assert (forecast.backlog_days > 0).all()
    # A Wednesday: the run begins on the Monday before it, and nothing is closed until the origin.
    assert np.median(forecast.days[np.isfinite(forecast.days)]) < 30
    assert not np.array_equal(forecast.days[0], forecast.days[1])


def test_several_workers_draw_the_same(longer_file: Path) -> None:
    _, window, method = made(longer_file)
    alone = method.forecast(window.known, window.asked, 3, 1)
    together = made(longer_file, jobs=2)[2].forecast(window.known, window.asked, 3, 1)
    assert np.array_equal(alone.days, together.days)
    assert np.array_equal(alone.backlog_days, together.backlog_days)


def test_closings_after_the_origin_move_nothing(longer_file: Path, tmp_path: Path) -> None:
    _, window, method = made(longer_file)
    table = pd.read_csv(longer_file)
    table.loc[pd.to_datetime(table["closed"]) >= datetime(2023, 2, 15), "closed"] = None
    table.loc[table["opened"] >= "2023-02-15", "team"] = "Night watch"
    path = tmp_path / "requests.csv"
    table.to_csv(path, index=False)
    shutil.copy(MADE / "mapping.yaml", path.with_suffix(".yaml"))
    _, other_window, other = made(path)
    one = method.forecast(window.known, window.asked, 2, 1)
    two = other.forecast(other_window.known, other_window.asked, 2, 1)
    assert np.array_equal(one.days, two.days)
    assert np.array_equal(one.backlog_days, two.backlog_days)


def test_the_command_scores_it_beside_its_rivals(
    longer_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [
        f"demand.stream={longer_file}",
        f"calibrated={MADE / 'calibrated'}",
        "draws=3",
        "executor=serial",
    ]
    words += [f"backtest.origin={ORIGIN}", f"backtest.until={UNTIL}", "backtest.rivals=kaplan_meier"]
    out = tmp_path / "out"
    assert main(["backtest", *words, "city.gamma=1", f"out={out}"]) == 0
    assert "calibrated city: nearer to what happened (KS) than" in capsys.readouterr().out
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["backtest"]["forecast_of"] == "calibrated"
    assert set(pd.read_csv(out / "scores.csv")["method"]) == {"calibrated", "kaplan_meier"}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["backtest.origin=2023-02-10"], "has seen closings up to 2023-02-13"),
        (["city.gama=1"], "did you mean city.gamma"),
        (["city.folder=elsewhere"], "city.folder"),
        (["demand.rate=2"], "city.gamma=0"),
    ],
)
def test_what_it_refuses(
    words: list[str], says: str, longer_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = [f"demand.stream={longer_file}", f"calibrated={MADE / 'calibrated'}", f"out={tmp_path / 'none'}"]
    dates = [f"backtest.origin={ORIGIN}", f"backtest.until={UNTIL}"]
    assert main(["backtest", *own, *dates, *words]) == 2
    assert says in capsys.readouterr().err


def test_rows_are_found_by_their_number() -> None:
    rows, values = np.array([7, 2, 9]), np.array([0.7, 0.2, 0.9])
    assert of_rows(rows, values, np.array([9, 7])).tolist() == [0.9, 0.7]
    with pytest.raises(KeyError):
        of_rows(rows, values, np.array([3]))
