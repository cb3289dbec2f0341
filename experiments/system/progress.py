"""The progress bar of anything that may take more than two seconds."""

import contextlib
import sys
from collections.abc import Iterator
from typing import Any


@contextlib.contextmanager
def progress_bar(total: int, unit: str) -> Iterator[Any]:
    """Yield a bar that shows itself after two seconds, and only on a terminal."""
    from tqdm import tqdm

    silent = not sys.stderr.isatty()
    with tqdm(total=total, unit=unit, delay=2, disable=silent, file=sys.stderr) as bar:
        yield bar
