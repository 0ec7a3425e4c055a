"""A history as a test reads it: customer by customer, row by row."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from sim.history.rows import Event, History

NOTHING = 1e-6
"""Minutes: times of one instant may differ by rounding."""
BROKEN_OFF = {Event.CUT, Event.HUNG_UP}
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
