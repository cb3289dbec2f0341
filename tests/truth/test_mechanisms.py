"""Mechanisms of the full engine in the limits where their result is known; margin 3 %, power .99."""

import pytest

from tests.truth.coordination import coordination
from tests.truth.diffusion import diffusion
from tests.truth.equivalence import Experiment, assert_equivalent
from tests.truth.exchange import exchange
from tests.truth.outreach import outreach
from tests.truth.people import people
from tests.truth.staffing import staffing
from tests.truth.supply import supply


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
