"""How long after an opening those come who had meant to call while the line was closed."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sim.fitting.again import Followed
from sim.fitting.found import Floats, Found, above_zero
from sim.fitting.laws import FEWEST, curvature
from sim.fitting.redials import Redial

_SHORTEST = 1.0 / 120.0
_FALL = 3.0
"""Of the logarithm of the likelihood at the ends of a 95 % interval of where a uniform law ends: twice the fall has the
chi-squared law with two degrees of freedom (Hogg, Annals of Mathematical Statistics 27, 1956)."""
_NEAR, _BY_CHANCE = 0.05, 1.63
"""A law is near where the distance is less than this and what one sample in a hundred has by chance (over root n)."""
_PLACES, _ENOUGH = 40, 5_000
"""Times at which the distance is taken, and calls of a kind that are enough for it."""
_ENDS = 200
"""Ends of a uniform law that are tried, and again between the neighbours of the best."""
_LEVEL = 5.0
"""Of a mean over the longest stretch, from which on an exponential law within the stretch is a uniform one."""


@dataclass(frozen=True, eq=False)
class Moved:
    """The law of the time from an opening to the call of one who had meant to call before it.

    Attributes
    ----------
    law : str
        exponential, or uniform from 0; either within the open stretch.
    mean : Found
        In min; of a uniform law half of its end.
    n : int
        Next calls with a closing before them; the others among them were meant for when they came.
    distance : float
        Kolmogorov and Smirnov's: how far the times after the opening lie from what the laws let expect.
    """

    law: str
    mean: Found
    aic: float
    n: int
    distance: float = 0.0

    def is_near(self) -> bool:
        """Say whether the law comes near to what was seen."""
        return self.distance <= _NEAR + _BY_CHANCE / math.sqrt(self.n)

    def share_by(self, at: Floats, length: Floats) -> Floats:
        """Return the share of those moved who come by this time after the opening of a stretch of this length (min)."""
        if self.law == "uniform":
            return np.asarray(np.minimum(at / np.minimum(2.0 * self.mean.value, length), 1.0))
        return np.asarray(np.expm1(-at / self.mean.value) / np.expm1(-length / self.mean.value))


def moved(groups: Sequence[tuple[Followed, Redial]]) -> Moved | None:
    """Fit the law of the time after the opening, given the laws of the gaps.

    A call seen ``d`` minutes after the last, in a stretch that began at ``o`` after a closing at ``c``, has the density
    ``g(d) + (G(o) - G(c)) m(d - o)``; ``m`` is that law within the stretch.

    Parameters
    ----------
    groups : sequence of (Followed, Redial)
        Calls that ended alike, with the law of the gap after them.

    Returns
    -------
    Moved or None
        None where fewer than `FEWEST` calls came with a closing before them.
    """
    rows = _Rows(groups)
    if rows.n < FEWEST:
        return None
    fits = [fit for fit in (_exponential(rows), _uniform(rows)) if fit is not None]
    best = min(fits, key=lambda fit: fit.aic)
    return replace(best, distance=_distance(groups, best))


def _distance(groups: Sequence[tuple[Followed, Redial]], law: Moved) -> float:
    """Return how far the times after the opening lie from their mean distribution, at most, at so many of their values.

    Each time after the opening, given the stretch, is below ``x`` with the chance
    ``(G(o + x) - G(o) + (G(o) - G(c)) M(x)) / (G(e) - G(c))``, where the stretch ends at ``e``.
    """
    delays, expected = [], []
    every = np.concatenate([these.gap - these.stretch.begun for calls, _ in groups for these in [_some(calls)]])
    values = np.quantile(every, np.linspace(0.0, 1.0, _PLACES))
    for calls, redial in groups:
        these, made = _some(calls), redial.gap()
        shut, begun, closes = these.stretch
        length, before = closes - begun, made.cdf(shut)
        for x in values:
            late = np.minimum(x, length)
            by = made.cdf(begun + late) - made.cdf(begun) + (made.cdf(begun) - before) * law.share_by(late, length)
            expected.append(by / np.maximum(made.cdf(closes) - before, 1e-300))
        delays.append(these.gap - these.stretch.begun)
    by_value = [np.concatenate(expected[at :: len(values)]).mean() for at in range(len(values))]
    seen = np.searchsorted(np.sort(np.concatenate(delays)), values, "right") / len(every)
    return float(np.abs(seen - by_value).max())


def _some(calls: Followed) -> Followed:
    """Return next calls with a closing before them, of very many one in so many."""
    these = calls.only(calls.beyond())
    return these.only(np.arange(len(these)) % max(len(these) // _ENOUGH, 1) == 0)


class _Rows:
    """The next calls with a closing before them.

    ``delay`` is the time after the opening, ``length`` that of the stretch (min); ``direct`` the density of coming as
    meant, ``part`` the chance of having been meant for the closed time.
    """

    def __init__(self, groups: Sequence[tuple[Followed, Redial]]) -> None:
        columns: list[list[Floats]] = [[], [], [], []]
        for calls, redial in groups:
            these = calls.only(calls.beyond())
            made = redial.gap()
            before = (
                np.maximum(these.gap - these.stretch.begun, _SHORTEST),
                these.stretch.closes - these.stretch.begun,
                np.exp(made.logpdf(np.maximum(these.gap, _SHORTEST))),
                made.cdf(these.stretch.begun) - made.cdf(np.maximum(these.stretch.shut, 0.0)),
            )
            for column, some in zip(columns, before, strict=True):
                column.append(some)
        self.delay, self.length, self.direct, self.part = (np.concatenate([*column, []]) for column in columns)
        self.length = np.maximum(self.length, self.delay)
        self.n = len(self.delay)

    def log_likelihood(self, density: Floats) -> float:
        with np.errstate(divide="ignore"):
            return float(np.log(self.direct + self.part * density).sum())


def _exponential(rows: _Rows) -> Moved | None:
    from scipy import optimize

    longest = float(rows.length.max())

    def of(at: float) -> float:
        mean = math.exp(at)
        return rows.log_likelihood(np.exp(-rows.delay / mean) / (mean * -np.expm1(-rows.length / mean)))

    ends = (math.log(_SHORTEST), math.log(2.0 * _LEVEL * longest))
    at = float(optimize.minimize_scalar(lambda x: -max(of(x), -1e300), bounds=ends, method="bounded").x)
    if math.exp(at) > _LEVEL * longest:
        return None
    peak = -float(curvature(lambda x: of(float(x[0])), np.array([at]))[0, 0])
    error = 1.0 / math.sqrt(peak) if peak > 0.0 else math.inf
    return Moved("exponential", above_zero(math.exp(at), math.exp(at) * error, rows.n), 2.0 - 2.0 * of(at), rows.n)


def _uniform(rows: _Rows) -> Moved:
    def of(end: float) -> float:
        return rows.log_likelihood((rows.delay < end) / np.minimum(end, rows.length))

    coarse = np.quantile(rows.delay, np.linspace(0.0, 1.0, _ENDS)) * (1.0 + 1e-9)
    tried = _finer(_finer(np.append(coarse, rows.length.max()), of), of)
    likely = np.array([of(end) for end in tried])
    best = int(np.argmax(likely))
    inside = tried[likely >= likely[best] - _FALL] / 2.0
    value, low, high = tried[best] / 2.0, float(inside.min()), float(inside.max())
    found = Found(float(value), low, high, (high - low) / 4.0, rows.n)
    return Moved("uniform", found, 2.0 - 2.0 * float(likely[best]), rows.n)


def _finer(tried: Floats, of: Callable[[float], float]) -> Floats:
    """Return ends with as many more between the neighbours of the best."""
    tried = np.unique(tried)
    best = int(np.argmax([of(end) for end in tried]))
    low, high = tried[max(best - 1, 0)], tried[min(best + 1, len(tried) - 1)]
    return np.unique(np.concatenate([tried, np.linspace(low, high, _ENDS // 4)]))
