"""How many call again, and after which gap: by likelihood, with those who never would and the closed hours in it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.fitting.again import Followed
from sim.fitting.found import UNKNOWN, Floats, Found, above_zero, quantile, summed
from sim.fitting.gap_laws import Exponential, GapLaw, Lognormal, gap_law
from sim.fitting.laws import FEWEST, alike, all_equal, curvature
from sim.fitting.told import number
from sim.units import DAY

GAP_LAWS = ("exponential", "lognormal")
"""The laws of the gap before the next call that are tried: a short one and one with a long tail."""
_SHORTEST = 1.0 / 120.0
"""Half a second: a log of whole seconds has gaps of none."""
_NOTHING = 1e-9
"""Minutes to a closing that has been: none, but for its logarithm."""
_NEVER = 1e300
"""Surprise at what cannot be."""
_ALL = 12.0
"""Logarithm of the odds from which on a share is one: six in a million are left."""
_NARROWEST = 0.01
"""Deviation of the logarithm of a gap, at which it is no law: all gaps are the same."""
_UNSURE = 10.0
"""The upper end of a mean's interval over its lower, from which on the mean is not told."""
_MUCH_BETTER = 10.0
"""Of Akaike's criterion: what is as far behind has next to no support (Burnham and Anderson 2002, section 2.6)."""
_STEP = 1e-4
"""Of a parameter, where derivatives are taken."""


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
    doubt : str
        Why the log does not tell it, in words that go on from "for"; empty where it does.
    """

    share: Found
    law: str
    mean: Found
    cv: Found
    aic: float
    n: int
    again: int
    doubt: str = ""

    def within(self, minutes: float) -> float:
        """Return the share that comes again within so many minutes, by the law."""
        return self.share.value * float(self.gap().cdf(np.array(minutes)))

    def gap(self) -> GapLaw:
        """Return the law of the gap."""
        return gap_law(self.law, self.mean.value, self.cv.value)


def redials(calls: Followed) -> tuple[Redial, ...]:
    """Fit the share that calls again together with the law of the gap, the best by AIC first.

    A call watched for ``t`` minutes without another is one of those who never would, or whose gap is longer:
    ``1 - p G(t)`` (Boag, Journal of the Royal Statistical Society B 11, 1949). A gap without a closing in it is
    ``p g(t)``. Who means to call when the line is closed comes at some time of the next open stretch: a call in a
    stretch was meant for a time between the closing before it, ``a``, and its end, ``b``, and has ``p (G(b) - G(a))``,
    whatever the law of how long after the opening such calls come (`sim.fitting.moved`).

    Returns
    -------
    tuple
        Empty where fewer than `FEWEST` came again, or all came after the same gap. One with a doubt comes after those
        without, unless it is much the better.
    """
    came = calls.came()
    if int(came.sum()) < FEWEST or all_equal(calls.gap[came]):
        return ()
    seen = _Seen(calls)
    fits = [_redial(law, calls, seen) for law in GAP_LAWS]
    return tuple(sorted(fits, key=lambda fit: fit.aic + (_MUCH_BETTER if fit.doubt else 0.0)))


class _Seen:
    """What the likelihood is reckoned from: what is alike is told once, with how often it was."""

    def __init__(self, calls: Followed) -> None:
        beyond, none = calls.beyond(), ~calls.came()
        direct = calls.came() & ~beyond
        self.gaps, self.many_gaps, self._gap = alike(np.maximum(calls.gap[direct], _SHORTEST))
        self.shut, _, shut = alike(np.maximum(calls.stretch.shut[beyond], _NOTHING))
        self.closes, _, closes = alike(np.maximum(calls.stretch.closes[beyond], _SHORTEST))
        pairs, self._pair, self.many_pairs = np.unique(
            shut * max(len(self.closes), 1) + closes, return_inverse=True, return_counts=True
        )
        self._shut, self._closes = np.divmod(pairs, max(len(self.closes), 1))
        self.watched, self.many_watched, self._watched = alike(np.maximum(calls.watched[none], _NOTHING))
        self.again = int(direct.sum() + beyond.sum())
        self.longest = float(calls.watched.max())
        self.whose = np.concatenate([calls.caller[direct], calls.caller[beyond], calls.caller[none]])

    def log_likelihood(self, p: float, made: GapLaw) -> float:
        gaps, pairs, watched = self._parts(p, made)
        total = float(self.many_gaps @ gaps) + float(self.many_pairs @ pairs) + float(self.many_watched @ watched)
        return total + self.again * math.log(p)

    def each(self, p: float, made: GapLaw) -> Floats:
        """Return the logarithm of the likelihood of each call, in the order of `whose`."""
        gaps, pairs, watched = self._parts(p, made)
        sure = math.log(p)
        return np.concatenate([gaps[self._gap] + sure, pairs[self._pair] + sure, watched[self._watched]])

    def _parts(self, p: float, made: GapLaw) -> tuple[Floats, Floats, Floats]:
        between = _log_between(made, self.shut, self.closes, self._shut, self._closes)
        return made.logpdf(self.gaps), between, np.log1p(-p * made.cdf(self.watched))


def _log_between(made: GapLaw, low: Floats, high: Floats, at_low: Any, at_high: Any) -> Floats:
    """Return log(G(high) - G(low)) of pairs, reckoned on the side of the median on which the lower one lies."""
    upper, upper_high = made.logsf(low)[at_low], made.logsf(high)[at_high]
    lower, lower_high = made.logcdf(low)[at_low], made.logcdf(high)[at_high]
    with np.errstate(divide="ignore"):  # of the two that is not taken
        tail, head = (high + np.log1p(-np.exp(low - high)) for high, low in ((upper, upper_high), (lower_high, lower)))
    return np.asarray(np.where(lower > upper, tail, head), np.float64)


def _made(law: str, at: Floats) -> GapLaw:
    """Return the law of the logarithm of its mean, or of mean and deviation of the gap's logarithm."""
    if law == "exponential":
        return Exponential(math.exp(min(max(at[0], -40.0), 40.0)))
    return Lognormal(min(max(float(at[0]), -40.0), 40.0), _deviation(at[1]))


def _deviation(logarithm: float) -> float:
    return math.exp(min(max(logarithm, math.log(_NARROWEST)), 3.0))


def _redial(law: str, calls: Followed, seen: _Seen) -> Redial:
    at = _likeliest(law, calls, seen)
    free = np.arange(len(at)) > 0 if at[0] >= _ALL else np.ones(len(at), bool)
    if at[0] >= _ALL:
        at[0] = math.inf

    def log_likelihood(x: Floats) -> float:
        return _log_likelihood(law, _with(at, free, x), seen)

    information = -curvature(log_likelihood, at[free])
    peaked = bool(np.isfinite(information).all()) and bool(np.linalg.eigvalsh(information).min() > 0.0)
    covariance = np.full((len(at), len(at)), math.nan)
    covariance[np.ix_(free, free)] = _covariance(law, at, free, information, seen) if peaked else math.nan
    mean, cv = (_gap_found(law, at, covariance[1:, 1:], which, len(calls)) for which in (0, 1))
    share = _share(law, at, covariance[0, 0], seen, len(calls))
    aic = 2.0 * len(at) - 2.0 * _log_likelihood(law, at, seen)
    doubt = _doubt(law, at, peaked, mean, seen.longest)
    return Redial(share, law, mean, cv, aic, len(calls), seen.again, doubt)


def _with(at: Floats, free: npt.NDArray[np.bool_], x: Floats) -> Floats:
    whole = at.copy()
    whole[free] = x
    return whole


def _likeliest(law: str, calls: Followed, seen: _Seen) -> Floats:
    from scipy import optimize

    def surprise(at: Floats) -> float:
        total = _log_likelihood(law, at, seen)
        return -total if math.isfinite(total) else _NEVER

    found = optimize.minimize(surprise, _beginning(law, calls), method="Nelder-Mead", options=_FINELY)
    return np.asarray(found.x, np.float64)


_FINELY = {"xatol": 1e-6, "fatol": 1e-6, "maxiter": 2000, "maxfev": 4000}


def _log_likelihood(law: str, at: Floats, seen: _Seen) -> float:
    with np.errstate(all="ignore"):  # far from what was seen a density may be beyond what a number holds
        return seen.log_likelihood(_inside(at[0]), _made(law, at[1:]))


def _inside(logit: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(logit, -30.0)))


def _beginning(law: str, calls: Followed) -> list[float]:
    came = calls.came()
    p, gaps = min(max(float(came.mean()), 0.01), 0.99), np.maximum(calls.gap[came], _SHORTEST)
    logit = math.log(p / (1.0 - p))
    if law == "exponential":
        return [logit, math.log(float(gaps.mean()))]
    return [logit, float(np.log(gaps).mean()), math.log(max(float(np.log(gaps).std()), 0.1))]


def _covariance(law: str, at: Floats, free: npt.NDArray[np.bool_], information: Floats, seen: _Seen) -> Floats:
    """Return the covariance of what is free: with the scores of the callers between, where that is wider.

    It is the sandwich of Huber (1967) and White (1982), calls of the same caller as groups.
    """
    inverse = np.asarray(np.linalg.inv(information), np.float64)
    steps = np.eye(len(at))[free] * _STEP
    with np.errstate(all="ignore"):
        each = [
            seen.each(_inside((at + step)[0]), _made(law, (at + step)[1:]))
            - seen.each(_inside((at - step)[0]), _made(law, (at - step)[1:]))
            for step in steps
        ]
    sums = np.column_stack([summed(one / (2.0 * _STEP), seen.whose) for one in each])
    many = len(sums)
    if many < 2 or not np.isfinite(sums).all():
        return inverse
    grouped = np.asarray(inverse @ (sums.T @ sums) @ inverse * many / (many - 1.0), np.float64)
    return grouped if np.trace(grouped) > np.trace(inverse) else inverse


def _share(law: str, at: Floats, variance: float, seen: _Seen, n: int) -> Found:
    """Return the share with the interval of its log odds; of a share of one, with that of the likelihood's ratio."""
    p = _inside(at[0])
    if math.isinf(at[0]):
        low = _lowest(law, at, seen)
        return Found(1.0, low, 1.0, (1.0 - low) / quantile(), n)
    error = math.sqrt(max(variance, 0.0))
    low, high = (_inside(at[0] + sign * quantile() * error) for sign in (-1.0, 1.0))
    return Found(p, low, high, p * (1.0 - p) * error, n)


def _lowest(law: str, at: Floats, seen: _Seen) -> float:
    """Return the share below one at which the likelihood has fallen as far as at the end of a 95 % interval."""
    from scipy import optimize

    best = _log_likelihood(law, at, seen) - quantile() ** 2 / 2.0

    def above(logit: float) -> float:
        return _log_likelihood(law, np.concatenate([[logit], at[1:]]), seen) - best

    return _inside(float(optimize.brentq(above, -30.0, 30.0))) if above(-30.0) < 0.0 < above(30.0) else math.nan


def _gap_of(law: str, at: Floats) -> tuple[float, float]:
    """Return mean and cv: of a lognormal law from the mean and the deviation of the logarithm."""
    if law == "exponential":
        return math.exp(min(at[0], 40.0)), 1.0
    variance = _deviation(at[1]) ** 2
    return math.exp(min(at[0] + variance / 2.0, 100.0)), math.sqrt(math.expm1(min(variance, 600.0)))


def _gap_found(law: str, at: Floats, covariance: Floats, which: int, n: int) -> Found:
    value = _gap_of(law, at[1:])[which]
    steps = np.eye(len(at) - 1) * 1e-5
    slope = np.array([(_gap_of(law, at[1:] + s)[which] - _gap_of(law, at[1:] - s)[which]) / 2e-5 for s in steps])
    if not slope.any() or not np.isfinite(covariance).all():
        return UNKNOWN._replace(value=value, n=n)
    return above_zero(value, math.sqrt(max(float(slope @ covariance @ slope), 0.0)), n)


def _doubt(law: str, at: Floats, peaked: bool, mean: Found, longest: float) -> str:
    """Say why the log does not tell this law, in words that go on from "for"; nothing where it does."""
    inside = float(_made(law, at[1:]).cdf(np.array(longest)))
    days = f"the {number(longest / DAY, 2)} days that calls were followed"
    if inside < 0.5:
        return f"by the likeliest law more than half of the gaps would be longer than {days}"
    if math.isinf(at[0]) and inside < 0.95:
        return f"its share runs to one, and {1.0 - inside:.0%} of the gaps would be longer than {days}"
    if law == "lognormal" and _deviation(at[1]) <= 1.5 * _NARROWEST:
        return f"all gaps would be of {number(mean.value)} min"
    if not peaked or math.isnan(mean.low):
        return "the gaps seen leave the law open"
    if mean.high > _UNSURE * mean.low:
        return f"its mean is anywhere from {_plain(mean.low)} to {_plain(mean.high)} min"
    return ""


def _plain(length: float) -> str:
    return number(length) if length < 1e7 else "many millions of"


def told(laws: Sequence[Redial]) -> Redial | None:
    """Return the law that the log tells, of some in order; None where it tells none."""
    return laws[0] if laws and not laws[0].doubt else None
