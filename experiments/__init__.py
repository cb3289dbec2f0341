"""Many runs: the command line, replications in one or several processes, files that hold the results.

Builds on `sim` (one run) and `analysis` (records to answers), and is imported by neither. The modules here
are what `python -m` starts: `cli` (the command `cogov`), `break_even`, `decisions`, `odd`; nothing
imports them. Below them, from the top down, each importing those after it: `command_line`, `dashboard`,
`published`, `staffing`, `results`, `designs`, `store`, `output`, `executors`, `runs`, `arguments`, `system`.
"""

from pathlib import Path

from cogov_start import require

require(Path(__file__).resolve().parents[1], ("scenarios", "sim", "analysis"))
