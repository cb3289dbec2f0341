"""The usual load of a calibrated city's teams, such that the city has the backlog of its file.

The likelihood takes a team's load as each day begins; within the day it rises and falls. Where closing
answers strongly to load, what that leaves out adds up from day to day, and the city would be steadily too
fast or too slow. The last weeks of the training are therefore run with some draws, and the usual load is
set so that on average as many requests of each team are open as in the file. Where gamma is small, load
hardly acts: setting it by the backlog would lay all that hazards and clocks miss upon it (at a gamma of .08
loads ran off by factors of a hundred, and forecasts were worse), so nothing is set and nothing is run.
"""

import tempfile
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from experiments.city import CITY_FILE, POSTERIOR_FILE
from experiments.city.bounds import Anchor, RunCity
from experiments.city.demand import assigned, demand_between
from sim.city.folder import read_city
from sim.request_file.loading import RequestStream

#: From this gamma on usual loads are set by the backlog.
STRONG = 0.5
#: Draws that are run, and the days at the end of the training that they run.
_DRAWS, _DAYS = 10, 91


def loads_at_the_files_backlog(
    document: str, posterior: pd.DataFrame, origin: date, stream: RequestStream, run: RunCity, seed: int
) -> npt.NDArray[np.float64]:
    """Return the usual load of each team with which a city has the backlog of its file before the origin.

    Parameters
    ----------
    document, posterior
        What `city.json` and `posterior.parquet` hold.
    origin
        The day from which on no closing is looked at.
    stream
        The file.
    run
        The engine, or what stands in for it.
    """
    first = stream.start_date + timedelta(days=int(stream.arisen_at[0]))
    demand = demand_between(stream, max(first, origin - timedelta(days=_DAYS)), origin, origin)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / CITY_FILE).write_text(document, encoding="utf-8")
        posterior.to_parquet(folder / POSTERIOR_FILE, index=False)
        city = read_city(folder)
    numbers = sorted({int(number) for number in np.linspace(0, city.draws - 1, _DRAWS).round()})
    cities = [assigned(city.draw(number), demand, seed) for number in numbers]
    return Anchor(demand, run, seed).loads(cities, numbers)
