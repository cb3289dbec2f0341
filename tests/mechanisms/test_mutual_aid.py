"""What residents do for each other: help, ties, sales, gifts, standing pairs, a shortage."""

from tests.guarantees.runs import NO_USERS, TINY
from tests.mechanisms.checks import Break, Neutral, at_work_test, limit_test, neutral_test
from tests.mechanisms.mutual_aid_systems import SYSTEMS

NEUTRAL = {
    "mutual aid that nobody gives": Neutral(
        ("mutual_aid.enabled=true", "mutual_aid.act_probability=0"), ("mutual_aid.enabled=false",)
    ),
    "mutual aid without users or entries by staff": Neutral(
        ("mutual_aid.enabled=true",),
        ("mutual_aid.enabled=false",),
        (*NO_USERS, "mutual_aid.cadre_entry_probability=0"),
    ),
    "mutual aid without helpable needs": Neutral(
        ("mutual_aid.enabled=true",), ("mutual_aid.enabled=false",), ("demand.helpable_share=0",)
    ),
    "success where activity never fades": Neutral(
        ("adoption.success_factor=.5",),
        ("adoption.success_factor=1",),
        ("platform.enabled=true", "mutual_aid.enabled=true", "adoption.retention=[1, 1, 1]"),
    ),
    "ties without help": Neutral(
        ("ties.after_help=1",), ("ties.after_help=0",), ("mutual_aid.enabled=false",)
    ),
    "bystanders where five are asked": Neutral(
        ("mutual_aid.bystander_exponent=1",),
        ("mutual_aid.bystander_exponent=0",),
        # With a room for 5 and everybody active the number asked is always 5.
        (
            "platform.enabled=true",
            "mutual_aid.enabled=true",
            "adoption.initial_registered=1",
            "adoption.initial_active=1",
            "adoption.retention=[1, 1, 1]",
            "adoption.net_use=1",
            "adoption.able=1",
        ),
    ),
    "a request to everybody where some to be asked are everybody": Neutral(
        ("mutual_aid.invitation=broadcast",),
        ("mutual_aid.invitation=ranked",),
        ("mutual_aid.invited=1000", "community.residents=350", "community.merchants=0"),
    ),
    "reciprocity where nobody was helped": Neutral(
        ("mutual_aid.reciprocity_factor=5",),
        ("mutual_aid.reciprocity_factor=1",),
        ("mutual_aid.act_probability=0",),
    ),
    "neighbours asked in person where nobody knows anybody": Neutral(
        ("mutual_aid.offline_ties=true",),
        ("mutual_aid.offline_ties=false",),
        ("ties.mean_degree=0", "ties.after_help=0"),
    ),
    "fading of ties where none are made": Neutral(
        ("ties.fading_days=10",), ("ties.fading_days=null",), ("ties.after_help=0",)
    ),
    "ties from meetings without events": Neutral(("ties.after_meeting=.5",), ("ties.after_meeting=0",)),
    "a sale to which nobody comes": Neutral(
        ("charity_sale.enabled=true", "charity_sale.take_part_probability=0"), ("charity_sale.enabled=false",)
    ),
    "appeals to which nobody gives": Neutral(
        ("donation.enabled=true", "donation.give_probability=0", "donation.hardship_share=.5"),
        ("donation.enabled=false", "donation.hardship_share=.5"),
    ),
    "pairs to which nobody commits": Neutral(
        ("standing_pair.enabled=true", "standing_pair.commit_probability=0"),
        ("standing_pair.enabled=false",),
        leave_out=("visits",),
    ),
    "a shortage in which nobody runs short": Neutral(
        ("shortage.enabled=true", "shortage.start_day=30"),
        ("shortage.enabled=false",),
        ("shortage.stock_median=100000", "shortage.stock_sigma=0"),
    ),
    "a shortage without a platform or anybody to ask in person": Neutral(
        ("shortage.enabled=true", "shortage.start_day=30"),
        ("shortage.enabled=false",),
        ("platform.enabled=false", "mutual_aid.offline_ties=false"),
    ),
}
AT_WORK = {
    "mutual aid": ("mutual_aid.enabled=true", "mutual_aid.enabled=false"),
    "success": ("adoption.success_factor=.1", "adoption.success_factor=1"),
    "ties": ("ties.after_help=1", "ties.after_help=0"),
    "bystanders": (
        "mutual_aid.bystander_exponent=1.2",
        "mutual_aid.bystander_exponent=0",
        "mutual_aid.invited=20",
    ),
    "tie factor": ("mutual_aid.tie_factor=8", "mutual_aid.tie_factor=1"),
    "broadcast": ("mutual_aid.invitation=broadcast", "mutual_aid.invitation=ranked"),
    "dilemma": ("mutual_aid.answer=dilemma", "mutual_aid.answer=propensity"),
    "reciprocity": ("mutual_aid.reciprocity_factor=5", "mutual_aid.reciprocity_factor=1"),
    "in person": ("mutual_aid.offline_ties=true", "mutual_aid.offline_ties=false"),
    "fading": ("ties.fading_days=10", "ties.fading_days=null"),
    "sale": ("charity_sale.enabled=true", "charity_sale.enabled=false"),
    "meetings": (
        "ties.after_meeting=1",
        "ties.after_meeting=0",
        "charity_sale.enabled=true",
        "charity_sale.take_part_probability=.5",
    ),
    "appeals": ("donation.enabled=true", "donation.enabled=false", "donation.appeals_per_year=5"),
    "pairs": ("standing_pair.enabled=true", "standing_pair.enabled=false"),
    "shortage": ("shortage.enabled=true", "shortage.enabled=false", "shortage.start_day=30"),
}
COVERING = {
    "exchange among residents": (
        "co_governance",
        (
            *TINY,
            "county.communities=2",
            "mutual_aid.offline_ties=true",
            "mutual_aid.reciprocity_factor=2",
            "charity_sale.enabled=true",
            "charity_sale.every_days=5",
            "charity_sale.take_part_probability=.5",
            "donation.enabled=true",
            "donation.hardship_share=.3",
            "donation.appeals_per_year=30",
            "donation.give_probability=.3",
            "standing_pair.enabled=true",
            "standing_pair.recurring_share=.8",
            "standing_pair.every_days=2",
            "standing_pair.commit_probability=.3",
            "standing_pair.life_days=6",
            "points.enabled=true",
            "points.redeem_at=20",
            "points.gaming_share=.2",
            "shortage.enabled=true",
            "shortage.start_day=8",
            "shortage.days=20",
            "shortage.stock_median=6",
            "shortage.give_probability=.5",
            "ties.fading_days=5",
            "ties.after_meeting=.5",
            "platform.start_day=2",
            "platform.rollout_innovation_per_year=50",
            "adoption.verified_share=.9",
        ),
        1,
    ),
    "exchange in person and to everybody": (
        "administration_led",
        (
            *TINY,
            "mutual_aid.enabled=true",
            "mutual_aid.offline_ties=true",
            "mutual_aid.invitation=broadcast",
            "mutual_aid.answer=dilemma",
            "platform.enabled=true",
            "shortage.enabled=true",
            "shortage.start_day=3",
        ),
        2,
    ),
}
BREAKS = [
    Break(
        "helpers rest half as long again",
        "rules/resident.py",
        "return fatigue * math.exp(-math.log(2.0) * days / half_life)",
        "return fatigue * math.exp(-math.log(2.0) * days / (1.5 * half_life))",
        "fatigue of helpers",
        part="people",
    ),
    Break(
        "bystander effect from ten people on",
        "rules/resident.py",
        "math.log(invited / 5.0)",
        "math.log(invited / 10.0)",
        "help, 20",
        part="people",
    ),
    Break(
        "helpers come however late",
        "mechanisms/mutual_aid/mutual_aid.py",
        "soonest = wait",
        "soonest = 100.0 * wait",
        "help, 5",
        part="people",
    ),
    Break(
        "dilemma with all for the others",
        "rules/resident.py",
        "/ (invited - 1.0))",
        "/ invited)",
        "volunteer's dilemma, 5",
        part="asking",
    ),
    Break(
        "a broadcast counts everybody twice",
        "mechanisms/mutual_aid/mutual_aid.py",
        "invited += 1",
        "invited += 2",
        "broadcast to 59",
        part="asking",
    ),
    Break(
        "neighbours sought to one side only",
        "mechanisms/mutual_aid/invitation.py",
        "for side in (-1, 1):",
        "for side in (1, 1):",
        "nearest helper, density 0.3",
        part="asking",
    ),
    Break(
        "in person only users are asked",
        "mechanisms/mutual_aid/invitation.py",
        "return by_tie or s.account",
        "return s.account",
        "ties asked in person",
        part="asking",
    ),
    Break(
        "pairs last a third longer",
        "mechanisms/mutual_aid/standing_pair.py",
        "life = exponential(",
        "life = 1.33 * exponential(",
        "standing pairs",
        part="giving",
    ),
    Break(
        "worth rounded up",
        "mechanisms/mutual_aid/charity_sale.py",
        "math.ceil(worth - 0.5)",
        "math.ceil(worth)",
        "charity sale",
        part="giving",
    ),
    Break(
        "gifts beyond what is asked",
        "mechanisms/mutual_aid/donation.py",
        'gift = min(missing, s.par[0]["donation_gift_yuan"])\n            missing -= gift',
        'gift = s.par[0]["donation_gift_yuan"]\n            missing = max(0, missing - gift)',
        "gifts to a named person",
        part="giving",
    ),
    Break(
        "a unit in use is thrown away when somebody looks",
        "mechanisms/mutual_aid/shortage.py",
        '["wear"] = due - whole',
        '["wear"] = 0.0',
        "shortage, nobody gives",
        part="giving",
    ),
    Break(
        "ties fade half as fast",
        "mechanisms/mutual_aid/ties.py",
        "end = t + mean * exponential(",
        "end = t + 2.0 * mean * exponential(",
        "ties that fade",
        part="lasting",
    ),
    Break(
        "units given stay with the giver",
        "mechanisms/mutual_aid/shortage.py",
        '    s.household[g]["stock"] -= units\n',
        "",
        "tests/mechanisms/test_mutual_aid_books.py",
    ),
    Break(
        "a faded tie still counts at one end",
        "mechanisms/mutual_aid/ties.py",
        "    _one_way(s, b, a, -1, t)\n",
        "",
        "tests/mechanisms/test_mutual_aid_books.py",
    ),
]


LIMITS = SYSTEMS

test_neutral = neutral_test(NEUTRAL)
test_at_work = at_work_test(AT_WORK)
test_limit = limit_test(LIMITS)
