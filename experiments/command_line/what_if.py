r"""cogov what-if: what would change in your own city with more staff, merged teams, other priorities.

Usage:   cogov what-if calibrated=FOLDER CHANGE... [key=value ...]
Example: cogov what-if calibrated=out/city staff.Roads=x1.5 out=out/roads
         cogov what-if calibrated=out/city officers.Roads=12 staff.Roads=+2 'priority.fallen tree=2'

staff.TEAM=+2|-1|14|x1.5         officers more, fewer, how many, or a multiple of the present ones
officers.TEAM=INT                how many the team has, where the calibrated city does not know
merge=[TEAM,TEAM]                teams that become one; several groups: [[A,B],[C,D]]
priority.CATEGORY=NUMBER         how much more of its team's time a request gets than another (2: twice)
joint_session=true|[CATEGORY,..] organisations meet over requests that need several, by the mapping
joint_session.interval_days=DAYS from one session to the next, working days (7)

calibrated=FOLDER                what cogov calibrate wrote
demand.stream=FILE demand.mapping=FILE   the request file, where it is not the one calibrated on, or has moved
what_if.from=DATE what_if.until=DATE     the stretch that is run again (until the end of what was calibrated)
what_if.days=INT                 or how long it is (91)
what_if.gamma=posterior|bounds|NUMBER    how closing answers to a backlog (bounds, where the file is silent)
draws=INT                        of the posterior (50)
language=en|zh                   of the table (the system's)
seed=INT out=FOLDER              as for cogov run

The city as it is and the city changed meet the same requests with the same luck, from the backlog that the
file shows, under each draw of the posterior. Durations count those still open. Writes what_if.csv: for the
whole city, each team and category that is named, and the larger categories of those teams, the median days,
shares closed within 7 and 30 days and the requests open at the end, as the file shows them, as the calibrated
city yields them (the two should be near each other) and after the change, with intervals that
hold nine tenths of the posterior; the column basis says what is data and what is assumed.
"""

from collections.abc import Sequence
from typing import Any


def main(words: Sequence[str], simulate: Any = None) -> None:
    """Carry out the command."""
    from experiments.city.what_if_command import carry_out

    carry_out(words, simulate)
