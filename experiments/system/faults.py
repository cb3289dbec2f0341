"""What a user is told of a fault: one line on standard error."""

import os
import sys
import traceback

from sim.errors import LONGEST_LINE, one_line
from sim.input_files.file_errors import told


class WorkerDied(RuntimeError):
    """A worker process ended without an answer (killed, or out of memory)."""


def report_fault(error: Exception, prefix: str = "") -> None:
    """Report a fault of this program: one line, and the traceback if asked for."""
    text = one_line(told(error) if isinstance(error, OSError) else str(error))
    # A full disk or no memory is the machine's fault rather than the program's, and the text says it all.
    if not isinstance(error, OSError | MemoryError | WorkerDied):
        text = f"internal fault, {type(error).__name__}: {text}"
    debugging = os.environ.get("COGOV_DEBUG") == "1"
    say(f"{prefix}{text or type(error).__name__}{'' if debugging else ' (COGOV_DEBUG=1 shows where)'}")
    if debugging:
        traceback.print_exception(error)


def say(text: str) -> None:
    """One line on standard error."""
    print(f"cogov: {one_line(text, LONGEST_LINE)}", file=sys.stderr)
