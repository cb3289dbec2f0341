"""Parameters of those who supply service beside the staff, in hours of their own (model.md S7, S14)."""

from typing import Literal

from sim.parameters.schema import Group, par


class Plural(Group):
    """Property companies, owners' committees, social organisations and firms that take cases on."""

    enabled: bool = par(
        False, "Suppliers other than staff are offered what the community could do alone.", grade="setting"
    )
    accept_probability: float = par(
        0.6,
        "Probability that a supplier takes a case on at the reference load; neutral at 0.",
        grade="assumed",
        unit="probability",
        ge=0,
        le=1,
        low=0.2,
        high=0.9,
        note="With referral.frailty_sd, .load_slope and .load_reference as for any other unit.",
    )
    menu: Literal["all", "above", "learned"] = par(
        "all",
        "Which categories of need suppliers take on: all they have authority over; only those on a menu "
        "fixed above, the heaviest of deliberation.topics_above; or those most asked for lately.",
        grade="setting",
        note="Administration-led supply offers a fixed menu, demand-oriented supply what is asked for (Shen "
        "Yongdong, 2022). With needs from a request file everything is offered.",
    )
    menu_size: int = par(
        3,
        "Categories on the menu; neutral at all of them.",
        grade="assumed",
        unit="categories",
        ge=0,
        le=9,
        low=1,
        high=9,
    )
    menu_weeks: int = par(
        4,
        "Weeks after which a menu that is learned is made anew.",
        grade="assumed",
        unit="weeks",
        ge=1,
        le=520,
        low=1,
        high=26,
    )
    longest_backlog_weeks: float = par(
        1.0,
        "A supplier that has promised this much of its coming time is not asked.",
        grade="assumed",
        unit="weeks",
        gt=0,
        le=520,
        low=0.5,
        high=4,
    )
    property_company_hours: float = par(
        30.0,
        "Hours that property companies give to cases, for every 10,000 residents; neutral at 0.",
        grade="assumed",
        unit="hours per week",
        ge=0,
        le=1e12,
        low=0,
        high=80,
    )
    owners_committee_hours: float = par(
        5.0,
        "Hours that owners' committees give to cases, for every 10,000 residents; neutral at 0.",
        grade="assumed",
        unit="hours per week",
        ge=0,
        le=1e12,
        low=0,
        high=20,
    )
    social_organisation_hours: float = par(
        20.0,
        "Hours that social organisations give to cases, for every 10,000 residents; neutral at 0.",
        grade="assumed",
        unit="hours per week",
        ge=0,
        le=1e12,
        low=0,
        high=80,
    )
    enterprise_hours: float = par(
        10.0,
        "Hours that firms give to cases, for every 10,000 residents; neutral at 0.",
        grade="assumed",
        unit="hours per week",
        ge=0,
        le=1e12,
        low=0,
        high=40,
    )


class FirstCall(Group):
    """Property company and owners' committee, whom residents call before the community."""

    share: float = par(
        0.2,
        "Share of residents' problems, of the kinds that property companies or owners' committees may act "
        "on, with which residents call these first; neutral at 0.",
        grade="assumed",
        unit="share",
        ge=0,
        le=1,
        low=0,
        high=0.8,
        note="Drawn for the problem, not for the person. Questions settled at the desk are not among them; "
        "what takes other organisations is, since whoever lives there cannot tell.",
    )
    accept_probability: float = par(
        0.7,
        "Probability that one who is called takes on, at the reference load, what it can do alone.",
        grade="assumed",
        unit="probability",
        ge=0,
        le=1,
        low=0.3,
        high=0.95,
        note="With referral.frailty_sd, .load_slope and .load_reference as for any other unit; the load is "
        "how much of its coming week is promised.",
    )
    answer_days: float = par(
        0.5,
        "Working days until those who are called say yes or no.",
        grade="assumed",
        unit="days",
        ge=0,
        le=365,
        low=0,
        high=3,
    )
    begin_within_days: float = par(
        3.0,
        "Working days after the answer by which work must have begun, or whoever called goes on to the "
        "community.",
        grade="assumed",
        unit="days",
        ge=0,
        le=3650,
        low=1,
        high=10,
    )
    property_company_hours: float = par(
        60.0,
        "Hours that property companies have for residents' calls, for every 10,000 residents; without hours "
        "nobody calls them.",
        grade="assumed",
        unit="hours per week",
        ge=0,
        le=1e12,
        low=10,
        high=200,
    )
    owners_committee_hours: float = par(
        5.0,
        "Hours that owners' committees have for residents' calls, for every 10,000 residents; without hours "
        "nobody calls them.",
        grade="assumed",
        unit="hours per week",
        ge=0,
        le=1e12,
        low=0,
        high=20,
    )
