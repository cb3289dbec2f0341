"""A changed bit is named by its run, table and column."""

from tests.guarantees.fingerprints import differences


def test_what_differs_is_named() -> None:
    before = {"a": {"cases.status": "1", "cases.solved_at": "2"}, "b": {"daily.found": "3"}}
    assert not list(differences(before, before))
    after = {"a": {"cases.status": "1", "cases.solved_at": "9", "state.case": "4"}, "c": {}}
    assert list(differences(before, after)) == [
        "a: cases.solved_at, state.case",
        "b: only before the edit",
        "c: only after the edit",
    ]
