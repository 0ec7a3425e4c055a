"""Queues of equal agents: nobody waits (Erlang B), everybody waits (Erlang C), few may wait."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.floating[Any]]


class OverloadedError(ValueError):
    """The callers ask for more time than the agents have: the queue grows without end."""

    def __init__(self, load: float, agents: int) -> None:
        super().__init__(
            f"overloaded: {load:g} agents' worth of work for {agents} agents; without abandonment the queue"
            f" grows without end. At least {math.floor(load) + 1} agents are needed."
        )


def erlang_b(load: float, lines: int) -> float:
    """Return the share of calls that find all lines busy when nobody waits (M/G/n/n).

    Parameters
    ----------
    load : float
        Calls per minute times minutes per call (erlangs).
    lines : int
        Lines, or agents without a queue.

    Notes
    -----
    Erlang 1917; by the recursion ``1/B(n) = 1 + n/load/B(n-1)``, which neither overflows early nor cancels.

    Examples
    --------
    >>> round(erlang_b(10, 12), 4)
    0.1197
    """
    return 1.0 / inverse_erlang_b(load, lines)


def inverse_erlang_b(load: float, lines: int) -> float:
    """Return one over the Erlang B blocking probability, by its recursion."""
    if not load > 0.0 or lines < 0:
        raise ValueError("the load is above 0, and the lines are at least 0")
    inverse = 1.0
    for n in range(1, lines + 1):
        inverse = 1.0 + inverse * n / load
    return inverse


@dataclass(frozen=True)
class ErlangC:
    """The M/M/n queue in its steady state, when nobody hangs up.

    Erlang 1917; see Gans, Koole and Mandelbaum 2003, section 4.

    Parameters
    ----------
    rate : float
        Calls per minute, Poisson.
    handling : float
        Mean of the exponential handling time (min).
    agents : int

    Raises
    ------
    OverloadedError
        If the load is not below the number of agents.

    Examples
    --------
    >>> centre = ErlangC(rate=100 / 30, handling=3, agents=14)
    >>> round(centre.service_level(1 / 3), 5), round(60 * centre.speed_of_answer, 2)
    (0.88835, 7.84)
    """

    rate: float
    handling: float
    agents: int

    def __post_init__(self) -> None:
        if not (self.rate > 0.0 and self.handling > 0.0):
            raise ValueError("rate and handling are above 0")
        if self.load >= self.agents:
            raise OverloadedError(self.load, self.agents)

    @property
    def load(self) -> float:
        """Work offered (erlangs)."""
        return self.rate * self.handling

    @property
    def occupancy(self) -> float:
        """Share of their time that the agents are busy."""
        return self.load / self.agents

    @cached_property
    def p_wait(self) -> float:
        """Share of callers who wait at all."""
        blocked = erlang_b(self.load, self.agents)
        return blocked / (1.0 - self.occupancy * (1.0 - blocked))

    @property
    def speed_of_answer(self) -> float:
        """Mean wait of all callers (min)."""
        return self.p_wait / self._drain

    @property
    def queue_length(self) -> float:
        """Mean number of callers who wait (Little)."""
        return self.rate * self.speed_of_answer

    @property
    def _drain(self) -> float:
        """Rate at which the exponential wait of those who wait ends (1/min)."""
        return (self.agents - self.load) / self.handling

    def service_level(self, within: float) -> float:
        """Return the share of callers answered within so many minutes."""
        return 1.0 - self.p_wait * math.exp(-self._drain * within)

    def wait_quantile(self, level: float) -> float:
        """Return the wait that a share ``level`` of all callers does not exceed (min)."""
        return math.log(self.p_wait / (1.0 - level)) / self._drain if self.p_wait > 1.0 - level else 0.0


@dataclass(frozen=True)
class Finite:
    """The M/M/n/K queue in its steady state: whoever finds ``places`` callers inside is turned away.

    Parameters
    ----------
    places : int
        Lines: callers inside at once, those in service included.

    Notes
    -----
    Balance equations of a birth and death chain (Kleinrock, Queueing Systems I, 1975, section 3.6).

    Examples
    --------
    >>> round(Finite(rate=3, handling=1 / 4, agents=2, places=3).p_block, 6)
    0.04936
    """

    rate: float
    handling: float
    agents: int
    places: int

    @cached_property
    def p(self) -> Array:
        """Shares of the time with 0, 1, ... callers inside."""
        n = np.arange(1, self.places + 1)
        log = np.concatenate(([0.0], np.cumsum(np.log(self.rate * self.handling / np.minimum(n, self.agents)))))
        weight = np.exp(log - log.max())
        return np.asarray(weight / weight.sum())

    @property
    def p_block(self) -> float:
        """Share of callers turned away."""
        return float(self.p[-1])

    @property
    def mean_in_system(self) -> float:
        """Mean number of callers inside."""
        return float(self.p @ np.arange(self.places + 1))

    @property
    def occupancy(self) -> float:
        """Share of their time that the agents are busy."""
        return self.rate * (1.0 - self.p_block) * self.handling / self.agents

    @property
    def speed_of_answer(self) -> float:
        """Mean wait of those let in (min)."""
        return self.mean_in_system / (self.rate * (1.0 - self.p_block)) - self.handling
