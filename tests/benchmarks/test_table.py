"""The arithmetic of the table, and that the peers do the work they are timed for."""

import networkx as nx
import numpy as np
import pytest

from benchmarks.rows import Goal, Row, line
from benchmarks.timing import Spread, Timed, alternate, ratio


def test_a_goal_knows_its_direction() -> None:
    faster = Goal(20, 50)
    assert [faster.verdict(x) for x in (19.9, 20, 49, 50)] == ["MISSED", "reached", "reached", "aim"]
    smaller = Goal(2.0, 1.0, more_is_better=False)
    assert [smaller.verdict(x) for x in (2.1, 2.0, 1.1, 1.0)] == ["MISSED", "reached", "reached", "aim"]


def test_ratio_of_neighbours_and_of_all_pairs() -> None:
    assert ratio([10, 20, 30], [1, 2, 2]) == Spread(10, 10, 15, 3)
    assert ratio([100], [1, 2, 4]) == Spread(50, 25, 100, 1)


def test_alternation_runs_in_turn_and_believes_work_that_times_itself() -> None:
    order = []

    def work(name: str) -> Timed:
        order.append(name)
        return Timed(7.0, None)

    seconds = alternate({"a": lambda: work("a"), "b": lambda: work("b")}, {"a": 3, "b": 1})
    assert order == ["a", "b", "a", "a"]
    assert seconds == {"a": [7.0, 7.0, 7.0], "b": [7.0]}


def test_a_missed_goal_is_said() -> None:
    row = Row("key", "the work", "the peer", Spread(10, 9, 11, 3), "times as fast", Goal(20, 50))
    assert "MISSED" in line(row)
    assert row.as_dict()["verdict"] == "MISSED"


def test_simpy_waits_as_erlang_c_says() -> None:
    queue_simpy = pytest.importorskip("benchmarks.peers.queue_simpy", exc_type=ImportError)
    queue = pytest.importorskip("benchmarks.queue", exc_type=ImportError)
    # Mean wait of M/M/10 at load .9: 0.6687 / (10 μ (1 - ρ)).
    assert queue.mean_wait_days() == pytest.approx(0.6687 / (200 / 0.9 * 0.1), rel=1e-3)
    cases = queue_simpy.queue(60_000, 200.0, 10, 0.045, seed=3)
    assert len(cases) == 60_000
    waits = cases.service_started_at - cases.reported_at
    assert waits.mean() == pytest.approx(queue.mean_wait_days(), rel=0.25)
    assert (cases.closed_at - cases.service_started_at).mean() == pytest.approx(0.045, rel=0.02)


def test_mesa_and_scipy_agree_on_the_curve() -> None:
    from benchmarks.peers import adoption_mesa, adoption_scipy

    people = 2_000
    edges = np.array(nx.gnm_random_graph(people, 4 * people, seed=2).edges)
    mesa = adoption_mesa.run(adoption_mesa.Adoption(edges, people, 0.002, 0.05, seed=1), 120)
    scipy = adoption_scipy.run(adoption_scipy.Adoption(edges, people, 0.002, 0.05, seed=1), 120)
    assert mesa[59] == pytest.approx(scipy[59], rel=0.1)
    assert mesa[-1] == pytest.approx(scipy[-1], rel=0.03)
