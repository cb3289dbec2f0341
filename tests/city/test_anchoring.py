"""A calibrated city has the backlog of its file, also where a team closes so many a day whatever waits."""

import csv
import random
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from experiments.city import calibrating
from experiments.city.anchoring import STRONG
from experiments.city.bounds import mean_open
from experiments.city.calibrating import Calibration, calibrate_directly
from experiments.city.demand import assigned, demand_between
from sim.city.folder import read_city
from sim.city_run import run_city
from sim.request_file.loading import RequestStream, load_stream
from tests.city.synthetic import write_city

DAYS = 126
UNTIL = date(2024, 1, 1) + timedelta(days=DAYS)


def fixed_capacity(folder: Path) -> RequestStream:
    """Return the file of a team that closes about 13 requests a weekday, in no order."""
    luck = random.Random(4)
    rows: list[dict[str, datetime]] = []
    waiting: list[dict[str, datetime]] = []
    for day in range(DAYS):
        midnight = datetime(2024, 1, 1) + timedelta(days=day)
        busy = 1.5 if day // 7 % 4 == 2 else 0.8
        new = [
            {"opened": midnight + timedelta(hours=luck.uniform(7, 21))} for _ in range(luck.randint(7, 10))
        ]
        new = new[: round(busy * len(new))] + new[: max(0, round((busy - 1.0) * len(new)))]
        rows += [dict(row) for row in new]
        waiting += rows[len(rows) - len(new) :]
        hours = sorted(luck.uniform(8, 17) for _ in range(13)) if midnight.weekday() < 5 else []
        for hour in hours:
            now = midnight + timedelta(hours=hour)
            ready = [row for row in waiting if row["opened"] < now]
            if ready:
                row = luck.choice(ready)
                row["closed"] = now
                waiting.remove(row)
    file, mapping = folder / "file.csv", folder / "file.yaml"
    with file.open("w", newline="", encoding="utf-8") as handle:
        table = csv.writer(handle)
        table.writerow(["opened", "closed", "category"])
        for number, row in enumerate(sorted(rows, key=lambda row: row["opened"])):
            times = [
                row[name].isoformat(" ", "seconds") if name in row else "" for name in ("opened", "closed")
            ]
            table.writerow([*times, f"matter {number % 2}"])
    text = "residents: 9000\ncolumns: {opened: opened, closed: closed, category: category}\n"
    mapping.write_text(text, encoding="utf-8")
    return load_stream(file, mapping)


def open_in_runs(found: Calibration, stream: RequestStream, folder: Path) -> tuple[float, float]:
    """Return requests open on average over the last weeks: in runs of the city, and in the file."""
    folder.mkdir()
    (folder / "city.json").write_text(found.document(), encoding="utf-8")
    found.table().to_parquet(folder / "posterior.parquet", index=False)
    city = read_city(folder)
    demand = demand_between(stream, UNTIL - timedelta(days=63), UNTIL, UNTIL)
    seen = []
    for number in range(0, city.draws, 4):
        base = assigned(city.draw(number), demand, 2)
        closed = run_city(base.draw, base.requests, demand.end, 2, number)
        seen.append(mean_open(closed, base.team, demand, 1)[0])
    return float(np.mean(seen)), float(mean_open(demand.happened, np.zeros_like(demand.row), demand, 1)[0])


def test_the_city_has_the_backlog_of_the_file(tmp_path: Path) -> None:
    stream = fixed_capacity(tmp_path)
    found = calibrate_directly(stream, UNTIL, 20, 1)
    assert found.posterior.gamma.mean() > 0.5
    runs, file = open_in_runs(found, stream, tmp_path / "city")
    assert runs == pytest.approx(file, rel=0.35)


def test_where_closing_does_not_answer_to_load_nothing_is_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = write_city(tmp_path / "city", days=112, scale=2.0)
    monkeypatch.setattr(calibrating, "loads_at_the_files_backlog", None)
    found = calibrate_directly(load_stream(made.stream, made.mapping), date(2023, 4, 24), 20, 1)
    assert (found.usual_load > 0.0).all()
    assert found.posterior.gamma.mean() < STRONG
