"""A clock for journeys: time on the telephone at its true length, long times away cut to a short gap."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

SHORTEST_GAP = 12.0
"""Minutes nobody is on the telephone in any world before the time between is cut short."""


@dataclass(frozen=True)
class Clock:
    """Turns moments (min) into places on a common axis (min of time shown)."""

    stretches: tuple[tuple[float, float], ...]
    """What is shown at its true length, apart from one another."""
    gap: float
    """Length at which the time between two stretches is shown (min)."""

    @classmethod
    def of(cls, active: Iterable[tuple[float, float]], gap_share: float = 0.045) -> Clock:
        """Make a clock for all that is lived on one axis.

        Parameters
        ----------
        active : iterable of (begin, end)
            In any order, of all worlds together.
        gap_share : float
            Length of a gap as a share of all that is shown at its true length.

        Examples
        --------
        >>> clock = Clock.of([(0, 10), (5, 20), (500, 520)], gap_share=0.25)
        >>> clock.stretches, clock.at([0, 20, 500, 520]).tolist()
        (((0, 20), (500, 520)), [0.0, 20.0, 30.0, 50.0])
        """
        merged: list[tuple[float, float]] = []
        for begin, end in sorted(active):
            if merged and begin - merged[-1][1] < SHORTEST_GAP:
                merged[-1] = (merged[-1][0], max(merged[-1][1], end))
            else:
                merged.append((begin, end))
        shown = sum(end - begin for begin, end in merged)
        return cls(tuple(merged), max(gap_share * shown, 1.0))

    def at(self, moments: npt.ArrayLike) -> npt.NDArray[np.float64]:
        """Return where moments stand on the axis; within a gap they are spread over it."""
        return np.interp(np.asarray(moments, np.float64), [t for pair in self.stretches for t in pair], self._knots())

    def place(self, moment: float) -> float:
        """Return where one moment stands on the axis."""
        return float(self.at([moment])[0])

    @property
    def length(self) -> float:
        """Length of the whole axis (min of time shown)."""
        return float(self._knots()[-1])

    def marks(self, every: float = 10.0) -> list[float]:
        """Return the moments every so many minutes within the stretches, their beginnings left out."""
        return [
            begin + step * every for begin, end in self.stretches for step in range(1, int((end - begin) / every) + 1)
        ]

    def _knots(self) -> npt.NDArray[np.float64]:
        knots: list[float] = []
        for number, (begin, end) in enumerate(self.stretches):
            start = knots[-1] + self.gap if number else 0.0
            knots += [start, start + end - begin]
        return np.array(knots)
