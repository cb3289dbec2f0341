"""One row of a validation table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sim.parameters.scenario import parameter_keys
from sim.scenario.loading import scenario_names

Measure = Callable[[Any], float]
"""From the records of one run to a number; NaN where the run has nothing to measure."""

KINDS = {
    "calibrated": ("Calibrated or input", "校准或输入"),
    "verification": ("Verification", "验证（精确结果）"),
    "genuine": ("Genuine", "独立检验"),
}


@dataclass(frozen=True)
class Row:
    """A target, where it comes from, and how the model's counterpart is measured.

    Attributes
    ----------
    target, low, high
        The published or exact value, and the range that counts as met: the spread of the sources, or a
        quarter either side of a single figure, unless the source says otherwise. An end may be infinite.
    unit
        As in `analysis.metrics`: "share", "days", "per year", … or empty.
    scenario, settings
        What is run: a shipped scenario and overrides `key=value` of it.
    measure
        None for a row the model has no state for; `absent` then says so.
    whole
        Met only if the whole interval lies in the range, as for an exact result: where the source gives no
        more than a direction.
    predicts
        Of a prediction: the place or period that nothing was fitted to, and what the model was fitted to.
    run
        What makes the records, of a seed and a replication, where they are not those of a scenario.
    note
        What the reader must know whatever the verdict.
    needs
        Scenarios and parameters that must be there; where one is not, the row is not in this version, and
        `absent` says why.
    too_low, too_high
        A sentence that explains a miss on that side. An unforeseen miss stands unexplained.
    """

    name: str
    kind: str
    en: str
    zh: str
    target: float
    low: float
    high: float
    source: str
    measure: Measure | None = None
    unit: str = ""
    scenario: str = "administration_led"
    settings: Mapping[str, object] = field(default_factory=dict)
    too_low: str = ""
    too_high: str = ""
    note: str = ""
    absent: str = ""
    needs: tuple[str, ...] = ()
    whole: bool = False
    predicts: str = ""
    run: Callable[[int, int], Any] | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"{self.name}: kind {self.kind!r} is none of {', '.join(KINDS)}")
        if not self.low <= self.target <= self.high:
            raise ValueError(f"{self.name}: the target lies outside the range that counts as met")
        if (self.measure is None or bool(self.needs)) != bool(self.absent):
            raise ValueError(f"{self.name}: either a measure or the reason why there is none")
        if self.predicts and self.kind != "genuine":
            raise ValueError(f"{self.name}: only a genuine row predicts what nothing was fitted to")

    @property
    def available(self) -> bool:
        """Whether this version can be held to it."""
        known = {*scenario_names(), *parameter_keys()}
        return self.measure is not None and known.issuperset(self.needs)

    def label(self, language: str = "en") -> str:
        """Return what the row is called."""
        return self.zh if language == "zh" else self.en

    @property
    def overrides(self) -> tuple[str, ...]:
        """The settings as words of a command line."""
        return tuple(f"{key}={value}" for key, value in self.settings.items())


def within(target: float, relative: float) -> tuple[float, float, float]:
    """Return target, low and high for a single figure with a relative margin."""
    return target, target - abs(target) * relative, target + abs(target) * relative
