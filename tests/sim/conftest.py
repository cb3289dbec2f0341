"""Compiled code is loaded at the first call of whichever test comes first: no deadline for one example."""

from hypothesis import settings

settings.register_profile("compiled", deadline=None)
settings.load_profile("compiled")
