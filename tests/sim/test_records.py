"""The records: the columns others rely on, and books that balance."""

import io
import pickle

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sim import load_scenario, simulate
from sim.engine.tables.cases import CHANNELS, ORIGINS, SOLVERS, STATUSES
from sim.records.tables import Records, community_of
from tests.guarantees.runs import REGIMES, STAFF_ALONE, TABLES, bits, run


def _names(text: str) -> list[str]:
    return text.split()


#: The ledger's columns in their order; checks outside the repository rely on them.
LEDGER = _names(
    """
    scenario replication case_id incident_id community origin requester_id category organisations_needed
    level_needed priority work_hours arisen_at reported_at channel accepted_at first_response_at
    service_started_at closed_at solved_at status solved_by handoffs bounces duplicates reopened satisfaction
    """
)
FURTHER = {"staff_hours", "unit_hours", "volunteer_hours", "reporter_id", "public"}
DAILY = _names(
    """
    scenario replication day community arisen reported duplicates accepted closed solved withdrawn shelved
    open_cases waiting_sessions session_cases staff_hours_cases staff_hours_sessions staff_hours_duplicates
    staff_hours_chasing staff_hours_available unit_hours volunteer_hours registered active trust_mean adopters
    """
)
PEOPLE = _names(
    """
    scenario replication person_id community kind age_60plus age_under14 migrant eligible registered active
    trust expectation propensity reports contributions votes volunteer_hours in_denominator
    reports_counted contributions_counted votes_counted
    """
)
UNITS = _names(
    """
    unit_id community level kind officers asks commitments delivered sessions_asked sessions_attended hours
    """
)
CADRES = _names(
    "cadre_id community hours_cases hours_sessions hours_duplicates hours_chasing hours_available"
)
TIMES = _names("arisen_at reported_at accepted_at first_response_at service_started_at closed_at solved_at")
CATEGORICALS = {
    "scenario": None,
    "origin": ORIGINS,
    "category": None,
    "channel": CHANNELS,
    "status": STATUSES,
    "solved_by": SOLVERS,
}


@pytest.fixture(scope="module", params=REGIMES)
def records(request: pytest.FixtureRequest) -> Records:
    # Where others take cases too, identities are those of the books (`tests/truth/test_books.py`).
    return run(request.param, *STAFF_ALONE)


def test_the_ledger_begins_with_the_columns_of_the_contract(records: Records) -> None:
    assert list(records.cases.columns)[: len(LEDGER)] == LEDGER
    assert set(records.cases.columns) >= FURTHER


def test_the_other_tables_have_what_the_analysis_reads(records: Records) -> None:
    for table, columns in (("daily", DAILY), ("people", PEOPLE), ("units", UNITS), ("cadres", CADRES)):
        assert set(columns) <= set(getattr(records, table).columns), table


def test_the_types_of_the_ledgers_columns(records: Records) -> None:
    cases = records.cases
    for name, values in CATEGORICALS.items():
        assert isinstance(cases[name].dtype, pd.CategoricalDtype)
        if values is not None:
            assert list(cases[name].cat.categories) == list(values)
    for name in (*TIMES, "work_hours", "satisfaction", "staff_hours", "unit_hours", "volunteer_hours"):
        assert cases[name].dtype == np.float64
    whole = ("case_id", "incident_id", "community", "requester_id", "organisations_needed", "handoffs")
    for name in (*whole, "level_needed", "priority", "bounces", "duplicates", "reopened", "reporter_id"):
        assert np.issubdtype(cases[name].dtype, np.integer)
    assert cases["public"].dtype == bool


def test_parquet_gives_back_every_table_bit_for_bit(records: Records) -> None:
    for table in TABLES:
        frame = getattr(records, table)
        buffer = io.BytesIO()
        pq.write_table(pa.Table.from_pandas(frame, preserve_index=False), buffer)
        again = pq.read_table(io.BytesIO(buffer.getvalue())).to_pandas()
        assert list(again.columns) == list(frame.columns)
        for name in frame.columns:
            assert bits(again[name]) == bits(frame[name]), f"{table}.{name}"


def test_every_need_is_in_exactly_one_state(records: Records) -> None:
    cases = records.cases
    assert cases["status"].notna().all()
    assert (cases["case_id"] == np.arange(len(cases))).all()
    solved = cases["status"] == "solved"
    assert (solved == cases["solved_at"].notna()).all()
    assert (solved == cases["solved_by"].notna()).all()
    assert (cases["solved_at"][solved] == cases["closed_at"][solved]).all()
    silent = cases["status"] == "silent"
    for name in ("reported_at", "channel"):
        assert (silent == cases[name].isna()).all()
    assert (silent == (cases["reporter_id"] == -1)).all()
    assert cases.loc[silent, ["handoffs", "bounces", "duplicates", "reopened"]].to_numpy().max() == 0
    assert cases.loc[cases["status"] == "withdrawn", "closed_at"].notna().all()


def test_things_happen_in_their_order(records: Records) -> None:
    cases = records.cases
    for earlier, later in (
        ("arisen_at", "reported_at"),
        ("reported_at", "accepted_at"),
        ("reported_at", "first_response_at"),
        ("reported_at", "service_started_at"),
        ("accepted_at", "solved_at"),
        ("first_response_at", "solved_at"),
        ("service_started_at", "solved_at"),
        ("reported_at", "closed_at"),
    ):
        both = cases[[earlier, later]].dropna()
        assert len(both) > 0
        assert (both[earlier] <= both[later]).all(), f"{earlier} after {later}"
    ends = records.built.state.clock["days"][0]
    assert cases[TIMES].max().max() < ends


def test_the_daily_series_counts_what_the_ledger_lists(records: Records) -> None:
    cases, daily = records.cases, records.daily
    last = daily.iloc[-1]
    assert last["arisen"] == len(cases)
    assert last["reported"] == cases["reported_at"].notna().sum()
    assert last["solved"] == (cases["status"] == "solved").sum()
    assert last["duplicates"] == cases["duplicates"].sum()
    assert last["open_cases"] == (cases["status"] == "open").sum() + last["on_shelf"]
    assert 0 < last["on_shelf"] <= (cases["status"] == "shelved").sum()
    assert last["accepted"] == cases["accepted_at"].notna().sum()
    for day in (10, 60, 120):
        row = daily[daily["day"] == day].iloc[0]
        assert row["arisen"] == (cases["arisen_at"] < day + 1).sum()
        assert row["reported"] == (cases["reported_at"] < day + 1).sum()
        assert row["solved"] == (cases["solved_at"] < day + 1).sum()
    assert len(daily) == 180
    states = ["scenario", "trust_mean", "open_cases", "on_shelf", "waiting_sessions", "active"]
    totals = daily.drop(columns=states)
    assert (totals.diff().dropna() >= 0).all().all()


def test_hours_are_the_same_by_case_by_day_and_by_who_gives_them(records: Records) -> None:
    cases, last, cadres = records.cases, records.daily.iloc[-1], records.cadres
    kinds = ("cases", "sessions", "duplicates", "chasing", "handling")
    for kind in kinds:
        assert cadres[f"hours_{kind}"].sum() == pytest.approx(last[f"staff_hours_{kind}"], rel=1e-9)
    staff = sum(last[f"staff_hours_{kind}"] for kind in kinds)
    assert cases["staff_hours"].sum() == pytest.approx(staff, rel=1e-9)
    assert cases["unit_hours"].sum() == pytest.approx(last["unit_hours"], rel=1e-9)
    assert records.units["hours"].sum() == pytest.approx(last["unit_hours"], rel=1e-9)
    # What crews do is for nobody's case.
    for_cases = last["volunteer_hours"] - last["crew_hours"]
    assert cases["volunteer_hours"].sum() == pytest.approx(for_cases, rel=1e-9, abs=1e-9)
    assert records.people["volunteer_hours"].sum() == pytest.approx(
        last["volunteer_hours"], rel=1e-9, abs=1e-12
    )
    assert cadres["hours_available"].sum() == pytest.approx(last["staff_hours_available"], rel=1e-9)


def test_people_did_what_the_cases_say(records: Records) -> None:
    cases, people = records.cases, records.people
    reports = cases["reported_at"].notna().sum() + cases["duplicates"].sum()
    assert people["reports"].sum() == reports
    helped = cases["solved_by"].isin(["neighbour", "merchant"]).sum()
    crews = records.daily["crew_acts"].iloc[-1]
    assert people["contributions"].sum() == helped + crews
    for name in ("reports", "contributions", "votes"):
        assert (people[f"{name}_counted"] <= people[name]).all()
    assert set(cases["requester_id"]) <= set(people["person_id"])
    assert set(cases["reporter_id"]) <= {*people["person_id"], -1}
    assert (people["person_id"].map(community_of) == people["community"]).all()
    assert not people.loc[people["age_under14"] | (people["kind"] == "merchant"), "in_denominator"].any()
    assert people["in_denominator"].sum() == ((people["kind"] == "resident") & ~people["age_under14"]).sum()
    trust = people.loc[people["kind"] == "resident", "trust"].mean()
    assert records.daily["trust_mean"].iloc[-1] == pytest.approx(trust, rel=1e-9)


def test_littles_law_holds_as_an_identity(records: Records) -> None:
    state = records.built.state
    ends = float(state.clock["days"][0])
    inside = records.cases["status"].isin(["open", "shelved"])
    still = (ends - records.cases.loc[inside, "entered_at"]).sum()
    assert records.moments["area"] + state.clock["in_system"][0] * (
        ends - records.moments["time"]
    ) == pytest.approx(records.cases["days_in_system"].sum() + still, rel=1e-9)


def test_the_moments_are_sums_over_the_counted_cases(records: Records) -> None:
    cases = records.cases
    counted = cases[(cases["arisen_at"] >= 20) & (cases["arisen_at"] < 160)]
    moments = records.moments
    assert moments["arrived"].sum() == len(counted)
    for priority in (0, 1):
        assert moments["arrived"][priority] == (counted["priority"] == priority).sum()
    assert 0 < moments["served"].sum() <= counted["service_started_at"].notna().sum()


def test_a_run_in_progress_has_records_up_to_the_present() -> None:
    from sim.simulation import Run
    from tests.guarantees.runs import scenario

    part = Run.start(scenario("co_governance"))
    part.advance(50)
    whole = run("co_governance")
    assert part.records().daily.equals(whole.daily[whole.daily["day"] < 50])
    reported = whole.cases["reported_at"] < 50
    assert bits(part.records().cases["reported_at"][reported]) == bits(whole.cases["reported_at"][reported])


def test_a_run_without_needs_has_empty_tables_of_the_same_form() -> None:
    nothing = simulate(load_scenario("verification/queue", ["verification.arrival_rate=0", "horizon_days=3"]))
    assert list(nothing.cases.columns)[: len(LEDGER)] == LEDGER
    assert len(nothing.cases) == 0
    assert len(nothing.daily) == 3


def test_every_counter_of_the_daily_series_is_kept() -> None:
    """Whole numbers and others, of each community in its place."""
    from types import SimpleNamespace

    from sim.engine.daily_series import day_type, keep, places, words
    from sim.engine.tables.communities import COMMUNITY

    community, daily = np.zeros(2, COMMUNITY), np.zeros((3, 2), day_type())
    for number, name in enumerate(COMMUNITY.daily, start=1):
        community[name] = (number, -number / 2 if COMMUNITY.dtype[name] == np.float64 else -number)
    arrays = SimpleNamespace(
        community_words=words(community), daily_words=words(daily), daily_places=places()
    )
    for c in range(2):
        getattr(keep, "py_func", keep)(arrays, 1, c)
    for name in COMMUNITY.daily:
        assert daily[name][1].tolist() == community[name].tolist(), name
    assert not daily[0].view(np.int64).any()
    assert not daily[2].view(np.int64).any()


def test_records_travel_between_processes_after_their_tables_were_read(records: Records) -> None:
    cases = records.cases
    assert pickle.loads(pickle.dumps(records)).cases.equals(cases)
