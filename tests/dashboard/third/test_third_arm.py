"""The third arm of the page: the numbers of `cogov compare`, the runs that are kept, and its command."""

import io
import shlex
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.comparison.table import compare_summaries
from analysis.summaries.run_summary import summarise_run
from experiments.arguments.scenarios import load_arms
from experiments.dashboard.panels.third.files import Held, file_rows, make_file
from experiments.dashboard.serving.third_state import Shown
from experiments.dashboard.state.scenario_pair import View, arms, identity
from experiments.dashboard.state.third_arm import EQUAL, command, third_title, third_view, three, write_arms
from experiments.dashboard.work.comparison import Kept, pairs_of
from experiments.dashboard.work.few_ahead import MissingError
from experiments.dashboard.work.three_arms import LETTERS, compared
from sim.errors import InputError
from sim.scenario.loading import load_scenario
from sim.simulation import simulate
from tests.dashboard.conftest import SMALL


def test_the_numbers_are_those_of_compare(workers: Any, view: View) -> None:
    scenarios = three(view, EQUAL)
    found = compared(scenarios, view.seed, view.pairs, Kept(), workers)
    expected = compare_summaries(
        {
            letter: [summarise_run(simulate(arm, 1, r)) for r in range(3)]
            for letter, arm in zip(LETTERS, scenarios, strict=True)
        }
    )
    shown = expected[expected["metric"].isin(found.table["metric"])].reset_index(drop=True)
    assert len(shown) > 40
    assert found.table.equals(shown)
    assert (found.simulated, len(workers.runs)) == (9, 9)


def test_only_the_third_arm_runs_beside_a_comparison(workers: Any, view: View) -> None:
    kept: Kept[Any] = Kept()
    *_, pair = pairs_of(workers, kept, arms(view), view.seed, view.pairs)
    scenarios = three(view, EQUAL)
    with pytest.raises(MissingError):
        compared(scenarios, view.seed, view.pairs, kept)
    workers.runs.clear()
    told: list[tuple[int, int]] = []
    found = compared(scenarios, 1, 3, kept, workers, tell=lambda done, of: told.append((done, of)))
    assert [replication for _, replication in workers.runs] == [0, 1, 2]
    assert told[-1] == (9, 9)
    # B against A is what the pair says, to the last bit.
    both = pair.table.set_index("metric")["difference"]
    assert found.table.set_index("metric")["difference_b"].loc[both.index].equals(both.rename("difference_b"))
    assert compared(scenarios, 1, 3, kept).simulated == 0


@pytest.fixture
def held(workers: Any, view: View) -> Held:
    found = compared(three(view, EQUAL), view.seed, view.pairs, Kept(), workers)
    return Held(Shown(view, EQUAL, found), ("Admin", "Co", "=Equal"), "en", Path("out"))


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_table_of_the_arms_is_a_file_with_every_digit(held: Held, kind: str) -> None:
    file = make_file(held, "arms", kind)
    content = io.BytesIO(file.content)
    table = pd.read_csv(content) if kind == "csv" else pd.read_excel(content, engine="calamine")
    shown = held.shown.found.table
    numbers = shown.select_dtypes(float).columns
    assert len(numbers) > 10
    digits = {"rtol": 0.0 if kind == "csv" else 1e-14, "atol": 0.0}
    np.testing.assert_allclose(table[numbers], shown[numbers], **digits)
    assert list(table["metric"]) == list(shown["metric"])
    # What somebody called a scenario is never a formula.
    assert str(table["scenario_c"][0]).lstrip("'") == "=Equal"
    assert f"{held.shown.view.pairs} pairs" in table["source"][0]
    assert file.name.startswith("cogov-three-arms-")
    assert file.name.endswith(f".{kind}")


def test_each_figure_of_the_arms_is_a_file(held: Held) -> None:
    rows = {row["name"]: row["kinds"] for row in file_rows(held.shown, "zh")}
    assert set(rows) == {"answer", "main", "differences", "participation", "workload", "arms"}
    for name in set(rows) - {"arms"}:
        picture = make_file(held, name, "svg").content.decode()
        assert "Co" in picture
        assert "Equal" in picture
    with pytest.raises(KeyError):
        make_file(held, "groups", "svg")
    with pytest.raises(KeyError):
        make_file(held, "arms", "pdf")


def test_equal_acceptance_is_the_shipped_scenario(view: View) -> None:
    third = three(view, EQUAL)[2]
    assert identity(third) == identity(load_scenario("co_governance_equal_acceptance", SMALL))
    # What is changed under B is changed under the third arm too.
    moved = three(view.with_change(1, "staff.per_10k", 9.0), EQUAL)[2]
    assert moved.staff.per_10k == 9.0


@pytest.mark.parametrize("choice", ["co_governance", "administration_led"])
def test_an_arm_that_is_there_already_is_refused(view: View, choice: str) -> None:
    with pytest.raises(InputError, match="differs from A and from B"):
        three(view, choice)
    with pytest.raises(InputError, match="differs from A and from B"):
        three(third_view(view, EQUAL), EQUAL)
    # The scenario of a side that was changed is another arm.
    assert three(view.with_change(1, "staff.per_10k", 9.0), "co_governance")


def test_a_third_arm_without_twins_is_refused(workers: Any, view: View) -> None:
    apart = three(view, EQUAL)
    other = apart[2].model_copy(update={"horizon_days": 7})
    with pytest.raises(InputError, match="horizon_days"):
        compared((*apart[:2], other), 1, 1, Kept(), workers)
    assert workers.runs == []


@pytest.mark.parametrize("changed", [False, True])
@pytest.mark.parametrize("choice", [EQUAL, "weijiayuan"])
def test_the_command_gives_the_same_arms(view: View, choice: str, changed: bool, tmp_path: Path) -> None:
    view = view.with_change(1, "staff.per_10k", 9.0) if changed else view
    folder = tmp_path / "ours"
    write_arms(view, choice, folder)
    word = shlex.split(command(view, choice, folder))[2]
    names = word.removeprefix("scenarios=[").removesuffix("]").split(",")
    read = load_arms(names, ())
    assert [identity(one) for one in read] == [identity(one) for one in three(view, choice)]


@pytest.mark.parametrize(
    ("language", "told"), [("en", "B, no convener's effect"), ("zh", "B（召集人无作用）")]
)
def test_what_it_is_called(view: View, language: str, told: str) -> None:
    assert third_title(view, EQUAL, "B", language) == told
    assert third_title(view, "weijiayuan", "B", language) != told
