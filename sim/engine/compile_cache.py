"""Numba's cache of compiled functions for ours alone: in our folder, and never in the way of a run.

A file is named by what it holds (`sim.engine.contents`), so that an edit of a rule or a number takes effect
wherever it is linked in, and any other edit leaves what is compiled.

Numba's own keeps all of a process's functions in one place, goes down with a traceback where a file in it
is cut off or cannot be written, and takes machine code as it comes. Here what is read must be ours and whole,
what cannot be read is compiled anew, and what cannot be kept costs one line. Functions of other packages stay
where Numba would put them.
"""

import contextlib
import functools
import hashlib
import inspect
import os
import pickle
import stat
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numba
from numba.core import caching
from numba.core.runtime import rtsys

from sim.engine.cache_folder import (
    VARIABLE,
    cache_folder,
    is_private,
    owned_by_us,
    remove_outdated_files,
    say_once,
)
from sim.engine.contents import contents_hash

#: Settings of Numba that make other machine code of the same source.
_SETTINGS = ("BOUNDSCHECK", "OPT", "LOOP_VECTORIZE", "SLP_VECTORIZE", "DEBUGINFO_DEFAULT")
#: Versions kept of what is only linked: large, and of use to whoever goes back and forth between edits.
_PIECES_KEPT = 3
_SEAL = hashlib.sha256().digest_size


class UnusableEntry(Exception):
    """A file of the cache is not ours, or not what was written."""


class _Locator(caching._CacheLocator):
    def get_cache_path(self) -> str:
        return str(cache_folder())

    def get_source_stamp(self) -> str:
        return ""  # the name tells

    def get_disambiguator(self) -> str:
        return "all"

    def ensure_cache_path(self) -> None:
        # It may have been removed since the start; what is above it is not ours to make again.
        with contextlib.suppress(FileExistsError):
            os.mkdir(self.get_cache_path(), 0o700)


class _Implementation(caching.CompileResultCacheImpl):
    def __init__(self, function: Callable[..., Any]) -> None:
        # Numba's would go through its list of places, which a setting of the user's may change, and put the
        # source's line into names, which moves with a comment above it.
        self._function = function
        self._locator = _Locator()

    @functools.cached_property
    def all_versions(self) -> str:
        """How the files of a function are called, whatever it holds."""
        file = Path(inspect.getfile(self._function))
        return str(self.get_filename_base(f"{file.stem}.{self._function.__qualname__}", ""))

    @functools.cached_property
    def filename_base(self) -> str:
        # Not before the first call: only then is everything there that the function names.
        return f"{self.all_versions}-{contents_hash(self._function)}"


class _Files(caching.IndexDataCacheFile):
    """Index and data of a function: ours, and sealed with a hash that tells a file cut off or garbled."""

    def load(self, key: Any) -> Any:
        found = super().load(key)
        return found[1] if found is not None and found[0] == key else None

    def save(self, key: Any, data: Any) -> None:
        # With its key: machine code under the name of another's would end the process.
        super().save(key, (key, data))

    def _load_index(self) -> Any:
        if os.path.lexists(self._index_path):
            _must_be_ours(self._index_path)
        return super()._load_index()

    def _load_data(self, name: str) -> Any:
        path = self._data_path(name)
        _must_be_ours(path)
        content = Path(path).read_bytes()
        if hashlib.sha256(content[_SEAL:]).digest() != content[:_SEAL]:
            raise UnusableEntry(path)
        return pickle.loads(zlib.decompress(content[_SEAL:]))

    def _save_data(self, name: str, data: Any) -> None:
        content = zlib.compress(self._dump(data), 1)
        with self._open_for_write(self._data_path(name)) as file:
            file.write(hashlib.sha256(content).digest() + content)

    @contextlib.contextmanager
    def _open_for_write(self, filepath: str) -> Iterator[Any]:
        with super()._open_for_write(filepath) as file:
            if os.name != "nt":
                os.fchmod(file.fileno(), 0o600)
            yield file


def _must_be_ours(path: str) -> None:
    status = os.lstat(path)
    if not stat.S_ISREG(status.st_mode) or not owned_by_us(status):
        raise UnusableEntry(path)


class EngineCache(caching.FunctionCache):
    """The cache of one of our functions.

    Parameters
    ----------
    for_linking
        Whether its code is only ever linked into another's: then no run needs an older version of it.
    """

    _impl_class = _Implementation

    def __init__(self, function: Callable[..., Any], for_linking: bool = False) -> None:
        self._for_linking = for_linking
        inspect.getfile(function)  # OSError or TypeError if it stands in no file
        self._name = repr(function)
        self._py_func = function
        self._impl = _Implementation(function)
        self._cache_path = self._impl.locator.get_cache_path()
        self.enable()

    @functools.cached_property
    def _cache_file(self) -> _Files:
        return _Files(
            cache_path=self._cache_path,
            filename_base=self._impl.filename_base,
            source_stamp=self._impl.locator.get_source_stamp(),
        )

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        """Return the compiled function, or None where it is to be compiled."""
        found = None
        # Whatever is wrong with a file (cut off, another machine's, unreadable): compiling mends it.
        with contextlib.suppress(Exception):
            found = self._kept(sig, target_context)
            os.utime(self._cache_file._index_path)
        if found is None and self._enabled and self._py_func.__module__.startswith("sim."):
            once = "" if is_private(Path(self._cache_path)) else ", once for this version"
            say_once(f"compiling the engine{once} (about a minute) …")
        return found

    def _kept(self, sig: Any, target_context: Any) -> Any:
        # Not as Numba does, which first loads all it knows of types and functions: of use in compiling alone,
        # where it is loaded anyway, and a third of a second of every start, half of it for SciPy. Compiled
        # code needs no more than the memory that it takes from Numba.
        rtsys.initialize(target_context)
        with self._guard_against_spurious_io_errors():
            return self._load_overload(sig, target_context)

    def save_overload(self, sig: Any, data: Any) -> None:
        """Keep a compiled function; where that fails the run goes on without."""
        try:
            try:
                super().save_overload(sig, data)
            except Exception:
                # The index may be unreadable: begin a new one.
                self._cache_file.flush()
                super().save_overload(sig, data)
        except Exception as error:
            if is_private(Path(self._cache_path)):
                return  # that nothing is kept has been told
            reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
            say_once(
                f"compiled code could not be kept in {self._cache_path} ({reason}): cogov compiles again at "
                f"the next start, about a minute; {VARIABLE}=FOLDER names another folder"
            )

        else:
            folder, versions = Path(self._cache_path), self._impl.all_versions
            if self._for_linking:
                remove_outdated_files(folder, versions, kept=_PIECES_KEPT, days=0.0)
            else:
                remove_outdated_files(folder, versions)

    def _index_key(self, sig: Any, codegen: Any) -> Any:
        settings = tuple(str(getattr(numba.config, name, None)) for name in _SETTINGS)
        return (*super()._index_key(sig, codegen), settings)
