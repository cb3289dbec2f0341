r"""cogov staffing: find the smallest team, or the cheapest mix, that meets a service target.

Usage:   cogov staffing staffing.team=PARAMETER [staffing.target....=...] [scenario=NAME] [key=value ...]
Example: cogov staffing staffing.team=staff.per_10k staffing.target.within_days=7 staffing.target.share=.5
         cogov staffing scenario=verification/queue staffing.team=verification.servers \
             verification.arrival_rate=4800 verification.service_mean=0.0020833 horizon_days=30 \
             staffing.target.metric=wait staffing.target.within_days=0.00023148 staffing.target.share=.8

staffing.team=KEY or [A,B]         the parameter to search, counted in persons; a list: the cheapest mix
staffing.target.metric=NAME        wait, first_response or resolution, from the report (resolution)
staffing.target.within_days=DAYS   how soon (7)
staffing.target.clock=NAME         calendar or working days (calendar)
staffing.target.share=SHARE        of all reports in a year, the unanswered included (0.9)
staffing.confidence=SHARE          of the years in which the target must be met (0.95)
staffing.cost=[A,B]                relative cost of a person, for a mix ([1,1])
staffing.fewest=INT                smallest team tried, of the first kind in a mix (what the parameter allows)
staffing.most=INT                  largest team tried (eight times where the search starts)
staffing.around=INT                teams shown to either side of the answer (4)
staffing.surge.factor=NUMBER       needs in a surge, as a multiple of the usual (2; 1: no surge)
staffing.surge.days=INT            how long it lasts (a twelfth of the counting window)
staffing.surge.left=SHARE          of the excess of open cases that may be left (0.1)
replications=INT                   years simulated at most for one team (100); three where they leave no doubt
language=en|zh                     of table and figure (the system's)
scenario=NAME seed=INT out=FOLDER executor=serial|processes|dask jobs=INT   as for cogov run

Of your own city, calibrated by cogov calibrate:
         cogov staffing calibrated=FOLDER staffing.team=TEAM [staffing.target.within_days=7]
         [staffing.target.share=.9]
staffing.team=TEAM                 a team of the city; staffing.officers=INT: how many it has now
staffing.confidence=SHARE          of the draws of the posterior in which the target must be met (0.9)
demand.stream= demand.mapping= what_if.from= what_if.until= what_if.days= what_if.gamma= draws= language=   as
for cogov what-if; writes staffing.csv.

A year is the counting window (horizon_days). Every team meets the same years. The search starts from
square-root staffing, and checks the neighbours of the answer. Writes staffing.csv (teams tried: share and
years that meet the target with intervals, utilisation, hours on paperwork, what one more person adds, weeks
to work off a month's backlog, days to recover from a surge, measured against the same years without it) and
the figure; years are kept in FOLDER/store, so the same command goes on
where it stopped, and another target of the same kind costs only the teams not yet tried. The last line is the
answer.
"""

from collections.abc import Sequence
from typing import Any


def main(words: Sequence[str], simulate: Any = None) -> None:
    """Carry out the command."""
    if any(word.partition("=")[0].strip() == "calibrated" for word in words):
        from experiments.city.staffing_command import carry_out as of_a_city

        of_a_city(words, simulate)
        return
    from experiments.staffing.command import carry_out

    carry_out(words, simulate)
