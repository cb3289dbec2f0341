"""The shipped mapping on the real file. Skipped where the file is not at hand."""

import csv
import gzip
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pytest

from sim.request_file.loading import UNKNOWN_PLACE, RequestStream, account, account_text, load_stream


@pytest.fixture(scope="module")
def boston(boston_file: Path) -> RequestStream:
    return load_stream(boston_file, "boston_311")


@pytest.fixture(scope="module")
def residents_rows(boston_file: Path) -> list[tuple[int, dict[str, str]]]:
    """The residents' requests, picked independently of the code under test."""
    with gzip.open(boston_file, "rt", encoding="utf-8", newline="") as text:
        return [
            (number, row)
            for number, row in enumerate(csv.DictReader(text))
            if row["channel"] not in ("Employee Generated", "Maximo Integration")
        ]


def test_every_row_is_accounted_for(boston: RequestStream) -> None:
    assert boston.counts == {
        "used": 40206,
        "excluded: logged by city employees": 17925,
        "excluded: raised by the asset-management system": 120,
    }
    assert sum(rows for _, rows, _ in account(boston)) == 58251
    assert "58,251  rows in requests.csv.gz" in account_text(boston)


def test_every_category_falls_under_a_rule(boston: RequestStream) -> None:
    assert "defaults" not in boston.explanations["used"]
    # Rules for which 2011 has rows from employees only would show here; there are none.
    assert "no row fits" not in boston.explanations["used"]


def test_times_are_those_of_the_file(
    boston: RequestStream, residents_rows: list[tuple[int, dict[str, str]]]
) -> None:
    assert boston.start_date == date(2011, 6, 27)
    assert boston.start_date.weekday() == 0
    zero = datetime(2011, 6, 27)
    expected = {
        number: (datetime.fromisoformat(row["opened"]) - zero).total_seconds()
        for number, row in residents_rows
    }
    seconds = np.rint(boston.arisen_at * 86400)
    assert dict(zip(boston.row.tolist(), seconds.tolist(), strict=True)) == expected
    order = sorted(expected, key=lambda number: (expected[number], number))
    assert boston.row.tolist() == order


def test_the_hour_that_came_twice_is_kept_as_written(boston: RequestStream) -> None:
    day = (date(2011, 11, 6) - boston.start_date).days
    afterwards = boston.arisen_at[(boston.arisen_at >= day) & (boston.arisen_at < day + 1)]
    assert len(afterwards) > 0
    assert (boston.arisen_at[boston.arisen_at < day + 30] >= 0).all()


def test_labels_and_places(boston: RequestStream, residents_rows: list[tuple[int, dict[str, str]]]) -> None:
    by_row = dict(residents_rows)
    for position in range(0, len(boston.row), 997):
        row = by_row[int(boston.row[position])]
        assert boston.categories[boston.category[position]] == " ".join(row["category"].split())
    blank = sum(row["district"] in ("", "Boston", "Chestnut Hill") for _, row in residents_rows)
    unknown = boston.places.index(UNKNOWN_PLACE)
    assert np.count_nonzero(boston.place == unknown) == blank == 3425
    assert list(boston.places) == sorted(boston.places)
    channels = Counter(boston.channels[code] for code in boston.channel.tolist())
    assert channels == {"phone": 28136, "web": 8160, "app": 3907, "twitter": 3}


def test_closing_times_survive_but_missing_ones_stay_missing(
    boston: RequestStream, residents_rows: list[tuple[int, dict[str, str]]]
) -> None:
    closed = sum(bool(row["closed"]) for _, row in residents_rows)
    assert np.count_nonzero(~np.isnan(boston.closed_at)) == closed
    hours = (boston.closed_at - boston.arisen_at) * 24
    assert np.nanmedian(hours) == pytest.approx(50.8, abs=0.05)  # published with the copy of the file


def test_assumed_numbers_are_in_range_and_plausible(boston: RequestStream) -> None:
    assert set(np.unique(boston.organisations)) == {1, 2, 3}
    assert set(np.unique(boston.level)) == {0, 1, 2}
    assert 0.6 < np.mean(boston.organisations == 1) < 0.8
    for share in (boston.urgent, boston.desk, boston.helpable):
        assert (share >= 0).all()
        assert (share <= 1).all()
    # Only what a neighbour can do in two hours may be offered to one.
    assert boston.work_hours[(boston.helpable > 0)].max() <= 4
    assert boston.residents == 617594


def test_weekly_counts_vary_as_the_default_of_weekly_cv_says(boston: RequestStream) -> None:
    weeks = np.bincount((boston.arisen_at // 7).astype(int))[1:26]
    assert len(weeks) == 25
    assert weeks.std(ddof=1) / weeks.mean() == pytest.approx(0.167, abs=0.0005)
    assert weeks.var(ddof=1) / weeks.mean() == pytest.approx(43.4, abs=0.05)


def test_the_shipped_mapping_is_found_by_the_columns(boston_file: Path, boston: RequestStream) -> None:
    found = load_stream(boston_file)
    assert Path(found.mapping_file).name == "boston_311.yaml"
    assert found.digest == boston.digest
    assert np.array_equal(found.row, boston.row)
