"""The clock of the SimPy telling: absolute times, and a stated order for what happens at the same instant."""

from __future__ import annotations

from heapq import heappop, heappush
from typing import Any

import simpy

RELEASE, STAFF, WAKE, PLANNED = (kind << 40 for kind in range(1, 5))
"""What comes first at the same instant: agents who are free, staff changes, callers who are served, the rest."""


class Wake(simpy.Event):
    """An event that is planned once and may come earlier: an entry of the calendar counts only the first time."""

    def __init__(self, clock: Clock, value: Any = None, customer: int = -1) -> None:
        self.env, self.callbacks = clock, []
        self._ok, self._value, self.customer = True, value, customer


class Clock(simpy.Environment):
    """SimPy's environment with absolute times and a stated order at equal times."""

    def plan(self, event: simpy.Event, at: float, order: int) -> None:
        """Put an event into the calendar (SimPy itself takes delays only, and ``now + (t - now)`` is not ``t``)."""
        heappush(self._queue, (at, order, next(self._eid), event))  # type: ignore[misc]

    def step(self) -> None:
        """Do the next thing, passing over entries whose event has already come."""
        callbacks = None
        while callbacks is None:
            self._now, _, _, event = heappop(self._queue)
            callbacks, event.callbacks = event.callbacks, None  # type: ignore[assignment]
        for callback in callbacks:
            callback(event)
        if not event._ok and not hasattr(event, "_defused"):
            raise event._value
