"""Screening by KN++: which of several systems may still be the best, with a chance of error that is agreed before.

Kim and Nelson, "On the asymptotic validity of fully sequential selection procedures for steady-state simulation",
Operations Research 54, 2006: the procedure KN++, whose variances are those of all observations so far. They are
variances of differences here, observation by observation, so that what systems have in common cancels. The error is
shared out among the others in equal parts (Bonferroni), as their KN does for systems with common luck ("A fully
sequential procedure for indifference-zone selection in simulation", ACM TOMACS 11, 2001): the part
``1 - confidence ** (1 / (systems - 1))`` of KN++ is a little larger, and is for independent ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def screened(values: Floats, alive: Sequence[int], systems: int, indifference: float, confidence: float) -> list[int]:
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
    means = values.mean(axis=0)
    reaches = _reaches(values, systems, indifference, confidence)
    return [one for one, mean, reach in zip(alive, means, reaches, strict=True) if mean <= (means + reach).min()]


def alike(values: Floats, systems: int, indifference: float, confidence: float) -> bool:
    """Say whether those still in have the same mean to the bit and nothing could tell them apart any more.

    So it is where points make the same world: no number of observations would end the screening.

    Examples
    --------
    >>> alike(np.array([[1.0, 1.0], [3.0, 3.0]]), 2, 0.5, 0.95), alike(np.array([[1.0, 2.0], [2.0, 1.0]]), 2, 0.5, 0.95)
    (True, False)
    """
    means = values.mean(axis=0)
    if not (means == means[0]).all():
        return False
    return not any(reach.any() for reach in _reaches(values, systems, indifference, confidence))


def _reaches(values: Floats, systems: int, indifference: float, confidence: float) -> Iterator[Floats]:
    """Yield by how much each may be worse than every other without falling out: of many a table would fill memory."""
    many = len(values)
    eta = 0.5 * ((2.0 * (1.0 - confidence) / (systems - 1)) ** (-2.0 / (many - 1)) - 1.0)
    centred = values - values.mean(axis=0)
    for one in centred.T:
        variances = ((centred - one[:, None]) ** 2).sum(axis=0) / (many - 1)
        yield np.maximum(0.0, eta * (many - 1) * variances / indifference - indifference * many / 2.0) / many
