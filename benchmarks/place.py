"""A community-year, and a county-year: time per resident, and memory.

``python -m benchmarks.place`` is the child process: it prints the seconds of a community and of a county, run
in turn, and the most memory the first county held.
"""

import json
import sys
import time
from typing import Any

from benchmarks import fresh
from benchmarks.peers.draw import seconds_per_draw
from benchmarks.rows import Goal, Row
from benchmarks.timing import Spread, alternate, clock, ratio
from experiments.executors.memory import keep_freed_memory
from sim import load_scenario, simulate

DAYS = 365
COMMUNITY_RESIDENTS = 20_000
COUNTY_RESIDENTS = 843_962
COUNTY_COMMUNITIES = 171


def year(residents: int, communities: int = 1) -> Any:
    """Return the settings of one year with everything on, counted from the first day to the last."""
    return load_scenario(
        "co_governance",
        [
            f"county.communities={communities}",
            f"county.residents={residents}",
            "warmup_days=0",
            f"horizon_days={DAYS}",
            "followup_days=0",
        ],
    )


def run(settings: Any) -> int:
    """Simulate and build the records."""
    records = simulate(settings, seed=1)
    return len(records.cases) + len(records.people)


def resident_day(quick: bool = False) -> list[Row]:
    """Measure a community-year in units of one keyed draw."""
    settings = year(2_000 if quick else COMMUNITY_RESIDENTS)
    residents = 2_000 if quick else COMMUNITY_RESIDENTS
    run(settings)
    repetitions = 3 if quick else 7
    draws: list[float] = []
    seconds = alternate(
        {"ours": lambda: run(settings), "draw": lambda: draws.append(seconds_per_draw())},
        {"ours": repetitions, "draw": repetitions},
    )
    per_day = [value / (residents * DAYS) for value in seconds["ours"]]
    return [
        Row(
            key="resident_day",
            work=f"one community-year, {residents:,} residents, everything on, per resident-day",
            peer="one Philox draw",
            figure=ratio(per_day, draws),
            unit="draws",
            goal=None if quick else Goal(1.2, 0.6, more_is_better=False),
            check="world, needs, run and records; no warm-up, no follow-up",
            parts={
                "whole year": Spread.of(seconds["ours"]),
                "a resident-day": f"{Spread.of(per_day).median * 1e9:.1f} ns",
                "a draw": f"{Spread.of(draws).median * 1e9:.1f} ns",
            },
        )
    ]


def county(quick: bool = False) -> list[Row]:
    """Measure time per resident-year and memory at the size of a county, in fresh processes."""
    residents, communities = (40_000, 8) if quick else (COUNTY_RESIDENTS, COUNTY_COMMUNITIES)
    answers = [
        fresh.answer("benchmarks.place", str(residents), str(communities)) for _ in range(1 if quick else 3)
    ]
    small = [seconds / COMMUNITY_RESIDENTS for answer in answers for seconds in answer["community"]]
    large = [seconds / residents for answer in answers for seconds in answer["county"]]
    gigabytes = [answer["peak_bytes"] / 1e9 for answer in answers]
    what = f"{residents:,} residents in {communities} communities"
    return [
        Row(
            key="county_time",
            work=f"time per resident-year, {what}",
            peer=f"one community of {COMMUNITY_RESIDENTS:,}",
            figure=ratio(large, small),
            unit="times as long",
            goal=None if quick else Goal(1.3, 1.0, more_is_better=False),
            check="everything on; world, needs, run and records; same process",
            parts={
                "county": Spread.of([value for answer in answers for value in answer["county"]]),
                "first county of a process": Spread.of([answer["first_county"] for answer in answers]),
                "community": Spread.of([value for answer in answers for value in answer["community"]]),
            },
        ),
        Row(
            key="county_memory",
            work=f"most memory held by a fresh process, {what}",
            peer="",
            figure=Spread.of(gigabytes),
            unit="GB",
            goal=None if quick else Goal(1.0, 0.8, more_is_better=False),
            check=f"{answers[0]['cases']:,} cases and {answers[0]['people']:,} people in the records",
        ),
    ]


def _county_once(residents: int, communities: int) -> dict[str, Any]:
    start = time.perf_counter()
    records = simulate(year(residents, communities), seed=1)
    cases, people = len(records.cases), len(records.people)
    seconds = time.perf_counter() - start
    return {"county": seconds, "cases": cases, "people": people, "peak_bytes": fresh.peak_memory_bytes()}


def _child(residents: int, communities: int) -> dict[str, Any]:
    """Run the county and the small community in turn, each once before it counts.

    The first run of a process pays for memory that the machine hands out for the first time, which on a
    virtual machine can take longer than the run; a community does not notice, since it needs little. Peak and
    first time are of a process as it begins; then what is freed stays with it, as in cogov's own workers.
    """
    small = year(COMMUNITY_RESIDENTS)
    run(small)
    first = _county_once(residents, communities)
    keep_freed_memory()
    _county_once(residents, communities)
    community, county = [], []
    for _ in range(2):
        community.append(clock(lambda: run(small))[0])
        county.append(_county_once(residents, communities)["county"])
    return {**first, "first_county": first["county"], "community": community, "county": county}


if __name__ == "__main__":
    print(json.dumps(_child(int(sys.argv[1]), int(sys.argv[2]))))
