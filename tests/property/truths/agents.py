"""What is true of every agent and of every queue."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from sim.history.rows import Event, History
from sim.units import SLOT, SLOTS_A_WEEK
from tests.property.truths.rows import NOTHING, lives


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


def agents(history: History) -> Iterator[str]:
    """No agent has two customers at once, none answers off duty."""
    world = history.world
    opened = world.line.open_slots()
    staff = [team.by_slot(opened) for team in world.teams.values()]
    for (team, agent), intervals in busy(history).items():
        for (_, until, before), (since, _, customer) in pairwise(intervals):
            if since < until - NOTHING:
                yield f"agent {agent} of team {team} takes {customer} at {since}, busy with {before} to {until}"
        for since, _, customer in intervals:
            slot = int(since // SLOT) % SLOTS_A_WEEK
            at_work = staff[team][slot]
            if world.line.closing == "serve" and not opened[slot]:
                at_work = max(at_work, staff[team][_last_open(opened, slot)])  # who stayed to serve
            if agent >= at_work:
                yield f"agent {agent} of team {team} takes {customer} at {since}, off duty"


def _last_open(opened: tuple[bool, ...], slot: int) -> int:
    while not opened[slot]:
        slot = (slot - 1) % SLOTS_A_WEEK
    return slot


def queues(history: History) -> Iterator[str]:
    """First come, first served; and nobody holds while an agent of his team is at work and idle."""
    world, opened = history.world, history.world.line.open_slots()
    at_work = busy(history)
    for team, of_team in enumerate(world.teams.values()):
        staff = of_team.by_slot(opened)
        holds = list(_holds(history, team))
        served = sorted((since, until, who) for since, until, answered, who in holds if answered)
        for (since, until, who), (later, sooner, other) in pairwise(served):
            if later > since + NOTHING and sooner < until - NOTHING:
                yield f"{other}, queued at {later}, is served at {sooner}; {who}, queued at {since}, at {until}"
        waits = [(since, until, who) for since, until, _, who in holds]
        mine = {agent: found for (of, agent), found in at_work.items() if of == team}
        yield from _in_vain(history, waits, staff, mine, f"team {team}")


def _holds(history: History, team: int) -> Iterator[tuple[float, float, bool, int]]:
    """Yield the holds on the line for a team: beginning, end, whether answered, who."""
    for customer, rows in lives(history):
        for row, after in pairwise(rows):
            if row.event == Event.QUEUED and row.team == team:
                yield row.time, after.time, after.event == Event.ANSWERED, customer
        if rows[-1].event == Event.QUEUED and rows[-1].team == team:
            yield float(rows[-1].time), np.inf, False, customer


def rings(history: History) -> Iterator[str]:
    """Who is to be rung back is rung while an agent is idle, `tries` times at most, and is then given up."""
    world, offer = history.world, history.world.levers.follow_through.call_back
    if offer is None:
        return
    at_work, opened = busy(history), world.line.open_slots()
    waits: dict[int, list[tuple[float, float, int]]] = defaultdict(list)
    for customer, rows in lives(history):
        missed = 0
        for row, after in zip(rows, [*rows[1:], None], strict=True):
            event = row.event
            missed = 0 if event is Event.CALL_BACK_TAKEN else missed + (event is Event.RING_MISSED)
            if event not in (Event.CALL_BACK_TAKEN, Event.RING_MISSED):
                continue
            if missed > offer.tries:
                yield f"{customer} is rung {missed} times of {offer.tries}"
            if after is not None and after.event == Event.ABANDONED and missed < offer.tries:
                yield f"{customer} is given up after {missed} rings of {offer.tries}"
            # between two rings: counted from the end of the first, at the latest
            due = row.time + (row.amount + offer.between if event is Event.RING_MISSED else 0.0)
            waits[row.team].append((due, np.inf if after is None else after.time, customer))
    for team, of_team in enumerate(world.teams.values()):
        mine = {agent: found for (of, agent), found in at_work.items() if of == team}
        yield from _in_vain(history, waits[team], of_team.by_slot(opened), mine, f"a ring of team {team}")


def _in_vain(
    history: History,
    waits: list[tuple[float, float, int]],
    staff: tuple[int, ...],
    at_work: dict[int, list[tuple[float, float, int]]],
    what: str,
) -> Iterator[str]:
    """Yield the waits during which an agent at work is idle while the line is open."""
    end, opened = history.world.time.end, history.world.line.open_slots()
    times = {t for found in at_work.values() for since, until, _ in found for t in (since, until)}
    times |= {t for since, until, _ in waits for t in (since, until)}
    times |= {slot * SLOT for slot in range(int(end // SLOT) + 1)}
    steps = np.array(sorted(t for t in times if t <= end))
    for middle in ((steps[1:] + steps[:-1]) / 2)[np.diff(steps) > NOTHING]:
        waiting = [who for since, until, who in waits if since < middle < until]
        slot = int(middle // SLOT) % SLOTS_A_WEEK
        if not waiting or not opened[slot]:
            continue
        idle = [
            agent
            for agent in range(staff[slot])
            if not any(since < middle < until for since, until, _ in at_work.get(agent, ()))
        ]
        if idle:
            yield f"{waiting} wait for {what} at {middle} while agents {idle} are idle"
