"""The wait of every customer, one by one."""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterator, Sequence


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
