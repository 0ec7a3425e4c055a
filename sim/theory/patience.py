"""Some hang up: Erlang A, and any law of patience."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.asked import (
    AMOUNT,
    LENGTH,
    PEOPLE,
    SHARE,
    SIZE,
    numbers,
    settle,
)
from sim.theory.queues import OverloadedError, inverse_erlang_b
from sim.theory.simpson import cumulated

Array = npt.NDArray[np.floating[Any]]

_POINTS = 40_001
_LONGEST = 1e6
"""Patience over handling from which on the integrals lose digits."""
_GRID = 1e-3
"""Share of the answered by which two reckonings of them may differ: a grid sees a jump of patience to one step."""
_DIGITS = 1e-290
"""Below it numbers lose digits, then they are 0."""


@dataclass(frozen=True)
class Impatient:
    """The M/M/n+G queue in its steady state: callers hang up when patience ends.

    It is overloaded only if too many never hang up. The offered wait V (what a caller of endless patience would wait)
    has on v > 0 the density ``rate * p[n-1] * exp(rate * int_0^v survival - agents * v / handling)`` (Baccelli and
    Hebuterne 1981; Zeltyn and Mandelbaum 2005, section 2), integrated here numerically.

    Parameters
    ----------
    rate, handling, agents
        As in `ErlangC`.
    survival : function of an array of minutes
        Share of callers whose patience is longer than that; its value at 0 leaves out those who balk.

    Raises
    ------
    ValueError
        If a number cannot be; when first asked, if the survival gives what is no share.
    OverloadedError
        When first asked, if more callers of endless patience come than the agents can answer.
    """

    rate: float
    handling: float
    agents: int
    survival: Callable[[Array], Array]

    def __post_init__(self) -> None:
        settle(self, rate=AMOUNT, handling=SIZE, agents=PEOPLE)
        if not callable(self.survival):
            raise ValueError(f"survival is {self.survival!r}: it has to be a function of an array of minutes")

    def _staying(self, v: Array) -> Array:
        """Return the share whose patience is longer, looked at."""
        staying = np.asarray(self.survival(v), float)
        if staying.shape != v.shape or not ((staying >= 0.0) & (staying <= 1.0)).all():
            raise ValueError("survival has to give for each of an array of minutes a share from 0 to 1")
        return staying

    def _log_density(self, v: Array) -> tuple[Array, Array]:
        """Return the patience left at points v, and the logarithm of the density of V there but for a constant."""
        staying = self._staying(v)
        return staying, cumulated(self.rate * staying - self.agents / self.handling, v)

    @cached_property
    def _points(self) -> Array:
        """Return the points to integrate over: those above e^-45 of the peak, which may be narrow."""
        reach, fine_at_first = self.handling, np.linspace(0.0, 1.0, _POINTS) ** 3
        while True:
            v = reach * fine_at_first
            _, log = self._log_density(v)
            near = np.flatnonzero(log - log.max() > -45.0)
            if near[-1] < len(v) - 1:
                break
            if reach > 1e9 * self.handling:
                raise OverloadedError(self.rate * self.handling, self.agents)
            reach *= 1.5
        if near[0] == 0:
            return v
        closely = np.linspace(v[near[0] - 1], v[near[-1] + 1], _POINTS)
        return np.concatenate((v[: near[0] - 1], closely))

    @cached_property
    def _offered(self) -> tuple[Array, Array, Array, Array, float]:
        """Return what `_integrated` does, if the answered are as many as keep the agents busy."""
        v, density, staying, upto, at_once = offered = self._integrated
        served = self._answered(density, upto, at_once)
        if not abs(at_once + float(cumulated(density * staying, v)[-1]) - served) <= _GRID * served:
            raise ValueError(
                f"rate is {self.rate:g}, handling {self.handling:g}, agents {self.agents}: with this patience the "
                "integral runs out of digits; the numbers have to be closer to each other"
            )
        return offered

    @cached_property
    def _integrated(self) -> tuple[Array, Array, Array, Array, float]:
        """Return points v, the density of V there, the patience left, P(0 < V <= v), and P(V = 0)."""
        v = self._points
        staying, log = self._log_density(v)
        peak = float(log.max())
        shape = np.exp(log - peak)
        below = inverse_erlang_b(self.rate * self.handling, self.agents - 1)
        mass = self.rate * cumulated(shape, v)
        if math.isinf(below):
            return v, 0.0 * shape, staying, 0.0 * mass, 1.0
        at_once = math.exp(-peak) * below
        whole = at_once + float(mass[-1])
        return v, self.rate * shape / whole, staying, mass / whole, at_once / whole

    def _mean(self, weight: Array, upto: float | None = None) -> float:
        v, density, *_ = self._offered
        total = cumulated(weight * density, v)
        return _no_less_than_none(total[-1] if upto is None else np.interp(upto, v, total))

    @cached_property
    def p_wait(self) -> float:
        """Share of callers who are not answered at once."""
        return float(self._offered[3][-1])

    def _answered(self, density: Array, upto: Array, at_once: float) -> float:
        """Return the share of callers who are answered: as many as keep the agents busy.

        With p(k) for k callers inside, ``load * answered`` agents are busy, and that is ``load * (P(V = 0) - p(n-1)) +
        agents * P(V > 0)``, since ``k p(k) = load p(k-1)`` up to n.
        """
        load = self.rate * self.handling
        if load == 0.0:
            return 1.0
        last = float(density[0]) / self.rate
        return min(max(at_once - last, 0.0) + self.agents / load * float(upto[-1]), 1.0)

    @cached_property
    def _served(self) -> float:
        _, density, _, upto, at_once = self._offered
        return self._answered(density, upto, at_once)

    @cached_property
    def p_abandon(self) -> float:
        """Share of callers who hang up before they are answered, those who balk included."""
        return self._mean(1.0 - self._offered[2])

    @cached_property
    def mean_wait(self) -> float:
        """Mean wait of all callers, those who hang up included (min)."""
        v, _, staying, upto, _ = self._offered
        return _no_less_than_none(cumulated((upto[-1] - upto) * staying, v)[-1])

    @cached_property
    def mean_wait_served(self) -> float:
        """Mean wait of those who are answered (min)."""
        v, _, staying, *_ = self._offered
        return self._mean(v * staying) / self._served

    @property
    def queue_length(self) -> float:
        """Mean number of callers who wait (Little)."""
        return self.rate * self.mean_wait

    @property
    def occupancy(self) -> float:
        """Share of their time that the agents are busy."""
        return self.rate * self._served * self.handling / self.agents

    def answered_within(self, within: float) -> float:
        """Return the share of all callers who are answered within so many minutes."""
        (within,) = numbers(within=(within, LENGTH))
        return min(self._offered[4] + self._mean(self._offered[2], within), 1.0)

    def service_level(self, within: float) -> float:
        """Return the share of the answered callers who were answered within so many minutes."""
        return min(self.answered_within(within) / self._served, 1.0)

    def abandoned_within(self, within: float) -> float:
        """Return the share of all callers who hang up, and do so within so many minutes."""
        (within,) = numbers(within=(within, LENGTH))
        v, _, staying, upto, _ = self._offered
        already = self._mean(1.0 - staying, within)
        still_offered = _no_less_than_none(upto[-1] - np.interp(within, v, upto))
        return already + still_offered * float(1.0 - self._staying(np.array([min(within, 10.0 * v[-1])]))[0])

    def wait_served_quantile(self, level: float) -> float:
        """Return the wait that a share ``level`` of the answered callers does not exceed (min).

        No wait bounds them all (level 1), unless patience does or nobody waits.
        """
        (level,) = numbers(level=(level, SHARE))
        v, density, staying, _, at_once = self._offered
        upto = at_once + cumulated(density * staying, v)
        if level * upto[-1] <= upto[0]:
            return 0.0
        if level == 1.0:
            last = staying[staying > 0.0][-1]
            ends = staying[-1] == 0.0 and last > _DIGITS  # one that fades away has only run out of digits
            return float(v[staying > 0.0][-1]) if ends else math.inf
        return float(np.interp(level * upto[-1], upto, v))


def erlang_a(rate: float, handling: float, agents: int, patience: float, balking: float = 0.0) -> Impatient:
    """Return the M/M/n+M queue: exponential patience (Palm 1957; Mandelbaum and Zeltyn 2007).

    Parameters
    ----------
    patience : float
        Mean patience (min), from 0, with which who is not answered at once is lost (Erlang B), to a million times
        the handling; or infinity: nobody hangs up (Erlang C).
    balking : float
        Share who hang up at once when they are not answered at once.

    Examples
    --------
    >>> palm = erlang_a(rate=48, handling=1, agents=50, patience=2)
    >>> round(palm.p_abandon, 6), round(60 * palm.mean_wait, 3)
    (0.030912, 3.709)
    """
    rate, handling, patience, balking = numbers(
        rate=(rate, AMOUNT), handling=(handling, SIZE), patience=(patience, LENGTH), balking=(balking, SHARE)
    )
    if _LONGEST * handling < patience < math.inf:
        raise ValueError(f"patience is {patience:g}: it has to be a million times the handling at most, or infinity")

    def staying(v: npt.ArrayLike) -> Array:
        v = np.asarray(v, float)
        if patience in (0.0, math.inf):
            return np.full(v.shape, (1.0 - balking) * (patience > 0.0))
        with np.errstate(over="ignore"):  # a patience of next to nothing: exp(-inf) is what is meant
            return np.asarray((1.0 - balking) * np.exp(-v / patience))

    return Impatient(rate, handling, agents, staying)


def _no_less_than_none(integral: float) -> float:
    """Return what is integrated of numbers from 0 up: where all of it lies within one step, Simpson's may be below."""
    return max(float(integral), 0.0)
