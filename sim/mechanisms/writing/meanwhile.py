"""Meanwhile: the firm works on the case, or should; the customer waits to be told, asks how it stands, or gives up.

How soon he asks follows a rate that changes with what he was promised and told. It is drawn once, as how much of it he
lives through before he asks, and lived through stretch by stretch.
"""

from __future__ import annotations

import math
from collections.abc import Generator
from typing import Any, Final

from sim import purposes
from sim.history import codes
from sim.machine.compiling import rule
from sim.machine.kernel.strands import ends, enters
from sim.mechanisms.service.channels import NO_CHANNEL, has_tried_enough
from sim.mechanisms.service.file import case_of, sees_the_date
from sim.mechanisms.service.transfer import path_of
from sim.mechanisms.state import outcome
from sim.mechanisms.state.beside import (
    LISTEN,
    begins_beside,
    branches,
    listens_until,
    takes_out,
)
from sim.mechanisms.state.blocks import at_birth
from sim.mechanisms.state.verbs import draw, happens, note, office_of, uniform
from sim.mechanisms.writing.awaited import first_due, is_awaited, next_due, waits_in_vain
from sim.mechanisms.writing.case import CASE, case
from sim.mechanisms.writing.message import Writing, hears


class Waiting(Writing):
    """When one gives up, and from when on one asks; what is left to live through before one does, and since when."""

    resigns_at: float = at_birth(math.inf)
    asks_from: float = at_birth(0.0)
    left_to_ask: float = at_birth(math.inf)
    asked_since: float = at_birth(0.0)


def meanwhile(me: Waiting, ended: int) -> Generator[Any, Any, int]:
    """Wait after a contact that has ended so; return what comes of it: an answer, the wish to ask, or the end."""
    if opens_case(me, ended):
        begins_beside(me, case)
    waits_on(me, ended)
    while True:
        yield from listens_until(me, next_turn(me))
        ended = takes_its_turn(me)
        if ended not in (outcome.STATUS, outcome.TICKET):
            return ended
        if opens_case(me, ended):
            begins_beside(me, case)


# Told once: where nothing waits ---------------------------------------------------------------------------------------


@rule
def opens_case(me: Waiting, ended: int) -> bool:
    """Open the case to which a ticket leads, as far as the customer knows; say whether one is to be worked on now."""
    if ended != outcome.TICKET:
        return ended == outcome.NOTICED
    me.case, first = path_of(me, me.ticket).case, not me.asks_about
    me.registered = not first or happens(me, case_of(me).registered, purposes.REGISTERED)
    note(me, codes.CASE_OPENED if me.registered else codes.CASE_FORGOTTEN)
    if first:
        begins_to_wait(me)
    if office_of(me).plan.waiting.promises:
        promises(me, codes.PROMISED if first else codes.PROMISE_RESET)
    return me.registered


@rule
def begins_to_wait(me: Waiting) -> None:
    """Have a case, of which nothing is known yet."""
    me.asks_about, me.informed = True, False
    me.resigns_at = me.now + draw(me, case_of(me).patience, purposes.CASE_PATIENCE)
    me.asks_from = me.now + draw(me, office_of(me).plan.waiting.asks_after, purposes.CHASE_AFTER)


@rule
def promises(me: Waiting, event: int) -> None:
    """Promise a date."""
    within = office_of(me).plan.waiting.within
    note(me, event, within)
    me.promised, me.broken = me.now + within, False


@rule
def waits_on(me: Waiting, ended: int) -> None:
    """Go on waiting after a contact: how much of the rate one lives through before one asks is drawn once for it."""
    its = office_of(me).plan.waiting
    sees_the_date(me)
    if ended == outcome.STATUS:
        renews(me)
    me.left_to_ask = -math.log1p(-uniform(me, purposes.CHASE)) if its.asks else math.inf
    me.asked_since = max(me.now, me.asks_from)


@rule
def renews(me: Waiting) -> None:
    """Be promised another date, perhaps, in place of one that is over."""
    its = office_of(me).plan.waiting
    if me.broken and its.promises and happens(me, its.renewed, purposes.RENEWED):
        promises(me, codes.PROMISE_RESET)


@rule
def rate_of_asking(me: Waiting) -> float:
    """Return how often one asks by now (a minute)."""
    its = office_of(me).plan.waiting
    if me.broken:
        return its.after_broken
    if me.informed:
        return its.informed
    return its.without_date if me.promised == math.inf else its.before_date


@rule
def asks_at(me: Waiting) -> float:
    """Return when one asks, should nothing change until then (min)."""
    rate = rate_of_asking(me)
    return me.asked_since + me.left_to_ask / rate if rate > 0.0 and me.left_to_ask < math.inf else math.inf


@rule
def next_turn(me: Waiting) -> float:
    """Return when something comes next, should no news come: one asks, a promise breaks, or one gives up (min)."""
    until = min(asks_at(me), min(me.resigns_at, next_due(me)))
    return until if me.broken else min(until, me.promised)


@rule
def takes_its_turn(me: Waiting) -> int:
    """Do what the time, or the news, has brought; `STATUS` where one goes on waiting."""
    asks, news = asks_at(me), takes_out(me)
    if news == outcome.NOTHING and me.now >= me.resigns_at:
        return outcome.GIVES_UP
    if news == outcome.NOTHING and me.now >= asks:
        return asks_or_not(me)
    me.left_to_ask = max(me.left_to_ask - rate_of_asking(me) * max(me.now - me.asked_since, 0.0), 0.0)
    me.asked_since = max(me.now, me.asked_since)
    if news != outcome.NOTHING:
        return hears_of_it(me, news)
    if me.now >= next_due(me):
        waits_in_vain(me, first_due(me))
        return outcome.STATUS
    me.broken = True
    note(me, codes.PROMISE_BROKEN)
    return outcome.STATUS


@rule
def hears_of_it(me: Waiting, news: int) -> int:
    """Hear what has come; an answer to a message that does not help changes nothing while the firm works on it."""
    in_time = is_awaited(me, news)
    ended = hears(me, news)
    if in_time and ended == outcome.STATUS:
        renews(me)
    if not me.asks_about or ended in (outcome.SOLVED, outcome.TICKET):
        return ended
    me.sent_to = NO_CHANNEL
    return outcome.STATUS


@rule
def asks_or_not(me: Waiting) -> int:
    """Ask how it stands, unless one has tried as often as anyone does."""
    if not has_tried_enough(me):
        return outcome.CHASES
    me.left_to_ask = math.inf
    return outcome.STATUS


# The compiled telling of what waits -----------------------------------------------------------------------------------

MEANWHILE: Final = 15
_WAITS, _HAS_LISTENED = range(2)


@rule
def meanwhile_step(stage: int, me: Any, office: Any) -> int:
    """Do as `meanwhile`, after a contact that has ended as `answer` says."""
    if stage == _HAS_LISTENED:
        me.answer = takes_its_turn(me)
        if me.answer not in (outcome.STATUS, outcome.TICKET):
            return ends(me, me.answer)
    if opens_case(me, me.answer):
        branches(me, office, CASE)
    if stage == _WAITS:
        waits_on(me, me.answer)
    me.awaits = next_turn(me)
    return enters(me, _HAS_LISTENED, LISTEN)
