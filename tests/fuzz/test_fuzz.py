"""Some inputs of every class in each run of the tests; `make fuzz` tries thousands."""

from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.campaign import CLASSES
from tests.fuzz.outcome import Hang, attempt

#: Fewer where an input costs more.
EXAMPLES = {"a": 60, "b": 80, "c": 60, "d": 40, "e": 12}


@pytest.mark.parametrize("name", CLASSES)
def test_no_input_breaks_a_promise(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "home").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))

    @settings(
        max_examples=EXAMPLES[name],
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.randoms(use_true_random=False))
    def one(rng: Random) -> None:
        outcome = CLASSES[name][1](rng, tmp_path)
        assert not outcome.broken, (outcome.words, outcome.error, outcome.trace)

    one()


def test_broken_promises_are_seen(tmp_path: Path) -> None:
    def fault(*words: object, **more: object) -> None:
        raise RuntimeError("of ours")

    def stopped(*words: object, **more: object) -> None:
        raise Hang

    def writes(*words: object, **more: object) -> None:
        (tmp_path / "elsewhere").write_text("x", encoding="utf-8")
        raise KeyboardInterrupt

    words = ["run", f"out={tmp_path / 'out'}"]
    assert "exit 1: " in attempt(words, fault, tmp_path).broken[0]
    assert "hang at " in attempt(words, stopped, tmp_path).broken[0]
    assert attempt(words, writes, tmp_path).broken == ["written outside: run elsewhere"]
    assert attempt(["run", "demand.rate=x", *words[1:]], fault, tmp_path).broken == []
