"""What compiled code alone can do: reach a record of a table by its address, and step into a piece by its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np


class Table:
    """``at(address, index)``: in compiled code, a record of a table of one type, to read and write.

    Nothing is checked: the address has to be that of an array of this type that is kept alive, and the index one of its
    places. A record is a pointer, so that it costs nothing to hand on; bundles of arrays cost ten times as much.

    Attributes
    ----------
    dtype : numpy.dtype
        Of the records.
    """

    def __init__(self, dtype: np.dtype[Any]) -> None:
        self.dtype = dtype
        TABLES.append(self)

    def __call__(self, address: int, index: int) -> Any:
        """Refuse to reach into memory from Python."""
        raise TypeError("a table is reached by its address in compiled code alone")


class Step:
    """``step_into(piece, stage, me, world)``: in compiled code, what the piece at an address answers to these."""

    def __call__(self, piece: int, stage: int, me: Any, world: Any) -> int:
        """Refuse to jump to an address from Python."""
        raise TypeError("a piece is reached by its address in compiled code alone")


TABLES: list[Table] = []
"""Every table there is."""
step_into = Step()
