"""Where does co-governance break even? The difference over convener effect, session capacity and paperwork.

Usage:   python -m experiments.break_even [replications=INT] [seed=INT] [out=FOLDER] [key=value ...]
Example: python -m experiments.break_even replications=20 out=out/break_even

Every cell is `co_governance` against `administration_led` on the same needs and luck, with three numbers
changed in `co_governance` alone: `referral.convener_effect`, `joint_session.capacity`, and the share of
staff time lost to paperwork (set as `paperwork.base_share` with one platform). The baseline stays at its
defaults. Overrides apply to both. Writes break_even.csv and the figure. The cells are those of the published
experiment (`cogov reproduce break_even`), here with other parameters, luck or replications.
"""

import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pandas as pd

from experiments.arguments.key_values import split_words, whole_number
from experiments.arguments.run_plan import processors
from experiments.output.manifest import brief_manifest, code_hash
from experiments.output.output_folder import OutputFolder, pictures
from experiments.published.entry import load_cells
from experiments.published.reproduction import run_entry
from experiments.system.interrupts import stoppable
from sim.errors import InputError
from sim.scenario.loading import load_scenario


def surface(overrides: Sequence[str], seed: int, replications: int, jobs: int) -> pd.DataFrame:
    """Run all cells; return their paired differences with 95 % intervals."""
    entry = load_cells("break_even").changed(overrides, seed, replications)
    table = run_entry(entry, jobs)
    table = table[table["arm"] == "co_governance"]
    kept = [factor.name for factor in entry.factors]
    kept += ["difference", "difference_low", "difference_high"]
    return table[kept].assign(replications=replications).reset_index(drop=True)


def main(words: Sequence[str]) -> int:
    """Run the study from the command line."""
    own, overrides = split_words(words, ("seed", "replications", "out"))
    seed = whole_number("seed", own.get("seed"), 1, 0, 2**31 - 1)
    replications = whole_number("replications", own.get("replications"), 20, 2, 100_000)
    out = Path(own.get("out", "out/break_even"))
    load_scenario(overrides=overrides)
    started = datetime.now().astimezone()
    with OutputFolder(out, ["break_even.csv", *pictures("break_even")]) as output:
        table = surface(overrides, seed, replications, processors())

        from analysis.figures import Provenance, write_break_even

        output.add_table("break_even.csv", table)
        command = " ".join(["python -m experiments.break_even", *words])
        picture = write_break_even(table, output.partial, Provenance(code_hash()[:12], command))
        output.finish(brief_manifest(command, started))
    better = int((table.difference_high < 0).sum())
    worse = int((table.difference_low > 0).sum())
    print(
        f"{len(table)} cells of {replications} pairs: co-governance sooner in {better}, later in {worse}, "
        f"no clear difference in {len(table) - better - worse}. Written: {out / picture.name}"
    )
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
