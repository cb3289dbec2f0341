"""Reading a metric out of a comparison: the numbers of the table, by name, for each scenario."""

import numpy as np
import pandas as pd
import pytest

from analysis.comparison.table import compare_tables, row
from analysis.findings.finding import Findings, finding


def comparison(*others: str) -> pd.DataFrame:
    rng = np.random.default_rng(3)
    names = ["rmst180", "participation", "voice"]
    return compare_tables({one: pd.DataFrame(rng.random((5, 3)), columns=names) for one in ("a", *others)})


@pytest.mark.parametrize(("others", "ending"), [(("b",), ""), (("b", "c"), "_c")])
def test_the_numbers_are_those_of_the_table(others: tuple[str, ...], ending: str) -> None:
    table = comparison(*others)
    found = Findings(table, others[-1])
    assert list(found) == table["metric"].tolist()
    for name in found:
        one, line = found[name], row(table, name)
        assert (one.name, one.unit) == (name, line["unit"])
        expected = [line["a_mean"], line[f"{others[-1]}_mean"]]
        expected += [line[f"difference{ending}{end}"] for end in ("", "_low", "_high")]
        assert [one.base, one.other, one.difference, one.low, one.high] == expected
        assert finding(table, name, others[-1]) == one


def test_what_a_comparison_does_not_hold_is_said() -> None:
    found = Findings(comparison("b"))
    assert "satisfaction_mean" not in found
    assert found.get("satisfaction_mean") is None
    with pytest.raises(KeyError, match="no metric satisfaction_mean"):
        found["satisfaction_mean"]
