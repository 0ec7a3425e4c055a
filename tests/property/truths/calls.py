"""What is true of every call: lines, the clock, opening hours."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.history.rows import Event, History
from sim.units import SLOT, SLOTS_A_WEEK
from tests.property.truths.rows import NOTHING, lives


def line_in_use(history: History) -> Iterator[str]:
    """Calls never fill more than the lines, and nobody is blocked while one is free."""
    many = history.world.line.lines
    calls, blocked = [], []
    for _, rows in lives(history):
        begun = None
        for row in rows:
            if row.event in (Event.PICKED_UP, Event.RUNG_BACK):
                begun = (row.time, row.event is Event.PICKED_UP)
            if row.event in (Event.CALL_ENDED, Event.CALL_BACK_TAKEN) and begun:
                calls.append((*begun, row.time))
                begun = None
            if row.event is Event.BLOCKED:
                blocked.append(row.time)
        if begun:
            calls.append((*begun, np.inf))
    if many is None:
        if blocked:
            yield "blocked without a limit of lines"
        return
    since, own, until = np.array(calls or np.empty((0, 3))).T
    for at in since:
        # those of the customers themselves: whether a ring of the firm takes one of these lines is not said
        used = int((own * (since <= at + NOTHING) * (until > at + NOTHING)).sum())
        if used > many:
            yield f"{used} of {many} lines in use at {at}"
    for at in blocked:
        if ((since <= at + NOTHING) * (until >= at - NOTHING)).sum() < many:
            yield f"blocked at {at} with a line free"


def clock(history: History) -> Iterator[str]:
    """The clock cuts at its time and not otherwise, and nothing lasts beyond it."""
    limit, which = history.world.levers.time.cut_after, history.world.levers.time.clock
    starts = {
        "connection": (Event.PICKED_UP,),
        "first_agent": (Event.ANSWERED,),
        "current_agent": (Event.ANSWERED,),
    }[which]
    for customer, rows in lives(history):
        started = None
        for row in rows:
            event = row.event
            if event is Event.CUT and limit is None:
                yield f"{customer} is cut where nothing cuts"
            if event is Event.CALL_BACK_TAKEN or (event is Event.RUNG_BACK and which == "connection"):
                started = None  # the firm's ring is another connection: what its clock says is not asked here
            ran = row.time - started if started is not None else 0.0
            if limit is not None and started is not None:
                if ran > limit + NOTHING:
                    yield f"{customer}: {event.name} {ran} min into a clock of {limit}"
                if event is Event.CUT and ran < limit - NOTHING:
                    yield f"{customer} is cut after {ran} min of {limit}"
            if event in (Event.CALL_ENDED, Event.BLOCKED):
                started = None
            if event in starts and (started is None or which == "current_agent"):
                started = row.time


def hours(history: History) -> Iterator[str]:
    """Dials come while the line is open and the customer awake; closing turns away, or serves, but at its time."""
    line = history.world.line
    opened, awake = line.open_slots(), history.world.population.awake_slots()
    for customer, rows in lives(history):
        for before, row, after in zip([None, *rows[:-1]], rows, [*rows[1:], None], strict=True):
            slot = int(row.time // SLOT) % SLOTS_A_WEEK
            if row.event is Event.DIALLED and not (opened[slot] and slot in awake):
                yield f"{customer} dials at {row.time}, closed or asleep"
            if row.event is Event.DISMISSED and before is not None:
                # out of the menu, or due to be rung again, only after closing: the agents may have left
                held = row.time > before.time + NOTHING and before.event is not Event.RING_MISSED
                if opened[slot] or (line.closing == "serve" and held):
                    yield f"{customer} is dismissed at {row.time}"
            if row.event is Event.QUEUED and line.closing == "dismiss":
                until = after.time if after is not None else history.world.time.end
                if any(not opened[at % SLOTS_A_WEEK] for at in _slots_between(row.time, until)):
                    yield f"{customer} holds from {row.time} to {until}, beyond closing"


def _slots_between(since: float, until: float) -> range:
    """Return the slots, of all weeks, of which an instant lies well between two times."""
    if until - since < 3 * NOTHING:
        return range(0)
    return range(int((since + NOTHING) // SLOT), int(np.ceil((until - NOTHING) / SLOT)))
