r"""cogov calibrate: what a city's own request file says of how its teams close requests.

Usage:   cogov calibrate demand.stream=FILE [demand.mapping=FILE] calibrate.until=YYYY-MM-DD [key=value ...]
Example: cogov calibrate demand.stream=requests.csv.gz demand.mapping=boston_311 \
             calibrate.until=2011-11-01 out=out/boston

demand.stream=FILE           the requests, with a time of closing (cogov import makes a mapping for it)
demand.mapping=FILE or NAME  what the columns mean; team, unit and due are used where they are named
calibrate.until=DATE         no closing on or after this date is looked at
draws=INT                    draws of the posterior (200)
calibrate.sweeps=INT         how often the sampler goes round (400): more where effective_draws are few
calibrate.runs=INT           also run the training window so often, as a check (0; 3400 for a thorough one)
language=en|zh               of what is told (the system's)
seed=INT out=FOLDER executor=serial|processes jobs=INT   as for cogov run (out/calibrated)

No simulation is needed: the hazard of closing is a product, and every factor is drawn given the others. By
category: share closed at once, hazard by age in working days; by category and team: pace, share never
closed; by department: clock by hour of the week; by team: how much weeks vary; for the city: gamma (how
closing answers to a backlog), mobilisation, put_off, due_effect. Small categories borrow from the others.
Categories whose practice changed are calibrated on what was opened since.
With calibrate.runs the parameters of the whole city are estimated a second time, from simulated windows that
look like the file's (simulated.csv); runs are kept beside the folder, so the same command goes on where it
stopped.
Writes city.json and posterior.parquet (for cogov backtest, what-if and scenario=city), and identified.csv:
for each parameter prior and posterior mean, the width of the interval that holds nine tenths of each, and a
verdict; "not identified: prior" is what the file does not tell.
"""

from collections.abc import Sequence
from typing import Any


def main(words: Sequence[str], simulate: Any = None) -> None:
    """Carry out the command."""
    from experiments.city.calibrate_command import carry_out

    carry_out(words)
