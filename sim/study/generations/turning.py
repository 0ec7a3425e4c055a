"""When one world becomes the dearer one: where a difference that grows month by month changes its sign."""

from __future__ import annotations

import itertools
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.study.generations.law import MONTHS
from sim.study.running.estimate import ratios

Floats = npt.NDArray[np.float64]


class Turn(NamedTuple):
    """A change of sign, in years from the beginning.

    Attributes
    ----------
    at : float
        Where the mean difference is nothing, months being joined by straight lines.
    low, high : float or None
        Of the stretch around it in which the difference's own 95 % interval holds nothing; None on a side on which it
        goes on as far as was looked.
    rises : bool
        The difference is below zero before, and above it after.
    """

    at: float
    low: float | None
    high: float | None
    rises: bool


def turns(differences: Floats) -> list[Turn]:
    """Return where a difference changes its sign.

    Parameters
    ----------
    differences : array, shape (replications, months)
        At the end of each month. At the beginning there is none.

    Returns
    -------
    list of Turn
        In order; the set of months at which the paired interval holds zero is that of Fieller, as with a break-even.

    Examples
    --------
    Two worlds that part by 1 a month for three months and come together by 3 a month are the same after 4.5 of them:

    >>> found = turns(np.array([[-1.0, -2.0, -3.0, -1.0, 1.0], [-1.0, -2.0, -3.0, -1.0, 1.0]]))
    >>> [(12 * one.at, one.rises) for one in found]
    [(4.5, True)]
    """
    mean, low, high = ratios(differences, np.ones_like(differences))
    times = np.arange(1, differences.shape[1] + 1) / MONTHS
    signs = [(at, np.sign(value)) for at, value in enumerate(mean) if value]
    found = []
    for (before, sign), (after, other) in itertools.pairwise(signs):
        if sign != other:
            part = mean[before] / (mean[before] - mean[after])
            at = float(times[before] + part * (times[after] - times[before]))
            ends = _ends(before, after, times, low, high)
            found.append(Turn(at, *ends, bool(other > 0)))
    return found


def _ends(before: int, after: int, times: Floats, low: Floats, high: Floats) -> tuple[float | None, float | None]:
    """Follow both bounds of the interval from a turn to where they are nothing."""
    if np.isnan(low).any():
        return None, None
    sure = np.where(low > 0.0, 1, np.where(high < 0.0, -1, 0))
    first, last = before, after
    while first >= 0 and sure[first] == 0:
        first -= 1
    while last < len(sure) and sure[last] == 0:
        last += 1
    begins = None if first < 0 else _crossing(first, first + 1, times, low if sure[first] > 0 else high)
    ends = None if last == len(sure) else _crossing(last - 1, last, times, low if sure[last] > 0 else high)
    return begins, ends


def _crossing(at: int, then: int, times: Floats, bound: Floats) -> float:
    """Return where a bound is nothing between two months."""
    if bound[at] == bound[then]:
        return float(times[at])
    part = min(max(bound[at] / (bound[at] - bound[then]), 0.0), 1.0)
    return float(times[at] + part * (times[then] - times[at]))
