"""What residents do for each other, with known answers: asking, distance, ties, pairs, sales, gifts."""

import math
from collections.abc import Mapping

import numpy as np

from sim import Records
from tests.truth import exact
from tests.truth.community import counted, run
from tests.truth.equivalence import Experiment, Values

#: Everybody of working age is a user of the app from the first day on, and stays one.
_EVERYBODY_A_USER: dict[str, object] = {
    "platform.enabled": "true",
    "adoption.net_use": 1,
    "adoption.able": 1,
    "adoption.initial_registered": 1,
    "adoption.initial_active": 1,
    "adoption.retention": "[1,1,1]",
}


def _help(invited: int, exponent: float) -> Experiment:
    """Strangers of the same propensity are asked: somebody says yes in time with probability 1 − (1 − p)ⁿ."""
    act, delay, wait = 0.08, 0.3, 1.0
    one = act * (invited / 5.0) ** -exponent
    in_time = 1.0 - math.exp(-wait / delay)
    settings = {
        "demand.rate": 10,
        "demand.helpable_share": 1,
        **_EVERYBODY_A_USER,
        "adoption.innovation_per_year": 0,
        "adoption.imitation_per_year": 0,
        "ties.after_help": 0,
        "mutual_aid.enabled": "true",
        "mutual_aid.act_probability": act,
        "mutual_aid.invited": invited,
        "mutual_aid.bystander_exponent": exponent,
        "mutual_aid.probability_cap": 1,
        "mutual_aid.delay_days": delay,
        "mutual_aid.unmatched_after_days": wait,
        "mutual_aid.fatigue_halflife_days": 0.001,
        "mutual_aid.weekly_hours_cap": 168,
    }

    def once(seed: int, replication: int) -> Values:
        records = run({**settings, "community.residents": 3000}, seed, replication)
        cases = counted(records)
        return {"cases": len(cases), "helped": float((cases["solved_by"] == "neighbour").mean())}

    results = {"helped": 1.0 - (1.0 - one * in_time) ** invited}
    return Experiment(
        f"help, {invited} invited, bystander exponent {exponent:g}", once, results, replications=12
    )


def _fatigue() -> Experiment:
    """The nearest neighbour alone is asked again and again: p·2^(−F), F the acts before, halved in ten days.

    The history of each helper is read off the ledger, and their fatigue worked out from it anew.
    """
    act, half_life, residents = 0.3, 10.0, 400
    settings = {
        "community.residents": residents,
        "demand.rate": 40,
        "demand.helpable_share": 1,
        **_EVERYBODY_A_USER,
        "ties.after_help": 0,
        "mutual_aid.enabled": "true",
        "mutual_aid.act_probability": act,
        "mutual_aid.invited": 1,
        "mutual_aid.bystander_exponent": 0,
        "mutual_aid.probability_cap": 1,
        "mutual_aid.delay_days": 0,
        "mutual_aid.unmatched_after_days": 0.001,
        "mutual_aid.fatigue_halflife_days": half_life,
        "mutual_aid.weekly_hours_cap": 168,
    }

    def once(seed: int, replication: int) -> Values:
        records = run(settings, seed, replication)
        place = {who: at for at, who in enumerate(records.people["person_id"])}
        cases = records.cases[records.cases["accepted_at"].notna()].sort_values("accepted_at")
        fatigue = np.zeros(residents)
        since = np.zeros(residents)
        helped, expected = 0, 0.0
        who = cases["requester_id"].map(place).to_numpy()
        for owner, asked_at, solver in zip(
            who, cases["accepted_at"].to_numpy(), cases["solved_by"].astype(str), strict=True
        ):
            # The one who lives before them on the path; the first has only the one after.
            helper = owner - 1 if owner > 0 else 1
            fatigue[helper] *= 2.0 ** (-(asked_at - since[helper]) / half_life)
            since[helper] = asked_at
            expected += act * 2.0 ** -fatigue[helper]
            if solver == "neighbour":
                helped += 1
                fatigue[helper] += 1.0
        return {"cases": len(cases), "helped over expected": helped / expected}

    return Experiment("fatigue of helpers", once, {"helped over expected": 1.0}, replications=12)


#: Everybody is a user and active throughout; nobody tires.
ALL_ACTIVE: dict[str, object] = {
    "platform.enabled": "true",
    "adoption.net_use": 1,
    "adoption.able": 1,
    "adoption.net_use_60plus": 1,
    "adoption.able_60plus": 1,
    "adoption.initial_registered": 1,
    "adoption.initial_active": 1,
    "adoption.retention": "[1,1,1]",
    "adoption.innovation_per_year": 0,
    "adoption.imitation_per_year": 0,
    "adoption.contact_probability": 0,
    "mutual_aid.probability_cap": 1,
    "mutual_aid.fatigue_halflife_days": 0.001,
    "mutual_aid.weekly_hours_cap": 168,
    "mutual_aid.tie_factor": 1,
    "mutual_aid.bystander_exponent": 0,
}
#: Every need is put to neighbours, and whoever says yes does so at once.
ASKED: dict[str, object] = {
    **ALL_ACTIVE,
    "mutual_aid.enabled": "true",
    "demand.helpable_share": 1,
    "mutual_aid.delay_days": 0,
    "mutual_aid.unmatched_after_days": 0.001,
    "ties.after_help": 0,
}


def _helped(name: str, settings: Mapping[str, object], share: float) -> Experiment:
    def once(seed: int, replication: int) -> Values:
        cases = counted(run({**ASKED, "demand.rate": 10, **settings}, seed, replication), ["solved_by"])
        return {"cases": len(cases), "nobody helps": float((cases["solved_by"] != "neighbour").mean())}

    return Experiment(name, once, {"nobody helps": share}, replications=12)


def _dilemma(invited: int, ratio: float) -> Experiment:
    settings = {
        "community.residents": 3000,
        "mutual_aid.invited": invited,
        "mutual_aid.answer": "dilemma",
        "mutual_aid.cost_over_benefit": ratio,
    }
    name = f"volunteer's dilemma, {invited} invited"
    return _helped(name, settings, exact.nobody_helps(ratio, invited))


def _broadcast(residents: int, exponent: float) -> Experiment:
    """All but the one in need are asked, and each feels the less called the more they are."""
    act, others = 0.02, residents - 1
    one = act * (others / 5.0) ** -exponent
    settings = {
        "community.residents": residents,
        "demand.rate": 400,
        "mutual_aid.act_probability": act,
        "mutual_aid.invited": 3,
        "mutual_aid.invitation": "broadcast",
        "mutual_aid.bystander_exponent": exponent,
    }
    return _helped(f"broadcast to {others}", settings, (1.0 - one) ** others)


def _nearest(density: float) -> Experiment:
    """One person is asked, the nearest active user on the path; the ends of the path are left out."""
    residents, margin = 20_000, 200
    settings = {
        **ASKED,
        "community.residents": residents,
        "demand.rate": 1,
        "adoption.initial_registered": density,
        "mutual_aid.invited": 1,
        "mutual_aid.act_probability": 1,
        "mutual_aid.cadre_entry_probability": 1,
    }

    def once(seed: int, replication: int) -> Values:
        cases = counted(run(settings, seed, replication))
        inside = (cases["requester_id"] >= margin) & (cases["requester_id"] < residents - margin)
        cases = cases[inside & (cases["helper_id"] >= 0)]
        distance = (cases["helper_id"] - cases["requester_id"]).abs()
        return {"cases": len(cases), "distance": float(distance.mean())}

    results = {"distance": exact.nearest_on_a_path(density)}
    return Experiment(f"nearest helper, density {density:g}", once, results, replications=round(5 / density))


def _in_person() -> Experiment:
    """Without a platform ties are asked in person: each helps with the same probability."""
    act, factor = 0.05, 3.0
    settings = {
        **ASKED,
        "platform.enabled": "false",
        "mutual_aid.enabled": "false",
        "mutual_aid.offline_ties": "true",
        "mutual_aid.act_probability": act,
        "mutual_aid.tie_factor": factor,
        "mutual_aid.invited": 100,
        "community.residents": 2000,
        "ties.mean_degree": 4,
        "demand.rate": 10,
    }

    def once(seed: int, replication: int) -> Values:
        records = run(settings, seed, replication)
        state, cases = records.built.state, counted(records)
        owners = state.need["owner"][cases["case_id"]]
        start, to = state.tie_start, state.tie_to
        known = np.array([len(set(to[start[p] : start[p + 1]].tolist())) for p in range(2000)])[owners]
        expected = 1.0 - (1.0 - act * factor) ** known
        helped = (cases["solved_by"] == "neighbour").mean()
        return {"cases": len(cases), "helped over expected": float(helped / expected.mean())}

    return Experiment("ties asked in person", once, {"helped over expected": 1.0}, replications=12)


def _fading() -> Experiment:
    """A tie not renewed for a time x is still there with probability e^(−x/L), whatever came before.

    Help is asked of everybody, so that who helps does not depend on who is tied to whom.
    """
    life = 40.0
    settings = {
        **ASKED,
        "community.residents": 120,
        "demand.rate": 20,
        "mutual_aid.invitation": "broadcast",
        "mutual_aid.act_probability": 0.02,
        "ties.after_help": 1,
        "ties.fading_days": life,
        "horizon_days": 200,
        "followup_days": 0,
    }

    def once(seed: int, replication: int) -> Values:
        state = run(settings, seed, replication).built.state
        rows = state.new_tie[: int(state.clock["new_ties"][0]) : 2]
        age = float(state.clock["time"][0]) - rows["since"]
        return {
            "cases": len(rows),
            "still tied over expected": float((rows["to"] >= 0).sum() / np.exp(-age / life).sum()),
        }

    return Experiment("ties that fade", once, {"still tied over expected": 1.0}, replications=60)


def _pairs() -> Experiment:
    """Renewal: seeks until somebody commits, then visits until the pair ends."""
    commit, invited, every, life, reliability = 0.08, 5, 5.0, 40.0, 0.85
    settings = {
        **ALL_ACTIVE,
        "community.residents": 1500,
        "community.share_60plus": 1,
        "demand.rate": 0,
        "horizon_days": 1500,
        "followup_days": 0,
        "mutual_aid.invited": invited,
        "standing_pair.enabled": "true",
        "standing_pair.recurring_share": 0.3,
        "standing_pair.every_days": every,
        "standing_pair.commit_probability": commit,
        "standing_pair.life_days": life,
        "standing_pair.reliability": reliability,
    }

    def once(seed: int, replication: int) -> Values:
        daily = run(settings, seed, replication).daily
        # Ten pairs' lives after nobody was paired.
        counts = daily[["visits", "visits_made"]].iloc[-1] - daily[["visits", "visits_made"]].iloc[400]
        return {
            "cases": int(counts["visits"]),
            "visits made": float(counts["visits_made"] / counts["visits"]),
        }

    share = exact.visits_made(1.0 - (1.0 - commit) ** invited, math.exp(-every / life), reliability)
    return Experiment("standing pairs", once, {"visits made": share}, replications=10)


def _sale() -> Experiment:
    residents, take_part, item = 4000, 0.05, 12.0
    settings = {
        **ALL_ACTIVE,
        "community.residents": residents,
        "demand.rate": 0,
        "horizon_days": 300,
        "followup_days": 0,
        "charity_sale.enabled": "true",
        "charity_sale.every_days": 10,
        "charity_sale.take_part_probability": take_part,
        "charity_sale.item_yuan": item,
        "ties.after_meeting": 0,
    }

    def once(seed: int, replication: int) -> Values:
        last = run(settings, seed, replication).daily.iloc[-1]
        return {"cases": int(last["gifts"]), "raised in a sale": float(last["pool_raised"]) / 29.0}

    results = {"raised in a sale": residents * take_part * exact.whole_yuan(item)}
    return Experiment("charity sale", once, results, replications=12)


def _appeals() -> Experiment:
    asked, give, gift, sum_asked = 12, 0.2, 30, 90.0
    settings = {
        **ALL_ACTIVE,
        "community.residents": 3000,
        "demand.rate": 0,
        "horizon_days": 300,
        "followup_days": 0,
        "donation.enabled": "true",
        "donation.hardship_share": 0.2,
        "donation.appeals_per_year": 10,
        "donation.asked_yuan": sum_asked,
        "donation.asked_people": asked,
        "donation.give_probability": give,
        "donation.gift_yuan": gift,
    }

    def once(seed: int, replication: int) -> Values:
        rows = run(settings, seed, replication).built.state.appeal
        appeals = int(rows["appeals"].sum())
        expected = len(rows) * 10 * 300 / 365
        return {
            "cases": appeals,
            "appeals over expected": appeals / expected,
            "raised by an appeal": float(rows["raised"].sum()) / appeals,
        }

    results = {
        "appeals over expected": 1.0,
        "raised by an appeal": exact.raised(sum_asked, gift, asked, give),
    }
    return Experiment("gifts to a named person", once, results, replications=16)


def _shortage() -> Experiment:
    """Where nobody gives, a household lacks what its use exceeds its stock by; the rest is used."""
    days, use, median, sigma = 30.0, 0.2, 12.0, 1.0
    settings = {
        "community.residents": 4000,
        "demand.rate": 0,
        "horizon_days": 60,
        "followup_days": 0,
        "shortage.enabled": "true",
        "shortage.start_day": 10,
        "shortage.days": days,
        "shortage.use_per_day": use,
        "shortage.stock_median": median,
        "shortage.stock_sigma": sigma,
    }

    def lacking(size: int) -> float:
        """Return the mean of (use − whole units of a lognormal stock)⁺ for a household of `size`."""
        due = math.floor(size * use * days + 1e-9)
        below = [
            0.5 * (1.0 + math.erf(math.log(k / median) / (sigma * math.sqrt(2.0)))) for k in range(1, due + 1)
        ]
        return sum(below)

    def once(seed: int, replication: int) -> Values:
        records: Records = run(settings, seed, replication)
        rows = records.built.state.household
        sizes = np.rint(rows["use"] / use).astype(int)
        expected = sum(lacking(size) * int((sizes == size).sum()) for size in set(sizes.tolist()))
        return {"cases": len(rows), "lacking over expected": float(rows["unmet"].sum()) / expected}

    return Experiment("shortage, nobody gives", once, {"lacking over expected": 1.0}, replications=16)


SYSTEMS = [
    _help(5, 1.0),
    _help(20, 0.5),
    _fatigue(),
    _dilemma(5, 0.4),
    _dilemma(20, 0.4),
    _broadcast(60, 1.0),
    _broadcast(150, 0.5),
    _nearest(0.05),
    _nearest(0.3),
    _in_person(),
    _fading(),
    _pairs(),
    _sale(),
    _appeals(),
    _shortage(),
]
