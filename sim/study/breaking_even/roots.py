"""Break-evens as roots: where a difference known with an interval changes its sign, and how surely that is known.

The difference is a function of one parameter whose values are estimates on fixed replications, so it is deterministic.
A scan looks for changes of sign, and each is closed in on by Brent's method (Brent, "Algorithms for Minimization
without Derivatives", 1973; `scipy.optimize.brentq`).

The interval of a root is the set of values around it at which the difference's own interval holds zero: the test that
the worlds come to the same, turned round, as Fieller did for a ratio (Fieller, "Some problems in interval estimation",
Journal of the Royal Statistical Society B 16, 1954). At the true root the difference's interval holds zero in 95 of 100
studies, and so often does this set hold the true root, whatever the slope. It may reach a bound, where the data do not
tell the worlds apart up to there; the delta method, a symmetric interval over the slope, would hide that.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from sim.study.running.estimate import Estimate

_CLOSE, _OF_AN_END = 1e-5, 1e-4
"""Of the range: how near a root is closed in on, and an end of its interval."""
_NEAR_ZERO = 0.1
"""Of half its interval: a difference further from zero on both sides of a change of sign jumps over it."""
_NOTHING = 1e-12


@dataclass(frozen=True)
class Root:
    """A value at which the difference changes its sign.

    Attributes
    ----------
    at : float
        Of a whole number, the one of `between` at which the difference is nearer to zero.
    between : tuple of float
        The nearest values on either side of it that were tried.
    differences : tuple of float
        There.
    interval : tuple of float or None
        From where to where the difference's interval holds zero; None where that reaches the bound.
    jump : bool
        The sign changes without the difference passing near zero: it is no value at which the two are the same.
    """

    at: float
    between: tuple[float, float]
    differences: tuple[float, float]
    interval: tuple[float | None, float | None]
    jump: bool


class Curve:
    """A difference as a function of a parameter: each value is asked for once.

    Parameters
    ----------
    ask : callable
        Told values, returns the estimates of the differences there.
    low, high : float
        The bounds.
    whole : bool
        The parameter is a whole number.
    """

    def __init__(
        self, ask: Callable[[list[float]], list[Estimate]], low: float, high: float, *, whole: bool = False
    ) -> None:
        self.low, self.high, self.whole = low, high, whole
        self.known: dict[float, Estimate] = {}
        self._ask = ask

    def look(self, values: Iterable[float]) -> None:
        """Ask for several values at once."""
        new = [value for value in dict.fromkeys(map(self._exact, values)) if value not in self.known]
        if new:
            self.known |= dict(zip(new, self._ask(new), strict=True))

    def _exact(self, value: float) -> float:
        return float(round(value)) if self.whole else float(value)

    def at(self, value: float) -> Estimate:
        """Return the difference at a value."""
        value = self._exact(value)
        self.look([value])
        return self.known[value]

    def mean(self, value: float) -> float:
        """Return its mean.

        Raises
        ------
        ValueError
            If it is undefined there.
        """
        mean = self.at(value).mean
        if mean is None:
            raise ValueError(f"the difference is undefined at {value:g}")
        return mean

    def excess(self, value: float) -> float:
        """Return by how much the difference is further from zero than its interval reaches; below 0, that holds 0."""
        mean, high = self.mean(value), self.at(value).high
        return abs(mean) - (0.0 if high is None else high - mean)

    def points(self) -> list[tuple[float, Estimate]]:
        """Return what is known, in order of the parameter; undefined differences left out."""
        return sorted((value, one) for value, one in self.known.items() if one.mean is not None)

    def flat(self) -> bool:
        """Say whether the difference is the same wherever it is known."""
        means = [one.mean or 0.0 for _, one in self.points()]
        return max(means) - min(means) <= _NOTHING * max(map(abs, means))

    def scan(self, many: int) -> None:
        """Ask for values that part the range evenly, the bounds first."""
        self.look([self.low, self.high])
        self.look(np.linspace(self.low, self.high, many).tolist())

    def brackets(self) -> list[tuple[float, float]]:
        """Return the neighbouring known values between which the sign changes, a zero itself as one value twice.

        Zeros beside each other are one stretch in which the difference is nothing, and one value stands for it.
        """
        known = [(value, one.mean or 0.0) for value, one in self.points()]
        stretches = [list(group) for nothing, group in itertools.groupby(known, lambda one: one[1] == 0.0) if nothing]
        zeros = [(value, value) for value in (_of_a_stretch(one, known) for one in stretches)]
        changes = [(a, b) for (a, one), (b, other) in itertools.pairwise(known) if one * other < 0.0]
        return sorted(zeros + changes)


def _of_a_stretch(zeros: list[tuple[float, float]], known: list[tuple[float, float]]) -> float:
    """Return the zero that stands for all of a stretch: its end within the bounds, or what lies in its middle."""
    if zeros[-1] == known[-1]:
        return zeros[0][0]
    return zeros[-1 if zeros[0] == known[0] else len(zeros) // 2][0]


def roots_of(curve: Curve) -> list[Root]:
    """Close in on each change of sign that is known, and find its interval; none where the difference is flat.

    Raises
    ------
    ValueError
        If the difference is undefined on the way.
    """
    if curve.flat():
        return []
    return [_root(curve, *bracket) for bracket in curve.brackets()]


def known_so_far(curve: Curve) -> list[Root]:
    """Return the changes of sign as far as they are known, nothing more being asked."""
    return [] if curve.flat() else [_told(curve, low, high, (low, high)) for low, high in curve.brackets()]


def _root(curve: Curve, low: float, high: float) -> Root:
    low, high = _closed_in(curve, low, high)
    ends = _end(curve, low, high, up=False), _end(curve, high, low, up=True)
    return _told(curve, low, high, ends)


def _told(curve: Curve, low: float, high: float, ends: tuple[float | None, float | None]) -> Root:
    one, other = curve.mean(low), curve.mean(high)
    at = low if abs(one) <= abs(other) else high
    if not curve.whole and one != other:
        at = low + (high - low) * one / (one - other)
    return Root(at, (low, high), (one, other), ends, _jumps(curve, low, high))


def _jumps(curve: Curve, low: float, high: float) -> bool:
    if curve.whole or low == high or high - low > 2 * _CLOSE * (curve.high - curve.low):
        return False  # between whole numbers nothing lies, and what is wide has not been closed in on
    nearer = min((low, high), key=lambda value: abs(curve.mean(value)))
    reach = abs(curve.mean(nearer)) - curve.excess(nearer)
    most = max(abs(one.mean or 0.0) for _, one in curve.points())
    return abs(curve.mean(nearer)) > max(_NEAR_ZERO * reach, 1e-6 * most)


def _closed_in(curve: Curve, low: float, high: float) -> tuple[float, float]:
    """Return the nearest values on either side of a change of sign."""
    if low == high:
        return low, high
    if curve.whole:
        low, high = _halved(lambda value: curve.mean(value) * curve.mean(low) > 0.0, low, high)
        return (high, high) if curve.mean(high) == 0.0 else (low, high)
    from scipy.optimize import brentq

    close = _CLOSE * (curve.high - curve.low)
    there = float(brentq(curve.mean, low, high, xtol=close / 2))
    curve.look([max(low, there - close / 2), min(high, there + close / 2)])
    inside = [(value, one.mean or 0.0) for value, one in curve.points() if low <= value <= high]
    for value, mean in inside:
        if mean == 0.0:
            return value, value
    changes = [(a, b) for (a, one), (b, other) in itertools.pairwise(inside) if one * other < 0.0]
    return min(changes, key=lambda pair: abs(pair[0] - there) + abs(pair[1] - there))


def _edge(holds: Callable[[float], bool], inside: float, outside: float, close: float) -> float:
    """Return the last value, as near as this, at which something holds that does not outside."""
    while abs(outside - inside) > close:
        middle = (inside + outside) / 2
        inside, outside = (middle, outside) if holds(middle) else (inside, middle)
    return inside


def _halved(same: Callable[[float], bool], low: float, high: float) -> tuple[float, float]:
    """Return two whole numbers beside each other, the first of which is still the same as `low`."""
    one, other = low, high
    while abs(other - one) > 1:
        middle = float(round((one + other) / 2))
        one, other = (middle, other) if same(middle) else (one, middle)
    return one, other


def _end(curve: Curve, root: float, other: float, *, up: bool) -> float | None:
    """Return where the difference's interval ceases to hold zero on one side of a root; None where it does not."""
    start = root
    if curve.excess(start) > 0.0:  # the sign changes surely: of whole numbers, or in a jump
        return other if not curve.whole and curve.excess(other) <= 0.0 else start
    outside = [
        value for value, _ in curve.points() if (value > start if up else value < start) and curve.excess(value) > 0.0
    ]
    if not outside:
        return None
    first = min(outside) if up else max(outside)
    if curve.whole:
        return _halved(lambda value: curve.excess(value) <= 0.0, start, first)[0]
    from scipy.optimize import brentq

    inside = [value for value, _ in curve.points() if min(start, first) <= value <= max(start, first)]
    start = max((value for value in inside if value < first), default=start) if up else start
    start = min((value for value in inside if value > first), default=start) if not up else start
    if curve.excess(start) > 0.0:
        return start
    close = _OF_AN_END * (curve.high - curve.low)
    if curve.excess(start) == 0.0:  # nothing, without a spread, as it may be in a whole stretch: no root of a crossing
        return _edge(lambda value: curve.excess(value) <= 0.0, start, first, close)
    return float(brentq(curve.excess, start, first, xtol=close))
