"""One attempt: dial, line, menu, then leg after leg until the call ends."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

from sim.chance import Purpose, quantile
from sim.history import Event
from sim.mechanisms.cut import cut_at_answer, cut_at_pick_up, hangs_up_at
from sim.mechanisms.hold import hold
from sim.mechanisms.identification import explanation, identification
from sim.mechanisms.outcome import NO_TEAM, NOBODY, Outcome
from sim.mechanisms.talk import talk
from sim.mechanisms.verdict import verdict

if TYPE_CHECKING:
    from sim.engines.life import Life
    from sim.mechanisms.telling import Team


def call(me: Life) -> Generator[Any, Any, Outcome]:
    """Live one attempt and return how it ended."""
    me.note(Event.DIALLED)
    if not me.take_line():
        me.note(Event.BLOCKED)
        return Outcome.BLOCKED
    me.note(Event.PICKED_UP)
    me.cut_at = me.breaks_at = cut_at_pick_up(me.plan.clock, me.plan.cut_after, me.now)
    if (yield from menu(me)):
        outcome = yield from talks(me, first_team(me))
    else:
        me.note(Event.CUT)
        outcome = Outcome.CUT
    me.leave_line()
    me.note(Event.CALL_ENDED)
    return outcome


def menu(me: Life) -> Generator[Any, Any, bool]:
    """Listen to the voice server; return False when the call is cut meanwhile."""
    return (yield from me.spend(None, quantile(me.plan.menu, me.luck[Purpose.MENU])))


def first_team(me: Life) -> int:
    """Return the team the menu leads to, which may be the wrong one."""
    me.misrouted = me.luck[Purpose.ROUTING] < me.plan.misrouted
    return me.plan.misrouted_to if me.misrouted else me.plan.routes[me.reason]


def talks(me: Life, number: int) -> Generator[Any, Any, Outcome]:
    """Go from agent to agent until the call ends; return how."""
    while True:
        team = me.office.teams[number]
        me.team = number
        agent = yield from hold(me, team)
        if agent == NOBODY:
            return me.outcome
        me.agent = agent
        outcome, number = yield from leg(me, team, agent)
        after_call = quantile(team.plan.after_call, me.luck[Purpose.AFTER_CALL])
        me.note(Event.LEFT_AGENT, after_call)
        me.agent = NOBODY
        team.frees(agent, me.now + after_call, me)
        if number == NO_TEAM:
            return outcome
        me.next_leg()


def leg(me: Life, team: Team, agent: int) -> Generator[Any, Any, tuple[Outcome, int]]:
    """Be served by one agent; return how it ended and the team passed on to (or `NO_TEAM`)."""
    plan = me.plan
    me.note(Event.ANSWERED)
    me.cut_at = cut_at_answer(plan.clock, plan.cut_after, me.cut_at, me.now)
    hangup = hangs_up_at(
        plan.hangup, plan.hangup_within, me.luck[Purpose.HANGUP], me.luck[Purpose.HANGUP_AFTER], me.now
    )
    me.breaks_at = min(me.cut_at, hangup)
    if (yield from introduced(me)) and (yield from talk(me, team, agent)):
        outcome, onward = yield from verdict(me, team)
        if outcome != Outcome.CUT:
            return outcome, onward
    me.note(Event.CUT if me.now >= me.cut_at else Event.HUNG_UP)
    return Outcome.CUT, NO_TEAM


def introduced(me: Life) -> Generator[Any, Any, bool]:
    """Be made known to the agent: by a briefing, or by telling everything; False when it is broken off."""
    briefing, me.briefing = me.briefing, None
    if briefing is not None:
        return (yield from me.spend(Event.BRIEFING, quantile(briefing, me.luck[Purpose.BRIEFING])))
    return (yield from identification(me)) and (yield from explanation(me))
