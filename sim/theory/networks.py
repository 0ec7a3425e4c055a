"""Calls that are passed on, and calls that come again."""

from __future__ import annotations

from sim.theory.queues import ErlangC


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
