"""Means of scores, and categories that surged or slowed down."""

import dataclasses

import numpy as np
import pandas as pd
import pytest

from analysis.forecasts.scores import CITY, MEASURES
from analysis.forecasts.summary import better_in, means
from analysis.forecasts.surges import surge_table, surges
from analysis.forecasts.window import Forecast, Window
from tests.analysis.forecasts.synthetic import ORIGIN, exponential, made_window


def scores() -> pd.DataFrame:
    ks = {"ours": [0.1, 0.2, 0.3], "plain": [0.2, 0.1, 0.4], "other": [0.3, 0.3, 0.2]}
    rows = [
        {"method": method, "category": category, "requests": 9, **dict.fromkeys(MEASURES, value), "e1": sign}
        for method, values in ks.items()
        for category, value, sign in zip("abc", values, (0.1, -0.1, 0.1))
    ]
    rows += [{**row, "category": CITY, "ks": 9.0} for row in rows[::3]]
    return pd.DataFrame(rows)


def test_means_are_over_categories_with_errors_by_size() -> None:
    found = means(scores())
    assert found.loc["ours", "ks"] == pytest.approx(0.2)
    assert found.loc["ours", "e1"] == pytest.approx(0.1)
    assert means(scores(), ["c"]).loc["plain", "ks"] == pytest.approx(0.15)


def test_better_counts_categories_and_those_better_than_every_other() -> None:
    found = better_in(scores(), "ours").set_index("method")
    assert found["better"].to_dict() == {"plain": 2, "other": 2, "all": 1}
    assert found["of"].unique().tolist() == [3]


def stormy() -> Window:
    """Six times as many of the second category in one week; the third takes ten times as long."""
    window = made_window(exponential(2.0), per_day=30, categories=3)
    rng = np.random.default_rng(3)
    asked, truth = window.asked, window.truth
    count = 5 * int(7 * 30 / 3)
    arisen = np.concatenate([asked.arisen_at, ORIGIN + 7.0 + 7.0 * rng.random(count)])
    order = np.argsort(arisen)
    days = np.where(asked.category == 2, 10.0 * truth.days, truth.days)
    return dataclasses.replace(
        window,
        asked=dataclasses.replace(
            asked,
            arisen_at=arisen[order],
            category=np.concatenate([asked.category, np.ones(count, int)])[order],
            row=np.arange(len(arisen)),
        ),
        truth=dataclasses.replace(
            truth,
            days=np.concatenate([days, rng.exponential(2.0, count)])[order],
            watched=np.full(len(arisen), 1e6),
        ),
    )


def test_surged_and_slowed_categories_are_found_by_numbers() -> None:
    found = surges(stormy())
    assert found["category"].tolist() == ["kind 1", "kind 2"]
    assert found["surge"].iloc[0] == pytest.approx(6.0, rel=0.2)
    assert found["slower"].iloc[1] == pytest.approx(10.0, rel=0.3)
    assert not len(surges(made_window(exponential(2.0), per_day=30, categories=3)))


def test_the_table_of_surges_compares_medians_and_backlogs() -> None:
    window = stormy()
    rng = np.random.default_rng(5)
    forecast = Forecast(
        rng.exponential(2.0, (40, len(window.asked.row))),
        rng.exponential(2.0, (40, len(window.known.open))),
    )
    table = surge_table(surges(window), {"exact": (window, forecast)}).set_index("category")
    surged, slowed = table.loc["kind 1"], table.loc["kind 2"]
    assert surged["median_forecast"] == pytest.approx(2.0 * np.log(2.0), rel=0.1)
    assert surged["median_observed"] == pytest.approx(surged["median_forecast"], rel=0.2)
    assert surged["backlog_low"] <= surged["backlog_observed"] <= surged["backlog_high"]
    assert slowed["median_observed"] > 5 * slowed["median_forecast"]
    assert slowed["backlog_observed"] > slowed["backlog_high"]
