"""The three rates as stated at call-backs beside the true ones; scores and cards."""

import math

import numpy as np
import pytest

from sim import load_scenario
from sim.mechanisms.field_service.closing_on_paper import on_paper
from sim.mechanisms.referral.acceptance import acceptance
from sim.mechanisms.staff.cards import score_teams, sooner_answers
from sim.mechanisms.staff.team_load import RANKING_DAYS
from sim.simulation import Run
from tests.guarantees.runs import TINY, scenario
from tests.guarantees.runs import run as run_busy
from tests.mechanisms.checks import Break, Neutral, at_work_test, neutral_test
from tests.truth import exact

_CALLED = ("closing.enabled=true", "closing.callback_share=1", "closing.callback_after_days=1")
_COUNTS = tuple(
    f"{kind}_{what}"
    for kind, whats in (
        ("called", ("contacted", "solved", "satisfied", "back")),
        ("stated", ("contacted", "solved", "satisfied")),
    )
    for what in whats
) + ("called", "answered")
NEUTRAL = {
    "calls to those who wait, at no cost": Neutral(
        ("call.overdue=true",),
        ("call.overdue=false",),
        (*_CALLED, "closing.callback_minutes=0"),
        leave_out=_COUNTS,
    ),
    "cards that move nobody": Neutral(
        ("cards.enabled=true", "cards.lowest_share=.5"), ("cards.enabled=false",), _CALLED
    ),
    "answers that nobody is asked for": Neutral(
        ("call.answer_probability=.2", "call.says_solved=.5", "cards.enabled=true", "cards.accept_effect=1"),
        (),
        ("closing.callback_share=0",),
    ),
    "answers where nothing is closed on paper": Neutral(
        ("call.answer_probability=.2", "call.answer_effect=1", "call.says_solved=.5"),
        (),
        (*_CALLED[1:], "closing.enabled=false"),
        leave_out=_COUNTS,
    ),
}
AT_WORK = {
    "who answers": ("call.answer_probability=.3", "call.answer_probability=1", *_CALLED),
    "who is solved answers": (
        "call.answer_effect=2",
        "call.answer_effect=0",
        *_CALLED,
        "call.answer_probability=.3",
    ),
    "what is said of solutions": ("call.says_solved=.5", "call.says_solved=0", *_CALLED),
    "what is said of satisfaction": ("call.says_satisfied=.5", "call.says_satisfied=0", *_CALLED),
    "satisfied": ("call.satisfied_from=.9", "call.satisfied_from=.5", *_CALLED),
    "contacted": ("call.contact_days=30", "call.contact_days=.01", *_CALLED),
    "overdue": ("call.overdue=true", "call.overdue=false", *_CALLED),
    "cards, acceptance": ("cards.accept_effect=1", "cards.accept_effect=0", *_CALLED, "cards.enabled=true"),
    "cards, paper": ("cards.paper_effect=1", "cards.paper_effect=0", *_CALLED, "cards.enabled=true"),
    "cards, answers": (
        "cards.answer_effect=1",
        "cards.answer_effect=0",
        *_CALLED,
        "cards.enabled=true",
        "referral.answer_days=5",
    ),
    "cards, memory": (
        "cards.memory_days=20",
        "cards.memory_days=null",
        *_CALLED,
        "cards.enabled=true",
        "cards.accept_effect=1",
    ),
    "cards, how many": (
        "cards.lowest_share=.9",
        "cards.lowest_share=.1",
        *_CALLED,
        "cards.enabled=true",
        "cards.accept_effect=1",
    ),
    "cards, red": (
        "cards.red_weight=20",
        "cards.red_weight=1",
        *_CALLED,
        "cards.enabled=true",
        "cards.accept_effect=1",
    ),
    "cards, when red": (
        "cards.red_after=1",
        "cards.red_after=9",
        *_CALLED,
        "cards.enabled=true",
        "cards.accept_effect=1",
    ),
    "cards, since when": (
        "cards.start_day=100",
        "cards.start_day=0",
        *_CALLED,
        "cards.enabled=true",
        "cards.accept_effect=1",
    ),
}
COVERING = {
    "stated rates and cards": (
        "administration_led",
        (
            *TINY,
            *_CALLED,
            "closing.callback_after_days=.2",
            "closing.base_probability=.4",
            "horizon_days=60",
            "community.residents=80",
            "call.overdue=true",
            "call.answer_probability=.5",
            "call.answer_effect=1",
            "call.says_solved=.3",
            "call.says_satisfied=.5",
            "cards.enabled=true",
            "cards.memory_days=60",
            "cards.accept_effect=.5",
            "cards.answer_effect=.5",
            "referral.answer_days=.2",
            "cards.paper_effect=.5",
        ),
        1,
    ),
}
BREAKS = [
    Break(
        "whoever is solved answers as others do",
        "rules/resident.py",
        "return logistic(intercept + effect * solved)",
        "return logistic(intercept)",
        "tests/mechanisms/test_stated_rates.py",
    ),
    Break(
        "every call of a spell counts",
        "mechanisms/case/stated_rates.py",
        'if s.closure[n]["counted_spell"] != s.track[n]["spell"] + 1:',
        "if True:",
        "tests/mechanisms/test_stated_rates.py",
    ),
    Break(
        "the best get the cards",
        "mechanisms/staff/cards.py",
        "lower += _below(s, other, pool)",
        "lower += _below(s, pool, other)",
        "tests/mechanisms/test_stated_rates.py",
    ),
]

test_neutral = neutral_test(NEUTRAL)
test_at_work = at_work_test(AT_WORK)

_RATES = ("contacted", "solved", "satisfied")


def _totals(*overrides: str) -> dict[str, float]:
    records = run_busy("administration_led", *_CALLED, "closing.base_probability=.4", *overrides)
    return records.daily.iloc[-1][list(_COUNTS)].astype(float).to_dict()


def test_told_the_truth_by_everybody_stated_rates_are_the_true_ones() -> None:
    found = _totals("call.overdue=true")
    assert found["answered"] == found["called"] > 300
    for name in _RATES:
        assert found[f"stated_{name}"] == found[f"called_{name}"] > 20
    assert found["called_solved"] < found["called"] - 50


@pytest.mark.parametrize(("probability", "effect"), [(0.5, 0.0), (0.4, 1.5)])
def test_who_answers_follows_the_logit(probability: float, effect: float) -> None:
    """Of those solved σ(b₀ + b₁) answer, of the others σ(b₀); without b₁ the stated rate is unbiased."""
    found = _totals(
        "call.overdue=true", f"call.answer_probability={probability}", f"call.answer_effect={effect}"
    )
    solved, others = found["called_solved"], found["called"] - found["called_solved"]
    p = exact.logistic(exact.logit(probability) + effect)
    for count, of, chance in (
        (found["stated_solved"], solved, p),
        (found["answered"] - found["stated_solved"], others, probability),
    ):
        assert of > 100
        assert abs(count / of - chance) < 4.0 * math.sqrt(chance * (1.0 - chance) / of)


def test_what_is_said_of_what_is_not_solved() -> None:
    """Of the unsolved .3 say solved and .6 satisfied, and who says solved is not reopened."""
    found = _totals("call.says_solved=.3", "call.says_satisfied=.6")
    for name, chance in (("solved", 0.3), ("satisfied", 0.6)):
        unsolved = found["called"] - found[f"called_{name}"]
        extra = found[f"stated_{name}"] - found[f"called_{name}"]
        assert abs(extra / unsolved - chance) < 4.0 * math.sqrt(chance * (1.0 - chance) / unsolved)
    records = run_busy(
        "administration_led",
        *_CALLED,
        "closing.base_probability=.4",
        "call.says_solved=1",
        "staff.patience_days=null",
    )
    assert records.daily.iloc[-1]["found_on_paper"] == 0


def test_a_spell_counts_once() -> None:
    records = run_busy("administration_led", *_CALLED, "call.overdue=true")
    cases = records.cases
    spells = (cases["reported_at"].notna() * (1 + cases["reopened"])).sum()
    last = records.daily.iloc[-1]
    assert last["called"] <= spells
    assert last["called"] < last["called_back"]


def _scored(points: list[int], months: int, *overrides: str) -> np.ndarray:
    """Score the units' teams as often as said, by the same credits out of thirty each time."""
    run = Run.start(scenario("administration_led", *_CALLED, "cards.enabled=true", *overrides), 1)
    state = run.built.state
    units = np.flatnonzero(state.pool["unit"] >= 0)[: len(points)]
    for month in range(months):
        state.team["answers"][units] = 10
        state.team["points"][units] = points
        score_teams(state, RANKING_DAYS * (month + 1) - 1)
    return np.asarray(state.team[units])


def test_the_lowest_get_cards_and_again_a_red_one() -> None:
    team = _scored(
        [30, 12, 25, 20, 29], 4, "cards.lowest_share=.4", "cards.red_after=3", "cards.red_weight=5"
    )
    np.testing.assert_array_equal(team["yellow_cards"], [0, 2, 0, 2, 0])
    np.testing.assert_array_equal(team["red_cards"], [0, 2, 0, 2, 0])
    np.testing.assert_allclose(team["pressure"], [0, 12, 0, 12, 0])


def test_where_all_are_alike_nobody_gets_a_card() -> None:
    assert not _scored([20, 20, 20], 3, "cards.lowest_share=1")["pressure"].any()
    assert not _scored([5], 3, "cards.lowest_share=1")["pressure"].any()


def test_old_cards_fade() -> None:
    team = _scored([30, 12], 3, "cards.red_after=9", "cards.memory_days=56")
    left = math.exp(-RANKING_DAYS / 56.0)
    assert team["pressure"][1] == pytest.approx(1.0 + left + left * left)


def test_a_card_moves_both_logits_by_its_weight() -> None:
    effects = (
        "cards.enabled=true",
        "cards.accept_effect=.7",
        "cards.answer_effect=.3",
        "cards.paper_effect=.4",
    )
    run = Run.start(load_scenario("administration_led", [*TINY, *_CALLED, *effects]), 1)
    run.advance(10)
    state = run.built.state
    leg = 0
    pool = int(state.unit["pool"][state.leg["unit"][leg]])
    need = int(state.leg["need"][leg])
    for weight in (1.0, 3.0):
        logits = []
        for pressure in (0.0, weight):
            state.team["pressure"][pool] = pressure
            logits.append(
                (exact.logit(acceptance(state, leg, 0.0, 0)), exact.logit(on_paper(state, need, pool, 10.0)))
            )
        moved = np.subtract(logits[1], logits[0])
        np.testing.assert_allclose(moved, (0.7 * weight, 0.4 * weight), rtol=1e-9)
        assert sooner_answers(state, pool) == pytest.approx(math.exp(-0.3 * weight))
