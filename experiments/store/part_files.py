"""How parts are named on disk: known without what reads them, so that a wrong folder is told at once."""

import os
import re
import stat
from pathlib import Path

from experiments.store.locks import SESSION
from experiments.system.files import PREFIX

#: What parts are called, whole and in the making; other files beside them are not ours.
PART = re.compile(rf"{SESSION}-(?:tidy-)?\d{{6}}(?:\.(?P<checksum>[0-9a-f]{{16}}))?\.parquet")
PARTIAL = re.compile(rf"{re.escape(PREFIX)}(?P<owner>.+?)(?:-tidy)?-\d{{6}}\.parquet")


def part_names(folder: Path) -> list[str]:
    """Return the names of all parts, in order."""
    return sorted(
        entry.name
        for entry in os.scandir(folder)
        if entry.name.endswith(".parquet") and not entry.name.startswith(".")
    )


def is_ours(path: Path) -> bool:
    """Whether a file is a part that this program wrote: by its name, and no link to something else."""
    return PART.fullmatch(path.name) is not None and stat.S_ISREG(path.lstat().st_mode)
