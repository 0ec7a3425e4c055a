"""A team: agents with the same skills; who is at work, and whom they serve next."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Generator, MutableSequence, Sequence
from typing import Any, cast

from sim import purposes
from sim.machine.compiling import rule
from sim.machine.kernel.calendar import put
from sim.machine.kernel.clock import Wake
from sim.machine.kernel.strands import plan_next
from sim.mechanisms.staff.agents import given_to, is_at_work
from sim.mechanisms.staff.idle import idles, send_home
from sim.mechanisms.staff.queue import Queue, Waiting, first_for, leaves, score_now
from sim.mechanisms.state.beside import seen_at
from sim.mechanisms.state.hours import end_of_hold
from sim.mechanisms.state.office import agent_at, queue_of, team_of
from sim.mechanisms.state.order import KIND, RELEASE, STAFF, WAKE
from sim.mechanisms.state.order import TEAM as TEAM_BITS
from sim.mechanisms.state.outcome import NOBODY
from sim.mechanisms.state.plans import TeamPlan
from sim.mechanisms.state.records import code_in, number_in
from sim.mechanisms.state.surroundings import Office
from sim.people import spread
from sim.units import SLOT, SLOTS_A_WEEK

IN_ORDER, BY_SCORE, LONGEST_QUEUE = 0, 1, 2


class Team:
    """Agents with the same skills."""

    def __init__(self, plan: TeamPlan, office: Office) -> None:
        self.plan, self.office = plan, office
        agents = range(plan.agents)
        speed, knowledge = spread(plan.speed_cv), spread(plan.knowledge_cv)
        self.speed = [given_to(office, plan, agent, speed, purposes.SPEED) for agent in agents]
        self.knowledge = [given_to(office, plan, agent, knowledge, purposes.KNOWLEDGE) for agent in agents]
        self.calls = [given_to(office, plan, agent, plan.experience, purposes.EXPERIENCE) for agent in agents]
        self.busy, self.present, self.was_present = ([False] * plan.most for _ in range(3))
        self.chats: MutableSequence[Any] = [None] * plan.most
        self.idle: MutableSequence[int] = deque()
        self.idle_since = [0.0] * plan.most
        self.staff = 0
        self.queues: Sequence[Queue] = cast("Sequence[Queue]", office.queues)
        office.clock.process(self.staffing())

    def staffing(self) -> Generator[Any, Any, None]:
        """Come to work and go home by the hours of the week."""
        clock, slot = self.office.clock, 0
        while True:
            self.call_roll(slot)
            slot += 1
            while not self.plan.changes[slot % SLOTS_A_WEEK] and slot * SLOT < self.office.plan.end:
                slot += 1
            event = Wake(clock)
            clock.plan(event, float(slot * SLOT), STAFF + self.plan.code)
            yield event

    def call_roll(self, slot: int) -> None:
        """See who is at work now; who is busy and should not be finishes the call."""
        before = self.present
        if any(before):
            self.was_present = before
        self.present = [is_at_work(self.office, self.plan, agent, slot) for agent in range(self.plan.most)]
        self.staff = sum(self.present)
        self.idle = deque(agent for agent in self.idle if self.present[agent])
        for agent in range(self.plan.most):
            if self.present[agent] and not (before[agent] or self.busy[agent]):
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
        if not (self.present[agent] or self._stays_on(agent)):
            return
        found = self.next_caller()
        if found is None:
            if self.present[agent]:
                self.idle.append(agent)
                self.idle_since[agent] = self.office.clock.now
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
        return plan.serve_at_closing and self.was_present[agent] and end_of_hold(plan.hours, False, now) <= now


# The compiled telling: the same of a record ---------------------------------------------------------------------------


@rule
def opens(team: Any, office: Any) -> None:
    """Come to work for the first time."""
    its = team.plan
    for seat in range(its.most):
        agent_at(team.agents, seat).chat = NOBODY
    for agent in range(its.agents):
        one = agent_at(team.agents, agent)
        one.speed = given_to(office, its, agent, team.spread, purposes.SPEED)
        one.knowledge = given_to(office, its, agent, team.knowledge, purposes.KNOWLEDGE)
        one.calls = given_to(office, its, agent, its.experience, purposes.EXPERIENCE)
    call_roll(team, office)


@rule
def call_roll(team: Any, office: Any) -> None:
    """See who is at work in the slot that begins, and plan the next slot in which others are."""
    _see_who_is_there(team, office)
    team.slot += 1
    while not code_in(team.plan.changes, team.slot % SLOTS_A_WEEK) and team.slot * SLOT < office.end:
        team.slot += 1
    at = float(team.slot * SLOT)
    if at < office.end:
        put(office.calendar, at, STAFF + team.plan.code, -1)


@rule
def _see_who_is_there(team: Any, office: Any) -> None:
    its, someone, team.staff = team.plan, team.staff > 0, 0
    for agent in range(its.most):
        one = agent_at(team.agents, agent)
        if someone:
            one.was_present = one.present
        one.came = not one.present
        one.present = is_at_work(office, its, agent, team.slot)
        one.came = one.came and one.present
        team.staff += int(one.present)
    send_home(team)
    for agent in range(its.most):
        one = agent_at(team.agents, agent)
        if one.came and not one.busy:
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
    if not (agent_at(team.agents, agent).present or _stays_on(team, office, agent)):
        return
    slot = _next_caller(team, office)
    if slot != NOBODY:
        me = seen_at(office, slot)
        leaves(me, queue_of(office, me.waits_in), office)
        agent_at(team.agents, agent).busy = True
        me.served, me.by = agent, team.plan.code
        plan_next(me, office, office.now, WAKE + me.who)
    elif agent_at(team.agents, agent).present:
        idles(team, agent)
        agent_at(team.agents, agent).idle_since = office.now


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
            score = score_now(seen_at(office, slot).rank, queue.plan, office.now)
        if best == NOBODY or score > highest:
            best, highest = slot, score
    return best


@rule
def _stays_on(team: Any, office: Any, agent: int) -> bool:
    now, closes = office.now, end_of_hold(office.plan.hours, False, office.now)
    return office.plan.serve_at_closing and agent_at(team.agents, agent).was_present and closes <= now


@rule
def rings(office: Any, order: int) -> None:
    """Do what is planned for nobody's life: an agent is free again, or the staff changes."""
    number = order & ((1 << KIND) - 1)
    if order >= STAFF:
        call_roll(team_of(office, number), office)
    else:
        released(team_of(office, number >> TEAM_BITS), office, number & ((1 << TEAM_BITS) - 1))
