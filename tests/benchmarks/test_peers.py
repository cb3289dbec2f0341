"""Further peers: the plain ones do the work, other work is noticed, and one that is not there is one line."""

import os
import sys
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pytest

from benchmarks import __main__ as table
from benchmarks import adoption_peers, queue_peers
from benchmarks.peers import adoption_scipy, environments, process_simulator, queue_heap
from benchmarks.queue import service_days
from benchmarks.rows import LeftOut

CASES = {"cases": 40_000, "arrival_rate": 200.0, "service_mean": service_days()}


def test_plain_queues_are_simpys_case_by_case() -> None:
    queue_simpy = pytest.importorskip("benchmarks.peers.queue_simpy", exc_type=ImportError)
    asked = CASES | {"cases": 3_000, "servers": 10, "seed": 4}
    expected = queue_simpy.queue(**asked).sort_values("case_id", ignore_index=True)
    assert (expected.service_started_at > expected.reported_at).mean() > 0.3
    for plain in (queue_heap.queue, queue_heap.in_order):
        found = plain(**asked)
        assert list(found.columns) == list(expected.columns)
        for column in ("reported_at", "service_started_at", "closed_at"):
            np.testing.assert_allclose(found[column], expected[column], rtol=1e-9)


def served(servers: int, service_mean: float = CASES["service_mean"]) -> list[queue_peers.Served]:
    found = []
    for seed in range(1, 8):
        cases = queue_heap.in_order(
            **CASES | {"servers": servers, "service_mean": service_mean, "seed": seed}
        )
        found.append(
            queue_peers.Served(
                len(cases),
                (cases.service_started_at - cases.reported_at).sum(),
                (cases.closed_at - cases.service_started_at).sum(),
            )
        )
    return found


def test_a_queue_with_another_number_of_servers_or_service_is_other_work() -> None:
    assert queue_peers.off_by(served(10)) == ""
    assert "wait" in queue_peers.off_by(served(11))
    assert "service" in queue_peers.off_by(served(10, CASES["service_mean"] * 1.02))


def test_a_curve_with_other_rates_is_other_work() -> None:
    people, years = 3_000, 7
    edges = np.array(nx.gnm_random_graph(people, 4 * people, seed=2).edges)

    def curves(q: float, first_seed: int) -> list[list[int]]:
        return [
            adoption_scipy.run(adoption_scipy.Adoption(edges, people, 0.0005, q, seed), 365)
            for seed in range(first_seed, first_seed + years)
        ]

    ours, allowed = curves(0.03, 1), adoption_peers.allowed(people, years)
    assert adoption_peers.furthest(ours, curves(0.03, 101), people) < allowed
    assert adoption_peers.furthest(ours, curves(0.04, 101), people) > allowed


def test_a_peer_that_is_not_there_is_one_line_and_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(environments, "FOLDER", tmp_path)
    told = [model.told() for model in adoption_peers.MODELS]
    assert all(isinstance(one, LeftOut) for one in told)
    monkeypatch.setattr(table, "MEASURES", {"adoption_peers": lambda quick: told})
    assert table.main(["--only", "adoption_peers", "--out", str(tmp_path / "bench.json")]) == 0
    lines = [line for line in capsys.readouterr().out.splitlines() if "left out" in line]
    assert len(lines) == len(adoption_peers.MODELS)
    assert all("make peers" in line for line in lines)
    assert ["mesa-frames" in line for line in lines] == [True, False, False, False]


def test_without_the_process_simulator_nothing_is_forecast(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(environments, "FOLDER", tmp_path)
    assert process_simulator.main(["no-such-file.csv"]) == 1
    told = capsys.readouterr().out
    assert "prosimos" in told
    assert "make peers" in told


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment of its own, in which this Python is found."""
    if os.name == "nt":
        pytest.skip("a shell script stands for the interpreter")
    python = tmp_path / "peers" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    monkeypatch.setattr(environments, "FOLDER", tmp_path)


@pytest.mark.usefixtures("elsewhere")
def test_a_peer_in_a_process_of_its_own_answers_as_here(tmp_path: Path) -> None:
    assert environments.version("numpy", "peers") == np.__version__
    assert environments.version("no-such-package", "peers") is None
    edges = np.array(nx.gnm_random_graph(200, 800, seed=2).edges)
    np.save(tmp_path / "edges.npy", edges)
    asked: dict[str, Any] = {"people": 200, "p": 0.002, "q": 0.05, "seed": 3}
    peer = environments.Peer("adoption_scipy", "peers")
    try:
        done = peer.ask(model="Adoption", edges=str(tmp_path / "edges.npy"), days=50, **asked)
        assert done["adopters"] == adoption_scipy.run(adoption_scipy.Adoption(edges, **asked), 50)
        assert done["seconds"] > 0.0
        with pytest.raises(RuntimeError, match="adoption_scipy ended with 1"):
            peer.ask(model="NoSuchModel", edges=str(tmp_path / "edges.npy"), days=50, **asked)
    finally:
        peer.close()
