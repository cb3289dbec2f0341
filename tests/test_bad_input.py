"""Whatever is wrong with the input: one line with key, value, what is allowed and the file; status 2."""

import pickle
import re
import time
from pathlib import Path

import numpy as np
import pytest

from experiments.cli import COMMANDS, main
from sim.errors import InputError, did_you_mean, in_short
from sim.scenario.loading import load_scenario
from tests.each import each

FORECAST = ("demand.stream=nowhere.csv", "backtest.origin=2024-01-01", "backtest.until=2024-02-01")


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
    assert len(lines[0]) < 1000
    return lines[0]


@each(
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
        ("demand.rate=" + "9" * 5000, ["demand.rate = '9999", "from 0 to 1000"]),
        ("community.residents=" + "9" * 30, ["community.residents = 9999", "a whole number"]),
        ("demand.work_hours=" + "[" * 5000, ["demand.work_hours", "levels of brackets"]),
        ("demand.rate=" + "[" * 20, ["demand.rate"]),
        ("demand.work_hours=[" + "1," * 9000 + "1]", ["demand.work_hours", "characters"]),
        ("demand.rate='1", ["demand.rate"]),
        ("demand.rate=int(x)", ["demand.rate"]),
        ("demand.rate=glob(*)", ["demand.rate"]),
        ("demand.rate=sort(1,a)", ["demand.rate"]),
        ("=1", ["override"]),
        ("a..b=1", ["a..b"]),
        ("demand.__class__=1", ["demand.__class__"]),
        ("x" * 5000 + "=1", ["xxxx", "a known parameter"]),
        ("verification=null", ["verification = null", "a mapping"]),
        ("deliberation=5", ["deliberation = 5", "a mapping"]),
        ("scenario=~no such user/x.yaml", ["scenario = '~no such user/x.yaml'"]),
        ("scenario=" + "n" * 300 + ".yaml", ["scenario = 'nnn", "existing YAML file"]),
        ("scenario=" + "n" * 300, ["scenario = 'nnn", "shipped"]),
        ("demand.stream=" + "n" * 300, ["demand.stream = 'nnn", "existing file"]),
        ("demand.stream=/dev/zero", ["demand.stream = '/dev/zero'", "existing file"]),
        ("demand.stream=a\0b", ["NUL"]),
        ("out=~no such user/x", ["out = '~no such user/x'"]),
        ("out=" + "n" * 300, ["out = 'nnn", "can be written"]),
        ("title.en=\udcff", ["argument", "UTF-8"]),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)
def test_one_line_says_what_is_wrong(
    override: str, expected: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    words = ["run", override] if override.startswith("out=") else ["run", f"out={tmp_path}", override]
    line = refused(capsys, *words)
    for part in expected:
        assert part in line


@each(
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
        ("just text\n", ["a mapping"]),
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
    "words", [["deliberation=5", "deliberation.topics_above.labour=1"], ["verification=null",
    "verification.second_stage.servers=2"], ["deliberation.topics_above=null",
    "deliberation.topics_above.labour=1"], ["county=3", "county.residents=5"]],
)  # fmt: skip
def test_an_override_of_what_another_has_replaced(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert words[0].partition("=")[0] in refused(capsys, "run", *words)


@each("words", [["demand.rate=range(1,1000000000000)"], ["demand.rate=range(0,1,1e-12)"],
    ["demand.rate=range(0,1,0)"], ["seed=shuffle(range(1,1000000000000))"], ["demand.rate=range(0,nan)"],
    ["demand.rate=range(0,inf)"], ["demand.rate=" + "9" * 5000 + ",1"], ["out=~no such user/x", "seed=1,2"],
    ["scenario=" + "n" * 300]])  # fmt: skip
@each("command", ["run -m", "sweep"])
def test_several_values_that_are_none(
    words: list[str], command: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    began = time.process_time()
    assert main([*command.split(), f"out={tmp_path}", f"store={tmp_path}/store", "executor=serial", *words]
                if command == "sweep" else [*command.split(), f"out={tmp_path}", *words]) == 2  # fmt: skip
    assert time.process_time() - began < 2.0
    said = capsys.readouterr().err
    assert "internal fault" not in said
    assert all(len(line) < 1000 for line in said.splitlines())


@pytest.mark.parametrize("words", [["design=lhs", "staff.per_10k=interval(0,1e400)"],
    ["design=lhs", "community.residents=interval(1,inf)"], ["design=lhs", "staff.per_10k=interval(nan,1)"],
    ["metric=[]", "staff.per_10k=1,2"]])  # fmt: skip
def test_ranges_without_an_end(words: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    refused(capsys, "sweep", f"out={tmp_path}", *words)


@each(
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


def nested(levels: int) -> list[object]:
    value: list[object] = []
    for _ in range(levels):
        value = [value]
    return value


INSIDE_ITSELF: dict[str, object] = {}
INSIDE_ITSELF["x"] = INSIDE_ITSELF


@each("overrides", ["demand.rate=1", b"demand.rate=1", [3], ["demand.rate"], [""], None, 5,
    object(), {"demand.rate": None}, {"demand.rate": object()}, {"demand.rate": "1"},
    {"demand.rate": nested(5000)}, {"demand.rate": np.nan}, {"demand.rate": np.array([1.0])},
    {"demand": 1}, {"demand": {"rte": 1}},
    {"demand": {"rate": -1}}, {"nothing": 1}, {3: 1}, {None: 1}, {"community.residents": np.float64(1.5)},
    {"community.residents": 10**5000}, {"community.residents": True}, {"demand.rate": 1j},
    {"demand": INSIDE_ITSELF}, {"title.en": "${x}"}, {"demand.stream": Path("missing.csv")},
    {"demand.rate": {1, 2}}], ids=lambda value: re.sub(" at 0x.*", "", in_short(value)[:30]))  # fmt: skip
def test_overrides_from_python(overrides: object) -> None:
    with pytest.raises(InputError) as caught:
        load_scenario("administration_led", overrides)  # type: ignore[arg-type]
    assert len(str(caught.value)) < 1000


@each("name", [None, 5, b"co_governance", ["co_governance"], "", "x" * 5000, "a\0b.yaml"])
def test_names_of_scenarios_from_python(name: object) -> None:
    with pytest.raises(InputError, match="scenario"):
        load_scenario(name)  # type: ignore[arg-type]


class Unwritable:
    def __repr__(self) -> str:
        raise RuntimeError("no")


@pytest.mark.parametrize("value", [10**5000, nested(100_000), [10**5000], Unwritable(), "x" * 10**7, None],
                         ids=["number", "levels", "list", "object", "text", "none"])  # fmt: skip
def test_any_value_can_be_told(value: object) -> None:
    assert len(str(InputError("k" * 5000, value, "a" * 5000, "f" * 5000, "h" * 5000))) < 1000
    assert str(InputError("key", value, "a number")).startswith("key = ")


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


@pytest.mark.parametrize("command", ["sweep", "sensitivity", "attribute", "discover"])
def test_a_metric_of_pairs_is_refused_before_anything_runs(
    command: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    more = ["staff.per_10k=8,12"] if command == "sweep" else []
    line = refused(capsys, command, "metric=service_part", f"out={tmp_path / 'out'}", *more)
    assert "metric = 'service_part'" in line
    assert "solved_30d_from_report" in line
    assert not (tmp_path / "out").exists()


@each(
    ("words", "key"),
    [
        (["backtest", *FORECAST, "no.such_key=8"], "no.such_key"),
        (["backtest", *FORECAST, "backtest.rivals=[nobody]"], "backtest.rivals"),
        (["backtest", *FORECAST, "jobs=x"], "jobs"),
        (["what-if", "calibrated=nowhere", "staff.A=+2", "draws=x"], "draws"),
        (["what-if", "calibrated=nowhere", "staff.A=+2", "what_if.from=yesterday"], "what_if.from"),
        (["staffing", "calibrated=nowhere", "staffing.confidence=40"], "staffing.confidence"),
        (["sweep", "staff.per_10k=8,12", "precision=x"], "precision"),
        (["store", "gc", "store=nowhere", "drop=x"], "drop"),
    ],
)
def test_a_wrong_word_is_told_before_a_file_is_looked_for(
    words: list[str], key: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert refused(capsys, *words).startswith(f"cogov: {key} = ")
