"""The app with known answers: a campaign that wins people, and several apps that do not see each other."""

import math

from tests.truth.community import run
from tests.truth.equivalence import Experiment, Values


def _campaign() -> Experiment:
    """Nobody joins but in a campaign: 1 − e^(−rate·days) of those who can, and nobody after its end."""
    residents, starts, lasts, rate = 20_000, 10, 180, -math.log(0.55) / 180.0
    settings = {
        "community.residents": residents,
        "horizon_days": 260,
        "followup_days": 0,
        "demand.rate": 0,
        "platform.enabled": "true",
        "adoption.net_use": 1,
        "adoption.able": 1,
        "adoption.initial_registered": 0,
        "adoption.innovation_per_year": 0,
        "adoption.imitation_per_year": 0,
        "adoption.contact_probability": 0,
        "adoption.campaigns": f"[{{start_day: {starts}, days: {lasts}}}]",
        "adoption.campaign_rate_per_day": rate,
    }
    days = {"half way": 100, "at its end": 190, "long after": 250}

    def once(seed: int, replication: int) -> Values:
        registered = run(settings, seed, replication).daily["registered"].to_numpy() / residents
        assert registered[starts - 1] == 0.0
        return {"cases": residents, **{name: registered[day - 1] for name, day in days.items()}}

    def joined(day: int) -> float:
        return 1.0 - math.exp(-rate * min(lasts, day - starts))

    return Experiment("campaign", once, {name: joined(day) for name, day in days.items()}, replications=12)


def _apps(apps: int, shared: float) -> Experiment:
    """Of m equally popular apps a report meets the first with probability 1/m, or where data are shared."""
    merges = 0.8
    settings = {
        # The first case of each cadre takes for ever, so that problems stay and are reported again.
        "staff.per_10k": 10,
        "demand.work_hours": "[1e6,1e6,1e6]",
        "demand.rate": 1,
        "demand.public_share": 1,
        "demand.exposure_median": 20,
        "demand.exposure_sigma": 0,
        "community.residents": 8000,
        "horizon_days": 150,
        "followup_days": 0,
        "reporting.base_rate_per_day": 0.002,
        "reporting.cost_office": 1,
        "reporting.cost_phone": 1,
        "platform.enabled": "true",
        "platform.apps": apps,
        "adoption.net_use": 1,
        "adoption.able": 1,
        "adoption.initial_registered": 1,
        "paperwork.platforms": 1,
        "paperwork.integration": shared,
        "intake.merge_probability": merges,
        # Hours on duplicates then count those not merged.
        "intake.merged_minutes": 0,
        "intake.triage_hours": 1,
        "intake.revisit_probability": 0,
    }

    def once(seed: int, replication: int) -> Values:
        end = run(settings, seed, replication).daily.iloc[-1]
        return {
            "cases": float(end["duplicates"]),
            "merged": float(1.0 - end["staff_hours_duplicates"] / end["duplicates"]),
        }

    exact = merges * (1.0 / apps + (1.0 - 1.0 / apps) * shared)
    name = f"number of apps {apps}, {shared:.0%} of data shared"
    return Experiment(name, once, {"merged": exact}, replications=20)


def takeup() -> list[Experiment]:
    """Return all experiments on the app."""
    return [_campaign(), _apps(1, 0.0), _apps(3, 0.0), _apps(4, 0.4)]
