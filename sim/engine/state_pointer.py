"""How compiled code is given the state: one address instead of two hundred arguments.

Numba passes a tuple of arrays by value, seven machine words an array, to every function that takes it. For a
hundred functions over two dozen arrays that is most of what there is to compile. An entry that takes the
state is therefore given the address of a table, made for that call, of where the arrays lie; `s.need` in
compiled code reads two words of it. Where Numba is switched off, functions get the state itself.

The table lives as long as its handle: nothing compiled may keep one, and no array is replaced during a call.
Whoever calls often keeps a handle (`pointer`) until an array of the state is replaced.
"""

import functools
import hashlib
from collections.abc import Callable
from typing import Any

import numba
import numpy as np
from llvmlite import ir
from numba.core import cgutils, types
from numba.core.datamodel import models
from numba.core.imputils import lower_getattr_generic
from numba.core.typing.templates import AttributeTemplate, infer_getattr
from numba.extending import NativeValue, register_model, unbox
from numba.np import arrayobj, numpy_support

from sim.engine.jit import entry

#: Words of a row of the table: where the data are, and the length along each axis.
_AXES = 2
_ROW = 1 + _AXES


class _Kind(types.Type):
    """The type of a handle: the names and types of the arrays."""

    def __init__(self, fields: tuple[str, ...], arrays: tuple[types.Array, ...]) -> None:
        self.fields = fields
        self.arrays = arrays
        # Numba writes this name into the symbol of every function that takes a handle. Spelt out, with two
        # hundred fields of records, it was the larger part of the compiled code's file.
        named = ", ".join(f"{field}: {array}" for field, array in zip(fields, arrays, strict=True))
        super().__init__(name=f"Handle_{hashlib.sha256(named.encode()).hexdigest()[:16]}")


@register_model(_Kind)
class _KindModel(models.OpaqueModel):
    """An address."""


@functools.lru_cache(maxsize=64)
def _kind(fields: tuple[str, ...], arrays: tuple[tuple[np.dtype, int], ...]) -> _Kind:
    kinds = [types.Array(numpy_support.from_dtype(dtype), ndim, "C") for dtype, ndim in arrays]
    return _Kind(fields, tuple(kinds))


class Handle:
    """A state on its way into compiled code."""

    __slots__ = ("_numba_type_", "address", "state", "table")

    def __init__(self, state: Any) -> None:
        rows = []
        for name, array in zip(state._fields, state, strict=True):
            if not (array.flags.c_contiguous and array.flags.aligned and array.ndim <= _AXES):
                raise ValueError(f"{name} must be a contiguous array of one or two axes")
            # Through `__array_interface__` every record would be described field by field first.
            rows += [array.ctypes.data, *array.shape, *(0,) * (_AXES - array.ndim)]
        self.state = state
        self.table = np.array(rows, np.int64)
        self.address = self.table.ctypes.data
        # Numba asks for the type of an argument at every call.
        self._numba_type_ = _kind(state._fields, tuple((array.dtype, array.ndim) for array in state))

    def __reduce__(self) -> tuple[type, tuple[Any]]:
        """Let a copy point to its own arrays."""
        return Handle, (self.state,)


@unbox(_Kind)
def _unbox(_typ: _Kind, value: ir.Value, c: Any) -> NativeValue:
    number = c.pyapi.object_getattr_string(value, "address")
    word = c.pyapi.long_as_longlong(number)
    c.pyapi.decref(number)
    return NativeValue(c.builder.inttoptr(word, cgutils.voidptr_t))


@infer_getattr
class _Attribute(AttributeTemplate):
    key = _Kind

    def generic_resolve(self, typ: _Kind, attr: str) -> types.Type | None:
        """Return the array type of a field."""
        return typ.arrays[typ.fields.index(attr)] if attr in typ.fields else None


def _word(builder: ir.IRBuilder, table: ir.Value, index: int) -> ir.Value:
    value = builder.load(builder.gep(table, [ir.Constant(ir.IntType(64), index)]))
    # Nobody writes to the table during a call: said so, a loop need not read it anew after each store.
    value.set_metadata("invariant.load", builder.module.add_metadata([]))
    return value


@lower_getattr_generic(_Kind)
def _read(context: Any, builder: ir.IRBuilder, typ: _Kind, value: ir.Value, attr: str) -> ir.Value:
    row = _ROW * typ.fields.index(attr)
    kind = typ.arrays[typ.fields.index(attr)]
    table = builder.bitcast(value, ir.IntType(64).as_pointer())
    size = context.get_constant(types.intp, context.get_abi_sizeof(context.get_data_type(kind.dtype)))
    shape = [_word(builder, table, row + 1 + axis) for axis in range(kind.ndim)]
    strides = [size] if kind.ndim == 1 else [builder.mul(shape[1], size), size]
    array = arrayobj.make_array(kind)(context, builder)
    data = builder.inttoptr(_word(builder, table, row), array.data.type)
    arrayobj.populate_array(array, data, shape, strides, size, meminfo=None)
    return array._getvalue()


def pointer(state: Any) -> Any:
    """Return what an entry takes in place of the state, good until an array of the state is replaced."""
    return state if numba.config.DISABLE_JIT else Handle(state)


def state_entry(function: Callable[..., Any]) -> Any:
    """Compile a function whose first argument is the state, or a pointer to it, and that Python calls."""
    if numba.config.DISABLE_JIT:
        return function
    compiled = entry(function)

    @functools.wraps(function)
    def call(state: Any, *arguments: Any) -> Any:
        return compiled(state if isinstance(state, Handle) else Handle(state), *arguments)

    call.compiled = compiled  # type: ignore[attr-defined]
    return call
