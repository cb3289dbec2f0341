"""What a compiled function contains, as a hash: its own bytecode and constants, and those of all it calls.

Numba looks at a function's own file alone, so it would go on with machine code that holds an outdated rule or
number of another file. A hash of all sources would discard the loop at every edit of a docstring. Here the
functions that are linked together are followed from one to the next through the names that they use; what
stands in comments, docstrings and other code is no part of it. A value of a kind that is not known here makes
all sources count: rather compiled too often than wrong.
"""

import dis
import functools
import hashlib
import inspect
import sys
import types
from pathlib import Path
from typing import Any

import numpy as np
from numba.core.dispatcher import Dispatcher
from numba.core.types import Type
from numba.extending import _Intrinsic

from sim.engine.sources import LIBRARIES, all_sources

#: Sources that decide how functions become machine code; those of intrinsics are found where they are used.
MACHINERY = tuple(Path(__file__).with_name(name) for name in ("jit.py", "state_pointer.py"))
_PLAIN = (bool, int, float, complex, str, bytes, type(None), type(Ellipsis))
_LIBRARIES = {*LIBRARIES, *sys.stdlib_module_names}
_FIRST_CONSTANT = tuple(
    bytes([dis.opmap[name], 0]) for name in ("LOAD_CONST", "RETURN_CONST") if name in dis.opmap
)


def contents_hash(function: Any) -> str:
    """Return the hash of everything that a function's machine code is made of, types of arguments apart."""
    digest = hashlib.sha256()
    for file in MACHINERY:
        digest.update(code_of(file))
    for one in functions_of(function):
        text, called = _own(one)
        digest.update(text)
        # In the order of names: which function a name stands for is part of what a function is.
        digest.update(b",".join(f"{each.__module__}.{each.__qualname__}".encode() for each in called))
    return digest.hexdigest()[:20]


def functions_of(function: Any) -> list[Any]:
    """Return the Python functions of all that a compiled function is made of, itself first."""
    found: dict[Any, None] = {}
    waiting = [_python(function)]
    while waiting:
        here = waiting.pop()
        if here not in found:
            found[here] = None
            waiting += reversed(_own(here)[1])
    return list(found)


def is_known(function: Any) -> bool:
    """Whether everything that a function is made of is of a known kind."""
    return not any(all_sources() in _own(one)[0] for one in functions_of(function))


def _python(function: Any) -> Any:
    """Return the Python function that is compiled where a name stands for this one."""
    declared = getattr(function, "moment", None)
    return declared.written().py_func if declared is not None else getattr(function, "py_func", function)


@functools.cache
def _own(function: Any) -> tuple[bytes, tuple[Any, ...]]:
    """Return what a function is made of itself, and the functions that it names."""
    parts: list[bytes] = []
    called: list[Any] = []
    names: list[str] = []
    _add_code(function.__code__, function.__doc__, parts, names)
    for value in (function.__defaults__, function.__kwdefaults__):
        _add(value, parts, called)
    for cell in function.__closure__ or ():
        _add(cell.cell_contents, parts, called)
    modules = []
    for name in names:
        if name in function.__globals__:
            value = function.__globals__[name]
            parts.append(name.encode())
            _add(value, parts, called)
            if isinstance(value, types.ModuleType) and not _of_a_library(value.__name__):
                modules.append(value)
    # What is reached as an attribute of a module; names of columns among them do no harm.
    for module in modules:
        for name in names:
            if name in vars(module):
                parts.append(f"{module.__name__}.{name}".encode())
                _add(vars(module)[name], parts, called)
    return b"\0".join(parts), tuple(called)


def _add_code(code: types.CodeType, doc: str | None, parts: list[bytes], names: list[str]) -> None:
    parts += [code.co_code, " ".join(code.co_names).encode(), b"%d %d" % (code.co_argcount, code.co_flags)]
    names += [name for name in code.co_names if name not in names]
    for place, constant in enumerate(code.co_consts):
        if isinstance(constant, types.CodeType):
            _add_code(constant, None, parts, names)
        # The first is the docstring where there is one; it counts if the code reads it, too.
        elif place or constant != doc or doc is None or any(read in code.co_code for read in _FIRST_CONSTANT):
            _add(constant, parts, [])


def _add(value: Any, parts: list[bytes], called: list[Any]) -> None:
    """Add a value that a function reads, or the function that a name stands for."""
    if isinstance(value, _PLAIN):
        parts.append(f"{type(value).__name__} {value!r}".encode())
    elif isinstance(value, tuple | list):
        parts.append(f"{type(value).__name__} {len(value)}".encode())
        for item in value:
            _add(item, parts, called)
    elif isinstance(value, frozenset | set | dict):
        parts.append(type(value).__name__.encode())
        for item in sorted(value.items() if isinstance(value, dict) else value, key=repr):
            _add(item, parts, called)
    elif isinstance(value, np.ndarray | np.generic):
        parts += [repr((value.dtype.descr, value.shape)).encode(), value.tobytes()]
    elif isinstance(value, np.dtype):
        parts.append(repr((value, value.itemsize, value.fields)).encode())
    elif isinstance(value, Dispatcher):
        if not _of_a_library(value.__module__):
            called.append(_python(value))
    elif isinstance(value, types.FunctionType) and not _of_a_library(value.__module__):
        called.append(value)
    elif isinstance(value, _Intrinsic):
        parts.append(code_of(Path(inspect.getfile(value._defn))))
    elif isinstance(value, Type):
        parts.append(repr(value).encode())
    elif isinstance(value, types.ModuleType):
        parts.append(value.__name__.encode())
    elif isinstance(value, type | types.BuiltinFunctionType | types.FunctionType | np.ufunc):
        module = getattr(value, "__module__", None) or "numpy"
        parts.append(f"{module}.{value.__name__}".encode())
        if isinstance(value, type) and not _of_a_library(module):
            parts.append(repr(getattr(value, "_fields", None) or all_sources()).encode())
    else:
        parts.append(all_sources())


def _of_a_library(module: str) -> bool:
    """Whether a module is of those whose versions the cache's folder is named by."""
    return module.partition(".")[0] in _LIBRARIES


@functools.cache
def code_of(file: Path) -> bytes:
    """Return what a source file says, without its comments and docstrings."""
    parts: list[bytes] = []
    _add_code(compile(file.read_bytes(), "", "exec", optimize=2, dont_inherit=True), None, parts, [])
    return b"\0".join(parts)
