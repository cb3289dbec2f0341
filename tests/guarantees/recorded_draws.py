"""Run without compiled code and note every draw: its key, and which line of which function asked for it.

As a program: prints, as JSON, of each covering run (or of those named) its bits and what is wrong with its
keys.
"""

import json
import sys
from collections import defaultdict
from types import ModuleType
from typing import Any

from sim import load_scenario, simulate
from sim.engine import randomness
from sim.engine.declare import all_draws
from tests.guarantees.covering import COVERING
from tests.guarantees.runs import TINY, fingerprint

Key = tuple[int, int, int, int, int]

#: Answers that are looked up more than once, by stream and function.
LOOKED_UP_AGAIN = {
    ("NEED_TIME", "_arrivals"): "once more where more needs arise than room was made for",
    ("TIE_LIFE", "meet"): "two people meet once on a day, however often",
    ("OPINION", "opinion_before"): "what somebody thinks before anybody has talked stays",
    ("FRAILTY", "acceptance"): "how ready a unit is for a case stays; each ask has a draw of its own besides",
    ("APP", "app_of"): "which app somebody reports in stays",
    ("CHANNEL", "_hear"): "whether a channel hears of a need stays",
    ("FRAILTY", "supplier_acceptance"): "how ready a supplier is for a case stays when the case comes back",
}
_TRANSPARENT = {"sim.engine.randomness", "sim.engine.distributions", __name__, "__main__"}


class Recorder:
    """Stands in for `uniform` in every module of `sim`."""

    def __init__(self) -> None:
        self.uniform = randomness.uniform
        self.draws: dict[Key, list[str]] = defaultdict(list)
        self.out_of_range: list[str] = []

    def __call__(self, key: int, stream: int, occasion: int, a: int, b: int, c: int) -> float:
        name = (int(stream), int(occasion), int(a), int(b), int(c))
        frame = sys._getframe(1)
        while frame.f_globals["__name__"] in _TRANSPARENT and frame.f_back is not None:
            frame = frame.f_back
        code = frame.f_code
        self.draws[name].append(f"{code.co_name}:{frame.f_lineno}")
        limits = (1 << 8, 1 << 24, 1 << 32, 1 << 32, 1 << 32)
        if not all(0 <= part < limit for part, limit in zip(name, limits, strict=True)):
            self.out_of_range.append(f"{code.co_name}: {name}")
        return self.uniform(key, stream, occasion, a, b, c)

    def install(self) -> None:
        """Put this in the place of `uniform` wherever it was imported."""
        for module in list(sys.modules.values()):
            if not isinstance(module, ModuleType) or not module.__name__.startswith("sim."):
                continue
            if getattr(module, "uniform", None) is self.uniform:
                module.uniform = self  # type: ignore[attr-defined]


def faults(draws: dict[Key, list[str]]) -> list[str]:
    """Return keys that serve two purposes, and keys drawn again for what may be another decision."""
    found = []
    for key, places in draws.items():
        asked = f"{all_draws()[key[0]].name} {key[1:]}"
        functions = {place.partition(":")[0] for place in places}
        if len(functions) > 1 or len(set(places)) > 1:
            found.append(f"{asked} serves {sorted(set(places))}")
        elif len(places) > 1 and (all_draws()[key[0]].name, *functions) not in LOOKED_UP_AGAIN:
            found.append(f"{asked} is drawn {len(places)} times by {functions}")
    return found


def main(labels: list[str]) -> None:
    """Print the bits and the faults of each run, and the streams that were drawn from."""
    recorder = Recorder()
    simulate(load_scenario("co_governance", [*TINY, "horizon_days=1"]))
    recorder.install()
    report: dict[str, Any] = {}
    streams = set()
    for label in labels or COVERING:
        name, overrides, seed = COVERING[label]
        recorder.draws.clear()
        recorder.out_of_range.clear()
        records = simulate(load_scenario(name, overrides), seed=seed)
        report[label] = {
            "prints": fingerprint(records),  # first, since the ledger of a sample draws, too
            "draws": sum(map(len, recorder.draws.values())),
            "faults": faults(recorder.draws)[:20],
            "out_of_range": recorder.out_of_range[:20],
        }
        streams |= {all_draws()[key[0]].name for key in recorder.draws}
    print(json.dumps({"runs": report, "streams": sorted(streams)}))


if __name__ == "__main__":
    main(sys.argv[1:])
