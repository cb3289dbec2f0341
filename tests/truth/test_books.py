"""Identities that hold in every run, to rounding: Little's law, and every need in exactly one state."""

import functools
from collections.abc import Callable

import numpy as np
import pytest

from sim import CommunityModel, Records, load_scenario, simulate
from sim.agents.people import Cadre
from sim.engine.tables.cases import STATUSES
from sim.scenario.loading import scenario_names
from tests.each import each
from tests.truth.community import counted, run

_COMMUNITY = ["community.residents=4000", "warmup_days=40", "horizon_days=160", "followup_days=60"]
#: States in which a case has left the system.
_LEFT = ["solved", "withdrawn", "paper_closed"]
#: Withdrawals, shelving and reopening happen often enough to be seen in a short run.
_BUSY = [
    *_COMMUNITY,
    "demand.rate=2",
    "staff.per_10k=8",
    "staff.patience_days=30",
    "reporting.base_rate_per_day=0.05",
    "reporting.repeat_after_days=5",
    "referral.accept_probability=0.3",
    "referral.reopen_after_days=20",
    "mutual_aid.act_probability=0.1",
]
#: What residents do for each other, all of it.
_EXCHANGE = [
    "mutual_aid.invitation=broadcast",
    "mutual_aid.offline_ties=true",
    "mutual_aid.reciprocity_factor=2",
    "charity_sale.enabled=true",
    "charity_sale.take_part_probability=.1",
    "donation.enabled=true",
    "standing_pair.enabled=true",
    "points.enabled=true",
    "shortage.enabled=true",
    "shortage.start_day=50",
    "ties.fading_days=60",
    "ties.after_meeting=.3",
    "platform.start_day=20",
    "platform.rollout_innovation_per_year=10",
]
#: Those who go out: on foot, on wheels, sent down from above.
_OUTREACH = [
    "patrol.hours_per_week=2",
    "patrol.couriers_per_10k=40",
    "shop_fronts.share=.8",
    "first_call.share=.5",
    "staff.embedded=3",
    "embedded.displaced=true",
    "joint_session.convener_links=street",
    "county.communities=2",
    "county.size_sigma=.3",
]


def _one_of(name: str) -> list[str]:
    """Return what makes one community of a county whose size is given as a whole."""
    whole = load_scenario(name).county.residents is not None
    return ["county.communities=1", "county.residents=null"] if whole else []


#: Closing on paper, called back and not, and finding out.
_CLOSING = ["closing.enabled=true", "closing.callback_share=0.4", "paperwork.entry_minutes=5"]


#: Absence, duty and overtime, standards, the way, skills and visits by two, all at once.
_ROSTER = [
    "calendar.holidays=china",
    "roster.absence=.1",
    "roster.on_call=1",
    "roster.overtime_hours_per_week=3",
    "standards.enabled=true",
    "standards.pause_outside=true",
    "referral.answer_days=3",
    "demand.urgent_share=.2",
    "staff.travel_hours=.2",
    "staff.skill_needs=.2",
    "staff.two_person_share=.2",
]


_LEARNED = ["plural.enabled=true", "plural.menu=learned"]


#: Scenario and overrides of each run in which the identities must hold.
_Runs = list[tuple[str, list[str]]]


def _shipped(place: list[str]) -> _Runs:
    return [(name, [*_one_of(name), *place]) for name in scenario_names() if not name.startswith("verif")]


def _systems() -> _Runs:
    runs: _Runs = [(name, []) for name in scenario_names() if name.startswith("verification")]
    return [*runs, ("verification/queue", ["verification.patience_mean=1", "verification.feedback=0.1"])]


def _rich() -> _Runs:
    """Runs in which much is at work at once."""
    runs: _Runs = []
    runs.append(("co_governance", [*_BUSY, *_EXCHANGE]))
    runs.append(("administration_led", [*_BUSY, "mutual_aid.offline_ties=true"]))
    runs.append(("co_governance", [*_BUSY, *_OUTREACH]))
    runs.append(("co_governance", [*_BUSY, "county.communities=3", "joint_session.parallel_work=false"]))
    mobilised = "shocks.mobilisation=[{start_day: 60, days: 21, share: .5}]"
    runs.append(("co_governance", [*_BUSY, "shocks.rain_per_year=30", mobilised]))
    # Councils decide much, of the whole county, on cases wherever they lie.
    ready = (
        "every_weeks=1",
        "stuck_after_days=5",
        "support_mean=.7",
        "turnout=.9",
        "budget_per_year=1000000",
    )
    councils = [f"deliberation.{setting}" for setting in ready]
    runs.append(("red_tea_council", [*_BUSY, *councils, "county.communities=2"]))
    runs.append(("co_governance", [*_BUSY, "plural.enabled=true"]))
    runs.append(("administration_led", [*_BUSY, "plural.enabled=true", "plural.accept_probability=.9"]))
    convened = ("joint_session.start_day=60", "referral.escalation=false", "referral.retries=0")
    runs.append(("co_governance", [*_BUSY, *convened, "platform.apps=3", *_LEARNED]))
    runs.append(("co_governance", [*_BUSY, *_ROSTER]))
    runs.append(("administration_led", [*_BUSY, "referral.shelf_days=30", "referral.accept_probability=.1"]))
    runs.append(("hotline_evaluated", [*_BUSY, *_CLOSING, "county.communities=2"]))
    runs.append(("co_governance", [*_BUSY, *_CLOSING, "operation.operator=partner"]))
    runs.append(("co_governance", [*_BUSY, *_CLOSING, *_ROSTER]))
    return runs


@functools.lru_cache(maxsize=1)
def _records(name: str, *overrides: str) -> Records:
    return simulate(load_scenario(name, overrides), seed=3)


def little(records: Records) -> None:
    """The time-integral of the number in the system is the sum of the times spent in it."""
    cases = records.cases
    stays = cases["days_in_system"].to_numpy()
    reported = cases["reported_at"].notna().to_numpy()
    left = cases["closed_at"].notna().to_numpy() & cases["status"].isin(_LEFT).to_numpy()
    # What was struck off the shelf has left as well.
    inside = reported & ~left & cases["entered_at"].notna().to_numpy()
    time = records.moments["time"]
    total = stays.sum() + (time - cases["entered_at"].to_numpy()[inside]).sum()
    assert records.moments["area"] == pytest.approx(total, rel=1e-9, abs=1e-9)
    assert inside.sum() == records.daily.groupby("day")["open_cases"].sum().iloc[-1]


def little_from_times_alone(records: Records) -> None:
    """Where nothing came back, the stay is closing less report: no field of the engine's books is trusted."""
    cases = records.cases
    once = cases[(cases["reopened"] == 0) & ~cases["prevented"] & cases["status"].isin(_LEFT)]
    stays = (once["closed_at"] - once["reported_at"]).to_numpy()
    np.testing.assert_allclose(once["days_in_system"].to_numpy(), stays, rtol=1e-9, atol=1e-9)


@each("name", scenario_names())
def test_number_in_system_day_by_day(name: str) -> None:
    """Where nothing comes back, the daily count of open cases is reports less closings."""
    overrides = []
    if not name.startswith("verification"):
        # Every rain brings a shelved flood back, and a report after patrol has found it a shelved need.
        overrides = [*_one_of(name), *_BUSY, "reporting.repeat_after_days=36500", "shocks.rain_per_year=0"]
        # Nor does a council without funds, or a convener who was there from the first day on.
        overrides += ["joint_session.start_day=0", "referral.shelf_days=null", "closing.enabled=false"]
        overrides += ["referral.reopen_after_days=36500", "deliberation.budget_per_year=0"]
    unheard = ["closing.callback_share=0", "operation.audit_share=0"]
    records = simulate(load_scenario(name, [*overrides, *unheard, "demand.public_share=0"]), seed=4)
    cases = records.cases
    assert not cases["reopened"].any()
    counts = records.daily.groupby("day")["open_cases"].sum()
    reported = np.sort(cases["reported_at"].dropna().to_numpy())
    closed = np.sort(cases["closed_at"].dropna().to_numpy())
    ends = counts.index.to_numpy() + 1.0
    expected = np.searchsorted(reported, ends) - np.searchsorted(closed, ends)
    np.testing.assert_array_equal(counts.to_numpy(), expected)


def every_need_in_one_state(records: Records) -> None:
    """States and times agree, need by need."""
    cases = records.cases
    status = cases["status"].astype(str)
    assert status.isin(STATUSES).all()
    known = cases["reported_at"].notna()
    # A rain that can do no harm any more is a need solved as it arises: nobody reports it.
    prevented = cases["prevented"]
    assert (known == ((status != "silent") & ~prevented)).all()
    assert (cases.loc[prevented, "solved_at"] == cases.loc[prevented, "arisen_at"]).all()
    assert (cases["solved_at"].notna() == (status == "solved")).all()
    assert (cases["solved_by"].notna() == (status == "solved")).all()
    assert cases.loc[status.isin(_LEFT), "closed_at"].notna().all()
    assert (cases.loc[status == "paper_closed", "paper_closings"] > 0).all()
    assert (cases.loc[known, "reported_at"] >= cases.loc[known, "arisen_at"]).all()
    for earlier, later in (
        ("reported_at", "accepted_at"),
        ("accepted_at", "first_response_at"),
        ("reported_at", "service_started_at"),
        ("reported_at", "closed_at"),
    ):
        both = cases[earlier].notna() & cases[later].notna()
        assert (cases.loc[both, later] >= cases.loc[both, earlier]).all(), (earlier, later)
    solved = status == "solved"
    assert (cases.loc[solved, "closed_at"] == cases.loc[solved, "solved_at"]).all()
    for untouched in ("duplicates", "handoffs", "bounces", "reopened", "staff_hours"):
        assert (cases.loc[~known, untouched] == 0).all(), untouched


def ledger_and_daily_counters_agree(records: Records) -> None:
    """The daily series, kept by other code than the ledger, counts the same needs and hours."""
    cases = records.cases
    last = records.daily[records.daily["day"] == records.daily["day"].max()].sum(numeric_only=True)
    status = cases["status"].astype(str)
    time = records.moments["time"]
    assert last["arisen"] == (cases["arisen_at"] < time).sum()
    assert last["reported"] == cases["reported_at"].notna().sum()
    assert last["duplicates"] == cases["duplicates"].sum()
    assert last["solved"] == (status == "solved").sum()
    assert last["closed"] == last["solved"] + last["withdrawn"] + last["paper_closed"]
    assert last["paper_closed"] == cases["paper_closings"].sum()
    assert last["called_back"] == cases["called_back"].sum()
    assert last["found_on_paper"] <= min(last["called_back"], last["paper_closed"])
    reopened = cases["reopened"].sum()
    assert last["prevented"] == cases["prevented"].sum()
    put_aside = status.isin(["withdrawn", "shelved", "paper_closed"]).sum()
    assert last["withdrawn"] + last["shelved"] + last["paper_closed"] == put_aside + reopened
    uses = ("cases", "sessions", "duplicates", "chasing", "handling", "travel")
    staff = sum(last[f"staff_hours_{use}"] for use in uses)
    assert staff == pytest.approx(cases["staff_hours"].sum(), rel=1e-9)
    cadres = records.cadres
    for use in (*uses, "patrol"):
        assert cadres[f"hours_{use}"].sum() == pytest.approx(last[f"staff_hours_{use}"], rel=1e-9), use
    # What embedded cadres have still to work off is booked, and not yet given.
    sent = cadres["kind"] == "embedded"
    owed = records.built.state.server["debt"][records.built.state.server["days_per_week"] > 0].sum()
    booked = sum(cadres.loc[sent, f"hours_{use}"].sum() for use in (*uses, "patrol"))
    assert last["embedded_hours"] == pytest.approx(booked - owed, rel=1e-9, abs=1e-9)
    assert last["found"] == (cases["found_by"] == "cadre").sum()
    assert last["found_by_couriers"] == (cases["found_by"] == "courier").sum()
    assert last["mended"] >= (cases["found_by"] == "merchant").sum()
    assert last["called_first"] >= last["passed_on"]
    assert last["unit_hours"] == pytest.approx(cases["unit_hours"].sum(), rel=1e-9)
    for_cases = last["volunteer_hours"] - last["volunteer_hours_council"] - last["crew_hours"]
    assert for_cases == pytest.approx(cases["volunteer_hours"].sum(), rel=1e-9)
    # Beside cases people give hours to those they visit regularly; a pool pays for hours nobody gives; the
    # facilitator of a council comes from outside.
    given = records.people["volunteer_hours"].sum() + last["pool_hours"] - last["visit_hours"]
    given += records.meetings["facilitator_hours"].sum()
    assert last["volunteer_hours"] == pytest.approx(given, rel=1e-9)
    assert last["staff_hours_council"] == pytest.approx(records.cadres["hours_council"].sum(), rel=1e-9)
    if records.settings.verification.mode == "none":
        known = cases["reported_at"].notna() & cases["found_by"].isna()
        spoken = known.sum() + cases["duplicates"].sum()
        assert records.people["reports"].sum() == spoken


def units_and_ledger_agree(records: Records) -> None:
    """What units say they were asked, promised and did is what the cases say happened to them."""
    units, cases, state = records.units, records.cases, records.built.state
    assert units["asks"].sum() == state.leg["asks"].sum()
    suppliers = records.suppliers
    partner = records.daily[records.daily["day"] == records.daily["day"].max()]["partner_hours"].sum()
    hours = units["hours"].sum() + suppliers["hours"].sum() + partner
    assert hours == pytest.approx(cases["unit_hours"].sum(), rel=1e-9)
    assert (units["delivered"] <= units["commitments"]).all()
    assert (units["commitments"] <= units["asks"]).all()
    assert (units["sessions_attended"] <= units["sessions_asked"]).all()
    refusals = units["asks"].sum() - units["commitments"].sum()
    misroutes = cases["bounces"].sum() - refusals
    dispatched = cases["handoffs"].sum() - units["asks"].sum()
    assert 0 <= misroutes <= dispatched


def suppliers_and_ledger_agree(records: Records) -> None:
    """What suppliers took on, did and gave is what the cases say; nobody gives more hours than are theirs."""
    suppliers, cases = records.suppliers, records.cases
    taken = cases["supplier"].value_counts()
    by_kind = suppliers.groupby("kind", observed=True)[["commitments", "delivered", "hours"]].sum()
    done = cases[cases["supplier"].notna() & cases["solved_by"].isin(["unit", "social_organisation"])]
    for kind, row in by_kind.iterrows():
        assert row["commitments"] >= taken[kind] >= row["delivered"]
        theirs = done[done["supplier"] == kind]
        assert len(theirs) == row["delivered"]
        # A partner's minutes on these cases are with the hours of units, too; all together see above.
        with_partner = theirs["unit_hours"].sum()
        if records.settings.operation.operator == "government":
            assert row["hours"] == pytest.approx(with_partner, rel=1e-9)
        assert row["hours"] <= with_partner * (1.0 + 1e-9)
        social = theirs["solved_by"] == "social_organisation"
        assert (social == (kind == "social_organisation")).all()
    last = records.daily[records.daily["day"] == records.daily["day"].max()].sum(numeric_only=True)
    assert last["supplied"] == suppliers["delivered"].sum() == len(done)
    assert last["supplier_hours"] == pytest.approx(suppliers["hours"].sum(), rel=1e-9)
    assert (suppliers["commitments"] <= suppliers["asks"]).all()
    weeks = records.moments["time"] / 7.0
    assert (suppliers["hours"] <= suppliers["hours_per_week"] * (weeks + 1.0)).all()


_IDENTITIES = (
    little,
    little_from_times_alone,
    every_need_in_one_state,
    ledger_and_daily_counters_agree,
    units_and_ledger_agree,
    suppliers_and_ledger_agree,
)


def _holds_in(runs: _Runs) -> Callable[..., None]:
    """Return the test that every identity holds in every one of these runs."""

    @each(("name", "overrides"), runs, ids=lambda part: part if isinstance(part, str) else len(part))
    @each("identity", _IDENTITIES, ids=lambda identity: identity.__name__)
    def identities(name: str, overrides: list[str], identity: Callable[[Records], None]) -> None:
        identity(_records(name, *overrides))

    return identities


test_identities_in_a_quiet_community = _holds_in(_shipped(_COMMUNITY))
test_identities_in_a_busy_community = _holds_in(_shipped(_BUSY))
test_identities_where_much_is_at_work = _holds_in(_rich())
test_identities_of_the_systems_with_known_answers = _holds_in(_systems())


def test_busy_runs_see_every_state() -> None:
    """The busy runs above are no empty test: cases are withdrawn, shelved and come back."""
    cases = simulate(load_scenario("administration_led", _BUSY), seed=3).cases
    counts = cases["status"].value_counts()
    for status in ("solved", "withdrawn", "shelved", "silent", "open"):
        assert counts[status] > 10, status
    assert cases["reopened"].sum() > 10


def test_busy_runs_close_on_paper_and_find_out() -> None:
    """The runs with closing on paper are no empty test either."""
    records = simulate(load_scenario("administration_led", [*_BUSY, *_CLOSING]), seed=3)
    assert (records.cases["status"] == "paper_closed").sum() > 10
    last = records.daily.iloc[-1]
    assert last["paper_closed"] > last["found_on_paper"] > 10
    assert last["called_back"] > last["found_on_paper"]


#: Hours on the way, on call and by two; nobody away.
_VISITS = (
    "roster.on_call=1",
    "demand.urgent_share=.3",
    "staff.travel_hours=.5",
    "staff.two_person_share=.3",
)


@pytest.mark.parametrize("further", [(), _VISITS], ids=["bare", "visits"])
def test_hours_demanded_are_hours_worked_and_hours_left(further: tuple[str, ...]) -> None:
    """Where everybody has time enough, what falls due is done: demanded and booked hours agree."""
    calm = [
        *_COMMUNITY,
        "demand.rate=.3",
        "staff.per_10k=100",
        "followup_days=200",
        "staff.patience_days=null",
        "closing.enabled=false",
        *further,
    ]
    records = simulate(load_scenario("administration_led", calm), seed=3)
    last = records.daily.iloc[-1]
    uses = ("cases", "sessions", "duplicates", "chasing", "handling", "travel")
    booked = sum(last[f"staff_hours_{use}"] for use in uses)
    assert booked == pytest.approx(last["staff_hours_demanded"], rel=0.01)
    assert (last["staff_hours_travel"] > 0.0) == (last["hours_on_call"] > 0.0) == bool(further)


def test_the_load_of_a_team_is_that_of_the_books() -> None:
    """Hours demanded, on call and by two among them, over the hours of those who were not away."""
    overrides = [*_COMMUNITY, "demand.rate=2", "closing.enabled=true", "staff.hours_year=1500", *_VISITS]
    overrides += ["roster.absence=.15", "roster.absence_common=.5"]
    model = CommunityModel(load_scenario("administration_led", overrides), seed=3)
    loads = []
    for day in range(1, 151):
        model.step()
        if day >= 50 and day % 7 == 0:
            loads.append(model.agents_by_type[Cadre][0].recent_load)
    daily = model.records().daily
    asked, had = daily["staff_hours_demanded"].to_numpy(), daily["staff_hours_available"].to_numpy()
    # Twenty working days are four weeks; what falls due on a weekend counts to the Monday.
    days = np.arange(56, 151, 7)
    expected = (asked[days - 3] - asked[days - 31]) / (had[days - 3] - had[days - 31])
    np.testing.assert_allclose(loads, expected, rtol=1e-9)
    assert np.ptp(expected) > 0.05


def test_what_is_on_paper_disappoints_whoever_reported() -> None:
    """A closing on paper never satisfies: known by the standard's end, satisfaction is that of a failure."""
    overrides = [*_COMMUNITY, "closing.enabled=true", "closing.base_probability=0.5", "followup_days=100"]
    cases = simulate(load_scenario("administration_led", overrides), seed=3).cases
    old = cases["closed_at"] < 300 - 60
    papered = cases[(cases["status"] == "paper_closed") & old]
    solved = cases[cases["status"] == "solved"]
    assert len(papered) > 50
    assert papered["satisfaction"].notna().all()
    assert papered["satisfaction"].mean() < solved["satisfaction"].mean() - 0.2


def test_what_was_done_on_paper_is_done_again() -> None:
    """Called back after every closing, a case ends solved: its work, and a fifth of its last part a try."""
    settings = {
        "closing.enabled": "true", "closing.base_probability": 0.5, "closing.load_slope": 0,
        "closing.callback_share": 1, "closing.callback_effect": 0, "closing.callback_after_days": 0,
        "closing.callback_minutes": 0, "community.residents": 2000, "demand.rate": 4, "demand.work_cv": 0,
        "demand.work_hours": "[1,1,1]", "demand.organisations_shares": "[.3,.4,.3]", "units.work_days": 0.001,
        "units.officers_per_10k": "[100,100,100]", "referral.accept_probability": 0.999999999,
        "staff.per_10k": 400, "horizon_days": 100, "followup_days": 60,
    }  # fmt: skip
    cases = counted(run(settings, 1, 0))
    assert (cases["status"] == "solved").all()
    tries = cases["paper_closings"]
    assert cases.loc[cases["organisations_needed"] > 1, "reopened"].max() > 3
    # A quarter of the work of a case for several organisations is the first look at it, and done once.
    last = np.where(cases["organisations_needed"] == 1, 1.0, 0.75)
    at_all = cases["staff_hours"] > 0
    np.testing.assert_allclose(cases["staff_hours"][at_all], (1.0 + 0.2 * tries * last)[at_all], rtol=1e-9)
