"""Worker processes: their answers, their deaths, and Ctrl-C at any moment."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from cogov_start import OBJECTS_BETWEEN_COLLECTIONS
from experiments.executors.workers import Workers
from experiments.system.faults import WorkerDied
from experiments.system.interrupts import uninterrupted

ROOT = Path(__file__).resolve().parents[2]
MEGABYTE = 1 << 20

#: Ctrl-C while workers answer, each with more than a pipe holds; without end if half an answer is waited for.
PROGRAM = """
import signal, sys, time
from experiments.executors.workers import Workers
import stand_ins

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with Workers(2) as workers:
            for number in range(10_000):
                workers.submit(number, stand_ins.large, 4)
            while True:
                workers.collect()
                print("answered", flush=True)
    except KeyboardInterrupt:
        sys.exit(130)
"""


def test_answers_come_with_their_keys_and_errors_with_their_type(stand_ins: Any) -> None:
    with Workers(2) as workers:
        for number in range(9):
            workers.submit(number, stand_ins.inverse, number)
        assert workers.in_hand == 9
        answers = []
        while workers.in_hand:
            answers += workers.collect()
    assert {answer.key: answer.value for answer in answers if answer.error is None} == {
        number: 1 / number for number in range(1, 9)
    }
    (failed,) = [answer for answer in answers if answer.error is not None]
    assert failed.key == 0
    assert isinstance(failed.error, ZeroDivisionError)


def test_in_order_and_what_is_raised_is_raised_here(stand_ins: Any) -> None:
    with Workers(2) as workers:
        assert list(workers.in_order(stand_ins.inverse, [4, 2, 1] * 20)) == [0.25, 0.5, 1.0] * 20
        assert list(workers.in_order(stand_ins.inverse, [])) == []
    with Workers(2) as workers, pytest.raises(ZeroDivisionError):
        list(workers.in_order(stand_ins.inverse, [1, 0, 1]))


def test_an_error_that_cannot_travel_comes_as_its_text(stand_ins: Any) -> None:
    with Workers(1) as workers:
        workers.submit("a", stand_ins.fail_in_two_words, "no", "number")
        (answer,) = workers.collect()
    assert str(answer.error) == "TwoWords: no number"


def test_a_death_costs_the_call_in_hand_and_no_other(stand_ins: Any) -> None:
    with Workers(1) as workers:
        for number in range(8):
            workers.submit(number, stand_ins.die_of, number, 3)
        answers = []
        while workers.in_hand:
            answers += workers.collect()
    assert sorted(answer.key for answer in answers) == list(range(8))
    assert [answer.key for answer in answers if isinstance(answer.error, WorkerDied)] == [3]


def test_a_call_alone_has_no_other_beside_it(stand_ins: Any, tmp_path: Path) -> None:
    with Workers(2) as workers:
        for number in range(6):
            workers.submit(number, stand_ins.count_beside, str(tmp_path), 0.05)
        workers.submit("alone", stand_ins.count_beside, str(tmp_path), 0.3, alone=True)
        beside = {}
        while workers.in_hand:
            beside |= {answer.key: answer.value for answer in workers.collect()}
    assert beside["alone"] == 0
    assert max(beside.values()) == 1


def test_large_calls_and_large_answers_pass_each_other(stand_ins: Any) -> None:
    content = bytes(8 * MEGABYTE)
    with Workers(1) as workers:
        assert list(workers.in_order(stand_ins.back, [content] * 5)) == [content] * 5


def test_half_an_answer_is_not_waited_for(stand_ins: Any) -> None:
    """A worker killed in the middle of an answer larger than a pipe."""
    with Workers(1) as workers:
        workers.submit("large", stand_ins.large, 64)
        (worker,) = workers._workers
        assert worker.answers.poll(60)  # it has begun to answer, and nobody reads
        worker.process.kill()
        (answer,) = workers.collect()
        assert isinstance(answer.error, WorkerDied)
        assert list(workers.in_order(stand_ins.inverse, [2])) == [0.5]


@pytest.mark.skipif(os.name == "nt", reason="signals differ")
def test_ctrl_c_while_large_answers_come_ends_the_program(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(Path(__file__).parent)])}
    for wait in (0.0, 0.013, 0.05, 0.11):
        with subprocess.Popen(
            [sys.executable, str(program)], env=environment, stdout=subprocess.PIPE, start_new_session=True
        ) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(wait)
            os.killpg(process.pid, signal.SIGINT)
            process.stdout.read()  # to its end: nobody is left who could write
            assert process.wait(timeout=20) == 130


def test_ctrl_c_held_back_is_told_to_whoever_holds_it_back_outside() -> None:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    steps = []

    def held_back_twice() -> None:
        with uninterrupted():
            with uninterrupted():
                signal.raise_signal(signal.SIGINT)
                steps.append("inner")
            steps.append("outer")
        steps.append("after")

    try:
        with pytest.raises(KeyboardInterrupt):
            held_back_twice()
    finally:
        signal.signal(signal.SIGINT, before)
    assert steps == ["inner", "outer"]


def test_where_ctrl_c_is_ignored_it_stays_ignored() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with uninterrupted():
            signal.raise_signal(signal.SIGINT)
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


_TWICE = """
import resource, sys
import numpy as np
from experiments.executors.memory import keep_freed_memory

kept = keep_freed_memory() if sys.argv[1] == "keep" else None

def cleared():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    np.ones(40_000_000)
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before

cleared()
print(kept, cleared())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="glibc's allocator")
def test_a_worker_uses_again_what_it_freed() -> None:
    """The kernel hands out the pages of a large array once, not once a run."""
    found = {}
    for mode in ("keep", "usual"):
        run = subprocess.run(
            [sys.executable, "-c", _TWICE, mode], cwd=ROOT, capture_output=True, text=True, check=True
        )
        found[mode] = run.stdout.split()
    if found["keep"][0] == "False":
        pytest.skip("another C library")
    assert int(found["keep"][1]) < int(found["usual"][1]) / 10


def test_a_worker_looks_for_garbage_as_seldom_as_a_command(stand_ins: Any) -> None:
    with Workers(1) as workers:
        assert list(workers.in_order(stand_ins.pace, [None])) == [OBJECTS_BETWEEN_COLLECTIONS]
