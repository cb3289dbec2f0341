"""Keyed draws: the published generator, numbers in the open interval, the distributions they claim."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.engine import randomness
from sim.engine.declare import all_draws
from sim.engine.distributions import DETERMINISTIC, ERLANG, EXPONENTIAL, LOGNORMAL, positive
from sim.engine.randomness import exponential, normal, normal_quantile, philox, run_key, uniform

STREAM = {one.name: number for number, one in all_draws().items()}

WORD = st.integers(0, 2**32 - 1)
#: Counter, key and output of Philox4x32-10 as published with Random123 (kat_vectors).
KNOWN_ANSWERS = (
    ("00000000 00000000 00000000 00000000", "00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
    ("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd"),
    ("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1"),
)


def _words(text: str) -> list[int]:
    return [int(word, 16) for word in text.split()]


def _reference(counter: list[int], key: list[int]) -> list[int]:
    """Philox4x32-10 in whole numbers without limit, after the paper."""
    c, k = list(counter), list(key)
    for _ in range(10):
        first, second = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [
            (second >> 32) ^ c[1] ^ k[0],
            second & 0xFFFFFFFF,
            (first >> 32) ^ c[3] ^ k[1],
            first & 0xFFFFFFFF,
        ]
        k = [(k[0] + 0x9E3779B9) & 0xFFFFFFFF, (k[1] + 0xBB67AE85) & 0xFFFFFFFF]
    return c


@pytest.mark.parametrize(("counter", "key", "answer"), KNOWN_ANSWERS)
def test_philox_gives_the_published_answers(counter: str, key: str, answer: str) -> None:
    words = philox(*_words(counter), *_words(key))
    assert [int(word) for word in words] == _words(answer)


@given(st.lists(WORD, min_size=6, max_size=6))
def test_philox_is_the_generator_of_the_paper(words: list[int]) -> None:
    assert [int(word) for word in philox(*words)] == _reference(words[:4], words[4:])


@given(WORD, WORD, st.sampled_from(list(all_draws())), st.integers(0, 2**24 - 1), WORD, WORD, WORD)
def test_a_uniform_is_the_counter_it_names(
    seed: int, replication: int, stream: int, occasion: int, a: int, b: int, c: int
) -> None:
    key = (seed << 32 | replication) & (2**63 - 1)
    words = _reference([stream << 24 | occasion, a, b, c], [key & 0xFFFFFFFF, key >> 32])
    expected = (((words[0] << 32 | words[1]) >> 12) + 0.5) / 2.0**52
    drawn = uniform(key, int(stream), occasion, a, b, c)
    assert drawn == expected
    assert 0.0 < drawn < 1.0


def _python(function: object) -> object:
    """Return the Python function behind a compiled one."""
    return getattr(function, "py_func", function)


@pytest.mark.parametrize(("words", "expected"), [(0, 2.0**-53), (2**32 - 1, 1.0 - 2.0**-53)])
def test_the_extreme_words_are_inside_the_interval(
    words: int, expected: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    word = np.uint64(words)
    monkeypatch.setattr(randomness, "philox", lambda *_: (word, word, word, word))
    drawn = _python(uniform)(1, 1, 0, 0, 0, 0)  # type: ignore[operator]
    assert 0.0 < drawn < 1.0
    assert drawn == pytest.approx(expected, rel=1e-9)


@given(st.floats(1e-300, 1.0, exclude_max=True))
def test_the_normal_quantile_is_that_of_scipy(p: float) -> None:
    assert normal_quantile(p) == pytest.approx(stats.norm.ppf(p), rel=1e-11, abs=1e-15)


@pytest.mark.parametrize("p", [2.0**-54, 0.075, 0.5, 0.925, 1.0 - 2.0**-53])
def test_the_normal_quantile_at_the_seams(p: float) -> None:
    assert math.isfinite(normal_quantile(p))
    assert normal_quantile(p) == pytest.approx(stats.norm.ppf(p), rel=1e-12, abs=1e-15)


N = 40_000


def test_uniforms_of_neighbouring_keys_are_uniform_and_independent() -> None:
    drawn = np.array([uniform(run_key(1, 0), STREAM["REPORT"], 0, i, 5, 0) for i in range(N)])
    assert stats.kstest(drawn, "uniform").pvalue > 0.001
    assert abs(np.corrcoef(drawn[:-1], drawn[1:])[0, 1]) < 4.0 / math.sqrt(N)
    for stream, replication in ((STREAM["HELP"], 0), (STREAM["REPORT"], 1)):
        other = np.array([uniform(run_key(1, replication), stream, 0, i, 5, 0) for i in range(N)])
        assert abs(np.corrcoef(drawn, other)[0, 1]) < 4.0 / math.sqrt(N)


def test_exponentials_and_normals_have_their_moments() -> None:
    e = np.array([exponential(7, STREAM["WORK"], 0, i, 0, 0) for i in range(N)])
    assert e.mean() == pytest.approx(1.0, abs=4.0 / math.sqrt(N))
    assert e.var() == pytest.approx(1.0, abs=4.0 * math.sqrt(8.0 / N))
    assert stats.kstest(e, "expon").pvalue > 0.001
    z = np.array([normal(7, STREAM["WORK"], 0, i, 0, 0) for i in range(N)])
    assert stats.kstest(z, "norm").pvalue > 0.001


@pytest.mark.parametrize(
    ("shape", "cv", "expected_cv"),
    [
        (EXPONENTIAL, 1.0, 1.0),
        (DETERMINISTIC, 1.0, 0.0),
        (ERLANG, 0.5, 0.5),
        (LOGNORMAL, 1.5, 1.5),
        (LOGNORMAL, 0.0, 0.0),
    ],
)
def test_positive_quantities_have_the_mean_and_spread_asked_for(
    shape: int, cv: float, expected_cv: float
) -> None:
    drawn = np.array([positive(shape, 3.0, cv, 7, STREAM["WORK"], 0, 0, i, 0) for i in range(N)])
    assert drawn.min() > 0.0
    assert drawn.mean() == pytest.approx(3.0, rel=5.0 * max(expected_cv, 1e-9) / math.sqrt(N))
    assert drawn.std() / drawn.mean() == pytest.approx(expected_cv, rel=0.08, abs=1e-9)


@pytest.mark.parametrize(("seed", "replication"), [(-1, 0), (0, -1), (2**31, 0), (0, 2**31)])
def test_a_seed_outside_its_range_is_refused(seed: int, replication: int) -> None:
    with pytest.raises(ValueError, match="must be between"):
        run_key(seed, replication)


def test_seed_and_replication_make_distinct_keys() -> None:
    keys = {run_key(seed, replication) for seed in range(50) for replication in range(50)}
    assert len(keys) == 2500
