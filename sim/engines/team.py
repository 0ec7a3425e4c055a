"""A team of the SimPy telling: agents with the same skills, and who waits for them."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator
from typing import TYPE_CHECKING, Any

import simpy

from sim.chance import quantile
from sim.engines.clock import PLANNED, RELEASE, STAFF, WAKE, Wake
from sim.mechanisms.hold import end_of_hold, expected_wait
from sim.mechanisms.outcome import NOBODY
from sim.mechanisms.plan import TeamPlan, agents_at
from sim.population import spread
from sim.units import SLOT

if TYPE_CHECKING:
    from sim.engines.life import Life
    from sim.engines.told import Office


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

    def hold(self, me: Life, until: float) -> Wake:
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
        self.office.clock.plan(event, at, RELEASE + (self.plan.code << 20) + agent)

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
                self.office.clock.plan(event, self.office.clock.now, WAKE + event.customer)
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
