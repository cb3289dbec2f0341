"""Who is heard and how fast it then goes: by hand, one horizon, and a division that adds up need by need."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.comparison.table import compare, row
from analysis.estimates import from_report, heard_and_served
from analysis.estimates.estimands import estimate
from analysis.estimates.heard_and_served import apart, divide, need_times
from analysis.inputs.ledger import counted
from analysis.summaries.run_summary import against_first, summarise_run
from tests.analysis.synthetic import hand_run, run
from tests.analysis.test_estimands import solved, unsolved

H = 180.0
PARTS = ("reporting_part", "service_part")
Sides = tuple[np.ndarray, np.ndarray]
Divide = Callable[[Sides, Sides], Sides]


# --- one run ----------------------------------------------------------------------------------------------


def test_days_unreported_and_in_service_by_hand() -> None:
    rows = [
        solved(0, 10),  # .5 unreported, 9.5 in service
        unsolved(0, "open", reported=30.0),  # 30 and 150
        unsolved(0, "silent", None),  # 180 and 0
        unsolved(0, "open", reported=200.0),  # heard too late: 180 and 0
        {"arisen_at": 0.0, "solved_at": 4.0, "status": "solved", "solved_by": "neighbour"},  # 4 and 0
    ]
    found = estimate(hand_run(rows))
    assert found["days_unreported"] == pytest.approx((0.5 + 30 + 180 + 180 + 4) / 5)
    assert found["days_in_service"] == pytest.approx((9.5 + 150) / 5)
    assert found["days_unreported"] + found["days_in_service"] == pytest.approx(found["rmst180"], abs=1e-12)
    assert found["reported_180d"] == 2 / 5


@pytest.mark.parametrize("followup", [180, 40])
def test_the_parts_of_one_run_add_up_also_where_it_was_cut_short(followup: float) -> None:
    found = estimate(run(needs=3000, followup=followup))
    assert found["days_unreported"] + found["days_in_service"] == pytest.approx(found["rmst180"], abs=1e-9)
    assert 0 < found["days_in_service"] < found["rmst180"]


def test_reported_and_never_reported_use_one_horizon() -> None:
    rows = [solved(0, 5), unsolved(0, "open", 179.0), unsolved(0, "open", 181.0), unsolved(0, "silent", None)]
    found = estimate(hand_run(rows))
    assert found["reported_180d"] == 0.5
    assert found["ending_silent"] == 0.5
    late, early = (hand_run([unsolved(0, "open", reported)]) for reported in (181.0, 179.0))
    from analysis.comparison.twins import paired_cases

    assert paired_cases(late, early)["reported_both"] == 0.0
    assert paired_cases(late, early)["reported_only_second"] == 1.0


def test_quantiles_count_every_report_and_what_is_unsolved_as_beyond() -> None:
    # Reported at .5; solved 9.5 and 19.5 days after the report; two others never; one not reported at all.
    rows = [
        solved(0, 10),
        solved(0, 20),
        unsolved(0, "paper_closed", closed=9.0),
        unsolved(0, "shelved"),
        unsolved(0, "silent", None),
    ]
    found = from_report.from_report(counted(hand_run(rows)), hand_run(rows).people)
    assert found["report_to_solution_median"] == pytest.approx(19.5)
    assert found["report_to_solution_p90"] == np.inf
    assert found["solved_30d_from_report"] == 0.5
    assert found["report_to_solution_mean"] == pytest.approx((9.5 + 19.5 + 180 + 180) / 4)
    ten = counted(hand_run([solved(0, day) for day in range(1, 11)]))
    assert from_report.quantiles(ten, 0.5, 0.9, 1.0) == [4.5, 8.5, 9.5]
    never = counted(hand_run([unsolved(0, "open"), unsolved(0, "open"), solved(0, 3)]))
    assert from_report.quantiles(never, 0.5) == [np.inf]
    assert np.isnan(from_report.quantiles(counted(hand_run([unsolved(0, "silent", None)])), 0.5)).all()


def test_the_curve_from_the_report_agrees_with_the_shares() -> None:
    needs = counted(run("administration_led", needs=3000, followup=400))
    curve = from_report.unsolved_from_report(needs, np.array([0.0, 30.0, 900.0]))
    assert curve[0] == 1.0
    assert 1 - curve[1] == pytest.approx(from_report.solved_within_days_of_report(needs))
    assert np.isnan(curve[2])
    nothing = counted(hand_run([unsolved(0, "silent", None)]))
    assert np.isnan(from_report.unsolved_from_report(nothing, np.array([1.0]))).all()


def test_every_report_is_in_the_denominator_of_the_shares() -> None:
    rows = [solved(0, 3), solved(0, 20), unsolved(0, "open"), unsolved(0, "withdrawn", closed=2.0)]
    rows += [unsolved(0, "silent", None)] * 3
    found = estimate(hand_run(rows, round_the_clock=True))
    assert found["solved_7wd_from_report"] == 1 / 4
    assert found["solved_30d_from_report"] == 2 / 4
    several = [{**one, "organisations_needed": 2} for one in rows[:2]]
    found = estimate(hand_run([*rows, *several]))
    assert found["solved_30d_from_report_single"] == 2 / 4
    assert found["solved_30d_from_report_multi"] == 1.0


# --- the division -----------------------------------------------------------------------------------------

days = st.one_of(st.floats(0.0, 400.0), st.just(np.inf))
need = st.tuples(st.one_of(st.floats(0.0, H), st.just(np.inf)), days)
pairs = st.lists(st.tuples(need, need), min_size=1, max_size=30)


def sides(drawn: list[Any]) -> tuple[Sides, Sides]:
    """Return both sides of drawn needs; S is undefined for a need not heard."""
    columns = np.array(drawn, dtype=float).transpose(1, 2, 0)
    first, second = ((heard, np.where(np.isfinite(heard), service, np.nan)) for heard, service in columns)
    return first, second


def whole(side: Sides) -> np.ndarray:
    return np.where(np.isfinite(side[0]), np.fmin(side[0] + side[1], H), H)


def violated(function: Divide, first: Sides, second: Sides) -> set[str]:
    """Return which promises of the division a function breaks on these needs."""
    reporting, service = function(first, second)
    back = function(second, first)
    heard = [np.isfinite(side[0]) for side in (first, second)]
    one, neither = heard[0] ^ heard[1], ~heard[0] & ~heard[1]
    same_report = heard[0] & (first[0] == second[0])
    same_service = heard[0] & heard[1] & (first[1] == second[1])
    slack = {"rtol": 0.0, "atol": 1e-9}
    promises = {
        "adds up": np.allclose(reporting + service, whole(second) - whole(first), **slack),
        "the other way round is the negative": np.allclose(back, [-reporting, -service], **slack),
        "reported in one only is reporting": np.allclose(service[one], 0.0, **slack),
        "reported in neither is nothing": not (reporting[neither].any() or service[neither].any()),
        "the same report is service": np.allclose(reporting[same_report], 0.0, **slack),
        "the same service is reporting": np.allclose(service[same_service], 0.0, **slack),
    }
    return {name for name, kept in promises.items() if not kept}


@given(pairs)
def test_the_division_keeps_its_promises_need_by_need(drawn: list[Any]) -> None:
    assert violated(divide, *sides(drawn)) == set()


def test_the_division_by_hand() -> None:
    # Heard after 10 and 4 days, served in 20 and 30: -6 by reporting, +10 by service.
    assert [float(part[0]) for part in divide(_side(10, 20), _side(4, 30))] == [-6.0, 10.0]
    # At the cap: 100 + 100 counts 180, 60 + 100 counts 160; 100 + 40 is 140, 60 + 40 is 100.
    assert [float(part[0]) for part in divide(_side(100, 100), _side(60, 40))] == [-30.0, -50.0]
    # Heard under the second only: all is reporting.
    assert [float(part[0]) for part in divide(_side(np.inf, np.nan), _side(5, 25))] == [-150.0, 0.0]


def _side(heard: float, service: float) -> Sides:
    return np.array([heard], dtype=float), np.array([service], dtype=float)


def _one_order(first: Sides, second: Sides) -> Sides:
    (r1, s1), (r2, s2) = _borrowed(first, second)
    return _f(r2, s1) - _f(r1, s1), _f(r2, s2) - _f(r2, s1)


def _nothing_borrowed(first: Sides, second: Sides) -> Sides:
    """Return the plain split: a need heard under one regime only brings its service along."""
    filled = [(heard, np.where(np.isfinite(heard), service, 0.0)) for heard, service in (first, second)]
    silent = [np.fmin(heard, H) for heard, _ in filled]
    total = [whole(side) for side in (first, second)]
    return silent[1] - silent[0], total[1] - total[0] - (silent[1] - silent[0])


def _no_cap(first: Sides, second: Sides) -> Sides:
    (r1, s1), (r2, s2) = (tuple(np.fmin(one, 1e6) for one in side) for side in _borrowed(first, second))
    return r2 - r1, s2 - s1


def _borrowed_from_the_first(first: Sides, second: Sides) -> Sides:
    """Return the division with the first regime's service for both, wherever it is known."""
    (r1, s1), (r2, s2) = _borrowed(first, second)
    s2 = np.where(np.isfinite(r1), s1, s2)
    return divide((r1, s1), (r2, s2))


def _borrowed(first: Sides, second: Sides) -> tuple[Sides, Sides]:
    (r1, s1), (r2, s2) = first, second
    known = np.isfinite(r1), np.isfinite(r2)
    s1 = np.where(known[0], s1, np.where(known[1], s2, 0.0))
    return (r1, s1), (r2, np.where(known[1], s2, s1))


def _f(heard: np.ndarray, service: np.ndarray) -> np.ndarray:
    return np.fmin(heard + service, H)


@pytest.mark.parametrize(
    ("broken", "noticed"),
    [
        (_one_order, "the other way round is the negative"),
        (_nothing_borrowed, "reported in one only is reporting"),
        (_no_cap, "adds up"),
        (_borrowed_from_the_first, "adds up"),
        (lambda first, second: divide(first, second)[::-1], "reported in one only is reporting"),
    ],
)
def test_a_wrong_division_is_noticed(broken: Divide, noticed: str) -> None:
    rng = np.random.default_rng(3)
    heard = np.where(rng.random((2, 200)) < 0.6, rng.uniform(0, H, (2, 200)), np.inf)
    service = np.where(np.isfinite(heard), rng.exponential(60, (2, 200)), np.nan)
    first, second = ((heard[side], service[side]) for side in (0, 1))
    assert violated(divide, first, second) == set()
    assert noticed in violated(broken, first, second)


# --- between runs -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def table():
    names = ("administration_led", "co_governance")
    return compare(
        {name: [run(name, number, needs=900, residents=300) for number in range(4)] for name in names}
    )


def test_the_parts_add_up_in_every_replication_and_in_the_mean(table) -> None:
    for replication in range(3):
        first, second = (
            summarise_run(run(name, replication, needs=900))
            for name in ("administration_led", "co_governance")
        )
        _, compared = against_first([first, second])
        difference = second.estimates["rmst180"] - first.estimates["rmst180"]
        assert sum(compared.apart[name] for name in PARTS) == pytest.approx(difference, abs=1e-9)
    whole_difference = row(table, "rmst180")["difference"]
    assert sum(row(table, name)["difference"] for name in PARTS) == pytest.approx(whole_difference, abs=1e-9)


def test_parts_are_differences_only_with_intervals_over_replications(table) -> None:
    for name in (*PARTS, "both_reported_difference"):
        line = row(table, name)
        assert np.isnan([line["administration_led_mean"], line["co_governance_mean"]]).all()
        assert line["difference_low"] < line["difference"] < line["difference_high"]
    assert list(table["metric"]).index("reported_180d") == 0
    assert table.attrs["replications"] == 4


def test_the_same_arm_twice_differs_by_exactly_nothing() -> None:
    one = run("co_governance", 1, needs=2000)
    found = apart(need_times(counted(one)), need_times(counted(one)))
    assert found == {"reporting_part": 0.0, "service_part": 0.0, "both_reported_difference": 0.0}


def test_there_is_no_division_of_needs_not_followed_for_the_horizon() -> None:
    names = ("administration_led", "co_governance")
    short = compare(
        {name: [run(name, number, needs=300, followup=60) for number in range(2)] for name in names}
    )
    assert np.isnan([row(short, name)["difference"] for name in PARTS]).all()


def test_three_scenarios_are_each_divided_against_the_first() -> None:
    def renamed(number: int):
        other = run("co_governance", number, needs=400, effect=0.5)
        other.scenario = "third"
        return other

    runs = {name: [run(name, number, needs=400) for number in range(2)]
            for name in ("administration_led", "co_governance")}  # fmt: skip
    found = compare({**runs, "third": [renamed(number) for number in range(2)]})
    for name in ("co_governance", "third"):
        parts = [row(found, part)[f"difference_{name}"] for part in PARTS]
        assert sum(parts) == pytest.approx(row(found, "rmst180")[f"difference_{name}"], abs=1e-9)


def test_needs_are_joined_by_their_number() -> None:
    rows = [solved(0, 10, case_id=4), solved(0, 20, case_id=7), unsolved(0, "silent", None, case_id=9)]
    first = need_times(counted(hand_run(rows)))
    second = need_times(counted(hand_run(rows[1:])))
    assert apart(first, second) == apart(second, second)


def test_heard_before_it_was_solved_and_not_otherwise() -> None:
    rows = [unsolved(0, "silent", None), solved(0, 250), unsolved(0, "open", 190.0), solved(0, 0.2)]
    times = heard_and_served.need_times(counted(hand_run(rows)))
    assert times.heard.tolist() == [np.inf, 0.5, np.inf, pytest.approx(0.2)]
    assert times.service[1] == 249.5
    assert times.service[3] == pytest.approx(0.0)
