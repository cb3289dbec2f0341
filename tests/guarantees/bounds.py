"""The covering runs compiled with bounds checked: nothing is read outside an array, the bits are the same.

`make test` has the same runs uncompiled, where NumPy refuses what lies beyond an array's end
(`test_covering_runs`); this is the machine code itself, and takes a compilation of its own.
"""

import json
import sys
import tempfile

from tests.guarantees.covering import covering_fingerprints
from tests.guarantees.runs import python

CODE = """
import json
from tests.guarantees.covering import covering_fingerprints
print(json.dumps(covering_fingerprints()))
"""


def main() -> int:
    """Say which runs differ; 0 if none does."""
    with tempfile.TemporaryDirectory() as cache:
        checked = json.loads(python(CODE, COGOV_CACHE_DIR=cache, NUMBA_BOUNDSCHECK="1"))
    ours = covering_fingerprints()
    faults = [label for label in ours if checked.get(label) != ours[label]]
    print(f"bounds checked: {len(ours) - len(faults)} of {len(ours)} covering runs have the same bits")
    for label in faults:
        print(f"  differs: {label}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
