"""How long callers would wait before they hang up, where most are answered first."""

from __future__ import annotations

import itertools
import math
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.fitting.found import CONFIDENCE, UNKNOWN, Floats, Found, share

BANDS = (0, 10, 20, 30, 45, 60, 75, 90, 120, 180, 240, 300, 420, 600)
"""Seconds between which the hazard is told, as for the bank of 1999 (Guedj and Mandelbaum 2000)."""


class Band(NamedTuple):
    """The hazard of hanging up between two waits (s): hang-ups a minute waited."""

    low: int
    high: int
    hazard: Found


@dataclass(frozen=True, eq=False)
class Survival:
    """The share of callers who would still wait, by Kaplan and Meier, with Greenwood's interval of log(-log).

    Attributes
    ----------
    at, left, low, high : arrays
        Waits (min) at which somebody hung up, and the share whose patience is longer, with its interval.
    n : int
        Callers who waited, answered or not.
    """

    at: Floats
    left: Floats
    low: Floats
    high: Floats
    n: int

    def beyond(self, wait: float) -> Found:
        """Return the share whose patience is longer than a wait (min)."""
        place = int(np.searchsorted(self.at, wait, "right")) - 1
        if place < 0:
            return Found(1.0, math.nan, 1.0, 0.0, self.n)
        value, low, high = (float(one[place]) for one in (self.left, self.low, self.high))
        return Found(value, low, high, (high - low) / 3.92, self.n)


def kaplan_meier(hung_up: npt.ArrayLike, answered: npt.ArrayLike) -> Survival:
    """Estimate the survival of patience from waits that ended in a hang-up, and waits cut short by an answer (min).

    Examples
    --------
    Of four, one hangs up after a minute, one after three; one is answered after two:

    >>> [float(left) for left in kaplan_meier([1, 3], [2, 4]).left]
    [0.75, 0.375]
    """
    from scipy import stats

    left, answer = np.asarray(hung_up, np.float64), np.asarray(answered, np.float64)
    if not len(left):
        nobody = np.zeros(0)
        return Survival(nobody, nobody, nobody, nobody, len(answer))
    waits = stats.CensoredData.right_censored(
        np.concatenate([left, answer]), np.arange(len(left) + len(answer)) >= len(left)
    )
    found = stats.ecdf(waits).sf
    ends = np.isin(found.quantiles, left)
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # where nobody is left there is no interval: see below
        interval = found.confidence_interval(CONFIDENCE, method="log-log")
    low, high = interval.low.probabilities, interval.high.probabilities
    at_the_end = ~np.isfinite(low)
    low, high = np.where(at_the_end, 0.0, low), np.where(at_the_end, found.probabilities, high)
    return Survival(found.quantiles[ends], found.probabilities[ends], low[ends], high[ends], len(left) + len(answer))


def exponential_mean(hung_up: npt.ArrayLike, answered: npt.ArrayLike) -> Found:
    """Estimate the mean of an exponential patience: all minutes waited over those who hung up.

    Its interval is that of a Poisson number of hang-ups in so many minutes (Garwood, Biometrika 28, 1936).
    """
    left, answer = np.asarray(hung_up, np.float64), np.asarray(answered, np.float64)
    waited, many = float(left.sum() + answer.sum()), len(left)
    if not waited > 0.0:
        return UNKNOWN
    rate = hazard(many, waited)
    low, high = 1.0 / rate.high, 1.0 / rate.low if rate.low > 0.0 else math.inf
    n = len(left) + len(answer)
    if not many:
        return Found(math.inf, low, math.inf, math.nan, n)
    return Found(waited / many, low, high, waited / many / math.sqrt(many), n)


def hazard(many: int, waited: float) -> Found:
    """Return the rate of so many events in so many minutes, with its exact interval."""
    from scipy import stats

    if not waited > 0.0:
        return UNKNOWN
    tail = (1.0 - CONFIDENCE) / 2.0
    low = float(stats.chi2.ppf(tail, 2 * many)) / 2.0 if many else 0.0
    high = float(stats.chi2.ppf(1.0 - tail, 2 * many + 2)) / 2.0
    return Found(many / waited, low / waited, high / waited, math.sqrt(many) / waited, many)


def hazards(hung_up: npt.ArrayLike, answered: npt.ArrayLike, bands: Sequence[int] = BANDS) -> tuple[Band, ...]:
    """Estimate the hazard of hanging up by bands of the wait: hang-ups in a band over the minutes waited in it."""
    left, answer = np.asarray(hung_up, np.float64), np.asarray(answered, np.float64)
    waits = np.concatenate([left, answer])
    found = []
    for low, high in itertools.pairwise(bands):
        begin, end = low / 60.0, high / 60.0
        waited = float((np.clip(waits, begin, end) - begin).sum())
        many = int(((left > begin) & (left <= end)).sum())
        found.append(Band(low, high, hazard(many, waited)))
    return tuple(found)


def at_once(hung_up: npt.ArrayLike, others: npt.ArrayLike, within: float) -> Found:
    """Estimate the share of those not answered at once who hang up at once, within so many minutes.

    Parameters
    ----------
    hung_up, others : array_like
        Waits that ended in a hang-up, and all other waits (min). Who was answered within that time had no wait to
        shrink from.
    """
    left, other = np.asarray(hung_up, np.float64), np.asarray(others, np.float64)
    return share(np.concatenate([left <= within, np.zeros(int((other > within).sum()), bool)]))


def beside(balking: Found, soon: float) -> Found:
    """Take out of those who hang up at once the share whose patience ends so soon by its own law.

    Examples
    --------
    >>> beside(Found(0.1, 0.05, 0.15, 0.025, 99), 0.1).value
    0.0
    """

    def net(whole: float) -> float:
        return min(max((whole - soon) / (1.0 - soon), 0.0), 1.0)

    if not soon < 1.0:
        return balking
    low, value, high = (net(one) for one in (balking.low, balking.value, balking.high))
    return Found(value, low, high, balking.error / (1.0 - soon), balking.n)
