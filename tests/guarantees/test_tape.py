"""The tape and the world are the same under every scenario that shares their parameters."""

import functools
from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest

from sim import simulate
from sim.errors import InputError
from sim.initial_state import Built, build
from sim.parameters.scenario import Parameter, Scenario, describe, flatten, unpaired_keys
from sim.scenario.loading import scenario_names
from tests.each import each
from tests.guarantees.runs import bits, scenario

BASELINE = "administration_led"
EXOGENOUS = (
    "case_id",
    "incident_id",
    "community",
    "requester_id",
    "category",
    "organisations_needed",
    "level_needed",
    "priority",
    "work_hours",
    "arisen_at",
    "public",
)
#: What a channel costs a person and how long a cadre walks follow from the scenario; all else does not.
BEHAVIOUR = {"cost", "patrol_hours"}
#: These scale the hours of every organisation's part; the luck in them stays.
SCALE_PARTS = {"calendar.shift_hours", "units.work_days", "referral.load_reference"}


def _paired() -> list[str]:
    base = scenario(BASELINE)
    return [name for name in scenario_names() if not unpaired_keys(base, scenario(name))]


@functools.lru_cache(maxsize=4)
def _base(name: str, replication: int = 0) -> Built:
    """What many are compared with: nobody writes to it."""
    return build(scenario(name), 1, replication)


def _differing_fields(first: Built, second: Built, arrays: tuple[str, ...]) -> list[str]:
    found = []
    for name in arrays:
        left, right = getattr(first.state, name), getattr(second.state, name)
        if left.shape != right.shape:
            found.append(f"{name}: {left.shape} against {right.shape}")
            continue
        for field in left.dtype.names or ():
            if field not in BEHAVIOUR and left[field].tobytes() != right[field].tobytes():
                found.append(f"{name}.{field}")
        if left.dtype.names is None and left.tobytes() != right.tobytes():
            found.append(name)
    return found


def test_there_are_scenarios_to_compare() -> None:
    assert {"co_governance", "co_governance_equal_acceptance"} <= set(_paired())
    assert "verification/queue" not in _paired()


@pytest.mark.parametrize("replication", [0, 3])
@each("name", _paired())
def test_world_and_tape_are_the_same_under_every_scenario(name: str, replication: int) -> None:
    arrays = ("need", "leg", "person", "conduct", "tie_start", "tie_to", "unit", "server")
    other = build(scenario(name), 1, replication)
    assert not _differing_fields(_base(BASELINE, replication), other, arrays)


@pytest.fixture(scope="module")
def left() -> pd.DataFrame:
    return simulate(scenario(BASELINE)).cases


@each("name", _paired())
def test_the_ledgers_exogenous_columns_are_the_same_after_the_run(left: pd.DataFrame, name: str) -> None:
    right = simulate(scenario(name)).cases
    assert not [column for column in EXOGENOUS if bits(left[column]) != bits(right[column])]


def test_another_seed_and_another_replication_are_another_tape() -> None:
    tapes = [build(scenario(BASELINE), *key).state.need["arisen_at"] for key in ((1, 0), (1, 1), (2, 0))]
    firsts = {float(tape[0]) for tape in tapes}
    assert len(firsts) == 3


def test_a_fixed_world_has_a_new_tape_in_each_replication() -> None:
    first, second = (build(scenario(BASELINE, "world.fixed=true"), 1, r) for r in (0, 1))
    assert not _differing_fields(first, second, ("person", "conduct", "tie_start", "tie_to", "unit"))
    assert first.state.need.tobytes() != second.state.need.tobytes()


def _other_values(row: Parameter) -> Iterator[str]:
    """Values of a parameter other than its default, as texts; the first that validates will do."""
    if isinstance(row.default, bool):
        yield from ("true", "false")
    elif row.choices:
        yield next(choice for choice in row.choices if choice != row.default)
    elif row.key == "adoption.campaigns":
        yield "[{start_day: 10, days: 20}]"
    elif row.key == "shocks.mobilisation":
        yield "[{start_day: 10, days: 20, share: .5}]"
    elif row.key == "shocks.surges":
        yield "[{start_day: 10, days: 20, factor: 3}]"
    elif row.key == "verification.second_stage":
        yield "{servers: 1, mean: .5}"
    elif row.key == "verification.priority_shares":
        yield "[.4, .6]"
    elif row.key == "standards.tiers":
        yield "[2, 2, 4]"
    elif row.key == "standards.category_tiers":
        yield "{housing: 4}"
    elif row.key == "deliberation.topics_above":
        yield "{traffic: .3, construction: .4, order: .3}"
    elif row.key in ("city.staff", "city.merge", "city.priority", "city.officers"):
        yield from ("{Roads: 1.5}", "{Roads: Parks}", "{Roads: 2}")
    elif row.key == "demand.category_shares":
        yield "{market: 0.1, property: 0.197}"
    elif isinstance(row.default, tuple):
        if all(isinstance(value, float | int) for value in row.default):
            yield str([0.9 * value for value in row.default])
        yield str([list(value) if isinstance(value, tuple) else value for value in reversed(row.default)])
    else:
        for value in (row.low, row.high, 0.5, 1, 2, row.hard_low, row.hard_high):
            if value is not None and value != row.default:
                yield f"{value:g}"


def _changed(row: Parameter) -> Scenario:
    base = flatten(scenario("co_governance"))[row.key]
    faults = []
    for value in _other_values(row):
        try:
            changed = scenario("co_governance", f"{row.key}={value}")
        except InputError as error:
            faults.append(str(error))
            continue
        if flatten(changed)[row.key] != base:
            return changed
    raise AssertionError(f"no other value of {row.key} is allowed: {faults}")


NOT_TAPE = [
    row
    for row in describe()
    if not row.tape and row.kind != "text" and row.grade != "text" and not row.key.endswith(".file")
]


@each("row", NOT_TAPE, ids=lambda row: row.key)
def test_a_parameter_outside_the_tape_changes_no_need(row: Parameter) -> None:
    base = _base("co_governance")
    changed = build(_changed(row), 1, 0)
    assert not _differing_fields(base, changed, ("need",))
    legs = _differing_fields(base, changed, ("leg",))
    if row.key in SCALE_PARTS:
        assert legs == ["leg.work_hours"]
        ratio = changed.state.leg["work_hours"] / base.state.leg["work_hours"]
        np.testing.assert_allclose(ratio, ratio[0], rtol=1e-12)
    else:
        assert not legs
