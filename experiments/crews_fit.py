"""Who fills the seats of volunteers' events? The rule of crews fitted on each of two neighbourhoods.

Usage:   python -m experiments.crews_fit data=FOLDER [out=FILE] [replications=INT]
Example: python -m experiments.crews_fit data=pioneers_events out=out/pioneers.json

FOLDER holds events_1.csv.gz, events_2.csv.gz (day, organiser, people) and acts_per_person_1.csv, _2.csv
(acts, people): aggregates of the records behind Zhang et al. 2022 (doi 10.7910/DVN/YUOOBB), which are no
part of cogov. Five numbers are fitted to nine figures of a neighbourhood, by least squares of the
differences, each in units of what would be a small one (`_SCALE`), with the same luck at every step. It is
done twice: given the events themselves, and given events drawn from their summary, as `cogov validate` draws
those of the other neighbourhood.

Prints every fit, and what it predicts of the other neighbourhood. FILE is what validate keeps
(analysis/validation/pioneers.json).
"""

import dataclasses
import json
import math
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.optimize import minimize

from analysis.statistics import concentration
from analysis.validation.crew_events import Events, Organisers, drawn, summarise
from analysis.validation.crews import FILE, MEASURES, Neighbourhood, measures
from experiments.arguments.key_values import split_words, whole_number
from experiments.system.interrupts import stoppable
from sim.errors import InputError
from sim.mechanisms.crews.replay import CrewRule, replay

NAMES = ("1", "2")
#: Days watched; of each neighbourhood, what cannot be made of the aggregates: shares of people whose last act
#: is at least so many days after their first, of those who could, and of acts with the same organiser as the
#: person's act before.
_DAYS = 347.67
_FROM_RECORDS = {
    "1": {"stay_30": 0.58, "stay_90": 0.48, "stay_180": 0.48, "same_organiser": 0.89},
    "2": {"stay_30": 0.53, "stay_90": 0.45, "stay_180": 0.33, "same_organiser": 0.83},
}
#: What would be a small difference: of people as a logarithm.
_SCALE = {name: 0.05 if name == "people" or name.startswith("stay") else 0.03 for name in MEASURES}
_START = CrewRule(0.02, 0.012, 0.8, 10.0, 0.3)
#: Bounds of the fit. Beyond them a larger exponent and a longer memory, or a wider readiness, trade against
#: each other without predicting better.
_BOUNDS = {
    "newcomer_share": (0.002, 0.2),
    "visitor_share": (0.001, 0.2),
    "acts_exponent": (0.4, 1.25),
    "memory_days": (1.0, 90.0),
    "readiness_sigma": (0.05, 0.5),
}
_FITTING, _STEPS, _SIMPLEX = (0, 1, 2), 120, (0.7, -0.5, 0.3)

Source = Callable[[int], Events]


def events_of(folder: Path, name: str) -> Events:
    """Return the events of a neighbourhood: day, organiser from 0, people."""
    rows = pd.read_csv(folder / f"events_{name}.csv.gz")
    organiser = rows["organiser"].to_numpy(np.int64)
    return rows["day"].to_numpy(float), organiser - organiser.min(), rows["people"].to_numpy(np.int64)


def published(folder: Path, name: str) -> dict[str, float]:
    """Return the figures of a neighbourhood."""
    rows = pd.read_csv(folder / f"acts_per_person_{name}.csv")
    acts = np.repeat(rows["acts"].to_numpy(float), rows["people"].to_numpy(int))
    known = {
        "people": float(len(acts)),
        "once": concentration.once_only_share(acts),
        "gini": concentration.gini(acts),
        "top1": concentration.top_share(acts, 0.01),
        "top10": concentration.top_share(acts, 0.10),
        **_FROM_RECORDS[name],
    }
    return {key: round(known[key], 4) for key in MEASURES}


def mean_measures(source: Source, rule: CrewRule, replications: Sequence[int]) -> dict[str, float]:
    """Return the measures under a rule, as means over replications."""
    every = [measures(replay(*source(r), rule, 1, r), _DAYS) for r in replications]
    return {name: float(np.mean([one[name] for one in every])) for name in MEASURES}


def distance(found: dict[str, float], wanted: dict[str, float]) -> float:
    """Return the sum of squared differences, each in units of a small one."""
    total = 0.0
    for name in MEASURES:
        away = found[name] - wanted[name]
        if name == "people":
            away = math.log(found[name] / wanted[name])
        total += (away / _SCALE[name]) ** 2
    return total


def _to_rule(x: Sequence[float]) -> CrewRule:
    """Return the rule at a point without bounds: each number between its own, on a logarithmic scale."""
    shares = [1.0 / (1.0 + math.exp(-value)) for value in x]
    ends = [(math.log(low), math.log(high)) for low, high in _BOUNDS.values()]
    return CrewRule(*(math.exp(a + (b - a) * share) for (a, b), share in zip(ends, shares, strict=True)))


def _from_rule(rule: CrewRule) -> list[float]:
    x = []
    for name, (low, high) in _BOUNDS.items():
        share = math.log(getattr(rule, name) / low) / math.log(high / low)
        x.append(math.log(share / (1.0 - share)))
    return x


def fit(source: Source, wanted: dict[str, float]) -> CrewRule:
    """Return the rule under which events bring the figures wanted, nearly.

    Nelder and Mead's simplex, begun anew where it stopped: the figures jump where one more person comes.
    """
    x = _from_rule(_START)

    def away(candidate: Sequence[float]) -> float:
        return distance(mean_measures(source, _to_rule(candidate), _FITTING), wanted)

    for step in _SIMPLEX:
        corners = [x, *([*x[:i], x[i] + step, *x[i + 1 :]] for i in range(len(x)))]
        best = minimize(
            away,
            x,
            method="Nelder-Mead",
            options={"maxfev": _STEPS, "xatol": 0.01, "fatol": 0.05, "initial_simplex": corners},
        )
        x = list(best.x)
    found = dataclasses.asdict(_to_rule(x))
    return CrewRule(**{name: float(f"{value:.3g}") for name, value in found.items()})


def _rounded(classes: Sequence[Organisers]) -> list[dict[str, object]]:
    def short(value: object) -> object:
        if isinstance(value, tuple):
            return [short(one) for one in value]
        return round(value, 3) if isinstance(value, float) else value

    return [{key: short(value) for key, value in dataclasses.asdict(one).items()} for one in classes]


def _drawn_from(classes: Sequence[Organisers]) -> Source:
    known: dict[int, Events] = {}

    def source(replication: int) -> Events:
        if replication not in known:
            known[replication] = drawn(classes, _DAYS, np.random.default_rng([1, replication]))
        return known[replication]

    return source


def _print(title: str, found: dict[str, float], wanted: dict[str, float] | None = None) -> None:
    cells = [f"{found[name]:9.0f}" if name == "people" else f"{found[name]:9.3f}" for name in MEASURES]
    far = f"  distance {distance(found, wanted):.1f}" if wanted else ""
    print(f"{title:44s}" + "".join(cells) + far, flush=True)


def study(folder: Path, replications: int) -> dict[str, object]:
    """Fit on each neighbourhood, predict the other; return what validate keeps."""
    wanted = {name: published(folder, name) for name in NAMES}
    given = {name: events_of(folder, name) for name in NAMES}
    classes = {
        name: [Organisers.read(row) for row in _rounded(summarise(*given[name], _DAYS))] for name in NAMES
    }
    print(f"{'':44s}" + "".join(f"{name[:8]:>9s}" for name in MEASURES))
    kept: dict[str, object] = {}
    further: dict[str, object] = {}
    # Replications apart from those that were fitted with.
    others = range(max(_FITTING) + 1, max(_FITTING) + 1 + replications)
    for name, other in zip(NAMES, reversed(NAMES), strict=True):
        _print(f"neighbourhood {name}, figures", wanted[name])
        for kind in ("events given", "events in summary"):
            if kind == "events given":
                sources: dict[str, Source] = {n: lambda _, n=n: given[n] for n in NAMES}  # type: ignore[misc]
            else:
                sources = {n: _drawn_from(classes[n]) for n in NAMES}
            rule = fit(sources[name], wanted[name])
            print(f"  {kind}: {rule}")
            _print(f"  itself, {kind}", mean_measures(sources[name], rule, others), wanted[name])
            ahead = mean_measures(sources[other], rule, others)
            _print(f"  predicts {other}, {kind}", ahead, wanted[other])
            if kind == "events given":
                further[f"{other} from {name}"] = {
                    "rule": dataclasses.asdict(rule),
                    "predicted": {key: round(value, 4) for key, value in ahead.items()},
                }
        one = Neighbourhood(_DAYS, wanted[name], tuple(classes[name]), rule)
        kept[name] = {
            "days": one.days,
            "published": one.published,
            "rule": dataclasses.asdict(one.rule),
            "organisers": _rounded(one.organisers),
        }
    return {
        "source": "Aggregates of the records behind Zhang et al. 2022, Humanities and Social Sciences "
        "Communications 9, doi 10.1057/s41599-022-01127-2, data doi 10.7910/DVN/YUOOBB. Rows that repeat "
        "person, organiser and minute were removed. Written by python -m experiments.crews_fit.",
        "neighbourhoods": kept,
        "events_given": further,
    }


def as_text(result: dict[str, object]) -> str:
    """Return the result as JSON, a class of organisers on a line."""
    lines: dict[str, str] = {}

    def shortened(value: object, key: str = "") -> object:
        if key == "organisers" and isinstance(value, list):
            marks = [f"line {len(lines) + number}" for number in range(len(value))]
            lines.update({mark: json.dumps(one) for mark, one in zip(marks, value, strict=True)})
            return marks
        if isinstance(value, dict):
            return {name: shortened(one, name) for name, one in value.items()}
        return value

    text = json.dumps(shortened(result), indent=1)
    for mark, line in lines.items():
        text = text.replace(f'"{mark}"', line)
    return text


def main(words: Sequence[str]) -> int:
    """Run the study from the command line."""
    own, further = split_words(words, ("data", "out", "replications"))
    if further:
        raise InputError(
            further[0].partition("=")[0], further[0].partition("=")[2], "data, out or replications"
        )
    if "data" not in own:
        raise InputError("data", own.get("data", ""), "a folder with events_1.csv.gz and the files beside it")
    replications = whole_number("replications", own.get("replications"), 20, 2, 100_000)
    folder = Path(own["data"])
    if not (folder / "events_1.csv.gz").is_file():
        raise InputError("data", own["data"], "a folder with events_1.csv.gz and the files beside it")
    result = study(folder, replications)
    out = Path(own.get("out", FILE))
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(as_text(result) + "\n", encoding="utf-8")
    print(f"Written: {out}")
    return 0


if __name__ == "__main__":
    try:
        with stoppable():
            sys.exit(main(sys.argv[1:]))
    except InputError as error:
        print(f"cogov: {error}", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        print("cogov: interrupted", file=sys.stderr)
        sys.exit(130)
