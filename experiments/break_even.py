"""Where does co-governance break even? The difference over convener effect, session capacity and paperwork.

Usage:   python -m experiments.break_even [replications=INT] [seed=INT] [out=FOLDER] [key=value ...]
Example: python -m experiments.break_even replications=20 out=out/break_even

Every cell is `co_governance` against `administration_led` on the same needs and luck, with three numbers
changed in `co_governance` alone: `referral.convener_effect`, `joint_session.capacity`, and the share of
staff time lost to paperwork (set as `paperwork.base_share` with one platform). The baseline stays at its
defaults. Overrides apply to both. Writes break_even.csv and the figure.
"""

import itertools
import multiprocessing
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import pandas as pd

from experiments.arguments import split_words, whole_number
from experiments.manifest import code_hash
from experiments.output import write_text
from experiments.runner import default_simulate, one_thread_each, warm_cache
from sim.errors import InputError
from sim.parameters import Scenario
from sim.scenario import load_scenario

CONVENER_EFFECTS = (0.0, 0.5, 1.0, 1.75, 2.5)
CAPACITIES = (0, 2, 6, 12, 20)
PAPERWORK = (0.20, 0.26, 0.35, 0.50)
#: Cap of the delay in days, as in the headline estimand.
_LIMIT_DAYS = 180.0


def restricted_means(scenario: Scenario, seed: int, replications: int) -> list[float]:
    """Return the mean time to a true solution over all needs, capped at 180 days, of each replication."""
    from sim.simulation import simulate

    means = []
    for replication in range(replications):
        records = simulate(scenario, seed=seed, replication=replication)
        state = records.built.state
        arisen = state.need["arisen_at"]
        first = scenario.warmup_days
        counted = (arisen >= first) & (arisen < first + scenario.horizon_days)
        wait = state.case["solved_at"][counted] - arisen[counted]
        means.append(float(np.minimum(np.where(np.isnan(wait), np.inf, wait), _LIMIT_DAYS).mean()))
    return means


def cells(overrides: Sequence[str]) -> list[tuple[dict[str, float], Scenario]]:
    """Return the settings and the scenario of each cell."""
    found = []
    for effect, capacity, paperwork in itertools.product(CONVENER_EFFECTS, CAPACITIES, PAPERWORK):
        changed = [
            f"referral.convener_effect={effect}",
            f"joint_session.capacity={capacity}",
            "paperwork.platforms=1",
            f"paperwork.base_share={paperwork}",
        ]
        at = {"convener_effect": effect, "session_capacity": capacity, "paperwork": paperwork}
        found.append((at, load_scenario("co_governance", [*overrides, *changed])))
    return found


def study(overrides: Sequence[str], seed: int, replications: int) -> pd.DataFrame:
    """Run all cells; return their paired differences with 95 % intervals."""
    from tqdm import tqdm

    from analysis.intervals import student_interval

    baseline = load_scenario("administration_led", list(overrides))
    grid = cells(overrides)
    warm_cache([baseline], default_simulate())
    context = multiprocessing.get_context("spawn")
    with one_thread_each(), ProcessPoolExecutor(mp_context=context) as pool:
        reference = np.array(pool.submit(restricted_means, baseline, seed, replications).result())
        work = [pool.submit(restricted_means, scenario, seed, replications) for _, scenario in grid]
        rows = []
        progress = tqdm(work, unit="cell", delay=2, disable=not sys.stderr.isatty(), file=sys.stderr)
        for (at, _), answer in zip(grid, progress, strict=True):
            interval = student_interval(np.array(answer.result()) - reference)
            bounds = {"difference_low": interval.low, "difference_high": interval.high}
            rows.append({**at, "difference": interval.mean, **bounds, "replications": replications})
    return pd.DataFrame(rows)


def main(words: Sequence[str]) -> int:
    """Run the study from the command line."""
    own, overrides = split_words(words, ("seed", "replications", "out"))
    seed = whole_number("seed", own.get("seed"), 1, 0, 2**31 - 1)
    replications = whole_number("replications", own.get("replications"), 20, 2, 100_000)
    out = Path(own.get("out", "out/break_even"))
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError("out", str(out), "a folder that can be written", hint=error.strerror or "") from None
    table = study(overrides, seed, replications)

    from analysis.figures import Provenance, write_break_even

    write_text(out / "break_even.csv", table.to_csv(index=False))
    command = " ".join(["python -m experiments.break_even", *words])
    picture = write_break_even(table, out, Provenance(code_hash()[:12], command))
    better = int((table.difference_high < 0).sum())
    worse = int((table.difference_low > 0).sum())
    print(
        f"{len(table)} cells of {replications} pairs: co-governance sooner in {better}, later in {worse}, "
        f"no clear difference in {len(table) - better - worse}. Written: {picture}"
    )
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except InputError as error:
        print(f"cogov: {error}", file=sys.stderr)
        sys.exit(2)
