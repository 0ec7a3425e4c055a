"""Some hang up: Erlang A, and any law of patience."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.theory.queues import OverloadedError, inverse_erlang_b

Array = npt.NDArray[np.floating[Any]]


@dataclass(frozen=True)
class Impatient:
    """The M/M/n+G queue in its steady state: callers hang up when patience ends. It is never overloaded.

    The offered wait V (what a caller of endless patience would wait) has on v > 0 the density
    ``rate * p[n-1] * exp(rate * int_0^v survival - agents * v / handling)`` (Baccelli and Hebuterne 1981;
    Zeltyn and Mandelbaum 2005, section 2), integrated here numerically.

    Parameters
    ----------
    rate, handling, agents
        As in `ErlangC`.
    survival : function of an array of minutes
        Share of callers whose patience is longer than that; its value at 0 leaves out those who balk.
    """

    rate: float
    handling: float
    agents: int
    survival: Callable[[Array], Array]

    @cached_property
    def _offered(self) -> tuple[Array, Array, Array, Array]:
        """Return points v, the density of V there, the patience left, and P(0 < V <= v)."""
        reach, fine_at_first = self.handling, np.linspace(0.0, 1.0, 40_001) ** 2
        while True:
            v = reach * fine_at_first
            staying = self.survival(v)
            slope = self.rate * staying - self.agents / self.handling
            log_density = _cumulated(slope, v)
            if log_density[-1] - log_density.max() < -45.0:
                break
            if reach > 1e9 * self.handling:
                raise OverloadedError(self.rate * self.handling, self.agents)
            reach *= 1.5
        peak = float(log_density.max())
        shape = np.exp(log_density - peak)
        below = inverse_erlang_b(self.rate * self.handling, self.agents - 1)
        mass = _cumulated(shape, v)
        before_last = 1.0 / (math.exp(-peak) * below + self.rate * float(mass[-1]))
        return v, shape * self.rate * before_last, staying, mass * self.rate * before_last

    def _mean(self, weight: Array, upto: float | None = None) -> float:
        v, density, _, _ = self._offered
        total = _cumulated(weight * density, v)
        return float(total[-1] if upto is None else np.interp(upto, v, total))

    @cached_property
    def p_wait(self) -> float:
        """Share of callers who are not answered at once."""
        return float(self._offered[3][-1])

    @cached_property
    def p_abandon(self) -> float:
        """Share of callers who hang up before they are answered, those who balk included."""
        return self._mean(1.0 - self._offered[2])

    @cached_property
    def mean_wait(self) -> float:
        """Mean wait of all callers, those who hang up included (min)."""
        v, _, staying, upto = self._offered
        return float(_cumulated((upto[-1] - upto) * staying, v)[-1])

    @cached_property
    def mean_wait_served(self) -> float:
        """Mean wait of those who are answered (min)."""
        v, _, staying, _ = self._offered
        return self._mean(v * staying) / (1.0 - self.p_abandon)

    @property
    def queue_length(self) -> float:
        """Mean number of callers who wait (Little)."""
        return self.rate * self.mean_wait

    @property
    def occupancy(self) -> float:
        """Share of their time that the agents are busy."""
        return self.rate * (1.0 - self.p_abandon) * self.handling / self.agents

    def answered_within(self, within: float) -> float:
        """Return the share of all callers who are answered within so many minutes."""
        return 1.0 - self.p_wait + self._mean(self._offered[2], within)

    def service_level(self, within: float) -> float:
        """Return the share of the answered callers who were answered within so many minutes."""
        return self.answered_within(within) / (1.0 - self.p_abandon)

    def abandoned_within(self, within: float) -> float:
        """Return the share of all callers who hang up, and do so within so many minutes."""
        v, _, staying, upto = self._offered
        already = self._mean(1.0 - staying, within)
        still_offered = float(upto[-1] - np.interp(within, v, upto))
        return already + still_offered * float(1.0 - self.survival(np.array([within]))[0])

    def wait_served_quantile(self, level: float) -> float:
        """Return the wait that a share ``level`` of the answered callers does not exceed (min)."""
        v, density, staying, _ = self._offered
        upto = 1.0 - self.p_wait + _cumulated(density * staying, v)
        wanted = level * (1.0 - self.p_abandon)
        return 0.0 if wanted <= upto[0] else float(np.interp(wanted, upto, v))


def erlang_a(rate: float, handling: float, agents: int, patience: float, balking: float = 0.0) -> Impatient:
    """Return the M/M/n+M queue: exponential patience (Palm 1957; Mandelbaum and Zeltyn 2007).

    Parameters
    ----------
    patience : float
        Mean patience (min).
    balking : float
        Share who hang up at once when they are not answered at once.

    Examples
    --------
    >>> palm = erlang_a(rate=48, handling=1, agents=50, patience=2)
    >>> round(palm.p_abandon, 6), round(60 * palm.mean_wait, 3)
    (0.030912, 3.709)
    """
    return Impatient(rate, handling, agents, lambda v: (1.0 - balking) * np.exp(-v / patience))


def _cumulated(values: Array, at: Array) -> Array:
    """Integrate from the first point to each, by Simpson's rule."""
    from scipy.integrate import cumulative_simpson

    return np.asarray(cumulative_simpson(values, x=at, initial=0.0))
