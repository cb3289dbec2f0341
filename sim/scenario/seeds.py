"""Which seeds and replications there are: the same on the command line and in Python."""

from sim.errors import InputError

#: Seeds and replications go into a key of 2 x 31 bits (`sim.engine.randomness.run_key`).
LARGEST_SEED = 2**31 - 1


def checked_seed(key: str, value: object) -> int:
    """Return a seed or a replication as a plain whole number; NumPy's whole numbers are taken too.

    Raises
    ------
    InputError
        If it is anything else: True and False, fractions, texts, None, generators, sequences of seeds.
    """
    # Through __index__, which whole numbers of every library have, and fractions and generators have not.
    try:
        number = -1 if isinstance(value, bool) or type(value).__name__ == "bool" else value.__index__()  # type: ignore[attr-defined]
    except (AttributeError, TypeError):
        number = -1
    if not 0 <= number <= LARGEST_SEED:
        hint = (
            "a run's luck follows from seed and replication alone" if hasattr(value, "bit_generator") else ""
        )
        shown = value if isinstance(value, int | float | str | None) else type(value).__name__
        raise InputError(key, shown, f"a whole number from 0 to {LARGEST_SEED}", hint=hint)
    return int(number)
