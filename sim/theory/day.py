"""One day that starts empty, exactly."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.floating[Any]]


@dataclass(frozen=True)
class Day:
    """A day of an M/M/n queue, with or without exponential patience, that starts empty: not a steady state.

    Calls arrive for ``length`` minutes; the queue then drains with the same agents, and every call counts.
    The mean time spent in each state is the integral of the transient law, by one matrix exponential.

    Parameters
    ----------
    patience : float, optional
        Mean patience (min); none: nobody hangs up.
    most : int, optional
        Callers inside at most, to make the chain finite; by default so many that more never happen.
    """

    rate: float
    handling: float
    agents: int
    length: float
    patience: float = math.inf
    most: int = 0

    @cached_property
    def _minutes(self) -> Array:
        """Return the mean minutes with 0, 1, ... callers inside while calls arrive."""
        from scipy.linalg import expm

        most = self.most or int(self.agents + 8 * math.sqrt(self.rate * self.handling) + 100)
        states = np.arange(most + 1)
        leave = np.minimum(states, self.agents) / self.handling + np.maximum(states - self.agents, 0) / self.patience
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
        ahead = np.arange(len(self._minutes) - self.agents)
        up = self.agents / self.handling + ahead / self.patience
        return up, up + 1.0 / self.patience

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
        return self._over_arrivals(np.cumprod(up / any_step) * np.cumsum(1.0 / any_step)) / self.served

    @property
    def occupancy(self) -> float:
        """Share of the agents' time that is busy while calls arrive."""
        busy = np.minimum(np.arange(len(self._minutes)), self.agents)
        return float(busy @ self._minutes) / (self.agents * self.length)

    def answered_within(self, within: float) -> float:
        """Return the mean number of calls answered within so many minutes."""
        from scipy.linalg import expm

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

        up, any_step = self._steps
        moves = np.diag(-any_step) + np.diag(up[1:], -1)
        return self._over_arrivals(expm(moves * within) @ (1.0 - np.cumprod(up / any_step)))
