"""Scenarios saved on the page under a name: the numbers that were saved, and nothing is overwritten."""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from experiments.chinese.error_lines import in_chinese
from experiments.dashboard.state import target_fields
from experiments.dashboard.state.address import Place, read, written
from experiments.dashboard.state.saved_scenarios import address_name, on_its_world, save, saved_in
from experiments.dashboard.state.saving import file_name, scenario_text, write_files
from experiments.dashboard.state.scenario_pair import LONGEST_TITLE, View, arms, identity, title, unpaired
from sim.errors import InputError
from sim.scenario.loading import load_scenario

KEY = "staff.per_10k"


def titles(folder: Path, language: str = "en") -> list[str]:
    return [
        title(one.content, language) for one in saved_in(folder) if not isinstance(one.content, InputError)
    ]


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Ten cadres", "Ten_cadres.yaml"),
        ("试点方案（甲）", "试点方案_甲.yaml"),
        ("../../etc/passwd", "etc_passwd.yaml"),
        ("C:\\x\0\n#: {a}", "C_x_x00_a.yaml"),
        ("-rf .hidden", "rf_hidden.yaml"),
        ("Aux", "Aux_.yaml"),
        ("plan-20240101", "plan-20240101_.yaml"),
        ("e\u0301cole \u202e'\"", "école_u202e.yaml"),
        ("号" * LONGEST_TITLE, "号" * LONGEST_TITLE + ".yaml"),
    ],
)
def test_a_name_makes_a_file_with_the_numbers_of_the_side(
    view: View, tmp_path: Path, name: str, file: str
) -> None:
    folder = tmp_path / "out"
    changed = view.with_change(1, KEY, 7.25).with_change(1, "platform.enabled", True)
    path = save(changed, 1, name, folder)
    assert path == str(folder / file)
    assert sorted(os.listdir(folder)) == sorted([file, "manifest.json"])
    assert sorted(os.listdir(tmp_path)) == ["out"]
    again = view.with_name(1, path)
    assert identity(arms(again)[1]) == identity(arms(changed)[1])
    # Read without the words of this start as well: every command takes the file.
    assert identity(load_scenario(path)) == identity(arms(changed)[1])
    for language in ("en", "zh"):
        (shown,) = titles(folder, language)
        assert shown.isprintable()
        assert title(arms(again)[1], language) == shown
    # What is changed of it is saved under another name, and is what it is.
    further = again.with_change(1, KEY, 3.0)
    other = save(further, 1, "another", folder)
    assert identity(arms(view.with_name(1, other))[1]) == identity(arms(further)[1])
    assert len(saved_in(folder)) == 2


@pytest.mark.parametrize("name", ["", "   ", "!!!", "_", "🙂", "a" * (LONGEST_TITLE + 1)])
def test_what_makes_no_name_is_one_line(view: View, tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError) as refused:
        save(view, 0, name, tmp_path / "out")
    assert refused.value.key == "name"
    assert "须为1至" in in_chinese(refused.value)
    assert not (tmp_path / "out").exists()


def test_nothing_is_ever_overwritten(view: View, tmp_path: Path) -> None:
    path = Path(save(view, 0, "plan", tmp_path))
    held = path.read_bytes()
    theirs = tmp_path / "theirs.yaml"
    theirs.write_text("mine", encoding="utf-8")
    link = tmp_path / "link.yaml"
    link.symlink_to(tmp_path / "nowhere")
    for name, file in (("plan", path), (" Plan? ".lower(), path), ("theirs", theirs), ("link", link)):
        with pytest.raises(InputError) as refused:
            save(view.with_change(0, KEY, 5.0), 0, name, tmp_path)
        line = str(refused.value)
        assert f"{file.name} is there already; choose another name" in line
        assert "\n" not in line
        assert f"{file.name}已存在；请另取名称" in in_chinese(refused.value)
    assert path.read_bytes() == held
    assert theirs.read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "nowhere").exists()
    # Only what the page wrote under a name is offered: no file of others, no copy for a command.
    write_files(view.with_change(0, KEY, 5.0), tmp_path)
    assert [Path(one.path) for one in saved_in(tmp_path)] == [path]


def test_what_is_saved_of_a_saved_one_is_based_on_the_same(view: View, tmp_path: Path) -> None:
    first = save(view.with_change(1, KEY, 5.0), 1, "plan", tmp_path)
    again = view.with_name(1, first).with_change(1, "staff.case_share", 0.6)
    text = Path(save(again, 1, "plan two", tmp_path)).read_text(encoding="utf-8")
    assert "based_on: co_governance" in text.splitlines()
    assert len(text.splitlines()) < 20
    assert identity(load_scenario(str(tmp_path / "plan_two.yaml"))) == identity(arms(again)[1])
    # Its file may be damaged by then: a command of the view has the numbers that are on the screen.
    shown = identity(arms(again)[1])
    Path(first).write_text("- a", encoding="utf-8")
    alone = tmp_path / "alone.yaml"
    alone.write_text(scenario_text(again, 1), encoding="utf-8")
    assert identity(load_scenario(str(alone))) == shown


def test_a_folder_of_others_is_refused(view: View, tmp_path: Path) -> None:
    (tmp_path / "theirs.txt").write_text("x", encoding="utf-8")
    with pytest.raises(InputError, match="not written by cogov"):
        save(view, 0, "plan", tmp_path)
    assert os.listdir(tmp_path) == ["theirs.txt"]
    assert saved_in(tmp_path) == []
    assert saved_in(tmp_path / "nowhere") == []


DAMAGED = [
    b"\xff\xfe\x00binary",
    b"staff: {per_10k: 1",
    b"staff: {per_10k: -4}",
    b"- a\n- b",
    b"nonsense: 1",
    b"[" * 100_000,
    b"based_on: plan.yaml",
    b"verification: {mode: queue}",
    b"title: {en: [1]}",
]


@pytest.mark.parametrize("content", DAMAGED)
def test_a_damaged_file_is_told_and_breaks_nothing(view: View, tmp_path: Path, content: bytes) -> None:
    start = Place(view, "en", "compare")
    path = Path(save(view.with_change(0, KEY, 5.0), 0, "plan", tmp_path))
    in_use = view.with_name(0, str(path))
    before = identity(arms(in_use)[0])
    path.write_bytes(content)
    (found,) = saved_in(tmp_path)
    assert isinstance(found.content, InputError)
    assert "\n" not in str(found.content)
    with pytest.raises(InputError) as refused:
        read("a=saved/plan", start, tmp_path)
    assert "plan.yaml" in str(refused.value)
    # A view that was made before goes on, and what is changed of it is refused or right.
    assert identity(in_use.base(0)) == before
    assert written(replace(start, view=in_use), tmp_path).count("saved/plan") == 1
    # Mended by hand, it is there again with what it says now.
    path.write_text(f"staff: {{{KEY.split('.')[1]}: 6.5}}\n", encoding="utf-8")
    place = read("a=saved/plan", start, tmp_path)
    assert place.view.base(0).staff.per_10k == 6.5
    # It is another view than the one of before, so that no number of that one is taken for an answer.
    assert place.view.names == in_use.names
    assert place.view != in_use
    assert replace(in_use, seed=in_use.seed) != in_use


def test_what_is_gone_or_was_replaced_is_not_offered(view: View, tmp_path: Path) -> None:
    for name in ("gone", "folder", "link"):
        Path(save(view, 0, name, tmp_path)).unlink()
    (tmp_path / "folder.yaml").mkdir()
    outside = tmp_path.parent / f"{tmp_path.name}_outside.yaml"
    outside.write_text("staff: {per_10k: 3}", encoding="utf-8")
    (tmp_path / "link.yaml").symlink_to(outside)
    assert saved_in(tmp_path) == []
    manifest = tmp_path / "manifest.json"
    content = json.loads(manifest.read_text(encoding="utf-8"))
    content["files"] += ["../outside.yaml"]
    manifest.write_text(json.dumps(content), encoding="utf-8")
    assert saved_in(tmp_path) == []


@pytest.mark.parametrize("name", ["Ten cadres", "试点方案 100%&a=b"])
def test_an_address_names_what_was_saved_and_no_path(view: View, tmp_path: Path, name: str) -> None:
    start = Place(view, "en", "compare")
    path = save(view.with_change(1, KEY, 5.0), 1, name, tmp_path)
    place = replace(start, view=view.with_name(1, path).with_change(1, KEY, 6.0))
    query = written(place, tmp_path)
    assert str(tmp_path) not in query
    assert read(query, start, tmp_path) == place
    for wrong in ("saved/none", f"saved/../{Path(path).name}", path, "saved/", f"saved/{Path(path).name}"):
        with pytest.raises(InputError, match="a scenario that the page offers"):
            read(written(replace(start, view=replace(view, names=(wrong, "co_governance"))), Path("other")),
                 start, tmp_path)  # fmt: skip
    Path(path).unlink()
    with pytest.raises(InputError) as refused:
        read(query, start, tmp_path)
    assert refused.value.key == "b"
    assert address_name("co_governance", tmp_path) == "co_governance"


def test_a_saved_scenario_brings_its_world_along(view: View, tmp_path: Path) -> None:
    # Another start has no words; the file has the people and days of this one.
    start = View(("administration_led", "co_governance"))
    path = save(start.with_shared("community.residents", 4000), 0, "small", tmp_path)
    chosen = start.with_name(0, path)
    assert unpaired(chosen) is not None
    paired = on_its_world(chosen, 0, start)
    assert paired.shared == {"community.residents": 4000}
    assert unpaired(paired) is None
    # What was set by hand stays, and no world is larger than its slider.
    kept = on_its_world(chosen.with_shared("community.residents", 2000), 0, start)
    assert kept.shared == {"community.residents": 2000}
    Path(path).write_text("community: {residents: 400000}", encoding="utf-8")
    assert on_its_world(start.with_name(0, path), 0, start).shared == {}


def test_the_search_for_a_team_knows_a_saved_scenario_and_an_edit_of_it(view: View, tmp_path: Path) -> None:
    fields = target_fields.Fields()
    path = save(view.with_change(0, KEY, 5.0), 0, "plan", tmp_path)
    asked = target_fields.ask_of(view.with_name(0, path), fields)
    (question,) = asked.questions()
    assert identity(load_scenario(question.base, question.overrides)) == identity(
        arms(view.with_change(0, KEY, 5.0))[0]
    )
    assert asked == target_fields.ask_of(view.with_name(0, path), fields)
    Path(path).write_text("staff: {per_10k: 6}", encoding="utf-8")
    assert asked != target_fields.ask_of(view.with_name(0, path), fields)


def test_a_request_file_is_no_part_of_it(view: View, tmp_path: Path) -> None:
    path = save(replace(view, requests=("no.csv", "no.yaml")), 0, "plan", tmp_path)
    assert load_scenario(path).demand.stream is None


def test_a_copy_for_a_command_has_another_name(view: View) -> None:
    from experiments.dashboard.state.saving import COPY

    assert COPY.fullmatch(file_name(view, 0))
