"""Designs: the points at which a world is to be lived, each a mapping of paths to values."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.asked import PEOPLE, numbers
from sim.quoting import short
from sim.reading.mistakes import shown
from sim.study.changing.changed import Times, factor_of
from sim.study.changing.paths import parts_of
from sim.units import duration, minutes

MOST = 1_000_000
"""Points of a design at most."""
_DIGITS = 6
"""Significant digits of a value between two bounds."""


@dataclass(frozen=True)
class Design:
    """The points of a study.

    Attributes
    ----------
    points : tuple of dict
        Each with its changes by path, as `sim.changed` takes them; none is the world as it is.
    names : tuple of str
        What points are called, where they have names; otherwise empty.

    Raises
    ------
    ValueError
        If there is no point, there are more than a million, a path is none, or two names are the same.
    """

    points: tuple[Mapping[str, Any], ...]
    names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "points", tuple(dict(point) for point in self.points))
        if not 0 < len(self.points) <= MOST:
            raise ValueError(f"a design has 1 to {MOST:,} points, and this one has {len(self.points):,}")
        wrong = []
        for path in self.paths:
            try:
                parts_of(path)
            except ValueError as refused:
                wrong.append(str(refused))
        if self.names and len(self.names) != len(self.points):
            wrong.append(f"{len(self.names):,} names for {len(self.points):,} points")
        wrong += [f"{short(name)} is the name of two points" for name in _twice(self.names)]
        if wrong:
            raise ValueError("\n".join(wrong))

    def __len__(self) -> int:
        return len(self.points)

    def __iter__(self) -> Iterator[Mapping[str, Any]]:
        return iter(self.points)

    def __getitem__(self, at: int) -> Mapping[str, Any]:
        return self.points[at]

    @property
    def paths(self) -> tuple[str, ...]:
        """All paths that some point changes, in the order in which they first stand."""
        return tuple(dict.fromkeys(path for point in self.points for path in point))


def _twice(names: Iterable[str]) -> list[str]:
    seen, again = set[str](), dict[str, None]()
    for name in names:
        if name in seen:
            again[name] = None
        seen.add(name)
    return list(again)


def factorial(levels: Mapping[str, Sequence[Any]]) -> Design:
    """Return the design of all combinations of some levels.

    Parameters
    ----------
    levels : mapping of str to sequence
        By path, the values it takes, as `sim.changed` takes them. The last path changes fastest.

    Raises
    ------
    ValueError
        If there is no path, one has no level, or the points are more than a million.

    Examples
    --------
    >>> design = factorial({"line.lines": [10, 20], "levers.time.cut_after": ["15 min", "none"]})
    >>> len(design), design[1]
    (4, {'line.lines': 10, 'levers.time.cut_after': 'none'})
    """
    listed = _levels(levels)
    many = math.prod(map(len, listed.values()))
    if many > MOST:
        raise ValueError(f"a design has 1 to {MOST:,} points, and these levels make {many:,}")
    return Design(tuple(dict(zip(listed, values, strict=True)) for values in itertools.product(*listed.values())))


def _levels(levels: Mapping[str, Sequence[Any]]) -> dict[str, list[Any]]:
    if not isinstance(levels, Mapping) or not levels:
        raise ValueError(f'levels is {shown(levels)}: write the values by path, such as {{"line.lines": [10, 20]}}')
    wrong = [
        f"{short(str(path))} is {shown(those)}: a list of levels is needed, one at least"
        for path, those in levels.items()
        if isinstance(those, (str, Mapping)) or not isinstance(those, Sequence) or not len(those)
    ]
    if wrong:
        raise ValueError("\n".join(wrong))
    return {path: list(those) for path, those in levels.items()}


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
    if not isinstance(ranges, Mapping) or not ranges:
        raise ValueError(f'ranges is {shown(ranges)}: write them by path, such as {{"line.lines": (10, 40)}}')
    wrong, made = [], {}
    for path, bounds in ranges.items():
        try:
            made[path] = _between(bounds)
        except ValueError as refused:
            wrong.append(f"{short(str(path))} is {_pair(bounds)}: {refused}")
    try:
        numbers(points=(points, PEOPLE))
    except ValueError as refused:
        wrong.append(str(refused))
    if isinstance(seed, bool) or not isinstance(seed, int) or not 0 <= seed < 2**64:
        wrong.append(f"seed is {shown(seed)}: a whole number from 0 to 2**64 - 1 is needed")
    if wrong:
        raise ValueError("\n".join(wrong))
    values = np.asarray(drawn(len(made))(int(points)), np.float64)
    return Design(
        tuple({path: at(share) for (path, at), share in zip(made.items(), row, strict=True)} for row in values)
    )


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
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _number(value: Any) -> float | None:
    there = isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
    return float(value) if there else None


def _minutes(value: Any) -> float | None:
    try:
        return minutes(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _rounded(value: float) -> float:
    return float(f"{value:.{_DIGITS}g}")
