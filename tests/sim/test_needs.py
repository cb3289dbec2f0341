"""The tape: how much goes wrong, when, for whom, and what it takes."""

import math
from typing import Any

import numpy as np
import pytest
from scipy import stats

from sim.demand.bursts import intensity
from sim.demand.needs import DAYS_A_YEAR, EXPOSURE_LIMIT
from sim.engine.randomness import run_key
from sim.engine.tables.needs import COMMUNITY_WORKS, DESK, HELPABLE, PUBLIC
from sim.engine.tables.people import IS_MERCHANT, UNDER_14
from sim.initial_state import Built, build
from sim.parameters.scenario import CATEGORIES
from tests.guarantees.runs import scenario

BASE = "administration_led"
YEAR = ("warmup_days=0", "horizon_days=365", "followup_days=0")
LARGE = (
    *YEAR,
    "community.residents=9000",
    "community.merchants=300",
    "demand.rate=2",
    "demand.merchant_rate=1",
    "demand.local_cv=0",
    "demand.report_delay_days=0",
    "demand.noticing=0",
)
PLAIN = ("demand.weekly_cv=0", "demand.season_amplitude=0")
#: A busy place of the other tests, at the defaults that are looked at here.
DEFAULTS = ("demand.helpable_share=.1", "demand.public_share=.2", "demand.exposure_median=5")


def _built(*overrides: str) -> Built:
    return build(scenario(BASE, *LARGE, *DEFAULTS, *overrides), 1, 0)


@pytest.fixture(scope="module")
def plain() -> Built:
    return _built(*PLAIN)


def _share(count: Any, size: int, share: float) -> bool:
    return bool(abs(int(count) / size - share) < 4.0 * math.sqrt(share * (1.0 - share) / size))


def test_needs_come_in_order_and_are_numbered_for_each_owner(plain: Built) -> None:
    need = plain.state.need
    assert np.all(np.diff(need["arisen_at"]) > 0.0)
    assert np.array_equal(need["incident"], np.arange(need.shape[0]))
    order = np.lexsort((need["arisen_at"], need["owner"]))
    owner, ordinal = need["owner"][order], need["ordinal"][order]
    starts = np.concatenate([[True], np.diff(owner) != 0])
    counted = np.arange(owner.shape[0]) - np.maximum.accumulate(
        np.where(starts, np.arange(owner.shape[0]), 0)
    )
    assert np.array_equal(ordinal, counted)
    assert np.array_equal(need["owner_key"], plain.state.person["key"][need["owner"]])


def test_needs_arise_at_their_rate_and_uniformly_where_nothing_varies(plain: Built) -> None:
    need, flags = plain.state.need, plain.state.person["flags"]
    merchant = (flags[need["owner"]] & IS_MERCHANT) != 0
    adults = np.count_nonzero((flags & (IS_MERCHANT | UNDER_14)) == 0)
    expected = 2.0 * adults / 0.88
    assert (~merchant).sum() == pytest.approx(expected, abs=4.0 * math.sqrt(expected))
    assert merchant.sum() == pytest.approx(300, abs=4.0 * math.sqrt(300))
    assert stats.kstest(need["arisen_at"] / 365.0, "uniform").pvalue > 0.001
    assert not np.any(flags[need["owner"]] & UNDER_14)


def test_each_persons_needs_are_a_poisson_process(plain: Built) -> None:
    adults = np.flatnonzero((plain.state.person["flags"] & (IS_MERCHANT | UNDER_14)) == 0)
    counts = np.bincount(plain.state.need["owner"], minlength=plain.state.person.shape[0])[adults]
    assert counts.var() / counts.mean() == pytest.approx(1.0, abs=0.08)


def test_an_even_year_has_the_same_intensity_every_day() -> None:
    cumulative = intensity(scenario(BASE, *LARGE, *PLAIN), run_key(1, 0), 365)[0]
    assert cumulative.tolist() == list(range(366))


def test_the_season_peaks_in_july_and_leaves_the_year_as_it_is() -> None:
    season = scenario(BASE, *LARGE, "demand.weekly_cv=0", "demand.season_amplitude=.2")
    daily = np.diff(intensity(season, run_key(1, 0), 365)[0])
    assert abs(int(np.argmax(daily)) - 181) <= 2
    assert daily.max() == pytest.approx(1.2, abs=1e-3)
    assert daily.mean() == pytest.approx(1.0, abs=1e-3)


def test_weekly_effects_have_mean_one_and_the_spread_asked_for() -> None:
    bursts = scenario(BASE, *LARGE, "demand.weekly_cv=.5", "demand.season_amplitude=0", "horizon_days=14000")
    weekly = np.diff(intensity(bursts, run_key(1, 0), 14_000)[0])[::7]
    assert weekly.mean() == pytest.approx(1.0, abs=4 * 0.5 / math.sqrt(2000))
    assert weekly.std() / weekly.mean() == pytest.approx(0.5, rel=0.1)


def test_a_burst_moves_needs_in_time_and_changes_nothing_else_about_them(plain: Built) -> None:
    bursts = _built("demand.weekly_cv=.5", "demand.season_amplitude=0").state.need
    names = [
        "category",
        "organisations",
        "level",
        "work_hours",
        "severity",
        "flags",
        "priority",
        "pair_count",
    ]

    def by_identity(need: np.ndarray) -> dict[tuple[int, int], tuple]:
        return {(int(n["owner_key"]), int(n["ordinal"])): tuple(n[names]) for n in need}

    ours, theirs = by_identity(plain.state.need), by_identity(bursts)
    shared = ours.keys() & theirs.keys()
    assert len(shared) > 0.9 * len(ours)
    assert all(ours[key] == theirs[key] for key in shared)


def test_attributes_have_their_shares(plain: Built) -> None:
    settings = scenario(BASE, *LARGE, *DEFAULTS, *PLAIN)
    need = plain.state.need
    size = need.shape[0]
    shares = settings.demand.category_shares
    total = sum(shares.values())
    for k, name in enumerate(CATEGORIES):
        assert _share((need["category"] == k).sum(), size, shares.get(name, 0.0) / total)
    for k, share in enumerate(settings.demand.organisations_shares):
        of_k = need["organisations"] == k + 1
        assert _share(of_k.sum(), size, share)
        for level, given_k in enumerate(settings.demand.level_given_organisations[k]):
            assert _share((need["level"][of_k] == level).sum(), int(of_k.sum()), given_k)
    for flag, share in ((PUBLIC, 0.2), (HELPABLE, 0.1), (DESK, 0.1)):
        assert _share(np.count_nonzero(need["flags"] & flag), size, share)
    assert _share((need["priority"] == 0).sum(), size, 0.05)
    assert need["severity"].mean() == pytest.approx(0.0, abs=4 * 0.5 / math.sqrt(size))
    assert need["severity"].std() == pytest.approx(0.5, rel=0.03)


def test_simple_needs_are_the_communitys_own(plain: Built) -> None:
    need = plain.state.need
    simple = (need["flags"] & (HELPABLE | DESK)) != 0
    assert np.all(need["organisations"][simple] == 1)
    assert np.all(need["level"][simple] == 0)
    assert not np.any(((need["flags"] & HELPABLE) != 0) & ((need["flags"] & DESK) != 0))
    assert need["work_hours"][(need["flags"] & HELPABLE) != 0].max() <= 2.0
    works = (need["flags"] & COMMUNITY_WORKS) != 0
    assert np.array_equal(works, (need["organisations"] > 1) | (need["level"] == 0))


def test_work_has_its_mean_by_organisations_needed(plain: Built) -> None:
    need = plain.state.need
    for k, hours in ((2, 5.0), (3, 14.0)):
        work = need["work_hours"][need["organisations"] == k]
        assert work.mean() == pytest.approx(hours, rel=4 * 1.2 / math.sqrt(work.shape[0]))
        # The sample variance of a lognormal is itself very uneven.
        assert np.log(work).std() == pytest.approx(math.sqrt(math.log(1 + 1.2**2)), rel=0.05)


def test_a_private_need_is_seen_by_its_owner_a_public_one_by_neighbours(plain: Built) -> None:
    need = plain.state.need
    public = (need["flags"] & PUBLIC) != 0
    assert np.all(need["pair_count"][~public] == 1)
    assert need["pair_count"][public].min() >= 1
    assert need["pair_count"].max() <= EXPOSURE_LIMIT
    assert np.median(need["pair_count"][public]) == pytest.approx(5, abs=1)
    ends = need["pair_start"] + need["pair_count"]
    assert np.array_equal(need["pair_start"][1:], ends[:-1])
    assert ends[-1] == plain.state.pair.shape[0]


def test_every_other_organisation_has_a_part(plain: Built) -> None:
    need, leg, unit = plain.state.need, plain.state.leg, plain.state.unit
    expected = np.where(need["organisations"] > 1, need["organisations"] - 1, (need["level"] > 0).astype(int))
    assert np.array_equal(need["leg_count"], expected)
    assert np.array_equal(np.repeat(np.arange(need.shape[0]), expected), leg["need"])
    first = need["leg_start"][need["leg_count"] > 0]
    assert np.array_equal(unit["level"][leg["unit"][first]], need["level"][leg["need"][first]])
    assert np.all(unit["level"][leg["unit"]] <= need["level"][leg["need"]])
    two = need["leg_start"][need["leg_count"] == 2]
    assert np.all(leg["unit"][two] != leg["unit"][two + 1])


def test_parts_go_to_units_with_authority_where_there_are_any(plain: Built) -> None:
    need, leg, unit = plain.state.need, plain.state.leg, plain.state.unit
    first = need["leg_start"][need["leg_count"] > 0]
    category = need["category"][leg["need"][first]]
    chosen = leg["unit"][first]
    for level in range(3):
        masks = unit["authority"][unit["level"] == level]
        covered = [k for k in range(len(CATEGORIES)) if np.any(masks & (1 << k))]
        ours = (unit["level"][chosen] == level) & np.isin(category, covered)
        assert ours.sum() > 10
        assert np.all(unit["authority"][chosen[ours]] & (1 << category[ours]))


def test_the_work_of_parts_is_exponential_around_its_mean(plain: Built) -> None:
    hours = plain.state.leg["work_hours"]
    mean = 5.0 * 8.0 * 0.2
    assert hours.mean() == pytest.approx(mean, rel=4 / math.sqrt(hours.shape[0]))
    assert stats.kstest(hours / mean, "expon").pvalue > 0.001


def test_a_longer_run_begins_with_the_same_needs() -> None:
    short = _built("demand.season_amplitude=.2").state.need
    long = build(scenario(BASE, *LARGE, *DEFAULTS, "followup_days=200"), 1, 0).state.need[: short.shape[0]]
    names = [name for name in short.dtype.names if name not in ("pair_start", "leg_start")]
    assert all(short[name].tobytes() == long[name].tobytes() for name in names)


def test_without_demand_there_is_no_need() -> None:
    assert _built("demand.rate=0", "demand.merchant_rate=0").state.need.shape[0] == 0
    assert DAYS_A_YEAR == 365.0


def test_the_queues_arrivals_are_poisson_with_the_service_asked_for() -> None:
    queue = ("verification.arrival_rate=20", "horizon_days=2000", "verification.service_mean=.04")
    need = build(scenario("verification/queue", *queue, place=()), 1, 0).state.need
    gaps = np.diff(np.concatenate([[0.0], need["arisen_at"]]))
    assert stats.kstest(gaps * 20.0, "expon").pvalue > 0.001
    assert stats.kstest(need["work_hours"] / 24.0 / 0.04, "expon").pvalue > 0.001
    assert abs(np.corrcoef(gaps, need["work_hours"])[0, 1]) < 4 / math.sqrt(need.shape[0])
