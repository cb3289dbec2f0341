"""Parameters of how cases end on the books: coping, evaluation, call-back, oversight (model.md S6)."""

from sim.parameters.schema import Group, par


class Closing(Group):
    """Closing a case on paper only, and what keeps staff from it or drives them to it."""

    enabled: bool = par(True, "Staff and units under load may close a case on paper only.", grade="setting")
    base_probability: float = par(
        0.10,
        "Probability of closing on paper at the reference load, nothing due, no call-back; neutral at 0.",
        grade="assumed",
        unit="probability",
        ge=0,
        lt=1,
        low=0.03,
        high=0.25,
        note="One community in Beijing was reported at 15 % (weak); half of the repeated complaints of one "
        "district followed on closings of this kind (weak).",
    )
    load_slope: float = par(
        2.0,
        "Rise of the logit of closing on paper for every unit of load of the last 20 working days.",
        grade="assumed",
        ge=-100,
        le=100,
        low=0,
        high=8,
        note="That coping rises with load: Lipsky (1980).",
    )
    load_reference: float = par(
        0.5,
        "Load at which base_probability holds.",
        grade="setting",
        unit="share",
        ge=0,
        le=10,
        note="About the load of the default place, so that there one closing in ten is on paper.",
    )
    due_effect: float = par(
        0.5,
        "Rise of the logit where the case is due soon, or overdue; neutral at 0.",
        grade="assumed",
        ge=-10,
        le=10,
        low=0,
        high=2,
    )
    due_within_days: float = par(
        2.0, "What counts as due soon.", grade="assumed", unit="days", ge=0, le=365, low=1, high=5
    )
    effort_share: float = par(
        0.20,
        "Share of the hours of the last work on a case that closing it on paper takes.",
        grade="assumed",
        unit="share",
        ge=0,
        le=1,
        low=0.05,
        high=0.5,
    )
    callback_share: float = par(
        0.0,
        "Share of the closings by staff and units after which whoever reported is called; neutral at 0.",
        grade="assumed",
        unit="share",
        ge=0,
        le=1,
        low=0,
        high=0.5,
    )
    callback_effect: float = par(
        1.0,
        "Fall of the logit where every closing is called back; in proportion to the share that is.",
        grade="assumed",
        ge=-10,
        le=10,
        low=0,
        high=2,
    )
    callback_minutes: float = par(
        6.0,
        "Staff minutes of one call.",
        grade="assumed",
        unit="minutes",
        ge=0,
        le=1440,
        low=3,
        high=10,
        note="As long as an operator takes for an order at the Beijing hotline.",
    )
    callback_after_days: float = par(
        3.0,
        "Time from closing to the call.",
        grade="assumed",
        unit="working days",
        ge=0,
        le=365,
        low=1,
        high=7,
    )
    evaluated: bool = par(
        False,
        "Teams are evaluated: by deadlines, and every four weeks by rank in the share closed on time.",
        grade="setting",
    )
    deadline_pressure: float = par(
        0.5,
        "Further rise of the logit for a case due soon where teams are evaluated; neutral at 0.",
        grade="assumed",
        ge=-10,
        le=10,
        low=0,
        high=2,
    )
    ranking_pressure: float = par(
        0.5,
        "Rise of the logit in a team that closed less on time than all teams of its kind; neutral at 0.",
        grade="assumed",
        ge=-10,
        le=10,
        low=0,
        high=2,
    )
    oversight: bool = par(False, "A complaint may reach the superiors of whoever is asked.", grade="setting")
    oversight_effect: float = par(
        0.09,
        "Rise of the probability that a unit accepts a letter, at the reference load; neutral at 0.",
        grade="assumed",
        unit="probability",
        ge=0,
        le=1,
        low=0.05,
        high=0.15,
        source="Chen, Pan and Xu 2016: county governments replied considerably more often if superiors might "
        "hear of it; the size of 8 to 10 points is from memory of that study",
    )
