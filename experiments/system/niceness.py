"""How a process stands back for others, where the system knows such a thing."""

import os


def stand_back(by: int) -> None:
    """Let other processes come first.

    Parameters
    ----------
    by
        Steps of the system's niceness, 0 to 19. Systems without it change nothing.
    """
    if hasattr(os, "nice"):
        os.nice(by)
