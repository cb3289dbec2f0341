"""Queues against Erlang, Pollaczek–Khinchine, Cobham, Burke, Jackson and Palm; margin 3 %, power .99."""

import pytest

from tests.truth.equivalence import Experiment, assert_equivalent
from tests.truth.queues import queues


@pytest.mark.parametrize("experiment", queues(), ids=lambda experiment: experiment.name)
def test_queue(experiment: Experiment) -> None:
    assert_equivalent(experiment)
