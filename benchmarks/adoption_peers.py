"""Adoption on one and the same graph against further peers: mesa-frames, AMBER, and abmax on JAX."""

import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks.adoption import DAYS, MEAN_DEGREE, P, Q, day_half_adopted, scenario_of, write_edges, year_of
from benchmarks.peers.environments import Peer, missing, version
from benchmarks.rows import LeftOut, Row
from benchmarks.timing import Spread, Timed, alternate, ratio
from sim.simulation import Run

REPETITIONS = 7
#: Standard deviation of the share adopted on the day on which it varies most, times the root of the people:
#: measured on 40 years.
DEVIATION = 1.9
#: What the share adopted grows by in a day at most: the others decide once a day, by what was so in the
#: morning.
A_DAY = 0.007


class Model(NamedTuple):
    """A peer's model: what it is called, and where it is."""

    label: str
    packages: tuple[str, ...]
    """Whose versions the label names, the peer's own first."""
    group: str
    module: str
    name: str = "Adoption"

    def told(self) -> str | LeftOut:
        """Return its label with versions, or that it is not there."""
        named = []
        for package in self.packages:
            found = version(package, self.group)
            if found is None:
                return LeftOut(self.label.format(*self.packages), missing(package, self.group))
            named.append(f"{package} {found}")
        return self.label.format(*named)


MODELS = (
    Model("{}, people as rows of {}", ("mesa-frames", "polars"), "peers-frames", "adoption_mesa_frames"),
    Model("{} (AMBER), a column of {}", ("ambr", "polars"), "peers", "adoption_ambr"),
    Model("{} (AMBER), arrays without agents", ("ambr",), "peers", "adoption_ambr", "AdoptionKernel"),
    Model("{}, a year compiled by {}", ("abmax", "jax"), "peers", "adoption_abmax"),
)


@dataclass
class Side:
    """One side: how it builds and runs a year with a seed, and what came of it."""

    year: Callable[[int], tuple[float, float, list[int]]]
    """Seconds to build, seconds of the year, adopters by day."""
    builds: list[float] = field(default_factory=list)
    curves: list[list[int]] = field(default_factory=list)

    def __call__(self) -> Timed:
        """Do it once more, with the next seed."""
        build, seconds, adopters = self.year(len(self.curves) + 1)
        self.builds.append(build)
        self.curves.append(adopters)
        return Timed(seconds, None)

    def warm(self) -> None:
        """Do it once: the first year may compile, which is not counted."""
        self()
        self.builds.clear()
        self.curves.clear()


def furthest(ours: list[list[int]], peers: list[list[int]], people: int) -> float:
    """Return how far the mean shares adopted are apart, on the day on which they are furthest."""
    mean = [np.mean(curves, axis=0) / people for curves in (ours, peers)]
    return float(np.abs(mean[0] - mean[1]).max())


def allowed(people: int, repetitions: int) -> float:
    """Return how far they may be apart: four standard errors of their difference, and a day's shift."""
    return 4.0 * DEVIATION * (2.0 / (people * repetitions)) ** 0.5 + A_DAY


def measure(quick: bool = False) -> list[Row | LeftOut]:
    """Time a year on a built model, ours and each of theirs in turn, with new seeds each time."""
    people = 3_000 if quick else 30_000
    left_out = []
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        _, path = write_edges(people, Path(name))
        scenario = scenario_of(people, path)

        def our_year(seed: int) -> tuple[float, float, list[int]]:
            start = time.perf_counter()
            run = Run.start(scenario, seed=seed)
            built = time.perf_counter()
            adopters = year_of(run)
            return built - start, time.perf_counter() - built, adopters

        sides = {"ours": Side(our_year)}
        for model in MODELS:
            told = model.told()
            if isinstance(told, LeftOut):
                left_out.append(told)
                continue
            peer = Peer(model.module, model.group)
            stack.callback(peer.close)
            sides[told] = Side(_their_year(peer, model.name, path, people))
        for side in sides.values():
            side.warm()
        repetitions = 3 if quick else REPETITIONS
        seconds = alternate(dict(sides), dict.fromkeys(sides, repetitions))
    return [*(_row(label, sides, seconds, people) for label in sides if label != "ours"), *left_out]


def _their_year(
    peer: Peer, model: str, edges: Path, people: int
) -> Callable[[int], tuple[float, float, list[int]]]:
    def year(seed: int) -> tuple[float, float, list[int]]:
        done = peer.ask(model=model, edges=str(edges), days=DAYS, people=people, p=P, q=Q, seed=seed)
        return done["build"], done["seconds"], done["adopters"]

    return year


def _row(label: str, sides: dict[str, Side], seconds: dict[str, list[float]], people: int) -> Row:
    ours, peer = sides["ours"], sides[label]
    apart = furthest(ours.curves, peer.curves, people)
    if apart > allowed(people, len(peer.curves)):
        raise RuntimeError(f"{label} does other work: shares adopted differ by {apart:.3f}")
    half = [np.mean([day_half_adopted(curve, people) for curve in side.curves]) for side in (ours, peer)]
    left = [np.mean([people - curve[-1] for curve in side.curves]) for side in (ours, peer)]
    return Row(
        key=f"adoption_{label.partition(' ')[0].lower().replace('-', '_')}",
        work=f"adoption, {people:,} people, mean degree {MEAN_DEGREE}, {DAYS} days, adopters by day kept",
        peer=label,
        figure=ratio(seconds[label], seconds["ours"]),
        unit="times as fast",
        check=f"on average half have adopted by day {half[0]:.1f} and {half[1]:.1f}, "
        f"everybody but {left[0]:.0f} and {left[1]:.0f} by the end; shares differ by at most {apart:.3f}",
        parts={
            "ours": Spread.of(seconds["ours"]),
            "peer": Spread.of(seconds[label]),
            "building, ours from a file": Spread.of(ours.builds),
            "building, peer from an array": Spread.of(peer.builds),
        },
    )
