"""A calibrated city through `cogov run`: what is said about it, and what makes two runs the same."""

from datetime import date
from pathlib import Path

import pytest

from experiments.cli import main
from experiments.runs.run_identity import configuration
from sim import load_scenario
from tests.city.synthetic import SyntheticCity, write_city, write_folder

ORIGIN, UNTIL = date(2023, 2, 15), date(2023, 3, 1)


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> SyntheticCity:
    return write_city(tmp_path_factory.mktemp("city"), days=70, scale=0.3)


def test_a_folder_counts_by_its_content(city: SyntheticCity, tmp_path: Path) -> None:
    def identity(folder: Path) -> str:
        words = [w for w in city.overrides(ORIGIN, UNTIL) if not w.startswith("city.folder")]
        return configuration(load_scenario("city", [*words, f"city.folder={folder}"]))

    copy, other = (tmp_path / name for name in ("copy", "other"))
    copy.mkdir()
    for name in ("city.json", "posterior.parquet"):
        (copy / name).write_bytes((city.folder / name).read_bytes())
    write_folder(other, city.draw.with_values(gamma=0.3), date(2023, 3, 13))
    assert identity(city.folder) == identity(copy)
    assert identity(city.folder) != identity(other)


def test_a_run_says_what_is_open_at_the_origin(
    city: SyntheticCity, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["run", "scenario=city", *city.overrides(ORIGIN, UNTIL), f"out={tmp_path / 'out'}"]
    assert main(words) == 0
    printed = capsys.readouterr().out
    assert "day 0 is 2023-02-13 (a Monday), origin 2023-02-15:" in printed
    assert "nobody works there" not in printed
    residents = (tmp_path / "out" / "communities.csv").read_text(encoding="utf-8-sig")
    assert sum(int(line.split(",")[2]) for line in residents.splitlines()[1:]) == 50_000
