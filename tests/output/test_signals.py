"""Ctrl-C, being asked to end and the end of the terminal are one thing: what is finished is kept."""

import json
import os
import signal
import sys
import time
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from experiments.cli import main
from experiments.output.output_folder import OutputFolder
from experiments.store import Store
from experiments.system.interrupts import STOPPING, stoppable, uninterrupted
from tests.output import signalled

SHORT = ["warmup_days=10", "horizon_days=30", "followup_days=5"]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals differ")


@pytest.fixture(autouse=True)
def as_in_a_terminal() -> Iterator[None]:
    """Whoever runs the tests may have switched signals off."""
    before = {number: signal.getsignal(number) for number in STOPPING}
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number in STOPPING[1:]:
        signal.signal(number, signal.SIG_DFL)
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(Path(__file__).parents[1]))
    import fake_simulation

    return fake_simulation


def signalling(fake: Any, number: int, at: int) -> Any:
    def simulate(scenario: Any, seed: int, replication: int) -> Any:
        if replication == at:
            os.kill(os.getpid(), number)
        return fake.simulate(scenario, seed, replication)

    return simulate


def manifest(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "manifest.json").read_text(encoding="utf-8"))


def hidden(folder: Path) -> list[Path]:
    return list(folder.rglob(".partial-*"))


@pytest.mark.parametrize("number", STOPPING)
@pytest.mark.parametrize("command", ["run", "compare"])
def test_what_is_finished_is_kept(
    number: int, command: str, fake: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [command, "replications=9", f"out={tmp_path}", *SHORT]
    assert main(words, signalling(fake, number, 2)) == 130
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    assert "2 of 9 replications are finished and kept" in lines[0]
    assert manifest(tmp_path)["replications_finished"] == [0, 1]
    assert hidden(tmp_path) == []
    # Whoever comes next has their signals back.
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


@pytest.mark.parametrize("number", STOPPING)
def test_a_sweep_keeps_its_runs(
    number: int, fake: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from experiments.executors import serial

    real, carried = serial.carry_out, []

    def carry_out(task: Any) -> Any:
        carried.append(task)
        if len(carried) == 4:
            os.kill(os.getpid(), number)
        return real(task)

    monkeypatch.setattr(serial, "carry_out", carry_out)
    where = [f"store={tmp_path / 'store'}", f"out={tmp_path / 'out'}", "executor=serial"]
    words = ["sweep", "staff.per_10k=8,9", "replications=4", *where, *SHORT]
    assert main(words, fake.simulate) == 130
    assert hidden(tmp_path) == []
    assert list((tmp_path / "store" / "sessions").glob("*.claims")) == []
    assert list((tmp_path / "store" / "parts").glob("*.parquet")) != []


@pytest.mark.parametrize("number", STOPPING)
def test_a_signal_that_was_switched_off_stays_off(number: int, fake: Any, tmp_path: Path) -> None:
    """As by nohup."""
    signal.signal(number, signal.SIG_IGN)
    assert main(["run", "replications=3", f"out={tmp_path}", *SHORT], signalling(fake, number, 1)) == 0
    assert signal.getsignal(number) is signal.SIG_IGN
    assert manifest(tmp_path)["replications_finished"] == [0, 1, 2]


@pytest.mark.parametrize("number", STOPPING)
def test_interrupted_while_it_draws_the_data_are_kept(
    number: int,
    fake: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def drawing(output: OutputFolder, *rest: object) -> None:
        output.add_text("figures/main.png", "half")
        os.kill(os.getpid(), number)

    monkeypatch.setattr("experiments.results.presentation.draw", drawing)
    assert main(["compare", "replications=3", f"out={tmp_path}", *SHORT], fake.simulate) == 130
    assert "3 of 3 replications are finished and kept" in capsys.readouterr().err
    assert len(pd.read_csv(tmp_path / "comparison.csv")) > 5
    assert not (tmp_path / "figures").exists()
    assert hidden(tmp_path) == []


@pytest.mark.parametrize("command", ["run", "compare"])
@pytest.mark.parametrize("place", ["add_table", "finish"])
def test_a_second_one_loses_nothing(
    command: str, place: str, fake: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = getattr(OutputFolder, place)

    def impatient(self: OutputFolder, *words: Any, **named: Any) -> Any:
        os.kill(os.getpid(), signal.SIGTERM)
        return real(self, *words, **named)

    monkeypatch.setattr(OutputFolder, place, impatient)
    words = [command, "replications=9", f"out={tmp_path}", *SHORT]
    assert main(words, signalling(fake, signal.SIGHUP, 2)) == 130
    assert manifest(tmp_path)["replications_finished"] == [0, 1]
    assert hidden(tmp_path) == []


def test_one_that_comes_while_the_folder_is_entered(
    fake: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from experiments.output import output_folder

    real = output_folder.make_partial

    def impatient(folder: Path) -> Any:
        made = real(folder)
        os.kill(os.getpid(), signal.SIGTERM)
        return made

    monkeypatch.setattr(output_folder, "make_partial", impatient)
    assert main(["run", f"out={tmp_path / 'out'}", *SHORT], fake.simulate) == 130
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "words", [["run", *SHORT], ["sweep", "staff.per_10k=8,12", "replications=2", "executor=serial", *SHORT]]
)
def test_one_that_comes_in_the_instant_of_leaving(
    words: list[str], fake: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before anything of the end of a `with` is carried out: nothing is left all the same."""
    which = Store if words[0] == "sweep" else OutputFolder

    def impatient(self: Any, *rest: Any) -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(1.0)

    monkeypatch.setattr(which, "__exit__", impatient)
    where = [f"out={tmp_path / 'out'}"] + ([f"store={tmp_path / 'store'}"] if which is Store else [])
    assert main([*words, *where], fake.simulate) == 130
    assert signalled.leftovers(tmp_path) == []


@pytest.mark.parametrize("command", ["run", "compare"])
def test_less_of_the_same_study_does_not_replace_more(
    command: str, fake: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [command, "replications=6", f"out={tmp_path}", *SHORT]
    assert main(words, signalling(fake, signal.SIGTERM, 4)) == 130
    assert main(words, signalling(fake, signal.SIGTERM, 2)) == 130
    assert "4 of 6 replications are finished and kept" in capsys.readouterr().err
    assert manifest(tmp_path)["replications_finished"] == [0, 1, 2, 3]
    # Of another study they do.
    assert main([*words, "seed=2"], signalling(fake, signal.SIGTERM, 2)) == 130
    assert manifest(tmp_path)["replications_finished"] == [0, 1]


def test_an_interruption_that_a_library_turns_into_an_error_is_one(
    fake: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def drawing(*rest: object) -> None:
        try:
            os.kill(os.getpid(), signal.SIGHUP)
        finally:
            raise AttributeError("no attribute 'draw_tex'")

    monkeypatch.setattr("experiments.results.presentation.draw", drawing)
    assert main(["compare", "replications=2", f"out={tmp_path}", *SHORT], fake.simulate) == 130
    assert capsys.readouterr().err == "cogov: interrupted\n"
    assert manifest(tmp_path)["replications_finished"] == [0, 1]


def test_what_was_held_back_comes_once_and_afterwards() -> None:
    reached = []

    def work() -> None:
        with stoppable(), uninterrupted():
            for number in STOPPING:
                signal.raise_signal(number)
                reached.append(number)

    with pytest.raises(KeyboardInterrupt):
        work()
    assert reached == list(STOPPING)


class Anything:
    """Something that a weak reference may point to."""


@pytest.mark.parametrize("number", STOPPING)
def test_one_that_comes_where_nothing_can_be_raised_is_not_lost(
    number: int, capsys: pytest.CaptureFixture[str]
) -> None:
    def away(reference: Any) -> None:
        signal.raise_signal(number)

    def finalised() -> Iterator[int]:
        try:
            yield 1
        finally:
            signal.raise_signal(number)

    def dropped(things: list[Any], seconds: float) -> None:
        with stoppable():
            things.clear()
            time.sleep(seconds)

    watched, begun = [Anything()], [finalised()]
    reference = weakref.ref(watched[0], away)
    assert next(begun[0]) == 1
    for things in (watched, begun):
        with pytest.raises(KeyboardInterrupt):
            dropped(things, seconds=5)
    assert reference() is None
    assert capsys.readouterr().err == ""
    # What ended before the second try is not interrupted afterwards.
    watched.append(Anything())
    reference = weakref.ref(watched[0], away)
    dropped(watched, seconds=0)
    time.sleep(0.1)


def test_signals_at_random_moments_lose_nothing(fake: Any, tmp_path: Path) -> None:
    """Few of what `make studies` does with 200."""
    told = signalled.trials(tmp_path, 5, seed=20261128, quick=True)
    assert told.signals == 5
    assert told.faults == []
