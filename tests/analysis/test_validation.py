"""The validation tables: how rows are judged, what the estimators find, and that no row knows its outcome."""

import math
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from analysis.statistics.reference_results import burden_load, lognormal_gini, lognormal_top_share
from analysis.validation import KINDS, ROWS, Row, judge, table
from analysis.validation.calibrated import patrol_closure
from analysis.validation.independent import days_of_simple_cases
from analysis.validation.measures import risk_ratio, second_report_ratio
from analysis.validation.participation import (
    REPORTS,
    a_head,
    at_least,
    helps_per_member_year,
    inequality,
    once,
    reports_by_once_only,
    top,
)
from experiments.command_line.validate import markdown, measure, render
from sim import load_scenario, simulate
from tests.analysis.synthetic import hand_run

#: Rows that the model has no state to measure by. A row leaves the list when its mechanism has arrived.
ABSENT = {"cadre_known"}


def row(kind: str = "genuine", low: float = 0.9, high: float = 1.1) -> Row:
    return Row("x", kind, "x", "x", 1.0, low, high, "a source", lambda records: 1.0, too_low="It is low.")


@pytest.mark.parametrize(
    ("values", "verdict", "words"),
    [
        ([1.0, 1.02, 0.98], "met", ""),
        ([0.5, 0.51, 0.49], "missed", "It is low."),
        ([1.5, 1.51, 1.49], "missed", "Nobody has explained this miss yet."),
        ([1.05, 1.12, 1.0], "met", "The interval reaches across the end of the range."),
        ([0.8, 0.9, 0.95], "missed", "It is low. The interval reaches across the end of the range."),
        ([math.nan, math.nan], "missed", "The runs had nothing to measure it by."),
    ],
)
def test_a_genuine_row_is_judged_by_its_mean(values: list[float], verdict: str, words: str) -> None:
    outcome = judge(row(), values)
    assert (outcome.verdict, outcome.explanation) == (verdict, words)


def test_verification_asks_for_the_whole_interval() -> None:
    assert judge(row("verification"), [1.0, 1.02, 0.98]).verdict == "met"
    wide = judge(row("verification"), [0.8, 1.0, 1.2])
    assert wide.verdict == "missed"
    assert wide.explanation.startswith("Too few replications")
    assert judge(row("verification"), [0.5, 0.5, 0.5]).explanation == "It is low."


def test_a_direction_asks_for_the_whole_interval() -> None:
    direction = Row(
        "x", "genuine", "x", "x", 1.0, 1.0, math.inf, "s", lambda _: 1.0, whole=True, too_low="No."
    )
    assert judge(direction, [1.2, 1.22, 1.18]).verdict == "met"
    hardly = judge(direction, [0.95, 1.0, 1.08])
    assert (hardly.verdict, hardly.explanation) == (
        "missed",
        "No. The interval reaches across the end of the range.",
    )
    assert judge(direction, [0.8, 0.81, 0.79]).explanation == "No."


def test_a_row_without_a_state_is_neither_met_nor_missed() -> None:
    outcome = judge(Row("x", "genuine", "x", "x", 1, 0, 2, "s", absent="Not modelled."), [])
    assert (outcome.verdict, outcome.explanation) == ("not in this version", "Not modelled.")
    with pytest.raises(ValueError, match="either a measure"):
        Row("x", "genuine", "x", "x", 1, 0, 2, "s")
    with pytest.raises(ValueError, match="outside the range"):
        Row("x", "genuine", "x", "x", 3, 0, 2, "s", absent="Not modelled.")


def test_every_row_is_declared_once_with_a_source_and_can_be_run() -> None:
    assert len({one.name for one in ROWS}) == len(ROWS)
    assert {one.kind for one in ROWS} == set(KINDS)
    for one in ROWS:
        assert one.source, one.name
        assert one.en, one.name
        assert one.zh, one.name
        if one.available:
            load_scenario(one.scenario, one.overrides)
    assert {one.name for one in ROWS if one.measure is None} == ABSENT


def test_a_row_waits_for_what_it_needs() -> None:
    def needing(what: str) -> Row:
        return Row("x", "genuine", "x", "x", 1, 0, 2, "s", lambda records: 1, absent="Later.", needs=(what,))

    assert judge(needing("no_such_scenario"), []).verdict == "not in this version"
    assert judge(needing("demand.rate"), [1.0, 1.0]).verdict == "met"


def test_a_note_is_told_whatever_the_verdict() -> None:
    noted = Row("x", "genuine", "x", "x", 1, 0, 2, "s", lambda records: 1.0, note="A lower bound.")
    assert judge(noted, [1.0, 1.0]).explanation == "A lower bound."


def test_a_prediction_is_named_in_every_table() -> None:
    told = "B, fitted on A"
    predicting = Row("x", "genuine", "x", "x", 1, 0, 2, "s", lambda records: 1.0, predicts=told)
    outcomes = [judge(predicting, [1.0, 1.0]), judge(row("verification"), [1.0, 1.0])]
    assert list(table(outcomes)["predicts"]) == [told, ""]
    for text in (render(outcomes), markdown(outcomes)):
        assert text.count(told) == 1
        assert text.count("predicts") == 1
    with pytest.raises(ValueError, match="only a genuine row predicts"):
        Row("x", "calibrated", "x", "x", 1, 0, 2, "s", lambda records: 1.0, predicts=told)


def test_what_a_parameter_was_chosen_for_is_no_evidence() -> None:
    """Gini, top tenth, retention and the waterlogged market were put in; what follows was not."""
    kinds = {one.name: one.kind for one in ROWS}
    put_in = {"contribution_gini", "contribution_top10", "retention_30", "reports_a_reporter"}
    put_in |= {"waterlogging_letters", "waterlogging_convener"}
    found = {"once_reporters", "once_volunteers", "contribution_top1", "reports_top1"}
    found |= {"waterlogging_no_links"}
    assert {kinds[name] for name in put_in} == {"calibrated"}
    assert {kinds[name] for name in found} == {"genuine"}


def test_shares_are_of_those_who_acted() -> None:
    """Ten reporters among a thousand residents: 1 × 7, 2, 5 and 6 reports; children are in no denominator."""
    counts = np.zeros(1001)
    counts[:10] = [1, 1, 1, 1, 1, 1, 1, 2, 5, 6]
    counts[1000] = 50
    people = pd.DataFrame({REPORTS: counts, "kind": "resident", "in_denominator": [True] * 1000 + [False]})
    records = SimpleNamespace(people=people)
    assert once(REPORTS)(records) == pytest.approx(0.7)
    assert a_head(REPORTS)(records) == pytest.approx(2.0)
    assert at_least(REPORTS, 5)(records) == pytest.approx(0.2)
    assert top(REPORTS, 0.10)(records) == pytest.approx(6 / 20)
    assert reports_by_once_only(records) == pytest.approx(7 / 20)
    # Over the ten alone: sum of (2 i - 11) x_(i) = 78, over n times the total = 200.
    assert inequality(REPORTS)(records) == pytest.approx(0.39)


def test_a_window_of_another_length_is_a_run_of_its_own() -> None:
    windows = {one.name: one.settings.get("horizon_days", 365) for one in ROWS}
    assert windows["reports_a_reporter"] == windows["once_reporters"] == windows["reports_top1"] > 3 * 365
    assert windows["messages_a_user"] == windows["once_messages"] == windows["many_messages"] < 365
    assert windows["once_volunteers"] == windows["contribution_gini"] == 365


def test_closed_on_paper_is_closed_on_patrol() -> None:
    rows = [{"status": status} for status in ("solved", "paper_closed", "open", "shelved")]
    made = hand_run(rows, horizon=100, followup=180)
    made.cases["found_by"] = "cadre"
    assert patrol_closure(made) == 0.5


def test_helps_are_counted_a_registered_year() -> None:
    helpers = ("neighbour", "neighbour", "cadre")
    rows = [{"reported_at": 1.0, "solved_at": 3.0, "solved_by": who} for who in helpers]
    made = hand_run(rows, horizon=73, followup=0)
    made.daily = pd.DataFrame({"day": np.arange(73), "registered": 40})
    assert helps_per_member_year(made) == pytest.approx(2 / (40 * 0.2))


def test_ratio_over_strata_by_hand() -> None:
    exposed = np.array([1, 1, 0, 0, 1, 1, 0, 0], bool)
    event = np.array([1, 0, 1, 0, 1, 1, 1, 0], bool)
    assert risk_ratio(exposed, event, np.zeros(8, int)) == pytest.approx(0.75 / 0.5)
    # Strata {0..3}: 1 of 2 against 1 of 2; {4..7}: 2 of 2 against 1 of 2. (1·2/4 + 2·2/4) / (1·2/4 + 1·2/4).
    assert risk_ratio(exposed, event, np.repeat([0, 1], 4)) == pytest.approx(1.5)
    assert math.isnan(risk_ratio(exposed, np.zeros(8, bool), np.zeros(8, int)))


def test_propensity_inflates_the_naive_ratio_and_not_the_controlled_one() -> None:
    """Active people are fixed more often here; a fix itself makes a second report half again as likely."""
    luck = np.random.default_rng(1)
    n = 40_000
    active = luck.random(n) < 0.5
    fixed = luck.random(n) < np.where(active, 0.8, 0.2)
    again = luck.random(n) < np.where(active, 0.4, 0.1) * np.where(fixed, 1.5, 1.0)
    who = np.arange(n)
    first = pd.DataFrame({"reporter_id": who, "reported_at": 10.0, "solved_at": np.where(fixed, 20.0, 90.0)})
    second = pd.DataFrame({"reporter_id": who[again], "reported_at": 100.0, "solved_at": np.nan})
    records = SimpleNamespace(
        cases=pd.concat([second, first], ignore_index=True),
        people=pd.DataFrame({"person_id": who, "propensity": np.where(active, 2.0, 0.5)}),
        settings=SimpleNamespace(warmup_days=0, horizon_days=500, followup_days=0),
    )
    assert second_report_ratio(records, controlled=True) == pytest.approx(0.5, abs=0.05)
    assert second_report_ratio(records, controlled=False) > 1.2


def test_design_arithmetic_and_inequality_of_a_lognormal() -> None:
    loads = [burden_load(0.30, 3.95, 18, 1760, 1 - share, 0.75) for share in (0.2, 0.35, 0.5)]
    assert [round(load, 2) for load in loads] == [0.62, 0.77, 1.00]
    many = np.sort(np.exp(np.random.default_rng(2).normal(size=400_000) * 1.0))
    rank = np.arange(1, many.size + 1)
    gini = float(((2 * rank - many.size - 1) * many).sum() / many.size / many.sum())
    assert lognormal_gini(1.0) == pytest.approx(gini, abs=0.01)
    top = many[-many.size // 10 :].sum() / many.sum()
    assert lognormal_top_share(1.0, 0.10) == pytest.approx(top, abs=0.01)


def test_rows_with_the_same_setting_share_its_runs(tmp_path: Path) -> None:
    rows = [one for one in ROWS if one.name in ("reported_share", "duplicates", "requests")]
    small = ["community.residents=200", "warmup_days=10", "horizon_days=60", "followup_days=30"]
    runs = []

    def counting(scenario: object, seed: int, replication: int) -> object:
        runs.append(replication)
        return simulate(scenario, seed=seed, replication=replication)

    values = measure(rows, seed=1, replications=3, overrides=small, simulate=counting)
    assert runs == [0, 1, 2]
    assert {name: len(found) for name, found in values.items()} == {one.name: 3 for one in rows}
    assert values == measure(rows, seed=1, replications=3, overrides=small)
    outcomes = [judge(one, values[one.name]) for one in rows]
    text = render(outcomes)
    assert text.index("Calibrated") < text.index("Verification") < text.index("Genuine")
    frame = table(outcomes)
    assert list(frame["row"]) == [one.name for one in rows]
    assert (frame["simulated"].round(12) == [np.mean(values[one.name]).round(12) for one in rows]).all()


def test_days_of_simple_cases_by_hand() -> None:
    """Of one organisation, of the community, reported and not settled at the desk: 2, 4, 6 and never."""
    rows = [
        {"reported_at": 1.0, "solved_at": 3.0, "solved_by": "cadre"},
        {"reported_at": 1.0, "solved_at": 5.0, "solved_by": "neighbour"},
        {"reported_at": 1.0, "solved_at": 7.0, "solved_by": "cadre"},
        {"reported_at": 1.0},
        {"reported_at": 1.0, "solved_at": 1.0, "solved_by": "desk"},
        {"reported_at": 1.0, "solved_at": 90.0, "solved_by": "unit"},
        {"reported_at": 1.0, "solved_at": 91.0, "solved_by": "unit"},
        {},
    ]
    made = hand_run(rows, horizon=100, followup=180)
    made.cases["organisations_needed"] = [1, 1, 1, 1, 1, 2, 1, 1]
    made.cases["level_needed"] = [0, 0, 0, 0, 0, 0, 1, 0]
    assert days_of_simple_cases(made) == 5.0
