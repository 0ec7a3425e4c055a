"""Queues of equal agents: nobody waits (Erlang B), everybody waits (Erlang C), few may wait."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.asked import (
    AMOUNT,
    COUNT,
    LENGTH,
    PEOPLE,
    SHARE,
    SIZE,
    numbers,
    settle,
)

Array = npt.NDArray[np.floating[Any]]


class OverloadedError(ValueError):
    """The callers ask for more time than the agents have: the queue grows without end."""

    def __init__(self, load: float, agents: int) -> None:
        super().__init__(load, agents)

    def __str__(self) -> str:
        """Say how many agents would do."""
        load, agents = self.args
        needed = f" At least {math.floor(load) + 1} agents are needed." if math.isfinite(load) else ""
        return (
            f"overloaded: {load:g} agents' worth of work for {agents} agents; without abandonment the queue"
            f" grows without end.{needed}"
        )


def erlang_b(load: float, lines: int) -> float:
    """Return the share of calls that find all lines busy when nobody waits (M/G/n/n).

    Parameters
    ----------
    load : float
        Calls per minute times minutes per call (erlangs).
    lines : int
        Lines, or agents without a queue. Without a line every call is lost; without load, with a line, none.

    Raises
    ------
    ValueError
        If the load is negative or no number, or the lines are not a whole number: the continuous extension of the
        formula to parts of a line is left out, as nothing here has a part of an agent.

    Notes
    -----
    Erlang 1917; by the recursion ``1/B(n) = 1 + n/load/B(n-1)``, which neither overflows early nor cancels.

    Examples
    --------
    >>> round(erlang_b(10, 12), 4)
    0.1197
    """
    load, lines = numbers(load=(load, AMOUNT), lines=(lines, COUNT))
    return 1.0 / inverse_erlang_b(load, lines)


def inverse_erlang_b(load: float, lines: int) -> float:
    """Return one over the Erlang B blocking probability, by its recursion."""
    if load == 0.0:
        return math.inf if lines else 1.0
    inverse = 1.0
    for n in range(1, lines + 1):
        inverse = 1.0 + inverse * n / load
        if inverse == math.inf:
            break
    return inverse


@dataclass(frozen=True)
class ErlangC:
    """The M/M/n queue in its steady state, when nobody hangs up.

    Erlang 1917; see Gans, Koole and Mandelbaum 2003, section 4.

    Parameters
    ----------
    rate : float
        Calls per minute, Poisson; at a rate of 0 nobody waits.
    handling : float
        Mean of the exponential handling time (min), above 0.
    agents : int

    Raises
    ------
    ValueError
        If a number cannot be: its name, its value and what is possible.
    OverloadedError
        If the load is not below the number of agents: a ValueError too.

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
        settle(self, rate=AMOUNT, handling=SIZE, agents=PEOPLE)
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
        blocked = 1.0 / inverse_erlang_b(self.load, self.agents)
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
        (within,) = numbers(within=(within, LENGTH))
        return 1.0 - self.p_wait * math.exp(-self._drain * within)

    def wait_quantile(self, level: float) -> float:
        """Return the wait that a share ``level`` of all callers does not exceed (min); no wait bounds them all."""
        (level,) = numbers(level=(level, SHARE))
        if self.p_wait <= 1.0 - level:
            return 0.0
        return math.log(self.p_wait / (1.0 - level)) / self._drain if level < 1.0 else math.inf


@dataclass(frozen=True)
class Finite:
    """The M/M/n/K queue in its steady state: whoever finds ``places`` callers inside is turned away.

    Parameters
    ----------
    places : int
        Lines: callers inside at once, those in service included. Fewer places than agents leave agents idle;
        without a place everybody is turned away, and of nobody the wait is 0.

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

    def __post_init__(self) -> None:
        settle(self, rate=AMOUNT, handling=SIZE, agents=PEOPLE, places=COUNT)

    @cached_property
    def p(self) -> Array:
        """Shares of the time with 0, 1, ... callers inside."""
        load = self.rate * self.handling
        if load == 0.0:
            return np.asarray(np.eye(1, self.places + 1)[0])
        n = np.arange(1, self.places + 1)
        log = np.concatenate(([0.0], np.cumsum(math.log(load) - np.log(np.minimum(n, self.agents)))))
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
    def _let_in(self) -> float:
        """Callers let in per minute."""
        return self.rate * float(self.p[:-1].sum())

    @property
    def occupancy(self) -> float:
        """Share of their time that the agents are busy."""
        busy = float(self.p @ np.minimum(np.arange(self.places + 1), self.agents))
        return min(busy / self.agents, 1.0)

    @property
    def speed_of_answer(self) -> float:
        """Mean wait of those let in (min; Little)."""
        waiting = float(self.p @ np.maximum(np.arange(self.places + 1) - self.agents, 0))
        return waiting / self._let_in if self._let_in else 0.0
