"""What makes two runs the same run: configuration, seed path, what is measured, version of the code.

What a scenario is called changes no result and is left out. A request file counts by its content, not by
where it lies.
"""

import functools
import hashlib
import importlib.util
import json
from importlib import metadata
from pathlib import Path

from experiments.functions import split_reference
from sim.parameters import Scenario

#: Parts of a scenario that only name it.
LABELS = ("name", "title", "description", "evidence")
#: Libraries whose version may move an estimate; those below the engine are in `sim.compiled.source_hash`.
_LIBRARIES = ("pandas", "scipy")
ID_LENGTH = 24


def configuration(scenario: Scenario) -> str:
    """Return everything in a scenario that can change a result, as JSON in one fixed order."""
    values = scenario.model_dump(mode="json", exclude=set(LABELS))
    if scenario.demand.stream is not None:
        from sim.streams import cached_stream

        values["demand"]["stream"] = cached_stream(scenario.demand.stream, scenario.demand.mapping).digest
        values["demand"]["mapping"] = None
    network = scenario.verification.network_file
    if network is not None:
        values["verification"]["network_file"] = hashlib.sha256(Path(network).read_bytes()).hexdigest()
    return json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def configuration_hash(text: str) -> bytes:
    """Return the hash of a configuration as hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()[:ID_LENGTH].encode()


def run_identity(configuration_digest: bytes, seed: int, replication: int, code: str) -> bytes:
    """Return the identity of a run as hexadecimal digits."""
    text = b"\0".join([configuration_digest, b"%d/%d" % (seed, replication), code.encode()])
    return hashlib.sha256(text).hexdigest()[:ID_LENGTH].encode()


@functools.cache
def code_version(simulate: str, measure: str) -> str:
    """Return the hash of the sources that make a number: the model, the analysis, both functions named."""
    from sim.compiled import source_hash

    digest = hashlib.sha256(f"{simulate} {measure} {source_hash()}".encode())
    root = Path(__file__).resolve().parents[2]
    files = set((root / "analysis").glob("*.py"))
    for reference in (simulate, measure):
        found = importlib.util.find_spec(split_reference(reference)[0])
        if found is not None and found.origin is not None and not found.origin.startswith(str(root / "sim")):
            files.add(Path(found.origin))
    for path in sorted(files, key=lambda path: path.name):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    for name in _LIBRARIES:
        digest.update(metadata.version(name).encode())
    return digest.hexdigest()[:20]
