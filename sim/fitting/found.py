"""A value that was found in a log: with its standard error, its interval, and of how many it is."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

CONFIDENCE = 0.95
"""Of all intervals, two-sided."""


class Found(NamedTuple):
    """An estimate.

    Attributes
    ----------
    value, low, high : float
        The estimate and its 95 % interval; nan where the log does not tell, infinity where it sets no bound.
    error : float
        Its standard error.
    n : int
        What it was estimated from: calls, days or agents.
    """

    value: float
    low: float
    high: float
    error: float
    n: int

    def scaled(self, factor: float) -> Found:
        """Return the same in another unit."""
        return Found(self.value * factor, self.low * factor, self.high * factor, self.error * factor, self.n)


UNKNOWN = Found(math.nan, math.nan, math.nan, math.nan, 0)


def around(value: float, error: float, n: int, df: float = math.inf) -> Found:
    """Return an estimate with the interval of the normal law, or of Student's with so many degrees of freedom."""
    reach = quantile(df) * error
    return Found(value, value - reach, value + reach, error, n)


def above_zero(value: float, error: float, n: int, df: float = math.inf) -> Found:
    """Return an estimate of what is above zero, its interval taken of the logarithm (the delta method)."""
    if not value > 0.0:
        return Found(value, math.nan, math.nan, error, n)
    reach = math.exp(min(quantile(df) * error / value, 700.0))
    return Found(value, value / reach, value * reach, error, n)


def quantile(df: float = math.inf) -> float:
    """Return how many standard errors an interval reaches to either side."""
    from scipy import stats

    if math.isnan(df) or df < 1.0:
        return math.inf
    return float(stats.t.ppf(0.5 + CONFIDENCE / 2.0, df))


def share(hits: npt.ArrayLike, whose: npt.ArrayLike | None = None) -> Found:
    """Estimate a share, with Wilson's interval (Journal of the American Statistical Association 22, 1927).

    Parameters
    ----------
    hits : array of bool
        One for each trial.
    whose : array of int, optional
        Whose trial it was. Trials of the same caller are alike: the interval is that of as many independent trials as
        would spread as much (the design effect; Kish, "Survey Sampling", 1965, section 5.4), never of more than there
        are.

    Examples
    --------
    >>> found = share([True] * 2 + [False] * 8)
    >>> round(found.value, 3), round(found.low, 3), round(found.high, 3)
    (0.2, 0.057, 0.51)
    """
    trials = np.asarray(hits, bool)
    if not len(trials):
        return UNKNOWN
    n, p = len(trials), float(trials.mean())
    worth = n / (design_effect(trials, np.asarray(whose)) if whose is not None else 1.0)
    z = quantile()
    middle = (p + z * z / (2.0 * worth)) / (1.0 + z * z / worth)
    reach = z * math.sqrt(p * (1.0 - p) / worth + (z / (2.0 * worth)) ** 2) / (1.0 + z * z / worth)
    low, high = max(middle - reach, 0.0) if p > 0.0 else 0.0, min(middle + reach, 1.0) if p < 1.0 else 1.0
    return Found(p, low, high, math.sqrt(p * (1.0 - p) / worth), n)


def design_effect(hits: npt.NDArray[np.bool_], whose: npt.NDArray[np.int64]) -> float:
    """Return the variance of a share whose trials come in groups, over that of as many trials alone; 1 at least."""
    n, p = len(hits), float(hits.mean())
    if p in (0.0, 1.0):
        return 1.0
    residuals = summed(hits - p, whose)
    groups = len(residuals)
    if groups < 2:
        return float(n)
    return max(1.0, float((residuals**2).sum()) * groups / (groups - 1) / (n * p * (1.0 - p)))


def summed(values: npt.NDArray[np.floating], whose: npt.NDArray[np.int64]) -> Floats:
    """Return the sums by group, groups in any order."""
    _, group = np.unique(whose, return_inverse=True)
    return np.bincount(group, values).astype(np.float64)


def ratio(above: npt.ArrayLike, below: npt.ArrayLike) -> Found:
    """Estimate the ratio of two sums over days, or other units, from the residuals (Cochran 1977, chapter 6)."""
    top, bottom = np.asarray(above, np.float64), np.asarray(below, np.float64)
    n, whole = len(top), float(bottom.sum())
    if not n or whole <= 0.0:
        return UNKNOWN
    value = float(top.sum()) / whole
    if n < 2:
        return Found(value, math.nan, math.nan, math.nan, n)
    residuals = (top - value * bottom) * n / whole
    return around(value, float(residuals.std(ddof=1)) / math.sqrt(n), n, n - 1)


def quotient(above: Found, below: Found) -> Found:
    """Return one estimate over another, both of something above zero and found apart from one another.

    Its interval is recovered from theirs (Donner and Zou, Statistical Methods in Medical Research 21, 2012): it has a
    width where one of them has, even where the upper one is zero.

    Examples
    --------
    >>> found = quotient(Found(0.0, 0.0, 0.1, 0.0, 50), Found(0.8, 0.8, 0.8, 0.0, 50))
    >>> round(found.value, 3), round(found.low, 3), round(found.high, 3)
    (0.0, 0.0, 0.125)
    """
    a, b = above.value, below.value
    low = _end(a, b, above.low, below.high, -1.0)
    high = _end(a, b, above.high, below.low, 1.0)
    return Found(a / b, max(low, 0.0), high, (high - low) / (2.0 * quantile()), min(above.n, below.n))


def _end(a: float, b: float, one: float, other: float, sign: float) -> float:
    """Return the end of the interval of a / b that these ends of theirs lead to; infinity where b may be nothing."""
    under = other * (2.0 * b - other)
    if math.isnan(one) or math.isnan(other) or under <= 0.0:
        return math.inf if sign > 0.0 else 0.0
    return (a * b + sign * math.sqrt(max(a * b * a * b - one * (2.0 * a - one) * under, 0.0))) / under
