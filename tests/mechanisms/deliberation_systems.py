"""Deliberation with known answers: turnout and majorities, attendance, and what channels hear."""

import math

import numpy as np
from scipy import stats

from sim import Records, simulate
from tests.truth.community import isolated
from tests.truth.equivalence import Experiment, Values

#: Councils every week, each on one topic with one case; everybody of a household of one owns; the case is a
#: need that everybody of the community reports at once and that nobody works on.
COUNCIL: dict[str, object] = {
    "deliberation.enabled": "true",
    "deliberation.every_weeks": 1,
    "deliberation.topics": 1,
    "deliberation.cases_per_topic": 1,
    "deliberation.stuck_after_days": 0,
    "deliberation.weight_web": 1,
    "deliberation.weight_mailbox": 0,
    "deliberation.weight_petitions": 0,
    "deliberation.coverage_web": 1,
    "deliberation.web_factor_60plus": 1,
    "deliberation.misfiled": 0,
    "deliberation.learning": 0,
    "deliberation.tie_probability": 0,
    "deliberation.preparation_hours": 0,
    "deliberation.hours": 0,
    "deliberation.stake": 0,
    "deliberation.turnout_stake": 0,
    "deliberation.outreach": 0,
    "deliberation.owner_share": 1,
    "deliberation.owner_share_migrant": 1,
    "deliberation.area_sigma": 0,
    "deliberation.invited": 0,
    "deliberation.budget_per_year": 0,
    "deliberation.cost_per_hour": 1,
    "community.household_size": 1,
    "demand.rate": 3,
    # No unit ever takes its part on: every case stays known and unsolved.
    "demand.organisations_shares": "[0,1,0]",
    "demand.level_given_organisations": "[[1,0,0],[0,1,0],[0,1,0]]",
    "referral.accept_probability": 1e-9,
    "referral.chasing_hours_per_month": 0,
}


def held(settings: dict[str, object], seed: int, replication: int) -> Records:
    """Return the records of a run with councils."""
    return simulate(isolated({**COUNCIL, **settings}), seed, replication)


def condorcet(voters: int, yes: float, share: float, strict: bool) -> float:
    """Return P(at least, or more than, a share of independent voters say yes): a sum of binomial terms."""
    needed = math.floor(share * voters + 1e-9) + 1 if strict else math.ceil(share * voters - 1e-9)
    return float(stats.binom.sf(needed - 1, voters, yes))


def passing(
    owners: int, turnout: float, yes: float, quorum: float, share: float, strict: bool
) -> tuple[float, float]:
    """Return P(quorum) and P(pass given quorum): the two stages of article 278 with equal areas."""
    least = math.ceil(quorum * owners - 1e-9)
    weights = {n: float(stats.binom.pmf(n, owners, turnout)) for n in range(max(1, least), owners + 1)}
    met = sum(weights.values())
    agreed = sum(weight * condorcet(n, yes, share, strict) for n, weight in weights.items())
    return met, agreed / met


#: Owners of the community whose vote is counted.
OWNERS = 24


def _all_sign(owners: int, turnout: float, yes: float) -> Experiment:
    """The veto rule: all must vote and agree, with probability (turnout · yes) to the number of owners."""
    settings: dict[str, object] = {
        "community.residents": owners,
        "county.communities": 700,
        "deliberation.topics": 9,
        "deliberation.electorate": "community",
        "deliberation.turnout": turnout,
        "deliberation.support_width": 1,
        "deliberation.yes_above": 1.0 - yes,
        "deliberation.majority": "major",
        "deliberation.quorum": 1,
        "deliberation.major_majority": 1,
        "deliberation.every_weeks": 2,
        "demand.rate": 300,
        "staff.per_10k": 0,
        "horizon_days": 20,
        "followup_days": 0,
    }

    def once(seed: int, replication: int) -> Values:
        meetings = held(settings, seed, replication).meetings
        voted = meetings[meetings["voted"]]
        return {"cases": len(voted), "all have signed": float(voted["passed"].mean())}

    results = {"all have signed": (turnout * yes) ** owners}
    return Experiment(f"vote, all of {owners} must sign", once, results, replications=12)


def _votes(turnout: float, yes: float, majority: str, share: float, strict: bool) -> Experiment:
    """Independent owners: the quorum and the majority are sums of binomial terms."""
    # Opinions lie evenly on [0, 1]: the share above the threshold is the probability of a yes. They are a
    # person's own on each topic, so every topic of every community is an independent vote in the one council
    # that is held.
    settings: dict[str, object] = {
        "community.residents": OWNERS,
        "county.communities": 700,
        "deliberation.topics": 9,
        "deliberation.electorate": "community",
        "deliberation.turnout": turnout,
        "deliberation.support_width": 1,
        "deliberation.yes_above": 1.0 - yes,
        "deliberation.majority": majority,
        "deliberation.every_weeks": 2,
        "demand.rate": 60,
        "staff.per_10k": 0,
        "horizon_days": 20,
        "followup_days": 0,
    }
    met, passed = passing(OWNERS, turnout, yes, 2 / 3, share, strict)

    def once(seed: int, replication: int) -> Values:
        meetings = held(settings, seed, replication).meetings
        voted = meetings[meetings["voted"]]
        assert (voted["owners"] == OWNERS).all()
        quorum = voted["quorum"].to_numpy(bool)
        return {
            "cases": len(voted),
            "quorum": float(quorum.mean()),
            "passed, given quorum": float(voted["passed"].to_numpy()[quorum].mean()),
            "votes per owner": float(voted["owners_share"].mean()),
        }

    results = {"quorum": met, "passed, given quorum": passed, "votes per owner": turnout}
    return Experiment(f"vote, turnout {turnout:g}, {majority} majority", once, results, replications=12)


def _attendance() -> Experiment:
    """People of the same propensity follow an invitation with the stated probability."""
    probability = 0.2
    settings: dict[str, object] = {
        "community.residents": 3000,
        "deliberation.invited": 300,
        "deliberation.size": 200,
        "deliberation.rounds": 0,
        "deliberation.attend_probability": probability,
        "deliberation.attend_cap": 1,
        "demand.rate": 0.01,
    }

    def once(seed: int, replication: int) -> Values:
        records = held(settings, seed, replication)
        meetings = records.meetings.drop_duplicates(["community", "council"])
        attended = int(meetings["attendants"].sum())
        assert records.people["attendances"].sum() == attended
        return {"cases": attended, "attended": attended / float(meetings["invited"].sum())}

    return Experiment("attendance", once, {"attended": probability}, replications=10)


def _heard(misfiled: float) -> Experiment:
    """What is misfiled at random mixes the true shares with equal ones: p(1 − ν) + ν/K."""
    shares = np.array([0.5, 0.3, 0.2, 0, 0, 0, 0, 0, 0])
    settings: dict[str, object] = {
        "community.residents": 4000,
        "deliberation.misfiled": misfiled,
        "deliberation.coverage_web": 0.5,
        "deliberation.web_loudness": 0,
        "deliberation.topics": 1,
        "deliberation.every_weeks": 20,
        "demand.category_shares": "{market: .5, utilities: .3, housing: .2, construction: 0, traffic: 0, "
        "order: 0, labour: 0, dispute: 0, property: 0}",
    }
    mixed = (1.0 - misfiled) * shares + misfiled / shares.size

    def once(seed: int, replication: int) -> Values:
        meetings = held(settings, seed, replication).meetings
        return {
            "cases": 5000 * len(meetings),
            "salience of the first topic": float(meetings["salience"].mean()),
        }

    results = {"salience of the first topic": float(mixed[0])}
    return Experiment(f"channel, {misfiled:.0%} misfiled", once, results, replications=10)


SYSTEMS = [
    _votes(0.65, 0.55, "ordinary", 0.5, True),
    _votes(0.75, 0.8, "major", 0.75, False),
    _all_sign(4, 0.9, 0.9),
    _attendance(),
    _heard(0.0),
    _heard(0.4),
]
