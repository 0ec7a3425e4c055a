"""SimPy's clock with absolute times, and a stated order for what happens at the same instant."""

from __future__ import annotations

from collections.abc import Generator
from heapq import heappop, heappush
from typing import Any

import simpy


class Wake(simpy.Event):
    """An event that is planned once and may come earlier: an entry of the calendar counts only the first time."""

    def __init__(self, clock: Clock, value: Any = None, who: int = -1) -> None:
        self.env, self.callbacks = clock, []
        self._ok, self._value, self.who = True, value, who


class Clock(simpy.Environment):
    """SimPy's environment with absolute times and a stated order at equal times."""

    def plan(self, event: simpy.Event, at: float, order: int) -> None:
        """Put an event into the calendar (SimPy itself takes delays only, and ``now + (t - now)`` is not ``t``).

        Raises
        ------
        RuntimeError
            If the time is none, or is over.
        """
        if not at >= self._now:
            raise RuntimeError(f"something is planned for {at} min, which is over at {self._now} min, or no time")
        heappush(self._queue, (at, order, next(self._eid), event))  # type: ignore[misc]

    def plan_anew(self, event: Wake, at: float, order: int) -> Wake:
        """Plan at another time what has not come yet; return the event that comes in its place."""
        anew = Wake(self, event._value, event.who)
        anew.callbacks, event.callbacks = event.callbacks, None  # type: ignore[assignment]
        self.plan(anew, at, order)
        return anew

    def live_until(self, end: float) -> None:
        """Let everything happen that is planned before ``end``, passing over entries whose event has already come."""
        queue = self._queue
        while queue and queue[0][0] < end:
            self._now, _, _, event = heappop(queue)
            callbacks = event.callbacks
            if callbacks is None:
                continue
            event.callbacks = None  # type: ignore[assignment]
            for callback in callbacks:
                callback(event)
            if not event._ok:
                raise event._value
        self._now = end


class Strand(simpy.Process):
    """A process that nobody waits for or interrupts: it begins at once, and is gone when it ends.

    SimPy's own resumption also serves interrupts and failures of what is waited for, which a life does not know.
    """

    def __init__(self, clock: Clock, generator: Generator[simpy.Event, Any, Any]) -> None:
        self.env, self.callbacks = clock, []
        self._generator, self._resumed = generator, self._resume
        self._resume(Wake(clock))

    def _resume(self, event: simpy.Event) -> None:
        try:
            awaited = self._generator.send(event._value)
        except StopIteration:
            return
        if awaited.callbacks is None:
            raise RuntimeError(f"{awaited} has already come: it would be waited for in vain")
        awaited.callbacks.append(self._resumed)
