"""What the steps of the tab rest on: needs in the mapping, commands word for word, work that can stop."""

import itertools
import threading
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from analysis.request_files.findings import findings
from experiments.city.backtests.question import question
from experiments.city.changes import read_changes, split_changes
from experiments.city.import_file.importing import Options
from experiments.city.import_file.needs import category_needs, need_value, with_needs
from experiments.dashboard.serving.request_file import Reading, import_file
from experiments.dashboard.serving.request_file import with_needs as reading_with_needs
from experiments.dashboard.state.hotline_commands import (
    StaffChange,
    backtest_words,
    calibrate_words,
    import_words,
    kept,
    what_if_words,
    with_language,
)
from experiments.dashboard.words import hotline_words
from experiments.dashboard.work import hotline_tasks, worker_tasks
from experiments.dashboard.work.worker_tasks import StoppedError
from sim.errors import InputError
from sim.request_file.loading import load_stream
from sim.request_file.mapping import load_mapping
from tests.dashboard.hotline.made_file import MATTERS, made_file


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    folder = tmp_path_factory.mktemp("requests")
    return import_file("热线.csv", made_file().encode(), Options(), folder)


def test_what_is_set_of_a_category_is_what_runs_read(reading: Reading, tmp_path: Path) -> None:
    known = category_needs(reading.stream, load_mapping(reading.mapping), 15)
    assert [one.requests for one in known] == sorted((one.requests for one in known), reverse=True)
    assert not any(one.stated for one in known)
    changes = {"路灯不亮": {"organisations": 3.0, "work_hours": 5.5}}
    changed = reading_with_needs(
        reading, {"路灯不亮": {"organisations": 3, "work_hours": 5.5}}, tmp_path / "requests"
    )
    rows = changed.stream.category == changed.stream.categories.index("路灯不亮")
    assert set(changed.stream.organisations[rows]) == {3}
    assert set(changed.stream.work_hours[rows]) == {5.5}
    assert set(changed.stream.organisations[~rows]) == {1}
    assert changed.stream.rows_on_defaults == (~rows).sum()
    told = {one.category: one for one in category_needs(changed.stream, load_mapping(changed.mapping), 15)}
    assert told["路灯不亮"].stated == {"organisations", "work_hours"}
    assert {key: told["路灯不亮"].values[key] for key in changes["路灯不亮"]} == changes["路灯不亮"]
    # The file itself and where its rows went are as before.
    assert changed.file == reading.file
    assert dict(changed.stream.counts) == dict(reading.stream.counts)


def test_rules_that_were_there_stay_and_the_new_one_holds(tmp_path: Path) -> None:
    own = (
        "residents: 9\ncolumns: {opened: a, category: b}\nperiod: {from: 2024-03-01}\n"
        "needs:\n- {category: '*', organisations: 2, work_hours: 4}\n"
    )
    path = tmp_path / "m.yaml"
    path.write_text(with_needs(own, {"001": {"work_hours": 6.0}}), encoding="utf-8")
    rules = load_mapping(path)
    assert rules.period.start == date(2024, 3, 1)
    effects: dict[str, float] = {}
    for rule in rules.needs:
        if rule.matches("001", ""):
            effects |= rule.effects()
    assert effects == {"organisations": 2, "work_hours": 6.0}
    assert with_needs(own, {}) == own


def test_what_a_rule_for_a_group_sets_is_no_default(tmp_path: Path) -> None:
    file, mapping = tmp_path / "r.csv", tmp_path / "r.yaml"
    rows = "".join(f"2024-03-{day:02d} 09:00,lamp,road\n" for day in range(1, 29))
    file.write_text("opened,cat,kind\n" + rows, encoding="utf-8")
    mapping.write_text(
        "residents: 9\ncolumns: {opened: opened, category: cat, group: kind}\n"
        "needs:\n- {group: road, level: 2}\n",
        encoding="utf-8",
    )
    (one,) = category_needs(load_stream(file, mapping), load_mapping(mapping), 5)
    assert one.stated == {"level"}
    assert one.values["level"] == 2


@pytest.mark.parametrize(
    ("key", "text"),
    [("organisations", "0"), ("organisations", "1.5"), ("level", "3"), ("work_hours", "0"),
     ("work_hours", "x"), ("desk", "1")],
)  # fmt: skip
def test_what_a_mapping_would_refuse_is_refused_at_once(key: str, text: str) -> None:
    with pytest.raises(InputError, match=f"needs.{key}"):
        need_value("a", key, text)


def test_the_buttons_run_commands_that_the_command_line_takes(reading: Reading, tmp_path: Path) -> None:
    one = kept(reading.file, reading.mapping, reading.stream.digest, reading.found, tmp_path)
    own = dict(word.split("=", 1) for word in backtest_words(one))
    asked = question(own)
    # The last fifth of the file, to its last request and no further.
    first, last = (
        date.fromordinal(reading.stream.start_date.toordinal() + int(reading.stream.arisen_at[end]))
        for end in (0, -1)
    )
    assert (asked.until - last).days == 1
    assert (asked.until - asked.origin).days == pytest.approx((asked.until - first).days / 5, abs=1)
    assert f"calibrate.until={asked.until}" in calibrate_words(one)
    changes, rest = split_changes(what_if_words(one, StaffChange("供电所", 2, 10)))
    assert read_changes(changes, ["供电所"], {}, {"a": 1}).staff == {"供电所": pytest.approx(1.2)}
    assert f"demand.mapping={reading.mapping}" in rest
    changes, _ = split_changes(what_if_words(one, StaffChange("供电所", -2)))
    assert read_changes(changes, ["供电所"], {}, {"a": 1}).staff == {"供电所": 0.5}
    for nothing in (StaffChange("供电所", 0), StaffChange("供电所", -3, 3), StaffChange("供电所", -4)):
        with pytest.raises(InputError, match="staff"):
            what_if_words(one, nothing)
    chosen = Options(residents=7, columns={"unit": "", "category": "诉求类别"}, time_zone="Asia/Shanghai")
    assert import_words("热线.csv", chosen) == [
        "热线.csv", "residents=7", "unit=", "category=诉求类别", "time_zone=Asia/Shanghai",
    ]  # fmt: skip


def test_a_calibration_is_that_of_the_command_and_tells_how_far_it_is(
    reading: Reading, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, told = [7], [0]
    seen: list[int] = []
    monkeypatch.setattr(worker_tasks, "_asked", asked)
    monkeypatch.setattr(worker_tasks, "_told", told)
    plain = worker_tasks.tell
    monkeypatch.setattr(worker_tasks, "tell", lambda place, value: (seen.append(value), plain(place, value)))
    one = kept(reading.file, reading.mapping, reading.stream.digest, reading.found, tmp_path)
    words = with_language([*calibrate_words(one), "draws=20"], "zh")
    found = hotline_tasks.calibrated_city(words, 0, 7)
    # Teams with few requests may be put together, under a name that begins with the unit's.
    assert {team.split(":")[0] for team in found["teams"]} == {unit for _, unit, *_ in MATTERS}
    assert found["lines"]["zh"][-1].startswith("答案：")
    assert found["lines"]["en"][-1].startswith("Answer: ")
    assert (one.folder / "city" / "city.json").is_file()
    assert seen == sorted(seen)
    assert len(set(seen)) > 20

    # Nobody waits any more: it ends at the next step, and what it made so far is gone.
    calls = itertools.count()

    def gives_up(place: int, value: int) -> None:
        if next(calls) == 10:
            asked[0] = -1

    monkeypatch.setattr(worker_tasks, "tell", gives_up)
    before = sorted(one.folder.rglob("*"))
    with pytest.raises(StoppedError):
        hotline_tasks.calibrated_city([*words[:-2], "draws=20", f"out={one.folder / 'other'}"], 0, 7)
    assert sorted(one.folder.rglob("*")) == before


def test_what_a_file_leaves_open_can_be_said_on_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("solara")
    from experiments.dashboard.serving.server import Served
    from experiments.dashboard.serving.upload import Upload

    monkeypatch.setattr(Served, "start", SimpleNamespace(out=tmp_path), raising=False)
    rows = "".join(f"{n};{n % 28 + 1:02d}.03.2024 09:00;Straßenlaterne;Höchst\n" for n in range(40))
    upload = Upload()
    content = ("Nummer;Eingang;Kategorie;Ort\n" + rows).encode("cp1252")
    upload.piece({"kind": "csv", "name": "r.csv", "piece": 0, "pieces": 1}, [content])
    assert "encoding=" in str(upload.error.value)
    assert upload.name.value == "r.csv"
    upload.state({"name": "encoding", "text": "cp1252"})
    upload.state({"name": "out", "text": "elsewhere"})
    upload.read("en")
    assert upload.error.value == ""
    assert upload.columns.value == ("Nummer", "Eingang", "Kategorie", "Ort")
    assert upload.reading.value is not None
    assert upload.reading.value.stream.categories == ("Straßenlaterne",)
    assert not upload.outdated()
    # Taken back, it holds no longer; and a column that the file has not cannot be chosen.
    upload.state({"name": "encoding", "text": ""})
    assert upload.outdated()
    upload.choose_column({"role": "category", "column": "Straße"})
    assert upload.stated.value == {}
    upload.choose_column({"role": "category", "column": "Ort"})
    assert upload.options("en").columns == {"category": "Ort"}


def test_a_slow_reading_is_never_taken_for_the_one_that_was_asked_for_meanwhile(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pytest.importorskip("solara")
    from experiments.dashboard.serving import upload as module
    from experiments.dashboard.serving.server import Served

    monkeypatch.setattr(Served, "start", SimpleNamespace(out=tmp_path), raising=False)
    begun, go_on = threading.Event(), threading.Event()
    residents = []

    def slow(name: str, raw: bytes, options: Options, *_: object) -> SimpleNamespace:
        residents.append(options.residents)
        if options.residents is None:
            begun.set()
            assert go_on.wait(30.0)
        return SimpleNamespace(roles=SimpleNamespace(choices={}), residents=options.residents)

    monkeypatch.setattr(module.reader, "import_file", slow)
    one = module.Upload()
    one.piece({"kind": "csv", "name": "r.csv", "piece": 0, "pieces": 1}, [b"opened,category\n2024-03-04,a\n"])
    first = threading.Thread(target=one.answer, args=(one.asked.value, "en"))
    first.start()
    assert begun.wait(30.0)
    one.set_residents("900")
    one.ask()
    second = threading.Thread(target=one.answer, args=(one.asked.value, "en"))
    second.start()
    second.join(0.2)
    assert residents == [None]
    assert one.outdated()
    go_on.set()
    for thread in (first, second):
        thread.join(30.0)
    assert residents == [None, 900]
    assert one.reading.value.residents == 900
    assert not one.outdated()
    # Asked for again before anybody began: one reading answers both; and none reads what was read.
    one.ask()
    one.answer(one.asked.value - 1, "en")
    assert len(residents) == 2
    assert one.outdated()
    for _ in range(2):
        one.answer(one.asked.value, "en")
    assert len(residents) == 3


def test_every_word_is_there_in_both_languages() -> None:
    for key, (english, chinese) in hotline_words._WORDS.items():
        assert english, key
        assert chinese, key
        assert english.count("{") == chinese.count("{"), key
        assert english.count("|") == chinese.count("|"), key


def test_the_page_tells_the_commands_findings(reading: Reading) -> None:
    """Judged on the whole file and on what is kept of it, it is the same."""
    again = findings(reading.stream)
    assert [vars(one) for one in again.categories] == [vars(one) for one in reading.found.categories]
    assert again.open == reading.found.open
