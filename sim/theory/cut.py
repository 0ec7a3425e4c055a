"""One agent and a call cut at a limit; and the problem that starts again until it is done."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

from sim.asked import (
    AMOUNT,
    COUNT,
    LENGTH,
    NOT_ALL,
    SIZE,
    Kind,
    numbers,
    settle,
)
from sim.theory.queues import OverloadedError

_MOMENT = Kind("a number from 0 up", lambda x: x >= 0.0)


class Moments(NamedTuple):
    """First and second moment of a time (min, min^2)."""

    first: float
    second: float


def cut_exponential(mean: float, cut: float = math.inf) -> Moments:
    """Return the moments of min(S, cut) for an exponential S: the incomplete gamma function's.

    Examples
    --------
    >>> round(cut_exponential(10, 20).first, 4)
    8.6466
    """
    from scipy.special import gammainc

    mean, cut = numbers(mean=(mean, SIZE), cut=(cut, LENGTH))
    x = cut / mean
    return Moments(-mean * math.expm1(-x), 2.0 * mean * mean * float(gammainc(2.0, x)))


def cut_lognormal(mean: float, cv: float, cut: float = math.inf) -> Moments:
    """Return the moments of min(S, cut) for a lognormal S (its limited expected values); a cv of 0 is a constant."""
    mean, cv, cut = numbers(mean=(mean, SIZE), cv=(cv, AMOUNT), cut=(cut, LENGTH))
    wide = math.log1p(cv * cv)
    if cut == 0.0 or wide == 0.0:
        return Moments(min(mean, cut), min(mean, cut) ** 2)
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

    It is infinite where the second moment is.

    Examples
    --------
    >>> pollaczek_khinchine(0.125, Moments(4, 16))
    2.0
    """
    if not isinstance(handling, tuple) or len(handling) != 2:
        raise ValueError(f"handling is {handling!r}: it has to be Moments, a time's first and second")
    rate, first, second = numbers(
        rate=(rate, AMOUNT), **{"handling.first": (handling[0], AMOUNT), "handling.second": (handling[1], _MOMENT)}
    )
    if second < first * first * (1.0 - 1e-9):
        raise ValueError(f"handling.second is {second:g}: it has to be the square of handling.first at least")
    if rate * first >= 1.0:
        raise OverloadedError(rate * first, 1)
    return rate * second / (2.0 * (1.0 - rate * first)) if rate else 0.0


@dataclass(frozen=True)
class Restart:
    """A problem whose talk is drawn anew in each call and cut after a while, until a call is short enough.

    Parameters
    ----------
    p_cut : float
        Share of calls that are cut, below 1: a problem whose every call is cut never ends.
    talk_per_call : float
        Mean talk of a call, cut or not (min).
    """

    p_cut: float
    talk_per_call: float

    def __post_init__(self) -> None:
        settle(self, p_cut=NOT_ALL, talk_per_call=AMOUNT)

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
        (calls,) = numbers(calls=(calls, COUNT))
        return float(self.p_cut ** max(calls - 1, 0))


def restart_exponential(mean: float, cut: float) -> Restart:
    """Return what a cut does to a memoryless talk drawn anew in each call: the total talk stays ``mean``.

    Examples
    --------
    >>> hotline = restart_exponential(10, 20)
    >>> round(hotline.calls, 4), round(hotline.talk, 12)
    (1.1565, 10.0)
    """
    mean, cut = numbers(mean=(mean, SIZE), cut=(cut, LENGTH))
    if math.exp(-cut / mean) == 1.0:
        raise ValueError(f"cut is {cut:g}: it has to be long enough that a talk of {mean:g} on the mean can end in it")
    return Restart(math.exp(-cut / mean), cut_exponential(mean, cut).first)
