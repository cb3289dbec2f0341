"""The direct stage of a calibration, from a request file to the files of a calibrated city."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from analysis.calibration import SWEEPS
from analysis.calibration.clock import Floats, TeamClocks, estimate_clocks
from analysis.calibration.current_practice import since_last_break
from analysis.calibration.direct_verdicts import direct_verdicts
from analysis.calibration.drift import drift_cv, with_drift
from analysis.calibration.exposure import AGE_EDGES, count_exposure
from analysis.calibration.from_file import known_until
from analysis.calibration.gibbs import BURN_IN_WEEKS
from analysis.calibration.known import KnownRequests, lump_small_teams
from analysis.calibration.posterior import WEEKLY_DISCOUNT, Posterior, sample_posterior
from analysis.calibration.recent import recent
from analysis.calibration.usual_load import usual_loads
from analysis.request_files.breaks import Break
from experiments.city import CITY_FILE, IDENTIFIED_FILE, POSTERIOR_FILE
from experiments.city.anchoring import STRONG, loads_at_the_files_backlog
from experiments.city.calibrated_folder import city_document, posterior_table, team_shares
from experiments.city.keys import check_known_until
from experiments.output.output_folder import OutputFolder
from sim.errors import InputError
from sim.input_files.file_errors import naming
from sim.request_file.loading import RequestStream
from sim.world.holidays import ARRANGED, days_off

#: Fewer closings than this say nothing of a city.
_FEWEST_CLOSINGS = 200
#: A day on the clocks of a due time that lies beyond this many days after the last closing is not looked up.
_FURTHER_DAYS = 400


@dataclass(frozen=True, eq=False)
class Calibration:
    """A posterior, and what it rests on."""

    known: KnownRequests
    clocks: Floats
    posterior: Posterior
    usual_load: Floats
    """Of each team: closings a working day that its open requests usually ask for."""
    usual_urgent_load: float
    """The same of all urgent requests."""
    origin: date
    holidays: tuple[date, ...]
    breaks: tuple[Break, ...]
    source: dict[str, Any]
    drift_cv: float
    """Coefficient of variation of a category's level in the weeks to come."""
    seed: int

    def document(self) -> str:
        """Return the text of `city.json`."""
        return city_document(
            self.known,
            len(self.posterior.gamma),
            self.usual_load,
            self.usual_urgent_load,
            self.origin,
            self.holidays,
            self.source,
        )

    def table(self, drift: bool = True) -> pd.DataFrame:
        """Return the values of `posterior.parquet`: drift is of the weeks to come alone."""
        posterior = self.posterior
        if drift:
            pace = (posterior.pace * team_shares(self.known)).sum(axis=2)
            rng = np.random.default_rng([self.seed, 312])
            posterior = with_drift(posterior, self.drift_cv, pace, rng)
        return posterior_table(self.known, posterior, self.clocks)

    def identified(self) -> pd.DataFrame:
        """Return the rows of `identified.csv`."""
        return direct_verdicts(self.known, self.posterior)

    def write(self, output: OutputFolder, place: str = ".", drift: bool = True) -> None:
        """Write the files of a calibrated city, into a folder of the output folder."""
        output.add_text(f"{place}/{CITY_FILE}", self.document())
        path = output.partial / place / POSTERIOR_FILE
        with naming(path):
            self.table(drift).to_parquet(path, index=False, compression="zstd")
        output.add_table(f"{place}/{IDENTIFIED_FILE}", self.identified())


def holidays_of(stream: RequestStream) -> tuple[date, ...]:
    """Return the public holidays that the mapping names, in order."""
    if isinstance(stream.holidays, str):
        return tuple(sorted(day for year in ARRANGED for day in days_off(year)))
    return tuple(sorted(stream.holidays))


def calibrate_directly(
    stream: RequestStream,
    until: date,
    draws: int,
    seed: int,
    progress: Callable[[int, int], None] | None = None,
    key: str = "calibrate.until",
    sweeps: int = SWEEPS,
) -> Calibration:
    """Estimate what a file says of its city's teams, from openings and closings before a date.

    Parameters
    ----------
    key
        What the user calls `until`.
    sweeps
        Of the sampler, after its warm-up.

    Raises
    ------
    InputError
        If too little was closed before that date, or the file ends long before it.
    """
    check_known_until(stream, key, until)
    holidays = holidays_of(stream)
    whole = known_until(stream, until, holidays)
    known, first_day = recent(whole)
    closings = int((known.is_closed & ~known.at_once).sum())
    if closings < _FEWEST_CLOSINGS:
        if not closings and not whole.is_closed.any():
            hint = "the file has no closing before that date; does columns.closed name the column?"
        else:
            hint = f"before that date it has {closings}, those at once left out"
        allowed = f"a date by which at least {_FEWEST_CLOSINGS} requests were closed"
        raise InputError(key, until.isoformat(), allowed, stream.file, hint)
    everything = lump_small_teams(known)
    known, found = since_last_break(everything)
    found = [replace(one, day=one.day + first_day) for one in found]
    later = known.is_closed & ~known.at_once
    rates = estimate_clocks(known.closed[later], known.team[later], known.part_of)
    clocks = TeamClocks(rates, int(known.until) + _FURTHER_DAYS, known.holidays)
    cells = count_exposure(known, clocks)
    rng = np.random.default_rng([seed, 311])
    posterior = sample_posterior(known, cells, draws, rng, sweeps=sweeps, progress=progress)
    load, urgent_load = _loads(everything, clocks, rates, posterior)
    source = {
        "file": stream.file,
        "sha256_of_content_and_mapping": stream.digest,
        "requests_opened_before_origin": len(whole.opened),
        "closings_before_origin": int(whole.is_closed.sum()),
        "open_at_origin": int((~whole.is_closed).sum()),
    }
    if first_day:
        source["read_from"] = (stream.start_date + timedelta(days=first_day)).isoformat()
    closed_by = np.bincount(known.team[later], minlength=len(known.teams))
    usual_cv = float(np.average(posterior.weekly_cv.mean(axis=0), weights=closed_by))
    drift = drift_cv(cells, len(known.categories), len(AGE_EDGES), WEEKLY_DISCOUNT, usual_cv)
    found_so_far = Calibration(
        known, rates, posterior, load, urgent_load, until, holidays, tuple(found), source, drift, seed
    )
    if float(posterior.gamma.mean()) < STRONG:
        return found_so_far
    from sim.city_run import run_city

    loads = loads_at_the_files_backlog(
        found_so_far.document(), found_so_far.table(drift=False), until, stream, run_city, seed
    )
    return replace(found_so_far, usual_load=loads)


def _loads(
    known: KnownRequests, clocks: TeamClocks, rates: Floats, posterior: Posterior
) -> tuple[Floats, float]:
    """Return usual loads as the engine counts them: of a team as it works, of the urgent at dawn."""
    # Geometric means: where a category has one team, the file tells the product of rate and pace and hardly
    # either; the product of the two means would be far too large.
    rate, pace = (np.exp(np.log(part).mean(axis=0)) for part in (posterior.rate, posterior.pace))
    hazards = (rate, pace, posterior.never.mean(axis=0))
    # At least four weeks count, however short the file.
    start = int(max(0, min(7 * BURN_IN_WEEKS, known.until - 28)))
    return usual_loads(known, clocks, rates, hazards, AGE_EDGES, start)
