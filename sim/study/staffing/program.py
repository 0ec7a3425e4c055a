"""Programs in whole numbers, solved by SciPy's HiGHS, which is kept from writing on the screen."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

_SECONDS = 20.0
_GAP = 1e-6
_UNPAID = 1e-3
"""Of the least cost there is: what an agent counts for whom nothing is paid."""


def counted(costs: Floats) -> Floats:
    """Return what agents count for in a search: who costs nothing is not for that put on duty by thousands.

    Examples
    --------
    >>> counted(np.array([0.0, 20.0])).tolist(), counted(np.zeros(1)).tolist()
    ([0.02, 20.0], [1.0])
    """
    paid = costs[costs > 0.0]
    return np.where(costs > 0.0, costs, _UNPAID * paid.min() if len(paid) else 1.0)


def solved(
    costs: Floats, most: Floats, rows: Sequence[tuple[Floats, Any, Any]]
) -> tuple[npt.NDArray[np.int64], float] | None:
    """Return the whole numbers from 0 to ``most`` that cost least, and a lower bound; None if there are none.

    Parameters
    ----------
    rows : sequence of (matrix, low, high)
        Between what matrix times numbers has to lie.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    with _silenced():
        found = milp(
            costs,
            integrality=np.ones(len(costs)),
            bounds=Bounds(0, most),
            constraints=[LinearConstraint(matrix, low, high) for matrix, low, high in rows],
            options={"time_limit": _SECONDS, "mip_rel_gap": _GAP},
        )
    if found.x is None:
        return None
    numbers = np.rint(found.x).astype(np.int64)
    bound = found.mip_dual_bound
    return numbers, float(costs @ numbers) if bound is None else float(bound)


@contextmanager
def _silenced() -> Iterator[None]:
    """Let nothing that a library prints by itself come to the standard output: results are printed there."""
    try:
        kept = os.dup(1)
        nowhere = os.open(os.devnull, os.O_WRONLY)
    except OSError:  # there is no standard output
        yield
        return
    _flush()
    os.dup2(nowhere, 1)
    try:
        yield
    finally:
        _flush()
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)


def _flush() -> None:
    with suppress(OSError, ValueError, AttributeError):
        sys.stdout.flush()
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).fflush(None)
