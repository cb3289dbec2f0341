"""The smallest team of a queue, against Erlang-C and Erlang-A."""

import itertools
import math
from pathlib import Path

import pytest

from experiments.cli import main
from experiments.staffing.verdict import FEWEST
from tests.staffing.exact import erlang_a_share, erlang_c_share

#: offered load, mean service (days), patience (days) or none, within (days), share, horizon (days).
#: The first is the textbook's trap: ten erlangs, 180 s, 80 % within 20 s; thirteen agents reach 79.56 %.
TRAP = (10.0, 180 / 86400, None, 20 / 86400, 0.80, 60)
CASES = [
    TRAP,
    (2.0, 0.05, None, 0.02, 0.90, 300),
    (25.0, 0.01, None, 0.0, 0.70, 50),
    (5.0, 0.1, None, 0.1, 0.97, 300),
    (10.0, 0.02, 0.04, 0.005, 0.80, 60),
    (4.0, 0.05, 0.02, 0.01, 0.75, 150),
    (40.0, 0.005, 0.02, 0.001, 0.90, 20),
]


def _exact(case: tuple, servers: int) -> float:
    load, mean, patience, within = case[:4]
    if patience is None:
        return erlang_c_share(load / mean, mean, servers, within)
    return erlang_a_share(load / mean, mean, servers, patience, within)


@pytest.mark.parametrize("case", CASES)
def test_the_smallest_team_is_that_of_the_formula(
    case: tuple, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    load, mean, patience, within, share, days = case
    answer = next(servers for servers in itertools.count(1) if _exact(case, servers) >= share)
    words = [
        "scenario=verification/queue",
        "staffing.team=verification.servers",
        f"verification.arrival_rate={load / mean!r}",
        f"verification.service_mean={mean!r}",
        f"verification.patience_mean={'null' if patience is None else patience}",
        f"warmup_days={math.ceil(20 * mean)}",
        f"horizon_days={days}",
        "staffing.target.metric=wait",
        f"staffing.target.within_days={within!r}",
        f"staffing.target.share={share}",
        "staffing.around=0",
        "staffing.surge.factor=1",
        "replications=20",
        "executor=serial",
        f"out={tmp_path}",
    ]
    assert main(["staffing", *words]) == 0
    *_, told, certain, last = capsys.readouterr().out.strip().splitlines()
    years = int(told.partition(" years (95 % interval")[0].split()[-1])
    error = "0.5" if years < FEWEST else "5"
    assert f"is enough, with an error of {error} % at most" in certain or "is a close call" in certain
    assert [int(word) for word in last.split() if word.isdigit()] == [answer]


def test_the_formula_for_impatience_knows_its_limits() -> None:
    patient = erlang_a_share(90.0, 0.1, 11, 1e9, 0.05)
    assert patient == pytest.approx(erlang_c_share(90.0, 0.1, 11, 0.05), abs=1e-6)
    # Who never waits never leaves: all who find a server are served, and with time enough those who stay are.
    assert erlang_a_share(50.0, 0.1, 30, 0.1, 10.0) == pytest.approx(1.0, abs=1e-6)


def test_the_trap_is_one_agent_wide() -> None:
    assert _exact(TRAP, 13) == pytest.approx(0.7956, abs=5e-5)
    assert _exact(TRAP, 14) == pytest.approx(0.8884, abs=5e-5)
