"""The journey: all that a customer lives for one problem, attempt after attempt, until it is solved or given up."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

from sim.chance import Purpose, quantile
from sim.history import Event
from sim.mechanisms.call import call
from sim.mechanisms.hours import dial_time
from sim.mechanisms.outcome import Outcome
from sim.mechanisms.transfer import chosen

if TYPE_CHECKING:
    from sim.engines.life import Life


def tries_again(u: float, persistence: float) -> bool:
    """Say whether the customer tries again: one law, the same after every failed attempt."""
    return u < persistence


def journey(me: Life) -> Generator[Any, Any, None]:
    """Live one problem from its appearance to its end."""
    me.note(Event.APPEARED)
    wanted = me.now
    while True:
        me.next_contact()
        yield from away(
            me, dial_time(me.plan.dial_hours, wanted, quantile(me.plan.moved, me.first_luck[Purpose.MOVED]))
        )
        outcome = yield from call(me)
        if outcome != Outcome.SOLVED:
            outcome = yield from aftermath(me, outcome)
        if outcome == Outcome.SOLVED:
            return
        if not persists(me):
            give_up(me)
            return
        wanted = me.now + quantile(me.plan.delays[outcome], me.first_luck[Purpose.AWAY])


def away(me: Life, until: float) -> Generator[Any, Any, None]:
    """Do something else until then."""
    if until > me.now:
        yield me.until(until)


def aftermath(me: Life, outcome: Outcome) -> Generator[Any, Any, Outcome]:
    """Wait for what comes of the attempt: an answer to a ticket, or the discovery that nothing is solved."""
    if outcome == Outcome.TICKET:
        yield from away(me, me.now + quantile(me.ticket.delay, me.first_luck[Purpose.TICKET]))
        me.next_leg()
        team = me.office.teams[chosen(me.ticket.targets, me.luck[Purpose.TARGET])]
        solved = me.luck[Purpose.SOLVE] < team.plan.solve[me.reason][me.difficulty]
        me.note(Event.SOLVED if solved else Event.UNSOLVED)
        return Outcome.SOLVED if solved else Outcome.UNSOLVED
    if outcome == Outcome.BELIEVED:
        yield from away(me, me.now + quantile(me.plan.discovery, me.first_luck[Purpose.DISCOVERY]))
        me.note(Event.FOUND_OUT)
        return Outcome.UNSOLVED
    return outcome


def persists(me: Life) -> bool:
    """Say whether there will be another attempt."""
    if me.contact + 1 >= me.plan.most_attempts:
        me.note(Event.LIMIT_REACHED)
        return False
    return tries_again(me.first_luck[Purpose.PERSISTENCE], me.plan.persistence)


def give_up(me: Life) -> None:
    """End the journey unsolved: live with it, or pay a repair."""
    me.note(Event.GAVE_UP)
    if me.first_luck[Purpose.REPAIR] < me.plan.repair_share:
        me.note(Event.REPAIRED, quantile(me.plan.repair, me.first_luck[Purpose.REPAIR_COST]))
