r"""cogov backtest: forecast closing times from what was known at a date, and compare with what happened.

Usage:   cogov backtest demand.stream=FILE demand.mapping=M backtest.origin=DATE backtest.until=DATE [key=...]
Example: cogov backtest demand.stream=requests.csv.gz demand.mapping=boston_311 \
             backtest.origin=2011-11-01 backtest.until=2012-01-01 draws=100 out=out/backtest

demand.stream=FILE  demand.mapping=M   the city's requests, as for every command that replays a file
backtest.origin=DATE        what happened from this day on is not known to any forecast
backtest.until=DATE         requests opened from the origin to before this day are forecast
backtest.every_days=INT     a rolling origin: a new forecast from everything known after so many days
backtest.horizon_days=DAYS  durations are compared up to here, longer ones count as open (60)
backtest.largest=INT        categories scored one by one, those with most requests in the window (10)
backtest.rivals=[A,B]       kaplan_meier, kaplan_meier_28, lognormal, boosted, boosted_backlog (all)
draws=INT                   of each forecast (100)
calibrated=FOLDER           values of cogov calibrate that have not seen the origin; without: calibrated here
                            at each origin (into out/calibrated); none: rivals alone
city.KEY=VALUE              other values of the calibrated city (city.gamma=0)
seed=INT out=FOLDER executor=serial|processes jobs=INT language=en|zh

Every method sees the same: requests opened before the origin and their closings before it; of those forecast
the time of opening and the category. Rivals: the Kaplan–Meier curve of each category, of all that is known
and of the last 28 days; a censored lognormal law; a gradient-boosted hazard without and with the backlog
(needs the extra forecast).

Writes scores.csv (method, category, ks, e1, e7, e30, median_error, p90_error, crps, coverage_closings,
coverage_backlog, widths; category * is the whole city), forecast.parquet (row, draw, days_to_close of our own
forecast), surges.csv where categories surged or slowed down, manifest.json and two figures: weeks with their
bands, and durations. Categories whose practice changed within the window are told apart with the reason.
"""

from collections.abc import Sequence
from typing import Any


def main(words: Sequence[str], simulate: Any = None) -> None:
    """Carry out the command."""
    from experiments.city.backtests.command import carry_out

    carry_out(words)
