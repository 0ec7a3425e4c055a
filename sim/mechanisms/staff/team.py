"""A team: agents with the same skills, and who waits for them."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Generator
from typing import Any

import numpy as np
import simpy

from sim import purposes
from sim.luck.keys import AGENTS_AT_MOST, Kind, keyed_uniform
from sim.luck.laws import quantile
from sim.machine.compiling import Table, rule
from sim.machine.kernel.calendar import put
from sim.machine.kernel.clock import Wake
from sim.machine.kernel.memory import code_at
from sim.machine.kernel.strands import STRAND, plan_next
from sim.mechanisms.state.hours import end_of_hold
from sim.mechanisms.state.office import agent_at, team_of
from sim.mechanisms.state.order import KIND, PLANNED, RELEASE, STAFF, WAKE
from sim.mechanisms.state.order import TEAM as TEAM_BITS
from sim.mechanisms.state.outcome import NOBODY
from sim.mechanisms.state.plans import TeamPlan, agents_at
from sim.mechanisms.state.surroundings import Caller, Office
from sim.people import spread
from sim.units import SLOT, SLOTS_A_WEEK


@rule
def expected_wait(waiting: int, agents: int, handle_time: float) -> float:
    """Return the wait that a new caller may expect (min): those before him and himself, shared out among the agents."""
    return (waiting + 1) * handle_time / agents if agents > 0 else math.inf


class Team:
    """Agents with the same skills, and who waits for them, first come first served."""

    def __init__(self, plan: TeamPlan, office: Office) -> None:
        self.plan, self.office = plan, office
        self.queue: deque[Wake] = deque()
        self.waiting = 0
        most = max(plan.agents)
        self.busy = [False] * most
        law = spread(plan.speed_cv)
        self.speed = [quantile(law, office.luck.agent(plan.code, agent)) for agent in range(most)]
        self.idle: deque[int] = deque()
        self.staff = self.last_staff = 0
        office.clock.process(self.staffing())

    def staffing(self) -> Generator[Any, Any, None]:
        """Come to work and go home by the hours of the week."""
        clock, slot = self.office.clock, 0
        while True:
            self.set_staff(agents_at(self.plan, slot))
            now = agents_at(self.plan, slot)
            slot += 1
            while agents_at(self.plan, slot) == now and slot * SLOT < self.office.plan.end:
                slot += 1
            event = Wake(clock)
            clock.plan(event, float(slot * SLOT), STAFF + self.plan.code)
            yield event

    def set_staff(self, staff: int) -> None:
        """Change the number at work: the last to come go first; who is busy finishes the call."""
        before, self.staff = self.staff, staff
        if before:
            self.last_staff = before
        if staff < before:
            self.idle = deque(agent for agent in self.idle if agent < staff)
        for agent in range(before, staff):
            if not self.busy[agent]:
                self.released(agent)

    def free_agent(self) -> int:
        """Take the agent who has been idle longest, if any."""
        if not self.idle:
            return NOBODY
        agent = self.idle.popleft()
        self.busy[agent] = True
        return agent

    def expected_wait(self) -> float:
        """Return the wait a new caller may expect (min)."""
        return expected_wait(self.waiting, self.staff, self.plan.handle_time)

    def hold(self, me: Caller, until: float) -> Wake:
        """Queue; the event brings the agent, or `NOBODY` at ``until``."""
        event = Wake(self.office.clock, NOBODY, me.customer)
        event.callbacks.append(self._left)
        self.queue.append(event)
        self.waiting += 1
        self.office.clock.plan(event, until, PLANNED + me.customer)
        return event

    def _left(self, event: simpy.Event) -> None:
        if event._value == NOBODY:
            self.waiting -= 1

    def frees(self, agent: int, at: float) -> None:
        """Have the agent free again after the after-call work."""
        if at <= self.office.clock.now:
            self.released(agent)
            return
        event = Wake(self.office.clock)
        event.callbacks.append(lambda _: self.released(agent))
        self.office.clock.plan(event, at, RELEASE + (self.plan.code << TEAM_BITS) + agent)

    def released(self, agent: int) -> None:
        """Hand the agent to the next who waits, at this very instant, or let him idle or go home."""
        self.busy[agent] = False
        if agent >= self.staff and not self._stays_on(agent):
            return
        while self.queue:
            event = self.queue.popleft()
            if event.callbacks is not None and event._value == NOBODY:
                self.busy[agent] = True
                self.waiting -= 1
                event._value = agent
                self.office.clock.plan(event, self.office.clock.now, WAKE + event.who)
                return
        if agent < self.staff:
            self.idle.append(agent)

    def _stays_on(self, agent: int) -> bool:
        """Say whether an agent whose shift is over serves the queue that closing time has left."""
        plan, now = self.office.plan, self.office.clock.now
        return plan.serve_at_closing and agent < self.last_staff and end_of_hold(plan.hours, False, now) <= now

    def turns_away_at(self) -> float:
        """Return when those who hold here are turned away: at closing, or at once when nobody stays to serve them."""
        plan, now = self.office.plan, self.office.clock.now
        if (
            plan.serve_at_closing
            and end_of_hold(plan.hours, False, now) <= now
            and not any(self.busy[: max(self.last_staff, self.staff)])
        ):
            return now
        return end_of_hold(plan.hours, plan.serve_at_closing, now)


# The compiled telling: the same of a record, with who idles and who waits as chains of places -------------------------

IN_THE_QUEUE = [
    *STRAND,
    ("customer", np.int32),
    ("served", np.int32),
    ("before", np.int32),
    ("after", np.int32),
]
"""How the record of whoever can queue begins: the place in `Customers`, the agent who serves, who waits before and
after (by place in the table of strands)."""

_OF_AGENTS = int(Kind.AGENT) << 24
_SEEN = ["at", "order", "slot", "customer", "served", "before", "after"]
"""What a team sees of it: not the stack, since numba takes a record that begins as another does for one of its kind."""

_caller_at = Table(np.dtype(IN_THE_QUEUE, align=True)[_SEEN])


@rule
def caller_at(office: Any, slot: int) -> Any:
    """Return whoever has a place of the table of strands, as the team sees him."""
    return _caller_at(office.strands + slot * office.strand_size, 0)


@rule
def opens(team: Any, office: Any) -> None:
    """Come to work for the first time."""
    for agent in range(team.most):
        key = (office.key[0], office.key[1])
        number = team.plan.code * AGENTS_AT_MOST + agent
        u = keyed_uniform(key, _OF_AGENTS | office.replication, number, purposes.SPEED, 0)
        agent_at(team.agents, agent).speed = quantile(team.spread, u)
    change_staff(team, office)


@rule
def change_staff(team: Any, office: Any) -> None:
    """Set the staff of the slot that begins, and plan the next slot that has another."""
    agents = code_at(team.plan.agents, team.slot % SLOTS_A_WEEK).value
    _set_staff(team, office, agents)
    team.slot += 1
    while code_at(team.plan.agents, team.slot % SLOTS_A_WEEK).value == agents and team.slot * SLOT < office.end:
        team.slot += 1
    at = float(team.slot * SLOT)
    if at < office.end:
        put(office.calendar, at, STAFF + team.plan.code, -1)


@rule
def _set_staff(team: Any, office: Any, staff: int) -> None:
    before, team.staff = team.staff, staff
    if before > 0:
        team.last_staff = before
    if staff < before:
        _send_home(team)
    for agent in range(before, staff):
        if not agent_at(team.agents, agent).busy:
            released(team, office, agent)


@rule
def _send_home(team: Any) -> None:
    """Take the agents who are no longer on duty out of those who idle."""
    agent, team.idle, team.last_idle = team.idle, NOBODY, NOBODY
    while agent != NOBODY:
        after = agent_at(team.agents, agent).next
        if agent < team.staff:
            _idles(team, agent)
        agent = after


@rule
def _idles(team: Any, agent: int) -> None:
    agent_at(team.agents, agent).next = NOBODY
    if team.idle == NOBODY:
        team.idle = agent
    else:
        agent_at(team.agents, team.last_idle).next = agent
    team.last_idle = agent


@rule
def free_agent(team: Any) -> int:
    """Take the agent who has been idle longest, if any."""
    agent = team.idle
    if agent != NOBODY:
        idler = agent_at(team.agents, agent)
        team.idle, idler.busy = idler.next, True
    return agent


@rule
def holds(me: Any, team: Any, office: Any, until: float) -> None:
    """Queue; the next event brings the agent, or `NOBODY` at ``until``."""
    me.served, me.before, me.after = NOBODY, team.last, NOBODY
    if team.last == NOBODY:
        team.first = me.slot
    else:
        caller_at(office, team.last).after = me.slot
    team.last = me.slot
    team.waiting += 1
    plan_next(me, office, until, PLANNED + me.customer)


@rule
def leaves(me: Any, team: Any, office: Any) -> None:
    """Leave the queue, from any place in it."""
    if me.before == NOBODY:
        team.first = me.after
    else:
        caller_at(office, me.before).after = me.after
    if me.after == NOBODY:
        team.last = me.before
    else:
        caller_at(office, me.after).before = me.before
    team.waiting -= 1


@rule
def frees(team: Any, office: Any, agent: int, at: float) -> None:
    """Have the agent free again after the after-call work."""
    if at <= office.now:
        released(team, office, agent)
    elif at < office.end:
        put(office.calendar, at, RELEASE + (team.plan.code << TEAM_BITS) + agent, -1)


@rule
def released(team: Any, office: Any, agent: int) -> None:
    """Hand the agent to the next who waits, at this very instant, or let him idle or go home."""
    agent_at(team.agents, agent).busy = False
    if agent >= team.staff and not _stays_on(team, office, agent):
        return
    if team.first != NOBODY:
        me = caller_at(office, team.first)
        leaves(me, team, office)
        agent_at(team.agents, agent).busy = True
        me.served = agent
        plan_next(me, office, office.now, WAKE + me.customer)
    elif agent < team.staff:
        _idles(team, agent)


@rule
def _stays_on(team: Any, office: Any, agent: int) -> bool:
    now, closes = office.now, end_of_hold(office.plan.hours, False, office.now)
    return office.plan.serve_at_closing and agent < team.last_staff and closes <= now


@rule
def turns_away_at(team: Any, office: Any) -> float:
    """Return when those who hold here are turned away: at closing, or at once when nobody stays to serve them."""
    plan, now = office.plan, office.now
    if plan.serve_at_closing and end_of_hold(plan.hours, False, now) <= now:
        anyone = False
        for agent in range(min(max(team.last_staff, team.staff), team.most)):
            anyone = anyone or agent_at(team.agents, agent).busy
        if not anyone:
            return now
    return end_of_hold(plan.hours, plan.serve_at_closing, now)


@rule
def rings(office: Any, order: int) -> None:
    """Do what is planned for nobody's life: an agent is free again, or the staff changes."""
    number = order & ((1 << KIND) - 1)
    if order >= STAFF:
        change_staff(team_of(office, number), office)
    else:
        released(team_of(office, number >> TEAM_BITS), office, number & ((1 << TEAM_BITS) - 1))
