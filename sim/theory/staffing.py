"""How many agents a target needs, by formula."""

from __future__ import annotations

import math

from sim.theory.patience import erlang_a
from sim.theory.queues import ErlangC


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
