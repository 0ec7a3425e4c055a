"""One attempt: dial, line, menu, then leg after leg until the call ends.

What a customer lives with an agent touches nobody else until it is over. So the customer's own clock ``me.now`` runs
ahead through menu, identification, explanation, talk and approval, and the process waits once, with ``me.catch_up()``,
for the world's clock before it touches anything shared: a queue, an agent, a line.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

from sim.chance import Purpose
from sim.mechanisms import notes, outcome
from sim.mechanisms.cut import cut_at_answer, cut_at_pick_up
from sim.mechanisms.hold import hold
from sim.mechanisms.identification import explanation, identification
from sim.mechanisms.outcome import NO_TEAM, NOBODY
from sim.mechanisms.talk import talk
from sim.mechanisms.verdict import verdict

if TYPE_CHECKING:
    from sim.engines.life import Life
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
    cut_in_menu = not me.pass_time(me.draw(me.plan.menu, Purpose.MENU))
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
    me.misrouted = me.happens(me.plan.misrouted, Purpose.ROUTING)
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
        after_call = me.draw(team.plan.after_call, Purpose.AFTER_CALL)
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
    if me.happens(plan.hangup, Purpose.HANGUP):
        me.breaks_at = min(me.cut_at, me.now + plan.hangup_within * me.uniform(Purpose.HANGUP_AFTER))
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
    minutes = me.draw(me.briefing, Purpose.BRIEFING)
    me.briefing = None
    return me.spend(notes.BRIEFING, minutes)
