"""Mesa's agents and the engine are one: looking changes nothing, setting changes what happens next."""

import math

import numpy as np
import pytest

from sim import CommunityModel, simulate
from sim.agents.people import Cadre, Merchant, Resident, Unit
from sim.engine.randomness import uniform
from sim.errors import InputError
from sim.mechanisms.mutual_aid.charity_sale import GIVE_MONEY
from tests.guarantees.runs import REGIMES, differing_columns, scenario

START = 25


def _model(days: int = START, regime: str = "co_governance", *overrides: str) -> CommunityModel:
    model = CommunityModel(scenario(regime, *overrides), seed=1)
    for _ in range(days):
        model.step()
    return model


def _resident(model: CommunityModel, index: int) -> Resident:
    return next(r for r in model.agents_by_type[Resident] if r.index == index)


@pytest.mark.parametrize("regime", REGIMES)
def test_resident_views_made_or_not_the_bits_are_the_same(regime: str) -> None:
    looked_at = CommunityModel(scenario(regime), seed=1)
    left_alone = CommunityModel(scenario(regime), seed=1)
    seen = 0.0
    while looked_at.running:
        if looked_at.time_days % 10 == 0:
            residents = looked_at.agents_by_type[Resident]
            seen += residents.agg("trust", np.mean)
            seen += len(residents.select(lambda r: r.registered and r.report_rate() > 0.001))
            seen += sum(unit.load for unit in looked_at.agents_by_type[Unit])
        looked_at.step()
    left_alone.run_model()
    assert seen > 0.0
    assert len(looked_at.agents) > len(left_alone.agents_by_type[Merchant])
    ours = simulate(scenario(regime), seed=1)
    assert not differing_columns(ours, looked_at.records())
    assert not differing_columns(ours, left_alone.records())


def test_residents_are_made_only_when_asked_for() -> None:
    model = CommunityModel(scenario("co_governance"), seed=1)
    model.step()
    assert not model._residents_made
    assert len(model.agents_by_type[Resident]) == 1500
    assert len(model.agents_by_type[Merchant]) == 60
    assert len(model.agents_by_type[Cadre]) == 9
    assert model._residents_made


def test_an_agent_shows_what_the_records_show() -> None:
    model = _model(60)
    people = model.records().people.set_index("person_id")
    for kind in (Resident, Merchant):
        for person in list(model.agents_by_type[kind])[:200]:
            row = people.loc[person.person_id]
            for name in ("trust", "expectation", "propensity", "reports", "registered", "active", "grid"):
                assert getattr(person, name) == row[name]
    units = model.records().units.set_index("unit_id")
    for unit in model.agents_by_type[Unit]:
        assert unit.asks == units.loc[unit.unit_id, "asks"]
        assert 0.0 < unit.accept_probability() < unit.accept_probability(convened=True) < 1.0


def test_an_agents_rule_gives_the_rate_the_engine_works_with() -> None:
    model = _model(1, "administration_led")
    state = model.state
    found = 0
    for resident in list(model.agents_by_type[Resident]):
        q = int(state.person["pair_head"][resident.index])
        while q >= 0:
            rate, need = float(state.pair["rate"][q]), int(state.pair["need"][q])
            if rate > 0.0:
                assert resident.report_rate(float(state.need["severity"][need])) == pytest.approx(rate)
                found += 1
            q = int(state.pair["next"][q])
    assert found > 10


def _earliest(model: CommunityModel) -> tuple[Resident, int, float]:
    """Return a resident with a report to come that more trust would bring forward, the need and its time."""
    best: tuple[Resident, int, float] | None = None
    for resident in model.agents_by_type[Resident]:
        for need, at in resident.clocks():
            wait = at - model.time_days
            if 8.0 < wait < 40.0 and resident.trust < 0.6 and (best is None or at < best[2]):
                best = resident, need, at
    assert best is not None
    return best


def test_setting_trust_changes_the_pace_of_the_residents_own_reports_and_of_no_others() -> None:
    model = _model(START, "co_governance", "reporting.fading_days=null")
    resident, need, at = _earliest(model)
    before = model.state.pair.copy()
    old, now = resident.trust, model.time_days
    resident.trust = 1.0
    assert resident.trust == 1.0
    expected = now + (at - now) / math.exp(1.0 - old)
    assert dict(resident.clocks())[need] == pytest.approx(expected, rel=1e-12)
    changed = np.flatnonzero(before["rate"] != model.state.pair["rate"])
    assert len(changed) > 0
    assert set(before["person"][changed].tolist()) == {resident.index}


def test_setting_trust_changes_what_the_engine_then_does() -> None:
    # With a weight of 10, from no trust to full trust is a factor of e^10.
    weight = ("reporting.trust_weight=10", "trust.enabled=false", "reporting.fading_days=null")
    model, twin = (_model(START, "co_governance", *weight) for _ in range(2))
    resident, need, at = _earliest(model)
    other = _resident(twin, resident.index)
    days = 0.5 * (at - model.time_days)
    assert not resident.would_report(need, days)
    assert not other.would_report(need, days)
    resident.trust = 1.0
    assert resident.would_report(need, days)
    reports = resident.reports
    while model.time_days < START + days:
        model.step()
        twin.step()
    assert resident.reports > reports
    assert other.reports == reports


@pytest.mark.parametrize("trust", [0.0, 1.0])
def test_setting_everybodys_trust_changes_how_much_is_reported(trust: float) -> None:
    model, twin = _model(), _model()
    model.agents_by_type[Resident].set("trust", trust)
    for _ in range(60):
        model.step()
        twin.step()
    ours = model.records().cases["reported_at"].notna().sum()
    theirs = twin.records().cases["reported_at"].notna().sum()
    assert ours > 1.05 * theirs if trust == 1.0 else ours < 0.95 * theirs


def test_a_report_comes_when_the_agent_says_it_will() -> None:
    model = _model(START, "administration_led", "trust.enabled=false")
    resident, need, _ = _earliest(model)
    resident.trust = 0.9
    at = dict(resident.clocks())[need]
    reported = int(resident.reports)
    others = [when for n, when in resident.clocks() if n != need and when <= at]
    while model.time_days + 1.0 <= at:
        model.step()
        assert np.isnan(model.state.case["solved_at"][need]), "solved first: choose another seed"
    assert resident.reports <= reported + len(others)
    assert resident.would_report(need, 1.0)
    before = resident.reports
    model.step()
    assert resident.reports > before


def test_setting_trust_to_what_it_is_changes_no_bit() -> None:
    model, twin = _model(), _model()
    for resident in model.agents_by_type[Resident]:
        resident.trust = resident.trust
    model.run_model()
    twin.run_model()
    assert not differing_columns(model.records(), twin.records())


def test_the_mean_trust_of_a_community_follows() -> None:
    model = _model()
    model.agents_by_type[Resident].set("trust", 0.25)
    assert model.state.community["trust_sum"][0] == pytest.approx(0.25 * 1500)


@pytest.mark.parametrize("value", [-0.1, 1.1, math.nan])
def test_trust_beyond_its_bounds_is_refused(value: float) -> None:
    model = _model(1)
    resident = next(iter(model.agents_by_type[Resident]))
    with pytest.raises(InputError):
        resident.trust = value


def test_a_column_that_others_depend_on_cannot_be_set() -> None:
    model = _model(1)
    resident = next(iter(model.agents_by_type[Resident]))
    with pytest.raises(AttributeError):
        resident.registered = True


EXCHANGE = (
    "points.enabled=true",
    "mutual_aid.reciprocity_factor=3",
    "mutual_aid.offline_ties=true",
    "standing_pair.enabled=true",
    "standing_pair.commit_probability=.3",
    "standing_pair.recurring_share=.5",
    "ties.fading_days=20",
    "shortage.enabled=true",
    "shortage.start_day=20",
    "shortage.give_probability=.5",
)


def test_an_agent_shows_what_people_do_for_each_other() -> None:
    model = _model(60, "co_governance", *EXCHANGE)
    records, state = model.records(), model.state
    points, pairs, households = records.points, records.pairs, records.households
    assert points is not None
    assert pairs is not None
    assert households is not None
    residents = {r.index: r for r in model.agents_by_type[Resident]}
    keys = {int(key): p for p, key in enumerate(state.person["key"])}
    balance = points["points"].to_numpy()
    paired = {keys[int(p)]: int(h) for p, h in zip(pairs["person_id"], pairs["helper_id"], strict=True)}
    for p, r in residents.items():
        assert r.points == pytest.approx(balance[p])
        assert r.times_helped == points["times_helped"][p]
        assert r.household_stock == households["stock"][r.household]
        helper = r.paired_with
        assert (-1 if helper is None else int(state.person["key"][helper])) == paired.get(p, -1)
        assert all(p in residents[q].made_ties for q in r.made_ties if q in residents)
    assert sum(len(r.made_ties) for r in residents.values()) > 20
    assert sum(r.paired_with is not None for r in residents.values()) > 20
    # Who was helped is three times as ready, until the cap; trading in adds its own factor.
    someone = next(r for r in residents.values() if r.times_helped > 0 and r.give_probability("goods") < 0.1)
    before = someone.give_probability("goods")
    model.writable.purse["helped"][someone.index] = 0
    assert before == pytest.approx(3.0 * someone.give_probability("goods"))


def test_an_agents_answer_is_the_engines() -> None:
    """A sale to which exactly those come whom their method makes come."""
    sale = (
        "charity_sale.enabled=true",
        "charity_sale.take_part_probability=.2",
        "charity_sale.every_days=10",
    )
    model = _model(10, "co_governance", *EXCHANGE, *sale)
    active = [r for r in [*model.agents_by_type[Resident], *model.agents_by_type[Merchant]] if r.active]
    key = int(model.state.clock["key"][0])
    expected = set()
    for person in active:
        draw = uniform(key, GIVE_MONEY, 0, person.person_id, 0, 1)
        if draw < person.give_probability("sale"):
            expected.add(person.person_id)
    # The sale is the first thing at midnight of day 10 but for what happens at that very instant.
    model.step()
    transfers = model.records().transfers
    assert transfers is not None
    came = set(transfers.loc[transfers["kind"] == "sale", "giver_id"])
    assert came == expected
    assert len(came) > 10
