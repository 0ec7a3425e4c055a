"""One agent and a call cut at a limit; and the problem that starts again until it is done."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

from sim.theory.queues import OverloadedError


class Moments(NamedTuple):
    """First and second moment of a time (min, min^2)."""

    first: float
    second: float


def cut_exponential(mean: float, cut: float = math.inf) -> Moments:
    """Return the moments of min(S, cut) for an exponential S.

    Examples
    --------
    >>> round(cut_exponential(10, 20).first, 4)
    8.6466
    """
    if math.isinf(cut):
        return Moments(mean, 2.0 * mean * mean)
    x = cut / mean
    return Moments(-mean * math.expm1(-x), 2.0 * mean * mean * (1.0 - math.exp(-x) * (1.0 + x)))


def cut_lognormal(mean: float, cv: float, cut: float = math.inf) -> Moments:
    """Return the moments of min(S, cut) for a lognormal S (its limited expected values)."""
    wide = math.log1p(cv * cv)
    mu, sigma = math.log(mean) - wide / 2, math.sqrt(wide)

    def moment(k: int) -> float:
        whole = math.exp(k * mu + k * k * wide / 2)
        if math.isinf(cut):
            return whole
        z = (math.log(cut) - mu) / sigma
        return whole * _normal(z - k * sigma) + cut**k * _normal(-z)

    return Moments(moment(1), moment(2))


def _normal(z: float) -> float:
    return 0.5 * math.erfc(-z / math.sqrt(2.0))


def pollaczek_khinchine(rate: float, handling: Moments) -> float:
    """Return the mean wait of the M/G/1 queue (Pollaczek 1930, Khinchine 1932) (min).

    Examples
    --------
    >>> pollaczek_khinchine(0.125, Moments(4, 16))
    2.0
    """
    if rate * handling.first >= 1.0:
        raise OverloadedError(rate * handling.first, 1)
    return rate * handling.second / (2.0 * (1.0 - rate * handling.first))


@dataclass(frozen=True)
class Restart:
    """A problem whose talk is drawn anew in each call and cut after a while, until a call is short enough.

    Parameters
    ----------
    p_cut : float
        Share of calls that are cut.
    talk_per_call : float
        Mean talk of a call, cut or not (min).
    """

    p_cut: float
    talk_per_call: float

    @property
    def calls(self) -> float:
        """Mean calls per problem: a geometric law."""
        return 1.0 / (1.0 - self.p_cut)

    @property
    def talk(self) -> float:
        """Mean talk per problem (min; Wald)."""
        return self.talk_per_call * self.calls

    def at_least(self, calls: int) -> float:
        """Return the share of problems that take at least so many calls."""
        return self.p_cut ** (calls - 1)


def restart_exponential(mean: float, cut: float) -> Restart:
    """Return what a cut does to a memoryless talk drawn anew in each call: the total talk stays ``mean``.

    Examples
    --------
    >>> hotline = restart_exponential(10, 20)
    >>> round(hotline.calls, 4), round(hotline.talk, 12)
    (1.1565, 10.0)
    """
    return Restart(math.exp(-cut / mean), cut_exponential(mean, cut).first)
