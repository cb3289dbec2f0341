"""Words that people write for nothing are blank cells, unless the mapping knows them as labels."""

import pytest

from sim.request_file.loading import UNKNOWN_CHANNEL, UNKNOWN_PLACE, account_text, load_stream
from sim.request_file.mapping import EMPTY_WORDS
from tests.each import each

BASE = (
    "residents: 1000\ncolumns: {id: id, opened: opened, category: category, channel: channel, place: place}\n"
)
HEAD = "id,opened,category,channel,place\n"


@each("word", [*EMPTY_WORDS, "NA", "N/A", "NULL", "None", "null", " - "])
def test_a_word_for_nothing_is_no_label(write, word: str) -> None:
    text = HEAD + f'{word},2024-05-01 08:00,"{word}",phone,n\n'
    text += f'{word},2024-05-01 09:00,light,"{word}","{word}"\n{word},2024-05-01 10:00,light,phone,n\n'
    stream = load_stream(write(text, BASE))
    assert stream.counts == {"used": 2, "unusable: missing category": 1}
    assert set(stream.places) == {"n", UNKNOWN_PLACE}
    assert set(stream.channels) == {"phone", UNKNOWN_CHANNEL}
    assert "6 cells hold a word for nothing" in account_text(stream).splitlines()[0]
    assert "category 1" in account_text(stream)


@each("word", ["NA", "无", "None"])
@each("extra", ["missing_category: other\n", "defaults: {level: 1}\nmissing_category: other\n"])
def test_it_takes_the_name_of_a_missing_category(write, word: str, extra: str) -> None:
    stream = load_stream(write(HEAD + f"1,2024-05-01 08:00,{word},phone,n\n", BASE + extra))
    assert stream.categories == ("other",)


@pytest.mark.parametrize(
    ("extra", "categories"),
    [
        ("needs: [{category: None, level: 1}]\n", ("None", "light")),
        ("needs: [{category: [none, x], level: 1}]\n", ("None", "light")),
        ("needs: [{category: 'N*', level: 1}]\n", ("light",)),
        ("exclude: [{column: category, values: none, reason: r}]\n", ("light",)),
        ("empty: light\n", ()),
    ],
)
def test_a_label_that_the_mapping_names_wins(write, extra: str, categories: tuple[str, ...]) -> None:
    text = (
        HEAD
        + "1,2024-05-01 08:00,None,phone,n\n2,2024-05-01 08:00,light,phone,n\n3,2024-05-01 08:00,q,phone,n\n"
    )
    stream = load_stream(write(text, BASE + extra))
    assert set(stream.categories) == {*categories, "q"}
    assert sum(stream.counts.values()) == 3
    assert stream.counts.get("excluded: r", 1) == 1


def test_the_mapping_may_name_further_words(write) -> None:
    text = HEAD + "1,2024-05-01 08:00,k. A.,phone,n\n2,2024-05-01 08:00,light,phone,K. A.\n"
    stream = load_stream(write(text, BASE + "empty: ['k. A.', sin datos]\n"))
    assert stream.counts == {"used": 1, "unusable: missing category": 1}
    assert stream.places == (UNKNOWN_PLACE,)


def test_an_opening_may_hold_such_a_word(write) -> None:
    text = HEAD + "1,NULL,light,phone,n\n2,2024-05-01 08:00,light,phone,n\n"
    assert load_stream(write(text, BASE)).counts == {"used": 1, "unusable: missing time": 1}
