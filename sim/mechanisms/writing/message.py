"""A message: the customer writes, and waits for the answer until he tries again; at the firm it goes its own way."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, Final

from sim import purposes
from sim.history import codes
from sim.machine.compiling import rule
from sim.machine.kernel.strands import ends, enters
from sim.mechanisms.service.channels import NO_CHANNEL, channel_of
from sim.mechanisms.service.file import sees_the_date
from sim.mechanisms.state import outcome
from sim.mechanisms.state.beside import (
    LISTEN,
    about_of,
    begins_beside,
    branches,
    contact_of,
    is_of_the_case,
    is_over,
    listens_until,
    news_of,
    outcome_of,
    takes_out,
    through_of,
)
from sim.mechanisms.state.blocks import at_birth
from sim.mechanisms.state.verbs import catches_up, draw, happens, is_ahead, note
from sim.mechanisms.writing.awaited import (
    Awaiting,
    awaits,
    first_due,
    is_awaited,
    is_read,
    next_due,
    reads_what_is_laid_aside,
    waits_in_vain,
)
from sim.mechanisms.writing.telling import tells
from sim.mechanisms.writing.work import WORK, Worked, work


class Writing(Awaiting, Worked):
    """Whether the firm has told anything by itself."""

    informed: bool = at_birth(False)


def message(me: Writing) -> Generator[Any, Any, int]:
    """Write, and wait for the answer, but for one about the case; return how the attempt ended.

    An answer to an earlier message, which is waited for no longer, may come first.
    """
    writes(me)
    if is_ahead(me):
        yield me.catch_up()
    if arrives(me):
        begins_beside(me, reply)
    expects_reply(me)
    ended = outcome.TOLD if me.asks_about else outcome.STATUS
    while ended == outcome.STATUS:
        yield from listens_until(me, next_due(me))
        ended = reads(me)
    return ended


def reply(me: Writing) -> Generator[Any, Any, None]:
    """Have a message lie, be worked on, and be answered; beside the customer, whatever he does meanwhile."""
    me.now += draw(me, channel_of(me).lies, purposes.LIES)
    yield me.catch_up()
    ended = yield from work(me, channel_of(me).queue)
    is_replied(me, ended)


# Told once: where nothing waits ---------------------------------------------------------------------------------------


@rule
def writes(me: Writing) -> None:
    """Write a message."""
    me.queue = me.team = channel_of(me).queue
    me.misrouted = False
    note(me, codes.WROTE, float(me.channel))
    me.now += draw(me, channel_of(me).writing, purposes.WRITING)


@rule
def arrives(me: Writing) -> bool:
    """Send it; say whether it will ever be answered."""
    its = channel_of(me)
    note(me, codes.SENT)
    if its.public:
        note(me, codes.POSTED)
    if happens(me, its.acknowledged, purposes.ACKNOWLEDGED):
        note(me, codes.ACKNOWLEDGED)
    return happens(me, its.answered, purposes.REPLY)


@rule
def patience_for_reply(me: Writing) -> float:
    """Return for how long one waits for the answer (min)."""
    return draw(me, channel_of(me).patience, purposes.REPLY_PATIENCE)


@rule
def expects_reply(me: Writing) -> None:
    """Wait for the answer, for as long as patience lasts: at once, or about the case while one waits for the case."""
    awaits(me, me.now + patience_for_reply(me))


@rule
def is_replied(me: Writing, ended: int) -> None:
    """Tell the customer what has come of his message."""
    if not me.asks_about and happens(me, channel_of(me).asks_back, purposes.ASKS_BACK):
        ended = outcome.ASKED_BACK
    tells(me, news_of(ended, me.ticket, me.channel, me.contact))
    is_over(me)


@rule
def reads(me: Writing) -> int:
    """Read what has come, if anything has; return how the attempt ended, `STATUS` where one goes on waiting.

    An answer that is waited for no longer, and neither solves nor opens a case, changes nothing.
    """
    news = takes_out(me)
    if news == outcome.NOTHING:
        waits_in_vain(me, first_due(me))
        return outcome.UNANSWERED
    in_time = is_awaited(me, news)
    ended = hears(me, news)
    if in_time or ended in (outcome.SOLVED, outcome.TICKET):
        return ended
    me.sent_to = NO_CHANNEL
    return outcome.STATUS


@rule
def hears(me: Writing, news: int) -> int:
    """Take in what a strand has to tell, an answer being read; return what it is."""
    ended = outcome_of(news)
    if ended == outcome.TOLD:
        me.informed = True
        return outcome.STATUS
    reads_what_is_laid_aside(me)
    if is_of_the_case(news):
        sees_the_date(me)
        note(me, codes.CASE_ANSWERED)
        me.asks_about, me.expects = False, 0
    else:
        is_read(me, contact_of(news), through_of(news), me.dated)
    if ended == outcome.TICKET and not (me.asks_about and me.registered):
        me.ticket = about_of(news)
    elif ended in (outcome.TICKET, outcome.STATUS):  # of the case that is open, or was when he wrote
        ended = outcome.STATUS if me.asks_about else outcome.UNSOLVED
    return understood(me, ended)


@rule
def understood(me: Writing, ended: int) -> int:
    """Note what an answer comes to."""
    if ended == outcome.SOLVED:
        if me.gesture > 0.0 and not me.granted:
            note(me, codes.GRANTED, me.gesture)
        note(me, codes.SOLVED)
    elif ended == outcome.ASKED_BACK:
        note(me, codes.ASKED_BACK)
        me.sent_to = me.channel
    elif ended == outcome.UNSOLVED:
        note(me, codes.UNSOLVED)
    return ended


# The compiled telling of what waits -----------------------------------------------------------------------------------

MESSAGE: Final = 11
REPLY: Final = 12
_WRITES, _IS_WRITTEN, _HAS_WAITED = range(3)
_COMES, _LIES, _IS_ANSWERED = range(3)


@rule
def message_step(stage: int, me: Any, office: Any) -> int:
    """Do as `message`."""
    if stage == _WRITES:
        writes(me)
        if is_ahead(me):
            return catches_up(me, office, _IS_WRITTEN)
    if stage == _HAS_WAITED:
        ended = reads(me)
        if ended != outcome.STATUS:
            return ends(me, ended)
    else:
        if arrives(me):
            branches(me, office, REPLY)
        expects_reply(me)
        if me.asks_about:
            return ends(me, outcome.TOLD)
    me.awaits = next_due(me)
    return enters(me, _HAS_WAITED, LISTEN)


@rule
def reply_step(stage: int, me: Any, office: Any) -> int:
    """Do as `reply`."""
    if stage == _COMES:
        me.now += draw(me, channel_of(me).lies, purposes.LIES)
        return catches_up(me, office, _LIES)
    if stage == _LIES:
        me.onward = channel_of(me).queue
        return enters(me, _IS_ANSWERED, WORK)
    is_replied(me, me.answer)
    return ends(me, outcome.NOTHING)
