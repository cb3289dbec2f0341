"""A metric asked for alone has the value it has among all, from the table or from its columns."""

import math

import numpy as np
import pytest

from analysis.estimates.estimands import PARTS, Read, asked, estimate
from analysis.inputs import ledger
from analysis.inputs.ledger import counted
from experiments.executors.task import Task, carry_out
from experiments.runs.function_references import (
    ENGINE,
    ESTIMANDS,
    code_version,
    metrics_reference,
    named_function,
)
from sim.records.tables import Records
from sim.simulation import simulate
from tests.guarantees.runs import scenario

NAMES = ("administration_led", "co_governance", "mask_aid", "hotline_evaluated", "fenghua_waterlogging")


def _run(name: str) -> Records:
    if name.startswith("verification/"):
        return simulate(scenario(name, place=("horizon_days=60",)))
    return simulate(scenario(name))


@pytest.mark.parametrize("name", [*NAMES, "verification/queue", "verification/adoption"])
def test_each_metric_alone_has_its_value_among_all(name: str) -> None:
    run = _run(name)
    whole = estimate(run)
    del whole["replication"]
    for metric, value in whole.items():
        # Records of their own: no table of an earlier metric is there.
        alone = Records(run.settings, run.seed, run.replication, run.built)
        found = asked(metric)(alone)
        assert list(found) == [metric]
        assert np.array_equal(found[metric], value, equal_nan=True), metric


@pytest.mark.parametrize("name", [*NAMES, "verification/queue", "verification/adoption"])
def test_each_part_makes_what_it_names(name: str) -> None:
    run = Read(_run(name))
    seen: set[str] = set()
    named = [metric for part in PARTS for metric in part.names]
    assert len(named) == len(set(named))
    for part in PARTS:
        made = set(part.make(run))
        assert not made & seen
        seen |= made
        assert made <= part.names if part.names else not made & set(named)


def test_what_the_run_does_not_have_is_left_out() -> None:
    run = _run("administration_led")
    assert list(asked("little_ratio", "wait_mean", "rmst180")(run)) == ["little_ratio", "rmst180"]


def test_the_mean_time_needs_no_table() -> None:
    run = _run("co_governance")
    value = asked("rmst180")(run)["rmst180"]
    assert "cases" not in vars(run)
    assert math.isfinite(value)


def test_a_ledger_that_somebody_changed_is_read_as_it_is() -> None:
    run = _run("co_governance")
    run.cases = run.cases[run.cases["solved_at"].notna()]
    assert len(counted(run)) == len(run.cases[ledger.in_window(run.cases, run.settings)])
    assert estimate(run)["rmst180"] == asked("rmst180")(run)["rmst180"]


def test_a_ledger_in_another_order_says_the_same() -> None:
    run = _run("co_governance")
    usual = estimate(run)
    # The needs are no longer a stretch of it.
    run.cases = run.cases.sample(frac=1.0, random_state=1)
    assert not isinstance(ledger.in_window(run.cases, run.settings), slice)
    found = estimate(run)
    assert list(found) == list(usual)
    np.testing.assert_allclose(list(found.values()), list(usual.values()), rtol=1e-12)


def test_a_cell_of_a_sweep_computes_what_is_asked() -> None:
    one = scenario("co_governance")
    asked_for = metrics_reference(["utilisation", "rmst180", "rmst180"])
    assert asked_for.endswith("(rmst180,utilisation)")
    outcomes = []
    for measure in (asked_for, ESTIMANDS):
        outcome = carry_out(Task(b"", one, 1, 0, ENGINE, measure, code_version(ENGINE, measure)))
        assert outcome.error == ""
        outcomes.append(outcome.values)
    few, whole = outcomes
    assert set(few) == {"rmst180", "utilisation"}
    assert all(few[name] == whole[name] for name in few)
    assert code_version(ENGINE, asked_for) != code_version(ENGINE, ESTIMANDS)
    assert named_function(asked_for) is named_function(asked_for)
