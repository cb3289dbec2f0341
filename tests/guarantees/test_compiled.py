"""The same bits with the compiler and without it."""

import json

from tests.guarantees.runs import covering_fingerprints, python

CODE = "import json; from tests.guarantees.runs import *; print(json.dumps(covering_fingerprints()))"


def test_compiled_or_not_the_bits_are_the_same() -> None:
    plain = json.loads(python(CODE, NUMBA_DISABLE_JIT="1"))
    for label, compiled in covering_fingerprints().items():
        differ = [name for name, value in compiled.items() if plain[label][name] != value]
        assert not differ, f"{label}: {', '.join(differ)}"
