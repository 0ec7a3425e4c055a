"""Screening by KN++: which of several systems may still be the best, with a chance of error that is agreed before.

Kim and Nelson, "On the asymptotic validity of fully sequential selection procedures for steady-state simulation",
Operations Research 54, 2006: the procedure KN++, whose variances are those of all observations so far. They are
variances of differences here, observation by observation, so that what systems have in common cancels.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt


def screened(
    values: npt.NDArray[np.float64], alive: Sequence[int], systems: int, indifference: float, confidence: float
) -> list[int]:
    """Return which of the systems may still have the lowest mean.

    Parameters
    ----------
    values : array, shape (observations, len(alive))
        What each of those still in has been observed to be, each row with common luck.
    alive : sequence of int
        Their names.
    systems : int
        How many there were at first.
    indifference : float
        A difference that is worth telling apart, above 0.
    confidence : float
        That the best one stays, where it is better than all others by this difference.

    Returns
    -------
    list of int
        One at least, in the same order.

    Examples
    --------
    >>> values = np.array([[0.0, 5.0], [1.0, 5.5], [0.5, 5.0]])
    >>> screened(values, [3, 8], 2, 1.0, 0.95)
    [3]
    """
    many, means = len(values), values.mean(axis=0)
    eta = 0.5 * ((2.0 * (1.0 - confidence ** (1.0 / (systems - 1)))) ** (-2.0 / (many - 1)) - 1.0)
    centred = values - means
    squares = (centred[:, :, None] - centred[:, None, :]) ** 2
    variances = squares.sum(axis=0) / (many - 1)
    reach = np.maximum(0.0, eta * (many - 1) * variances / indifference - indifference * many / 2.0) / many
    stays = (means[:, None] <= means[None, :] + reach).all(axis=1)
    return [one for one, kept in zip(alive, stays, strict=True) if kept]
