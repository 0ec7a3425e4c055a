"""One attempt: dial, line, menu, then leg after leg until the call ends.

What a customer lives with an agent touches nobody else until it is over. So the customer's own clock ``me.now`` runs
ahead through menu, identification, explanation, talk and approval, and the process waits once, with ``me.catch_up()``,
for the world's clock before it touches anything shared: a queue, an agent, a line.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

from sim import purposes
from sim.compiling import inlined, rule
from sim.kernel.memory import code_at
from sim.kernel.strands import ends, enters, goes_on_at
from sim.mechanisms import notes, outcome
from sim.mechanisms.codes import HOLD, TALKS
from sim.mechanisms.cut import cut_at_answer, cut_at_pick_up
from sim.mechanisms.hold import hold
from sim.mechanisms.identification import explanation, explanation_step, identification, identification_step
from sim.mechanisms.life import (
    catches_up,
    draw,
    happens,
    is_ahead,
    leave_line,
    next_leg,
    note,
    pass_time,
    spend,
    take_line,
    uniform,
)
from sim.mechanisms.office import team_of
from sim.mechanisms.outcome import NO_TEAM, NOBODY
from sim.mechanisms.records import path_at
from sim.mechanisms.talk import talk, talk_step
from sim.mechanisms.team import free_agent, frees
from sim.mechanisms.verdict import verdict, verdict_step

if TYPE_CHECKING:
    from sim.mechanisms.life import Life
    from sim.mechanisms.telling import Team


def call(me: Life) -> Generator[Any, Any, int]:
    """Live one attempt and return how it ended."""
    if me.plan.lines >= 0 and me.is_ahead():  # lines are shared only where they are counted
        yield me.catch_up()
    me.note(notes.DIALLED)
    if not me.take_line():
        me.note(notes.BLOCKED)
        return outcome.BLOCKED
    me.note(notes.PICKED_UP)
    me.cut_at = me.breaks_at = cut_at_pick_up(me.plan.clock, me.plan.cut_after, me.now)
    cut_in_menu = not me.pass_time(me.draw(me.plan.menu, purposes.MENU))
    if me.is_ahead():
        yield me.catch_up()
    if cut_in_menu:
        me.note(notes.CUT)
        ended = outcome.CUT
    else:
        ended = yield from talks(me, first_team(me))
    me.leave_line()
    me.note(notes.CALL_ENDED)
    return ended


def first_team(me: Life) -> int:
    """Return the team the menu leads to, which may be the wrong one."""
    me.misrouted = me.happens(me.plan.misrouted, purposes.ROUTING)
    return me.plan.misrouted_to if me.misrouted else me.plan.routes[me.reason]


def talks(me: Life, number: int) -> Generator[Any, Any, int]:
    """Go from agent to agent until the call ends; return how."""
    while True:
        team = me.office.teams[number]
        me.team = number
        me.note(notes.QUEUED)
        agent = team.free_agent()
        if agent == NOBODY:
            agent = yield from hold(me, team)
            if agent == NOBODY:
                return me.outcome
        me.agent = agent
        ended, number = leg(me, team, agent)
        after_call = me.draw(team.plan.after_call, purposes.AFTER_CALL)
        me.note(notes.LEFT_AGENT, after_call)
        me.agent = NOBODY
        if me.is_ahead():
            yield me.catch_up()
        team.frees(agent, me.now + after_call)
        if number == NO_TEAM:
            return ended
        me.next_leg()


def leg(me: Life, team: Team, agent: int) -> tuple[int, int]:
    """Be served by one agent; return how it ended and the team passed on to (or `NO_TEAM`)."""
    plan = me.plan
    me.note(notes.ANSWERED)
    me.cut_at = cut_at_answer(plan.clock, plan.cut_after, me.cut_at, me.now)
    me.breaks_at = me.cut_at
    if me.happens(plan.hangup, purposes.HANGUP):
        me.breaks_at = min(me.cut_at, me.now + plan.hangup_within * me.uniform(purposes.HANGUP_AFTER))
    if introduced(me) and talk(me, team, agent):
        ended, onward = verdict(me, team)
        if ended != outcome.CUT:
            return ended, onward
    me.note(notes.CUT if me.now >= me.cut_at else notes.HUNG_UP)
    return outcome.CUT, NO_TEAM


def introduced(me: Life) -> bool:
    """Be made known to the agent: by a briefing, or by telling everything; False when it is broken off."""
    if me.briefing is None:
        return identification(me) and explanation(me)
    minutes = me.draw(me.briefing, purposes.BRIEFING)
    me.briefing = None
    return me.spend(notes.BRIEFING, minutes)


# The compiled telling ------------------------------------------------------------------------------------------------

_BEGINS, _DIALS, _IN_MENU, _HAS_TALKED = range(4)
_QUEUES, _HAS_HELD, _LEAVES = range(3)


@inlined
def call_step(stage: int, me: Any, office: Any) -> int:
    """Do as `call`."""
    plan = office.plan
    if stage == _BEGINS and plan.lines >= 0 and is_ahead(me, office):
        return catches_up(me, office, _DIALS)
    if stage <= _DIALS:
        note(me, office, notes.DIALLED)
        if not take_line(me, office):
            note(me, office, notes.BLOCKED)
            return ends(me, outcome.BLOCKED)
        note(me, office, notes.PICKED_UP)
        me.cut_at = me.breaks_at = cut_at_pick_up(plan.clock, plan.cut_after, me.now)
        me.answer = int(pass_time(me, draw(me, office, plan.menu, purposes.MENU)))
        if is_ahead(me, office):
            return catches_up(me, office, _IN_MENU)
    if stage <= _IN_MENU:
        if me.answer:
            me.team = first_team_step(me, office)
            return enters(me, _HAS_TALKED, TALKS)
        note(me, office, notes.CUT)
        me.answer = outcome.CUT
    leave_line(me, office)
    note(me, office, notes.CALL_ENDED)
    return ends(me, me.answer)


@rule
def first_team_step(me: Any, office: Any) -> int:
    """Do as `first_team`."""
    plan = office.plan
    me.misrouted = happens(me, office, plan.misrouted, purposes.ROUTING)
    return plan.misrouted_to if me.misrouted else code_at(plan.routes, me.reason).value


@inlined
def talks_step(stage: int, me: Any, office: Any) -> int:
    """Do as `talks`."""
    team = team_of(office, me.team)
    if stage == _LEAVES:
        frees(team, office, me.served, me.now + me.after_call)
        if me.onward == NO_TEAM:
            return ends(me, me.outcome)
        next_leg(me)
        me.team = me.onward
        team = team_of(office, me.team)
    if stage == _HAS_HELD:
        me.served = me.answer
        if me.served == NOBODY:
            return ends(me, me.outcome)
    else:
        note(me, office, notes.QUEUED)
        me.served = free_agent(team)
        if me.served == NOBODY:
            return enters(me, _HAS_HELD, HOLD)
    me.agent = me.served
    me.outcome, me.onward = leg_step(me, team, office)
    me.after_call = draw(me, office, team.plan.after_call, purposes.AFTER_CALL)
    note(me, office, notes.LEFT_AGENT, me.after_call)
    me.agent = NOBODY
    if is_ahead(me, office):
        return catches_up(me, office, _LEAVES)
    return goes_on_at(me, _LEAVES)


@inlined
def leg_step(me: Any, team: Any, office: Any) -> tuple[int, int]:
    """Do as `leg`."""
    plan = office.plan
    note(me, office, notes.ANSWERED)
    me.cut_at = cut_at_answer(plan.clock, plan.cut_after, me.cut_at, me.now)
    me.breaks_at = me.cut_at
    if happens(me, office, plan.hangup, purposes.HANGUP):
        hung_up = me.now + plan.hangup_within * uniform(me, office, purposes.HANGUP_AFTER)
        me.breaks_at = min(me.cut_at, hung_up)
    if introduced_step(me, office) and talk_step(me, team, office, me.served):
        ended, onward = verdict_step(me, team, office)
        if ended != outcome.CUT:
            return ended, onward
    note(me, office, notes.CUT if me.now >= me.cut_at else notes.HUNG_UP)
    return outcome.CUT, NO_TEAM


@inlined
def introduced_step(me: Any, office: Any) -> bool:
    """Do as `introduced`."""
    if me.briefing == 0:
        return identification_step(me, office) and explanation_step(me, office)
    minutes = draw(me, office, path_at(me.briefing, 0).briefing, purposes.BRIEFING)
    me.briefing = 0
    return spend(me, office, notes.BRIEFING, minutes)
