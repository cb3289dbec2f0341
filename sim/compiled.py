"""The two decorators for compiled code, and a compile cache that cannot serve an outdated rule.

Numba decides whether a cached function is current by looking at that function's own file alone: after an
edit to a rule that the loop calls, the cached loop would go on with the old rule while an agent's method
used the new one. The cache folder is therefore named by a hash of every source file of `sim` and of the
versions that produce the machine code.
"""

import hashlib
import os
import platform
import shutil
import sys
import time
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any

import llvmlite.binding
import numba
import numpy
from numba.core import codegen

#: Old cache folders beyond this number are removed, oldest first.
_FOLDERS_KEPT = 12
#: A folder used within this many days may belong to a run in progress.
_DAYS_KEPT = 2


def source_hash() -> str:
    """Return the hash of all sources of `sim` and of the Python, NumPy and Numba versions."""
    digest = hashlib.sha256()
    root = Path(__file__).parent
    for path in sorted(root.rglob("*.py")):
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(path.read_bytes())
    for version in (sys.version, numpy.__version__, numba.__version__, platform.machine()):
        digest.update(version.encode())
    return digest.hexdigest()[:20]


def _cache_root() -> Path:
    named = os.environ.get("COGOV_CACHE_DIR") or os.environ.get("NUMBA_CACHE_DIR")
    if named:
        return Path(named)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "cogov"


def _prepare_cache() -> Path:
    root = _cache_root()
    folder = root / f"compiled-{source_hash()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        os.utime(folder)
        others = sorted(root.glob("compiled-*"), key=lambda p: p.stat().st_mtime)[:-_FOLDERS_KEPT]
        for old in others:
            if time.time() - old.stat().st_mtime > _DAYS_KEPT * 86400:
                shutil.rmtree(old, ignore_errors=True)
    except OSError:
        # Numba says itself, when it first writes, that the folder cannot be used.
        pass
    return folder


CACHE_FOLDER = _prepare_cache()
numba.config.CACHE_DIR = str(CACHE_FOLDER)

#: Names of the functions that are only ever linked into an entry.
_linked_only: set[str] = set()


def _skip_unused_machine_code() -> None:
    """Keep Numba from optimising and translating functions that are only linked into others.

    Numba does both for every function with all it calls, then again for each caller: for a hundred
    functions over the same arrays that doubles the compile time. The entry that holds them is optimised as
    a whole. This reaches into Numba's internals; where they are not as expected it does nothing, and
    compiling takes longer.
    """
    try:
        library = codegen.CPUCodeLibrary
        optimise = library._optimize_final_module
        finish = library._finalize_final_module
        set_env = codegen.JITCPUCodegen.set_env
    except AttributeError:
        return

    def optimise_used(self: Any) -> None:
        if self.name in _linked_only:
            return
        # What was linked in is called from here alone: said so, LLVM inlines it, drops the arguments that
        # nothing reads (an array is seven of them) and does not translate what no longer stands alone.
        for function in self._final_module.functions:
            if not function.is_declaration and function.linkage == llvmlite.binding.Linkage.linkonce_odr:
                function.linkage = llvmlite.binding.Linkage.internal
        optimise(self)

    def finish_used(self: Any) -> None:
        if self.name not in _linked_only:
            finish(self)
            return
        self._finalize_dynamic_globals()
        self._verify_declare_only_symbols()
        self._final_module.__library = weakref.proxy(self)
        self._finalized = True

    def set_env_used(self: Any, env_name: str, env: Any) -> None:
        # A function without machine code has no environment to set.
        if self._engine.get_global_value_address(env_name):
            set_env(self, env_name, env)

    library._optimize_final_module = optimise_used
    library._finalize_final_module = finish_used
    codegen.JITCPUCodegen.set_env = set_env_used


if numba.__version__.startswith("0.68.") and not numba.config.DISABLE_JIT:
    _skip_unused_machine_code()


def entry(function: Callable[..., Any]) -> Any:
    """Compile a function that Python calls; its machine code is cached with all it calls."""
    return numba.njit(cache=True, nogil=True, error_model="numpy")(function)


def inner(function: Callable[..., Any]) -> Any:
    """Compile a function that only compiled code calls; it may not allocate.

    Without reference counting: the caller of an entry holds every array, and counting references to two dozen
    arrays at every call made the loop five times slower. Without a wrapper for Python, which for such
    functions costs more to compile than their body. Not cached: the entry that calls it holds its code.
    """
    # Numba names a function's code by this; no other package's function may share it.
    function.__qualname__ = f"{function.__module__}.{function.__qualname__}"
    _linked_only.add(function.__qualname__)
    options = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True, "_nrt": False}
    return numba.njit(nogil=True, error_model="numpy", **options)(function)


def rule(function: Callable[..., Any]) -> Any:
    """Compile a behavioural rule: numbers in, a number out; called by the engine and by an agent's method."""
    return numba.njit(cache=True, nogil=True, error_model="numpy")(function)


def is_warm(function: Any) -> bool:
    """Whether calling an entry compiles nothing: its code is in the cache, or compiling is off."""
    if numba.config.DISABLE_JIT:
        return True
    function = getattr(function, "compiled", function)
    # Another checkout of the same sources shares the folder, not the code in it.
    folder = Path(function._cache.cache_path)
    return any(folder.glob(f"*{function.__name__}*.nbc"))
