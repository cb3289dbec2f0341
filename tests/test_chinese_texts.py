"""What parameters, scenarios, events and draws mean in Chinese: each has its pair, with the same numbers."""

import re
from collections import Counter

import pytest

from analysis.findings.parameter_texts import notes_zh, sentences_zh, sources_zh
from experiments.chinese.command_words import found
from experiments.chinese.of_engine import about, condition, events, moments, questions
from experiments.cli import main
from sim.engine.declare import all_draws, all_events
from sim.engine.dispatch import handlers
from sim.engine.moments import MOMENTS
from sim.mechanism_list import MECHANISMS
from sim.parameters.scenario import describe, parameters_by_key

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


def test_a_word_that_only_a_sentence_says_finds_the_parameter() -> None:
    assert "refusal.review  退单复核" in found("征求意见稿")
    assert found("绝无此词") == ""
