"""Tables in memory that compiled code reaches by their address, so that one record leads to all that a run holds."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from sim.machine.compiling import Table

Array = npt.NDArray[Any]

NUMBER, CODE = np.dtype([("value", np.float64)]), np.dtype([("value", np.int64)])
number_at, code_at = Table(NUMBER), Table(CODE)
"""A plain number, and a whole one, of a table of nothing else."""


def address_of(array: Array) -> int:
    """Return where the first record of an array stands. Whoever keeps the address keeps the array too."""
    return int(array.ctypes.data)


def grown(array: Array, room: int) -> Array:
    """Return a larger table that begins with the same records."""
    larger = np.zeros(room, array.dtype)
    larger.view(np.uint8)[: array.nbytes] = array.view(np.uint8)
    return larger


def copied(array: Array) -> Array:
    """Return a copy, as bytes: field by field it takes NumPy ten times as long."""
    return array.view(np.uint8).copy().view(array.dtype)
