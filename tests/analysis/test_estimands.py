"""Each estimand against ledgers small enough to reckon by hand."""

import numpy as np
import pandas as pd
import pytest

from analysis.estimates import estimands
from analysis.estimates.from_report import solved_within_working_days_of_report
from analysis.inputs.ledger import counted
from tests.analysis.synthetic import hand_run, run

NAN = float("nan")


def solved(arisen: float, days: float, by: str = "cadre", **more: object) -> dict[str, object]:
    return {
        "arisen_at": arisen,
        "reported_at": arisen + 0.5,
        "closed_at": arisen + days,
        "solved_at": arisen + days,
        "status": "solved",
        "solved_by": by,
        **more,
    }


def unsolved(
    arisen: float, status: str, reported: float | None = 1.0, closed: float = NAN, **more: object
) -> dict[str, object]:
    return {
        "arisen_at": arisen,
        "reported_at": NAN if reported is None else arisen + reported,
        "closed_at": closed,
        "status": status,
        **more,
    }


def test_restricted_mean_counts_every_need_that_is_not_truly_solved_as_180_days():
    needs = counted(
        hand_run(
            [
                solved(0, 10),
                solved(5, 250),
                unsolved(3, "silent", None),
                unsolved(4, "paper_closed", closed=20),
                unsolved(6, "shelved"),
                unsolved(7, "withdrawn", closed=30),
                unsolved(8, "open"),
            ]
        )
    )
    assert estimands.restricted_mean_need(needs) == pytest.approx((10 + 6 * 180) / 7)


def test_only_needs_of_the_counting_window_count():
    records = hand_run(
        [solved(9.99, 1), solved(10, 2), solved(29.99, 4), solved(30, 8)], warmup=10, horizon=20, followup=180
    )
    needs = counted(records)
    assert needs.case_id.tolist() == [1, 2]
    assert estimands.restricted_mean_need(needs) == pytest.approx(3)
    assert needs.followed == pytest.approx([200, 180.01])


def test_solved_within_seven_working_days():
    # From Monday 0:00: 7 working days end on Wednesday 0:00 of the next week, day 9.
    needs = counted(
        hand_run([solved(0, 8.9), solved(0, 9.1), unsolved(0, "silent", None), unsolved(0, "open")])
    )
    assert estimands.solved_within_working_days(needs) == 0.25
    day_and_night = counted(hand_run([solved(0, 6.9), solved(0, 7.1)], round_the_clock=True))
    assert estimands.solved_within_working_days(day_and_night) == 0.5


def test_companion_counts_from_the_report_over_all_reported_needs():
    rows = [
        solved(0, 20, reported_at=14.0),  # 6 days after the report, 4 of them worked
        solved(0, 30, reported_at=1.0),
        unsolved(0, "open"),
        unsolved(0, "withdrawn", closed=3.0),
        unsolved(0, "silent", None),
    ]
    needs = counted(hand_run(rows))
    assert solved_within_working_days_of_report(needs) == 0.25
    assert estimands.solved_within_working_days(needs) == 0.0


def test_endings_by_hand():
    needs = counted(
        hand_run(
            [
                solved(0, 10, "desk"),
                solved(0, 20, "neighbour"),
                solved(0, 179.9, "neighbour"),
                solved(0, 181),  # solved too late: still open at 180 days
                unsolved(0, "silent", None),
                unsolved(0, "open", reported=190.0),  # first reported after 180 days: silent until then
                unsolved(0, "paper_closed", closed=50.0),
                unsolved(0, "paper_closed", closed=185.0),  # closed on paper later than 180 days: open
                unsolved(0, "withdrawn", closed=60.0),
                unsolved(0, "shelved"),
            ]
        )
    )
    found = estimands.endings(needs)
    expected = {
        "solved": 0.3,
        "solved_desk": 0.1,
        "solved_neighbour": 0.2,
        "solved_cadre": 0.0,
        "silent": 0.2,
        "paper_closed": 0.1,
        "withdrawn": 0.1,
        "shelved": 0.1,
        "open": 0.2,
    }
    assert {key: found[f"ending_{key}"] for key in expected} == pytest.approx(expected)


@pytest.mark.parametrize("scenario", ["administration_led", "co_governance"])
def test_endings_sum_to_one_and_solvers_to_the_solved(scenario):
    found = estimands.endings(counted(run(scenario, needs=800)))
    outer = [found["ending_solved"]] + [found[f"ending_{name}"] for name in estimands.UNSOLVED_ENDINGS]
    assert sum(outer) == pytest.approx(1.0)
    by = sum(value for key, value in found.items() if key.startswith("ending_solved_"))
    assert by == pytest.approx(found["ending_solved"])
    assert found["ending_solved"] > 0.4


def test_a_later_solution_without_report_is_still_a_solution():
    found = estimands.endings(
        counted(hand_run([{"arisen_at": 0, "solved_at": 5.0, "status": "solved", "solved_by": "neighbour"}]))
    )
    assert found["ending_solved"] == 1.0
    assert found["ending_silent"] == 0.0


def test_multi_organisation_needs_only():
    rows = [
        solved(0, 5),
        solved(0, 59, organisations_needed=2),
        solved(0, 61, organisations_needed=3),
        unsolved(0, "shelved", organisations_needed=2),
    ]
    assert estimands.solved_multi_organisation(counted(hand_run(rows))) == pytest.approx(1 / 3)


def test_age_gap_follows_the_owner_of_the_need():
    people = pd.DataFrame(
        {
            "person_id": [3, 1, 2, 9],
            "kind": ["resident", "resident", "resident", "merchant"],
            "age_60plus": [True, False, True, False],
            "in_denominator": True,
            "reports_counted": 0,
            "contributions_counted": 0,
            "votes_counted": 0,
        }
    )
    rows = [
        solved(0, 2, requester_id=3),
        solved(0, 50, requester_id=2),
        solved(0, 2, requester_id=1),
        solved(0, 50, requester_id=9),
        solved(0, 50, requester_id=-1),
    ]
    found = estimands.estimate(hand_run(rows, people))
    assert found["solved_7wd_60plus"] == 0.5
    assert found["solved_7wd_under60"] == 1.0  # neither the merchant's need nor the ownerless one
    assert found["solved_7wd_age_gap"] == -0.5


def test_handling_by_hand():
    rows = [
        solved(0, 5, duplicates=3, handoffs=2, bounces=1, satisfaction=0.8),
        solved(0, 5, satisfaction=0.4),
        unsolved(0, "paper_closed", closed=9.0, handoffs=1),
        unsolved(0, "silent", None, handoffs=7),
    ]
    found = estimands.estimate(hand_run(rows))
    assert found["reported_180d"] == 0.75
    assert found["duplicate_share"] == 0.5  # three duplicates and three first reports
    assert found["handoffs_mean"] == 1.0
    assert found["bounces_mean"] == pytest.approx(1 / 3)
    assert found["resolution_rate_reported"] == pytest.approx(2 / 3)
    assert found["paper_share_of_closed"] == pytest.approx(1 / 3)
    assert found["satisfaction_mean"] == pytest.approx(0.6)


def test_sham_gap_counts_every_closing_on_paper():
    """A case closed twice on paper before it was solved was closed three times, once truly."""
    rows = [solved(0, 5, paper_closings=2), solved(0, 5, paper_closings=0)]
    assert estimands.estimate(hand_run(rows))["sham_gap"] == 0.5
    assert estimands.estimate(hand_run([solved(0, 5)]))["sham_gap"] == 0.0


def test_short_follow_up_is_corrected_for():
    full = run("administration_led", needs=20000, residents=50, followup=180)
    # The same ledger as it would stand had the run ended when the window closed.
    cut = run("administration_led", needs=20000, residents=50, followup=180)
    end = 180.0 + 365.0
    late = cut.cases["solved_at"].to_numpy() > end
    cut.cases.loc[late, ["solved_at", "closed_at"]] = np.nan
    cut.settings.followup_days = 0
    whole, short = estimands.estimate(full), estimands.estimate(cut)
    needs = counted(cut)
    naive = np.mean((needs.solved - needs.arisen) <= 60)
    assert short["rmst180"] == pytest.approx(whole["rmst180"], abs=1.5)
    assert short["solved_7wd"] == pytest.approx(whole["solved_7wd"], abs=0.005)
    # Were the correction left out, this is how wrong the share within 60 days would be.
    assert naive < np.mean((counted(full).solved - counted(full).arisen) <= 60) - 0.02
    assert short["ending_solved"] == pytest.approx(whole["ending_solved"], abs=0.02)


def test_known_truth_by_simulation():
    rng = np.random.default_rng(8)
    days = rng.exponential(40, 20000)
    rows = [solved(0, float(day)) for day in days]
    found = estimands.estimate(hand_run(rows, round_the_clock=True))
    assert found["rmst180"] == pytest.approx(40 * (1 - np.exp(-180 / 40)), abs=1.0)
    assert found["solved_7wd"] == pytest.approx(1 - np.exp(-7 / 40), abs=0.01)
    assert found["ending_solved"] == pytest.approx(1 - np.exp(-180 / 40), abs=0.003)


def test_unknown_ending_is_refused():
    records = hand_run([solved(0, 1), solved(0, 2)])
    records.cases["solved_by"] = ["cadre", "robot"]
    with pytest.raises(ValueError, match="solved_by: unknown value robot"):
        counted(records)
    records = hand_run([solved(0, 1)])
    records.cases["status"] = ["lost"]
    with pytest.raises(ValueError, match="status: unknown value lost"):
        counted(records)


def test_an_empty_window_gives_no_numbers_and_no_warning():
    found = estimands.estimate(hand_run([solved(400, 1)], horizon=10))
    assert np.isnan(found["rmst180"])
    assert np.isnan(found["ending_solved"])
    assert np.isnan(found["reported_180d"])


def test_unsolved_curve_starts_at_one_and_agrees_with_the_estimands():
    records = run(needs=3000)
    needs = counted(records)
    curve = estimands.unsolved_curve(needs, np.array([0.0, 60.0, 180.0, 900.0]))
    assert curve[0] == 1.0
    assert curve[1] == pytest.approx(np.mean(~(needs.solved - needs.arisen <= 60)))
    assert 1 - curve[2] == pytest.approx(estimands.endings(needs)["ending_solved"])
    assert np.isnan(curve[3])
