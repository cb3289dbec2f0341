"""Whatever is wrong with the input: one line with key, value, what is allowed and the file; status 2."""

import pickle
from pathlib import Path

import pytest

from experiments.cli import COMMANDS, main
from sim.errors import InputError, did_you_mean
from sim.scenario import load_scenario


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """The single line a command answers with."""

    def never(*args: object, **kwargs: object) -> None:
        raise AssertionError("simulated in spite of bad input")

    assert main(list(words), never) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    lines = captured.err.splitlines()
    assert len(lines) == 1, captured.err
    assert lines[0].startswith("cogov: ")
    return lines[0]


@pytest.mark.parametrize(
    ("override", "expected"),
    [
        ("demand.rte=1", ["demand.rte", "did you mean demand.rate"]),
        ("residents=5", ["residents", "community.residents"]),
        ("referal.convener_effect=1", ["did you mean referral.convener_effect?"]),
        ("demand.category_shares.markt=.2", ["did you mean demand.category_shares"]),
        ("nothing.like.it=1", ["nothing.like.it", "cogov explain"]),
        ("hydra.run.dir=x", ["hydra.run.dir"]),
        ("demand.rate=-1", ["demand.rate = -1", "from 0 to 1000 (per resident-year)"]),
        ("demand.rate=nan", ["demand.rate = nan", "a number"]),
        ("demand.rate=inf", ["demand.rate = inf", "a number"]),
        ("demand.rate=true", ["demand.rate = True", "a number"]),
        ("demand.rate='1'", ["demand.rate = '1'", "a number"]),
        ("demand.rate=", ["demand.rate", "a number"]),
        ("demand.rate=null", ["demand.rate = null", "a number"]),
        ("demand.rate=[1]", ["demand.rate = [1]", "a number"]),
        ("demand.rate={a: 1}", ["demand.rate", "a number"]),
        ("demand.rate=(1", ["demand.rate = '(1'", "a number"]),
        ("demand.rate=1,2", ["demand.rate = '1,2'", "cogov run -m"]),
        ("demand.rate=range(1,3)", ["demand.rate", "cogov run -m"]),
        ("demand.rate", ["demand.rate", "key=value"]),
        ("warmup_days=-1", ["warmup_days = -1", "from 0 to 3650 (days)"]),
        ("horizon_days=0", ["horizon_days = 0", "from 1 to"]),
        ("staff.patience_days=-3", ["staff.patience_days = -3", "above 0"]),
        ("community.residents=10.5", ["community.residents = 10.5", "a whole number"]),
        ("community=5", ["community = 5", "a mapping"]),
        ("ledger=some", ["ledger = 'some'", "one of all, sample, none"]),
        ("demand.work_hours=[1,-2,3]", ["demand.work_hours[1] = -2"]),
        ("demand.work_hours=[1,2]", ["demand.work_hours", "a list of 3 numbers"]),
        (
            "demand.organisations_shares=[.5,.4,.2]",
            ["demand.organisations_shares", "they sum to 1.1"],
        ),
        ("adoption.campaigns=[{start: 3}]", ["adoption.campaigns[0].start"]),
        ("demand.stream=missing file.csv", ["demand.stream = 'missing file.csv'", "existing file"]),
        ("calendar.start_date=2023-13-01", ["calendar.start_date = '2023-13-01'", "YYYY-MM-DD"]),
        ("+demand.rate=1", ["+demand.rate", "without + or ~"]),
        ("++demand.rate=1", ["++demand.rate", "without + or ~"]),
        ("~demand.rate", ["~demand.rate", "without + or ~"]),
        ("demand.rate=${oc.env:HOME}", ["demand.rate", "interpolation"]),
        ("demand.stream=${oc.env:HOME}", ["demand.stream", "interpolation"]),
        ("seed=-1", ["seed = '-1'", "from 0 to 2147483647"]),
        ("seed=1.5", ["seed = '1.5'", "a whole number"]),
        ("replications=0", ["replications = '0'", "from 1"]),
        ("replications=two", ["replications = 'two'"]),
        ("replication=2", ["did you mean replications?"]),
        ("executor=threads", ["executor = 'threads'", "serial, processes"]),
        ("jobs=0", ["jobs = '0'"]),
        ("out=", ["out"]),
        ("out=/dev/null/x", ["out = '/dev/null/x'", "can be written"]),
        ("scenario=co_governnace", ["scenario = 'co_governnace'", "did you mean co_governance?"]),
        ("scenario=streams/boston", ["scenario = 'streams/boston'"]),
        ("scenario=../scenarios/co_governance", ["scenario"]),
        ("scenario=missing.yaml", ["scenario = 'missing.yaml'", "existing YAML file"]),
        ("scenario=", ["scenario"]),
        ("--verbose", ["--verbose"]),
        ("co_governance", ["co_governance", "key=value"]),
    ],
)
def test_one_line_says_what_is_wrong(
    override: str, expected: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    words = ["run", override] if override.startswith("out=") else ["run", f"out={tmp_path}", override]
    line = refused(capsys, *words)
    for part in expected:
        assert part in line


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("staff:\n  per_10k: -3\n", ["staff.per_10k = -3", "from 0 to 10000"]),
        ("staff:\n  per_10: 3\n", ["staff.per_10", "did you mean staff.per_10k?"]),
        ("staff: 3\n", ["staff = 3", "a mapping"]),
        ("staff:\n", ["staff = null", "a mapping"]),
        ("staff:\n  per_10k: '12'\n", ["staff.per_10k = '12'", "a number"]),
        ("staff:\n  per_10k: yes\n", ["staff.per_10k", "a number"]),
        ("staff:\n  per_10k: .nan\n", ["staff.per_10k = nan", "a number"]),
        ("staff:\n  per_10k: ???\n", ["staff.per_10k", "a number"]),
        ("staff:\n  per_10k: ${staff.hours_year}\n", ["staff.per_10k", "interpolation"]),
        ("- staff\n- per_10k\n", ["a mapping"]),
        ("just text\n", ["just text = null"]),
        ("staff: [1, 2\n", ["not valid YAML", "line 2"]),
        ("staff:\n  per_10k: 3\n  per_10k: 4\n", ["not valid YAML", "per_10k"]),
        ("staff:\n\tper_10k: 3\n", ["not valid YAML"]),
        ("defaults:\n  - co_governance\n", ["defaults"]),
        ("based_on: nowhere\n", ["nowhere"]),
        ("based_on: [co_governance]\n", ["based_on"]),
        ("1: 2\n", ["1 = 2"]),
        ("calendar:\n  start_date: 2023-02-30\n", ["calendar.start_date = '2023-02-30'"]),
        ("paperwork:\n  base_share: .9\n", ["paperwork.base_share = 0.9", "paperwork.cap"]),
    ],
)
def test_faults_in_a_file_name_the_file(
    text: str, expected: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "我的 情景.yaml"
    file.write_text(text, encoding="utf-8")
    line = refused(capsys, "run", f"scenario={file}", f"out={tmp_path / 'out'}")
    for part in [*expected, str(file) if "nowhere" not in text else ""]:
        assert part in line
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"title:\n  zh: \xd6\xd0\n"], ids=["binary", "gbk"])
def test_a_file_that_is_not_utf8(content: bytes, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_bytes(content)
    assert "UTF-8" in refused(capsys, "run", f"scenario={file}")


def test_a_folder_is_not_a_scenario(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "x.yaml").mkdir()
    assert "existing YAML file" in refused(capsys, "run", f"scenario={tmp_path / 'x.yaml'}")


def test_the_output_is_checked_before_anything_is_simulated(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "file"
    file.write_text("mine", encoding="utf-8")
    assert "can be written" in refused(capsys, "run", f"out={file}")
    assert "can be written" in refused(capsys, "compare", f"out={file}/below")
    assert file.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["compare", "scenarios=[co_governance]"], ["at least two"]),
        (["compare", "scenarios=[]"], ["at least two"]),
        (["compare", "scenarios=[co_governance,co_governance]"], ["different names"]),
        (["compare", "scenario=co_governance"], ["scenarios=[A,B]"]),
        (
            ["compare", "scenarios=[administration_led,verification/queue]"],
            ["warmup_days", "unpaired"],
        ),
        (["compare", "demand.rate=-1"], ["demand.rate = -1"]),
        (["run", "scenarios=[co_governance,administration_led]"], ["cogov compare"]),
        (["explain", "referal.retries"], ["did you mean referral.retries"]),
        (["explain", "co_governance"], ["did you mean scenario=co_governance?"]),
        (["explain", "referral.retries", "scenario=co_governance"], ["either"]),
        (["comapre"], ["comapre", ", ".join(COMMANDS), "did you mean compare?"]),
        (["dashbord"], ["dashbord", ", ".join(COMMANDS)]),
        (["--verbose"], ["--verbose", ", ".join(COMMANDS)]),
        (["run", "-m", "demand.rate=range(1"], ["demand.rate"]),
        (["run", "-m", "seed=range(1,100000)"], ["at most 10000"]),
        (["run", "-m", "+seed=1,2"], ["+seed"]),
    ],
)
def test_commands_say_what_they_take(
    words: list[str], expected: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    line = refused(capsys, *words)
    for part in expected:
        assert part in line


def test_arms_that_differ_in_the_tape_are_unpaired(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "larger.yaml"
    file.write_text("community:\n  residents: 20000\n", encoding="utf-8")
    line = refused(capsys, "compare", f"scenarios=[administration_led,{file}]")
    assert "community.residents" in line
    assert "9000" in line
    assert "20000" in line


@pytest.mark.parametrize("overrides", ["demand.rate=1", [3], ["demand.rate"], [""]])
def test_overrides_from_python(overrides: object) -> None:
    with pytest.raises(InputError):
        load_scenario("administration_led", overrides)  # type: ignore[arg-type]


def test_the_message_is_one_line_whatever_it_quotes() -> None:
    error = InputError("a\nb", "x\ny\x1b[31m" + "z" * 1000, "a\r\nnumber", "file\nname", "try\tthis")
    assert "\n" not in str(error)
    assert "\x1b" not in str(error)
    assert len(str(error)) < 300


def test_errors_travel_between_processes() -> None:
    error = InputError("demand.rate", -1, "a number", "x.yaml", "hint")
    copy = pickle.loads(pickle.dumps(error))
    assert str(copy) == str(error)
    assert (copy.key, copy.value, copy.allowed, copy.file, copy.hint) == (
        "demand.rate",
        -1,
        "a number",
        "x.yaml",
        "hint",
    )


def test_suggestions_are_close_or_none() -> None:
    known = ["community.residents", "demand.rate", "referral.retries"]
    assert did_you_mean("residents", known) == "did you mean community.residents?"
    assert did_you_mean("referral.retry", known) == "did you mean referral.retries?"
    assert did_you_mean("zzz", known) == ""
