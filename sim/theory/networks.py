"""Calls that are passed on, and calls that come again."""

from __future__ import annotations

from typing import Any

from sim.asked import (
    AMOUNT,
    NOT_ALL,
    PEOPLE,
    SHARE,
    SIZE,
    numbers,
)
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
    rate, share = numbers(rate=(rate, AMOUNT), share=(share, SHARE))
    return ErlangC(rate, *_team("first", first)), ErlangC(rate * share, *_team("second", second))


def _team(name: str, team: Any) -> list[Any]:
    """Return the mean handling and the agents of a team; what is wrong with them is told with its name."""
    if not isinstance(team, (tuple, list)) or len(team) != 2:
        raise ValueError(f"{name} is {team!r}: it has to be two numbers, mean handling and agents")
    return numbers(**{f"{name}[0]": (team[0], SIZE), f"{name}[1]": (team[1], PEOPLE)})


def with_repeats(rate: float, handling: float, agents: int, again: float) -> ErlangC:
    """Return the queue when a share ``again`` of the answered callers come back later.

    In its steady state Erlang-R is an M/M/n queue at the rate ``rate / (1 - again)``, whatever the delay
    (Yom-Tov and Mandelbaum 2014). A case then takes ``1 / (1 - again)`` contacts.

    Examples
    --------
    >>> round(with_repeats(1.5, 5, 12, again=0.2).occupancy, 5)
    0.78125
    """
    rate, again = numbers(rate=(rate, AMOUNT), again=(again, NOT_ALL))
    return ErlangC(rate / (1.0 - again), handling, agents)
