"""Arms that share one world and tape end with the bits they would have alone, whatever they differ in."""

import functools

import numpy as np
import pytest

from experiments.executors.replications import replicate
from sim import simulate
from sim.initial_state import build
from sim.parameters.scenario import Parameter, Scenario, describe
from sim.scenario import kept_parts
from sim.scenario.kept_parts import KeptParts, Noted, keeping
from sim.scenario.loading import scenario_names
from tests.each import each
from tests.guarantees.runs import REGIMES, fingerprint, scenario
from tests.guarantees.test_tape import _changed

BASELINE = REGIMES[0]
TEXTS = ("text", "path")
COUNTY = ("county.residents=1500", "county.communities=3")
#: Families of scenarios that are compared with one another: the first with each of the others.
FAMILIES = {
    "fenghua_waterlogging",
    "zhongdai",
    "unintegrated_platforms",
    "plural/cell_separate_staff_government",
}


def _pairs() -> list[tuple[str, str]]:
    """Return the baseline with every other scenario, and the first of each family with its others."""
    pairs = [(BASELINE, name) for name in scenario_names()]
    for first in sorted(FAMILIES):
        stem = first.rpartition("/")[0] or first.split("_")[0]
        pairs += [(first, name) for name in scenario_names() if name.startswith(stem) and name != first]
    return [*pairs, ("unintegrated_platforms", "unified_platform"), ("mask_shortage", "mask_aid")]


@functools.cache
def _alone(name: str) -> dict[str, str]:
    return fingerprint(simulate(_small(name)))


def _small(name: str) -> Scenario:
    """Return a busy small version of a scenario, of a county too."""
    one = scenario(name)
    return one if one.county.residents is None else scenario(name, *COUNTY)


def _arrays(one: Scenario) -> dict[str, bytes]:
    """Return the state at time 0, but for the stores of events, which are not filled before they are used."""
    state = build(one, 1, 0).state
    left_out = ("event", "today", "spare", "heap", "new_tie", "find", "member", "transfer")
    return {name: getattr(state, name).tobytes() for name in state._fields if name not in left_out}


@each("pair", _pairs())
def test_both_arms_of_every_shipped_pair_end_as_they_would_alone(pair: tuple[str, str]) -> None:
    with keeping(KeptParts(uses=2)):
        together = [fingerprint(simulate(_small(name))) for name in pair]
    assert together == [_alone(name) for name in pair]


def test_arms_that_live_in_one_place_with_the_same_needs_build_both_once() -> None:
    shared = {}
    for pair in _pairs():
        with keeping(KeptParts(uses=2)) as kept:
            for name in pair:
                build(_small(name), 1, 0)
        shared[pair] = kept.made, kept.shared
    for pair in (REGIMES, (BASELINE, "closing_on_paper"), ("zhongdai", "zhongdai_co_governance")):
        assert shared[pair] == (2, 2)


def _shared(*others: str, seed: int = 1) -> tuple[int, int]:
    with keeping(KeptParts()) as kept:
        build(scenario(BASELINE), 1, 0)
        build(scenario(BASELINE, *others), seed, 0)
    return kept.made, kept.shared


def test_what_an_arm_has_otherwise_is_built_for_it() -> None:
    assert _shared("staff.per_10k=5") == (2, 2)
    assert _shared("demand.rate=1") == (3, 1), "other needs in the same place"
    assert _shared("units.work_days=9") == (3, 1), "the parts of other organisations take longer"
    assert _shared("community.share_60plus=.3") == (4, 0), "other people, who have needs of their own"
    assert _shared("horizon_days=150") == (3, 1), "more days"
    assert _shared(seed=2) == (4, 0)


def _faults(changed: Scenario, kept: KeptParts) -> list[str]:
    """Return which arrays are wrong at time 0 if a scenario may use what was made for others."""
    with keeping(kept):
        beside = _arrays(changed)
    alone = _arrays(changed)
    return [name for name in alone if alone[name] != beside[name]]


CHANGED = [row for row in describe() if row.kind not in TEXTS and not row.key.endswith(".file")]


@pytest.fixture(scope="module")
def kept() -> KeptParts:
    """Return what was made for the scenario that all others are changed from, and for them."""
    parts = KeptParts()
    with keeping(parts):
        build(scenario("co_governance"), 1, 0)
    return parts


@each("row", CHANGED, ids=lambda row: row.key)
def test_no_parameter_is_forgotten(row: Parameter, kept: KeptParts) -> None:
    assert not _faults(_changed(row), kept)


@pytest.mark.parametrize(
    "key", ["demand.rate", "community.share_60plus", "ties.mean_degree", "shocks.rain_per_year"]
)
def test_a_parameter_that_is_forgotten_is_found(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    group, name = key.split(".")
    ordinary = Noted.__getattr__

    def forgetful(self: Noted, asked: str) -> object:
        value = ordinary(self, asked)
        self._read.pop(f"{group}.{name}", None)
        return value

    monkeypatch.setattr(Noted, "__getattr__", forgetful)
    row = next(row for row in describe() if row.key == key)
    forgetting = KeptParts()
    with keeping(forgetting):
        build(scenario("co_governance"), 1, 0)
    assert _faults(_changed(row), forgetting)


def _prints(value: object) -> list[bytes]:
    """Return the bytes of every array in a part."""
    if isinstance(value, np.ndarray):
        return [value.tobytes()]
    within = value if isinstance(value, tuple) else getattr(value, "__dict__", {}).values()
    return [one for part in within for one in _prints(part)]


@each("name", ["fenghua_waterlogging", "unintegrated_platforms", *REGIMES])
def test_no_run_writes_to_what_is_kept(name: str) -> None:
    with keeping(KeptParts()) as kept:
        build(scenario(name), 1, 0)
        before = [_prints(one.value) for one in kept._kept]
        for _ in range(2):
            simulate(scenario(name))
        assert [_prints(one.value) for one in kept._kept] == before
        assert kept.made == 2


def test_the_last_arm_gets_the_parts_themselves() -> None:
    with keeping(KeptParts(uses=2)) as kept:
        first = build(scenario(BASELINE), 1, 0)
        second = build(scenario("co_governance"), 1, 0)
    assert not kept._kept
    assert not np.shares_memory(first.state.need, second.state.need)
    assert not np.shares_memory(first.state.person, second.state.person)
    assert np.shares_memory(first.state.tie_to, second.state.tie_to)


def test_no_more_is_kept_than_there_is_room_for() -> None:
    with keeping(KeptParts()) as kept:
        build(scenario(BASELINE), 1, 0)
    size = sum(one.size for one in kept._kept)
    with keeping(KeptParts(most_bytes=2 * size)) as kept:
        for replication in range(5):
            build(scenario(BASELINE), 1, replication)
        assert size <= sum(one.size for one in kept._kept) <= 2 * size
        build(scenario(BASELINE), 1, 4)
        assert kept.shared == 2
    with keeping(KeptParts(most_bytes=1)) as kept:
        build(scenario(BASELINE), 1, 0)
        assert not kept._kept


def test_outside_of_a_block_nothing_is_kept() -> None:
    with keeping(KeptParts()):
        pass
    assert kept_parts._in_use.get() is None


def test_reading_a_scenario_as_a_whole_is_refused() -> None:
    whole = Noted(scenario(BASELINE), {})
    for name in ("model_dump", "model_copy", "__dict__x"):
        with pytest.raises(AttributeError):
            getattr(whole, name)


def test_a_replication_of_a_pair_shares(monkeypatch: pytest.MonkeyPatch) -> None:
    used: list[KeptParts] = []

    class Seen(KeptParts):
        def __init__(self, uses: int) -> None:
            super().__init__(uses)
            used.append(self)

    monkeypatch.setattr("experiments.executors.replications.KeptParts", Seen)
    replicate([scenario(name) for name in REGIMES], 1, 0, simulate)
    assert [(one.made, one.shared) for one in used] == [(2, 2)]
