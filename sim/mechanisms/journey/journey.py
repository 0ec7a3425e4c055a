"""The journey: all that a customer lives for one problem, attempt after attempt, until it is solved or given up."""

from __future__ import annotations

import math
from collections.abc import Callable, Generator
from typing import Any, Final

from sim import purposes
from sim.history import codes
from sim.machine.compiling import inlined, rule
from sim.machine.kernel.strands import ends, enters
from sim.mechanisms.crowd.detection import NOTICE, is_noticed_by, is_told
from sim.mechanisms.crowd.recurrence import Recurring
from sim.mechanisms.face_to_face.desk import DESK, desk
from sim.mechanisms.journey.going_on import goes_on
from sim.mechanisms.journey.onset import ONSET, onset, turns_to_the_firm
from sim.mechanisms.service.channels import (
    CHATS,
    DESKS,
    MESSAGES,
    NO_CHANNEL,
    PHONE,
    channel_of,
    chooses_channel,
    may_be_sent_on,
)
from sim.mechanisms.service.file import NO_CASE
from sim.mechanisms.service.transfer import chosen, forget_ways, path_of
from sim.mechanisms.service.verdict import solve_chance
from sim.mechanisms.state import outcome
from sim.mechanisms.state.beside import LISTEN, listens_until, may_hear, takes_out
from sim.mechanisms.state.blocks import begun_anew
from sim.mechanisms.state.hours import dial_time
from sim.mechanisms.state.office import team_of
from sim.mechanisms.state.verbs import (
    catches_up,
    draw,
    happens,
    next_leg,
    note,
    office_of,
    turn_luck,
    whole_call,
)
from sim.mechanisms.telephone.call import CALL, call
from sim.mechanisms.writing.awaited import first_due, next_due, waits_in_vain
from sim.mechanisms.writing.chat import CHAT, Chatting, chat
from sim.mechanisms.writing.meanwhile import MEANWHILE, meanwhile
from sim.mechanisms.writing.message import MESSAGE, hears, message


class Living(Chatting, Recurring):
    """All that a journey knows of a customer: the blocks of all mechanisms."""


def journey(me: Living) -> Generator[Any, Any, None]:
    """Live one problem from its appearance to its end."""
    note(me, codes.APPEARED)
    wanted = onset(me)
    while wanted < math.inf:
        if me.about_to:
            begin_anew(me)
            yield me.catch_up()
            wanted = onset(me)
            continue
        at = next_contact(me, wanted)
        if may_hear(me):
            ended = yield from away(me, at)
        else:
            ended = begins_contact(me, at)
        if ended == outcome.NOTHING:
            ended = yield from _through[channel_of(me).kind](me)
            is_sent_on(me, ended)
        if ended == outcome.TICKET and path_of(me, me.ticket).case == NO_CASE:
            ended = yield from ticket(me)
        whole_call(me)
        if ended == outcome.BELIEVED:
            ended = yield from discovery(me)
        if ended == outcome.TICKET or (me.asks_about and ended != outcome.SOLVED):
            ended = yield from meanwhile(me, ended)
        wanted = goes_on(me, ended)


_through: dict[int, Callable[[Any], Generator[Any, Any, int]]] = {
    PHONE: call,
    MESSAGES: message,
    DESKS: desk,
    CHATS: chat,
}


def away(me: Living, at: float) -> Generator[Any, Any, int]:
    """Be away until the next contact, unless an answer that comes by then makes it needless; some are due before."""
    while True:
        yield from listens_until(me, min(at, next_due(me)))
        ended = hears_late(me, at)
        if ended != outcome.STATUS:
            return ended


def ticket(me: Living) -> Generator[Any, Any, int]:
    """Wait for the answer to a ticket; return whether it solves the problem."""
    next_leg(me)
    me.now += draw(me, path_of(me, me.ticket).delay, purposes.TICKET)
    yield me.catch_up()
    return answered(me)


def discovery(me: Living) -> Generator[Any, Any, int]:
    """Believe that all is well until one finds out."""
    me.now += draw(me, me.plan.discovery, purposes.DISCOVERY)
    yield me.catch_up()
    note(me, codes.FOUND_OUT)
    return outcome.UNSOLVED


# Told once: where nothing waits ---------------------------------------------------------------------------------------

begin_anew = begun_anew(Living)


@rule
def next_contact(me: Living, wanted: float) -> float:
    """Turn to another attempt, wanted at a time; return when the customer may make it, or is told something before."""
    me.contact += 1
    begin_anew(me)
    forget_ways(me)
    chooses_channel(me)
    turn_luck(me)
    plan = office_of(me).plan
    return min(dial_time(channel_of(me).hours, wanted, draw(me, plan.moved, purposes.MOVED)), me.noticed_at)


@rule
def begins_contact(me: Living, at: float) -> int:
    """Begin it from the very beginning, unless one is told before that the firm knows."""
    if is_noticed_by(me, at):
        return is_told(me)
    makes_contact(me, at)
    return outcome.NOTHING


@rule
def makes_contact(me: Living, at: float) -> None:
    """Make the contact; who was reading a late answer at that time is done with it first."""
    me.now = max(me.now, at)
    if me.changes:
        note(me, codes.SWITCHED)
    if me.asks_about:
        note(me, codes.CHASED)


@rule
def hears_late(me: Living, at: float) -> int:
    """Hear what has come before the next contact, if anything has; `STATUS` where one goes on waiting for it."""
    news = takes_out(me)
    if news == outcome.NOTHING and next_due(me) <= at:
        waits_in_vain(me, first_due(me))
        return outcome.STATUS
    if news == outcome.NOTHING:
        return begins_contact(me, at)
    contact, me.contact = me.contact, me.contact - 1  # it has not come to it yet
    ended = hears(me, news)
    if ended in (outcome.SOLVED, outcome.TICKET):
        me.channel = me.came_by
        return ended
    me.contact, me.sent_to = contact, NO_CHANNEL
    return outcome.STATUS


@rule
def is_sent_on(me: Living, ended: int) -> None:
    """Be told, perhaps, to try another channel, where the attempt has solved nothing and one knows it."""
    if ended == outcome.UNSOLVED and may_be_sent_on(me, channel_of(me).sends_on):
        note(me, codes.SENT_ON)


@rule
def answered(me: Living) -> int:
    """Read the answer to a ticket, which a team of the path has written; return whether it solves the problem."""
    team = team_of(office_of(me), chosen(me, path_of(me, me.ticket)))
    solved = happens(me, solve_chance(me, team), purposes.SOLVE)
    note(me, codes.SOLVED if solved else codes.UNSOLVED)
    return outcome.SOLVED if solved else outcome.UNSOLVED


# The compiled telling of what waits -----------------------------------------------------------------------------------

JOURNEY: Final = 1
TICKET: Final = 6
DISCOVERY: Final = 7
AWAY: Final = 16
_APPEARS, _IS_BACK, _HAS_TRIED, _IS_TOLD, _KNOWS, _HAS_WAITED, _TURNS = range(7)
_WRITTEN, _ANSWERED = range(2)


@inlined
def journey_step(stage: int, me: Any, office: Any) -> int:
    """Do as `journey`."""
    if stage == _APPEARS:
        note(me, codes.APPEARED)
        return enters(me, _TURNS, ONSET) if office.plan.has_onset else comes_to_contact(me, turns_to_the_firm(me))
    if stage == _TURNS:
        return comes_to_contact(me, me.until)
    if stage == _IS_BACK and me.answer == outcome.NOTHING:
        return tries(me)
    if stage == _HAS_TRIED:
        is_sent_on(me, me.answer)
    if stage <= _HAS_TRIED and me.answer == outcome.TICKET and path_of(me, me.ticket).case == NO_CASE:
        return enters(me, _IS_TOLD, TICKET)
    if stage < _KNOWS:
        whole_call(me)
        if me.answer == outcome.BELIEVED:
            return enters(me, _KNOWS, DISCOVERY)
    waits = me.answer == outcome.TICKET or (me.asks_about and me.answer != outcome.SOLVED)
    if stage < _HAS_WAITED and waits:
        return enters(me, _HAS_WAITED, MEANWHILE)
    return comes_to_contact(me, goes_on(me, me.answer))


@rule
def comes_to_contact(me: Any, wanted: float) -> int:
    """Turn to another attempt, if there is to be one; who may be told something first is away until then."""
    if me.about_to:
        begin_anew(me)
        return enters(me, _TURNS, ONSET)
    if not wanted < math.inf:
        return ends(me, me.answer)
    at = next_contact(me, wanted)
    if may_hear(me):
        me.until = at
        return enters(me, _IS_BACK, AWAY)
    if is_noticed_by(me, at):
        return enters(me, _IS_BACK, NOTICE)
    makes_contact(me, at)
    return tries(me)


@inlined
def tries(me: Any) -> int:
    """Try, through the channel that was chosen."""
    kind = channel_of(me).kind
    if kind == PHONE:
        return enters(me, _HAS_TRIED, CALL)
    if kind == CHATS:
        return enters(me, _HAS_TRIED, CHAT)
    return enters(me, _HAS_TRIED, MESSAGE if kind == MESSAGES else DESK)


@rule
def away_step(stage: int, me: Any, office: Any) -> int:
    """Do as `away`, until the time `until`."""
    if stage == 1:
        ended = hears_late(me, me.until)
        if ended != outcome.STATUS:
            return ends(me, ended)
    me.awaits = min(me.until, next_due(me))
    return enters(me, 1, LISTEN)


@rule
def ticket_step(stage: int, me: Any, office: Any) -> int:
    """Do as `ticket`."""
    if stage == _WRITTEN:
        next_leg(me)
        me.now += draw(me, path_of(me, me.ticket).delay, purposes.TICKET)
        return catches_up(me, office, _ANSWERED)
    return ends(me, answered(me))


@rule
def discovery_step(stage: int, me: Any, office: Any) -> int:
    """Do as `discovery`."""
    if stage == 0:
        me.now += draw(me, office.plan.discovery, purposes.DISCOVERY)
        return catches_up(me, office, 1)
    note(me, codes.FOUND_OUT)
    return ends(me, outcome.UNSOLVED)
