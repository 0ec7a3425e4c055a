"""A queue: who waits together and in which order, and the teams that are asked for an agent."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Generator
from typing import Any

from sim import purposes
from sim.machine.compiling import compiled_as, inlined, rule
from sim.machine.kernel.clock import Wake
from sim.machine.kernel.strands import plan_next
from sim.mechanisms.staff.idle import idle_since, idlers_of, take_idle
from sim.mechanisms.state import surroundings
from sim.mechanisms.state.beside import seen_at
from sim.mechanisms.state.blocks import Place, Short, at_birth
from sim.mechanisms.state.hours import end_of_hold
from sim.mechanisms.state.life import Life
from sim.mechanisms.state.office import agent_at, queue_of, team_of
from sim.mechanisms.state.order import PLANNED
from sim.mechanisms.state.outcome import NO_TEAM, NOBODY
from sim.mechanisms.state.plans import QueuePlan
from sim.mechanisms.state.records import code_in, number_in
from sim.mechanisms.state.surroundings import Office, Team
from sim.mechanisms.state.verbs import office_of, uniform

IN_ORDER, MOST_IDLE, BY_CHANCE, LONGEST_IDLE = 0, 1, 2, 3
"""Which of several teams is asked first."""


class Queueing(Life):
    """Where one waits and since when, and on what the place in the queue depends."""

    queue: Short = at_birth(NO_TEAM)
    waits_in: Place
    """The queue in which one's place is; the one that is called may be another by then."""
    since: float
    rank: float
    """The score that one would have at time 0: at any other time all of a queue are as far apart."""
    was_cut: bool = at_birth(False)
    """Whether the call before was cut."""


class Waiting:
    """A place in a queue; it counts only while its event is still to come, whatever its caller does afterwards."""

    __slots__ = ("me", "rank", "since", "wake")

    def __init__(self, me: Queueing) -> None:
        self.me, self.since, self.rank = me, me.since, me.rank
        self.wake = Wake(me.clock, NOBODY, me.who)

    def is_left(self) -> bool:
        """Say whether nobody waits here any more."""
        return self.wake.callbacks is None or self.wake._value != NOBODY


class Queue:
    """Who waits together: first come, first served, or by score."""

    def __init__(self, plan: QueuePlan, office: Office) -> None:
        self.plan, self.office = plan, office
        self.line: deque[Waiting] = deque()
        self.waiting = 0

    def free_agent(self, me: Queueing) -> int:
        """Take an idle agent for who comes now, if a team asked has one; he is of `me.team` then."""
        return idle_agent(me, self, me.now)

    def hold(self, me: Queueing, until: float) -> Generator[Wake, int, int]:
        """Wait; return the agent, who is of `me.team` then, or `NOBODY` at ``until``."""
        lines_up(me, self)
        place = Waiting(me)
        self.add(place)
        while True:
            at = min(until, asks_next(self, me.since, me.now))
            self.office.clock.plan(place.wake, at, PLANNED + me.who)
            agent = yield place.wake
            if agent != NOBODY:
                return agent
            me.now = at
            if at < until:
                agent = idle_agent(me, self, me.since)
            if agent != NOBODY or at >= until:
                self.left()
                return agent
            place.wake = Wake(me.clock, NOBODY, me.who)

    def add(self, place: Waiting) -> None:
        """Give a caller his place: behind all whose rank is not lower."""
        before = len(self.line)
        while before and self.line[before - 1].rank < place.rank:
            before -= 1
        self.line.insert(before, place)
        self.waiting += 1

    def left(self) -> None:
        """Count one less."""
        self.waiting -= 1

    def first_for(self, after: float) -> Waiting | None:
        """Return the place of the first caller who has waited this long (min)."""
        while self.line and self.line[0].is_left():
            self.line.popleft()
        now = self.office.clock.now
        return next((one for one in self.line if not one.is_left() and one.since + after <= now), None)

    def takes_at_once(self, me: Queueing) -> bool:
        """Say whether an agent is idle for a caller who comes now."""
        return has_one_for(me, self)

    def expected_wait(self) -> float:
        """Return the wait a new caller may expect (min)."""
        return expected_wait_in(self, self.office)

    def turns_away_at(self) -> float:
        """Return when those who hold here are turned away: at closing, or at once when nobody stays to serve them."""
        plan, now = self.office.plan, self.office.clock.now
        if plan.serve_at_closing and end_of_hold(plan.hours, False, now) <= now and not self._anyone_is_busy():
            return now
        return end_of_hold(plan.hours, plan.serve_at_closing, now)

    def _anyone_is_busy(self) -> bool:
        teams = [self.office.teams[team] for team in self.plan.asks]
        return any(
            busy and (there or was)
            for team in teams
            for busy, there, was in zip(team.busy, team.present, team.was_present, strict=True)
        )


# Told once: where nothing waits ---------------------------------------------------------------------------------------


@rule
def idle_agent(me: Queueing, queue: surroundings.Queue, since: float) -> int:
    """Take an idle agent for who waits since then, of a team asked that has one for him; he is of `me.team`."""
    which = asked_first(me, queue, since)
    if which == NO_TEAM:
        return NOBODY
    team = team_of(office_of(me), code_in(queue.plan.asks, which))
    me.team = team.plan.code
    return take_idle(me, team)


@rule
def asked_first(me: Queueing, queue: surroundings.Queue, since: float) -> int:
    """Return the place of the team that gives an agent to who waits since then, or `NO_TEAM`."""
    its, found, best, all_idle = queue.plan, NO_TEAM, -math.inf, 0
    for which in range(its.asked):
        idle = idle_for(me, queue, which, since)
        if idle > 0:
            if its.asks_first == IN_ORDER:
                return which
            claim = claim_of(me, queue, which, idle)
            if claim > best:
                found, best = which, claim
            all_idle += idle
    if its.asks_first == BY_CHANCE and found != NO_TEAM:
        return asked_by_chance(me, queue, since, all_idle)
    return found


@rule
def claim_of(me: Queueing, queue: surroundings.Queue, which: int, idle: int) -> float:
    """Return by what a team of so many idle agents comes before others: how long one idles, or how many do."""
    if queue.plan.asks_first == LONGEST_IDLE:
        return me.now - idle_since(team_of(office_of(me), code_in(queue.plan.asks, which)))
    return float(idle)


@rule
def asked_by_chance(me: Queueing, queue: surroundings.Queue, since: float, all_idle: int) -> int:
    """Return the place of one of several teams, by how many are idle in each for who waits since then."""
    which, left = 0, int(uniform(me, purposes.TEAM) * all_idle)
    while left >= idle_for(me, queue, which, since):
        left -= idle_for(me, queue, which, since)
        which += 1
    return which


@rule
def idle_for(me: Queueing, queue: surroundings.Queue, which: int, since: float) -> int:
    """Return how many agents of a team are idle if it has one for who waits since then, else none."""
    its, idle = queue.plan, idlers_of(team_of(office_of(me), code_in(queue.plan.asks, which)))
    is_his = since + number_in(its.after, which) <= me.now and idle > code_in(its.reserved, which)
    return idle if is_his else 0


@rule
def asks_next(queue: surroundings.Queue, since: float, now: float) -> float:
    """Return when a team that takes only who has waited long enough may be asked next (min; infinite for never)."""
    its, soonest = queue.plan, math.inf
    for which in range(its.asked):
        at = since + number_in(its.after, which)
        if now < at < soonest:
            soonest = at
    return soonest


@rule
def lines_up(me: Queueing, queue: surroundings.Queue) -> None:
    """Begin to wait."""
    me.waits_in, me.since = queue.plan.code, me.now
    me.rank = rank_of(me, queue.plan) if queue.plan.ranked else 0.0


@rule
def rank_of(me: Queueing, its: QueuePlan) -> float:
    """Return the score of who begins to wait, less what waiting has added to all scores by then."""
    rank = its.score + number_in(its.segments, me.segment) + number_in(its.reasons, me.reason)
    if me.leg > 0:
        rank += its.after_transfer
    if me.contact > 0:
        rank += its.repeat
    if me.was_cut:
        rank += its.after_cut
    return rank - its.per_minute * me.since


@rule
def score_now(rank: float, its: QueuePlan, now: float) -> float:
    """Return the score of a caller of this rank."""
    return rank + its.per_minute * now


@rule
def is_full(queue: surroundings.Queue) -> bool:
    """Say whether nobody more may wait."""
    return 0 <= queue.plan.places <= queue.waiting


@rule
def expected_wait(waiting: int, agents: int, handle_time: float) -> float:
    """Return the wait that a new caller may expect (min): those before him and himself, shared out among the agents."""
    return (waiting + 1) * handle_time / agents if agents > 0 else math.inf


@rule
def expected_wait_in(queue: surroundings.Queue, office: Office) -> float:
    """Return the wait that a new caller may expect in a queue (min), from the teams that would take him at once."""
    its = queue.plan
    if its.asked == 1:
        only: Team = team_of(office, code_in(its.asks, 0))
        return expected_wait(queue.waiting, only.staff, only.plan.handle_time)
    a_minute = 0.0
    for which in range(its.asked):
        team: Team = team_of(office, code_in(its.asks, which))
        if number_in(its.after, which) <= 0.0 and team.plan.handle_time > 0.0:
            a_minute += team.staff / team.plan.handle_time
    return (queue.waiting + 1) / a_minute if a_minute > 0.0 else math.inf


@rule
def has_one_for(me: Queueing, queue: surroundings.Queue) -> bool:
    """Say whether an agent is idle for a caller who comes into a queue now."""
    return asked_first(me, queue, me.now) != NO_TEAM


def expected_of(me: Queueing, number: int) -> float:
    """Return the wait that a caller may expect who goes on to the queue of this number (min): none if one is idle."""
    queue = me.office.queues[number]
    return 0.0 if queue.takes_at_once(me) else queue.expected_wait()


@compiled_as(expected_of)
def _expected_of(me: Any, number: int) -> float:
    queue = queue_of(office_of(me), number)
    return 0.0 if has_one_for(me, queue) else expected_wait_in(queue, office_of(me))


# The compiled telling: who waits as a chain of places -----------------------------------------------------------------


@rule
def holds(me: Any, queue: Any, office: Any, until: float) -> None:
    """Wait in a queue; the next event brings the agent, or `NOBODY` at ``until`` or when another team may be asked."""
    lines_up(me, queue)
    before, after = queue.last, NOBODY
    while before != NOBODY and seen_at(office, before).rank < me.rank:
        before, after = seen_at(office, before).before, before
    me.before, me.after = before, after
    if before == NOBODY:
        queue.first = me.slot
    else:
        seen_at(office, before).after = me.slot
    if after == NOBODY:
        queue.last = me.slot
    else:
        seen_at(office, after).before = me.slot
    queue.waiting += 1
    holds_on(me, queue, office, until)


@rule
def holds_on(me: Any, queue: Any, office: Any, until: float) -> None:
    """Wait on, at the same place."""
    me.served = NOBODY
    plan_next(me, office, min(until, asks_next(queue, me.since, me.now)), PLANNED + me.who)


@rule
def leaves(me: Any, queue: Any, office: Any) -> None:
    """Leave the queue, from any place in it."""
    if me.before == NOBODY:
        queue.first = me.after
    else:
        seen_at(office, me.before).after = me.after
    if me.after == NOBODY:
        queue.last = me.before
    else:
        seen_at(office, me.after).before = me.before
    queue.waiting -= 1


@rule
def is_answered(me: Any, queue: Any, office: Any, until: float) -> bool:
    """Say whether an agent has come, or may be asked by now; the clock has come to what was planned."""
    me.now = office.now
    if me.served != NOBODY:
        me.team = me.by
        return True
    if me.now < until:
        me.served = idle_agent(me, queue, me.since)
        if me.served != NOBODY:
            leaves(me, queue, office)
            return True
    return False


@inlined
def first_for(queue: Any, office: Any, after: float) -> int:
    """Return the place of the first caller who has waited this long (min), `NOBODY` for none."""
    slot = queue.first
    while slot != NOBODY and seen_at(office, slot).since + after > office.now:
        slot = seen_at(office, slot).after
    return slot


@rule
def turns_away_at(queue: Any, office: Any) -> float:
    """Return when those who hold here are turned away: at closing, or at once when nobody stays to serve them."""
    plan, now = office.plan, office.now
    closes_now = plan.serve_at_closing and end_of_hold(plan.hours, False, now) <= now
    if closes_now and not _anyone_is_busy(queue, office):
        return now
    return end_of_hold(plan.hours, plan.serve_at_closing, now)


@rule
def _anyone_is_busy(queue: Any, office: Any) -> bool:
    for which in range(queue.plan.asked):
        team: Any = team_of(office, code_in(queue.plan.asks, which))
        for agent in range(team.plan.most):
            one = agent_at(team.agents, agent)
            if one.busy and (one.present or one.was_present):
                return True
    return False
