"""Stand-ins for simulation and measure, importable in worker processes: a known answer in no time."""

import gc
import os
import time
from pathlib import Path
from typing import Any

import numpy as np


def simulate(scenario: Any, seed: int, replication: int) -> tuple[Any, int, int]:
    return scenario, seed, replication


def measure(records: tuple[Any, int, int]) -> dict[str, float]:
    """`value` is normal with mean staff.per_10k and spread 1, the same luck for every scenario."""
    scenario, seed, replication = records
    luck = np.random.default_rng([seed, replication]).normal()
    undefined = float("nan") if replication % 3 == 0 else 1.0
    return {"replication": 0.0, "value": scenario.staff.per_10k + luck, "luck": luck, "undefined": undefined}


def noted(records: tuple[Any, int, int]) -> dict[str, float]:
    """As `measure`, and notes the run in a folder: to count how often each was computed."""
    scenario, seed, replication = records
    name = f"{scenario.staff.per_10k:g}_{seed}_{replication}_{os.getpid()}_{time.monotonic_ns()}"
    (Path(os.environ["COGOV_TEST_NOTES"]) / name).touch()
    return measure(records)


def slow(records: tuple[Any, int, int]) -> dict[str, float]:
    time.sleep(0.02)
    return noted(records)


def failing(records: tuple[Any, int, int]) -> dict[str, float]:
    """Fails in replication 1."""
    if records[2] == 1:
        raise ArithmeticError("no\nnumber")
    return measure(records)


def deadly(records: tuple[Any, int, int]) -> dict[str, float]:
    """Kills its process in replication 2, as a system short of memory would."""
    if records[2] == 2:
        os._exit(9)
    time.sleep(0.01)
    return measure(records)


def threads(records: tuple[Any, int, int]) -> dict[str, float]:
    """How many threads the libraries of this process may use."""
    names = ("NUMBA_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    return {"threads": float(max(int(os.environ.get(name, 99)) for name in names))}


def many(records: tuple[Any, int, int]) -> dict[str, float]:
    """As many numbers as the estimands are."""
    value = measure(records)["value"]
    return {f"number_{k:02d}": value + k for k in range(64)}


def inverse(number: float) -> float:
    return 1.0 / number


def back(content: bytes) -> bytes:
    return content


def large(megabytes: int) -> bytes:
    return bytes(megabytes << 20)


def die_of(number: int, deadly: int) -> int:
    if number == deadly:
        time.sleep(0.3)  # until the next call is in hand as well
        os._exit(9)
    return number


class TwoWords(Exception):
    def __init__(self, first: str, second: str) -> None:
        super().__init__(f"{first} {second}")


def fail_in_two_words(first: str, second: str) -> None:
    raise TwoWords(first, second)


def count_beside(folder: str, seconds: float) -> int:
    """How many others were at work in the folder meanwhile, at most."""
    mine = Path(folder) / f"{os.getpid()}-{time.monotonic_ns()}"
    mine.touch()
    most, ends = 0, time.monotonic() + seconds
    while time.monotonic() < ends:
        most = max(most, len(list(Path(folder).iterdir())) - 1)
        time.sleep(0.005)
    mine.unlink()
    return most


def pace(_: None) -> int:
    """How many objects this process makes before it looks for garbage."""
    return gc.get_threshold()[0]
