"""Tables with a stretch of zeros behind their end, in which what is written beyond it is found."""

from __future__ import annotations

import numpy as np
import pytest

from sim.engines import compiled_engine
from sim.machine.kernel import calendar
from sim.machine.kernel.memory import Array

BEHIND = 20_000
"""Records behind the end: more than any test could write there."""


class Guards:
    """The stretches behind all tables that were made."""

    def __init__(self) -> None:
        self.stretches: list[Array] = []

    def grown(self, array: Array, room: int) -> Array:
        """Do as `sim.machine.kernel.memory.grown`, with zeros behind; what stands behind a table is not taken along."""
        assert not self.stretches or self.are_whole(), "more was written at once than there was room for"
        larger = np.zeros(room + BEHIND, array.dtype)
        larger[: len(array)] = array
        self.stretches.append(larger[room:])
        return larger[:room]

    def are_whole(self) -> bool:
        """Say whether nothing was ever written behind a table, of which there has been one at least."""
        return bool(self.stretches) and not any(stretch.view(np.uint8).any() for stretch in self.stretches)


def guarded_tables(monkeypatch: pytest.MonkeyPatch) -> Guards:
    """Guard the tables of the runs to come."""
    guards = Guards()
    for where in (compiled_engine, calendar):
        monkeypatch.setattr(where, "grown", guards.grown)
    return guards
