"""Who of the staff is there on which day: made before the run, since nothing in it changes who falls ill.

A cadre's absence is a matter of whole working days. Whether cadre i is away on day d of week w follows from
``√c·C_w + √r·R_iw + √(1 − c − r)·E_id < Φ⁻¹(a)`` with standard normals C of the community's week, R of the
cadre's week and E of the day: each day is lost with probability a whatever c and r, which only bring absences
together. Two days of one cadre in a week are correlated through c + r, days of two cadres through c.
"""

import math

import numpy as np

from sim.engine.declare import draw
from sim.engine.jit import entry
from sim.engine.randomness import PERSON_BITS, normal, normal_quantile

CADRE_AWAY = draw(55, "CADRE_AWAY", ("cadre or community", "what of, 0", "day or week"))


# What an absence draw is about: second word of its entity.
OF_DAY, OF_WEEK, OF_COMMUNITY = range(3)


@entry
def _fill(key, worked, community, local, absence, week_share, common_share, table):
    """Fill each cadre's cumulative hours: those of the calendar, less the days away."""
    limit = normal_quantile(absence)
    days = worked.shape[0] - 1
    weeks = days // 7 + 1
    shared = np.zeros(weeks)
    of = -1
    for i in range(table.shape[0]):
        if community[i] != of:
            of = community[i]
            for w in range(weeks):
                shared[w] = normal(key, CADRE_AWAY, w, of << PERSON_BITS, OF_COMMUNITY, 0)
        who = (of << PERSON_BITS) + local[i]
        own = 0.0
        week = -1
        for d in range(days):
            hours = worked[d + 1] - worked[d]
            if hours > 0.0:
                if d // 7 != week:
                    week = d // 7
                    own = math.sqrt(week_share) * normal(key, CADRE_AWAY, week, who, OF_WEEK, 0)
                lean = math.sqrt(common_share) * shared[week] + own
                rest = max(0.0, 1.0 - common_share - week_share)
                lean += math.sqrt(rest) * normal(key, CADRE_AWAY, d, who, OF_DAY, 0)
                if lean < limit:
                    hours = 0.0
            table[i, d + 1] = table[i, d] + hours


def attendance(
    key: int,
    worked: np.ndarray,
    community: np.ndarray,
    local: np.ndarray,
    absence: float,
    week_share: float,
    common_share: float,
) -> np.ndarray:
    """Return for each cadre the cumulative working hours at the start of each day; no rows without absence.

    Parameters
    ----------
    key
        Of the run.
    worked
        The calendar's table.
    community, local
        Of each cadre the community's number, ascending, and the number within its team.
    absence, week_share, common_share
        `roster.absence`, `roster.absence_week`, `roster.absence_common`.
    """
    if absence <= 0.0:
        return np.zeros((0, 1))
    table = np.zeros((community.shape[0], worked.shape[0]))
    _fill(key, worked, community, local, absence, week_share, common_share, table)
    return table
