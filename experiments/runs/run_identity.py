"""What makes two runs the same run: configuration, seed path, what is measured, version of the code.

What a scenario is called changes no result and is left out. A request file counts by its content, not by
where it lies.
"""

import hashlib
import json
from pathlib import Path

from sim.parameters.scenario import Scenario

#: Parts of a scenario that only name it.
LABELS = ("name", "title", "description", "evidence")
ID_LENGTH = 24


def configuration(scenario: Scenario) -> str:
    """Return everything in a scenario that can change a result, as JSON in one fixed order."""
    values = scenario.model_dump(mode="json", exclude=set(LABELS))
    for key, digest in contents(scenario).items():
        group, name = key.split(".")
        values[group][name] = digest
        if key == "demand.stream":
            values[group]["mapping"] = None  # part of the digest
    return json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def contents(scenario: Scenario) -> dict[str, str]:
    """Return the parameters that name a file, with the hash of what is in it."""
    found = {}
    if scenario.demand.stream is not None:
        from sim.request_file.loading import cached_stream

        found["demand.stream"] = cached_stream(scenario.demand.stream, scenario.demand.mapping).digest
    if scenario.city.folder is not None:
        files = [Path(scenario.city.folder) / name for name in ("city.json", "posterior.parquet")]
        found["city.folder"] = hashlib.sha256(b"".join(map(_hash_of, files))).hexdigest()
    if scenario.calendar.holiday_dates:
        dates = scenario.calendar.holiday_dates
        found["calendar.holidays"] = hashlib.sha256(dates.encode()).hexdigest()
    if scenario.roster.shifts:
        found["roster.file"] = hashlib.sha256(scenario.roster.shifts.encode()).hexdigest()
    network = scenario.verification.network_file
    if network is not None:
        found["verification.network_file"] = _hash_of(Path(network)).hex()
    return found


def _hash_of(file: Path) -> bytes:
    return hashlib.sha256(file.read_bytes()).digest()


def configuration_hash(text: str) -> bytes:
    """Return the hash of a configuration as hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()[:ID_LENGTH].encode()


def run_identity(configuration_digest: bytes, seed: int, replication: int, code: str) -> bytes:
    """Return the identity of a run as hexadecimal digits."""
    text = b"\0".join([configuration_digest, b"%d/%d" % (seed, replication), code.encode()])
    return hashlib.sha256(text).hexdigest()[:ID_LENGTH].encode()
