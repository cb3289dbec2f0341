"""Channels that look like the staff's own logging: rows that are no resident's request.

Proposed, never applied: whether a patrol's finding belongs to a question is the planner's to say.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

_STAFF = re.compile(
    r"employee|staff|city worker|worker app|internal|inspector|patrol|crew generated|self.?generated|officer|"
    r"proactive|field (unit|report)|agency generated|department generated|supervisor|council(lor|or)? office|"
    r"网格员|网格(上报|巡查)|巡查|巡检|巡逻|巡防|工作人员|内部|自查|自行发现|主动发现|单位转办|部门转办|采集员|监督员|"
    r"社工(上报|发现)|干部|协管员|"
    r"mitarbeiter|bedienstete|intern\b|außendienst|aussendienst|ordnungsdienst|streife|kontrolleur|verwaltung|"
    r"henkilökunta|työntekijä|sisäinen|oma havainto|tarkastaja|viranhaltija",
    re.IGNORECASE,
)
_MACHINE = re.compile(
    r"\b(system|sensor|automat\w*|integration|maximo|scada|iot|batch|import|interface|camera|monitoring|api)\b|"
    r"系统(生成|自动|推送)|传感|物联|自动|视频(监控|识别|巡查)|智能(识别|发现)|schnittstelle|järjestelmä|anturi",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class StaffChannel:
    """A channel whose rows may be left out, with what speaks for it."""

    label: str
    rows: int
    share: float
    """Of the rows used."""
    within_a_minute: float
    """Share of its closings within a minute of the opening."""
    others_within_a_minute: float
    by_machine: bool
    """Whether its name speaks of a system rather than of staff."""


def staff_channels(
    codes: npt.NDArray[np.int64],
    labels: Sequence[str],
    opened: npt.NDArray[np.float64],
    closed: npt.NDArray[np.float64],
) -> list[StaffChannel]:
    """Return the channels that look like the staff's own or a system's, the largest first."""
    age = closed - opened
    there, quick = np.isfinite(age), age < 1.0 / 1440.0
    found = []
    for code, label in enumerate(labels):
        staff, machine = _STAFF.search(label), _MACHINE.search(label)
        if staff or machine:
            mine = codes == code
            found.append(
                StaffChannel(
                    label,
                    int(mine.sum()),
                    float(mine.mean()),
                    _share(quick, mine & there),
                    _share(quick, ~mine & there),
                    machine is not None and staff is None,
                )
            )
    return sorted(found, key=lambda one: (-one.rows, one.label))


def _share(hit: npt.NDArray[np.bool_], among: npt.NDArray[np.bool_]) -> float:
    return float(hit[among].mean()) if among.any() else float("nan")
