"""Where the command `cogov` begins: it makes sure that the packages about to be loaded are ours.

`sim`, `analysis`, `experiments` and `scenarios` are names that others give their files, too. A module of that
name in a folder that Python searches first (PYTHONPATH, the working folder with `python -m`, the folder of a
script) would be loaded instead, and fail far from the cause. This module has a name that nobody else gives,
and needs nothing but the standard library.
"""

import gc
import importlib.util
import os
import sys
from pathlib import Path

#: How many objects are made before Python looks for unreachable ones: about as many as a start makes.
OBJECTS_BETWEEN_COLLECTIONS = 200_000
PACKAGES = ("scenarios", "sim", "analysis", "experiments")


def hidden(root: Path, names: tuple[str, ...] = PACKAGES) -> str:
    """Return in a line which package beside ours another module hides, and what to do, or nothing."""
    for name in names:
        ours = root / name / "__init__.py"
        found = _found(name)
        if not ours.is_file() or (found is not None and found.resolve() == ours.resolve()):
            continue
        if found is None:
            return (
                f"Python does not find cogov's package {name!r}, though it lies in {root}: install cogov anew"
            )
        if found.name == "__init__.py":
            found = found.parent
        return (
            f"{found} hides cogov's own package {name!r}: rename it, or keep {found.parent} out of Python's "
            f"search path (PYTHONPATH; the working folder with python -m; the folder of the script)"
        )
    return ""


def require(root: Path, names: tuple[str, ...]) -> None:
    """Raise ImportError, or end ``python -m`` with a line and status 2, where a package is hidden."""
    if line := hidden(root, names):
        # So it is called while `python -m` still looks for the module to run.
        if sys.argv[:1] == ["-m"]:
            sys.exit(_refuse(line))
        raise ImportError(line)


def main() -> int:
    """Run the command line and return the exit status."""
    if line := hidden(Path(__file__).resolve().parent):
        return _refuse(line)
    # To look for plugins of pydantic, it would read what is said of every installed package.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # What is loaded stays: to look through it for garbage, again and again, takes a tenth of a start.
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    from experiments.cli import main

    return main()


def _refuse(line: str) -> int:
    print(f"cogov: {' '.join(line.split())}", file=sys.stderr)
    return 2


def _found(name: str) -> Path | None:
    """Return the file that `import name` takes."""
    try:
        spec = importlib.util.find_spec(name)
    except ValueError:  # loaded by hand
        file = getattr(sys.modules[name], "__file__", None)
    else:
        file = spec.origin if spec is not None and spec.has_location else None
    return Path(file) if file else None


if __name__ == "__main__":
    sys.exit(main())
