"""Referral: letters, acceptance, escalation, joint sessions, other units' work."""

import itertools

import numpy as np

from sim.rules.unit import authority, has_link
from tests.guarantees.runs import TINY, WILLING
from tests.mechanisms.checks import Break, Neutral, at_work_test, limit_test, neutral_test
from tests.mechanisms.referral_systems import SYSTEMS
from tests.truth.community import SESSION, THREE, counted, run

NEUTRAL = {
    "joint session without room": Neutral(
        ("joint_session.enabled=true", "joint_session.capacity=0"), ("joint_session.enabled=false",)
    ),
    "joint session without room, cases that would always wait": Neutral(
        ("joint_session.enabled=true", "joint_session.capacity=0", "joint_session.longest_wait_weeks=null"),
        ("joint_session.enabled=false",),
    ),
    "convener without effect": Neutral(
        ("joint_session.convener=true",), ("joint_session.convener=false",), ("referral.convener_effect=0",)
    ),
    "authority links without effect": Neutral(
        ("referral.authority_links=true",), ("referral.authority_links=false",), ("referral.link_effect=0",)
    ),
    "load that cases do not move, against load that does not matter": Neutral(
        ("units.load_response=0",),
        ("units.load_response=1",),
        ("referral.load_slope=0", "joint_session.absence_slope=0"),
    ),
    "escalation where nobody refuses": Neutral(
        ("referral.escalation=true",),
        (
            "referral.escalation=false",
            "referral.retries=0",
            "referral.retries_escalated=5",
            "referral.escalation_delay_days=50",
        ),
        WILLING,
    ),
    "letters answered at once where nobody is written to": Neutral(
        ("referral.answer_days=7",),
        ("referral.answer_days=0",),
        (
            "demand.organisations_shares=[1, 0, 0]",
            "demand.level_given_organisations=[[1, 0, 0], [1, 0, 0], [1, 0, 0]]",
        ),
    ),
    "links of a convener without effect": Neutral(
        ("joint_session.convener_links=county",), (), ("joint_session.enabled=true", "referral.link_effect=0")
    ),
    "links of a convener where nobody convenes": Neutral(
        ("joint_session.convener_links=county",),
        (),
        ("joint_session.enabled=true", "joint_session.convener=false"),
    ),
    "session after session, or side by side, where one unit is needed": Neutral(
        ("joint_session.parallel_work=true",),
        ("joint_session.parallel_work=false",),
        ("demand.organisations_shares=[1, 0, 0]",),
    ),
}
AT_WORK = {
    "joint session": ("joint_session.enabled=true", "joint_session.enabled=false"),
    "convener": ("referral.convener_effect=2", "referral.convener_effect=0"),
    "links": ("referral.link_effect=5", "referral.link_effect=0"),
    "load": ("units.load_response=1", "units.load_response=0"),
    "escalation": ("referral.escalation=true", "referral.escalation=false"),
    "parallel": ("joint_session.parallel_work=true", "joint_session.parallel_work=false"),
    "frailty": ("referral.frailty_sd=2", "referral.frailty_sd=0"),
    "share": ("referral.share_effect=3", "referral.share_effect=0"),
    "answers": ("referral.answer_days=2", "referral.answer_days=0"),
    "links of a convener": ("joint_session.convener_links=county", "joint_session.convener_links=none"),
}
COVERING = {
    "county, serial work, campaign": (
        "co_governance",
        (
            *TINY,
            "county.communities=3",
            "community.residents=60",
            "county.communities_per_street=2",
            "joint_session.parallel_work=false",
            "joint_session.longest_wait_weeks=null",
            "adoption.campaigns=[{start_day: 3, days: 10}]",
            "adoption.campaign_rate_per_day=.05",
            "referral.authority_links=true",
            "ties.after_help=1",
        ),
        1,
    ),
}
BREAKS = [
    Break(
        "session works one after another",
        "scenario/compiled_parameters.py",
        '    fields.update({name: ("i8", value)',
        '    fields["joint_session_parallel_work"] = ("i8", 0)\n    fields.update({name: ("i8", value)',
        "5 parts together",
        part="coordination",
    ),
    Break(
        "units 10 % too slow",
        "demand/needs.py",
        "= mean_hours * exponential(",
        "= 1.1 * mean_hours * exponential(",
        "two units one after another",
        part="coordination",
    ),
    Break(
        "letters do not wait for the work",
        "mechanisms/referral/referral.py",
        """            else:
                _ask_by_letter(s, leg, t)
        return
    final_part(s, n, t)""",
        """            elif ask(s, leg, 0.0, 0, t):
                begin_work(s, leg, t)
                continue
            else:
                after_refusal(s, n, t)
        else:
            continue
        return
    if s.track[n]["legs_done"] == s.need[n]["leg_count"]:
        final_part(s, n, t)""",
        "5 parts one after another",
        part="coordination",
    ),
    Break(
        "convener without effect",
        "mechanisms/referral/joint_session.py",
        'convened = 1.0 if s.par[0]["joint_session_convener"] else 0.0',
        "convened = 0.0",
        "session, convener effect 1",
        part="coordination",
    ),
    Break(
        "load makes units readier",
        "rules/unit.py",
        "- load_slope * (unit_load",
        "+ load_slope * (unit_load",
        "session, convener effect 0",
        part="coordination",
    ),
    Break(
        "commitment of others ignored",
        "rules/unit.py",
        "+ share_effect * share",
        "+ 0.0 * share_effect * share",
        "session, others' commitment",
        part="coordination",
    ),
    Break(
        "intercept ignores the spread of readiness",
        "scenario/compiled_parameters.py",
        "(middle + frailty_sd * nodes)",
        "(middle + 0.0 * frailty_sd * nodes)",
        "letter, readiness spread 1.5",
        part="coordination",
    ),
    Break(
        "link of authority dropped",
        "rules/unit.py",
        "return 1.0 if backed_by > 0 and backed_by >= unit_level else 0.0",
        "return 0.0",
        "escalation, readiness spread 0",
        part="coordination",
    ),
    Break(
        "one retry too few",
        "mechanisms/referral/referral.py",
        'if s.track[n]["refusals"] <= allowed:',
        'if s.track[n]["refusals"] < allowed:',
        "escalation, readiness spread 0",
        part="coordination",
    ),
    Break(
        "one level too many",
        "mechanisms/referral/referral.py",
        "asker < TOP_LEVEL",
        "asker <= TOP_LEVEL",
        "escalation, readiness spread 0",
        part="coordination",
    ),
    Break(
        "the same luck at every ask",
        "mechanisms/referral/acceptance.py",
        'draw = uniform(key, ACCEPT, s.leg[leg]["asks"]',
        "draw = uniform(key, ACCEPT, 0",
        "escalation, readiness spread 0",
        part="coordination",
    ),
    Break(
        "readiness new at every ask",
        "mechanisms/referral/acceptance.py",
        "key, FRAILTY, 0,",
        'key, FRAILTY, s.leg[leg]["asks"],',
        "escalation, readiness spread 1",
        part="coordination",
    ),
    Break(
        "a convener's links dropped",
        "rules/unit.py",
        "max(links_of_community, links_of_convener)",
        "links_of_community",
        "convener with links of county",
    ),
    Break(
        "a link reaches every level",
        "rules/unit.py",
        "if backed_by > 0 and backed_by >= unit_level",
        "if backed_by > 0",
        "tests/mechanisms/test_referral.py::test_links_of_authority_in_every_case",
    ),
    Break(
        "asks not counted by the unit",
        "mechanisms/referral/acceptance.py",
        '    s.unit[u]["asks"] += 1\n',
        "",
        "tests/truth/test_books.py",
    ),
    Break(
        "letters answered twice as late",
        "mechanisms/referral/referral.py",
        'days = s.par[0]["referral_answer_days"] * exponential(',
        'days = 2.0 * s.par[0]["referral_answer_days"] * exponential(',
        "two letters answered",
        part="staffing",
    ),
    Break(
        "units come to sessions whatever their load",
        "rules/unit.py",
        "return logistic(intercept + slope * (unit_load - load_reference) - ",
        "return logistic(intercept - ",
        "absence from a session",
        part="staffing",
    ),
]


LIMITS = SYSTEMS

test_neutral = neutral_test(NEUTRAL)
test_at_work = at_work_test(AT_WORK)
test_limit = limit_test(LIMITS)


def test_links_of_authority_in_every_case() -> None:
    """Whoever asks, is embedded or convenes: the highest counts, and reaches its own level and below."""
    for asker, embedded, convener, unit in itertools.product(range(3), repeat=4):
        highest = max(asker, embedded, convener)
        assert authority(asker, embedded, convener) == highest
        linked = 0.0 if highest == 0 else float(unit <= highest)
        assert has_link(highest, unit) == linked


def _letters_and_session(probability: float, **settings: object) -> tuple[np.ndarray, np.ndarray]:
    """Return, case by case, whether all agreed: asked by letter, and in a session."""
    one_chance = {
        **THREE,
        "units.work_days": 0.05,
        "referral.frailty_sd": 1,
        "referral.accept_probability": probability,
        "referral.retries": 0,
        "referral.escalation": "false",
        **settings,
    }
    letters = counted(run(one_chance, 7, 0))
    session = counted(run({**one_chance, **SESSION}, 7, 0))
    return tuple((cases["status"] == "solved").to_numpy() for cases in (letters, session))  # type: ignore[return-value]


def test_a_session_without_effect_and_links_gets_the_answers_that_letters_get() -> None:
    """Same rule, same luck: with δ_conv = 0, γ = 0 and no links the answers are the same, case by case."""
    letters, session = _letters_and_session(0.6)
    assert 0.2 < letters.mean() < 0.7
    np.testing.assert_array_equal(letters, session)


def test_a_convener_without_links_achieves_nothing_where_units_refuse() -> None:
    refusing = {"referral.link_effect": 9, "referral.frailty_sd": 0}
    letters, session = _letters_and_session(0.001, **refusing)
    assert letters.mean() < 0.001
    np.testing.assert_array_equal(letters, session)
    linked = _letters_and_session(0.001, **refusing, **{"joint_session.convener_links": "county"})[1]
    assert linked.mean() > 0.7
