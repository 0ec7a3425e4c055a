"""The journey: all that a customer lives for one problem, attempt after attempt, until it is solved or given up."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

from sim.chance import Purpose
from sim.mechanisms import notes, outcome
from sim.mechanisms.call import call
from sim.mechanisms.hours import dial_time
from sim.mechanisms.transfer import chosen

if TYPE_CHECKING:
    from sim.engines.life import Life


def journey(me: Life) -> Generator[Any, Any, None]:
    """Live one problem from its appearance to its end."""
    me.note(notes.APPEARED)
    wanted = me.now
    while True:
        me.next_contact()
        me.now = dial_time(me.plan.dial_hours, wanted, me.draw(me.plan.moved, Purpose.MOVED))
        ended = yield from call(me)
        if ended == outcome.TICKET:
            ended = yield from ticket(me)
        me.whole_call()
        if ended == outcome.BELIEVED:
            ended = yield from discovery(me)
        if ended == outcome.SOLVED:
            return
        if not persists(me):
            give_up(me)
            return
        wanted = me.now + me.draw(me.plan.delays[ended], Purpose.AWAY)


def ticket(me: Life) -> Generator[Any, Any, int]:
    """Wait for the answer to a ticket; return whether it solves the problem."""
    me.next_leg()
    me.now += me.draw(me.ticket.delay, Purpose.TICKET)
    yield me.catch_up()
    team = me.office.teams[chosen(me.ticket.targets, me.uniform(Purpose.TARGET))]
    solved = me.happens(team.plan.solve[me.reason][me.difficulty], Purpose.SOLVE)
    me.note(notes.SOLVED if solved else notes.UNSOLVED)
    return outcome.SOLVED if solved else outcome.UNSOLVED


def discovery(me: Life) -> Generator[Any, Any, int]:
    """Believe that all is well until one finds out."""
    me.now += me.draw(me.plan.discovery, Purpose.DISCOVERY)
    yield me.catch_up()
    me.note(notes.FOUND_OUT)
    return outcome.UNSOLVED


def persists(me: Life) -> bool:
    """Say whether there will be another attempt: one law, the same after every failed one."""
    if me.contact + 1 >= me.plan.most_attempts:
        me.note(notes.LIMIT_REACHED)
        return False
    return me.happens(me.plan.persistence, Purpose.PERSISTENCE)


def give_up(me: Life) -> None:
    """End the journey unsolved: live with it, or pay a repair."""
    me.note(notes.GAVE_UP)
    if me.happens(me.plan.repair_share, Purpose.REPAIR):
        me.note(notes.REPAIRED, me.draw(me.plan.repair, Purpose.REPAIR_COST))
