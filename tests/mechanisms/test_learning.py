"""Learning that reporting works: how readily a person reports follows how their own report last ended."""

import math

import numpy as np
import pandas as pd

from sim import CommunityModel, simulate
from sim.engine.tables.cases import WITHDRAWN
from tests.guarantees.runs import SMALL, STAFF_ALONE, TINY, scenario
from tests.mechanisms.checks import Break, Neutral, at_work_test, limit_test, neutral_test
from tests.truth.community import run
from tests.truth.equivalence import Experiment, Values

_PAPER = ("closing.enabled=true", "closing.base_probability=.4")

NEUTRAL = {
    # So small that its factor is 1: what is learned is noted, and moves nobody.
    "what people learn moves nobody": Neutral(
        ("reporting.learning_weight=1e-300",), ("reporting.learning_weight=0",), _PAPER
    ),
    # So long that nobody forgets within the run: only that a lesson was learned is counted.
    "nobody forgets": Neutral(
        ("reporting.learning_memory_days=1e9",),
        ("reporting.learning_memory_days=null",),
        (*_PAPER, "reporting.learning_weight=.5"),
    ),
    "where nothing ends nobody learns": Neutral(
        ("reporting.learning_weight=2",),
        ("reporting.learning_weight=0",),
        (
            *STAFF_ALONE,
            "staff.per_10k=0",
            "staff.patience_days=null",
            "demand.desk_share=0",
            "mutual_aid.enabled=false",
            "demand.level_given_organisations=[[1,0,0],[1,0,0],[1,0,0]]",
        ),
    ),
}
AT_WORK = {
    "learning": ("reporting.learning_weight=.5", "reporting.learning_weight=0"),
    "forgetting": (
        "reporting.learning_memory_days=5",
        "reporting.learning_memory_days=null",
        "reporting.learning_weight=.5",
    ),
}
COVERING = {
    "learning, sorting, noticing": (
        "co_governance",
        (
            *TINY,
            *_PAPER,
            "reporting.learning_weight=.5",
            "reporting.learning_memory_days=3",
            "reporting.sorting_share=.1",
            "demand.noticing=.5",
            "staff.patience_days=2",
        ),
        1,
    ),
}
BREAKS = [
    Break(
        "what is not served encourages as well",
        "mechanisms/case/closing.py",
        "    report_ended(s, n, -1, t)\n\n\n@inner\ndef _close_on_paper",
        "    report_ended(s, n, 1, t)\n\n\n@inner\ndef _close_on_paper",
        "learning, half of it on paper",
        part="people",
    ),
    Break(
        "a lesson renewed is forgotten as the first one was",
        "mechanisms/reporting/learning.py",
        '    if s.conduct[p]["lessons"] == lessons:\n',
        '    if s.conduct[p]["lessons"] >= lessons:\n',
        "learning, forgotten",
        part="people",
    ),
    Break(
        "what was learned does not reach the clocks that run",
        "mechanisms/reporting/learning.py",
        "    readiness_changed(s, p, learned_factor(weight, float(outcome - before)), t)\n",
        "    if weight > 1e9:\n        readiness_changed(s, p, 1.0, t)\n",
        "tests/mechanisms/test_learning.py::test_every_clock_runs_as_its_persons_last_outcome_says",
    ),
]


def _forgotten_after_a_while() -> Experiment:
    """A lesson is kept until the end with probability exp(−d/τ), d the days since the last report ended.

    Lessons move nobody here, so that when they end does not depend on them; who remembers, over what is
    expected of all who learned, is 1.
    """
    memory = 60.0
    settings = {
        "community.residents": 4000,
        "reporting.base_rate_per_day": 0.02,
        "reporting.learning_weight": 1e-300,
        "reporting.learning_memory_days": memory,
    }

    def once(seed: int, replication: int) -> Values:
        records = run(settings, seed, replication)
        cases = records.cases[records.cases["closed_at"].notna()]
        last = cases.groupby("requester_id")["closed_at"].max()
        end = float(records.built.state.clock["days"][0])
        remember = (records.built.state.conduct["outcome"] != 0).sum()
        expected = np.exp(-(end - last.to_numpy()) / memory).sum()
        return {"cases": len(last), "who remember, over the expected": float(remember / expected)}

    return Experiment("learning, forgotten", once, {"who remember, over the expected": 1.0}, replications=12)


def _half_on_paper() -> Experiment:
    """The hazard of reporting is λ·exp(β·e): e is 0 until a report has ended, then 1 or −1 by the last one.

    A case is closed at once, half of them on paper, and whoever reported finds so at once. A rate is the
    number of reports while e had a value over the days for which needs were open and unreported meanwhile.
    """
    base, weight, end = 0.02, 0.4, 500.0
    settings = {
        "community.residents": 4000,
        "reporting.base_rate_per_day": base,
        "reporting.learning_weight": weight,
        "closing.enabled": "true",
        "closing.base_probability": 0.5,
        "closing.load_slope": 0,
        "closing.due_effect": 0,
        "trust.standard_days": "[1e-9,1e-9,1e-9]",
    }

    def once(seed: int, replication: int) -> Values:
        cases = run(settings, seed, replication).cases
        needs = cases[["requester_id", "arisen_at"]].assign(
            heard=cases["reported_at"].notna(), until=cases["reported_at"].fillna(end)
        )
        states = _states(cases, end)
        both = needs.merge(states, on="requester_id")
        watched = np.minimum(both["until"], both["last"]) - np.maximum(both["arisen_at"], both["first"])
        event = both["heard"] & (both["until"] > both["first"]) & (both["until"] <= both["last"])
        found: Values = {"cases": int(needs["heard"].sum())}
        for e in (-1, 0, 1):
            of_e = (both["e"] == e).to_numpy()
            found[f"rate after {e:+d}"] = float(event[of_e].sum() / watched[of_e].clip(lower=0.0).sum())
        return found

    exact = {f"rate after {e:+d}": base * math.exp(weight * e) for e in (-1, 0, 1)}
    return Experiment("learning, half of it on paper", once, exact, replications=12)


def _states(cases: pd.DataFrame, end: float) -> pd.DataFrame:
    """Return what each person had learned, and from when until when."""
    ended = cases[cases["closed_at"].notna()].sort_values(["requester_id", "closed_at"])
    later = pd.DataFrame(
        {
            "requester_id": ended["requester_id"],
            "first": ended["closed_at"],
            "e": np.where(ended["status"] == "solved", 1, -1),
        }
    )
    fresh = pd.DataFrame({"requester_id": cases["requester_id"].unique(), "first": 0.0, "e": 0})
    states = pd.concat([fresh, later]).sort_values(["requester_id", "first"], kind="stable")
    states["last"] = states.groupby("requester_id")["first"].shift(-1).fillna(end)
    return states


LIMITS = [_half_on_paper(), _forgotten_after_a_while()]

test_neutral = neutral_test(NEUTRAL)
test_at_work = at_work_test(AT_WORK)
test_limit = limit_test(LIMITS)

_MIXED = (
    *SMALL,
    *_PAPER,
    "reporting.learning_weight=.7",
    "reporting.learning_memory_days=40",
    "reporting.published_status=false",
)


def test_every_clock_runs_as_its_persons_last_outcome_says() -> None:
    """And a view says the same: the engine's clock, scaled whenever something was learned, is the rule's."""
    model = CommunityModel(scenario("co_governance", *_MIXED, place=()), seed=1)
    model.run_until(90)
    s = model.state
    seen = {-1: 0, 0: 0, 1: 0}
    for q in np.flatnonzero(s.pair["rate"] > 0.0).tolist():
        person = model.person(int(s.pair["person"][q]))
        need = int(s.pair["need"][q])
        expected = person.report_rate(float(s.need["severity"][need]))
        assert math.isclose(float(s.pair["rate"][q]), expected, rel_tol=1e-9)
        assert person.learned == math.exp(0.7 * person.last_outcome)
        seen[int(person.last_outcome)] += 1
    assert min(seen.values()) > 5, "not every outcome is there: the test sees nothing"


def test_what_ended_last_is_what_was_learned() -> None:
    """Of people whose reports have all ended, and who reported nothing that others had reported first."""
    words = (*_MIXED, "reporting.learning_memory_days=null")
    records = simulate(scenario("administration_led", *words, place=()), seed=1)
    state = records.built.state
    reported = state.pair[state.pair["reports"] > 0]
    shared = np.bincount(reported["need"], minlength=len(state.need))[reported["need"]] > 1
    # A merchant who spoke up for what lies before the shop saw it without being among those who see it.
    second = state.case["reporter"][reported["need"]] != reported["person"]
    not_alone = set(reported["person"][shared | second].tolist())
    seen = {-1: 0, 1: 0}
    for p in range(len(state.person)):
        mine = np.flatnonzero(state.case["reporter"] == p)
        status = records.cases["status"].to_numpy()[mine]
        if p in not_alone or not len(mine) or not set(status) <= {"solved"}:
            continue
        if (state.case["reopened"][mine] == 0).all():
            assert state.conduct["outcome"][p] == 1
            seen[1] += 1
    given_up = np.flatnonzero((state.case["status"] == WITHDRAWN) & (state.case["reopened"] == 0))
    for n in given_up.tolist():
        p = int(state.case["reporter"][n])
        if p not in not_alone and (state.case["reporter"] == p).sum() == 1:
            assert state.conduct["outcome"][p] == -1
            seen[-1] += 1
    assert min(seen.values()) > 3
