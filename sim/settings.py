"""The numbers of a scenario as compiled code reads them: one record, `State.par`.

A change of a value never recompiles anything. Names are the parameter's key with dots as underscores;
elements of a list end in their index. What is derived from several parameters is made here, once.
"""

import functools
import math
from typing import Any

import numpy as np

from sim.agents.cadre import paperwork_share
from sim.distributions import SHAPES
from sim.parameters import Scenario, flatten
from sim.state import MODES, NETWORKS

#: Levels whose authority a convener may bring.
CONVENER_LINKS = ("none", "street", "county")

_FLAGS_AND_COUNTS = (
    "calendar.round_the_clock",
    "deliberation.cases_per_topic",
    "deliberation.every_weeks",
    "deliberation.facilitator",
    "deliberation.invited",
    "deliberation.rounds",
    "deliberation.size",
    "deliberation.topics",
    "deliberation.weekday",
    "closing.evaluated",
    "joint_session.capacity",
    "joint_session.convener",
    "joint_session.enabled",
    "joint_session.parallel_work",
    "joint_session.weekday",
    "charity_sale.enabled",
    "donation.asked_people",
    "donation.enabled",
    "donation.gift_yuan",
    "mutual_aid.enabled",
    "mutual_aid.invited",
    "mutual_aid.offline_ties",
    "points.enabled",
    "shortage.ask_units",
    "shortage.asked_holders",
    "shortage.enabled",
    "standing_pair.enabled",
    "referral.escalation",
    "referral.retries",
    "referral.retries_escalated",
    "reporting.published_status",
    "roster.on_call",
    "standards.pause_outside",
    "standards.pause_shelved",
    "standards.redispatch_restarts",
    "standards.urgent_tier",
    "trust.enabled",
    "platform.apps",
    "platform.enabled",
    "plural.menu_size",
    "plural.menu_weeks",
)
_NUMBERS = (
    "warmup_days",
    "horizon_days",
    "adoption.campaign_rate_per_day",
    "adoption.contact_probability",
    "adoption.success_factor",
    "calendar.shift_hours",
    "calendar.shift_start_hour",
    "calendar.working_days_per_week",
    "charity_sale.every_days",
    "charity_sale.hour_yuan",
    "charity_sale.item_yuan",
    "charity_sale.service_days",
    "charity_sale.take_part_probability",
    "donation.appeals_per_year",
    "donation.asked_yuan",
    "donation.give_probability",
    "community.building_residents",
    "deliberation.app_factor",
    "deliberation.attend_cap",
    "deliberation.attend_probability",
    "deliberation.budget_per_year",
    "deliberation.confidence",
    "deliberation.cost_per_hour",
    "deliberation.coverage_mailbox",
    "deliberation.coverage_petitions",
    "deliberation.coverage_web",
    "deliberation.facilitator_confidence",
    "deliberation.facilitator_focus",
    "deliberation.facilitator_hours",
    "deliberation.hour",
    "deliberation.hours",
    "deliberation.implementation_days",
    "deliberation.learning",
    "deliberation.major_majority",
    "deliberation.mediation_hours",
    "deliberation.misfiled",
    "deliberation.motivation_gain",
    "deliberation.openness",
    "deliberation.ordinary_majority",
    "deliberation.outreach",
    "deliberation.petition_factor_young",
    "deliberation.preparation_hours",
    "deliberation.quorum",
    "deliberation.skill_confidence",
    "deliberation.stake",
    "deliberation.stuck_after_days",
    "deliberation.support_mean",
    "deliberation.support_width",
    "deliberation.tie_probability",
    "deliberation.turnout",
    "deliberation.turnout_stake",
    "deliberation.web_factor_60plus",
    "deliberation.web_loudness",
    "deliberation.weight_mailbox",
    "deliberation.weight_petitions",
    "deliberation.weight_web",
    "deliberation.yes_above",
    "community.household_size",
    "closing.callback_after_days",
    "closing.callback_effect",
    "closing.callback_minutes",
    "closing.due_within_days",
    "closing.effort_share",
    "closing.load_reference",
    "closing.load_slope",
    "intake.merge_probability",
    "intake.merged_minutes",
    "intake.minutes",
    "intake.revisit_probability",
    "intake.triage_hours",
    "joint_session.absence_intercept",
    "joint_session.absence_slope",
    "joint_session.hour",
    "joint_session.meeting_hours",
    "joint_session.preparation_hours",
    "joint_session.start_day",
    "joint_session.travel_hours",
    "mutual_aid.act_probability",
    "mutual_aid.bystander_exponent",
    "mutual_aid.cadre_entry_probability",
    "mutual_aid.cost_over_benefit",
    "mutual_aid.delay_days",
    "mutual_aid.fatigue_halflife_days",
    "mutual_aid.probability_cap",
    "mutual_aid.reciprocity_factor",
    "mutual_aid.tie_factor",
    "mutual_aid.unmatched_after_days",
    "mutual_aid.weekly_hours_cap",
    "patrol.elder_factor",
    "patrol.homes_passed_per_hour",
    "patrol.homes_visited_per_hour",
    "patrol.hours_per_week",
    "patrol.registered_factor",
    "plural.longest_backlog_weeks",
    "points.activity_factor",
    "points.daily_cap",
    "points.effect_days",
    "points.help_factor",
    "points.per_active_day",
    "points.per_help",
    "points.redeem_at",
    "referral.answer_days",
    "referral.bounce_delay_days",
    "referral.chasing_hours_per_month",
    "referral.convener_effect",
    "referral.escalation_delay_days",
    "referral.frailty_sd",
    "referral.link_effect",
    "referral.load_reference",
    "referral.load_slope",
    "referral.reopen_after_days",
    "referral.share_effect",
    "referral.shelved_cost_share",
    "reporting.base_rate_per_day",
    "reporting.cost_app",
    "reporting.cost_office",
    "reporting.cost_phone",
    "reporting.published_factor",
    "reporting.repeat_after_days",
    "reporting.trust_weight",
    "routing.misroute",
    "routing.misroute_hours",
    "routing.misroute_with_table",
    "roster.overtime_hours_per_week",
    "shortage.ask_again_days",
    "shortage.ask_ahead_days",
    "shortage.days",
    "shortage.give_probability",
    "shortage.reserve_share",
    "shortage.start_day",
    "shocks.flood_days",
    "shocks.give_hours",
    "shocks.give_intercept",
    "shocks.give_loss_weight",
    "shocks.give_trust_weight",
    "shocks.loss_per_day",
    "staff.skill_cadres",
    "staff.skill_needs",
    "staff.embedded",
    "staff.spill_after_working_days",
    "staff.spill_probability",
    "staff.travel_hours",
    "staff.travel_repeat_share",
    "staff.two_person_share",
    "standards.extension_at",
    "standards.extension_hours",
    "standards.extension_probability",
    "standards.extension_share",
    "standing_pair.commit_probability",
    "standing_pair.every_days",
    "standing_pair.life_days",
    "standing_pair.reliability",
    "standing_pair.visit_hours",
    "ties.after_help",
    "ties.after_meeting",
    "trust.expectation_step",
    "trust.gain",
    "trust.loss",
    "trust.own_weight",
    "trust.published_weight",
    "trust.satisfaction_disconfirmation",
    "trust.satisfaction_expectation",
    "trust.satisfaction_performance",
    "trust.story_weight",
    "units.load_response",
    "verification.feedback",
    "verification.service_cv",
    "verification.service_mean",
)

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
    """Return the hazard, per day, that some courier reports a given public problem; 0 without a platform."""
    p = scenario.patrol
    if not scenario.platform.enabled:
        return 0.0
    return p.couriers_per_10k * p.courier_passes_per_day * p.courier_report_probability


def letter_probability(scenario: Scenario) -> float:
    """Return the probability that a unit accepts a letter at the reference load."""
    more = scenario.closing.oversight_effect if scenario.closing.oversight else 0.0
    return min(scenario.referral.accept_probability + more, 1.0 - 1e-9)


#: The logit of a probability of 0: no sum of effects comes back from there.
NEVER_LOGIT = -1e9


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
    base = c.base_probability
    return {
        "closing_intercept": math.log(base / (1.0 - base)) if base > 0.0 else NEVER_LOGIT,
        "closing_called_back": called_back(scenario),
        "closing_due_pressure": c.due_effect + (c.deadline_pressure if c.evaluated else 0.0),
        "closing_ranking_pressure": c.ranking_pressure,
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
        "calendar_week_hours": week_hours(scenario),
        "platform_shared_data": 1.0 if scenario.operation.integrated else scenario.paperwork.integration,
        "patrol_courier_rate_per_day": courier_rate(scenario),
        "adoption_innovation_per_day": innovation,
        "adoption_imitation_per_day": imitation,
        "staff_patience_days": -1.0 if patience is None else patience,
        "joint_session_longest_wait_weeks": -1.0 if longest_wait is None else longest_wait,
        "ties_fading_days": -1.0 if fading is None else fading,
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


def numbers(scenario: Scenario) -> np.ndarray:
    """Return the one-record array `State.par` of a scenario."""
    values = flatten(scenario)
    record: dict[str, Any] = {}
    for key in _FLAGS_AND_COUNTS:
        record[key.replace(".", "_")] = int(values[key])
    record["joint_session_convener_links"] = CONVENER_LINKS.index(scenario.joint_session.convener_links)
    record["verification_mode"] = MODES.index(scenario.verification.mode)
    record["verification_network"] = NETWORKS.index(scenario.verification.network)
    record["verification_service_distribution"] = SHAPES.index(scenario.verification.service_distribution)
    record["mutual_aid_broadcast"] = int(scenario.mutual_aid.invitation == "broadcast")
    record["mutual_aid_dilemma"] = int(scenario.mutual_aid.answer == "dilemma")
    d = scenario.deliberation
    record["deliberation_above"] = int(d.agenda == "above")
    record["deliberation_by_building"] = int(d.electorate == "building")
    record["deliberation_majority"] = ("by_matter", "ordinary", "major").index(d.majority)
    record["deliberation_plenary"] = int(d.opinion_rule == "plenary")
    if scenario.verification.mode == "adoption":
        record["platform_enabled"] = 1
    for index, tier in enumerate(scenario.standards.tiers):
        record[f"standards_tiers_{index}"] = tier
    record["closing_enabled"] = int(paper_possible(scenario))
    table = scenario.routing.authority_table or scenario.operation.integrated
    record["routing_authority_table"] = int(table)
    record["operation_partner"] = int(partner_operates(scenario))
    whole = len(record)
    for key in _NUMBERS:
        record[key.replace(".", "_")] = float(values[key])
    record.update(_derived(scenario))
    record.update(_closing(scenario))
    types = [(name, "i8" if i < whole else "f8") for i, name in enumerate(record)]
    par = np.zeros(1, np.dtype(types))
    for name, value in record.items():
        if not math.isfinite(value):
            raise ValueError(f"{name} is not finite")
        par[name][0] = value
    return par
