"""How functions are compiled: once each, and entries for Python alone."""

import numba
import pytest

from sim.engine.jit import entry, inner, rule

pytestmark = pytest.mark.skipif(bool(numba.config.DISABLE_JIT), reason="nothing is compiled")


@inner
def _sum(a, b):
    return a + b


@rule
def _double(a):
    return 2 * a


@entry
def _constants(a):
    return _sum(a, 1) + _sum(a, 2) + _sum(3, a) + _double(5) + _double(a)


def test_a_function_is_compiled_once_whatever_constants_it_is_called_with() -> None:
    assert _constants.py_func(4) == _constants(4)
    assert len(_sum.overloads) <= 1  # none where the entry came from the cache
    assert len(_double.overloads) <= 1


def test_a_rule_called_from_python_runs_as_python() -> None:
    before = len(_double.overloads)
    assert _double(2.5) == 5.0
    assert len(_double.overloads) == before


def test_compiled_code_may_not_call_an_entry() -> None:
    @inner
    def calls(a):
        return _constants(a)

    caller = entry(lambda a: calls(a))
    with pytest.raises(Exception, match="Python alone may call it"):
        caller(1)
