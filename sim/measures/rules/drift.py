"""Does the hotline settle? The last part of the horizon set against the part before it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.units import DAY, WEEK
from sim.world import World

STRETCH = np.dtype([(name, np.float64) for name in ("problems", "calls", "answered", "hold")])
"""The counts of a `Stretch`, as a record."""


@dataclass(frozen=True)
class Stretch:
    """Counts of one stretch of the horizon."""

    start: float
    stop: float
    problems: float
    """Problems that appeared in it."""
    calls: float
    """Calls dialled in it."""
    answered: float
    """Of these, calls that an agent took."""
    hold: float
    """Minutes of menu and first hold of the answered calls."""
    queueing: float = 0.0
    """Minutes in it that written work waited in queues."""

    @property
    def minutes(self) -> float:
        """How long it is (min)."""
        return self.stop - self.start


@dataclass(frozen=True)
class Drift:
    """The middle and the last third of a horizon, of one replication.

    Over replications, the paired difference of ``hold / answered``, of ``calls / problems`` and of
    ``queueing / minutes`` (the backlog) says whether the run has settled: an interval that leaves out zero is a
    warning.
    """

    middle: Stretch
    last: Stretch


def stretches(world: World) -> tuple[float, float, float]:
    """Return where the middle stretch begins, where the last one does, and where it ends (min).

    A third is taken down to whole weeks, or whole days where it is shorter than a week, so that no stretch
    has more weekends than the other.
    """
    third = world.time.horizon / 3
    for unit in (WEEK, DAY):
        if third >= unit:
            third = third // unit * unit
            break
    stop = world.time.warm_up + world.time.horizon
    return stop - third - third, stop - third, stop
