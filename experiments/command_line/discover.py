r"""cogov discover: under which assumptions one regime does worse than the other.

Usage:   cogov discover [scenarios=[A,B]] [parameters=[KEY,...]] [key=value ...]
Example: cogov discover parameters=[referral.convener_effect,joint_session.capacity,paperwork.base_share] \
             size=500

scenarios=[A,B]         where is B worse than A ([administration_led,co_governance])
parameters=[KEY,...]    keys, group.*, KEY=low:high or KEY=a|b (all that are assumed and have a range)
without=[KEY,group.*]   left out, for example of mechanisms that are switched off
grades=[GRADE,...]      which evidence grades, where parameters are not named ([assumed])
metric=NAME             outcome (rmst180)
worse_by=NUMBER         by how much it must be worse to count, in the metric's unit (0)
within=[METRIC=low:high,...]   only points at which the first scenario is such a place: [utilisation=0:1]
size=INT                points, a Latin hypercube (400)
boxes=INT               boxes reported at most (3)
replications=INT        pairs at every point, the same luck at all (3)
language=en|zh          of tables and figure (the system's)
seed=INT out=FOLDER executor=serial|processes|dask jobs=INT   as for cogov run (processes)

Both arms get the same values at each point, but for parameters in which they differ: those are varied in B
alone. PRIM (Friedman and Fisher 1999) finds boxes of assumptions in which B is worse; each has its coverage
(the share of all such points that it holds), its density (how common they are in it), and a sentence. Writes
boxes.csv, points.csv and a figure; runs are kept in FOLDER/store, so the same command goes on where it
stopped.
"""

import importlib.util
import math
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from analysis.safe_text.plain_text import visible
from experiments.arguments.key_values import language_of, name_list, split_words, whole_number
from experiments.arguments.run_plan import CLUSTER_EXECUTORS, CLUSTER_KEYS, RunPlan, run_plan
from experiments.arguments.scenarios import load_arms
from experiments.chinese.terminal_words import tell
from experiments.designs.factors import Factor, factors
from experiments.designs.study_words import Condition, conditions_of, metric_of, needs_extra
from experiments.output.output_folder import OutputFolder, pictures
from experiments.system.language import language
from sim.errors import InputError
from sim.parameters.scenario import Scenario, parameters_by_key

# What runs the design and reckons loads after the words have been checked: a refusal comes at once.
if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

DEFAULT = "[administration_led,co_governance]"
BOX_COLUMNS = [
    "box", "coverage", "coverage_low", "coverage_high", "density", "density_low", "density_high", "mass",
    "points", "difference_inside", "difference_inside_low", "difference_inside_high", "difference_outside",
    "in_words",
]  # fmt: skip
FILES = ("points.csv", "boxes.csv", *pictures("discovery"))
OWN_KEYS = (
    "scenarios", "parameters", "without", "grades", "metric", "worse_by", "within", "size", "boxes",
    "language",
    *CLUSTER_KEYS,
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """What the command was asked, checked."""

    arms: list[Scenario]
    metric: str
    worse_by: float
    conditions: list[Condition]
    within: str
    """The conditions as they were written."""
    size: int
    boxes: int
    plan: RunPlan
    language: str
    varied: list[Factor]
    left: list[str]
    """Parameters that are named and cannot be varied."""


def main(words: Sequence[str], simulate: Any = None) -> None:
    """Carry out the command."""
    carry_out(prepare(words), words)


def prepare(words: Sequence[str]) -> Asked:
    """Check everything that can be checked before simulating."""
    own, overrides = split_words(words, OWN_KEYS)
    if importlib.util.find_spec("ema_workbench") is None:
        raise needs_extra("ema_workbench", "discover")
    arms = load_arms(name_list(own.get("scenarios", DEFAULT)), overrides)
    if len(arms) != 2:
        raise InputError("scenarios", own["scenarios"], "two")
    metric = metric_of(own)
    _better(metric)
    worse_by = _amount(own.get("worse_by", "0"))
    conditions = conditions_of(own)
    size = whole_number("size", own.get("size"), 400, 20, 1_000_000)
    most = whole_number("boxes", own.get("boxes"), 3, 1, 20)
    plan = run_plan(own, arms, "discover", 3, CLUSTER_EXECUTORS, default="processes")
    spoken = language_of(own)
    varied, left = factors(
        name_list(own.get("parameters", "")),
        arms[1],
        name_list(own.get("grades", "assumed")),
        name_list(own.get("without", "")),
    )
    within = own.get("within", "")
    return Asked(arms, metric, worse_by, conditions, within, size, most, plan, spoken, varied, left)


def carry_out(asked: Asked, words: Sequence[str]) -> None:
    """Run the design, write tables and figure, tell the boxes."""
    arms, metric, conditions, size = asked.arms, asked.metric, asked.conditions, asked.size
    plan, spoken, varied = asked.plan, asked.language, asked.varied
    with OutputFolder(plan.out, FILES) as output:
        import pandas as pd

        from experiments.designs.design_runs import over_design, tell_asked, tell_varied
        from experiments.output.manifest import code_hash, manifest

        runs = 2 * size * plan.replications
        print(
            tell(
                "{} parameters, {} points, {} pairs at each: {} runs.",
                len(varied),
                size,
                plan.replications,
                runs,
            )
        )
        tell_varied(varied, asked.left, arms)
        started = datetime.now().astimezone()
        points = latin_hypercube(len(varied), size, plan.seed)
        outcomes, there = over_design(varied, points, arms, plan, [metric], "cogov discover", conditions)
        tell_asked(there, conditions, arms)
        if not there.any():
            raise InputError("within", asked.within, "met at some points")
        chosen = points[there], outcomes[metric][there]
        table, found, rows = _found(varied, *chosen, metric, asked.worse_by, asked.boxes)
        output.add_table("points.csv", table)
        output.add_table("boxes.csv", pd.DataFrame(rows, columns=BOX_COLUMNS))
        from analysis.figures import Provenance, write_boxes

        source = Provenance(code_hash()[:12], shlex.join(["cogov", "discover", *words]))
        called = (_title(arms[0], spoken), _title(arms[1], spoken))
        write_boxes(table, found, called, output.partial, source, spoken)
        output.finish(manifest("discover", words, plan, range(plan.replications), started, "complete"))
    _tell(rows, found, table, metric, arms, plan)


def _found(
    varied: Sequence[Factor], points: Any, values: Any, metric: str, worse_by: float, most: int
) -> "tuple[pd.DataFrame, Sequence[Any], list[dict[str, Any]]]":
    """Return the points with their outcome, and the boxes in which it is worse, as found and as rows."""
    import numpy as np

    there = np.isfinite(values).all(axis=1)
    if not there.all():
        lost = int((~there).sum())
        print(tell("{} of {} points have no finite outcome and are left out.", lost, len(there)))
    if not there.any():
        raise InputError("metric", metric, "an outcome that some runs have")
    points, values = points[there], values[there]
    # Worse: longer where less is better, smaller where more is.
    worse = -_better(metric) * values.mean(axis=1) > worse_by
    table = design_table(varied, points)
    from analysis.metrics import value_range
    from analysis.statistics.intervals import difference_bounds
    from analysis.statistics.scenario_discovery import boxes

    found = boxes(table, worse, most)
    table["difference"] = values.mean(axis=1)
    table["worse"] = worse
    ranges = difference_bounds(value_range(metric))
    rows = [_row(number, box, table, ranges) for number, box in enumerate(found, start=1)]
    return table, found, rows


def _title(arm: Scenario, language: str) -> str:
    from analysis.figures.page.style import called

    return called(arm.name, str(getattr(arm.title, language)), language)


def _row(number: int, box: Any, table: "pd.DataFrame", bounds: Any) -> dict[str, Any]:
    """Return a box as a row: how many of the worse points it holds, how common they are there, and where."""
    from analysis.statistics.intervals import student_interval
    from analysis.statistics.scenario_discovery import inside
    from experiments.staffing.verdict import proportion_interval

    held, worse = inside(box.limits, table), table["worse"].to_numpy(bool)
    hits = int((held & worse).sum())
    within = student_interval(table["difference"][held], bounds=bounds)
    shares = {"coverage": (hits, int(worse.sum())), "density": (hits, int(held.sum()))}
    row: dict[str, Any] = {"box": number}
    for name, (part, whole) in shares.items():
        row[name] = part / whole
        row[f"{name}_low"], row[f"{name}_high"] = proportion_interval(part, whole)
    return row | {
        "mass": box.mass,
        "points": box.points,
        "difference_inside": float(within.mean),
        "difference_inside_low": float(within.low),
        "difference_inside_high": float(within.high),
        "difference_outside": float(table["difference"][~held].mean()),
        "in_words": " and ".join(map(str, box.limits)),
    }


def _tell(
    rows: Sequence[dict[str, Any]],
    found: Sequence[Any],
    table: "pd.DataFrame",
    metric: str,
    arms: Sequence[Scenario],
    plan: RunPlan,
) -> None:
    from analysis.findings.parameter_names import parameter_name
    from analysis.findings.text_table import unit_text
    from analysis.metrics import metric as metric_named

    print()
    spoken = language()
    unit = metric_named(metric).unit
    share = float(table["worse"].mean())
    named = f"{metric_named(metric).label(spoken)} ({metric})"
    for row, box in zip(rows, found, strict=True):
        print(
            tell(
                "Box {}: where {}, it is worse at {:.0f} % of the points, on average by {:+.3g} {} "
                "(elsewhere {:+.3g}); {:.0f} % of all points where it is worse lie there.",
                row["box"],
                _limits(box.limits),
                100 * row["density"],
                row["difference_inside"],
                unit_text(unit, spoken) if unit != "share" else "",
                row["difference_outside"],
                100 * row["coverage"],
            ).replace("  ", " ")
        )
        for limit in box.limits:
            key = limit.parameter
            print(f"  {key}: {parameter_name(key, spoken) if spoken == 'zh' else meaning(key)}")
    if not rows:
        print(tell("No box of assumptions sets those points apart from the others."))
    print(
        "\n"
        + tell("Written to {}: {}.", visible(plan.out), "boxes.csv, points.csv, discovery.png, discovery.svg")
    )
    where = 100 * share, len(table)
    print(
        tell(
            "Answer: {} is worse than {} in {} at {:.0f} % of {} points.",
            arms[1].name,
            arms[0].name,
            named,
            *where,
        )
    )


def _limits(limits: Sequence[Any]) -> str:
    """Return the restrictions of a box in the language of this command line."""
    if language() == "en":
        return " and ".join(map(str, limits))
    return tell(" and ").join(f"{one.parameter}{_limit(one)}" for one in limits)


def _limit(one: Any) -> str:
    if one.values:
        return tell("is {}", "/".join(map(str, one.values)))
    if one.low is None:
        return tell("at most {:.3g}", one.high)
    if one.high is None:
        return tell("at least {:.3g}", one.low)
    return tell("between {:.3g} and {:.3g}", one.low, one.high)


def meaning(key: str) -> str:
    """Return what a parameter is, as the schema says it, with its unit."""
    parameter = parameters_by_key()[key]
    text = parameter.text.partition(";")[0].rstrip(".")
    return f"{text} ({parameter.unit})" if parameter.unit else text


def latin_hypercube(dimensions: int, size: int, seed: int) -> "np.ndarray":
    """Return a Latin hypercube in [0, 1), one row per point."""
    import numpy as np
    from scipy.stats import qmc

    return np.asarray(qmc.LatinHypercube(dimensions, rng=seed).random(size))


def design_table(varied: Sequence[Factor], points: "np.ndarray") -> "pd.DataFrame":
    """Return the values at the points, choices as categories."""
    import numpy as np
    import pandas as pd

    columns: dict[str, Any] = {}
    for k, factor in enumerate(varied):
        values = factor.values(points[:, k])
        # Whole numbers as well: a box ends between two of them.
        columns[factor.key] = (
            np.asarray(values, float) if factor.numeric else pd.Categorical([str(value) for value in values])
        )
    return pd.DataFrame(columns)


def _better(metric: str) -> int:
    from analysis.metrics import metric as metric_named

    better = metric_named(metric).better
    if better == 0:
        raise InputError("metric", metric, "a metric of which less or more is clearly better")
    return better


def _amount(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not value >= 0.0 or math.isinf(value):
        raise InputError("worse_by", text, "a number from 0")
    return value
