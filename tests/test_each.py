"""Many cases within one test: all are tried, and those that fail are named."""

import pytest

from tests.each import each


def test_every_case_is_tried_and_those_that_fail_are_named() -> None:
    tried = []

    @each(("one", "other"), [(1, "a"), (2, "b"), (3, "c")])
    @each("more", [10, 20])
    def some(one: int, other: str, more: int) -> None:
        tried.append((one, other, more))
        if one == 3:
            pytest.fail("three")
        assert one * more != 40

    with pytest.raises(pytest.fail.Exception, match=r"^3 of 6 cases, the first: 2 b 20\n") as told:
        some()
    assert len(tried) == 6
    assert "3 c 10" in str(told.value)
    assert "three" in str(told.value)


def test_what_holds_in_every_case_passes_and_no_cases_are_a_fault() -> None:
    @each("n", range(3))
    def some(n: int) -> None:
        assert n < 3

    some()
    with pytest.raises(ValueError, match="no cases for n"):
        each("n", [])
