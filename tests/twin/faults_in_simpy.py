"""Deliberate faults in the SimPy telling, each as it is easily made."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest

from sim import purposes
from sim.engines.luck import OneByOne
from sim.mechanisms import call, cut, hold, identification, journey, life, notes, powers, talk, team, transfer
from sim.mechanisms.life import Life
from sim.mechanisms.order import PLANNED, RELEASE
from sim.mechanisms.outcome import NOBODY
from sim.mechanisms.plan import PathPlan
from sim.mechanisms.team import Team

Patch = pytest.MonkeyPatch
FAULTS: dict[str, Callable[[Patch], None]] = {}
"""What puts a fault into the telling, by what is wrong."""


def fault(wrong: str) -> Callable[[Callable[[Patch], None]], None]:
    """Keep a fault under the words that say what is wrong."""

    def keep(put: Callable[[Patch], None]) -> None:
        assert wrong not in FAULTS
        FAULTS[wrong] = put

    return keep


def replaces(owner: Any, name: str, wrong: Any) -> Callable[[Patch], None]:
    """Return what puts something else in the place of what has this name."""
    return lambda patch: patch.setattr(owner, name, wrong)


def around(owner: Any, name: str, wrong: Callable[..., Any]) -> Callable[[Patch], None]:
    """Return what puts ``wrong`` in the place of a function, which it is given before all other arguments."""
    true = getattr(owner, name)
    return lambda patch: patch.setattr(owner, name, lambda *given, **named: wrong(true, *given, **named))


# Who waits, and who serves -------------------------------------------------------------------------------------------


@fault("a caller who has left keeps a place in the queue, and an agent is lost in serving it")
def _(patch: Patch) -> None:
    def released(self: Team, agent: int) -> None:
        self.busy[agent] = False
        if agent >= self.staff and not self._stays_on(agent):
            return
        if self.queue:
            event = self.queue.popleft()
            self.busy[agent], event._value = True, agent
            self.waiting -= 1
            self.office.clock.plan(event, self.office.clock.now, team.WAKE + event.who)
        elif agent < self.staff:
            self.idle.append(agent)

    patch.setattr(Team, "released", released)


@fault("the caller who came last is served first")
def _(patch: Patch) -> None:
    def last_first(true: Any, self: Team, me: Life, until: float) -> Any:
        event = true(self, me, until)
        self.queue.rotate(1)
        return event

    around(Team, "hold", last_first)(patch)


@fault("of the idle agents, the one idle shortest is taken")
def _(patch: Patch) -> None:
    def free_agent(self: Team) -> int:
        if not self.idle:
            return NOBODY
        agent = self.idle.pop()
        self.busy[agent] = True
        return agent

    patch.setattr(Team, "free_agent", free_agent)


@fault("who has left is still counted among those who wait")
def _(patch: Patch) -> None:
    patch.setattr(Team, "_left", lambda self, event: None)


@fault("agents who go home stay among the idle")
def _(patch: Patch) -> None:
    def set_staff(true: Any, self: Team, staff: int) -> None:
        idle = self.idle
        true(self, staff)
        if idle is not self.idle:
            self.idle = idle

    around(Team, "set_staff", set_staff)(patch)


fault("agents are released a quarter of a minute late")(
    around(Team, "frees", lambda true, self, agent, at: true(self, agent, at + 0.25))
)
fault("agents are released a quarter of a minute early")(
    around(Team, "frees", lambda true, self, agent, at: true(self, agent, at - 0.25))
)
fault("closing time turns nobody away")(replaces(Team, "turns_away_at", lambda self: math.inf))
fault("nobody stays on to serve who holds at closing")(replaces(Team, "_stays_on", lambda self, agent: False))
fault("the expected wait leaves out the caller himself")(
    replaces(team, "expected_wait", lambda waiting, agents, time: waiting * time / agents if agents else math.inf)
)


# What comes first ----------------------------------------------------------------------------------------------------


@fault("of customers at the same instant, the last comes first")
def _(patch: Patch) -> None:
    patch.setattr(life, "PLANNED", PLANNED + 2**30)
    true = Life.catch_up

    def catch_up(self: Life) -> Any:
        mine, self.customer = self.customer, -self.customer
        event = true(self)
        self.customer = mine
        return event

    patch.setattr(Life, "catch_up", catch_up)


fault("agents are released after all else at the same instant")(replaces(team, "RELEASE", PLANNED + RELEASE))
fault("staff changes before agents are released")(replaces(team, "STAFF", RELEASE // 2))
fault("who is served comes after all else at the same instant")(replaces(team, "WAKE", PLANNED + RELEASE))


# The customer's own clock --------------------------------------------------------------------------------------------


@fault("the clock of the cut starts with the menu, whatever the world says")
def _(patch: Patch) -> None:
    patch.setattr(call, "cut_at_pick_up", lambda clock, cut_after, now: now + cut_after)


fault("the clock of the cut does not start anew when one is rung back")(
    replaces(hold, "cut_at_pick_up", lambda clock, cut_after, now: math.inf)
)
fault("the clock of the current agent starts with the first one only")(
    around(call, "cut_at_answer", lambda true, clock, *given: true(min(clock, cut.FIRST_AGENT), *given))
)
fault("a talk that ends at the very instant of the cut is not cut")(
    around(Life, "pass_time", lambda true, self, minutes: true(self, minutes * (1.0 - 1e-15)))
)


@fault("after-call work takes the customer's time too")
def _(patch: Patch) -> None:
    def note(true: Any, self: Life, event: int, amount: float = 0.0) -> None:
        true(self, event, amount)
        if event == notes.LEFT_AGENT:
            self.now += amount

    around(Life, "note", note)(patch)


# Luck ----------------------------------------------------------------------------------------------------------------


def drawn_for(meant: int, wrong: int) -> Callable[[Patch], None]:
    """Return what has one purpose's luck read for another's."""
    return around(Life, "uniform", lambda true, self, purpose: true(self, wrong if purpose == meant else purpose))


fault("after-call work is drawn with the luck of the handling")(drawn_for(purposes.AFTER_CALL, purposes.HANDLING))
fault("the pitch is drawn with the luck of the solution")(drawn_for(purposes.PITCH, purposes.SOLVE))


@fault("every leg of a call has the luck of the first")
def _(patch: Patch) -> None:
    def next_leg(self: Life) -> None:
        self.leg += 1

    patch.setattr(Life, "next_leg", next_leg)


@fault("patience is drawn once in a life")
def _(patch: Patch) -> None:
    first: dict[int, float] = {}

    def draw(true: Any, self: Life, law: Any, purpose: int) -> float:
        drawn: float = true(self, law, purpose)
        return first.setdefault(self.customer, drawn) if purpose == purposes.PATIENCE else drawn

    around(Life, "draw", draw)(patch)


@fault("what is decided after a call is drawn for its last leg")
def _(patch: Patch) -> None:
    def whole_call(self: Life) -> None:
        self.luck = OneByOne(self.office.luck, (self.customer, self.contact, self.leg))

    patch.setattr(Life, "whole_call", whole_call)


# What is remembered --------------------------------------------------------------------------------------------------


def kept_through_calls(*names: str) -> Callable[[Patch], None]:
    """Return what keeps a customer's state from one call to the next."""

    def next_contact(true: Any, self: Life) -> None:
        kept = {name: getattr(self, name) for name in names} if self.contact >= 0 else {}
        true(self)
        for name, value in kept.items():
            setattr(self, name, value)

    return around(Life, "next_contact", next_contact)


fault("who was identified in one call is known in the next")(kept_through_calls("identified_now"))
fault("the tries of a path are not forgotten with the call")(kept_through_calls("taken"))


@fault("a line is freed twice")
def _(patch: Patch) -> None:
    def leave_line(self: Life) -> None:
        self.office.lines_taken -= 1
        self.on_line = False

    patch.setattr(Life, "leave_line", leave_line)


def _once_more(me: Life, path: PathPlan | None) -> PathPlan | None:
    return None if path is None or me.taken.get(path.number, 0) > path.tries else path


# Rules ---------------------------------------------------------------------------------------------------------------

fault("a gesture of exactly the limit is above it")(replaces(powers, "may_grant", lambda asked, limit: asked < limit))
fault("a path may be taken once more than its tries")(
    replaces(transfer, "way_on", lambda me, its, why: _once_more(me, its.plan.paths[why]))
)
fault("a talk that is broken off leaves all the work to do")(
    replaces(talk, "left_after", lambda left, kept, done: left)
)
fault("once is once in a call")(
    around(identification, "told_again", lambda true, scope, now, ever: true(min(scope, 1), now, ever))
)
fault("all who have failed try once more than the most attempts")(
    around(journey, "persists", lambda true, me: me.contact + 1 == me.plan.most_attempts or true(me))
)
