"""What the tests of the store share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from experiments.store import Design, Study
from sim.scenario.loading import load_scenario

HERE = Path(__file__).parent


@pytest.fixture
def stand_ins(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The module of stand-ins; on the path, so that worker processes find it too."""
    monkeypatch.syspath_prepend(str(HERE))
    monkeypatch.setenv("PYTHONPATH", str(HERE))
    import stand_ins

    return stand_ins


@pytest.fixture
def study(stand_ins: Any) -> Callable[..., Study]:
    """Make a study of stand-in runs."""

    def made(
        levels: list[float] | None = None, replications: int = 4, measure: str = "measure", **more: Any
    ) -> Study:
        points = Design(load_scenario(), {"staff.per_10k": levels or [8.0, 10.0, 12.0]})
        return Study(
            points,
            replications=replications,
            measure=f"stand_ins:{measure}",
            simulate="stand_ins:simulate",
            **more,
        )

    return made


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """The runs that were computed, one entry each time."""
    folder = tmp_path / "notes"
    folder.mkdir()
    monkeypatch.setenv("COGOV_TEST_NOTES", str(folder))
    return lambda: sorted("_".join(path.name.split("_")[:3]) for path in folder.iterdir())
