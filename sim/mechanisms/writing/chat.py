"""A chat: the customer opens it, waits his turn, and writes back and forth with an agent who may hold others as well.

Its work is that of a call: identification, explanation and talk. It is told at once, and lived through at the pace at
which the agent gets on with all his chats. What follows, the agent's work after the chat, keeps his seat, and leaves
the pace of the others alone.
"""

from __future__ import annotations

import math
from collections.abc import Generator
from typing import Any, Final

from sim import purposes
from sim.history import codes
from sim.machine.compiling import rule
from sim.machine.kernel.clock import Wake
from sim.machine.kernel.strands import ends, enters, goes_on_at, plan_next, waits
from sim.mechanisms.journey.channels import channel_of
from sim.mechanisms.service import identification as told
from sim.mechanisms.service import transfer
from sim.mechanisms.service.file import case_of, looked_up
from sim.mechanisms.service.powers import gesture_at_once
from sim.mechanisms.service.talk import minutes_to_talk
from sim.mechanisms.service.verdict import after_gesture, passed_on
from sim.mechanisms.staff.agents import agent_in
from sim.mechanisms.staff.queue import idle_agent
from sim.mechanisms.staff.sharing import Sharing, begins_to_share, ends_to_share
from sim.mechanisms.staff.team import frees
from sim.mechanisms.state import outcome
from sim.mechanisms.state.office import queue_of, team_of
from sim.mechanisms.state.order import PLANNED
from sim.mechanisms.state.outcome import NO_TEAM, NO_WAY, NOBODY
from sim.mechanisms.state.surroundings import Team
from sim.mechanisms.state.verbs import catches_up, draw, is_ahead, next_leg, note
from sim.mechanisms.telephone.call import Calling, leaves_agent, reaches
from sim.mechanisms.telephone.hold import HOLD


class Chatting(Sharing, Calling):
    """All that a chat knows of a customer."""


def chat(me: Chatting) -> Generator[Any, Any, int]:
    """Open a chat, and go from agent to agent until it ends; return how."""
    opens_chat(me)
    if is_ahead(me):
        yield me.catch_up()
    ended = yield from chats(me, channel_of(me).queue)
    note(me, codes.CHAT_ENDED)
    return ended


def chats(me: Chatting, number: int) -> Generator[Any, Any, int]:
    """Go from agent to agent until the chat ends; return how."""
    while True:
        seat = yield from reaches(me, number)
        if seat == NOBODY:
            return me.outcome
        team = me.office.teams[me.team]
        begins_to_chat(me, team, seat)
        me.end = Wake(me.clock)
        me.clock.plan(me.end, me.ends_at, PLANNED + me.who)
        yield me.end
        ended, number = has_chatted(me, team, seat)
        after_chat = leaves_agent(me, team)
        if is_ahead(me):
            yield me.catch_up()
        team.frees(seat, me.now + after_chat)
        if number == NO_TEAM:
            return ended
        next_leg(me)


# Told once: where nothing waits ---------------------------------------------------------------------------------------


@rule
def opens_chat(me: Chatting) -> None:
    """Open the chat; no clock runs in it."""
    note(me, codes.CHAT_OPENED, float(me.channel))
    me.cut_at = me.breaks_at = math.inf


@rule
def begins_to_chat(me: Chatting, team: Team, seat: int) -> None:
    """Begin to chat with the agent of a seat."""
    me.agent = agent_in(team.plan, seat)
    note(me, codes.ANSWERED)
    minutes = minutes_to_be_known(me)
    minutes += minutes_to_ask(me) if me.asks_about else minutes_to_talk(me, team)
    note(me, codes.CHATTING, minutes)
    begins_to_share(me, team, seat, minutes)


@rule
def minutes_to_be_known(me: Chatting) -> float:
    """Return the work until the agent knows who one is and what has happened (min): by a briefing, or by telling it."""
    if me.briefing != NO_WAY:
        law = transfer.path_of(me, me.briefing).briefing
        return is_said(me, codes.BRIEFING, draw(me, law, purposes.BRIEFING))
    minutes = 0.0
    if told.identifies(me):
        minutes += is_said(me, codes.IDENTIFYING, told.minutes_to_identify(me))
        told.is_identified(me)
    wrong_pitch = told.meets_wrong_pitch(me)
    if told.explains(me):
        story = is_said(me, codes.EXPLAINING, told.minutes_to_explain(me, wrong_pitch))
        minutes += story
        if told.is_misunderstood(me):
            minutes += is_said(me, codes.MISUNDERSTOOD, story)
        told.is_explained(me)
    return minutes


@rule
def minutes_to_ask(me: Chatting) -> float:
    """Return the work to say how the case stands (min)."""
    return is_said(me, codes.STATUS_TOLD, draw(me, case_of(me).asking, purposes.STATUS))


@rule
def is_said(me: Chatting, event: int, minutes: float) -> float:
    """Note what a part of the chat is about, and return its work (min); of no length it does not happen."""
    if minutes > 0.0:
        note(me, event)
    return minutes


@rule
def has_chatted(me: Chatting, team: Team, seat: int) -> tuple[int, int]:
    """Decide how the leg ends: an outcome, and the team one is passed on to (or `NO_TEAM`).

    No colleague joins a chat: what a supervisor decides is decided at once, and a conference is a briefing.
    """
    ends_to_share(me, team, seat)
    if me.asks_about:
        return looked_up(me)
    if me.right_agent:
        ended, onward = after_gesture(me, team, gesture_at_once(me, team))
    else:
        note(me, codes.WRONG_PERSON)
        ended, onward = passed_on(me, team, transfer.WRONG_PERSON)
    return (outcome.PASSED_ON if ended == outcome.ASKS else ended), onward


# The compiled telling of what waits -----------------------------------------------------------------------------------

CHAT: Final = 18
CHATS: Final = 19
_OPENS, _IS_OPEN, _IS_OVER = range(3)
_QUEUES, _HAS_HELD, _HAS_CHATTED, _LEAVES = range(4)


@rule
def chat_step(stage: int, me: Any, office: Any) -> int:
    """Do as `chat`."""
    if stage == _IS_OVER:
        note(me, codes.CHAT_ENDED)
        return ends(me, me.answer)
    if stage == _OPENS:
        opens_chat(me)
        if is_ahead(me):
            return catches_up(me, office, _IS_OPEN)
    me.onward = channel_of(me).queue
    return enters(me, _IS_OVER, CHATS)


@rule
def chats_step(stage: int, me: Any, office: Any) -> int:
    """Do as `chats`, from the queue `onward`."""
    if stage == _HAS_CHATTED:
        team = team_of(office, me.team)
        me.outcome, me.onward = has_chatted(me, team, me.served)
        me.after_call = leaves_agent(me, team)
        return catches_up(me, office, _LEAVES) if is_ahead(me) else goes_on_at(me, _LEAVES)
    if stage == _LEAVES:
        frees(team_of(office, me.team), office, me.served, me.now + me.after_call)
        if me.onward == NO_TEAM:
            return ends(me, me.outcome)
        next_leg(me)
    me.moved = False
    if stage == _HAS_HELD:
        me.served = me.answer
        me.moved = me.served == NOBODY and me.outcome == outcome.MOVED
        if me.served == NOBODY and not me.moved:
            return ends(me, me.outcome)
    if stage != _HAS_HELD or me.moved:
        me.queue = me.team = me.onward
        note(me, codes.QUEUED)
        me.served = idle_agent(me, queue_of(office, me.queue), me.now)
        if me.served == NOBODY:
            return enters(me, _HAS_HELD, HOLD)
        me.moved = False
    begins_to_chat(me, team_of(office, me.team), me.served)
    plan_next(me, office, me.ends_at, PLANNED + me.who)
    return waits(me, _HAS_CHATTED)
