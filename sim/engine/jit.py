"""The two decorators for compiled code, and a compile cache that cannot serve an outdated rule.

Numba decides whether a cached function is current by looking at that function's own file alone: after an
edit to a rule that the loop calls, the cached loop would go on with the old rule while an agent's method
used the new one. An entry's code is therefore kept under a name that tells all that it holds
(`sim.engine.contents`).
"""

import contextlib
import inspect
import weakref
from collections.abc import Callable
from typing import Any

import llvmlite.binding
import llvmlite.ir
import numba
from numba.core import codegen, targetconfig
from numba.core.registry import CPUDispatcher as _Dispatcher
from numba.core.types import npytypes

from sim.engine.compile_cache import EngineCache

#: Names of the functions that are only ever linked into an entry.
_linked_only: set[str] = set()
#: Names of the functions that only Python calls.
_entries: set[str] = set()


_ZERO = llvmlite.ir.Constant(llvmlite.ir.IntType(8), 0)


def _skip_unused_machine_code() -> None:
    """Keep Numba from optimising and translating functions that are only linked into others.

    Numba does both for every function with all it calls, then again for each caller: for a hundred
    functions over the same arrays that doubles the compile time. The entry that holds them is optimised as
    a whole, and kept without the code that would link it further. Nor does what is only linked hold what it
    calls in its turn: the entry takes all of it, each once. This reaches into Numba's internals; where they
    are not as expected it does nothing, and compiling and starting take longer.
    """
    try:
        library = codegen.CPUCodeLibrary
        optimise = library._optimize_final_module
        finish = library._finalize_final_module
        pack = library.serialize_using_object_code
        set_env = codegen.JITCPUCodegen.set_env
        finalize = library.finalize
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
        # Whether all it calls is there is looked at in the entry.
        self._finalize_dynamic_globals()
        self._final_module.__library = weakref.proxy(self)
        self._finalized = True

    def set_env_used(self: Any, env_name: str, env: Any) -> None:
        # A function without machine code has no environment to set.
        if self._engine.get_global_value_address(env_name):
            set_env(self, env_name, env)

    def pack_used(self: Any) -> Any:
        # Beside its machine code Numba keeps a function's code for linking it into others, ten times as long
        # and read at every start. Nothing links an entry.
        if self.name in _linked_only:  # a piece of an entry, with what it calls
            whole, called = self._final_module.clone(), _all_called(self)
            for one in called:
                whole.link_in(one._get_module_for_linking(), preserve=True)
            # Functions of Numba's are told apart by a number that another process gives to others.
            ours = {name for one in (self, *called) if one.name in _linked_only for name in _defined(one)}
            for function in whole.functions:
                if not function.is_declaration and function.name not in ours:
                    function.linkage = llvmlite.binding.Linkage.internal
            return self.name, "bitcode", whole.as_bitcode()
        if self.name not in _entries:
            return pack(self)
        self._ensure_finalized()
        names = llvmlite.ir.Module(self.name)
        names.triple = self._final_module.triple
        for defined in (*self._final_module.functions, *self._final_module.global_variables):
            if not defined.is_declaration and defined.linkage != llvmlite.binding.Linkage.internal:
                # What is read again is the name alone: it says what the machine code defines.
                llvmlite.ir.GlobalVariable(names, llvmlite.ir.IntType(8), defined.name).initializer = _ZERO
        code = llvmlite.binding.parse_assembly(str(names)).as_bitcode()
        return self.name, "object", (self._get_compiled_object(), code)

    def finalize_used(self: Any) -> None:
        if self.name in _linked_only:
            self._raise_if_finalized()
            self._finalize_final_module()
            return
        self._linking_libraries = _all_called(self)
        finalize(self)

    library.finalize = finalize_used
    library.serialize_using_object_code = pack_used
    library._optimize_final_module = optimise_used
    library._finalize_final_module = finish_used
    codegen.JITCPUCodegen.set_env = set_env_used


def _defined(library: Any) -> list[str]:
    """Return the names of the functions that a library offers to others."""
    return [
        one.name
        for one in library._final_module.functions
        if not one.is_declaration and one.linkage != llvmlite.binding.Linkage.internal
    ]


def _all_called(library: Any) -> list[Any]:
    """Return the libraries of all that a function calls, each once."""
    found: dict[Any, None] = {}
    waiting = list(reversed(library._linking_libraries))
    while waiting:
        one = waiting.pop()
        if one not in found:
            found[one] = None
            if one.name in _linked_only:
                waiting += reversed(one._linking_libraries)
    return list(found)


def _compare_quickly() -> None:
    """Let Numba compare its compile flags, and write the name of a record, in less time.

    It does both some hundred thousand times while it compiles the loop, a tenth of the whole. Flags it
    compares through a property an option, and their hash is that of the names of the options, always the
    same. A record's type does not change, so its name is written once.
    """
    options: Any = targetconfig.TargetConfig
    record: Any = npytypes.Record
    text = record.__repr__
    defaults: dict[type, Any] = {}

    def values(self: Any) -> Any:
        kind = type(self)
        try:
            usual = defaults[kind]
        except KeyError:
            usual = defaults[kind] = {name: option.default for name, option in kind.options.items()}
        return {**usual, **self._values}

    def __eq__(self: Any, other: Any) -> Any:
        if self is other:
            return True
        return values(self) == values(other) if isinstance(other, options) else NotImplemented

    def __hash__(self: Any) -> int:
        return hash(type(self))

    def __repr__(self: Any) -> str:
        try:
            return self._text
        except AttributeError:
            self._text = text(self)
            return self._text

    options.__eq__, options.__hash__, record.__repr__ = __eq__, __hash__, __repr__
    options.values = values


if numba.__version__.startswith("0.68.") and not numba.config.DISABLE_JIT:
    _skip_unused_machine_code()
    _compare_quickly()


def entry(function: Callable[..., Any]) -> Any:
    """Compile a function that Python calls; its machine code is cached with all it calls."""
    if numba.config.DISABLE_JIT:
        return function
    function.__qualname__ = f"{function.__module__}.{function.__qualname__}"
    _entries.add(function.__qualname__)
    compiled = numba.njit(nogil=True, error_model="numpy")(function)
    # Not `cache=True`: Numba would then decide where, and its one setting for that is every package's.
    with contextlib.suppress(OSError, TypeError):  # typed in, without a file: compiled at every start
        compiled._cache = EngineCache(function)

    def get_call_template(args: Any, kws: Any) -> Any:
        raise TypeError(f"{function.__qualname__} is an entry: Python alone may call it")

    compiled.get_call_template = get_call_template
    return compiled


def inner(function: Callable[..., Any]) -> Any:
    """Compile a function that only compiled code calls; it may not allocate.

    Without reference counting: the caller of an entry holds every array, and counting references to two dozen
    arrays at every call made the loop five times slower. Without a wrapper for Python, which for such
    functions costs more to compile than their body. Not cached: the entry that calls it holds its code.
    """
    if numba.config.DISABLE_JIT:
        return function
    # Numba names a function's code by this; no other package's function may share it.
    function.__qualname__ = f"{function.__module__}.{function.__qualname__}"
    _linked_only.add(function.__qualname__)
    options = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True, "_nrt": False}
    # Numba asks for it three times.
    vars(function)["__signature__"] = inspect.signature(function)
    compiled = _one_version(numba.njit(nogil=True, error_model="numpy", **options)(function))
    compiled.__class__ = Linked
    return compiled


def piece(function: Callable[..., Any]) -> Any:
    """Compile a large piece of an entry: like `inner`, and kept for linking.

    An edit compiles the pieces that hold it; the others are linked as they are.
    """
    compiled = inner(function)
    if not numba.config.DISABLE_JIT:
        with contextlib.suppress(OSError, TypeError):
            compiled._cache = EngineCache(function, for_linking=True)
    return compiled


def rule(function: Callable[..., Any]) -> Any:
    """Compile a behavioural rule: numbers in, a number out; called by the engine and by an agent's method.

    Called from Python it runs as Python, with the same bits: compiled on its own for that, every rule would
    need a wrapper and a place in the cache.
    """
    return inner(function)


class Linked(_Dispatcher):
    """Linked into what calls it from compiled code, plain Python when called from Python.

    It has no wrapper for Python: called as Numba would call it, it ended the process.
    """

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        return self.py_func(*arguments, **named)


def _one_version(dispatcher: Any) -> Any:
    """Let constants among the arguments be typed as what they are constants of.

    Numba otherwise compiles a function again for each constant it is called with: a draw for every stream,
    the filing of an event for every kind of event. LLVM puts constants in where that pays.
    """
    resolve = dispatcher.get_call_template

    def get_call_template(args: Any, kws: Any) -> Any:
        plain = tuple(numba.types.unliteral(kind) for kind in args)
        return resolve(plain, {name: numba.types.unliteral(kind) for name, kind in kws.items()})

    dispatcher.get_call_template = get_call_template
    return dispatcher
