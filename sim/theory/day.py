"""One day that starts empty, exactly."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.asked import (
    AMOUNT,
    LENGTH,
    PEOPLE,
    SIZE,
    Kind,
    numbers,
    settle,
)

Array = npt.NDArray[np.floating[Any]]

STATES = 1500
"""Callers inside with whom a day is reckoned at most: its matrices are twice as wide."""
_INSIDE = Kind("0, or a whole number of callers from the number of agents to 1,500", lambda n: 0 <= n <= STATES, True)
_STEPS = 1e9
"""Of a day's chain: with more, what is left of sixteen digits is too little."""
_RARE = -math.log(1e-16)


@dataclass(frozen=True)
class Day:
    """A day of an M/M/n queue, with or without exponential patience, that starts empty: not a steady state.

    Calls arrive for ``length`` minutes; the queue then drains with the same agents, and every call counts.
    The mean time spent in each state is the integral of the transient law, by one matrix exponential.

    Parameters
    ----------
    length : float
        Minutes; on a day of none nobody calls, and of nobody the wait is 0.
    patience : float, optional
        Mean patience (min), from 0, with which nobody waits, to infinity: nobody hangs up.
    most : int, optional
        Callers inside at most, to make the chain finite; by default so many that more never happen.

    Raises
    ------
    ValueError
        If a number cannot be; when first asked, if the day may come to more than 1,500 callers inside, or
        its times lie too far apart.
    """

    rate: float
    handling: float
    agents: int
    length: float
    patience: float = math.inf
    most: int = 0

    def __post_init__(self) -> None:
        settle(self, rate=AMOUNT, handling=SIZE, agents=PEOPLE, length=AMOUNT, patience=LENGTH, most=_INSIDE)
        if 0 < self.most < self.agents:
            raise ValueError(f"most is {self.most}: it has to be {_INSIDE.means}, here {self.agents}")

    @property
    def _inside(self) -> int:
        """Return the callers inside that are never exceeded: the least of what bounds them."""
        if self.most or not self.patience:
            return self.most or self.agents
        down = self.agents / self.handling
        walk = max(self.rate - down, 0.0) * self.length + _spread((self.rate + down) * self.length)
        bounds = [_above(self.calls), self.agents + walk, _above(self.rate * max(self.handling, self.patience))]
        if 0.0 < self.rate < down:
            bounds.append(self.agents + _RARE / -math.log(self.rate / down))  # the tail of the steady state
        return math.ceil(max(min(bounds), self.agents + 1))

    @cached_property
    def _minutes(self) -> Array:
        """Return the mean minutes with 0, 1, ... callers inside while calls arrive."""
        from scipy.linalg import expm

        most = self._inside
        if most > STATES:
            raise ValueError(f"a day with {most:,} callers inside is beyond the {STATES:,} that are reckoned with")
        states = np.arange(most + 1)
        hang_up = 1.0 / self.patience if self.patience else 0.0
        leave = np.minimum(states, self.agents) / self.handling + np.maximum(states - self.agents, 0) * hang_up
        if (self.rate + leave[-1]) * self.length > _STEPS:
            raise ValueError(
                f"length is {self.length:g}: at handling {self.handling:g} and patience {self.patience:g} it has to be "
                "shorter, or the day takes more steps than can be reckoned with"
            )
        generator = np.diag(np.full(most, self.rate), 1) + np.diag(leave[1:], -1)
        generator -= np.diag(generator.sum(axis=1))
        both = np.zeros((2 * most + 2, 2 * most + 2))
        both[: most + 1, : most + 1] = generator
        both[: most + 1, most + 1 :] = np.eye(most + 1)
        return np.asarray(expm(both * self.length)[0, most + 1 :])

    def _over_arrivals(self, given_ahead: Array) -> float:
        """Sum over the day's calls what depends on the number waiting ahead; others add 0."""
        return float(self.rate * self._minutes[self.agents :] @ given_ahead)

    @cached_property
    def _steps(self) -> tuple[Array, Array]:
        """Return, by callers ahead, the rate at which one moves up, and at which anything happens to one."""
        hang_up = 1.0 / self.patience if self.patience else math.inf
        ahead = np.arange(len(self._minutes) - self.agents)
        up = self.agents / self.handling + (ahead * hang_up if self.patience else 0.0 * ahead)
        return up, up + hang_up

    @property
    def calls(self) -> float:
        """Mean calls of the day."""
        return self.rate * self.length

    @cached_property
    def served(self) -> float:
        """Mean calls answered."""
        up, any_step = self._steps
        return self.calls - self._over_arrivals(1.0 - np.cumprod(up / any_step))

    @property
    def abandoned(self) -> float:
        """Mean calls that hang up."""
        return self.calls - self.served

    @property
    def mean_wait_served(self) -> float:
        """Mean wait of the answered: expected sum of their waits over their expected number (min)."""
        up, any_step = self._steps
        return self._over_arrivals(np.cumprod(up / any_step) * np.cumsum(1.0 / any_step)) / (self.served or 1.0)

    @property
    def occupancy(self) -> float:
        """Share of the agents' time that is busy while calls arrive."""
        busy = np.minimum(np.arange(len(self._minutes)), self.agents)
        return float(busy @ self._minutes) / (self.agents * self.length) if self.length else 0.0

    def answered_within(self, within: float) -> float:
        """Return the mean number of calls answered within so many minutes."""
        from scipy.linalg import expm

        within = self._short(within)
        if not self.patience:
            return self.served
        up, any_step = self._steps
        many = len(up)
        moves = np.diag(np.concatenate((-any_step, [0.0]))).astype(float)
        moves[np.arange(1, many), np.arange(many - 1)] = up[1:]
        moves[0, many] = up[0]
        at_once = self.rate * float(self._minutes[: self.agents].sum())
        return at_once + self._over_arrivals(expm(moves * within)[:many, many])

    def abandoned_after(self, within: float) -> float:
        """Return the mean number of calls that hang up after more than so many minutes."""
        from scipy.linalg import expm

        within = self._short(within)
        if not self.patience:
            return 0.0 if within else self.abandoned
        up, any_step = self._steps
        moves = np.diag(-any_step) + np.diag(up[1:], -1)
        return self._over_arrivals(expm(moves * within) @ (1.0 - np.cumprod(up / any_step)))

    def _short(self, within: float) -> float:
        """Return the minutes, or a time after which nobody still waits where they are more."""
        (within,) = numbers(within=(within, LENGTH))
        return min(within, 2.0 * _above(len(self._minutes)) * self.handling / self.agents)


def _above(mean: float) -> float:
    """Return what a Poisson law of this mean never exceeds, to sixteen digits."""
    return mean + _spread(mean) + 30.0


def _spread(variance: float) -> float:
    return 9.0 * math.sqrt(variance)
