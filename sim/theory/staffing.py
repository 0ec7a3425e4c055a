"""How many agents a target needs, by formula."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable

from sim.asked import (
    AMOUNT,
    INNER,
    LENGTH,
    MOST,
    NOT_NONE,
    SIZE,
    numbers,
)
from sim.theory.patience import erlang_a
from sim.theory.queues import ErlangC


def staff_for(
    rate: float,
    handling: float,
    *,
    within: float,
    target: float,
    highest_occupancy: float = 1.0,
    patience: float = math.inf,
) -> int:
    """Return the fewest agents, at least one, that answer a share ``target`` of all callers within so many minutes.

    Parameters
    ----------
    highest_occupancy : float
        Agents are not to be busy for more than this share of their time.
    patience : float
        Mean of an exponential patience (min): Erlang A; without end nobody hangs up: Erlang C.

    Raises
    ------
    ValueError
        If a number cannot be, or a million agents do not reach the target.

    Examples
    --------
    >>> staff_for(100 / 30, 3, within=1 / 3, target=0.8, highest_occupancy=0.85)
    14
    """
    rate, handling, within, target, highest_occupancy, patience = numbers(
        rate=(rate, AMOUNT),
        handling=(handling, SIZE),
        within=(within, LENGTH),
        target=(target, INNER),
        highest_occupancy=(highest_occupancy, NOT_NONE),
        patience=(patience, LENGTH),
    )

    def enough(agents: int) -> bool:
        if math.isinf(patience):
            queue = ErlangC(rate, handling, agents)
            return queue.service_level(within) >= target and queue.occupancy <= highest_occupancy
        palm = erlang_a(rate, handling, agents, patience)
        return palm.answered_within(within) >= target and palm.occupancy <= highest_occupancy

    fewest = math.floor(rate * handling) + 1 if math.isinf(patience) else 1
    return _first(enough, fewest, f"rate is {rate:g} and handling {handling:g}")


def _first(enough: Callable[[int], bool], fewest: int, asked: str) -> int:
    """Return the smallest number from the fewest on that is enough; more agents are never worse."""
    reach = 1
    while fewest + reach <= MOST and not enough(fewest + reach - 1):
        reach *= 2
    candidates = range(fewest, min(fewest + reach, MOST + 1))
    at = bisect_left(candidates, True, key=enough)
    if at == len(candidates):
        raise ValueError(f"{asked}: no number of agents up to {MOST:,} reaches the target")
    return candidates[at]
