"""Councils from outside: their table, what residents' views say of them, and how many draws they take."""

import json
from pathlib import Path

import numpy as np

from analysis.estimates.participation import resident_rates
from experiments.executors.replications import replicate
from sim import CommunityModel, load_scenario, simulate
from sim.agents.people import Resident
from tests.guarantees.runs import SMALL, TINY, python, run

COUNCILS = ("deliberation.every_weeks=2", "deliberation.stuck_after_days=5", "deliberation.turnout=.9")
ROOT = Path(__file__).parents[2]


def test_the_table_of_meetings_is_there_only_where_councils_are_held() -> None:
    without = load_scenario("co_governance", SMALL)
    held = load_scenario("red_tea_council", [*SMALL, *COUNCILS])
    tables = replicate([without, held], 1, 0, simulate).tables
    assert "meetings" not in tables[without.name]
    rows = tables[held.name]["meetings"].to_pandas()
    assert len(rows) == 12 * 2
    assert set(rows["council"]) == set(range(1, 13))
    weekday = held.deliberation.weekday + held.deliberation.hour / 24
    assert np.allclose(rows["at"] % 14, weekday)


def test_nobody_votes_or_attends_without_councils() -> None:
    people = run("co_governance").people
    assert not people[["votes", "votes_counted", "attendances"]].any(axis=None)


def test_a_resident_comes_when_the_agent_says_so() -> None:
    model = CommunityModel(load_scenario("red_tea_council", [*SMALL, *COUNCILS]), seed=1)
    assert len(model.agents_by_type[Resident]) == 1500
    residents = {resident.index: resident for resident in model.agents_by_type[Resident]}
    day = 14 + model.settings.deliberation.weekday
    while model.time_days < day:
        model.step()
    willing = {index for index, resident in residents.items() if resident.would_attend(day)}
    model.step()
    came = {index for index, resident in residents.items() if resident.attendances == 1}
    assert 3 < len(came) < len(willing)
    assert came < willing
    someone = residents[min(came)]
    assert someone.motivation == model.settings.deliberation.learning == someone.deliberation_skill
    before = someone.attend_probability()
    someone.motivation = 1.0
    assert someone.attend_probability() >= before
    # Whom everything drives comes to every council it is asked to.
    for index in came:
        residents[index].motivation = 1.0
        residents[index].propensity = 1e6
    for _ in range(14):
        model.step()
    cap = model.settings.deliberation.attend_cap
    again = sum(residents[index].attendances == 2 for index in came)
    assert again >= 0.6 * cap * len(came)


def test_an_opinion_is_the_same_whenever_asked_and_higher_with_a_stake() -> None:
    model = CommunityModel(load_scenario("red_tea_council", SMALL), seed=1)
    resident = next(iter(model.agents_by_type[Resident]))
    first = resident.opinion("housing")
    model.step()
    assert resident.opinion("housing") == first
    assert resident.opinion("housing", affected=True) > first
    assert resident.opinion("traffic") != first


_COUNT = """
import collections, json
from sim import load_scenario, simulate
from sim.engine.declare import all_draws
from tests.guarantees.recorded_draws import Recorder
from tests.guarantees.runs import TINY
found = []
for days in (20, 40):
    recorder = Recorder()
    settings = [*TINY, "deliberation.every_weeks=2", f"horizon_days={days}"]
    records = simulate(load_scenario("red_tea_council", [*settings, "horizon_days=1"]))
    recorder.install()
    records = simulate(load_scenario("red_tea_council", settings))
    counts = collections.Counter()
    for key, places in recorder.draws.items():
        counts[all_draws()[key[0]].name] += len(places)
    meetings = records.meetings
    once = meetings.drop_duplicates("council")
    found.append({
        "attendance": counts["ATTENDANCE"], "invited": int(once["invited"].sum()), "councils": len(once),
        "vote": counts["VOTE"], "owners": int(meetings["owners"].sum()), "invite": counts["INVITE"],
        "dwelling": counts["DWELLING"], "people": len(records.people),
    })
    import sys
    for module in list(sys.modules.values()):
        if getattr(module, "uniform", None) is recorder:
            module.uniform = recorder.uniform
print(json.dumps(found))
"""


def test_councils_draw_for_whom_they_ask_and_nobody_draws_by_the_day() -> None:
    short, long = json.loads(python(_COUNT, NUMBA_DISABLE_JIT="1"))
    assert len(TINY) > 0
    for found in (short, long):
        # Children are invited in their households' letter boxes, and not asked.
        assert 0.5 * found["invited"] < found["attendance"] <= found["invited"]
        assert 0 < found["vote"] <= found["owners"]
        assert found["invite"] == found["councils"]
    assert long["councils"] > short["councils"]
    # Who owns what is drawn once, however long the run.
    assert long["dwelling"] == short["dwelling"] <= 2 * short["people"]


def test_decision_counts_those_who_voted_in_the_counting_window() -> None:
    records = simulate(load_scenario("red_tea_council", [*SMALL, *COUNCILS]), seed=1)
    people = records.people[records.people["in_denominator"]]
    rates = resident_rates(records.people)
    assert rates["decision"] == (people["votes_counted"] > 0).mean() > 0.0
    assert rates["participation"] >= rates["decision"]
    assert (people["votes_counted"] <= people["votes"]).all()
