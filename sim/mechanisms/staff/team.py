"""A team: agents with the same skills; who is at work, and whom they serve next."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Generator, MutableSequence, Sequence
from typing import Any, cast

from sim import purposes
from sim.luck.keys import AGENTS_AT_MOST, Kind, keyed_uniform
from sim.luck.laws import quantile
from sim.machine.compiling import rule
from sim.machine.kernel.calendar import put
from sim.machine.kernel.clock import Wake
from sim.machine.kernel.memory import code_at
from sim.machine.kernel.strands import plan_next
from sim.mechanisms.staff.idle import idles, send_home
from sim.mechanisms.staff.queue import Queue, Waiting, caller_at, first_for, leaves, score_now
from sim.mechanisms.state.hours import end_of_hold
from sim.mechanisms.state.office import agent_at, queue_of, team_of
from sim.mechanisms.state.order import KIND, RELEASE, STAFF, WAKE
from sim.mechanisms.state.order import TEAM as TEAM_BITS
from sim.mechanisms.state.outcome import NOBODY
from sim.mechanisms.state.plans import TeamPlan, agents_at
from sim.mechanisms.state.records import code_in, number_in
from sim.mechanisms.state.surroundings import Office
from sim.people import spread
from sim.units import SLOT, SLOTS_A_WEEK

IN_ORDER, BY_SCORE, LONGEST_QUEUE = 0, 1, 2


class Team:
    """Agents with the same skills."""

    def __init__(self, plan: TeamPlan, office: Office) -> None:
        self.plan, self.office = plan, office
        most = max(plan.agents)
        self.busy = [False] * most
        law = spread(plan.speed_cv)
        self.speed = [quantile(law, office.luck.agent(plan.code, agent)) for agent in range(most)]
        self.idle: MutableSequence[int] = deque()
        self.staff = self.last_staff = 0
        self.queues: Sequence[Queue] = cast("Sequence[Queue]", office.queues)
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
        found = self.next_caller()
        if found is None:
            if agent < self.staff:
                self.idle.append(agent)
            return
        self.busy[agent], clock = True, self.office.clock
        self.queues[found.me.waits_in].left()
        found.me.team, found.wake._value = self.plan.code, agent
        clock.plan(found.wake, clock.now, WAKE + found.wake.who)

    def next_caller(self) -> Waiting | None:
        """Return the place of whom an agent serves next who is free now."""
        its, best, highest = self.plan, None, -math.inf
        for which in range(its.served):
            queue = self.queues[its.serves[which]]
            found = queue.first_for(its.after[which]) if len(self.idle) >= its.reserved[which] else None
            if found is None:
                continue
            if its.takes == IN_ORDER:
                return found
            now = self.office.clock.now
            score = score_now(found.rank, queue.plan, now) if its.takes == BY_SCORE else queue.waiting
            if best is None or score > highest:
                best, highest = found, score
        return best

    def _stays_on(self, agent: int) -> bool:
        """Say whether an agent whose shift is over serves the queue that closing time has left."""
        plan, now = self.office.plan, self.office.clock.now
        return plan.serve_at_closing and agent < self.last_staff and end_of_hold(plan.hours, False, now) <= now


# The compiled telling: the same of a record ---------------------------------------------------------------------------

_OF_AGENTS = int(Kind.AGENT) << 24


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
        send_home(team)
    for agent in range(before, staff):
        if not agent_at(team.agents, agent).busy:
            released(team, office, agent)


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
    slot = _next_caller(team, office)
    if slot != NOBODY:
        me = caller_at(office, slot)
        leaves(me, queue_of(office, me.waits_in), office)
        agent_at(team.agents, agent).busy = True
        me.served, me.by = agent, team.plan.code
        plan_next(me, office, office.now, WAKE + me.customer)
    elif agent < team.staff:
        idles(team, agent)


@rule
def _next_caller(team: Any, office: Any) -> int:
    its, best, highest = team.plan, NOBODY, -math.inf
    for which in range(its.served):
        queue: Any = queue_of(office, code_in(its.serves, which))
        if queue.first == NOBODY or team.idlers < code_in(its.reserved, which):
            continue
        slot = first_for(queue, office, number_in(its.after, which))
        if slot == NOBODY:
            continue
        if its.takes == IN_ORDER:
            return slot
        score = float(queue.waiting)
        if its.takes == BY_SCORE:
            score = score_now(caller_at(office, slot).rank, queue.plan, office.now)
        if best == NOBODY or score > highest:
            best, highest = slot, score
    return best


@rule
def _stays_on(team: Any, office: Any, agent: int) -> bool:
    now, closes = office.now, end_of_hold(office.plan.hours, False, office.now)
    return office.plan.serve_at_closing and agent < team.last_staff and closes <= now


@rule
def rings(office: Any, order: int) -> None:
    """Do what is planned for nobody's life: an agent is free again, or the staff changes."""
    number = order & ((1 << KIND) - 1)
    if order >= STAFF:
        change_staff(team_of(office, number), office)
    else:
        released(team_of(office, number >> TEAM_BITS), office, number & ((1 << TEAM_BITS) - 1))
