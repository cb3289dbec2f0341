"""Moments: who follows, in which order, with which bits; what is refused."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import numba
import pytest

from sim.engine import moments
from sim.engine.moments import MOMENTS, Moment, after, moment
from sim.loop import advance
from sim.mechanism_list import MECHANISMS

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _no_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moments, "MOMENTS", dict(MOMENTS))


def something_happened(s: Any, n: Any) -> None:
    """Something has happened."""


def test_followers_act_in_the_order_of_their_numbers() -> None:
    happened = moment(something_happened)

    @after(happened, 20)
    def second(s: Any, n: Any) -> None:
        s[0] = s[0] * 10 + n

    @after(happened, 10)
    def first(s: Any, n: Any) -> None:
        s[0] = s[0] + n

    state = [3]
    happened(state, 2)
    assert state == [52]


def test_a_moment_that_nobody_follows_does_nothing() -> None:
    moment(something_happened)(None, 1)


@pytest.mark.skipif(bool(numba.config.DISABLE_JIT), reason="nothing is compiled")
def test_the_compiled_loop_calls_what_python_calls() -> None:
    """A follower acts in compiled code too, and what was written can be read."""
    code = """
import numpy as np
from sim.engine.jit import entry
import sim.mechanism_list
from sim.engine.moments import after, moment

@moment
def happened(a, n):
    'Something has happened.'

@after(happened, 10)
def add(a, n):
    a[0] += n

@after(happened, 5)
def twice(a, n):
    a[0] *= 2

@entry
def run(a):
    for n in range(5):
        happened(a, n)

a = np.array([1.0])
run(a)
plain = np.array([1.0])
for n in range(5):
    happened(plain, n)
print(a[0], plain[0])
print(happened.moment.source)
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    values, _, written = done.stdout.partition("\n")
    assert values.split() == ["58.0", "58.0"]
    assert written.index("follow_5(a, n)") < written.index("follow_10(a, n)")


def test_a_place_is_taken_once() -> None:
    happened = moment(something_happened)
    after(happened, 10)(lambda s, n: None)
    with pytest.raises(ValueError, match="place 10 is taken by"):
        after(happened, 10)(lambda s, n: None)


def test_who_takes_other_arguments_is_refused() -> None:
    happened = moment(something_happened)
    with pytest.raises(ValueError, match="must take what something_happened hands on: s, n"):
        after(happened, 10)(lambda s: None)


def test_who_comes_too_late_is_refused() -> None:
    happened = moment(something_happened)
    happened(None, 1)
    with pytest.raises(ValueError, match="comes too late"):
        after(happened, 10)(lambda s, n: None)


def test_two_moments_of_one_name_are_refused() -> None:
    moment(something_happened)
    with pytest.raises(ValueError, match="two moments are called something_happened"):
        moment(something_happened)


def test_every_moment_of_the_model_is_said_and_used() -> None:
    assert advance is not None
    followed = {name for name, one in MOMENTS.items() if isinstance(one, Moment) and one.listeners}
    assert len(followed) >= 11
    for one in MOMENTS.values():
        assert one.meaning.endswith("."), one.name
    # Kept for whoever adds a mechanism: nothing follows them yet.
    assert set(MOMENTS) - followed == {"case_taken_in"}


def test_numba_is_what_it_was() -> None:
    """The way in which a moment is linked reaches into Numba: a newer one must be looked at."""
    assert numba.__version__.startswith("0.68.")


def test_the_list_names_every_module_that_declares_something() -> None:
    found = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in (ROOT / "sim" / "mechanisms").rglob("*.py")
        if re.search(r"(?m)^@(on|after)\(", path.read_text(encoding="utf-8"))
    }
    assert found == set(MECHANISMS)
    assert len(found) == len(MECHANISMS)


@pytest.mark.skipif(bool(numba.config.DISABLE_JIT), reason="nothing is compiled")
def test_whatever_is_imported_first_all_follow() -> None:
    code = "from sim.mechanisms.moments import need_gone; print(*need_gone.moment.listeners)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "stop_clocks" in done.stdout
