"""The rule of crews where the events are given: who would have come to them.

Organisers, days and numbers of people are data; who comes is drawn as in a run, by the same functions. People
have no number beforehand: as many as there are seats stand ready.
"""

from dataclasses import dataclass

import numpy as np

from sim.engine.jit import entry
from sim.engine.randomness import normal, run_key
from sim.mechanisms.crews.rows import CREW, MEMBER, NEIGHBOURHOOD, VOLUNTEER
from sim.mechanisms.crews.seats import CREW_LINE, fill


@dataclass(frozen=True)
class CrewRule:
    """The numbers that decide who comes; as parameters of a scenario in `crews`.

    Attributes
    ----------
    newcomer_share, visitor_share, acts_exponent, memory_days
        As there; `memory_days` of 0 stands for a memory without end.
    readiness_sigma
        Log standard deviation of people's readiness.
    """

    newcomer_share: float
    visitor_share: float
    acts_exponent: float
    memory_days: float
    readiness_sigma: float


@dataclass(frozen=True)
class Attendance:
    """Who came, a row a person who came at all.

    Attributes
    ----------
    acts, first, last
        Events of a person, and the days of the first and the last of them.
    same_organiser
        Share of acts but a person's first that have the same organiser as the one before.
    """

    acts: np.ndarray
    first: np.ndarray
    last: np.ndarray
    same_organiser: float


@entry
def _replay(
    day, organiser, people, par, key, crew, member, volunteer, neighbourhood, acts, first, last, before, out
):
    for p in range(volunteer.shape[0]):
        volunteer[p]["readiness"] = par[4] * normal(key, CREW_LINE, 0, p, 0, 1)
    used = 0
    again = 0
    same = 0
    for e in range(day.shape[0]):
        o = organiser[e]
        t = day[e]
        used = fill(
            crew,
            member,
            volunteer,
            neighbourhood,
            used,
            o,
            people[e],
            key,
            par[0],
            par[1],
            par[2],
            par[3],
            t,
        )
        j = crew[o]["came"]
        while j >= 0:
            p = member[j]["person"]
            if acts[p] == 0:
                first[p] = t
            else:
                again += 1
                if before[p] == o:
                    same += 1
            acts[p] += 1
            last[p] = t
            before[p] = o
            j = member[j]["behind"]
    out[0] = same
    out[1] = again


def replay(
    day: np.ndarray, organiser: np.ndarray, people: np.ndarray, rule: CrewRule, seed: int, replication: int
) -> Attendance:
    """Fill the seats of given events.

    Parameters
    ----------
    day, organiser, people
        Of each event, in the order of time; organisers are numbered from 0.
    rule
        Who comes.
    seed, replication
        Two replays with the same numbers share their luck.
    """
    seats = int(people.sum())
    crew = np.zeros(int(organiser.max()) + 1, CREW)
    crew["head"] = -1
    crew["came"] = -1
    crew["key"] = np.arange(crew.shape[0])
    volunteer = np.zeros(seats, VOLUNTEER)
    volunteer["head"] = -1
    volunteer["able"] = 1
    volunteer["key"] = np.arange(seats)
    neighbourhood = np.zeros(1, NEIGHBOURHOOD)
    neighbourhood["people"] = seats
    par = np.array(
        [rule.newcomer_share, rule.visitor_share, rule.acts_exponent, rule.memory_days, rule.readiness_sigma]
    )
    acts = np.zeros(seats, np.int64)
    first, last = np.zeros(seats), np.zeros(seats)
    before = np.full(seats, -1, np.int64)
    out = np.zeros(2, np.int64)
    _replay(
        np.ascontiguousarray(day, np.float64),
        np.ascontiguousarray(organiser, np.int64),
        np.ascontiguousarray(people, np.int64),
        par,
        run_key(seed, replication),
        crew,
        np.zeros(seats, MEMBER),
        volunteer,
        neighbourhood,
        acts,
        first,
        last,
        before,
        out,
    )
    came = acts > 0
    same = float(out[0]) / float(out[1]) if out[1] else float("nan")
    return Attendance(acts[came], first[came], last[came], same)
