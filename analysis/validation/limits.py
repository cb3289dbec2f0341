"""Arithmetic and limits with known answers, as the running engine gives them: a sample of `tests/truth`.

The tests hold every mechanism to its limit with stated power; here are the few that a reader asks for, small
enough to run beside everything else.
"""

from typing import Any

import numpy as np

from analysis.statistics.reference_results import bass, burden_load, harmonic, mmc_wait, trust_limit
from analysis.validation.row import Row, within

#: What must be set for nothing to happen but by the mechanism in question: the full engine with
#: everything else switched off, or made instant and certain.
ISOLATED: dict[str, object] = {
    "warmup_days": 0,
    "horizon_days": 300,
    "followup_days": 200,
    "calendar.round_the_clock": "true",
    "calendar.shift_hours": 24,
    "community.residents": 2000,
    "community.merchants": 0,
    "community.share_under14": 0,
    "community.share_60plus": 0,
    "ties.mean_degree": 0,
    "demand.rate": 3,
    "demand.season_amplitude": 0,
    "demand.weekly_cv": 0,
    "demand.organisations_shares": "[1,0,0]",
    "demand.level_given_organisations": "[[1,0,0],[1,0,0],[1,0,0]]",
    "demand.public_share": 0,
    "demand.severity_sd": 0,
    "demand.urgent_share": 0,
    "demand.helpable_share": 0,
    "demand.desk_share": 0,
    "demand.work_hours": "[0.001,0.001,0.001]",
    "demand.work_cv": 0,
    "reporting.base_rate_per_day": 1000,
    "reporting.fading_days": "null",
    "reporting.learning_weight": 0,
    "reporting.learning_memory_days": "null",
    "reporting.sorting_share": 0,
    "demand.noticing": 0,
    "demand.local_cv": 0,
    "demand.report_delay_days": 0,
    "closing.enabled": "false",
    "referral.shelf_days": "null",
    "reporting.trust_weight": 0,
    "reporting.propensity_sigma": 0,
    "reporting.repeat_after_days": 36500,
    "reporting.cost_office": 0,
    "reporting.cost_phone": 0,
    "reporting.cost_app": 0,
    "intake.minutes": 0,
    "intake.repeat_recognised": 0,
    "first_call.share": 0,
    "shop_fronts.share": 0,
    "routing.misroute": 0,
    "staff.per_10k": 1000,
    "staff.patience_days": "null",
    "staff.take_over_per_hour": 0,
    "units.officers_per_10k": "[6000,6000,6000]",
    "units.background_load_sd": 0,
    "units.load_response": 0,
    "referral.frailty_sd": 0,
    "referral.link_effect": 0,
    "referral.convener_effect": 0,
    "referral.share_effect": 0,
    "referral.chasing_hours_per_month": 0,
    "joint_session.longest_wait_weeks": "null",
    "joint_session.capacity": 100_000,
    "joint_session.preparation_hours": 0,
    "joint_session.meeting_hours": 0,
    "joint_session.travel_hours": 0,
    "joint_session.absence_intercept": -50,
    "joint_session.absence_slope": 0,
    "trust.enabled": "false",
    "crews.organisers_per_10k": 0,
}

#: Everybody registered and active at time 0, and nothing to do.
RETENTION: dict[str, object] = {
    **ISOLATED,
    "community.residents": 10_000,
    "horizon_days": 200,
    "followup_days": 0,
    "demand.rate": 0,
    "platform.enabled": "true",
    "adoption.net_use": 1,
    "adoption.able": 1,
    "adoption.initial_registered": 1,
    "adoption.initial_active": 1,
    "adoption.innovation_per_year": 0,
    "adoption.imitation_per_year": 0,
}

# --- queue and diffusion ---------------------------------------------------------------------------------

_SERVERS, _RATE, _MEAN = 3, 42.0, 0.05
_QUEUE = {
    "warmup_days": 45,
    "horizon_days": 6000,
    "followup_days": 20,
    "ledger": "none",
    "verification.arrival_rate": _RATE,
    "verification.servers": _SERVERS,
    "verification.service_mean": _MEAN,
}
_PEOPLE, _P, _Q, _DAY = 100_000, 0.003, 0.05, 60
_BASS = {
    "horizon_days": _DAY + 1,
    "ledger": "none",
    "verification.population": _PEOPLE,
    "verification.p": _P,
    "verification.q": _Q,
}


def _queue_wait(records: Any) -> float:
    moments = records.moments
    return float(moments["wait"].sum() / moments["served"].sum())


def _adopted(records: Any) -> float:
    return float(records.daily["adopters"].iloc[_DAY - 1]) / _PEOPLE


# --- coordination ----------------------------------------------------------------------------------------

_WORK_DAYS = 5.0
_TWO_OTHERS = {
    **ISOLATED,
    "demand.organisations_shares": "[0,0,1]",
    "units.work_days": _WORK_DAYS,
    "referral.accept_probability": 0.999999,
}
_TOGETHER = {
    **_TWO_OTHERS,
    "joint_session.enabled": "true",
    "joint_session.weekday": 2,
    "joint_session.hour": 14,
}
_ONE_ASK = {
    **_TWO_OTHERS,
    "units.work_days": 0.05,
    "referral.accept_probability": 0.55,
    "joint_session.enabled": "true",
    "referral.retries": 0,
    "referral.escalation": "false",
}


def _inside(records: Any) -> Any:
    cases = records.cases
    return cases[cases["arisen_at"] < records.settings.horizon_days]


def _days_by_letter(records: Any) -> float:
    cases = _inside(records)
    return float((cases["closed_at"] - cases["service_started_at"]).mean())


def _days_together(records: Any) -> float:
    cases = _inside(records)
    first = records.settings.joint_session.weekday + records.settings.joint_session.hour / 24.0
    session = first + 7.0 * np.ceil((cases["service_started_at"] - first) / 7.0)
    return float((cases["closed_at"] - session).mean())


def _all_agreed(records: Any) -> float:
    return float((_inside(records)["status"] == "solved").mean())


# --- people ----------------------------------------------------------------------------------------------

_OBSERVERS, _BASE = 20, 0.002
_WATCHED = {
    **ISOLATED,
    "community.residents": 6000,
    "staff.per_10k": 0,
    "demand.public_share": 1,
    "demand.exposure_median": _OBSERVERS,
    "demand.exposure_sigma": 0,
    "demand.rate": 1,
    "horizon_days": 100,
    "followup_days": 0,
    "reporting.repeat_after_days": 1e-9,
    "reporting.base_rate_per_day": _BASE,
}
_SUCCESS, _GAIN, _LOSS = 0.6, 0.05, 0.12
_JUDGED = {
    **ISOLATED,
    "community.residents": 400,
    "horizon_days": 500,
    "followup_days": 0,
    "staff.per_10k": 0,
    "demand.rate": 100,
    "demand.desk_share": _SUCCESS,
    "trust.enabled": "true",
    "trust.gain": _GAIN,
    "trust.loss": _LOSS,
    "trust.standard_days": "[1,1,1]",
    "trust.initial_mean": 0.9,
    "trust.initial_sd": 0,
}


def _rate_from_duplicates(records: Any) -> float:
    cases = records.cases
    reported = cases["reported_at"].notna()
    watched = (records.settings.horizon_days - cases["reported_at"][reported]).sum() * _OBSERVERS
    return float(cases["duplicates"].sum() / watched)


def _settled_trust(records: Any) -> float:
    daily = records.daily
    return float(daily["trust_mean"][(daily["day"] >= 350) & (daily["day"] % 30 == 0)].mean())


def _burden(records: Any) -> float:
    end = records.daily.iloc[-1]
    return float(end["staff_hours_demanded"] / end["staff_hours_available"])


_BURDEN_SOURCE = (
    "Design calculation: staff 18 per 10,000, .30 cases a resident-year of 3.95 h, 1,760 h a year"
)

VERIFICATION: tuple[Row, ...] = (
    *(
        Row(
            f"burden_{round(100 * share)}",
            "verification",
            f"Load of staff with {share:.0%} of time on paperwork",
            f"填报占{share:.0%}时的负荷",
            *within(load, 0.02),
            _BURDEN_SOURCE,
            _burden,
            scenario="verification/burden",
            settings={"paperwork.base_share": share, "horizon_days": 1092, "demand.work_cv": 0},
            needs=("verification/burden",),
            absent="The scenario verification/burden is not there yet.",
        )
        for share, load in ((s, burden_load(0.30, 3.95, 18, 1760, 1 - s, 0.75)) for s in (0.20, 0.35, 0.50))
    ),
    Row(
        "queue_wait",
        "verification",
        "Wait in M/M/3 at a load of .7, days",
        "M/M/3队列（负荷0.7）的等待",
        *within(mmc_wait(_RATE, _MEAN, _SERVERS, 0.0).mean, 0.03),
        "Erlang C",
        _queue_wait,
        "days",
        scenario="verification/queue",
        settings=_QUEUE,
    ),
    Row(
        "bass",
        "verification",
        f"Adopters after {_DAY} days",
        f"{_DAY}天后的采用者比例",
        *within(bass(_DAY, _P, _Q), 0.03),
        "Bass 1969, closed form",
        _adopted,
        "share",
        scenario="verification/adoption",
        settings=_BASS,
    ),
    Row(
        "letters",
        "verification",
        "Two other units one after another: k/μ",
        "两单位依次办理：k/μ",
        *within(2.0 * _WORK_DAYS, 0.03),
        "k/μ",
        _days_by_letter,
        "days",
        settings=_TWO_OTHERS,
    ),
    Row(
        "together",
        "verification",
        "Two other units together: H_k/μ",
        "两单位同时办理：H_k/μ",
        *within(harmonic(2) * _WORK_DAYS, 0.03),
        "mean of the longest of k exponential times",
        _days_together,
        "days",
        settings=_TOGETHER,
    ),
    Row(
        "all_agree",
        "verification",
        "Session without a second chance: all agree, Π(1 − r)",
        "一次会商全体同意：Π(1−r)",
        *within(0.55**2, 0.03),
        "independent answers",
        _all_agreed,
        "share",
        settings=_ONE_ASK,
    ),
    Row(
        "report_rate",
        "verification",
        "Reporting rate recovered from duplicates, per day",
        "由重复反映推得的反映速率",
        *within(_BASE, 0.03),
        "Poisson: Σ duplicates / Σ exposure (Liu, Bhandaram and Garg 2023)",
        _rate_from_duplicates,
        "per day",
        settings=_WATCHED,
    ),
    Row(
        "trust",
        "verification",
        "Trust when 60 % is solved in time",
        "六成按时解决时的信任",
        *within(trust_limit(_SUCCESS, _GAIN, _LOSS), 0.03),
        "fixed point s·η₊/(s·η₊ + (1 − s)·η₋)",
        _settled_trust,
        settings=_JUDGED,
    ),
)
