"""What is true of every agent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from sim.history.rows import Event, History
from sim.units import SLOT, SLOTS_A_WEEK
from tests.property.truths.rows import NOTHING, busy, lives, on_duty
from tests.property.truths.waiting import in_vain


def agents(history: History) -> Iterator[str]:
    """No agent has two customers at once, none answers off duty."""
    world = history.world
    opened, there, handed_over = world.line.open_slots(), on_duty(history), _handed_over(history)
    for (team, agent), intervals in busy(history).items():
        for (_, until, before), (since, _, customer) in pairwise(intervals):
            if since < until - NOTHING:
                yield f"agent {agent} of team {team} takes {customer} at {since}, busy with {before} to {until}"
        for since, _, customer in intervals:
            slot, its = int(since // SLOT), there[team][agent]
            at_work = its[slot] or (customer, since) in handed_over
            if world.line.closing == "serve" and not opened[slot % SLOTS_A_WEEK]:
                at_work = at_work or its[_last_open(opened, slot) : slot].any()  # who stayed to serve
            if not at_work:
                yield f"agent {agent} of team {team} takes {customer} at {since}, off duty"


def _last_open(opened: tuple[bool, ...], slot: int) -> int:
    """Return the slot before, in which the line was open last; 0 where there was none."""
    while slot > 0 and not opened[slot % SLOTS_A_WEEK]:
        slot -= 1
    return slot


def _handed_over(history: History) -> set[tuple[int, float]]:
    """Return who was taken over when, by an agent who was there already: his duty may have ended meanwhile."""
    return {
        (customer, after.time)
        for customer, rows in lives(history)
        for row, after in pairwise(rows)
        if row.event is Event.LEFT_AGENT and after.event is Event.ANSWERED
    }


def rings(history: History) -> Iterator[str]:
    """Who is to be rung back is rung while an agent is idle, `tries` times at most, and is then given up."""
    offer = history.world.levers.follow_through.call_back
    if offer is None:
        return
    waits: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for customer, rows in lives(history):
        missed, queue = 0, -1
        for row, after in zip(rows, [*rows[1:], None], strict=True):
            event, queue = row.event, row.team if row.event is Event.QUEUED else queue
            missed = 0 if event is Event.CALL_BACK_TAKEN else missed + (event is Event.RING_MISSED)
            if event not in (Event.CALL_BACK_TAKEN, Event.RING_MISSED):
                continue
            if missed > offer.tries:
                yield f"{customer} is rung {missed} times of {offer.tries}"
            if after is not None and after.event == Event.ABANDONED and missed < offer.tries:
                yield f"{customer} is given up after {missed} rings of {offer.tries}"
            # between two rings: counted from the end of the first, at the latest
            due = row.time + (row.amount + offer.between if event is Event.RING_MISSED else 0.0)
            waits[queue].append((due, np.inf if after is None else after.time))
    for queue, found in waits.items():
        yield from in_vain(history, queue, found, "a ring")
