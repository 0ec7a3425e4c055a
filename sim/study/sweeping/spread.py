"""Designs that fill ranges: Latin hypercubes and Sobol' sequences, by `scipy.stats.qmc`."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from numbers import Integral, Real
from typing import Any

import numpy as np

from sim.asked import PEOPLE, numbers
from sim.quoting import short
from sim.reading.mistakes import shown
from sim.study.changing.changed import Times, factor_of
from sim.study.sweeping.design import Design
from sim.units import duration, minutes

_DIGITS = 6
"""Significant digits of a value between two bounds."""


def latin_hypercube(ranges: Mapping[str, tuple[Any, Any]], points: int, *, seed: int = 1) -> Design:
    """Return a Latin hypercube: each range parted into as many strata as there are points, one value in each.

    Strata are matched by chance (McKay, Beckman and Conover, Technometrics 21, 1979), by `scipy.stats.qmc`.

    Parameters
    ----------
    ranges : mapping of str to pair
        By path, the lowest and the highest value: two numbers, two durations or two factors such as ``"x0.8"`` and
        ``"x1.2"``. Between two whole numbers values are whole.
    points : int
        From 1 to a million.
    seed : int

    Returns
    -------
    Design
        Values of numbers, durations (``"12.5 min"``) or factors (``"x1.07"``).

    Raises
    ------
    ValueError
        With everything that is no range, no number of points, or no seed.

    Examples
    --------
    >>> design = latin_hypercube({"line.menu": ("30 s", "90 s"), "teams.*.staff": ("x0.8", "x1.2")}, points=10)
    >>> len(design), design.paths
    (10, ('line.menu', 'teams.*.staff'))
    """
    from scipy.stats import qmc

    return _spread(ranges, points, seed, lambda many: qmc.LatinHypercube(many, rng=np.random.default_rng(seed)).random)


def sobol(ranges: Mapping[str, tuple[Any, Any]], points: int, *, seed: int = 1) -> Design:
    """Return the first points of a scrambled Sobol' sequence, by `scipy.stats.qmc`.

    Points fill the ranges more evenly than by chance; a power of two keeps their balance (Owen, Journal of Complexity
    14, 1998).

    Parameters
    ----------
    ranges, points, seed
        As `latin_hypercube`.

    Returns
    -------
    Design
        As `latin_hypercube`.

    Raises
    ------
    ValueError
        As `latin_hypercube`.
    """
    from scipy.stats import qmc

    def drawn(many: int) -> Callable[[int], Any]:
        return lambda n: qmc.Sobol(many, rng=np.random.default_rng(seed)).random_base2(math.ceil(math.log2(n)))[:n]

    return _spread(ranges, points, seed, drawn)


def _spread(ranges: Any, points: Any, seed: Any, drawn: Callable[[int], Callable[[int], Any]]) -> Design:
    wrong: list[str] = []
    for look in (lambda: _made(ranges), lambda: numbers(points=(points, PEOPLE)), lambda: _check_seed(seed)):
        try:
            look()
        except ValueError as refused:
            wrong.append(str(refused))
    if wrong:
        raise ValueError("\n".join(wrong))
    return Design(at_shares(ranges, drawn(len(ranges))(int(points))))


def at_shares(ranges: Mapping[str, tuple[Any, Any]], shares: Any) -> tuple[dict[str, Any], ...]:
    """Return the points that lie a share of the way from the lowest to the highest value of each range.

    Parameters
    ----------
    shares : array, shape (points, ranges)
        From 0 to 1.

    Raises
    ------
    ValueError
        With everything that is no range.
    """
    made = _made(ranges).items()
    return tuple(
        {path: at(share) for (path, at), share in zip(made, row, strict=True)} for row in np.asarray(shares, np.float64)
    )


def _made(ranges: Any) -> dict[str, Callable[[float], Any]]:
    if not isinstance(ranges, Mapping) or not ranges:
        said = "empty" if ranges == {} else shown(ranges)
        raise ValueError(f'ranges is {said}: write them by path, such as {{"line.lines": (10, 40)}}')
    wrong, made = [], {}
    for path, given in ranges.items():
        bounds = given.tolist() if isinstance(given, np.ndarray) else given
        try:
            made[path] = _between(bounds)
        except ValueError as refused:
            wrong.append(f"{short(str(path))} is {_pair(bounds)}: {refused}")
    if wrong:
        raise ValueError("\n".join(wrong))
    return made


def _check_seed(seed: Any) -> None:
    if isinstance(seed, bool) or not isinstance(seed, (int, np.integer)) or not 0 <= seed < 2**64:
        raise ValueError(f"seed is {shown(seed)}: a whole number from 0 to 2**64 - 1 is needed")


def _pair(bounds: Any) -> str:
    both = isinstance(bounds, (list, tuple)) and len(bounds) == 2
    return f"{shown(bounds[0])} to {shown(bounds[1])}" if both else shown(bounds)


def _between(bounds: Any) -> Callable[[float], Any]:
    """Return what makes a share of the way from the lower to the upper bound a value."""
    if not isinstance(bounds, (list, tuple)) or len(bounds) != 2:
        raise ValueError("a pair is needed, the lowest and the highest value")
    kinds = (_whole, _number, factor_of, _minutes)
    found = ((kind, kind(bounds[0]), kind(bounds[1])) for kind in kinds)
    kind, low, high = next((one for one in found if None not in one), (None, 0.0, 0.0))
    if kind is None or low is None or high is None:
        raise ValueError("two numbers, two durations or two factors are needed")
    if not low < high:
        raise ValueError("the lowest value comes first, and the highest is another")
    if kind is _whole:
        return lambda share: int(low + math.floor(share * (high - low + 1)))
    written: dict[Any, Callable[[float], Any]] = {factor_of: Times, _minutes: duration}
    said = written.get(kind, float)
    return lambda share: said(_rounded(low + share * (high - low)))


def _whole(value: Any) -> int | None:
    return int(value) if isinstance(value, Integral) and not isinstance(value, bool) else None


def _number(value: Any) -> float | None:
    there = isinstance(value, Real) and not isinstance(value, bool) and math.isfinite(value)
    return float(value) if there else None


def _minutes(value: Any) -> float | None:
    try:
        return minutes(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _rounded(value: float) -> float:
    return float(f"{value:.{_DIGITS}g}")
