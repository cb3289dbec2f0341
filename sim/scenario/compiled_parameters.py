"""The numbers of a scenario as compiled code reads them: one record, `State.par`.

A change of a value never recompiles anything. Names are the parameter's key with dots as underscores;
elements of a list end in their index. What is derived from several parameters is made here, once.
"""

import functools
import math
from typing import Any

import numpy as np

from sim.engine.distributions import SHAPES
from sim.engine.tables.run import MODES, NETWORKS
from sim.parameters.scenario import Scenario, describe, flatten
from sim.rules.cadre import paperwork_share

#: Levels whose authority a convener may bring.
CONVENER_LINKS = ("none", "street", "county")

DAYS_A_YEAR = 365.0


@functools.cache
def accept_intercept(probability: float, frailty_sd: float) -> float:
    """Return the intercept a with E[σ(a + f)] = `probability` for f ~ N(0, `frailty_sd`).

    A letter at the reference load is then accepted with `probability` whatever the spread of readiness.
    """
    nodes = np.linspace(-8.0, 8.0, 401)
    weights = np.exp(-0.5 * nodes * nodes)
    weights /= weights.sum()
    low, high = -60.0, 60.0
    for _ in range(80):
        middle = 0.5 * (low + high)
        mean = float(np.sum(weights / (1.0 + np.exp(-(middle + frailty_sd * nodes)))))
        if mean < probability:
            low = middle
        else:
            high = middle
    return 0.5 * (low + high)


def week_hours(scenario: Scenario) -> float:
    """Return the working hours of a week."""
    c = scenario.calendar
    return 168.0 if c.round_the_clock else c.shift_hours * c.working_days_per_week


def courier_rate(scenario: Scenario) -> float:
    """Return the hazard, per day, that some courier reports a given public problem.

    In the app alone there is none without a platform.
    """
    p = scenario.patrol
    if not scenario.platform.enabled and not p.courier_by_phone:
        return 0.0
    passes = p.courier_passes_per_hour * p.courier_hours_per_day
    return p.couriers_per_10k * passes * p.courier_report_probability


def letter_probability(scenario: Scenario) -> float:
    """Return the probability that a unit accepts a letter at the reference load."""
    more = scenario.closing.oversight_effect if scenario.closing.oversight else 0.0
    return min(scenario.referral.accept_probability + more, 1.0 - 1e-9)


#: The logit of a probability of 0: no sum of effects comes back from there.
NEVER_LOGIT = -1e9


def logit(probability: float) -> float:
    """Return the logit of a probability; beyond all effects for what never and what always happens."""
    if probability <= 0.0:
        return NEVER_LOGIT
    return math.log(probability / (1.0 - probability)) if probability < 1.0 else -NEVER_LOGIT


def partner_operates(scenario: Scenario) -> bool:
    """Return whether a partner operates the platform; without a platform there is nothing to operate."""
    return scenario.platform.enabled and scenario.operation.operator == "partner"


def paper_possible(scenario: Scenario) -> bool:
    """Return whether cases may be closed on paper: not in the bare queue, nor where nobody is asked."""
    return scenario.closing.enabled and scenario.verification.mode == "none"


def called_back(scenario: Scenario) -> float:
    """Return the share of closings after which somebody calls: call-backs and a partner's audit together."""
    share = scenario.closing.callback_share
    if partner_operates(scenario):
        share += (1.0 - share) * scenario.operation.audit_share
    return share


def further_platforms(scenario: Scenario) -> float:
    """Return how many platforms beyond the first ask staff for the same again, net of integration.

    The one that a partner operates, staff need not feed.
    """
    p = scenario.paperwork
    if scenario.operation.integrated:
        return 0.0
    fed = max(1, p.platforms - 1) if partner_operates(scenario) else p.platforms
    return (fed - 1.0) * (1.0 - p.integration)


def paperwork(scenario: Scenario) -> float:
    """Return the share of staff time that paperwork takes."""
    p = scenario.paperwork
    return float(
        paperwork_share(p.base_share, p.share_per_platform, further_platforms(scenario), p.screen_rate, p.cap)
    )


def _closing(scenario: Scenario) -> dict[str, float]:
    c = scenario.closing
    return {
        "closing_intercept": logit(c.base_probability),
        "closing_called_back": called_back(scenario),
        "closing_due_pressure": c.due_effect + (c.deadline_pressure if c.evaluated else 0.0),
        "closing_ranking_pressure": c.ranking_pressure,
        "call_answer_intercept": logit(scenario.call.answer_probability),
        "cards_memory_days": scenario.cards.memory_days or -1.0,
        "operation_countersign_days": scenario.operation.countersign_days
        if partner_operates(scenario)
        else 0,
        "paperwork_entry_hours": scenario.paperwork.entry_minutes * further_platforms(scenario) / 60.0,
    }


def _derived(scenario: Scenario) -> dict[str, float]:
    v = scenario.verification
    adoption_only = v.mode == "adoption"
    patience = v.patience_mean if v.mode == "queue" else scenario.staff.patience_days
    innovation = v.p if adoption_only else scenario.adoption.innovation_per_year / DAYS_A_YEAR
    imitation = v.q + v.contact_rate if adoption_only else scenario.adoption.imitation_per_year / DAYS_A_YEAR
    fading = scenario.ties.fading_days
    memory = scenario.crews.memory_days
    ordered = scenario.shocks.flood_link_effect
    flooded = scenario.shocks.flood_accept_probability
    longest_wait = scenario.joint_session.longest_wait_weeks
    standards = scenario.standards
    shift = scenario.calendar.shift_hours
    back = standards.send_back_days if standards.enabled else None
    derived = {
        "standards_send_back_days": -1.0 if back is None else back,
        "referral_accept_intercept": accept_intercept(
            letter_probability(scenario), scenario.referral.frailty_sd
        ),
        "shocks_flood_accept_intercept": accept_intercept(
            scenario.referral.accept_probability if flooded is None else flooded, scenario.referral.frailty_sd
        ),
        "shocks_flood_link_effect": scenario.referral.link_effect if ordered is None else ordered,
        "plural_accept_intercept": accept_intercept(
            scenario.plural.accept_probability, scenario.referral.frailty_sd
        ),
        "first_call_accept_intercept": accept_intercept(
            scenario.first_call.accept_probability, scenario.referral.frailty_sd
        ),
        "shop_fronts_mend_intercept": accept_intercept(scenario.shop_fronts.mend_probability, 0.0),
        "calendar_week_hours": week_hours(scenario),
        "platform_shared_data": 1.0 if scenario.operation.integrated else scenario.paperwork.integration,
        "patrol_courier_rate_per_day": courier_rate(scenario),
        "adoption_innovation_per_day": innovation,
        "adoption_imitation_per_day": imitation,
        "staff_patience_days": -1.0 if patience is None else patience,
        "joint_session_longest_wait_weeks": -1.0 if longest_wait is None else longest_wait,
        "referral_shelf_days": scenario.referral.shelf_days or -1.0,
        "reporting_fading_days": scenario.reporting.fading_days or -1.0,
        "reporting_learning_memory_days": scenario.reporting.learning_memory_days or -1.0,
        "ties_fading_days": -1.0 if fading is None else fading,
        "crews_memory_days": -1.0 if memory is None else memory,
        "verification_tail_at": v.service_mean,
        "verification_second_mean": v.second_stage.mean if v.second_stage is not None else 0.0,
    }
    for name, values in (
        ("adoption_retention", scenario.adoption.retention),
        ("trust_standard_days", scenario.trust.standard_days),
        ("standards_length", (*standards.clock_hours, *(days * shift for days in standards.working_days))),
    ):
        for index, value in enumerate(values):
            derived[f"{name}_{index}"] = value
    return derived


def session_places(scenario: Scenario) -> int:
    """Return for how many cases units are asked together in a week; -1 without limit."""
    session = scenario.joint_session
    if not session.on_call:
        return session.capacity
    return -1 if session.calls_per_week is None else session.calls_per_week


@functools.cache
def _plain_keys() -> tuple[tuple[str, str, str], ...]:
    """Return every parameter that is one number, with its field and that field's type.

    A switch is a whole number.
    """
    types = {"a number": "f8", "a whole number": "i8", "true or false": "i8"}
    return tuple(
        (row.key, row.key.replace(".", "_"), types[row.type]) for row in describe() if row.type in types
    )


def _choices(scenario: Scenario) -> dict[str, int]:
    """Return what is chosen by name, or by several parameters together, as whole numbers."""
    d = scenario.deliberation
    v = scenario.verification
    patience = scenario.joint_session.leave_out_after
    record = {
        "joint_session_places": session_places(scenario),
        "joint_session_leave_out_after": -1 if patience is None else patience,
        "joint_session_convener_links": CONVENER_LINKS.index(scenario.joint_session.convener_links),
        "verification_mode": MODES.index(v.mode),
        "verification_network": NETWORKS.index(v.network),
        "verification_service_distribution": SHAPES.index(v.service_distribution),
        "mutual_aid_broadcast": int(scenario.mutual_aid.invitation == "broadcast"),
        "mutual_aid_dilemma": int(scenario.mutual_aid.answer == "dilemma"),
        "deliberation_above": int(d.agenda == "above"),
        "deliberation_by_building": int(d.electorate == "building"),
        "deliberation_majority": ("by_matter", "ordinary", "major").index(d.majority),
        "deliberation_plenary": int(d.opinion_rule == "plenary"),
        "closing_enabled": int(paper_possible(scenario)),
        "roster_finish": int(scenario.roster.at_shift_end == "finish"),
        "routing_authority_table": int(scenario.routing.authority_table or scenario.operation.integrated),
        "operation_partner": int(partner_operates(scenario)),
    }
    record.update({f"standards_tiers_{i}": tier for i, tier in enumerate(scenario.standards.tiers)})
    if v.mode == "adoption":
        record["platform_enabled"] = 1
    return record


@functools.lru_cache(maxsize=8)
def _record_type(names: tuple[tuple[str, str], ...]) -> np.dtype:
    return np.dtype(list(names))


def numbers(scenario: Scenario) -> np.ndarray:
    """Return the one-record array `State.par` of a scenario.

    What is derived from several parameters stands in the place of the plain one of the same name.
    """
    values = flatten(scenario)
    fields: dict[str, tuple[str, Any]] = {name: (kind, values[key]) for key, name, kind in _plain_keys()}
    fields.update({name: ("i8", value) for name, value in _choices(scenario).items()})
    for derived in (_derived(scenario), _closing(scenario)):
        fields.update({name: ("f8", value) for name, value in derived.items()})
    par = np.zeros(1, _record_type(tuple((name, kind) for name, (kind, _) in fields.items())))
    for name, (_, value) in fields.items():
        if not math.isfinite(value):
            raise ValueError(f"{name} is not finite")
    par[0] = tuple(value for _, value in fields.values())
    return par
