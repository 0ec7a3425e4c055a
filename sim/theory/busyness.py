"""How counts spread and hang together where days and intervals are busier than others by correlated Gamma factors.

The factors are Gamma laws of mean one; behind them stands a stationary AR(1) of normal scores (a Gaussian copula).
Given the factors, the problems of an interval are a Poisson number.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from sim.asked import Kind, numbers, series

Array = npt.NDArray[np.float64]
SHAPE = Kind("a shape of a Gamma factor, above 0.01 and at most 1e6", lambda x: 0.01 < x <= 1e6)
CORRELATION = Kind("a correlation, from -0.999 to 0.999", lambda x: -0.999 <= x <= 0.999)
COUNT = Kind("a mean count, from 0 to 1e9", lambda x: 0.0 <= x <= 1e9)
_NODES, _TERMS = 80, 24


def factor_correlation(correlation: float, shape: float) -> float:
    """Return Pearson's correlation of two Gamma factors whose normal scores have this correlation.

    By the Hermite expansion of the quantile function (Mehler's formula): the sum of c_n^2 r^n / n! over the variance.

    Raises
    ------
    ValueError
        If there is no such shape or correlation.

    Examples
    --------
    >>> f"{factor_correlation(0.8, 43):.4f} {factor_correlation(0.8, 252):.4f} {factor_correlation(0.8, 1):.3f}"
    '0.7992 0.7999 0.770'
    """
    r, k = numbers(correlation=(correlation, CORRELATION), shape=(shape, SHAPE))
    return float(np.polynomial.polynomial.polyval(r, _expansion(k)))


def covariance(
    expected: npt.ArrayLike,
    *,
    day_shape: float | None = None,
    day_correlation: float = 0.0,
    interval_shape: float | None = None,
    interval_correlation: float = 0.0,
    days_apart: int = 0,
) -> Array:
    """Return the covariances of a day's counts, or of the counts of two days.

    Cov(N_i, N_j) = m_i m_j ((1 + c_day) (1 + c_interval) - 1), and m_i more where it is the same count; c is the
    correlation of the factors over their shape (Avramidis, Deslauriers, L'Ecuyer, Management Science 50, 2004).

    Parameters
    ----------
    expected : array_like, shape (intervals,)
        Mean counts m of a day's intervals, from midnight to midnight.
    day_shape, interval_shape : float, optional
        Of the factors; none: there is no such factor.
    day_correlation, interval_correlation : float
        Of the normal scores of one day and the next, of one interval and the next.
    days_apart : int
        0: of a day with itself; 1: of a day and the next.

    Returns
    -------
    array, shape (intervals, intervals)

    Raises
    ------
    ValueError
        If a number is of another kind.
    """
    means = np.array(series("expected", np.ravel(np.asarray(expected, object)).tolist(), COUNT))
    many, places = len(means), np.arange(len(means))
    apart = np.abs(np.subtract.outer(places, places + many * days_apart))
    by_day = _of_factor(np.array(days_apart), day_shape, day_correlation)
    by_interval = _of_factor(apart, interval_shape, interval_correlation)
    together = np.outer(means, means) * ((1 + by_day) * (1 + by_interval) - 1)
    return together + np.diag(means) if days_apart == 0 else together


def _of_factor(apart: npt.NDArray[np.int64], shape: float | None, correlation: float) -> Array:
    """Return the covariance of factors so many steps apart."""
    if shape is None:
        return np.zeros(apart.shape)
    r, k = numbers(correlation=(correlation, CORRELATION), shape=(shape, SHAPE))
    return np.asarray(np.polynomial.polynomial.polyval(np.power(r, apart), _expansion(k)) / k)


@cache
def _expansion(shape: float) -> tuple[float, ...]:
    """Return the parts of the factor's variance by the order of their Hermite polynomials, 0 first."""
    from scipy import special

    nodes, weights = np.polynomial.hermite_e.hermegauss(_NODES)
    low, high = special.gammaincinv(shape, special.ndtr(nodes)), special.gammainccinv(shape, special.ndtr(-nodes))
    factors = np.where(nodes < 0, low, high) / shape
    parts = [0.0]
    for order in range(1, _TERMS):
        polynomial = np.polynomial.hermite_e.hermeval(nodes, [0.0] * order + [1.0])
        coefficient = float((weights * factors * polynomial).sum() / np.sqrt(2 * np.pi))
        parts.append(coefficient**2 / float(special.factorial(order)))
    return tuple(part / sum(parts) for part in parts)
