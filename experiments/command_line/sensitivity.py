r"""cogov sensitivity: on which assumptions the results depend, with chance told apart.

Usage:   cogov sensitivity [method=morris|sobol] [scenario=NAME | scenarios=[A,B]] [key=value ...]
Example: cogov sensitivity scenarios=[administration_led,co_governance] \
             parameters=[referral.*,joint_session.*]

method=morris|sobol     screening by elementary effects, or shares of the variance (morris)
size=INT                trajectories of morris (20), base samples of sobol, a power of two (128)
parameters=[KEY,...]    keys, group.*, KEY=low:high or KEY=a|b (all that are assumed and have a range)
without=[KEY,group.*]   left out, for example of mechanisms that are switched off
grades=[GRADE,...]      which evidence grades, where parameters are not named ([assumed])
scenario=NAME           outcome of one scenario (administration_led), or
scenarios=[A,B]         the difference of the second from the first on the same needs and luck
metric=NAME             outcome (rmst180); any metric of summary.csv, or several, [A,B], of the same runs
within=[METRIC=low:high,...]   for sign.csv also: points at which the (first) scenario is such a place
replications=INT        runs at every point, the same luck at all (4)
language=en|zh          of tables and figure (the system's)
seed=INT out=FOLDER executor=serial|processes|dask jobs=INT   as for cogov run (processes)

Needs at the ends of their ranges make a hundred times the reports, and runs of seconds:
without=[community.*,demand.*] asks about the same needs instead, in minutes.
A parameter in which two scenarios differ is varied in the second alone; all others are the same in both.
Writes sensitivity.csv, points.csv, sign.csv (how often each outcome is below and above zero over the points)
and a figure (sensitivity, and for each further metric sensitivity_METRIC); runs are kept in FOLDER/store, so
the same command goes on where it stopped and asks only for what is new. within=[utilisation=0:1] adds signs
over the points where staff have hours to spare. mu_star: mean size of the change that a parameter makes over
its range; sigma: how much that depends on the others; noise_mu_star: what chance alone gives mu_star.
"""

import importlib.util
import math
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from analysis.safe_text.plain_text import visible
from experiments.arguments.key_values import language_of, name_list, split_words, whole_number
from experiments.arguments.run_plan import CLUSTER_EXECUTORS, CLUSTER_KEYS, RunPlan, run_plan
from experiments.arguments.scenarios import load_arms
from experiments.chinese.terminal_words import pairs, tell
from experiments.designs.factors import Factor, factors
from experiments.designs.study_words import Condition, conditions_of, metrics_of, needs_extra
from experiments.output.output_folder import OutputFolder, pictures
from experiments.system.language import language
from sim.errors import InputError, did_you_mean
from sim.parameters.scenario import Scenario
from sim.scenario.loading import BASELINE, load_scenario

# What runs the design and reckons loads after the words have been checked: a refusal comes at once.
if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

OWN_KEYS = (
    "method", "size", "parameters", "without", "grades", "scenario", "scenarios", "metric", "within",
    "language",
    *CLUSTER_KEYS,
)  # fmt: skip
FILES = ("points.csv", "sensitivity.csv", "sign.csv", *pictures("sensitivity"))
#: How many trajectories or base samples each method takes where nothing is said.
_SIZES = {"morris": 20, "sobol": 128}


@dataclass(frozen=True)
class Asked:
    """What the command was asked, checked."""

    method: str
    size: int
    arms: list[Scenario]
    metrics: list[str]
    conditions: list[Condition]
    plan: RunPlan
    language: str
    varied: list[Factor]
    left: list[str]
    """Parameters that are named and cannot be varied."""


def main(words: Sequence[str], simulate: Any = None) -> None:
    """Carry out the command."""
    carry_out(prepare(words), words)


def prepare(words: Sequence[str]) -> Asked:
    """Check everything that can be checked before the design is made."""
    own, overrides = split_words(words, OWN_KEYS)
    if importlib.util.find_spec("SALib") is None:
        raise needs_extra("SALib", "sensitivity")
    method = own.get("method", "morris")
    if method not in _SIZES:
        raise InputError("method", method, f"one of {', '.join(_SIZES)}", hint=did_you_mean(method, _SIZES))
    size = whole_number("size", own.get("size"), _SIZES[method], 2, 100_000)
    if method == "sobol" and size & (size - 1):
        raise InputError("size", size, "a power of two for method=sobol")
    arms = arms_of(own, overrides)
    metrics = metrics_of(own)
    conditions = conditions_of(own)
    plan = run_plan(own, arms, "sensitivity", 4, CLUSTER_EXECUTORS, default="processes")
    spoken = language_of(own)
    varied, left = factors(
        name_list(own.get("parameters", "")),
        arms[-1],
        name_list(own.get("grades", "assumed")),
        name_list(own.get("without", "")),
    )
    return Asked(method, size, arms, metrics, conditions, plan, spoken, varied, left)


def carry_out(asked: Asked, words: Sequence[str]) -> None:
    """Run the design, write tables and figures, tell what was found."""
    method, size, arms, plan = asked.method, asked.size, asked.arms, asked.plan
    metrics, conditions, varied = asked.metrics, asked.conditions, asked.varied
    further = [file for metric in metrics[1:] for file in pictures(f"sensitivity_{metric}")]
    with OutputFolder(plan.out, (*FILES, *further)) as output:
        import numpy as np
        import pandas as pd

        from analysis.statistics.sensitivity import design, indices, is_constant, noise_share
        from experiments.designs.design_runs import over_design, tell_varied
        from experiments.output.manifest import manifest

        names = [factor.key for factor in varied]
        points = design(names, method, size, plan.seed)
        runs = len(points) * plan.replications * len(arms)
        counts = len(varied), len(points), plan.replications, runs
        print(tell("{} parameters, {} points, {} replications: {} runs.", *counts))
        tell_varied(varied, asked.left, arms)
        started = datetime.now().astimezone()
        outcomes, there = over_design(varied, points, arms, plan, metrics, "cogov sensitivity", conditions)
        try:
            tables = {
                metric: indices(names, method, points, values, plan.seed)
                for metric, values in outcomes.items()
            }
        except ValueError as error:
            raise InputError("size", size, "large enough", hint=str(error)) from None
        signs = sign_table(outcomes)
        if conditions:
            told = ", ".join(map(str, conditions))
            some = sign_table({metric: values[there] for metric, values in outcomes.items()}, told)
            signs = pd.concat([signs, some], ignore_index=True)
        output.add_table("points.csv", _point_table(varied, points, outcomes))
        output.add_table("sign.csv", signs)
        every = [table.assign(metric=metric) for metric, table in tables.items()]
        output.add_table("sensitivity.csv", pd.concat(every, ignore_index=True))
        for metric, table in tables.items():
            name = "sensitivity" if metric == metrics[0] else f"sensitivity_{metric}"
            _draw(table, method, metric, name, output, words, asked.language)
        output.finish(manifest("sensitivity", words, plan, range(plan.replications), started, "complete"))
    for metric, values in outcomes.items():
        lost = int((~np.isfinite(values)).any(axis=1).sum())
        if lost:
            print(
                tell(
                    "{} of {} points have no finite {}; what needs them is left out.",
                    lost,
                    len(values),
                    metric,
                )
            )
        if is_constant(values):
            print(
                tell(
                    "{} is the same at all points: no parameter moves it, and indices of it say nothing.",
                    metric,
                )
            )
        _tell(tables[metric], method, metric, arms, noise_share(values))
    if len(arms) == 2:
        pair = arms[1].name, arms[0].name
        print("\n" + tell("Sign of {} minus {} over the points, shares of them:", *pair))
        print(_as_text(signs))
    files = "sensitivity.csv, points.csv, sign.csv, sensitivity.png, sensitivity.svg"
    print("\n" + tell("Written to {}: {}.", visible(plan.out), files))
    for metric, table in tables.items():
        print(_answer(table, method, metric))


def arms_of(own: dict[str, str], overrides: Sequence[str]) -> list[Scenario]:
    """Return the one scenario, or the two whose difference is the outcome."""
    if "scenarios" not in own:
        return [load_scenario(own.get("scenario", BASELINE), overrides)]
    if "scenario" in own:
        raise InputError("scenario", own["scenario"], "either scenario= or scenarios=")
    arms = load_arms(name_list(own["scenarios"]), overrides)
    if len(arms) != 2:
        raise InputError("scenarios", own["scenarios"], "two, the difference of the second from the first")
    return arms


def sign_table(outcomes: "Mapping[str, np.ndarray]", within: str = "") -> "pd.DataFrame":
    """Return how each outcome, averaged over replications, lies about zero over the points of a design.

    Points are spread evenly over the ranges, which is no distribution of real communities. Those without a
    finite outcome are left out. `within` says what kind of place these points are, empty for all.

    Returns
    -------
    DataFrame
        A row a metric: within, metric, points, shares below, at and above zero, mean, standard deviation.
    """
    import numpy as np
    import pandas as pd

    rows = []
    for metric, values in outcomes.items():
        mean = values[np.isfinite(values).all(axis=1)].mean(axis=1)
        rows.append(
            {
                "within": within,
                "metric": metric,
                "points": len(mean),
                "below": float((mean < 0.0).mean()) if len(mean) else float("nan"),
                "zero": float((mean == 0.0).mean()) if len(mean) else float("nan"),
                "above": float((mean > 0.0).mean()) if len(mean) else float("nan"),
                "mean": float(mean.mean()) if len(mean) else float("nan"),
                "sd": float(mean.std(ddof=1)) if len(mean) > 1 else float("nan"),
            }
        )
    return pd.DataFrame(rows)


def _point_table(
    varied: Sequence[Factor], points: Any, outcomes: "Mapping[str, np.ndarray]"
) -> "pd.DataFrame":
    import pandas as pd

    rows = pd.DataFrame({factor.key: factor.values(points[:, k]) for k, factor in enumerate(varied)})
    for metric, values in outcomes.items():
        name = "outcome" if len(outcomes) == 1 else f"outcome_{metric}"
        for replication in range(values.shape[1]):
            rows[f"{name}_{replication}"] = values[:, replication]
    return rows


def _draw(
    table: "pd.DataFrame",
    method: str,
    metric: str,
    name: str,
    output: OutputFolder,
    words: Sequence[str],
    spoken: str,
) -> None:
    from analysis.figures import Provenance, write_ranking
    from analysis.statistics.intervals import NOT_NEGATIVE, SHARE, cut
    from experiments.output.manifest import code_hash

    shown = table.copy()
    columns = {}
    for value, spread in _SPREADS[method].items():
        middle, reach = shown[value].to_numpy(float), shown[spread].to_numpy(float)
        # A mean size is not below 0, and a share of the variance lies in [0, 1].
        range_ = NOT_NEGATIVE if method == "morris" else SHARE
        low, high = cut(middle, middle - reach, middle + reach, range_)
        shown[f"{value}_low"], shown[f"{value}_high"] = low, high
        columns[value] = (f"{value}_low", f"{value}_high")
    source = Provenance(code_hash()[:12], shlex.join(["cogov", "sensitivity", *words]))
    # Sobol's indices are shares of the variance.
    outcome = metric if method == "morris" else ""
    folder = output.partial
    write_ranking(shown, columns, "parameter", folder, name, source, spoken, _CHANCE, outcome)


#: Columns drawn, each with the half-width of its interval; and with what chance alone gives it.
_SPREADS = {"morris": {"mu_star": "mu_star_conf"}, "sobol": {"first": "first_conf", "total": "total_conf"}}
_CHANCE = {"mu_star": "noise_mu_star", "total": "noise_total"}


def _tell(table: "pd.DataFrame", method: str, metric: str, arms: Sequence[Scenario], noise: float) -> None:
    from analysis.metrics import metric as metric_named

    what = f"{metric_named(metric).label(language())} ({metric})"
    if len(arms) > 1:
        what = tell("{}, {} minus {}", what, arms[1].name, arms[0].name)
    print("\n" + tell("Outcome: {}", what))
    print(_as_text(table.head(12)))
    if math.isfinite(noise):
        value = "mu_star" if method == "morris" else "total"
        low = table[value] - table[f"{value}_conf"]
        beyond, nothing = int((low > table[_CHANCE[value]]).sum()), int((table[value] == 0.0).sum())
        counts = beyond, len(table), nothing
        print(tell("{} of {} parameters stand out from chance; {} change nothing.", *counts))
        print(tell("Chance makes {:.0f} % of the variance of single runs over this design.", 100 * noise))


def _as_text(table: "pd.DataFrame") -> str:
    """Set a table for a terminal, with the heads that have words in the language of this command line."""
    from analysis.findings.text_table import layout

    known = pairs() if language() == "zh" else {}
    heads = [tell(name) if name in known else name for name in map(str, table.columns)]
    lines = [[f"{cell:.4g}" if isinstance(cell, float) else str(cell) for cell in row]
             for row in table.itertuples(index=False, name=None)]  # fmt: skip
    return layout([heads, *lines])


def _answer(table: "pd.DataFrame", method: str, metric: str) -> str:
    """Return in a line what moves the outcome most, by how much, and whether that is more than chance."""
    import numpy as np

    from analysis.findings.parameter_names import parameter_name
    from analysis.findings.text_table import unit_text
    from analysis.metrics import metric as metric_named

    value, spoken = "mu_star" if method == "morris" else "total", language()
    known = table[np.isfinite(table[value])]
    named = metric_named(metric).label(spoken)
    if known.empty or float(known[value].max()) == 0.0:
        return tell("Answer: no parameter moves {}.", named)
    top = known.sort_values(value, ascending=False).iloc[0]
    unit = metric_named(metric).unit
    shown = unit_text(unit, spoken) if method == "morris" and unit != "share" else ""
    size = f"{top[value]:.3g} ± {top[f'{value}_conf']:.2g} {shown}".strip()
    who = f"{parameter_name(str(top['parameter']), spoken)} ({top['parameter']})"
    beyond = float(top[value] - top[f"{value}_conf"]) > float(top[_CHANCE[value]])
    if not beyond:
        return tell("Answer: nothing moves {} more than chance; the largest is {}: {}.", named, who, size)
    if method == "sobol":
        return tell("Answer: {} is moved most by {}: share of the variance {}.", named, who, size)
    return tell(
        "Answer: {} is moved most by {}: mean size of the change over its range {}.", named, who, size
    )
