"""What the test file of a mechanism declares, and the tests that are made of it.

A file ``test_NAME.py`` in this folder holds all that is about one mechanism:

``NEUTRAL``
    By label, overrides at which the mechanism does nothing: not a bit of any record changes.
``AT_WORK``
    By label, overrides on, off, then for both: away from its neutral value it does something.
``COVERING``
    By label, small runs that pass through all of its code: scenario, overrides, seed. They give the same bits
    compiled or not, no two decisions in them share a key, and together they draw from every stream.
    ``COVERED_BY`` names runs of other files that pass through it, too.
``LIMITS``
    Systems whose answer is known, each an `Experiment`; or tests of its own, written out.
``BREAKS``
    Edits of `sim` that leave it running, and wrong, each with the experiment or test that notices.

`collect` finds the files; nothing has to be entered anywhere.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numba
import pytest

from tests.guarantees.runs import REGIMES, SMALL, TINY, assert_same_bits, differing_columns, run, scenario
from tests.truth.equivalence import Experiment, assert_equivalent

#: Where neutral values are tried: for a first look, with ``NUMBA_DISABLE_JIT=1``, where it takes seconds.
PLACE = TINY if numba.config.DISABLE_JIT else SMALL

#: Scenario, overrides, seed.
CoveringRun = tuple[str, tuple[str, ...], int]


class Neutral(NamedTuple):
    """Overrides that switch a mechanism on at its neutral value, and off; for both runs; columns left out.

    `of_the_place`: neutral in the place of the compiled runs, and not where uncompiled ones are.
    """

    on: tuple[str, ...]
    off: tuple[str, ...]
    both: tuple[str, ...] = ()
    leave_out: tuple[str, ...] = ()
    of_the_place: bool = False


class Break(NamedTuple):
    """One edit of one file of `sim`, and the experiment (part of its name) or the test that is to notice.

    A test is named by its file, ``tests/mechanisms/test_patrol.py``, with ``::test_…`` where others in it
    take long. Breaks of one `part` touch each other's experiments, those of different parts do not: one of
    each can be tried in the same copy of the engine. Without a part a break is tried alone.
    """

    name: str
    file: str
    old: str
    new: str
    noticed_by: str
    part: str = ""


def neutral_test(cases: Mapping[str, Neutral]) -> Callable[..., None]:
    """Return the test that nothing changes at any of these neutral values, under either regime."""

    @pytest.mark.parametrize("regime", REGIMES)
    @pytest.mark.parametrize("label", cases)
    def at_its_neutral_value_it_changes_no_bit(label: str, regime: str) -> None:
        case = cases[label]
        if case.of_the_place and PLACE is TINY:
            pytest.skip("not neutral in the place of uncompiled runs")
        on, off = (scenario(regime, *case.both, *words, place=PLACE) for words in (case.on, case.off))
        assert_same_bits(on, off, case.leave_out)

    return at_its_neutral_value_it_changes_no_bit


def at_work_test(cases: Mapping[str, Sequence[str]]) -> Callable[..., None]:
    """Return the test that each does something away from its neutral value: or neutrality proves nothing."""

    @pytest.mark.parametrize("label", cases)
    def away_from_its_neutral_value_it_does_something(label: str) -> None:
        on, off, *both = cases[label]
        columns = differing_columns(run("co_governance", *both, on), run("co_governance", *both, off))
        assert columns, f"{on} leaves the same records as {off}"

    return away_from_its_neutral_value_it_does_something


def limit_test(experiments: Sequence[Experiment]) -> Callable[..., None]:
    """Return the test that each known answer is reproduced: margin 3 %, power .99."""

    @pytest.mark.parametrize("experiment", experiments, ids=lambda experiment: experiment.name)
    def the_known_answer_is_reproduced(experiment: Experiment) -> None:
        assert_equivalent(experiment)

    return the_known_answer_is_reproduced
