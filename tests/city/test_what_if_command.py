"""The commands that ask a calibrated city: what they write and say, and what they refuse.

The plain run of `tests.city.plain_run` stands in for the engine, so nothing is compiled here.
"""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from experiments.city.words import FIXED_CAPACITY, PURE_DELAY
from experiments.cli import main
from tests.city.plain_run import plain_run
from tests.city.synthetic import SyntheticCity, write_city, write_folder


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> SyntheticCity:
    return write_city(tmp_path_factory.mktemp("city"), days=112, draws=3)


def words_of(city: SyntheticCity, *further: str) -> list[str]:
    return [
        f"calibrated={city.folder}",
        f"demand.stream={city.stream}",
        f"demand.mapping={city.mapping}",
        "what_if.days=42",
        *further,
    ]


def test_the_command_writes_and_says_what_rests_on_what(
    city: SyntheticCity, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert main(["what-if", *words_of(city, "staff.Roads=x1.5", f"out={out}")], plain_run) == 0
    said = capsys.readouterr().out
    assert "1.5 times the staff of Roads." in said
    assert "is known from the file" in said
    end = said.splitlines()[-1]
    assert end.startswith("Answer (fixed capacity): of the whole city's requests ")
    assert "% are closed within 30 days, difference [" in end
    table = pd.read_csv(out / "what_if.csv")
    # That hands act as backlogs do is told by no file, so their other end is shown as well.
    assert set(table["response"]) == {"as calibrated", FIXED_CAPACITY}
    assert "more staff acts as a smaller backlog would is assumed" in said
    assert table["basis"].str.contains("assumed: .*new officers work like the present ones").all()
    assert {"all", "Roads", "pothole", "street light"} <= set(table["name"])
    assert main(["what-if", *words_of(city, "priority.pothole=2", f"out={out}")], plain_run) == 0
    assert "more staff" not in capsys.readouterr().out
    assert set(pd.read_csv(out / "what_if.csv")["response"]) == {"as calibrated"}


def test_where_gamma_is_not_identified_both_ends_are_shown(
    city: SyntheticCity, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_folder(tmp_path / "calibrated", city.draw, date(2023, 4, 24))
    text = (folder / "identified.csv").read_text(encoding="utf-8")
    (folder / "identified.csv").write_text(
        text.replace("identified\n", "not identified: prior\n"), encoding="utf-8"
    )
    words = [word for word in words_of(city) if not word.startswith("calibrated=")]
    words += [f"calibrated={folder}", "staff.Roads=x2", f"out={tmp_path / 'out'}"]
    assert main(["what-if", *words, "language=zh"], plain_run) == 0
    assert "未能识别" in capsys.readouterr().out
    assert main(["what-if", *words], plain_run) == 0
    assert "gamma: not identified" in capsys.readouterr().out
    assert set(pd.read_csv(tmp_path / "out" / "what_if.csv")["response"]) == {PURE_DELAY, FIXED_CAPACITY}
    target = ["staffing.team=roads", "staffing.target.share=.9", "staffing.officers=10"]
    words = [word for word in words if not word.startswith("staff.")]
    assert main(["staffing", *words, *target], plain_run) == 0
    said = capsys.readouterr().out
    assert "Pure delay: staff makes no difference" in said
    assert "officers (now 10)" in said.splitlines()[-1]


@pytest.mark.parametrize(
    ("further", "told"),
    [
        ([], "say what is to be changed"),
        (["staff.Roads=x2", "what_if.from=2024-01-01"], "what_if.from"),
        (["staff.Roads=x2", "what_if.until=2023-13-01"], "a date written YYYY-MM-DD"),
        (["staff.Roads=x2", "what_if.gamma=2"], "posterior, bounds, or a number from 0 to 1"),
        (["stff.Roads=x2"], "stff.Roads"),
        (["staff.Roads=x2", "draws=0"], "draws"),
        (["staff.Roads=x2", "calibrated=nowhere"], "calibrated = 'nowhere'"),
    ],
)
def test_a_wrong_word_is_one_line(
    further: list[str], told: str, city: SyntheticCity, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["what-if", *words_of(city, *further)], plain_run) == 2
    error = capsys.readouterr().err
    assert told in error
    assert error.count("\n") == 1
