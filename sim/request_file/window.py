"""The window of a replay: how a scenario's days follow from its request file.

The defaults (half a year of warm-up, a year counted) are meant for demand that never ends. On a file of half
a year they would count eight days. So whatever of the window nobody has set follows from the file: no
warm-up, counted up to the last request, and the usual follow-up.
"""

from collections.abc import Collection

import numpy as np

from sim.errors import InputError
from sim.parameters.scenario import Scenario
from sim.request_file.requests import RequestStream

WINDOW = ("warmup_days", "horizon_days", "followup_days")
FOLLOWUP_DAYS = 180
LARGEST_PLACE = 500_000


def days_to_last(stream: RequestStream) -> int:
    """Return the days from time 0 to the end of the day of the last request."""
    return int(np.floor(stream.arisen_at[-1])) + 1


def follow_stream(scenario: Scenario, chosen: Collection[str] = ()) -> Scenario:
    """Return the scenario with its calendar, and what of its window is not `chosen`, taken from its file.

    Raises
    ------
    InputError
        If the file or its mapping cannot be used, or the run is too short to hold the file.
    """
    assert scenario.demand.stream is not None
    from sim.request_file.loading import cached_stream

    stream = cached_stream(scenario.demand.stream, scenario.demand.mapping)
    _check_places(stream)
    warmup = scenario.warmup_days if "warmup_days" in chosen else 0
    window = {
        "warmup_days": warmup,
        "horizon_days": max(1, days_to_last(stream) - warmup),
        "followup_days": FOLLOWUP_DAYS,
    }
    changes: dict[str, object] = {key: value for key, value in window.items() if key not in chosen}
    start = stream.start_date.isoformat()
    changes["calendar"] = scenario.calendar.model_copy(update={"start_date": start})
    scenario = scenario.model_copy(update=changes)
    check_holds(scenario, stream, sum(getattr(scenario, key) for key in WINDOW))
    return scenario


def _check_places(stream: RequestStream) -> None:
    """Refuse, before anything is built, a place with more residents than keys of people can tell apart."""
    requests = np.bincount(stream.place)
    largest = stream.residents * float(requests.max()) / float(requests.sum())
    if largest > LARGEST_PLACE:
        raise InputError(
            "residents",
            stream.residents,
            f"at most {LARGEST_PLACE} residents a place",
            stream.mapping_file,
            f"the largest of the file's places ({len(requests):,}) would have {largest:,.0f}; "
            "does columns.place name places?",
        )


def check_holds(scenario: Scenario, stream: RequestStream, days: int) -> None:
    """Refuse a run that ends before the file does.

    Raises
    ------
    InputError
        If requests lie beyond the end of the run: they would be dropped in silence.
    """
    late = int(np.count_nonzero(stream.arisen_at >= days))
    if late:
        raise InputError(
            "horizon_days",
            scenario.horizon_days,
            f"a run of at least {days_to_last(stream)} days (warmup + horizon + followup), to hold the file",
            stream.file,
            f"{late} requests would be left out",
        )
