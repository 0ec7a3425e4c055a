"""A history as a test reads it: customer by customer, row by row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim import purposes
from sim.history.rows import Event, History
from sim.luck.keys import AGENTS_AT_MOST, Kind, uniform
from sim.units import DAY, SLOT, SLOTS_A_WEEK

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


def on_duty(history: History) -> list[npt.NDArray[np.bool_]]:
    """Say of each team's agents and of each slot of the run whether they are there: shape (agents, slots)."""
    world, found = history.world, []
    opened, slots = world.line.open_slots(), np.arange(int(world.time.end // SLOT) + 1)
    for team, its in enumerate(world.teams.values()):
        weeks = [shift.at_work() for shift in its.shifts.values() for _ in range(shift.agents)]
        staff = np.array(its.by_slot(opened))
        week = np.array(weeks) if its.shifts else np.arange(staff.max())[:, None] < staff
        there = week.reshape(-1, SLOTS_A_WEEK)[:, slots % SLOTS_A_WEEK]
        days = (slots * SLOT + DAY - 4 * 60).astype(int) // int(DAY)
        for agent, row in enumerate(there):
            if its.absent:
                row &= ~np.array([_luck(history, team, agent, day) < its.absent for day in range(days[-1] + 1)])[days]
        found.append(there)
    return found


def _luck(history: History, team: int, agent: int, day: int) -> float:
    people = history.customers
    number = team * AGENTS_AT_MOST + agent
    return uniform(people.seed, people.replication, Kind.AGENT, number, purposes.ABSENCE, day)


def busy(history: History) -> dict[tuple[int, int], list[tuple[float, float, int]]]:
    """Return when each agent was busy, after-call work missed rings and colleagues' calls included, and with whom."""
    intervals: dict[tuple[int, int], list[tuple[float, float, int]]] = defaultdict(list)
    for customer, rows in lives(history):
        taken = None
        for row in rows:
            if row.event is Event.ANSWERED:
                taken = ((row.team, row.agent), row.time)
            elif row.event is Event.LEFT_AGENT and taken:
                intervals[taken[0]].append((taken[1], row.time + row.amount, customer))
                taken = None
            elif row.event in (Event.RING_MISSED, Event.COLLEAGUE_JOINED):
                intervals[row.team, row.agent].append((row.time, row.time + row.amount, customer))
        if taken:
            intervals[taken[0]].append((taken[1], np.inf, customer))
    return {agent: sorted(found) for agent, found in intervals.items()}
