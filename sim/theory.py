"""Formulas of queueing theory: what a planner compares with, and what the engines are checked against.

Nothing here simulates, and nothing here knows the rest of the program. Rates are per minute and times in
minutes, but any unit does, as long as it is the same throughout; shares lie in [0, 1].
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

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


# Nobody waits: Erlang B ------------------------------------------------------------------------------------


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
    return 1.0 / _inverse_erlang_b(load, lines)


def _inverse_erlang_b(load: float, lines: int) -> float:
    if not load > 0.0 or lines < 0:
        raise ValueError("the load is above 0, and the lines are at least 0")
    inverse = 1.0
    for n in range(1, lines + 1):
        inverse = 1.0 + inverse * n / load
    return inverse


# Everybody waits: Erlang C ---------------------------------------------------------------------------------


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


# Some hang up: Erlang A, and any patience ------------------------------------------------------------------


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
        below = _inverse_erlang_b(self.rate * self.handling, self.agents - 1)
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


# A limited number of places --------------------------------------------------------------------------------


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


# One agent, any handling: the cut --------------------------------------------------------------------------


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


# Calls that are passed on, and calls that come again -------------------------------------------------------


def with_transfers(
    rate: float, first: tuple[float, int], share: float, second: tuple[float, int]
) -> tuple[ErlangC, ErlangC]:
    """Return two teams in a row, each an M/M/n queue of its own (Burke 1956; Jackson 1957).

    Parameters
    ----------
    first, second : (mean handling in min, agents)
    share : float
        Part of the first team's calls that it passes on.

    Examples
    --------
    >>> front, experts = with_transfers(2.0, (5, 12), 0.3, (10, 8))
    >>> round(front.speed_of_answer, 4), round(experts.speed_of_answer, 4)
    (1.1235, 1.7849)
    """
    return ErlangC(rate, *first), ErlangC(rate * share, *second)


def with_repeats(rate: float, handling: float, agents: int, again: float) -> ErlangC:
    """Return the queue when a share ``again`` of the answered callers come back later.

    In its steady state Erlang-R is an M/M/n queue at the rate ``rate / (1 - again)``, whatever the delay
    (Yom-Tov and Mandelbaum 2014). A case then takes ``1 / (1 - again)`` contacts.

    Examples
    --------
    >>> round(with_repeats(1.5, 5, 12, again=0.2).occupancy, 5)
    0.78125
    """
    if not 0.0 <= again < 1.0:
        raise ValueError("the share that comes again lies in [0, 1)")
    return ErlangC(rate / (1.0 - again), handling, agents)


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


# One day that starts empty ---------------------------------------------------------------------------------


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


# Customer by customer, and how many agents -----------------------------------------------------------------


def waits_in_line(
    arrivals: Sequence[float], handling: Sequence[float], agents: int, patience: Sequence[float] | None = None
) -> Iterator[tuple[float, bool]]:
    """Yield each caller's wait (min) and whether he was answered: first come, first served, one team.

    The workload recursion of Kiefer and Wolfowitz (1955): a heap holds the times at which agents become free;
    a caller whose patience ends before the earliest of them hangs up and leaves it as it is.

    Parameters
    ----------
    arrivals : sequence of float
        Rising times (min).
    handling, patience : sequence of float
        One for each caller (min); no patience: nobody hangs up.

    Examples
    --------
    >>> list(waits_in_line([0.0, 1.0, 2.0], [5, 5, 5], agents=1, patience=[9, 2, 9]))
    [(0.0, True), (2.0, False), (3.0, True)]
    """
    free = [-math.inf] * agents
    for i, now in enumerate(arrivals):
        start = max(float(now), free[0])
        limit = math.inf if patience is None else now + patience[i]
        if start > limit:
            yield limit - now, False
        else:
            heapq.heapreplace(free, start + handling[i])
            yield start - now, True


def staff_for(
    rate: float,
    handling: float,
    *,
    within: float,
    target: float,
    highest_occupancy: float = 1.0,
    patience: float | None = None,
) -> int:
    """Return the fewest agents that answer a share ``target`` of all callers within so many minutes.

    Parameters
    ----------
    highest_occupancy : float
        Agents are not to be busy for more than this share of their time.
    patience : float, optional
        Mean of an exponential patience (min): Erlang A; without it nobody hangs up: Erlang C.

    Examples
    --------
    >>> staff_for(100 / 30, 3, within=1 / 3, target=0.8, highest_occupancy=0.85)
    14
    """
    if not 0.0 < target < 1.0 or not 0.0 < highest_occupancy <= 1.0:
        raise ValueError("the target lies between 0 and 1, and the highest occupancy is above 0 and at most 1")
    agents = 1 if patience else math.floor(rate * handling) + 1
    while True:
        if patience:
            palm = erlang_a(rate, handling, agents, patience)
            level, occupancy = palm.answered_within(within), palm.occupancy
        else:
            queue = ErlangC(rate, handling, agents)
            level, occupancy = queue.service_level(within), queue.occupancy
        if level >= target and occupancy <= highest_occupancy:
            return agents
        agents += 1
