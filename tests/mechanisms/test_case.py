"""A case's life: standing standards, closing and coming back, what outcomes do to trust."""

import numpy as np
import pandas as pd
import pytest

from sim import load_scenario, simulate
from sim.engine.calendar import worked_at
from sim.records.tables import Records
from tests.guarantees.runs import STAFF_ALONE, WILLING
from tests.mechanisms.checks import Break, Neutral, at_work_test, limit_test, neutral_test
from tests.truth import exact
from tests.truth.community import CERTAIN, THREE, WORK_DAYS, counted, run
from tests.truth.equivalence import Experiment, Values

NEUTRAL = {
    "trust that outcomes do not move": Neutral(
        ("trust.enabled=true", "trust.gain=0", "trust.loss=0"), ("trust.enabled=false",)
    ),
    "trust that nobody learns": Neutral(
        ("trust.enabled=true", "trust.own_weight=0", "trust.story_weight=0", "trust.published_weight=0"),
        ("trust.enabled=false",),
    ),
    "chasing and reopening where nothing is shelved": Neutral(
        ("referral.chasing_hours_per_month=2",), ("referral.chasing_hours_per_month=0",), WILLING
    ),
    "a shelf longer than the run": Neutral(("referral.shelf_days=30000",), ("referral.shelf_days=null",)),
    "call-backs that cost nothing where nothing is on paper": Neutral(
        ("closing.callback_share=1", "closing.callback_minutes=0"),
        ("closing.callback_share=0",),
        ("closing.enabled=false",),
        leave_out=(
            "called_back",
            "called",
            "called_contacted",
            "called_solved",
            "called_satisfied",
            "answered",
            "stated_contacted",
            "stated_solved",
            "stated_satisfied",
        ),
    ),
    "standards as long as those of trust": Neutral(
        ("standards.enabled=true", "standards.working_days=[3, 7, 20]"),
        ("standards.enabled=false",),
        (
            "trust.standard_days=[3, 7, 20]",
            "demand.urgent_share=0",
            "standards.pause_shelved=false",
            "standards.extension_probability=0",
        ),
        ("due_at", "on_time"),
    ),
}
AT_WORK = {
    "published weight": ("trust.published_weight=1", "trust.published_weight=0"),
    "trust": ("trust.loss=.3", "trust.loss=0"),
    "chasing": ("referral.chasing_hours_per_month=2", "referral.chasing_hours_per_month=0"),
    "shelf": ("referral.shelf_days=30", "referral.shelf_days=null"),
    "call-back": ("closing.callback_share=.5", "closing.callback_share=0", "closing.enabled=true"),
    "standards": ("standards.enabled=true", "standards.enabled=false"),
    "extensions": (
        "standards.extension_probability=.5",
        "standards.extension_probability=0",
        "standards.enabled=true",
    ),
    "pauses": ("standards.pause_outside=true", "standards.pause_outside=false", "standards.enabled=true"),
}
COVERED_BY = (
    "clocks, standards and staff",
    "closing on paper, evaluated, called back, partner",
)
BREAKS = [
    Break(
        "trust lost as slowly as won",
        "rules/resident.py",
        "step = gain if outcome >= 0.5 else loss",
        "step = gain",
        "trust, 60% solved",
        part="people",
    ),
    Break(
        "an overdue case counts as solved in time",
        "mechanisms/intake/intake.py",
        "    judge(s, n, 0.0, t)",
        "    judge(s, n, 1.0, t)",
        "trust, 85% solved",
        part="people",
    ),
    Break(
        "what was done on paper stays done",
        "mechanisms/case/closing.py",
        "&= ~(ON_PAPER | FIELD_DONE | FINAL_PART)",
        "&= ~ON_PAPER",
        "tests/truth/test_books.py",
    ),
    Break(
        "nobody sees that a closing was on paper",
        "mechanisms/case/closing.py",
        "    experience(s, n, False, t)\n    judge(s, n, 0.0, t)\n",
        "",
        "tests/truth/test_books.py",
    ),
    Break(
        "shelving not counted",
        "mechanisms/case/closing.py",
        '    s.community[s.need[n]["community"]]["shelved"] += 1\n',
        "",
        "tests/truth/test_books.py",
    ),
    Break(
        "what is struck off is chased as before",
        "mechanisms/case/closing.py",
        "        _leave_system(s, n, t)\n        return\n",
        "        _leave_system(s, n, t)\n",
        "tests/mechanisms/test_case_shelf.py",
    ),
    Break(
        "stay counted from the first report",
        "mechanisms/case/closing.py",
        't - s.track[n]["entered_at"]',
        't - s.case[n]["reported_at"]',
        "tests/truth/test_books.py",
    ),
    Break(
        "what is solved can be reported again",
        "mechanisms/case/closing.py",
        "    need_gone(s, n)\n",
        "",
        "tests/truth/test_books.py",
    ),
    Break(
        "chasing not charged to the case",
        "mechanisms/case/closing.py",
        '        s.case[n]["staff_hours"] += hours\n',
        "",
        "tests/truth/test_books.py",
    ),
    Break(
        "clock not stopped outside",
        "mechanisms/case/standards.py",
        'if s.par[0]["standards_pause_outside"]:',
        "if False:",
        "on time, clock stopped",
        part="staffing",
    ),
]


def _trust(success: float) -> Experiment:
    """A share of needs is answered at the desk, the others never: trust settles where the steps balance."""
    gain, loss = 0.05, 0.12
    settings = {
        "horizon_days": 500,
        "followup_days": 0,
        "staff.per_10k": 0,
        "demand.rate": 100,
        "demand.desk_share": success,
        "trust.enabled": "true",
        "trust.gain": gain,
        "trust.loss": loss,
        "trust.standard_days": "[1,1,1]",
        "trust.initial_mean": 0.9,
        "trust.initial_sd": 0,
    }

    def once(seed: int, replication: int) -> Values:
        records = run({**settings, "community.residents": 400}, seed, replication)
        daily = records.daily
        # A hundred and more outcomes a person after the last trace of the start is gone.
        settled = daily["trust_mean"][(daily["day"] >= 350) & (daily["day"] % 30 == 0)]
        return {"cases": len(records.cases), "trust": float(settled.mean())}

    return Experiment(
        f"trust, {success:.0%} solved",
        once,
        {"trust": exact.trust_limit(success, gain, loss)},
        replications=12,
    )


def _on_time(pause: bool) -> Experiment:
    """One unit's part ~ Exp(5 days), due in 7: on time with probability 1 − exp(−7/5); paused, always."""
    settings = {
        **THREE,
        "demand.organisations_shares": "[0,1,0]",
        "referral.accept_probability": CERTAIN,
        "standards.enabled": "true",
        "standards.extension_probability": 0,
        "standards.pause_outside": str(pause).lower(),
    }

    def once(seed: int, replication: int) -> Values:
        cases = counted(run({**settings, "community.residents": 2500}, seed, replication))
        return {"cases": len(cases), "share on time": float(cases["on_time"].mean())}

    share = 1.0 if pause else 1.0 - float(np.exp(-7.0 / WORK_DAYS))
    name = f"on time, clock {'stopped' if pause else 'running'} while a unit works"
    return Experiment(name, once, {"share on time": share}, replications=12)


LIMITS = [
    _trust(0.6),
    _trust(0.85),
    _on_time(pause=False),
    _on_time(pause=True),
]

test_neutral = neutral_test(NEUTRAL)
test_at_work = at_work_test(AT_WORK)
test_limit = limit_test(LIMITS)


_BUSY = (
    *STAFF_ALONE,
    "community.residents=4000",
    "warmup_days=0",
    "horizon_days=200",
    "followup_days=0",
    "staff.per_10k=8",
    "staff.patience_days=60",
    "demand.rate=2",
    "reporting.base_rate_per_day=0.2",
    "referral.accept_probability=0.3",
    "referral.reopen_after_days=20",
    "standards.enabled=true",
)
_LENGTHS = np.array([2.0, 24.0, 3 * 8.0, 7 * 8.0, 15 * 8.0])


def _run(*overrides: str) -> Records:
    return simulate(
        load_scenario("administration_led", [*_BUSY, "closing.enabled=false", *overrides]), seed=2
    )


def _known(records: Records) -> pd.DataFrame:
    cases = records.cases
    return cases[cases["reported_at"].notna() & (cases["reopened"] == 0)]


def _tier(cases: pd.DataFrame) -> np.ndarray:
    plain = np.array([2, 3, 4])[cases["organisations_needed"].to_numpy() - 1]
    return np.where(cases["priority"] == 0, 1, plain)


def _worked(records: Records, times: np.ndarray) -> np.ndarray:
    worked = records.built.state.worked
    return np.array([worked_at(worked, 9.0, float(t)) for t in times])


def test_without_pauses_a_case_is_due_after_its_standard() -> None:
    records = _run("standards.pause_shelved=false", "standards.extension_probability=0")
    cases = _known(records)
    tier = _tier(cases)
    due, reported = cases["due_at"].to_numpy(), cases["reported_at"].to_numpy()
    clock = tier < 2
    assert clock.sum() > 30
    assert (~clock).sum() > 500
    np.testing.assert_allclose((due - reported)[clock] * 24.0, _LENGTHS[tier[clock]])
    hours = _worked(records, due[~clock]) - _worked(records, reported[~clock])
    np.testing.assert_allclose(hours, _LENGTHS[tier[~clock]], atol=1e-6)
    assert (cases["paused_days"] == 0).all()
    assert (cases["extensions"] == 0).all()


@pytest.mark.parametrize("outside", ["true", "false"])
def test_pauses_move_the_date_by_their_length(outside: str) -> None:
    """Round the clock a date is the report, the standard and the days of standing still, to rounding."""
    records = _run(
        "calendar.round_the_clock=true",
        "standards.extension_probability=0",
        f"standards.pause_outside={outside}",
    )
    cases = _known(records)
    cases = cases[cases["due_at"].notna()]
    paused = cases["paused_days"].to_numpy()
    assert (paused > 0).sum() > (200 if outside == "true" else -1)
    expected = cases["reported_at"].to_numpy() + _LENGTHS[_tier(cases)] / 24.0 + paused
    np.testing.assert_allclose(cases["due_at"].to_numpy(), expected, atol=1e-9)


def test_a_case_put_aside_is_not_due() -> None:
    records = _run("standards.working_days=[200,300,300]", "standards.extension_probability=0")
    cases = records.cases
    aside = cases[(cases["status"] == "shelved") & (cases["priority"] != 0)]
    assert len(aside) > 10
    assert aside["due_at"].isna().all()
    assert aside["on_time"].isna().all()
    assert (aside["paused_days"] > 0).all()


def test_more_time_is_applied_for_once_with_the_stated_probability() -> None:
    chance = 0.4
    more = (
        "standards.pause_shelved=false",
        f"standards.extension_probability={chance}",
        "standards.extension_share=.5",
        "standards.extension_hours=2",
        "intake.minutes=0",
        "routing.misroute_hours=0",
    )
    records = _run("calendar.round_the_clock=true", *more)
    cases = _known(records)
    length = _LENGTHS[_tier(cases)] / 24.0
    reported = cases["reported_at"].to_numpy()
    ended = cases["closed_at"].fillna(records.moments["time"]).to_numpy()
    asked = ended > reported + 0.8 * length + 1e-9
    extended = cases["extensions"].to_numpy()
    assert not extended[~asked].any()
    n = int(asked.sum())
    assert n > 500
    assert abs(extended[asked].mean() - chance) < 4.0 * np.sqrt(chance * (1 - chance) / n)
    np.testing.assert_allclose(
        cases["due_at"].to_numpy(), reported + length * (1.0 + 0.5 * extended), atol=1e-9
    )
    hours = records.daily.groupby("day")["staff_hours_handling"].sum().iloc[-1]
    assert hours == pytest.approx(2.0 * records.cases["extensions"].sum())


def test_on_time_is_solved_by_the_date() -> None:
    records = _run()
    cases = records.cases
    now = records.moments["time"]
    solved, due = cases["solved_at"], cases["due_at"]
    assert (cases.loc[solved <= due, "on_time"] == 1).all()
    assert (cases.loc[(solved > due) | (solved.isna() & (due <= now)), "on_time"] == 0).all()
    assert cases.loc[solved.isna() & (due > now), "on_time"].isna().all()
    assert 0.02 < cases["on_time"].mean() < 0.98


def test_a_category_has_its_own_tier() -> None:
    records = _run(
        "standards.pause_shelved=false",
        "standards.extension_probability=0",
        "standards.category_tiers={utilities: 0}",
    )
    cases = _known(records)
    own = cases[(cases["category"] == "utilities") & (cases["priority"] != 0)]
    assert len(own) > 20
    np.testing.assert_allclose((own["due_at"] - own["reported_at"]).to_numpy() * 24.0, 2.0)
