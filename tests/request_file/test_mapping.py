"""What a mapping may say, how its rules combine, and what it says when it is wrong."""

from pathlib import Path

import pytest

from sim.errors import InputError
from sim.request_file.loading import account_text, load_stream
from sim.request_file.mapping import load_mapping, matches_any, shipped_mappings
from tests.each import each

BASE = (
    "residents: 1000\ncolumns: {id: id, opened: opened, category: category, channel: channel, place: place}\n"
)


def rows(*categories: str) -> list[tuple[str, ...]]:
    return [(str(n), f"2024-05-01 08:0{n}:00", name, "Phone ", "north") for n, name in enumerate(categories)]


@each(
    ("text", "patterns", "expected"),
    [
        ("Street Light Outages", ["street light*"], True),
        ("Old Street Light", ["street light*"], False),
        ("a[b]", ["a[b]"], True),
        ("ab", ["a[b]"], False),
        ("路灯不亮", ["路灯??"], True),
        ("路灯不亮了", ["路灯??"], False),
        ("x", ["a", "x"], True),
    ],
)
def test_patterns(text: str, patterns: list[str], expected: bool) -> None:
    assert matches_any(text, patterns) is expected


def test_later_rules_win_key_by_key(write) -> None:
    mapping = BASE + (
        "defaults: {work_hours: 7}\n"
        "needs:\n"
        "  - {category: 'light*', organisations: 3, urgent: .5}\n"
        "  - {category: 'light out', organisations: 2, level: 1}\n"
    )
    stream = load_stream(write(rows("light out", "light dim", "noise"), mapping))
    assert stream.organisations.tolist() == [2, 3, 1]
    assert stream.level.tolist() == [1, 0, 0]
    assert stream.urgent.tolist() == [0.5, 0.5, 0]
    assert stream.work_hours.tolist() == [7, 7, 7]


def test_group_and_category_must_both_fit(write) -> None:
    mapping = (
        "residents: 1\ncolumns: {opened: o, category: c, group: g}\n"
        "needs:\n  - {group: a, category: x, level: 2}\n  - {group: b, level: 1}\n"
    )
    text = "o,c,g\n2024-05-01,x,a\n2024-05-02,x,b\n2024-05-03,y,a\n2024-05-04,x,\n"
    assert load_stream(write(text, mapping)).level.tolist() == [2, 1, 0, 0]


def test_a_rule_may_name_the_unit_and_overrides_the_file(write) -> None:
    mapping = (
        "residents: 1\ncolumns: {opened: o, category: c, unit: u}\nunits: {pw: Works, none: null}\n"
        "needs:\n  - {category: x, unit: Water}\n"
    )
    text = "o,c,u\n2024-05-01,x,pw\n2024-05-02,y,pw\n2024-05-03,y,none\n2024-05-04,y,\n2024-05-05,y,gas\n"
    stream = load_stream(write(text, mapping))
    assert stream.units == ("Water", "Works", "gas")
    assert [stream.units[c] if c >= 0 else None for c in stream.unit] == ["Water", "Works", None, None, "gas"]


def test_labels_are_tidied_renamed_and_sorted(write) -> None:
    stream = load_stream(
        write(rows("b  b", " b b ", "a"), BASE + "channels: {Phone: phone}\nplaces: {north: null}\n")
    )
    assert stream.categories == ("a", "b b")
    assert stream.category.tolist() == [1, 1, 0]
    assert stream.channels == ("phone",)
    assert stream.places == ("(unknown place)",)


def test_labels_of_excluded_rows_do_not_appear(write) -> None:
    mapping = BASE + "exclude: [{column: category, values: b, reason: not asked}]\n"
    stream = load_stream(write(rows("a", "b", "c"), mapping))
    assert stream.categories == ("a", "c")
    assert stream.category.tolist() == [0, 1]


def test_a_rule_may_look_at_a_column_that_is_not_kept(write) -> None:
    mapping = "residents: 1\ncolumns: {opened: o, category: c}\n"
    mapping += "exclude: [{column: kind, values: 'in*', reason: r}]\n"
    stream = load_stream(write("o,c,kind\n2024-05-01,x,internal\n2024-05-02,x,public\n", mapping))
    assert stream.counts == {"used": 1, "excluded: r": 1}


def test_alternative_column_names(write) -> None:
    mapping = "residents: 1\ncolumns: {opened: [begin, o], category: [c, kind]}\n"
    assert len(load_stream(write("o,c\n2024-05-01,x\n", mapping)).row) == 1


def test_the_account_tells_of_defaults_and_idle_rules(write) -> None:
    mapping = BASE + "needs:\n  - {category: lihgt, level: 1}\n  - {category: noise, level: 1}\n"
    text = account_text(load_stream(write(rows("light", "noise"), mapping)))
    assert "1 of them fall under no rule" in text
    assert "no row fits the rules for lihgt" in text


def test_period(write) -> None:
    mapping = (
        "residents: 1\ncolumns: {opened: o, category: c}\nperiod: {from: 2024-05-02, before: 2024-05-04}\n"
    )
    text = "o,c\n2024-05-01 23:59,x\n2024-05-02 00:00,x\n2024-05-03 23:59,x\n2024-05-04 00:00,x\n"
    stream = load_stream(write(text, mapping))
    assert stream.row.tolist() == [1, 2]
    assert stream.counts["excluded: outside the period"] == 2


def test_a_stated_time_format_is_the_only_one_tried(write) -> None:
    mapping = "residents: 1\ntime_format: '%d/%m/%Y %H:%M'\ncolumns: {opened: o, category: c}\n"
    stream = load_stream(write("o,c\n03/04/2024 08:00,x\n2024-04-03 09:00,x\n", mapping))
    assert stream.counts == {"used": 1, "unusable: unparsable time": 1}
    assert stream.start_date.isoformat() == "2024-04-01"
    assert int(stream.arisen_at[0]) == 2


def test_missing_category_may_be_given_a_name(write) -> None:
    stream = load_stream(write(rows("a", ""), BASE + "missing_category: other\n"))
    assert stream.categories == ("a", "other")
    assert stream.counts == {"used": 2}


@each(
    ("mapping", "said"),
    [
        ("columns: {opened: opened, category: category}", ["residents", "required"]),
        ("residents: 10", ["columns", "required"]),
        (BASE + "period: {from: 2011-02-30}", ["period.from", "2011-02-30"]),
        (BASE + "time_format: '%Y %Y-%m-%d'", ["time_format", "twice"]),
        (BASE + "time_format: '%Y-%m-%d %x'", ["time_format", "twice"]),
        ("residents: 10\ncolumns: {opened: opened}", ["columns.category", "required"]),
        (BASE + "excludes: []", ["excludes", "did you mean exclude?"]),
        (
            "residents: 1\ncolumns: {opened: o, category: c, chanel: x}",
            ["columns.chanel", "did you mean channel?"],
        ),
        (
            BASE + "needs: [{category: x, organisation: 2}]",
            ["needs[0].organisation", "did you mean organisations?"],
        ),
        (
            BASE + "needs: [{category: x, organisations: 7}]",
            ["needs[0].organisations = 7", "less than or equal to 6"],
        ),
        (BASE + "needs: [{category: x, level: 3}]", ["needs[0].level = 3"]),
        (BASE + "needs: [{category: x, desk: 1.5}]", ["needs[0].desk = 1.5"]),
        (BASE + "needs: [{category: x, work_hours: 0}]", ["needs[0].work_hours"]),
        (BASE + "needs: [{organisations: 2}]", ["needs[0]", "category or a group"]),
        (BASE + "needs: [{category: x}]", ["needs[0]", "at least one"]),
        (BASE + "exclude: [{column: channel, values: [x]}]", ["exclude[0].reason", "required"]),
        (BASE + "channels: {no: app}", ["quotation marks"]),
        (BASE + "time_format: '%Y-%m-%dT%H:%M:%S%z'", ["time_zone", "such as Asia/Shanghai"]),
        (BASE + "time_format: '%Y-%m-%d %Q'", ["time_format", "'Q'"]),
        (BASE + "time_format: '%I:%M %d.%m.%Y'", ["time_format", "%p"]),
        (BASE + "time_format: '%H:%M'", ["time_format", "the day"]),
        (BASE + "time_format: exel", ["time_format", "did you mean excel?"]),
        (BASE + "time_format: epoch seconds", ["time_zone", "world time"]),
        (BASE + "time_zone: Asia/Shanhai", ["time_zone", "did you mean Asia/Shanghai"]),
        (BASE + "time_zone: CST6", ["time_zone = 'CST6'", "Europe/Berlin"]),
        (
            "residents: 1\ncolumns: {opened: {date: o, clock: x}, category: c}",
            ["columns.opened.clock", "one of date, time"],
        ),
        ("residents: 1\ncolumns: {opened: {time: o}, category: c}", ["columns.opened.date", "required"]),
        (
            BASE.replace("opened: opened", "opened: {date: opened, time: clock}"),
            ["columns.opened.time = 'clock'"],
        ),
        (BASE + "period: {from: 2024-05-02, before: 2024-05-02}", ["period", "from (2024-05-02)"]),
        (BASE + "residents: 2000", ["residents", "twice"]),
        (BASE + "needs: [{category: x", ["YAML", "line"]),
        ("- a\n- b\n", ["holds no keys"]),
        (
            BASE + "exclude: [{column: chanel, values: [x], reason: r}]",
            ["exclude[0].column", "did you mean channel?"],
        ),
    ],
)
def test_faults_are_one_clear_line(write, mapping: str, said: list[str]) -> None:
    path = write(rows("x"), mapping)
    with pytest.raises(InputError) as caught:
        load_stream(path)
    message = str(caught.value)
    assert "\n" not in message
    assert "requests.yaml" in message
    for part in said:
        assert part in message


def test_unknown_mapping_names_the_shipped_ones(write) -> None:
    with pytest.raises(InputError, match=r"boston_331.*boston_311.*did you mean boston_311\?"):
        load_stream(write(rows("x")), "boston_331")


def test_a_mapping_named_outright_goes_before_the_one_beside_the_file(write, tmp_path: Path) -> None:
    path = write(rows("x"))
    other = tmp_path / "other.yaml"
    other.write_text(BASE.replace("1000", "77"))
    assert load_stream(path).residents == 1000
    assert load_stream(path, other).residents == 77


def test_the_digest_names_file_and_mapping(write) -> None:
    first = load_stream(write(rows("x"))).digest
    assert load_stream(write(rows("x"), name="again.csv.gz")).digest == first
    assert load_stream(write(rows("y"))).digest != first
    assert load_stream(write(rows("x"), BASE + "defaults: {level: 1}")).digest != first


@each("name", list(shipped_mappings()))
def test_shipped_mappings_are_valid_and_cite_their_source(name: str) -> None:
    rules = load_mapping(shipped_mappings()[name])
    assert rules.source
    assert rules.residents_source


def test_boston_is_shipped() -> None:
    assert "boston_311" in shipped_mappings()
