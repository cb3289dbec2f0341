"""What parameters, scenarios, events and draws mean in Chinese: each has its pair, with the same numbers."""

import dataclasses
import re
from collections import Counter
from pathlib import Path

import pytest

from analysis.findings.parameter_texts import notes_zh, sentences_zh, sources_zh
from experiments.chinese.command_words import found
from experiments.chinese.of_engine import about, condition, events, moments, questions
from experiments.chinese.of_scenarios import PARTS, texts
from experiments.cli import main
from experiments.published import in_chinese
from experiments.published.entry import entry_names, load_entry
from sim.engine.declare import all_draws, all_events
from sim.engine.dispatch import handlers
from sim.engine.moments import MOMENTS
from sim.mechanism_list import MECHANISMS
from sim.parameters.scenario import describe, parameters_by_key
from sim.scenario.loading import load_scenario, scenario_names
from sim.scenario.remarks import remarks

CHINESE = re.compile("[\u4e00-\u9fff]")
#: Months that English names and Chinese numbers.
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip
#: Numbers that one of the two says in words, by the key or the beginning of the English text.
EXCEPTIONS = {
    "Zhejiang grid workers, winter 2022-23": "one unit, million, for four numbers",
}


def numbers(text: str) -> Counter[float]:
    """The numbers of a text; months, hundreds and ten thousands as both languages count them."""
    for place, month in enumerate(_MONTHS, start=1):
        text = re.sub(rf"\b{month} (\d{{4}})", rf"\1 {place}", text)
    text = re.sub(r"(?<=\d),(?=\d{3})", "", text)
    text = re.sub(r"([\d.]+) million", lambda number: f"{float(number[1]) * 1e6:f}", text)
    text = re.sub(r"([\d.]+)万", lambda number: f"{float(number[1]) * 1e4:f} ", text).replace(
        "每万名", " 10000 "
    )
    return Counter(float(number) for number in re.findall(r"\d*\.?\d+", re.sub(r"\.(?!\d)", " ", text)))


def differing(pairs: list[tuple[str, str, str]]) -> dict[str, tuple[str, str]]:
    """The pairs whose numbers are not the same, but for what is named as an exception."""
    return {
        key: (english, chinese)
        for key, english, chinese in pairs
        if set(numbers(english)) != set(numbers(chinese)) and not key.startswith(tuple(EXCEPTIONS))
    }


def test_every_parameter_has_its_sentence_note_and_source_in_chinese() -> None:
    rows = describe()
    assert set(sentences_zh()) == {row.key for row in rows}
    assert set(notes_zh()) == {row.key for row in rows if row.note}
    assert set(sources_zh()) == {row.source for row in rows if row.source}
    said = [*sentences_zh().values(), *notes_zh().values(), *sources_zh().values()]
    assert [text for text in said if not CHINESE.search(text)] == []


def test_a_parameter_has_the_same_numbers_in_both_languages() -> None:
    rows = parameters_by_key()
    pairs = [(key, rows[key].text, said) for key, said in sentences_zh().items()]
    pairs += [(key, rows[key].note, said) for key, said in notes_zh().items()]
    pairs += [(english, english, said) for english, said in sources_zh().items()]
    assert differing(pairs) == {}


def test_where_a_parameter_does_nothing_is_said_in_both_languages() -> None:
    neutral = [row.key for row in describe() if re.search(r"\bneutral at", f"{row.text} {row.note}", re.I)]
    said = {key: said + notes_zh().get(key, "") for key, said in sentences_zh().items()}
    assert len(neutral) > 80
    assert [key for key in neutral if "不起作用" not in said[key]] == []


#: What is no sentence though it has letters: keys, names of files and systems, authors, code.
_NAMES = re.compile(
    r"[\w.]*[._]\w+|\{[^}]*\}|[A-Z][\w.]*(?:,? (?:&|and|et al\.) [A-Z]\w*)*|\bet al\.|\bcogov [\w-]+|\w+=\S+"
)
#: Two words of a language in a row.
_ENGLISH = re.compile(r"\b[a-z]{2,} +[a-z]{2,}\b")


def english_in(told: str) -> list[str]:
    """The pieces of a text that read like English."""
    return _ENGLISH.findall(_NAMES.sub("·", told))


def test_no_english_is_left_where_a_parameter_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", *parameters_by_key(), "language=zh"]) == 0
    told = capsys.readouterr().out
    for row in describe():
        told = told.replace(", ".join(row.choices), "") if row.choices else told
    assert "国家“十四五”" in told
    assert "每万名居民配备的社区工作人员" in told
    assert english_in(told) == []
    assert english_in("Community staff for every 10,000 residents.") != []


def test_every_event_and_moment_has_its_pair_with_the_same_numbers() -> None:
    said = {one.name: one.text for one in all_events().values()}
    waits = {name: moment.meaning for name, moment in MOMENTS.items()}
    assert events().keys() == said.keys()
    assert moments().keys() == waits.keys()
    pairs = [(name, text, (events() | moments())[name]) for name, text in (said | waits).items()]
    assert differing(pairs) == {}
    for handler in handlers(MECHANISMS):
        assert not handler.condition or CHINESE.search(condition(handler.condition))


def test_every_draw_has_its_pair_with_the_same_numbers() -> None:
    assert set(questions()) == {one.name for one in all_draws().values()}
    said = {text for one in all_draws().values() for texts in one.about for text in texts}
    assert differing([(text, text, about(text)) for text in said]) == {}
    assert {text for text in said if re.search("[a-z]", text) and not CHINESE.search(about(text))} == set()


@pytest.mark.parametrize("what", ["events", "draws"])
def test_no_english_is_left_where_events_and_draws_are_explained(
    what: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", what, "language=zh"]) == 0
    assert english_in(capsys.readouterr().out) == []
    assert main(["explain", what]) == 0
    assert english_in(capsys.readouterr().out) != []


def scenario_texts() -> dict[str, dict[str, str]]:
    """What the file of each shipped scenario says, by the names of the catalogue; the first comment whole."""
    found = {}
    for name in scenario_names():
        scenario, said = load_scenario(name), remarks(name)
        why = {row.key: said.of(row.key) for row in describe()}
        own = {key: reason for key, (reason, origin) in why.items() if reason and origin == name}
        whole = {"description": scenario.description, "evidence": scenario.evidence}
        found[name] = {**whole, "header": " ".join(said.header), **own}
    return found


def test_every_text_of_a_scenario_has_its_pair_with_the_same_numbers() -> None:
    english = scenario_texts()
    assert texts().keys() == english.keys()
    pairs = []
    for name, said in english.items():
        own = texts()[name]
        assert own.keys() == said.keys() | PARTS.keys(), name
        assert all(CHINESE.search(text) for text in own.values()), name
        whole = " ".join(own[part] for part in ("header", *PARTS))
        pairs += [
            (f"{name} {what}", text, whole if what == "header" else own[what]) for what, text in said.items()
        ]
    assert differing(pairs) == {}


@pytest.mark.parametrize("name", scenario_names())
def test_no_english_is_left_where_a_scenario_is_explained(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", f"scenario={name}", "language=zh"]) == 0
    assert english_in(capsys.readouterr().out) == []


def test_a_file_of_ones_own_has_its_own_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "co_governance.yaml"
    mine = "# Our street, as we know it.\nbased_on: co_governance\ndescription: Our own street.\n"
    file.write_text(
        f"{mine}evidence: we counted\nstaff:\n  per_10k: 12  # twelve work here\n", encoding="utf-8"
    )
    assert main(["explain", f"scenario={file}", "language=zh"]) == 0
    told = capsys.readouterr().out
    for own in (
        "Our street, as we know it.",
        "Our own street.",
        "证据：we counted。",
        "原因：twelve work here",
    ):
        assert own in told
    assert texts()["co_governance"]["description"] not in told
    assert texts()["co_governance"]["paperwork.integration"] in told


def test_a_word_that_only_a_sentence_says_finds_the_parameter() -> None:
    assert "refusal.review  退单复核" in found("征求意见稿")
    assert found("绝无此词") == ""


def test_every_published_experiment_has_its_pair_with_the_same_numbers(
    capsys: pytest.CaptureFixture[str],
) -> None:
    entries = {name: load_entry(name) for name in entry_names()}
    assert in_chinese.texts().keys() == entries.keys()
    pairs = []
    for name, entry in entries.items():
        question, reading = in_chinese.told(entry, "zh")
        pairs += [(name, entry.question, question), (name, entry.reading or "", reading)]
        assert (
            in_chinese.told(dataclasses.replace(entry, question="What of ours?"), "zh")[0] == "What of ours?"
        )
    assert differing(pairs) == {}
    assert main(["reproduce", "language=zh"]) == 0
    assert english_in(capsys.readouterr().out) == []
