"""Mechanisms of the full engine in the limits where their result is known; margin 3 %, power .99."""

import numpy as np
import pytest

from tests.truth.closing import closing, hours_of_last_work
from tests.truth.coordination import coordination
from tests.truth.diffusion import diffusion
from tests.truth.equivalence import Experiment, assert_equivalent
from tests.truth.exchange import exchange
from tests.truth.outreach import outreach
from tests.truth.people import people
from tests.truth.staffing import staffing
from tests.truth.supply import supply
from tests.truth.takeup import takeup


@pytest.mark.parametrize("experiment", coordination(), ids=lambda experiment: experiment.name)
def test_coordination(experiment: Experiment) -> None:
    assert_equivalent(experiment)


@pytest.mark.parametrize("experiment", people(), ids=lambda experiment: experiment.name)
def test_people(experiment: Experiment) -> None:
    assert_equivalent(experiment)


@pytest.mark.parametrize("experiment", exchange(), ids=lambda experiment: experiment.name)
def test_exchange(experiment: Experiment) -> None:
    assert_equivalent(experiment)


@pytest.mark.parametrize("experiment", outreach(), ids=lambda experiment: experiment.name)
def test_outreach(experiment: Experiment) -> None:
    assert_equivalent(experiment)


@pytest.mark.parametrize("experiment", diffusion(), ids=lambda experiment: experiment.name)
def test_diffusion(experiment: Experiment) -> None:
    assert_equivalent(experiment)


@pytest.mark.parametrize("experiment", supply(), ids=lambda experiment: experiment.name)
def test_supply(experiment: Experiment) -> None:
    assert_equivalent(experiment)


@pytest.mark.parametrize("experiment", staffing(), ids=lambda experiment: experiment.name)
def test_staffing(experiment: Experiment) -> None:
    assert_equivalent(experiment)


@pytest.mark.parametrize("experiment", takeup(), ids=lambda experiment: experiment.name)
def test_takeup(experiment: Experiment) -> None:
    assert_equivalent(experiment)


@pytest.mark.parametrize("experiment", closing(), ids=lambda experiment: experiment.name)
def test_closing(experiment: Experiment) -> None:
    assert_equivalent(experiment)


def test_closing_on_paper_saves_four_fifths_of_the_last_work() -> None:
    on_paper, solved = hours_of_last_work()
    assert on_paper.size > 1000
    assert solved.size > 1000
    np.testing.assert_allclose(on_paper, 0.2, rtol=1e-12)
    np.testing.assert_allclose(solved, 1.0, rtol=1e-12)
