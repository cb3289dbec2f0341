"""Same seed, same bits: again, in several processes, in threads, day by day, with the books grown."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from experiments.cli import main
from sim import load_scenario, simulate
from sim.engine.event_queue import BLOCK, MARGIN
from sim.initial_state import Built, event_arrays
from sim.records.tables import Records
from sim.simulation import Run
from tests.guarantees.runs import REGIMES, SMALL, differing_columns, fingerprint, scenario


@pytest.mark.parametrize("regime", REGIMES)
def test_the_same_seed_again_leaves_the_same_bits(regime: str) -> None:
    assert fingerprint(simulate(scenario(regime))) == fingerprint(simulate(scenario(regime)))


def test_another_seed_and_another_replication_leave_other_bits() -> None:
    one = fingerprint(simulate(scenario("co_governance"), seed=1))
    assert (
        one["cases.arisen_at"] != fingerprint(simulate(scenario("co_governance"), seed=2))["cases.arisen_at"]
    )
    other = fingerprint(simulate(scenario("co_governance"), seed=1, replication=1))
    assert one["cases.arisen_at"] != other["cases.arisen_at"]


def _command(out: Path, *words: str) -> dict[str, bytes]:
    study = ["run", "scenario=co_governance", "replications=3", "seed=5", f"out={out}", *SMALL, *words]
    assert main(study) == 0
    return {str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*.parquet"))}


def test_in_one_process_or_several_the_files_are_the_same_bytes(tmp_path: Path) -> None:
    one = _command(tmp_path / "one", "executor=serial")
    several = _command(tmp_path / "several", "executor=processes", "jobs=2")
    assert {"cases.parquet", "daily.parquet", "people.parquet"} <= set(one)
    assert one.keys() == several.keys()
    assert not [name for name in one if one[name] != several[name]]


def test_in_threads_at_the_same_time_the_bits_are_the_same() -> None:
    jobs = [(regime, seed) for seed in range(1, 5) for regime in REGIMES]

    def work(job: tuple[str, int]) -> dict[str, str]:
        return fingerprint(simulate(settings[job[0]], seed=job[1]))

    settings = {regime: scenario(regime) for regime in REGIMES}
    alone = [work(job) for job in jobs]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(work, jobs))
    assert together == alone


@pytest.mark.parametrize("stride", [1, 17, 1000])
def test_whatever_the_stride_the_bits_are_the_same(stride: int) -> None:
    settings = scenario("co_governance")
    run = Run.start(settings)
    while run.day < run.days:
        run.advance(run.day + stride)
    assert fingerprint(run.records()) == fingerprint(simulate(settings))


def _with_little_room(run: Run) -> Run:
    """Return the run with event arrays that must grow almost at once."""
    old = run.built.state
    little = event_arrays(MARGIN + BLOCK * (old.day_last.shape[0] + 30), 40)
    little["heap"] = old.heap[: MARGIN + 30].copy()
    state = old._replace(**little)
    run.built = Built(state, run.built.world, run.built.tape, run.built.stream)
    return run


def test_growing_the_event_arrays_changes_no_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    from sim import simulation

    settings = scenario("co_governance")
    whole = simulate(settings)
    build = simulation.build

    def cramped(*arguments: object) -> Built:
        return _with_little_room(Run(settings, 1, 0, build(*arguments))).built  # type: ignore[arg-type]

    monkeypatch.setattr(simulation, "build", cramped)
    run = Run.start(settings)
    sizes = {run.built.state.heap.shape[0]}
    days = {run.built.state.today.shape[0]}
    events = {run.built.state.event.shape[0]}
    while run.day < run.days:
        run.advance(run.day + 1)
        sizes.add(run.built.state.heap.shape[0])
        days.add(run.built.state.today.shape[0])
        events.add(run.built.state.event.shape[0])
    assert len(sizes) > 1
    assert len(days) > 1
    assert len(events) > 1
    assert not differing_columns(whole, run.records())


def _moments(records: Records) -> str:
    return fingerprint(records)["moments"]


def test_what_the_ledger_keeps_does_not_change_the_run() -> None:
    whole = simulate(scenario("co_governance"))
    for ledger in ("sample", "none"):
        part = simulate(scenario("co_governance", f"ledger={ledger}"))
        assert _moments(part) == _moments(whole)
        assert not differing_columns(whole, part, tables=("daily", "people", "units", "cadres"))
        kept = whole.cases[whole.cases["case_id"].isin(part.cases["case_id"])].reset_index(drop=True)
        assert kept.equals(part.cases)
        assert len(part.cases) < len(whole.cases)


def test_the_name_and_description_of_a_scenario_change_nothing() -> None:
    renamed = load_scenario("co_governance", [*SMALL, "name=another", "description=the same"])
    assert not differing_columns(simulate(scenario("co_governance")), simulate(renamed))
