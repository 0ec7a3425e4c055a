"""How much busier one day is than another, and one interval than its day lets expect.

Counts are Poisson given the factors: N = Poisson(m B E), m the mean of the weekday's interval, B the Gamma factor of
the day and E that of the interval, both of mean 1 (Jongbloed and Koole, "Managing uncertainty in call centres using
Poisson mixtures", Applied Stochastic Models in Business and Industry 17, 2001; Avramidis, Deslauriers, L'Ecuyer,
Management Science 50, 2004).
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.fitting.found import (
    CONFIDENCE,
    UNKNOWN,
    Floats,
    Found,
    Whole,
    ratio,
)

NONE = math.inf
"""The shape of a factor that does not vary: Poisson alone will do."""


def means_of(counts: npt.NDArray[np.floating], kinds: Whole) -> Floats:
    """Return for each day the mean of the days of its kind; counts are by day, or by day and interval."""
    result = np.empty(counts.shape, np.float64)
    for kind in np.unique(kinds):
        result[kinds == kind] = counts[kinds == kind].mean(axis=0)
    return result


def day_shape(totals: npt.ArrayLike, kinds: npt.ArrayLike) -> Found:
    """Estimate the Gamma shape of the days' factor once the weekday is taken out.

    The shape s is where Pearson's statistic, the sum of ``(N - m)^2 / (m + m^2 / s)``, equals its degrees of freedom,
    days less kinds of days (Breslow, Applied Statistics 33, 1984). For days of one mean that is ``1 / (cv^2 - 1 / m)``.
    The interval holds the shapes for which the statistic lies within the quantiles of chi-squared; where neighbouring
    days are alike, with as many degrees of freedom as are worth of independent days (Bartlett 1935).

    Parameters
    ----------
    totals : array of numbers, one a day, in the order of the days
    kinds : array of int
        The weekday of each.

    Returns
    -------
    Found
        Infinite where the days vary no more than Poisson lets expect.

    Examples
    --------
    Two days of 60 and 140 calls: cv^2 is .32, and 1 / (.32 - .01) is 3.2.

    >>> round(day_shape([60, 140], [0, 0]).value, 3)
    3.226
    """
    from scipy import stats

    counts, kind = np.asarray(totals, np.float64), np.asarray(kinds, np.int64)
    counts, kind = _told(counts, kind)
    df = len(counts) - len(np.unique(kind))
    if df < 1:
        return UNKNOWN
    means = means_of(counts, kind)
    worth = df / _repeated(lag_one(counts, kind).value)
    tail = (1.0 - CONFIDENCE) / 2.0
    value, low, high = (
        _shape_where(counts, means, df * wanted / worth)
        for wanted in (worth, stats.chi2.ppf(tail, worth), stats.chi2.ppf(1.0 - tail, worth))
    )
    level = float(means.mean())
    error = value * value * (1.0 / value + 1.0 / level) * math.sqrt(2.0 / worth) if value < NONE else math.nan
    return Found(value, low, high, error, len(counts))


def _told(counts: Floats, kinds: Whole) -> tuple[Floats, Whole]:
    """Leave out days of a kind that there is but once, or that has no calls: they say nothing of a spread."""
    means = means_of(counts, kinds)
    many = np.array([(kinds == kind).sum() for kind in kinds]) if len(kinds) else np.zeros(0)
    keep = (many > 1) & (means > 0.0)
    return counts[keep], kinds[keep]


def _repeated(correlation: float) -> float:
    """Return how many days that follow each other like this are worth one."""
    rho = min(max(correlation, 0.0), 0.95) if math.isfinite(correlation) else 0.0
    return (1.0 + rho * rho) / (1.0 - rho * rho)


def _shape_where(counts: Floats, means: Floats, wanted: float) -> float:
    """Return the shape with which Pearson's statistic is as large as wanted; infinite where it never is."""
    from scipy import optimize

    squares = (counts - means) ** 2

    def statistic(spread: float) -> float:
        return float((squares / (means + means * means * spread)).sum())

    if statistic(0.0) <= wanted:
        return NONE
    top = 1.0
    while statistic(top) > wanted:
        top *= 4.0
    return 1.0 / float(optimize.brentq(lambda spread: statistic(spread) - wanted, 0.0, top, xtol=1e-14))


def lag_one(totals: npt.ArrayLike, kinds: npt.ArrayLike) -> Found:
    """Estimate how alike days are that follow each other, once the weekday is taken out (Fisher's interval)."""
    from scipy import stats

    counts, kind = np.asarray(totals, np.float64), np.asarray(kinds, np.int64)
    means = means_of(counts, kind)
    over = np.divide(counts, means, out=np.ones_like(counts), where=means > 0.0) - 1.0
    n = len(over) - 1
    if n < 4 or over[1:].std() == 0.0 or over[:-1].std() == 0.0:
        return UNKNOWN
    found = stats.pearsonr(over[:-1], over[1:])
    low, high = found.confidence_interval(CONFIDENCE)
    rho = float(found.statistic)
    return Found(rho, float(low), float(high), (1.0 - rho * rho) / math.sqrt(n), n)


class IntervalFactor(NamedTuple):
    """The further factor of an interval: its shape, and how alike neighbouring intervals are."""

    shape: Found
    correlation: Found


def interval_factor(counts: npt.ArrayLike, kinds: npt.ArrayLike) -> IntervalFactor:
    """Estimate the Gamma shape of the intervals' factor, given what the days come to.

    Given the day's total N, with shares p of its intervals, the residuals ``u = n - p N`` of a multinomial have the
    variance ``N p (1 - p)``, and a factor of variance 1/s adds ``N (N - 1) p^2 (1 - 2 p + sum p^2) / s``. Equating the
    sum of ``u^2 / (N p)`` gives 1/s as a ratio of two sums over days, with the interval of such a ratio. The
    correlation of neighbours is found in the same way from ``u_i u_(i+1)``.

    Parameters
    ----------
    counts : array of numbers, days by intervals
    kinds : array of int
        The weekday of each day; each has shares of its own.
    """
    table, kind = np.asarray(counts, np.float64), np.asarray(kinds, np.int64)
    called = table.sum(axis=1) > 1
    table, kind = table[called], kind[called]
    again = np.array([(kind == one).sum() > 1 for one in kind], bool)
    table, kind = table[again], kind[again]
    if len(table) < 2 or table.shape[1] < 2:
        return IntervalFactor(UNKNOWN, UNKNOWN)
    totals = table.sum(axis=1, keepdims=True)
    expected = means_of(table, kind)
    shares = expected / expected.sum(axis=1, keepdims=True)
    freed = _freed(kind)[:, None]
    extra, scale = _variance(table - shares * totals, totals, shares, freed)
    spread = ratio(extra, scale)
    shape = _inverted(spread)
    if not spread.value > 0.0:
        return IntervalFactor(shape, UNKNOWN)
    return IntervalFactor(shape, _neighbours(table - shares * totals, totals, shares, freed, spread.value))


def _freed(kinds: Whole) -> Floats:
    """Return by how much residuals from the mean of a kind of days are to be widened."""
    many = np.array([(kinds == kind).sum() for kind in kinds], np.float64)
    return many / (many - 1.0)


def _variance(residuals: Floats, totals: Floats, shares: Floats, freed: Floats) -> tuple[Floats, Floats]:
    whole = (shares**2).sum(axis=1, keepdims=True)
    seen = np.divide(residuals**2 * freed, totals * shares, out=np.zeros_like(residuals), where=shares > 0.0)
    extra = (seen - (1.0 - shares)) * (shares > 0.0)
    scale = (totals - 1.0) * shares * (1.0 - 2.0 * shares + whole)
    return extra.sum(axis=1), scale.sum(axis=1)


def _neighbours(residuals: Floats, totals: Floats, shares: Floats, freed: Floats, spread: float) -> Found:
    one, two = shares[:, :-1], shares[:, 1:]
    whole = (shares**2).sum(axis=1, keepdims=True)
    weight = np.divide(1.0, totals * np.sqrt(one * two), out=np.zeros_like(one), where=one * two > 0.0)
    seen = residuals[:, :-1] * residuals[:, 1:] * freed + totals * one * two
    both = totals * (totals - 1.0) * one * two
    apart = (one + two - whole) * both * spread  # what a factor of the others takes from both
    found = ratio(((seen + apart) * weight).sum(axis=1), (both * weight).sum(axis=1))
    return found.scaled(1.0 / spread)


def _inverted(spread: Found) -> Found:
    """Return the shape that has this variance."""
    if not spread.value > 0.0:
        low = 1.0 / spread.high if spread.high > 0.0 else math.nan
        return Found(NONE, low, NONE, math.nan, spread.n)
    high = 1.0 / spread.low if spread.low > 0.0 else NONE
    return Found(1.0 / spread.value, 1.0 / spread.high, high, spread.error / spread.value**2, spread.n)


def apart(day: Found, interval: Found, shares: npt.ArrayLike) -> Found:
    """Take out of the days' spread what the intervals' factor brings to it.

    A day's total of shares p has the variance ``1/s_day + (1 + 1/s_day) sum p^2 / s_interval`` beside Poisson's.
    """
    if not (math.isfinite(day.value) and math.isfinite(interval.value)):
        return day
    brought = float((np.asarray(shares, np.float64) ** 2).sum()) / interval.value

    def net(shape: float) -> float:
        left = 1.0 / shape - brought
        return (1.0 + brought) / left if left > 0.0 else NONE

    value = net(day.value)
    error = day.error * (value / day.value) ** 2 if value < NONE else math.nan
    return Found(value, net(day.low), net(day.high), error, day.n)
