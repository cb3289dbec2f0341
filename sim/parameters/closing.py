"""How cases end on the books: coping, evaluation, call-back, oversight (S6); refusals, calls, cards (S14)."""

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


class Refusal(Group):
    """What becomes of a unit's refusal: a review (退单), and in the end the last resort (兜底)."""

    review: bool = par(
        False,
        "A unit's refusal of a letter is reviewed (退单).",
        grade="setting",
        note="Beijing's draft standard of December 2021. Refusals in a session are not.",
    )
    upheld_probability: float = par(
        0.5,
        "Probability that a review upholds the refusal; otherwise the unit takes its part. At 1, with days "
        "and hours 0, reviews change nothing.",
        grade="assumed",
        unit="probability",
        ge=0,
        le=1,
        low=0.1,
        high=0.9,
    )
    review_days: float = par(
        1.0, "Time a review takes.", grade="assumed", unit="working days", ge=0, le=3650, low=0, high=3
    )
    unit_hours: float = par(
        0.5,
        "Officer's hours of a refusal that is reviewed.",
        grade="assumed",
        unit="hours",
        ge=0,
        le=168,
        low=0,
        high=2,
    )
    staff_hours: float = par(
        0.25, "Staff hours of answering it.", grade="assumed", unit="hours", ge=0, le=168, low=0, high=1
    )
    last_resort_after: int = par(
        0,
        "Refusals of a part after which the community's staff do it themselves (兜底); neutral at 0: never.",
        grade="assumed",
        unit="refusals",
        ge=0,
        le=1000,
        low=0,
        high=5,
        note="Beijing's draft standard of December 2021 names a last resort; after how many refusals is not.",
    )


class Call(Group):
    """What whoever is called says, and whether they answer (see closing.callback_share)."""

    answer_probability: float = par(
        1.0,
        "Probability that somebody whose case is not solved answers the call; at 1 everybody answers.",
        grade="assumed",
        unit="probability",
        gt=0,
        le=1,
        low=0.3,
        high=1,
    )
    answer_effect: float = par(
        0.0,
        "Rise of the logit of answering where the case is solved (response bias); neutral at 0.",
        grade="assumed",
        ge=-10,
        le=10,
        low=-1,
        high=2,
    )
    says_solved: float = par(
        0.0,
        "Probability that somebody whose case is not solved says that it is; neutral at 0.",
        grade="assumed",
        unit="probability",
        ge=0,
        le=1,
        low=0,
        high=0.5,
        note="It stands for courtesy, pressure and questions that suggest the answer. The case is then not "
        "reopened.",
    )
    says_satisfied: float = par(
        0.0,
        "Probability that somebody not satisfied says they are; neutral at 0.",
        grade="assumed",
        unit="probability",
        ge=0,
        le=1,
        low=0,
        high=0.7,
    )
    satisfied_from: float = par(
        0.5,
        "Satisfaction from which somebody whose case is solved is satisfied.",
        grade="assumed",
        unit="0 to 1",
        ge=0,
        le=1,
        low=0.3,
        high=0.7,
    )
    contact_days: float = par(
        1.0,
        "Time from the report within which a first response counts as contacted in time.",
        grade="assumed",
        unit="days",
        ge=0,
        le=365,
        low=0.5,
        high=7,
    )
    overdue: bool = par(
        False,
        "The same share of cases still open when their standard ends is called as well.",
        grade="setting",
    )


class Cards(Group):
    """Every four weeks the teams with the lowest scores get a card: yellow, and red if it happens again."""

    enabled: bool = par(
        False, "Teams are scored by what is said at call-backs, the lowest get cards.", grade="setting"
    )
    start_day: float = par(
        0.0, "Day from which teams are scored.", grade="setting", unit="days", ge=0, le=1e7
    )
    lowest_share: float = par(
        0.2,
        "Share of the teams of a kind that get a card, of those with answers and below the common score.",
        grade="assumed",
        unit="share",
        ge=0,
        le=1,
        low=0.05,
        high=0.5,
    )
    red_after: int = par(
        2,
        "Card in a row from which it is red.",
        grade="assumed",
        unit="cards",
        ge=1,
        le=1000,
        low=2,
        high=4,
    )
    red_weight: float = par(
        2.0,
        "What a red card weighs, a yellow one being 1.",
        grade="assumed",
        ge=0,
        le=100,
        low=1,
        high=4,
    )
    memory_days: float | None = par(
        None,
        "Time in which the pressure of past cards falls to 1/e; null: it stays.",
        grade="assumed",
        unit="days",
        gt=0,
        le=1e6,
        low=90,
        high=1000,
    )
    accept_effect: float = par(
        0.0,
        "Rise of a unit's logit of acceptance for each card's weight; neutral at 0.",
        grade="assumed",
        ge=-10,
        le=10,
        low=0,
        high=1,
    )
    answer_effect: float = par(
        0.0,
        "Fall of the log of a unit's time to answer a letter for each card's weight; neutral at 0.",
        grade="assumed",
        ge=-10,
        le=10,
        low=0,
        high=1,
    )
    paper_effect: float = par(
        0.0,
        "Rise of a team's logit of closing on paper for each card's weight; neutral at 0.",
        grade="assumed",
        ge=-10,
        le=10,
        low=-0.5,
        high=1,
    )
