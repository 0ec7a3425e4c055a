"""Tables that compiled code reaches by their address, so that one record leads to all that a run holds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import numpy as np
import numpy.typing as npt
from numba import from_dtype, types
from numba.extending import intrinsic

Array = npt.NDArray[Any]


def table(dtype: np.dtype[Any]) -> Callable[[int, int], Any]:
    """Return ``at(address, index)``, which in compiled code gives a record of a table of this type, to read and write.

    Nothing is checked: the address has to be that of an array of this type that is kept alive (`address_of`), and the
    index one of its places. A record is a pointer, so that it costs nothing to hand on; bundles of arrays cost ten
    times as much.
    """
    record, size = from_dtype(dtype), dtype.itemsize

    @intrinsic
    def at(typing_context: Any, address: Any, index: Any) -> Any:
        def pointer(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            start, place = arguments
            offset = builder.mul(place, context.get_constant(types.int64, size))
            return builder.inttoptr(builder.add(start, offset), context.get_value_type(record))

        return record(types.int64, types.int64), pointer

    found: Any = at
    return cast("Callable[[int, int], Any]", found)


def address_of(array: Array) -> int:
    """Return where the first record of an array stands. Whoever keeps the address keeps the array too."""
    return int(array.ctypes.data)


def grown(array: Array, room: int) -> Array:
    """Return a larger table that begins with the same records."""
    larger = np.zeros(room, array.dtype)
    larger[: len(array)] = array
    return larger
