"""Neutral values of what belongs to no mechanism; and that every mechanism has its own, and all the rest."""

from pathlib import Path

import pytest

from tests.mechanisms import collect, whole_model
from tests.mechanisms.checks import at_work_test, neutral_test
from tests.mechanisms.names import mechanism_names

ROOT = Path(__file__).parents[2]

test_neutral = neutral_test(whole_model.NEUTRAL)
test_at_work = at_work_test(whole_model.AT_WORK)


def test_every_mechanism_has_its_file() -> None:
    folders = {path.parent.name for path in (ROOT / "sim" / "mechanisms").glob("*/__init__.py")}
    assert len(folders) > 10
    assert folders <= set(collect.MECHANISMS)
    assert list(collect.MECHANISMS) == mechanism_names()


@pytest.mark.parametrize("mechanism", collect.MECHANISMS)
def test_a_mechanism_has_neutral_values_work_runs_and_breaks(mechanism: str) -> None:
    module = collect.MECHANISMS[mechanism]
    missing = [name for name in ("NEUTRAL", "AT_WORK", "BREAKS") if not getattr(module, name, ())]
    missing += [name for name in ("test_neutral", "test_at_work") if not hasattr(module, name)]
    assert not missing
    assert set(collect.covering_runs_of(mechanism)) & set(collect.COVERING)
