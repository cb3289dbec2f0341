"""What every command shows has its pair in Chinese: help, lines, tables, figures and reports follow LANG."""

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from analysis.figures import words as figure_words
from analysis.metrics import METRICS
from analysis.report import front_words, words
from analysis.validation import KINDS, ROWS
from experiments.arguments.commands import COMMANDS, help_of
from experiments.arguments.key_values import language_of
from experiments.chinese.help_of_runs import TEXTS as OF_RUNS
from experiments.chinese.help_of_studies import TEXTS as OF_STUDIES
from experiments.chinese.terminal_words import pairs, tell
from experiments.cli import main
from experiments.published.entry import entry_names, load_entry
from experiments.system.language import ask_for, language
from sim.errors import InputError
from sim.parameters.scenario import GRADES
from sim.scenario.loading import load_scenario, scenario_names
from tests import fake_simulation as fakes

ROOT = Path(__file__).resolve().parents[1]
TEXTS = OF_RUNS | OF_STUDIES
#: Files that print for those who work on cogov itself, and those that have both languages line by line.
NOT_SHOWN = (
    "experiments/crews_fit.py", "experiments/reporting_ridge.py", "experiments/hotline_path.py",
    "experiments/break_even.py", "experiments/output/generated_blocks.py", "experiments/cli.py",
    "experiments/city/direct_checks.py", "experiments/command_line/import_file.py",
    "experiments/published/decision_list.py",
)  # fmt: skip
#: Functions that bring a text in the language of the command line.
TELLING = ("tell", "sentence", "word")
CHINESE = re.compile("[\u4e00-\u9fff]")
#: Three words in a row are a sentence that nobody translated.
ENGLISH = re.compile(r"(?:\b[A-Za-z]{2,}\b[ ,;:]+){2,}[A-Za-z]{2,}")


def sources() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted((ROOT / "experiments").rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        if not name.startswith("experiments/dashboard") and name not in NOT_SHOWN:
            yield name, ast.parse(path.read_text(encoding="utf-8"))


def called(node: ast.AST) -> str:
    return getattr(node.func, "id", getattr(node.func, "attr", "")) if isinstance(node, ast.Call) else ""


def literals(node: ast.AST) -> Iterator[str]:
    """The texts of an expression that no function brings in another language."""
    if called(node) in TELLING:
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    for part in ast.iter_child_nodes(node):
        yield from literals(part)


def told(tree: ast.Module) -> Iterator[str]:
    """What is handed to `tell`: texts, or names that hold texts in the same file."""
    held: dict[str, list[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found = [one.value for one in ast.walk(node.value)
                     if isinstance(one, ast.Constant) and isinstance(one.value, str)]  # fmt: skip
            held.setdefault(node.targets[0].id, []).extend(found)
    for node in ast.walk(tree):
        if called(node) == "tell" and isinstance(node, ast.Call):
            for one in ast.walk(node.args[0]):
                if isinstance(one, ast.Constant) and isinstance(one.value, str):
                    yield one.value
                elif isinstance(one, ast.Name):
                    yield from (text for text in held.get(one.id, ()) if "{" in text)


def places(pattern: str) -> tuple[int, list[str]]:
    """How many facts a pattern takes, and the formats of those that have one."""
    found = [(name, spec) for _, name, spec, _ in string.Formatter().parse(pattern) if name is not None]
    return len(found), sorted(spec for _, spec in found if spec)


def test_no_line_of_a_command_lacks_its_pair() -> None:
    known = set(pairs())
    lacking = {text: name for name, tree in sources() for text in told(tree) if text not in known}
    assert lacking == {}
    assert len(known) > 130


def test_a_pair_takes_the_same_facts() -> None:
    for english, chinese in pairs().items():
        assert places(english) == places(chinese), english
        fields = [name for _, name, _, _ in string.Formatter().parse(chinese) if name is not None]
        assert all(fields) or not any(fields), f"{english}: all places are numbered, or none"
        assert CHINESE.search(chinese) or len(english) < 6, english


def test_nothing_is_printed_that_has_no_pair() -> None:
    lacking = {}
    for name, tree in sources():
        for node in ast.walk(tree):
            if called(node) != "print" or not isinstance(node, ast.Call):
                continue
            if any(one.arg == "file" for one in node.keywords):
                continue
            for text in (text for one in node.args for text in literals(one)):
                if ENGLISH.search(text):
                    lacking[text] = name
    assert lacking == {}


def test_what_is_told_by_a_table_has_its_pair() -> None:
    known = pairs()
    from experiments.staffing.command import _HEADS, _KINDS

    for text in (*GRADES.values(), *_KINDS, *(head for head, _ in _HEADS)):
        assert CHINESE.search(known[text])
    for text in ("met", "missed", "not in this version"):
        assert CHINESE.search(known[text])
    assert {row.kind for row in ROWS} == set(KINDS)
    assert all(CHINESE.search(row.zh) for row in ROWS)


def test_the_help_of_every_command_has_its_pair() -> None:
    assert set(TEXTS) == set(COMMANDS)
    key = re.compile(r"(?<![A-Za-z_.])([a-z][a-z_.]*)=", re.ASCII)
    file = re.compile(
        r"(?<![A-Za-z_])([a-z_]+\.(?:csv|json|parquet|html|yaml|png|svg|md))(?![a-z])", re.ASCII
    )
    for name in COMMANDS:
        english, chinese = help_of("experiments.command_line", name), TEXTS[name]
        for pattern in (key, file):
            lacking = (
                set(pattern.findall(english)) - set(pattern.findall(chinese)) - {"key", "parameter", "other"}
            )
            assert not lacking, (name, lacking)
        # Examples are commands; a text between quotes is what a file says.
        lines = [re.sub("“.*?”", "", line) for line in chinese.splitlines() if "cogov" not in line]
        assert [line for line in lines if ENGLISH.search(line)] == [], name


def test_figures_reports_and_titles_have_both_languages() -> None:
    for table in (words.WORDS, words.CAPTIONS, words.CHANGES, words.SWEEPS, front_words.WORDS):
        assert table["en"].keys() == table["zh"].keys()
        assert all(CHINESE.search(text) or not re.search("[a-z]{3}", text) for text in table["zh"].values())
    lacking = [key for key, (_, zh) in figure_words._WORDS.items() if re.search("[a-z]{4}", zh)]
    assert lacking == []
    assert all(CHINESE.search(one.zh) for one in METRICS.values())
    assert all(CHINESE.search(load_entry(name).title["zh"]) for name in entry_names())
    assert all(CHINESE.search(load_scenario(name).title.zh) for name in scenario_names())


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    ask_for([])
    return monkeypatch


def test_the_language_is_the_systems_unless_asked_otherwise(system: pytest.MonkeyPatch) -> None:
    assert language_of({}) == "en"
    system.setenv("LANG", "zh_CN.UTF-8")
    assert language_of({}) == "zh"
    assert tell("served") == "开始受理"
    assert language_of({"language": "en"}) == "en"
    ask_for(["compare", "language=en"])
    assert language() == "en"
    assert tell("served") == "served"
    with pytest.raises(InputError, match="language = 'fr' is not allowed: must be one of en, zh"):
        ask_for(["language=fr"])
    ask_for([])


def test_a_language_that_there_is_not_is_refused_by_every_command(
    system: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in COMMANDS:
        assert main([name, "language=fr"]) == 2
        assert "language = 'fr' is not allowed: must be one of en, zh" in capsys.readouterr().err


@pytest.mark.parametrize("how", ["LANG", "word"])
def test_the_report_of_a_comparison_is_in_the_language(
    how: str, tmp_path: Path, system: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Written by `compare` itself, with figures in the same language."""
    spoken: list[str] = []

    def drawn(
        summaries: object, table: object, folder: object, source: object, language: str
    ) -> dict[str, Path]:
        spoken.append(language)
        return {}

    system.setattr("analysis.figures.write_figures", drawn)
    words = [f"out={tmp_path / 'out'}", "replications=2", "executor=serial"]
    if how == "LANG":
        system.setenv("LANG", "zh_CN.UTF-8")
    else:
        words.append("language=zh")
    assert main(["compare", *words], fakes.simulate) == 0
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert '<html lang="zh-CN">' in page
    assert "依据什么" in page
    assert spoken == ["zh"]
    assert "language=en format=pdf" in capsys.readouterr().out
    system.setenv("LANG", "zh_CN.UTF-8")
    assert main(["compare", *words[:3], "language=en"], fakes.simulate) == 0
    assert '<html lang="en">' in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "paired replications: 2" in capsys.readouterr().out


@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_a_sweep_ends_with_an_answer(
    spoken: str, tmp_path: Path, system: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["staff.per_10k=8,16", "scenarios=[administration_led,co_governance]", "replications=2",
             "executor=serial", f"out={tmp_path / 'out'}", f"store={tmp_path / 'store'}", "metric=rmst180",
             "community.residents=300", "warmup_days=10", "horizon_days=20", "followup_days=10",
             f"language={spoken}"]  # fmt: skip
    assert main(["sweep", *words]) == 0
    lines = capsys.readouterr().out.strip().splitlines()
    assert lines[-1].startswith("Answer: " if spoken == "en" else "答案：")
    assert pd.read_csv(tmp_path / "out" / "sweep.csv")["metric"].unique().tolist() == ["rmst180"]
    if spoken == "zh":
        assert not ENGLISH.search("\n".join(lines).replace(str(tmp_path), ""))
    # With its unit: 180 days at most.
    assert re.search(r"\d d \[" if spoken == "en" else r"\d 天 \[|\d 天", lines[-1])


def test_a_chinese_report_names_every_assumption_in_chinese() -> None:
    from analysis.report.html_page import Page
    from analysis.report.sections import evidence_section
    from experiments.results.presentation import evidence

    known = evidence([load_scenario("administration_led"), load_scenario("co_governance")])
    page = "".join(evidence_section(Page("t", "zh"), known))
    assert "社区工作人员 staff.per_10k" in page
    assert "人/万人" in page
    assert "persons per 10,000" not in page
    assert "每万名居民配备的社区工作人员。" in page
    english = "".join(evidence_section(Page("t", "en"), known))
    assert "<td>staff.per_10k</td>" in english
