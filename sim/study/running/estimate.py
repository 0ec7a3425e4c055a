"""Estimates over replications. The unit is the replication, never the customer: neighbours share a queue.

A measure is the ratio of two sums over replications. Its variance is that of the linearised residuals
``(N_r - R D_r) / mean(D)`` (the delta method for a ratio; Cochran, "Sampling Techniques", chapter 6),
its interval Student's with one degree of freedom less than there are replications, widened where the residuals are
skewed (`widening`): otherwise a small centre's interval holds the truth nine times in ten, not nineteen in twenty
(docs/stopping.md).
"""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.study.running.student import two_sided

Floats = npt.NDArray[np.float64]

_SKEWED = 4
"""Replications from which a skewness says anything: three points are skewed whatever they come from."""


class Estimate(NamedTuple):
    """A mean with its confidence interval.

    All are None where the measure is undefined; the bounds alone are None where one replication cannot give
    them.
    """

    mean: float | None
    low: float | None
    high: float | None


_ROUNDING = 1e-14
"""Of the numbers added up: a thousand of them, as many as there are worlds between two, come to about as much."""
UNDEFINED = Estimate(None, None, None)


def ratio(numerators: npt.ArrayLike, denominators: npt.ArrayLike, confidence: float = 0.95) -> Estimate:
    """Estimate a ratio measure from its totals, one number per replication.

    Parameters
    ----------
    numerators, denominators : array_like
        Totals of equal length. Where all denominators are equal this is the mean with its usual t interval.
    confidence : float
        Of the interval, two-sided.

    Returns
    -------
    Estimate
        Mean, low and high; None where they are not defined.

    Raises
    ------
    ValueError
        If the lengths differ, a number is not finite, or the confidence is not between 0 and 1.

    Examples
    --------
    Two replications with 6 calls for 2 problems and 6 for 4:

    >>> ratio([6, 6], [2, 4]).mean
    2.0
    """
    above, below = _totals(numerators, denominators, confidence)
    if below.sum() == 0:
        return UNDEFINED
    return _interval(_mean(above, below), _residuals(above, below), confidence)


def ratios(above: Floats, below: Floats, confidence: float = 0.95) -> tuple[Floats, Floats, Floats]:
    """Estimate many ratio measures at once, as `ratio` does each.

    Parameters
    ----------
    above, below : arrays, shape (replications, ...)
        Finite totals.

    Returns
    -------
    tuple of arrays
        Means and bounds; NaN where all denominators are zero, and bounds of one replication.
    """
    many, none = len(above), np.full(above.shape[1:], math.nan)
    sums = below.sum(axis=0)
    some = sums != 0
    mean = np.divide(above.sum(axis=0), sums, out=none.copy(), where=some)
    if many < 2:
        return mean, none, none.copy()
    left = above - mean * below
    error = np.sqrt(np.sum(left**2, axis=0) / (many - 1) / many) * widening(left, confidence)
    reach = two_sided(many - 1, confidence) * np.divide(error, np.abs(sums) / many, out=none.copy(), where=some)
    return mean, mean - reach, mean + reach


def paired_difference(
    first_numerators: npt.ArrayLike,
    first_denominators: npt.ArrayLike,
    second_numerators: npt.ArrayLike,
    second_denominators: npt.ArrayLike,
    confidence: float = 0.95,
) -> Estimate:
    """Estimate the second world's measure minus the first's, over replications that both worlds lived.

    The two series of residuals are subtracted replication by replication: what both worlds share cancels.
    Identical series differ by exactly zero.

    Parameters
    ----------
    first_numerators, first_denominators, second_numerators, second_denominators : array_like
        Totals, one number for each replication, the same replications in both worlds.
    confidence : float
        Of the interval, two-sided.

    Returns
    -------
    Estimate
        In the measure's own unit.

    Raises
    ------
    ValueError
        As `ratio`, and if the two worlds have unequally many replications.
    """
    a, b, c, d = _pairs(first_numerators, first_denominators, second_numerators, second_denominators, confidence)
    if b.sum() == 0 or d.sum() == 0:
        return UNDEFINED
    return _interval(_mean(c, d) - _mean(a, b), _residuals(c, d) - _residuals(a, b), confidence)


def logarithm_reach(
    first_numerators: npt.ArrayLike,
    first_denominators: npt.ArrayLike,
    second_numerators: npt.ArrayLike,
    second_denominators: npt.ArrayLike,
    confidence: float = 0.95,
) -> float | None:
    """Return half the length of the interval of ``log(second / first)``, two measures paired by replications.

    Its residuals are those of the second over its value less those of the first over its own.

    Returns
    -------
    float or None
        None where the logarithm or its interval is undefined.

    Raises
    ------
    ValueError
        As `paired_difference`.
    """
    a, b, c, d = _pairs(first_numerators, first_denominators, second_numerators, second_denominators, confidence)
    if len(a) < 2 or b.sum() == 0 or d.sum() == 0 or not _mean(c, d) * _mean(a, b) > 0:
        return None
    both = _interval(0.0, _residuals(c, d) / _mean(c, d) - _residuals(a, b) / _mean(a, b), confidence)
    return both.high


def by_replication(above: Floats, below: Floats) -> Floats:
    """Return a ratio measure by replication, linearised: the mean of all is the ratio of the sums."""
    values: Floats = _mean(above, below) + _residuals(above, below)
    return values


def combined(
    coefficients: npt.ArrayLike, above: npt.ArrayLike, below: npt.ArrayLike, confidence: float = 0.95
) -> list[Estimate]:
    """Estimate sums of ratio measures of several worlds, over replications that all of them lived.

    A difference is the sum with the coefficients -1 and 1. The series of residuals are added up with the same
    coefficients replication by replication, so that an interval is paired, and sums that add up to another's
    coefficients add up to its mean and to its residuals, too.

    Parameters
    ----------
    coefficients : array_like, shape (sums, worlds)
    above, below : array_like, shape (replications, worlds)
        Numerators and denominators.

    Returns
    -------
    list of Estimate
        One for each sum; undefined where a world that counts in it has no denominator.

    Raises
    ------
    ValueError
        As `ratio`, and if the shapes do not fit.

    Examples
    --------
    >>> combined([[-1, 1]], [[1.0, 2.0], [1.0, 4.0]], [[1.0, 1.0], [1.0, 1.0]])[0].mean
    2.0
    """
    over, under = np.asarray(above, np.float64), np.asarray(below, np.float64)
    weights = np.asarray(coefficients, np.float64)
    if weights.ndim != 2 or over.ndim != 2 or over.shape != under.shape or weights.shape[1] != over.shape[1]:
        raise ValueError(
            "totals have a row for each replication and a column for each world, coefficients one for each"
        )
    _totals(over.ravel(), under.ravel(), confidence)
    some = under.sum(axis=0) != 0
    means = np.array([_mean(*pair) if there else 0.0 for *pair, there in zip(over.T, under.T, some, strict=True)])
    residuals = np.zeros_like(over)
    residuals[:, some] = (over[:, some] - means[some] * under[:, some]) / under[:, some].mean(axis=0)
    return [
        UNDEFINED
        if row[~some].any()
        else _interval(float(_summed(means, row)), np.atleast_1d(_summed(residuals, row)), confidence)
        for row in weights
    ]


def _summed(values: Floats, weights: Floats) -> Floats:
    """Add up along the last axis; what is less than the rounding of such a sum is nothing."""
    found: Floats = values @ weights
    return np.where(np.abs(found) <= _ROUNDING * (np.abs(values) @ np.abs(weights)), 0.0, found)


def common_luck_gain(
    first_numerators: npt.ArrayLike,
    first_denominators: npt.ArrayLike,
    second_numerators: npt.ArrayLike,
    second_denominators: npt.ArrayLike,
) -> float | None:
    """Return how many times as many replications the same interval would take if the worlds shared no luck.

    The variance of the difference of two independent worlds, over that of the paired difference (common random numbers;
    Law, "Simulation Modeling and Analysis", section 11.2). 1 means that nothing is gained.

    Returns
    -------
    float or None
        None where it cannot be told: the measure is undefined, there is one replication, or nothing differs.

    Raises
    ------
    ValueError
        As `paired_difference`.
    """
    a, b, c, d = _pairs(first_numerators, first_denominators, second_numerators, second_denominators, 0.95)
    if b.sum() == 0 or d.sum() == 0:
        return None
    one, other = _residuals(a, b), _residuals(c, d)
    apart, paired = float((one**2).sum() + (other**2).sum()), float(((other - one) ** 2).sum())
    return apart / paired if paired > 1e-24 * apart else None


def widening(residuals: Floats, confidence: float) -> Floats:
    """Return by how much an interval is wider than Student's because its residuals are skewed: 1 where they are not.

    The term in the squared skewness of the expansion of ``P(|t| < x)`` by powers of 1 / replications (Hall, "The
    Bootstrap and Edgeworth Expansion", 1992, section 2.6): ``1 + G**2 / n * (x**4 + 2 x**2 - 3) / 18`` with the normal
    bound x and the sample's skewness G (Fisher's; Joanes and Gill, "Comparing measures of sample skewness and
    kurtosis", 1998). G**2 is at most n, so a 95 % interval is at most 2.08 times as wide. The term in the kurtosis is a
    fifteenth of it, and too uncertain with few replications to be of use.

    Parameters
    ----------
    residuals : array, shape (replications, ...)
        Whose sum over replications is zero; of three replications and fewer nothing is told.

    Examples
    --------
    One replication of four that is unlike the others is as skewed as four can be, G**2 = 4:

    >>> round(float(widening(np.array([3.0, -1.0, -1.0, -1.0]), 0.95)), 2)
    2.08
    """
    many = len(residuals)
    if many < _SKEWED:
        return np.ones(residuals.shape[1:])
    size = np.abs(residuals).max(axis=0)
    scaled = np.divide(residuals, size, out=np.zeros(residuals.shape), where=size > 0)
    second, third = np.mean(scaled**2, axis=0), np.mean(scaled**3, axis=0)
    own = np.divide(third**2, second**3, out=np.zeros(residuals.shape[1:]), where=second > 0)
    squared = own * many * (many - 1) / (many - 2) ** 2
    x = NormalDist().inv_cdf(0.5 + confidence / 2)
    widened: Floats = 1.0 + squared / many * max(0.0, x**4 + 2 * x**2 - 3) / 18
    return widened


def _pairs(a: npt.ArrayLike, b: npt.ArrayLike, c: npt.ArrayLike, d: npt.ArrayLike, confidence: float) -> list[Floats]:
    totals = [*_totals(a, b, confidence), *_totals(c, d, confidence)]
    if len(totals[0]) != len(totals[2]):
        raise ValueError(f"paired replications are equally many, not {len(totals[0])} and {len(totals[2])}")
    return totals


def _totals(numerators: npt.ArrayLike, denominators: npt.ArrayLike, confidence: float) -> tuple[Floats, Floats]:
    above, below = np.asarray(numerators, np.float64), np.asarray(denominators, np.float64)
    if above.ndim != 1 or above.shape != below.shape or not len(above):
        raise ValueError("numerators and denominators are one number each per replication, at least one")
    if not (np.isfinite(above).all() and np.isfinite(below).all()):
        raise ValueError("totals are finite; an undefined measure has a denominator of zero")
    if not 0 < confidence < 1:
        raise ValueError(f"a confidence lies between 0 and 1, {confidence:g} does not")
    return above, below


def _mean(above: Floats, below: Floats) -> float:
    return float(above.sum() / below.sum())


def _residuals(above: Floats, below: Floats) -> Floats:
    residuals: Floats = (above - _mean(above, below) * below) / below.mean()
    return residuals


def _interval(mean: float, residuals: Floats, confidence: float) -> Estimate:
    many = len(residuals)
    if many < 2:
        return Estimate(mean, None, None)
    # The residuals sum to zero, but for rounding.
    error = math.sqrt(float((residuals**2).sum()) / (many - 1) / many)
    reach = two_sided(many - 1, confidence) * error * float(widening(residuals, confidence))
    return Estimate(mean, mean - reach, mean + reach)
