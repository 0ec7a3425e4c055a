"""How unlike agents are in speed: a variance component, not the spread of their means."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.fitting.found import CONFIDENCE, UNKNOWN, Floats, Found, Whole

FEWEST_CALLS = 5
"""Calls of an agent from which on his mean is counted."""


class Spread(NamedTuple):
    """The spread of talk between agents, and within the calls of one agent (coefficients of variation)."""

    between: Found
    within: Found


def spread(talks: npt.ArrayLike, agents: npt.ArrayLike, kinds: npt.ArrayLike | None = None) -> Spread:
    """Part the spread of talk into that between agents and that within the calls of one.

    A talk is mean x speed of the agent x part of the call, so its logarithm is a sum, whatever the law of the parts.
    With the variance ``S^2`` of the agents' mean logarithms, each agent counted once, and their harmonic mean of calls
    ``n``, the variance between agents is ``S^2 - within / n``; its interval is that of Thomas and Hultquist (Annals of
    Statistics 6, 1978): the quantiles of chi-squared with agents less one degrees of freedom. A variance ``v`` of
    logarithms is a coefficient of variation ``sqrt(exp(v) - 1)``, as of a lognormal law.

    Parameters
    ----------
    talks : array of numbers above 0
    agents : array of int
        Whose talk each was.
    kinds : array of int, optional
        The queue of each: the logarithms are taken from its mean.

    Returns
    -------
    Spread
        ``between`` is unknown with fewer than two agents of `FEWEST_CALLS` calls.
    """
    logs, who = np.log(np.asarray(talks, np.float64)), np.asarray(agents, np.int64)
    if kinds is not None:
        logs = _from_their_mean(logs, np.asarray(kinds, np.int64))
    _, group, many = np.unique(who, return_inverse=True, return_counts=True)
    enough = many >= FEWEST_CALLS
    logs, group = logs[enough[group]], (np.cumsum(enough) - 1)[group[enough[group]]]
    many = many[enough]
    if not len(many):
        return Spread(UNKNOWN, UNKNOWN)
    means = np.bincount(group, logs) / many
    residuals = logs - means[group]
    within, error = _within(residuals, len(logs) - len(many))
    inner = _as_cv(within, within - 1.96 * error, within + 1.96 * error, error, len(logs))
    if len(many) < 2:
        return Spread(UNKNOWN, inner)
    return Spread(_between(means, many.astype(np.float64), within), inner)


def _from_their_mean(logs: Floats, kinds: Whole) -> Floats:
    _, kind, many = np.unique(kinds, return_inverse=True, return_counts=True)
    return np.asarray(logs - (np.bincount(kind, logs) / many)[kind])


def _within(residuals: Floats, df: int) -> tuple[float, float]:
    """Return the variance within agents, and its error, of any law: by the fourth moment."""
    variance = float((residuals**2).sum()) / df
    fourth = float((residuals**4).mean())
    return variance, math.sqrt(max(fourth - variance * variance, 0.0) / len(residuals))


def _between(means: Floats, many: Floats, within: float) -> Found:
    from scipy import stats

    agents = len(means)
    seen, noise = float(means.var(ddof=1)), within * float((1.0 / many).mean())
    tail = (1.0 - CONFIDENCE) / 2.0
    low, high = ((agents - 1) * seen / float(stats.chi2.ppf(level, agents - 1)) - noise for level in (1.0 - tail, tail))
    return _as_cv(seen - noise, low, high, seen * math.sqrt(2.0 / (agents - 1)), agents)


def _as_cv(variance: float, low: float, high: float, error: float, n: int) -> Found:
    cv, least, most = (math.sqrt(math.expm1(min(max(one, 0.0), 700.0))) for one in (variance, low, high))
    slope = (1.0 + cv * cv) / (2.0 * cv) if cv > 0.0 else math.nan
    return Found(cv, least, most, slope * error, n)
