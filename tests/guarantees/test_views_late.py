"""Late in a rich run an agent says what the engine holds: the same number, never one computed beside it.

Everything is switched on, the platform has run for weeks, statuses are published and changed many times.
What the engine keeps is read from its arrays; what it decides by is shown by what it then decides: the draw
that a decision takes is keyed, so the test knows the luck and predicts the outcome.
"""

import math

import numpy as np
import pytest

from experiments.dashboard.work.histories import person_state
from sim import CommunityModel, simulate
from sim.agents.people import Cadre, Merchant, Person, Resident, Supplier, Unit
from sim.engine.hazard_clocks import hazard_now
from sim.engine.randomness import uniform
from sim.engine.tables.cases import BY_APP
from sim.engine.tables.needs import LEG_OPEN
from sim.mechanisms.deliberation.deliberation import ATTENDANCE
from sim.mechanisms.field_service.closing_on_paper import PAPER
from sim.mechanisms.patrol.discovery_clocks import is_known
from sim.mechanisms.plural_supply.supply import ACCEPT
from sim.records.tables import Records
from tests.guarantees.runs import scenario

RICH = (
    "county.communities=2",
    "community.residents=900",
    "reporting.published_status=true",
    "reporting.published_factor=.7",
    "reporting.learning_weight=.2",
    "trust.enabled=true",
    "points.enabled=true",
    "mutual_aid.offline_ties=true",
    "mutual_aid.reciprocity_factor=2",
    "mutual_aid.bystander_exponent=.3",
    "standing_pair.enabled=true",
    "charity_sale.enabled=true",
    "donation.enabled=true",
    "deliberation.enabled=true",
    "deliberation.every_weeks=2",
    "plural.enabled=true",
    "patrol.hours_per_week=4",
    "patrol.registered_factor=.4",
    "patrol.elder_factor=2",
    "closing.enabled=true",
    "closing.evaluated=true",
    "standards.enabled=true",
    "roster.absence=.1",
    "staff.skill_needs=.2",
    "staff.travel_hours=.2",
    "referral.answer_days=2",
    "referral.frailty_sd=1.5",
    "referral.share_effect=1",
    "referral.authority_links=true",
    "joint_session.convener_links=county",
    "staff.embedded=1",
    "shocks.rain_per_year=40",
    "shocks.flood_merchants=15",
    "shocks.flood_neighbours=10",
)
DAY = 150


@pytest.fixture(scope="module")
def model() -> CommunityModel:
    late = CommunityModel(scenario("co_governance", *RICH), seed=1)
    late.run_until(DAY)
    return late


@pytest.fixture(scope="module")
def later() -> Records:
    """The whole run: what came of it."""
    return simulate(scenario("co_governance", *RICH), seed=1)


def _people(model: CommunityModel) -> list[Person]:
    return [*model.agents_by_type[Resident], *model.agents_by_type[Merchant]]


def _hazard(model: CommunityModel, q: int) -> float:
    """Return the hazard now of a clock, as the engine lets it fade."""
    s = model.state
    fading = s.par["reporting_fading_days"][0]
    return float(hazard_now(s.pair["rate"][q], s.pair["since"][q], fading, model.time_days))


def test_the_hazard_of_every_open_need_is_the_clocks(model: CommunityModel) -> None:
    s = model.state
    held: dict[tuple[int, int], float] = {}
    for q in np.flatnonzero(s.pair["rate"] > 0.0):
        held[int(s.pair["person"][q]), int(s.pair["need"][q])] = _hazard(model, q)
    shown = {}
    moved = 0
    for person in _people(model):
        for need, _ in person.clocks():
            shown[person.index, need] = person.report_rate_of(need)
            bare = person.report_rate(float(s.need["severity"][need]))
            moved += not math.isclose(bare, shown[person.index, need], rel_tol=1e-9)
    # The engine forgets clocks that have faded for good.
    alive = {key: hazard for key, hazard in held.items() if hazard > 1e-11}
    assert {key: hazard for key, hazard in shown.items() if hazard > 1e-11} == alive
    assert len(held) > 200
    assert moved > 10, "no published status has changed a hazard: the test sees nothing"


def test_who_does_not_take_part_has_no_hazard_and_no_answer(model: CommunityModel) -> None:
    young = [r for r in model.agents_by_type[Resident] if r.age_under14]
    assert len(young) > 50
    for child in young:
        assert not child.takes_part
        assert child.report_rate() == child.attend_probability() == child.help_probability(tied=True) == 0.0
        assert child.give_probability("gift") == 0.0
        assert not child.clocks()


def test_the_page_tells_the_hazard_that_the_engine_holds(model: CommunityModel, later: Records) -> None:
    s = model.state
    watchers = [p.index for p in _people(model) if len(p.clocks()) > 0]
    changed = 0
    for person in watchers[:: max(1, len(watchers) // 6)]:
        told = person_state(later, model.settings, 1, 0, person, DAY)
        for seen in told["watching"]:
            rows = (s.pair["person"] == person) & (s.pair["need"] == seen["case_id"]) & (s.pair["rate"] > 0)
            assert seen["rate"] == _hazard(model, int(np.flatnonzero(rows)[0]))
            formula = told["base_rate"] * told["propensity"] * told["learned"] * seen["published"]
            formula *= seen["readiness"]
            formula *= math.exp(
                seen["severity"] + told["trust_weight"] * (told["trust"] - 0.5) - told["channel_cost"]
            )
            assert seen["rate"] == pytest.approx(formula, rel=1e-9)
            changed += seen["published"] != pytest.approx(1.0)
    assert changed > 0


def test_registering_and_lapsing_are_the_engines_clocks(model: CommunityModel) -> None:
    account = model.state.account
    adopting = 0
    for person in _people(model):
        row = account[person.index]
        if person.registered or not person.eligible:
            assert person.adoption_rate == 0.0
        else:
            assert person.adoption_rate == row["rate"]
            adopting += person.adoption_rate > 0.0
        assert person.active_until == (row["lapse_at"] if person.active else None)
        assert person.active_until is None or person.active_until >= model.time_days
    assert adopting > 20


def test_a_patrols_hazard_is_the_clock_of_the_need(model: CommunityModel) -> None:
    s = model.state
    cadres = list(model.agents_by_type[Cadre])
    seen = different = 0
    for need in range(int(s.clock["cursor"][0])):
        total = sum(cadre.find_rate(need=need) for cadre in cadres)
        expected = 0.0 if is_known(s, need) or s.need["owner"][need] < 0 else float(s.find["rate"][need])
        assert total == expected
        seen += expected > 0.0
        bare = {cadre.find_rate() for cadre in cadres} | {cadre.find_rate(public=True) for cadre in cadres}
        different += expected > 0.0 and not any(math.isclose(expected, rate) for rate in bare)
    assert seen > 20
    assert different > 5, "no need is visited more or less than others: the test sees nothing"


def _open_parts(model: CommunityModel) -> list[int]:
    s = model.state
    known = np.flatnonzero((s.leg["state"] == LEG_OPEN) & ~np.isnan(s.case["reported_at"][s.leg["need"]]))
    return [int(leg) for leg in known]


def test_a_units_answer_to_a_letter_is_the_one_it_gives() -> None:
    """Where exactly one letter of a case is answered in a day at whose start nothing stands in between."""
    late = CommunityModel(scenario("co_governance", *RICH, "units.load_response=0"), seed=1)
    late.run_until(DAY)
    units = {u.index: u for u in late.agents_by_type[Unit]}
    right = wrong = refused = 0
    while late.time_days < DAY + 25:
        s = late.state
        key = int(s.clock["key"][0])
        before = {}
        for leg in _open_parts(late):
            need, unit = int(s.leg["need"][leg]), units[int(s.leg["unit"][leg])]
            if unit.part_of(need) != leg:
                continue
            luck = uniform(
                key,
                ACCEPT,
                int(s.leg["asks"][leg]),
                int(s.leg["key"][leg]),
                int(s.need["owner_key"][need]),
                int(s.need["ordinal"][need]),
            )
            sure = (int(s.leg["asks"][leg]), int(s.track["committed"][need]), int(s.track["asker"][need]))
            before[leg] = sure, luck < unit.accept_probability(need=need)
        late.step()
        s = late.state
        for leg, ((asks, committed, asker), says_yes) in before.items():
            need = int(s.leg["need"][leg])
            in_session = s.track["calls"][need] > 0 or s.track["flags"][need] & 0
            one_letter = int(s.leg["asks"][leg]) == asks + 1 and int(s.track["asker"][need]) == asker
            answered = int(s.track["committed"][need]) == committed + (s.leg["state"][leg] != LEG_OPEN)
            if one_letter and answered and not in_session:
                right += (s.leg["state"][leg] != LEG_OPEN) == says_yes
                wrong += (s.leg["state"][leg] != LEG_OPEN) != says_yes
                refused += not says_yes
    assert wrong == 0
    assert right > 10
    assert 0 < refused < right


def test_a_unit_out_of_hours_for_sessions_stays_away(model: CommunityModel) -> None:
    s = model.state
    for unit in model.agents_by_type[Unit]:
        row = s.unit[unit.index]
        spent = row["session_hours"] if row["session_week"] == int(model.time_days // 7) else 0.0
        hours = model.settings.joint_session.meeting_hours + model.settings.joint_session.travel_hours
        if spent + hours > row["session_budget"]:
            assert unit.absence_probability() == 1.0
        else:
            assert 0.0 < unit.absence_probability() < 1.0
        assert unit.officers == s.pool["server_count"][unit.pool]


def test_who_comes_to_the_council_is_whom_their_method_makes_come() -> None:
    late = CommunityModel(scenario("co_governance", *RICH), seed=1)
    # The first council after the third month; it falls on the evening of one weekday, every second week.
    d = late.settings.deliberation
    day = int(7 * d.every_weeks * 7 + d.weekday)
    late.run_until(day)
    before = {r.index: r for r in late.agents_by_type[Resident]}
    held = {p: r.attendances for p, r in before.items()}
    key = int(late.state.clock["key"][0])
    would = {p: r.would_attend(day) for p, r in before.items()}
    for p in list(before)[:50]:
        luck = uniform(key, ATTENDANCE, day, before[p].person_id, 0, 0)
        assert would[p] == (luck < before[p].attend_probability())
    late.step()
    came = {p for p, r in before.items() if r.attendances > held[p]}
    assert len(came) > 5
    # Accounts opened on the day itself may have changed a few minds.
    assert sum(would[p] for p in came) >= len(came) - 1


def test_a_neighbours_answer_knows_the_hours_and_the_tie(model: CommunityModel) -> None:
    s, m = model.state, model.settings.mutual_aid
    week = int(model.time_days // 7)
    residents = {r.index: r for r in model.agents_by_type[Resident] if r.takes_part}
    needs = np.flatnonzero((s.need["owner"] >= 0) & (s.need["work_hours"] < m.weekly_hours_cap))[:40]
    tied = spent = 0
    for need in needs.tolist():
        owner = int(s.need["owner"][need])
        busy = [p for p in residents if s.conduct["week"][p] == week and s.conduct["week_hours"][p] > 0.0]
        about = [p for p in residents if owner in residents[p].ties][:3] + list(residents)[:3] + busy[:3]
        for p in about:
            if p == owner:
                assert residents[p].help_probability(need=need) == 0.0
                continue
            own = owner in residents[p].ties
            this_week = float(s.conduct["week_hours"][p]) if s.conduct["week"][p] == week else 0.0
            if this_week + float(s.need["work_hours"][need]) > m.weekly_hours_cap:
                assert residents[p].help_probability(need=need) == 0.0
                spent += 1
            else:
                assert residents[p].help_probability(need=need) == residents[p].help_probability(tied=own)
                tied += own
    assert tied > 5
    assert spent > 0, "nobody has spent the week's hours: the test sees nothing"


def test_closing_on_paper_is_decided_as_the_team_says() -> None:
    many = ("closing.base_probability=.3", "community.residents=4000")
    late = CommunityModel(scenario("co_governance", *RICH, *many), seed=1)
    late.run_until(DAY)
    s = late.state
    key = int(s.clock["key"][0])
    teams = {c.pool: c for c in late.agents_by_type[Cadre]} | {u.pool: u for u in late.agents_by_type[Unit]}
    said = {}
    open_cases = np.flatnonzero(~np.isnan(s.case["reported_at"]) & np.isnan(s.case["closed_at"]))
    for need in open_cases.tolist():
        luck = uniform(
            key,
            PAPER,
            int(s.closure["attempts"][need]),
            0,
            int(s.need["owner_key"][need]),
            int(s.need["ordinal"][need]),
        )
        attempts = int(s.closure["attempts"][need])
        on_paper = {pool: luck < team.paper_probability(need=need) for pool, team in teams.items()}
        said[need] = attempts, on_paper
    paper = {need: int(s.closure["paper_closings"][need]) for need in said}
    late.step()
    s = late.state
    decided = wrong = 0
    for need, (attempts, by_pool) in said.items():
        if int(s.closure["attempts"][need]) != attempts + 1 or np.isnan(s.case["closed_at"][need]):
            continue
        on_paper = int(s.closure["paper_closings"][need]) > paper[need]
        decided += 1
        wrong += on_paper != by_pool[int(s.closure["pool"][need])]
    assert decided > 5
    # A date that comes near within the day may turn one.
    assert wrong <= decided // 10


def test_what_an_agent_counts_the_records_count(model: CommunityModel) -> None:
    records = model.records()
    people = records.people.set_index("person_id")
    for merchant in model.agents_by_type[Merchant]:
        assert merchant.losses == pytest.approx(people["losses"][merchant.person_id])
    suppliers = records.suppliers.set_index("unit_id")
    for supplier in model.agents_by_type[Supplier]:
        assert supplier.hours == suppliers["hours"][supplier.unit_id]
        assert 0.0 <= supplier.accept_probability() <= 1.0
    cadres = records.cadres.reset_index(drop=True)
    for place, cadre in enumerate(model.agents_by_type[Cadre]):
        assert cadre.kind == cadres["kind"][place]
        assert cadre.hours_cases == cadres["hours_cases"][place]
    assert any(merchant.losses > 0 for merchant in model.agents_by_type[Merchant])
    assert (records.cases["channel"].cat.codes == BY_APP).sum() > 20


def test_looking_at_all_of_it_changes_no_bit(model: CommunityModel, later: Records) -> None:
    from tests.guarantees.runs import differing_columns

    model.run_model()
    assert not differing_columns(later, model.records())
