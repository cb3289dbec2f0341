"""Which bits change: fingerprints of all covering runs, kept before an edit and compared after it.

    .venv/bin/python -m tests.guarantees.fingerprints keep out/before.json
    .venv/bin/python -m tests.guarantees.fingerprints compare out/before.json

`compare` names the runs, tables and columns that differ; exit status 0 the same, 1 different.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.guarantees.covering import covering_fingerprints

Prints = dict[str, dict[str, str]]


def differences(before: Prints, after: Prints) -> Iterator[str]:
    """Yield a line for each run that is not the same: what is new in it, gone from it or different."""
    for label in dict.fromkeys((*before, *after)):
        if label not in before or label not in after:
            yield f"{label}: only {'after' if label in after else 'before'} the edit"
            continue
        old, new = before[label], after[label]
        names = [name for name in dict.fromkeys((*old, *new)) if old.get(name) != new.get(name)]
        if names:
            yield f"{label}: {', '.join(names)}"


def main(words: list[str]) -> int:
    """Keep or compare; return the exit status."""
    match words:
        case ["keep", path]:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            Path(path).write_text(json.dumps(covering_fingerprints()), encoding="utf-8")
            return 0
        case ["compare", path]:
            before = json.loads(Path(path).read_text(encoding="utf-8"))
            lines = list(differences(before, covering_fingerprints()))
            print("\n".join(lines) if lines else f"Same: all {len(before)} runs")
            return 1 if lines else 0
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
