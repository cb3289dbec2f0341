"""cogov attribute: how much of the difference between two scenarios each mechanism makes.

Usage:   cogov attribute [scenarios=[A,B]] [metric=NAME] [key=value ...]
Example: cogov attribute metric=solved_7wd replications=20

scenarios=[A,B]         from A to B ([administration_led,co_governance])
metric=NAME             outcome (rmst180)
players=[NAME,...]      only these mechanisms on their own, all others as one (all)
orders=INT              so many orders drawn instead of all subsets (60 where there are over 10 mechanisms)
replications=INT        the same luck for every subset (10)
language=en|zh          of tables and figures (the system's)
seed=INT out=FOLDER executor=serial|processes|dask jobs=INT   as for cogov run (processes)

What differs between the scenarios is grouped into mechanisms; misroutes, escalation, acceptance, parallel
work, session capacity, volunteers and paperwork are apart. Every mixture is run on the same needs and luck.
Shapley values add up to the whole difference; interactions say which mechanisms need each other (where all
subsets were run). Writes attribution.csv, interactions.csv and figures; runs are kept in FOLDER/store.
"""

import math
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from analysis.safe_text.plain_text import display_width, visible
from experiments.arguments.key_values import language_of, name_list, split_words, whole_number
from experiments.arguments.run_plan import CLUSTER_EXECUTORS, CLUSTER_KEYS, RunPlan, run_plan
from experiments.arguments.scenarios import load_arms
from experiments.chinese.terminal_words import pairs, tell
from experiments.designs.study_words import metric_of
from experiments.output.output_folder import OutputFolder, pictures
from experiments.system.language import language
from sim.errors import InputError, did_you_mean
from sim.parameters.scenario import Scenario, flatten

# What runs the design and reckons loads after the words have been checked: a refusal comes at once.
if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

DEFAULT = "[administration_led,co_governance]"
OWN_KEYS = ("scenarios", "metric", "players", "orders", "language", *CLUSTER_KEYS)
FILES = ("attribution.csv", "interactions.csv", *pictures("attribution", "interactions"))
#: Up to so many mechanisms every subset is run: 1,024 mixtures of a 9,000-resident year are a few minutes.
EXACT_PLAYERS = 10

#: The mechanism that a parameter belongs to, by the longest beginning of its key.
MECHANISMS = {
    "routing.": "misroutes",
    "referral.escalation": "escalation",
    "referral.retries": "escalation",
    "referral.": "acceptance",
    "joint_session.convener": "acceptance",
    "joint_session.parallel_work": "parallel work",
    "joint_session.": "session capacity",
    "mutual_aid.": "volunteers",
    "exchange.": "volunteers",
    "points.": "volunteers",
    "paperwork.": "paperwork",
    "platform.": "platform",
    "adoption.": "platform",
    "reporting.": "published status and channels",
    "intake.": "merging of reports",
    "operation.": "operator",
    "closing.": "closing and call-back",
    "plural.": "plural supply",
    "staff.": "staff",
}
#: What acts only within another mechanism, with the value at which it does nothing: apart as well.
DORMANT: Mapping[str, Any] = {"referral.convener_effect": 0.0, "joint_session.parallel_work": False}
_OWN = ("name", "title.en", "title.zh", "description", "evidence")


@dataclass(frozen=True)
class Asked:
    """What the command was asked, checked."""

    arms: list[Scenario]
    metric: str
    orders: int | None
    """Orders to be drawn; None: all subsets are run."""
    language: str
    plan: RunPlan
    changes: dict[str, dict[str, tuple[Any, Any]]]


def main(words: Sequence[str], simulate: Any = None) -> None:
    """Carry out the command."""
    carry_out(prepare(words), words)


def prepare(words: Sequence[str]) -> Asked:
    """Check everything that can be checked before simulating."""
    own, overrides = split_words(words, OWN_KEYS)
    arms = load_arms(name_list(own.get("scenarios", DEFAULT)), overrides)
    if len(arms) != 2:
        raise InputError("scenarios", own["scenarios"], "two")
    metric = metric_of(own)
    number = whole_number("orders", own.get("orders"), 60, 2, 100_000)
    spoken = language_of(own)
    plan = run_plan(own, arms, "attribute", 10, CLUSTER_EXECUTORS, default="processes")
    changes = mechanisms(*arms)
    changes = _grouped(changes, name_list(own.get("players", "")))
    if not changes:
        raise InputError("scenarios", own.get("scenarios", DEFAULT), "two that differ in some parameter")
    exact = len(changes) <= EXACT_PLAYERS and "orders" not in own
    return Asked(arms, metric, None if exact else number, spoken, plan, changes)


def carry_out(asked: Asked, words: Sequence[str]) -> None:
    """Run the mixtures, write tables and figures, tell what was found."""
    arms, metric, plan, changes = asked.arms, asked.metric, asked.plan, asked.changes
    with OutputFolder(plan.out, FILES) as output:
        import numpy as np

        from analysis.metrics import value_range
        from analysis.statistics import shapley
        from analysis.statistics.intervals import difference_bounds
        from experiments.designs.design_runs import outcomes, workshop
        from experiments.output.manifest import manifest
        from experiments.output.remarks import remarks_of, say_first

        names = list(changes)
        exact = asked.orders is None
        sequences = [] if asked.orders is None else shapley.orders(len(names), asked.orders, plan.seed)
        subsets = shapley.all_subsets(len(names)) if exact else shapley.subsets_of(sequences)
        say_first(remarks_of(arms))
        print(tell("{} mechanisms: {}.", len(names), ", ".join(names)))
        runs = len(subsets) * plan.replications
        print(tell("{} mixtures, {} replications: {} runs.", len(subsets), plan.replications, runs))
        started = datetime.now().astimezone()
        with workshop(plan, "cogov attribute") as (store, workers):
            grid = mixtures(arms[0], changes, subsets)
            grid.check()
            values = outcomes(store, workers, grid, plan, [metric], alone=True)[metric]
        if not np.isfinite(values).all():
            raise InputError("metric", metric, "a finite outcome that every run has")
        game = {subset: values[k] for k, subset in enumerate(subsets)}
        if exact:
            added = shapley.shapley_exact(game, len(names))
        else:
            added = shapley.shapley_sampled(game, sequences).mean(axis=0)
        bounds = difference_bounds(value_range(metric))
        table = _table(names, added, sequences, game, bounds)
        pairs = shapley.interactions_exact(game, len(names)) if exact and len(names) > 1 else {}
        interactions = _interactions(names, pairs, difference_bounds(bounds))
        whole = game[(1 << len(names)) - 1] - game[0]
        _write(table, interactions, metric, output, words, asked.language)
        output.finish(manifest("attribute", words, plan, range(plan.replications), started, "complete"))
    _tell(table, interactions, whole, metric, arms, plan)


def mechanisms(first: Scenario, second: Scenario) -> dict[str, dict[str, tuple[Any, Any]]]:
    """Return what differs, by mechanism: parameter to its value in the first and in the second scenario."""
    left, right = flatten(first), flatten(second)
    differs = {key: (left[key], right[key]) for key in left if left[key] != right[key] and key not in _OWN}
    for key, neutral in DORMANT.items():
        # Without sessions these do nothing, so that the first scenario stays what it is.
        if left[key] == right[key] != neutral and "joint_session.enabled" in differs:
            differs[key] = (neutral, right[key])
    found: dict[str, dict[str, tuple[Any, Any]]] = {}
    for key, values in differs.items():
        beginnings = [beginning for beginning in MECHANISMS if key.startswith(beginning)]
        name = MECHANISMS[max(beginnings, key=len)] if beginnings else key.split(".")[0].replace("_", " ")
        found.setdefault(name, {})[key] = values
    return found


def _grouped(
    changes: dict[str, dict[str, tuple[Any, Any]]], wanted: Sequence[str]
) -> dict[str, dict[str, tuple[Any, Any]]]:
    if not wanted:
        return changes
    for name in wanted:
        if name not in changes:
            allowed = f"of {', '.join(changes)}"
            raise InputError("players", name, allowed, hint=did_you_mean(name, changes))
    rest = {key: values for name in changes if name not in wanted for key, values in changes[name].items()}
    chosen = {name: changes[name] for name in wanted}
    return chosen | ({"everything else": rest} if rest else {})


def mixtures(
    base: Scenario, changes: Mapping[str, Mapping[str, tuple[Any, Any]]], subsets: Sequence[int]
) -> Any:
    """Return the design of all mixtures: mechanism i as in the second scenario where bit i is set."""
    from experiments.store import Design

    columns: dict[str, list[Any]] = {}
    for i, settings in enumerate(changes.values()):
        for key, (before, after) in settings.items():
            columns[key] = [_plain(after if subset >> i & 1 else before) for subset in subsets]
    return Design(base, columns)


def _plain(value: Any) -> Any:
    if hasattr(value, "model_dump"):
        return value.model_dump(mode="json")
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


def _table(
    names: Sequence[str], added: "np.ndarray", sequences: Sequence[Any], game: Any, bounds: Any
) -> "pd.DataFrame":
    """Return one row per mechanism, largest first; intervals over replications, and over orders if drawn."""
    import numpy as np
    import pandas as pd

    from analysis.statistics.intervals import cut, student_interval
    from analysis.statistics.shapley import shapley_sampled

    rows = []
    spread = np.zeros(len(names))
    if sequences:
        # A pair of an order and its reverse is one independent draw.
        each = shapley_sampled(game, sequences).mean(axis=2)
        pairs = each[: len(each) // 2 * 2].reshape(-1, 2, len(names)).mean(axis=1)
        if len(pairs) > 1:
            spread = 1.96 * pairs.std(axis=0, ddof=1) / math.sqrt(len(pairs))
    for i, name in enumerate(names):
        interval = student_interval(added[i])
        reach = math.hypot(float(interval.high - interval.mean), float(spread[i]))
        mean = float(interval.mean)
        low, high = cut(interval.mean, mean - reach, mean + reach, bounds)
        rows.append({"mechanism": name, "value": mean, "low": float(low), "high": float(high)})
    table = pd.DataFrame(rows)
    order = table["value"].abs().sort_values(ascending=False, kind="stable").index
    return table.loc[order].reset_index(drop=True)


def _interactions(
    names: Sequence[str], pairs: "Mapping[tuple[int, int], np.ndarray]", bounds: Any
) -> "pd.DataFrame":
    import pandas as pd

    from analysis.statistics.intervals import student_interval

    rows = []
    for (i, j), values in pairs.items():
        interval = student_interval(values, bounds=bounds)
        rows.append(
            {
                "first": names[i],
                "second": names[j],
                "value": float(interval.mean),
                "low": float(interval.low),
                "high": float(interval.high),
            }
        )
    table = pd.DataFrame(rows, columns=["first", "second", "value", "low", "high"])
    return table.sort_values("value", key=abs, ascending=False, ignore_index=True)


def _write(
    table: "pd.DataFrame",
    interactions: "pd.DataFrame",
    metric: str,
    output: OutputFolder,
    words: Sequence[str],
    spoken: str,
) -> None:
    from analysis.figures import Provenance, write_ranking
    from experiments.output.manifest import code_hash

    output.add_table("attribution.csv", table)
    source = Provenance(code_hash()[:12], shlex.join(["cogov", "attribute", *words]))
    columns = {"value": ("low", "high")}
    folder = output.partial
    write_ranking(table, columns, "mechanism", folder, "attribution", source, spoken, outcome=metric)
    if not len(interactions):
        return
    output.add_table("interactions.csv", interactions)
    named = interactions.head(12).assign(pair=interactions["first"] + " × " + interactions["second"])
    write_ranking(named, columns, "pair", folder, "interactions", source, spoken, outcome=metric)


def _tell(
    table: "pd.DataFrame",
    interactions: "pd.DataFrame",
    whole: "np.ndarray",
    metric: str,
    arms: Sequence[Scenario],
    plan: Any,
) -> None:
    from analysis.findings.text_table import unit_text
    from analysis.metrics import metric as metric_named

    spoken = language()
    named, unit = metric_named(metric).label(spoken), metric_named(metric).unit
    # Shares are told as they are stored, from 0 to 1.
    shown = "" if unit == "share" else unit_text(unit, spoken)
    whole_text = f"{whole.mean():+.4g} {shown}".strip()
    print(
        "\n"
        + tell("{} ({}), {} minus {}: {}, of which", named, metric, arms[1].name, arms[0].name, whole_text)
    )
    for row in table.to_dict("records"):
        ends = f"[{row['low']:+.4g}, {row['high']:+.4g}]"
        print(f"  {_left(_named(row['mechanism']))}{row['value']:>+10.4g}  {ends}")
    print(f"  {_left(tell('sum'))}{table['value'].sum():>+10.4g}")
    if len(interactions):
        top = interactions.iloc[0].to_dict()
        pair = f"{_named(top['first'])} × {_named(top['second'])} {top['value']:+.4g}"
        pair += f" [{top['low']:+.4g}, {top['high']:+.4g}]"
        print(tell("Largest interaction: {}.", pair))
    elif len(table) > 1:
        print(tell("Interactions take all subsets: fewer mechanisms apart (players=[…]), and no orders=."))
    files = "attribution.csv, interactions.csv" if len(interactions) else "attribution.csv"
    print("\n" + tell("Written to {}: {}.", visible(plan.out), f"{files}, *.png, *.svg"))
    first = table.iloc[0].to_dict()
    share = f"{first['value']:+.4g} [{first['low']:+.4g}, {first['high']:+.4g}] {shown}".strip()
    clear = first["low"] > 0 or first["high"] < 0
    print(
        tell("Answer: most of it comes from {}: {}.", _named(first["mechanism"]), share)
        if clear
        else tell(
            "Answer: no mechanism's part can be told from chance; the largest is {}: {}.",
            first["mechanism"],
            share,
        )
    )


def _named(mechanism: str) -> str:
    """Return what a mechanism is called: in Chinese with the name that `players=` takes."""
    if language() == "en" or mechanism not in pairs():
        return mechanism
    return f"{tell(mechanism)} ({mechanism})"


def _left(text: str) -> str:
    """Set a text to the left of the columns that names have."""
    return text + " " * max(1, 40 - display_width(text))
