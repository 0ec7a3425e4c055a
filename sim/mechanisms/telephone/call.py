"""One attempt: dial, line, menu, then leg after leg until the call ends.

What a customer lives with an agent touches nobody else until it is over. So the customer's own clock ``me.now`` runs
ahead through menu, identification, explanation, talk and approval, and the process waits once, with ``me.catch_up()``,
for the world's clock before it touches anything shared: a queue, an agent, a line.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, Final

import numpy as np

from sim import purposes
from sim.history import codes
from sim.machine.compiling import inlined, rule
from sim.machine.kernel.strands import ends, enters, goes_on_at
from sim.mechanisms.journey.channels import is_on_the_phone
from sim.mechanisms.service.file import case_of, looked_up
from sim.mechanisms.service.identification import Told, explanation, identification
from sim.mechanisms.service.talk import talk
from sim.mechanisms.service.transfer import path_of
from sim.mechanisms.service.verdict import verdict
from sim.mechanisms.staff.agents import is_generic, takes_note
from sim.mechanisms.staff.queue import idle_agent
from sim.mechanisms.staff.team import frees
from sim.mechanisms.state import outcome
from sim.mechanisms.state.office import queue_of, team_of
from sim.mechanisms.state.outcome import NO_TEAM, NO_WAY, NOBODY
from sim.mechanisms.state.records import code_in, law_in
from sim.mechanisms.state.surroundings import Team
from sim.mechanisms.state.verbs import (
    catches_up,
    draw,
    happens,
    is_ahead,
    next_leg,
    note,
    office_of,
    pass_time,
    spend,
    uniform,
)
from sim.mechanisms.telephone.colleague import COLLEAGUE, Accompanied, colleague
from sim.mechanisms.telephone.cut import comes_to, cut_at_answer, cut_at_pick_up
from sim.mechanisms.telephone.hold import HOLD, hold, kind_of
from sim.mechanisms.telephone.line import leave_line, take_line


class Calling(Accompanied, Told):
    """All that a call knows of a customer."""


def call(me: Calling) -> Generator[Any, Any, int]:
    """Live one attempt and return how it ended."""
    if me.plan.lines >= 0 and is_ahead(me):  # lines are shared only where they are counted
        yield me.catch_up()
    if not gets_through(me):
        return outcome.BLOCKED
    hears_it_out = menu(me)
    if is_ahead(me):
        yield me.catch_up()
    if hears_it_out:
        ended = yield from talks(me, first_queue(me))
    else:
        note(me, codes.CUT)
        ended = outcome.CUT
    leave_line(me)
    note(me, codes.CALL_ENDED)
    return ended


def talks(me: Calling, number: int) -> Generator[Any, Any, int]:
    """Go from agent to agent until the call ends; return how."""
    ended = outcome.PASSED_ON
    while True:
        if ended == outcome.TAKEN_OVER:
            agent, me.team = me.joined, me.joined_team
        else:
            agent = yield from reaches(me, number)
            if agent == NOBODY:
                return me.outcome
        me.agent, team = agent, me.office.teams[me.team]
        ended, number = leg(me, team)
        while ended == outcome.ASKS:
            ended, number = yield from colleague(me, number)
        after_call = leaves_agent(me, team)
        if is_ahead(me):
            yield me.catch_up()
        team.frees(agent, me.now + after_call)
        if number == NO_TEAM:
            return ended
        next_leg(me)


def reaches(me: Calling, number: int) -> Generator[Any, Any, int]:
    """Reach an agent by way of a queue, or of another one to which one is moved on; `NOBODY` with `me.outcome`."""
    while True:
        queue = me.office.queues[number]
        me.queue = me.team = number
        note(me, codes.QUEUED)
        agent = queue.free_agent(me)
        if agent == NOBODY:
            agent = yield from hold(me, queue)
        me.moved = agent == NOBODY and me.outcome == outcome.MOVED
        if not me.moved:
            return agent
        number = me.onward


# Told once: where nothing waits ---------------------------------------------------------------------------------------


@rule
def gets_through(me: Calling) -> bool:
    """Dial; False when all lines are taken. The clock of the connection starts when the line is picked up."""
    note(me, codes.DIALLED)
    if not take_line(me):
        note(me, codes.BLOCKED)
        return False
    note(me, codes.PICKED_UP)
    plan = office_of(me).plan
    me.cut_at = me.breaks_at = cut_at_pick_up(plan.clock, plan.cut_after, me.now)
    return True


@rule
def menu(me: Calling) -> bool:
    """Listen to the menu; False when the call is cut in it."""
    return pass_time(me, draw(me, office_of(me).plan.menu, purposes.MENU))


@rule
def first_queue(me: Calling) -> int:
    """Return the queue the menu leads to, by reason and segment; it may be the wrong one."""
    plan = office_of(me).plan
    me.misrouted = happens(me, plan.misrouted, purposes.ROUTING)
    return plan.misrouted_to if me.misrouted else code_in(plan.routes, kind_of(me))


@inlined
def leg(me: Calling, team: Team) -> tuple[int, int]:
    """Be served by one agent; return how it ended and the team passed on to (or `NO_TEAM`)."""
    note(me, codes.ANSWERED)
    if is_on_the_phone(me):
        clock_runs(me)
    if not introduced(me):
        return comes_to(me, outcome.CUT, NO_TEAM)
    handles(me, team)
    if me.asks_about:
        return asks_how_it_stands(me)
    if not talk(me, team):
        return comes_to(me, outcome.CUT, NO_TEAM)
    if happens(me, team.plan.advised, purposes.CONSULT):
        me.asks = outcome.FOR_ADVICE
        return outcome.ASKS, team.plan.advisers
    ended, onward = verdict(me, team)
    return comes_to(me, ended, onward)


@rule
def handles(me: Calling, team: Team) -> None:
    """Be listened to, or handled by the book."""
    if team.plan.generic > 0.0 and is_generic(office_of(me), team.plan, me.agent, uniform(me, purposes.GENERIC)):
        note(me, codes.GENERIC)


@rule
def asks_how_it_stands(me: Calling) -> tuple[int, int]:
    """Ask how the case stands; one that nobody has registered is registered now."""
    if not spend(me, codes.STATUS_TOLD, draw(me, case_of(me).asking, purposes.STATUS)):
        return comes_to(me, outcome.CUT, NO_TEAM)
    return looked_up(me)


@inlined
def clock_runs(me: Calling) -> None:
    """Let the clock start, or start anew, as the agent answers; he may hang up early too."""
    plan = office_of(me).plan
    me.cut_at = cut_at_answer(plan.clock, plan.cut_after, me.cut_at, me.now)
    me.breaks_at = me.cut_at
    if happens(me, plan.hangup, purposes.HANGUP):
        me.breaks_at = min(me.cut_at, me.now + plan.hangup_within * uniform(me, purposes.HANGUP_AFTER))


@inlined
def introduced(me: Calling) -> bool:
    """Be made known to the agent: by a briefing, or by telling everything; False when it is broken off."""
    if me.briefing == NO_WAY:
        return identification(me) and explanation(me)
    if me.briefed:
        return True
    return spend(me, codes.BRIEFING, draw(me, path_of(me, me.briefing).briefing, purposes.BRIEFING))


@rule
def leaves_agent(me: Calling, team: Team) -> float:
    """Leave the agent to the work after the call; return when he may take the next one (min from now)."""
    after_call = draw(me, law_in(team.plan.after_call, me.reason), purposes.AFTER_CALL)
    note(me, codes.LEFT_AGENT, after_call)
    takes_note(team, me.agent)
    me.agent = NOBODY
    return after_call + draw(me, team.plan.pause, purposes.PAUSE)


# The compiled telling of what waits -----------------------------------------------------------------------------------

BETWEEN_STEPS = [("after_call", np.float64)]
"""How long it is until the agent may take the next call."""

CALL: Final = 2
TALKS: Final = 3
_BEGINS, _DIALS, _IN_MENU, _HAS_TALKED = range(4)
_QUEUES, _HAS_HELD, _LEAVES, _HAS_ASKED = range(4)


@inlined
def call_step(stage: int, me: Any, office: Any) -> int:
    """Do as `call`."""
    if stage == _BEGINS and office.plan.lines >= 0 and is_ahead(me):
        return catches_up(me, office, _DIALS)
    if stage <= _DIALS:
        if not gets_through(me):
            return ends(me, outcome.BLOCKED)
        me.answer = int(menu(me))
        if is_ahead(me):
            return catches_up(me, office, _IN_MENU)
    if stage <= _IN_MENU:
        if me.answer:
            me.onward = first_queue(me)
            return enters(me, _HAS_TALKED, TALKS)
        note(me, codes.CUT)
        me.answer = outcome.CUT
    leave_line(me)
    note(me, codes.CALL_ENDED)
    return ends(me, me.answer)


@inlined
def talks_step(stage: int, me: Any, office: Any) -> int:
    """Do as `talks`."""
    if stage == _LEAVES:
        frees(team_of(office, me.team), office, me.served, me.now + me.after_call)
        if me.onward == NO_TEAM:
            return ends(me, me.outcome)
        next_leg(me)
    held = stage == _HAS_HELD
    if held:
        me.served = me.answer
        me.moved = me.served == NOBODY and me.outcome == outcome.MOVED
        if me.served == NOBODY and not me.moved:
            return ends(me, me.outcome)
    if stage == _LEAVES and me.outcome == outcome.TAKEN_OVER:
        me.served, me.team = me.joined, me.joined_team
    elif (not held or me.moved) and stage != _HAS_ASKED:
        me.queue = me.team = me.onward
        note(me, codes.QUEUED)
        me.served = idle_agent(me, queue_of(office, me.queue), me.now)
        if me.served == NOBODY:
            return enters(me, _HAS_HELD, HOLD)
        me.moved = False
    team = team_of(office, me.team)
    if stage != _HAS_ASKED:
        me.agent = me.served
        me.outcome, me.onward = leg(me, team)
    if me.outcome == outcome.ASKS:
        me.asked = me.onward
        return enters(me, _HAS_ASKED, COLLEAGUE)
    me.after_call = leaves_agent(me, team)
    if is_ahead(me):
        return catches_up(me, office, _LEAVES)
    return goes_on_at(me, _LEAVES)
