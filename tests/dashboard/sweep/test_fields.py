"""The fields of the tab for sweeps: what they hold, in the address, and which parameters they offer."""

from dataclasses import replace

import pytest

from experiments.dashboard.panels.sweep.form import fields_of, parameters_of, wanted_runs
from experiments.dashboard.state import address
from experiments.dashboard.state.scenario_pair import View
from experiments.dashboard.state.sweep_fields import (
    CHOICES,
    MOST_TICKED,
    NAMES,
    USUAL,
    Fields,
    ask_of,
    numbers,
    present,
    usual_assumptions,
    varied,
)
from experiments.dashboard.words.page_words import LANGUAGES
from sim.errors import InputError
from sim.parameters.scenario import flatten, parameters_by_key
from sim.scenario.loading import load_scenario
from tests.dashboard.conftest import NOWHERE

VIEW = View(("administration_led", "co_governance"))
START = address.Place(VIEW, "en", "compare")
OTHER = Fields("ends", "voice", "staff.per_10k", 9.5, 21.25, 15, 33, ("trust.gain", "roster.absence"))


def test_what_goes_into_the_address_comes_out() -> None:
    place = replace(START, tab="sweep", sweep=OTHER)
    words = address.written(place, NOWHERE)
    assert words.count("sweep.") == len(NAMES)
    assert address.read(words, START, NOWHERE) == place
    assert "sweep." not in address.written(replace(place, sweep=Fields()), NOWHERE)


@pytest.mark.parametrize(
    "word",
    ["question=why", "measure=rmst", "measure=service_part", "parameter=demand.stream",
     "parameter=platform.enabled", "low=x", "high=nan", "values=2", "values=16", "values=3.5", "pairs=1",
     "pairs=1e6", "ticked=trust.gain,trust.gain", "ticked=/etc/passwd", "colour=red"]
)  # fmt: skip
def test_an_address_says_only_what_a_field_can_hold(word: str) -> None:
    with pytest.raises(InputError) as refused:
        address.read(f"sweep.{word}", START, NOWHERE)
    assert f"sweep.{word.partition('=')[0]}" in str(refused.value)


def test_no_more_are_ticked_than_a_figure_has_rows() -> None:
    keys = list(numbers())
    assert Fields().with_text("ticked", ",".join(keys[:MOST_TICKED])).ticked == tuple(keys[:MOST_TICKED])
    with pytest.raises(InputError, match=str(MOST_TICKED)):
        Fields().with_text("ticked", ",".join(keys[: MOST_TICKED + 1]))


def test_an_answer_is_old_only_where_its_question_changed() -> None:
    values, ends = Fields(), Fields(question="ends")
    assert ask_of(VIEW, replace(values, ticked=("trust.gain",))) == ask_of(VIEW, values)
    assert ask_of(VIEW, replace(ends, low=1.0, parameter="trust.gain")) == ask_of(VIEW, ends)
    assert ask_of(replace(VIEW, pairs=9), values) == ask_of(VIEW, values)
    for other in (replace(values, low=0.1), replace(values, pairs=9), replace(values, measure="voice")):
        assert ask_of(VIEW, other) != ask_of(VIEW, values)
    assert ask_of(replace(VIEW, seed=2), ends) != ask_of(VIEW, ends)
    # Ticks are a set: in which order they were made decides nothing.
    one, two = (replace(ends, ticked=keys) for keys in (("a", "b"), ("b", "a")))
    assert ask_of(VIEW, one) == ask_of(VIEW, two)


def values_of(**fields: object) -> list[object]:
    ((_, values),) = ask_of(VIEW, replace(Fields(), **fields)).points()  # type: ignore[arg-type]
    return values


def test_values_go_evenly_from_end_to_end() -> None:
    row = parameters_by_key()["paperwork.base_share"]
    assert values_of(values=3) == [row.low, (row.low + row.high) / 2, row.high]
    assert values_of(low=0.1, high=0.25, values=4) == [0.1, 0.15, 0.2, 0.25]
    # Whole numbers stay whole, and each comes once.
    assert values_of(parameter="joint_session.capacity", low=2.0, high=4.0, values=9) == [2, 3, 4]
    assert all(isinstance(one, int) for one in values_of(parameter="joint_session.capacity"))


def test_what_cannot_be_run_is_said_in_one_line() -> None:
    for fields in ({"low": 0.5, "high": 0.5}, {"low": 0.9}):
        with pytest.raises(InputError, match="below"):
            values_of(**fields)
    # A link builds no larger world than the sliders do.
    assert wanted_runs(ask_of(VIEW, Fields(parameter="community.residents", high=9e8))) == 0
    with pytest.raises(InputError, match=r"community\.residents"):
        values_of(parameter="community.residents", high=9e8)


def test_a_number_that_a_side_has_not_is_not_offered() -> None:
    absent = [key for key in numbers() if flatten(load_scenario("co_governance"))[key] is None]
    offered = {row.key for row in varied(VIEW)}
    assert absent
    assert not offered & set(absent)
    with pytest.raises(InputError, match=absent[0]):
        values_of(parameter=absent[0])


def test_the_usual_ones_are_assumed_and_alike_on_both_sides() -> None:
    table = parameters_by_key()
    for measure in CHOICES["measure"]:
        usual = usual_assumptions(VIEW, measure)
        assert len(usual) == USUAL
        for key in usual:
            assert table[key].grade == "assumed"
            assert not table[key].tape
            assert len(set(present(VIEW, key))) == 1
    first = usual_assumptions(VIEW, "rmst180")
    apart = VIEW.with_change(1, first[0], table[first[0]].high)
    assert first[0] not in usual_assumptions(apart, "rmst180")
    # What is unticked goes, what is ticked comes, and the others stay.
    fields = Fields(question="ends")
    now = ask_of(VIEW, fields).fields.ticked
    changed = fields.toggled(first[0], now).toggled("trust.gain", tuple(set(now) - {first[0]}))
    assert set(changed.ticked) == {*first[1:], "trust.gain"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_parameters_are_found_by_the_words_of_both_languages(language: str) -> None:
    rows = parameters_of(VIEW, language)
    for wanted in ("paperwork", "填报占用时间", "base_share", "staff time lost"):
        assert "paperwork.base_share" in {row["key"] for row in rows if wanted in row["search"]}, wanted
    label = next(row["label"] for row in rows if row["key"] == "staff.per_10k")
    row = parameters_by_key()["staff.per_10k"]
    for fact in (f"{row.low:g}", f"{row.high:g}", f"{row.default:g}"):
        assert fact in label
    assert ("人/万人" if language == "zh" else row.unit) in label


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("question", CHOICES["question"])
def test_every_field_has_its_words(question: str, language: str) -> None:
    for one in fields_of(Fields(question=question), language):
        assert one["label"]
        assert all(choice["label"] for choice in one["choices"])
        assert (one["name"] in CHOICES) is bool(one["choices"])
