"""Folders of the city calibrated on what is known at an origin: given by the user, or made for a backtest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.city import CITY_FILE, IDENTIFIED_FILE, POSTERIOR_FILE
from experiments.output.output_folder import OutputFolder
from sim.errors import InputError

if TYPE_CHECKING:
    from sim.request_file.loading import RequestStream

FOLDER = "calibrated"
#: Draws of a posterior, whatever is asked of a forecast: fewer say little, more are alike.
FEWEST_DRAWS, MOST_DRAWS = 20, 400


def given(folder: Path, origin: date) -> Path:
    """Return a folder that has seen nothing from the origin on.

    Raises
    ------
    InputError
        If it has, or is no calibrated city.
    """
    from sim.city.folder import read_city

    seen_until = read_city(folder).origin
    if seen_until > origin:
        allowed = f"a city calibrated on what was known at backtest.origin ({origin})"
        hint = f"this one has seen closings up to {seen_until}"
        raise InputError("calibrated", str(folder), allowed, hint=hint)
    return folder


def files(origins: Sequence[date]) -> list[str]:
    """Return the names of the files that calibrations at these origins write."""
    names = (CITY_FILE, POSTERIOR_FILE, IDENTIFIED_FILE)
    return [f"{_place(origin, len(origins))}/{name}" for origin in origins for name in names]


def _place(origin: date, origins: int) -> str:
    return FOLDER if origins == 1 else f"{FOLDER}/{origin.isoformat()}"


@dataclass(frozen=True)
class Made:
    """Calibrates at an origin into the output folder, directly, and returns where."""

    stream: "RequestStream"
    output: OutputFolder
    draws: int
    seed: int
    origins: int

    def __call__(self, origin: date) -> Path:
        """Return the folder of the city as it was known at an origin."""
        # It takes seconds to load, which a folder that is given need not wait for.
        from experiments.city.calibrating import calibrate_directly
        from experiments.system.progress import progress_bar

        place = _place(origin, self.origins)
        folder = self.output.partial / place
        if folder.is_dir():
            return folder
        draws = min(MOST_DRAWS, max(FEWEST_DRAWS, self.draws))
        with progress_bar(100, "%") as bar:
            found = calibrate_directly(
                self.stream,
                origin,
                draws,
                self.seed,
                lambda done, of: bar.update(100 * done // of - bar.n),
                "backtest.origin",
            )
        found.write(self.output, place)
        return folder
