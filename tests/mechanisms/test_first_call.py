"""First call: property company and owners' committee before the community."""

import math

import numpy as np
import pytest

from sim import Records
from sim.parameters.scenario import CATEGORIES
from tests.guarantees.runs import TINY
from tests.mechanisms.checks import Break, Neutral, at_work_test, limit_test, neutral_test
from tests.truth import exact
from tests.truth.community import counted, run
from tests.truth.equivalence import Experiment, Values

NEUTRAL = {
    "nobody calls the property company": Neutral(
        ("first_call.share=0", "first_call.accept_probability=1", "first_call.property_company_hours=200"),
        ("first_call.share=0",),
    ),
    "nobody is there to be called": Neutral(
        ("first_call.share=1", "first_call.property_company_hours=0", "first_call.owners_committee_hours=0"),
        ("first_call.share=0",),
    ),
}
AT_WORK = {
    "first call": ("first_call.share=.5", "first_call.share=0"),
    "first call, answer": ("first_call.answer_days=2", "first_call.answer_days=0", "first_call.share=.5"),
    "first call, in time": (
        "first_call.begin_within_days=1",
        "first_call.begin_within_days=20",
        "first_call.share=1",
        "first_call.property_company_hours=10",
    ),
    "first call, accepted": (
        "first_call.accept_probability=.9",
        "first_call.accept_probability=.1",
        "first_call.share=.5",
    ),
}
COVERING = {
    "first call, and plural support": (
        "co_governance",
        (*TINY, "first_call.share=.7", "plural.enabled=true", "standards.enabled=true"),
        1,
    ),
}
BREAKS = [
    Break(
        "what is begun too late counts as begun in time",
        "mechanisms/plural_supply/first_call.py",
        "<= leaves_at:",
        "<= leaves_at + 1.0:",
        "property company's line",
        part="first call",
    ),
    Break(
        "who is called first answers at once",
        "mechanisms/plural_supply/first_call.py",
        'hours = s.par[0]["first_call_answer_days"] *',
        'hours = 0.0 * s.par[0]["first_call_answer_days"] *',
        "tests/mechanisms/test_first_call.py",
        part="first answer",
    ),
    Break(
        "the community pays for what it does not know",
        "mechanisms/intake/intake.py",
        "    if only_called_first(s, n):",
        "    if False and only_called_first(s, n):",
        "tests/mechanisms/test_first_call.py",
        part="first repeat",
    ),
]

#: Needs that the property company may act on, and the owners' committee may not.
_UTILITIES = "{" + ", ".join(f"{name}: {int(name == 'utilities')}" for name in CATEGORIES) + "}"
#: The property company alone, always willing.
_COMPANY: dict[str, object] = {
    "first_call.share": 1,
    "first_call.accept_probability": 1,
    "first_call.answer_days": 0,
    "first_call.property_company_hours": 84,
    "first_call.owners_committee_hours": 0,
    "demand.category_shares": _UTILITIES,
    "referral.load_slope": 0,
    "community.residents": 10_000,
}


def _line(load: float, patience: float) -> Experiment:
    """M/D/1 whose customers leave if the wait is longer than `patience` services; at 0 Erlang's loss."""
    mean = 0.05
    settings = {
        **_COMPANY,
        # The company has half of the week: an hour of work takes two.
        "demand.work_hours": f"[{12.0 * mean},1,1]",
        "demand.rate": 365.0 * load / mean / 10_000,
        "first_call.begin_within_days": patience * mean,
        "horizon_days": 1000,
        "followup_days": 20,
    }

    def once(seed: int, replication: int) -> Values:
        records = run(settings, seed, replication)
        cases = counted(records, ("supplier",))
        served = cases["supplier"].notna().mean()
        return {"cases": len(cases), "passed on": 1.0 - served, "cases a day": len(cases) / 1000.0 * mean}

    lost = exact.md1_lost(load, patience)
    controls = {"cases a day": load}
    return Experiment(
        f"property company's line, patience {patience:g}",
        once,
        {"passed on": lost},
        controls,
        replications=12,
    )


LIMITS = [_line(0.8, 0.0), _line(0.9, 1.5)]

test_neutral = neutral_test(NEUTRAL)
test_at_work = at_work_test(AT_WORK)
test_limit = limit_test(LIMITS)

#: The community serves at once whatever comes to it.
_SMALL: dict[str, object] = {
    **_COMPANY,
    "community.residents": 1000,
    "horizon_days": 150,
    "followup_days": 50,
    "demand.rate": 6,
    "demand.work_hours": "[.001,.001,.001]",
    "first_call.property_company_hours": 1e12,
}


def test_with_endless_hours_and_a_yes_to_all_the_mean_time_is_the_answer_and_the_work() -> None:
    """With hours that end, and nobody in line, work takes its hours at the company's pace."""
    records = run({**_SMALL, "first_call.answer_days": 0.5}, 1, 0)
    cases = counted(records)
    assert len(cases) > 2000
    assert (cases["supplier"] == "property_company").all()
    assert (cases["solved_by"] == "unit").all()
    np.testing.assert_allclose(cases["solved_at"] - cases["reported_at"], 0.5, rtol=1e-6)
    assert cases["accepted_at"].isna().all()
    assert (cases["staff_hours"] == 0).all()
    assert (cases["unit_hours"] == cases["work_hours"]).all()
    last = records.daily.iloc[-1]
    assert last["called_first"] == records.cases["reported_at"].notna().sum()
    assert last["supplied"] == (records.cases["status"] == "solved").sum()
    slow = {**_SMALL, "first_call.property_company_hours": 840, "demand.rate": 0.2}
    alone = counted(run({**slow, "demand.work_hours": "[2,2,2]", "demand.work_cv": 0.5}, 1, 0))
    # 840 hours for 10,000 are 84 of the 168 of a week here: an hour of work takes two.
    alone = alone[(alone["service_started_at"] - alone["reported_at"]) < 1e-9]
    assert len(alone) > 40
    took = alone["solved_at"] - alone["reported_at"]
    np.testing.assert_allclose(took, alone["work_hours"] / 12.0, rtol=1e-6)


def test_who_never_accepts_costs_the_stated_delay_and_nothing_else() -> None:
    without = run({**_SMALL, "first_call.share": 0}, 2, 0).cases
    refused = run({**_SMALL, "first_call.accept_probability": 0, "first_call.answer_days": 2}, 2, 0)
    cases = refused.cases
    known = cases["accepted_at"].notna() & cases["solved_at"].notna()
    assert known.sum() > 2000
    np.testing.assert_array_equal(cases["reported_at"], without["reported_at"])
    np.testing.assert_allclose((cases["accepted_at"] - cases["reported_at"])[known], 2.0, atol=1e-9)
    later = (cases["solved_at"] - without["solved_at"])[known]
    np.testing.assert_allclose(later, 2.0, atol=1e-3)
    assert (cases["solved_by"] != "unit").all()
    assert refused.daily.iloc[-1]["passed_on"] >= known.sum()


@pytest.mark.parametrize("share", [0.3, 0.8])
def test_the_stated_share_is_called_first(share: float) -> None:
    records = run({**_SMALL, "first_call.share": share}, 3, 0)
    called = (records.cases["supplier"] == "property_company").to_numpy()
    spread = math.sqrt(share * (1 - share) / called.size)
    assert abs(called.mean() - share) < 4 * spread


def test_the_stated_share_is_taken_on() -> None:
    cases = run({**_SMALL, "first_call.accept_probability": 0.6, "referral.frailty_sd": 1.5}, 4, 0).cases
    taken = (cases["supplier"] == "property_company").to_numpy()
    assert abs(taken.mean() - 0.6) < 4 * math.sqrt(0.24 / taken.size)


def test_what_takes_others_comes_to_the_community_after_the_answer() -> None:
    """Nobody who lives there can tell: it is called in first, and passed on."""
    two = {"demand.organisations_shares": "[0,1,0]", "first_call.answer_days": 1}
    cases = counted(run({**_SMALL, **two}, 5, 0))
    assert len(cases) > 1000
    assert cases["supplier"].isna().all()
    np.testing.assert_allclose(cases["accepted_at"] - cases["reported_at"], 1.0, atol=1e-9)


def test_the_committee_is_asked_for_what_the_company_may_not_do() -> None:
    disputes = "{" + ", ".join(f"{name}: {int(name == 'dispute')}" for name in CATEGORIES) + "}"
    settings = {**_SMALL, "demand.category_shares": disputes}
    assert counted(run(settings, 6, 0))["supplier"].isna().all()
    willing = counted(run({**settings, "first_call.owners_committee_hours": 1e12}, 6, 0))
    assert (willing["supplier"] == "owners_committee").all()


def _repeats() -> Records:
    seen = {"demand.public_share": 1, "demand.exposure_median": 4, "demand.exposure_sigma": 0}
    busy = {"intake.triage_hours": 1, "reporting.base_rate_per_day": 2, "first_call.answer_days": 3}
    return run({**_SMALL, **seen, **busy, "demand.rate": 2}, 7, 0)


def test_repeats_cost_the_community_nothing_before_it_knows() -> None:
    records = _repeats()
    cases = counted(records)
    assert cases["duplicates"].sum() > 500
    assert (cases["supplier"] == "property_company").all()
    assert records.daily.iloc[-1]["staff_hours_duplicates"] == 0
