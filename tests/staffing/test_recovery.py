"""Recovery from a surge: a flow where the queue is long, exact counting, what cannot recover."""

import math
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from experiments.cli import main
from experiments.staffing.recovery import Surge, measured, surged
from experiments.staffing.year import open_by_day, open_cases
from sim import load_scenario, simulate
from sim.engine.tables.cases import CASE, SHELVED, SOLVED
from tests.truth.equivalence import Experiment, Values, assert_equivalent

#: Arrivals a day, servers who end one a day each; the surge, and how much of the excess is left.
RATE, SERVERS, FACTOR, DAYS, LEFT = 80.0, 100, 3.0, 30, 0.1


def _queue(servers: int, horizon: int = 400) -> list[str]:
    return [
        f"verification.arrival_rate={RATE}", "verification.service_mean=1", f"verification.servers={servers}",
        "warmup_days=20", f"horizon_days={horizon}", "followup_days=0",
    ]  # fmt: skip


def _records(reported: list[float], closed: list[float], status: list[int], days: int) -> SimpleNamespace:
    case = np.zeros(len(reported), CASE)
    case["reported_at"], case["closed_at"], case["status"] = reported, closed, status
    state = SimpleNamespace(case=case, clock=np.array([(days,)], [("day", int)]))
    return SimpleNamespace(built=SimpleNamespace(state=state))


def test_open_cases_are_counted_from_report_to_end_and_not_on_the_shelf() -> None:
    nan = float("nan")
    records = _records(
        [0.5, 1.0, 2.2, 3.0, nan], [2.0, nan, 4.9, nan, nan], [SOLVED, 0, SOLVED, SHELVED, 0], 6
    )
    assert open_cases(records).tolist() == [0, 2, 1, 2, 2, 1, 1]
    assert list(open_by_day(records).values()) == [0, 2, 1, 2, 2, 1, 1]


def test_recovered_is_the_first_day_on_which_a_tenth_of_the_excess_is_left() -> None:
    surge = SimpleNamespace(start_day=2, days=1, factor=9.0)
    # Twenty further cases on day 2 that end one a day from day 5 on.
    plain = open_cases(_records([0.0], [1.0], [SOLVED], 40))
    more = open_cases(_records([0.0] + [2.0] * 20, [1.0, *np.arange(5.0, 25.0)], [SOLVED] * 21, 40))
    # Two are left on day 22, nineteen days after the surge's end on day 3.
    assert measured(plain, more, surge, 0.1) == (19.0, 20.0, 0.0)
    assert measured(plain, more, surge, 0.0) == (21.0, 20.0, 0.0)
    never = open_cases(_records([0.0] + [2.0] * 20, [1.0] + [float("nan")] * 20, [SOLVED] + [0] * 20, 40))
    assert measured(plain, never, surge, 0.1) == (np.inf, 20.0, 1.0)


def test_the_recovery_of_a_long_queue_is_a_flow() -> None:
    plain = load_scenario("verification/queue", _queue(SERVERS))
    scenario = surged(plain, Surge(FACTOR, DAYS, LEFT))

    def once(seed: int, replication: int) -> Values:
        curves = [open_cases(simulate(each, seed, replication)) for each in (plain, scenario)]
        found = measured(*curves, scenario.shocks.surges[-1], LEFT)
        return {"cases": found.excess_cases, "excess": found.excess_cases, "days": found.recovery_days}

    # 80 servers are busy, soon all 100: N' = fλ − N until then, fλ − 100 after, and λ − 100 at last.
    filling = math.log((FACTOR * RATE - RATE) / (FACTOR * RATE - SERVERS))
    excess = SERVERS + (FACTOR * RATE - SERVERS) * (DAYS - filling) - RATE
    exact = {"excess": excess, "days": (1.0 - LEFT) * excess / (SERVERS - RATE)}
    assert_equivalent(Experiment("recovery from a surge", once, exact, replications=80))


def test_the_surge_comes_on_top_of_the_same_year() -> None:
    words = ["community.residents=1000", "horizon_days=60", "followup_days=30", "warmup_days=10"]
    own = "shocks.surges=[{start_day: 3, days: 4, factor: 2}]"
    base = load_scenario("co_governance", [*words, own])
    scenario = surged(base, Surge(3.0, 5, 0.1))
    assert [surge.start_day for surge in scenario.shocks.surges] == [3, 25]
    plain, more = (open_cases(simulate(each, seed=1, replication=0)) for each in (base, scenario))
    assert (plain[:26] == more[:26]).all()
    assert more[28:].sum() > plain[28:].sum()


def test_the_command_tells_how_long_teams_take(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = [
        "staffing", "scenario=verification/queue", *_queue(90, 120), "staffing.team=verification.servers",
        "staffing.target.metric=wait", "staffing.target.within_days=.5", "staffing.target.share=.9",
        "staffing.around=8", "staffing.surge.days=10", "replications=10", "executor=serial",
        f"out={tmp_path}",
    ]  # fmt: skip
    assert main(words) == 0
    printed = capsys.readouterr().out
    assert "2 times the needs for 10 days until 10 % of the excess is left" in printed
    table = pd.read_csv(tmp_path / "staffing.csv").set_index("verification.servers")
    answer = int(printed.strip().splitlines()[-1].rsplit(" ", 1)[1])
    near = table.loc[answer : answer + 8, "recovery_days"]
    assert near.notna().all()
    assert near.iloc[-1] < near.iloc[0]
    high = table.loc[answer : answer + 8, "recovery_days_high"]
    assert (high >= near).all()

    assert main([*words[:-1], "staffing.surge.factor=1", f"out={tmp_path}"]) == 0
    assert "recover" not in capsys.readouterr().out.replace("days to recover", "")
    assert pd.read_csv(tmp_path / "staffing.csv")["recovery_days"].isna().all()
