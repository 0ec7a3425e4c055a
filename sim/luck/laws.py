"""Laws as plain numbers, inverted with scalar ``math`` alone, so that every engine computes the same bits."""

from __future__ import annotations

import math
from enum import IntEnum
from typing import NamedTuple

from sim.luck.quantiles import gamma_quantile, normal_quantile
from sim.machine.compiling import rule

_SMALLEST = 2.0**-52


class LawCode(IntEnum):
    """Which quantile function a `Law` uses."""

    CONSTANT = 0
    EXPONENTIAL = 1
    LOGNORMAL = 2
    WEIBULL = 3
    GAMMA = 4
    UNIFORM = 5
    TRIANGULAR = 6
    EMPIRICAL = 7
    MIXTURE = 8


class Law(NamedTuple):
    """A distribution as numbers: a code, three parameters, and points or parts where it has them.

    ``points`` are (level, value) pairs of an empirical quantile function, levels rising from 0 to 1.
    ``parts`` are (upper cumulated share, Law) pairs of a mixture.
    """

    code: int
    a: float = 0.0
    b: float = 0.0
    c: float = 0.0
    points: tuple[tuple[float, float], ...] = ()
    parts: tuple[tuple[float, Law], ...] = ()


def check_law(law: Law) -> None:
    """Refuse numbers that are no law: compiled code reads them unseen.

    Raises
    ------
    ValueError
        If the code is unknown, a number not finite, or points or parts are missing or do not rise to 1.
    """
    if law.code not in set(LawCode):
        raise ValueError(f"a law of code {law.code!r} is not known: codes are 0 to {max(LawCode)}")
    steps = {LawCode.EMPIRICAL: law.points, LawCode.MIXTURE: law.parts}.get(LawCode(law.code), ())
    name = LawCode(law.code).name.lower()
    if law.code >= LawCode.EMPIRICAL and len(steps) < (2 if law.code == LawCode.EMPIRICAL else 1):
        raise ValueError(f"a law ({name}) needs its points, two at least, or its parts")
    endless = law.code == LawCode.CONSTANT and law.a == math.inf  # a patience without end
    if not endless and not all(map(math.isfinite, (law.a, law.b, law.c, *(value for _, value in law.points)))):
        raise ValueError(f"a law ({name}) has a number that is not finite: {law}")
    levels = [level for level, _ in steps]
    if levels and not (levels == sorted(levels) and levels[0] >= 0.0 and abs(levels[-1] - 1.0) < 1e-6):
        raise ValueError(f"the levels of a law ({name}) rise to 1, not {levels}")
    for _, part in law.parts:
        check_law(part)


_CONSTANT, _EXPONENTIAL, _LOGNORMAL, _WEIBULL, _GAMMA, _UNIFORM, _TRIANGULAR, _EMPIRICAL, _MIXTURE = map(int, LawCode)


def quantile(law: Law, u: float) -> float:
    """Invert a law at ``u`` in (0, 1).

    The parameters by code: constant (value), exponential (mean), lognormal (mu, sigma), Weibull (scale, 1/shape),
    gamma (shape, scale, lgamma(shape)), uniform (low, high), triangular (low, mode, high).

    Examples
    --------
    >>> quantile(Law(LawCode.UNIFORM, 2.0, 4.0), 0.25)
    2.5
    """
    if law.code == _EMPIRICAL:
        return _interpolated(law.points, u)
    if law.code == _MIXTURE:
        return _of_the_part(law.parts, u)
    return plain_quantile(law.code, law.a, law.b, law.c, u)


@rule
def plain_quantile(code: int, a: float, b: float, c: float, u: float) -> float:
    """Invert a law that is told by its code and three parameters alone."""
    if code == _CONSTANT:
        return a
    if code == _EXPONENTIAL:
        return -a * math.log1p(-u)
    if code == _LOGNORMAL:
        return math.exp(a + b * normal_quantile(u))
    if code == _WEIBULL:
        return a * math.pow(-math.log1p(-u), b)
    if code == _GAMMA:
        return b * gamma_quantile(u, a, c)
    if code == _UNIFORM:
        return min(a + (b - a) * u, b)  # rounded, the sum could lie above
    return triangular_quantile(u, a, b, c)


@rule
def triangular_quantile(u: float, low: float, mode: float, high: float) -> float:
    """Invert the triangular law with the given mode; what is rounded stays on its side of it."""
    if high <= low:
        return low
    if u < (mode - low) / (high - low):
        return min(low + math.sqrt(u * (high - low) * (mode - low)), mode)
    return max(high - math.sqrt((1.0 - u) * (high - low) * (high - mode)), mode)


def _interpolated(points: tuple[tuple[float, float], ...], u: float) -> float:
    last = len(points) - 1
    upper = 1
    while upper < last and u > points[upper][0]:
        upper += 1
    return between_points(*points[upper - 1], *points[upper], u)


@rule
def between_points(level: float, value: float, next_level: float, next_value: float, u: float) -> float:
    """Return the value at ``u`` on the line between two points of an empirical quantile function."""
    if next_level <= level or u > next_level:
        return next_value
    return min(value + (next_value - value) * (u - level) / (next_level - level), next_value)


def _of_the_part(parts: tuple[tuple[float, Law], ...], u: float) -> float:
    below = 0.0
    for upto, law in parts[:-1]:
        if u < upto:
            return quantile(law, luck_inside(u, below, upto))
        below = upto
    return quantile(parts[-1][1], luck_inside(u, below, 1.0))


@rule
def luck_inside(u: float, below: float, upto: float) -> float:
    """Return the luck inside the part of a mixture on which ``u`` has fallen, kept in (0, 1) on the seams."""
    return min(max((u - below) / (upto - below), _SMALLEST / 2), 1.0 - _SMALLEST)
