"""Many runs: the command line, replications in one or several processes, files that hold the results.

Builds on `sim` (one run) and `analysis` (records to answers), and is imported by neither.
"""

from pathlib import Path

from cogov_start import require

require(Path(__file__).resolve().parents[1], ("scenarios", "sim", "analysis"))
