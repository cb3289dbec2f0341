"""What results, and the machine code that makes them, depend on: sources and versions, as hashes."""

import functools
import hashlib
import platform
import sys
from pathlib import Path

#: The libraries whose versions can change what a run gives.
LIBRARIES = ("numpy", "numba", "llvmlite")
#: The same processor under the names that different systems have for it.
_PROCESSORS = {"amd64": "x86_64", "arm64": "aarch64"}


@functools.cache
def all_sources() -> bytes:
    """Return the hash of all sources of `sim`."""
    digest = hashlib.sha256()
    root = Path(__file__).resolve().parents[1]
    for path in sorted(root.rglob("*.py"), key=lambda path: path.relative_to(root).as_posix()):
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.digest()


def machine_hash() -> str:
    """Return the hash of what all machine code depends on: the exact build of Python, the libraries."""
    digest = hashlib.sha256()
    for version in (sys.version, *library_versions(LIBRARIES), platform.machine()):
        digest.update(version.encode() + b"\0")
    return digest.hexdigest()[:20]


def result_hash() -> str:
    """Return the hash of what the numbers of a run depend on.

    All sources of `sim`; Python's kind and version up to the second number, not who built it when; system
    and processor, since mathematical functions differ between them in the last bit; the libraries below the
    engine.
    """
    digest = hashlib.sha256(all_sources())
    for version in (*python_and_machine(), *library_versions(LIBRARIES)):
        digest.update(version.encode() + b"\0")
    return digest.hexdigest()[:20]


def python_and_machine() -> tuple[str, ...]:
    """Return what of Python and of the machine can change a number."""
    processor = platform.machine().lower()
    return (
        sys.implementation.name,
        f"{sys.version_info.major}.{sys.version_info.minor}",
        sys.platform,
        _PROCESSORS.get(processor, processor),
    )


def library_versions(names: tuple[str, ...]) -> list[str]:
    """Return the versions of libraries, in the order asked for."""
    # Names of functions are made where words are checked, long before a version is asked for.
    from importlib import metadata

    return [metadata.version(name) for name in names]
