"""Student's t for whole degrees of freedom: `scipy.special` has it too, and takes a quarter of a second to import."""

from __future__ import annotations

import math
from functools import cache

import numpy as np

_STEPS = 50
"""Of Newton's rule at most; some ten are enough."""
_MOST = 1000
"""Degrees up to which the sum is short and keeps its digits; whoever has more has time for the library."""


@cache
def two_sided(degrees: int, confidence: float) -> float:
    """Return the bound that the size of Student's t does not exceed with this probability.

    The probability is a sum of as many terms as half the degrees (Abramowitz and Stegun, "Handbook of Mathematical
    Functions", 26.7.3 and 26.7.4), and its bound is found by Newton's rule.

    Examples
    --------
    >>> round(two_sided(9, 0.95), 4)
    2.2622
    """
    if degrees > _MOST:
        from scipy.special import stdtrit

        return float(stdtrit(degrees, 0.5 + confidence / 2))
    angle, steepest = 0.0, _density_at_zero(degrees)
    for _ in range(_STEPS):  # the probability bends towards its bound, so from below no step goes too far
        missing = confidence - _within(degrees, angle)
        step = missing / (steepest * math.cos(angle) ** (degrees - 1))
        if step <= 1e-16 * angle:
            break
        angle += step
    return math.sqrt(degrees) * math.tan(angle)


def _within(degrees: int, angle: float) -> float:
    """Return the probability that the size of t is below ``sqrt(degrees) * tan(angle)``."""
    odd, sine, cosine = degrees % 2, math.sin(angle), math.cos(angle)
    at = np.arange(1, (degrees - odd) // 2)
    series = 1.0 + float(np.cumprod((2 * at - 1 + odd) / (2 * at + odd) * cosine**2).sum())
    if not odd:
        return sine * series
    return 2 / math.pi * (angle + (sine * cosine * series if degrees > 1 else 0.0))


def _density_at_zero(degrees: int) -> float:
    """Return by how much the probability grows with the angle at first."""
    return 2 / math.sqrt(math.pi) * math.exp(math.lgamma((degrees + 1) / 2) - math.lgamma(degrees / 2))
