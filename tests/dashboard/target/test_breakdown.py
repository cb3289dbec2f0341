"""The comparison by group, and what a wage makes of its hours."""

import re
from typing import cast

import numpy as np
import pytest

from analysis.findings.text_table import value_text
from analysis.findings.who_gains import MEASURES
from experiments.dashboard.panels.breakdown import breakdown_html
from experiments.dashboard.panels.strip import glance
from experiments.dashboard.state import address
from experiments.dashboard.state.scenario_pair import View, arms
from experiments.dashboard.words.page_words import LANGUAGES
from experiments.dashboard.work.comparison import Kept, Result, pairs_of
from experiments.dashboard.work.worker_pool import WorkerPool
from sim.errors import InputError
from tests.dashboard.conftest import NOWHERE, SMALL, HereAndNow

START = address.Place(View(("administration_led", "co_governance")), "en", "compare")


def result_of(*words: str) -> Result:
    view = View(("administration_led", "co_governance"), words=(*SMALL, *words), pairs=2)
    *_, result = pairs_of(cast(WorkerPool, HereAndNow()), Kept(), arms(view), view.seed, view.pairs)
    return result


@pytest.fixture(scope="module")
def result() -> Result:
    return result_of()


def rows_of(html: str) -> list[list[str]]:
    return [re.findall(r"<td>(.*?)</td>", row) for row in re.findall(r"<tr.*?>(.*?)</tr>", html)][1:]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_group_has_both_sides_and_its_paired_interval(result: Result, language: str) -> None:
    table = result.groups.set_index(["scenario", "group", "level", "metric"])
    for division in ("category", "age", "tenure"):
        levels = list(result.groups.loc[result.groups["group"] == division, "level"].unique())
        rows = rows_of(breakdown_html(result, ["first", "second"], division, language))
        assert len(rows) == 1 + len(levels) > 2
        for (group, level), row in zip(
            [("all", "all"), *((division, one) for one in levels)], rows, strict=True
        ):
            for name, cell in zip(MEASURES, row[2:], strict=True):
                ends = [table.loc[(side, group, level, name), "mean"] for side in result.names]
                unit = table.loc[(result.names[0], group, level, name), "unit"]
                assert cell.startswith(" → ".join(value_text(float(one), unit) for one in ends))
                apart = table.loc[("difference", group, level, name), "mean"]
                assert ("<small>" in cell) is bool(np.isfinite(apart))


def test_what_is_not_divided_is_said(result: Result) -> None:
    assert "Nothing here is divided by community" in breakdown_html(result, ["a", "b"], "community", "en")


def test_a_county_is_divided_by_community() -> None:
    county = result_of("county.communities=2", "community.residents=300")
    assert len(rows_of(breakdown_html(county, ["a", "b"], "community", "en"))) == 3


def test_names_from_outside_are_no_markup(result: Result) -> None:
    assert "<img" not in breakdown_html(result, ["<img src=x>", "b"], "category", "en")


def test_the_choice_is_in_the_address() -> None:
    place = address.Place(START.view, "zh", "compare", by="area")
    assert address.read(address.written(place, NOWHERE), START, NOWHERE) == place
    with pytest.raises(InputError, match="category, community"):
        address.read("by=colour", START, NOWHERE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wage_prices_the_hours_of_staff_alone(result: Result, language: str) -> None:
    assert not any("money" in tile for tile in glance(result, language)["tiles"])
    told = {tile["name"]: tile["money"] for tile in glance(result, language, 100.0)["tiles"]}
    row = result.table.set_index("metric").loc["hours_per_solved_staff"]
    money = told.pop("hours_per_solved")
    for side in result.names:
        assert f"{100.0 * row[f'{side}_mean']:,.0f}" in money
    assert f"{100.0 * row['difference']:+,.0f}".replace("-", "−") in money
    assert not any(told.values())
