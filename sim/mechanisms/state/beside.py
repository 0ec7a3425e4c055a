"""What runs beside a customer: strands of his own, which begin as he is, and what they have to tell him.

A message that is being answered and a case that is being worked on go on while the customer calls or waits. Each
is a life of its own: a copy of his at that time, with his rows and his luck, under a number of its own (`Life.who`).
What it finds out it puts into his inbox; if he listens, he is woken.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from copy import copy
from typing import Any, Final

import numpy as np

from sim.machine.compiling import Table, compiled_as, rule
from sim.machine.kernel.clock import Strand, Wake
from sim.machine.kernel.memory import code_at
from sim.machine.kernel.pages import number_of_page
from sim.machine.kernel.strands import STRAND, begins, ends, plan_next, waits
from sim.mechanisms.state.life import Life
from sim.mechanisms.state.office import office_at
from sim.mechanisms.state.order import CUSTOMER, PLANNED
from sim.mechanisms.state.outcome import NOBODY, NOTHING, SOLVED, TICKET, TOLD
from sim.mechanisms.state.verbs import catches_up, is_ahead

OF_THE_CASE: Final = 64
"""Added to news that come from the case, and not from a message."""
_DETAIL: Final = 8
"""Bits of news below what they are about."""
_THROUGH: Final = 32
"""Bits of news below the channel of the message that is answered."""
_BY: Final = 48
"""Bits of news below the contact by which it was sent."""


class Branching(Life):
    """The strands that a customer has begun and how many go on; what they have told him; whether he listens.

    Then since when the strand goes on, or the problem; when that was begun of which the news tell; and how many answers
    are waited for.
    """

    strands: int
    out: int
    inbox: int
    listens: bool
    begun: float
    dated: float
    expects: int
    parent: Any
    bell: Wake


# Told twice -----------------------------------------------------------------------------------------------------------


def begins_beside(me: Branching, tells_it: Callable[[Any], Generator[Any, Any, Any]]) -> None:
    """Begin a strand, which is told by a process of its own; it waits for nothing before it first catches up."""
    me.strands += 1
    me.out += 1
    one: Any = copy(me)
    one.taken, one.through = dict(one.taken), dict(one.through)
    one.parent, one.who, one.wake = me, me.customer + (me.strands << CUSTOMER), Wake(me.clock)
    stands_alone(one, me.now)
    Strand(me.clock, tells_it(one))


@rule
def branches(me: Any, office: Any, mechanism: int) -> None:
    """Do as `begins_beside`: the strand takes its first step when the calendar comes to it, at this very instant."""
    me.strands += 1
    me.out += 1
    slot = office.free
    if slot == NOBODY:
        slot = office.lives
        office.lives += 1
    else:
        office.free = seen_at(office, slot).after
    _copied(office, me.slot, slot)
    one = seen_at(office, slot)
    one.slot, one.parent, one.served = slot, me.slot, NOBODY
    one.who = me.customer + (me.strands << CUSTOMER)
    stands_alone(one, me.now)
    begins(_begun_at(office.strands + slot * office.strand_size, 0), mechanism)
    plan_next(one, office, me.now, PLANNED + one.who)
    code_at(office.left, number_of_page(me.customer)).value += 1


def is_over(me: Branching) -> None:
    """End a strand."""
    me.parent.out -= 1


@compiled_as(is_over)
def _is_over(me: Any) -> None:
    parent = seen_at(office_at(me.office, 0), me.parent)
    if parent.who == me.customer:
        parent.out -= 1


def listens_until(me: Branching, at: float) -> Generator[Any, Any, None]:
    """Wait until a time, or until a strand has something to tell."""
    if is_ahead(me):
        yield me.catch_up()
    if me.inbox == NOTHING and at > me.now:
        me.listens, me.bell = True, Wake(me.clock)
        me.clock.plan(me.bell, at, PLANNED + me.who)
        yield me.bell
        me.listens, me.now = False, me.clock.now


# Told once ------------------------------------------------------------------------------------------------------------


@rule
def stands_alone(me: Any, since: float) -> None:
    """Have no strands and no news: at the beginning of a life, and of a strand."""
    me.strands = me.out = 0
    me.inbox, me.listens = NOTHING, False
    me.begun, me.expects = since, 0


@rule
def takes_in(me: Branching, news: int, dated: float) -> int:
    """Have news in the inbox, beside those that wait there to be heard: the weightier counts; return the other."""
    known = me.inbox
    me.inbox = weightier(known, news)
    if me.inbox != news:
        return news
    me.dated = dated
    return known


@rule
def may_hear(me: Branching) -> bool:
    """Say whether there are news, or any may come."""
    return me.out > 0 or me.inbox != NOTHING


@rule
def takes_out(me: Branching) -> int:
    """Take the news out of the inbox."""
    news = me.inbox
    me.inbox = NOTHING
    return news


@rule
def news_of(outcome: int, about: int, through: int, contact: int) -> int:
    """Return news in one number: what has come of it, about what, and of the message of which channel and contact."""
    return outcome + (max(about, 0) << _DETAIL) + (through << _THROUGH) + (contact << _BY)


@rule
def outcome_of(news: int) -> int:
    """Return what has come of it."""
    return news & (OF_THE_CASE - 1)


@rule
def about_of(news: int) -> int:
    """Return about what it is."""
    return (news & ((1 << _THROUGH) - 1)) >> _DETAIL


@rule
def through_of(news: int) -> int:
    """Return the channel of the message that is answered."""
    return (news & ((1 << _BY) - 1)) >> _THROUGH


@rule
def contact_of(news: int) -> int:
    """Return the contact by which the message was sent that is answered."""
    return news >> _BY


@rule
def is_of_the_case(news: int) -> bool:
    """Say whether news come from the case."""
    return news & OF_THE_CASE != 0


@rule
def is_answer(news: int) -> bool:
    """Say whether news answer a message."""
    return not is_of_the_case(news) and outcome_of(news) not in (TOLD, NOTHING)


@rule
def weightier(known: int, news: int) -> int:
    """Return which of two news counts where both have come before they are heard: of equals, the later."""
    return news if _weight(news) >= _weight(known) else known


@rule
def _weight(news: int) -> int:
    outcome = news & (OF_THE_CASE - 1)
    if outcome == SOLVED:
        return 5
    if news & OF_THE_CASE != 0:
        return 4
    if outcome == TICKET:
        return 3
    if outcome in (TOLD, NOTHING):
        return 1 if outcome == TOLD else 0
    return 2


# The compiled telling -------------------------------------------------------------------------------------------------

IN_STRANDS = [
    *STRAND,
    ("customer", np.int32),
    ("served", np.int32),
    ("by", np.int32),
    ("waits_in", np.int32),
    ("before", np.int32),
    ("after", np.int32),
    ("since", np.float64),
    ("rank", np.float64),
    ("who", np.int64),
    ("inbox", np.int64),
    ("parent", np.int32),
    ("strands", np.int32),
    ("out", np.int32),
    ("expects", np.int64),
    ("begun", np.float64),
    ("dated", np.float64),
    ("listens", np.bool_),
    ("chat_work", np.float64),
    ("chats_since", np.float64),
    ("ends_at", np.float64),
]
"""How the record of every life begins, as others see it: the place in `Customers`, the agent who serves and his team,
the queue, who waits before and after (by place in the table of strands), since when, and the rank; whose strand it is,
the news, the place of the life it belongs to, strands begun and going on, answers waited for, since when it goes on,
when that was begun of which the news tell, and whether one listens; then of one's chat the work, since when it goes on,
and when it ends."""

_SEEN = [name for name, _ in IN_STRANDS if name not in ("stack", "answer")]
"""What others see: not the stack, since numba takes a record that begins as another does for one of its kind."""

_AS_BEGUN = [name for name, _ in STRAND if name != "answer"]

_seen_at, _begun_at = (Table(np.dtype(IN_STRANDS, align=True)[names]) for names in (_SEEN, _AS_BEGUN))
BETWEEN_STEPS = [("awaits", np.float64)]
"""Until when one listens."""


@rule
def seen_at(office: Any, slot: int) -> Any:
    """Return whoever has a place of the table of strands, as others see him."""
    return _seen_at(office.strands + slot * office.strand_size, 0)


@rule
def _copied(office: Any, slot: int, to: int) -> None:
    """Copy a life, and how often it has taken each path and channel."""
    for word in range(office.strand_size >> 3):
        code_at(office.strands + to * office.strand_size, word).value = code_at(
            office.strands + slot * office.strand_size, word
        ).value
    for place in range(office.counters):
        code_at(office.taken, to * office.counters + place).value = code_at(
            office.taken, slot * office.counters + place
        ).value


LISTEN: Final = 9
_BEGINS, _HAS_CAUGHT_UP, _HAS_HEARD = range(3)


@rule
def listen_step(stage: int, me: Any, office: Any) -> int:
    """Do as `listens_until`."""
    if stage == _BEGINS and is_ahead(me):
        return catches_up(me, office, _HAS_CAUGHT_UP)
    if stage == _HAS_HEARD:
        me.listens, me.now = False, office.now
        return ends(me, NOTHING)
    if me.inbox != NOTHING or not me.awaits > me.now:
        return ends(me, NOTHING)
    me.listens = True
    plan_next(me, office, me.awaits, PLANNED + me.who)
    return waits(me, _HAS_HEARD)
