"""When to stop: half-widths by number of replications, the look-ahead, and what a pilot foretells.

The replications algorithm of Hoad, Robinson and Davies ("Automated selection of the number of replications for a
discrete-event simulation", Journal of the Operational Research Society 61, 2010): after a pilot, the first number of
replications with which every half-width is small enough, if it stays so for some replications more. Without looking
ahead one stops where the spread happens to look small, and the interval then holds the truth too seldom.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from sim.study.running.estimate import UNDEFINED, Estimate, paired_difference, ratio
from sim.study.running.student import two_sided
from sim.study.stopping.precision import Precision

Totals = npt.NDArray[np.float64]
"""A row for each replication: numerator and denominator."""

FAR = 2**24
"""Replications that are foretold at most."""


@dataclass
class Watched:
    """One measure of one way, followed by number of replications.

    Attributes
    ----------
    way : str
        What the way is called; empty for a single world.
    halves, wishes : list of float or None
        Half-width, and the one that is wished, with 2, 3, 4 ... replications; None where undefined.
    """

    precision: Precision
    way: str
    confidence: float
    halves: list[float | None] = field(default_factory=list)
    wishes: list[float | None] = field(default_factory=list)

    def follow(self, first: Totals, second: Totals | None) -> None:
        """Go on with the replications that are there now."""
        for many in range(len(self.halves) + 2, len(first) + 1):
            one = ratio(first[:many, 0], first[:many, 1], self.confidence)
            both = one if second is None else self._apart(first[:many], second[:many])
            self.halves.append(None if both.low is None or both.high is None else (both.high - both.low) / 2)
            self.wishes.append(None if both is UNDEFINED else self.precision.wished(both, one))

    def _apart(self, first: Totals, second: Totals) -> Estimate:
        return paired_difference(first[:, 0], first[:, 1], second[:, 0], second[:, 1], self.confidence)

    def inside(self, many: int) -> bool:
        """Say whether the interval of so many replications is narrow enough; nothing is wide of what is undefined."""
        half, wish = self.half(many), self.wish(many)
        return half is not None and wish is not None and half <= wish

    def half(self, many: int) -> float | None:
        """Return the half-width with so many replications."""
        return self.halves[many - 2] if 2 <= many < len(self.halves) + 2 else None

    def wish(self, many: int) -> float | None:
        """Return the half-width that is wished with so many replications."""
        return self.wishes[many - 2] if 2 <= many < len(self.wishes) + 2 else None

    def foretold(self, many: int) -> int | None:
        """Return with how many replications it will be narrow enough if they go on to spread as so many do.

        Student's factor shrinks with the replications too. None where that cannot be told.
        """
        half, wish = self.half(many), self.wish(many)
        if half is None or wish is None:
            return None
        if half <= wish:
            return many
        if wish == 0:
            return FAR
        spread = half * math.sqrt(many) / two_sided(many - 1, self.confidence)
        most = min(float(FAR), (half / wish) ** 2 * many)  # with the factor of the pilot, which is too large
        low, high = many, math.ceil(most)
        while high - low > 1:
            middle = (low + high) // 2
            enough = two_sided(middle - 1, self.confidence) * spread / math.sqrt(middle) <= wish
            low, high = (low, middle) if enough else (middle, high)
        return high


def looked_ahead(at: int, look_ahead: int) -> int:
    """Return for how many replications more the precision has to hold, from the first number with which it does.

    So many up to 100 replications, beyond it in proportion to them (Hoad, Robinson and Davies).

    Examples
    --------
    >>> looked_ahead(20, 5), looked_ahead(250, 5)
    (5, 12)
    """
    return look_ahead * max(at, 100) // 100


@dataclass(frozen=True)
class Held:
    """Since when all that is watched has been narrow enough, and with how many replications that is enough."""

    since: int | None
    enough: int | None


def held(watched: Sequence[Watched], pilot: int, lived: int, look_ahead: int) -> Held:
    """Say since when everything has been narrow enough, reading replications one by one from the pilot on."""
    since: int | None = None
    for many in range(pilot, lived + 1):
        if not all(one.inside(many) for one in watched):
            since = None
            continue
        since = many if since is None else since
        if many - since >= looked_ahead(since, look_ahead):
            return Held(since, many)
    return Held(since, None)


def slowest(watched: Sequence[Watched], many: int) -> Watched | None:
    """Return the one that is the farthest from what is wished; None where nothing is watched that is defined."""

    def far(one: Watched) -> float:
        half, wish = one.half(many), one.wish(many)
        if half is None or wish is None:
            return math.inf
        return half / wish if wish else (math.inf if half else 0.0)

    return max(watched, key=far, default=None)
