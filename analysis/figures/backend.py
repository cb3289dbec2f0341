"""Matplotlib, whatever the environment names as its way to open windows: figures here are files.

A name in MPLBACKEND that it does not know would end the import. So it is imported here, before anything else
does, without it; a name that it knows is then set as it would have been.
"""

import contextlib
import os

_named = os.environ.pop("MPLBACKEND", None)
try:
    import matplotlib as mpl
finally:
    if _named:
        os.environ["MPLBACKEND"] = _named
if _named:
    with contextlib.suppress(ValueError):
        mpl.rcParams["backend"] = _named
