"""Parameters of other organisations: units, referral between them, joint sessions and who convenes them."""

from typing import Literal

from sim.parameters.schema import Group, Triple, par


class Units(Group):
    """Units other than the community: bureaus, utilities, property companies, social organisations."""

    officers_per_10k: Triple = par(
        (20.0, 38.0, 18.0),
        "Officers for every 10,000 residents at community, street and county level.",
        grade="assumed",
        unit="persons per 10,000",
        note="Vary all three together by a factor of 0.5 to 2.",
    )
    background_load: float = par(
        0.8,
        "Share of officers' time taken by work outside the model.",
        grade="assumed",
        unit="share",
        ge=0,
        lt=1,
        low=0.5,
        high=0.95,
    )
    background_load_sd: float = par(
        0.05,
        "Standard deviation of the background load between units.",
        grade="assumed",
        unit="share",
        ge=0,
        le=1,
        low=0,
        high=0.15,
    )
    work_days: float = par(
        5.0,
        "Mean time a unit takes for its part of a case at the reference load.",
        grade="assumed",
        unit="working days",
        gt=0,
        le=3650,
        low=1,
        high=20,
    )
    session_hours_per_week: float = par(
        4.0,
        "Hours an officer can give to joint sessions.",
        grade="assumed",
        unit="hours per week",
        ge=0,
        le=168,
        low=0,
        high=40,
    )
    due_date_weight: float = par(
        0.0,
        "As staff.due_date_weight, for officers of units among the parts promised; neutral at 0.",
        grade="assumed",
        unit="share",
        ge=0,
        le=1,
        low=0,
        high=1,
    )
    load_response: float = par(
        1.0,
        "How far work on cases moves a unit's load; at 0 the load stays at its background.",
        grade="assumed",
        unit="share",
        ge=0,
        le=1,
        low=0,
        high=1,
    )


class Referral(Group):
    """Asking other units, one after another, with refusal and escalation (model.md S2)."""

    accept_probability: float = par(
        0.55,
        "Probability that a unit accepts a letter at the reference load.",
        grade="assumed",
        unit="probability",
        gt=0,
        lt=1,
        low=0.2,
        high=0.8,
    )
    frailty_sd: float = par(
        1.0,
        "Standard deviation of the readiness of a unit for a case, on the logit scale.",
        grade="assumed",
        ge=0,
        le=10,
        low=0,
        high=2,
    )
    load_slope: float = par(
        2.0,
        "Fall of the logit of acceptance for every unit of load.",
        grade="assumed",
        ge=0,
        le=100,
        low=0,
        high=4,
    )
    load_reference: float = par(
        0.8, "Load at which accept_probability holds.", grade="setting", unit="share", ge=0, le=1
    )
    link_effect: float = par(
        0.5,
        "Rise of the logit of acceptance where a link of authority exists; neutral at 0.",
        grade="assumed",
        ge=0,
        le=10,
        low=0,
        high=1.5,
    )
    convener_effect: float = par(
        1.0,
        "Rise of the logit of acceptance where a convener asks; neutral at 0.",
        grade="assumed",
        ge=0,
        le=10,
        low=0,
        high=2.5,
        note="No source. Results are always shown with 0 as well.",
    )
    share_effect: float = par(
        0.5,
        "Rise of the logit of acceptance as the share of committed others goes from 0 to 1; neutral at 0.",
        grade="assumed",
        ge=0,
        le=10,
        low=0,
        high=1.5,
    )
    answer_days: float = par(
        0.0,
        "Mean time until a unit asked by letter answers; neutral at 0.",
        grade="assumed",
        unit="working days",
        ge=0,
        le=3650,
        low=0,
        high=15,
        note="Sessions are answered on the spot: at 0 they compete with letters answered at once. Circular "
        "letters between departments are answered within 3 to 15 working days where a rule exists.",
    )
    retries: int = par(
        2,
        "Times a unit is asked again after a refusal.",
        grade="assumed",
        unit="times",
        ge=0,
        le=1000,
        low=0,
        high=10,
    )
    retries_escalated: int = par(
        0,
        "Times a unit is asked again after escalation.",
        grade="assumed",
        unit="times",
        ge=0,
        le=1000,
        low=0,
        high=10,
    )
    bounce_delay_days: float = par(
        2.0,
        "Delay before a refused case is sent again.",
        grade="assumed",
        unit="working days",
        ge=0,
        le=3650,
        low=0.5,
        high=5,
    )
    escalation: bool = par(True, "Cases refused too often go up a level.", grade="setting")
    escalation_delay_days: float = par(
        5.0, "Delay of an escalation.", grade="assumed", unit="working days", ge=0, le=3650, low=2, high=15
    )
    shelved_cost_share: float = par(
        0.25,
        "Share of the staff hours of a case that is spent by the time it is shelved.",
        grade="assumed",
        unit="share",
        ge=0,
        le=1,
        low=0,
        high=0.5,
    )
    chasing_hours_per_month: float = par(
        0.5,
        "Staff hours spent on chasing a shelved case.",
        grade="assumed",
        unit="hours per month",
        ge=0,
        le=744,
        low=0,
        high=2,
    )
    shelf_days: float | None = par(
        90.0,
        "Time after which a shelved case is struck off the list, at the next monthly chasing: unsolved, it "
        "is chased no more and is no open case; it comes back as others do. Neutral at null: it never is.",
        grade="assumed",
        unit="days",
        gt=0,
        le=36500,
        low=30,
        high=730,
        note="Without it the shelf, and the hours of chasing, grow for ever, and no place comes to rest.",
    )
    reopen_after_days: float = par(
        90.0,
        "Time after which a shelved case is asked for again.",
        grade="assumed",
        unit="days",
        gt=0,
        le=36500,
        low=30,
        high=365,
    )
    authority_links: bool = par(
        False, "The community has links of authority to units (embedded cadres).", grade="setting"
    )


class JointSession(Group):
    """Units are asked together: at a weekly session, or called for one case (model.md S3, S13)."""

    enabled: bool = par(False, "Hold joint sessions, weekly or on call.", grade="setting")
    start_day: float = par(
        0.0,
        "Day, from time 0, on which somebody begins to convene and takes shelved cases off the shelf; "
        "neutral at 0: sessions are held from the first week on.",
        grade="setting",
        unit="days",
        ge=0,
        le=1e7,
    )
    weekday: int = par(2, "Day of the session, 0 for Monday.", grade="setting", unit="weekday", ge=0, le=6)
    hour: float = par(
        14.0, "Hour at which the session starts.", grade="setting", unit="hour of day", ge=0, lt=24
    )
    capacity: int = par(
        6,
        "Cases a session can take; neutral at 0.",
        grade="assumed",
        unit="cases per week",
        ge=0,
        le=100_000,
        low=2,
        high=20,
    )
    longest_wait_weeks: float | None = par(
        4.0,
        "A case joins the waiting list if its place is at most this far away, else it goes by letter; "
        "null: it always waits.",
        grade="assumed",
        unit="weeks",
        gt=0,
        le=10_000,
        low=1,
        high=26,
        note="Without a limit, a list that grows faster than sessions are held takes every case with it.",
    )
    on_call: bool = par(
        False,
        "Convene on call (吹哨报到): units are called for a case when it is ready; no weekly session.",
        grade="setting",
        note="Who is called, who convenes and what it costs are as in a session.",
    )
    call_within_days: float = par(
        0.25,
        "Time within which the units that are called come together.",
        grade="assumed",
        unit="working days",
        ge=0,
        le=3650,
        low=0.02,
        high=2,
        note="Pinggu, Beijing, demanded half an hour (支部生活 2022/8): .06 of a day of eight hours.",
    )
    call_absence_effect: float = par(
        1.0,
        "Fall of the logit of absence where units are called for one case; neutral at 0.",
        grade="assumed",
        ge=0,
        le=50,
        low=0,
        high=3,
        note="No source. Results are always shown with 0 as well.",
    )
    calls_per_week: int | None = par(
        None,
        "Most cases a community calls units for in a week; others wait. null: no limit; neutral at 0.",
        grade="assumed",
        unit="cases per week",
        ge=0,
        le=100_000,
        low=2,
        high=20,
    )
    severity_weight: float = par(
        0.0,
        "Weight of severity in which waiting case is taken first; with all three weights at 0 first come, "
        "first served.",
        grade="assumed",
        ge=-100,
        le=100,
        low=0,
        high=2,
    )
    affected_weight: float = par(
        0.0,
        "Weight of the log number of people affected in which waiting case is taken first.",
        grade="assumed",
        ge=-100,
        le=100,
        low=0,
        high=2,
    )
    age_weight: float = par(
        0.0,
        "Weight of the weeks since the first report in which waiting case is taken first.",
        grade="assumed",
        unit="per week",
        ge=-100,
        le=100,
        low=0,
        high=1,
    )
    leave_out_after: int | None = par(
        None,
        "Sessions missed in a row after which a unit is left out and asked by telephone; null: never.",
        grade="assumed",
        unit="sessions",
        ge=1,
        le=100_000,
        low=1,
        high=5,
    )
    preparation_hours: float = par(
        2.0, "Staff hours to prepare one case.", grade="assumed", unit="hours", ge=0, le=168, low=0.5, high=6
    )
    meeting_hours: float = par(
        1.0,
        "Hours every attendee spends on one case.",
        grade="assumed",
        unit="hours",
        ge=0,
        le=24,
        low=0.5,
        high=3,
    )
    travel_hours: float = par(
        0.5, "Hours every attendee travels.", grade="assumed", unit="hours", ge=0, le=24, low=0, high=2
    )
    absence_intercept: float = par(
        -2.0,
        "Logit of the probability of absence at the reference load.",
        grade="assumed",
        ge=-50,
        le=50,
        low=-4,
        high=0,
    )
    absence_slope: float = par(
        3.0,
        "Rise of the logit of absence for every unit of load.",
        grade="assumed",
        ge=-50,
        le=50,
        low=0,
        high=6,
    )
    convener: bool = par(
        True, "Somebody with standing convenes (see referral.convener_effect).", grade="setting"
    )
    convener_links: Literal["none", "street", "county"] = par(
        "none",
        "Highest level whose authority the convener brings to a session; neutral at none.",
        grade="setting",
        note="Works through referral.link_effect, apart from referral.convener_effect. A Wuhan street "
        "reports 25 weekly meetings, with bureau leaders at five, and no progress (weak source).",
    )
    parallel_work: bool = par(
        True, "Units that committed work at the same time; false: one after another.", grade="setting"
    )
