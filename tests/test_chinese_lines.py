"""Error lines, names of parameters and help in Chinese: none lacks its pair."""

import ast
import re
from pathlib import Path

import pytest

from analysis.findings.parameter_names import (
    name_and_unit,
    parameter_name,
    short_names,
)
from analysis.findings.parameter_names_zh import names_zh, units_zh
from experiments.arguments.commands import COMMANDS
from experiments.arguments.input_hints import MissingInput
from experiments.chinese.command_words import SUMMARIES
from experiments.chinese.error_lines import in_chinese, known, pairs, said
from experiments.city.changes import close
from experiments.cli import main
from experiments.dashboard.words.parameter_words import PARAMETER_WORDS
from sim.parameters.scenario import describe
from tests import fake_simulation as fakes

ROOT = Path(__file__).resolve().parents[1]
#: Names that hold what would have been allowed, or a hint, where it is put together.
_HOLDERS = ("allowed", "hint", "wanted", "more")
#: What is put together of nothing but what it is told.
_BARE = {"{}", "{}: {}", "", "{}; {}"}


def templates(node: ast.expr) -> list[str]:
    """The texts that an expression can be, with `{}` for what is put in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.JoinedStr):
        found = [""]
        for part in node.values:
            if isinstance(part, ast.Constant):
                found = [text + str(part.value) for text in found]
            elif isinstance(part, ast.FormattedValue) and isinstance(part.value, ast.IfExp):
                ends = templates(part.value.body) or ["{}"], templates(part.value.orelse) or ["{}"]
                found = [text + end for text in found for end in (*ends[0], *ends[1])]
            else:
                found = [f"{text}{{}}" for text in found]
        return found
    if isinstance(node, ast.IfExp):
        return templates(node.body) + templates(node.orelse)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        sides = templates(node.left) or ["{}"], templates(node.right) or ["{}"]
        return [left + right for left in sides[0] for right in sides[1] if left + right != "{}{}"]
    if isinstance(node, ast.BoolOp):
        return [text for value in node.values for text in templates(value)]
    return []


def raised() -> dict[str, str]:
    """Every text with which an InputError is made, and the file."""
    found: dict[str, str] = {}
    for package in ("sim", "experiments", "analysis"):
        for path in sorted((ROOT / package).rglob("*.py")):
            for text in texts(ast.parse(path.read_text(encoding="utf-8"))):
                found.setdefault(text, path.relative_to(ROOT).as_posix())
    return found


def texts(tree: ast.Module) -> list[str]:
    held: dict[str, list[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
            if name in _HOLDERS:
                held.setdefault(name, []).extend(templates(node.value))
    found: list[str] = []
    for node in ast.walk(tree):
        name = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
        if not isinstance(node, ast.Call) or name not in ("InputError", "MissingInput", "reject"):
            continue
        places = (2,) if name == "reject" else (2, 4)
        chosen = [node.args[place] for place in places if place < len(node.args)]
        chosen += [one.value for one in node.keywords if one.arg in ("allowed", "hint")]
        for one in chosen:
            found += held.get(one.id, []) if isinstance(one, ast.Name) else templates(one)
    return found


def test_no_error_line_lacks_its_pair() -> None:
    lacking = {text: file for text, file in raised().items() if text not in _BARE and not known(text)}
    assert lacking == {}
    assert len(raised()) > 300


#: Files whose ValueErrors become the hint of a line.
_HINTING = ("sim/request_file/mapping.py", "sim/city/draw.py", "analysis/statistics/sensitivity.py")


@pytest.mark.parametrize("file", _HINTING)
def test_what_a_check_says_has_its_pair(file: str) -> None:
    calls = [
        node
        for node in ast.walk(ast.parse((ROOT / file).read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    ]
    raised = [one for one in calls if getattr(one.func, "id", "") == "ValueError" and one.args]
    parts = {part for one in raised for text in templates(one.args[0]) for part in text.split("; ")}
    assert parts
    # Whatever is put in whole is a line with a pair of its own.
    assert [part for part in parts - {"{}"} if not known(part)] == []


def test_names_that_there_are_stand_in_a_chinese_line() -> None:
    for names in (["Roads"], [f"Team {letter}" for letter in "ABCDEFGHIJ"]):
        hint = said(close("nothing like it", names))
        assert hint.startswith("有")
        assert not re.search("there|and", hint)


def test_what_every_parameter_allows_has_its_pair() -> None:
    lacking = {
        row.key: row.allowed for row in describe() if not re.search("[\u4e00-\u9fff]", said(row.allowed))
    }
    assert lacking == {}


def test_a_pair_takes_in_what_its_english_takes_in() -> None:
    for english, chinese in pairs().items():
        put_in = english.count("{}")
        places = re.findall(r"\{(\d?)\}", chinese)
        assert len(places) == put_in, english
        numbered = [place for place in places if place]
        assert not numbered or sorted(numbered) == [str(place) for place in range(put_in)], english


def test_every_parameter_and_unit_has_a_chinese_name() -> None:
    assert set(names_zh()) == {row.key for row in describe()}
    assert {row.unit for row in describe()} <= set(units_zh())
    assert len(set(names_zh().values())) == len(names_zh()), "two parameters of one name"


@pytest.mark.parametrize("how", ["word", "LANG", "LC_ALL"])
def test_a_line_in_chinese(
    how: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    words = ["staffing", "staffing.team=staff.per_10k", "staffing.target.share=40"]
    if how == "word":
        words.append("language=zh")
    else:
        monkeypatch.setenv(how, "zh_CN.UTF-8")
    assert main(words) == 2
    assert capsys.readouterr().err == (
        "cogov: staffing.target.share = '40' 不可用：须为0到1之间的数；是否想写0.40？\n"
    )


def test_parts_of_a_line_are_put_together() -> None:
    error = MissingInput(
        "staffing.team", "", "a parameter that counts staff", "my.yaml", "did you mean a or b?"
    )
    assert in_chinese(error) == "my.yaml: staffing.team 缺失：须为计人数的参数；是否想写a or b？"
    assert said("a number from 0 to 1 (share)") == "0到1之间的数（比例）"
    assert said("nobody ever said this") == "nobody ever said this"


def test_a_chinese_word_finds_parameters_and_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "人员"]) == 0
    shown = capsys.readouterr().out
    assert "staff.per_10k  社区工作人员" in shown
    assert "cogov staffing  求达到办理时限目标所需的最少人员编制。" in shown
    assert main(["explain", "staff.per_10k", "language=zh"]) == 0
    shown = capsys.readouterr().out
    assert "staff.per_10k = 18 人/万人（默认）" in shown
    assert "社区工作人员：每万名居民配备的社区工作人员。" in shown
    assert main(["explain", "乱写"]) == 2


def test_help_in_chinese_has_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert tuple(SUMMARIES) == COMMANDS
    assert main(["--help", "language=zh"]) == 0
    shown = capsys.readouterr().out
    assert all(said in shown for said in SUMMARIES.values())
    assert main(["staffing", "--help", "language=zh"]) == 0
    assert capsys.readouterr().out.startswith("cogov staffing：求达到")


@pytest.mark.parametrize("command", ["run", "compare"])
def test_what_the_terminal_shows_of_results_is_chinese(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("matplotlib", "analysis.figures"):
        pytest.importorskip(name)
    monkeypatch.setattr("experiments.results.presentation.drawn", lambda *rest: None)
    words = [f"out={tmp_path / 'out'}", "replications=1", "executor=serial", "language=zh"]
    assert main([command, *words], fakes.simulate) == 0
    told = capsys.readouterr().out.replace(str(tmp_path), "")
    assert "仅一次重复：无区间。" in told
    assert "反映至真实解决的中位时间" in told
    # Names of scenarios, keys and commands are what they are; sentences are Chinese.
    assert not re.search(r"(?:[A-Za-z]{2,} ){4}", told)


def test_page_report_and_terminal_call_a_parameter_by_one_name() -> None:
    known = {row.key for row in describe()}
    assert short_names().keys() == PARAMETER_WORDS.keys() <= known
    for key, words in PARAMETER_WORDS.items():
        assert words["en"] == parameter_name(key) == short_names()[key]
        assert words["zh"] == parameter_name(key, "zh") == names_zh()[key]
    assert len(set(short_names().values())) == len(short_names())
    assert name_and_unit("staff.per_10k") == "Community staff (persons per 10,000)"
    assert name_and_unit("staff.per_10k", "zh") == "社区工作人员（人/万人）"
    assert name_and_unit("community.share_60plus") == "Share of residents aged 60 and over"
    assert name_and_unit("no.parameter") == "no.parameter"
