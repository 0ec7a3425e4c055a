"""Deliberate faults in what the SimPy telling tells for itself, each as it is easily made.

What is told once for both tellings is none of this: its faults are found by strips and keys (`tests/stories/slips.py`,
`tests/keys/slips.py`).
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from copy import copy
from typing import Any

import pytest

from sim import purposes
from sim.engines.luck import OneByOne
from sim.history import codes
from sim.mechanisms.journey import journey
from sim.mechanisms.outside import visit
from sim.mechanisms.service import channels, transfer, verdict
from sim.mechanisms.staff import agents, idle, team
from sim.mechanisms.staff.queue import Queue, Waiting
from sim.mechanisms.staff.team import Team
from sim.mechanisms.state import beside, life, office, records, verbs
from sim.mechanisms.state.life import Life
from sim.mechanisms.state.order import PLANNED, RELEASE
from sim.mechanisms.state.outcome import NOBODY
from sim.mechanisms.telephone import call, hold
from sim.mechanisms.writing import awaited, case, meanwhile, message, telling, work
from tests.slip import Slip, known_as, make

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
    """Return what puts something else in the place of what has this name, wherever a verb is known by it."""
    true = getattr(owner, name)

    def put(patch: Patch) -> None:
        patch.setattr(owner, name, wrong)
        for one in [*sys.modules.values()] if callable(true) and not isinstance(owner, type) else []:
            if one.__name__.startswith("sim.mechanisms."):
                known_as(one, name, true, wrong, patch)

    return put


def around(owner: Any, name: str, wrong: Callable[..., Any]) -> Callable[[Patch], None]:
    """Return what puts ``wrong`` in the place of a function, which it is given before all other arguments."""
    true = getattr(owner, name)
    return replaces(owner, name, lambda *given, **named: wrong(true, *given, **named))


def slip(true: Callable[..., Any], right: str, wrong: str) -> Callable[[Patch], None]:
    """Return what puts a slip of the pen into a text that waits."""
    module = true.__module__.removeprefix("sim.")
    return lambda patch: make(Slip(module, true.__name__, right, wrong, "the other telling"), patch)


# Who waits, and who serves -------------------------------------------------------------------------------------------


fault("a caller who has left keeps a place in the queue, and an agent is lost in serving it")(
    replaces(Waiting, "is_left", lambda self: self.wake._value != NOBODY)
)
fault("the caller who came last is served first")(
    around(Queue, "add", lambda true, self, place: (true(self, place), self.line.rotate(1)))
)
fault("who has left is still counted among those who wait")(
    around(Queue, "hold", lambda true, self, me, until: _counted_on(true(self, me, until), self))
)


def _counted_on(holding: Any, queue: Queue) -> Any:
    agent = yield from holding
    queue.waiting += agent == NOBODY
    return agent


fault("of the idle agents, the one idle shortest is taken")(
    around(idle, "take_idle", lambda true, me, team: (team.idle.reverse(), true(me, team), team.idle.reverse())[1])
)


@fault("agents who go home stay among the idle")
def _(patch: Patch) -> None:
    def call_roll(true: Any, self: Team, slot: int) -> None:
        idle = list(self.idle)
        true(self, slot)
        self.idle.extend(agent for agent in idle if agent not in self.idle and not self.busy[agent])

    around(Team, "call_roll", call_roll)(patch)


fault("agents are released a quarter of a minute late")(
    around(Team, "frees", lambda true, self, agent, at: true(self, agent, at + 0.25))
)
fault("agents are released a quarter of a minute early")(
    around(Team, "frees", lambda true, self, agent, at: true(self, agent, at - 0.25))
)
fault("closing time turns nobody away")(replaces(Queue, "turns_away_at", lambda self: math.inf))
fault("nobody stays on to serve who holds at closing")(replaces(Team, "_stays_on", lambda self, agent: False))
fault("each agent is as fast as the next one")(
    replaces(agents, "speed_of", lambda its, agent: its.speed[(agent + 1) % len(its.speed)])
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


fault("a caller with an agent is behind the clock of the world")(
    slip(hold.hold, "        me.now = me.clock.now\n        has_held", "        has_held")
)
fault("who has waited in vain is told so when the team closes")(
    slip(hold.hold, "waited_in_vain(me, until, closing,", "waited_in_vain(me, min(closing, me.cut_at), closing,")
)
fault("patience runs out before the clock cuts")(
    slip(hold.hold, "min(me.gives_up_at, me.cut_at,", "min(me.gives_up_at,")
)
fault("lines are taken before the world has caught up")(
    slip(call.call, "        yield me.catch_up()\n    if not gets", "        pass\n    if not gets")
)
fault("whoever is cut in the menu talks all the same")(slip(call.call, "if hears_it_out:", "if True:"))
fault("a line is kept after a call that was cut in the menu")(
    slip(
        call.call,
        "        ended = outcome.CUT\n",
        "        note(me, codes.CALL_ENDED)\n        return outcome.CUT\n",
    )
)
fault("the second agent is found before the first is left")(
    slip(call.talks, "        if is_ahead(me):\n            yield me.catch_up()\n", "")
)
fault("an agent is free before the work after the call")(slip(call.talks, "me.now + after_call", "me.now"))
fault("a call-back keeps the line")(slip(hold.rung_back, "    leave_line(me)\n", ""))
fault("whoever missed a ring is rung at once")(
    slip(hold.rung_back, "        me.now += until_next_ring(me, ring)\n", "")
)
fault("the firm rings once more than its tries")(
    slip(hold.rung_back, "range(me.plan.call_back_tries)", "range(me.plan.call_back_tries + 1)")
)
fault("a problem believed solved is found out at once")(
    slip(journey.discovery, "me.now += draw(", "me.now += 0.0 * draw(")
)
fault("a ticket has the luck of the call's last leg")(slip(journey.ticket, "    next_leg(me)\n", ""))
fault("after a bad answer to a ticket the delay is that of a lost call")(
    slip(
        journey.journey,
        "            ended = yield from ticket(me)\n",
        "            ended = (yield from ticket(me)) and 1\n",
    )
)


@fault("after-call work takes the customer's time too")
def _(patch: Patch) -> None:
    def note(true: Any, me: Life, event: int, amount: float = 0.0) -> None:
        true(me, event, amount)
        if event == codes.LEFT_AGENT:
            me.now += amount

    around(verbs, "note", note)(patch)


# Luck ----------------------------------------------------------------------------------------------------------------


def drawn_for(meant: int, wrong: int) -> Callable[[Patch], None]:
    """Return what has one purpose's luck read for another's."""
    return around(verbs, "uniform", lambda true, me, purpose: true(me, wrong if purpose == meant else purpose))


fault("after-call work is drawn with the luck of the handling")(drawn_for(purposes.AFTER_CALL, purposes.HANDLING))
fault("the pitch is drawn with the luck of the solution")(drawn_for(purposes.PITCH, purposes.SOLVE))


@fault("every leg of a call has the luck of the first")
def _(patch: Patch) -> None:
    def turn_luck(me: Life) -> None:
        me.luck = me.first_luck = me.office.luck.usual(me.customer, me.contact, 0)

    replaces(verbs, "turn_luck", turn_luck)(patch)


@fault("patience is drawn once in a life")
def _(patch: Patch) -> None:
    first: dict[int, float] = {}

    def uniform(true: Any, me: Life, purpose: int) -> float:
        drawn: float = true(me, purpose)
        return first.setdefault(me.customer, drawn) if purpose == purposes.PATIENCE else drawn

    around(verbs, "uniform", uniform)(patch)


fault("every ring has the luck of the first")(
    around(verbs, "uniform_at", lambda true, me, leg, purpose: true(me, me.leg, purpose))
)


@fault("what is decided after a call is drawn for its last leg")
def _(patch: Patch) -> None:
    def whole_call(me: Life) -> None:
        luck: Any = me.office.luck
        me.luck = OneByOne(luck, (me.customer, me.contact, me.leg))

    replaces(verbs, "whole_call", whole_call)(patch)


# Beside the customer -------------------------------------------------------------------------------------------------


fault("who listens is not woken by news")(slip(telling.tells, "and parent.listens:", "and False:"))
fault("who is woken comes after all else of this instant")(
    slip(telling.tells, "PLANNED + parent.who", "PLANNED + parent.who + 2**40")
)
fault("that an answer is laid aside is written where nobody looks")(
    around(telling, "awaited_of", lambda true, *given: copy(true(*given)))
)
fault("a strand has gone on since the problem appeared")(
    slip(beside.begins_beside, "stands_alone(one, me.now)", "stands_alone(one, me.begun)")
)
fault("one message alone is waited for")(slip(awaited.awaited, "return me.awaited[place]", "return me.awaited[0]"))
fault("of all that is waited for the last is known")(
    slip(awaited.awaited, "return me.awaited[place]", "return me.awaited[-1]")
)
fault("who reads a late answer waits for no other")(
    slip(message.message, "while ended == outcome.STATUS:", "if ended == outcome.STATUS:")
)
fault("all strands of a customer bear one number")(
    slip(beside.begins_beside, "(me.strands << CUSTOMER)", "(1 << CUSTOMER)")
)
fault("a strand bears the customer's own number")(slip(beside.begins_beside, " + (me.strands << CUSTOMER)", ""))
fault("one waits though there are news")(slip(beside.listens_until, "me.inbox == NOTHING and ", ""))
fault("one listens before the world has caught up")(
    slip(beside.listens_until, "    if is_ahead(me):\n        yield me.catch_up()\n", "")
)
fault("who was woken is behind the clock of the world")(
    slip(beside.listens_until, "me.listens, me.now = False, me.clock.now", "me.listens = False")
)
fault("nobody who is away hears of anything")(
    slip(
        journey.away,
        "yield from listens_until(me, min(at, next_due(me)))",
        "me.now = max(me.now, at)\n        yield me.catch_up()",
    )
)
fault("who reads a late answer makes his next attempt at once")(
    slip(journey.away, "if ended != outcome.STATUS:", "if True:")
)
fault("nobody goes on who was told to wait for a case")(
    slip(journey.journey, "ended == outcome.TICKET or (", "False and (")
)
fault("a case is opened and nobody works on it")(
    slip(
        meanwhile.meanwhile,
        "    if opens_case(me, ended):\n        begins_beside(me, case)\n    waits_on",
        "    opens_case(me, ended)\n    waits_on",
    )
)
fault("a case that is registered late is not worked on")(
    slip(
        meanwhile.meanwhile,
        "        if opens_case(me, ended):\n            begins_beside(me, case)\n",
        "        opens_case(me, ended)\n",
    )
)
fault("a case goes on though it has solved the problem")(
    slip(case.case, "        if me.outcome == outcome.SOLVED:\n            break\n", "")
)
fault("no technician comes")(slip(case.case, "if step_of(me).visited:", "if False:"))
fault("a step of no team solves what the expert has not")(
    slip(case.case, "        me.outcome = solved_by_itself(me)\n", "        me.outcome = outcome.UNSOLVED\n")
)
fault("the expert begins before the step has lain")(
    slip(case.case, "        yield me.catch_up()\n        if step_of", "        if step_of")
)
fault("a visit is not made twice")(slip(visit.visit, "    while again:", "    if again:"))
fault("a message does not lie")(slip(message.reply, "me.now += draw(", "me.now += 0.0 * draw("))
fault("a lost message is answered too")(
    slip(message.message, "    if arrives(me):\n        begins", "    arrives(me)\n    if True:\n        begins")
)
fault("a message is sent before the world has caught up")(
    slip(message.message, "    if is_ahead(me):\n        yield me.catch_up()\n", "")
)
fault("who has written does not wait")(slip(message.message, "next_due(me)", "me.now"))
fault("who answers messages does not rest")(slip(work.work, "me.now + pause", "me.now"))
fault("an agent is free before he has answered")(slip(work.work, "        yield me.catch_up()\n", ""))
fault("work that is handed on has the luck it had")(slip(work.work, "        next_piece(me)\n", ""))
fault("work that is handed on ends there")(slip(work.work, "if number == NO_TEAM:", "if True:"))
fault("who was waited for is behind the clock of the world in writing")(
    slip(work.work, "            me.now = me.clock.now\n", "")
)
fault("a contact counts double in its channel")(
    around(channels, "times_through", lambda true, me, channel: 2 * true(me, channel))
)
fault("the channels that were tried are not counted")(replaces(channels, "goes_through", lambda me, channel: None))
fault("the luck of a journey is that of the contact")(
    around(verbs, "lasting", lambda true, me, purpose: me.office.luck.one(me.customer, me.turn, me.leg, purpose))
)


# What is read and remembered -----------------------------------------------------------------------------------------


fault("the tries of a path are not forgotten with the call")(
    around(transfer, "forget_ways", lambda true, me: None if me.contact else true(me))
)
fault("the tries of a path are counted double")(
    around(transfer, "times_taken", lambda true, me, way: 2 * true(me, way))
)
fault("the chance of solving is that of the first reason")(
    replaces(verdict, "solve_chance", lambda me, its: its.plan.solve[0][me.difficulty])
)
fault("the next team in the file answers tickets")(
    around(office, "team_of", lambda true, its, number: true(its, (number + 1) % len(its.teams)))
)
fault("laws are read from the end of their list")(replaces(records, "law_in", lambda laws, place: laws[-1 - place]))
