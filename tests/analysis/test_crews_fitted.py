"""Crews fitted on one neighbourhood and held against the other: measures, summary of events, fit."""

import dataclasses
import os
from pathlib import Path

import numpy as np
import pytest

from analysis.validation import ROWS
from analysis.validation.crew_events import Organisers, drawn, summarise
from analysis.validation.crews import (
    MEASURES,
    PREDICTIONS,
    counts_as_met,
    measures,
    neighbourhoods,
    predicted,
)
from experiments import crews_fit
from experiments.command_line.validate import measure
from sim.errors import InputError
from sim.mechanisms.crews.replay import Attendance, CrewRule

_DAYS = 347.67


@pytest.fixture(scope="module")
def records() -> Path:
    """Return the folder of the aggregates, which are not part of the repository."""
    root = Path(__file__).resolve().parents[2]
    shared = Path(os.environ.get("COGOV_SHARED", root.parent / "shared"))
    path = shared / "data" / "pioneers_events"
    if not (path / "events_1.csv.gz").is_file():
        pytest.skip(f"the volunteers' events are not in {path}; set COGOV_SHARED to the folder with data/")
    return path


def test_measures_by_hand() -> None:
    """Four people with 1, 1, 2 and 6 acts; the last came first with too few days left for 90 and 180."""
    came = Attendance(
        np.array([1, 1, 2, 6]),
        np.array([0.0, 10.0, 20.0, 300.0]),
        np.array([0.0, 10.0, 150.0, 340.0]),
        0.75,
    )
    found = measures(came, 348.0)
    assert found["people"] == 4
    assert found["once"] == 0.5
    # (2 i − 5) x_(i): −3 − 1 + 2 + 18 = 16, over 4 × 10.
    assert found["gini"] == pytest.approx(0.4)
    assert found["top10"] == pytest.approx(0.4 * 6 / 10)
    assert found["stay_30"] == pytest.approx(2 / 4)
    assert found["stay_90"] == pytest.approx(1 / 3)
    assert found["stay_180"] == 0.0
    assert found["same_organiser"] == 0.75
    assert list(found) == list(MEASURES)


def test_every_prediction_names_what_it_was_fitted_on() -> None:
    assert len(PREDICTIONS) == 2 * len(MEASURES)
    assert {row.name for row in PREDICTIONS} <= {row.name for row in ROWS}
    for row in PREDICTIONS:
        of = row.name[-1]
        assert row.predicts == f"neighbourhood {of}, fitted on {3 - int(of)}"
        assert row.kind == "genuine"
        assert row.target == neighbourhoods()[of].published[row.name[len("crews_") : -2]]
    assert counts_as_met("people", 2000.0) == (1500.0, 2500.0)
    assert counts_as_met("once", 0.3) == (pytest.approx(0.25), pytest.approx(0.35))


def test_a_prediction_is_made_with_the_rule_of_the_other() -> None:
    rows = [row for row in PREDICTIONS if row.name in ("crews_once_2", "crews_people_2", "crews_once_1")]
    values = measure(rows, seed=4, replications=2)
    known = neighbourhoods()
    for replication in range(2):
        ahead = predicted(known["2"], known["1"].rule, 4, replication)
        assert values["crews_once_2"][replication] == ahead["once"]
        assert values["crews_people_2"][replication] == ahead["people"]
        assert values["crews_once_1"][replication] != ahead["once"]


@pytest.mark.parametrize("name", ["1", "2"])
def test_events_drawn_from_the_summary_are_as_many(name: str) -> None:
    known = neighbourhoods()[name]
    expected = sum(one.organisers * one.events for one in known.organisers)
    for replication in range(3):
        day, organiser, people = drawn(known.organisers, known.days, np.random.default_rng(replication))
        assert len(day) == pytest.approx(expected, rel=0.01)
        assert len(np.unique(organiser)) == sum(one.organisers for one in known.organisers)
        assert (np.diff(day) >= 0).all()
        assert day.min() >= 0.0
        assert day.max() <= known.days
        assert people.min() >= 1
        assert people.max() <= max(one.largest for one in known.organisers)


def test_a_summary_of_drawn_events_is_that_summary_again() -> None:
    """Numbers of organisers and events, sizes and spans of a class come back."""
    kind = Organisers(40, 50.0, 1.5, 0.0, 0.0, 0.5, 60, 50.0, (20.0, 20.0, 20.0), (0.5, 0.5, 0.5))
    again = summarise(*drawn([kind], _DAYS, np.random.default_rng(1)), _DAYS)
    assert sum(one.organisers for one in again) == 40
    assert sum(one.organisers * one.events for one in again) == pytest.approx(2000, abs=1)
    assert np.mean([one.log_people for one in again]) == pytest.approx(1.5, abs=0.1)
    assert np.mean([one.within for one in again]) == pytest.approx(0.5, abs=0.08)
    # The first of fifty events comes a little after the span begins.
    assert np.mean([one.first[1] for one in again]) == pytest.approx(20 + 164 / 51, abs=2.0)
    assert np.mean([one.lasting[1] for one in again]) == pytest.approx(0.49, abs=0.02)


def _small() -> list[Organisers]:
    first, lasting = (5.0, 60.0, 200.0), (0.3, 0.7, 0.95)
    return [
        Organisers(25, 6.0, 0.9, 0.4, 0.2, 0.6, 20, 10.0, first, lasting),
        Organisers(5, 80.0, 1.2, 0.4, 0.2, 0.6, 30, 10.0, first, lasting),
    ]


def test_the_fit_finds_a_rule_that_gives_the_figures() -> None:
    source = crews_fit._drawn_from(_small())
    truth = CrewRule(0.06, 0.03, 0.5, 25.0, 0.2)
    # The luck that the fit goes by: the figures can be met exactly.
    wanted = crews_fit.mean_measures(source, truth, range(3))
    found = crews_fit.fit(source, wanted)
    before = crews_fit.distance(crews_fit.mean_measures(source, crews_fit._START, range(3)), wanted)
    after = crews_fit.distance(crews_fit.mean_measures(source, found, range(3)), wanted)
    assert before > 20.0
    assert after < 2.0
    assert 0.03 < found.newcomer_share < 0.12


def test_what_is_kept_is_what_the_command_writes(tmp_path: Path) -> None:
    kept = neighbourhoods()["1"]
    rows = crews_fit._rounded(kept.organisers)
    assert [Organisers.read(row) for row in rows] == list(kept.organisers)
    text = crews_fit.as_text({"neighbourhoods": {"1": {"organisers": rows}}})
    assert len(text.splitlines()) < len(rows) + 12
    assert dataclasses.asdict(kept.rule)["memory_days"] > 0.0
    with pytest.raises(InputError, match="data"):
        crews_fit.main([f"data={tmp_path}"])


@pytest.mark.parametrize("name", ["1", "2"])
def test_figures_and_summary_are_those_of_the_records(records: Path, name: str) -> None:
    kept = neighbourhoods()[name]
    assert crews_fit.published(records, name) == kept.published
    events = crews_fit.events_of(records, name)
    again = [Organisers.read(row) for row in crews_fit._rounded(summarise(*events, _DAYS))]
    assert again == list(kept.organisers)
    assert events[2].sum() == {"1": 78_419, "2": 75_545}[name]


@pytest.mark.parametrize(("of", "fitted_on"), [("2", "1"), ("1", "2")])
def test_given_the_events_the_other_neighbourhood_is_predicted_as_told(
    records: Path, of: str, fitted_on: str
) -> None:
    kept = crews_fit.json.loads(crews_fit.FILE.read_text(encoding="utf-8"))["events_given"]
    told = kept[f"{of} from {fitted_on}"]
    events = crews_fit.events_of(records, of)
    found = crews_fit.mean_measures(lambda _: events, CrewRule(**told["rule"]), range(3, 23))
    assert found == pytest.approx(told["predicted"], abs=1e-4, rel=1e-4)
