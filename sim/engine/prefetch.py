"""Asking the processor for memory before it is needed.

The state of a county does not fit a processor's cache, and the next event is about a need anywhere in it.
Since the day's events are sorted, what the events soon to come will touch can be on its way meanwhile. It
changes no result; where Numba is off it does nothing.
"""

from typing import Any

import numba
from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic
from numba.np import arrayobj

#: Bytes of a cache line.
LINE_BYTES = 64
_WORD = ir.IntType(64)


def _nothing(array: Any, index: int, line: int) -> None:
    """Ask for a cache line of record `index` of an array: the `line`-th from where the record begins."""


def _ask(context: Any, builder: ir.IRBuilder, kind: Any, array: ir.Value, index: Any, byte: Any) -> ir.Value:
    """Ask for the cache line in which a byte of record `index` of an array lies."""
    values = arrayobj.make_array(kind)(context, builder, value=array)
    size = context.get_abi_sizeof(context.get_data_type(kind.dtype))
    offset = builder.add(builder.mul(index, ir.Constant(_WORD, size)), byte)
    place = builder.gep(builder.bitcast(values.data, cgutils.voidptr_t), [offset])
    number = ir.IntType(32)
    signature = ir.FunctionType(ir.VoidType(), [cgutils.voidptr_t, number, number, number])
    function = cgutils.get_or_insert_function(builder.module, signature, "llvm.prefetch.p0i8")
    # For writing, as near as can be, data.
    builder.call(function, [place, *(ir.Constant(number, choice) for choice in (1, 3, 1))])
    return context.get_dummy_value()


@intrinsic
def _prefetch(typingctx: Any, array: Any, index: Any, line: Any) -> Any:
    def codegen(context: Any, builder: ir.IRBuilder, signature: Any, arguments: Any) -> ir.Value:
        byte = builder.mul(arguments[2], ir.Constant(_WORD, LINE_BYTES))
        return _ask(context, builder, signature.args[0], arguments[0], arguments[1], byte)

    return types.void(array, types.int64, types.int64), codegen


def _no_field(array: Any, index: int, field: str) -> None:
    """Ask for one field of record `index` of an array; `field` is a name written out."""


@intrinsic(prefer_literal=True)
def _prefetch_field(typingctx: Any, array: Any, index: Any, field: Any) -> Any:
    def codegen(context: Any, builder: ir.IRBuilder, signature: Any, arguments: Any) -> ir.Value:
        byte = ir.Constant(_WORD, signature.args[0].dtype.offset(field.literal_value))
        return _ask(context, builder, signature.args[0], arguments[0], arguments[1], byte)

    return types.void(array, types.int64, field), codegen


prefetch = _nothing if numba.config.DISABLE_JIT else _prefetch
prefetch_field = _no_field if numba.config.DISABLE_JIT else _prefetch_field
