"""The command line: what is written, what is kept, and the exit status."""

import csv
import json
import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest

from experiments.cli import COMMANDS, main
from experiments.designs.multirun import expand
from experiments.executors import workers
from experiments.output.output_folder import OutputFolder
from tests.each import each

ROOT = Path(__file__).resolve().parents[1]
SHORT = ["warmup_days=10", "horizon_days=30", "followup_days=5"]
RUN_FILES = {
    "manifest.json", "cases.parquet", "daily.parquet", "people.parquet", "summary.csv", "by_group.csv",
}  # fmt: skip


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The module of stand-in simulations; on the path, so that worker processes find it too."""
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    import fake_simulation

    return fake_simulation


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def manifest(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "manifest.json").read_text(encoding="utf-8"))


def test_run_writes_these_files_and_no_others(fake: Any, tmp_path: Path) -> None:
    out = tmp_path / "结果 1"
    assert main(["run", "scenario=co_governance", "replications=3", f"out={out}", *SHORT], fake.simulate) == 0
    assert names(out) == RUN_FILES
    assert [path.name for path in out.iterdir() if path.name.startswith(".")] == []
    cases = pq.ParquetFile(out / "cases.parquet")
    assert cases.num_row_groups == 3
    assert [cases.read_row_group(n)["replication"][0].as_py() for n in range(3)] == [0, 1, 2]
    frame = pd.read_parquet(out / "cases.parquet")
    assert list(frame["scenario"].unique()) == ["co_governance"]
    assert len(frame) == 3 * fake.NEEDS
    summary = pd.read_csv(out / "summary.csv")
    assert list(summary.columns[:6]) == ["scenario", "metric", "unit", "mean", "low", "high"]
    groups = pd.read_csv(out / "by_group.csv")
    assert list(groups.columns) == [
        "scenario", "group", "level", "metric", "unit", "mean", "low", "high", "n",
    ]  # fmt: skip
    assert set(groups["scenario"]) == {"co_governance"}
    counted = groups[(groups["metric"] == "cases_reported") & (groups["group"] == "category")]
    assert counted["mean"].sum() == pytest.approx(summary.set_index("metric").loc["cases_reported", "mean"])


def test_the_manifest_holds_everything_needed_to_run_again(fake: Any, tmp_path: Path) -> None:
    out = tmp_path / "out"
    words = ["replications=2", "seed=7", "staff.per_10k=12", f"out={out}", *SHORT]
    assert main(["run", *words], fake.simulate) == 0
    facts = manifest(out)
    assert facts["status"] == "complete"
    assert facts["seed"] == 7
    assert facts["replications"] == facts["replications_asked"] == 2
    assert facts["replications_finished"] == [0, 1]
    assert shlex.split(facts["command"]) == ["cogov", "run", *words]
    from sim.parameters.scenario import Scenario

    scenario = Scenario.model_validate(facts["scenarios"]["administration_led"])
    assert scenario.staff.per_10k == 12
    assert scenario.horizon_days == 30
    assert {"cogov", "python", "numpy", "numba", "pandas"} <= set(facts["versions"])
    assert len(facts["code_hash"]) == 20
    assert facts["started"] <= facts["finished"]
    assert set(facts["files"]) == RUN_FILES


def test_the_same_numbers_whatever_the_executor(fake: Any, tmp_path: Path) -> None:
    frames = []
    for executor in ("serial", "processes"):
        out = tmp_path / executor
        words = ["run", "replications=5", f"executor={executor}", f"out={out}", *SHORT]
        assert main([*words, *(["jobs=2"] if executor == "processes" else [])], fake.simulate) == 0
        frames.append(pd.read_parquet(out / "cases.parquet"))
        frames.append(pd.read_csv(out / "summary.csv"))
    pd.testing.assert_frame_equal(frames[0], frames[2])
    pd.testing.assert_frame_equal(frames[1], frames[3])


def test_compare_applies_overrides_to_every_arm(fake: Any, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert main(["compare", "replications=3", "staff.per_10k=9", f"out={out}", *SHORT], fake.simulate) == 0
    facts = manifest(out)
    assert {arm["staff"]["per_10k"] for arm in facts["scenarios"].values()} == {9.0}
    assert list(facts["scenarios"]) == ["administration_led", "co_governance"]
    cases = pq.ParquetFile(out / "cases.parquet")
    groups = [cases.read_row_group(n).slice(0, 1).to_pylist()[0] for n in range(cases.num_row_groups)]
    assert {(g["scenario"], g["replication"]) for g in groups} == {
        (name, n) for name in ("administration_led", "co_governance") for n in range(3)
    }
    with (out / "comparison.csv").open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    assert header == [
        "metric", "unit", "administration_led_mean", "administration_led_low", "administration_led_high",
        "co_governance_mean", "co_governance_low", "co_governance_high", "difference", "difference_low",
        "difference_high", "variance_reduction",
    ]  # fmt: skip
    written = names(out)
    assert {*RUN_FILES, "comparison.csv", "report.html"} <= written
    assert set(pd.read_csv(out / "by_group.csv")["scenario"]) == {*facts["scenarios"], "difference"}
    figures = {name for name in written if name.startswith("figures/")}
    assert {Path(name).suffix for name in figures} == {".png", ".svg"}


@pytest.mark.slow
def test_the_engine_itself_compared_in_one_process_and_in_two(tmp_path: Path) -> None:
    words = ["compare", "replications=2", "community.residents=300", "community.merchants=10", *SHORT]
    assert main([*words, f"out={tmp_path / 'one'}"]) == 0
    assert main([*words, f"out={tmp_path / 'two'}", "jobs=2"]) == 0
    assert names(tmp_path / "one") == names(tmp_path / "two")
    for name in ("cases.parquet", "daily.parquet", "people.parquet", "comparison.csv", "summary.csv"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name
    cases = pd.read_parquet(tmp_path / "one" / "cases.parquet")
    tape = ["replication", "case_id", "requester_id", "category", "work_hours", "arisen_at"]
    arms = [arm[tape].reset_index(drop=True) for _, arm in cases.groupby("scenario", observed=True)]
    pd.testing.assert_frame_equal(arms[0], arms[1])


def test_data_are_kept_when_the_report_fails(
    fake: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*args: object) -> None:
        raise RuntimeError("no ink")

    monkeypatch.setattr("experiments.results.presentation.draw", broken)
    assert main(["compare", "replications=2", f"out={tmp_path}", *SHORT], fake.simulate) == 1
    assert "no ink" in capsys.readouterr().err
    assert {*RUN_FILES, "comparison.csv"} == names(tmp_path)


def interrupting(fake: Any, at: int) -> Callable[..., Any]:
    def simulate(scenario: Any, seed: int, replication: int) -> Any:
        if replication == at:
            raise KeyboardInterrupt
        return fake.simulate(scenario, seed, replication)

    return simulate


def test_an_interruption_keeps_what_is_finished(
    fake: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["replications=9", f"out={tmp_path}", *SHORT]
    assert main(["run", *words], interrupting(fake, 2)) == 130
    assert "2 of 9 replications" in capsys.readouterr().err
    assert manifest(tmp_path)["status"] == "interrupted"
    assert manifest(tmp_path)["replications_finished"] == [0, 1]
    assert sorted(pd.read_parquet(tmp_path / "cases.parquet")["replication"].unique()) == [0, 1]
    assert main(["compare", *words], interrupting(fake, 2)) == 130
    assert len(pd.read_csv(tmp_path / "comparison.csv")) > 5


def test_ctrl_c_between_two_files_waits_for_the_second(
    fake: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    append = OutputFolder._append

    def pressing(self: OutputFolder, name: str, table: Any) -> None:
        append(self, name, table)
        if name == "cases":
            os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr(OutputFolder, "_append", pressing)
    assert main(["run", "replications=3", f"out={tmp_path}", *SHORT], fake.simulate) == 130
    for name in ("cases", "daily", "people"):
        assert list(pd.read_parquet(tmp_path / f"{name}.parquet")["replication"].unique()) == [0]
    assert manifest(tmp_path)["replications_finished"] == [0]


def test_an_early_interruption_leaves_the_folder_alone(fake: Any, tmp_path: Path) -> None:
    assert main(["run", f"out={tmp_path}", *SHORT], fake.simulate) == 0
    before = {name: (tmp_path / name).read_bytes() for name in names(tmp_path)}
    assert main(["run", "seed=2", f"out={tmp_path}", *SHORT], interrupting(fake, 0)) == 130
    assert {name: (tmp_path / name).read_bytes() for name in names(tmp_path)} == before


def running_in_group(group: int) -> list[str]:
    """Processes of a group that are not merely waiting to be collected."""
    listed = subprocess.run(["ps", "-eo", "pgid=,stat=,args="], capture_output=True, text=True, check=True)
    found = [line.split(None, 2) for line in listed.stdout.splitlines()]
    return [parts[-1] for parts in found if parts[0] == str(group) and not parts[1].startswith("Z")]


@pytest.mark.skipif(shutil.which("ps") is None, reason="needs ps")
@pytest.mark.skipif(os.name == "nt", reason="signals differ")
def test_ctrl_c_with_several_processes(fake: Any, tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        f"import signal, sys\nsys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        "import fake_simulation\nfrom experiments.cli import main\n"
        "if __name__ == '__main__':\n"
        # Tests started in the background by a script inherit that Ctrl-C is ignored.
        "    signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "    sys.exit(main(sys.argv[1:], fake_simulation.slow))\n",
        encoding="utf-8",
    )
    started, out = tmp_path / "started", tmp_path / "out"
    environment = {**os.environ, "COGOV_TEST_STARTED": str(started), "PYTHONPATH": str(ROOT)}
    words = [sys.executable, str(script), "run", "replications=6", "jobs=2", f"out={out}", *SHORT]
    process = subprocess.Popen(
        words, env=environment, stderr=subprocess.PIPE, start_new_session=True, text=True
    )
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if started.exists() and list(out.glob(".partial-*/people.parquet")):
            break
        time.sleep(0.05)
    # As a terminal does it: to the whole group, workers included.
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 130, errors
    assert len(errors.splitlines()) == 1
    kept = sorted(pd.read_parquet(out / "cases.parquet")["replication"].unique())
    assert kept == sorted(pd.read_parquet(out / "people.parquet")["replication"].unique())
    assert kept in ([0], [0, 1])
    deadline = time.monotonic() + 10
    while running_in_group(process.pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert running_in_group(process.pid) == []


def test_a_worker_that_dies_is_reported(fake: Any, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    words = ["run", "replications=4", "jobs=2", f"out={tmp_path}", *SHORT]
    assert main(words, fake.deadly) == 1
    assert "a worker process died" in capfd.readouterr().err
    assert names(tmp_path) == set()


def test_a_fault_of_ours_is_one_line_and_a_traceback_on_request(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise ZeroDivisionError("in the\nmiddle")

    assert main(["run", f"out={tmp_path}"], broken) == 1
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    assert "ZeroDivisionError: in the middle" in lines[0]
    assert names(tmp_path) == set()
    monkeypatch.setenv("COGOV_DEBUG", "1")
    assert main(["run", f"out={tmp_path}"], broken) == 1
    assert "Traceback" in capsys.readouterr().err


def test_a_later_study_leaves_nothing_of_an_earlier_one(fake: Any, tmp_path: Path) -> None:
    assert main(["compare", "replications=2", f"out={tmp_path}", *SHORT], fake.simulate) == 0
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "figures" / "mine.png").write_text("mine", encoding="utf-8")
    assert main(["run", f"out={tmp_path}", *SHORT], fake.simulate) == 0
    assert names(tmp_path) == {*RUN_FILES, "notes.txt", "figures/mine.png"}


def test_a_failing_write_leaves_no_final_name(
    fake: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object, **kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(OutputFolder, "add_table", full)
    assert main(["run", f"out={tmp_path}", *SHORT], fake.simulate) == 1
    assert list(tmp_path.iterdir()) == []


def test_multirun_runs_all_combinations_and_exits_with_the_worst(
    fake: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["run", "-m", "seed=range(1,3)", "demand.rate=0.5,-1", f"out={tmp_path}", *SHORT]
    assert main(words, fake.simulate) == 2
    runs = pd.read_csv(tmp_path / "runs.csv")
    assert list(runs["status"]) == [0, 2, 0, 2]
    assert (tmp_path / "0" / "cases.parquet").exists()
    assert not (tmp_path / "1").exists()
    assert manifest(tmp_path / "2")["seed"] == 2
    assert manifest(tmp_path / "2")["scenarios"]["administration_led"]["demand"]["rate"] == 0.5
    told = capsys.readouterr().out.splitlines()
    assert told == [f"administration_led: 1 replication in {tmp_path / number}" for number in "02"]
    assert main(["run", "-m", "seed=1,2", f"out={tmp_path / 'good'}", *SHORT], fake.simulate) == 0


def test_values_of_a_multirun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a,b.csv").write_text("x", encoding="utf-8")
    assert expand(["seed=1,2", "ledger=all,none"]) == [
        ["seed=1", "ledger=all"], ["seed=1", "ledger=none"],
        ["seed=2", "ledger=all"], ["seed=2", "ledger=none"],
    ]  # fmt: skip
    assert expand(["demand.stream=a,b.csv"]) == [["demand.stream=a,b.csv"]]
    assert expand(["demand.stream=x.csv,数据(1).csv"]) == [
        ["demand.stream=x.csv"],
        ["demand.stream=数据(1).csv"],
    ]
    assert expand(["trust.standard_days=[1,2,3],[4,5,6]"]) == [
        ["trust.standard_days=[1,2,3]"], ["trust.standard_days=[4,5,6]"]
    ]  # fmt: skip
    assert expand(["title.en=one, two"]) == [["title.en=one, two"]]


def test_every_command_has_help_with_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    overview = capsys.readouterr().out
    for name in COMMANDS:
        assert f"  {name} " in overview
        assert main([name, "--help"]) == 0
        text = capsys.readouterr().out
        assert text.startswith(f"cogov {name}: ")
        assert f"Example: cogov {name}" in text


def test_explain(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain"]) == 0
    listed = capsys.readouterr().out
    assert "co_governance_equal_acceptance" in listed
    assert "行政主导的服务" in listed
    assert main(["explain", "scenario=co_governance_equal_acceptance", "staff.per_10k=12"]) == 0
    told = capsys.readouterr().out
    assert "referral.convener_effect = 0 (baseline 1)" in told
    assert "staff.per_10k = 12 persons per 10,000 (baseline 18)" in told
    assert "demand.rate" not in told
    assert main(["explain", "demand.rate"]) == 0
    assert "Grade: assumed" in capsys.readouterr().out
    assert main(["explain", "referral"]) == 0
    assert "referral.retries = 2" in capsys.readouterr().out


@each("words", [["run", "--help"], ["explain", "staff.per_10k"], ["explain", "人员"]])
def test_help_comes_without_loading_the_simulation(words: list[str]) -> None:
    heavy = ("numba", "hydra", "matplotlib", "mesa", "numpy", "pandas", "scipy")
    code = (
        f"import sys; from experiments.cli import main; main({words!r})\n"
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_refusal_comes_before_what_runs_and_writes_is_loaded() -> None:
    late = ("numba", "numpy", "experiments.executors.workers", "experiments.output.manifest")
    code = (
        "import sys; from experiments.cli import main; print(main(['run', 'staff.per_10k=-1']))\n"
        f"print([name for name in {late!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.splitlines() == ["2", "[]"]


def test_a_run_loads_nothing_that_it_does_not_need(tmp_path: Path) -> None:
    late = ("matplotlib", "sim.request_file.loading", "sim.request_file.mapping", "scipy.linalg", "sklearn")
    words = ["run", "community.residents=200", "horizon_days=2", "warmup_days=0", "followup_days=0"]
    code = (
        f"import sys; from experiments.cli import main; main({[*words, f'out={tmp_path / "out"}']!r})\n"
        f"print([name for name in {late!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.splitlines()[-1] == "[]"


def test_every_command_refuses_an_unknown_key_before_it_loads_what_works() -> None:
    heavy = ("matplotlib", "numba", "numpy", "pandas", "pyarrow", "scipy", "sklearn", "SALib", "solara")
    code = f"""
import json, sys
from experiments.cli import main
found, seen = {{}}, set()
for command in {COMMANDS!r}:
    # Whatever one command loads, the next finds loaded: only what is new counts.
    action = ["ls"] if command == "store" else []
    status = main([command, *action, "no_such_key=8"])
    loaded = {{name for name in {heavy!r} if name in sys.modules}} - seen
    found[command] = [status, sorted(loaded)]
    seen |= loaded
print(json.dumps(found))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    refused = done.stderr.splitlines()
    assert len(refused) == len(COMMANDS)
    assert [line for line in refused if "no_such_key" not in line] == []
    assert json.loads(done.stdout) == {command: [2, []] for command in COMMANDS}


def test_a_reader_that_stops_early_is_no_fault() -> None:
    words = f"{shlex.quote(sys.executable)} -m experiments.cli explain referral | head -1"
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {words}"], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert done.stderr == ""
    assert done.returncode == 0


def test_workers_compute_with_one_thread_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "7")
    with workers.one_thread_each():
        assert {os.environ[name] for name in workers.THREAD_SETTINGS} == {"1"}
    assert os.environ["OMP_NUM_THREADS"] == "7"
