"""The arrays of deliberation, made only where councils are held, and the table of meetings."""

import math
from typing import Any

import numpy as np
import pandas as pd

from sim.engine.declare import draw
from sim.engine.jit import entry
from sim.engine.randomness import normal, uniform
from sim.engine.tables.people import INERT, IS_MERCHANT, MIGRANT, UNDER_14
from sim.mechanisms.deliberation.rows import COUNCIL, MEETING, PARTICIPANT, SEAT
from sim.parameters.scenario import CATEGORIES, Scenario

DWELLING = draw(40, "DWELLING", ("resident", "0, 0", "attribute"))


#: Rows of the tally of topics, one column per category.
MAILBOX, WEB, PETITIONS, TRUE, FUSED, AGENDA, ABOVE, MAJOR = range(8)
TALLY_ROWS = 8
#: What takes the major majority: rebuilding, and altering what owners share (Civil Code art. 278, 6 to 8).
MAJOR_TOPICS = ("construction",)


@entry
def _fill_participants(key, participant, person, conduct, share, migrant_share, sigma):
    """Say who owns their dwelling, and how large it is: one owner a household, its first adult."""
    household = -1
    community = -1
    for p in range(person.shape[0]):
        if person[p]["flags"] & (IS_MERCHANT | UNDER_14 | INERT):
            continue
        if person[p]["community"] == community and conduct[p]["household"] == household:
            continue
        community = person[p]["community"]
        household = conduct[p]["household"]
        who = person[p]["key"]
        owns = migrant_share if person[p]["flags"] & MIGRANT else share
        if uniform(key, DWELLING, 0, who, 0, 0) < owns:
            participant[p]["area"] = math.exp(sigma * normal(key, DWELLING, 1, who, 0, 0))


def meetings_of(scenario: Scenario, days: int) -> int:
    """Return how many councils each community holds in a run."""
    d = scenario.deliberation
    if not d.enabled or scenario.verification.mode != "none":
        return 0
    first = 7 * d.every_weeks + d.weekday + d.hour / 24.0
    return max(0, math.ceil((days - first) / (7 * d.every_weeks)))


def council_arrays(
    scenario: Scenario, world_key: int, world: Any, tape: Any, days: int
) -> dict[str, np.ndarray]:
    """Return the arrays of deliberation: empty where there is none."""
    d = scenario.deliberation
    communities = world.community.shape[0]
    meetings = meetings_of(scenario, days)
    on = meetings > 0
    participant = np.zeros(world.person.shape[0] if on else 0, PARTICIPANT)
    council = np.zeros(communities if on else 0, COUNCIL)
    docket = np.zeros(0, np.int64)
    names = tape.categories
    tally = np.zeros((TALLY_ROWS, len(names) if on else 0))
    meeting = np.zeros(communities * meetings * max(1, d.topics), MEETING)
    if on:
        shares = (d.owner_share, d.owner_share_migrant, d.area_sigma)
        _fill_participants(world_key, participant, world.person, world.conduct, *shares)
        # By community; a stable sort keeps the order in which needs arise.
        docket = np.argsort(tape.need["community"], kind="stable").astype(np.int64)
        ends = np.cumsum(np.bincount(tape.need["community"], minlength=communities))
        council["docket_end"] = ends
        council["docket_start"] = np.concatenate([[0], ends[:-1]])
        council["docket_next"] = council["docket_start"]
        for k, name in enumerate(names):
            tally[ABOVE, k] = d.topics_above.get(name, 0.0)
            tally[MAJOR, k] = float(name in MAJOR_TOPICS)
        meeting["topic"] = -1
        meeting["implemented_at"] = math.nan
    return {
        "participant": participant,
        "council": council,
        "docket": docket,
        "gathered": np.zeros(max(1, d.cases_per_topic if on else 0), np.int64),
        "tally": tally,
        "seat": np.zeros((communities + 1) * d.size if on else 0, SEAT),
        "meeting": meeting,
    }


def ties_at_once(scenario: Scenario) -> int:
    """Return how many rows of new ties one council can take: each at the table comes to know each."""
    d = scenario.deliberation
    return d.size * (d.size - 1) if d.enabled and d.tie_probability > 0.0 else 0


def meetings_table(state: Any, categories: tuple[str, ...], stamp: Any) -> pd.DataFrame:
    """Return one row per topic of a council that has been held; times in days."""
    held = state.meeting[state.meeting["number"] > 0]
    held = held[np.lexsort((held["community"], held["at"]))]
    columns: dict[str, Any] = stamp(held.shape[0])
    names = list(categories) or list(CATEGORIES)
    columns["community"] = held["community"]
    columns["council"] = held["number"]
    columns["at"] = held["at"]
    columns["topic"] = pd.Categorical.from_codes(
        held["topic"], dtype=pd.CategoricalDtype(names), validate=False
    )
    for name in ("salience", "fused_error", "agenda_error", "invited", "attendants", "opinion", "consensus"):
        columns[name] = held[name]
    for name in ("cases", "owners", "owners_share", "area_share", "yes_owners", "yes_area"):
        columns[name] = held[name]
    columns["voted"] = held["owners"] > 0
    columns["quorum"] = held["quorum"] > 0
    columns["passed"] = held["passed"] > 0
    for name in ("funded", "refused", "solved", "funds", "facilitator_hours", "implemented_at"):
        columns[name] = held[name]
    return pd.DataFrame(columns, copy=False)
