"""A request file as the tape: each usable request is a need that arrives reported.

The file says when, what, where and through which channel. What it does not say is drawn, keyed by place and
row: whose need it is, how much work it takes around the mapping's mean, which further organisations.

A request that one organisation above the community can settle (organisations 1, level 1 or 2: a skilled crew,
an inspector) goes from the desk to that organisation, the unit the file names, which does the mapping's hours
of work. It comes there as every letter does, through routing with its errors and under the one rule of
acceptance: that the file says who had it in the end does not say that nobody disputed it. The community's
own staff take it in and have no further part in it.
"""

import numpy as np

from sim.demand.needs import (
    NEED_ATTRIBUTE,
    SIMPLE,
    URGENCY,
    WORK,
    Tape,
    _assign_units,
    mean_unit_hours,
    unit_groups,
)
from sim.demand.resampled_surges import with_surges
from sim.engine.declare import draw
from sim.engine.distributions import LOGNORMAL, positive
from sim.engine.jit import entry
from sim.engine.randomness import PERSON_BITS, uniform
from sim.engine.tables.cases import CHANNELS
from sim.engine.tables.needs import ARRIVES_REPORTED, COMMUNITY_WORKS, DESK, HELPABLE, LEG, NEED
from sim.engine.tables.people import INERT, UNDER_14
from sim.parameters.scenario import Scenario
from sim.request_file.requests import RequestStream
from sim.request_file.window import check_holds
from sim.world.population import Place

STREAM_OWNER = draw(24, "STREAM_OWNER", ("0", "community, row", "0"))


#: Local index, in the keys of owners, of needs that come from a file; no person has it.
_FILE_LOCAL = (1 << PERSON_BITS) - 1
_TRIES = 64


@entry
def _complete(key, need, person, community, mean_work, urgent, desk, helpable, work_cv, max_help):
    """Draw for each request its owner, its work and whether it is simple; returns the number of parts."""
    legs = 0
    for n in range(need.shape[0]):
        b = need[n]["owner_key"]
        c = need[n]["ordinal"]
        at = need[n]["community"]
        start = community[at]["resident_start"]
        width = community[at]["observers"]
        owner = start
        for k in range(_TRIES):
            owner = start + int(uniform(key, STREAM_OWNER, k, 0, b, c) * width)
            if not person[owner]["flags"] & (UNDER_14 | INERT):
                break
        need[n]["owner"] = owner
        k = need[n]["organisations"]
        level = need[n]["level"]
        work = positive(LOGNORMAL, mean_work[n], work_cv, key, WORK, 0, 0, b, c)
        flags = ARRIVES_REPORTED
        if k > 1 or level == 0:
            flags |= COMMUNITY_WORKS
        if k == 1:
            u = uniform(key, NEED_ATTRIBUTE, 0, SIMPLE, b, c)
            if u < helpable[n]:
                flags |= HELPABLE
                work = min(work, max_help)
            elif u > 1.0 - desk[n]:
                flags |= DESK
        need[n]["flags"] = flags
        need[n]["work_hours"] = work
        need[n]["priority"] = 0 if uniform(key, NEED_ATTRIBUTE, 0, URGENCY, b, c) < urgent[n] else 1
        need[n]["leg_start"] = legs
        need[n]["leg_count"] = k - 1 if k > 1 else (1 if level > 0 else 0)
        legs += need[n]["leg_count"]
    return legs


def _channels(stream: RequestStream) -> tuple[np.ndarray, tuple[str, ...]]:
    """Return the file's channels as codes: ours first, then the file's own."""
    names = (*CHANNELS, *(name for name in stream.channels if name not in CHANNELS))
    codes = np.array([names.index(name) for name in stream.channels], np.int64)
    return codes[stream.channel] if stream.channels else stream.channel, names


def recorded_tape(stream: RequestStream) -> Tape:
    """Return the tape of requests that a calibrated city's own teams deal with: nobody's in particular."""
    count = stream.arisen_at.shape[0]
    need = np.zeros(count, NEED)
    need["arisen_at"] = stream.arisen_at
    need["community"] = stream.place
    need["owner_key"] = (stream.place << PERSON_BITS) + _FILE_LOCAL
    need["ordinal"] = stream.row
    need["owner"] = -1
    need["category"] = stream.category
    need["organisations"] = stream.organisations
    need["level"] = stream.level
    need["work_hours"] = stream.work_hours
    need["incident"] = np.arange(count)
    need["flags"] = ARRIVES_REPORTED
    channel, channels = _channels(stream)
    need["channel"] = channel
    return Tape(need, np.zeros(0, LEG), 0, stream.categories, channels)


def replay_tape(scenario: Scenario, key: int, place: Place, stream: RequestStream, days: int) -> Tape:
    """Return the tape that a request file makes.

    Raises
    ------
    InputError
        If requests lie beyond the end of the run: they would be dropped in silence.
    """
    check_holds(scenario, stream, days)
    stream = with_surges(scenario, key, stream)
    count = stream.arisen_at.shape[0]
    need = np.zeros(count, NEED)
    need["arisen_at"] = stream.arisen_at
    need["community"] = stream.place
    need["owner_key"] = (stream.place << PERSON_BITS) + _FILE_LOCAL
    need["ordinal"] = stream.row
    need["category"] = stream.category
    need["organisations"] = stream.organisations
    need["level"] = stream.level
    need["incident"] = np.arange(count)
    channel, channels = _channels(stream)
    need["channel"] = channel
    legs = _complete(
        key,
        need,
        place.person,
        place.community,
        stream.work_hours,
        stream.urgent,
        stream.desk,
        stream.helpable,
        scenario.demand.work_cv,
        scenario.mutual_aid.max_hours,
    )
    leg = np.zeros(legs, LEG)
    base = place.unit.shape[0] - len(stream.units)
    named = np.where(stream.unit >= 0, base + stream.unit, -1).astype(np.int64)
    # The file's categories are not ours: no authority table over them beyond the unit it names.
    need["category"] = -1
    _assign_units(key, need, leg, place.unit, unit_groups(scenario, place), named, mean_unit_hours(scenario))
    need["category"] = stream.category
    # Where one organisation above the community suffices, its part is all the work there is, so the
    # mapping's hours are its hours. Where several must act, they are the community's, and the parts of the
    # others are drawn.
    alone = np.flatnonzero((need["organisations"] == 1) & (need["leg_count"] == 1))
    leg["work_hours"][need["leg_start"][alone]] = need["work_hours"][alone]
    return Tape(need, leg, 0, stream.categories, channels)
