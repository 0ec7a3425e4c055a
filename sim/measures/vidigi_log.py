"""A watched stretch as the event log that vidigi animates (columns of vidigi 2.0)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.measures.rules.staff import staff_of
from sim.measures.watching import WHERE, Watched

if TYPE_CHECKING:
    import pandas as pd

_AGENT = WHERE.index("agent")


def vidigi_log(seen: Watched) -> pd.DataFrame:
    """Return a watched stretch as vidigi reads it: arrivals, queues, agents in use, departures.

    A visit is one call, the time in which one is to be rung back included. What began before the stretch begins at 0;
    what goes on beyond it has no end.

    Parameters
    ----------
    seen : Watched
        Of `sim.watch`.

    Returns
    -------
    DataFrame
        In the order of time: ``entity_id`` (the visit, from 0), ``customer`` (the place in `Customers`), ``pathway``
        (the world's name), ``event_type`` (arrival_departure, queue, resource_use, resource_use_end), ``event``
        (arrival, menu, "queue" or "call back" with the queue's name, "agent" with the team's, depart), ``time`` (min
        from the beginning of the stretch) and ``resource_id`` (which agent, from 1, no two teams' alike; NaN for none).
    """
    import pandas as pd

    rows = sorted(_rows(seen), key=lambda row: (row[5], row[0]))
    names = ("entity_id", "customer", "pathway", "event_type", "event", "time", "resource_id")
    return pd.DataFrame(rows, columns=list(names)).astype({"resource_id": "float64", "time": "float64"})


Row = tuple[int, int, str, str, str, float, float]


def _rows(seen: Watched) -> Iterator[Row]:
    """Yield what happens, visit by visit."""
    start, stop = float(seen.times[0]), float(seen.times[-1]) + seen.every
    world, numbers = seen.history.world, _first_numbers(seen)
    places = world.queue_names()
    for visit, stays in enumerate(_visits(seen)):

        def row(
            kind: str, event: str, at: float, agent: float = math.nan, visit: int = visit, who: int = stays[0][0]
        ) -> Row:
            return visit, who, world.name, kind, event, max(at - start, 0.0), agent

        yield row("arrival_departure", "arrival", stays[0][4])
        for _, where, place, agent, since, until in stays:
            event = f"{WHERE[where]} {places[place]}" if place >= 0 else WHERE[where]
            if where != _AGENT:
                yield row("queue", event, since)
                continue
            number = float(numbers[place] + agent)
            yield row("resource_use", event, since, number)
            if until <= stop:
                yield row("resource_use_end", event, until, number)
        if stays[-1][5] <= stop:
            yield row("arrival_departure", "depart", stays[-1][5])


def _visits(seen: Watched) -> Iterator[list[Any]]:
    """Yield the stays of each call: those of a customer that follow each other without a break."""
    visit: list[Any] = []
    for stay in seen.present[np.lexsort((seen.present["since"], seen.present["customer"]))].tolist():
        if visit and (stay[0] != visit[-1][0] or stay[4] > visit[-1][5]):
            yield visit
            visit = []
        visit.append(stay)
    if visit:
        yield visit


def _first_numbers(seen: Watched) -> list[int]:
    """Return the number of each team's first agent."""
    most = [int(staff.max()) for staff in staff_of(seen.history.world).values()]
    return [1 + sum(most[:at]) for at in range(len(most))]
