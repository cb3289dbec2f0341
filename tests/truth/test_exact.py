"""The exact results themselves, against published values, limits and independent computations."""

import math

import numpy as np
import pytest
from scipy.integrate import quad, solve_ivp

from sim.rules.resident import spell_length, updated_trust
from tests.truth import by_the_hour, exact


def test_erlang_c_textbook() -> None:
    # Gross & Harris, Fundamentals of Queueing Theory, the eye clinic: λ = 6/h, μ = 3/h, c = 3, Wq = 4/27 h.
    assert exact.erlang_c(3, 2.0) == pytest.approx(4 / 9)
    assert exact.mmc_wait(6.0, 1 / 3, 3, 0.0).mean == pytest.approx(4 / 27)


@pytest.mark.parametrize(("servers", "load"), [(1, 0.8), (2, 0.5), (7, 0.9)])
def test_erlang_c_birth_death(servers: int, load: float) -> None:
    n = np.arange(4000)
    offered = load * servers
    steps = np.log(offered) - np.log(np.minimum(n[1:], servers))
    weight = np.exp(np.concatenate([[0.0], np.cumsum(steps)]) - steps.cumsum().max())
    share = weight / weight.sum()
    assert exact.erlang_c(servers, offered) == pytest.approx(share[servers:].sum())
    mean = exact.mmc_wait(offered, 1.0, servers, 0.0).mean
    assert mean == pytest.approx(np.sum(np.maximum(0, n - servers) * share) / offered)


def test_mm1_wait() -> None:
    wait = exact.mmc_wait(0.8, 1.0, 1, 2.0)
    assert wait.mean == pytest.approx(4.0)
    assert wait.positive == pytest.approx(0.8)
    assert wait.tail == pytest.approx(0.8 * math.exp(-0.4))
    assert wait.square == pytest.approx(quad(lambda t: 2 * t * 0.8 * math.exp(-0.2 * t), 0, 400)[0])


def test_pollaczek_khinchine() -> None:
    assert exact.mg1_wait(0.8, 1.0, 2.0) == pytest.approx(4.0)
    # Deterministic service halves the wait.
    assert exact.mg1_wait(0.8, 1.0, 1.0) == pytest.approx(2.0)
    assert exact.mg1_wait_square(0.8, 1.0, 2.0, 6.0) == pytest.approx(exact.mmc_wait(0.8, 1.0, 1, 0.0).square)


def test_cobham_conserves_work() -> None:
    rates = [0.2, 0.25, 0.35]
    waits = exact.priority_waits(rates, 1.0, 1, 0.8)
    assert sum(rate * wait for rate, wait in zip(rates, waits)) / 0.8 == pytest.approx(4.0)
    assert waits == sorted(waits)
    assert exact.priority_waits([0.8], 1.0, 1, 0.8)[0] == pytest.approx(4.0)
    several = exact.priority_waits([1.0, 1.4], 1.0, 3, exact.erlang_c(3, 2.4) / 3)
    overall = exact.mmc_wait(2.4, 1.0, 3, 0.0).mean
    assert (1.0 * several[0] + 1.4 * several[1]) / 2.4 == pytest.approx(overall)


def test_feedback_and_tandem() -> None:
    # One server: 1/(μ(1 − b) − λ).
    assert exact.feedback_sojourn(0.5, 1.0, 1, 0.3) == pytest.approx(1 / (0.7 - 0.5))


def test_erlang_a_limits() -> None:
    patient = exact.erlang_a(2.4, 1.0, 3, 1e9)
    assert patient.sojourn == pytest.approx(exact.mmc_wait(2.4, 1.0, 3, 0.0).mean + 1.0, rel=1e-4)
    assert patient.served_wait == pytest.approx(exact.mmc_wait(2.4, 1.0, 3, 0.0).mean, rel=1e-4)
    assert 1.0 - patient.served_at_once == pytest.approx(exact.erlang_c(3, 2.4), rel=1e-4)
    # Patience as long as service: as many in the system as in M/M/∞, Poisson with mean 6.
    n = np.arange(100)
    poisson = np.exp(-6.0 + n * math.log(6.0) - np.array([math.lgamma(k + 1.0) for k in n]))
    same = exact.erlang_a(6.0, 1.0, 4, 1.0)
    assert same.sojourn == pytest.approx(1.0)
    assert same.withdrawn == pytest.approx(np.sum(np.maximum(0, n - 4) * poisson) / 6.0)


def test_erlang_a_served_wait() -> None:
    """One server: the virtual wait has density ∝ exp(λ(1 − e^(−θv))/θ − μv) (Baccelli & Hébuterne 1981)."""
    rate, theta = 1.3, 0.5
    answer = exact.erlang_a(rate, 1.0, 1, 1.0 / theta)

    def density(v: float) -> float:
        return rate * math.exp(rate * (1.0 - math.exp(-theta * v)) / theta - v)

    idle = 1.0 / (1.0 + quad(density, 0, 80)[0])
    served = idle * (1.0 + quad(lambda v: density(v) * math.exp(-theta * v), 0, 80)[0])
    wait = idle * quad(lambda v: v * density(v) * math.exp(-theta * v), 0, 80)[0]
    assert answer.withdrawn == pytest.approx(1.0 - served)
    assert answer.served_wait == pytest.approx(wait / served)
    assert answer.served_at_once == pytest.approx(idle / served)


def test_bass() -> None:
    p, q = 0.003, 0.05
    peak = math.log(q / p) / (p + q)
    assert exact.bass(peak, p, q) == pytest.approx(0.5 - p / (2 * q))
    path = solve_ivp(lambda _t, f: (p + q * f) * (1 - f), (0, 100), [0.0], rtol=1e-10, atol=1e-12)
    assert exact.bass(100.0, p, q) == pytest.approx(path.y[0, -1])
    spread = solve_ivp(lambda _t, f: q * f * (1 - f), (0, 100), [0.01], rtol=1e-10, atol=1e-12)
    assert exact.logistic_share(100.0, q, 0.01) == pytest.approx(spread.y[0, -1])


def test_finite_population() -> None:
    # Without imitation everybody adopts by themselves.
    alone = exact.expected_adopters(50, 0, 0.01, 0.0, 50, 30.0)
    assert alone == pytest.approx(50 * (1 - math.exp(-0.3)))
    large = exact.expected_adopters(800, 40, 0.003, 0.05, 800, 40.0)
    path = solve_ivp(lambda _t, f: (0.003 + 0.05 * f) * (1 - f), (0, 40), [0.05], rtol=1e-10)
    assert large == pytest.approx(800 * path.y[0, -1], rel=5e-3)


def test_harmonic() -> None:
    assert exact.harmonic(4) == pytest.approx(25 / 12)
    together = quad(lambda t: 1 - (1 - math.exp(-t)) ** 4, 0, 60)[0]
    assert exact.harmonic(4) == pytest.approx(together)


def test_absorbing_chain_textbook() -> None:
    # Grinstead & Snell, Introduction to Probability, example 11.13: the drunkard's walk on 0 … 4.
    walk = np.array([[0, 0.5, 0], [0.5, 0, 0.5], [0, 0.5, 0]])
    np.testing.assert_allclose(exact.visits(walk), np.array([[1.5, 1, 0.5], [1, 2, 1], [0.5, 1, 1.5]]))


def test_escalation_by_hand() -> None:
    fate = exact.escalation((0.5, 0.8), (2, 1), 2.0, 5.0)
    assert fate.shelved == pytest.approx(0.5 * 0.5 * 0.2)
    assert fate.asks == pytest.approx(1 + 0.5 + 0.25)
    assert fate.delay == pytest.approx((0.25 * 2 + 0.25 * 0.8 * 7) / 0.95)


def test_trust_settles_at_the_fixed_point() -> None:
    """The rule itself, iterated on its mean."""
    trust, success, gain, loss = 0.9, 0.6, 0.05, 0.12
    for _ in range(3000):
        good = updated_trust(trust, 1.0, 1.0, gain, loss)
        bad = updated_trust(trust, 0.0, 1.0, gain, loss)
        trust = success * good + (1 - success) * bad
    assert trust == pytest.approx(exact.trust_limit(success, gain, loss))


@pytest.mark.parametrize(("share", "days"), [(0.55, 30.0), (0.42, 90.0), (0.31, 180.0)])
def test_spell_lasts_as_stated(share: float, days: float) -> None:
    assert spell_length(-math.log(share), 0.55, 0.42, 0.31) == pytest.approx(days)


def test_servers_by_the_hour_at_constant_posts() -> None:
    """The chain of the rosters, with everybody on shift at all hours, against Palm and Erlang."""
    always = ((0, 168),)
    system = by_the_hour.System("", "", (always, always), 30.0, 0.06, 0.1, "finish", 40)
    palm = exact.erlang_a(30.0, 0.06, 2, 0.1)
    found = by_the_hour.answer(system)
    assert found.withdrawn == pytest.approx(palm.withdrawn, rel=1e-6)
    assert found.in_system == pytest.approx(np.full(24, 30.0 * palm.sojourn), rel=1e-6)
    patient = system._replace(rate=20.0, patience=None, at_end="pause", most_waiting=60)
    assert by_the_hour.answer(patient).waiting_days == pytest.approx(exact.mmc_wait(20.0, 0.06, 2, 0.0).mean)
