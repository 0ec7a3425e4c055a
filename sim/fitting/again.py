"""Who calls again, after what, and when: followed by the caller's number, as far as the log goes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.fitting.found import (
    UNKNOWN,
    Floats,
    Found,
    Whole,
    above_zero,
    share,
)
from sim.fitting.laws import FEWEST, alike, curvature

_SHORTEST = 1.0 / 120.0
"""Half a second: a log of whole seconds has gaps of none."""
GAP_LAWS = ("exponential", "lognormal")
"""The laws of the gap before the next call that are tried: a short one and one with a long tail."""


@dataclass(frozen=True, eq=False)
class Followed:
    """Calls with what came after them.

    Attributes
    ----------
    gap : array
        Minutes from the end of the call to the caller's next; infinity where none came.
    until : array
        Minutes from the end of the call to the end of the log.
    caller : array of int
        Whose call it was.
    exact : array
        Minutes from the end of the call to the next closing time: a gap that goes beyond it began before the gap's end.
    """

    gap: Floats
    until: Floats
    caller: Whole
    exact: Floats

    def __len__(self) -> int:
        return len(self.gap)

    def only(self, these: npt.NDArray[np.bool_]) -> Followed:
        """Return some of them."""
        return Followed(self.gap[these], self.until[these], self.caller[these], self.exact[these])


def next_calls(caller: npt.ArrayLike, arrived: npt.ArrayLike, left: npt.ArrayLike) -> tuple[Floats, Whole]:
    """Return the minutes from the end of each call to its caller's next, and the place of that next call.

    Parameters
    ----------
    caller : array of int
        -1 where unknown: nothing follows.
    arrived, left : array_like
        In min; in the order of arrival. An end that is unknown is taken for the arrival.

    Returns
    -------
    array, array of int
        Infinity and -1 where no call follows.
    """
    who, came = np.asarray(caller, np.int64), np.asarray(arrived, np.float64)
    ended = np.where(np.isnan(left), came, left).astype(np.float64)
    order = np.lexsort((came, who))
    gap, place = np.full(len(who), math.inf), np.full(len(who), -1, np.int64)
    this, following = order[:-1], order[1:]
    same = (who[this] == who[following]) & (who[this] >= 0)
    gap[this[same]] = np.maximum(came[following[same]] - ended[this[same]], 0.0)
    place[this[same]] = following[same]
    return gap, place


def repeats(calls: Followed, days: float) -> Found:
    """Estimate the share of calls whose caller calls again within so many days.

    Only calls are counted of which the log still holds all these days.
    """
    within = days * 1440.0
    whole = calls.only(calls.until >= within)
    return share(whole.gap <= within, whole.caller)


@dataclass(frozen=True, eq=False)
class Redial:
    """How many call again, and after which gap.

    Attributes
    ----------
    share : Found
        Of those who ever would, by the law fitted.
    law : str
    mean, cv : Found
        Of the gap (min); the cv of an exponential law is 1.
    n, again : int
        Calls followed, and those after which the caller came again.
    """

    share: Found
    law: str
    mean: Found
    cv: Found
    aic: float
    n: int
    again: int

    def within(self, minutes: float) -> float:
        """Return the share that comes again within so many minutes, by the law."""
        return self.share.value * float(_gap_law(self.law, self.mean.value, self.cv.value).cdf(minutes))


def redials(calls: Followed, within: float) -> tuple[Redial, ...]:
    """Fit the share that calls again together with the law of the gap, the best by AIC first.

    A call followed to the end of the log, or for ``within`` minutes, without another is one of those who never would,
    or whose gap is longer: ``1 - p G(t)`` (Boag, Journal of the Royal Statistical Society B 11, 1949). A gap that holds
    a closing time is known to be longer than the time to it only, for a call meant for the night comes in the morning:
    ``p (1 - G(closing))``.

    Returns
    -------
    tuple
        Empty where fewer than `FEWEST` came again before the line closed.
    """
    again = calls.gap <= np.minimum(within, calls.until)
    if int((again & (calls.gap <= calls.exact)).sum()) < FEWEST:
        return ()
    return tuple(sorted((_redial(law, calls, again, within) for law in GAP_LAWS), key=lambda fit: fit.aic))


def _gap_law(law: str, mean: float, cv: float) -> Any:
    from scipy import stats

    if law == "exponential":
        return stats.expon(scale=mean)
    sigma = math.sqrt(math.log1p(cv * cv))
    return stats.lognorm(sigma, scale=mean * math.exp(-sigma * sigma / 2.0))


def _redial(law: str, calls: Followed, again: npt.NDArray[np.bool_], within: float) -> Redial:
    from scipy import optimize

    ends = again & (calls.gap <= calls.exact)
    beyond = again & ~ends
    gaps, many_gaps, _ = alike(np.maximum(calls.gap[ends], _SHORTEST))
    closings, many_closings, _ = alike(np.maximum(calls.exact[beyond], _SHORTEST))
    looked, many_looked, _ = alike(np.maximum(np.minimum(within, calls.until[~again]), _SHORTEST))

    def surprise(at: Floats) -> float:
        p, (mean, cv) = _inside(at[0]), _gap_of(law, at[1:])
        with np.errstate(all="ignore"):
            made = _gap_law(law, mean, cv)
            total = float(many_gaps @ made.logpdf(gaps)) + int(again.sum()) * math.log(p)
            total += float(many_closings @ made.logsf(closings) + many_looked @ np.log1p(-p * made.cdf(looked)))
        return -total if math.isfinite(total) else 1e300

    at = optimize.minimize(surprise, _beginning(law, calls, again), method="Nelder-Mead", options=_FINELY).x
    covariance = np.asarray(np.linalg.pinv(curvature(surprise, at)), np.float64)
    p, n = _inside(at[0]), len(calls)
    error = p * (1.0 - p) * math.sqrt(max(covariance[0, 0], 0.0))
    low, high = (_inside(at[0] + sign * 1.959964 * math.sqrt(max(covariance[0, 0], 0.0))) for sign in (-1.0, 1.0))
    mean, cv = (_gap_found(law, at, covariance, which, n) for which in (0, 1))
    aic = 2.0 * len(at) + 2.0 * surprise(at)
    return Redial(Found(p, low, high, error, n), law, mean, cv, aic, n, int(again.sum()))


_FINELY = {"xatol": 1e-8, "fatol": 1e-8, "maxiter": 4000, "maxfev": 8000}


def _inside(logit: float) -> float:
    return 1.0 / (1.0 + math.exp(-min(max(logit, -30.0), 30.0)))


def _gap_of(law: str, at: Floats) -> tuple[float, float]:
    """Return mean and cv: of a lognormal law from the mean and the deviation of the logarithm."""
    if law == "exponential":
        return math.exp(min(at[0], 40.0)), 1.0
    variance = math.exp(2.0 * min(at[1], 3.0))
    return math.exp(min(at[0] + variance / 2.0, 100.0)), math.sqrt(math.expm1(min(variance, 600.0)))


def _beginning(law: str, calls: Followed, again: npt.NDArray[np.bool_]) -> list[float]:
    p = min(max(float(again.mean()), 0.01), 0.99)
    gaps = np.maximum(np.minimum(calls.gap, calls.exact)[again], _SHORTEST)
    logit = math.log(p / (1.0 - p))
    if law == "exponential":
        return [logit, math.log(float(gaps.mean()))]
    return [logit, float(np.log(gaps).mean()), math.log(max(float(np.log(gaps).std()), 0.1))]


def _gap_found(law: str, at: Floats, covariance: Floats, which: int, n: int) -> Found:
    value = _gap_of(law, at[1:])[which]
    steps = np.eye(len(at)) * 1e-5
    slope = np.array([(_gap_of(law, (at + s)[1:])[which] - _gap_of(law, (at - s)[1:])[which]) / 2e-5 for s in steps])
    return (
        above_zero(value, math.sqrt(max(float(slope @ covariance @ slope), 0.0)), n)
        if slope.any()
        else (UNKNOWN._replace(value=value, n=n))
    )
