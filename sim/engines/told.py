"""The SimPy telling: a clock, teams with their queues, and one process per problem."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Generator, Mapping, Sequence
from heapq import heappush
from typing import Any

import simpy

from sim.chance import Law, quantile
from sim.engines.luck import Luck, LuckOf
from sim.history import Event, History, Row
from sim.mechanisms.hold import end_of_hold
from sim.mechanisms.journey import journey
from sim.mechanisms.outcome import NO_TEAM, NOBODY, Outcome
from sim.mechanisms.plan import PathPlan, Plan, TeamPlan, agents_at, plan
from sim.population import Customers, spread
from sim.scenario import World
from sim.units import SLOT

RELEASE, STAFF, WAKE, PLANNED = (kind << 40 for kind in range(1, 5))
"""What comes first at the same instant: agents are free, then staff changes, then callers who are served, then the rest."""


class Wake(simpy.Event):
    """An event that is planned once and may come earlier: an entry of the calendar counts only the first time."""

    def __init__(self, clock: Clock, value: Any = None, customer: int = -1) -> None:
        super().__init__(clock)
        self._ok, self._value, self.customer = True, value, customer


class Clock(simpy.Environment):
    """SimPy's environment with absolute times and a stated order at equal times."""

    def plan(self, event: simpy.Event, at: float, order: int) -> None:
        """Put an event into the calendar (SimPy itself takes delays only, and ``now + (t - now)`` is not ``t``)."""
        heappush(self._queue, (at, order, next(self._eid), event))

    def step(self) -> None:
        """Do the next thing, passing over entries whose event has already come."""
        queue = self._queue
        while queue and queue[0][3].callbacks is None:
            simpy.core.heappop(queue)
        super().step()


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

    def frees(self, agent: int, at: float, me: Life) -> None:
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
        if plan.serve_at_closing and end_of_hold(plan.hours, False, now) <= now and not any(
            self.busy[: max(self.last_staff, self.staff)]
        ):
            return now
        return end_of_hold(plan.hours, plan.serve_at_closing, now)


class Office:
    """One world at work: the clock, the lines, the teams, and the notebook."""

    def __init__(self, world: World, customers: Customers, luck: LuckOf | None = None) -> None:
        self.plan: Plan = plan(world)
        self.clock = Clock()
        self.customers = customers
        self.luck = luck or Luck(customers.seed, customers.replication, customers.rows["number"])
        self.rows: list[Row] = []
        self.lines_taken = 0
        self.teams = [Team(team, self) for team in self.plan.teams]

    def appearances(self) -> Generator[Any, Any, None]:
        """Begin every journey when its problem appears."""
        for customer, at in enumerate(self.customers.rows["appeared"].tolist()):
            event = Wake(self.clock)
            self.clock.plan(event, at, PLANNED + customer)
            yield event
            self.clock.process(journey(Life(customer, self)))


class Life:
    """One customer's state while the journey lasts."""

    __slots__ = (
        "agent", "breaks_at", "briefing", "contact", "customer", "cut_at", "difficulty", "explained_ever",
        "explained_now", "first_luck", "gesture", "granted", "identified_ever", "identified_now", "leg", "luck",
        "misrouted", "office", "on_line", "other_network", "outcome", "plan", "reason", "right_agent", "rows",
        "taken", "talked", "team", "temper", "ticket", "work", "work_left", "wrong_pitch",
    )  # fmt: skip

    def __init__(self, customer: int, office: Office) -> None:
        who = office.customers.rows[customer]
        self.customer, self.office, self.plan, self.rows = customer, office, office.plan, office.rows
        self.reason, self.difficulty = int(who["reason"]), int(who["difficulty"])
        self.work, self.gesture = float(who["work"]), float(who["gesture"])
        self.temper, self.other_network = float(who["temper"]), int(who["other_network"])
        self.contact, self.leg, self.team, self.agent = -1, 0, NO_TEAM, NOBODY
        self.identified_now = self.identified_ever = self.explained_now = self.explained_ever = False
        self.granted = self.talked = self.misrouted = self.wrong_pitch = self.on_line = False
        self.right_agent = True
        self.work_left = 1.0
        self.cut_at = self.breaks_at = float("inf")
        self.taken: dict[int, int] = {}
        self.briefing: Law | None = None
        self.ticket: PathPlan
        self.outcome = Outcome.UNSOLVED
        self.luck: Mapping[int, float] | Sequence[float] = ()
        self.first_luck = self.luck

    @property
    def now(self) -> float:
        """The time (min)."""
        return self.office.clock._now

    def note(self, event: Event, amount: float = 0.0) -> None:
        """Write a row."""
        self.rows.append(
            (self.customer, self.office.clock._now, event, self.contact, self.leg, self.team, self.agent, amount)
        )

    def next_contact(self) -> None:
        """Begin another attempt from the very beginning."""
        self.contact += 1
        self.leg, self.team, self.agent, self.taken = 0, NO_TEAM, NOBODY, {}
        self.identified_now = self.explained_now = False
        self.luck = self.first_luck = self.office.luck.leg(self.customer, self.contact, 0)

    def next_leg(self) -> None:
        """Go on to another agent."""
        self.leg += 1
        self.luck = self.office.luck.leg(self.customer, self.contact, self.leg)

    def take_line(self) -> bool:
        """Take one of the firm's lines, if one is free."""
        if self.plan.lines >= 0 and self.office.lines_taken >= self.plan.lines:
            return False
        self.office.lines_taken += 1
        self.on_line = True
        return True

    def leave_line(self) -> None:
        """Free the line, unless it has been freed already."""
        if self.on_line:
            self.office.lines_taken -= 1
            self.on_line = False

    def fails(self, event: Event, outcome: Outcome) -> int:
        """Note how the hold ended without an agent."""
        self.note(event)
        self.outcome = outcome
        return NOBODY

    def until(self, at: float) -> Wake:
        """Return an event that comes at this time."""
        event = Wake(self.office.clock)
        self.office.clock.plan(event, at, PLANNED + self.customer)
        return event

    def spend(self, event: Event | None, minutes: float, amount: float = 0.0) -> Generator[Any, Any, bool]:
        """Live through one spell; False when the call is broken off before its end (at the same instant: broken off)."""
        if minutes <= 0.0:
            return True
        if event is not None:
            self.note(event, amount)
        end = self.office.clock._now + minutes
        if end < self.breaks_at:
            yield self.until(end)
            return True
        if self.breaks_at > self.office.clock._now:
            yield self.until(self.breaks_at)
        return False


def tell(
    world: World,
    customers: Customers,
    *,
    luck: LuckOf | None = None,
    tick: Callable[[float], None] | None = None,
) -> History:
    """Run one world in SimPy from the first problem to the end of the follow-up.

    Parameters
    ----------
    luck : optional
        In place of the drawn luck, for a story whose draws are set by hand.
    tick : optional
        Told the time (min) once a simulated day.
    """
    began = time.perf_counter()
    office = Office(world, customers, luck)
    office.clock.process(office.appearances())
    if tick is not None:
        office.clock.process(_ticking(office.clock, tick))
    office.clock.run(until=world.time.end)
    return History.of(world, customers, office.rows, engine="simpy", seconds=time.perf_counter() - began)


def _ticking(clock: Clock, tick: Callable[[float], None]) -> Generator[Any, Any, None]:
    while True:
        tick(clock.now)
        yield clock.timeout(1440.0)


