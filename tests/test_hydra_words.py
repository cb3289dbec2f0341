"""What those who know Hydra, or guess, type: it works, or one line says what to write instead."""

import io
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from experiments.arguments.hydra_words import plain_words
from experiments.arguments.input_hints import share_meant
from experiments.cli import main
from experiments.system import progress
from sim.errors import InputError
from tests.each import each
from tests.test_bad_input import refused

ROOT = Path(__file__).resolve().parents[1]


@each(
    ("words", "instead"),
    [
        (["run", "--info"], "cogov explain scenario=NAME"),
        (["run", "--info=all"], "cogov explain scenario=NAME"),
        (["run", "-m", "hydra/launcher=joblib", "seed=1,2"], "executor=processes"),
        (["run", "-m", "hydra/launcher=submitit_slurm", "seed=1,2"], "executor=dask"),
        (["run", "+staff.per_10k=9"], "write staff.per_10k=9"),
        (["run", "++staff.per_10k=9"], "write staff.per_10k=9"),
        (["run", "~staff.per_10k"], "cogov explain staff.per_10k"),
        (["compare", "hydra.run.dir=x"], "out=FOLDER"),
        (["sweep", "hydra/sweeper=optuna"], "cogov sensitivity"),
        (["run", "--config-name", "co_governance"], "scenario=NAME"),
        (["run", "-cn", "co_governance"], "scenario=NAME"),
        (["run", "--cfg", "hydra"], "job"),
        (["staffing", "--cfg", "job"], "cogov explain scenario=NAME"),
        (["run", "--config-dir", "nowhere"], "existing folder"),
        (["run", "co_governance"], "did you mean scenario=co_governance?"),
        (["compare", "co_governance"], "did you mean scenarios=[A,B]?"),
    ],
)
def test_what_hydra_has_and_cogov_has_otherwise(
    words: list[str], instead: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert instead in refused(capsys, *words)


def test_the_job_is_shown_as_yaml(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "scenario=co_governance", "staff.per_10k=9", "--cfg", "job"]) == 0
    shown = yaml.safe_load(capsys.readouterr().out)
    assert shown["name"] == "co_governance"
    assert shown["staff"]["per_10k"] == 9
    assert main(["compare", "--cfg=job", "staff.per_10k=9"]) == 0
    both = list(yaml.safe_load_all(capsys.readouterr().out))
    assert [one["name"] for one in both] == ["administration_led", "co_governance"]
    assert main(["run", "--cfg", "job", "staff.per10k=9"]) == 2


def test_scenarios_of_ones_own_are_found_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("based_on: co_governance\n", encoding="utf-8")
    mine = str(tmp_path / "mine.yaml")
    words = ["scenario=mine", "--config-dir", str(tmp_path)]
    assert plain_words(words) == ([f"scenario={mine}"], False)
    words = [f"--config-dir={tmp_path}", "scenarios=[administration_led,mine]"]
    assert plain_words(words) == ([f"scenarios=[administration_led,{mine}]"], False)
    # A folder whose name a list would cut.
    (cut := tmp_path / "a,b").mkdir()
    (cut / "mine.yaml").write_text("based_on: co_governance\n", encoding="utf-8")
    words = [f"--config-dir={cut}", "scenarios=[administration_led,'mine']"]
    assert plain_words(words) == ([f"scenarios=[administration_led,'{cut / 'mine.yaml'}']"], False)


def test_a_file_whose_name_looks_like_it_is_a_file() -> None:
    assert plain_words(["~/data.csv", "+x/y.csv"]) == (["~/data.csv", "+x/y.csv"], False)
    with pytest.raises(InputError):
        plain_words(["~staff.per_10k"])


@each(
    ("words", "expected"),
    [
        (["staffing"], ["staffing.team is missing: must be a parameter"]),
        (["calibrate"], ["calibrate.until is missing"]),
        (["backtest"], ["backtest.origin is missing"]),
        (["import"], ["FILE is missing"]),
        (["report"], ["FOLDER is missing"]),
        (["sweep"], ["key=a,b,c is missing"]),
        (["completion"], ["shell is missing: must be one of bash, zsh, fish"]),
        (["run", "paperwork.base_share=40"], ["did you mean 0.40?"]),
        (["run", "demand.category_shares={market: 20}"], ["did you mean 0.20?"]),
        (["staffing", "staffing.team=staff.per_10k", "staffing.target.share=85"], ["did you mean 0.85?"]),
        (["staffing", "staffing.team=staff.per_10k", "staffing.confidence=95"], ["did you mean 0.95?"]),
        (["run", "scenario=co_governace"], ["did you mean co_governance?"]),
        (["sweep", "staff.per_10k=8,9", "metric=rmst18"], ["did you mean rmst180"]),
    ],
)
def test_missing_is_called_missing_and_shares_are_told(
    words: list[str], expected: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    line = refused(capsys, *words)
    for part in expected:
        assert part in line


def test_every_bounded_share_is_told() -> None:
    from sim.parameters.scenario import describe

    shares = [row for row in describe() if row.hard_low == 0.0 and row.hard_high == 1.0 and not row.choices]
    assert len(shares) > 100
    for row in shares:
        assert share_meant(40, row.allowed) == "did you mean 0.40?", row.key
    assert share_meant("95", "a number from 0.5 to 0.999") == "did you mean 0.95?"
    for value, allowed in (
        (140, "a number from 0 to 1"),
        (1.0, "a number from 0 to 1"),
        (40, "a number from 0 to 30"),
        (True, "a number from 0 to 1"),
        (30, "a number from 0.5 to 1"),
        (40, "a number from 0"),
    ):
        assert share_meant(value, allowed) == ""


# --- progress ----------------------------------------------------------------------------------------------


def test_lines_come_at_a_moderate_rate_where_no_bar_can_be_drawn(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now = [0.0]
    lines = progress.Lines(400, "run", clock=lambda: now[0])
    for second in range(400):
        now[0] = float(second)
        lines.update()
    said = capsys.readouterr().err.splitlines()
    assert said[0] == "cogov: run 3 of 400, 1 %, 2 s, about 265 s more"
    assert 8 <= len(said) <= 14
    assert capsys.readouterr().out == ""


def test_lines_say_in_chinese_whatever_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    monkeypatch.setenv("COGOV_PROGRESS", "lines")
    sources = (path.read_text(encoding="utf-8") for path in ROOT.joinpath("experiments").rglob("*.py"))
    units = {unit for text in sources for unit in re.findall(r'progress_bar\(.+?, "([^"]+)"\)', text)}
    assert len(units) > 5
    for unit in units:
        with progress.progress_bar(400, unit) as bar:
            bar.n = 100.0
            assert not re.search("[a-z]", bar.line(20.0)), unit
            assert "25%" in bar.line(20.0)
            assert "约剩60秒" in bar.line(20.0)


@each(("wanted", "expected"), [("none", 0), ("lines", 1), ("", 0)])
def test_a_stream_that_is_no_terminal_gets_lines_if_asked_for(
    wanted: str, expected: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COGOV_PROGRESS", wanted)
    monkeypatch.setattr(progress, "FIRST_LINE", -1.0)
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with progress.progress_bar(3, "day") as bar:
        bar.update(1)
        bar.set_description("x")
    assert sys.stderr.getvalue().count("cogov: day 1 of 3") == expected  # type: ignore[attr-defined]


# --- completion --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from experiments.command_line.completion import bash

    path = tmp_path_factory.mktemp("completion") / "cogov.bash"
    path.write_text(bash(), encoding="utf-8")
    return path


def completed(script: Path, line: str) -> list[str]:
    """What bash offers at the end of a line, asked as bash asks."""
    words = re.split(r"([ =])", line)
    parts = [word for word in words if word.strip()] + ([""] if line.endswith(" ") else [])
    setup = (
        f"source '{script}'; COMP_LINE='{line}'; COMP_POINT=${{#COMP_LINE}}; "
        f"COMP_WORDS=({' '.join(repr(part) for part in parts)}); COMP_CWORD={len(parts) - 1}; "
        '_cogov; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    environment = {"PATH": os.environ["PATH"]}
    done = subprocess.run(["bash", "-c", setup], capture_output=True, text=True, check=True, env=environment)
    return done.stdout.split()


@pytest.mark.skipif(not Path("/bin/bash").exists(), reason="there is no bash")
@each(
    ("line", "expected"),
    [
        ("cogov comp", ["compare", "completion"]),
        ("cogov run joint_session.cap", ["joint_session.capacity="]),
        ("cogov run scenario=co_governance_equal", ["co_governance_equal_acceptance"]),
        ("cogov compare scenarios=[co_governance,administration", ["[co_governance,administration_led"]),
        ("cogov run joint_session.enabled=", ["true", "false"]),
        ("cogov staffing staffing.target.sh", ["staffing.target.share="]),
        ("cogov completion fi", ["fish"]),
        ("cogov run executor=p", ["processes"]),
    ],
)
def test_bash_completes(line: str, expected: list[str], script: Path) -> None:
    assert completed(script, line) == expected


def test_completion_has_every_command_key_and_scenario(capsys: pytest.CaptureFixture[str]) -> None:
    from experiments.cli import COMMANDS
    from sim.parameters.scenario import parameter_keys
    from sim.scenario.loading import scenario_names

    for shell in ("bash", "zsh", "fish"):
        assert main(["completion", shell]) == 0
        text = capsys.readouterr().out
        wanted: tuple[Any, ...] = (*COMMANDS, *scenario_names(), *(f"{key}=" for key in parameter_keys()))
        assert [one for one in wanted if one not in text] == [], shell
