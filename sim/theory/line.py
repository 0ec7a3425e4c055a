"""The wait of every customer, one by one."""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from sim.asked import (
    AMOUNT,
    LENGTH,
    PEOPLE,
    Kind,
    numbers,
    series,
)

_MOMENT = Kind("a number from -1e12 to 1e12", lambda x: -1e12 <= x <= 1e12)


def waits_in_line(
    arrivals: Sequence[float], handling: Sequence[float], agents: int, patience: Sequence[float] | None = None
) -> Iterator[tuple[float, bool]]:
    """Tell each caller's wait (min) and whether he was answered: first come, first served, one team.

    The workload recursion of Kiefer and Wolfowitz (1955): a heap holds the times at which agents become free;
    a caller whose patience ends before the earliest of them hangs up and leaves it as it is.

    Parameters
    ----------
    arrivals : sequence of float
        Rising times (min).
    handling, patience : sequence of float
        One for each caller (min), from 0 up; no patience: nobody hangs up.

    Raises
    ------
    ValueError
        At once: if a number cannot be, times do not rise, or there are not as many of each.

    Examples
    --------
    >>> list(waits_in_line([0.0, 1.0, 2.0], [5, 5, 5], agents=1, patience=[9, 2, 9]))
    [(0.0, True), (2.0, False), (3.0, True)]
    """
    (agents,) = numbers(agents=(agents, PEOPLE))
    times, lasting = series("arrivals", arrivals, _MOMENT), series("handling", handling, AMOUNT)
    staying = [math.inf] * len(times) if patience is None else series("patience", patience, LENGTH)
    for name, each in (("handling", lasting), ("patience", staying)):
        if len(each) != len(times):
            raise ValueError(f"{name} is of {len(each)} numbers: it has to have one for each of {len(times)} arrivals")
    for at, (before, now) in enumerate(pairwise(times), 1):
        if now < before:
            raise ValueError(f"arrivals[{at}] is {now:g}: it has to be no earlier than the one before, {before:g}")
    return _in_line(times, lasting, agents, staying)


def _in_line(
    times: list[float], lasting: list[float], agents: int, staying: list[float]
) -> Iterator[tuple[float, bool]]:
    free = [-math.inf] * agents
    for now, takes, patience in zip(times, lasting, staying, strict=True):
        start, limit = max(now, free[0]), now + patience
        if start > limit:
            yield limit - now, False
        else:
            heapq.heapreplace(free, start + takes)
            yield start - now, True
