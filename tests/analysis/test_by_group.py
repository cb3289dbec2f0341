"""Measures by group: they add up, nothing differs from itself, a difference shows where it was planted."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.comparison.by_group import COLUMNS, SMALL, by_group_table
from analysis.comparison.scenario_summary import summarise_runs
from analysis.comparison.table import compare_summaries
from analysis.estimates.boards import DAILY_RATIOS, RATIOS, boards
from analysis.estimates.by_group import by_group
from analysis.estimates.estimands import estimate
from analysis.estimates.timeliness import standards_met
from analysis.inputs.groups import OF_OUTCOME, divisions
from analysis.inputs.ledger import counted
from analysis.metrics import METRICS
from analysis.statistics import grouped, survival
from analysis.summaries.run_summary import summarise_run
from sim import load_scenario, simulate
from tests.analysis.synthetic import NAN, hand_run, run

CATEGORIES = np.array(["housing", "order", "property", "traffic"])
#: What does not add up.
NO_MEAN = ("report_to_solution_median", "report_to_solution_p90")
SUMS = ("needs", "cases_reported", "case_staff_hours", "case_unit_hours")


def varied(scenario="co_governance", replication=0, needs=3000, residents=900, **calendar):
    """A drawn run whose needs and people differ in everything that divides them."""
    made = run(scenario, replication, needs=needs, residents=residents, **calendar)
    luck = np.random.default_rng([3, replication])
    cases, people = made.cases, made.people
    cases["category"] = pd.Categorical(CATEGORIES[luck.integers(0, 4, needs)])
    cases["level_needed"] = luck.integers(0, 3, needs)
    cases["community"] = luck.integers(0, 2, needs)
    channel = np.where(
        cases["reported_at"].notna(), np.array(["phone", "app"])[luck.integers(0, 2, needs)], None
    )
    cases["channel"] = pd.Categorical(channel, categories=["office", "phone", "app"])
    cases["first_response_at"] = cases["reported_at"] + luck.exponential(1.0, needs)
    cases["reopened"] = luck.integers(0, 2, needs)
    cases["staff_hours"] = luck.exponential(3.0, needs)
    cases["due_at"] = cases["reported_at"] + 20.0
    cases["on_time"] = np.where(cases["due_at"].isna(), NAN, (cases["solved_at"] <= cases["due_at"]) * 1.0)
    # Every second need a resident's, the others a merchant's.
    cases["requester_id"] = np.where(luck.random(needs) < 0.8, luck.integers(0, residents, needs),
                                     luck.integers(residents, residents + 300, needs))  # fmt: skip
    people["migrant"] = luck.random(len(people)) < 0.4
    people["grid"] = luck.integers(0, 5, len(people))
    return made


@pytest.fixture(scope="module")
def real():
    small = ["community.residents=1500", "community.merchants=60", "warmup_days=60", "horizon_days=150"]
    return simulate(load_scenario("co_governance", small), seed=3)


@pytest.fixture(scope="module")
def summaries():
    arms = ("administration_led", "co_governance")
    return {name: [summarise_run(varied(name, number)) for number in range(4)] for name in arms}


@pytest.mark.parametrize("which", ["drawn", "real"])
def test_the_groups_of_a_division_add_up_to_the_whole(which, real):
    records = real if which == "real" else varied()
    tables = {table.division: table for table in by_group(records, counted(records))}
    wanted = {"category", "organisations", "level_needed", "community", "month", "age", "tenure", "area",
              "channel", "carried_by", "unit_kind"}  # fmt: skip
    assert wanted <= set(tables)
    whole = tables.pop("all")
    tables.pop("unit_kind")
    for name, table in tables.items():
        for metric in whole.metrics:
            if metric not in table.metrics:
                assert metric in [name for name, *_ in DAILY_RATIOS]  # of no single need
                continue
            place = whole.metrics.index(metric)
            values, number = (part[:, table.metrics.index(metric)] for part in (table.values, table.number))
            assert number.sum() == whole.number[0, place], (name, metric)
            if metric in SUMS:
                assert values.sum() == pytest.approx(whole.values[0, place], rel=1e-12), (name, metric)
            elif name in OF_OUTCOME and metric.startswith("case_"):
                continue  # hours of cases that nobody solved belong to no solution
            elif metric not in NO_MEAN and number.sum():
                # Where something was not watched long enough, Kaplan-Meier estimates add up but nearly.
                close = 2e-3 if metric in ("first_response_1wd", "solved_30d_from_report",
                                           "solved_7wd_from_report") else 1e-12  # fmt: skip
                mean = np.nansum(values * number) / number.sum()
                assert mean == pytest.approx(whole.values[0, place], abs=close, rel=close), (name, metric)


def test_shares_in_time_add_up_exactly_where_all_were_watched_long_enough():
    records = varied(followup=400)
    records.cases["reported_at"] = records.cases["reported_at"].clip(upper=900.0)
    tables = {table.division: table for table in by_group(records, counted(records))}
    for metric in ("solved_30d_from_report", "solved_7wd_from_report", "first_response_1wd"):
        place = tables["all"].metrics.index(metric)
        for table in tables.values():
            if table.metrics == tables["all"].metrics:
                total = np.nansum(table.values[:, place] * table.number[:, place])
                whole = tables["all"].values[0, place] * tables["all"].number[0, place]
                assert total == pytest.approx(whole, abs=1e-9)


@pytest.mark.parametrize("which", ["drawn", "real"])
def test_the_undivided_whole_is_what_the_estimates_say(which, real):
    records = real if which == "real" else varied()
    whole, found = by_group(records, counted(records))[0], estimate(records)
    assert whole.division == "all"
    compared = 0
    for name, value in zip(whole.metrics, whole.values[0], strict=True):
        assert name in METRICS
        if METRICS[name].group != "groups":
            assert value == pytest.approx(found.get(name, NAN), rel=1e-12, abs=1e-12, nan_ok=True), name
            compared += 1
    assert compared >= len(RATIOS) + 7


def test_rows_of_the_whole_are_those_of_the_other_tables(summaries):
    table = by_group_table(summaries)
    assert list(table.columns) == list(COLUMNS)
    whole = table[table["group"] == "all"].set_index(["scenario", "metric"])
    comparison = compare_summaries(summaries).set_index("metric")
    for metric in ("reported_180d", "overdue_share", "rmst180", "case_staff_hours_per_solved"):
        for arm in summaries:
            for end in ("mean", "low", "high"):
                assert whole.loc[(arm, metric), end] == pytest.approx(comparison.loc[metric, f"{arm}_{end}"])
        assert whole.loc[("difference", metric), "mean"] == pytest.approx(
            comparison.loc[metric, "difference"]
        )
        low = comparison.loc[metric, "difference_low"]
        assert whole.loc[("difference", metric), "low"] == pytest.approx(low)
    (arm, runs), *_ = summaries.items()
    alone = by_group_table({arm: runs})
    mine = table[table["scenario"] == arm].reset_index(drop=True)
    # A group that only the other scenario has is no row of this one alone.
    both = mine.merge(alone, on=["group", "level", "metric"], suffixes=("", "_alone"))
    assert len(both) == len(alone)
    pd.testing.assert_series_equal(both["mean"], both["mean_alone"], check_names=False)
    said = summarise_runs(runs).set_index("metric")["mean"]
    assert alone[alone["group"] == "all"].set_index("metric").loc["rmst180", "mean"] == pytest.approx(
        said["rmst180"]
    )


def test_an_arm_differs_from_itself_by_exactly_nothing(summaries):
    (_, runs), *_ = summaries.items()
    twin = [replace(one, scenario="twin") for one in runs]
    table = by_group_table({"administration_led": runs, "twin": twin})
    apart = table[table["scenario"] == "difference"]
    assert not set(OF_OUTCOME) & set(apart["group"])
    assert len(apart) > 500
    small = apart["n"] < SMALL
    assert apart.loc[small, ["mean", "low", "high"]].isna().all(axis=None)
    told = apart[~small & apart["mean"].notna()]
    assert len(told) > 0.8 * len(apart)
    assert (told[["mean", "low", "high"]] == 0.0).all(axis=None)


def test_a_planted_difference_shows_in_its_group_and_only_there():
    """In one arm, what migrants report is solved ten days later; nothing else is touched."""
    first, second = [], []
    for number in range(4):
        one, other = (varied("co_governance", number, needs=4000) for _ in range(2))
        people = other.people.set_index("person_id")
        migrant = people.loc[other.cases["requester_id"], "migrant"].to_numpy()
        resident = (people.loc[other.cases["requester_id"], "kind"] == "resident").to_numpy()
        for column in ("solved_at", "closed_at"):
            other.cases.loc[migrant & resident, column] += 10.0
        first.append(summarise_run(one))
        second.append(replace(summarise_run(other), scenario="later"))
    table = by_group_table({"co_governance": first, "later": second})
    apart = table[(table["scenario"] == "difference") & (table["metric"] == "report_to_solution_median")]
    apart = apart.set_index(["group", "level"])
    assert apart.loc[("tenure", "migrant"), "mean"] > 3
    assert apart.loc[("tenure", "migrant"), "low"] > 0
    for level in ("local", "merchant"):
        assert (apart.loc[("tenure", level), ["mean", "low", "high"]] == 0.0).all()
    changed = table[(table["scenario"] == "difference") & (table["group"] == "tenure")]
    elsewhere = changed[(changed["level"] != "migrant") & changed["mean"].notna()]
    assert (elsewhere[["mean", "low", "high"]] == 0.0).all(axis=None)
    # Who needs what is the same in both.
    untouched = changed[(changed["level"] == "migrant") & changed["metric"].isin(["needs", "reported_180d"])]
    assert (untouched["mean"] == 0.0).all()


def test_an_empty_group_has_no_value_and_a_small_one_no_difference():
    rows = [{"arisen_at": float(n), "reported_at": n + 1.0, "category": "a"} for n in range(30)]
    rows += [{"arisen_at": float(n), "reported_at": n + 1.0, "category": "b"} for n in range(5)]
    rows += [{"arisen_at": 3.0, "category": "silent"}]
    better = [{**row, "solved_at": row["arisen_at"] + 2, "status": "solved", "satisfaction": 0.9}
              if "reported_at" in row else row for row in rows]  # fmt: skip
    arms = {name: [summarise_run(hand_run(made, scenario=name))] for name, made in
            (("a", rows), ("b", better))}  # fmt: skip
    table = by_group_table(arms).set_index(["scenario", "group", "level", "metric"])

    def value(arm, level, metric):
        return table.loc[(arm, "category", level, metric), ["mean", "n"]].tolist()

    assert value("a", "a", "satisfied_reported") == [0.0, 30.0]
    # Nobody rated: that is neither no satisfaction nor all of it.
    mean, number = value("a", "a", "satisfied_rated")
    assert np.isnan(mean)
    assert number == 0
    for metric in ("resolution_rate_reported", "repeated_share", "report_to_solution_median"):
        mean, number = value("b", "silent", metric)
        assert np.isnan(mean)
        assert number == 0
    assert value("b", "silent", "cases_reported") == [0.0, 1.0]
    assert value("difference", "a", "resolution_rate_reported") == [1.0, 30.0]
    mean, number = value("difference", "b", "resolution_rate_reported")
    assert np.isnan(mean)
    assert number == 5
    assert value("b", "b", "resolution_rate_reported") == [1.0, 5.0]


def test_the_measures_of_the_boards_by_hand():
    """Time 0 is a Monday; 7 working days after a report on a Monday is the Wednesday of the next week."""
    solved = {"status": "solved", "solved_by": "cadre"}
    rows = [
        # Within a working day, satisfied.
        {"reported_at": 0.0, "closed_at": 0.9, "solved_at": 0.9, "satisfaction": 0.8, "staff_hours": 2.0,
         **solved},
        # After eight working days: late. It was reported twice, and nobody is pleased.
        {"reported_at": 0.0, "closed_at": 10.0, "solved_at": 10.0, "satisfaction": 0.49, "duplicates": 1,
         "unit_hours": 6.0, **solved},
        # On paper at once, opened again, on paper again at once.
        {"reported_at": 7.0, "closed_at": 7.5, "status": "paper_closed", "satisfaction": 0.5, "reopened": 1,
         "staff_hours": 1.0},
        # Withdrawn at once: no solution, not even on paper.
        {"reported_at": 7.0, "closed_at": 7.5, "status": "withdrawn"},
        {"reported_at": 0.0},
        # Nobody reported it.
        {"status": "silent"},
    ]  # fmt: skip
    records = hand_run(rows)
    needs = counted(records)
    found = boards(records, needs)
    assert found == {
        "cases_reported": 5.0,
        "recorded_solved_share": 3 / 5,
        "satisfied_rated": 2 / 3,
        "satisfied_reported": 2 / 5,
        "closed_at_once_share": 2 / 5,
        "solved_at_once_share": 1 / 5,
        "repeated_share": 1 / 5,
        "case_staff_hours_per_solved": 3 / 2,
        "case_unit_hours_per_solved": 6 / 2,
    }
    # Without dates in the ledger, what people expect: 7 working days.
    assert not standards_met(records)
    records.settings.trust = type("Trust", (), {"standard_days": (7.0, 15.0, 15.0)})()
    assert standards_met(records) == {"on_time_share": 1 / 5, "on_time_closed_share": 3 / 5}
    assert boards(records, needs)["overdue_share"] == 2 / 5


def test_a_measure_joins_by_one_line(monkeypatch):
    """Counted by need: a column of the ledger. Counted by day: a running total of the daily series."""
    records = varied(needs=600)
    luck = np.random.default_rng(1)
    records.cases["asked"] = luck.integers(0, 2, len(records.cases))
    records.cases["pleased"] = records.cases["asked"] * luck.integers(0, 2, len(records.cases))
    one = records.daily.sort_values("day")
    both = [
        one.assign(community=number, calls=(number + 1) * one["day"], said=one["day"], never=0)
        for number in (0, 1)
    ]
    records.daily = pd.concat(both).sort_values(["day", "community"])
    line, daily_line = ("pleased_rate", "pleased", "asked"), ("said_rate", "said", "calls")
    nobody = ("nobody_called", "said", "never")
    monkeypatch.setattr("analysis.estimates.by_group.RATIOS", (*RATIOS, line))
    monkeypatch.setattr(
        "analysis.estimates.by_group.DAILY_RATIOS", (daily_line, ("unknown", "no", "column"), nobody)
    )
    tables = {table.division: table for table in by_group(records, counted(records))}
    place = tables["category"].metrics.index("pleased_rate")
    keep = records.cases[(records.cases["arisen_at"] >= 180) & (records.cases["arisen_at"] < 545)]
    number = tables["category"].number[:, place]
    assert number.sum() == keep["asked"].sum()
    assert np.nansum(tables["category"].values[:, place] * number) == pytest.approx(keep["pleased"].sum())
    assert not {"unknown", "nobody_called"} & set(tables["all"].metrics)
    assert "said_rate" not in tables["category"].metrics
    where = tables["community"].metrics.index("said_rate")
    assert tables["community"].values[:, where].tolist() == [1.0, 0.5]
    assert tables["community"].number[:, where].tolist() == [365.0, 730.0]
    where = tables["all"].metrics.index("said_rate")
    assert tables["all"].values[0, where] == pytest.approx(2 / 3)


def test_owners_are_found_whatever_the_order_of_people():
    records, other = varied(needs=500), varied(needs=500)
    other.people = other.people.sample(frac=1.0, random_state=1).reset_index(drop=True)
    first, second = (by_group(one, counted(one)) for one in (records, other))
    assert [one.division for one in first] == [one.division for one in second]
    for one, same in zip(first, second, strict=True):
        assert one.levels == same.levels
        np.testing.assert_array_equal(one.values, same.values)


def test_pairs_are_made_by_replication(summaries):
    """In whatever order runs come back, and where one is missing."""
    (a, first), (b, second) = summaries.items()
    table = by_group_table({a: first[1:], b: second[1:]})
    again = by_group_table({a: [first[2], first[0], first[3], first[1]], b: second[:0:-1]})
    pd.testing.assert_frame_equal(table, again)


def test_months_are_those_in_which_needs_arose():
    days = [0.0, 29.5, 30.0, 58.0, 364.9]  # 2023-01-02 is day 0
    records = hand_run([{"arisen_at": day} for day in days])
    (months,) = (one for one in divisions(records, counted(records)) if one.name == "month")
    assert [months.levels[place] for place in months.code] == [
        "2023-01",
        "2023-01",
        "2023-02",
        "2023-03",
        "2024-01",
    ]
    assert months.levels[0] == "2023-01"
    assert months.levels[-1] == "2024-01"
    assert len(months.levels) == 13


def test_who_carried_a_case():
    rows = [
        {"reported_at": 1.0, "solved_at": 2.0, "status": "solved", "solved_by": "unit"},
        {"reported_at": 1.0},
        {},
        {"reported_at": 1.0, "solved_at": 2.0, "status": "solved", "solved_by": "unit"},
    ]
    records = hand_run(rows)
    records.cases["supplier"] = pd.Categorical([None, None, None, "property_company"])
    (carried,) = (one for one in divisions(records, counted(records)) if one.name == "carried_by")
    assert [carried.levels[place] for place in carried.code] == [
        "unit", "nobody_yet", "not_reported", "property_company",
    ]  # fmt: skip


@pytest.mark.parametrize("watched", ["long", "some", "briefly"])
def test_groups_at_once_give_what_each_gives_alone(watched):
    luck = np.random.default_rng(5)
    size, groups = 400, 7
    code = luck.integers(0, groups - 1, size)  # the last group stays empty
    time = np.where(luck.random(size) < 0.3, NAN, np.round(luck.exponential(20.0, size)))
    followed = {"long": np.full(size, 99.0), "some": np.where(code < 3, 99.0, 25.0),
                "briefly": np.round(luck.uniform(5, 60, size))}[watched]  # fmt: skip
    time = np.where(time <= followed, time, NAN)
    share = grouped.Within(time, followed, 30.0).share(code, groups)
    middle, slow = grouped.Ordered(time).quantiles(code, groups, 0.5, 0.9)
    mean = grouped.restricted_means(code, groups, time, followed, 30.0)
    for group in range(groups - 1):
        mine = code == group
        alone = survival.probability_within(time[mine], followed[mine], 30.0)
        assert share[group] == pytest.approx(alone, abs=1e-12)
        ordered = np.sort(np.where(np.isnan(time[mine]), np.inf, time[mine]))
        assert middle[group] == ordered[int(np.ceil(0.5 * len(ordered))) - 1]
        assert slow[group] == ordered[int(np.ceil(0.9 * len(ordered))) - 1]
        wanted = survival.restricted_mean(*survival.censor(time[mine], followed[mine]), 30.0)[0]
        assert mean[group] == pytest.approx(wanted, abs=1e-12)
    assert np.isnan([share[-1], middle[-1], slow[-1], mean[-1]]).all()


def test_a_sample_of_the_ledger_has_no_counts():
    records = hand_run([{"reported_at": 1.0}])
    records.settings.ledger = "sample"
    needs = counted(records)
    assert "cases_reported" not in boards(records, needs)
    assert not {"needs", "cases_reported"} & set(by_group(records, needs)[0].metrics)
    assert by_group_table({"a": [summarise_run(hand_run([]))]}).empty
