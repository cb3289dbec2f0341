"""Adoption on one and the same graph: through the whole engine, in Mesa, and as a sparse-matrix loop."""

import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np

from benchmarks.peers import adoption_mesa, adoption_scipy
from benchmarks.rows import Goal, Row
from benchmarks.timing import Spread, Timed, alternate, ratio
from sim import Scenario, load_scenario
from sim.simulation import Run

MEAN_DEGREE = 8
DAYS = 365
#: Rates a day. Nearly everybody adopts within the year: the most work an event-driven engine can have.
P, Q = 0.0005, 0.03


def day_half_adopted(adopters: list[int], people: int) -> int:
    """Return the first day by whose end half have adopted."""
    return int(np.searchsorted(adopters, people / 2))


def write_edges(people: int, folder: Path) -> tuple[np.ndarray, Path]:
    """Draw the graph; return its edges and the file they are in."""
    graph = nx.gnm_random_graph(people, people * MEAN_DEGREE // 2, seed=1)
    edges = np.array(graph.edges, dtype=np.int64)
    path = folder / "edges.npy"
    np.save(path, edges)
    return edges, path


def _timed_run(build: Callable[[], Any], run: Callable[[Any], list[int]], curves: list[list[int]]) -> Timed:
    """Build, then time the year alone; keep the curve for the check."""
    model = build()
    start = time.perf_counter()
    adopters = run(model)
    seconds = time.perf_counter() - start
    curves.append(adopters)
    return Timed(seconds, None)


def year_of(run: Run) -> list[int]:
    """Advance a year and read the adopters at the end of each day from the records."""
    run.advance(DAYS)
    return [int(adopters) for adopters in run.records().daily.adopters]


def scenario_of(people: int, edges: Path) -> Scenario:
    """Return adoption on the graph of a file as a scenario."""
    return load_scenario(
        "verification/adoption",
        [
            f"verification.population={people}",
            f"verification.p={P}",
            f"verification.q={Q}",
            "verification.contact_rate=0",
            "verification.initial=0",
            "verification.network=file",
            f"verification.network_file={edges}",
            f"horizon_days={DAYS}",
        ],
    )


def measure(quick: bool = False) -> list[Row]:
    """Time a year on a built model; the time to build is a part of the row, not of the ratio."""
    people = 3_000 if quick else 30_000
    with tempfile.TemporaryDirectory() as name:
        edges, path = write_edges(people, Path(name))
        scenario = scenario_of(people, path)
        builds: dict[str, Callable[[], Any]] = {
            "ours": lambda: Run.start(scenario, seed=1),
            "scipy": lambda: adoption_scipy.Adoption(edges, people, P, Q, seed=1),
            "mesa": lambda: adoption_mesa.Adoption(edges, people, P, Q, seed=1),
        }
        runs: dict[str, Callable[[Any], list[int]]] = {
            "ours": year_of,
            "scipy": lambda model: adoption_scipy.run(model, DAYS),
            "mesa": lambda model: adoption_mesa.run(model, DAYS),
        }
        ours = year_of(builds["ours"]())  # the first run may compile
        build_seconds = alternate(builds, {"ours": 3, "scipy": 3, "mesa": 1})
        curves: dict[str, list[list[int]]] = {name: [] for name in builds}
        seconds = alternate(
            {name: partial(_timed_run, builds[name], runs[name], curves[name]) for name in builds},
            {"ours": 9, "scipy": 9, "mesa": 1},
        )
    half = {
        "ours": day_half_adopted(ours, people),
        "scipy": day_half_adopted(curves["scipy"][0], people),
        "mesa": day_half_adopted(curves["mesa"][0], people),
    }
    work = f"adoption, {people:,} people, mean degree {MEAN_DEGREE}, {DAYS} days, ledger of adopters by day"
    rows = []
    for peer, label, goal in (
        ("mesa", "Mesa, shuffle_do, the same graph", Goal(700, 1500)),
        ("scipy", "a SciPy sparse-matrix loop, the same graph", Goal(9, 12)),
    ):
        rows.append(
            Row(
                key=f"adoption_{peer}",
                work=work,
                peer=label,
                figure=ratio(seconds[peer], seconds["ours"]),
                unit="times as fast",
                goal=None if quick else goal,
                check=f"half have adopted by day {half['ours']} and {half[peer]}, everybody but "
                f"{people - ours[-1]} and {people - curves[peer][0][-1]} by the end",
                parts={
                    "ours": Spread.of(seconds["ours"]),
                    "peer": Spread.of(seconds[peer]),
                    "building, ours from a file": Spread.of(build_seconds["ours"]),
                    "building, peer from an array": Spread.of(build_seconds[peer]),
                },
            )
        )
    return rows
