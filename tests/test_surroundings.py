"""The same answer wherever it runs: locale, time zone, encoding, fonts and settings of matplotlib."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from experiments.cli import main
from tests.fake_simulation import simulate
from tests.pictures import numbered

ROOT = Path(__file__).resolve().parents[1]
WORDS = ["scenarios=[administration_led,co_governance]", "replications=2", "executor=serial", "language=en",
         "warmup_days=10", "horizon_days=30", "followup_days=190"]  # fmt: skip
PROGRAM = """
import sys
sys.path.insert(0, sys.argv[1])
from experiments.cli import main
from tests.fake_simulation import simulate
sys.exit(main(["compare", *sys.argv[2:]], simulate) or main(["explain", "scenario=co_governance"]))
"""


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory, coarse_pictures: int) -> Path:
    out = tmp_path_factory.mktemp("here") / "out"
    with pytest.MonkeyPatch.context() as patch:
        # As fine as in the other processes: a figure is laid out by what its texts measure.
        patch.setattr("analysis.figures.page.style.PRINT_DPI", coarse_pictures)
        assert main(["compare", *WORDS, f"out={out}"], simulate) == 0
    return out


@pytest.mark.parametrize(
    "said",
    [
        # A terminal that knows ASCII alone, a zone a day ahead, somebody's own settings of matplotlib.
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "TZ": "Pacific/Kiritimati",
         "MPLBACKEND": "nonsense", "MPLCONFIGDIR": "/dev/null/nowhere", "MATPLOTLIBRC": "{rc}"},
        # A decimal comma, or GB 18030, where the machine has them; a zone behind.
        {"LC_ALL": "zh_CN.GB18030", "LC_NUMERIC": "de_DE.UTF-8", "PYTHONUTF8": "0", "TZ": "America/New_York",
         "MPLBACKEND": "QtAgg"},
    ],
    ids=["ascii", "gb18030"],
)  # fmt: skip
def test_tables_and_figures_do_not_depend_on_the_surroundings(
    here: Path, tmp_path: Path, said: dict[str, str]
) -> None:
    rc = tmp_path / "matplotlibrc"
    settings = "text.usetex: True\nfont.size: 30\nsavefig.bbox: tight\nfont.family: Nothing\n"
    rc.write_text(settings, encoding="utf-8")
    environment = {**os.environ, **{key: value.replace("{rc}", str(rc)) for key, value in said.items()}}
    out = tmp_path / "out"
    command = [sys.executable, "-c", PROGRAM, str(ROOT), *WORDS, f"out={out}"]
    done = subprocess.run(command, env=environment, capture_output=True, cwd=tmp_path, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert b"Traceback" not in done.stderr
    for name in ("comparison.csv", "summary.csv"):
        assert (out / name).read_bytes() == (here / name).read_bytes()
    # The command, which names another folder, stands in the picture's own description: drawn is the same.
    pictures = [(folder / "figures" / "main.svg").read_text(encoding="utf-8") for folder in (here, out)]
    drawn = [numbered(picture.partition("</metadata>")[2]) for picture in pictures]
    assert drawn[0] == drawn[1]
    assert len(drawn[0]) > 1000
