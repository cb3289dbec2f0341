"""Due times and teams: read beside the rest, and never worth a row."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from sim.errors import InputError
from sim.request_file.loading import load_stream

MAPPING = "residents: 5\ncolumns: {opened: o, category: c, due: [frist, due], team: queue}\n"


def test_due_times_and_teams_are_read_in_the_order_of_opening(write) -> None:
    text = (
        "o,c,due,queue\n2024-05-01 12:00,a,2024-05-03 18:00,north crew\n"
        "2024-05-01 06:00,b,,\n2024-05-02 00:00,a,2024-05-02 12:00,lamps\n"
    )
    stream = load_stream(write(text, MAPPING))
    assert stream.teams == ("lamps", "north crew")
    assert stream.team.tolist() == [-1, 1, 0]
    assert_allclose(stream.due_at - stream.arisen_at, [np.nan, 2.25, 0.5])


def test_due_times_that_cannot_be_believed_are_none_and_counted(write) -> None:
    text = "o,c,due,queue\n" + "".join(
        f"2024-05-01 12:00,a,{due},x\n"
        for due in ("2024-05-01 11:59", "9999-12-31 00:00", "soon", "2024-05-04 12:00", "1970-01-01 00:00")
    )
    stream = load_stream(write(text, MAPPING))
    assert stream.counts == {"used": 5}
    assert_allclose(stream.due_at - stream.arisen_at, [np.nan, np.nan, np.nan, 3, np.nan])
    (said,) = [one for one in stream.notes if one.kind == "due"]
    assert said.facts == {"total": "5", "before": "1", "null": "2", "unread": "1"}


def test_a_column_of_days_means_their_end(write) -> None:
    text = "o,c,due,queue\n2024-05-01 12:00,a,2024-05-01,x\n2024-05-01 12:00,a,2024-05-02,x\n"
    stream = load_stream(write(text, MAPPING))
    assert_allclose(stream.due_at - stream.arisen_at, [0.5, 1.5])


def test_a_column_that_fits_no_format_is_left_out_with_a_note(write) -> None:
    text = "o,c,due,queue\n2024-05-01 12:00,a,soon,x\n2024-05-01 12:00,a,later,x\n"
    stream = load_stream(write(text, MAPPING))
    assert np.isnan(stream.due_at).all()
    assert "due_unread" in [one.kind for one in stream.notes]


def test_without_the_columns_there_are_none(write) -> None:
    stream = load_stream(write("o,c\n2024-05-01,a\n", "residents: 5\ncolumns: {opened: o, category: c}\n"))
    assert stream.teams == ()
    assert stream.team.tolist() == [-1]
    assert np.isnan(stream.due_at).all()


def test_boston_has_both(boston_file) -> None:
    stream = load_stream(boston_file, "boston_311")
    assert np.isfinite(stream.due_at).mean() > 0.7
    assert (stream.due_at[np.isfinite(stream.due_at)] >= stream.arisen_at[np.isfinite(stream.due_at)]).all()
    assert len(stream.teams) > 50
    assert (stream.team >= 0).mean() > 0.99


def test_columns_may_be_missing_only_where_the_mapping_says_so(write) -> None:
    text = "o,c\n2024-05-01 12:00,a\n"
    stream = load_stream(write(text, MAPPING + "optional: [due, team]\n"))
    assert stream.teams == ()
    assert np.isnan(stream.due_at).all()
    with pytest.raises(InputError, match=r"columns\.due"):
        load_stream(write(text, MAPPING + "optional: team\n"))
    assert load_stream(write("o,c,due,queue\n2024-05-01,a,,x\n", MAPPING + "optional: team\n")).teams == (
        "x",
    )
