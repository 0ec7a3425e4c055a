"""A history as a test reads it: customer by customer, row by row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from sim.history.rows import Event, History

NOTHING = 1e-6
"""Minutes: times of one instant may differ by rounding."""
BROKEN_OFF = {Event.CUT, Event.HUNG_UP}
SENT_ON = {Event.MOVED_ON, Event.CHOSE_QUEUE}
"""A customer goes on to another queue, and is still in the same leg."""
PASSED_ON = {Event.TRANSFERRED_COLD, Event.TRANSFERRED_WARM}


class Lived(NamedTuple):
    """One row."""

    customer: int
    time: float
    event: Event
    contact: int
    leg: int
    team: int
    agent: int
    amount: float


def lives(history: History) -> Iterator[tuple[int, list[Lived]]]:
    """Yield each customer with his rows."""
    for customer, rows in groupby(history.rows.tolist(), key=itemgetter(0)):
        yield customer, [Lived(*row)._replace(event=Event(row[2])) for row in rows]


def busy(history: History) -> dict[tuple[int, int], list[tuple[float, float, int]]]:
    """Return when each agent was busy, after-call work and missed rings included, and with whom."""
    intervals: dict[tuple[int, int], list[tuple[float, float, int]]] = defaultdict(list)
    for customer, rows in lives(history):
        taken = None
        for row in rows:
            if row.event is Event.ANSWERED:
                taken = ((row.team, row.agent), row.time)
            elif row.event is Event.LEFT_AGENT and taken:
                intervals[taken[0]].append((taken[1], row.time + row.amount, customer))
                taken = None
            elif row.event is Event.RING_MISSED:
                intervals[row.team, row.agent].append((row.time, row.time + row.amount, customer))
        if taken:
            intervals[taken[0]].append((taken[1], np.inf, customer))
    return {agent: sorted(found) for agent, found in intervals.items()}
